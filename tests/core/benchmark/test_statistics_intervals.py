"""The interval holds the true mean about as often as it says, on simulated methods."""

from __future__ import annotations

import numpy as np
import pytest

from personavlog.benchmark.statistics.intervals import interval
from personavlog.benchmark.statistics.vlogs import Key


def simulated(random: np.random.Generator, themes: int, spread: float, people: int = 4) -> dict[Key, float]:
    """True mean 0; ``spread`` is how much themes differ, vlogs of a theme differ by 1."""
    levels = random.normal(0, spread, themes)
    return {
        (f"p{person}", "s", f"t{theme}"): float(levels[theme] + random.normal())
        for theme in range(themes)
        for person in range(people)
    }


def covered(themes: int, spread: float, films: int = 400) -> float:
    random = np.random.default_rng(7)
    bounds = [interval(simulated(random, themes, spread)) for _ in range(films)]
    return float(np.mean([low <= 0 <= high for low, high in filter(None, bounds)]))


@pytest.mark.parametrize("spread", [0.0, 2.0])
def test_about_95_of_100_intervals_hold_the_mean_also_where_themes_differ(spread: float) -> None:
    assert 0.92 <= covered(40, spread) <= 0.975


def test_with_few_themes_it_holds_it_less_often_than_it_says() -> None:
    assert covered(4, 2.0) < 0.9


def test_themes_that_differ_make_it_wider_than_vlogs_alone_would() -> None:
    values = simulated(np.random.default_rng(1), 20, 3.0)
    low, high = interval(values) or (0, 0)
    apart = {(key[0], key[1], f"{key[0]}{key[2]}"): value for key, value in values.items()}
    narrow = interval(apart) or (0, 0)
    assert high - low > 1.5 * (narrow[1] - narrow[0])


def test_it_depends_on_values_and_not_on_their_order() -> None:
    values = simulated(np.random.default_rng(2), 6, 1.0)
    assert interval(values) == interval(dict(reversed(values.items())))


def test_fewer_than_three_themes_have_none() -> None:
    random = np.random.default_rng(3)
    assert interval({}) is None
    assert interval(simulated(random, 2, 1.0)) is None
    assert interval(simulated(random, 3, 1.0)) is not None


def test_equal_values_leave_no_doubt() -> None:
    low, high = interval({("p", "s", f"t{theme}"): 0.25 for theme in range(5)}) or (0, 0)
    assert (low, high) == pytest.approx((0.25, 0.25))
