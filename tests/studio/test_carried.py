"""A packed run: everything to look at is there elsewhere, and what is no packed run changes nothing."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from personavlog import api
from personavlog.errors import RunError
from personavlog.runs.carried import BRIEF, MOST_BYTES, MOST_FILES, ROWS, pack, unpack
from personavlog.runs.folder import open_store
from personavlog.runs.run_rows import COLUMNS
from tests.studio.films import FakeFilms, scripted

Contents = dict[str, bytes]


@pytest.fixture(scope="module")
def packed(made_films: FakeFilms, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished film in one file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PERSONAVLOG_HOME", str(made_films.home))
        return pack(made_films.finished, tmp_path_factory.mktemp("packed") / "film.zip", runs=made_films.runs)


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The runs folder of an empty home."""
    monkeypatch.setenv("PERSONAVLOG_HOME", str(tmp_path / "other-home"))
    return tmp_path / "other-runs"


def _rows(home: Path, table: str, run: str) -> list[tuple[object, ...]]:
    columns = COLUMNS[table]
    with closing(sqlite3.connect(home / "index.sqlite")) as db:
        where = "1" if table == "action" else f"run='{run}'"
        return sorted(db.execute(f"SELECT {columns} FROM {table} WHERE {where}").fetchall(), key=repr)


def _contents(file: Path) -> Contents:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zipped(contents: Mapping[str, bytes], place: Path) -> Path:
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
    return place


def test_a_run_is_the_same_elsewhere_and_its_film_plays(packed: Path, made_films: FakeFilms, elsewhere: Path) -> None:
    folder = unpack(packed, runs=elsewhere)
    home, run = elsewhere.parent / "other-home", made_films.finished
    for table in COLUMNS:
        if table not in ("action", "exported"):
            assert _rows(home, table, run) == _rows(made_films.home, table, run), table
    assert api.view(run, runs=elsewhere).outcome == "finished"
    assert folder.film.read_bytes() == (made_films.runs / run / "vlog.mp4").read_bytes()
    assert folder.report.is_file() and (folder.shot(1) / "keyframe.png").is_file()


def test_every_attempt_and_voice_is_there_and_no_stem_or_segment(
    packed: Path, made_films: FakeFilms, elsewhere: Path
) -> None:
    unpack(packed, runs=elsewhere)
    store, index = open_store()
    with closing(index):
        results = {
            row.name: json.loads(action.result)
            for row in index.steps(made_films.finished)
            if row.made and (action := index.action(row.made))
        }
    blobs = {name: value for name, result in results.items() for value in _digests(result)}
    there = {name for name, digest in blobs.items() if store.has(digest)}
    assert {"keyframe/3/paint/2", "clip/3/animate/1", "voice/1", "cut/film", "stylise"} <= there
    assert "sound" in blobs and "cut/segment/1" in blobs
    assert not {"sound", "cut/segment/1"} & there


def _digests(value: object) -> list[str]:
    if isinstance(value, dict):
        own = [value["digest"]] if isinstance(value.get("digest"), str) and "media_type" in value else []
        return [*own, *(digest for part in value.values() for digest in _digests(part))]
    return [digest for part in value for digest in _digests(part)] if isinstance(value, list) else []


def test_packing_twice_gives_the_same_bytes(packed: Path, films: FakeFilms, tmp_path: Path) -> None:
    again = pack(films.finished, tmp_path / "again.zip", runs=films.runs)
    assert again.read_bytes() == packed.read_bytes()


def test_unpacking_again_loses_no_change_and_brings_back_what_is_missing(
    packed: Path, made_films: FakeFilms, elsewhere: Path
) -> None:
    folder = unpack(packed, runs=elsewhere)
    api.redo(folder.run, 2, "voice", runs=elsewhere)
    folder.script.write_text("{}")
    folder.film.unlink()
    before = {table: _rows(elsewhere.parent / "other-home", table, folder.run) for table in COLUMNS}
    unpack(packed, runs=elsewhere)
    assert {table: _rows(elsewhere.parent / "other-home", table, folder.run) for table in COLUMNS} == before
    assert folder.script.read_text() == "{}" and folder.film.is_file()


def test_a_changed_film_is_made_again_from_what_was_packed(packed: Path, elsewhere: Path) -> None:
    folder = unpack(packed, runs=elsewhere)
    with scripted(elsewhere.parent / "other-home"):
        api.redo(folder.run, 1, "voice", runs=elsewhere)
        assert api.reopen(folder.run, runs=elsewhere).make().path.is_file()


def test_another_run_of_the_same_id_is_left_alone(packed: Path, made_films: FakeFilms, elsewhere: Path) -> None:
    place = elsewhere / made_films.finished / "brief.toml"
    place.parent.mkdir(parents=True)
    place.write_text("mine = true")
    with pytest.raises(RunError, match="another run"):
        unpack(packed, runs=elsewhere)
    assert place.read_text() == "mine = true"


def _with(name: str, data: bytes) -> Callable[[Contents], Contents]:
    return lambda contents: {**contents, name: data}


def _rows_with(table: str, change: Callable[[list[object]], None]) -> Callable[[Contents], Contents]:
    def changed(contents: Contents) -> Contents:
        rows = json.loads(contents[ROWS])
        change(rows[table][0])
        return {**contents, ROWS: json.dumps(rows).encode()}

    return changed


def _first(value: object) -> Callable[[list[object]], None]:
    return lambda row: row.__setitem__(0, value)


def _flipped(contents: Contents) -> Contents:
    name = next(name for name in contents if name.startswith("blobs/"))
    return {**contents, name: contents[name][:-1] + bytes([contents[name][-1] ^ 1])}


def _other_run(contents: Contents) -> Contents:
    rows = json.loads(contents[ROWS])
    return {**contents, ROWS: json.dumps({**rows, "run": "../../etc"}).encode()}


HOSTILE = {
    "a path out of it": _with("../../evil.txt", b"x"),
    "an absolute path": _with("/tmp/evil.txt", b"x"),
    "a blob with a path as its name": _with("blobs/../../evil", b"x"),
    "another file": _with("run.sh", b"x"),
    "bytes that are not their digest's": _flipped,
    "a blob that nothing points at": _with(f"blobs/{'5' * 64}", b"x"),
    "an event of another run": _rows_with("event", _first("somebody-else")),
    "a result that no step uses": _rows_with("action", _first("7" * 64)),
    "a key that is none": _rows_with("action", _first("x")),
    "a take that is a text": _rows_with("version", lambda row: row.__setitem__(3, "0")),
    "an export out of the folder": _rows_with("exported", lambda row: row.__setitem__(1, "../brief.toml")),
    "a run that is a path": _other_run,
    "rows that are no rows": _with(ROWS, b"[]"),
    "no rows": lambda contents: {BRIEF: contents[BRIEF]},
    "a brief that is no text": _with(BRIEF, b"\xff\xfe\x00"),
    "too many files": lambda contents: {**contents, **{f"blobs/{n:064x}": b"" for n in range(MOST_FILES)}},
    "a bomb": _with(f"blobs/{'0' * 64}", bytes(MOST_BYTES)),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_no_packed_run_is_refused_and_changes_nothing(
    kind: str, packed: Path, elsewhere: Path, tmp_path: Path
) -> None:
    hostile = _zipped(HOSTILE[kind](_contents(packed)), tmp_path / "hostile.zip")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(RunError, match="no packed run"):
        unpack(hostile, runs=elsewhere)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("cut", [0, 10, 0.5, 0.99])
def test_a_file_that_was_cut_off_is_refused(cut: float, packed: Path, elsewhere: Path, tmp_path: Path) -> None:
    data = packed.read_bytes()
    place = tmp_path / "short.zip"
    place.write_bytes(data[: int(cut * len(data)) if isinstance(cut, float) else cut])
    with pytest.raises(RunError, match="no packed run"):
        unpack(place, runs=elsewhere)
