"""The seg agent A_2: the story cut into storyboards with the character's behaviour (Eq. 2)."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic_ai.models import Model

from personavlog.agents.instance import Instance, instance
from personavlog.agents.loop import WriterPair, reviewer
from personavlog.agents.shapes import counted, form, inside, text
from personavlog.backbones.drafts import Storyboards
from personavlog.backbones.tasks import SegTask


def generator(model: Model, task: SegTask) -> Instance[SegTask, Storyboards]:
    """G_2."""
    schema = counted(Storyboards, task.shots, "boards")
    for named in ("props", "holds", "company"):
        inside(schema, "boards", "[]", named)["items"] = text(2, 60)
    asked = form(Storyboards, schema)
    return instance("seg.generate", model, Storyboards, {"shots": task.shots}, complaints, asked)


def pair(writer: Model, reader: Model | None, task: SegTask) -> WriterPair[SegTask, Storyboards]:
    """G_2 and R_2."""
    return WriterPair(generator(writer, task), reviewer("seg", reader, task.shots))


def complaints(draft: Storyboards, task: SegTask) -> Sequence[str]:
    """One board per shot, and no action twice."""
    actions = [board.action.casefold() for board in draft.boards]
    found = []
    if len(actions) != task.shots:
        found.append(f"There are {len(actions)} boards; write exactly {task.shots}.")
    if len(set(actions)) != len(actions):
        found.append("Two boards show the same action; every board must show a different one.")
    return found
