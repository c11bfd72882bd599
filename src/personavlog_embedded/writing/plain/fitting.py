"""What of a theme a frame is done to: its object where that fits, else another thing that the theme names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from personavlog_embedded.writing.plain.activities import Activity, Kind
from personavlog_embedded.writing.plain.theme import Theme, Thing

_COMPANY = frozenset((Kind.PERSON, Kind.ANIMAL, Kind.CREATURE))
_PLACES = frozenset((Kind.BUILDING, Kind.LANDSCAPE, Kind.SKY))


@lru_cache(maxsize=1024)
def fitted(theme: Theme, frame: Activity) -> Theme:
    """The theme as the frame tells it: its object is the thing that the frame is done to, and a companion who is that
    thing is not named twice. A frame without an object, or one that fits nothing, leaves it as it is."""
    thing = fitting(theme, frame)
    if thing is None:
        return theme
    twice = theme.companion is not None and theme.companion.english == thing.english
    return theme.model_copy(update={"object": thing, **({"companion": None} if twice else {})})


def fitting(theme: Theme, frame: Activity) -> Thing | None:
    """The thing of a kind that the frame takes; None where the theme names none, or the frame needs none. Who is
    absent cannot be looked at as a thing can."""
    if not frame.kinds:
        return None
    away = theme.companion if theme.apart and Kind.OBJECT in frame.kinds and Kind.PERSON in frame.kinds else None
    own = [one for one in _named(theme) if away is None or one.english != away.english]
    near = (one for one in own if one.kind in frame.kinds)
    also = (one for one in own if one is theme.object and one.also & frame.kinds)
    unknown = (one for one in own if one is theme.object and one.kind is None and not one.also)
    return next(near, None) or next(also, None) or next(unknown, None)


def _named(theme: Theme) -> Iterator[Thing]:
    """The theme's things, the most telling first."""
    if theme.object is not None:
        yield theme.object
    if theme.companion is not None and theme.companion.kind in _COMPANY and not theme.apart:
        yield theme.companion
    if theme.place is not None and theme.place.kind in _PLACES:
        yield theme.place
    if theme.role is not None and theme.role.many and theme.role.before != "as":
        yield theme.role
    yield from (one for one in theme.others if one.kind is not None)
