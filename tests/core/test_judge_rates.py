"""Rates with their intervals, the table, and the sheet that an interrupted check goes on with."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personavlog.judge.rates import Rate
from personavlog.judge.table import Report
from personavlog.judge.verdict import TrialLog, Verdict


@given(st.integers(1, 400).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials))))
def test_the_interval_holds_the_rate_and_stays_in_range(counts: tuple[int, int]) -> None:
    rate = Rate(*counts)
    low, high = rate.interval
    assert rate.value is not None and 0 <= low <= rate.value + 1e-9 and rate.value - 1e-9 <= high <= 1


def test_wilsons_published_example_and_no_trial() -> None:
    low, high = Rate(8, 10).interval
    assert low == pytest.approx(0.4902, abs=1e-4) and high == pytest.approx(0.9433, abs=1e-4)
    assert Rate(0, 0).value is None and Rate(0, 0).interval == (0.0, 1.0) and Rate(0, 0).text == "not tried"


def test_the_table_counts_what_fits_and_how_each_rule_ended() -> None:
    report = Report(
        (
            Verdict("keyframe", "blur", 0, found=True, named=True, endings={"measured": "better", "paper": "equal"}),
            Verdict("keyframe", "blur", 1),
            Verdict("keyframe", "blur", 2, fits=False),
            Verdict("keyframe", "", 0, found=True, endings={"measured": "worse"}),
            Verdict("keyframe", "", 1),
            Verdict("clip", "frozen", 0, found=True, named=True),
        )
    )
    blur = next(row for row in report.rows if row.defect == "blur")
    assert (
        (blur.found, blur.named) == (Rate(1, 2), Rate(1, 2))
        and blur.measured.text == "1/0/0"
        and blur.paper.text == "0/1/0"
    )
    assert (
        report.alarms[0].found == Rate(1, 2)
        and report.alarms[0].measured.worse == 1
        and report.alarms[1].found.value is None
    )
    assert report.all.found == Rate(2, 3)


def test_a_sheet_remembers_forgets_what_was_tried_otherwise_and_survives_a_torn_line(tmp_path: Path) -> None:
    file = tmp_path / "judge.jsonl"
    first = TrialLog(file, {"seed": 0})
    first.add(Verdict("clip", "frozen", 2, found=True, endings={"paper": "equal"}))
    with file.open("a") as torn:
        torn.write('{"what": "clip", "def')
    again = TrialLog(file, {"seed": 0})
    assert again.known == {("clip", "frozen", 2): Verdict("clip", "frozen", 2, found=True, endings={"paper": "equal"})}
    assert TrialLog(file, {"seed": 1}).known == {} and TrialLog(file, {"seed": 0}).known == {}
