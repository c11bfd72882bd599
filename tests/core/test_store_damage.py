"""A store that somebody damaged: what can be made again is, what cannot is said in a sentence, and nothing sound is
lost."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from personavlog import evaluation, jobs, publish, views
from personavlog.errors import ConfigurationError, MachineError, MediaError, ShotsFailedError
from personavlog.media import Blob
from personavlog.runs.blobs import Blobs
from personavlog.runs.database import Database
from personavlog.runs.folder import RunFolder, export_blob, open_store
from personavlog.runs.index import DAMAGED, Index
from personavlog.saved import SavedBrief, write_brief
from personavlog.vlog import Made
from tests.core.doubles import SHOTS, Film, calls, profile, sent


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a finished film called "film": its store in "home", its files in "runs", its calls beside them."""
    place = tmp_path_factory.mktemp("finished")
    film = Film(place / "home", {role: {"log": place / "calls.jsonl"} for role in ("image", "video", "speech")})
    made = film.make()
    folder = RunFolder(place / "runs", "film").create()
    write_brief(folder, SavedBrief(brief=film.brief, profile=profile()))
    publish.film(folder, film.production, made)
    publish.record(folder, film.index, film.brief, profile(), film.store, wall=1.0)
    film.index.close()
    return place


@pytest.fixture
def finished(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The runs folder of a copy of it; its store is the home folder's."""
    shutil.copytree(template, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("PERSONAVLOG_HOME", str(tmp_path / "home"))
    return tmp_path / "runs"


def made_of(runs: Path) -> Made:
    entries = json.loads((runs / "film" / "record.json").read_bytes())["entries"]
    return Made.model_validate(next(entry for entry in entries if entry["kind"] == "film")["data"]["made"])


def index_file(runs: Path) -> Path:
    return runs.parent / "home" / "index.sqlite"


def change(runs: Path, sql: str, *values: object) -> None:
    db = sqlite3.connect(index_file(runs))
    with db:
        assert db.execute(sql, values).rowcount > 0
    db.close()


def flip(store: Blobs, blob: Blob) -> None:
    """One bit in the middle changes; length and time stay."""
    place = store.path(blob)
    data, stat = bytearray(place.read_bytes()), place.stat()
    data[len(data) // 2] ^= 1
    place.write_bytes(bytes(data))
    os.utime(place, ns=(stat.st_atime_ns, stat.st_mtime_ns))


BLOBS = {
    "the film": lambda made: made.film.video,
    "a clip": lambda made: made.clips[1].clip,
    "a voice": lambda made: made.narration.lines[0].audio,
    "a picture": lambda made: made.keyframes[2].image,
    "the music": lambda made: made.soundtrack.music,
}


@pytest.mark.parametrize("which", BLOBS)
def test_a_flipped_bit_is_found_and_what_it_was_in_is_made_anew(finished: Path, which: str) -> None:
    store, index = open_store()
    made = made_of(finished)
    blob = BLOBS[which](made)
    flip(store, blob)
    index.close()
    again = Film(finished.parent / "home", {"image": {"log": finished.parent / "again.jsonl"}})
    assert again.make().film == made.film and Blobs(store.root).sound(blob), "made anew, and the same as before"


@pytest.mark.parametrize("which", BLOBS)
def test_a_damaged_blob_never_replaces_the_run_folders_copy(finished: Path, which: str, tmp_path: Path) -> None:
    store = open_store()[0]
    made = made_of(finished)
    place = export_blob(store, BLOBS[which](made), tmp_path / "copy")
    before = place.read_bytes()
    flip(store, BLOBS[which](made))
    with pytest.raises(MediaError, match="Resume the run"):
        export_blob(Blobs(store.root), BLOBS[which](made), place)
    assert place.read_bytes() == before and list(tmp_path.glob(".new-*")) == []


@pytest.mark.parametrize("text", ["", "{", "[1]", "null", "[" * 100_000])
@pytest.mark.parametrize("table", ["event", "step"])
def test_damaged_json_in_the_index_hides_no_run_and_ends_none(finished: Path, table: str, text: str) -> None:
    column = {"event": "data", "step": "inputs"}[table]
    change(
        finished,
        f"UPDATE {table} SET {column}=? WHERE rowid IN (SELECT rowid FROM {table} ORDER BY rowid LIMIT 2)",
        text,
    )
    assert views.view("film", runs=finished).outcome == "finished"
    assert [row[:2] for row in views.summaries(finished)] == [("film", "finished")]
    film = Film(finished.parent / "home")
    film.make()
    publish.record(RunFolder(finished, "film"), film.index, film.brief, profile(), film.store, wall=1.0)
    if table == "event":
        assert sum(event.kind == DAMAGED for event in film.index.events("film")) == 2


def test_a_stored_result_that_is_no_json_is_made_again(finished: Path) -> None:
    change(finished, "UPDATE action SET result='{' WHERE step LIKE 'keyframe/2%'")
    log = finished.parent / "again.jsonl"
    Film(finished.parent / "home", {"image": {"log": log}}).make()
    assert sent(log)["image"] == 1


def test_a_damaged_order_of_shots_is_a_sentence(finished: Path) -> None:
    index = open_store()[1]
    index.edits.set_order("film", [1, 2, 3])
    index.close()
    change(finished, "UPDATE shot_order SET ids='[1,'")
    with pytest.raises((ConfigurationError, ShotsFailedError), match="order of the shots"):
        Film(finished.parent / "home").make()


@pytest.mark.parametrize("damage", [{"made": None}, {}, {"made": {"film": 1}}])
def test_a_damaged_film_in_the_record_is_a_sentence(finished: Path, damage: dict[str, object]) -> None:
    record = finished / "film" / "record.json"
    data = json.loads(record.read_bytes())
    for entry in data["entries"]:
        entry["data"] = damage if entry["kind"] == "film" else entry["data"]
    record.write_text(json.dumps(data))
    with pytest.raises(ConfigurationError, match="personavlog resume film"):
        evaluation.check_judge("film", runs=finished)


def test_a_film_of_an_older_version_keeps_its_report(finished: Path) -> None:
    """An interrupted making after an update: the older film's entries do not fit the present types."""
    report = finished / "film" / "report.html"
    before = report.read_bytes()
    change(finished, 'UPDATE event SET data=\'{"name": "clip/1", "corrected": {"old": 1}}\' WHERE kind=\'clip\'')
    change(finished, "UPDATE event SET data='{\"made\": {\"old\": 1}}' WHERE kind='film'")
    film = Film(finished.parent / "home")
    film.index.emit("film", "begin", {})
    publish.record(RunFolder(finished, "film"), film.index, film.brief, profile(), film.store, wall=1.0)
    assert report.read_bytes() == before


@pytest.mark.parametrize("text", ["a = " + "[" * 50_000, "a." * 2_000 + "a = 1"])
def test_deeply_nested_toml_is_a_sentence(finished: Path, text: str, tmp_path: Path) -> None:
    (finished / "film" / "brief.toml").write_text(text)
    with pytest.raises(ConfigurationError, match=r"brief\.toml"):
        jobs.reopen("film", runs=finished)
    assert views.summaries(finished)[0][1] == "damaged"
    (tmp_path / "mine.toml").write_text(text)
    from personavlog import profiles

    with pytest.raises(ConfigurationError, match=r"Correct it|does not fit"):
        profiles.load(str(tmp_path / "mine.toml"))


def test_a_damaged_photo_says_that_nothing_can_make_it_again(finished: Path) -> None:
    store, index = open_store()
    index.close()
    flip(store, jobs.reopen("film", runs=finished).brief.photo)
    with pytest.raises(ConfigurationError, match="Begin anew from the photo"):
        jobs.reopen("film", runs=finished)


def test_looking_leaves_no_file_open(finished: Path) -> None:
    folder = Path("/proc/self/fd")
    if not folder.is_dir():
        pytest.skip("open files are counted in /proc")
    views.summaries(finished)
    before = len(list(folder.iterdir()))
    for _ in range(50):
        views.summaries(finished)
        views.view("film", runs=finished)
    assert len(list(folder.iterdir())) <= before


def test_a_store_that_cannot_be_written_to_can_be_looked_at(finished: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path) -> Path:
        raise MachineError(f"Cannot write to {str(path)!r}: that disk is read-only.")

    home = finished.parent / "home"
    for path in home.glob("index.sqlite-*"):
        path.unlink()
    before = {path.name for path in home.iterdir()}
    monkeypatch.setattr("personavlog.runs.folder.make_folder", refused)
    assert views.view("film", runs=finished).outcome == "finished"
    assert views.summaries(finished)[0][1] == "finished"
    assert {path.name for path in home.iterdir()} - before <= {"index.sqlite-shm", "index.sqlite-wal"}
    index = open_store()[1]
    with pytest.raises(MachineError, match="Make the folder writable"):
        index.emit("film", "note", {"text": "no"})
    index.close()


@pytest.mark.parametrize(
    ("sql", "advice"),
    [("SELECT * FROM nothing", "Move it away"), ("INSERT INTO pin VALUES(1,2,3,4)", "Make the folder writable")],
)
def test_the_advice_fits_the_fault(tmp_path: Path, sql: str, advice: str) -> None:
    Database(tmp_path / "index.sqlite").close()
    look = Database(tmp_path / "index.sqlite", writable=False)
    with pytest.raises(MachineError, match=advice):
        look.rows(sql)
    look.close()
    with pytest.raises(sqlite3.ProgrammingError):  # a fault of ours is no matter of the user's folder
        look.rows("SELECT 1")


def test_a_dropped_table_does_not_ask_for_a_writable_folder(finished: Path) -> None:
    db = sqlite3.connect(index_file(finished))
    db.execute("DROP TABLE event")
    db.close()
    with pytest.raises(MachineError, match="Move it away") as raised:
        views.view("film", runs=finished)
    assert "writable" not in str(raised.value)


def test_every_call_of_the_finished_film_was_made_once(finished: Path) -> None:
    assert sent(finished.parent / "calls.jsonl") == {"image": 1 + SHOTS, "video": SHOTS, "speech": SHOTS}
    assert len(calls(finished.parent / "calls.jsonl")) == 1 + 3 * SHOTS
    assert Index(index_file(finished)).events("film")
