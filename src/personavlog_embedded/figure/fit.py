"""How cloth stands off the body at rest: trousers as tubes, tops that fall from the widest place, shoes on a last."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog_embedded.figure.geometry import unit
from personavlog_embedded.figure.limbs import LEG, along, charts
from personavlog_embedded.figure.mesh import Floats, mesh
from personavlog_embedded.figure.shape import Bare
from personavlog_embedded.figure.surface import smooth

Mask = NDArray[np.bool_]
ROUND, RISE, FALL = 48, 0.015, 0.4
"""Bins around the trunk, metres of its rows, and how much of a metre a metre of cloth falls back inwards."""
ANKLE, INSTEP = -0.742, -0.772
"""Heights on the bare mesh between which the leg becomes the shoe."""
ALONG = [0.0, 0.02, 0.08, 0.2, 0.42, 0.7, 0.86, 0.95, 0.99, 1.0]
HALF_WIDE = [0.0, 0.06, 0.115, 0.13, 0.125, 0.175, 0.15, 0.1, 0.045, 0.0]
TALL = [0.12, 0.26, 0.32, 0.33, 0.3, 0.2, 0.16, 0.13, 0.09, 0.05]
"""The last, from heel to toe, in lengths of the foot: half its width and the upper's height over the sole."""
SOLE = 0.075
"""How thick the sole is, in lengths of the foot."""


def taut(points: Floats, normal: Floats, torso: Mask, bulk: float) -> Floats:
    """Cloth that spans hollows of the trunk, and goes ``bulk`` m off it."""
    near, held = mesh().near, torso[:, None]
    span = smooth(points, near, 30)
    inside = ((points - span) * normal).sum(1).clip(0)
    out = np.where(held, span + normal * inside[:, None], points)
    out = np.where(held, smooth(out, near, 9), out)
    return np.asarray(out + normal * (0.6 * bulk * held), np.float32)


def tubes(out: Floats, body: Bare, cloth: Mask, size: float, bulk: float, bare: bool) -> Floats:
    """Legs as straight tubes of trousers; close at the ankles where these are ``bare``."""
    own, c = mesh(), charts()
    t, foot, away = along(out, body.heads, LEG)
    wide = np.interp(t, [0, 0.25, 1, 1.5, 2], [0, 0.09, 0.07, 0.066, 0.066]) * size
    ease = (np.interp(t, [0, 0.5, 1, 1.5, 2], [0.004, 0.01, 0.012, 0.008, 0.012]) + bulk) * size
    if bare:
        close = np.clip((1.9 - t) / 0.3, 0, 1)
        wide, ease = wide * close, np.minimum(ease, (0.004 + 0.02 * close) * size)
    leg = cloth & (c.on_leg > 0.5) & (own.points[:, 1] > INSTEP) & (c.leg < 2.23)
    factor = np.maximum(away + ease, wide + bulk * size) / np.maximum(away, 1e-4)
    return np.asarray(np.where(leg[:, None], foot + (out - foot) * factor[:, None], out), np.float32)


def draped(points: Floats, which: Mask) -> Floats:
    """What hangs from the widest place above it: nothing falls inwards faster than ``FALL``."""
    x, y, z = points[which].T
    middle = (z.max() + z.min()) / 2
    far, turn = np.hypot(x, z - middle), np.arctan2(z - middle, x)
    row = ((y.max() - y) / RISE).astype(int)
    column = ((turn / (2 * np.pi) + 0.5) * ROUND).astype(int) % ROUND
    grid = np.zeros((row.max() + 1, ROUND), np.float32)
    np.maximum.at(grid, (row, column), far.astype(np.float32))
    wide = cv2.dilate(np.hstack([grid, grid, grid]), np.ones((3, 5), np.uint8))
    fallen = FALL * RISE * np.arange(len(grid), dtype=np.float32)[:, None]
    wide = np.maximum.accumulate(wide + fallen, axis=0) - fallen
    wide = cv2.GaussianBlur(wide, (0, 0), 1.5)[:, ROUND : 2 * ROUND]
    grown = np.clip(wide[row, column] - 0.006, far, far + 0.08) / np.maximum(far, 1e-4)
    out = points.copy()
    out[which, 0], out[which, 2] = x * grown, middle + (z - middle) * grown
    return out


def shod(out: Floats, body: Bare, cloth: Mask) -> Floats:
    """Feet of the tights set on a last; where they meet the leg they stay."""
    own, c = mesh(), charts()
    at = dict(zip(own.bones, body.heads, strict=True))
    floor = float(body.points[own.skin, 1].min())
    out = out.copy()
    for side, sign in (("L", 1), ("R", -1)):
        foot = cloth & (c.on_foot > 0.2) & (own.points[:, 0] * sign > 0) & (own.points[:, 1] < ANKLE)
        ankle = at[f"foot.{side}"]
        ahead = unit((at[f"toe2-1.{side}"] - ankle) * [1, 0, 1])
        aside = np.cross([0, 1, 0], ahead)
        p = body.points[foot] - ankle
        s = p @ ahead
        long = float(np.ptp(s)) * 1.06
        share = np.clip((s - s.min()) / np.ptp(s), 0, 1)
        thick = SOLE * long
        across, high = p @ aside, body.points[foot][:, 1] - floor - 0.06 * long
        turn = np.arctan2(high, across)
        wide, tall = (np.interp(share, ALONG, row) * long for row in (HALF_WIDE, TALL))
        cos, sin = np.cos(turn), np.sin(turn)
        power = np.where(sin > 0, 2.3, 6.0)
        scale = (np.abs(cos) ** power + np.abs(sin) ** power) ** (-1 / power)
        lift = 0.05 * long * np.clip((share - 0.72) / 0.28, 0, 1) ** 2
        beside = wide * cos * scale
        h = floor - 0.6 * thick + thick + np.where(sin > 0, tall, thick) * sin * scale + lift
        last = ankle + ahead * (s.min() + share * long - 0.03 * long)[:, None] + aside * beside[:, None]
        last[:, 1] = h
        blend = np.clip((ANKLE - 0.012 - own.points[foot, 1]) / (ANKLE - 0.012 - INSTEP), 0, 1)[:, None]
        out[foot] = out[foot] * (1 - blend) + last * blend
    return out
