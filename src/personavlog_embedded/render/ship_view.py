"""What a ship's windows show: stars and a planet, or the deep sea with its fish."""

from __future__ import annotations

import cv2
import numpy as np

from personavlog_embedded.render.canvas import Surface
from personavlog_embedded.render.noise import fractal, smoothstep
from personavlog_embedded.render.setting import Setting


def space(setting: Setting) -> Surface:
    """Stars, a faint cloud of them, and a blue planet."""
    sheet, rng = setting.sheet(), setting.rng("space")
    height, width = setting.height, setting.width
    veil = fractal(rng, height, width, setting.unit * 0.5, 5, 0.6, 2.0)
    field = (
        np.asarray((0.02, 0.03, 0.09), np.float32)
        + np.asarray((0.20, 0.12, 0.34), np.float32) * (smoothstep(0.5, 0.9, veil) * 0.8)[..., None]
    )
    for x, y, size in zip(rng.uniform(0, width, 500), rng.uniform(0, height, 500), rng.random(500) ** 5, strict=True):
        cv2.circle(field, (int(x), int(y)), int(size * 2), (0.9, 0.94, 1.0), -1, cv2.LINE_AA)
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    radius, x, y = setting.unit * 0.34, setting.x(0.62), setting.horizon + setting.unit * 0.02
    away = np.hypot(columns - x, rows - y) / radius
    land = smoothstep(0.5, 0.58, fractal(rng, height, width, setting.unit * 0.16, 5, 0.6))
    cloud = smoothstep(0.55, 0.75, fractal(rng, height, width, setting.unit * 0.14, 5, 0.6, 3.0))
    globe = (
        np.asarray((0.10, 0.34, 0.66), np.float32)
        + (np.asarray((0.30, 0.50, 0.26), np.float32) - np.asarray((0.10, 0.34, 0.66), np.float32)) * land[..., None]
    )
    globe = globe + (1 - globe) * (cloud * 0.85)[..., None]
    lit = np.clip(0.75 - ((columns - x) * 0.7 + (rows - y) * 0.6) / radius * 0.6, 0.05, 1.1)
    field += np.asarray((0.30, 0.55, 0.95), np.float32) * (np.exp(-np.maximum(away - 1, 0) * 14) * 0.5)[..., None]
    field += (globe * lit[..., None] - field) * smoothstep(1.0, 0.985, away)[..., None]
    sheet.blend(field, 1.0)
    return sheet


def deep(setting: Setting) -> Surface:
    """Blue water that darkens downwards, light from above, fish, weed on the ground."""
    sheet, rng = setting.sheet(), setting.rng("deep")
    height, width = setting.height, setting.width
    share = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    field = (
        np.asarray((0.16, 0.56, 0.68), np.float32) * (1 - share) + np.asarray((0.02, 0.16, 0.30), np.float32) * share
    )
    rays = smoothstep(0.45, 0.8, fractal(rng, 2, width, setting.unit * 0.1, 3)[:1])
    sheet.blend(np.asarray(field + 0.16 * rays[..., None] * (1 - share), np.float32), 1.0)
    for _ in range(26):
        x, y, size = (
            rng.uniform(0, width),
            setting.horizon + rng.normal(0, 0.16) * setting.unit,
            setting.unit * rng.uniform(0.008, 0.028),
        )
        tone = ((0.95, 0.62, 0.24), (0.90, 0.86, 0.50), (0.60, 0.76, 0.86))[int(rng.integers(3))]
        sheet.ellipse(x, y, size, size * 0.5, tone)
        sheet.polygon([(x + size * 0.8, y), (x + size * 1.6, y - size * 0.5), (x + size * 1.6, y + size * 0.5)], tone)
    for x in rng.uniform(0, width, 60):
        tall = setting.unit * rng.uniform(0.05, 0.2)
        foot = setting.horizon + setting.unit * 0.4
        sheet.stroke(
            [(x, foot), (x + rng.normal(0, tall * 0.2), foot - tall)], (0.06, 0.34, 0.30), max(1, setting.unit * 0.006)
        )
    return sheet
