"""T_story from the library: a plot for the theme, settings, one beat per shot, each at its own place and hour.

The first draft is drawn by weights and not checked. What a note names is drawn again with care: nearest to the theme, unlike the other beats,
at a place not used yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from personavlog.backbones.embedded.planner_choice import choose_plots, choose_settings, named
from personavlog.backbones.embedded.planner_library import BeatTemplate, Place, Plot, Setting, fill, library, slots
from personavlog.backbones.embedded.planner_pictures import drawable
from personavlog.backbones.embedded.planner_places import LOOSE, fresh, suits
from personavlog.backbones.embedded.planner_theme import Theme
from personavlog.metrics import text as meaning
from personavlog.script import TimeOfDay

CARE = 0.3
"""How much an unlike beat counts against one near the theme, when a beat is drawn again."""
ELSEWHERE = 0.05
"""A film begins this much less often at a place that does not belong to the theme's own setting."""
UNSEEN = 0.5
"""A beat without a thing that can be drawn is drawn this much less often."""
COMPANY = 3.0
"""A beat with the companion, or with what the theme is about, is drawn this much more often until it has been in ``PRESENT`` beats."""
PRESENT = 2
_QUIET = ("turn", "celebration", "routine", "ending", "attempt", "first look", "discovery", "arrival", "obstacle", "help", "reflection")
"""Roles by how gladly a companion is let into a beat that was written for one person."""
_VISIBLE: Mapping[str, float] = {"run": 0.15, "climb": 0.15, "lie": 0.3, "kneel": 0.4, "dance": 0.4, "hug": 0.4, "carry": 0.6, "work": 0.7, "walk": 0.7}
"""What a picture of a person seen from the front cannot show well is drawn less often; all other verbs count 1."""
_WEIGHTS = {"plot": 3.0, "second": 1.5, "setting": 4.0, "near": 0.4, "anywhere": 0.25}
_ARC: Mapping[int, str] = {2: "AE", 3: "ATE", 4: "AOTE", 5: "ADOTE", 6: "ADOaTE", 7: "ARDOaTE", 8: "ARDOaTCE", 9: "AFRDOaTCE", 10: "AFRDROaTCE"}
_LONG = "AFRDROaTRHR" + "OaTRDRC" + "RHRCME"
"""For more shots than ten: everything, from which the middle is thinned out evenly."""
_ROLES = {
    "A": "arrival", "F": "first look", "R": "routine", "H": "help", "D": "discovery", "O": "obstacle", "a": "attempt", "T": "turn",
    "C": "celebration", "M": "reflection", "E": "ending",
}  # fmt: skip


@dataclass(frozen=True)
class Planned:
    """One beat of the plan: the filled action, where and when; ``company`` is how the companion takes part where the beat does not say it."""

    template: BeatTemplate
    action: str
    place: Place
    setting: Setting
    time: TimeOfDay
    company: str = ""


@dataclass(frozen=True)
class Plan:
    """The whole story; ``hook`` is the logline's second half, ``values`` fill the slots."""

    plot: Plot
    second: Plot
    settings: tuple[Setting, ...]
    beats: tuple[Planned, ...]
    values: Mapping[str, str]


def roles(shots: int) -> tuple[str, ...]:
    """The arc for this many shots; obstacle, attempt and turn stay together."""
    letters = _ARC.get(shots) or _thinned(shots)
    return tuple(_ROLES[letter] for letter in letters)


def _thinned(shots: int) -> str:
    """The long arc with its lightest beats left out; beyond its length, routines are added before the celebration."""
    letters = list(_LONG)
    for dropped in "HMRFRCRDH":
        if len(letters) <= shots:
            break
        letters.pop(max(index for index, letter in enumerate(letters) if letter == dropped) if dropped in letters else 1)
    while len(letters) > shots:
        letters.pop(max(i for i, letter in enumerate(letters) if letter in "RHCMDF"))
    return "".join(letters)


def usable(beat: BeatTemplate, values: Mapping[str, str], plot: Plot | None, theme: Theme) -> bool:
    """Whether its slots can be filled, and the subject is of a kind that the plot's sentences were written for."""
    needed = slots(beat.event)
    fits = plot is None or theme.subject is None or theme.subject.category in plot.fits
    return needed <= values.keys() and ("s" not in needed or fits)


class Drawing:
    """The pool of one story: weighted beats and places, and what has been used."""

    def __init__(self, theme: Theme, seed: int) -> None:
        self.theme, self.values, self.rng = (
            theme,
            {slot: value for slot, value in theme.values.items() if slot not in ("c", "C") or theme.together},
            np.random.default_rng(seed),
        )
        self.plot, self.second = choose_plots(theme)
        first, other = choose_settings(theme)
        near = [library().setting(name) for name in first.near]
        self.settings = (first, *(one for one in (*near, other) if self._beside(one, first, other)))
        self.pool = [*self._from_plots(), *self._from_settings(), *((beat, None, _WEIGHTS["anywhere"]) for beat in library().anywhere)]
        self.pool = [(beat, home, weight) for beat, home, weight in self.pool if beat.role != "ending" or usable(beat, self.values, None, theme)]

    def _beside(self, one: Setting, first: Setting, other: Setting) -> bool:
        """Neighbours take part, but a real place borders on a world that does not exist only in a theme that is "haunted" or the like; the
        setting second to the theme takes part only if the theme names it.
        """
        strange = one.kind == "surreal" and first.kind == "real" and self.theme.modifier is None
        return not strange and (one.name in first.near or self.theme.modifier is not None or named(self.theme, other) > 0)

    def _from_plots(self) -> Iterable[tuple[BeatTemplate, Setting | None, float]]:
        for plot in (self.plot, self.second)[: 1 if self.plot is self.second else 2]:
            weight = _WEIGHTS["plot" if plot is self.plot else "second"]
            for beat in plot.beats:
                if usable(beat, self.values, plot, self.theme):
                    yield beat, None, weight * (2.0 if slots(beat.event) else 1.0)

    def _from_settings(self) -> Iterable[tuple[BeatTemplate, Setting | None, float]]:
        for number, setting in enumerate(self.settings):
            for beat in setting.beats:
                yield beat, setting, _WEIGHTS["setting" if number == 0 else "near"]

    def candidates(self, role: str, used: Iterable[BeatTemplate], knot: str | None) -> list[tuple[BeatTemplate, Setting | None, float]]:
        """Unused beats of a role; attempts and turns only of the open knot, obstacles of the theme's own plot while it has any: they are the film."""
        taken = {beat.event for beat in used}
        fresh = [entry for entry in self.pool if entry[0].role == role and entry[0].event not in taken]
        if role in ("attempt", "turn"):
            fresh = [entry for entry in fresh if entry[0].knot == knot] or fresh
        if role == "obstacle":
            knots = {entry[0].knot for entry in self.pool if entry[0].role == "turn"}
            fresh = [entry for entry in fresh if entry[0].knot in knots]
            fresh = [entry for entry in fresh if entry[0] in self.plot.beats] or fresh
        if role == "ending":
            fresh = [entry for entry in fresh if entry[0] in self.plot.beats or entry[0] in library().anywhere or self.second.needs_companion] or fresh
        return fresh or [entry for entry in self.pool if entry[0].role in ("routine", "reflection", "first look") and entry[0].event not in taken]

    def places(self, beat: BeatTemplate, home: Setting | None) -> list[tuple[Setting, Place, float]]:
        """Where the beat can happen, with how well it suits; every place of the film where nothing suits."""
        homes = (home,) if home else self.settings
        spots = [(setting, place, suits(beat, place)) for setting in homes for place in setting.places]
        suited = [spot for spot in spots if spot[2] >= LOOSE]
        return suited if suited and "any" not in beat.tags else spots


def draft_plan(theme: Theme, shots: int, seed: int) -> tuple[Drawing, Plan]:
    """The unchecked first draft."""
    drawing = Drawing(theme, seed)
    beats: list[Planned] = []
    knot: str | None = None
    for number, role in enumerate(roles(shots)):
        entries = drawing.candidates(role, (beat.template for beat in beats), knot)
        weights = np.array([entry[2] for entry in entries])
        weights *= [_worth(drawing, beat, home, beats) for beat, home, _ in entries]
        beat, home, _ = entries[int(drawing.rng.choice(len(entries), p=weights / weights.sum()))]
        knot = beat.knot or knot
        setting, place = _draw_place(drawing, beat, home, beats)
        beats.append(Planned(beat, _action(drawing, beat), place, setting, hour(drawing, number, shots)))
        if role == "discovery" and "keep" not in drawing.values:
            _keep(drawing, beat)
    return drawing, Plan(drawing.plot, drawing.second, drawing.settings, tuple(beats), drawing.values)


def _worth(drawing: Drawing, beat: BeatTemplate, home: Setting | None, before: Sequence[Planned]) -> float:
    """How well a beat can be shown now: its movement, its things, the best place left for it, and the companion while still missing."""
    seen = 1.0 if any("{" in prop or drawable(prop) for prop in beat.props) else UNSEEN
    missing = sum(_has_companion(planned.template) for planned in before) < PRESENT
    company = COMPANY if missing and _has_companion(beat) else 1.0
    unnamed = sum("s" in slots(planned.template.event) for planned in before) < PRESENT
    company *= COMPANY if unnamed and "s" in slots(beat.event) else 1.0
    places = [planned.place for planned in before]
    place = max(spot[2] * fresh(spot[1], places, places[-1:]) for spot in drawing.places(beat, home))
    return _VISIBLE.get(beat.verb, 1.0) * seen * company * (place**0.3 if beat.role == "ending" else place)


def _has_companion(beat: BeatTemplate) -> bool:
    return "c" in slots(beat.event)


def accompany(plan: Plan, theme: Theme) -> Plan:
    """The plan with the theme's companion in at least ``PRESENT`` beats: beats that were written for one person get somebody who looks on."""
    if theme.companion is None:
        return plan
    lone = sorted((n for n, one in enumerate(plan.beats) if not _has_companion(one.template)), key=lambda n: (_QUIET.index(plan.beats[n].template.role), n))
    wanted = max(0, min(PRESENT, len(plan.beats) - 1) - (len(plan.beats) - len(lone)))
    beats = list(plan.beats)
    ways = library().company["together" if theme.together else "apart"]
    for turn, number in enumerate(lone[:wanted]):
        beats[number] = replace(beats[number], company=fill(ways[turn % len(ways)], {"c": theme.values["c"]}))
    return replace(plan, beats=tuple(beats))


def _keep(drawing: Drawing, beat: BeatTemplate) -> None:
    """What the discovery brought is kept to the end, if it can be carried."""
    kept = next((prop for prop in beat.props if "{" not in prop and drawable(prop) and prop not in _NOT_KEPT), None)
    if kept:
        drawing.values["keep"] = kept


_NOT_KEPT = frozenset(("paw prints", "painting", "painted door", "striped fish", "showcase", "small box", "printer", "paint", "door", "trunk", "table",
                       "stone wall", "bicycle", "carved rock", "coral", "bench", "straw"))  # fmt: skip


def _draw_place(drawing: Drawing, beat: BeatTemplate, home: Setting | None, before: Sequence[Planned]) -> tuple[Setting, Place]:
    spots, seen = drawing.places(beat, home), [planned.place for planned in before]
    weights = np.array([_liking(drawing, spot) * fresh(spot[1], seen, seen[-1:]) for spot in spots])
    if not before:
        weights *= [1.0 if spot[0] is drawing.settings[0] else ELSEWHERE for spot in spots]
    setting, place, _ = spots[int(drawing.rng.choice(len(spots), p=weights / weights.sum()))]
    return setting, place


def _liking(drawing: Drawing, spot: tuple[Setting, Place, float]) -> float:
    main = 40.0 if spot[0] is drawing.settings[0] else 4.0 if named(drawing.theme, spot[0]) > 0 else 1.0
    return main * spot[2]


def _action(drawing: Drawing, beat: BeatTemplate) -> str:
    return fill(beat.event, drawing.values)


def hour(drawing: Drawing, number: int, shots: int) -> TimeOfDay:
    """The day moves on evenly through the hours that suit the first setting and the theme's own words."""
    words = drawing.theme.words | set(drawing.theme.english.lower().split())
    times = drawing.settings[0].times
    if words & {"night", "midnight", "evening", "late"}:
        times = (TimeOfDay.DUSK, TimeOfDay.NIGHT)
    elif words & {"sunrise", "morning", "breakfast"}:
        times = (TimeOfDay.MORNING, TimeOfDay.NOON)
    return times[min(len(times) - 1, number * len(times) // shots)]


def redraw(drawing: Drawing, plan: Plan, number: int, turn: int) -> Plan:
    """The plan with beat ``number`` (from 0) drawn again with care, the ``turn``-th time; a knot's parts move together."""
    beat = plan.beats[number].template
    others = [planned for n, planned in enumerate(plan.beats) if n != number]
    entries = drawing.candidates(beat.role, (planned.template for planned in plan.beats), beat.knot)
    entries = [entry for entry in entries if entry[0].role == beat.role and (beat.knot is None or entry[0].knot == beat.knot)]
    entries = entries or [(beat, next((s for s in plan.settings if beat in s.beats), None), 1.0)]
    ranked = _ranked(drawing, entries, [planned.action for planned in others])
    chosen, home, _ = ranked[min(turn, len(ranked) - 1)]
    setting, place = _free_place(drawing, chosen, home, others, number)
    beats = list(plan.beats)
    beats[number] = Planned(chosen, _action(drawing, chosen), place, setting, plan.beats[number].time)
    return replace(plan, beats=tuple(beats))


def _ranked(
    drawing: Drawing, entries: Sequence[tuple[BeatTemplate, Setting | None, float]], others: Sequence[str]
) -> list[tuple[BeatTemplate, Setting | None, float]]:
    actions = [_action(drawing, beat) for beat, _, _ in entries]
    near = meaning.relevance(actions, [drawing.theme.english])[:, 0]
    alike = meaning.relevance(actions, others).max(axis=1) if others else np.zeros(len(actions))
    marks = near - CARE * alike + 0.05 * np.array([weight for _, _, weight in entries])
    return [entries[int(n)] for n in np.argsort(-marks, kind="stable")]


def move(drawing: Drawing, plan: Plan, number: int) -> Plan:
    """The plan with beat ``number`` (from 0) at a place that no other beat has."""
    planned = plan.beats[number]
    home = next((setting for setting in plan.settings if planned.template in setting.beats), None)
    others = [one for n, one in enumerate(plan.beats) if n != number]
    setting, place = _free_place(drawing, planned.template, home, others, number)
    beats = list(plan.beats)
    beats[number] = replace(planned, setting=setting, place=place)
    return replace(plan, beats=tuple(beats))


def _free_place(drawing: Drawing, beat: BeatTemplate, home: Setting | None, others: Sequence[Planned], number: int) -> tuple[Setting, Place]:
    used = {planned.place.phrase for planned in others}
    spots = [spot for spot in drawing.places(beat, home) if spot[1].phrase not in used]
    if not spots:
        spots = [(s, p, suits(beat, p)) for s in drawing.settings for p in s.places if p.phrase not in used]
    if not spots:
        spots = drawing.places(beat, home)
    seen = [planned.place for planned in others]
    beside = seen[max(0, number - 1) : number + 1]
    setting, place, _ = max(spots, key=lambda spot: _liking(drawing, spot) * fresh(spot[1], seen, beside))
    return setting, place


def props_of(beat: BeatTemplate, values: Mapping[str, str]) -> tuple[str, ...]:
    """The beat's things with slots filled, in the story's words."""
    return tuple(dict.fromkeys(re.sub(r"^the ", "", fill(prop, values)) for prop in beat.props if slots(prop) <= values.keys()))


def drawn(things: Sequence[str]) -> tuple[str, ...]:
    """The things that a picture can show, in the words under which they are drawn."""
    return tuple(dict.fromkeys(shown for shown in map(drawable, things) if shown))
