"""Where a thing goes: on the front, beside the person, further off, on the water or in the air; never over a face or
another thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from personavlog.media.arrays import Box
from personavlog_embedded.things.surroundings import Surroundings
from personavlog_embedded.things.thing import Thing

EYE_HEIGHT = 1.6
"""Metres; it gives the ground its perspective."""
HANDY = 0.5
"""Metres; what is lower may stand on a table or wall."""
LARGE = 0.85
"""Metres; what is taller stands further off."""
SHRINKS = (1.0, 0.85, 0.7, 0.55, 0.45)
"""What a thing's size is multiplied by, in turn, where there is no room."""
WIDEST = 0.4
"""Of the frame's width; what is wider beside a standing person moves away from the lens."""
NEAREST = 0.95
"""Of the frame's height: where ground is seen in a frame that cuts the feet off."""
GREAT = 2.2
"""Metres; what is longer is worth more whole and large than uncovered: the body may hide a part of it."""
HIDDEN = 0.3
"""The largest such part."""
TRUNK = 0.9
"""Face heights from a body's middle to its side without the arms."""
HEAD_COUNTS = 2.0
"""Times, that what lies behind the head counts as hidden."""
GREATEST = 0.62
"""Of the frame's width, its own."""
UPRIGHT = 1.3
"""Metres; what is as tall, and narrow, stands beside a person whose feet the frame cuts off, its own foot below the
frame too."""
SLIM = 1.2
"""Metres; what is wider is not narrow."""
BESIDE = 0.68
"""How large it is there for its size at the person's distance."""
STEP = 0.025
"""Of the frame's width, between places that are tried."""
DOWN = 0.42
"""Metres above the ground up to which a hand works on the ground."""
SEATS = frozenset(("bench", "chair", "stool", "sofa"))
SEAT_HEIGHT = 0.45
"""Metres."""
LEANS_DOWN = 17.0
"""Degrees at which what stands on a front is seen from above."""


@dataclass(frozen=True)
class Spot:
    """``x`` and ``foot`` in canvas px; ``metre`` px a metre has there; ``sunk`` is the share of the height behind the
    front; ``wet`` on water."""

    x: float
    foot: float
    metre: float
    depth: float
    pitch: float
    before: bool = False
    standing: bool = True
    sunk: float = 0.0
    wet: bool = False


def spot(table: Surroundings, thing: Thing, taken: Sequence[Box]) -> Spot:
    """The first free place of the kind where such things are."""
    where = thing.where
    if sat_on(table, thing):
        return _under_the_person(table)
    planted = _under_a_hand(table, thing, taken)
    if planted is not None:
        return planted
    if where == "overhead":
        return _over_the_head(table)
    if where == "air":
        return _moved(table, thing, _in_the_air(table, thing), taken)
    if where == "water" and table.place.open_water:
        return _moved(table, thing, _on_the_water(table, thing), taken)
    return _moved(table, thing, _standing(table, thing), taken)


def sat_on(table: Surroundings, thing: Thing) -> bool:
    """Whether the person sits on it."""
    return table.seat is not None and thing.name in SEATS and thing.phrase.count == 1


def _under_the_person(table: Surroundings) -> Spot:
    """Behind one who sits on it, its seat at their hips."""
    assert table.seat is not None
    x, level = table.seat
    foot = level + 0.5 * table.metre if table.feet is None else table.feet - 0.02 * table.spec.height
    return Spot(x, foot, max((foot - level) / SEAT_HEIGHT, 0.6 * table.metre), 0.17, _pitch(table, foot))


def _under_a_hand(table: Surroundings, thing: Thing, taken: Sequence[Box]) -> Spot | None:
    """On the ground at a hand that reaches down to it, for the first small thing; None where no hand does."""
    if table.feet is None or thing.where not in ("surface", "ground") or thing.size[1] > HANDY:
        return None
    low = [grip for grip in table.grips if grip.y > table.feet - DOWN * table.metre]
    low.sort(key=lambda grip: abs(grip.x - table.middle))
    at = Spot(low[-1].x, table.feet, table.metre, 0.13, _pitch(table, table.feet), before=True) if low else None
    return at if at is not None and not any(_common(box(thing, at), other) for other in taken) else None


def box(thing: Thing, at: Spot) -> Box:
    """What the thing covers, px."""
    wide, tall = (side * at.metre for side in thing.size)
    foot = at.foot + at.sunk * tall
    return at.x - wide / 2, foot - tall, at.x + wide / 2, foot


def _standing(table: Surroundings, thing: Thing) -> Spot:
    tall = thing.size[1]
    if table.front_top is None and table.feet is not None:
        return _by_the_feet(table, thing) if tall < 2 * LARGE else _further_off(table, thing)
    if table.feet is None and _upright(table, thing):
        return _at_arm_s_length(table, thing)
    if tall < HANDY and table.front_top is not None:
        return _on_the_front(table, thing)
    if tall < LARGE and table.front_top is not None:
        return _behind_the_front(table, thing)
    if table.front_top is None and tall < LARGE:
        return _on_the_ground_behind(table, thing)
    return _further_off(table, thing)


def _over_the_head(table: Surroundings) -> Spot:
    """As if the person held it over the shoulder."""
    x0, _, x1, y1 = table.face.box
    tall = table.face_height * table.spec.size
    return Spot(
        (x0 + x1) / 2 + table.away * 0.55 * tall,
        y1 + 1.2 * tall,
        min(table.metre * 1.05, 0.9 * table.spec.unit),
        0.17,
        -6.0,
        standing=False,
    )


def _in_the_air(table: Surroundings, thing: Thing) -> Spot:
    spec = table.spec
    wide, tall = thing.size
    size = float(np.clip(0.16 * max(wide, tall) ** 0.6, 0.07, 0.27)) * spec.unit
    metre = size / max(wide, tall)
    foot = spec.margin + spec.height * 0.1 + tall * metre
    return Spot(table.middle, foot, metre, 0.5, -8.0, standing=False)


def _on_the_water(table: Surroundings, thing: Thing) -> Spot:
    """Between the shore and the horizon, larger things further out."""
    setting, spec = table.setting, table.spec
    share = table.place.firm * float(np.clip(0.86 - 0.22 * max(thing.size), 0.25, 0.82))
    return _perspective(
        table, setting.horizon + share * (setting.height - spec.margin - setting.horizon), thing, wet=True
    )


def _on_the_front(table: Surroundings, thing: Thing) -> Spot:
    """A little nearer than the person."""
    assert table.front_top is not None
    unit, tall = table.spec.unit, max(thing.size)
    metre = min(tall * table.metre, unit * 0.4) / tall
    foot = min(
        table.front_top + unit * table.place.foreground.rest,
        table.spec.margin + table.spec.height * 0.975,
    )
    return Spot(table.middle, foot, metre, 0.05, LEANS_DOWN, before=True)


def _behind_the_front(table: Surroundings, thing: Thing) -> Spot:
    assert table.front_top is not None
    unit, tall = table.spec.unit, thing.size[1]
    metre = float(np.clip(tall * table.metre * 0.9, unit * 0.16, unit * 0.45)) / tall
    return Spot(table.middle, table.front_top, metre, 0.22, 8.0, standing=False, sunk=0.25)


def is_great(table: Surroundings, thing: Thing, at: Spot) -> bool:
    """Whether it may stand partly behind the body."""
    return table.front_top is None and max(thing.size) > GREAT and at.standing and not at.before and not at.wet


def _upright(table: Surroundings, thing: Thing) -> bool:
    """Whether a thing as tall as a person has room at their side."""
    return (
        table.front_top is None
        and UPRIGHT < thing.size[1] < 2 * LARGE
        and thing.size[0] < SLIM
        and _side_room(table) > 0.14 * table.spec.width
    )


def _side_room(table: Surroundings) -> float:
    """Px between the body and the frame's further side."""
    spec = table.spec
    return (
        max(table.middle - spec.margin, spec.margin + spec.width - table.middle)
        - table.face_height * table.body
        - 0.02 * spec.width
    )


def _at_arm_s_length(table: Surroundings, thing: Thing) -> Spot:
    """A step behind the person, at true size as far as the room allows; their eyes are at the usual height."""
    eyes, low = (table.face.box[1] + table.face.box[3]) / 2, table.spec.margin + table.spec.height
    # The frame leaves its upper part, an easel's canvas, to be seen.
    seen = (low - eyes) / (EYE_HEIGHT - 0.38 * thing.size[1])
    metre = min(BESIDE * table.metre, _side_room(table) / (1.1 * thing.size[0]), seen)
    return Spot(table.middle, eyes + EYE_HEIGHT * metre, metre, 0.2, 3.0)


def _by_the_feet(table: Surroundings, thing: Thing) -> Spot:
    """On the ground a little behind the person, who then never walks over it."""
    assert table.feet is not None
    horizon, low = table.setting.horizon, thing.size[1] < HANDY
    foot = table.feet + (-0.012 if low else -0.035) * table.spec.height
    # What is wide for a narrow frame stands further back.
    back = float(np.clip(WIDEST * table.spec.width / (thing.size[0] * table.metre), 0.42, 1.0))
    foot = horizon + (foot - horizon) * back if foot > horizon else foot
    nearness = (foot - horizon) / max(table.feet - horizon, 1.0)
    return Spot(table.middle, foot, table.metre * nearness, 0.17 if low else 0.18, _pitch(table, foot))


def _on_the_ground_behind(table: Surroundings, thing: Thing) -> Spot:
    """Where a frame that cuts the feet off shows the nearest ground."""
    return _perspective(
        table,
        max(table.spec.margin + NEAREST * table.spec.height, table.setting.horizon + 0.2 * table.spec.height),
        thing,
    )


def _further_off(table: Surroundings, thing: Thing) -> Spot:
    """In the place's perspective; what would stand where the front hides it looks over the front."""
    spec, setting = table.spec, table.setting
    share = max(table.place.firm, float(np.clip(0.62 - 0.1 * thing.size[1], 0.2, 0.6)))
    at = _perspective(table, setting.horizon + share * (setting.height - spec.margin - setting.horizon), thing)
    if table.front_top is not None and at.foot > table.front_top:
        return Spot(at.x, table.front_top, at.metre, at.depth, at.pitch, standing=False, sunk=0.2)
    return at


def _perspective(table: Surroundings, foot: float, thing: Thing, wet: bool = False) -> Spot:
    spec, horizon = table.spec, table.setting.horizon
    nearness = (
        table.metre / (table.feet - horizon) if table.feet is not None and table.feet > horizon + 20 else 1 / EYE_HEIGHT
    )
    wide, tall = thing.size
    metre = min(
        (foot - horizon) * nearness,
        0.62 * spec.height / tall,
        (GREATEST if max(thing.size) > GREAT else 0.5) * spec.width / wide,
    )
    return Spot(table.middle, foot, metre, 0.35, _pitch(table, foot), wet=wet)


def _pitch(table: Surroundings, foot: float) -> float:
    """Degrees below the horizon at which the foot is seen."""
    return float(
        np.clip(
            np.degrees(np.arctan2(foot - table.setting.horizon, 1.05 * max(table.spec.width, table.spec.height))),
            3.0,
            24.0,
        )
    )


def _moved(table: Surroundings, thing: Thing, at: Spot, taken: Sequence[Box]) -> Spot:
    """Beside the person, the roomier side first, further out until nothing is covered; made smaller where all is
    full."""
    best: tuple[float, Spot] | None = None
    great = is_great(table, thing, at)
    for shrink in SHRINKS:
        size = Spot(at.x, at.foot, at.metre * shrink, at.depth, at.pitch, at.before, at.standing, at.sunk, at.wet)
        for x in _candidates(table, thing, size):
            there = Spot(
                x, size.foot, size.metre, size.depth, size.pitch, size.before, size.standing, size.sunk, size.wet
            )
            covered = _covered(table, box(thing, there), taken, there, great)
            if covered < (HIDDEN if great else 0.02):
                return there
            if best is None or covered < best[0]:
                best = covered, there
    assert best is not None
    return best[1]


def _candidates(table: Surroundings, thing: Thing, at: Spot) -> list[float]:
    spec, half = table.spec, thing.size[0] * at.metre / 2
    low, high = spec.margin + half * 1.04, spec.margin + spec.width - half * 1.04
    if low >= high:
        return [spec.margin + spec.width / 2]
    clear = table.face_height * (1.0 if at.before and table.feet is None else table.body) + 0.02 * spec.width
    clear = 0.5 * table.face_height if is_great(table, thing, at) else clear
    first = clear + half if at.standing or at.sunk else max(clear + half, 0.2 * spec.width)
    steps = [first + k * STEP * spec.width for k in range(28)]
    wanted = [table.middle + side * step for step in steps for side in (table.away, -table.away)]
    inside = [x for x in wanted if low <= x <= high]
    return inside or [float(np.clip(table.middle + table.away * first, low, high))]


def _covered(table: Surroundings, own: Box, taken: Sequence[Box], at: Spot, great: bool) -> float:
    """Share of the thing that lies over the head, over other things or behind the body; a great thing only fears the
    trunk."""
    reach = (TRUNK if great else table.body) * table.face_height
    body = (table.middle - reach, table.kept_clear[3], table.middle + reach, float(table.spec.canvas[0]))
    others = [table.kept_clear, *taken] if at.before and table.feet is None else [table.kept_clear, body, *taken]
    area = max((own[2] - own[0]) * (own[3] - own[1]), 1.0)
    # The longer something is, the smaller the share of it that hides a whole head.
    heads = (HEAD_COUNTS - 1) * _common(own, table.kept_clear) if great else 0.0
    return (heads + sum(_common(own, other) for other in others)) / area


def _common(first: Box, second: Box) -> float:
    wide = min(first[2], second[2]) - max(first[0], second[0])
    tall = min(first[3], second[3]) - max(first[1], second[1])
    return max(wide, 0.0) * max(tall, 0.0)
