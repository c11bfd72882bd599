"""The edit agent A_edit: a finding turned into one precise instruction for the image edit model (Eq. 8)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from pydantic import BaseModel, Field
from pydantic_ai.models import Model

from personavlog.agents.instance import Instance, ask, instance
from personavlog.agents.shapes import fields, form, items, one_of, text
from personavlog.backbones.corrections import Correction, Remedy
from personavlog.backbones.findings import Defect, ImageFinding
from personavlog.backbones.tasks import fence
from personavlog.brief import CleanText
from personavlog.frozen import Frozen
from personavlog.script import Board

ROLE = "edit.instruct"
SEPARATOR = "; "


class EditAgent(Protocol):
    """A_edit. An empty instruction says that nothing is left to try."""

    @property
    def fingerprint(self) -> str:
        """Who instructs, for cache keys and the record."""
        ...

    async def instruct(self, finding: ImageFinding, board: Board, tried: Sequence[str] = ()) -> str:
        """The next instruction; ``tried`` are those that did not improve the picture."""
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
    """Fixed phrases, for image edit models that read no prose."""

    remedies: tuple[Remedy, ...] = Field(min_length=1, max_length=6)


class ChatEdit:
    """The paper's agent: a chat model. ``vocabulary``: the phrases that the painter understands; none where it reads
    prose."""

    def __init__(self, model: Model, *, vocabulary: Collection[Correction] = ()) -> None:
        phrases = [correction.form.replace("{}", "...") for correction in Correction if correction in vocabulary]
        output: type[Instruction] | type[Remedies] = Remedies if vocabulary else Instruction
        self._agent: Instance[_EditTask, Instruction | Remedies] = instance(
            ROLE, model, output, {"vocabulary": phrases}, _repeated, _form(vocabulary) if vocabulary else None
        )
        self.fingerprint = f"{self._agent.fingerprint} {'; '.join(phrases) or 'free'}"

    async def instruct(self, finding: ImageFinding, board: Board, tried: Sequence[str] = ()) -> str:
        """Ask the model; raises as ``instance.ask`` does."""
        task = _EditTask(board=board, defects=finding.defects, suggestion=finding.suggestion, tried=tuple(tried))
        answer = await ask(self._agent, ["Write the instruction.", fence(ROLE, task)], task)
        return _words(answer.output)


class DirectEdit:
    """Without a model: the finding's remedies as they are, all at once; then, where that did not help, one after the
    other.

    What has only to be drawn again is asked for first and alone, because it changes nothing else.
    """

    fingerprint = "direct-2"

    async def instruct(self, finding: ImageFinding, board: Board, tried: Sequence[str] = ()) -> str:
        """The first instruction that was not tried; empty for a finding that names no remedy, because repeating it
        would paint the same again."""
        phrases = [remedy.text for remedy in finding.remedies]
        again = [remedy.text for remedy in finding.remedies if remedy.correction is Correction.AGAIN]
        options = (SEPARATOR.join(again), SEPARATOR.join(phrases), *phrases)
        return next((option for option in options if option and option not in tried), "")


def _form(vocabulary: Collection[Correction]) -> type[Remedies]:
    """The painter's phrases, each with the thing that it needs; "draw again" is no instruction of its own."""
    known = [one for one in Correction if one in vocabulary]
    useful = [one for one in known if one != Correction.AGAIN] or known
    naming, alone = ([one.value for one in useful if ("{}" in one.form) is needs] for needs in (True, False))
    kinds = [fields(correction=one_of(naming), thing=text(2, 120))] if naming else []
    kinds += [fields(correction=one_of(alone))] if alone else []
    return form(Remedies, fields(remedies=items({"anyOf": kinds}, 1, 6)))


def _words(answer: Instruction | Remedies) -> str:
    return answer.text if isinstance(answer, Instruction) else SEPARATOR.join(remedy.text for remedy in answer.remedies)


def _repeated(answer: Instruction | Remedies, task: _EditTask) -> Sequence[str]:
    if isinstance(answer, Remedies) and all(remedy.correction is Correction.AGAIN for remedy in answer.remedies):
        return ["To draw the same again gives the same picture; say what to change."]
    return (
        ["This instruction was tried and did not help; write a different one."] if _words(answer) in task.tried else []
    )
