"""The story agent A_1: who the film is about and what happens to them (Eq. 1)."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic_ai.models import Model

from personavlog.agents.instance import Instance, instance
from personavlog.agents.loop import WriterPair, reviewer
from personavlog.agents.shapes import counted, form, inside, text
from personavlog.backbones.tasks import StoryTask
from personavlog.script import StoryDraft


def generator(model: Model, task: StoryTask) -> Instance[StoryTask, StoryDraft]:
    """G_1."""
    schema = counted(StoryDraft, task.shots, "story", "beats")
    inside(schema, "story", "beats", "[]", "place").update(text(2, 120))
    return instance(
        "story.generate",
        model,
        StoryDraft,
        {"shots": task.shots, "length": task.length, "language": task.language},
        complaints,
        form(StoryDraft, schema),
    )


def pair(writer: Model, reader: Model | None, task: StoryTask) -> WriterPair[StoryTask, StoryDraft]:
    """G_1 and R_1; both see the stylised reference."""
    return WriterPair(generator(writer, task), reviewer("story", reader, task.shots))


def complaints(draft: StoryDraft, task: StoryTask) -> Sequence[str]:
    """One beat per shot, and no beat twice."""
    events = [beat.event.casefold() for beat in draft.story.beats]
    found = []
    if len(events) != task.shots:
        found.append(f"The story has {len(events)} beats; write exactly {task.shots}, one per shot.")
    if len(set(events)) != len(events):
        found.append("Two beats tell the same event; every beat must be different.")
    return found
