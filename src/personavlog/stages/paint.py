"""One shot's keyframe: painted from the stylised reference, measured, inspected, corrected, kept or rolled back (Eq.
6-8)."""

from __future__ import annotations

from collections.abc import Sequence

import anyio.to_thread

from personavlog import steps
from personavlog.backbones.corrections import Correction
from personavlog.backbones.findings import ImageFinding, ImageInspection
from personavlog.backbones.roles import EditRequest, EditResult
from personavlog.feedback.keyframe import correct_keyframe
from personavlog.feedback.stored import StoredImageFinding, StoredInstruction, StoredScores
from personavlog.metrics.score import Score
from personavlog.production.kept import keep, tell_notes
from personavlog.production.production import Production
from personavlog.script import Board, Script
from personavlog.steps import StepName


async def paint(production: Production, script: Script, person: EditResult, shot: int) -> EditResult:
    """The keyframe that stands for ``shot`` (from 0)."""
    part, board = steps.keyframe(shot + 1), script.boards[shot]

    async def draw(number: int, instruction: str | None, previous: EditResult | None) -> EditResult:
        request = _request(production, script, person, shot, production.seed_of(part.paint(0))).model_copy(
            update={"correction": instruction, "previous": previous}
        )
        return await production.ask(
            part.paint(number),
            lambda progress: production.image.edit(request, progress),
            uses="image",
            fingerprint=production.image.fingerprint,
            returns=EditResult,
            cost=production.image.estimate(request).money,
            request=request,
        )

    async def measure(made: EditResult) -> Sequence[Score]:
        return await _measure(production, part, person, board, made)

    async def inspect(made: EditResult, scores: Sequence[Score]) -> ImageFinding | None:
        request = ImageInspection(
            board=board, character=script.character, reference=person.image, keyframe=made, scores=tuple(scores)
        )
        verdict = await production.ask(
            part.inspect(made.image.digest),
            lambda _: _inspected(production, request),
            uses="inspect",
            fingerprint=production.image_quality.fingerprint,
            returns=StoredImageFinding,
            request=request,
        )
        return verdict.finding

    async def instruct(finding: ImageFinding, tried: Sequence[str]) -> str:
        wanted = finding.without(Correction.AGAIN) if production.image.capabilities.repeats else finding
        order = await production.ask(
            part.instruct(len(tried)),
            lambda _: _instructed(production, wanted, board, tried),
            uses="inspect",
            fingerprint=production.edit_agent.fingerprint,
            returns=StoredInstruction,
            finding=wanted,
            board=board,
            tried=list(tried),
        )
        return order.text

    rules = production.profile.feedback
    corrected = await correct_keyframe(
        paint=draw,
        measure=measure,
        inspect=inspect,
        instruct=instruct,
        rule=rules.rule,
        corrections=rules.keyframe_corrections,
    )
    kept = await keep(production, part, corrected, EditResult)
    tell_notes(production, part, kept.scene.notes if kept.scene else ())
    return kept


def _request(production: Production, script: Script, person: EditResult, shot: int, seed: int) -> EditRequest:
    width, height = production.size
    return EditRequest(
        purpose="keyframe",
        reference=person.image,
        photo=production.brief.photo,
        face=production.brief.face,
        style=production.brief.style,
        width=width,
        height=height,
        seed=seed,
        character=script.character,
        board=script.boards[shot],
        shot=shot,
    )


async def _measure(
    production: Production, part: StepName, person: EditResult, board: Board, made: EditResult
) -> Sequence[Score]:
    def work() -> StoredScores:
        return StoredScores(scores=production.measures.keyframe(person.image, made, board))

    scored = await production.ask(
        part.measure(made.image.digest),
        lambda _: anyio.to_thread.run_sync(work),
        uses="measure",
        fingerprint=production.measures.fingerprint,
        returns=StoredScores,
        reference=person.image,
        board=board,
        made=made,
    )
    return scored.scores


async def _inspected(production: Production, request: ImageInspection) -> StoredImageFinding:
    return StoredImageFinding(finding=await production.image_quality.inspect(request))


async def _instructed(
    production: Production, finding: ImageFinding, board: Board, tried: Sequence[str]
) -> StoredInstruction:
    return StoredInstruction(text=await production.edit_agent.instruct(finding, board, tried))
