"""The story agent A_1: who the film is about and what happens to them (Eq. 1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic_ai.models import Model

from personavlog.agents.checks import story_checks
from personavlog.agents.instance import Instance, instance
from personavlog.agents.loop import WriterPair
from personavlog.agents.reviewing import reviewer
from personavlog.agents.shapes import Schema, counted, fields, form, inside, items, one_of, text
from personavlog.backbones.drafts import LONGEST_READING, MOST_READINGS, ConsideredStory
from personavlog.backbones.tasks import StoryTask
from personavlog.script import StoryDraft

READINGS = 3
"""What a theme may be about, before one is chosen: room to think, in the answer itself, for models that have none of
their own. With a fixed number a choice that is held by the schema always names one of them."""
READING = 140
"""Characters of a reading: a sentence, short enough that a small model reaches the story."""


def generator(model: Model, task: StoryTask) -> Instance[StoryTask, ConsideredStory]:
    """G_1."""
    return instance(
        "story.generate",
        model,
        ConsideredStory,
        {"shots": task.shots, "length": task.length, "language": task.language, "readings": READINGS},
        complaints,
        form(ConsideredStory, _schema(task), _without_bad_thoughts),
    )


def _schema(task: StoryTask) -> Schema:
    """The readings and the choice stand before the story: what is written first can be thought about."""
    draft = counted(StoryDraft, task.shots, "story", "beats")
    inside(draft, "story", "beats", "[]", "place").update(text(2, 120))
    thought = {"readings": items(text(5, READING), READINGS, READINGS), "chosen": one_of(range(1, READINGS + 1))}
    return fields(**thought, **draft["properties"])


def _without_bad_thoughts(value: dict[str, Any]) -> dict[str, Any]:
    """The answer with thoughts that the record can hold: a story is not asked for again because of them."""
    readings, chosen = value.get("readings", []), value.get("chosen", 0)
    listed = [one for one in readings if isinstance(one, str)] if isinstance(readings, list | tuple) else []
    kept = [one[:LONGEST_READING] for one in listed[:MOST_READINGS]]
    named = isinstance(chosen, int) and 0 < chosen <= len(kept)
    return {**value, "readings": kept, "chosen": chosen if named else 0}


def pair(writer: Model, reader: Model | None, task: StoryTask) -> WriterPair[StoryTask, ConsideredStory]:
    """G_1 and R_1; both see the stylised reference. R_1 judges the draft, not what was thought before it."""
    judged = reviewer("story", reader, task.shots)
    return WriterPair(generator(writer, task), judged, story_checks, lambda draft: draft.story_draft)


def complaints(draft: StoryDraft, task: StoryTask) -> Sequence[str]:
    """One beat per shot, and no beat twice."""
    events = [beat.event.casefold() for beat in draft.story.beats]
    found = []
    if len(events) != task.shots:
        found.append(f"The story has {len(events)} beats; write exactly {task.shots}, one per shot.")
    if len(set(events)) != len(events):
        found.append("Two beats tell the same event; every beat must be different.")
    return found
