"""A face as each craft paints it: the photo's skin replaced by one lit tone and one shadow, by an even wash, or by the
shading of a solid.

Eyes, brows, nostrils and mouth stay as they were drawn: they are whom one recognises.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import cv2
import numpy as np

from personavlog.media.arrays import Pixels, Plane
from personavlog.metrics.face import BROWS, EYES, LIPS, NOSTRILS, OVAL
from personavlog_embedded.style import face_relief
from personavlog_embedded.style.look import Colour, Skin, blurred, to_lab, to_rgb

JAW = (93, 132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 361, 323)
"""The mesh's points along the jaw, from ear to ear."""
CHEEKS = (50, 280)
SOFT = 0.035
"""How far light is evened out before it is cut into tones, over the distance of the pupils."""
STEPS = ((-5.0, 0.2), (4.0, 0.4), (12.0, 0.7))
"""How much darker than the lit side a place is, in L*, where the next tone begins, and that tone's share of the shadow;
the first is a highlight."""
LIT = 72
"""Percentile of the skin's lightness that is taken for the tone of its lit side."""


@dataclass(frozen=True)
class Craft:
    """How skin is painted. ``flat``: how much of its own shading goes, 0 to 1; ``shadow``: how much darker the shadow
    is, in L*.

    ``hard``: how sharply tones meet. ``detail``: share of the fine creases that stays. ``blush``: redness of the cheeks
    in a*. ``line``: strength of the jaw's and the lids' lines. ``chin``: depth of the shadow under it. ``spared``: how
    much of the face is spared the finish of the figure, 0 to 1.
    ``solid``: how strongly it is lit like a solid, in L*. ``sparkle``: size of the light in the eyes, over the iris.
    """

    flat: float
    shadow: float
    hard: float
    detail: float
    blush: float = 0.0
    line: float = 0.0
    chin: float = 0.0
    spared: float = 0.0
    solid: float = 0.0
    sparkle: float = 0.0


CRAFTS: Mapping[str, Craft] = MappingProxyType(
    {
        "two tones": Craft(0.76, 12.0, 1.0, 0.25, blush=5.0, line=0.7, chin=1.0, spared=0.8, sparkle=0.16),
        "hard tones": Craft(0.76, 19.0, 2.2, 0.25, line=0.8, chin=1.1, spared=0.75),
        "one tone": Craft(0.78, 8.0, 1.0, 0.2, blush=2.5, line=0.7, chin=0.4, spared=0.8, sparkle=0.14),
        "wash": Craft(0.5, 12.0, 0.4, 0.3, blush=4.0, line=0.2, chin=0.6, spared=0.45),
        "sheets": Craft(0.85, 18.0, 1.8, 0.1, chin=1.1, spared=0.3),
        "solid": Craft(0.5, 10.0, 0.3, 0.2, blush=4.0, chin=0.4, spared=0.85, solid=7.5, sparkle=0.2),
    }
)


def paint_skin(rgb: Pixels, points: Plane, skin: Skin, pen: Colour) -> Pixels:
    """A (h, w, 3) picture of a person whose face has its mesh at ``points`` (478, 3), with the skin as the craft paints
    it; ``pen`` is the RGB of its lines."""
    craft = CRAFTS.get(skin)
    if craft is None:
        return rgb
    lab, reach = to_lab(rgb), eye_distance(points)
    inside = _filled(rgb.shape[:2], points, OVAL)
    bare, tone = _bare(lab, points, inside, reach)
    lab = _toned(lab, points, inside, bare, tone, craft, reach)
    _blush(lab, points, bare, craft.blush, reach)
    if craft.solid:
        face_relief.shade_face(lab, points, bare, craft.solid)
    return _sparkling(_lined(to_rgb(lab), points, craft.line, pen, reach), points, craft.sparkle)


def eye_distance(points: Plane) -> float:
    """Distance of the pupils in px."""
    return float(np.hypot(*(points[473, :2] - points[468, :2])))


def cheeks(shape: tuple[int, int], points: Plane) -> Plane:
    """1 on cheeks, forehead and chin, 0 on the features and outside, soft between."""
    mask, reach = _filled(shape, points, OVAL), eye_distance(points)
    mask[_features(shape, points, reach) > 0] = 0
    inner = cv2.erode(mask, np.ones((3, 3), np.uint8), iterations=max(1, round(reach * 0.03)))
    return blurred(inner.astype(np.float32) / np.float32(255), max(1.0, reach * 0.04))


def oval(shape: tuple[int, int], points: Plane) -> Plane:
    """1 on the face, falling off softly within its outline."""
    reach = eye_distance(points)
    inner = cv2.erode(_filled(shape, points, OVAL), np.ones((3, 3), np.uint8), iterations=max(1, round(reach * 0.05)))
    return blurred(inner.astype(np.float32) / np.float32(255), max(1.0, reach * 0.05))


def features(shape: tuple[int, int], points: Plane) -> Plane:
    """1 on eyes, brows, nostrils and mouth, 0 elsewhere, soft between."""
    reach = eye_distance(points)
    return blurred(_features(shape, points, reach).astype(np.float32) / np.float32(255), max(0.8, reach * 0.025))


def _filled(shape: tuple[int, int], points: Plane, outline: tuple[int, ...]) -> Pixels:
    mask = np.zeros(shape, np.uint8)
    cv2.fillPoly(mask, [np.round(points[list(outline), :2]).astype(np.int32)], 255)
    return mask


def _features(shape: tuple[int, int], points: Plane, reach: float) -> Pixels:
    """255 on eyes, brows, nostrils and mouth and a little around them."""
    flat = np.round(points[:, :2]).astype(np.int32)
    mask = np.zeros(shape, np.uint8)
    for outline, room in (
        (EYES[0], 0.2),
        (EYES[1], 0.2),
        (BROWS[0], 0.1),
        (BROWS[1], 0.1),
        (LIPS, 0.05),
        (NOSTRILS, 0.05),
    ):
        hull = cv2.convexHull(flat[list(outline)])
        cv2.fillConvexPoly(mask, hull, 255)
        cv2.polylines(mask, [hull], True, 255, max(1, round(reach * room)))
    return mask


def _bare(lab: Plane, points: Plane, face: Pixels, reach: float) -> tuple[Plane, Plane]:
    """How much every pixel is bare skin, 0 to 1, face and neck without features, beard and hair; and the L*a*b* of its
    lit side."""
    inside = cheeks(face.shape, points) > 0.6
    if inside.sum() < 40:
        return np.zeros(face.shape, np.float32), np.array([60, 10, 15], np.float32)
    known = lab[inside]
    tone = np.array(
        [
            np.percentile(known[:, 0], LIT),
            *np.median(known[known[:, 0] > np.percentile(known[:, 0], 35)][:, 1:], axis=0),
        ],
        np.float32,
    )
    away = np.hypot(lab[..., 1] - tone[1], lab[..., 2] - tone[2])
    alike = np.clip(1.7 - away / 9.0, 0, 1) * np.clip((lab[..., 0] - tone[0] + 34) / 12, 0, 1)
    near = _near(face, points, reach)
    kept = features(face.shape, points)
    return np.asarray(
        blurred(np.asarray(alike * near, np.float32), max(0.8, reach * 0.02)) * (1 - kept), np.float32
    ), tone


def _near(face: Pixels, points: Plane, reach: float) -> Plane:
    """1 on the face, the ears and the neck, where skin is looked for."""
    flat = points[:, :2]
    middle, chin = flat[[234, 454]].mean(0), flat[152]
    down = (chin - middle) / max(float(np.hypot(*(chin - middle))), 1.0)
    across = np.array([-down[1], down[0]])
    wide = 1.35 * reach
    corners = [
        middle - across * wide,
        middle + across * wide,
        chin + down * 1.3 * reach + across * wide,
        chin + down * 1.3 * reach - across * wide,
    ]
    mask = face.copy()
    cv2.fillConvexPoly(mask, np.round(corners).astype(np.int32), 255)
    return blurred(mask.astype(np.float32) / np.float32(255), max(1.0, reach * 0.05))


def _toned(lab: Plane, points: Plane, face: Pixels, bare: Plane, tone: Plane, craft: Craft, reach: float) -> Plane:
    """The skin in its lit tone and its shadow."""
    soft = max(1.0, reach * SOFT)
    light = tone[0] - blurred(lab[..., 0] * bare, soft) / (blurred(bare, soft) + 1e-3)
    shade = sum(share * np.clip((light - depth) * 0.16 * craft.hard + 0.5, 0, 1) for depth, share in STEPS)
    shade = np.maximum(shade, craft.chin * _under_chin(face, points, reach))
    detail = lab[..., 0] - cv2.bilateralFilter(lab[..., 0], 0, 14, soft * 0.5)
    painted = np.dstack(
        [
            tone[0] - craft.shadow * (shade - STEPS[0][1]) + craft.detail * detail,
            tone[1] * (1 + 0.06 * shade),
            tone[2] * (1 + 0.06 * shade),
        ]
    )
    share = (bare * craft.flat)[..., None]
    return np.asarray(lab + (painted - lab) * share, np.float32)


def _under_chin(face: Pixels, points: Plane, reach: float) -> Plane:
    """1 in the shadow that the head throws on the neck."""
    jaw = points[list(JAW), :2]
    fallen = jaw + np.array([0.05, 0.42], np.float32) * reach
    mask = np.zeros(face.shape, np.uint8)
    cv2.fillPoly(mask, [np.round(np.concatenate([jaw, fallen[::-1]])).astype(np.int32)], 255)
    mask[face > 0] = 0
    return blurred(mask.astype(np.float32) / np.float32(255), max(0.8, reach * 0.015))


def _blush(lab: Plane, points: Plane, bare: Plane, strength: float, reach: float) -> None:
    if not strength:
        return
    y, x = np.arange(lab.shape[0], dtype=np.float32)[:, None], np.arange(lab.shape[1], dtype=np.float32)[None]
    for index in CHEEKS:
        px, py = points[index, :2]
        spot = np.exp(-(((x - px) / (0.30 * reach)) ** 2) - ((y - py - 0.02 * reach) / (0.2 * reach)) ** 2) * bare
        lab[..., 1] += strength * spot
        lab[..., 0] -= 0.25 * strength * spot


def _lined(rgb: Pixels, points: Plane, strength: float, pen: Colour, reach: float) -> Pixels:
    """Jaw and upper lids drawn with the pen."""
    if not strength:
        return rgb
    mask = np.zeros(rgb.shape[:2], np.uint8)
    strokes = [(JAW, 0.022, 130), (EYES[0][8:], 0.042, 220), (EYES[1][8:], 0.042, 220)]
    for outline, width, level in strokes:
        line = np.round(points[list(outline), :2] * 8).astype(np.int32)
        cv2.polylines(mask, [line], False, level, max(1, round(reach * width)), cv2.LINE_AA, 3)
    share = cv2.GaussianBlur(mask, (0, 0), max(0.5, reach * 0.006)).astype(np.float32)[..., None] / 255 * strength
    return np.asarray(np.clip(rgb + (np.array(pen, np.float32) - rgb) * share + 0.5, 0, 255), np.uint8)


def _sparkling(rgb: Pixels, points: Plane, size: float) -> Pixels:
    """A window's light on either iris, to its upper left, and a fainter one across from it."""
    if not size:
        return rgb
    out = rgb.copy()
    for pupil in (468, 473):
        radius = float(np.hypot(*(points[pupil + 1, :2] - points[pupil + 3, :2]))) / 2
        for way, share, level in ((-0.34, size, 255), (0.36, 0.45 * size, 225)):
            x, y = points[pupil, 0] + way * radius, points[pupil, 1] + way * 1.05 * radius
            cv2.circle(
                out, (round(x * 8), round(y * 8)), max(3, round(8 * share * radius)), (level,) * 3, -1, cv2.LINE_AA, 3
            )
    return out
