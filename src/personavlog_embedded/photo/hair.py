"""Hair that a portrait's borders cut off, continued; and what of a cut-out is skin and what hair.

Drawn, not known: strands mirrored from above the lower border thin out into tips, a side that a border cut straight
gets a slight bulge.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from personavlog.media.arrays import Mask, Pixels, Plane
from personavlog_embedded.photo.cutout import Person, is_skin, moved_face
from personavlog_embedded.style.look import blurred

FACE_HEIGHT = 400.0
"""Px; a larger face is made smaller first, a grown body would be needlessly large."""


@dataclass(frozen=True, eq=False)
class _Canvas:
    """The cut-out on its larger canvas. ``unit`` is the face height in px, ``x`` the body's middle, ``chin`` and
    ``floor`` rows."""

    rgba: Pixels
    unit: float
    x: float
    chin: float
    floor: int
    left: int
    right: int


def complete_hair(person: Person) -> tuple[Person, float]:
    """The person on a canvas with room below and beside, hair that the photo's borders cut off falling on; and the row
    where the photo ends.

    Nothing but hair is added: clothes and shoulders are drawn elsewhere. The person must have a face.
    """
    face = person.face
    assert face is not None
    scale = min(1.0, FACE_HEIGHT / (face.box[3] - face.box[1]))
    rgba = (
        np.asarray(cv2.resize(person.rgba, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
        if scale < 1
        else person.rgba
    )
    face = moved_face(face, 0, 0, scale)
    unit, middle = face.box[3] - face.box[1], (face.box[0] + face.box[2]) / 2
    pad = max(0, round(1.45 * unit - min(middle, rgba.shape[1] - middle)))
    below = max(0, round(face.box[3] + 1.7 * unit) - rgba.shape[0])
    wide = cv2.copyMakeBorder(rgba, 0, below, pad, pad, cv2.BORDER_CONSTANT, value=(0, 0, 0, 0))
    canvas = _Canvas(wide, unit, middle + pad, face.box[3], rgba.shape[0], pad, pad + rgba.shape[1])
    grown = _with_hair(canvas, person) if below and person.skin is not None else wide
    x0, y0, x1, y1 = (edge * scale for edge in person.head)
    return replace(person, rgba=grown, face=moved_face(face, pad, 0), head=(x0 + pad, y0, x1 + pad, y1)), float(
        rgba.shape[0]
    )


def _with_hair(canvas: _Canvas, person: Person) -> Pixels:
    _, hair, _ = _classes(canvas, person)
    nothing = np.zeros_like(canvas.rgba)
    body = _over(nothing, *_falling(canvas, hair))
    behind = body[..., 3].astype(np.float32) / 255
    carried = (behind > 0.5) | (behind[min(canvas.floor + 2, len(behind) - 1)] > 0.3)
    ragged = np.where(carried, 1, _ragged(canvas)) if _long_haired(canvas) else np.ones_like(behind)
    ragged = np.where(np.abs(np.arange(ragged.shape[1]) - canvas.x) < 0.36 * canvas.unit, 1, ragged)
    photo = canvas.rgba[..., 3].astype(np.float32) / 255 * _rounded(canvas, person) * ragged
    return _over(body, canvas.rgba[..., :3].astype(np.float32), np.asarray(photo, np.float32))


def skin_and_hair(person: Person, floor: float) -> tuple[Plane, Plane, Plane]:
    """What of a completed cut-out is skin, what is hair, and what has the colour of hair, (h, w) each, 0 to 1; all that
    was added below ``floor`` is hair."""
    face = person.face
    assert face is not None
    rgba = person.rgba
    canvas = _Canvas(
        rgba, face.box[3] - face.box[1], (face.box[0] + face.box[2]) / 2, face.box[3], int(floor), 0, rgba.shape[1]
    )
    skin, hair, alike = _classes(canvas, person)
    found = (alike if _long_haired(canvas) else hair).astype(np.float32)
    if _long_haired(canvas):
        found = (
            cv2.morphologyEx(found, cv2.MORPH_CLOSE, np.ones((round(0.09 * canvas.unit) | 1,) * 2))
            * (rgba[..., 3] > 100)
            * (1 - skin)
        )
    found[int(floor) - 2 :] = np.where(
        rgba[int(floor) - 2 :, :, 3] > 0, found[int(floor) - 4] if int(floor) > 4 else 0, 0
    )
    found[int(floor) + 3 :] = rgba[int(floor) + 3 :, :, 3] > 0
    falling = np.asarray(cv2.GaussianBlur(_widened(found > 0, 5).astype(np.float32), (0, 0), 1.0), np.float32)
    return np.asarray(skin, np.float32), falling, np.asarray(alike, np.float32)


def _classes(canvas: _Canvas, person: Person) -> tuple[Mask, Mask, Mask]:
    """Which pixels of the photo are skin, which are hair, and which have its colour: that found above the forehead.
    Hair hangs together with it."""
    lab = np.asarray(cv2.cvtColor(canvas.rgba[..., :3].astype(np.float32) / 255, cv2.COLOR_RGB2Lab), np.float32)
    known = canvas.rgba[..., 3] > 200
    skin = known & is_skin(lab, person.skin or (0.0, 0.0, 0.0))
    brow = max(4, int(canvas.chin - 0.95 * canvas.unit))
    top = known[:brow] & ~skin[:brow]
    if top.sum() < 100:
        return skin, np.zeros_like(skin), np.zeros_like(skin)
    sample = lab[:brow][top]
    middle, spread = np.median(sample, axis=0), sample.std(axis=0) + 4
    away = (np.abs(lab - middle) / spread).max(axis=2)
    alike = known & (away < 2.8) & ~skin
    hair = cv2.morphologyEx(alike.astype(np.uint8), cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    _, labels = cv2.connectedComponents(hair, connectivity=4)
    growing = np.unique(labels[:brow][top])
    beside = np.abs(np.arange(lab.shape[1]) - canvas.x) > 0.33 * canvas.unit
    hangs = _hanging(canvas, alike)
    hair = np.isin(labels, growing[growing > 0]) & beside | hangs
    return skin & ~hangs, np.asarray(hair), alike | hangs


def _hanging(canvas: _Canvas, alike: Mask) -> Mask:
    """What goes unbroken from beside the eyes down to the chin, outside the face: hair, though it be as red as skin;
    only on sides where enough of it has the hair's colour, as a broad neck has not."""
    u, first, last = canvas.unit, max(0, int(canvas.chin - 0.55 * canvas.unit)), int(canvas.chin + 0.12 * canvas.unit)
    out = np.zeros_like(alike)
    last = min(last, canvas.floor)
    run = np.logical_and.accumulate(canvas.rgba[first:last, :, 3] > 100, axis=0)
    out[first:last] = run & run[min(int(canvas.chin - 0.08 * u), last - 1) - first]
    away = np.arange(alike.shape[1]) - canvas.x
    for side in (-1, 1):
        strip = out & (side * away > 0.42 * u)
        if strip.sum() < 0.02 * u**2 or alike[strip].mean() < 0.25:
            out[:, side * away > 0] = False
    return np.asarray(out & (np.abs(away) > 0.36 * u))


def _long_haired(canvas: _Canvas) -> bool:
    """Whether the photo's side borders cut something well above the chin: no shoulder is there, so it is hair."""
    sides = canvas.rgba[: max(1, int(canvas.chin - 0.25 * canvas.unit)), [canvas.left, canvas.right - 1], 3]
    return bool((sides > 128).any())


def _falling(canvas: _Canvas, hair: Mask) -> tuple[Plane, Plane]:
    """Colours and alpha of hair that the photo's lower border cuts: mirrored from above the border, thinning out into
    tips."""
    height, width = hair.shape
    depth = np.arange(height, dtype=np.float32)[:, None] - canvas.floor
    strip = hair[max(0, canvas.floor - max(4, int(0.04 * canvas.unit))) : canvas.floor].mean(axis=0).astype(np.float32)
    rough = np.random.default_rng(5).standard_normal((1, width)).astype(np.float32)
    noise = sum(cv2.GaussianBlur(rough, (0, 0), share * canvas.unit)[0] * share**0.5 for share in (0.05, 0.015, 0.006))
    thick = cv2.GaussianBlur((strip > 0.5).astype(np.float32)[None], (0, 0), 0.05 * canvas.unit)[0]
    length = canvas.unit * np.clip((thick - 0.3) * 0.75 + 0.1 * noise / (noise.std() + 1e-6) * thick, 0, 0.75)
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), canvas.floor - 2 - np.abs(depth[:, 0]))
    colours = cv2.remap(canvas.rgba[..., :3], x, np.maximum(y, 0).astype(np.float32), cv2.INTER_LINEAR).astype(
        np.float32
    )
    soft = 0.03 * canvas.unit
    alpha = np.clip((length[None] - depth) / soft, 0, 1) * (depth >= -0.06 * canvas.unit) * (length > 4)[None]
    solid = cv2.remap(
        (hair & (canvas.rgba[..., 3] > 200)).astype(np.float32),
        x,
        np.maximum(y, 0).astype(np.float32),
        cv2.INTER_LINEAR,
    )
    return colours, np.asarray(
        blurred(alpha.astype(np.float32), 1.2) * np.clip(blurred(solid, 2.0) * 1.6, 0, 1), np.float32
    )


def _rounded(canvas: _Canvas, person: Person) -> Plane:
    """1, but for hair that a side border cut straight: there the cut becomes a slight bulge with loose strands."""
    shape, u = canvas.rgba.shape[:2], canvas.unit
    out = np.ones(shape, np.float32)
    x = np.arange(shape[1], dtype=np.float32)[None]
    for side, edge, sign in (("left", canvas.left, 1), ("right", canvas.right - 1, -1)):
        rows = np.flatnonzero(canvas.rgba[: canvas.floor, edge, 3] > 128)
        if side not in person.cut or not len(rows) or rows[0] > canvas.chin - 0.1 * u:
            continue
        share = np.clip((np.arange(shape[0]) - rows[0]) / max(1, rows[-1] - rows[0]), 0, 1)
        strands = cv2.GaussianBlur(
            np.random.default_rng(9).standard_normal((shape[0], 1)).astype(np.float32), (0, 0), 0.012 * u
        )[:, 0]
        inset = u * (0.12 * (1 - np.sin(np.pi * np.minimum(share, 0.5)) ** 0.7) + 0.015) + 0.008 * u * strands / (
            strands.std() + 1e-6
        )
        out *= np.clip((sign * (x - edge) - inset[:, None]) / (0.025 * u) + 0.5, 0, 1).astype(np.float32)
    return out


def _widened(mask: Mask, size: int) -> Mask:
    return np.asarray(cv2.dilate(mask.astype(np.uint8), np.ones((size, size), np.uint8)) > 0)


def _ragged(canvas: _Canvas) -> Plane:
    """1, falling to 0 in strands of uneven length at the photo's lower border; for hair that ends in front of
    nothing."""
    u, shape = canvas.unit, canvas.rgba.shape[:2]
    rough = cv2.GaussianBlur(
        np.random.default_rng(13).standard_normal((1, shape[1])).astype(np.float32), (0, 0), 0.012 * u
    )[0]
    inset = u * np.clip(0.06 + 0.04 * rough / (rough.std() + 1e-6), 0.01, 0.16)
    return np.asarray(
        np.clip((canvas.floor - np.arange(shape[0], dtype=np.float32)[:, None] - inset[None]) / (0.03 * u), 0, 1),
        np.float32,
    )


def _over(below: Pixels, colours: Plane, alpha: Plane) -> Pixels:
    """Straight-alpha ``colours`` (h, w, 3) with ``alpha`` (h, w) over an RGBA picture."""
    a, b = alpha[..., None], below[..., 3:].astype(np.float32) / 255
    total = a + b * (1 - a)
    mixed = (colours * a + below[..., :3] * b * (1 - a)) / np.maximum(total, 1e-4)
    return np.asarray(np.dstack([mixed, total * 255]).clip(0, 255) + 0.5, np.float32).astype(np.uint8)
