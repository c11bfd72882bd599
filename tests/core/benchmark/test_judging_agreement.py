"""Krippendorff's alpha against worked examples that were published, and what it says of rows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from personavlog.benchmark.judging.agreement import Level, agreement, alpha, of_judges, of_repeats, told
from personavlog.benchmark.judging.judging import judge
from tests.core.benchmark.judging_cases import JudgeModel, always, by_chance, honest, outputs, vlog

N = None
FOUR_OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3),
    (N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N),
)
"""Krippendorff 2011, section E: four observers, twelve units, values missing."""
BINARY = ((0, 1, 0, 0, 0, 0, 0, 0, 1, 0), (1, 1, 1, 0, 0, 1, 0, 0, 0, 0))
"""Section A: two observers, binary."""
NOMINAL = ("aabbdcccedda", "babbbccceddd")
"""Section B: two observers, nominal; the letters stand for values."""


@pytest.mark.parametrize(("level", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_four_observers_as_published(level: Level, published: float) -> None:
    found = agreement(FOUR_OBSERVERS, level)
    assert found.alpha is not None and round(found.alpha, 3) == published
    assert (found.items, found.marks) == (11, 40), "a unit with one mark says nothing"


def test_two_observers_as_published() -> None:
    assert alpha(BINARY, "nominal") == pytest.approx(0.095, abs=5e-4)


def test_binary_marks_agree_equally_at_every_level() -> None:
    assert alpha(BINARY, "ordinal") == pytest.approx(alpha(BINARY, "nominal"))
    assert alpha(BINARY, "interval") == pytest.approx(alpha(BINARY, "nominal"))


def test_nominal_observers_as_published() -> None:
    rows = [[float(ord(letter)) for letter in row] for row in NOMINAL]
    assert alpha(rows, "nominal") == pytest.approx(0.692, abs=5e-4)


def test_full_agreement_is_one_and_one_mark_for_everything_says_nothing() -> None:
    assert alpha([[1, 2, 5], [1, 2, 5]]) == 1
    assert agreement([[3, 3, 3], [3, 3, 3]]).alpha is None and agreement([[3, 3, 3], [3, 3, 3]]).interval is None


@pytest.mark.parametrize("marks", [[], [[]], [[1, 2]], [[1, N], [N, 2]]])
def test_nothing_to_compare_has_no_alpha(marks: list[list[float | None]]) -> None:
    assert (agreement(marks).alpha, agreement(marks).interval, agreement(marks).items) == (None, None, 0)


def test_marks_by_chance_agree_as_by_chance_and_the_interval_holds_it() -> None:
    rng = np.random.default_rng(5)
    found = agreement(rng.integers(1, 6, (3, 200)).astype(float).tolist())
    assert found.alpha is not None and abs(found.alpha) < 0.1
    assert found.interval is not None and found.interval[0] < found.alpha < found.interval[1]
    assert found.interval[1] - found.interval[0] < 0.3


def test_the_interval_is_the_same_for_the_same_seed_only() -> None:
    once, twice, other = (agreement(FOUR_OBSERVERS, seed=seed) for seed in (1, 1, 2))
    assert once == twice and once.interval != other.interval


def test_order_of_judges_and_items_does_not_matter() -> None:
    turned = [row[::-1] for row in FOUR_OBSERVERS[::-1]]
    assert alpha(turned) == pytest.approx(alpha(FOUR_OBSERVERS))


def test_rows_tell_how_far_judges_and_repeats_agree(tmp_path: Path) -> None:
    three = outputs(tmp_path).vlogs
    worse = vlog("again", "Mending a kite", [three[0].shots[0].board] * 5)
    strange = vlog("strange", "Taking the parrot to the vet", [shot.board for shot in three[1].shots][::-1])
    models = [JudgeModel(honest, "one"), JudgeModel(honest, "two"), JudgeModel(by_chance(3), "three")]
    rows = judge(outputs(tmp_path, *three, worse, strange), models, repeats=2)
    between, within = of_judges(rows), of_repeats(rows)
    agreeing = of_judges(judge(outputs(tmp_path, *three, worse, strange), models[:2], repeats=2))
    measure = "judge.behavioral_diversity"
    assert agreeing[measure].alpha == 1 and agreeing[measure].items == 5
    lower = between[measure].alpha
    assert lower is not None and lower < 1
    lines = told(rows)
    assert len(lines) == 4 + 3 * 4 and lines[2].startswith("Agreement of the judges, BD: alpha ")
    assert told(judge(outputs(tmp_path), models[:1])) == [], "one judge, asked once"
    by_judge = {name.split("@")[0]: found.alpha for (of, name), found in within.items() if of == measure}
    assert by_judge["scripted:one"] == 1 and by_judge["scripted:three"] != 1


def test_rows_without_a_judge_have_no_agreement(tmp_path: Path) -> None:
    rows = judge(outputs(tmp_path), [JudgeModel(always(6))])
    assert all(found.alpha is None for found in of_judges(rows).values()) and of_repeats(rows) == {}
