"""Where a film plays: settings give place, light and sound, and nothing else; what the theme names comes first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal, TypeVar

from pydantic import Field, field_validator

from personavlog.frozen import Frozen
from personavlog.metrics.text import relevance
from personavlog.script import TimeOfDay, Weather
from personavlog_embedded import data
from personavlog_embedded.writing.plain.activities import Activity, Kind
from personavlog_embedded.writing.plain.fitting import fitted
from personavlog_embedded.writing.plain.kinds import preposition
from personavlog_embedded.writing.plain.paintable import scenery
from personavlog_embedded.writing.plain.theme import Theme, Thing

AnyT = TypeVar("AnyT")
FAMILIES = ("home", "city", "culture", "travel", "nature", "surreal")
"""The settings' files; music is chosen by them."""
NEAR = 0.3
"""From this relevance on a setting is what a place's name means."""
SPOTS = 4
"""So many spots a frame's film has at most."""
MANY = 4
"""A frame with more places than this is at home in all of them."""
_PREPOSITION = re.compile(r"^(in front of|on|in|at|by|under|beside|inside|between|along|among|above) ")
_STAYING = frozenset(("in", "on", "at", "under", "by", "inside", "above", "beside"))
_ARTICLE = re.compile(r"^(an?|the) ", re.IGNORECASE)
_ABOARD = frozenset(("train", "spaceship", "submarine", "airport", "halt"))
"""Frames that begin in one of these happen in the vehicle that the theme names."""
_ANYWHERE = (("a quiet corner of {x}", "{x}的一角"), ("the far end of {x}", "{x}的尽头"))
_AROUND: Mapping[Kind | None, tuple[tuple[str, str], ...]] = {
    Kind.BUILDING: (("the entrance of {x}", "{x}门口"), ("a corner of {x}", "{x}一角"), ("a window in {x}", "{x}窗边")),
    Kind.LANDSCAPE: (
        ("the edge of {x}", "{x}边上"),
        ("a quiet spot in {x}", "{x}深处"),
        ("a path by {x}", "{x}旁的小路"),
    ),
    Kind.SKY: (("a quiet spot on {x}", "{x}上的一角"), ("the far side of {x}", "{x}的另一边")),
    Kind.VEHICLE: (("a window seat in {x}", "{x}靠窗的座位"), ("the door of {x}", "{x}门口")),
}


class Spot(Frozen):
    """A place as a board names it ("a small kitchen") and in Chinese; ``before`` says how one is there."""

    noun: str
    before: str = "in"
    chinese: str = ""
    short: str = ""

    @property
    def the(self) -> str:
        """ "the small kitchen"; a lighthouse on the moon is "the lighthouse" in sentences."""
        low = self.short or self.noun
        return f"the {low[len(found[0]) :]}" if (found := _ARTICLE.match(low)) else low


class Setting(Frozen):
    """A part of the world with its light, sound and places. ``words`` are names of it."""

    name: str
    chinese: str = Field(alias="zh")
    about: str
    words: tuple[str, ...] = Field(min_length=1)
    kind: Literal["real", "surreal"] = "real"
    family: str = ""
    light: str
    sound: str
    details: tuple[str, ...] = Field(min_length=2)
    near: tuple[str, ...]
    places: tuple[Spot, ...] = Field(min_length=5)
    times: tuple[TimeOfDay, ...] = tuple(TimeOfDay)
    weathers: tuple[Weather, ...] = (Weather.CLEAR, Weather.CLOUD)

    @field_validator("places", mode="before")
    @classmethod
    def _split(cls, rows: list[str]) -> list[dict[str, str]]:
        cells = (row.split("|") for row in rows)
        return [{**_placed(phrase), "chinese": chinese} for phrase, chinese, _ in cells]


def _placed(phrase: str) -> dict[str, str]:
    """A spot's noun, and the preposition that stands before it in the data."""
    found = _PREPOSITION.match(phrase)
    return {"noun": _PREPOSITION.sub("", phrase), "before": found[1] if found else "in"}


@cache
def settings() -> tuple[Setting, ...]:
    """Every setting, by family."""
    return tuple(
        Setting.model_validate({**row, "family": family})
        for family in FAMILIES
        for row in data.read_toml("library", f"settings_{family}.toml")["setting"]
    )


@cache
def _by_key() -> dict[str, list[tuple[Setting, Spot]]]:
    found: dict[str, list[tuple[Setting, Spot]]] = {}
    for setting in settings():
        for spot in setting.places:
            found.setdefault(scenery(spot.noun).key, []).append((setting, spot))
    return found


@cache
def _grounds() -> dict[str, tuple[str, str, str]]:
    table = data.read_toml("library", "grounds.toml")
    return data.checked(dict[str, tuple[str, str, str]], table, "library/grounds.toml")


@cache
def spots_of(key: str) -> tuple[Spot, ...]:
    """A painted place by its own name, then the spots of its setting that the same picture shows."""
    noun, chinese, setting = _grounds()[key]
    found = (spot for one, spot in _by_key().get(key, []) if one.name == setting)
    around = (spot for spot in found if _ARTICLE.match(spot.noun))
    return (Spot(chinese=chinese, **_placed(noun)), *around)


def film_spots(theme: Theme, frame: Activity, turn: int) -> tuple[Spot, ...]:
    """The spots of a frame's part of the film, the main one first; ``turn`` changes what lies around it."""
    main, kind = _own(theme, frame)
    if main is None:
        return _given(theme, frame, turn)
    head = main.the.rsplit(" ", 1)[-1]
    around = [_beside(main, *ways) for ways in _AROUND.get(kind, _ANYWHERE) if head not in ways[0]]
    here = {"before": main.before, "short": main.the}
    near = [spot.model_copy(update=here) for spot in _known_around(main) if _ARTICLE.match(spot.noun)]
    return (main, *_turned(near if len(near) >= SPOTS - 1 else around, turn))[:SPOTS]


def _known_around(main: Spot) -> tuple[Spot, ...]:
    """The spots of the setting that has this place's name among its own; none for a place that stands in no setting."""
    name = _ARTICLE.sub("", main.the)
    return next((one.places for one in settings() if one.kind == "real" and name in one.words), ())


def _beside(main: Spot, english: str, chinese: str) -> Spot:
    said = chinese.format(x=main.chinese) if main.chinese else ""
    return Spot(noun=english.format(x=main.the), before=main.before, chinese=said, short=main.the)


def _own(theme: Theme, frame: Activity) -> tuple[Spot | None, Kind | None]:
    """The theme's own place and its kind; a building that stands somewhere: a lighthouse on the moon."""
    place, thing = theme.place, fitted(theme, frame).object
    if thing is not None and thing.kind in (Kind.BUILDING, Kind.LANDSCAPE) and thing != place:
        where = f" {place.before or 'in'} {_named(place)}" if place is not None else ""
        spot = Spot(noun=f"{thing.one}{where}", chinese=_within(place, thing), short=thing.one)
        return spot.model_copy(update={"before": preposition(thing.head)}), thing.kind
    if place is None and thing is not None and thing.kind is Kind.VEHICLE and frame.places[0] in _ABOARD:
        return Spot(noun=thing.one, before="on", chinese=thing.chinese), Kind.VEHICLE
    if place is None or place.named:
        return None, None
    how = place.before if place.before in _STAYING else preposition(place.head)
    return Spot(noun=place.the, before=how, chinese=place.chinese), place.kind


def _named(place: Thing) -> str:
    return place.the


def _within(place: Thing | None, thing: Thing) -> str:
    if not thing.chinese:
        return ""
    return f"{place.chinese}的{thing.chinese}" if place is not None and place.chinese else thing.chinese


def _given(theme: Theme, frame: Activity, turn: int) -> tuple[Spot, ...]:
    """The frame's places; in a town that the theme names they are that town's."""
    town = theme.place if theme.place is not None and theme.place.named else None
    keys = _turned(frame.places, turn) if len(frame.places) > MANY else frame.places
    first, *rest = [spots_of(key) for key in keys]
    mixed = [first[0], *_turned(first[1:], turn)[:2], *(spots[0] for spots in rest)]
    if town is None:
        return tuple(dict.fromkeys(mixed))[:SPOTS]
    return tuple(
        Spot(
            noun=f"{spot.noun} in {town.english}",
            before=spot.before,
            chinese=f"{town.chinese}{spot.chinese}" if town.chinese else "",
            short=spot.noun,
        )
        for spot in dict.fromkeys(mixed)
    )[:SPOTS]


def _turned(spots: Sequence[AnyT], turn: int) -> list[AnyT]:
    at = turn % len(spots) if spots else 0
    return [*spots[at:], *spots[:at]]


@cache
def setting_of(place: str) -> Setting:
    """The setting of a board's place: the one that has it, else the one that a name in it calls, else the nearest in
    meaning."""
    low = _ARTICLE.sub("", place.lower())
    for setting in settings():
        if any(_ARTICLE.sub("", spot.noun.lower()) in low for spot in setting.places):
            return setting
    named = [(len(word), setting) for setting in settings() for word in setting.words if _has(low, word)]
    if named:
        return max(named, key=lambda row: row[0])[1]
    marks = relevance([low], [setting.about for setting in settings()])[0]
    return settings()[int(marks.argmax())]


def _has(text: str, word: str) -> bool:
    return re.search(rf"\b{re.escape(word)}\b", text) is not None


def chinese_of(noun: str) -> str:
    """A place's noun in Chinese; empty for one that no setting has."""
    low = noun.lower()
    known = {spot.noun.lower(): spot.chinese for setting in settings() for spot in setting.places}
    return known.get(low) or {_placed(row[0])["noun"]: row[1] for row in _grounds().values()}.get(low, "")


def spot_of(noun: str, theme: Theme, frame: Activity) -> Spot:
    """The frame's spot with this noun, else one with nothing but it."""
    near = (spot for turn in range(SPOTS) for spot in film_spots(theme, frame, turn))
    return next((spot for spot in near if spot.noun == noun), Spot(noun=noun, chinese=chinese_of(noun)))
