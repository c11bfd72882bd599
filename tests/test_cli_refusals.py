"""Everything that cannot be made is said in a sentence, with the right exit status, before a run is begun."""

from __future__ import annotations

import struct
import sys
import zlib
from pathlib import Path
from typing import NoReturn

import PIL.Image
import pytest

from cli_room import PORTRAIT, Room, needs_devices
from personavlog import api
from personavlog.runs.folder import open_store

pytestmark = pytest.mark.weights
needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="Only Linux has a folder that nobody may write to.")


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Room:
    def never(*_: object) -> NoReturn:
        raise AssertionError("a film was begun")

    monkeypatch.setenv("PERSONAVLOG_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PERSONAVLOG_OFFLINE", "1")
    monkeypatch.setattr(api.Job, "make", never)
    return Room(tmp_path / "runs")


def _picture(path: Path, size: tuple[int, int], mode: str = "RGB") -> str:
    PIL.Image.new(mode, size).save(path)
    return str(path)


def _two_people(path: Path) -> str:
    portrait = PIL.Image.open(PORTRAIT).convert("RGB")
    both = PIL.Image.new("RGB", (portrait.width * 2, portrait.height))
    both.paste(portrait, (0, 0))
    both.paste(portrait, (portrait.width, 0))
    both.save(path)
    return str(path)


def _bomb(path: Path) -> str:
    """A PNG of a few kilobytes that unpacks to 3.6 billion pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(7501 * 100)))
        + chunk(b"IEND", b"")
    )
    return str(path)


def _text(path: Path) -> str:
    path.write_text("not a picture")
    return str(path)


@pytest.mark.parametrize(
    ("photo", "says"),
    [
        (_text, "is a text file"),
        (lambda path: str(path), "does not exist"),
        (lambda path: str(path.parent), "is a folder"),
        pytest.param(lambda path: "/dev/zero", "not an ordinary file", marks=needs_devices),
        (lambda path: _picture(path, (32, 32)), "at least 64 px"),
        (_bomb, "million pixels"),
        (_two_people, "--face N"),
    ],
    ids=["text", "absent", "folder", "device", "tiny", "bomb", "two people"],
)
def test_photos_that_cannot_be_used(room: Room, tmp_path: Path, photo: object, says: str) -> None:
    said = room.make(photo=photo(tmp_path / "photo.png"))  # type: ignore[operator]
    assert said.status == 2 and says in said.err and said.out == ""
    assert room.begun() == []


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("theme", "x" * 4000, "has 4000 characters; at most 600 fit"),
        ("theme", "", "theme is empty"),
        ("theme", " \t\x07\x1b ", "theme is empty"),
        ("theme", "...!?", "no word in it"),
        ("theme", "\udc80 bytes", "not readable text"),
        ("name", "\udcff", "not readable text"),
        ("name", "Mia" * 30, "has 90 characters; at most 40 fit"),
        ("style", "", "style is empty"),
        ("length", "0", "6 to 180 seconds fit"),
        ("length", "10800", "6 to 180 seconds fit"),
        ("length", "nan", "6 to 180 seconds fit"),
        ("shots", "99", "2 to 24 fit"),
        ("shots", "24", "24 shots do not fit into 30 seconds"),
        ("seed", "-1", "0 to 2147483647 fit"),
        ("language", "xx", "Choose 'en' or 'zh'"),
        ("subtitles", "neon", "Choose 'burned', 'soft' or 'none'"),
        ("face", "7", "Give --face a number from 1 to 1"),
        ("voice", "nobody", "There are: af_heart"),
        ("voice", "zm_yunxi", "no voice 'zm_yunxi' for the language 'en'"),
        ("voice_sample", str(PORTRAIT), "is a PNG picture"),
        ("profile", "nope", "Shipped: embedded"),
        ("profile", "../../etc/passwd", "Shipped: embedded"),
        ("profile", "a" * 400 + ".toml", "cannot be read"),
        ("writer", "nobody", "No chat model is called"),
        ("writer", "embedded:nobody", "planner"),
    ],
)
def test_wishes_that_cannot_be_followed(room: Room, option: str, value: str, says: str) -> None:
    said = room.make(**{option: value})
    assert said.status == 2 and says in said.err and said.out == ""
    assert room.begun() == []


@pytest.mark.parametrize(("option", "value"), [("length", "long"), ("aspect", "4:3"), ("face", "0"), ("shots", "two")])
def test_words_that_are_no_values(room: Room, option: str, value: str) -> None:
    assert room.make(**{option: value}).status == 2
    assert room.begun() == []


def test_a_likeness_needs_the_statement(room: Room) -> None:
    said = room.make(consent=False)
    assert said.status == 2 and "--i-may-use-this-likeness" in said.err and room.begun() == []


def test_nobody_is_no_person(room: Room) -> None:
    said = room.call("make", "--offline", "--theme", "a day", "--runs", str(room.runs))
    assert said.status == 2 and "--photo FILE" in said.err and "--example" in said.err


def test_a_hosted_writer_needs_its_key_or_package(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    said = room.make(writer="openai:gpt-4.1")
    assert (
        said.status == 2 and ("OPENAI_API_KEY" in said.err or "personavlog[openai]" in said.err) and room.begun() == []
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[[", "is not TOML"),
        ("name = 1", "does not fit"),
        (
            'name = "x"\n[image]\nbackbone = "nope"\n[video]\nbackbone = "embedded"\n[music]\nbackbone = '
            '"embedded"\n[speech]\nbackbone = "embedded"\n',
            "nope",
        ),
    ],
)
def test_an_own_profile_that_does_not_fit(room: Room, tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "mine.toml").write_text(text)
    said = room.make(profile=str(tmp_path / "mine.toml"))
    assert said.status == 2 and says in said.err and room.begun() == []


@pytest.mark.parametrize("kind", ["file", "long", pytest.param("closed", marks=needs_proc)])
def test_runs_folders_that_cannot_be_written(room: Room, tmp_path: Path, kind: str) -> None:
    (tmp_path / "file").write_text("in the way")
    place = {"file": str(tmp_path / "file"), "long": "a" * 400, "closed": "/proc/personavlog"}[kind]
    said = room.make(runs=place)
    assert said.status == 3 and "Choose another folder" in said.err


def test_a_home_that_cannot_be_written(room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("PERSONAVLOG_HOME", str(tmp_path / "file" / "home"))
    said = room.make()
    assert said.status == 3 and "Choose another folder" in said.err


def test_offline_without_model_files(room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERSONAVLOG_CACHE", str(tmp_path / "no weights"))
    said = room.make()
    assert said.status == 3 and "personavlog weights fetch" in said.err and room.begun() == []


def test_an_index_that_is_none(room: Room, tmp_path: Path) -> None:
    open_store()[1].close()
    (tmp_path / "home" / "index.sqlite").write_bytes(b"garbage" * 4000)
    said = room.make()
    assert said.status == 3 and "Move it away" in said.err


@pytest.mark.parametrize(
    "command",
    [("show", "nope"), ("resume", "nope"), ("redo", "1"), ("edit",), ("show", "../.."), ("resume", "a" * 500)],
)
def test_runs_that_are_not_there(room: Room, command: tuple[str, ...]) -> None:
    said = room.call(*command, "--runs", str(room.runs))
    assert said.status == 2 and "There is no run in" in said.err


def test_no_runs_are_said(room: Room) -> None:
    said = room.call("runs", "--runs", str(room.runs))
    assert said.status == 0 and "personavlog make" in said.out


def test_unknown_commands_and_model_files(room: Room) -> None:
    assert room.call("direct").status == 2
    said = room.call("weights", "fetch", "nope")
    assert said.status == 2 and "no weights called 'nope'" in said.err


def test_the_version_is_told(room: Room) -> None:
    assert room.call("--version").out.strip() == api.VERSION
