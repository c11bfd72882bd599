"""The music agent A_5: emotions, instruments, style and tempo of the background music (Eq. 5)."""

from __future__ import annotations

from typing import Any

from pydantic_ai.models import Model

from personavlog.agents.instance import Instance, instance
from personavlog.agents.loop import WriterPair
from personavlog.agents.reviewing import reviewer
from personavlog.agents.shapes import form, inside, plain, text, without_doubles
from personavlog.backbones.tasks import MusicTask
from personavlog.script import MusicDescription


def generator(model: Model, task: MusicTask) -> Instance[MusicTask, MusicDescription]:
    """G_5."""
    schema = plain(MusicDescription)
    inside(schema, "emotions")["items"] = inside(schema, "instruments")["items"] = text(3, 40)
    return instance("music.generate", model, MusicDescription, {}, None, form(MusicDescription, schema, _once))


def pair(writer: Model, reader: Model | None, task: MusicTask) -> WriterPair[MusicTask, MusicDescription]:
    """G_5 and R_5."""
    return WriterPair(generator(writer, task), reviewer("music", reader, 1))


def _once(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer with nothing named twice: that can be read in one way only."""
    lists = {name: answer[name] for name in ("emotions", "instruments") if isinstance(answer.get(name), list)}
    return answer | {name: without_doubles(values) for name, values in lists.items()}
