"""The board of the longest film, each of its pictures and clips made nine times, is read in a few queries."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from personavlog.runs.database import Database
from personavlog.runs.folder import open_store
from personavlog.saved import current_script
from personavlog.script import Script
from personavlog.steps import SCRIPT
from personavlog.studio import looking
from personavlog.studio.models import CardState
from tests.studio.films import SHOTS, FakeFilms

MOST, MAKINGS = 24, 9
"""Shots that a script may have, and how often the film was made: 216 takes of each part, as 43 shots of five."""


def grown(films: FakeFilms) -> None:
    """Give the finished film as many shots as one may have, each like one of its own, and a history."""
    with closing(open_store(films.home)[1]) as index:
        script = current_script(index, films.finished)
        assert script is not None
        parts = {name: (getattr(script, name) * MOST)[:MOST] for name in ("boards", "videos", "monologues")}
        longer = Script.model_validate({**script.model_dump(mode="json"), **parts})
        index.edits.pin(films.finished, str(SCRIPT), longer)
        index.edits.set_order(films.finished, range(1, MOST + 1))
    with closing(sqlite3.connect(films.home / "index.sqlite")) as db, db:
        for number in range(SHOTS + 1, MOST + 1):
            _copy_rows(db, films.finished, number, (number - 1) % SHOTS + 1)
        _repeat(db, films.finished)


def _copy_rows(db: sqlite3.Connection, run: str, number: int, like: int) -> None:
    pattern = re.compile(rf"(keyframe|clip|voice)/{like}(/|$)")
    rows = db.execute("SELECT * FROM step WHERE run=? ORDER BY rowid", (run,)).fetchall()
    for _, name, *rest in rows:
        if pattern.match(name):
            renamed = pattern.sub(rf"\g<1>/{number}\g<2>", name)
            db.execute(f"INSERT INTO step VALUES({', '.join('?' * (2 + len(rest)))})", (run, renamed, *rest))
    for event in db.execute("SELECT at, kind, data FROM event WHERE run=? AND kind IN ('keyframe', 'clip')", (run,)):
        at, kind, data = event
        if f'"name": "{kind}/{like}"' in data:
            text = data.replace(f'"name": "{kind}/{like}"', f'"name": "{kind}/{number}"')
            db.execute("INSERT INTO event(run, at, kind, data) VALUES(?,?,?,?)", (run, at, kind, text))


def _repeat(db: sqlite3.Connection, run: str) -> None:
    """Each making tells everything again, and leaves a version of every attempt's step."""
    told = db.execute("SELECT at, kind, data FROM event WHERE run=? AND kind<>'film' ORDER BY id", (run,)).fetchall()
    steps = db.execute("SELECT name, key, inputs, at FROM step WHERE run=? AND name LIKE '%/0'", (run,)).fetchall()
    for making in range(MAKINGS):
        db.executemany("INSERT INTO event(run, at, kind, data) VALUES(?,?,?,?)", [(run, *one) for one in told])
        for name, key, inputs, at in steps:
            copy = f"{key}-{making}" if making else key
            db.execute(
                "INSERT OR IGNORE INTO action SELECT ?, step, result, seconds, at FROM action WHERE key=?", (copy, key)
            )
            db.execute(
                "INSERT OR IGNORE INTO version VALUES(?,?,?,?,?,?,?)", (run, name, copy, making, inputs, 0.0, at)
            )


def queries(films: FakeFilms, monkeypatch: pytest.MonkeyPatch) -> int:
    """How often the index is asked for a look at the finished film."""
    asked = []
    with monkeypatch.context() as patched:
        plain = Database.rows
        patched.setattr(Database, "rows", lambda self, *said: asked.append(said[0]) or plain(self, *said))
        looking.film(films.finished, films.runs)
    return len(asked)


def test_a_shot_and_its_takes_cost_less_than_one_query_more(
    own_films: FakeFilms, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = queries(own_films, monkeypatch)
    grown(own_films)
    film = looking.film(own_films.finished, own_films.runs)
    assert len(film.cards) == MOST and film.cards[1].state is CardState.CORRECTED
    assert len(looking.shot(own_films.finished, 22, own_films.runs).parts[0].takes) == MAKINGS
    assert 0 < queries(own_films, monkeypatch) < before + MOST - SHOTS


def test_the_home_folder_is_not_changed_by_looking(films: FakeFilms) -> None:
    def content() -> dict[Path, int]:
        return {place: place.stat().st_size for place in films.runs.rglob("*") if place.is_file()}

    before = content()
    with closing(open_store(films.home)[1]) as index:
        last = index.last_event(films.finished)
        looking.film(films.finished, films.runs)
        looking.activity(films.finished, films.runs)
        assert index.last_event(films.finished) == last
    assert content() == before
