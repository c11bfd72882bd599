"""The edit agent A_edit: a finding turned into what the image edit model is to correct (Eq. 8)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from pydantic import BaseModel, Field
from pydantic_ai.models import Model

from personavlog.agents.instance import Instance, ask, instance
from personavlog.agents.shapes import fields, form, items, one_of, text
from personavlog.backbones.corrections import CHOICES, THING, Correction, Corrections, Remedy, instruction
from personavlog.backbones.findings import Defect, ImageFinding
from personavlog.backbones.tasks import fence
from personavlog.brief import CleanText
from personavlog.frozen import Frozen
from personavlog.script import Board

ROLE = "edit.instruct"


class EditAgent(Protocol):
    """A_edit. No corrections say that nothing is left to try."""

    @property
    def fingerprint(self) -> str:
        """Who instructs, for cache keys and the record."""
        ...

    async def instruct(self, finding: ImageFinding, board: Board, tried: Sequence[Corrections] = ()) -> Corrections:
        """What to correct next; ``tried`` is what did not improve the picture."""
        ...


class _EditTask(BaseModel):
    board: Board
    defects: tuple[Defect, ...]
    suggestion: str
    tried: tuple[str, ...]


class Instruction(Frozen):
    """Free words, for image edit models that read prose."""

    text: CleanText = Field(min_length=3, max_length=600)


class Remedies(Frozen):
    """Corrections of the vocabulary, for painters that understand it."""

    remedies: tuple[Remedy, ...] = Field(min_length=1, max_length=6)


class ChatEdit:
    """The paper's agent: a chat model. ``vocabulary``: the corrections that the painter understands; none where it
    reads prose."""

    def __init__(self, model: Model, *, vocabulary: Collection[Correction] = ()) -> None:
        phrases = [_phrase(correction) for correction in Correction if correction in vocabulary]
        output: type[Instruction] | type[Remedies] = Remedies if vocabulary else Instruction
        self._agent: Instance[_EditTask, Instruction | Remedies] = instance(
            ROLE, model, output, {"vocabulary": phrases}, _repeated, _form(vocabulary) if vocabulary else None
        )
        self.fingerprint = f"{self._agent.fingerprint} {'; '.join(phrases) or 'free'}"

    async def instruct(self, finding: ImageFinding, board: Board, tried: Sequence[Corrections] = ()) -> Corrections:
        """Ask the model; raises as ``instance.ask`` does."""
        words = tuple(instruction(one) for one in tried)
        task = _EditTask(board=board, defects=finding.defects, suggestion=finding.suggestion, tried=words)
        answer = await ask(self._agent, ["Write the instruction.", fence(ROLE, task)], task)
        return _asked(answer.output)


class DirectEdit:
    """Without a model: the finding's remedies as they are, all at once; then, where that did not help, one after the
    other.

    What has only to be drawn again is asked for first and alone, because it changes nothing else.
    """

    fingerprint = "direct-3"

    async def instruct(self, finding: ImageFinding, board: Board, tried: Sequence[Corrections] = ()) -> Corrections:
        """The first corrections that were not tried; none for a finding that names no remedy, because repeating it
        would paint the same again."""
        again = tuple(remedy for remedy in finding.remedies if remedy.correction is Correction.AGAIN)
        options = (again, finding.remedies, *((remedy,) for remedy in finding.remedies))
        return next((option for option in options if option and option not in tried), ())


def _phrase(correction: Correction) -> str:
    choices = f" ({', '.join(CHOICES[correction])})" if correction in CHOICES else ""
    return f"{correction.value}: {correction.form.replace('{}', '...')}{choices}"


def _form(vocabulary: Collection[Correction]) -> type[Remedies]:
    """The painter's corrections, each with the thing that it needs; "draw again" is no instruction of its own."""
    known = [one for one in Correction if one in vocabulary]
    useful = [one for one in known if one != Correction.AGAIN] or known
    named = [one.value for one in useful if one.names and one not in CHOICES]
    alone = [one.value for one in useful if not one.names]
    kinds = [fields(correction=one_of(named), thing=text(2, THING))] if named else []
    kinds += [fields(correction=one_of([one.value]), thing=one_of(CHOICES[one])) for one in useful if one in CHOICES]
    kinds += [fields(correction=one_of(alone))] if alone else []
    return form(Remedies, fields(remedies=items({"anyOf": kinds}, 1, 6)))


def _asked(answer: Instruction | Remedies) -> Corrections:
    return (
        (Remedy(correction=Correction.WORDS, thing=answer.text),)
        if isinstance(answer, Instruction)
        else answer.remedies
    )


def _repeated(answer: Instruction | Remedies, task: _EditTask) -> Sequence[str]:
    if isinstance(answer, Remedies) and all(remedy.correction is Correction.AGAIN for remedy in answer.remedies):
        return ["To draw the same again gives the same picture; say what to change."]
    tried = instruction(_asked(answer)) in task.tried
    return ["This instruction was tried and did not help; write a different one."] if tried else []
