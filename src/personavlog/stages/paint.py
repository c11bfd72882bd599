"""One shot's keyframe: painted from the stylised reference, measured, inspected, corrected, kept or rolled back (Eq.
6-8)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import anyio.to_thread

from personavlog import steps
from personavlog.backbones.checking import check_picture
from personavlog.backbones.corrections import Correction, Corrections
from personavlog.backbones.findings import ImageFinding, ImageInspection
from personavlog.backbones.legal import Legal, legal_edit
from personavlog.backbones.roles import OWN, AnimateResult, EditRequest, EditResult
from personavlog.backbones.softening import softened_edit
from personavlog.feedback.keyframe import correct_keyframe
from personavlog.feedback.stored import StoredCorrections, StoredImageFinding, StoredScores
from personavlog.media.decode import frames
from personavlog.metrics.score import Score
from personavlog.production.kept import keep, tell_notes
from personavlog.production.production import Production
from personavlog.runs.blobs import Blobs
from personavlog.script import Board, Character
from personavlog.stages.write import Writing
from personavlog.steps import Part, StepName


async def paint(
    production: Production, writing: Writing, person: EditResult, shot: int, before: EditResult | None = None
) -> EditResult:
    """The keyframe that stands for ``shot`` (from 0); begins as soon as the boards are written. ``before`` is the last
    shot's, where the painter is to see it."""
    if (own := await production.own(steps.keyframe(production.ids[shot]), EditResult)) is not None:
        return own
    clip = await production.own(steps.clip(production.ids[shot]), AnimateResult)
    if clip is not None and clip.prompt == OWN:
        production.finished(steps.keyframe(production.ids[shot]))
        return await anyio.to_thread.run_sync(_first_of, production.blobs, clip)
    character, board = (await writing.draft.value()).character, (await writing.boards.value())[shot]
    part = steps.keyframe(production.ids[shot])
    changes: tuple[str, ...] = ()

    async def draw(number: int, asked: Corrections | None, previous: EditResult | None) -> EditResult:
        nonlocal changes
        legal = _request(production, character, board, person, before, shot, number, asked or (), previous)
        changes = legal.changes
        softer = softened_edit(legal.request, production.image.capabilities)
        return await production.call(
            part.paint(number),
            "image",
            partial(production.image.edit, legal.request),
            request=legal.request,
            estimate=production.image.estimate(legal.request),
            check=lambda made: check_picture(
                made.image, legal.request, production.profile.image.backbone, production.blobs
            ),
            returns=EditResult,
            softer=None if softer is None else partial(production.image.edit, softer),
        )

    async def measure(made: EditResult) -> Sequence[Score]:
        return await _measure(production, part, person, board, made)

    async def inspect(made: EditResult, scores: Sequence[Score]) -> ImageFinding | None:
        request = ImageInspection(
            board=board,
            character=character,
            reference=person.image,
            keyframe=made,
            scores=tuple(scores),
            style=production.brief.style,
        )

        async def work() -> StoredImageFinding:
            return StoredImageFinding(finding=await production.image_quality.inspect(request))

        stored = await production.think(
            part.inspect(made.image.digest),
            work,
            uses="inspect",
            fingerprint=production.image_quality.fingerprint,
            returns=StoredImageFinding,
            request=request,
        )
        return stored.finding

    async def instruct(finding: ImageFinding, tried: Sequence[Corrections]) -> Corrections:
        wanted = finding.without(Correction.AGAIN) if production.image.capabilities.repeats else finding
        return await _instruct(production, part, wanted, board, tried)

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
    tell_notes(production, part, (*changes, *kept.notes, *(kept.scene.notes if kept.scene else ())))
    return kept


def _first_of(blobs: Blobs, own: AnimateResult) -> EditResult:
    """The first picture of a person's own clip: a keyframe that nobody needs to paint."""
    return EditResult(image=blobs.put_image(next(frames(blobs.path(own.clip), own.clip))), prompt=OWN)


def _request(
    production: Production,
    character: Character,
    board: Board,
    person: EditResult,
    before: EditResult | None,
    shot: int,
    number: int,
    corrections: Corrections,
    previous: EditResult | None,
) -> Legal[EditRequest]:
    width, height = production.size
    take = production.take_of(steps.keyframe(production.ids[shot]).paint(0))
    wanted = EditRequest(
        purpose="keyframe",
        reference=person.image,
        photo=production.brief.photo,
        face=production.brief.face,
        style=production.brief.style,
        width=width,
        height=height,
        seed=production.seed(Part.KEYFRAME, shot=production.ids[shot], attempt=number, take=take),
        appearance=character.appearance,
        board=board,
        shot=production.ids[shot] - 1,
        corrections=corrections,
        previous=None if previous is None else previous.keyframe,
        extra_references=() if before is None else (before.image,),
    )
    return legal_edit(wanted, production.image.capabilities)


async def _measure(
    production: Production, part: StepName, person: EditResult, board: Board, made: EditResult
) -> Sequence[Score]:
    async def work() -> StoredScores:
        measured = await anyio.to_thread.run_sync(production.measures.keyframe, person.image, made, board)
        return StoredScores(scores=measured)

    scored = await production.think(
        part.measure(made.image.digest),
        work,
        uses="measure",
        fingerprint=production.measures.fingerprint,
        returns=StoredScores,
        reference=person.image,
        board=board,
        image=made.image,
        scene=made.scene,
    )
    return scored.scores


async def _instruct(
    production: Production, part: StepName, finding: ImageFinding, board: Board, tried: Sequence[Corrections]
) -> Corrections:
    async def work() -> StoredCorrections:
        return StoredCorrections(corrections=await production.edit_agent.instruct(finding, board, tried))

    stored = await production.think(
        part.instruct(len(tried)),
        work,
        uses="inspect",
        fingerprint=production.edit_agent.fingerprint,
        returns=StoredCorrections,
        finding=finding,
        board=board,
        tried=list(tried),
    )
    return stored.corrections
