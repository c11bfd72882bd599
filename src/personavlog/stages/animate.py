"""One shot's clip: animated from its keyframe, measured, inspected, revised, kept or rolled back (Eq. 9-11)."""

from __future__ import annotations

from collections.abc import Sequence

import anyio.to_thread

from personavlog.backbones.findings import ClipFinding, ClipInspection
from personavlog.backbones.roles import AnimateRequest, AnimateResult, EditResult
from personavlog.feedback.clip import correct_clip
from personavlog.feedback.stored import ClipVerdict, Scored
from personavlog.media import Audio
from personavlog.metrics.score import Score
from personavlog.production.kept import stands, tell
from personavlog.production.production import Crew
from personavlog.script import Script, VideoDescription


async def animate(crew: Crew, script: Script, keyframe: EditResult, shot: int, *, duration: float, speech: Audio | None) -> AnimateResult:
    """The clip that stands for ``shot`` (from 0); ``duration`` in seconds, legal for the backbone."""
    part, board = f"clip/{shot + 1}", script.boards[shot]
    seed = crew.seed_of(f"{part}/animate/0") + shot

    async def move(number: int, description: VideoDescription) -> AnimateResult:
        request = AnimateRequest(
            keyframe=keyframe, description=description, board=board, duration=duration, fps=crew.video.capabilities.fps, seed=seed, speech=speech
        )
        return await crew.ask(
            f"{part}/animate/{number}",
            lambda progress: crew.video.animate(request, progress),
            uses="video",
            fingerprint=crew.video.fingerprint,
            returns=AnimateResult,
            cost=crew.video.estimate(request).money,
            request=request,
        )

    async def measure(made: AnimateResult, description: VideoDescription) -> Sequence[Score]:
        return await _measure(crew, f"{part}/measure", keyframe, made, description)

    async def inspect(made: AnimateResult, description: VideoDescription, scores: Sequence[Score]) -> ClipFinding | None:
        request = ClipInspection(board=board, description=description, clip=made, scores=tuple(scores))
        verdict = await crew.ask(
            f"{part}/inspect/{made.clip.digest[:8]}",
            lambda _: _inspected(crew, request),
            uses="inspect",
            fingerprint=crew.video_quality.fingerprint,
            returns=ClipVerdict,
            request=request,
        )
        return verdict.finding

    rules = crew.profile.feedback
    corrected = await correct_clip(script.videos[shot], animate=move, measure=measure, inspect=inspect, rule=rules.rule, corrections=rules.clip_corrections)
    standing = await stands(crew, part, corrected, AnimateResult)
    tell(crew, part, standing.notes)
    return standing


async def _measure(crew: Crew, step: str, keyframe: EditResult, made: AnimateResult, description: VideoDescription) -> Sequence[Score]:
    face = keyframe.scene.face_box if keyframe.scene else None

    def work() -> Scored:
        return Scored(scores=crew.measures.clip(made, face, description))

    scored = await crew.ask(
        f"{step}/{made.clip.digest[:8]}",
        lambda _: anyio.to_thread.run_sync(work),
        uses="measure",
        fingerprint=crew.measures.fingerprint,
        returns=Scored,
        face=None if face is None else list(face),
        clip=made.clip,
        description=description,
    )
    return scored.scores


async def _inspected(crew: Crew, request: ClipInspection) -> ClipVerdict:
    return ClipVerdict(finding=await crew.video_quality.inspect(request))
