"""What a published measure gives: the number, what it is, and what it was taken from."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from personavlog.metrics.score import Score


class Definition(BaseModel):
    """A measure's name, unit and range; ``low`` and ``high`` are None where the definition has no bound."""

    model_config = ConfigDict(frozen=True)

    name: str
    source: str
    unit: str = ""
    low: float | None = 0.0
    high: float | None = 1.0


class Measured(BaseModel):
    """``value`` is None, never 0, where nothing could be measured; ``note`` then says why.

    ``per_frame`` are the parts that the value is made of, one per frame or per pair of frames, in the unit of ``unit``;
    ``coverage`` is the share of them that could be measured.
    """

    model_config = ConfigDict(frozen=True)

    definition: Definition
    value: float | None
    per_frame: tuple[float, ...] = ()
    coverage: float = Field(default=1.0, ge=0, le=1)
    note: str = ""

    def score(self, tolerance: float = 0.0) -> Score:
        """The number as the feedback loops compare it; ``tolerance`` is its noise."""
        return Score(
            name=self.definition.name, value=self.value, unit=self.definition.unit, tolerance=tolerance, note=self.note
        )


def unmeasured(definition: Definition, why: str) -> Measured:
    """No number, and why."""
    return Measured(definition=definition, value=None, coverage=0.0, note=why)


NOT_FINITE = "a network gave no finite number; its weights may be damaged"


def finite(parts: Sequence[float]) -> bool:
    """Whether every part is a number; one NaN makes a mean worthless, and VBench's comparisons would turn it into a 0
    without a word."""
    return all(map(math.isfinite, parts))


def mean_of(definition: Definition, parts: Sequence[float], scale: float = 1.0) -> Measured:
    """The mean of the parts, divided by ``scale``; no number where there are none, or where one is not finite."""
    if not parts or not finite(parts):
        return unmeasured(definition, NOT_FINITE if parts else "nothing to measure")
    return Measured(definition=definition, value=sum(parts) / len(parts) / scale, per_frame=tuple(parts))
