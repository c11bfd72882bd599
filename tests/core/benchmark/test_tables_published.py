"""The paper's rows are kept as printed, and what is wrong with them follows from them."""

from __future__ import annotations

from typing import get_args

import pytest

from personavlog.benchmark.definitions import definitions
from personavlog.benchmark.tables.published import Claim, Name, published, render_published
from personavlog.benchmark.tables.rendering import Format

FOUND = published()


def column(table: Name, name: str) -> dict[str, float]:
    values = {row: FOUND.value(table, row, name) for row in FOUND.rows(table)}
    return {row: value for row, value in values.items() if value is not None}


def test_its_columns_are_those_of_the_papers_layout() -> None:
    paper = sorted((one for one in definitions().values() if one.paper), key=lambda one: one.paper)
    assert FOUND.columns == tuple(one.title for one in paper)
    assert all(len(cells) == 12 for table in FOUND.table for cells in table.rows.values())


def test_both_tables_have_five_rows_and_end_with_the_same_one() -> None:
    first, second = (FOUND.rows(name) for name in get_args(Name))
    assert (len(first), len(second)) == (5, 5)
    assert list(first.items())[-1] == list(second.items())[-1]


@pytest.mark.parametrize("claim", FOUND.claim, ids=lambda claim: claim.column)
def test_what_is_claimed_is_compared_with_what_the_rows_give(claim: Claim) -> None:
    values = column(claim.table, claim.column)
    ours = values.pop(claim.row)
    assert round(100 * (ours / max(values.values()) - 1), 1) == claim.computed
    assert bool(claim.note) == (claim.claimed != claim.computed)


def test_the_claim_that_does_not_hold_is_the_gain_over_another_baseline() -> None:
    (wrong,) = [claim for claim in FOUND.claim if claim.claimed != claim.computed]
    values = column(wrong.table, wrong.column)
    gains = {row: round(100 * (values[wrong.row] / value - 1), 1) for row, value in values.items()}
    assert [row.split()[0] for row, gain in gains.items() if gain == wrong.claimed] == ["StoryDiffusion", "MovieAgent"]


def test_the_outlier_lies_outside_and_its_likely_value_inside_all_other_rows() -> None:
    (odd,) = FOUND.outlier
    values = column(odd.table, odd.column)
    assert values.pop(odd.row) == odd.printed
    assert odd.printed < min(values.values()) - 5
    assert min(values.values()) <= odd.likely <= max(values.values())
    assert f"between {min(values.values())} and {max(values.values())}" in odd.note
    before = FOUND.value(odd.table, "GPT-4.1 (w/ multi agent)", odd.column)
    assert before is not None
    assert f"{before - odd.printed:.1f} points" in odd.note


def test_the_tie_is_one() -> None:
    for tie in FOUND.tie:
        values = column(tie.table, tie.column)
        assert values[tie.row] == values[tie.equals] == max(values.values())


@pytest.mark.parametrize("name", get_args(Name))
@pytest.mark.parametrize("format", get_args(Format))
def test_every_row_says_that_it_was_not_measured_here(name: Name, format: Format) -> None:
    text = render_published(name, format)
    rows = [line for line in text.split("\n") if "0.53" in line or "0.47" in line or "0.51" in line]
    assert len([line for line in rows if FOUND.marked in line]) >= 2
    assert text.count(FOUND.marked) >= 5
