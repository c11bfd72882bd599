"""The music agent A_5: emotions, instruments, style and tempo of the background music (Eq. 5)."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic_ai.models import Model

from personavlog.agents.instance import Instance, instance
from personavlog.agents.loop import WriterPair, reviewer
from personavlog.backbones.tasks import MusicTask
from personavlog.script import MusicDescription


def generator(model: Model, task: MusicTask) -> Instance[MusicTask, MusicDescription]:
    """G_5."""
    return instance("music.generate", model, MusicDescription, {}, complaints)


def pair(writer: Model, reader: Model | None, task: MusicTask) -> WriterPair[MusicTask, MusicDescription]:
    """G_5 and R_5."""
    return WriterPair(generator(writer, task), reviewer("music", reader))


def complaints(draft: MusicDescription, task: MusicTask) -> Sequence[str]:
    """No instrument twice."""
    named = [instrument.casefold() for instrument in draft.instruments]
    return [] if len(set(named)) == len(named) else ["An instrument is named twice."]
