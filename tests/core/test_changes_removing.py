"""Runs that are deleted leave nothing of the person behind, and nothing that another run needs is taken."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from personavlog import api
from personavlog.errors import RunError
from personavlog.runs.folder import open_store
from personavlog.runs.removal import DELETED
from tests.core.room import Room, room

__all__ = ["room"]


def aged(room: Room) -> None:
    for place in (room.path / "home").rglob("*"):
        if place.is_file() and "index" not in place.name:
            os.utime(place, (time.time() - 4000,) * 2)


def test_a_deleted_run_leaves_nothing_of_the_photo_nor_of_the_story(room: Room) -> None:
    folder = room.made(theme="The unmistakable kumquat festival")
    said = room.call("delete", folder.run, "--yes")
    assert said.status == 0 and "files of the store" in said.out and "bytes" in said.out
    assert not folder.path.exists() and room.blobs() == {}
    left = [place for place in (room.path / "home").rglob("*") if place.is_file()]
    for word in (b"kumquat", folder.run.encode(), b"place 1"):
        assert not [place for place in left if word in place.read_bytes() or word in place.name.encode()], word


def test_what_another_run_uses_stays(room: Room) -> None:
    first, second = room.made(), room.made(seed=1)
    api.delete(first.run, runs=room.runs)
    before = room.log.read_text()
    for place in second.path.rglob("*.mp4"):
        place.unlink()
    assert room.make(second.run).path.exists() and room.log.read_text() == before
    api.delete(second.run, runs=room.runs)
    assert room.blobs() == {}


def test_the_ledger_keeps_what_was_spent_without_words(room: Room) -> None:
    folder = room.made()
    index = open_store()[1]
    calls = index.ledger.totals(folder.run).calls
    api.delete(folder.run, runs=room.runs)
    entries = index.ledger.entries(DELETED)
    assert len(entries) == calls > 0 and not [one for one in entries if one.message or one.request]


def test_a_run_is_deleted_only_when_that_is_said(room: Room) -> None:
    folder = room.made()
    before = room.state()
    said = room.call("delete", folder.run)
    assert said.status == 2 and "--yes" in said.err and room.state() == before


def test_a_run_whose_folder_is_gone_can_be_deleted(room: Room) -> None:
    folder = room.made()
    for place in sorted(folder.path.rglob("*"), reverse=True):
        place.rmdir() if place.is_dir() else place.unlink()
    folder.path.rmdir()
    assert room.blobs()
    api.delete(folder.run, runs=room.runs)
    assert room.blobs() == {}
    with pytest.raises(RunError):
        api.delete(folder.run, runs=room.runs)


def test_sweeping_takes_what_nothing_needs_and_never_what_is_young(room: Room, tmp_path: Path) -> None:
    room.made()
    store, index = open_store()
    needed = room.blobs()
    store.put(b"left by an attempt that failed")
    (store.root / "aa").mkdir(exist_ok=True)
    (store.root / "aa" / ".new-killed").write_bytes(b"half of it")
    (index.lock_file("gone")).write_text("")
    assert api.gc(runs=room.runs) == (0, 0)
    aged(room)
    said = room.call("gc")
    assert said.status == 0 and "Swept 3 files, 40 bytes" in said.out
    assert room.blobs() == needed and not index.lock_file("gone").exists()


def test_sweeping_never_takes_what_a_run_has_pinned_or_could_take_back(room: Room, tmp_path: Path) -> None:
    folder = room.made()
    api.use("last", 1, keyframe=room.photo, runs=room.runs)
    api.use("last", 2, keyframe=room.photo, runs=room.runs)
    api.unuse("last", 1, "keyframe", runs=room.runs)
    before = room.blobs()
    aged(room)
    assert api.gc(runs=room.runs) == (0, 0) and room.blobs() == before
    api.undo(runs=room.runs)
    assert room.make(folder.run).path.exists()


def test_a_run_of_an_earlier_version_whose_photo_nobody_noted_is_never_swept(room: Room) -> None:
    folder = room.made()
    index = open_store()[1]
    with index._db.writing() as db:
        db.execute("DELETE FROM begun")
    before = room.blobs()
    aged(room)
    assert api.gc(runs=room.runs) == (0, 0) and room.blobs() == before
    with pytest.raises(RunError, match=f"{folder.run}.*--runs"):
        api.gc(runs=room.path / "elsewhere")
    assert room.blobs() == before


def test_the_ledger_is_shown_call_by_call(room: Room) -> None:
    job = room.begin()
    text = job.folder.brief.read_text().replace(
        "[profile.image.settings]", '[profile.image.settings]\nprice = 0.5\nfaults = ["", "rate limit"]'
    )
    job.folder.brief.write_text(text)
    said = room.call("resume", "--max-cost", "1.2")
    assert said.status == 2 and "--max-cost" in said.err
    shown = room.call("cost", job.folder.run)
    assert "failed" in shown.out and "$0.5000" in shown.out and "Keyframes" in shown.out and "1 failed" in shown.out
    assert room.call("resume", "--max-cost", "5").status == 0
    assert "In all: $2.00" in room.call("cost", job.folder.run).out
