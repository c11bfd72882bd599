"""The benchmark of scripts counts what it says, keeps no text of a film, and its two halves share no theme."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from personavlog.runs.blobs import Blobs

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from script_films import LOOKED_AT, ONLY_RUN, Film, Theme, filmed, hashed, themes
from script_tables import table


def film(theme: str, beats: str, seed: int = 0, half: str = LOOKED_AT, named: bool = True) -> Film:
    letters = [hashed(beat) for beat in beats]
    return Film(
        theme=theme,
        kind="work",
        half=half,
        language="en",
        seed=seed,
        writer="test",
        boards=[named] + [False] * 5,
        lines=[False] * 6,
        beats=letters,
        skeletons=[[letter] for letter in letters],
        spoken=letters[:2],
        spoken_skeletons=letters[:2],
    )


def cell(films: list[Film], name: str, half: str = LOOKED_AT) -> str:
    row = next(line for line in table(films) if line.startswith(f"| {name} |"))
    return row.split(" | ")[1 if half == LOOKED_AT else 2]


def test_the_halves_have_sixty_and_forty_themes_of_all_kinds_and_none_twice() -> None:
    looked_at, only_run = themes(LOOKED_AT), themes(ONLY_RUN)
    assert (len(looked_at), len(only_run)) == (60, 40)
    assert len({theme.theme for theme in (*looked_at, *only_run)}) == 100
    assert {theme.kind for theme in looked_at} == {theme.kind for theme in only_run}
    assert all(theme.words and (theme.language == "en") != bool(theme.english) for theme in (*looked_at, *only_run))


def test_equal_beats_are_counted_between_themes_and_between_seeds_apart() -> None:
    films = [film("a", "abcdef"), film("b", "abcdxy"), film("c", "uvwxyz"), film("a", "abcdeg", seed=1)]
    assert cell(films, "pairs of themes that share 4 or more of 6 beats") == "1 of 3 (33.3%)"
    assert cell(films, "beats that two seeds of a theme share, mean of 6") == "5.00"
    assert cell(films, "themes whose two seeds share more than 3 beats") == "1 of 1 (100%)"
    assert cell(films, "spoken sentences that two or more themes use") == "6 of 8 (75%)"


def test_the_halves_are_counted_apart() -> None:
    films = [film("a", "abcdef"), film("b", "ghijkl", half=ONLY_RUN, named=False)]
    assert cell(films, "films in which no board names one") == "0 of 1 (0%)"
    assert cell(films, "films in which no board names one", ONLY_RUN) == "1 of 1 (100%)"


@pytest.mark.weights
def test_a_record_holds_no_word_of_theme_or_script(tmp_path: Path) -> None:
    theme = Theme(theme="Knitting scarves for penguins", key="x", kind="crafts", half=ONLY_RUN)
    record, script = filmed(theme, "embedded:planner", 0, Blobs(tmp_path))
    assert script is not None and len(record.boards) == len(record.beats) == 6 and record.pairs["story"].marks
    text = record.model_dump_json().lower()
    words = {word for board in script.boards for word in board.action.lower().split() if len(word) > 6}
    known = {"understood", "nothing"}
    assert not [word for word in (*words - known, "penguin", "knitting") if word in text]


def test_a_writer_that_refuses_a_theme_is_recorded_as_refusing(tmp_path: Path) -> None:
    record, script = filmed(Theme(theme="x"), "nobody:at-all", 0, Blobs(tmp_path))
    assert script is None and record.refused == "ConfigurationError"
    record.half = LOOKED_AT
    assert cell([record], "no film, English or Chinese") == "1 (ConfigurationError 1)"
    assert cell([record], "films in which no board names one") == "1 of 1 (100%)"
