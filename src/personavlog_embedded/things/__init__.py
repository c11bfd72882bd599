"""The things that a board asks for: found by their names, modelled as solids or taken from emoji drawings, put where
such things are, lit by the scene."""

from __future__ import annotations

from dataclasses import dataclass, replace

from personavlog.media.arrays import Box, Pixels
from personavlog_embedded.render.light import lamplit
from personavlog_embedded.things import picture, scenery
from personavlog_embedded.things.held import Held, corner, held_things, tethered, with_held_things
from personavlog_embedded.things.placement import PlacedThing, among, glowing, layer, line, mirrored, shaded, softened
from personavlog_embedded.things.relief import ThingCamera
from personavlog_embedded.things.spots import SEATS, Spot, box, is_great, sat_on, spot
from personavlog_embedded.things.surroundings import Surroundings
from personavlog_embedded.things.thing import Thing, find

__all__ = ["SEATS", "PlacedThing", "Surroundings", "Thing", "among", "find", "layer", "put", "with_held_things"]
VEHICLES_FACE = ("car", "bus", "train", "airplane", "boat", "sailboat", "bicycle", "motorcycle", "rover")
"""Things whose side is their best view: they are never turned round."""


@dataclass(frozen=True)
class _Found:
    asked: str
    thing: Thing
    similarity: float
    absent: bool


def put(around: Surroundings) -> tuple[list[PlacedThing], list[str]]:
    """The board's things, the furthest first, and a note for each that is not drawn. What a correction removed keeps
    its place free."""
    found, notes = _found(around)
    held = held_things(around, [entry.thing for entry in found])
    placed: list[PlacedThing] = []
    taken: list[Box] = list(around.occupied)
    for number, entry in enumerate(found):
        if number in held:
            if not entry.absent:
                placed.append(_in_hand(around, entry, held[number]))
            continue
        at = spot(around, entry.thing, taken)
        if sat_on(around, entry.thing):
            around = replace(around, seat=None)
        taken.append(box(entry.thing, at))
        if not entry.absent:
            placed.append(_drawn(around, entry, at))
    return sorted(placed, key=lambda thing: (-thing.depth, thing.box[3])), notes


def _found(around: Surroundings) -> tuple[list[_Found], list[str]]:
    """Each asked thing with what shows it, none twice; and what is said about the others."""
    out: dict[str, _Found] = {}
    notes: list[str] = []
    for asked in around.spec.props:
        absent = asked in around.spec.gone
        if not absent and scenery.shown(asked, around.place, around.setting.light):
            continue
        hit = find(asked)
        if hit is not None and not hit[0].placelike:
            out.setdefault(f"{hit[0].name} {hit[0].phrase.colour} {absent}", _Found(asked, *hit, absent))
        elif hit is None and not absent:
            notes.append(f"The embedded painter has no drawing of {asked!r}; it is left out.")
    return list(out.values()), notes


def _drawn(around: Surroundings, entry: _Found, at: Spot) -> PlacedThing:
    light = lamplit(around.light) if at.depth < 0.3 else around.light
    # What stands partly behind the person looks outward, so that its head is seen.
    right = (at.x > around.middle) != is_great(around, entry.thing, at)
    eye = ThingCamera(
        _yaw(entry.thing, right), at.pitch, -16.0 * around.away if entry.thing.where == "overhead" else 0.0
    )
    drawn = picture.draw_thing(
        entry.thing, at.metre, eye, light, 0.05 if at.before else 0.45 * at.depth, standing=at.standing and not at.wet
    )
    high = float(drawn.rgba.shape[0])
    foot = at.foot + at.sunk * drawn.root[1]
    rgba, pad = softened(drawn.rgba, around.blur * 0.5) if not at.before and around.blur > 0.8 else (drawn.rgba, 0)
    left, top = round(at.x - drawn.rgba.shape[1] / 2), round(foot - (drawn.root[1] if at.standing else high))
    under, u_left, u_top = _under(around, entry.thing, at, drawn, left, top)
    return PlacedThing(
        entry.asked,
        entry.thing,
        entry.similarity,
        rgba,
        left - pad,
        top - pad,
        at.before,
        at.depth,
        under,
        u_left,
        u_top,
    )


def _under(
    around: Surroundings, thing: Thing, at: Spot, drawn: picture.ThingPicture, left: int, top: int
) -> tuple[Pixels, int, int]:
    """What lies below the thing whose corner is given, and its own corner: a mirror image on water, light, a kite's
    line, or a shadow."""
    height, width = drawn.rgba.shape[:2]
    if at.wet:
        return mirrored(drawn.rgba), left, top + height - 4 - round(0.08 * height)
    if around.light.dark and _burns(thing):
        reach = round(1.3 * max(height, width))
        return glowing(reach), left + width // 2 - reach, top + height // 2 - reach
    hands = [grip for grip in around.grips if grip.holds]
    if hands and tethered(thing):
        return line((left + drawn.root[0], top + drawn.root[1]), (hands[0].x, hands[0].y))
    return (
        shaded(drawn.shade),
        round(left + drawn.root[0] - drawn.shade_root[0]),
        round(top + drawn.root[1] - drawn.shade_root[1]),
    )


def _in_hand(around: Surroundings, entry: _Found, held: Held) -> PlacedThing:
    drawn = picture.draw_thing(entry.thing, held.metre, held.eye, lamplit(around.light), 0.05, standing=False)
    left, top = corner(held, drawn.root)
    nothing = shaded(drawn.shade)
    return PlacedThing(
        entry.asked,
        entry.thing,
        entry.similarity,
        drawn.rgba,
        round(left),
        round(top),
        True,
        0.14,
        nothing,
        0,
        0,
        held.follows,
    )


def _yaw(thing: Thing, right: bool) -> float:
    """Things are turned towards the person."""
    if thing.model is None:
        return 0.0
    return -thing.model.yaw if right and thing.name not in VEHICLES_FACE else thing.model.yaw


def _burns(thing: Thing) -> bool:
    return (
        thing.model is not None
        and any(solid.glow >= 0.5 for solid in thing.solids())
        and thing.name not in ("phone", "laptop", "robot")
    )
