"""Faces drawn by the pen: eyes, brows, nose and mouth as strokes that lie on the posed head, foreshortened as it
turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels
from personavlog_embedded.figure.drawing import Drawing
from personavlog_embedded.figure.geometry import Vectors, unit
from personavlog_embedded.figure.head import CENTRE, EYE, MOUTH, on_shape, skull
from personavlog_embedded.figure.label import Label
from personavlog_embedded.figure.mesh import Floats
from personavlog_embedded.figure.outfit import Colour
from personavlog_embedded.figure.posed_figure import PosedFigure
from personavlog_embedded.figure.shape import Shape, bare
from personavlog_embedded.figure.shot import Camera, Performer, Shot

SMALLEST = 14.0
"""Px of a head's height under which it gets no features."""
SHARP = 420.0
"""Px of a head's height that strokes are drawn at, at least."""
BEHIND = 0.007
"""Metres before a stroke from which on something hides it."""
CORNER, CELLS, CELL = (-0.075, 0.61), (41, 43), 0.00375
"""The chart of the face: its lower left corner, cells each way, and their size in metres."""
INK: Colour = (0.2, 0.12, 0.12)


@dataclass(frozen=True, eq=False)
class Stroke:
    """A closed outline (n, 2) on the face, x and y in metres of the base shape; ``alpha`` 0 to 1, ``soft`` metres of
    blur, ``off`` metres before the skin."""

    outline: Vectors
    colour: Colour
    alpha: float = 1.0
    soft: float = 0.0
    off: float = 0.0


def with_faces(drawing: Drawing, shot: Shot) -> Pixels:
    """The drawing's ``rgba`` with the features of every drawn head."""
    out = drawing.rgba.astype(np.float32)
    for number, who in enumerate(shot.performers):
        layer = features(drawing, number, who, shot.camera)
        if layer is not None:
            share = layer[..., 3:].astype(np.float32) / 255
            out[..., :3] += (layer[..., :3] - out[..., :3]) * share
    return np.asarray(out + 0.5, np.uint8)


def features(drawing: Drawing, number: int, who: Performer, camera: Camera) -> Pixels | None:
    """What the pen draws on the face of performer ``number``: (h, w, 4) straight alpha, over the drawing's window; None
    where nothing of it is seen. Goes on top of the finished picture, so that no style smears it."""
    face = (drawing.owner == number + 1) & (drawing.label == Label.FACE)
    if who.head is None or who.head.plain or not face.any():
        return None
    figure = drawing.figures[number]
    tall = camera.focal * float(np.linalg.norm(figure.head[:, 1])) * 0.234 / max(float(drawing.far[face].min()), 0.1)
    if tall < SMALLEST:
        return None
    rows, columns = np.flatnonzero(face.any(1)), np.flatnonzero(face.any(0))
    window = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    light = _light(drawing, face, who)
    sheet = _Sheet.empty(drawing, window, face, tall)
    for stroke in strokes(who, tall):
        sheet.lay(stroke, who.shape, figure, camera, light)
    if not sheet.paint[..., 3].any():
        return None
    out = np.zeros_like(drawing.rgba)
    out[window] = sheet.pixels()
    return out


def _light(drawing: Drawing, face: NDArray[np.bool_], who: Performer) -> Floats:
    """(3,): what the light makes of the skin's own colour."""
    seen = np.percentile(drawing.rgba[face][:, :3], 60, axis=0) / 255
    return np.clip(np.asarray(seen / np.maximum(who.outfit.skin, 0.05), np.float32), 0.2, 1.15)


@dataclass(frozen=True, eq=False)
class _Sheet:
    """A window of the drawing, ``scale`` times as large, premultiplied (h, w, 4) floats."""

    origin: tuple[int, int]
    scale: int
    paint: Floats
    far: Floats
    face: NDArray[np.bool_]

    @classmethod
    def empty(cls, drawing: Drawing, window: tuple[slice, slice], face: NDArray[np.bool_], tall: float) -> _Sheet:
        scale = int(np.clip(np.ceil(SHARP / tall), 2, 8))
        h, w = face[window].shape
        origin = (drawing.left + window[1].start, drawing.top + window[0].start)
        return cls(origin, scale, np.zeros((h * scale, w * scale, 4), np.float32), drawing.far[window], face[window])

    def lay(self, stroke: Stroke, shape: Shape, figure: PosedFigure, camera: Camera, light: Floats) -> None:
        at, facing = placed(stroke.outline, shape, figure, camera, stroke.off)
        if facing.mean() < 0.03:
            return
        px, far = camera.px(at), camera.distance - at[:, 2]
        points = (px - self.origin) * self.scale
        mask = np.zeros(self.paint.shape[:2], np.uint8)
        cv2.fillPoly(mask, [np.round(points * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
        share = mask.astype(np.float32) / 255
        if stroke.soft:
            sigma = stroke.soft * self.scale * camera.focal / float(far.mean())
            share = np.asarray(cv2.GaussianBlur(share, (0, 0), max(sigma, 0.5)), np.float32)
        share *= stroke.alpha * float(np.clip(facing.mean() / 0.15, 0, 1)) * self._seen(far, share.shape)
        colour = np.clip(np.asarray(stroke.colour, np.float32) * light, 0, 1)
        self.paint[:] += (np.append(colour, np.float32(1)) - self.paint) * share[..., None]

    def _seen(self, far: Vectors, shape: tuple[int, ...]) -> Floats:
        """1 where nothing but the face lies where the stroke is."""
        near = self.face & (self.far > float(np.percentile(far, 20)) - BEHIND - 0.5 * float(np.ptp(far)))
        return np.asarray(cv2.resize(near.astype(np.float32), shape[::-1], interpolation=cv2.INTER_LINEAR), np.float32)

    def pixels(self) -> Pixels:
        h, w = self.face.shape
        small = cv2.resize(self.paint, (w, h), interpolation=cv2.INTER_AREA)
        small[..., :3] /= np.maximum(small[..., 3:], 1e-3)
        return np.asarray(np.clip(small * 255 + 0.5, 0, 255), np.uint8)


def placed(
    outline: Vectors, shape: Shape, figure: PosedFigure, camera: Camera, off: float = 0.0
) -> tuple[Vectors, Vectors]:
    """(n, 3) in the world of points (n, 2) on the face, and (n,) the cosine of how far the face looks away from the
    lens there."""
    column, row = ((outline[None, :, k] - CORNER[k]) / CELL for k in (0, 1))
    spot = cv2.remap(_chart(shape), column.astype(np.float32), row.astype(np.float32), cv2.INTER_LINEAR)[0]
    at = (spot[:, :3] + off * spot[:, 3:]) @ figure.head[:, :3].T + figure.head[:, 3]
    eye = np.array([0, camera.height, camera.distance])
    return at, (spot[:, 3:] @ figure.head[:, :3].T * unit(eye - at)).sum(1)


@lru_cache(maxsize=16)
def _chart(shape: Shape) -> Floats:
    """(rows, columns, 6): where the face of a shape lies at rest over x and y of the base shape's, and which way it
    looks."""
    x, y = (axis.ravel() for axis in np.meshgrid(*(CORNER[k] + CELL * np.arange(CELLS[k]) for k in (0, 1))))
    flat = np.column_stack([x, y]) - CENTRE[:2]
    ahead = np.full(len(x), 0.096)
    for _ in range(3):
        ways = unit(np.column_stack([flat, ahead]))
        ahead = np.maximum((ways * skull(ways)[:, None])[:, 2], 0.02)
    spot = np.column_stack([x, y, CENTRE[2] + ahead])
    out = unit((spot - CENTRE) * [0.75, 0.35, 1.0])
    return np.column_stack([on_shape(bare(shape), spot), out]).reshape(CELLS[1], CELLS[0], 6).astype(np.float32)


def strokes(who: Performer, tall: float) -> list[Stroke]:
    """All of a face, from below upwards; ``tall`` px is the head's height: small heads get fewer and bolder strokes."""
    head = who.head
    assert head is not None
    old, young = float(np.clip((who.shape.years - 45) / 30, 0, 1)), float(np.clip((16 - who.shape.years) / 8, 0, 1))
    pen = max(1.0, 75 / tall)
    skin = np.array(who.outfit.skin)
    shade: Colour = tuple(skin * (0.72, 0.58, 0.56))
    blush: Colour = tuple(skin * (1.0, 0.72, 0.68))
    out = [Stroke(_ellipse(s * 0.043, 0.692, 0.014, 0.009), blush, 0.42, 0.005) for s in (-1, 1)]
    plain: Colour = tuple(skin)
    out.append(Stroke(_ellipse(0, MOUTH + 0.001, 0.026, 0.0075), plain, 1.0, 0.0018))
    out += _nose(shade, pen) + _mouth(who, skin, shade, pen)
    for side in (-1.0, 1.0):
        out += _eye(who, side, young, pen) + _brow(who, side, pen)
        if old and tall > 60:
            out.append(Stroke(_line([(0.021, 0.69), (0.03, 0.678), (0.0325, 0.664)], 0.0011, side), shade, 0.55 * old))
            out.append(Stroke(_line([(0.02, 0.7135), (0.031, 0.709), (0.041, 0.713)], 0.0009, side), shade, 0.45 * old))
            out += [
                Stroke(_line([(0.053, 0.727 + d), (0.06, 0.728 + 2.4 * d)], 0.0008, side), shade, 0.5 * old)
                for d in (-0.003, 0.004)
            ]
    return out + (_glasses(head.glasses, pen) if head.glasses else [])


def _nose(shade: Colour, pen: float) -> list[Stroke]:
    tip = _line([(-0.0085, 0.6865), (-0.002, 0.6835), (0.004, 0.6838), (0.009, 0.6872)], 0.0013 * pen)
    return [Stroke(_ellipse(0.0, 0.684, 0.011, 0.0035), shade, 0.3, 0.002), Stroke(tip, shade, 0.9, off=0.006)]


def _mouth(who: Performer, skin: Vectors, shade: Colour, pen: float) -> list[Stroke]:
    head = who.head
    assert head is not None
    smile, opened = head.smile, head.mouth
    half = 0.021 + 0.005 * max(smile, 0) - 0.004 * opened
    level, rise = MOUTH - 0.0005, 0.0105 * smile
    t = np.linspace(-1, 1, 25)
    middle = level + rise * t**2 - 0.5 * max(rise, 0) + 0.0006 * np.cos(3 * np.pi * t) * (1 - abs(smile))
    lip: Colour = tuple(skin * (0.86, 0.6, 0.6))
    below = Stroke(
        _ellipse(0, level - 0.0075 - 0.012 * opened - 0.002 * max(smile, 0), 0.0105, 0.0026), shade, 0.4, 0.0016
    )
    pink = np.column_stack(
        [half * 0.82 * np.r_[t, t[::-1]], np.r_[middle + 0.0025 * (1 - t**2), (middle - 0.0045 * (1 - t**2))[::-1]]]
    )
    line = np.column_stack([half * t, middle])
    if opened < 0.06:
        return [below, Stroke(pink, lip, 0.5, 0.0008), Stroke(_line(line, 0.0018 * pen), INK, 0.85)]
    drop = (1 - np.abs(t) ** 2.6) * (0.004 + 0.019 * opened)
    hole = np.column_stack(
        [half * np.r_[t, t[::-1]], np.r_[middle + 0.0022 * opened * (1 - t**2), (middle - drop)[::-1]]]
    )
    teeth = np.column_stack(
        [
            half * 0.86 * np.r_[t, t[::-1]],
            np.r_[middle + 0.0018 * opened * (1 - t**2), (middle - np.minimum(drop * 0.45, 0.0052) * (1 - t**6))[::-1]],
        ]
    )
    around = (hole - hole.mean(0)) * [1.06, 1.22] + hole.mean(0)
    tongue = _ellipse(
        0, level - 0.5 * max(rise, 0) - (0.004 + 0.019 * opened) * 0.84, half * 0.55, (0.002 + 0.008 * opened) * 0.42
    )
    inside: Colour = (0.38, 0.13, 0.14)
    return [
        below,
        Stroke(around, lip, 0.65, 0.0006),
        Stroke(hole, inside),
        *([Stroke(tongue, (0.76, 0.38, 0.38), 0.9, 0.001)] if opened > 0.3 else []),
        *([Stroke(teeth, (0.97, 0.95, 0.92))] if smile > -0.2 else []),
        Stroke(_line(hole[:25], 0.0012 * pen), INK, 0.85),
    ]


def _eye(who: Performer, side: float, young: float, pen: float) -> list[Stroke]:
    """White, iris, pupil and light, under a lid of lashes that closes over them."""
    head = who.head
    assert head is not None
    size = 1.14 + 0.16 * young
    closed = float(np.clip(head.lids + 0.25 * max(head.smile, 0) * (1 - head.lids), 0, 1))
    wide, high, low = 0.0158 * size, 0.0088 * size * (1 + 0.25 * max(head.brows, 0)), 0.0062 * size
    x0, y0 = EYE[0], EYE[1] - 0.002
    t = np.linspace(-1, 1, 21)
    upper = y0 + high * (1 - closed * 1.45) * (1 - np.abs(t) ** 2.3) + 0.0012 * t
    lower = y0 - low * (1 - 0.35 * max(head.smile, 0)) * (1 - np.abs(t) ** 2.2) * (1 - 0.3 * closed) + 0.0012 * t
    upper = np.maximum(upper, lower)
    rim = np.column_stack([x0 + wide * t, upper])
    lashes = Stroke(
        _line(
            np.vstack([rim, rim[-1] + [0.0022, 0.0012]]),
            0.0023 * pen * (1.0 if who.shape.male < 0.5 else 0.8),
            side,
            0.35,
        ),
        INK,
    )
    if closed > 0.8:
        return [lashes]
    white = np.vstack([rim, np.column_stack([x0 + wide * t, lower])[::-1]])
    look = np.array([side * head.gaze[0], -head.gaze[1]]) * [0.0052, 0.003]
    middle, r = np.array([x0, y0 + 0.0012]) + look, 0.0074 * size
    dark: Colour = tuple(np.array(head.eyes) * 0.55)
    light: Colour = tuple(np.minimum(np.array(head.eyes) * 1.5 + 0.08, 1))
    glint = np.array([x0 + look[0] + side * -0.0026, y0 + 0.0045 + look[1]])
    discs = [
        (_clipped(_ellipse(middle[0], middle[1], r, r * 1.06), white), dark, 1.0),
        (_clipped(_ellipse(middle[0], middle[1] - 0.0022, r * 0.72, r * 0.6), white), light, 0.85),
        (_clipped(_ellipse(middle[0], middle[1], r * 0.5, r * 0.55), white), (0.06, 0.05, 0.06), 1.0),
        (_clipped(_ellipse(glint[0], glint[1], 0.0019 * size, 0.0021 * size), white), (1.0, 1.0, 1.0), 0.95),
    ]
    fold = np.column_stack([x0 + wide * 0.95 * t, upper + 0.0042 * (1 - 0.4 * t**2)])[3:]
    out = [Stroke(_sided(white, side), (0.975, 0.965, 0.95))]
    out += [Stroke(_sided(disc, side), colour, alpha) for disc, colour, alpha in discs if len(disc) > 2]
    shaded = np.vstack([rim, rim[::-1] - [0, 0.0022]])
    skin = np.array(who.outfit.skin)
    return [
        *out,
        Stroke(_sided(shaded, side), (0.35, 0.28, 0.32), 0.35),
        Stroke(_line(np.column_stack([x0 + wide * t, lower])[6:], 0.0008 * pen, side), tuple(skin * 0.5), 0.6),
        Stroke(_line(fold, 0.0008 * pen, side), tuple(skin * (0.62, 0.5, 0.5)), 0.7),
        lashes,
    ]


def _brow(who: Performer, side: float, pen: float) -> list[Stroke]:
    head = who.head
    assert head is not None
    up, frown = 0.0065 * max(head.brows, 0), max(-head.brows, 0)
    worried = max(-head.smile, 0) * (1 - frown)
    base = EYE[1] + 0.0185
    line = [
        (0.0125, base - 0.001 + up - 0.007 * frown + 0.0045 * worried),
        (0.022, base + 0.003 + up - 0.0035 * frown + 0.002 * worried),
        (0.034, base + 0.0048 + 1.1 * up - 0.001 * frown),
        (0.0475, base - 0.0015 + up - 0.0025 * worried),
    ]
    thick = (0.0024 + 0.0018 * who.shape.male) * max(1.0, 0.8 * pen)
    ink: Colour = tuple(np.array(head.hair_colour) * 0.72)
    return [Stroke(_line(line, thick, side, 0.3), ink, 0.85, 0.0003)]


def _glasses(kind: str, pen: float) -> list[Stroke]:
    out = []
    power = 2.0 if kind == "round" else 3.6
    angle = np.linspace(0, 2 * np.pi, 41)
    c, s = np.cos(angle), np.sin(angle)
    for side in (-1.0, 1.0):
        shape = np.column_stack([np.sign(c) * np.abs(c) ** (2 / power), np.sign(s) * np.abs(s) ** (2 / power)])
        rim = np.array([EYE[0] + 0.0015, EYE[1] - 0.003]) + shape * [0.0215, 0.0185 if kind == "round" else 0.0155]
        out += [
            Stroke(_sided(rim, side), (0.9, 0.95, 1.0), 0.1, off=0.012),
            Stroke(_line(rim, 0.0016 * pen, side), (0.16, 0.13, 0.13), off=0.012),
        ]
        out.append(Stroke(_line([(0.053, 0.73), (0.066, 0.733)], 0.0016 * pen, side), (0.16, 0.13, 0.13), off=0.004))
    return [
        *out,
        Stroke(_line([(-0.011, 0.729), (0, 0.732), (0.011, 0.729)], 0.0016 * pen), (0.16, 0.13, 0.13), off=0.012),
    ]


def _ellipse(x: float, y: float, rx: float, ry: float) -> Vectors:
    angle = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    return np.column_stack([x + rx * np.cos(angle), y + ry * np.sin(angle)])


def _sided(outline: Vectors, side: float) -> Vectors:
    return outline * [side, 1]


def _line(
    points: Sequence[tuple[float, float]] | Vectors, wide: float, side: float = 1.0, thin: float = 0.45
) -> Vectors:
    """A stroke as an outline: full in its middle, ``thin`` times as wide at its ends."""
    given = np.asarray(points, np.float64)
    along = np.r_[0, np.cumsum(np.linalg.norm(np.diff(given, axis=0), axis=1))]
    t = np.linspace(0, along[-1], 24)
    line = np.column_stack([np.interp(t, along, given[:, k]) for k in range(2)])
    soft = (
        cv2.blur(np.pad(line, ((3, 3), (0, 0)), "reflect", reflect_type="odd"), (1, 5))[3:-3]
        if len(given) < 8
        else line
    )
    way = unit(np.gradient(soft, axis=0))
    half = wide / 2 * (thin + (1 - thin) * np.sin(np.pi * np.linspace(0.001, 0.999, 24)) ** 0.7)
    across = np.column_stack([-way[:, 1], way[:, 0]]) * half[:, None]
    return np.vstack([soft + across, (soft - across)[::-1]]) * [side, 1]


def _clipped(outline: Vectors, lid: Vectors) -> Vectors:
    """The part of a convex outline within the opening of the lids."""
    n = len(lid) // 2
    x, upper, lower = lid[:n, 0], lid[:n, 1], lid[n:, 1][::-1]
    inside = outline.copy()
    inside[:, 0] = np.clip(outline[:, 0], x[0], x[-1])
    inside[:, 1] = np.clip(outline[:, 1], np.interp(inside[:, 0], x, lower), np.interp(inside[:, 0], x, upper))
    return inside if np.ptp(inside[:, 1]) > 2e-4 else inside[:0]
