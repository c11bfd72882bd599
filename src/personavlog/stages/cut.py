"""The cut: every segment a step of its own, encoded as soon as its clips are there; then the film."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import anyio

from personavlog import steps, weights
from personavlog.backbones.roles import AnimateResult
from personavlog.cut import (
    EncodedSegment,
    EncodedSound,
    Film,
    Segment,
    Shot,
    Timeline,
    assemble,
    encode_sound,
    render,
)
from personavlog.cut.burned import burn_script
from personavlog.cut.encoded_sound import ENCODER as SOUND_ENCODER
from personavlog.cut.font import ESTIMATED, Font
from personavlog.cut.fonts import Face, Fonts, OpenFace, opened, table, wanted
from personavlog.cut.segment import ENCODER, is_cropped
from personavlog.cut.subtitles import Cue, cues, readable, unshown
from personavlog.errors import MachineError, WeightsError
from personavlog.media import Clip
from personavlog.production.production import Production
from personavlog.runs.flow import Flow, Later
from personavlog.stages.narrate import Narration
from personavlog.stages.score import Soundtrack
from personavlog.stages.write import Writing


@dataclass(frozen=True)
class Subtitles:
    """What is shown when, and in which font; ``files`` are the fonts', none where nothing is burned."""

    cues: tuple[Cue, ...]
    font: Font = ESTIMATED
    files: tuple[Path, ...] = ()


async def plan(production: Production, writing: Writing, narration: Later[Narration]) -> Timeline:
    """Which frame of which shot is seen when; known as soon as the lines are fitted, before a clip is there."""
    width, height = production.size
    lines, boards = (await narration.value()).lines, await writing.boards.value()
    shots = tuple(
        Shot(
            seconds=line.clip_seconds,
            hold=line.hold,
            line=line.text,
            line_start=line.start,
            line_duration=line.seconds,
            chapter=board.place,
        )
        for line, board in zip(lines, boards, strict=True)
    )
    return Timeline(
        width=width,
        height=height,
        fps=production.video.capabilities.fps,
        crossfade=production.profile.crossfade,
        shots=shots,
    )


async def cut(
    production: Production,
    writing: Writing,
    timeline: Later[Timeline],
    clips: Sequence[Later[AnimateResult]],
    sound: Later[Soundtrack],
    flow: Flow,
) -> Film:
    """The finished film; only the segments around a changed shot are encoded again."""
    planned = await timeline.value()
    shown = await _subtitles(production, planned)
    heard = flow.start(_encoded_sound(production, planned, sound))
    encoded = [
        flow.start(_encoded(production, planned, number, segment, clips, shown))
        for number, segment in enumerate(planned.segments)
    ]
    segments = [await one.value() for one in encoded]
    audio, script = await heard.value(), await writing.script.value()

    async def join() -> Film:
        return await assemble(
            planned,
            segments,
            audio,
            shown.cues,
            title=script.story.title,
            language=production.brief.language,
            soft_subtitles=production.brief.subtitles == "soft",
            blobs=production.blobs,
        )

    film = await production.think(
        steps.FILM,
        join,
        uses="cut",
        fingerprint="",
        returns=Film,
        timeline=planned,
        segments=list(segments),
        sound=audio,
        shown=list(shown.cues),
        title=script.story.title,
        how=production.brief.subtitles,
    )
    production.finished(steps.CUT)
    return film


async def _subtitles(production: Production, timeline: Timeline) -> Subtitles:
    """The film's subtitles; what the fonts of burned ones cannot show is said before anything is burned."""
    if production.brief.subtitles != "burned":
        return Subtitles(cues(timeline))
    text = "\n".join(readable(shot.line) for shot in timeline.shots)
    faces = [face for one in wanted(text) if (face := await _face(production, one)) is not None]
    font = Fonts([face for face, _ in faces])
    if missing := unshown(timeline, font):
        production.note(
            f"The fonts of the subtitles cannot show {' '.join(missing)}; these characters are left out of the "
            "picture. They are in vlog.srt and vlog.vtt; --subtitles soft leaves the font to the player."
        )
    return Subtitles(cues(timeline, font), font, tuple(file for _, file in faces))


async def _face(production: Production, face: Face) -> tuple[OpenFace, Path] | None:
    """A face and its file, fetched where it is missing; None, with a note, where it cannot be had. Without the base
    there are no burned subtitles at all."""
    try:
        folder = await anyio.to_thread.run_sync(weights.path, face.weight)
    except (WeightsError, MachineError) as error:
        if face == table()[0]:
            raise
        production.note(f"The subtitles do without the font {face.family}: {error}")
        return None
    return opened(face, folder), folder / face.file


async def _encoded_sound(production: Production, timeline: Timeline, sound: Later[Soundtrack]) -> EncodedSound:
    """The sound, encoded as soon as it is mixed: that takes longer than joining the film, and needs no clip."""
    audio = (await sound.value()).audio

    async def encode() -> EncodedSound:
        return await encode_sound(audio, timeline.duration, blobs=production.blobs)

    return await production.think(
        steps.ENCODED_SOUND,
        encode,
        uses="cut",
        fingerprint=" ".join(SOUND_ENCODER),
        returns=EncodedSound,
        sound=audio,
        seconds=timeline.duration,
    )


async def _encoded(
    production: Production,
    timeline: Timeline,
    number: int,
    segment: Segment,
    clips: Sequence[Later[AnimateResult]],
    subtitles: Subtitles,
) -> EncodedSegment:
    shown = {shot: (await clips[shot].value()).clip for shot in segment.shots}
    burned = production.brief.subtitles == "burned"
    ass = burn_script(timeline, segment, subtitles.cues, subtitles.font) if burned else None

    async def encode() -> EncodedSegment:
        return await render(timeline, segment, shown, ass, blobs=production.blobs, fonts=subtitles.files)

    return await production.think(
        steps.segment(number + 1),
        encode,
        uses="cut",
        fingerprint=" ".join(ENCODER),
        returns=EncodedSegment,
        **_seen(timeline, segment, shown),
        ass=ass or "",
    )


def _seen(timeline: Timeline, segment: Segment, clips: Mapping[int, Clip]) -> dict[str, int | str | list[str]]:
    """What a segment's picture depends on; its place in the film does not matter."""
    size = f"{timeline.width}x{timeline.height}@{timeline.fps}"
    # Said only where it holds: the segments that earlier versions laid over a blurred copy are made anew, no others.
    cropped = {"fit": "cropped"} if any(is_cropped(timeline, clip) for clip in clips.values()) else {}
    return {
        "kind": segment.kind,
        "first": segment.first,
        "last": segment.last,
        "clips": [clip.digest for clip in clips.values()],
        "size": size,
        **cropped,
    }
