"""A shot, the script and the activity: what was tried, found, asked and decided, in the words of the record."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from contextlib import closing

import pytest

from personavlog import api
from personavlog.errors import RunError
from personavlog.studio import looking
from personavlog.studio.models import CardState, Outcome, Part
from tests.studio.films import FakeFilms, options, studio_profile


def part(films: FakeFilms, place: int, name: str) -> Part:
    shot = looking.shot(films.finished, place, films.runs)
    return next(one for one in shot.parts if one.name == name)


def test_a_rolled_back_picture_shows_what_was_found_asked_and_measured(films: FakeFilms) -> None:
    (take,) = part(films, 3, "keyframe").takes
    first, second, third = take.attempts
    assert [one.verdict for one in take.attempts] == ["first", "rolled-back", "rolled-back"]
    assert [one.stands for one in take.attempts] == [True, False, False]
    assert "likeness 0.83" in first.found[0] and second.against == third.against == 0
    assert second.asked == "Keep the face like the reference. Make the picture brighter."
    assert second.rule == "measured" and second.reason == "Lower: proxy.identity."
    identity = next(one for one in second.measures if one.name == "proxy.identity")
    assert (identity.before, identity.after, identity.floor, identity.winner) == (0.83, 0.58, 0.6, "before")


def test_a_kept_clip_stands_and_the_first_one_can_be_compared(films: FakeFilms) -> None:
    (take,) = part(films, 2, "clip").takes
    first, second = take.attempts
    assert (first.verdict, second.verdict, second.stands) == ("first", "kept", True)
    assert first.media and second.media and first.media.digest != second.media.digest
    assert take.media == second.media == part(films, 2, "clip").media


def test_takes_are_oldest_first_and_the_chosen_one_stands(films: FakeFilms) -> None:
    voice = part(films, 1, "voice")
    assert [(take.number, take.stands) for take in voice.takes] == [(0, False), (1, True)]
    assert voice.media == voice.takes[1].media != voice.takes[0].media


def test_a_shot_says_what_another_take_takes(films: FakeFilms) -> None:
    keyframe = part(films, 1, "keyframe")
    assert keyframe.work and keyframe.price == (0.02, 0.02)


def test_there_is_no_shot_before_the_script(own_films: FakeFilms) -> None:
    run = api.begin(options("A dive"), profile=studio_profile(), runs=own_films.runs).folder.run
    with pytest.raises(RunError, match="no script yet"):
        looking.shot(run, 1, own_films.runs)
    assert looking.script(run, own_films.runs).shots == ()


def test_the_script_shows_each_writers_rounds_and_marks(films: FakeFilms) -> None:
    script = looking.script(films.finished, films.runs)
    assert [pair.name for pair in script.pairs] == ["story", "seg", "video", "mono", "music"]
    for pair in script.pairs:
        assert pair.rounds[0].verdict == "approved" and pair.rounds[0].scores and pair.rounds[0].draft
    assert len(script.shots) == 4 and not script.own and looking.script(films.changed, films.runs).own


def test_the_activity_counts_calls_and_nobody_was_sent_the_photo(films: FakeFilms) -> None:
    seen = looking.activity(films.finished, films.runs)
    assert seen.calls and abs(seen.paid - 0.16) < 1e-9 and seen.recipients == ()
    assert [one.id for one in seen.log] == sorted((one.id for one in seen.log), reverse=True)
    assert any(one.place == 3 and "2 rolled back or failed" in one.text for one in seen.log)


def test_a_finished_film_has_chapters_files_licences_and_the_consent(films: FakeFilms) -> None:
    film = looking.finished(films.finished, films.runs)
    assert [chapter.place for chapter in film.chapters] == [1, 2, 3, 4] and film.chapters[-1].end == film.seconds
    assert "vlog.mp4" in film.files and film.licences and film.statement and film.sound
    assert looking.finished(films.draft, films.runs).chapters == ()


@pytest.mark.parametrize(
    "form", ['{"other": "form"}', "no json", '{"name": "keyframe/3", "corrected": {"attempts": 3}}']
)
def test_a_record_of_another_form_breaks_no_page(own_films: FakeFilms, form: str) -> None:
    with closing(sqlite3.connect(own_films.home / "index.sqlite")) as db, db:
        db.execute("UPDATE event SET data=? WHERE kind IN ('keyframe', 'clip', 'film', 'note', 'licence')", (form,))
        db.execute("UPDATE action SET result=? WHERE step LIKE 'clip/%'", (form,))
    film = looking.film(own_films.finished, own_films.runs)
    assert len(film.cards) == 4 and film.cards[0].poster and film.cards[0].clip is None
    looking.activity(own_films.finished, own_films.runs)
    looking.finished(own_films.finished, own_films.runs)
    assert len(looking.shot(own_films.finished, 3, own_films.runs).parts) == 3


def test_what_another_version_decided_is_said_to_be_unreadable(own_films: FakeFilms) -> None:
    with closing(sqlite3.connect(own_films.home / "index.sqlite")) as db, db:
        for number, data in db.execute("SELECT id, data FROM event WHERE kind='keyframe'").fetchall():
            told = json.loads(data)
            told["corrected"]["attempts"][0]["unknown"] = 1
            db.execute("UPDATE event SET data=? WHERE id=?", (json.dumps(told), number))
    shot = looking.shot(own_films.finished, 3, own_films.runs)
    assert any("another version" in note for note in shot.notes) and shot.parts[0].media is not None


def test_a_film_is_shown_while_it_is_made(own_films: FakeFilms) -> None:
    profile = studio_profile({"seconds": 0.6}).model_copy(update={"name": "slow"})
    job = api.begin(options("A slow day", seed=7), profile=profile, runs=own_films.runs)
    run, states, shares = job.folder.run, set[CardState](), set[float | None]()
    outcomes = list[Outcome]()
    maker = threading.Thread(target=job.make)
    maker.start()
    while maker.is_alive():
        film = looking.film(run, own_films.runs)
        outcomes.append(film.outcome)
        states |= {card.state for card in film.cards}
        shares |= {card.share for card in film.cards if card.state is CardState.PAINTING}
        time.sleep(0.02)
    maker.join()
    assert Outcome.MAKING in outcomes and looking.film(run, own_films.runs).outcome is Outcome.FINISHED
    assert {CardState.PLANNED, CardState.PAINTING, CardState.CORRECTED} <= states
    assert any(share is not None and 0 < share < 1 for share in shares)
