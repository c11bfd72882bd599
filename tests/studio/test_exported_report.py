"""A report in a folder of its own: everything that it plays lies beside it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from personavlog import api
from personavlog.errors import ConfigurationError, RunError
from tests.studio.films import FakeFilms


def test_everything_that_the_report_plays_lies_beside_it(films: FakeFilms, tmp_path: Path) -> None:
    page = api.export_report(films.finished, tmp_path / "site", runs=films.runs)
    played = re.findall(r'(?:src|href)="([^":#]+\.[a-z0-9]+)"', page.read_text())
    assert "vlog.mp4" in played and "attempts/clip-03-1.mp4" in played and "shots/04/clip.mp4" in played
    for name in played:
        assert (page.parent / name).read_bytes() == (films.runs / films.finished / name).read_bytes()
    there = {place.relative_to(page.parent).as_posix() for place in page.parent.rglob("*") if place.is_file()}
    assert there == {"index.html", *played}


def test_a_folder_that_holds_something_is_left_alone(films: FakeFilms, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(ConfigurationError, match="already"):
        api.export_report(films.finished, tmp_path, runs=films.runs)
    assert [place.name for place in tmp_path.iterdir()] == ["mine.txt"]


def test_a_film_that_is_not_made_has_no_report(films: FakeFilms, tmp_path: Path) -> None:
    with pytest.raises(RunError, match="no report yet"):
        api.export_report(films.draft, tmp_path / "site", runs=films.runs)
    assert not (tmp_path / "site").exists()
