"""Paired tests: exact where they can be counted by hand, uniform where there is nothing to find."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from personavlog.benchmark.statistics.paired import EXACT_THEMES, compare, false_discovery, won
from personavlog.benchmark.statistics.vlogs import Key


def by_theme(*values: float) -> dict[Key, float]:
    return {("p", "s", f"t{theme:02d}"): value for theme, value in enumerate(values)}


ZERO = by_theme(*[0.0] * 40)


def p_of(*differences: float) -> float:
    found = compare(by_theme(*differences), ZERO)
    assert found is not None and found.p is not None
    return found.p


def test_three_themes_that_agree_are_two_of_eight_flips() -> None:
    assert p_of(1.0, 2.0, 3.0) == 0.25


@given(st.lists(st.integers(-5, 5), min_size=3, max_size=7))
def test_the_exact_p_is_the_share_of_all_flips_that_reach_as_far(differences: list[int]) -> None:
    flips = list(product([-1, 1], repeat=len(differences)))
    sums = [abs(sum(sign * one for sign, one in zip(signs, differences, strict=True))) for signs in flips]
    assert p_of(*map(float, differences)) == pytest.approx(np.mean([one >= abs(sum(differences)) for one in sums]))


@pytest.mark.parametrize("themes", [8, 40])
def test_p_is_uniform_where_methods_are_equal(themes: int) -> None:
    """Kolmogorov's distance of 500 p values stays below its 1 % bound; exact ones are steps of 2^(1 - themes)."""
    random = np.random.default_rng(11)
    found = np.sort([p_of(*random.normal(0, 1, themes)) for _ in range(500)])
    ranks = np.arange(1, 501) / 500
    assert np.max(np.abs(found - ranks)) < 1.63 / np.sqrt(500) + 2.0 ** (1 - min(themes, EXACT_THEMES))


def test_vlogs_of_one_theme_are_flipped_together() -> None:
    many = {(f"p{person}", "s", f"t{theme}"): 1.0 for person in range(10) for theme in range(3)}
    found = compare(many, dict.fromkeys(many, 0.0))
    assert found is not None
    assert (found.pairs, found.themes, found.p) == (30, 3, 0.25)


def test_a_clear_difference_of_many_themes_is_found() -> None:
    assert p_of(*np.random.default_rng(0).normal(1, 1, 40)) < 0.001


def test_no_difference_at_all_is_p_1_and_effect_0() -> None:
    found = compare(by_theme(1.0, 2.0, 3.0), by_theme(1.0, 2.0, 3.0))
    assert found is not None
    assert (found.p, found.effect, found.difference) == (1.0, 0.0, 0.0)


def test_only_vlogs_that_both_have_are_compared() -> None:
    found = compare(by_theme(1.0, 2.0), {("p", "s", "t01"): 0.5, ("p", "s", "t09"): 7.0})
    assert found is not None
    assert (found.pairs, found.difference, found.p) == (1, 1.5, None)
    assert compare(by_theme(1.0), {("p", "other", "t00"): 1.0}) is None


def test_the_effect_is_the_mean_over_the_deviation_of_the_differences() -> None:
    found = compare(by_theme(1.0, 2.0, 3.0, 6.0), ZERO)  # mean 3, squares 4 + 1 + 0 + 9 of 3 degrees of freedom
    assert found is not None
    assert found.effect == pytest.approx(3 / np.sqrt(14 / 3))


def test_equal_differences_have_no_effect_size() -> None:
    found = compare(by_theme(0.3, 0.3, 0.3), ZERO)
    assert found is not None
    assert found.effect is None


def test_the_worked_example_of_benjamini_and_hochberg() -> None:
    """Their 1995 paper, section 4.1: 15 p values, of which the procedure takes 4 at 5 %, Bonferroni's 3."""
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
         0.7590, 1.0]  # fmt: skip
    q = false_discovery(p)
    assert sum(one <= 0.05 for one in q) == 4
    assert q[3] == pytest.approx(0.0095 * 15 / 4)
    assert q[5:8] == pytest.approx([0.0298 * 15 / 7, 0.0298 * 15 / 7, 0.0344 * 15 / 8])
    assert q[-1] == 1.0


@given(st.lists(st.floats(0, 1), max_size=30))
def test_adjusted_values_keep_the_order_and_are_never_smaller(p: list[float]) -> None:
    q = false_discovery(p)
    assert all(one <= other + 1e-12 and other <= 1 for one, other in zip(p, q, strict=True))
    order = np.argsort(p, kind="stable")
    assert all(np.diff(np.array(q)[order]) >= 0)


def test_shares_of_wins_count_ties_half_and_turn_round_where_less_is_better() -> None:
    ours, theirs = by_theme(1.0, 2.0, 3.0, 4.0), by_theme(0.0, 2.0, 2.0, 9.0)
    assert won(ours, theirs, lower=False) == 0.625
    assert won(ours, theirs, lower=True) == 0.375
    assert won(ours, {}, lower=False) is None
