"""One clip's trial: a defect planted, the agent asked blind, and, where it found something, the loop run on it under
both rules."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import anyio.to_thread
import numpy as np

from personavlog import steps
from personavlog.backbones.checking import check_clip
from personavlog.backbones.findings import ClipFinding, ClipInspection
from personavlog.backbones.legal import legal_animate
from personavlog.backbones.roles import AnimateRequest, AnimateResult
from personavlog.feedback.clip import correct_clip
from personavlog.feedback.decision import RULES
from personavlog.feedback.stored import StoredClipFinding
from personavlog.judge.case import Moving, MovingDefect, PlantedMoving, Random
from personavlog.judge.sound import Ending, clip_ending, clip_soundness
from personavlog.judge.verdict import Verdict
from personavlog.media import Clip, encode
from personavlog.media.arrays import Pixels
from personavlog.media.decode import frames as decoded
from personavlog.metrics.score import Score
from personavlog.production.production import Production
from personavlog.runs.blobs import Blobs
from personavlog.runs.keys import digest
from personavlog.script import VideoDescription
from personavlog.steps import Part, Work


@dataclass(frozen=True)
class MovingTrial:
    """Asks about clips of one film."""

    production: Production
    scored: dict[str, Sequence[Score]] = field(default_factory=dict)

    async def sound(self, moving: Moving, *, loop: bool) -> Verdict:
        """What the agent says about an untouched clip, and what the loop makes of a false alarm."""
        finding = await self._asked(moving, moving.clip, moving.description)
        moving = replace(
            moving, frames=await anyio.to_thread.run_sync(_frames, self.production.blobs, moving.clip.clip)
        )
        case = PlantedMoving(moving.frames, moving.description)
        endings = await self._endings(case, moving, moving.clip) if finding is not None and loop else {}
        return Verdict("clip", "", moving.shot, found=finding is not None, evidence=_said(finding), endings=endings)

    async def planted(self, moving: Moving, defect: MovingDefect, random: Random, *, loop: bool) -> Verdict:
        """One defect; where the clip cannot have it the verdict says so."""
        moving = replace(
            moving, frames=await anyio.to_thread.run_sync(_frames, self.production.blobs, moving.clip.clip)
        )
        case = await anyio.to_thread.run_sync(defect.plant, moving, random)
        if case is None:
            return Verdict("clip", defect.name, moving.shot, fits=False)
        clip = await anyio.to_thread.run_sync(_encoded, case.frames, moving.clip.clip.fps, self.production.blobs)
        made = moving.clip.model_copy(update={"clip": clip})
        finding = await self._asked(moving, made, case.description)
        endings = await self._endings(case, moving, made) if finding is not None and loop else {}
        named = finding is not None and finding.kind == defect.kind
        return Verdict(
            "clip",
            defect.name,
            moving.shot,
            found=finding is not None,
            named=named,
            evidence=_said(finding),
            endings=endings,
        )

    async def _asked(self, moving: Moving, made: AnimateResult, description: VideoDescription) -> ClipFinding | None:
        scores = await self._scores(moving, made, description)
        request = ClipInspection(
            board=moving.board,
            description=description,
            clip=made,
            scores=tuple(scores),
            style=self.production.brief.style,
        )

        async def ask() -> StoredClipFinding:
            return StoredClipFinding(finding=await self.production.video_quality.inspect(request))

        stored = await self.production.think(
            steps.judge(Work.INSPECT, digest(request)),
            ask,
            uses="inspect",
            fingerprint=self.production.video_quality.fingerprint,
            returns=StoredClipFinding,
            request=request,
        )
        return stored.finding

    async def _scores(self, moving: Moving, made: AnimateResult, description: VideoDescription) -> Sequence[Score]:
        key = f"{made.clip.digest} {description.model_dump_json()}"
        if key not in self.scored:
            self.scored[key] = await anyio.to_thread.run_sync(
                self.production.measures.clip, made, moving.face, description
            )
        return self.scored[key]

    async def _endings(self, case: PlantedMoving, moving: Moving, first: AnimateResult) -> dict[str, Ending]:
        before = await anyio.to_thread.run_sync(clip_soundness, case.frames, moving.face)
        endings: dict[str, Ending] = {}
        for rule in RULES:
            result = await self._corrected(case, moving, first, rule)
            after = _frames(self.production.blobs, result.clip) if result is not first else case.frames
            endings[rule] = clip_ending(before, await anyio.to_thread.run_sync(clip_soundness, after, moving.face))
        return endings

    async def _corrected(self, case: PlantedMoving, moving: Moving, first: AnimateResult, rule: str) -> AnimateResult:
        """The loop as a film runs it, with the planted clip as its first generation."""

        async def animate(number: int, description: VideoDescription) -> AnimateResult:
            return first if number == 0 else await self._animated(self._request(moving, description))

        async def measure(made: AnimateResult, description: VideoDescription) -> Sequence[Score]:
            return await self._scores(moving, made, description)

        async def inspect(
            made: AnimateResult, description: VideoDescription, scores: Sequence[Score]
        ) -> ClipFinding | None:
            return await self._asked(moving, made, description)

        most = max(self.production.profile.feedback.clip_corrections, 1)
        return (
            await correct_clip(
                case.description, animate=animate, measure=measure, inspect=inspect, rule=rule, corrections=most
            )
        ).result

    async def _animated(self, request: AnimateRequest) -> AnimateResult:
        production = self.production
        provider = production.profile.video.backbone
        return await production.call(
            steps.judge(Work.ANIMATE, digest(request)),
            "video",
            partial(production.video.animate, request),
            request=request,
            estimate=production.video.estimate(request),
            check=lambda made: check_clip(made.clip, request, provider, production.blobs),
            returns=AnimateResult,
        )

    def _request(self, moving: Moving, description: VideoDescription) -> AnimateRequest:
        clip = moving.clip.clip
        wanted = AnimateRequest(
            keyframe=moving.keyframe.keyframe,
            description=description,
            board=moving.board,
            style=self.production.brief.style,
            width=clip.width,
            height=clip.height,
            duration=clip.duration,
            fps=round(clip.fps),
            seed=self.production.seed(Part.CLIP, shot=self.production.ids[moving.shot], attempt=1),
            speech=moving.speech,
        )
        return legal_animate(wanted, self.production.video.capabilities).request


def _said(finding: ClipFinding | None) -> str:
    return "" if finding is None else finding.evidence


def _frames(blobs: Blobs, clip: Clip) -> tuple[Pixels, ...]:
    return tuple(np.asarray(frame) for frame in decoded(blobs.path(clip), clip))


def _encoded(frames: Sequence[Pixels], fps: float, blobs: Blobs) -> Clip:
    height, width = frames[0].shape[:2]
    with tempfile.TemporaryDirectory(prefix="personavlog-") as folder:
        target = Path(folder) / "planted.mp4"
        with encode.encoding(target, width, height, fps) as pipe:
            for frame in frames:
                pipe.write(np.dstack([frame, np.full((height, width), 255, np.uint8)]))
            pipe.finish()
        return blobs.put_clip(target, width=width, height=height, fps=fps, frames=len(frames))
