"""A hundred kill -9 at random instants: nothing committed is ever made again, and in the end everything is there."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import sqlite3
from pathlib import Path

import pytest

from personavlog.media import Blob
from personavlog.runs.blobs import Blobs
from personavlog.runs.folder import open_store
from personavlog.runs.index import Index
from tests.core.forked import Server
from tests.core.runs_toy_film import SHOTS, STEPS, Made, request_key

KILLS = 100


def executed(home: Path) -> list[tuple[int, str]]:
    """What the films' processes wrote down when they began a step."""
    log = home / "executed.log"
    lines = log.read_text().splitlines() if log.exists() else []
    return [(int(line.split()[0]), line.split()[1]) for line in lines]


def committed(index: Index, film: int) -> set[str]:
    done = {row.name for row in index.steps(f"film-{film}") if row.status in ("done", "hit")}
    assert all(index.action(row.key) for row in index.steps(f"film-{film}") if row.name in done)
    return done


def stored_jobs(index: Index, film: int) -> set[str]:
    return {f"submit/{shot}" for shot in range(SHOTS) if index.jobs.find(request_key(film, shot))}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="The film server forks; a hundred starts would take minutes.")
@pytest.mark.slow
def test_a_hundred_kills_repeat_nothing_that_was_committed(tmp_path: Path) -> None:
    chance = random.Random(7)
    store, index = open_store(tmp_path)
    film = kills = amid = 0
    with Server("runs_toy_film", tmp_path) as server:
        while kills < KILLS:
            before, seen = committed(index, film) | stored_jobs(index, film), len(executed(tmp_path))
            status = server.make(film, life=chance.uniform(0, 0.15))
            fresh = [name for number, name in executed(tmp_path)[seen:] if number == film]
            assert not before & set(fresh), "a committed step was made again, or a stored remote job paid again"
            assert len(fresh) == len(set(fresh)), "a step was made twice in one go"
            assert status in (0, signal.SIGKILL)
            kills += status == signal.SIGKILL
            amid += status == signal.SIGKILL and 0 < len(committed(index, film)) < STEPS
            film += status == 0
        assert server.make(film) == 0
    print(f"{film + 1} films, {kills} kills, {amid} of them with a part of the film committed")
    assert amid > KILLS // 3, "most kills missed the film"
    for number in range(film + 1):
        assert_complete(store, index, number)
    assert_store_intact(tmp_path)
    index.close()


def assert_complete(store: Blobs, index: Index, film: int) -> None:
    rows = index.steps(f"film-{film}")
    assert len(rows) == STEPS
    for row in rows:
        action = index.action(row.key)
        assert row.status in ("done", "hit") and action is not None
        made = Made.model_validate_json(action.result)
        assert made.name == row.name and store.has(made.file)


def assert_store_intact(home: Path) -> None:
    for path in (home / "blobs").glob("*/[!.]*"):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name
    with sqlite3.connect(home / "index.sqlite") as db:
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    db.close()


def test_a_torn_blob_is_written_again(tmp_path: Path) -> None:
    store = Blobs(tmp_path)
    blob = store.put(b"a whole film")
    store.path(blob).write_bytes(b"a who")
    assert not store.has(blob)
    assert store.put(b"a whole film") == blob
    assert store.get(Blob(digest=blob.digest, size=blob.size)) == b"a whole film"
