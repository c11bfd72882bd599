"""The run folder and the run record: found again, written whole, and honest about why not."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from personavlog.brief import Brief
from personavlog.errors import BackboneError, ConfigurationError, MachineError, MediaError, RunError
from personavlog.media import Image
from personavlog.runs.blobs import Blobs
from personavlog.runs.engine import Engine, StepRun
from personavlog.runs.exports import Exports
from personavlog.runs.folder import (
    RunFolder,
    export_blob,
    find_run,
    home,
    list_runs,
    make_folder,
    new_run_id,
    open_store,
    write_file,
)
from personavlog.runs.index import Index
from personavlog.runs.record import LicenceRecord, build_record, read_record, write_record
from personavlog.system import data_folder

BRIEF = Brief(theme="a day at sea", style="watercolour", photo=Image(digest="0" * 64, size=1, width=64, height=64))


class Text(BaseModel):
    text: str


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Blobs, Index]]:
    store, index = open_store(tmp_path / "home")
    yield store, index
    index.close()


@given(st.text(max_size=300))
def test_any_theme_gives_a_run_id_that_is_a_safe_file_name(theme: str) -> None:
    assert RunFolder(Path("runs"), new_run_id(theme)).path.parent == Path("runs")


def test_run_ids_sort_by_time_and_remind_of_the_theme() -> None:
    first = new_run_id("Ein schöner Tag in Köln!", datetime(2027, 5, 14, 9, 30, 12, tzinfo=UTC))
    assert first.startswith("20270514-093012-ein-schoner-tag-in-koln-")
    assert first < new_run_id("海边", datetime(2027, 5, 14, 9, 30, 13, tzinfo=UTC))
    assert "-vlog-" in new_run_id("🌊🌊")


@pytest.mark.parametrize("run", ["", "../evil", "a/b", "A", "-x", ".", "a" * 101, "a\n"])
def test_a_run_folder_never_leaves_its_root(run: str) -> None:
    with pytest.raises(RunError):
        RunFolder(Path("runs"), run)


def test_a_run_is_found_by_id_beginning_or_last(tmp_path: Path) -> None:
    for run in ("20270101-000000-sea-aaaa", "20270101-000000-sea-aaaab", "20270202-000000-lake-bbbb"):
        write_file(RunFolder(tmp_path, run).brief, b"")
    (tmp_path / "20290101-empty").mkdir()
    assert list_runs(tmp_path) == ("20270101-000000-sea-aaaa", "20270101-000000-sea-aaaab", "20270202-000000-lake-bbbb")
    assert find_run(tmp_path, "last").run == find_run(tmp_path, "202702").run == "20270202-000000-lake-bbbb"
    assert find_run(tmp_path, "20270101-000000-sea-aaaa").run == "20270101-000000-sea-aaaa"
    with pytest.raises(RunError, match="fits 2 runs"):
        find_run(tmp_path, "20270101")
    for wanted in ("", "nothing", "../"):
        with pytest.raises(RunError, match="no run"):
            find_run(tmp_path, wanted)
    with pytest.raises(RunError, match="no run in"):
        find_run(tmp_path / "absent", "last")


def test_home_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(tmp_path))
    for variable in ("PERSONAVLOG_HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(variable, raising=False)
    assert home() == data_folder() / "personavlog" and home().is_relative_to(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert home() == tmp_path / "data/personavlog"
    monkeypatch.setenv("PERSONAVLOG_HOME", "~/own")
    assert home() == tmp_path / "own"


def test_editing_an_exported_file_leaves_the_store_as_it_is(tmp_path: Path) -> None:
    store = Blobs(tmp_path / "blobs")
    blob = store.put(b"pixels")
    place = export_blob(store, blob, tmp_path / "runs/one/shots/01/keyframe.png")
    with place.open("ab") as file:
        file.write(b" edited")
    assert store.get(blob) == b"pixels"
    assert export_blob(store, blob, place).read_bytes() == b"pixels"
    assert [path.name for path in place.parent.iterdir()] == ["keyframe.png"]
    with pytest.raises(MediaError, match="no blob"):
        export_blob(store, "f" * 64, place)


def test_a_blob_that_another_writer_brought_first_is_taken_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows a file that somebody reads cannot be replaced; played here by a ``replace`` that is refused."""
    ours, theirs = Blobs(tmp_path / "blobs"), Blobs(tmp_path / "blobs")
    replace = Path.replace

    def refused(source: Path, target: Path) -> Path:
        monkeypatch.setattr(Path, "replace", replace)
        if later:
            theirs.put(b"pixels")
        raise PermissionError(13, "Permission denied")

    for later in (True, False):
        monkeypatch.setattr(Path, "replace", refused)
        if later:
            assert ours.get(ours.put(b"pixels")) == b"pixels"
        else:
            with pytest.raises(MachineError, match="Cannot write to the store"):
                ours.put(b"others")
    assert [path.name for path in (tmp_path / "blobs").rglob(".new-*")] == []


def test_a_folder_that_cannot_be_written_to_says_why_and_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    closed = [Path("/proc/nowhere")] if sys.platform == "linux" else []
    for place in (tmp_path / "file", tmp_path / "file" / "below", *closed, tmp_path / ("x" * 300)):
        with pytest.raises(MachineError, match=r"[Cc]hoose another folder"):
            make_folder(place)
    with pytest.raises(MachineError, match="is in the way"):
        write_file(tmp_path / "file" / "record.json", b"{}")
    with pytest.raises(MachineError, match="is in the way"):
        open_store(tmp_path / "file")


def test_a_write_that_stops_halfway_leaves_the_old_file(tmp_path: Path) -> None:
    """Played by the limit of a file's size, which POSIX systems have."""
    resource = pytest.importorskip("resource")
    place = write_file(tmp_path / "record.json", b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(MachineError, match="larger than"):
            write_file(place, bytes(5000))
        with pytest.raises(MachineError, match="Free some disk space"):
            Blobs(tmp_path / "blobs").put(bytes(5000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert place.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["record.json"]


async def make(engine: Engine) -> None:
    async def work(step: StepRun) -> Text:
        entry = engine.index.ledger.reserve(engine.run, step.name, "m", low=0.2, high=0.3)
        engine.index.ledger.settle(entry, "delivered", money=0.25)
        return Text(text="x")

    async def broken(step: StepRun) -> Text:
        raise BackboneError("no answer")

    with engine.making():
        await engine.step("board/1", work, version=1, fingerprint="m@1", uses="m", inputs={"shot": 1}, returns=Text)
        engine.emit("decision", rule="measured", kept=True)
        await engine.step("clip/1", broken, version=1, fingerprint="v@1", uses="v", inputs={}, returns=Text)


def test_the_record_holds_what_happened_and_is_read_back_equal(opened: tuple[Blobs, Index], tmp_path: Path) -> None:
    store, index = opened
    for _ in range(2):
        with pytest.raises(BackboneError):
            anyio.run(make, Engine(store, index, "run-1", {}))
    licence = LicenceRecord(role="speech", backbone="kokoro", licence="Apache-2.0")
    record = build_record(index, "run-1", BRIEF, {"name": "embedded", "key": "**********"}, [licence])
    folder = RunFolder(tmp_path / "runs", "run-1").create()
    write_record(Exports(folder, index, store), record, index.events("run-1"))
    assert read_record(folder) == record
    assert (record.outcome, record.message, record.money) == ("failed", "BackboneError: no answer", 0.25)
    assert [(step.name, step.status) for step in record.steps] == [("board/1", "hit"), ("clip/1", "failed")]
    assert [entry.data for entry in record.of_kind("decision")] == [{"rule": "measured", "kept": True}], (
        "told twice, kept once"
    )
    lines = [json.loads(line) for line in folder.log.read_text().splitlines()]
    assert [line["kind"] for line in lines[:3]] == ["begin", "started", "done"]


def test_a_missing_or_damaged_record_says_so(tmp_path: Path, opened: tuple[Blobs, Index]) -> None:
    folder = RunFolder(tmp_path, "run-1").create()
    with pytest.raises(RunError, match="no record yet"):
        read_record(folder)
    write_file(folder.record, b'{"format": 1, "run": 3}')
    with pytest.raises(ConfigurationError, match=r"record\.json"):
        read_record(folder)
    with pytest.raises(RunError, match="never begun"):
        build_record(opened[1], "run-1", BRIEF, {})
