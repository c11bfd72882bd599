"""Timeline and subtitles: whole-frame arithmetic and hostile text."""

from __future__ import annotations

import itertools

import pysubs2
from hypothesis import example, given
from hypothesis import strategies as st

from personavlog.cut import Shot, Timeline
from personavlog.cut.burned import burn_script
from personavlog.cut.subtitles import cues

lengths = st.lists(st.integers(1, 300), min_size=1, max_size=12)


@given(lengths, st.integers(0, 40))
def test_segments_cover_every_frame_exactly_once(frames: list[int], fade: int) -> None:
    timeline = Timeline(width=320, height=180, crossfade=fade, shots=tuple(Shot(seconds=n / 24) for n in frames))
    position = 0
    for segment in timeline.segments:
        assert segment.start == position
        assert segment.frames > 0
        position += segment.frames
    assert position == timeline.frames == sum(frames) - timeline.fade * (len(frames) - 1)


@given(lengths)
def test_chapters_have_no_gaps_and_end_with_the_film(frames: list[int]) -> None:
    timeline = Timeline(width=320, height=180, shots=tuple(Shot(seconds=n / 24, chapter="c") for n in frames))
    chapters = timeline.chapters()
    assert chapters[0][0] == 0
    assert chapters[-1][1] == timeline.duration
    assert all(a[1] == b[0] and a[0] < a[1] for a, b in itertools.pairwise(chapters))


def test_cues_of_a_segment_stay_inside_it() -> None:
    line = "One sentence here. Another one follows, and a third one goes on for quite a while until it ends."
    timeline = Timeline(
        width=320,
        height=180,
        shots=tuple(Shot(seconds=72 / 24, line=line, line_start=0.3, line_duration=2.6) for _ in range(2)),
    )
    for segment in timeline.segments:
        script = burn_script(timeline, segment, cues(timeline))
        for event in pysubs2.SSAFile.from_string(script).events if script else ():
            assert 0 <= event.start < event.end <= round(segment.frames / 24 * 1000) + 10, "ASS counts in hundredths"


@given(st.integers(24, 200), st.floats(0, 2), st.floats(0, 1), st.integers(0, 24))
@example(frames=48, start=1.0, spoken=0.003, fade=8)  # a cue of less than a hundredth is no event
def test_no_subtitle_event_is_empty(frames: int, start: float, spoken: float, fade: int) -> None:
    shot = Shot(seconds=frames / 24, line="Ok. Wait for me, will you?", line_start=start, line_duration=spoken)
    timeline = Timeline(width=320, height=180, crossfade=fade, shots=(shot, shot))
    for segment in timeline.segments:
        script = burn_script(timeline, segment, cues(timeline))
        for event in pysubs2.SSAFile.from_string(script).events if script else ():
            assert event.start < event.end
