"""Arms and legs as parts: skin or cloth around the bones, with sleeves, cuffs, creases at the joints, and shoes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Plane
from personavlog_embedded.body.outfit import Outfit
from personavlog_embedded.body.part_sheet import (
    CLOTH_SHADE,
    SKIN_SHADE,
    Colour,
    RoundStroke,
    Sheet,
    around,
    curve,
    soft,
    stroke,
    toned,
)
from personavlog_embedded.body.skeleton import Limb, Skeleton

Profile = tuple[tuple[float, float], ...]
"""Share of the bone's length and half width in heads."""
UPPER_ARM: Profile = ((0.0, 0.132), (0.3, 0.13), (0.7, 0.11), (1.0, 0.1))
FOREARM: Profile = ((0.0, 0.1), (0.25, 0.112), (0.65, 0.09), (1.0, 0.068))
SLEEVE = 0.034
"""How much wider cloth is than the arm, heads."""
THIGH: Profile = ((0.0, 0.24), (0.3, 0.225), (0.7, 0.18), (1.0, 0.155))
SHIN: Profile = ((0.0, 0.155), (0.25, 0.158), (0.6, 0.138), (1.0, 0.13))
SHORT = 0.6
"""How far down the upper arm a short sleeve reaches."""


def upper_arm(skeleton: Skeleton, limb: Limb, outfit: Outfit, body: Sheet | None) -> Sheet:
    """From shoulder to elbow; where it is drawn over the ``body`` its beginning fades into the garment."""
    unit = skeleton.head_px * skeleton.build.thick
    bare = _line(limb.root, limb.middle, UPPER_ARM, unit)
    if outfit.long:
        sleeve = _widened(bare, SLEEVE * unit)
        drawn = _clothed(sleeve, outfit.cloth, unit, 31 + limb.side, (0.85, 1.0))
        return drawn if body is None else faded(drawn, sleeve, body)
    sheet = _skinned(bare, outfit.skin, unit)
    sleeve = _widened(bare[: 2 + int(SHORT * len(bare))], 0.05 * unit)
    over = _clothed(sleeve, outfit.cloth, unit, 31 + limb.side, (0.5, 0.9), like=sheet, blunt=True)
    sheet.tint((1 - 0.3 * soft(over.alpha, 0.05 * unit) * (over.alpha < 0.5)).astype(np.float32))
    sheet.lay(over.rgb, over.alpha)
    return sheet if body is None else faded(sheet, sleeve, body)


def forearm(skeleton: Skeleton, limb: Limb, outfit: Outfit) -> Sheet:
    """From elbow to wrist; its beginning fades into the upper arm's round end."""
    unit = skeleton.head_px * skeleton.build.thick
    bare = _line(limb.middle, limb.end, FOREARM, unit)
    if not outfit.long:
        return faded(_skinned(bare, outfit.skin, unit), bare)
    cloth = _widened(
        bare[: max(3, int(0.97 * len(bare)))], np.linspace(SLEEVE, 0.02, max(3, int(0.97 * len(bare)))) * unit
    )
    return faded(_clothed(cloth, outfit.cloth, unit, 37 + limb.side, (0.0, 0.2), blunt=True, cuff=True), cloth)


def thigh(skeleton: Skeleton, limb: Limb, outfit: Outfit, hips: Sheet | None) -> Sheet:
    """From hip to knee; its beginning fades into the ``hips`` that it is drawn over."""
    unit = skeleton.head_px * skeleton.build.thick
    line = _line(limb.root, limb.middle, THIGH, unit)
    drawn = _clothed(line, outfit.legs if outfit.skirt is None else outfit.skirt, unit, 41 + limb.side, (0.1, 0.95))
    return drawn if hips is None else faded(drawn, line, hips)


def shin(skeleton: Skeleton, limb: Limb, outfit: Outfit) -> Sheet:
    """From knee to ankle."""
    unit = skeleton.head_px * skeleton.build.thick
    line = _line(limb.middle, limb.end, SHIN, unit)
    if outfit.skirt is not None:
        # Who wears gloves wears tights.
        return faded(
            _skinned(
                line * (1, 1, 0.82), outfit.skin if outfit.gloves is None else outfit.legs * np.float32(0.8), unit
            ),
            line,
        )
    return faded(_clothed(line, outfit.legs, unit, 43 + limb.side, (0.05, 0.95), blunt=True), line)


def foot(skeleton: Skeleton, limb: Limb, outfit: Outfit) -> Sheet:
    """A shoe with a pale sole; seen from the side as far as the toe points there."""
    unit, toe = skeleton.head_px * skeleton.build.thick, limb.onward
    tall = skeleton.build.foot * skeleton.head_px
    tilt = np.radians(np.clip(limb.lower - 90, -70, 70) * 0.55)
    reach, front = abs(toe), 1 - abs(toe)
    way = 1.0 if toe >= 0 else -1.0
    points = [
        (-0.06 * way * reach, -0.02, 0.115),
        (-0.05 * way * reach, 0.45 * tall / unit, 0.115),
        (0.12 * reach * way, 0.6 * tall / unit, 0.105 + 0.02 * front),
        ((0.12 + 0.22 * reach) * way * max(reach, 0.25), (0.62 + 0.16 * front) * tall / unit, 0.09 + 0.045 * front),
    ]
    smooth = curve(points, 12)
    c, s = np.cos(tilt), np.sin(tilt)
    x, y = smooth[:, 0] * unit, smooth[:, 1] * unit
    line = np.stack([limb.end[0] + c * x - s * y, limb.end[1] + s * x + c * y, smooth[:, 2] * unit], axis=1)
    sheet = around(line[:, :2], 0.2 * unit)
    drawn = stroke(sheet, line)
    px, py = sheet.grid()
    down = (py - limb.end[1]) * c - (px - limb.end[0]) * s
    cover = drawn.cover * np.clip(tall + 0.5 - down, 0, 1)
    sheet.lay(toned(outfit.shoes, drawn.shade), np.asarray(cover, np.float32))
    sole = np.clip((down - 0.78 * tall) / max(0.05 * tall, 0.7) + 0.5, 0, 1) * cover
    sheet.lay(toned(np.array([0.9, 0.88, 0.84], np.float32), drawn.shade * 0.92), np.asarray(sole, np.float32))
    return sheet


def _line(start: NDArray[np.float64], end: NDArray[np.float64], profile: Profile, unit: float) -> NDArray[np.float64]:
    """The bone with its half widths in px, (n, 3). A bone seen from its end is as thick as from the side."""
    return curve([(*(start + (end - start) * share), half * unit) for share, half in profile], 16)


def _widened(line: NDArray[np.float64], more: float | NDArray[np.float64]) -> NDArray[np.float64]:
    out = line.copy()
    out[:, 2] += more
    return out


def _skinned(line: NDArray[np.float64], skin: Colour, unit: float) -> Sheet:
    sheet = around(line[:, :2], float(line[:, 2].max()) + 0.06 * unit)
    drawn = stroke(sheet, line)
    sheet.lay(toned(skin, drawn.shade, SKIN_SHADE), drawn.cover)
    return sheet


def _clothed(
    line: NDArray[np.float64],
    colour: Colour,
    unit: float,
    seed: int,
    joints: tuple[float, float],
    like: Sheet | None = None,
    blunt: bool = False,
    cuff: bool = False,
) -> Sheet:
    """Cloth around a bone with creases, the more the nearer to ``joints`` (shares of its length). ``blunt`` ends it
    straight, as a hem."""
    sheet = (
        around(line[:, :2], float(line[:, 2].max()) + 0.06 * unit)
        if like is None
        else Sheet(like.left, like.top, *like.alpha.shape[::-1])
    )
    drawn = stroke(sheet, line)
    cover = drawn.cover * _hem(sheet, line, unit) if blunt else drawn.cover
    light = drawn.shade + creases(drawn, seed, joints)
    if cuff:
        light = light - 0.12 * np.exp(-(((drawn.along - 0.86) / 0.012) ** 2))
    elif blunt:
        light = light - 0.10 * np.exp(-(((drawn.along - 0.93) / 0.014) ** 2))
    sheet.lay(toned(colour, np.asarray(light, np.float32), CLOTH_SHADE), np.asarray(cover, np.float32))
    return sheet


def creases(drawn: RoundStroke, seed: int, joints: tuple[float, float]) -> Plane:
    """Soft folds across the limb, a little slanting, as changes of brightness."""
    rng = np.random.default_rng(seed)
    slant = drawn.along + 0.1 * drawn.across * (1 if seed % 2 else -1)
    out = 0.012 * np.sin(slant * 21 + seed)
    for joint in joints:
        for number in range(3):
            at, deep, wide = joint + rng.normal(0, 0.055), rng.uniform(0.06, 0.12), rng.uniform(0.014, 0.03)
            bent = drawn.along + rng.uniform(-0.16, 0.16) * drawn.across - at
            side = np.clip(0.6 + drawn.across * (1 if number % 2 else -1), 0, 1)
            out = out + side * deep * (np.exp(-(((bent + wide) / wide) ** 2)) * 0.6 - np.exp(-((bent / wide) ** 2)))
    return np.asarray(out, np.float32)


def _hem(sheet: Sheet, line: NDArray[np.float64], unit: float) -> Plane:
    """1 before the line's end, 0 beyond: a slightly curved edge."""
    x, y = sheet.grid()
    end, way = line[-1, :2], line[-1, :2] - line[-3, :2]
    way = way / max(float(np.hypot(*way)), 1e-6)
    forward = (x - end[0]) * way[0] + (y - end[1]) * way[1]
    aside = ((y - end[1]) * way[0] - (x - end[0]) * way[1]) / max(float(line[-1, 2]), 1.0)
    return np.asarray(np.clip(0.03 * unit * (1 - aside * aside) - forward + 0.5, 0, 1), np.float32)


def faded(sheet: Sheet, line: NDArray[np.float64], below: Sheet | None = None) -> Sheet:
    """The part with its round beginning fading out: there the part before it shows, so that no circle is seen at the
    joint.

    Where ``below`` is given, only as far as that covers it.
    """
    x, y = sheet.grid()
    start, way = line[0, :2], line[4, :2] - line[0, :2]
    length = max(float(np.hypot(*way)), 1e-6)
    forward = ((x - start[0]) * way[0] + (y - start[1]) * way[1]) / length
    reach = float(line[0, 2])
    lost = 1 - np.clip((forward + 0.85 * reach) / (0.85 * reach), 0, 1)
    lost = lost if below is None else lost * below.cover_on(sheet)
    sheet.alpha = np.asarray(sheet.alpha * (1 - lost), np.float32)
    return sheet
