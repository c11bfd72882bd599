"""The whole script by one prompt, without agents: what they are measured against (the first row of Table 2).

Nobody reviews it and no check sends it back; its answer has to fit its form and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence

from pydantic_ai.models import Model

from personavlog.agents.instance import Instance, instance
from personavlog.agents.loop import WriterPair
from personavlog.agents.mono import max_words
from personavlog.agents.shapes import Schema, counted, form, inside
from personavlog.backbones.tasks import StoryTask
from personavlog.languages import LANGUAGES
from personavlog.script import Script

ROLE = "whole.generate"


def pair(writer: Model, task: StoryTask) -> WriterPair[StoryTask, Script]:
    """The writer alone."""
    return WriterPair(generator(writer, task), None)


def generator(model: Model, task: StoryTask) -> Instance[StoryTask, Script]:
    """The one prompt; it sees the stylised reference."""
    words = {
        "shots": task.shots,
        "length": task.length,
        "language": task.language,
        "max_words": max_words(task.length / task.shots, task.language),
        "unit": LANGUAGES[task.language].unit,
    }
    return instance(ROLE, model, Script, words, complaints, form(Script, _schema(task.shots)))


def _schema(shots: int) -> Schema:
    schema = counted(Script, shots, "story", "beats")
    for part in ("boards", "videos", "monologues"):
        inside(schema, part).update(minItems=shots, maxItems=shots)
    return schema


def complaints(script: Script, task: StoryTask) -> Sequence[str]:
    """One beat and one board per shot; the record itself holds the other lists to the boards."""
    counts = {"beats": len(script.story.beats), "boards": len(script.boards)}
    return [
        f"There are {count} {name}; write exactly {task.shots}, one per shot."
        for name, count in counts.items()
        if count != task.shots
    ]
