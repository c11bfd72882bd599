"""One shot's clip: animated from its keyframe, measured, inspected, revised, kept or rolled back (Eq. 9-11)."""

from __future__ import annotations

from collections.abc import Sequence

import anyio.to_thread

from personavlog import steps
from personavlog.backbones.findings import ClipFinding, ClipInspection
from personavlog.backbones.roles import AnimateRequest, AnimateResult, EditResult
from personavlog.feedback.clip import correct_clip
from personavlog.feedback.stored import StoredClipFinding, StoredScores
from personavlog.media import Audio
from personavlog.metrics.score import Score
from personavlog.production.kept import keep, tell_notes
from personavlog.production.production import Production
from personavlog.script import Script, VideoDescription
from personavlog.steps import StepName


async def animate(
    production: Production, script: Script, keyframe: EditResult, shot: int, *, duration: float, speech: Audio | None
) -> AnimateResult:
    """The clip that stands for ``shot`` (from 0); ``duration`` in seconds, legal for the backbone."""
    part, board = steps.clip(shot + 1), script.boards[shot]
    seed = production.seed_of(part.animate(0)) + shot

    async def move(number: int, description: VideoDescription) -> AnimateResult:
        request = AnimateRequest(
            keyframe=keyframe,
            description=description,
            board=board,
            duration=duration,
            fps=production.video.capabilities.fps,
            seed=seed,
            speech=speech,
        )
        return await production.ask(
            part.animate(number),
            lambda progress: production.video.animate(request, progress),
            uses="video",
            fingerprint=production.video.fingerprint,
            returns=AnimateResult,
            cost=production.video.estimate(request).money,
            request=request,
        )

    async def measure(made: AnimateResult, description: VideoDescription) -> Sequence[Score]:
        return await _measure(production, part, keyframe, made, description)

    async def inspect(
        made: AnimateResult, description: VideoDescription, scores: Sequence[Score]
    ) -> ClipFinding | None:
        request = ClipInspection(board=board, description=description, clip=made, scores=tuple(scores))
        verdict = await production.ask(
            part.inspect(made.clip.digest),
            lambda _: _inspected(production, request),
            uses="inspect",
            fingerprint=production.video_quality.fingerprint,
            returns=StoredClipFinding,
            request=request,
        )
        return verdict.finding

    rules = production.profile.feedback
    corrected = await correct_clip(
        script.videos[shot],
        animate=move,
        measure=measure,
        inspect=inspect,
        rule=rules.rule,
        corrections=rules.clip_corrections,
    )
    kept = await keep(production, part, corrected, AnimateResult)
    tell_notes(production, part, kept.notes)
    return kept


async def _measure(
    production: Production, part: StepName, keyframe: EditResult, made: AnimateResult, description: VideoDescription
) -> Sequence[Score]:
    face = keyframe.scene.face_box if keyframe.scene else None

    def work() -> StoredScores:
        return StoredScores(scores=production.measures.clip(made, face, description))

    scored = await production.ask(
        part.measure(made.clip.digest),
        lambda _: anyio.to_thread.run_sync(work),
        uses="measure",
        fingerprint=production.measures.fingerprint,
        returns=StoredScores,
        face=None if face is None else list(face),
        clip=made.clip,
        description=description,
    )
    return scored.scores


async def _inspected(production: Production, request: ClipInspection) -> StoredClipFinding:
    return StoredClipFinding(finding=await production.video_quality.inspect(request))
