"""The example film: put among the films once, whole, and quickly."""

from __future__ import annotations

import time
import zipfile
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from personavlog import api
from personavlog.studio import example, looking
from personavlog.studio.models import Outcome

MOST_BYTES = 6_000_000
QUICK_SECONDS = 10.0


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PERSONAVLOG_HOME", str(tmp_path / "home"))
    return tmp_path / "runs"


def test_a_newcomer_finds_one_finished_film_with_a_correction_kept_and_one_rolled_back(runs: Path) -> None:
    began = time.monotonic()
    example.put(runs)
    assert time.monotonic() - began < QUICK_SECONDS
    (film,) = looking.films(runs)
    assert (film.run, film.example, film.outcome) == (example.RUN, True, Outcome.FINISHED)
    shots = [looking.shot(film.run, card.place, runs) for card in looking.film(film.run, runs).cards]
    attempts = [one for shot in shots for part in shot.parts for take in part.takes for one in take.attempts]
    verdicts = Counter(one.verdict for one in attempts)
    assert verdicts["kept"] and verdicts["rolled-back"], verdicts
    assert all(one.reason and one.measures for one in attempts if one.verdict != "first")


def test_who_deletes_the_example_does_not_find_it_again(runs: Path) -> None:
    example.put(runs)
    api.delete(example.RUN, runs=runs)
    example.put(runs)
    assert looking.films(runs) == ()


def test_what_somebody_changed_in_it_stays(runs: Path) -> None:
    example.put(runs)
    api.move_shot(example.RUN, 2, 1, runs=runs)
    changed = looking.film(example.RUN, runs).revision
    (runs / ".example").unlink()
    example.put(runs)
    assert looking.film(example.RUN, runs).revision == changed


def test_another_folder_has_it_too(runs: Path) -> None:
    example.put(runs)
    example.put(runs.parent / "elsewhere")
    assert [film.example for film in looking.films(runs.parent / "elsewhere")] == [True]


def test_the_example_is_small_and_names_no_machine() -> None:
    packed = files("personavlog.example") / "film.zip"
    assert len(packed.read_bytes()) <= MOST_BYTES
    with zipfile.ZipFile(str(packed)) as archive:
        texts = [archive.read(name) for name in ("rows.json", "brief.toml")]
    assert not [text for text in texts for place in (b"/home/", b"/tmp/", b"/Users/", b"/ro" + b"ot/") if place in text]
