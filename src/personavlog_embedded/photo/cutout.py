"""The person of the photo as a cut-out: where head and face are, what the photo's borders cut off, which colours skin
and clothes have."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.errors import BriefError
from personavlog.media.arrays import Box, Pixels, Plane
from personavlog.metrics.face import Face, detect
from personavlog.metrics.person.matte import foreground, matte

LONGEST = 1280
"""Px of the cut-out's longer side; larger photos are made smaller first."""
LIGHTS, DARK, LIT, STRONGEST = 98, 100, 170, 0.4
"""Where this percentile of the photo's luma (0 to 255) is below ``DARK`` it is raised to ``LIT``, by a power of at
least ``STRONGEST``. Eyes, teeth, clothes or the background are lighter than that in any well-lit photo, whatever the
skin."""
ARCH = 0.22
"""Of the shorter side: how far a rounded upper edge comes down at its ends."""
CUT_FACE = 0.06
"""Of a face's size: how near to the photo's border eyes, nose and mouth may be."""
TOUCH = 0.04
"""A border cuts the person if the matte covers more than this share of it."""

Framing = Literal["head", "head-and-shoulders", "half", "full", "unknown"]
Side = Literal["left", "top", "right", "bottom"]


@dataclass(frozen=True, eq=False)
class Person:
    """``rgba`` (h, w, 4) uint8, straight alpha, cropped to what is there; everything else is in its px.

    ``cut`` names the sides where a border of the photo cuts the body. ``head`` is x0, y0, x1, y1 of the head with hair,
    ``headroom_ok`` whether all of it is there. ``framing`` says how much of the body is shown. ``skin`` is the median
    L*a*b* of the cheeks, ``clothes`` up to three RGB colours, the most frequent first. Without a face (pets, drawings)
    ``face`` and ``skin`` are None and ``head`` is the upper third.
    """

    rgba: Pixels
    face: Face | None
    cut: frozenset[Side]
    head: Box
    framing: Framing
    skin: tuple[float, float, float] | None
    clothes: tuple[tuple[int, int, int], ...]
    notes: tuple[str, ...] = ()

    @property
    def headroom_ok(self) -> bool:
        """Whether the photo shows the whole head."""
        return "top" not in self.cut


def cut_out(photo: Pixels, face_index: int | None = None) -> Person:
    """The person with the face of this number (from the left, 0 first; the largest face where None) cut out of a (h, w,
    3) uint8 RGB photo.

    Raises ``BriefError`` if the photo has faces but not so many.
    """
    scale = min(1.0, LONGEST / max(photo.shape[:2]))
    rgb = (
        photo
        if scale == 1
        else np.asarray(cv2.resize(photo, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    )
    face, others = _chosen(detect(rgb), face_index)
    rgb, seen = _lifted(rgb)
    found = matte(rgb, face)
    alpha = _alone(found.alpha, face, others)
    rgba = np.dstack([foreground(rgb, alpha), np.round(alpha * 255).astype(np.uint8)])
    x0, y0, x1, y1 = _content(rgba[..., 3])
    body, here = np.ascontiguousarray(rgba[y0:y1, x0:x1]), None if face is None else moved_face(face, -x0, -y0)
    head = _head(body[..., 3], here)
    return Person(
        body,
        here,
        _cut(alpha),
        head,
        _framing(body, here),
        _skin(body, here),
        _clothes(body, here),
        (*found.notes, *seen, *_whole_face(face, rgb)),
    )


def moved_face(face: Face, dx: float, dy: float, scale: float = 1.0) -> Face:
    """The face after the picture was scaled, then shifted."""
    x0, y0, x1, y1 = face.box
    box = (x0 * scale + dx, y0 * scale + dy, x1 * scale + dx, y1 * scale + dy)
    return Face(box, face.score, (face.points * scale + np.array([dx, dy])).astype(np.float32))


def complete_top(person: Person) -> Person:
    """The person with hair that the photo's upper border cut off rounded out to a cap; unchanged where nothing was cut.

    The cap continues the head's outline as an arc and is filled with the hair below it, mirrored and drawn together
    with the arc, so that strands bend with the head. It is plausible, not known: a high hairdo comes out as a round
    one.
    """
    face = person.face
    if person.headroom_ok:
        return person
    if face is None:
        return replace(person, rgba=_arched(person.rgba))
    left, right = _chord(person.rgba[..., 3], face)
    half, centre = (right - left) / 2, (left + right) / 2
    if half < 0.1 * face.size:
        return person
    height = _rise(person.rgba[..., 3], face, half)
    cap = _cap(person.rgba, centre, half, height, _hair_depth(person, face))
    rgba = np.vstack([cap, person.rgba])
    face = moved_face(face, 0, height)
    head = (person.head[0], 0.0, person.head[2], person.head[3] + height)
    note = "The photo cuts the hair off; its top was completed."
    return replace(person, rgba=rgba, face=face, head=head, cut=person.cut - {"top"}, notes=(*person.notes, note))


def _arched(rgba: Pixels) -> Pixels:
    """A subject without a face whose photo cuts it above: the straight edge becomes a round one."""
    height, width = rgba.shape[:2]
    there = np.flatnonzero((rgba[: max(1, height * 3 // 5), :, 3] > 128).any(axis=0))
    middle, half = (
        ((there[0] + there[-1]) / 2, max((there[-1] - there[0]) / 2, 1.0)) if there.size else (width / 2, width / 2)
    )
    away = np.clip(np.abs(np.arange(width) - middle) / (half * 1.04), 0, 1)
    top = ARCH * min(height, width) * (1 - np.sqrt(1 - away**2))
    mask = np.clip(np.arange(height)[:, None] - top, 0, 1)
    return np.dstack([rgba[..., :3], np.round(rgba[..., 3] * mask).astype(np.uint8)])


def _chosen(faces: tuple[Face, ...], index: int | None) -> tuple[Face | None, tuple[Face, ...]]:
    if not faces:
        return None, ()
    if index is not None and not 0 <= index < len(faces):
        raise BriefError(
            f"The photo has no face number {index}; it has {len(faces)}, counted from the left, 0 first. "
            "Choose one of them."
        )
    face = max(faces, key=lambda f: f.size) if index is None else faces[index]
    return face, tuple(other for other in faces if other is not face)


def _lifted(rgb: Pixels) -> tuple[Pixels, tuple[str, ...]]:
    """The photo made brighter where even its lights are dark, which is the exposure and not the skin; and what is said
    about it."""
    light = float(np.percentile(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), LIGHTS))
    if light >= DARK or light < 4:
        return rgb, ()
    power = max(np.log(LIT / 255) / np.log(light / 255), STRONGEST)
    table = np.round(255 * (np.arange(256) / 255) ** power).astype(np.uint8)
    return np.asarray(cv2.LUT(rgb, table), np.uint8), (
        "The photo is very dark; it was made brighter. A lighter photo gives a better likeness.",
    )


def _whole_face(face: Face | None, rgb: Pixels) -> tuple[str, ...]:
    """What is said where the photo's border cuts the face itself."""
    if face is None:
        return ()
    nearest = min(
        float(face.points[:, 0].min()),
        rgb.shape[1] - float(face.points[:, 0].max()),
        rgb.shape[0] - float(face.points[:, 1].max()),
    )
    return (
        ("The photo's border cuts the face; use a photo that shows all of it.",)
        if nearest < CUT_FACE * face.size
        else ()
    )


def _alone(alpha: Plane, face: Face | None, others: tuple[Face, ...]) -> Plane:
    """The matte without other people: every pixel goes to the face whose column it stands under, with a soft border
    between.

    Of two faces above each other the border lies between their heads: over the lower head, whose body hides the upper
    one's.
    """
    if face is None:
        return alpha
    rows, columns = (np.arange(size, dtype=np.float32) for size in alpha.shape)
    for other in others:
        if other.size < 0.35 * face.size:
            continue
        beside = abs(_x(other) - _x(face)) > 0.5 * (face.size + other.size) / 2
        border, mine, theirs = (
            (_between(face, other), _x(face), _x(other)) if beside else (_over(face, other), face.box[1], other.box[1])
        )
        side = np.clip(
            (border - (columns if beside else rows)) * np.sign(theirs - mine) / (0.06 * face.size) + 0.5, 0, 1
        )
        alpha = np.asarray(alpha * (side if beside else side[:, None]), np.float32)
    return alpha


def _x(face: Face) -> float:
    return (face.box[0] + face.box[2]) / 2


def _between(face: Face, other: Face) -> float:
    return (_x(face) * other.size + _x(other) * face.size) / (face.size + other.size)


def _over(face: Face, other: Face) -> float:
    """Px row above the lower of two heads, its hair included, but below the upper one's chin."""
    upper, lower = sorted((face, other), key=lambda one: one.box[1])
    return max(upper.box[3], lower.box[1] - 0.35 * lower.size)


def _content(alpha: Pixels) -> tuple[int, int, int, int]:
    rows, columns = np.flatnonzero((alpha > 12).any(axis=1)), np.flatnonzero((alpha > 12).any(axis=0))
    if not len(rows):
        return 0, 0, alpha.shape[1], alpha.shape[0]
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _cut(alpha: Plane) -> frozenset[Side]:
    edges: dict[Side, Plane] = {"left": alpha[:, 0], "top": alpha[0], "right": alpha[:, -1], "bottom": alpha[-1]}
    return frozenset(side for side, edge in edges.items() if float((edge > 0.5).mean()) > TOUCH)


def _head(alpha: Pixels, face: Face | None) -> Box:
    height, width = alpha.shape
    if face is None:
        return 0.0, 0.0, float(width), height / 3
    x0, _, x1, y1 = face.box
    reach = 0.3 * (x1 - x0)
    left, right = max(0, int(x0 - reach)), min(width, int(x1 + reach))
    rows = np.flatnonzero((alpha[: max(1, int(y1)), left:right] > 128).any(axis=1))
    return float(left), float(rows[0]) if len(rows) else 0.0, float(right), min(float(height), y1)


def _framing(body: Pixels, face: Face | None) -> Framing:
    """By how many face heights of body are below the chin: collar 0.5, shoulders 1.5, hips 4."""
    if face is None:
        return "unknown"
    below = (body.shape[0] - face.box[3]) / (face.box[3] - face.box[1])
    return "head" if below < 0.5 else "head-and-shoulders" if below < 1.5 else "half" if below < 4 else "full"


def _skin(body: Pixels, face: Face | None) -> tuple[float, float, float] | None:
    if face is None:
        return None
    (lx, ly), (rx, ry), nose, (ml, my), (mr, _) = face.points
    size = max(2, round(0.05 * face.size))
    spots = [
        ((lx + ml) / 2, (ly + my) / 2 + 0.02 * face.size),
        ((rx + mr) / 2, (ry + my) / 2 + 0.02 * face.size),
        (nose[0], ly - 0.22 * face.size),
    ]
    patches = [
        body[max(0, int(y) - size) : int(y) + size, max(0, int(x) - size) : int(x) + size, :3].reshape(-1, 3)
        for x, y in spots
    ]
    colours = np.concatenate(patches)
    if not len(colours):
        return None
    lab = cv2.cvtColor(colours[None].astype(np.float32) / 255, cv2.COLOR_RGB2Lab)[0]
    middle = np.median(lab, axis=0)
    return float(middle[0]), float(middle[1]), float(middle[2])


def _clothes(body: Pixels, face: Face | None) -> tuple[tuple[int, int, int], ...]:
    """Up to three colours of what is below the chin and is neither skin nor see-through, each at least an eighth of
    it."""
    skin = _skin(body, face)
    if face is None or skin is None:
        return ()
    below = body[min(body.shape[0] - 1, int(face.box[3] + 0.12 * face.size)) :]
    pixels = below[below[..., 3] > 230][:, :3]
    if len(pixels) < 50:
        return ()
    lab = cv2.cvtColor(pixels[None].astype(np.float32) / 255, cv2.COLOR_RGB2Lab)[0]
    worn = pixels[~is_skin(lab, skin)]
    if len(worn) < 50:
        return ()
    sample = worn[:: max(1, len(worn) // 4000)].astype(np.float32)
    cv2.setRNGSeed(0)
    _, labels, centres = cv2.kmeans(
        sample, 3, None, (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 20, 1.0), 1, cv2.KMEANS_PP_CENTERS
    )
    counts = np.bincount(labels.ravel(), minlength=3)
    ranked = [centres[k] for k in np.argsort(-counts) if counts[k] > len(sample) / 8]
    return tuple((int(r), int(g), int(b)) for r, g, b in ranked)


def is_skin(lab: Plane, skin: tuple[float, float, float]) -> NDArray[np.bool_]:
    """Which L*a*b* colours (..., 3) may be this skin in another light: near in colour, up to 35 darker or 25
    lighter."""
    away = lab - np.array(skin, np.float32)
    return np.asarray((np.hypot(away[..., 1], away[..., 2]) < 11) & (away[..., 0] > -35) & (away[..., 0] < 25))


def _chord(alpha: Pixels, face: Face) -> tuple[int, int]:
    """Where the head's outline meets the upper border: the covered run under which the face stands."""
    covered = alpha[: max(2, alpha.shape[0] // 200)].max(axis=0) > 128
    middle = int(np.clip((face.box[0] + face.box[2]) / 2, 0, len(covered) - 1))
    if not covered[middle]:
        runs = np.flatnonzero(covered)
        if not len(runs):
            return middle, middle
        middle = int(runs[np.abs(runs - middle).argmin()])
    gaps = np.flatnonzero(~covered)
    left, right = gaps[gaps < middle], gaps[gaps > middle]
    return int(left[-1]) + 1 if len(left) else 0, int(right[0]) if len(right) else len(covered)


def _rise(alpha: Pixels, face: Face, half: float) -> int:
    """Height of the cap in px: the rest of the circle whose radius is half the head's width, as seen above the eyes."""
    rows = alpha[: max(1, int(face.points[:2, 1].mean()))]
    near = rows[:, max(0, int(face.box[0] - 0.5 * face.size)) : int(face.box[2] + 0.5 * face.size)]
    widest = float((near > 128).sum(axis=1).max()) / 2
    radius = max(half * 1.02, min(widest, 0.62 * face.size))
    return max(2, round(min(radius - math.sqrt(max(0.0, radius * radius - half * half)), 0.2 * face.size)))


def _hair_depth(person: Person, face: Face) -> float:
    """How far below the upper border hair reaches above the forehead, in px: to the first row that is skin."""
    x, y = int(face.points[:2, 0].mean()), int(face.points[:2, 1].mean())
    if person.skin is None or y < 4:
        return 0.2 * face.size
    column = np.ascontiguousarray(person.rgba[:y, max(0, x - 8) : x + 8, :3]).astype(np.float32) / 255
    skin = is_skin(np.median(cv2.cvtColor(column, cv2.COLOR_RGB2Lab), axis=1), person.skin)
    rows = np.flatnonzero(np.convolve(skin, np.ones(5), "same") >= 4)
    return float(rows[0]) if len(rows) else 0.2 * face.size


def _cap(rgba: Pixels, centre: float, half: float, height: int, depth: float) -> Pixels:
    """(height, w, 4): an arc over the chord, filled from below."""
    up, x = np.mgrid[height:0:-1, 0 : rgba.shape[1]].astype(np.float32)
    radius = (half * half + height * height) / (2 * height)
    reach = np.sqrt(np.maximum(radius * radius - (radius - height + up) ** 2, 0)) + 1e-3
    ripple = (
        cv2.GaussianBlur(np.random.default_rng(3).standard_normal((1, rgba.shape[1])).astype(np.float32), (0, 0), 3.0)
        * 0.02
        * half
    )
    source_x = centre + (x - centre) * half / np.maximum(reach, 0.35 * half)
    source_y = up * np.float32(min(1.0, 0.85 * depth / height))
    cap = cv2.remap(
        rgba[..., :3], source_x.astype(np.float32), source_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
    )
    shade = (1 - 0.18 * (up / height) ** 2)[..., None]
    soft = max(1.0, 0.012 * half)
    alpha = np.clip((reach + ripple - np.abs(x - centre)) / soft, 0, 1) * np.clip((height - up) / soft + 0.5, 0, 1)
    return np.dstack([np.asarray(cap * shade, np.uint8), np.asarray(alpha * 255, np.uint8)])
