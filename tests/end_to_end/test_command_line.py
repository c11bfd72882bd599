"""The command line on the shipped profile: what is refused before a run is begun, and what is listed."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import PIL.Image
import pytest

import personavlog
from personavlog import Job, Options, profiles
from personavlog.profiles import load, names
from tests.shared.command_line import PORTRAIT, CommandLine

pytestmark = pytest.mark.weights


@pytest.fixture(autouse=True)
def never_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> NoReturn:
        raise AssertionError("a film was begun")

    monkeypatch.setattr(Job, "make", never)


def test_the_shipped_profile_is_the_default_and_loads() -> None:
    assert profiles.DEFAULT in names() and load(profiles.DEFAULT).name == "embedded"


def test_of_two_people_one_must_be_chosen(cli: CommandLine, tmp_path: Path) -> None:
    portrait = PIL.Image.open(PORTRAIT).convert("RGB")
    both = PIL.Image.new("RGB", (portrait.width * 2, portrait.height))
    both.paste(portrait, (0, 0))
    both.paste(portrait, (portrait.width, 0))
    both.save(tmp_path / "both.png")
    said = cli.make(photo=str(tmp_path / "both.png"))
    assert said.status == 2 and "--face N" in said.err and cli.begun() == []


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("voice", "nobody", "There are: af_heart"),
        ("voice", "zm_yunxi", "no voice 'zm_yunxi' for the language 'en'"),
        ("writer", "embedded:nobody", "planner"),
        ("face", "7", "Give --face a number from 1 to 1"),
        ("style", "", "style is empty"),
    ],
)
def test_options_that_cannot_be_followed(cli: CommandLine, option: str, value: str, says: str) -> None:
    said = cli.make(**{option: value})
    assert said.status == 2 and says in said.err and said.out == "" and cli.begun() == []


def test_a_run_is_begun_with_the_default_profile(cli: CommandLine) -> None:
    asked = Options(PORTRAIT, "a day in Lisbon", "anime", i_may_use_this_likeness=True, length=6.0, shots=2)
    job = personavlog.begin(asked, runs=cli.runs)
    assert job.profile == load("embedded") and job.brief.face == 0
    assert personavlog.reopen(runs=cli.runs).brief == job.brief


@pytest.mark.parametrize(("command", "holds"), [("styles", "Hayao"), ("voices", "af_heart"), ("weights list", "yunet")])
def test_what_there_is_is_listed_within_a_hundred_columns(cli: CommandLine, command: str, holds: str) -> None:
    said = cli.call(*command.split())
    assert said.status == 0 and holds in said.out
    if command != "voices":
        assert max(map(len, said.out.splitlines())) <= 100


def test_offline_without_model_files(cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERSONAVLOG_CACHE", str(tmp_path / "no weights"))
    said = cli.make()
    assert said.status == 3 and "personavlog weights fetch" in said.err and cli.begun() == []


def test_the_gallerys_styles_are_styles_that_the_painter_has(monkeypatch: pytest.MonkeyPatch) -> None:
    from personavlog_embedded.style.styles import match_style

    tools = Path(__file__).parents[2] / "tools"
    monkeypatch.syspath_prepend(str(tools))
    import gallery

    for film in gallery.entries(tools.parent / "docs"):
        assert not match_style(film.style).note, film.style
