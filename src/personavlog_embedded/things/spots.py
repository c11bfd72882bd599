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


def spot(around: Surroundings, thing: Thing, taken: Sequence[Box]) -> Spot:
    """The first free place of the kind where such things are."""
    where = thing.where
    if sat_on(around, thing):
        return _under_the_person(around)
    planted = _under_a_hand(around, thing, taken)
    if planted is not None:
        return planted
    if where == "overhead":
        return _over_the_head(around)
    if where == "air":
        return _moved(around, thing, _in_the_air(around, thing), taken)
    if where == "water" and around.place.open_water:
        return _moved(around, thing, _on_the_water(around, thing), taken)
    return _moved(around, thing, _standing(around, thing), taken)


def sat_on(around: Surroundings, thing: Thing) -> bool:
    """Whether the person sits on it."""
    return around.seat is not None and thing.name in SEATS and thing.phrase.count == 1


def _under_the_person(around: Surroundings) -> Spot:
    """Behind one who sits on it, its seat at their hips."""
    assert around.seat is not None
    x, level = around.seat
    foot = level + 0.5 * around.metre if around.feet is None else around.feet - 0.02 * around.spec.height
    return Spot(x, foot, max((foot - level) / SEAT_HEIGHT, 0.6 * around.metre), 0.17, _pitch(around, foot))


def _under_a_hand(around: Surroundings, thing: Thing, taken: Sequence[Box]) -> Spot | None:
    """On the ground at a hand that reaches down to it, for the first small thing; None where no hand does."""
    if around.feet is None or thing.where not in ("surface", "ground") or thing.size[1] > HANDY:
        return None
    low = [grip for grip in around.grips if grip.y > around.feet - DOWN * around.metre]
    low.sort(key=lambda grip: abs(grip.x - around.middle))
    at = Spot(low[-1].x, around.feet, around.metre, 0.13, _pitch(around, around.feet), before=True) if low else None
    return at if at is not None and not any(_common(box(thing, at), other) for other in taken) else None


def box(thing: Thing, at: Spot) -> Box:
    """What the thing covers, px."""
    wide, tall = (side * at.metre for side in thing.size)
    foot = at.foot + at.sunk * tall
    return at.x - wide / 2, foot - tall, at.x + wide / 2, foot


def _standing(around: Surroundings, thing: Thing) -> Spot:
    tall = thing.size[1]
    if around.front_top is None and around.feet is not None:
        return _by_the_feet(around, thing) if tall < 2 * LARGE else _further_off(around, thing)
    if around.feet is None and _upright(around, thing):
        return _at_arm_s_length(around, thing)
    if tall < HANDY and around.front_top is not None:
        return _on_the_front(around, thing)
    if tall < LARGE and around.front_top is not None:
        return _behind_the_front(around, thing)
    if around.front_top is None and tall < LARGE:
        return _on_the_ground_behind(around, thing)
    return _further_off(around, thing)


def _over_the_head(around: Surroundings) -> Spot:
    """As if the person held it over the shoulder."""
    x0, _, x1, y1 = around.face.box
    tall = around.face_height * around.spec.size
    return Spot(
        (x0 + x1) / 2 + around.away * 0.55 * tall,
        y1 + 1.2 * tall,
        min(around.metre * 1.05, 0.9 * around.spec.unit),
        0.17,
        -6.0,
        standing=False,
    )


def _in_the_air(around: Surroundings, thing: Thing) -> Spot:
    spec = around.spec
    wide, tall = thing.size
    size = float(np.clip(0.16 * max(wide, tall) ** 0.6, 0.07, 0.27)) * spec.unit
    metre = size / max(wide, tall)
    foot = spec.margin + spec.height * 0.1 + tall * metre
    return Spot(around.middle, foot, metre, 0.5, -8.0, standing=False)


def _on_the_water(around: Surroundings, thing: Thing) -> Spot:
    """Between the shore and the horizon, larger things further out."""
    setting, spec = around.setting, around.spec
    share = around.place.firm * float(np.clip(0.86 - 0.22 * max(thing.size), 0.25, 0.82))
    return _perspective(
        around, setting.horizon + share * (setting.height - spec.margin - setting.horizon), thing, wet=True
    )


def _on_the_front(around: Surroundings, thing: Thing) -> Spot:
    """A little nearer than the person."""
    assert around.front_top is not None
    unit, tall = around.spec.unit, max(thing.size)
    metre = min(tall * around.metre, unit * 0.4) / tall
    foot = min(
        around.front_top + unit * around.place.foreground.rest,
        around.spec.margin + around.spec.height * 0.975,
    )
    return Spot(around.middle, foot, metre, 0.05, LEANS_DOWN, before=True)


def _behind_the_front(around: Surroundings, thing: Thing) -> Spot:
    assert around.front_top is not None
    unit, tall = around.spec.unit, thing.size[1]
    metre = float(np.clip(tall * around.metre * 0.9, unit * 0.16, unit * 0.45)) / tall
    return Spot(around.middle, around.front_top, metre, 0.22, 8.0, standing=False, sunk=0.25)


def is_great(around: Surroundings, thing: Thing, at: Spot) -> bool:
    """Whether it may stand partly behind the body."""
    return around.front_top is None and max(thing.size) > GREAT and at.standing and not at.before and not at.wet


def _upright(around: Surroundings, thing: Thing) -> bool:
    """Whether a thing as tall as a person has room at their side."""
    return (
        around.front_top is None
        and UPRIGHT < thing.size[1] < 2 * LARGE
        and thing.size[0] < SLIM
        and _side_room(around) > 0.14 * around.spec.width
    )


def _side_room(around: Surroundings) -> float:
    """Px between the body and the frame's further side."""
    spec = around.spec
    return (
        max(around.middle - spec.margin, spec.margin + spec.width - around.middle)
        - around.face_height * around.body
        - 0.02 * spec.width
    )


def _at_arm_s_length(around: Surroundings, thing: Thing) -> Spot:
    """A step behind the person, at true size as far as the room allows; their eyes are at the usual height."""
    eyes, low = (around.face.box[1] + around.face.box[3]) / 2, around.spec.margin + around.spec.height
    # The frame leaves its upper part, an easel's canvas, to be seen.
    seen = (low - eyes) / (EYE_HEIGHT - 0.38 * thing.size[1])
    metre = min(BESIDE * around.metre, _side_room(around) / (1.1 * thing.size[0]), seen)
    return Spot(around.middle, eyes + EYE_HEIGHT * metre, metre, 0.2, 3.0)


def _by_the_feet(around: Surroundings, thing: Thing) -> Spot:
    """On the ground a little behind the person, who then never walks over it."""
    assert around.feet is not None
    horizon, low = around.setting.horizon, thing.size[1] < HANDY
    foot = around.feet + (-0.012 if low else -0.035) * around.spec.height
    # What is wide for a narrow frame stands further back.
    back = float(np.clip(WIDEST * around.spec.width / (thing.size[0] * around.metre), 0.42, 1.0))
    foot = horizon + (foot - horizon) * back if foot > horizon else foot
    nearness = (foot - horizon) / max(around.feet - horizon, 1.0)
    return Spot(around.middle, foot, around.metre * nearness, 0.17 if low else 0.18, _pitch(around, foot))


def _on_the_ground_behind(around: Surroundings, thing: Thing) -> Spot:
    """Where a frame that cuts the feet off shows the nearest ground."""
    return _perspective(
        around,
        max(around.spec.margin + NEAREST * around.spec.height, around.setting.horizon + 0.2 * around.spec.height),
        thing,
    )


def _further_off(around: Surroundings, thing: Thing) -> Spot:
    """In the place's perspective; what would stand where the front hides it looks over the front."""
    spec, setting = around.spec, around.setting
    share = max(around.place.firm, float(np.clip(0.62 - 0.1 * thing.size[1], 0.2, 0.6)))
    at = _perspective(around, setting.horizon + share * (setting.height - spec.margin - setting.horizon), thing)
    if around.front_top is not None and at.foot > around.front_top:
        return Spot(at.x, around.front_top, at.metre, at.depth, at.pitch, standing=False, sunk=0.2)
    return at


def _perspective(around: Surroundings, foot: float, thing: Thing, wet: bool = False) -> Spot:
    spec, horizon = around.spec, around.setting.horizon
    nearness = (
        around.metre / (around.feet - horizon)
        if around.feet is not None and around.feet > horizon + 20
        else 1 / EYE_HEIGHT
    )
    wide, tall = thing.size
    metre = min(
        (foot - horizon) * nearness,
        0.62 * spec.height / tall,
        (GREATEST if max(thing.size) > GREAT else 0.5) * spec.width / wide,
    )
    return Spot(around.middle, foot, metre, 0.35, _pitch(around, foot), wet=wet)


def _pitch(around: Surroundings, foot: float) -> float:
    """Degrees below the horizon at which the foot is seen."""
    return float(
        np.clip(
            np.degrees(np.arctan2(foot - around.setting.horizon, 1.05 * max(around.spec.width, around.spec.height))),
            3.0,
            24.0,
        )
    )


def _moved(around: Surroundings, thing: Thing, at: Spot, taken: Sequence[Box]) -> Spot:
    """Beside the person, the roomier side first, further out until nothing is covered; made smaller where all is
    full."""
    best: tuple[float, Spot] | None = None
    great = is_great(around, thing, at)
    for shrink in SHRINKS:
        size = Spot(at.x, at.foot, at.metre * shrink, at.depth, at.pitch, at.before, at.standing, at.sunk, at.wet)
        for x in _candidates(around, thing, size):
            there = Spot(
                x, size.foot, size.metre, size.depth, size.pitch, size.before, size.standing, size.sunk, size.wet
            )
            covered = _covered(around, box(thing, there), taken, there, great)
            if covered < (HIDDEN if great else 0.02):
                return there
            if best is None or covered < best[0]:
                best = covered, there
    assert best is not None
    return best[1]


def _candidates(around: Surroundings, thing: Thing, at: Spot) -> list[float]:
    spec, half = around.spec, thing.size[0] * at.metre / 2
    low, high = spec.margin + half * 1.04, spec.margin + spec.width - half * 1.04
    if low >= high:
        return [spec.margin + spec.width / 2]
    clear = around.face_height * (1.0 if at.before and around.feet is None else around.body) + 0.02 * spec.width
    clear = 0.5 * around.face_height if is_great(around, thing, at) else clear
    first = clear + half if at.standing or at.sunk else max(clear + half, 0.2 * spec.width)
    steps = [first + k * STEP * spec.width for k in range(28)]
    wanted = [around.middle + side * step for step in steps for side in (around.away, -around.away)]
    inside = [x for x in wanted if low <= x <= high]
    return inside or [float(np.clip(around.middle + around.away * first, low, high))]


def _covered(around: Surroundings, own: Box, taken: Sequence[Box], at: Spot, great: bool) -> float:
    """Share of the thing that lies over the head, over other things or behind the body; a great thing only fears the
    trunk."""
    reach = (TRUNK if great else around.body) * around.face_height
    body = (around.middle - reach, around.kept_clear[3], around.middle + reach, float(around.spec.canvas[0]))
    others = [around.kept_clear, *taken] if at.before and around.feet is None else [around.kept_clear, body, *taken]
    area = max((own[2] - own[0]) * (own[3] - own[1]), 1.0)
    # The longer something is, the smaller the share of it that hides a whole head.
    heads = (HEAD_COUNTS - 1) * _common(own, around.kept_clear) if great else 0.0
    return (heads + sum(_common(own, other) for other in others)) / area


def _common(first: Box, second: Box) -> float:
    wide = min(first[2], second[2]) - max(first[0], second[0])
    tall = min(first[3], second[3]) - max(first[1], second[1])
    return max(wide, 0.0) * max(tall, 0.0)
