"""What there is of a part to look at: every take, and every attempt of a take that was corrected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from personavlog.studio.models import Attempt, CardState, Media, Part, PartName, Shot, Take

How = Literal["alone", "side", "wipe", "flip"]
HOW: tuple[How, ...] = get_args(How)
_URGENT = (CardState.FAILED, CardState.ROLLED_BACK, CardState.BELOW_FLOOR, CardState.STALE, CardState.CORRECTED)
_MAKES: dict[str, tuple[PartName, ...]] = {
    "keyframe": ("keyframe", "clip"),
    "clip": ("clip",),
    "voice": ("voice",),
    "board": ("keyframe", "clip"),
    "video": ("clip",),
    "line": ("voice",),
}
"""What another take of a part, or a change of a text, makes again; the film is cut again in any case."""


@dataclass(frozen=True)
class Version:
    """An attempt of a take, or a take without attempts; ``order`` tells the takes of a part apart, from 0, oldest
    first: two that were made from different texts may have one number. ``stands`` is what the film shows."""

    take: Take
    order: int
    attempt: Attempt | None = None

    @property
    def key(self) -> str:
        """How an address names it."""
        return f"{self.order}.{self.attempt.number if self.attempt else 0}"

    @property
    def label(self) -> str:
        """How people call it, counted from 1: "T2", and "T2.3" for its third attempt."""
        attempt = f".{self.attempt.number + 1}" if self.attempt and len(self.take.attempts) > 1 else ""
        return f"T{self.order + 1}{attempt}"

    @property
    def media(self) -> Media | None:
        """What is looked at or heard."""
        return self.attempt.media if self.attempt else self.take.media

    @property
    def stands(self) -> bool:
        """Whether it is the one that the film shows."""
        return self.take.stands and (self.attempt is None or self.attempt.stands)


@dataclass(frozen=True)
class Correction:
    """One step of feedback: what there was, what was made of it."""

    before: Version | None
    after: Version


@dataclass(frozen=True)
class Look:
    """A part as it is looked at: ``seen``, and ``against`` which other version; None where there is no version."""

    versions: tuple[Version, ...]
    seen: Version | None
    against: Version | None
    how: How

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """The corrections of the take that is seen, oldest first."""
        if self.seen is None:
            return ()
        mine = [version for version in self.versions if version.order == self.seen.order]
        return tuple(
            Correction(before_of(version, self.versions), version)
            for version in mine
            if version.attempt and version.attempt.number
        )

    @property
    def earlier(self) -> Version | None:
        """The version before the one that is seen."""
        return self._beside(-1)

    @property
    def later(self) -> Version | None:
        """The version after it."""
        return self._beside(1)

    def _beside(self, step: int) -> Version | None:
        place = self.versions.index(self.seen) + step if self.seen else -1
        return self.versions[place] if 0 <= place < len(self.versions) else None


@dataclass(frozen=True)
class Effect:
    """Which parts are made again; ``seconds`` and ``price`` (least and most, US dollars) None where nobody knows."""

    parts: tuple[PartName, ...]
    seconds: float | None
    price: tuple[float, float] | None


def versions_of(part: Part) -> tuple[Version, ...]:
    """Every take of a part, oldest first, with every attempt where it has some."""
    return tuple(
        version
        for order, take in enumerate(part.takes)
        for version in ([Version(take, order, attempt) for attempt in take.attempts] or [Version(take, order)])
    )


def part_to_show(shot: Shot, wanted: str) -> Part:
    """The part that was asked for, else the one that a person may want to look at first."""
    by_name: dict[str, Part] = {part.name: part for part in shot.parts}
    if wanted in by_name:
        return by_name[wanted]
    pictures = [part for part in shot.parts if part.name != "voice"]
    urgent = [part for state in _URGENT for part in pictures if part.state is state]
    made = [part for part in reversed(pictures) if part.media]
    return (*urgent, *made, *shot.parts)[0]


def look(part: Part, see: str, against: str, how: str) -> Look:
    """What an address asks to see; where it names nothing, the last correction beside what it was to mend."""
    versions = versions_of(part)
    named = {version.key: version for version in versions}
    seen = named.get(see) or _worth_seeing(versions)
    other = named.get(against) or (before_of(seen, versions) if seen else None)
    if other is None or other == seen:
        other = next((version for version in reversed(versions) if version != seen and version.media), None)
    fitting: How = next((one for one in HOW if one == how), "alone" if see or not _corrected(seen) else "side")
    shown = fitting if other and other.media and seen and seen.media and part.name != "voice" else "alone"
    return Look(versions, seen, other, shown)


def before_of(version: Version, versions: Sequence[Version]) -> Version | None:
    """The attempt of the same take that this one was compared with, else the first."""
    if version.attempt is None or version.attempt.number == 0:
        return None
    wanted = version.attempt.against or 0
    same = (one for one in versions if one.order == version.order and one.attempt)
    return next((one for one in same if one.attempt and one.attempt.number == wanted), None)


def effect(shot: Shot, changed: str) -> Effect:
    """What another take of a part, or a change of a text, makes again; a person's own files stay."""
    made = [part for part in shot.parts if part.name in _MAKES[changed] and not part.own_file]
    return Effect(
        tuple(part.name for part in made),
        _sum(part.work for part in made),
        _bounds([part.price for part in made]),
    )


def _worth_seeing(versions: Sequence[Version]) -> Version | None:
    """The last attempt of the take that stands, else its latest."""
    standing = [version for version in versions if version.take.stands and version.media]
    return next(reversed(standing or versions), None)


def _corrected(version: Version | None) -> bool:
    return bool(version and version.attempt and version.attempt.number)


def _sum(values: Iterable[float | None]) -> float | None:
    known = list(values)
    return None if None in known else sum(value for value in known if value is not None)


def _bounds(prices: Sequence[tuple[float, float] | None]) -> tuple[float, float] | None:
    known = [price for price in prices if price is not None]
    return (sum(low for low, _ in known), sum(high for _, high in known)) if len(known) == len(prices) else None
