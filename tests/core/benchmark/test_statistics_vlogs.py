"""Rows become one number a vlog; what is missing stays missing."""

from __future__ import annotations

import pytest

from personavlog.benchmark.statistics.vlogs import measured
from personavlog.errors import ConfigurationError
from tests.core.benchmark.drawn_scores import row

ONE, TWO = ("p0", "s", "t0"), ("p0", "s", "t1")


def test_a_vlog_is_the_mean_of_its_shots_whatever_their_number() -> None:
    found = measured([row(1.0, shot=1), row(3.0, shot=2), row(5.0, theme="t1")])["tia"]
    assert found.values == {ONE: 2.0, TWO: 5.0}


def test_a_missing_shot_is_no_zero_and_lowers_the_coverage() -> None:
    found = measured([row(4.0, shot=1), row(None, shot=2, note="broken picture"), row(2.0, theme="t1")])["tia"]
    assert (found.values, found.coverage) == ({ONE: 4.0, TWO: 2.0}, {ONE: 0.5, TWO: 1.0})
    assert found.notes == ("broken picture",)


def test_a_vlog_without_any_number_has_none() -> None:
    found = measured([row(None, note="no judge"), row(2.0, theme="t1")])["tia"]
    assert (found.values, found.coverage) == ({TWO: 2.0}, {ONE: 0.0, TWO: 1.0})


def test_what_was_measured_again_counts_once_with_its_last_number() -> None:
    found = measured([row(None, key="a", note="no weights: clip-b"), row(0.7, key="b")])["tia"]
    assert (found.values, found.coverage, found.notes) == ({ONE: 0.7}, {ONE: 1.0}, ())


def test_the_reason_that_is_given_most_comes_first() -> None:
    given = [row(None, shot=shot, note="rare" if shot == 1 else "often") for shot in range(1, 4)]
    assert measured(given)["tia"].notes == ("often", "rare")


def test_sources_of_rows_without_a_number_do_not_count() -> None:
    given = [row(None, source={"judge": "a"}), row(1.0, theme="t1", source={"judge": "b"})]
    assert measured(given)["tia"].sources == {"judge": frozenset({"b"})}


@pytest.mark.parametrize("value", [1e300, -1e13])
def test_a_number_beyond_all_measures_is_refused_with_its_vlog(value: float) -> None:
    with pytest.raises(ConfigurationError, match="'tia' of 'p0__s__t0'"):
        measured([row(value)])
