"""The figures of a picture: what they are drawn from, drawn and finished in the picture's style; the same for a
keyframe and for every drawing of its clip.

The photo's head is a layer of its own: it lies over the figures' drawing and under what of them is nearer than it.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from personavlog.media.arrays import Pixels
from personavlog_embedded.body.light_on_people import exposed, relit
from personavlog_embedded.figure.drawing import Drawing, draw
from personavlog_embedded.figure.face import with_faces
from personavlog_embedded.figure.over_head import over_head
from personavlog_embedded.figure.posed_figure import Standing
from personavlog_embedded.figure.shot import Camera, Performer, Shot
from personavlog_embedded.figure.touch import held
from personavlog_embedded.figure.view import BODY_PARTS
from personavlog_embedded.render.light import Light
from personavlog_embedded.scene.grip import Hand
from personavlog_embedded.scene.stage import Follows, Layer
from personavlog_embedded.style.edge import outlined
from personavlog_embedded.style.scene_effects import SceneAir, rimmed
from personavlog_embedded.style.styles import find_style
from personavlog_embedded.style.stylise import fill_outside, stylise_body

DEPTH = 0.15
"""Of everybody's layers."""
NEARER = 0.115
"""Metres before the middle of the head at which something is before the face."""
HELD = 0.02
"""Metres that what a hand holds is thick, half of it."""
SHADE_COLOUR = (24, 20, 30)
HANDS: tuple[Hand, Hand] = ("left hand", "right hand")


@dataclass(frozen=True)
class Cast:
    """Who is drawn (the first performer is the film's person), in which style, light and exposure. ``holding`` are the
    person's own hands ("left hand", "right hand") that close around something."""

    shot: Shot
    style: str
    unit: float
    light: Light
    air: SceneAir
    dim: float = 1.0
    exposure: float = 1.0
    sharpen: float = 0.0
    holding: tuple[str, ...] = ()

    @property
    def person(self) -> Performer:
        """The film's person."""
        return self.shot.performers[0]

    def playing(self, performers: tuple[Performer, ...]) -> Cast:
        """The same picture with its figures in other poses or places."""
        return replace(self, shot=replace(self.shot, performers=performers))

    def packed(self) -> str:
        """As JSON."""
        return _adapter().dump_json(self).decode()

    @classmethod
    def unpacked(cls, text: str) -> Cast:
        """What ``packed`` wrote."""
        return _adapter().validate_json(text)


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[Cast]:
    return TypeAdapter(Cast)


@dataclass(frozen=True)
class Mark:
    """Something that a head or a hand carries: at ``x``, ``y`` px, turned by ``angle`` degrees clockwise, ``size`` px
    large; ``far`` metres from the lens."""

    x: float
    y: float
    angle: float
    size: float
    far: float

    def way(self, other: Mark) -> NDArray[np.float64]:
        """(3, 3): from where things lie with this mark to where they lie with the other."""
        turn, scale = np.radians(other.angle - self.angle), other.size / max(self.size, 1e-6)
        c, s = scale * np.cos(turn), scale * np.sin(turn)
        move = np.array([other.x - c * self.x + s * self.y, other.y - s * self.x - c * self.y])
        return np.array([[c, -s, move[0]], [s, c, move[1]], [0, 0, 1]])


@dataclass(frozen=True, eq=False)
class Sprite:
    """(h, w, 4) straight alpha, its first px at (``left``, ``top``) of the canvas."""

    rgba: Pixels
    left: int
    top: int

    def on(self, canvas: tuple[int, int]) -> Pixels:
        """(height, width, 4): alone on the canvas."""
        out = np.zeros((*canvas, 4), np.uint8)
        h, w = self.rgba.shape[:2]
        out[self.top : self.top + h, self.left : self.left + w] = self.rgba
        return out


@dataclass(frozen=True, eq=False)
class Drawn:
    """``figures`` below the photo's head, ``over_head`` and ``over_hands`` what of them lies over the head and over
    what hands hold; ``shade`` (h, w) 0 to 1 what the ground loses, None where that was not asked for. ``marks``:
    "head" and the person's own hands."""

    figures: Sprite
    over_head: Sprite
    over_hands: Sprite
    shade: NDArray[np.float32] | None
    marks: Mapping[str, Mark]
    drawing: Drawing


def drawn(
    cast: Cast,
    head: Sprite | None,
    at: Mark | None = None,
    *,
    chest: Pixels | None = None,
    fine: bool = True,
    ground: bool = True,
    hidden: Set[str] = frozenset(),
) -> Drawn:
    """Draw the cast. ``head`` is the photo's, finished, as it lies with the mark ``at`` (None: it lies where this
    drawing has it); it throws its shade on the neck. ``chest`` is the photo's on the person's top (``figure.prints``).
    ``fine``, ``ground`` and ``hidden`` are as in ``figure.drawing.draw``."""
    prints = {} if chest is None else {0: chest}
    done = draw(cast.shot, fine=fine, ground=ground, hidden=hidden, prints=prints)
    marks = {"head": head_mark(done.figures[0], cast.shot.camera)}
    marks |= {hand: hand_mark(done.figures[0], cast.shot.camera, hand) for hand in HANDS}
    rgba = done.rgba
    cover = None if head is None else _placed(head, np.eye(3) if at is None else at.way(marks["head"]), done)
    if cover is not None:
        rgba = _chin_shade(rgba, cover, marks["head"].size)
    rgba = with_faces(replace(done, rgba=finished(rgba, cast)), cast.shot)
    sprite = Sprite(rgba, done.left, done.top)
    before_head = np.zeros(done.far.shape, bool)
    if head is not None:
        hat = over_head(done, 0, cast.person, cast.shot.camera)
        before_head = (done.far < marks["head"].far - NEARER) | hat
    return Drawn(
        sprite, _part(sprite, before_head), _part(sprite, _fingers(done, cast, marks)), done.shade, marks, done
    )


def finished(rgba: Pixels, cast: Cast) -> Pixels:
    """A drawn figure (h, w, 4) in the picture's style and light."""
    if not rgba.size:
        return rgba
    styled = np.dstack([stylise_body(fill_outside(rgba), cast.style, cast.unit), rgba[..., 3]])
    return lit(styled, cast)


def lit(rgba: Pixels, cast: Cast) -> Pixels:
    """What is in the style already, in the picture's light, with the style's outline and rim."""
    if not rgba.size:
        return rgba
    look = find_style(cast.style).look
    rgba = relit(rgba, cast.light, dim=cast.dim)
    rgba = outlined(rgba, look.edge, look.edge_colour, cast.unit)
    rgba = rimmed([Layer("figures", "person", DEPTH, rgba)], look, cast.air)[0].rgba
    return exposed(rgba, cast.exposure, cast.sharpen)


def head_mark(figure: Standing, camera: Camera) -> Mark:
    """The chin, the head's height to its crown and its roll."""
    chin, crown = figure.marks["chin"], figure.marks["crown"]
    (x, y), (tx, ty) = camera.px(np.stack([chin, crown]))
    return Mark(
        float(x),
        float(y),
        float(np.degrees(np.arctan2(tx - x, y - ty))),
        float(np.hypot(tx - x, ty - y)),
        float(camera.distance - figure.joints["head"][2]),
    )


def hand_mark(figure: Standing, camera: Camera, hand: str) -> Mark:
    """The middle of the palm's grip, the hand's direction and its length."""
    letter = hand[0].upper()
    wrist, knuckle = (figure.joints[f"{name}.{letter}"] for name in ("wrist", "finger3-1"))
    middle, _ = held(figure.joints, "left" if letter == "L" else "right", HELD)
    (x, y), (wx, wy), (kx, ky) = camera.px(np.stack([middle, wrist, knuckle]))
    size = 1.9 * float(np.linalg.norm(knuckle - wrist)) * camera.focal / (camera.distance - float(middle[2]))
    return Mark(
        float(x), float(y), float(np.degrees(np.arctan2(ky - wy, kx - wx))), size, float(camera.distance - middle[2])
    )


def _fingers(done: Drawing, cast: Cast, marks: Mapping[str, Mark]) -> NDArray[np.bool_]:
    """What of the holding hands lies before the middle of what they hold."""
    out = np.zeros(done.far.shape, bool)
    for hand in cast.holding:
        out |= (done.part == BODY_PARTS.index(hand)) & (done.owner == 1) & (done.far < marks[hand].far)
    return out


def _part(sprite: Sprite, where: NDArray[np.bool_]) -> Sprite:
    """What of it lies ``where``, softly cut."""
    if not where.any():
        return Sprite(np.zeros((0, 0, 4), np.uint8), 0, 0)
    soft = cv2.GaussianBlur(where.astype(np.float32), (0, 0), 0.6)
    x, y, w, h = cv2.boundingRect((soft > 0.01).astype(np.uint8))
    box = np.s_[y : y + h, x : x + w]
    alpha = sprite.rgba[box][..., 3] * soft[box]
    return Sprite(np.dstack([sprite.rgba[box][..., :3], alpha.astype(np.uint8)]), sprite.left + x, sprite.top + y)


def _placed(head: Sprite, way: NDArray[np.float64], done: Drawing) -> Pixels:
    """(h, w): the head's alpha in the drawing's window."""
    move = (
        np.array([[1, 0, -done.left], [0, 1, -done.top], [0, 0, 1.0]])
        @ way
        @ np.array([[1, 0, head.left], [0, 1, head.top], [0, 0, 1.0]])
    )
    size = done.rgba.shape[1::-1]
    return np.asarray(cv2.warpAffine(np.ascontiguousarray(head.rgba[..., 3]), move[:2], size), np.uint8)


def _chin_shade(rgba: Pixels, cover: Pixels, size: float) -> Pixels:
    """The head's shade on neck and shoulders."""
    drop = np.array([[1, 0, -0.02 * size], [0, 1, 0.05 * size]])
    alpha = cv2.warpAffine(cover.astype(np.float32) / 255, drop, cover.shape[::-1])
    shade = 0.33 * cv2.GaussianBlur(alpha, (0, 0), max(0.6, 0.035 * size))
    *colours, cover = cv2.split(rgba)
    shaded = [own * (1 - shade * np.float32(much)) for own, much in zip(colours, (0.8, 1, 1), strict=True)]
    return np.asarray(cv2.merge([*(own.astype(np.uint8) for own in shaded), cover]), np.uint8)


def shade_layer(shade: NDArray[np.float32], follows: Follows = "figures") -> Layer:
    """What the ground loses (h, w), 0 to 1, as a layer."""
    rgb = np.broadcast_to(np.array(SHADE_COLOUR, np.uint8), (*shade.shape, 3))
    alpha = np.clip(shade * 255, 0, 255).astype(np.uint8)
    return Layer("contact shadow", "near", DEPTH + 0.01, np.ascontiguousarray(np.dstack([rgb, alpha])), follows)
