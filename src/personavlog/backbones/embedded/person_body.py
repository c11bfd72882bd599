"""Shoulders and chest for a portrait that ends at the collar, so that a medium shot does not show where the photo was cut.

Drawn, not known: a garment in the colours that the photo shows of it, a neck in the person's skin, and long hair falling on. Most plausible after a
style's network has redrawn the whole person.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.backbones.embedded.person import Person, is_skin, moved
from personavlog.backbones.embedded.style_look import blurred

FACE_HEIGHT = 400.0
"""Px; a larger face is made smaller first, a grown body would be needlessly large."""
ENOUGH = 1.5
"""Face heights of body below the chin with which nothing is added at the bottom."""
WARDROBE = ((52, 66, 98), (96, 60, 66), (70, 92, 84), (120, 112, 100))
"""Garment colours for a photo that shows none; chosen by the skin's hue."""

Pixels = NDArray[np.uint8]
Plane = NDArray[np.float32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class _Canvas:
    """The cut-out on its larger canvas. ``unit`` is the face height in px, ``x`` the body's middle, ``chin`` and ``floor`` rows."""

    rgba: Pixels
    unit: float
    x: float
    chin: float
    floor: int
    left: int
    right: int


def complete_shoulders(person: Person) -> Person:
    """The person with the body continued below and beside the photo's borders, down to the chest; unchanged if the photo shows enough or no face.

    The result's cut-out is larger; its bottom is still cut (``cut`` keeps "bottom"), its sides are not.
    """
    face = person.face
    if face is None or person.skin is None or (person.rgba.shape[0] - face.box[3]) / (face.box[3] - face.box[1]) >= ENOUGH:
        return person
    scale = min(1.0, FACE_HEIGHT / (face.box[3] - face.box[1]))
    rgba = np.asarray(cv2.resize(person.rgba, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8) if scale < 1 else person.rgba
    face = moved(face, 0, 0, scale)
    unit = face.box[3] - face.box[1]
    middle = (face.box[0] + face.box[2]) / 2
    pad = max(0, round(1.25 * unit - min(middle, rgba.shape[1] - middle)))
    below = max(1, round(face.box[3] + 1.7 * unit) - rgba.shape[0])
    wide = cv2.copyMakeBorder(rgba, 0, below, pad, pad, cv2.BORDER_CONSTANT, value=(0, 0, 0, 0))
    canvas = _Canvas(wide, unit, middle + pad, face.box[3], rgba.shape[0], pad, pad + rgba.shape[1])
    grown = _grown(canvas, person)
    x0, y0, x1, y1 = (edge * scale for edge in person.head)
    note = "The photo ends near the collar; shoulders were drawn on in the colours of the clothes."
    return replace(
        person,
        rgba=grown,
        face=moved(face, pad, 0),
        head=(x0 + pad, y0, x1 + pad, y1),
        cut=person.cut - {"left", "right"},
        framing="head-and-shoulders",
        notes=(*person.notes, note),
    )


def complete_hair(person: Person) -> tuple[Person, float]:
    """The person on a canvas with room below and beside, hair that the photo's borders cut off falling on; and the row where the photo ends.

    Nothing but hair is added: clothes and shoulders are drawn elsewhere. The person must have a face.
    """
    face = person.face
    assert face is not None
    scale = min(1.0, FACE_HEIGHT / (face.box[3] - face.box[1]))
    rgba = np.asarray(cv2.resize(person.rgba, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8) if scale < 1 else person.rgba
    face = moved(face, 0, 0, scale)
    unit, middle = face.box[3] - face.box[1], (face.box[0] + face.box[2]) / 2
    pad = max(0, round(1.45 * unit - min(middle, rgba.shape[1] - middle)))
    below = max(0, round(face.box[3] + 1.7 * unit) - rgba.shape[0])
    wide = cv2.copyMakeBorder(rgba, 0, below, pad, pad, cv2.BORDER_CONSTANT, value=(0, 0, 0, 0))
    canvas = _Canvas(wide, unit, middle + pad, face.box[3], rgba.shape[0], pad, pad + rgba.shape[1])
    grown = _with_hair(canvas, person) if below and person.skin is not None else wide
    x0, y0, x1, y1 = (edge * scale for edge in person.head)
    return replace(person, rgba=grown, face=moved(face, pad, 0), head=(x0 + pad, y0, x1 + pad, y1)), float(rgba.shape[0])


def _with_hair(canvas: _Canvas, person: Person) -> Pixels:
    _, hair, _ = _classes(canvas, person)
    nothing = np.zeros_like(canvas.rgba)
    body = _over(nothing, *_falling(canvas, hair))
    behind = body[..., 3].astype(np.float32) / 255
    ragged = np.where((behind > 0.5) | (behind[min(canvas.floor + 2, len(behind) - 1)] > 0.3), 1, _ragged(canvas)) if _long_haired(canvas) else np.ones_like(behind)
    ragged = np.where(np.abs(np.arange(ragged.shape[1]) - canvas.x) < 0.36 * canvas.unit, 1, ragged)
    photo = canvas.rgba[..., 3].astype(np.float32) / 255 * _rounded(canvas, person) * ragged
    return _over(body, canvas.rgba[..., :3].astype(np.float32), np.asarray(photo, np.float32))


def skin_and_hair(person: Person, floor: float) -> tuple[Plane, Plane, Plane]:
    """What of a completed cut-out is skin, what is hair, and what has the colour of hair, (h, w) each, 0 to 1; all that was added below ``floor`` is hair."""
    face = person.face
    assert face is not None
    rgba = person.rgba
    canvas = _Canvas(rgba, face.box[3] - face.box[1], (face.box[0] + face.box[2]) / 2, face.box[3], int(floor), 0, rgba.shape[1])
    skin, hair, alike = _classes(canvas, person)
    found = (alike if _long_haired(canvas) else hair).astype(np.float32)
    if _long_haired(canvas):
        found = cv2.morphologyEx(found, cv2.MORPH_CLOSE, np.ones((round(0.09 * canvas.unit) | 1,) * 2)) * (rgba[..., 3] > 100) * (1 - skin)
    found[int(floor) - 2 :] = np.where(rgba[int(floor) - 2 :, :, 3] > 0, found[int(floor) - 4] if int(floor) > 4 else 0, 0)
    found[int(floor) + 3 :] = rgba[int(floor) + 3 :, :, 3] > 0
    falling = np.asarray(cv2.GaussianBlur(_widened(found > 0, 5).astype(np.float32), (0, 0), 1.0), np.float32)
    return np.asarray(skin, np.float32), falling, np.asarray(alike, np.float32)


def _grown(canvas: _Canvas, person: Person) -> Pixels:
    """The photo over falling hair over neck over garment."""
    skin, hair, alike = _classes(canvas, person)
    body = _garment(canvas, skin, hair, alike, person)
    body = _over(body, *_neck(canvas, skin, person))
    body = _over(body, *_falling(canvas, hair))
    behind = body[..., 3].astype(np.float32) / 255
    ragged = np.where((behind > 0.5) | (behind[min(canvas.floor + 2, len(behind) - 1)] > 0.3), 1, _ragged(canvas))
    photo = canvas.rgba[..., 3].astype(np.float32) / 255 * (1 - (1 - _feathered(canvas)) * behind) * _rounded(canvas, person) * ragged
    return _over(body, canvas.rgba[..., :3].astype(np.float32), np.asarray(photo, np.float32))


def _classes(canvas: _Canvas, person: Person) -> tuple[Mask, Mask, Mask]:
    """Which pixels of the photo are skin, which are hair, and which have its colour: that found above the forehead. Hair hangs together with it."""
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
    return skin, np.asarray(np.isin(labels, growing[growing > 0]) & beside), alike


def _garment(canvas: _Canvas, skin: Mask, hair: Mask, alike: Mask, person: Person) -> Pixels:
    """(h, w, 4): the torso's silhouette in the garment's colours, shaded towards its outline, with a few soft folds."""
    shape = canvas.rgba.shape[:2]
    mask = _silhouette(canvas, alike if _long_haired(canvas) else hair)
    known = (canvas.rgba[..., 3] > 230) & ~_widened(skin, 5) & ~_widened(hair | alike, 7)
    known[: int(canvas.chin + 0.05 * canvas.unit)] = False
    colours = _spread(canvas.rgba[..., :3], known, _worn(canvas.rgba[known][:, :3], person, _long_haired(canvas)), canvas.unit)
    inner = cv2.distanceTransform((mask > 0.5).astype(np.uint8), cv2.DIST_L2, 5)
    round_ = 0.78 + 0.22 * np.clip(inner / (0.35 * canvas.unit), 0, 1) ** 0.6
    noise = np.random.default_rng(11).standard_normal((shape[0] // 8 + 1, shape[1] // 8 + 1)).astype(np.float32)
    folds = cv2.resize(cv2.GaussianBlur(noise, (0, 0), 3.0, sigmaY=9.0), shape[::-1], interpolation=cv2.INTER_CUBIC)
    shade = round_ + 0.03 * folds / (float(folds.std()) + 1e-6)
    return np.dstack([np.asarray((colours * shade[..., None]).clip(0, 255), np.uint8), np.asarray(mask * 255, np.uint8)])


def _long_haired(canvas: _Canvas) -> bool:
    """Whether the photo's side borders cut something well above the chin: no shoulder is there, so it is hair."""
    sides = canvas.rgba[: max(1, int(canvas.chin - 0.25 * canvas.unit)), [canvas.left, canvas.right - 1], 3]
    return bool((sides > 128).any())


def _silhouette(canvas: _Canvas, hair: Mask) -> Plane:
    """Neck, trapezius, rounded shoulders and upper arms, meeting the photo's own outline where it leaves the photo."""
    u, rows = canvas.unit, canvas.rgba.shape[0]
    sides = [np.array([(canvas.x + sign * px * u, min(canvas.chin + py * u, rows + 4)) for px, py in _side(canvas, hair, sign)]) for sign in (-1, 1)]
    polygon = np.concatenate([_curve(sides[0])[::-1], _curve(sides[1])])
    mask = np.zeros(canvas.rgba.shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.round(polygon * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    return np.asarray(cv2.GaussianBlur(mask.astype(np.float32) / 255, (0, 0), 1.0), np.float32)


def _side(canvas: _Canvas, hair: Mask, sign: int) -> list[tuple[float, float]]:
    """One shoulder's line in face heights from the middle and the chin, neck first; it passes where the photo's own shoulder leaves the photo."""
    own = _leaving(canvas, hair, sign)
    if own is None:
        return [(0.0, 0.0), (0.28, 0.05), (0.31, 0.24), (0.44, 0.36), (0.68, 0.43), (0.9, 0.5), (1.0, 0.68), (1.05, 1.0), (1.07, 9.0)]
    reach, depth = own
    tip = max(0.5, depth + 0.24)
    middle = ((reach + 0.96) / 2, depth + 0.4 * (tip - depth))
    return [
        (0.0, 0.0),
        (min(0.3, reach * 0.8), max(0.0, depth - 0.25)),
        (reach, depth - 0.02),
        (reach, depth - 0.02),
        middle,
        (0.98, tip),
        (1.05, tip + 0.35),
        (1.07, 9.0),
    ]


def _leaving(canvas: _Canvas, hair: Mask, sign: int) -> tuple[float, float] | None:
    """Where the outline of shoulder or collar crosses the photo's side or lower border; None where there is only neck or hair."""
    columns = np.flatnonzero(canvas.rgba[max(0, canvas.floor - 3), :, 3] > 128)
    if not len(columns):
        return None
    edge = int(columns[0] if sign < 0 else columns[-1])
    row = canvas.floor - 3
    if edge <= canvas.left + 2 or edge >= canvas.right - 3:
        row = int(np.flatnonzero(canvas.rgba[:, edge, 3] > 128)[0])
        if row < canvas.chin - 0.25 * canvas.unit:
            return None
    inside = slice(*sorted((edge, edge - sign * max(8, int(0.12 * canvas.unit)))))
    if hair[max(0, row - 8) : row + 8, inside].any() or hair[canvas.floor - 8 : canvas.floor, inside].any():
        return None
    reach, depth = abs(edge - canvas.x) / canvas.unit, (row - canvas.chin) / canvas.unit
    return (reach, depth) if 0.36 < reach < 0.97 else None


def _curve(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """A polyline's corners cut three times (Chaikin), its ends kept."""
    for _ in range(3):
        first, second = points[:-1] * 0.75 + points[1:] * 0.25, points[:-1] * 0.25 + points[1:] * 0.75
        points = np.vstack([points[:1], np.stack([first, second], 1).reshape(-1, 2), points[-1:]])
    return points


def _neck(canvas: _Canvas, skin: Mask, person: Person) -> tuple[Plane, Plane]:
    """Colours and alpha of the skin between chin and neckline: as wide as the neck is in the photo, ending in a round collar.

    Empty where the photo shows the collar already.
    """
    shape, u = canvas.rgba.shape[:2], canvas.unit
    near = np.abs(np.arange(shape[1]) - canvas.x) < 0.12 * u
    row = max(0, canvas.floor - 4)
    covered = (canvas.rgba[row, :, 3] > 200) & ~skin[row]
    if covered[near].mean() > 0.5 and canvas.floor > canvas.chin + 0.1 * u:
        return np.zeros((*shape, 3), np.float32), np.zeros(shape, np.float32)
    columns = np.flatnonzero(skin[row] & (np.abs(np.arange(shape[1]) - canvas.x) < 0.5 * u))
    width, middle = (0.27 * u, canvas.x) if len(columns) < 8 else (min(0.34 * u, (columns[-1] - columns[0]) / 2), (columns[-1] + columns[0]) / 2)
    bottom = max(canvas.floor + 0.1 * u, canvas.chin + 0.3 * u) - width * 0.5
    mask = np.zeros(shape, np.uint8)
    cv2.rectangle(mask, (int(middle - width), int(canvas.chin - 0.1 * u)), (int(middle + width), int(bottom)), 255, -1)
    cv2.ellipse(mask, (int(middle), int(bottom)), (int(width), int(width * 0.62)), 0, 0, 360, 255, -1, cv2.LINE_AA)
    tone = cv2.cvtColor(np.array([[person.skin]], np.float32), cv2.COLOR_Lab2RGB)[0, 0] * 255
    colours = _spread(canvas.rgba[..., :3], skin & (np.arange(shape[0]) > canvas.chin)[:, None], tone * 0.9, u)
    return colours, blurred(np.asarray(mask, np.float32) / np.float32(255), 1.5)


def _falling(canvas: _Canvas, hair: Mask) -> tuple[Plane, Plane]:
    """Colours and alpha of hair that the photo's lower border cuts: mirrored from above the border, thinning out into tips."""
    height, width = hair.shape
    depth = np.arange(height, dtype=np.float32)[:, None] - canvas.floor
    strip = hair[max(0, canvas.floor - max(4, int(0.04 * canvas.unit))) : canvas.floor].mean(axis=0).astype(np.float32)
    rough = np.random.default_rng(5).standard_normal((1, width)).astype(np.float32)
    noise = sum(cv2.GaussianBlur(rough, (0, 0), share * canvas.unit)[0] * share**0.5 for share in (0.05, 0.015, 0.006))
    thick = cv2.GaussianBlur((strip > 0.5).astype(np.float32)[None], (0, 0), 0.05 * canvas.unit)[0]
    length = canvas.unit * np.clip((thick - 0.3) * 0.75 + 0.1 * noise / (noise.std() + 1e-6) * thick, 0, 0.75)
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), canvas.floor - 2 - np.abs(depth[:, 0]))
    colours = cv2.remap(canvas.rgba[..., :3], x, np.maximum(y, 0).astype(np.float32), cv2.INTER_LINEAR).astype(np.float32)
    soft = 0.03 * canvas.unit
    alpha = np.clip((length[None] - depth) / soft, 0, 1) * (depth >= -0.06 * canvas.unit) * (length > 4)[None]
    solid = cv2.remap((hair & (canvas.rgba[..., 3] > 200)).astype(np.float32), x, np.maximum(y, 0).astype(np.float32), cv2.INTER_LINEAR)
    return colours, np.asarray(blurred(alpha.astype(np.float32), 1.2) * np.clip(blurred(solid, 2.0) * 1.6, 0, 1), np.float32)


def _spread(rgb: Pixels, known: Mask, default: NDArray[np.float64] | Plane, unit: float) -> Plane:
    """The known pixels' colours everywhere: near a known pixel its own, far away their average, where nothing is known ``default``."""
    share = known.astype(np.float32)[..., None]
    out = np.broadcast_to(np.asarray(default, np.float32), rgb.shape).copy()
    for sigma in (0.6 * unit, 0.15 * unit, 0.04 * unit):
        amount = blurred(share, sigma)[..., None]
        near = blurred(rgb * share, sigma) / (amount + 1e-4)
        out += (near - out) * np.clip(amount * 8, 0, 1)
    return np.asarray(out, np.float32)


def _worn(seen: Pixels, person: Person, long_hair: bool) -> NDArray[np.float64]:
    """The garment's colour: what the photo shows of it (n, 3), else the clothes' first colour unless that may be hair, else one from the wardrobe."""
    if len(seen) > 150:
        return np.asarray(np.median(seen, axis=0), np.float64)
    if person.clothes and not long_hair:
        return np.array(person.clothes[0], float)
    _, a, b = person.skin or (0.0, 0.0, 0.0)
    return np.array(WARDROBE[int(a * 7 + b * 3) % len(WARDROBE)], float)


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
        strands = cv2.GaussianBlur(np.random.default_rng(9).standard_normal((shape[0], 1)).astype(np.float32), (0, 0), 0.012 * u)[:, 0]
        inset = u * (0.12 * (1 - np.sin(np.pi * np.minimum(share, 0.5)) ** 0.7) + 0.015) + 0.008 * u * strands / (strands.std() + 1e-6)
        out *= np.clip((sign * (x - edge) - inset[:, None]) / (0.025 * u) + 0.5, 0, 1).astype(np.float32)
    return out


def _widened(mask: Mask, size: int) -> Mask:
    return np.asarray(cv2.dilate(mask.astype(np.uint8), np.ones((size, size), np.uint8)) > 0)


def _ragged(canvas: _Canvas) -> Plane:
    """1, falling to 0 in strands of uneven length at the photo's lower border; for hair that ends in front of nothing."""
    u, shape = canvas.unit, canvas.rgba.shape[:2]
    rough = cv2.GaussianBlur(np.random.default_rng(13).standard_normal((1, shape[1])).astype(np.float32), (0, 0), 0.012 * u)[0]
    inset = u * np.clip(0.06 + 0.04 * rough / (rough.std() + 1e-6), 0.01, 0.16)
    return np.asarray(np.clip((canvas.floor - np.arange(shape[0], dtype=np.float32)[:, None] - inset[None]) / (0.03 * u), 0, 1), np.float32)


def _feathered(canvas: _Canvas) -> Plane:
    """1 inside the photo, falling to 0 at the borders that are continued: below, and beside below the chin."""
    soft = 0.05 * canvas.unit
    y, x = np.ogrid[: canvas.rgba.shape[0], : canvas.rgba.shape[1]]
    below = np.clip((canvas.floor - y) / soft, 0, 1)
    beside = np.clip(np.minimum(x - canvas.left, canvas.right - 1 - x) / soft, 0, 1)
    low = np.clip((y - canvas.chin) / (0.2 * canvas.unit), 0, 1)
    return np.asarray(below * (1 - low * (1 - beside)), np.float32)


def _over(below: Pixels, colours: Plane, alpha: Plane) -> Pixels:
    """Straight-alpha ``colours`` (h, w, 3) with ``alpha`` (h, w) over an RGBA picture."""
    a, b = alpha[..., None], below[..., 3:].astype(np.float32) / 255
    total = a + b * (1 - a)
    mixed = (colours * a + below[..., :3] * b * (1 - a)) / np.maximum(total, 1e-4)
    return np.asarray(np.dstack([mixed, total * 255]).clip(0, 255) + 0.5, np.float32).astype(np.uint8)
