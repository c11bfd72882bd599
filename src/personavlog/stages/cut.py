"""The cut: every segment a step of its own, then the film."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from personavlog import steps, weights
from personavlog.backbones.roles import AnimateResult
from personavlog.cut import EncodedSegment, Film, Segment, Shot, Timeline, assemble, render
from personavlog.cut.segment import ENCODER
from personavlog.cut.subtitles import Cue, burn_script, cues
from personavlog.media import Audio
from personavlog.production.production import Production
from personavlog.runs.gather import gather
from personavlog.script import Script
from personavlog.stages.narrate import Narration

FONTS = "noto-sans-sc"


def timeline_of(
    production: Production, script: Script, narration: Narration, clips: Sequence[AnimateResult]
) -> Timeline:
    """Which frame of which clip is seen when."""
    width, height = production.size
    shots = tuple(
        Shot(
            clip=made.clip,
            hold=line.hold,
            line=line.text,
            line_start=line.start,
            line_duration=line.seconds,
            chapter=board.place,
        )
        for made, line, board in zip(clips, narration.lines, script.boards, strict=True)
    )
    return Timeline(
        width=width,
        height=height,
        fps=production.video.capabilities.fps,
        crossfade=production.profile.crossfade,
        shots=shots,
    )


async def cut(production: Production, script: Script, timeline: Timeline, sound: Audio) -> Film:
    """The finished film; only the segments around a changed shot are encoded again."""
    shown = cues(timeline)
    burned = production.brief.subtitles == "burned"
    fonts = weights.path(FONTS) if burned else production.blobs.root
    segments = await gather(
        _encoded(production, timeline, number, shown if burned else (), fonts)
        for number in range(len(timeline.segments))
    )

    async def join() -> Film:
        return await assemble(
            timeline,
            segments,
            sound,
            title=script.story.title,
            language=production.brief.language,
            soft_subtitles=production.brief.subtitles == "soft",
            blobs=production.blobs,
        )

    film = await production.engine.step(
        str(steps.FILM),
        join,
        version=1,
        fingerprint="",
        uses="cut",
        inputs={
            "timeline": timeline,
            "segments": list(segments),
            "sound": sound,
            "title": script.story.title,
            "how": production.brief.subtitles,
        },
        returns=Film,
    )
    production.finished(steps.CUT)
    return film


async def _encoded(
    production: Production, timeline: Timeline, number: int, shown: tuple[Cue, ...], fonts: Path
) -> EncodedSegment:
    segment = timeline.segments[number]
    ass = burn_script(timeline, segment, shown)

    async def encode() -> EncodedSegment:
        return await render(timeline, segment, ass, blobs=production.blobs, fonts=fonts)

    return await production.engine.step(
        str(steps.segment(number + 1)),
        encode,
        version=1,
        fingerprint=" ".join(ENCODER),
        uses="cut",
        inputs={**_seen(timeline, segment), "ass": ass or ""},
        returns=EncodedSegment,
    )


def _seen(timeline: Timeline, segment: Segment) -> dict[str, int | str | list[str]]:
    """What a segment's picture depends on; its place in the film does not matter."""
    count = 2 if segment.kind == "join" else 1
    clips = [shot.clip.digest for shot in timeline.shots[segment.shot : segment.shot + count]]
    size = f"{timeline.width}x{timeline.height}@{timeline.fps}"
    return {"kind": segment.kind, "first": segment.first, "last": segment.last, "clips": clips, "size": size}
