"""The numbers of an estimate: spans, stages, a film."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from pydantic import Field

from personavlog.frozen import Frozen


class EstimateStage(StrEnum):
    """What money and time are told by; the value is the title."""

    SCRIPT = "script"
    PICTURES = "pictures"
    CLIPS = "clips"
    SPEECH = "speech"
    MUSIC = "music"
    MEASURING = "measuring"


class Span(Frozen):
    """From ``low`` to ``high``, US dollars or seconds; ``high`` None: nobody knows, and ``low`` is only what is known
    of it."""

    low: float = Field(default=0.0, ge=0)
    high: float | None = Field(default=0.0, ge=0)

    @property
    def known(self) -> bool:
        """Whether there is an upper bound."""
        return self.high is not None

    def __add__(self, other: Span) -> Span:
        high = None if self.high is None or other.high is None else self.high + other.high
        return Span(low=self.low + other.low, high=high)

    def times(self, fewest: float, most: float) -> Span:
        """Of ``fewest`` to ``most`` calls that each take this; no call at all is nothing, known or not."""
        high = 0.0 if most == 0 else None if self.high is None else self.high * most
        return Span(low=self.low * fewest, high=high)


UNKNOWN = Span(low=0.0, high=None)


def total(spans: Iterable[Span]) -> Span:
    """All together."""
    return sum(spans, Span())


class StageEstimate(Frozen):
    """One stage. ``calls`` from and to; ``money`` in US dollars and ``seconds``; ``prices`` say where prices are from,
    ``unknown`` why something is not known, a sentence each."""

    stage: EstimateStage
    backbone: str
    calls: tuple[int, int]
    money: Span
    seconds: Span
    prices: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


class FilmEstimate(Frozen):
    """One film; ``wall`` is how long it takes: low where everything that can runs beside the rest, high where one
    waits for the other."""

    profile: str
    shots: int
    length: float
    stages: tuple[StageEstimate, ...]
    wall: Span

    @property
    def money(self) -> Span:
        """All stages together, US dollars."""
        return total(one.money for one in self.stages)

    @property
    def is_free(self) -> bool:
        """Whether it is known to cost nothing."""
        return self.money == Span()

    @property
    def without_price(self) -> tuple[EstimateStage, ...]:
        """The stages in which something has no known price."""
        return tuple(one.stage for one in self.stages if not one.money.known)

    @property
    def line(self) -> str:
        """Money and time in one line."""
        return f"{money_words(self.money, self.without_price)}, {time_words(self.wall)}"


def money_words(money: Span, without: Iterable[EstimateStage] = ()) -> str:
    """Such as "$1.20 to $4.50", or "at least $1.20, and of unknown price: clips"."""
    missing = ", ".join(without)
    if money.high is None:
        known = f"at least ${money.low:.2f}" if money.low else ""
        unknown = f"of unknown price: {missing}" if missing else "of unknown price"
        return f"{known}, and {unknown}" if known else unknown
    if money.high == 0:
        return "nothing"
    low, high = f"${money.low:.2f}", f"${money.high:.2f}"
    return high if low == high else f"{low} to {high}"


def time_words(seconds: Span) -> str:
    """Such as "3 min to 12 min", or "at least 3 min"."""
    if seconds.high is None:
        return f"at least {_duration(seconds.low)}" if seconds.low else "an unknown time"
    low, high = _duration(seconds.low), _duration(seconds.high)
    return high if low == high else f"{low} to {high}"


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
