"""The story library: settings, plots, beats and voices, read from ``data/library`` and validated when first
used."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from personavlog.script import Emotion, TimeOfDay, Weather
from personavlog_embedded import data

Role = Literal[
    "arrival",
    "first look",
    "routine",
    "help",
    "discovery",
    "obstacle",
    "attempt",
    "turn",
    "celebration",
    "reflection",
    "ending",
]
SLOTS = ("s", "S", "AS", "c", "C", "mc", "Mc", "w", "W", "doing", "keep", "it", "It", "prop", "place", "Aplace", "time")
"""subject, companion, the companion in the first person, where, the activity, what the discovery brought; capitals give
title case."""
_SLOT = re.compile(r"\{(\w+)\}")
_UNLESS = "".join(rf"(?<!\b{word} )" for word in ("the", "a", "my", "first", "last", "only", "see", "no"))
_ALONE = re.compile(rf"((?:^|[\s:(]){_UNLESS}(?<!, ))(\{{s\}})(?![\-\w])", re.IGNORECASE)
_OPTION = re.compile(r"\[([^\]]*)\]")


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class StoryPlace(_Entry):
    """One spot of a setting: ``phrase`` with its preposition, ``noun`` as a board shows it, ``tags`` what can be done
    there."""

    phrase: str
    chinese: str
    tags: frozenset[str] = Field(min_length=2)

    @property
    def noun(self) -> str:
        """The noun phrase: "a seaside promenade"."""
        return re.sub(r"^(in front of|on|in|at|by|under|beside|inside|between|along|beside|among) ", "", self.phrase)


class BeatTemplate(_Entry):
    """One activity or event with slots. ``knot`` ties obstacle, attempt and turn; ``hook`` is the turn as the logline
    tells it."""

    role: Role = Field(alias="r")
    event: str = Field(alias="e", min_length=8, max_length=140)
    at: str
    props: tuple[str, ...] = Field(default=(), alias="p", max_length=4)
    emotion: Emotion = Field(alias="f")
    verb: str = Field(alias="v")
    framing: Literal["selfie", "close", "medium", "over", "wide"] = Field(alias="fr")
    knot: str | None = Field(default=None, alias="k")
    hook: str | None = Field(default=None, alias="h")
    says: tuple[str, ...] = Field(alias="s", min_length=1)
    chinese: tuple[str, ...] = Field(alias="z", min_length=1)

    @field_validator("event", "says", "chinese")
    @classmethod
    def _known_slots(cls, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
        unknown = {
            slot for text in ((value,) if isinstance(value, str) else value) for slot in _SLOT.findall(text)
        } - set(SLOTS)
        if unknown:
            raise ValueError(f"unknown slots {sorted(unknown)!r}")
        return value

    @property
    def tags(self) -> tuple[str, ...]:
        """Place tags that suit the beat; "any" stands for every place."""
        return tuple(self.at.split(","))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches a filled event and gives back what stands in its slots."""
        seen: set[str] = set()

        def group(match: re.Match[str]) -> str:
            name = match[1]
            first = name not in seen
            seen.add(name)
            return f"(?P<{name}>.+?)" if first else f"(?P={name})"

        spelled = re.sub(r"\\\[(.*?)\\\]", r"(?:\1)?", re.escape(self.event))
        return re.compile(re.sub(r"\\\{(\w+)\\\}", group, spelled) + r"\.?", re.IGNORECASE)


class StorySetting(_Entry):
    """A world of five to eight places, with the beats that belong to it; the first place shows it best.

    ``words`` name it, ``calls`` are words of themes that happen there although they name no place, ``near`` are the
    settings that border on it and
    ``things`` what lies about in it.
    """

    name: str
    chinese: str = Field(alias="zh")
    about: str
    words: tuple[str, ...] = Field(min_length=1)
    calls: tuple[str, ...] = ()
    kind: Literal["real", "surreal"] = "real"
    family: str = ""
    light: str
    sound: str
    details: tuple[str, ...] = Field(min_length=2)
    near: tuple[str, ...]
    things: tuple[str, ...] = Field(min_length=4)
    in_snow: str | None = Field(default=None, description="The setting that stands in its stead in winter")
    places: tuple[StoryPlace, ...] = Field(min_length=5)
    times: tuple[TimeOfDay, ...] = tuple(TimeOfDay)
    weathers: tuple[Weather, ...] = (Weather.CLEAR, Weather.CLOUD)
    beats: tuple[BeatTemplate, ...] = Field(min_length=4)

    @field_validator("places", mode="before")
    @classmethod
    def _split(cls, rows: list[str]) -> list[dict[str, Any]]:
        cells = [row.split("|") for row in rows]
        return [
            {"phrase": phrase, "chinese": chinese, "tags": frozenset(tags.split())} for phrase, chinese, tags in cells
        ]


class Plot(_Entry):
    """What kind of story a theme wants. ``fits`` are the categories of subject that may fill ``{s}``; ``things`` are
    what an activity is done with."""

    name: str
    about: str
    words: tuple[str, ...]
    fits: tuple[str, ...]
    things: tuple[str, ...] = ()
    needs_companion: bool = False
    titles: tuple[str, ...] = Field(min_length=2)
    chinese_titles: tuple[str, ...] = Field(alias="zh_titles", min_length=2)
    beats: tuple[BeatTemplate, ...] = Field(min_length=5)


class NarratorVoice(_Entry):
    """A way to speak. ``tails`` by emotion or "any"; ``back`` looks back at {it} ("early") or forward ("hope")."""

    name: str
    personality: tuple[str, ...]
    spoken: str
    openers: tuple[str, ...]
    tails: Mapping[str, tuple[str, ...]]
    back: Mapping[str, tuple[str, ...]]
    chinese_openers: tuple[str, ...] = Field(alias="zh_openers")
    chinese_tails: Mapping[str, tuple[str, ...]] = Field(alias="zh_tails")


class Library(_Entry):
    """Everything. ``sights`` are sentences on light, place and props by kind, ``leads`` begin a line by the beat's
    role, ``company`` brings in a companion."""

    settings: tuple[StorySetting, ...]
    plots: tuple[Plot, ...]
    anywhere: tuple[BeatTemplate, ...]
    voices: tuple[NarratorVoice, ...]
    sights: Mapping[str, tuple[str, ...]]
    leads: Mapping[str, tuple[str, ...]]
    company: Mapping[str, tuple[str, ...]]

    def setting(self, name: str) -> StorySetting:
        """The setting called so; raises ``KeyError``."""
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> dict[str, StorySetting]:
        return {setting.name: setting for setting in self.settings}

    def beats(self) -> Iterator[BeatTemplate]:
        """All beats of settings, plots and anywhere."""
        for setting in self.settings:
            yield from setting.beats
        for plot in self.plots:
            yield from plot.beats
        yield from self.anywhere

    @cached_property
    def prop_names(self) -> frozenset[str]:
        """Every prop of the library without slots."""
        return frozenset(prop for beat in self.beats() for prop in beat.props if "{" not in prop)


def slots(text: str) -> set[str]:
    """The slots that a text must have filled; those inside [..] are optional."""
    return set(_SLOT.findall(_OPTION.sub("", text)))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its slots filled; an optional part stays only where all its slots are known. Raises ``KeyError``
    for a missing slot.

    ``article`` among the values is put before a subject that stands alone ("the " for "accordion", nothing for
    "sourdough").
    """
    kept = _OPTION.sub(lambda m: m[1] if set(_SLOT.findall(m[1])) <= values.keys() else "", text)
    kept = _ALONE.sub(lambda m: m[1] + values.get("article", "") + m[2], kept)
    filled = " ".join(_SLOT.sub(lambda m: values[m[1]], kept).split())
    return filled[:1].upper() + filled[1:] if text[:1].isupper() else filled


def read_table(name: str) -> dict[str, Any]:
    """One data file as it stands."""
    return data.read_toml("library", f"{name}.toml")


@cache
def library() -> Library:
    """The validated library; read once."""
    settings = [{**row, "family": family} for family in FAMILIES for row in read_table(f"settings_{family}")["setting"]]
    plots = [row for kind in ("doing", "making", "moving", "together") for row in read_table(f"plots_{kind}")["plot"]]
    voices = read_table("voices")
    return Library.model_validate(
        {
            "settings": settings,
            "plots": plots,
            "anywhere": read_table("anywhere")["beats"],
            "voices": voices["voice"],
            "sights": voices["sights"],
            "leads": read_table("leads")["leads"],
            "company": read_table("leads")["company"],
        }
    )


FAMILIES = ("home", "city", "culture", "travel", "nature", "surreal")
"""The settings' files, and what music is chosen by."""
