"""T_story from the library: a plot for the theme, settings, one beat per shot, each at its own place and hour.

The first draft is drawn by weights and not checked. What a note names is drawn again with care: nearest to the theme,
unlike the other beats, at a place not used yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from personavlog.metrics.text import relevance
from personavlog.script import TimeOfDay
from personavlog_embedded.writing.planner.arc import roles
from personavlog_embedded.writing.planner.beat_places import LOOSE, fresh, suits
from personavlog_embedded.writing.planner.choice import choose_plots
from personavlog_embedded.writing.planner.library import (
    BeatTemplate,
    Plot,
    StoryPlace,
    StorySetting,
    fill,
    library,
    slots,
)
from personavlog_embedded.writing.planner.paintable import drawable
from personavlog_embedded.writing.planner.story_world import story_world
from personavlog_embedded.writing.planner.theme import Theme

CARE = 0.3
"""How much an unlike beat counts against one near the theme, when a beat is drawn again."""
AROUND = 0.25
"""A place that only borders on the theme's own is drawn this much less often in a first draft; a careful one does not
go there."""
OPENING = 6.0
"""A film begins this much more often at one of the three places by which its setting is known."""
STRANGE = 0.4
"""A beat with a thing that does not belong where it plays is drawn this much less often in a first draft."""
SHOWN = 0.25
"""How much it counts for a beat drawn again that it shows what the theme is about."""
COMPANY = 3.0
"""A beat with the companion, or with what the theme is about, is drawn this much more often until it has been in
``PRESENT`` beats."""
PRESENT = 2
_QUIET = (
    "turn",
    "celebration",
    "routine",
    "ending",
    "attempt",
    "first look",
    "discovery",
    "arrival",
    "obstacle",
    "help",
    "reflection",
)
"""Roles by how gladly a companion is let into a beat that was written for one person."""
_VISIBLE: Mapping[str, float] = {
    "run": 0.15,
    "climb": 0.15,
    "lie": 0.3,
    "kneel": 0.4,
    "dance": 0.4,
    "hug": 0.4,
    "carry": 0.6,
    "work": 0.7,
    "walk": 0.7,
}
"""What a picture of a person seen from the front cannot show well is drawn less often; all other verbs count 1."""
_WEIGHTS = {"plot": 3.0, "far": 0.15, "setting": 3.0, "near": 0.3, "anywhere": 0.1}
_CALM = ("routine", "first look", "reflection")
_HOURS: tuple[tuple[frozenset[str], tuple[TimeOfDay, ...]], ...] = (
    (
        frozenset(("night", "midnight", "stars", "fireworks", "stargazing", "starry", "overtime")),
        (TimeOfDay.DUSK, TimeOfDay.NIGHT, TimeOfDay.NIGHT, TimeOfDay.NIGHT),
    ),
    (frozenset(("evening", "sunset", "dusk", "late", "lanterns")), (TimeOfDay.DUSK, TimeOfDay.DUSK, TimeOfDay.NIGHT)),
    (frozenset(("sunrise", "morning", "breakfast", "dawn")), (TimeOfDay.MORNING, TimeOfDay.MORNING, TimeOfDay.NOON)),
)
"""Hours that the theme's words ask for, each for an even part of the film."""
Entry = tuple[BeatTemplate, StorySetting | None, float]
"""A beat, the setting that it belongs to, and how often it is drawn."""
Spot = tuple[StorySetting, StoryPlace, float]
"""A place of a setting, and how well it suits."""


@dataclass(frozen=True)
class PlannedBeat:
    """One beat of the plan: the filled action, where and when; ``company`` is how the companion takes part where the
    beat does not say it."""

    template: BeatTemplate
    action: str
    place: StoryPlace
    setting: StorySetting
    time: TimeOfDay
    company: str = ""


@dataclass(frozen=True)
class StoryPlan:
    """The whole story; ``hook`` is the logline's second half, ``values`` fill the slots."""

    plot: Plot
    second: Plot
    settings: tuple[StorySetting, ...]
    beats: tuple[PlannedBeat, ...]
    values: Mapping[str, str]


def usable(beat: BeatTemplate, values: Mapping[str, str], plot: Plot | None, theme: Theme) -> bool:
    """Whether its slots can be filled, and the subject is of a kind that the plot's sentences were written for."""
    needed = slots(beat.event)
    fits = plot is None or theme.subject is None or theme.subject.category in plot.fits
    return needed <= values.keys() and ("s" not in needed or fits)


class BeatPool:
    """What one story draws from: weighted beats with the setting that they belong to, and the world they play in."""

    def __init__(self, theme: Theme, shots: int, seed: int) -> None:
        self.theme, self.shots, self.rng = theme, shots, np.random.default_rng(seed)
        self.values = {slot: value for slot, value in theme.values.items() if slot not in ("c", "C") or theme.together}
        self.world = story_world(theme)
        self.plot, self.second = choose_plots(theme)
        self.settings = (*self.world.settings, *self.world.around)
        self.beats = [
            *self._from_plots(),
            *self._from_settings(),
            *((beat, None, _WEIGHTS["anywhere"]) for beat in library().anywhere),
        ]

    def _from_plots(self) -> Iterable[Entry]:
        """The beats of the activities that the theme names; of a plot that is only near in meaning few are drawn."""
        for plot in self.world.plots or (self.plot,):
            weight = _WEIGHTS["plot" if self.world.plots else "far"]
            for beat in plot.beats:
                if usable(beat, self.values, plot, self.theme):
                    yield beat, None, weight * (2.0 if slots(beat.event) else 1.0)

    def _from_settings(self) -> Iterable[Entry]:
        for setting in self.settings:
            weight = _WEIGHTS["setting" if self.world.contains(setting) else "near"]
            for beat in setting.beats:
                if usable(beat, self.values, None, self.theme):
                    yield beat, setting, weight

    def here(self, number: int, careful: bool) -> tuple[StorySetting, ...]:
        """Where shot ``number`` may play: at the theme's own place, and in a first draft around it too."""
        own = self.world.setting(number, self.shots)
        return (own,) if careful or number in (0, self.shots - 1) else (own, *self.world.around)

    def candidates(
        self, role: str, number: int, used: Iterable[BeatTemplate], knot: str | None, careful: bool = False
    ) -> list[Entry]:
        """Unused beats of a role that can happen where shot ``number`` plays; attempts and turns only of the open knot,
        which stays what it is.

        Where a careful choice finds nothing, what is nearest: a quiet beat, or one that the film has had.
        """
        taken = {beat.event for beat in used}
        open_ = [entry for entry in self._possible(number, careful) if entry[0].event not in taken]
        fitting = [entry for entry in open_ if entry[0].role == role]
        if role in ("attempt", "turn"):
            tied = [
                entry
                for entry in self.beats
                if entry[0].role == role and entry[0].knot == knot and entry[0].event not in taken
            ]
            fitting = tied if knot else fitting
        if role == "obstacle":
            fitting = [entry for entry in fitting if self._whole(entry[0].knot, number)] or fitting
        return (
            fitting
            or [entry for entry in open_ if entry[0].role in _CALM]
            or [entry for entry in open_ if entry[0].knot is None]
            or open_
        )

    def _possible(self, number: int, careful: bool) -> list[Entry]:
        here = self.here(number, careful)
        doing = self.world.doing(number, self.shots)
        later = [plot for plot in self.world.plots if plot not in doing]
        homes = [
            entry
            for entry in self.beats
            if (entry[1] is None or entry[1] in here) and not any(entry[0] in plot.beats for plot in later)
        ]
        homes = [entry for entry in homes if not entry[0].knot or entry[1] in (None, here[0])]
        return [entry for entry in homes if self.world.fits(entry[0], entry[1] or here[0])] if careful else homes

    def _whole(self, knot: str | None, number: int) -> bool:
        """Whether the obstacle's attempt and turn can be shown here as well."""
        here = self.world.setting(number, self.shots)
        parts = [
            beat
            for beat, home, _ in self.beats
            if beat.knot == knot and home in (None, here) and self.world.fits(beat, here)
        ]
        return {role for role in roles(self.shots) if role in ("obstacle", "attempt", "turn")} <= {
            beat.role for beat in parts
        }

    def places(self, beat: BeatTemplate, home: StorySetting | None, number: int, careful: bool = False) -> list[Spot]:
        """Where the beat can happen, with how well it suits; every place of the shot's setting where nothing suits."""
        homes = (home,) if home and home in self.here(number, careful) else self.here(number, careful)
        spots = [
            (setting, place, suits(beat, place) * self._own(setting)) for setting in homes for place in setting.places
        ]
        suited = [spot for spot in spots if spot[2] >= LOOSE]
        return suited if suited and "any" not in beat.tags else spots

    def _own(self, setting: StorySetting) -> float:
        return 1.0 if self.world.contains(setting) else AROUND


def draft_plan(theme: Theme, shots: int, seed: int) -> tuple[BeatPool, StoryPlan]:
    """The unchecked first draft."""
    pool = BeatPool(theme, shots, seed)
    beats: list[PlannedBeat] = []
    knot: str | None = None
    for number, role in enumerate(roles(shots)):
        entries = pool.candidates(role, number, (beat.template for beat in beats), knot)
        weights = np.array([entry[2] for entry in entries])
        weights *= [_worth(pool, beat, home, beats) for beat, home, _ in entries]
        beat, home, _ = entries[int(pool.rng.choice(len(entries), p=weights / weights.sum()))]
        knot = beat.knot or knot
        setting, place = _draw_place(pool, beat, home, beats)
        beats.append(PlannedBeat(beat, _action(pool, beat), place, setting, hour(pool, number, shots)))
        if role == "discovery" and "keep" not in pool.values:
            _keep(pool, beat)
    return pool, StoryPlan(pool.plot, pool.second, pool.settings, tuple(beats), pool.values)


def _worth(pool: BeatPool, beat: BeatTemplate, home: StorySetting | None, before: Sequence[PlannedBeat]) -> float:
    """How well a beat can be shown now: its movement, what it shows of the theme, the best place left for it, and the
    companion while still missing."""
    missing = sum(_has_companion(planned.template) for planned in before) < PRESENT
    company = COMPANY if missing and _has_companion(beat) else 1.0
    seen = (2.0 if pool.world.active(beat) else 1.0) * (
        1.0 if pool.world.fits(beat, home or pool.here(len(before), True)[0]) else STRANGE
    )
    places = [planned.place for planned in before]
    place = max(spot[2] * fresh(spot[1], places, places[-1:]) for spot in pool.places(beat, home, len(before)))
    return _VISIBLE.get(beat.verb, 1.0) * seen * company * (place**0.3 if beat.role == "ending" else place)


def _has_companion(beat: BeatTemplate) -> bool:
    return "c" in slots(beat.event)


def accompany(plan: StoryPlan, theme: Theme) -> StoryPlan:
    """The plan with the theme's companion in at least ``PRESENT`` beats: beats that were written for one person get
    somebody who looks on."""
    if theme.companion is None:
        return plan
    lone = sorted(
        (n for n, one in enumerate(plan.beats) if not _has_companion(one.template)),
        key=lambda n: (_QUIET.index(plan.beats[n].template.role), n),
    )
    wanted = max(0, min(PRESENT, len(plan.beats) - 1) - (len(plan.beats) - len(lone)))
    beats = list(plan.beats)
    ways = library().company["together" if theme.together else "apart"]
    for turn, number in enumerate(lone[:wanted]):
        beats[number] = replace(beats[number], company=fill(ways[turn % len(ways)], {"c": theme.values["c"]}))
    return replace(plan, beats=tuple(beats))


def _keep(pool: BeatPool, beat: BeatTemplate) -> None:
    """What the discovery brought is kept to the end, if it can be carried."""
    kept = next((prop for prop in beat.props if "{" not in prop and drawable(prop) and prop not in _NOT_KEPT), None)
    if kept:
        pool.values["keep"] = kept


_NOT_KEPT = frozenset(
    (
        "paw prints",
        "painting",
        "painted door",
        "striped fish",
        "showcase",
        "small box",
        "printer",
        "paint",
        "door",
        "trunk",
        "table",
        "stone wall",
        "bicycle",
        "carved rock",
        "coral",
        "bench",
        "straw",
    )
)


def _draw_place(
    pool: BeatPool, beat: BeatTemplate, home: StorySetting | None, before: Sequence[PlannedBeat]
) -> tuple[StorySetting, StoryPlace]:
    spots, seen = pool.places(beat, home, len(before)), [planned.place for planned in before]
    weights = np.array([spot[2] * fresh(spot[1], seen, seen[-1:]) for spot in spots])
    if not before:
        weights *= [OPENING if spot[1] in spot[0].places[:3] else 1.0 for spot in spots]
    setting, place, _ = spots[int(pool.rng.choice(len(spots), p=weights / weights.sum()))]
    return setting, place


def _action(pool: BeatPool, beat: BeatTemplate) -> str:
    return fill(beat.event, pool.values)


def hour(pool: BeatPool, number: int, shots: int) -> TimeOfDay:
    """The day moves on evenly through the hours that suit the first setting and the theme's own words; night falls only
    where they ask for it."""
    words = pool.theme.words | set(pool.theme.english.lower().split())
    times = next((hours for said, hours in _HOURS if words & said), None) or _daylight(pool.settings[0].times)
    return times[min(len(times) - 1, number * len(times) // shots)]


def _daylight(times: tuple[TimeOfDay, ...]) -> tuple[TimeOfDay, ...]:
    return tuple(time for time in times if time is not TimeOfDay.NIGHT) if len(times) > 2 else times


def redraw(pool: BeatPool, plan: StoryPlan, number: int, turn: int) -> StoryPlan:
    """The plan with beat ``number`` (from 0) drawn again with care, the ``turn``-th time; a knot's parts move
    together."""
    beat = plan.beats[number].template
    others = [planned for n, planned in enumerate(plan.beats) if n != number]
    entries = pool.candidates(beat.role, number, (planned.template for planned in plan.beats), beat.knot, careful=True)
    entries = [
        entry for entry in entries if entry[0].role == beat.role and (beat.knot is None or entry[0].knot == beat.knot)
    ]
    entries = entries or [(beat, next((s for s in plan.settings if beat in s.beats), None), 1.0)]
    ranked = _ranked(pool, entries, [planned.action for planned in others])
    chosen, home, _ = ranked[min(turn, len(ranked) - 1)]
    setting, place = _free_place(pool, chosen, home, others, number)
    beats = list(plan.beats)
    beats[number] = PlannedBeat(chosen, _action(pool, chosen), place, setting, plan.beats[number].time)
    return replace(plan, beats=tuple(beats))


def _ranked(pool: BeatPool, entries: Sequence[Entry], others: Sequence[str]) -> list[Entry]:
    actions = [_action(pool, beat) for beat, _, _ in entries]
    near = relevance(actions, [pool.theme.english])[:, 0]
    alike = relevance(actions, others).max(axis=1) if others else np.zeros(len(actions))
    shown = np.array([pool.world.active(beat) for beat, _, _ in entries])
    marks = near - CARE * alike + SHOWN * shown + 0.05 * np.array([weight for _, _, weight in entries])
    return [entries[int(n)] for n in np.argsort(-marks, kind="stable")]


def move(pool: BeatPool, plan: StoryPlan, number: int) -> StoryPlan:
    """The plan with beat ``number`` (from 0) at a place of the theme's own that no other beat has."""
    planned = plan.beats[number]
    home = next((setting for setting in pool.world.settings if planned.template in setting.beats), None)
    others = [one for n, one in enumerate(plan.beats) if n != number]
    setting, place = _free_place(pool, planned.template, home, others, number)
    beats = list(plan.beats)
    beats[number] = replace(planned, setting=setting, place=place)
    return replace(plan, beats=tuple(beats))


def _free_place(
    pool: BeatPool, beat: BeatTemplate, home: StorySetting | None, others: Sequence[PlannedBeat], number: int
) -> tuple[StorySetting, StoryPlace]:
    used = {planned.place.phrase for planned in others}
    spots = pool.places(beat, home, number, careful=True)
    here = pool.world.setting(number, pool.shots)
    free = [spot for spot in spots if spot[1].phrase not in used]
    free = free or [(here, place, suits(beat, place)) for place in here.places if place.phrase not in used] or spots
    seen = [planned.place for planned in others]
    beside = seen[max(0, number - 1) : number + 1]
    setting, place, _ = max(free, key=lambda spot: spot[2] * fresh(spot[1], seen, beside))
    return setting, place


def props_of(beat: BeatTemplate, values: Mapping[str, str]) -> tuple[str, ...]:
    """The beat's things with slots filled, in the story's words."""
    return tuple(
        dict.fromkeys(re.sub(r"^the ", "", fill(prop, values)) for prop in beat.props if slots(prop) <= values.keys())
    )


def drawable_things(things: Sequence[str]) -> tuple[str, ...]:
    """The things that a picture can show, in the words under which they are drawn."""
    return tuple(dict.fromkeys(shown for shown in map(drawable, things) if shown))
