"""A measured number with its name; what FRM compares and every table prints."""

from __future__ import annotations

from pydantic import Field

from personavlog.frozen import Frozen


class Score(Frozen):
    """One number, higher is better. ``name`` carries the definition ("proxy.*" are our own stand-ins, not published
    measures).

    ``value`` is None, never 0, where nothing could be measured; ``tolerance`` is the measure's noise, in the unit of
    ``value``.
    """

    name: str
    value: float | None
    unit: str = ""
    tolerance: float = Field(default=0.0, ge=0)
    note: str = ""
    enough: float | None = Field(
        default=None, description="From here on a thing is sound: the rule `measured` sees no difference above it"
    )
    paper: bool = Field(
        default=True, description="One of the paper's measures or its stand-in; the rule `paper` looks at no others"
    )
