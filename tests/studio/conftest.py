"""A home folder of its own, and small real films in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.shared.core_alone import folders_in
from tests.studio.films import FakeFilms, fake_films, scripted


@pytest.fixture(scope="package", autouse=True)
def core_alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with folders_in(tmp_path_factory.mktemp("studio")):
        yield


@pytest.fixture(scope="session")
def made_films(tmp_path_factory: pytest.TempPathFactory) -> FakeFilms:
    """Every kind of film; made once (10 to 30 s), never to be changed."""
    place = tmp_path_factory.mktemp("films")
    return fake_films(place / "home", place / "runs")


@pytest.fixture
def films(made_films: FakeFilms, monkeypatch: pytest.MonkeyPatch) -> FakeFilms:
    """The films to look at, with their home folder as the home folder."""
    monkeypatch.setenv("PERSONAVLOG_HOME", str(made_films.home))
    return made_films


@pytest.fixture
def own_films(made_films: FakeFilms, tmp_path: Path) -> Iterator[FakeFilms]:
    """A copy of the films, to be changed and made again in this process."""
    copy = replace(made_films, home=tmp_path / "home", runs=tmp_path / "runs")
    shutil.copytree(made_films.home, copy.home)
    shutil.copytree(made_films.runs, copy.runs)
    with scripted(copy.home):
        yield copy
