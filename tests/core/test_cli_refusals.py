"""Everything that cannot be made is said in a sentence, with the right exit status, before a run is begun."""

from __future__ import annotations

import re
import struct
import sys
import zlib
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import NoReturn

import PIL.Image
import pytest

from personavlog import Job
from personavlog.runs.folder import open_store
from tests.shared.command_line import PORTRAIT, CommandLine, needs_devices

pytestmark = pytest.mark.usefixtures("one_face", "never_made")

needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="Only Linux has a folder that nobody may write to.")
SAMPLE = files("sample_backbones").joinpath("sample.toml").read_text()


@pytest.fixture
def never_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> NoReturn:
        raise AssertionError("a film was begun")

    monkeypatch.setattr(Job, "make", never)


def _picture(path: Path, size: tuple[int, int], mode: str = "RGB") -> str:
    PIL.Image.new(mode, size).save(path)
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
    ],
    ids=["text", "absent", "folder", "device", "tiny", "bomb"],
)
def test_photos_that_cannot_be_used(cli: CommandLine, tmp_path: Path, photo: object, says: str) -> None:
    said = cli.make(photo=photo(tmp_path / "photo.png"))  # type: ignore[operator]
    assert said.status == 2 and says in said.err and said.out == ""
    assert cli.begun() == []


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
        ("language", "xx", "Choose 'en', 'zh', "),
        ("subtitles", "neon", "Choose 'burned', 'soft' or 'none'"),
        ("face", "7", "Give --face a number from 1 to 1"),
        ("voice", "nobody", "There are: ada"),
        ("voice", "lin", "no voice 'lin' for the language 'en'"),
        ("voice_sample", str(PORTRAIT), "is a PNG picture"),
        ("profile", "nope", "Shipped: embedded, hosted, open, paper, sample"),
        ("profile", "../../etc/passwd", "Shipped: embedded, hosted, open, paper, sample"),
        ("profile", "a" * 400 + ".toml", "There is no profile"),
        ("writer", "nobody", "No chat model is called"),
        ("writer", "sample:nobody", "Write 'sample:writer'"),
    ],
)
def test_options_that_cannot_be_followed(cli: CommandLine, option: str, value: str, says: str) -> None:
    said = cli.make(**{option: value})
    assert said.status == 2 and says in said.err and said.out == ""
    assert cli.begun() == []


@pytest.mark.parametrize("advised", ["shots", "length"])
def test_a_film_longer_than_its_shots_can_be_is_refused_with_what_fits(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch, advised: str
) -> None:
    asked = {"shots": "3", "length": "36"}
    said = cli.make(**asked)
    assert said.status == 2 and "'sample' makes at most 10.0 s" in said.err and cli.begun() == []
    fits = re.search({"shots": r"--shots (\d+)", "length": r"--length of at most (\d+)"}[advised], said.err)
    assert fits is not None and fits[1] != asked[advised]
    monkeypatch.setattr(Job, "make", _stop)
    assert cli.make(**{**asked, advised: fits[1]}).status == 130 and len(cli.begun()) == 1


def _stop(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def test_stand_in_measures_need_a_painter_that_keeps_records(cli: CommandLine, tmp_path: Path) -> None:
    records, mine = 'backbone = "sample"\n\n[video]', tmp_path / "mine.toml"
    text = SAMPLE.replace(records, 'backbone = "sample"\nsettings = { records = false }\n\n[video]')
    mine.write_text(text)
    said = cli.make(profile=str(mine))
    assert said.status == 2 and "keeps no record of its pictures" in said.err and cli.begun() == []
    assert 'measures = "published"' in said.err and "keyframe_corrections = 0" in said.err


def test_a_device_that_is_not_listed_is_named(cli: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(SAMPLE.replace("[image]\n", '[image]\ndevice = "cuda:0"\n'))
    said = cli.make(profile=str(tmp_path / "mine.toml"))
    assert said.status == 2 and "[devices] does not list ['cuda:0']" in said.err and cli.begun() == []


@pytest.mark.parametrize(("option", "value"), [("length", "long"), ("aspect", "4:3"), ("face", "0"), ("shots", "two")])
def test_words_that_are_no_values(cli: CommandLine, option: str, value: str) -> None:
    assert cli.make(**{option: value}).status == 2
    assert cli.begun() == []


def test_a_likeness_needs_the_statement(cli: CommandLine) -> None:
    said = cli.make(False)
    assert said.status == 2 and "--i-may-use-this-likeness" in said.err and cli.begun() == []


def test_nobody_is_no_person(cli: CommandLine) -> None:
    said = cli.call("make", "--offline", "--profile", "sample", "--theme", "a day", "--runs", str(cli.runs))
    assert said.status == 2 and "--photo FILE" in said.err and "--example" in said.err


def test_a_hosted_writer_needs_its_key(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    said = cli.make(writer="openai:gpt-4.1")
    assert said.status == 2 and "OPENAI_API_KEY" in said.err and cli.begun() == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[[", "is not TOML"),
        ("name = 1", "does not fit"),
        (SAMPLE.replace('[image]\nbackbone = "sample"', '[image]\nbackbone = "x"'), "no image backbone named 'x'"),
        (SAMPLE.replace('[music]\nbackbone = "sample"', '[music]\nbackbone = "x"'), "no music backbone named 'x'"),
        *(
            (
                SAMPLE.replace(f"[{role}]\n", f"[{role}]\nsettings = {{ depth = 3 }}\n"),
                f"['depth'] do not fit the {role}",
            )
            for role in ("image", "video", "music", "speech")
        ),
    ],
)
def test_an_own_profile_that_does_not_fit(cli: CommandLine, tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "mine.toml").write_text(text)
    said = cli.make(profile=str(tmp_path / "mine.toml"))
    assert said.status == 2 and says in said.err and cli.begun() == []


@pytest.mark.parametrize("kind", ["file", "long", pytest.param("closed", marks=needs_proc)])
def test_runs_folders_that_cannot_be_written(cli: CommandLine, tmp_path: Path, kind: str) -> None:
    (tmp_path / "file").write_text("in the way")
    place = {"file": str(tmp_path / "file"), "long": "a" * 400, "closed": "/proc/personavlog"}[kind]
    said = cli.make(runs=place)
    assert said.status == 3 and "Choose another folder" in said.err


def test_a_home_that_cannot_be_written(cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("PERSONAVLOG_HOME", str(tmp_path / "file" / "home"))
    said = cli.make()
    assert said.status == 3 and "Choose another folder" in said.err


def test_offline_without_a_profiles_model_files(cli: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(f'weights = ["sample"]\n{SAMPLE}')
    said = cli.make(profile=str(tmp_path / "mine.toml"))
    assert said.status == 3 and "personavlog weights fetch sample-network" in said.err and cli.begun() == []


def test_an_index_that_is_none(cli: CommandLine, tmp_path: Path) -> None:
    open_store()[1].close()
    (tmp_path / "home" / "index.sqlite").write_bytes(b"garbage" * 4000)
    said = cli.make()
    assert said.status == 3 and "Move it away" in said.err


@pytest.mark.parametrize(
    "command",
    [("show", "nope"), ("resume", "nope"), ("redo", "1"), ("edit",), ("show", "../.."), ("resume", "a" * 500)],
)
def test_runs_that_are_not_there(cli: CommandLine, command: tuple[str, ...]) -> None:
    said = cli.call(*command, "--runs", str(cli.runs))
    assert said.status == 2 and "There is no run in" in said.err


def test_no_runs_are_said(cli: CommandLine) -> None:
    said = cli.call("runs", "--runs", str(cli.runs))
    assert said.status == 0 and "personavlog make" in said.out


def test_unknown_commands_and_model_files(cli: CommandLine) -> None:
    assert cli.call("direct").status == 2
    said = cli.call("weights", "fetch", "nope")
    assert said.status == 2 and "no weights called 'nope'" in said.err


def test_the_version_is_told(cli: CommandLine) -> None:
    assert cli.call("--version").out.strip() == version("personavlog")
