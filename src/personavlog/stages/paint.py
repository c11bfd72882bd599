"""One shot's keyframe: painted from the stylised reference, measured, inspected, corrected, kept or rolled back (Eq. 6-8)."""

from __future__ import annotations

from collections.abc import Sequence

import anyio.to_thread

from personavlog.backbones.corrections import Correction
from personavlog.backbones.findings import ImageFinding, ImageInspection
from personavlog.backbones.roles import EditRequest, EditResult
from personavlog.feedback.keyframe import correct_keyframe
from personavlog.feedback.stored import ImageVerdict, Instruction, Scored
from personavlog.metrics.score import Score
from personavlog.production.kept import stands, tell
from personavlog.production.production import Crew
from personavlog.script import Board, Script


async def paint(crew: Crew, script: Script, person: EditResult, shot: int) -> EditResult:
    """The keyframe that stands for ``shot`` (from 0)."""
    part, board = f"keyframe/{shot + 1}", script.boards[shot]

    async def draw(number: int, instruction: str | None, previous: EditResult | None) -> EditResult:
        request = _request(crew, script, person, shot, crew.seed_of(f"{part}/paint/0")).model_copy(update={"correction": instruction, "previous": previous})
        return await crew.ask(
            f"{part}/paint/{number}",
            lambda progress: crew.image.edit(request, progress),
            uses="image",
            fingerprint=crew.image.fingerprint,
            returns=EditResult,
            cost=crew.image.estimate(request).money,
            request=request,
        )

    async def measure(made: EditResult) -> Sequence[Score]:
        return await _measure(crew, f"{part}/measure", person, board, made)

    async def inspect(made: EditResult, scores: Sequence[Score]) -> ImageFinding | None:
        request = ImageInspection(board=board, character=script.character, reference=person.image, keyframe=made, scores=tuple(scores))
        verdict = await crew.ask(
            f"{part}/inspect/{made.image.digest[:8]}",
            lambda _: _inspected(crew, request),
            uses="inspect",
            fingerprint=crew.image_quality.fingerprint,
            returns=ImageVerdict,
            request=request,
        )
        return verdict.finding

    async def instruct(finding: ImageFinding, tried: Sequence[str]) -> str:
        wanted = finding.without(Correction.AGAIN) if crew.image.capabilities.repeats else finding
        order = await crew.ask(
            f"{part}/instruct/{len(tried)}",
            lambda _: _instructed(crew, wanted, board, tried),
            uses="inspect",
            fingerprint=crew.edit_agent.fingerprint,
            returns=Instruction,
            finding=wanted,
            board=board,
            tried=list(tried),
        )
        return order.text

    rules = crew.profile.feedback
    corrected = await correct_keyframe(paint=draw, measure=measure, inspect=inspect, instruct=instruct, rule=rules.rule, corrections=rules.keyframe_corrections)
    standing = await stands(crew, part, corrected, EditResult)
    tell(crew, part, standing.scene.notes if standing.scene else ())
    return standing


def _request(crew: Crew, script: Script, person: EditResult, shot: int, seed: int) -> EditRequest:
    width, height = crew.size
    return EditRequest(
        purpose="keyframe",
        reference=person.image,
        photo=crew.brief.photo,
        face=crew.brief.face,
        style=crew.brief.style,
        width=width,
        height=height,
        seed=seed,
        character=script.character,
        board=script.boards[shot],
        shot=shot,
    )


async def _measure(crew: Crew, step: str, person: EditResult, board: Board, made: EditResult) -> Sequence[Score]:
    def work() -> Scored:
        return Scored(scores=crew.measures.keyframe(person.image, made, board))

    scored = await crew.ask(
        f"{step}/{made.image.digest[:8]}",
        lambda _: anyio.to_thread.run_sync(work),
        uses="measure",
        fingerprint=crew.measures.fingerprint,
        returns=Scored,
        reference=person.image,
        board=board,
        made=made,
    )
    return scored.scores


async def _inspected(crew: Crew, request: ImageInspection) -> ImageVerdict:
    return ImageVerdict(finding=await crew.image_quality.inspect(request))


async def _instructed(crew: Crew, finding: ImageFinding, board: Board, tried: Sequence[str]) -> Instruction:
    return Instruction(text=await crew.edit_agent.instruct(finding, board, tried))
