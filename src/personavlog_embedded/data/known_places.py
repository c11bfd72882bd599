"""Place words that people and the planner use, by the painted place that answers them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated

from pydantic import Field

from personavlog.frozen import Frozen
from personavlog_embedded import data

Noun = Annotated[str, Field(pattern=r"^\S(.*\S)?$", max_length=80)]


class KnownPlace(Frozen):
    """What one painted place answers: ``shows`` ("is" in the file) are words that it shows, ``stands_in`` words for
    which it is only the least wrong one."""

    shows: tuple[Noun, ...] = Field(default=(), alias="is")
    stands_in: tuple[Noun, ...] = ()


@cache
def known_places() -> Mapping[str, KnownPlace]:
    """The table by the painted place's key; raises ``ConfigurationError`` for one that does not fit."""
    return data.read_sheet(dict[str, KnownPlace], "known_places")
