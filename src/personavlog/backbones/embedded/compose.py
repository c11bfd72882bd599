"""One keyframe of the embedded painter: a place, things, the person and what stands before them, as layers and as a record of what is shown."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.backbones.embedded.stage import FacePoints, Layer, Stage
from personavlog.backbones.embedded.world import figure as figures
from personavlog.backbones.embedded.world import finish, places, props, view
from personavlog.backbones.embedded.world.figure import Figure, Placing
from personavlog.backbones.embedded.world.light import Light, light
from personavlog.backbones.embedded.world.places import Place
from personavlog.backbones.embedded.world.rooms import indoor
from personavlog.backbones.embedded.world.setting import Setting
from personavlog.backbones.embedded.world.surface import straight
from personavlog.backbones.roles import SceneItem, SceneRecord
from personavlog.script import Board, Framing

Pixels = NDArray[np.uint8]
Restyle = Callable[[Pixels], Pixels]
MARGIN = 0.08
"""Of the mean of width and height: what a moving camera may see beyond the frame."""
TALL_LEVEL = {Framing.CLOSE_UP: -0.03, Framing.SELFIE: -0.03, Framing.MEDIUM: 0.05, Framing.OVER_SHOULDER: 0.0, Framing.WIDE: 0.08}
"""How much lower the face sits in an upright frame, as a share of its height."""
EYE_HEIGHT = 1.6
FACE_METRES = 0.21
"""Metres; together they give every thing its size in the perspective of the place."""
ON_THE_FRONT = 0.8
SMALL = 0.45
"""Metres; what is smaller stands on the front (table, wall), what is larger on the ground."""


@dataclass(frozen=True)
class Wish:
    """What a keyframe shall show: the board, and what corrections asked to change about it (factors 1 and shifts 0 change nothing)."""

    board: Board
    width: int
    height: int
    style: str
    film: int
    seed: int
    size: float = 1.0
    shift: float = 0.0
    exposure: float = 1.0
    sharpen: float = 0.0
    whole_head: bool = False
    props: tuple[str, ...] = field(default=())

    @property
    def margin(self) -> int:
        """Px around the frame, even."""
        return 2 * round(MARGIN * (self.width + self.height) / 4)

    @property
    def canvas(self) -> tuple[int, int]:
        """Height and width of the layers, px."""
        return self.height + 2 * self.margin, self.width + 2 * self.margin

    @property
    def unit(self) -> float:
        """Px that a screen-filling thing measures."""
        return min(self.height, 1.25 * self.width)


@dataclass(frozen=True)
class Composition:
    """The layers and what they show."""

    stage: Stage
    scene: SceneRecord


def compose(wish: Wish, figure: Figure, person: Pixels, restyle: Restyle) -> Composition:
    """Paint the keyframe. ``person`` is the stylised copy of ``figure.rgba``; ``restyle`` redraws (h, w, 3) pixels in the style."""
    board = wish.board
    place, similarity = places.nearest_place(board.place, board.action)
    notes = [] if similarity >= places.FLOOR else [f"The embedded painter has no place like {board.place!r}; it painted its nearest, {place.names[0]!r}."]
    setting = _setting(wish, place)
    lit = indoor(setting.light) if place.inside else setting.light
    placing, front_top, said = _placing(wish, figure, place)
    notes += said
    height, width = wish.canvas
    back = [Layer(layer.name, layer.kind, layer.depth, straight(pixels)) for layer, pixels in view.look(setting, place.paint(setting), _view(wish), width)]
    drawn = figures.drawn(figure, person, placing, height, width)
    face = figures.face_on_canvas(figure, placing)
    things, missing = _things(wish, setting, lit, face, front_top, place)
    notes += missing
    if front_top is None and any(thing.before for thing in things):
        front_top = wish.margin + wish.height * 0.88
    front = [] if front_top is None else [_front(wish, setting, place, lit, front_top)]
    world = (
        back
        + [_prop_layer(thing, height, width) for thing in things if not thing.before]
        + front
        + [_prop_layer(thing, height, width) for thing in things if thing.before]
    )
    world = finish.styled(world, restyle)
    human = Layer("person", "person", 0.15, figures.relit(drawn, lit, dim=0.82 if board.framing is Framing.OVER_SHOULDER else 1.0))
    nearer = len(front) + sum(thing.before for thing in things)
    split = len(world) - nearer
    layers = [*world[:split], _contact(human, lit), human, *world[split:]]
    stage = Stage(
        wish.width,
        wish.height,
        wish.margin,
        tuple(_exposed(layer, wish) for layer in layers),
        board.weather.value,
        board.time_of_day.value,
        None if figure.faceless else face,
    )
    return Composition(stage, _record(wish, place, similarity, stage, things, notes))


def _setting(wish: Wish, place: Place) -> Setting:
    height, width = wish.canvas
    seed = zlib.crc32(f"{place.key} {wish.film}".encode())
    scene = light(wish.board.time_of_day.value, wish.board.weather.value)
    return Setting(height, round(width * view.WIDER), wish.margin + wish.height * place.horizon, wish.unit, scene, seed)


def _view(wish: Wish) -> view.View:
    rng = np.random.default_rng([wish.seed, 1])
    zoom, blur = {
        Framing.CLOSE_UP: (1.25, 0.0042),
        Framing.SELFIE: (1.1, 0.0022),
        Framing.MEDIUM: (1.06, 0.0012),
        Framing.OVER_SHOULDER: (1.0, 0.0),
        Framing.WIDE: (1.0, 0.0),
    }[wish.board.framing]
    return view.View(float(rng.uniform(-0.9, 0.9)), zoom, blur * wish.unit * (0.3 if wish.sharpen else 1.0))


# --- the person -------------------------------------------------------------------------------------------------------------


def _placing(wish: Wish, figure: Figure, place: Place) -> tuple[Placing, float | None, list[str]]:
    """Where the person goes, where a front must begin to hide the photo's cut edge (None: no need), and what could not be kept."""
    framing, rng = wish.board.framing, np.random.default_rng([wish.seed, 2])
    short, margin = min(wish.width, wish.height), wish.margin
    face = figures.FACE_SHARE[framing] * short * wish.size * (1.3 if wish.height > wish.width else 1.0)
    side = -1.0 if rng.random() < 0.5 else 1.0
    tall = wish.height > wish.width
    off = figures.OFF_CENTRE[framing] * (0.55 if tall else 1.0)
    x = margin + wish.width * (0.5 + side * off + wish.shift)
    y = margin + wish.height * (figures.FACE_LEVEL[framing] + (TALL_LEVEL[framing] if tall else 0.0))
    scale, y, notes = _kept_whole(wish, figure, face / figure.face_height, y)
    tilt = float(rng.uniform(2.0, 6.0)) * side if framing is Framing.SELFIE else 0.0
    if figure.stands and framing is Framing.WIDE:
        scale, y = _standing(wish, figure)
    placing = Placing(scale, x, y, tilt, framing is Framing.OVER_SHOULDER and side < 0)
    return placing, _front_top(wish, figure, placing), notes


def _standing(wish: Wish, figure: Figure) -> tuple[float, float]:
    """Scale and face level of a whole body that stands on the ground near the lower edge."""
    scale = 0.62 * wish.size * wish.height / max(figure.bottom - figure.top, 1.0)
    middle = (figure.face.box[1] + figure.face.box[3]) / 2
    return scale, wish.margin + wish.height * 0.93 - (figure.bottom - middle) * scale


def _kept_whole(wish: Wish, figure: Figure, scale: float, y: float) -> tuple[float, float, list[str]]:
    """Room above the head, unless the photo itself cuts it: then its edge goes outside the frame."""
    middle = (figure.face.box[1] + figure.face.box[3]) / 2
    above = (middle - figure.top) * scale
    notes: list[str] = []
    if figure.cut_top:
        edge = wish.margin + wish.height * 0.0 - 2
        if wish.board.framing in (Framing.CLOSE_UP, Framing.SELFIE, Framing.OVER_SHOULDER):
            y = min(y, edge + above)
        return scale, y, notes
    roof = wish.margin + wish.height * (0.04 if wish.whole_head or wish.board.framing is not Framing.CLOSE_UP else -0.06)
    y = max(y, roof + above)
    return scale, y, notes


def _front_top(wish: Wish, figure: Figure, placing: Placing) -> float | None:
    """Px of the front's upper edge; None where the body reaches beyond the canvas by itself and the framing is a near one."""
    middle = (figure.face.box[1] + figure.face.box[3]) / 2
    cut = placing.y + (figure.bottom - middle) * placing.scale
    height, _ = wish.canvas
    chin = placing.y + (figure.face.box[3] - middle) * placing.scale
    face = figure.face_height * placing.scale
    if figure.stands and wish.board.framing is Framing.WIDE:
        return None
    near = wish.board.framing in (Framing.CLOSE_UP, Framing.SELFIE, Framing.OVER_SHOULDER)
    if cut >= height - 2 and near:
        return None
    wanted = chin + face * (1.75 if wish.board.framing is Framing.WIDE else 1.35)
    hidden = cut - max(0.12 * face, wish.unit * 0.05)
    return float(min(max(wanted, wish.margin + wish.height * 0.62), hidden, wish.margin + wish.height * 0.9))


def _front(wish: Wish, setting: Setting, place: Place, lit: Light, top: float) -> Layer:
    sheet = place.front(replace(setting, width=wish.canvas[1], light=lit), top)
    pixels = cv2.GaussianBlur(sheet.pixels, (0, 0), wish.unit * 0.0016)
    return Layer("front", "front", 0.06, straight(np.asarray(pixels, np.uint8)))


def _contact(human: Layer, lit: Light) -> Layer:
    """A soft dark edge behind the person, so that they stand in the place and not on a sheet before it."""
    alpha = human.rgba[..., 3].astype(np.float32)
    reach = max(3.0, human.rgba.shape[0] * 0.012)
    drift = np.array([[1, 0, -lit.side * reach * 0.9], [0, 1, reach * 0.6]], np.float32)
    soft = cv2.GaussianBlur(cv2.warpAffine(alpha, drift, alpha.shape[::-1]), (0, 0), reach)
    colour = np.clip(np.asarray(lit.shade) * 0.28 * 255, 0, 255).astype(np.uint8)
    rgba = np.dstack([np.broadcast_to(colour, (*alpha.shape, 3)), np.clip(soft * 0.24, 0, 255).astype(np.uint8)])
    return Layer("contact shadow", "near", 0.16, np.ascontiguousarray(rgba))


# --- things -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Placed:
    """A drawn thing: ``box`` in canvas px, ``before`` the person or behind."""

    asked: str
    thing: props.Thing
    similarity: float
    rgba: Pixels
    left: int
    top: int
    before: bool

    @property
    def box(self) -> tuple[int, int, int, int]:
        """x0, y0, x1, y1 in canvas px."""
        return self.left, self.top, self.left + self.rgba.shape[1], self.top + self.rgba.shape[0]


def _things(wish: Wish, setting: Setting, lit: Light, face: FacePoints, front_top: float | None, place: Place) -> tuple[list[Placed], list[str]]:
    placed: list[Placed] = []
    notes: list[str] = []
    for asked in wish.props:
        found = props.find(asked)
        if found is None:
            notes.append(f"The embedded painter has no drawing of {asked!r}; it is left out.")
            continue
        thing, similarity = found
        if thing.name not in {other.thing.name for other in placed}:
            placed.append(_put(wish, setting, lit, face, front_top, thing, similarity, asked, placed, place))
    return placed, notes


def _put(
    wish: Wish,
    setting: Setting,
    lit: Light,
    face: FacePoints,
    front_top: float | None,
    thing: props.Thing,
    similarity: float,
    asked: str,
    others: list[Placed],
    place: Place,
) -> Placed:
    tall_face, middle = face.box[3] - face.box[1], (face.box[0] + face.box[2]) / 2
    away = -1.0 if middle > wish.margin + wish.width / 2 else 1.0
    rank = sum(other.thing.flies == thing.flies for other in others)
    if thing.flies:
        size = float(np.clip(thing.tall * wish.unit * 0.16, wish.unit * 0.09, wish.unit * 0.24))
        foot = wish.margin + wish.height * (0.16 + 0.09 * rank) + size
        x, depth, before = middle + away * wish.width * (0.24 + 0.12 * rank), 0.3, False
    elif thing.tall < SMALL:
        size = float(np.clip(thing.tall / FACE_METRES * max(tall_face, wish.unit * 0.22) * 1.15, wish.unit * 0.11, wish.unit * 0.3))
        foot = (front_top if front_top is not None else wish.margin + wish.height * 0.88) + wish.unit * 0.045 + size * 0.12
        x = middle + away * (tall_face * 0.9 + wish.width * 0.12 + rank * size * 1.15)
        depth, before = 0.05, True
    else:
        share = max(place.firm, float(np.clip(0.62 - 0.11 * thing.tall, 0.16, 0.6)))
        foot = setting.horizon + share * (setting.height - wish.margin - setting.horizon)
        size = min(thing.tall * (foot - setting.horizon) / EYE_HEIGHT, wish.height * 0.5)
        x = middle + away * (wish.width * (0.3 + 0.16 * rank))
        depth, before = 0.45 * (1 - share), False
        if front_top is not None and foot > front_top:
            foot, size, before = _by_the_front(wish, front_top, thing, tall_face, size)
    picture = props.shaded(props.tinted(props.picture(thing, max(24, round(size))), asked), lit, depth)
    half = picture.shape[1] / 2
    x = float(np.clip(x, wish.margin + half * 1.02, wish.margin + wish.width - half * 1.02))
    return Placed(asked, thing, similarity, picture, round(x - half), round(foot - picture.shape[0]), before)


def _by_the_front(wish: Wish, front_top: float, thing: props.Thing, tall_face: float, size: float) -> tuple[float, float, bool]:
    """Foot, size and whether before the person, for what the front would hide: small animals sit on it, larger things look over it."""
    if thing.tall < ON_THE_FRONT:
        size = float(np.clip(thing.tall / FACE_METRES * tall_face * 0.9, wish.unit * 0.12, wish.unit * 0.32))
        return front_top + wish.unit * 0.03, size, True
    return front_top + size * 0.22, size, False


def _prop_layer(thing: Placed, height: int, width: int) -> Layer:
    canvas = np.zeros((height, width, 4), np.float32)
    x0, y0, x1, y1 = thing.box
    shadow = np.zeros((height, width), np.float32)
    reach = (x1 - x0) / 2
    if not thing.thing.flies:
        cv2.ellipse(
            shadow, (round((x0 + x1) / 2), y1 - round(reach * 0.06)), (round(reach * 1.05), max(2, round(reach * 0.2))), 0, 0, 360, 0.5, -1, cv2.LINE_AA
        )
    canvas[..., 3] = np.asarray(cv2.GaussianBlur(shadow, (0, 0), max(1.0, reach * 0.12)), np.float32) * 255
    canvas[..., :3] = (26, 20, 30)
    u0, v0, u1, v1 = max(x0, 0), max(y0, 0), min(x1, width), min(y1, height)
    if u1 > u0 and v1 > v0:
        part = thing.rgba[v0 - y0 : v1 - y0, u0 - x0 : u1 - x0].astype(np.float32)
        alpha, below = part[..., 3:4] / 255, canvas[v0:v1, u0:u1]
        cover = alpha + below[..., 3:4] / 255 * (1 - alpha)
        below[..., :3] = (part[..., :3] * alpha + below[..., :3] * (below[..., 3:4] / 255) * (1 - alpha)) / np.maximum(cover, 1e-4)
        below[..., 3:4] = cover * 255
    return Layer(thing.thing.name, "prop", 0.05 if thing.before else 0.35, np.clip(canvas + 0.5, 0, 255).astype(np.uint8))


# --- the whole --------------------------------------------------------------------------------------------------------------


def _exposed(layer: Layer, wish: Wish) -> Layer:
    if wish.exposure == 1.0 and wish.sharpen == 0.0:
        return layer
    rgb = layer.rgba[..., :3].astype(np.float32)
    if wish.sharpen:
        rgb += (rgb - cv2.GaussianBlur(rgb, (0, 0), 1.2)) * wish.sharpen
    exposed = 255 * np.clip(rgb / 255, 0, 1) ** (1 / wish.exposure)
    return replace(layer, rgba=np.dstack([np.clip(exposed + 0.5, 0, 255).astype(np.uint8), layer.rgba[..., 3]]))


def _record(wish: Wish, place: Place, similarity: float, stage: Stage, things: list[Placed], notes: list[str]) -> SceneRecord:
    human = next(layer for layer in stage.layers if layer.name == "person").rgba[..., 3] > 40
    m = wish.margin
    inside = human[m : m + wish.height, m : m + wish.width]
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    person_box = (float(columns[0]), float(rows[0]), float(columns[-1] + 1), float(rows[-1] + 1)) if rows.size else None
    face_box = None if stage.face is None else _framed(stage.face.box, m)
    items = tuple(SceneItem(name=t.thing.name, asked=t.asked, similarity=round(t.similarity, 4), box=_in_frame(t.box, wish)) for t in things)
    return SceneRecord(
        place=place.names[0], asked_place=wish.board.place, place_similarity=round(similarity, 4), time_of_day=wish.board.time_of_day.value,
        weather=wish.board.weather.value, framing=wish.board.framing.value, pose="as in the photo", style=wish.style, person_box=person_box,
        face_box=face_box, items=items, notes=tuple(notes),
    )  # fmt: skip


def _framed(box: tuple[float, float, float, float], margin: int) -> tuple[float, float, float, float]:
    return box[0] - margin, box[1] - margin, box[2] - margin, box[3] - margin


def _in_frame(box: tuple[int, int, int, int], wish: Wish) -> tuple[float, float, float, float]:
    m = wish.margin
    x0, y0, x1, y1 = box
    return (
        float(np.clip(x0 - m, 0, wish.width)),
        float(np.clip(y0 - m, 0, wish.height)),
        float(np.clip(x1 - m, 0, wish.width)),
        float(np.clip(y1 - m, 0, wish.height)),
    )
