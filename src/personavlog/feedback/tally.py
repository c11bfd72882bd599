"""How often FRM corrected, kept and rolled back, over all keyframes or clips of a film."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import Field

from personavlog.feedback.attempts import Corrected
from personavlog.frozen import Frozen


class Tally(Frozen):
    """``parts`` keyframes or clips: ``qualified`` at once, ``improved`` by a correction that was kept, the rest as
    first made although something was found.

    ``corrections`` attempts: ``kept``, ``rolled_back``, or ``failed`` because the backbone could not make them.
    """

    parts: int = Field(ge=0)
    qualified: int = Field(ge=0)
    improved: int = Field(ge=0)
    corrections: int = Field(ge=0)
    kept: int = Field(ge=0)
    rolled_back: int = Field(ge=0)
    failed: int = Field(ge=0)

    @property
    def acceptance(self) -> float | None:
        """Share of the corrections made that were kept, 0 to 1; None where none was made."""
        return self.kept / self.made if self.made else None

    @property
    def rollback(self) -> float | None:
        """Share of the corrections made that were rolled back, 0 to 1; None where none was made."""
        return self.rolled_back / self.made if self.made else None

    @property
    def made(self) -> int:
        """Corrections that were made and compared."""
        return self.kept + self.rolled_back


def tally(loops: Iterable[Corrected[Any, Any, Any]]) -> Tally:
    """Count all attempts of these loops."""
    known = tuple(loops)
    later = [attempt for loop in known for attempt in loop.attempts[1:]]
    kept = sum(attempt.decision is not None and attempt.decision.keep for attempt in later)
    failed = sum(bool(attempt.failure) for attempt in later)
    return Tally(
        parts=len(known),
        qualified=sum(loop.attempts[0].finding is None for loop in known),
        improved=sum(loop.kept > 0 for loop in known),
        corrections=len(later),
        kept=kept,
        rolled_back=len(later) - kept - failed,
        failed=failed,
    )
