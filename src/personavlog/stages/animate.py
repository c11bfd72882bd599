"""One shot's clip: animated from its keyframe, measured, inspected, revised, kept or rolled back (Eq. 9-11)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import anyio.to_thread

from personavlog import steps
from personavlog.backbones.checking import check_clip
from personavlog.backbones.findings import ClipFinding, ClipInspection
from personavlog.backbones.legal import Legal, legal_animate
from personavlog.backbones.roles import AnimateRequest, AnimateResult, EditResult
from personavlog.backbones.softening import softened_clip
from personavlog.feedback.clip import correct_clip
from personavlog.feedback.measures import face_in
from personavlog.feedback.stored import StoredClipFinding, StoredScores
from personavlog.metrics.score import Score
from personavlog.production.kept import keep, tell_notes
from personavlog.production.production import Production
from personavlog.runs.flow import Later
from personavlog.script import Board, VideoDescription
from personavlog.stages.narrate import SpokenLine
from personavlog.stages.write import Writing
from personavlog.steps import Part, StepName


async def animate(
    production: Production, writing: Writing, keyframe: Later[EditResult], line: Later[SpokenLine], shot: int
) -> AnimateResult:
    """The clip that stands for ``shot`` (from 0). Narration first: its length follows the spoken line."""
    if (own := await production.own(steps.clip(production.ids[shot]), AnimateResult)) is not None:
        _tell_length(production, own, await line.value(), shot)
        return own
    spoken, board = await line.value(), (await writing.boards.value())[shot]
    description, picture = (await writing.videos.value())[shot], await keyframe.value()
    part = steps.clip(production.ids[shot])
    changes: tuple[str, ...] = ()

    async def move(number: int, wanted: VideoDescription) -> AnimateResult:
        nonlocal changes
        legal = _request(production, picture, spoken, wanted, board, shot, number)
        changes = legal.changes
        return await production.call(
            part.animate(number),
            "video",
            partial(production.video.animate, legal.request),
            request=legal.request,
            estimate=production.video.estimate(legal.request),
            check=lambda made: check_clip(
                made.clip, legal.request, production.profile.video.backbone, production.blobs
            ),
            returns=AnimateResult,
            softer=partial(production.video.animate, softened_clip(legal.request, production.video.capabilities)),
        )

    async def measure(made: AnimateResult, wanted: VideoDescription) -> Sequence[Score]:
        return await _measure(production, part, picture, made, wanted)

    async def inspect(made: AnimateResult, wanted: VideoDescription, scores: Sequence[Score]) -> ClipFinding | None:
        request = ClipInspection(
            board=board, description=wanted, clip=made, scores=tuple(scores), style=production.brief.style
        )

        async def work() -> StoredClipFinding:
            return StoredClipFinding(finding=await production.video_quality.inspect(request))

        stored = await production.think(
            part.inspect(made.clip.digest),
            work,
            uses="inspect",
            fingerprint=production.video_quality.fingerprint,
            returns=StoredClipFinding,
            request=request,
        )
        return stored.finding

    rules = production.profile.feedback
    corrected = await correct_clip(
        description, animate=move, measure=measure, inspect=inspect, rule=rules.rule, corrections=rules.clip_corrections
    )
    kept = await keep(production, part, corrected, AnimateResult)
    tell_notes(production, part, (*changes, *kept.notes))
    return kept


def _tell_length(production: Production, own: AnimateResult, line: SpokenLine, shot: int) -> None:
    """Say what becomes of a person's own clip that is not as long as its shot, which takes the time of its line."""
    wanted, there = line.clip_seconds + line.hold, own.clip.duration
    lasts = f"your clip is {there:.1f} s long, the shot {wanted:.1f} s"
    if there > wanted + 1 / own.clip.fps:
        production.note(f"{lasts}; the end of the clip is not shown.", shot=shot + 1)
    elif there < wanted - 1 / own.clip.fps:
        production.note(f"{lasts}; the clip's last frame is held.", shot=shot + 1)


def _request(
    production: Production,
    keyframe: EditResult,
    line: SpokenLine,
    description: VideoDescription,
    board: Board,
    shot: int,
    number: int,
) -> Legal[AnimateRequest]:
    can = production.video.capabilities
    take = production.take_of(steps.clip(production.ids[shot]).animate(0))
    width, height = (keyframe.image.width, keyframe.image.height) if can.sizes is None else production.size
    wanted = AnimateRequest(
        keyframe=keyframe.keyframe,
        description=description,
        board=board,
        style=production.brief.style,
        width=width,
        height=height,
        duration=line.clip_seconds,
        fps=can.fps,
        seed=production.seed(Part.CLIP, shot=production.ids[shot], attempt=number, take=take),
        speech=line.audio,
    )
    return legal_animate(wanted, can)


async def _measure(
    production: Production, part: StepName, keyframe: EditResult, made: AnimateResult, description: VideoDescription
) -> Sequence[Score]:
    def measured() -> tuple[Score, ...]:
        face = face_in(keyframe, made.clip, production.blobs)
        return production.measures.clip(made, face, description)

    async def work() -> StoredScores:
        return StoredScores(scores=await anyio.to_thread.run_sync(measured))

    scored = await production.think(
        part.measure(made.clip.digest),
        work,
        uses="measure",
        fingerprint=production.measures.fingerprint,
        returns=StoredScores,
        keyframe=keyframe.image,
        face=keyframe.scene.face_box if keyframe.scene else None,
        clip=made.clip,
        held=made.held,
        description=description,
    )
    return scored.scores
