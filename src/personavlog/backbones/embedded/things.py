"""The things that a board asks for, put where such things are: on the front, behind it, on the ground, in the air, or over the head."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.backbones.embedded.stage import FacePoints, Layer
from personavlog.backbones.embedded.wish import Wish
from personavlog.backbones.embedded.world import fronts, props
from personavlog.backbones.embedded.world.light import Light, lamplit
from personavlog.backbones.embedded.world.places import Place
from personavlog.backbones.embedded.world.setting import Setting

Pixels = NDArray[np.uint8]
EYE_HEIGHT = 1.6
FACE_METRES = 0.21
"""Metres; together they give every thing its size in the perspective of the place."""
MOVABLE = 0.8
"""Metres; what is smaller stands beside the person where there is a front."""
HELD = 2.5
"""Face heights that an umbrella measures, held over the head."""


@dataclass(frozen=True)
class Placed:
    """A drawn thing: its top-left in canvas px, ``before`` the person or behind, ``depth`` as layers have it, whether it throws a ``shadow`` at its foot."""

    asked: str
    thing: props.Thing
    similarity: float
    rgba: Pixels
    left: int
    top: int
    before: bool
    depth: float
    shadow: bool

    @property
    def box(self) -> tuple[int, int, int, int]:
        """x0, y0, x1, y1 in canvas px."""
        return self.left, self.top, self.left + self.rgba.shape[1], self.top + self.rgba.shape[0]


@dataclass(frozen=True)
class Spot:
    """Where a thing's foot goes and how tall it is, in canvas px; ``sunk`` is the share of its height that lies below that, behind the front."""

    x: float
    foot: float
    size: float
    depth: float
    before: bool = False
    shadow: bool = True
    sunk: float = 0.0


@dataclass(frozen=True)
class Table:
    """What things are placed by: the scene, the person's face and where the front begins (None: there is none)."""

    wish: Wish
    setting: Setting
    place: Place
    light: Light
    face: FacePoints
    front_top: float | None
    blur: float

    @property
    def face_height(self) -> float:
        """Px, as if no correction had made the person larger or smaller: things keep their size."""
        return (self.face.box[3] - self.face.box[1]) / self.wish.size

    @property
    def middle(self) -> float:
        """The face's middle before corrections moved it, px: things stay where they are."""
        return (self.face.box[0] + self.face.box[2]) / 2 - self.wish.shift * self.wish.width

    @property
    def away(self) -> float:
        """The side with more room: -1 left, 1 right."""
        return -1.0 if self.middle > self.wish.margin + self.wish.width / 2 else 1.0


def put(table: Table) -> tuple[list[Placed], list[str]]:
    """The board's things, and a note for each that is not drawn."""
    found, notes = _found(table.wish.props)
    if table.front_top is None and any(thing.small for _, thing, _ in found):
        table = replace(table, front_top=table.wish.low_front)
    placed: list[Placed] = []
    for asked, thing, similarity in found:
        placed.append(_drawn(table, asked, thing, similarity, placed))
    return placed, notes


def _found(wanted: tuple[str, ...]) -> tuple[list[tuple[str, props.Thing, float]], list[str]]:
    """Each asked thing with its drawing and how near that is, no drawing twice; and what is said about the others."""
    drawings: dict[str, tuple[str, props.Thing, float]] = {}
    notes: list[str] = []
    for asked in wanted:
        hit = props.find(asked)
        if hit is None:
            notes.append(f"The embedded painter has no drawing of {asked!r}; it is left out.")
        elif hit[0].placelike:
            notes.append(f"{asked!r} is part of a place; the embedded painter draws no single thing for it.")
        else:
            drawings.setdefault(hit[0].name, (asked, *hit))
    return list(drawings.values()), notes


def _drawn(table: Table, asked: str, thing: props.Thing, similarity: float, others: list[Placed]) -> Placed:
    wish, spot = table.wish, _spot(table, thing, others)
    light = lamplit(table.light) if spot.depth < 0.3 else table.light
    picture = props.shaded(props.tinted(props.picture(thing, max(16, round(spot.size))), asked), light, 0.05 if spot.before else 0.45 * spot.depth)
    if not spot.before and table.blur > 0.5:
        picture = _softened(picture, table.blur * 0.6)
    half = picture.shape[1] / 2
    x = spot.x if thing.held else float(np.clip(spot.x, wish.margin + half * 1.02, wish.margin + wish.width - half * 1.02))
    return Placed(
        asked, thing, similarity, picture, round(x - half), round(spot.foot - picture.shape[0] * (1 - spot.sunk)), spot.before, spot.depth, spot.shadow
    )


def _spot(table: Table, thing: props.Thing, others: list[Placed]) -> Spot:
    if thing.held:
        return _over_the_head(table)
    if thing.flies:
        return _in_the_air(table, thing, sum(other.thing.flies for other in others))
    rank = sum(not other.thing.flies and not other.thing.held for other in others)
    if thing.small:
        return _on_the_front(table, thing, rank)
    return _behind_the_front(table, thing, rank) if thing.tall < MOVABLE and table.front_top is not None else _on_the_ground(table, thing, rank)


def _beside(table: Table, rank: int, size: float) -> float:
    """Px from the left: free places beside the person, the roomier side first."""
    side = table.away if rank % 2 == 0 else -table.away
    return table.middle + side * (table.face_height * 0.95 + table.wish.width * 0.05 + size * 0.5 + (rank // 2) * size * 1.3)


def _over_the_head(table: Table) -> Spot:
    x0, _, x1, y1 = table.face.box
    tall = table.face_height * table.wish.size
    return Spot((x0 + x1) / 2 + table.away * 0.5 * tall, y1 + 0.08 * tall, min(HELD * tall, 0.8 * table.wish.unit), 0.17, shadow=False)


def _in_the_air(table: Table, thing: props.Thing, rank: int) -> Spot:
    wish = table.wish
    size = float(np.clip(thing.tall * wish.unit * 0.14, wish.unit * 0.05, wish.unit * 0.2))
    foot = wish.margin + wish.height * (0.16 + 0.09 * rank) + size
    return Spot(table.middle + table.away * wish.width * (0.26 + 0.12 * rank), foot, size, 0.5, shadow=False)


def _on_the_front(table: Table, thing: props.Thing, rank: int) -> Spot:
    """Standing before the person, a little nearer than they are."""
    assert table.front_top is not None
    wish = table.wish
    size = float(np.clip(thing.tall / FACE_METRES * table.face_height * 1.1, wish.unit * 0.05, wish.unit * 0.3))
    foot = table.front_top + wish.unit * fronts.SURFACE[table.place.front]
    return Spot(_beside(table, rank, size), foot, size, 0.05, before=True)


def _behind_the_front(table: Table, thing: props.Thing, rank: int) -> Spot:
    """Beside the person, its foot hidden by the front."""
    assert table.front_top is not None
    unit = table.wish.unit
    size = float(np.clip(thing.tall / FACE_METRES * table.face_height * 0.85, unit * 0.12, unit * 0.42))
    return Spot(_beside(table, rank, size), table.front_top, size, 0.22, shadow=False, sunk=0.32)


def _on_the_ground(table: Table, thing: props.Thing, rank: int) -> Spot:
    """Further off, in the place's perspective; what would stand where the front hides it looks over the front."""
    wish, setting = table.wish, table.setting
    share = max(table.place.firm, float(np.clip(0.62 - 0.11 * thing.tall, 0.18, 0.6)))
    foot = setting.horizon + share * (setting.height - wish.margin - setting.horizon)
    size = min(thing.tall * (foot - setting.horizon) / EYE_HEIGHT, wish.height * 0.5)
    x = table.middle + table.away * wish.width * (0.34 + 0.16 * rank)
    if table.front_top is not None and foot > table.front_top:
        return Spot(x, table.front_top, size, 0.35, shadow=False, sunk=0.22)
    return Spot(x, foot, size, 0.35)


def _softened(picture: Pixels, sigma: float) -> Pixels:
    """Out of focus, as what stands beside it is."""
    pad = round(3 * sigma)
    rim = cv2.copyMakeBorder(picture, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=(0, 0, 0, 0)).astype(np.float32)
    rim[..., :3] *= rim[..., 3:] / 255
    soft = cv2.GaussianBlur(rim, (0, 0), sigma)
    soft[..., :3] *= 255 / np.maximum(soft[..., 3:], 1)
    return np.asarray(np.clip(soft[: soft.shape[0] - pad] + 0.5, 0, 255), np.uint8)


def layer(thing: Placed, height: int, width: int) -> Layer:
    """The thing and its shadow on a canvas of their own."""
    canvas = np.zeros((height, width, 4), np.float32)
    x0, y0, x1, y1 = thing.box
    if thing.shadow:
        canvas[..., 3] = _shadow((height, width), (x0 + x1) / 2, y1, (x1 - x0) / 2) * 255
    canvas[..., :3] = (26, 20, 30)
    u0, v0, u1, v1 = max(x0, 0), max(y0, 0), min(x1, width), min(y1, height)
    if u1 > u0 and v1 > v0:
        part = thing.rgba[v0 - y0 : v1 - y0, u0 - x0 : u1 - x0].astype(np.float32)
        alpha, below = part[..., 3:4] / 255, canvas[v0:v1, u0:u1]
        cover = alpha + below[..., 3:4] / 255 * (1 - alpha)
        below[..., :3] = (part[..., :3] * alpha + below[..., :3] * (below[..., 3:4] / 255) * (1 - alpha)) / np.maximum(cover, 1e-4)
        below[..., 3:4] = cover * 255
    return Layer(thing.thing.name, "prop", thing.depth, np.clip(canvas + 0.5, 0, 255).astype(np.uint8))


def _shadow(shape: tuple[int, int], x: float, foot: float, reach: float) -> NDArray[np.float32]:
    """Dark where the thing touches what it stands on, and a wider, fainter shade around: (h, w), 0 to 1."""
    out = np.zeros(shape, np.float32)
    for wide, flat, strength, soft in ((1.25, 0.2, 0.3, 0.16), (0.92, 0.09, 0.5, 0.05)):
        mask = np.zeros(shape, np.float32)
        cv2.ellipse(mask, (round(x), round(foot - reach * 0.05)), (round(reach * wide), max(2, round(reach * flat))), 0, 0, 360, strength, -1, cv2.LINE_AA)
        out = np.maximum(out, cv2.GaussianBlur(mask, (0, 0), max(1.0, reach * soft)))
    return out
