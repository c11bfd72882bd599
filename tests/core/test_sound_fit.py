"""Narration first: slots from what is expected, lines fitted into them as they were spoken."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from personavlog.backbones.capabilities import DurationRule
from personavlog.sound.fit import LONGEST_STRETCH, ShotFit, placed
from personavlog.sound.slots import TAIL, TOLERANCE, Before, Line, Slot, slots

FREE = DurationRule(fps=24, shortest=1, longest=20)
WAN = DurationRule(fps=16, frame_step=4, frame_offset=1, shortest=1, longest=5.1)
HOSTED = DurationRule(fps=24, shortest=4, longest=12, allowed=(4, 8, 12))

one_line = st.builds(Line, st.one_of(st.just(0.0), st.floats(0.4, 12)), st.integers(4, 40))
pairs = st.lists(st.tuples(one_line, one_line), min_size=1, max_size=24)
"""Every line as it was expected, and as it was spoken."""
rules = st.sampled_from((FREE, WAN, HOSTED))


def fitted(lines: list[tuple[Line, Line]], plan: tuple[Slot, ...], rule: DurationRule) -> list[ShotFit]:
    """The spoken lines in their slots, with no rewriting left."""
    return [placed(spoken, slot, rule, may_rewrite=False) for (_, spoken), slot in zip(lines, plan, strict=True)]


def expected(lines: list[tuple[Line, Line]]) -> list[Line]:
    return [line for line, _ in lines]


@given(pairs, st.floats(6, 180), rules, st.sampled_from((0.0, 1 / 3, 0.5, 1.0)))
@example(lines=[(Line(0.0, 4), Line(0.0, 4))] * 5, length=6.0, rule=FREE, crossfade=1.0)  # no room for the crossfades
def test_no_line_is_cut_and_none_runs_into_the_next(
    lines: list[tuple[Line, Line]], length: float, rule: DurationRule, crossfade: float
) -> None:
    shots = fitted(lines, slots(expected(lines), length, rule, crossfade=crossfade), rule)
    starts = [0.0]
    for shot in shots[:-1]:
        starts.append(starts[-1] + shot.duration - crossfade)
    times = [
        (at + shot.line_start, at + shot.line_start + shot.line_duration)
        for at, shot in zip(starts, shots, strict=True)
    ]
    assert all(shot.tail > 0 for shot in shots)
    assert all(end <= begin for (_, end), (begin, _) in pairwise(times))
    assert times[-1][1] <= starts[-1] + shots[-1].duration


@given(pairs, st.floats(6, 180), rules)
def test_the_last_word_needs_no_rewriting_and_stretches_a_little_at_most(
    lines: list[tuple[Line, Line]], length: float, rule: DurationRule
) -> None:
    shots = fitted(lines, slots(expected(lines), length, rule), rule)
    for (_, line), shot in zip(lines, shots, strict=True):
        assert shot.verdict != "rewrite" and shot.max_words is None
        assert 1 <= shot.stretch <= LONGEST_STRETCH + 1e-9
        assert shot.line_duration * shot.stretch == pytest.approx(line.seconds)


@given(pairs, st.floats(6, 180), rules)
def test_clips_are_legal_and_only_the_longest_are_held(
    lines: list[tuple[Line, Line]], length: float, rule: DurationRule
) -> None:
    for shot in fitted(lines, slots(expected(lines), length, rule), rule):
        assert shot.clip == pytest.approx(rule.at_least(shot.clip))
        assert shot.clip <= shot.duration + 1e-9
        assert shot.clip == pytest.approx(shot.duration) or shot.clip == pytest.approx(rule.bounds[1])


@given(st.lists(st.builds(Line, st.floats(0.4, 3), st.integers(4, 12)), min_size=1, max_size=12), rules)
def test_a_line_that_is_spoken_as_expected_fits_whatever_the_film_s_length(
    lines: list[Line], rule: DurationRule
) -> None:
    for line, slot in zip(lines, slots(lines, 1.0, rule, may_rewrite=False), strict=True):
        assert placed(line, slot, rule, may_rewrite=True).verdict == "fits"


@given(st.lists(st.builds(Line, st.floats(0.5, 3), st.integers(4, 12)), min_size=2, max_size=10))
def test_a_film_with_room_has_the_wanted_length(lines: list[Line]) -> None:
    length = 6.0 * len(lines)
    plan = slots(lines, length, FREE)
    assert sum(slot.duration - slot.out for slot in plan) == pytest.approx(length, abs=2 / 24)


@given(st.integers(2, 10), st.floats(2.5, 4.5))
def test_rounding_to_what_the_backbone_makes_does_not_add_up(shots: int, seconds: float) -> None:
    plan = slots([Line(0, 0)] * shots, seconds * shots, WAN, crossfade=0)
    assert sum(slot.duration for slot in plan) == pytest.approx(seconds * shots, abs=WAN.step)


@given(pairs, st.floats(6, 180), rules)
def test_a_line_to_rewrite_gets_fewer_words(lines: list[tuple[Line, Line]], length: float, rule: DurationRule) -> None:
    for (_, line), slot in zip(lines, slots(expected(lines), length, rule), strict=True):
        shot = placed(line, slot, rule, may_rewrite=True)
        if shot.verdict == "rewrite":
            assert shot.max_words is not None and 3 <= shot.max_words < max(line.words, 4)


@given(st.floats(0.5, 12), st.integers(8, 40), st.floats(2, 6))
def test_a_line_rewritten_as_asked_fits(seconds: float, words: int, duration: float) -> None:
    slot = Slot(duration, 0.35, 1 / 3)
    shot = placed(Line(seconds, words), slot, FREE, may_rewrite=True)
    if shot.max_words is not None and shot.max_words > 3:
        shorter = Line(seconds * shot.max_words / words, shot.max_words)
        assert placed(shorter, slot, FREE, may_rewrite=True).verdict == "fits"


def test_only_the_longest_lines_lose_time_when_the_film_is_short() -> None:
    lines = [Line(2, 6), Line(9, 25), Line(2, 6)]
    plan = slots(lines, 12, FREE)
    assert [placed(*pair, FREE, may_rewrite=True).verdict for pair in zip(lines, plan, strict=True)] == [
        "fits",
        "rewrite",
        "fits",
    ]


def test_a_line_longer_than_any_clip_is_stretched_then_held() -> None:
    lines = [Line(4.4, 12), Line(7.0, 20), Line(3, 9)]
    first, second, _ = (
        placed(line, slot, WAN, may_rewrite=False)
        for line, slot in zip(lines, slots(lines, 14, WAN, may_rewrite=False), strict=True)
    )
    assert first.verdict == "stretch" and first.duration == pytest.approx(first.clip)
    assert second.verdict == "extend" and second.duration > second.clip
    assert second.stretch == pytest.approx(LONGEST_STRETCH) and second.tail >= TAIL - 1e-9


def lengths(plan: tuple[Slot, ...]) -> list[float]:
    return [slot.duration for slot in plan]


def planned(lines: list[Line], plan: tuple[Slot, ...]) -> list[Before | None]:
    return [Before(line, slot.duration) for line, slot in zip(lines, plan, strict=True)]


some_lines = st.lists(st.builds(Line, st.floats(0.5, 4), st.integers(4, 12)), min_size=2, max_size=10)


@given(some_lines, st.floats(6, 60), rules, st.booleans())
def test_lengths_that_a_film_had_are_kept_as_they_are(
    lines: list[Line], length: float, rule: DurationRule, may_rewrite: bool
) -> None:
    first = slots(lines, length, rule, may_rewrite=may_rewrite)
    again = slots(lines, length, rule, may_rewrite=False, before=planned(lines, first))
    total, even = sum(lengths(first)), sum(lengths(slots(lines, length, rule, may_rewrite=False)))
    wanted = length + (len(lines) - 1) / 3
    if abs(total - wanted) <= TOLERANCE * length or abs(even - wanted) > TOLERANCE * length:
        assert again == first


@given(some_lines, st.data(), rules)
def test_a_longer_line_changes_its_own_shot_alone_while_the_film_stays_within_a_tenth(
    lines: list[Line], data: st.DataObject, rule: DurationRule
) -> None:
    length = 4.0 * len(lines)
    first = slots(lines, length, rule, may_rewrite=False)
    shot = data.draw(st.integers(0, len(lines) - 1))
    edited = [*lines]
    edited[shot] = Line(lines[shot].seconds + data.draw(st.floats(0, 3)), 20)
    after = slots(edited, length, rule, may_rewrite=False, before=planned(lines, first))
    changed = {number for number, (a, b) in enumerate(zip(first, after, strict=True)) if a != b}
    alone = sum(lengths(first)) - first[shot].duration + after[shot].duration
    wanted = length + (len(lines) - 1) / 3
    if abs(alone - wanted) <= TOLERANCE * length:
        assert changed <= {shot}
    even = sum(lengths(slots(edited, length, rule, may_rewrite=False)))
    if abs(even - wanted) <= TOLERANCE * length:
        assert abs(sum(lengths(after)) - wanted) <= TOLERANCE * length + 1e-6
    assert placed(edited[shot], after[shot], rule, may_rewrite=True).verdict in ("fits", "rewrite")


def test_neighbours_give_way_only_where_that_brings_the_film_to_its_length() -> None:
    lines = [Line(1.5, 4)] * 6
    first = slots(lines, 18, FREE, may_rewrite=False)
    longer = [lines[0], Line(7.0, 18), *lines[2:]]
    after = slots(longer, 18, FREE, may_rewrite=False, before=planned(lines, first))
    changed = [number for number, (a, b) in enumerate(zip(first, after, strict=True)) if a != b]
    assert 1 in changed and 1 < len(changed) < 6
    assert sum(lengths(after)) - 5 / 3 == pytest.approx(18, rel=TOLERANCE)
    far = [lines[0], Line(17.0, 45), *lines[2:]]
    after = slots(far, 18, FREE, may_rewrite=False, before=planned(lines, first))
    assert [a == b for a, b in zip(first, after, strict=True)] == [True, False, True, True, True, True]


def test_a_length_that_the_backbone_does_not_make_is_not_kept() -> None:
    lines = [Line(1.5, 4)] * 3
    before: list[Before | None] = [Before(line, 3.3) for line in lines]
    assert slots(lines, 12, WAN, before=before) == slots(lines, 12, WAN)
