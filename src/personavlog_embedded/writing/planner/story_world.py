"""Where a film of a theme plays and with which things: the settings that the theme names or implies, what borders on
them, and what belongs there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from personavlog_embedded.scene.season import Season, season_of
from personavlog_embedded.writing.planner.arc import shots_up_to_turn
from personavlog_embedded.writing.planner.beat_places import WELL, suits
from personavlog_embedded.writing.planner.choice import active, choose_settings
from personavlog_embedded.writing.planner.library import BeatTemplate, Plot, StorySetting, library
from personavlog_embedded.writing.planner.paintable import drawable
from personavlog_embedded.writing.planner.theme import SHOWABLE, Theme, analyse

NAMED, CALLED = 2, 1
"""How much a setting's word counts that names it, and one that only implies it."""
_PASSING = re.compile(
    r"\b(?:(?:walk|walking|way|going|go|coming|come|run|running|drive|driving) (?:back )?home|home ?town|at home in)\b"
)
"""A home that somebody is on the way to is not where the film plays."""
_BESIDE = re.compile(r"\b(?:behind|near|beside|next to|outside) (?:\w+ )?$")
"""A place that only says where another one is."""
_HALVES = re.compile(r",? (?:and then|then|and|until) |[，,]|然后|再去|到了?(?=[春夏秋冬])")
_SEASONS: Mapping[str, tuple[str, ...]] = {
    "spring": ("seedlings",),
    "autumn": ("leaves",),
    "fall": ("leaves",),
    "winter": ("scarf",),
    "summer": ("hat",),
}
_SUGGESTED: Mapping[str, tuple[str, ...]] = {
    "haunted": ("ghost", "candle"),
    "ski": ("skis",),
    "skiing": ("skis",),
    "camping": ("tent", "campfire"),
    "camp": ("tent",),
    "studying": ("book", "lamp"),
    "knight": ("shield", "torch"),
    "astronaut": ("rocket",),
    "detective": ("umbrella",),
    "picnic": ("basket", "blanket"),
    "fishing": ("fish", "bucket"),
    "rain": ("umbrella",),
    "rainy": ("umbrella",),
    "wizard": ("magic wand",),
    "birthday": ("cake", "balloon"),
    "christmas": ("gift",),
    "train": ("ticket", "suitcase"),
    "fishermen": ("fish", "boat"),
    "photographs": ("camera",),
    "photographer": ("camera",),
    "mermaid": ("shells",),
    "airship": ("hot air balloon",),
    "journey": ("suitcase",),
    "blossom": ("cherry blossoms",),
    "stargazing": ("telescope",),
    "zoo": ("elephant", "giraffe"),
}
"""What a word of the theme, or the season, lets one expect to see."""
_SNOW = frozenset(("snow", "snowy", "snowstorm", "blizzard", "winter", "christmas"))
SEEKING = "seek"
"""The activity whose thing is found, and not seen before."""
_GONE = frozenset(("lost", "losing", "lose", "missing", "without", "stolen"))


@dataclass(frozen=True)
class StoryWorld:
    """``settings`` in the order in which the film goes through them, the first up to the turn, the last after it;
    ``around`` may be seen once in a while.

    ``things`` are what the theme is about, in the words under which they are drawn, for the film's first and second
    half, the best first; ``own`` are all things that may be seen wherever the film plays; ``activities`` are what the
    theme does in its first and in its second half.
    """

    settings: tuple[StorySetting, ...]
    around: tuple[StorySetting, ...]
    things: tuple[tuple[str, ...], tuple[str, ...]]
    activities: tuple[tuple[Plot, ...], tuple[Plot, ...]]
    own: frozenset[str]

    def setting(self, number: int, shots: int) -> StorySetting:
        """Where shot ``number`` (from 0) plays."""
        return self.settings[-1 if number >= shots_up_to_turn(shots) else 0]

    def keys(self, number: int, shots: int) -> tuple[str, ...]:
        """What the theme is about in that shot: it changes with the setting, and in one setting in the middle."""
        late = number >= shots_up_to_turn(shots) if len(self.settings) > 1 else 2 * number >= shots
        return self.things[late]

    @property
    def plots(self) -> tuple[Plot, ...]:
        """All activities that the theme names."""
        return tuple(dict.fromkeys((*self.activities[0], *self.activities[1])))

    def doing(self, number: int, shots: int) -> tuple[Plot, ...]:
        """What the theme does in shot ``number``."""
        return self.activities[2 * number >= shots]

    def contains(self, setting: StorySetting) -> bool:
        """Whether a setting is one of the theme's own."""
        return any(one.name == setting.name for one in self.settings)

    def belongs(self, thing: str, setting: StorySetting) -> bool:
        """Whether a thing may be seen in a setting: it lies about there, or the theme or its activity brings it
        along."""
        return drawable(thing) is None or without_count(thing) in self.own or without_count(thing) in lying(setting)

    def fits(self, beat: BeatTemplate, setting: StorySetting) -> bool:
        """Whether a beat can happen in a setting, and everything that is seen of it belongs there."""
        if beat in setting.beats:
            return True
        possible = any(suits(beat, place) >= WELL for place in setting.places)
        return possible and all("{" in prop or self.belongs(prop, setting) for prop in beat.props)

    def told(self, beat: BeatTemplate) -> bool:
        """Whether a beat is of the theme's activity, things or places, and not one of those that could be anywhere."""
        return self.active(beat) or any(beat in setting.beats for setting in self.settings)

    def active(self, beat: BeatTemplate) -> bool:
        """Whether a beat shows what the theme is about: its activity, or one of its things."""
        shown = {drawable(prop) for prop in beat.props}
        return (
            any(beat in plot.beats for plot in self.plots)
            or "{s}" in beat.event
            or bool(shown & set(map(without_count, (*self.things[0], *self.things[1]))))
        )


@cache
def lying(setting: StorySetting) -> frozenset[str]:
    """What lies about in a setting, in the words under which it is drawn."""
    beats = (prop for beat in setting.beats for prop in beat.props if "{" not in prop)
    return frozenset(shown for shown in map(drawable, (*setting.things, *beats)) if shown)


def without_count(thing: str) -> str:
    """A thing without its count: "three lanterns" is a lantern."""
    return drawable(re.sub(r"^(two|three|four) ", "", thing)) or thing


@cache
def story_world(theme: Theme) -> StoryWorld:
    """The world of a theme; where no word names a place, the one nearest in meaning."""
    settings = _settings(theme)
    around = tuple(dict.fromkeys(library().setting(name) for setting in settings for name in setting.near))
    halves = _halves(theme)
    done = (active(halves[0]), active(halves[1]))
    plots = dict.fromkeys((*done[0], *done[1]))
    things = tuple(
        _things(half, theme, setting, not n)
        for n, (half, setting) in enumerate(zip(halves, (settings[0], settings[-1]), strict=True))
    )
    brought = [thing for plot in plots for thing in _of_plot(plot, settings)]
    own = frozenset(without_count(thing) for thing in (*things[0], *things[1], *brought))
    return StoryWorld(settings, tuple(one for one in around if one not in settings), (things[0], things[1]), done, own)


def _of_plot(plot: Plot, settings: Sequence[StorySetting]) -> Iterator[str]:
    """What an activity brings along; into a world of its own only what the activity is done with."""
    strange = any(setting.kind == "surreal" for setting in settings)
    said = (
        plot.things
        if strange
        else (*plot.things, *(prop for beat in plot.beats for prop in beat.props if "{" not in prop))
    )
    yield from (shown for shown in map(drawable, said) if shown)


def _settings(theme: Theme, most: int = 2) -> tuple[StorySetting, ...]:
    """The settings that the theme's words name, in their order; else those they call for; else the nearest in
    meaning."""
    found = sorted(_mentions(theme), key=lambda one: one[0])
    named = [setting for _, strength, setting in found if strength == NAMED] or [setting for *_, setting in found][:1]
    if _SNOW & set(theme.english.lower().replace(",", " ").split()):
        named = [library().setting(one.in_snow) if one.in_snow else one for one in named]
    return tuple({one.name: one for one in named}.values())[:most] or choose_settings(theme)[:1]


def _mentions(theme: Theme) -> Iterator[tuple[int, int, StorySetting]]:
    """Where a setting is mentioned, how strongly, and which; of overlapping mentions the longest counts."""
    text = _PASSING.sub(" ", f" {re.sub(r'[^a-z0-9é-]+', ' ', theme.english.lower())} ")
    words = [
        (word, strength, one)
        for one in library().settings
        for strength, said in ((NAMED, (one.name, *one.words)), (CALLED, one.calls))
        for word in said
    ]
    taken: list[range] = []
    for word, strength, setting in sorted(words, key=lambda row: (-len(row[0]), -row[1])):
        for match in re.finditer(rf"(?<![\w-]){re.escape(word.lower())}(?:e?s)?(?![\w-])", text):
            span = range(match.start(), match.end())
            if not any(span.start < other.stop and other.start < span.stop for other in taken) and not _BESIDE.search(
                text[: match.start()]
            ):
                taken.append(span)
                yield span.start, strength, setting


@cache
def _halves(theme: Theme) -> tuple[Theme, Theme]:
    """The theme's two halves where both have a season or an activity of their own; else the whole twice."""
    parts = [part for part in _HALVES.split(theme.text) if part.strip()]
    halves = tuple(map(analyse, parts)) if len(parts) == 2 else ()
    telling = halves and all(active(half) or set(half.english.lower().split()) & _SEASONS.keys() for half in halves)
    return (halves[0], halves[1]) if telling else (theme, theme)


def season_of_shot(theme: Theme, number: int, shots: int) -> Season | None:
    """The season that the theme names for shot ``number`` (from 0) of ``shots``; None for summer and where it names
    none, which look the same."""
    named = season_of(_halves(theme)[2 * number >= shots].english, "")
    return None if named == "summer" else named


def _things(part: Theme, theme: Theme, setting: StorySetting, early: bool) -> tuple[str, ...]:
    """What this part of the theme is about: its own things, then those of its activity and season, then what its
    setting is known by.

    What somebody looks for is not there yet in the ``early`` part.
    """
    gone = bool(theme.words & _GONE) or (early and any(plot.name == SEEKING for plot in active(part)))
    said = (
        []
        if gone
        else [
            _counted(one.english, part.text)
            for one in part.found
            if one.category in SHOWABLE or one.category == "event"
        ]
    )
    words = re.findall(r"[a-z]+", part.english.lower())
    said += [pair for pair in map(" ".join, pairwise(words)) if drawable(pair) == pair]
    hinted = [thing for word in words for thing in _SUGGESTED.get(word, ())]
    seasonal = [thing for word in words for thing in _SEASONS.get(word, ())]
    done = [thing for plot in active(part) for thing in plot.things]
    known = (
        _drawn([*said, *hinted, *seasonal])
        if said or hinted
        else _drawn([*done, *seasonal] if done else [*setting.things[:3], *seasonal])
    )
    return tuple(dict.fromkeys(known or _drawn(setting.things[:3])))[:4]


def _counted(thing: str, text: str) -> str:
    """Three of what the theme speaks of in the plural."""
    plural = (
        thing.endswith("s")
        and not thing.endswith("ss")
        and bool(re.search(rf"\b{re.escape(thing)}\b", text, re.IGNORECASE))
    )
    return f"three {thing}" if plural and without_count(thing) in _SEVERAL else thing


_SEVERAL = frozenset(
    (
        "lantern",
        "balloon",
        "candle",
        "apple",
        "book",
        "sheep",
        "duck",
        "penguin",
        "robot",
        "tent",
        "star",
        "sunflower",
        "kite",
    )
)


def _drawn(things: Iterable[str]) -> list[str]:
    return [shown for shown in map(drawable, things) if shown]
