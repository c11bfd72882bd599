"""One keyframe's trial: a defect planted, the agent asked blind, and, where it found something, the loop run on it
under both rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import anyio.to_thread

from personavlog import steps
from personavlog.backbones.checking import check_picture
from personavlog.backbones.corrections import Corrections
from personavlog.backbones.findings import ImageFinding, ImageInspection
from personavlog.backbones.legal import legal_edit
from personavlog.backbones.roles import EditRequest, EditResult
from personavlog.feedback.decision import RULES
from personavlog.feedback.keyframe import correct_keyframe
from personavlog.feedback.stored import StoredCorrections, StoredImageFinding
from personavlog.judge.case import PlantedStill, Random, Still, StillDefect
from personavlog.judge.sound import Ending, still_ending, still_likeness
from personavlog.judge.verdict import Verdict
from personavlog.media import Image
from personavlog.media.arrays import Pixels
from personavlog.metrics import text
from personavlog.metrics.score import Score
from personavlog.production.production import Production
from personavlog.runs.keys import digest
from personavlog.scene import SceneRecord
from personavlog.script import Board, Character
from personavlog.steps import Part, Work


@dataclass(frozen=True)
class StillTrial:
    """Asks about keyframes of one film. ``stranger`` is the photo behind ``Still.stranger``."""

    production: Production
    character: Character
    stranger: Image | None = None
    scored: dict[str, Sequence[Score]] = field(default_factory=dict)

    async def sound(self, still: Still, *, loop: bool) -> Verdict:
        """What the agent says about an untouched keyframe, and what the loop makes of a false alarm."""
        case = PlantedStill(still.pixels, still.board, still.reference)
        finding = await self._asked(case, still.keyframe)
        endings = await self._endings(case, still, still.keyframe) if finding is not None and loop else {}
        return Verdict("keyframe", "", still.shot, found=finding is not None, evidence=_said(finding), endings=endings)

    async def planted(self, still: Still, defect: StillDefect, random: Random, *, loop: bool) -> Verdict:
        """One defect; where the keyframe cannot have it the verdict says so."""
        case = await anyio.to_thread.run_sync(defect.plant, still, random)
        if case is None:
            return Verdict("keyframe", defect.name, still.shot, fits=False)
        made = self._as_made(case, still.keyframe)
        finding = await self._asked(case, made)
        named = finding is not None and any(one.kind is defect.kind for one in finding.defects)
        endings = await self._endings(case, still, made) if finding is not None and loop else {}
        return Verdict(
            "keyframe",
            defect.name,
            still.shot,
            found=finding is not None,
            named=named,
            evidence=_said(finding),
            endings=endings,
        )

    def _as_made(self, case: PlantedStill, keyframe: EditResult) -> EditResult:
        """The planted picture as a backbone would have handed it over: with its record, whose place is compared with
        what is asked now."""
        scene = None if keyframe.scene is None else _scene(keyframe.scene, case.board)
        return keyframe.model_copy(update={"image": self.production.blobs.put_image(case.pixels), "scene": scene})

    async def _asked(self, case: PlantedStill, made: EditResult) -> ImageFinding | None:
        scores = await self._scores(case, made)
        request = ImageInspection(
            board=case.board, character=self.character, reference=case.reference, keyframe=made, scores=tuple(scores)
        )

        async def ask() -> StoredImageFinding:
            return StoredImageFinding(finding=await self.production.image_quality.inspect(request))

        stored = await self.production.think(
            steps.judge(Work.INSPECT, digest(request)),
            ask,
            uses="inspect",
            fingerprint=self.production.image_quality.fingerprint,
            returns=StoredImageFinding,
            request=request,
        )
        return stored.finding

    async def _scores(self, case: PlantedStill, made: EditResult) -> Sequence[Score]:
        key = f"{case.reference.digest} {case.board.model_dump_json()} {made.model_dump_json()}"
        if key not in self.scored:
            self.scored[key] = await anyio.to_thread.run_sync(
                self.production.measures.keyframe, case.reference, made, case.board
            )
        return self.scored[key]

    async def _endings(self, case: PlantedStill, still: Still, first: EditResult) -> dict[str, Ending]:
        goal = await self._goal(case, still)
        before = still_likeness(case.pixels, goal)
        results = {
            rule: self.production.blobs.pixels((await self._corrected(case, still, first, rule)).image)
            for rule in RULES
        }
        return {rule: still_ending(before, still_likeness(result, goal)) for rule, result in results.items()}

    async def _corrected(self, case: PlantedStill, still: Still, first: EditResult, rule: str) -> EditResult:
        """The loop as a film runs it, with the planted picture as its first generation."""

        async def paint(number: int, asked: Corrections | None, previous: EditResult | None) -> EditResult:
            return first if number == 0 else await self._painted(self._request(case, still, asked or (), previous))

        async def measure(made: EditResult) -> Sequence[Score]:
            return await self._scores(case, made)

        async def inspect(made: EditResult, scores: Sequence[Score]) -> ImageFinding | None:
            return await self._asked(case, made)

        async def instruct(finding: ImageFinding, tried: Sequence[Corrections]) -> Corrections:
            return await self._instructed(finding, case.board, tried)

        most = max(self.production.profile.feedback.keyframe_corrections, 1)
        return (
            await correct_keyframe(
                paint=paint, measure=measure, inspect=inspect, instruct=instruct, rule=rule, corrections=most
            )
        ).result

    async def _instructed(self, finding: ImageFinding, board: Board, tried: Sequence[Corrections]) -> Corrections:
        async def ask() -> StoredCorrections:
            return StoredCorrections(corrections=await self.production.edit_agent.instruct(finding, board, tried))

        stored = await self.production.think(
            steps.judge(Work.INSTRUCT, digest([finding, board, tried])),
            ask,
            uses="inspect",
            fingerprint=self.production.edit_agent.fingerprint,
            returns=StoredCorrections,
            finding=finding,
            board=board,
            tried=list(tried),
        )
        return stored.corrections

    async def _goal(self, case: PlantedStill, still: Still) -> Pixels:
        """What a sound picture of this board and person is: the untouched one, or, where board or person were changed,
        a new one."""
        if case.board == still.board and case.reference == still.reference:
            return still.pixels
        return self.production.blobs.pixels((await self._painted(self._request(case, still, (), None))).image)

    async def _painted(self, request: EditRequest) -> EditResult:
        return await repainted(self.production, request)

    def _request(
        self, case: PlantedStill, still: Still, corrections: Corrections, previous: EditResult | None
    ) -> EditRequest:
        brief, (width, height) = self.production.brief, self.production.size
        own = case.reference == still.reference
        wanted = EditRequest(
            purpose="keyframe",
            reference=case.reference,
            photo=brief.photo if own else self.stranger,
            face=brief.face if own else None,
            style=brief.style,
            width=width,
            height=height,
            seed=self.production.seed(
                Part.KEYFRAME, shot=self.production.ids[still.shot], attempt=int(bool(corrections))
            ),
            appearance=self.character.appearance,
            board=case.board,
            shot=self.production.ids[still.shot] - 1,
            corrections=corrections,
            previous=None if previous is None else previous.keyframe,
        )
        return legal_edit(wanted, self.production.image.capabilities).request


async def repainted(production: Production, request: EditRequest) -> EditResult:
    """A picture that a check asks for: a step like every other, so that it is limited, booked and asked for once."""
    provider = production.profile.image.backbone
    return await production.call(
        steps.judge(Work.PAINT, digest(request)),
        "image",
        partial(production.image.edit, request),
        request=request,
        estimate=production.image.estimate(request),
        check=lambda made: check_picture(made.image, request, provider, production.blobs),
        returns=EditResult,
    )


def _scene(scene: SceneRecord, board: Board) -> SceneRecord:
    if scene.asked_place == board.place:
        return scene
    near = float(text.similarity([board.place], [scene.place])[0, 0])
    return scene.model_copy(update={"asked_place": board.place, "place_similarity": round(near, 4)})


def _said(finding: ImageFinding | None) -> str:
    return "" if finding is None else "; ".join(one.evidence for one in finding.defects)
