"""Keep or roll back: the rules as properties."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personavlog.errors import ConfigurationError
from personavlog.feedback import decide
from personavlog.metrics.score import Score

NAMES = ("i2i", "i2t", "dynamic", "aesthetic")
values = st.none() | st.floats(-10, 10, allow_nan=False)
tolerances = st.floats(0, 2)


@st.composite
def pairs(draw: st.DrawFn, value: st.SearchStrategy[float | None] = values) -> tuple[list[Score], list[Score]]:
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, unique=True))
    noise = {name: draw(tolerances) for name in names}
    before = [Score(name=name, value=draw(value), tolerance=noise[name]) for name in names]
    after = [Score(name=name, value=draw(value), tolerance=noise[name]) for name in names]
    return before, after


@given(pairs(), st.sampled_from(["paper", "measured"]))
def test_nothing_is_kept_that_lost_more_than_noise_or_gained_nothing(
    pair: tuple[list[Score], list[Score]], rule: str
) -> None:
    before, after = pair
    decision = decide(rule, before, after)
    if decision.keep:
        measured = [(old, new) for old, new in zip(before, after, strict=True) if old.value is not None]
        assert all(
            new.value is not None and new.value >= old.value - old.tolerance
            for old, new in measured
            if old.value is not None
        )
        assert any(new.value is not None and old.value is not None and new.value > old.value for old, new in measured)


@given(pairs(), st.sampled_from(["paper", "measured"]))
def test_a_kept_correction_would_never_be_undone_by_the_same_rule(
    pair: tuple[list[Score], list[Score]], rule: str
) -> None:
    before, after = pair
    assert not (decide(rule, before, after).keep and decide(rule, after, before).keep)


@given(pairs(), st.sampled_from(["paper", "measured"]))
def test_an_unchanged_measurement_is_never_kept(pair: tuple[list[Score], list[Score]], rule: str) -> None:
    assert not decide(rule, pair[0], pair[0]).keep


@given(pairs(st.floats(-10, 10, allow_nan=False)))
def test_paper_needs_every_score_strictly_higher(pair: tuple[list[Score], list[Score]]) -> None:
    before, after = pair
    assert decide("paper", before, after).keep == all(
        new.value is not None and old.value is not None and new.value > old.value
        for old, new in zip(before, after, strict=True)
    )


@given(pairs())
def test_paper_implies_measured_where_one_gain_is_beyond_noise(pair: tuple[list[Score], list[Score]]) -> None:
    before, after = pair
    beyond = any(
        old.value is not None and new.value is not None and new.value > old.value + old.tolerance
        for old, new in zip(before, after, strict=True)
    )
    if decide("paper", before, after).keep and beyond:
        assert decide("measured", before, after).keep


@given(pairs())
def test_every_score_has_its_reason(pair: tuple[list[Score], list[Score]]) -> None:
    decision = decide("measured", *pair)
    assert {one.name for one in decision.comparisons} == {score.name for score in pair[0]}
    assert all(one.why for one in decision.comparisons) and decision.reason


def test_the_measured_rule_lets_noise_pass_and_the_paper_rule_does_not() -> None:
    before = [Score(name="i2i", value=0.80, tolerance=0.02), Score(name="i2t", value=0.30, tolerance=0.01)]
    after = [Score(name="i2i", value=0.79, tolerance=0.02), Score(name="i2t", value=0.35, tolerance=0.01)]
    assert decide("measured", before, after).keep and not decide("paper", before, after).keep


def test_above_what_is_sound_there_is_no_lower_and_a_frozen_clip_can_be_replaced() -> None:
    before = [Score(name="consistency", value=1.0, enough=0.9), Score(name="dynamic", value=0.0, enough=0.2)]
    after = [Score(name="consistency", value=0.92, enough=0.9), Score(name="dynamic", value=0.8, enough=0.2)]
    assert decide("measured", before, after).keep and not decide("paper", before, after).keep
    broken = [Score(name="consistency", value=0.85, enough=0.9), Score(name="dynamic", value=0.8, enough=0.2)]
    assert not decide("measured", before, broken).keep
    assert not decide(
        "measured",
        after,
        [Score(name="consistency", value=0.99, enough=0.9), Score(name="dynamic", value=0.9, enough=0.2)],
    ).keep


def test_the_papers_rule_sees_the_papers_measures_only() -> None:
    before = [Score(name="i2i", value=0.5), Score(name="ours", value=0.9, paper=False)]
    after = [Score(name="i2i", value=0.6), Score(name="ours", value=0.1, paper=False)]
    assert decide("paper", before, after).keep and not decide("measured", before, after).keep
    assert [one.name for one in decide("paper", before, after).comparisons] == ["i2i"]


def test_a_face_that_cannot_be_found_any_more_is_a_loss() -> None:
    before = [Score(name="identity", value=0.4), Score(name="i2t", value=0.30)]
    after = [Score(name="identity", value=None), Score(name="i2t", value=0.9)]
    decision = decide("measured", before, after)
    assert not decision.keep and decision.comparisons[0].outcome == "lost"
    assert not decide("paper", before, after).keep


def test_what_was_not_measured_before_is_not_compared() -> None:
    before, after = (
        [Score(name="identity", value=None), Score(name="i2t", value=0.3)],
        [Score(name="identity", value=0.5), Score(name="i2t", value=0.4)],
    )
    assert decide("measured", before, after).keep and decide("paper", before, after).keep
    assert not decide("paper", [Score(name="a", value=None)], [Score(name="a", value=1.0)]).keep


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_numbers_that_are_none_count_as_not_measured(value: float) -> None:
    assert not decide("measured", [Score(name="a", value=0.5)], [Score(name="a", value=value)]).keep


def test_unknown_rules_and_doubled_names_are_the_callers_fault() -> None:
    with pytest.raises(ConfigurationError, match="no feedback rule 'best'"):
        decide("best", [], [])
    with pytest.raises(ConfigurationError, match="occurs twice"):
        decide("paper", [Score(name="a", value=1.0)] * 2, [])
