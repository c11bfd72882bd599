from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personavlog.backbones.roles import Licence, VideoCapabilities
from personavlog.sound.fit import LONGEST_STRETCH, SLACK, Fit, Line, fit

FREE = VideoCapabilities(fps=24, min_duration=1, max_duration=20, licence=Licence(name="MIT"))
WAN = VideoCapabilities(
    fps=16, frame_step=4, frame_offset=1, min_duration=1, max_duration=5.1, licence=Licence(name="MIT")
)

spoken = st.lists(
    st.builds(Line, st.one_of(st.just(0.0), st.floats(0.4, 12)), st.integers(4, 40)), min_size=1, max_size=24
)
videos = st.sampled_from((FREE, WAN))


def _starts(plan: Fit, crossfade: float) -> list[float]:
    starts = [0.0]
    for shot in plan.shots[:-1]:
        starts.append(starts[-1] + shot.duration - crossfade)
    return starts


@given(spoken, st.floats(6, 180), videos, st.sampled_from((0.0, 1 / 3, 0.5, 1.0)), st.booleans())
def test_no_line_is_cut_and_none_runs_into_the_next(
    lines: list[Line], length: float, video: VideoCapabilities, crossfade: float, may_rewrite: bool
) -> None:
    plan = fit(lines, length, video, crossfade=crossfade, may_rewrite=may_rewrite)
    starts = _starts(plan, crossfade)
    times = [
        (at + shot.line_start, at + shot.line_start + shot.line_duration)
        for at, shot in zip(starts, plan.shots, strict=True)
    ]
    assert all(shot.tail > 0 for shot in plan.shots)
    assert all(end <= begin for (_, end), (begin, _) in pairwise(times))
    assert times[-1][1] <= plan.duration
    assert plan.duration == pytest.approx(starts[-1] + plan.shots[-1].duration)


@given(spoken, st.floats(6, 180), videos)
def test_the_last_word_needs_no_rewriting_and_stretches_a_little_at_most(
    lines: list[Line], length: float, video: VideoCapabilities
) -> None:
    plan = fit(lines, length, video, may_rewrite=False)
    assert not plan.rewrites
    for line, shot in zip(lines, plan.shots, strict=True):
        assert 1 <= shot.stretch <= LONGEST_STRETCH + 1e-9
        assert shot.line_duration * shot.stretch == pytest.approx(line.seconds)


@given(spoken, st.floats(6, 180), videos)
def test_clips_are_legal_and_only_longer_shots_are_held(
    lines: list[Line], length: float, video: VideoCapabilities
) -> None:
    for shot in fit(lines, length, video, may_rewrite=False).shots:
        assert shot.clip == pytest.approx(video.legal_duration(shot.clip))
        assert shot.clip <= shot.duration + 1e-9
        assert shot.clip == pytest.approx(shot.duration) or shot.clip == pytest.approx(
            video.legal_duration(video.max_duration)
        )


@given(st.lists(st.builds(Line, st.floats(0.5, 3), st.integers(4, 12)), min_size=2, max_size=10))
def test_a_film_with_room_has_the_wanted_length(lines: list[Line]) -> None:
    length = 6.0 * len(lines)
    plan = fit(lines, length, FREE)
    assert plan.duration == pytest.approx(length, abs=2 / 24)
    assert all(shot.verdict == "fits" for shot in plan.shots)


@given(spoken, st.floats(6, 180), videos)
def test_a_line_to_rewrite_gets_fewer_words(lines: list[Line], length: float, video: VideoCapabilities) -> None:
    for line, shot in zip(lines, fit(lines, length, video).shots, strict=True):
        if shot.verdict == "rewrite":
            assert shot.max_words is not None and 3 <= shot.max_words < max(line.words, 4)


def test_only_the_longest_lines_are_sent_back() -> None:
    plan = fit([Line(2, 6), Line(9, 25), Line(2, 6)], 12, FREE)
    assert [shot.verdict for shot in plan.shots] == ["fits", "rewrite", "fits"]


def test_lines_rewritten_as_asked_fit() -> None:
    lines = [Line(5, 14), Line(8, 22), Line(3, 8), Line(6, 17)]
    first = fit(lines, 15, FREE)
    shorter = [
        Line(line.seconds * min(1, (shot.max_words or line.words) / line.words), shot.max_words or line.words)
        for line, shot in zip(lines, first.shots, strict=True)
    ]
    second = fit(shorter, 15, FREE)
    assert not second.rewrites and second.duration <= 15 * (1 + SLACK) + 0.2


def test_a_line_longer_than_any_clip_is_stretched_then_held() -> None:
    shots = fit([Line(4.4, 12), Line(7.0, 20), Line(3, 9)], 14, WAN, may_rewrite=False).shots
    assert (
        shots[1].verdict == "extend"
        and shots[1].duration > shots[1].clip
        and shots[1].stretch == pytest.approx(LONGEST_STRETCH)
    )
    assert shots[0].verdict == "stretch" and shots[0].duration == pytest.approx(shots[0].clip)
