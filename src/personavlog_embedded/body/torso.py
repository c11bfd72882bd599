"""Hips and torso: trousers, a garment with its neckline or the photo's own clothes, and the skin that the neckline
leaves bare."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Plane
from personavlog_embedded.body import trimmings
from personavlog_embedded.body.outfit import Outfit
from personavlog_embedded.body.part_sheet import SKIN_SHADE, Sheet, around, curve, shade, soft, stroke, toned
from personavlog_embedded.body.pose import Arm
from personavlog_embedded.body.skeleton import Skeleton
from personavlog_embedded.body.torso_frame import Frame

HEM = 0.2
"""How far below the hip joints a garment reaches, heads."""
COAT, SEATED_COAT = 0.85, 0.34
"""The same of a coat, standing and sitting."""


def hem(skeleton: Skeleton, outfit: Outfit) -> float:
    """How far below the hip joints this garment reaches, heads."""
    if outfit.top != "coat":
        return HEM
    return (
        SEATED_COAT
        if any(leg.before for leg in (skeleton.pose.left_leg, skeleton.pose.right_leg))
        else COAT * skeleton.build.thigh / 1.62
    )


def garment_outline(skeleton: Skeleton, arm: Arm) -> list[tuple[float, float]]:
    """Half of the garment's silhouette in torso coordinates, from the neck down; under a raised ``arm`` the shoulder
    goes with it."""
    b, hangs = skeleton.build, 1 - float(np.clip((arm.upper - 50) / 60, 0, 1))
    k, tip, tall = b.thick, b.shoulder, b.torso
    return [
        (b.neck + 0.01, -0.1),
        (b.neck + 0.045, -0.04),
        (0.6 * tip, 0.05),
        (0.86 * tip, b.slope - 0.17),
        (tip + 0.09 * k, b.slope - 0.1),
        (tip + (0.06 + 0.105 * hangs) * k, b.slope + 0.06),
        (tip + (0.13 * hangs - 0.02) * k, b.slope + 0.25),
        (tip - 0.06 * k, 0.36 * tall),
        (0.44 * k + 0.09 * tip, 0.6 * tall),
        (0.42 * k + 0.09 * tip, 0.76 * tall),
        (0.46 * k + 0.09 * tip, 0.98 * tall),
        (0.47 * k + 0.1 * tip, tall + HEM),
    ]


def hips(skeleton: Skeleton, outfit: Outfit) -> Sheet:
    """The seat of the trousers."""
    frame, unit, k = Frame(skeleton), skeleton.head_px, skeleton.build.thick
    tall, half = skeleton.build.torso, skeleton.build.hip + 0.22 * k
    side = [
        (half - 0.06, tall - 0.3),
        (half + 0.0, tall - 0.05),
        (half - 0.01, tall + 0.16),
        (0.2, tall + 0.34),
        (0.0, tall + 0.3),
    ]
    sheet = around(
        frame.points([(-half, tall - 0.4), (half, tall + 0.4), (half, tall - 0.4), (-half, tall + 0.4)]), 0.1 * unit
    )
    mask = sheet.fill(frame.both(side))
    light = 0.4 + 0.6 * _inflated(mask, 0.3 * unit)
    x, y = frame.local(sheet)
    light = light - 0.10 * np.exp(-((x / 0.018) ** 2)) * np.clip((y - tall) * 5, 0, 1)
    sheet.lay(toned(outfit.legs, np.asarray(light, np.float32)), mask)
    return sheet


def torso(skeleton: Skeleton, outfit: Outfit, cloth: Plane | None, seed: int) -> Sheet:
    """The garment over bare skin at the neck. ``cloth`` (h, w, 4) is the photo's own clothes laid on the torso's sheet,
    see ``sheet_for``."""
    sheet = sheet_for(skeleton)
    frame, unit, low = Frame(skeleton), skeleton.head_px, hem(skeleton, outfit)
    if outfit.skirt is not None:
        trimmings.skirt(sheet, frame, skeleton, outfit.skirt)
    _throat(sheet, skeleton, outfit)
    hole = opening(frame, sheet, skeleton, outfit)
    worn = np.asarray(sheet.fill(_silhouette(frame, skeleton, below=low)) * (1 - hole), np.float32)
    light = _inflated(sheet.fill(_silhouette(frame, skeleton, below=low + 0.8)), 0.5 * unit) + _folds(
        frame, sheet, skeleton, seed
    )
    colour = np.broadcast_to(outfit.cloth, (*worn.shape, 3))
    if cloth is not None:
        light = light * (1 - 0.75 * cloth[..., 3]) + 0.75 * cloth[..., 3]
        colour = np.asarray(colour * (1 - cloth[..., 3:]) + cloth[..., :3] * cloth[..., 3:], np.float32)
    sheet.lay(toned(np.asarray(colour, np.float32), np.asarray(light, np.float32)), worn)
    if cloth is None:
        _trimmed(sheet, frame, skeleton, outfit, low)
    if outfit.apron is not None and not skeleton.pose.back:
        trimmings.apron(sheet, frame, skeleton, outfit.apron)
    if outfit.scarf is not None and not skeleton.pose.back:
        trimmings.scarf_end(sheet, frame, outfit.scarf)
    return sheet


def sheet_for(skeleton: Skeleton) -> Sheet:
    """The piece of canvas that a torso takes."""
    reach = skeleton.build.shoulder + 0.5
    corners = [
        (-reach, -0.45),
        (reach, -0.45),
        (-reach, skeleton.build.torso + 0.9 * skeleton.build.thigh),
        (reach, skeleton.build.torso + 0.9 * skeleton.build.thigh),
    ]
    return around(Frame(skeleton).points(corners), 0.05 * skeleton.head_px)


def opening(frame: Frame, sheet: Sheet, skeleton: Skeleton, outfit: Outfit) -> Plane:
    """Cover of the neckline's hole, (h, w) 0 to 1."""
    wide = skeleton.build.neck + 0.035
    x, y = frame.local(sheet)
    if skeleton.pose.back:
        edge = -0.1 + 0.04 * np.sqrt(np.clip(1 - (x / wide) ** 2, 0, 1))
        return np.asarray(np.clip((edge - y) * frame.unit + 0.5, 0, 1), np.float32)
    return neckline(x, y, wide, outfit, frame.unit)


def neckline(x: Plane, y: Plane, wide: float, outfit: Outfit, unit: float) -> Plane:
    """1 above the neckline, 0 below, for torso coordinates; a crew neck's bow, or a shirt's V."""
    share = np.clip(np.abs(x) / wide, 0, 1)
    if outfit.top in ("shirt", "coat"):
        edge = -0.08 + 0.42 * (1 - share) ** 1.15
    else:
        edge = -0.1 + (0.06 if outfit.top == "suit" else 0.17 if outfit.top == "sweater" else 0.21) * np.sqrt(
            np.maximum(1 - share**2, 0)
        )
    return np.asarray(np.clip((edge - y) * unit + 0.5, 0, 1) * (np.abs(x) < wide), np.float32)


def _silhouette(frame: Frame, skeleton: Skeleton, below: float = HEM) -> NDArray[np.float64]:
    """The garment's outline in canvas px, down to ``below`` the hip joints, heads; what is long gets wider, the hem is
    a bow."""
    sides, low = (
        [garment_outline(skeleton, arm) for arm in (skeleton.pose.left, skeleton.pose.right)],
        skeleton.build.torso + below,
    )
    left, right = (curve([*side[:-1], (side[-1][0] + 0.16 * max(below - HEM, 0.0), low)], 60) for side in sides)
    return frame.points([tuple(p) for p in np.vstack([right, [(0.0, low + 0.05)], left[::-1] * np.array([-1, 1])])])


def _throat(sheet: Sheet, skeleton: Skeleton, outfit: Outfit) -> None:
    """The neck's lower end and the chest in the neckline: what shows when the head turns."""
    frame, wide = Frame(skeleton), skeleton.build.neck
    ends = np.hstack(
        [frame.points([(0, -0.5), (0, 0.0), (0, 0.42)]), np.array([[0.96 * wide], [wide], [wide * 1.3]]) * frame.unit]
    )
    drawn = stroke(sheet, curve(ends, 8))
    y = frame.local(sheet)[1]
    under_chin = 1 - 0.2 * np.clip(1 - (y + 0.2) / 0.3, 0, 1)
    sheet.lay(
        toned(outfit.throat, np.asarray((0.5 * drawn.shade + 0.5) * under_chin, np.float32), SKIN_SHADE), drawn.cover
    )


def _inflated(mask: Plane, depth: float) -> Plane:
    """Brightness of a flat shape rounded towards its rim over ``depth`` px."""
    inner = cv2.distanceTransform((mask > 0.5).astype(np.uint8), cv2.DIST_L2, 5)
    rise = np.sqrt(np.clip(1 - (1 - np.clip(inner / max(depth, 1), 0, 1)) ** 2, 0, 1)).astype(np.float32)
    rise = soft(rise, 0.12 * depth)
    nx, ny = (cv2.Sobel(rise, cv2.CV_32F, *way, ksize=3) * np.float32(-0.07 * depth) for way in ((1, 0), (0, 1)))
    out = np.hypot(nx, ny)
    flat = out / np.sqrt(1 + out * out) / np.maximum(out, 1e-6)
    return shade(nx * flat, ny * flat, out * flat)


def _folds(frame: Frame, sheet: Sheet, skeleton: Skeleton, seed: int) -> Plane:
    """Long soft folds that hang from the shoulders and gather at the waist, as changes of brightness."""
    x, y = frame.local(sheet)
    rng = np.random.default_rng(seed)
    tall = skeleton.build.torso
    out = np.zeros_like(x)
    for _ in range(9):
        side = rng.choice([-1.0, 1.0])
        x0, y0 = side * rng.uniform(0.15, 0.6), rng.uniform(0.3, 0.95) * tall
        slope, wide, long = side * rng.uniform(-0.35, 0.75), rng.uniform(0.018, 0.04), rng.uniform(0.12, 0.32)
        aside, along = x - x0 - slope * (y - y0), (y - y0) / long
        fold = np.exp(-(((aside + wide) / wide) ** 2)) * 0.5 - np.exp(-((aside / wide) ** 2))
        out = out + rng.uniform(0.05, 0.11) * fold * np.exp(-(along**2))
    return np.asarray(out, np.float32)


def _trimmed(sheet: Sheet, frame: Frame, skeleton: Skeleton, outfit: Outfit, low: float) -> None:
    """What makes the garment one of its kind: a ribbed band at the neck, or collar, button band and buttons."""
    x, y = frame.local(sheet)
    wide, unit, tall = skeleton.build.neck + 0.035, frame.unit, skeleton.build.torso
    seam = np.exp(-(((y - tall - low + 0.07 + 0.05 * (x / 0.6) ** 2) / 0.009) ** 2))
    sheet.tint(np.asarray(1 - 0.14 * seam * sheet.alpha, np.float32))
    if skeleton.pose.back:
        return
    if outfit.top == "suit":
        trimmings.packed(sheet, frame, skeleton)
        return
    if outfit.top in ("shirt", "coat"):
        trimmings.buttoned(sheet, frame, skeleton, outfit, low)
        return
    inner = neckline(x, y, wide, outfit, unit)
    outer = neckline(x, y - 0.055, wide + 0.04, outfit, unit)
    band = np.clip(outer - inner, 0, 1) * sheet.fill(_silhouette(frame, skeleton))
    ribs = 0.93 + 0.03 * np.sin(np.arctan2(y + 0.12, x) * 60)
    sheet.lay(toned(outfit.cloth, np.asarray(ribs, np.float32)), np.asarray(band * 0.85, np.float32))
    line = np.exp(-((((outer - 0.5) * 2) / 0.9) ** 2)) * (outer > 0.02) * (outer < 0.98)
    sheet.tint(np.asarray(1 - 0.18 * line, np.float32))
    sheet.tint(np.asarray(1 - 0.22 * soft(inner, 0.03 * unit) * (1 - inner) * (y < 0.3), np.float32))
