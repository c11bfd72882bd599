"""One trial: a defect planted, the agent asked blind, and, where it found something, the loop run on it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import anyio.to_thread
import numpy as np

from personavlog.backbones.embedded.motion import encoder
from personavlog.backbones.findings import ClipFinding, ClipInspection, ImageFinding, ImageInspection
from personavlog.backbones.roles import AnimateRequest, AnimateResult, EditRequest, EditResult, SceneRecord
from personavlog.feedback.clip import correct_clip
from personavlog.feedback.keyframe import correct_keyframe
from personavlog.judge.case import Moving, MovingDefect, Pixels, PlantedMoving, PlantedStill, Random, Still, StillDefect
from personavlog.judge.sound import Ending, clip_ending, clip_soundness, still_ending, still_likeness
from personavlog.media import Clip
from personavlog.metrics import clip as clip_scores
from personavlog.metrics import identity, picture, text
from personavlog.metrics.frames import frames as decoded
from personavlog.metrics.score import Score
from personavlog.runs.blobs import Blobs
from personavlog.script import Board, Character, VideoDescription
from personavlog.stages.crew import Crew


@dataclass(frozen=True)
class Verdict:
    """``defect`` is "" for a sound picture or clip. ``found``: the agent said that something is wrong; ``named``: it said what kind of thing.

    ``ending`` is how the loop ended, None where it was not run.
    """

    what: str
    defect: str
    found: bool
    named: bool = False
    evidence: str = ""
    ending: Ending | None = None


@dataclass(frozen=True)
class StillTrial:
    """Asks about keyframes of one film."""

    crew: Crew
    character: Character

    async def sound(self, still: Still) -> Verdict:
        """What the agent says about an untouched keyframe."""
        finding = await self._asked(PlantedStill(still.pixels, still.board, still.reference), still.keyframe)
        return Verdict("keyframe", "", finding is not None, evidence=_said(finding))

    async def planted(self, still: Still, defect: StillDefect, random: Random, *, loop: bool) -> Verdict | None:
        """None where the keyframe cannot have the defect."""
        case = defect.plant(still, random)
        if case is None:
            return None
        made = self._as_made(case, still.keyframe)
        finding = await self._asked(case, made)
        named = finding is not None and any(one.kind is defect.kind for one in finding.defects)
        ending = await self._looped(case, still, made) if finding is not None and loop else None
        return Verdict("keyframe", defect.name, finding is not None, named, _said(finding), ending)

    def _as_made(self, case: PlantedStill, keyframe: EditResult) -> EditResult:
        """The planted picture as a backbone would have handed it over: with its record, whose place is compared with what is asked now."""
        scene = None if keyframe.scene is None else _scene(keyframe.scene, case.board)
        kept = {name: blob for name, blob in keyframe.attachments.items() if name != "stage"}
        return keyframe.model_copy(update={"image": self.crew.blobs.put_image(case.pixels), "scene": scene, "attachments": kept})

    async def _asked(self, case: PlantedStill, made: EditResult) -> ImageFinding | None:
        scores = await self._scores(case, made)
        request = ImageInspection(board=case.board, character=self.character, reference=case.reference, keyframe=made, scores=scores)
        return await self.crew.image_quality.inspect(request)

    async def _scores(self, case: PlantedStill, made: EditResult) -> tuple[Score, ...]:
        def work() -> tuple[Score, ...]:
            reference, pixels = self.crew.blobs.pixels(case.reference), self.crew.blobs.pixels(made.image)
            return identity.identity(reference, pixels), picture.i2i(reference, pixels), picture.i2t(case.board, made.scene)

        return await anyio.to_thread.run_sync(work)

    async def _looped(self, case: PlantedStill, still: Still, first: EditResult) -> Ending:
        """The loop as a film runs it, with the planted picture as its first generation."""

        async def paint(number: int, instruction: str | None, previous: EditResult | None) -> EditResult:
            return first if number == 0 else await self.crew.image.edit(self._request(case, still, instruction, previous), _quiet)

        async def measure(made: EditResult) -> Sequence[Score]:
            return await self._scores(case, made)

        async def inspect(made: EditResult, scores: Sequence[Score]) -> ImageFinding | None:
            return await self._asked(case, made)

        async def instruct(finding: ImageFinding, tried: Sequence[str]) -> str:
            return await self.crew.edit_agent.instruct(finding, case.board, tried)

        rules = self.crew.profile.feedback
        ended = await correct_keyframe(
            paint=paint, measure=measure, inspect=inspect, instruct=instruct, rule=rules.rule, corrections=max(rules.keyframe_corrections, 1)
        )
        goal = await self._goal(case, still)
        result = self.crew.blobs.pixels(ended.result.image)
        return still_ending(still_likeness(case.pixels, goal), still_likeness(result, goal))

    async def _goal(self, case: PlantedStill, still: Still) -> Pixels:
        """What a sound picture of this board and person is: the untouched one, or, where board or person were changed, a new one."""
        if case.board == still.board and case.reference == still.reference:
            return still.pixels
        made = await self.crew.image.edit(self._request(case, still, None, None), _quiet)
        return self.crew.blobs.pixels(made.image)

    def _request(self, case: PlantedStill, still: Still, instruction: str | None, previous: EditResult | None) -> EditRequest:
        brief, (width, height) = self.crew.brief, self.crew.size
        own = case.reference == still.reference
        return EditRequest(
            purpose="keyframe", reference=case.reference, photo=brief.photo if own else case.reference, face=brief.face if own else None, style=brief.style,
            width=width, height=height, seed=brief.seed, character=self.character, board=case.board, shot=still.shot, correction=instruction, previous=previous,
        )  # fmt: skip


@dataclass(frozen=True)
class MovingTrial:
    """Asks about clips of one film."""

    crew: Crew

    async def sound(self, moving: Moving) -> Verdict:
        """What the agent says about an untouched clip."""
        finding = await self._asked(moving, moving.clip, moving.description)
        return Verdict("clip", "", finding is not None, evidence="" if finding is None else finding.evidence)

    async def planted(self, moving: Moving, defect: MovingDefect, random: Random, *, loop: bool) -> Verdict | None:
        """None where the clip cannot have the defect."""
        moving = replace(moving, frames=await anyio.to_thread.run_sync(_frames, self.crew.blobs, moving.clip.clip))
        case = defect.plant(moving, random)
        if case is None:
            return None
        clip = await anyio.to_thread.run_sync(_encoded, case.frames, moving.clip.clip.fps, self.crew.blobs)
        made = moving.clip.model_copy(update={"clip": clip})
        finding = await self._asked(moving, made, case.description)
        ending = await self._looped(case, moving, made) if finding is not None and loop else None
        named = finding is not None and finding.kind == defect.kind
        return Verdict("clip", defect.name, finding is not None, named, "" if finding is None else finding.evidence, ending)

    async def _asked(self, moving: Moving, made: AnimateResult, description: VideoDescription) -> ClipFinding | None:
        scores = await self._scores(moving, made)
        return await self.crew.video_quality.inspect(ClipInspection(board=moving.board, description=description, clip=made, scores=scores))

    async def _scores(self, moving: Moving, made: AnimateResult) -> tuple[Score, ...]:
        return await anyio.to_thread.run_sync(clip_scores.measure_clip, self.crew.blobs.path(made.clip), made.clip, moving.face)

    async def _looped(self, case: PlantedMoving, moving: Moving, first: AnimateResult) -> Ending:
        async def animate(number: int, description: VideoDescription) -> AnimateResult:
            return first if number == 0 else await self.crew.video.animate(self._request(moving, description), _quiet)

        async def measure(made: AnimateResult) -> Sequence[Score]:
            return await self._scores(moving, made)

        async def inspect(made: AnimateResult, description: VideoDescription, scores: Sequence[Score]) -> ClipFinding | None:
            return await self._asked(moving, made, description)

        rules = self.crew.profile.feedback
        ended = await correct_clip(
            case.description, animate=animate, measure=measure, inspect=inspect, rule=rules.rule, corrections=max(rules.clip_corrections, 1)
        )
        after = _frames(self.crew.blobs, ended.result.clip)
        return clip_ending(clip_soundness(case.frames, moving.frames[0]), clip_soundness(after, moving.frames[0]))

    def _request(self, moving: Moving, description: VideoDescription) -> AnimateRequest:
        clip = moving.clip.clip
        return AnimateRequest(
            keyframe=moving.keyframe, description=description, board=moving.board, duration=clip.duration, fps=clip.fps, seed=self.crew.brief.seed + moving.shot
        )


def _scene(scene: SceneRecord, board: Board) -> SceneRecord:
    if scene.asked_place == board.place:
        return scene
    near = float(text.similarity([board.place], [scene.place])[0, 0])
    return scene.model_copy(update={"asked_place": board.place, "place_similarity": round(near, 4)})


def _said(finding: ImageFinding | None) -> str:
    return "" if finding is None else "; ".join(one.evidence for one in finding.defects)


def _quiet(share: float) -> None:
    """Progress of a trial is told per trial."""


def _frames(blobs: Blobs, clip: Clip) -> tuple[Pixels, ...]:
    return tuple(np.asarray(frame) for frame in decoded(blobs.path(clip), clip))


def _encoded(frames: Sequence[Pixels], fps: float, blobs: Blobs) -> Clip:
    height, width = frames[0].shape[:2]
    with tempfile.TemporaryDirectory(prefix="personavlog-") as folder:
        target = Path(folder) / "planted.mp4"
        with encoder.encoding(target, width, height, fps) as pipe:
            for frame in frames:
                pipe.write(np.dstack([frame, np.full((height, width), 255, np.uint8)]))
            pipe.finish()
        return blobs.put_clip(target, width=width, height=height, fps=fps, frames=len(frames))
