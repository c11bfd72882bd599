"""What a hand holds: which thing, how it leans, how large it is, and which hand carries it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from personavlog.script import Act
from personavlog_embedded.scene.grip import Grip
from personavlog_embedded.scene.stage import Follows, Layer
from personavlog_embedded.things.models.model import MODELS
from personavlog_embedded.things.models.solid import Point
from personavlog_embedded.things.relief import ThingCamera, offset
from personavlog_embedded.things.surroundings import Surroundings
from personavlog_embedded.things.thing import Thing, find

LEAN = {"rod": 0.5, "flat": 0.3}
"""How much of the forearm's direction is in a thing's own."""
CLOSE = 2.6
"""Hand lengths within which two hands hold one thing."""
ONE_HANDED = 0.3
"""Metres; what is wider and made for two hands is not held in one."""
OVER = 1.08
"""An umbrella is drawn larger: it must clear the hair."""
SHOWN = 0.035
"""Metres by which a ticket or a letter looks out over two fists."""
HEAVY = 1.2
"""Metres; what is larger is never held, but for umbrellas and brooms, which are only long."""


@dataclass(frozen=True)
class Held:
    """A thing in a hand: its ``point`` (metres) is seen at ``x``, ``y`` (canvas px); ``metre`` px a metre has."""

    thing: Thing
    point: Point
    x: float
    y: float
    metre: float
    eye: ThingCamera
    follows: Follows
    before: bool


def held_things(around: Surroundings, things: Sequence[Thing]) -> dict[int, Held]:
    """Which of the things are held, by their number: one a hand, or one in both."""
    free = [(number, grip) for number, grip in enumerate(around.grips) if grip.holds and _in_sight(around, grip)]
    if things and tethered(things[0]):
        # Its line is in the first hand.
        free = free[1:]
    out: dict[int, Held] = {}
    for number, thing in enumerate(things):
        if not _meant(around, thing):
            continue
        # An instrument that is played is in both hands, though only one may close around it.
        played = (
            bool(free)
            and around.spec.board.act is Act.PLAY
            and thing.model is not None
            and thing.model.hold == "both"
            and len(around.grips) == 2
        )
        if not free or not holdable(thing, 2 if played else len(free)):
            continue
        assert thing.model is not None
        if thing.model.hold == "rod":
            # A tool is in the hand that reaches out.
            free.sort(key=lambda entry: -abs(entry[1].x - around.middle))
        near = thing.model.hold == "flat" and len(free) == 2 and _near(free[0][1], free[1][1])
        hands = (
            list(enumerate(around.grips))
            if played
            else free
            if thing.model.hold == "both" or near
            else [_fitting(free, thing)]
        )
        out[number] = _held(around, thing, hands)
        free = [entry for entry in free if entry not in hands]
    return out


def _fitting(free: Sequence[tuple[int, Grip]], thing: Thing) -> tuple[int, Grip]:
    """The hand at the mouth for what is eaten or drunk, the hanging one for what hangs."""
    by_height = sorted(free, key=lambda entry: entry[1].y)
    assert thing.model is not None
    return by_height[0] if thing.model.hold == "level" else by_height[-1] if thing.model.hold == "string" else free[0]


def _in_sight(around: Surroundings, grip: Grip) -> bool:
    """Whether the front leaves the hand to be seen."""
    return around.front_top is None or grip.y < around.front_top - 0.2 * grip.size


def _meant(around: Surroundings, thing: Thing) -> bool:
    """Whether the board lets it be held: what is in the hands, or any prop where the board does not say what is
    done."""
    names = (thing.name, thing.phrase.noun, *(thing.model.names if thing.model else ()))
    found = [hit[0] for name in around.spec.in_hand if (hit := find(name)) is not None]
    return any(one.name == thing.name or one.phrase.noun in names for one in found)


def holdable(thing: Thing, hands: int) -> bool:
    """Whether so many hands can hold the thing."""
    if thing.model is None or not thing.model.hold or thing.phrase.count > 1 or tethered(thing):
        return False
    wide, tall = thing.size
    if thing.model.hold == "both":
        return wide < HEAVY and tall < HEAVY and (hands > 1 or wide < ONE_HANDED)
    return wide < HEAVY


def with_held_things(people: Sequence[Layer], held: Sequence[Layer]) -> list[Layer]:
    """A drawn person's layers with what they hold: over body and head, under the fingers that close around it.

    What is held over the head goes below the head, so that no pole crosses the face.
    """
    high = [layer for layer in held if (model := MODELS.get(layer.name)) and model.where == "overhead"]
    low = [layer for layer in held if layer not in high]
    names = [layer.name for layer in people]
    head = names.index("head") if "head" in names else len(people)
    fingers = names.index("over hands") if "over hands" in names else len(people)
    return [*people[:head], *high, *people[head:fingers], *low, *people[fingers:]]


def tethered(thing: Thing) -> bool:
    """Whether it flies on a long line, as a kite does."""
    return thing.model is not None and thing.model.where == "air" and thing.model.grip[1] < 0


def _near(first: Grip, second: Grip) -> bool:
    return float(np.hypot(first.x - second.x, first.y - second.y)) < CLOSE * (first.size + second.size) / 2


def _held(around: Surroundings, thing: Thing, hands: list[tuple[int, Grip]]) -> Held:
    assert thing.model is not None
    _, grip = hands[0]
    x, y = float(np.mean([h.x for _, h in hands])), float(np.mean([h.y for _, h in hands]))
    long = thing.model.hold == "both" and thing.size[1] > 0.5
    roll = _across([h for _, h in hands]) if long else _leaning(thing, grip)
    eye = ThingCamera(thing.model.yaw * (0.4 if len(hands) > 1 else 0.7), 6.0, roll)
    wide = OVER if thing.where == "overhead" else 1.0
    metre = wide * _metre(around, grip)
    if len(hands) > 1 and not long:
        metre = _spanning(thing, metre, abs(hands[0][1].x - hands[1][1].x))
    gx, gy, gz = (part * thing.phrase.size for part in thing.model.grip)
    # Two fists would hide a small paper between them.
    gy -= SHOWN if len(hands) > 1 and thing.model.hold == "flat" else 0.0
    return Held(thing, (0.0 if len(hands) > 1 else gx, gy, gz), x, y, metre, eye, grip.hand, grip.before)


def _spanning(thing: Thing, metre: float, apart: float) -> float:
    """As large as makes it reach from hand to hand, within what still looks like the thing."""
    assert thing.model is not None
    wide = thing.size[0] if thing.model.hold == "flat" else 2 * abs(thing.model.grip[0]) * thing.phrase.size
    return metre if wide < 0.06 else float(np.clip(apart / wide, 0.75 * metre, 1.5 * metre))


def _metre(around: Surroundings, grip: Grip) -> float:
    """Between what the face and what the hand say, so that the thing fits both."""
    return float(np.sqrt(around.metre * around.spec.size * grip.size / 0.185))


def _leaning(thing: Thing, grip: Grip) -> float:
    """Degrees counter-clockwise by which the thing leans with the forearm."""
    assert thing.model is not None
    share = 0.12 if thing.where == "overhead" else LEAN.get(thing.model.hold, 0.0)
    x, y = share * np.cos(np.radians(grip.angle)), 1 - share * np.sin(np.radians(grip.angle))
    return float(np.degrees(np.arctan2(-x, y)))


def _across(hands: Sequence[Grip]) -> float:
    """Instruments lie across the body, their necks up to the right-hand side of the picture or along the hands."""
    if len(hands) < 2:
        return -55.0
    first, second = sorted(hands, key=lambda h: h.x)
    return 55.0 if first.y < second.y else -55.0


def corner(held: Held, root: tuple[float, float]) -> tuple[float, float]:
    """Canvas px of the picture's top left corner, whose origin lies at ``root`` in it."""
    dx, dy = offset(held.thing.solids(), held.eye, held.metre, held.point)
    return held.x - dx - root[0], held.y - dy - root[1]
