"""Capabilities are obeyed: whatever is asked for, what is sent is legal, and what cannot be is said when it is
written."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from personavlog.backbones.capabilities import DurationRule, SizeRule

sides = st.integers(64, 2160)


@st.composite
def size_rules(draw: st.DrawFn) -> SizeRule:
    multiple = draw(st.sampled_from([1, 2, 8, 16, 32, 64]))
    low, high = draw(st.integers(16, 512)), draw(st.integers(512, 4096))
    area = draw(st.none() | st.integers(600 * 600, 4096 * 4096))
    return SizeRule(min_side=low, max_side=high, multiple=multiple, max_area=area)


@given(size_rules(), sides, sides)
def test_the_nearest_size_is_legal(rule: SizeRule, width: int, height: int) -> None:
    got = rule.nearest(width, height)
    assert all(rule.min_side <= side <= rule.max_side and side % rule.multiple == 0 for side in got)
    assert rule.max_area is None or got[0] * got[1] <= rule.max_area


@given(size_rules(), sides, sides)
def test_a_legal_size_is_left_as_it_is(rule: SizeRule, width: int, height: int) -> None:
    once = rule.nearest(width, height)
    assert rule.nearest(*once) == once


@given(sides, sides)
def test_the_shape_is_kept_within_what_the_multiple_allows(width: int, height: int) -> None:
    assume(1 / 2.5 < width / height < 2.5)
    rule = SizeRule(min_side=64, max_side=1536, multiple=16, max_area=1024 * 1024)
    got = rule.nearest(width, height)
    assert abs(math.log(got[0] / got[1] * height / width)) < 32 / min(got)


def test_known_rules() -> None:
    kontext = SizeRule(min_side=256, max_side=1536, multiple=16, max_area=1024 * 1024)
    assert kontext.nearest(768, 1360) == (768, 1360), "the paper's size"
    assert SizeRule(min_side=64, max_side=1024, multiple=32).nearest(1280, 720) == (1024, 576)
    assert SizeRule(allowed=((1280, 720), (720, 1280), (960, 960))).nearest(1080, 1080) == (960, 960)


@st.composite
def duration_rules(draw: st.DrawFn) -> DurationRule:
    fps = draw(st.sampled_from([8, 16, 24, 25, 30]))
    step, offset = draw(st.sampled_from([(1, 0), (4, 1), (8, 1)]))
    low = draw(st.floats(0.3, 4))
    high = low + draw(st.floats(1, 12))
    return DurationRule(fps=fps, frame_step=step, frame_offset=offset, shortest=low, longest=high)


@given(duration_rules(), st.floats(0, 60))
def test_every_length_is_made_legal(rule: DurationRule, wanted: float) -> None:
    got = rule.at_least(wanted)
    frames = got * rule.fps
    assert abs(frames - round(frames)) < 1e-6 and (round(frames) - rule.frame_offset) % rule.frame_step == 0
    assert rule.shortest - 1e-6 <= got <= rule.longest + 1e-6
    assert got >= min(wanted, rule.bounds[1]) - 1e-6
    assert rule.at_least(got) == got


def test_a_rule_of_which_no_clip_fits_is_refused() -> None:
    with pytest.raises(ValidationError, match="no clip of 8k"):
        DurationRule(fps=8, frame_step=8, frame_offset=1, shortest=1.2, longest=1.9)
    with pytest.raises(ValidationError, match="no multiple of 64"):
        SizeRule(min_side=100, max_side=120, multiple=64)


def test_known_lengths() -> None:
    wan = DurationRule(fps=16, frame_step=4, frame_offset=1, shortest=1.0, longest=81 / 16)
    assert wan.bounds == (17 / 16, 81 / 16) and wan.at_least(3.0) == 49 / 16 and wan.at_least(9.0) == 81 / 16
    assert DurationRule(fps=16, frame_step=4, frame_offset=1, shortest=1.0, longest=5.0).bounds[1] == 77 / 16
    veo = DurationRule(fps=24, shortest=4, longest=8, allowed=(4, 6, 8))
    assert veo.at_least(5) == 6 and veo.bounds == (4, 8) and veo.step == 2
