"""What feedback and rollback kept: recorded with all its attempts, and the step to which a person may pin a picture or
clip of their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel

from personavlog.feedback.attempts import Corrected
from personavlog.production.production import Production
from personavlog.steps import StepName

T = TypeVar("T", bound=BaseModel)


async def keep(production: Production, part: StepName, corrected: Corrected[T, Any, Any], returns: type[T]) -> T:
    """Record the attempts of ``part`` ("keyframe/3", "clip/3") and return what was kept, or what a person put in its
    place."""
    production.engine.emit(part.part.value, name=str(part), corrected=corrected)

    async def best() -> T:
        return corrected.result

    return await production.think(part, best, uses="keep", fingerprint="", returns=returns, best=corrected.result)


def tell_notes(production: Production, part: StepName, notes: Iterable[str]) -> None:
    """Emit a note for everything that could not be followed in a shot, and that this part of it is final."""
    for note in notes:
        production.note(note, shot=production.place(part.shot or 0))
    production.finished(part)
