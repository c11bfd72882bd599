"""Water: mirror image, ripples, the sun's glitter, waves and foam."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render.canvas import Colour, Surface
from personavlog_embedded.render.ground import grain, mirrored, plan
from personavlog_embedded.render.noise import line, smoothstep, warp
from personavlog_embedded.render.setting import Setting
from personavlog_embedded.render.sky import sun


def water(
    setting: Setting, tag: str, top: float, behind: Surface, own: Colour = (0.16, 0.42, 0.52), calm: float = 0.7
) -> Surface:
    """A water plane from ``top`` px down that mirrors ``behind``; ``calm`` 1 is a mirror, 0 the open sea."""
    rng, light, sheet = setting.rng(tag), setting.light, setting.sheet()
    across, along, near = plan(setting, top)
    rough = 1 - calm
    ripple = grain(rng, across, along, near, 0.35, 5, 3.5) - 0.5
    swell = grain(rng, across, along, near, 1.6, 4, 5.0) - 0.5
    push = (ripple * 0.6 + swell) * near * setting.unit * (0.05 + 0.12 * rough)
    image = warp(mirrored(setting, behind, top, 2.0 + 7 * rough), push * 0.5, push)
    body = light.paint(
        np.asarray(own, np.float32) * (0.85 + 0.5 * near[..., None]),
        np.full(near.shape, 0.75, np.float32),
        0.35 * (1 - near),
    )
    fresnel = np.clip(0.86 * (1 - near) ** (0.6 + rough) + 0.22 * calm, 0, 0.94)[..., None]
    colour = body + (image - body) * fresnel
    crest = smoothstep(0.16, 0.34, ripple + 0.6 * swell) * (0.1 + 0.9 * near)
    colour += (np.asarray(light.sky[2], np.float32) - colour) * (crest * (0.25 + 0.35 * rough))[..., None]
    trough = smoothstep(-0.12, -0.34, ripple + 0.6 * swell)
    colour *= (1 - 0.28 * trough * (0.3 + 0.7 * near))[..., None]
    _glitter(setting, colour, ripple, near, top)
    sheet.blend(
        colour, (np.arange(setting.height, dtype=np.float32)[:, None] >= top) * np.ones((1, setting.width), np.float32)
    )
    return sheet


def _glitter(setting: Setting, colour: np.ndarray, ripple: np.ndarray, near: np.ndarray, top: float) -> None:
    light = setting.light
    if light.weather not in ("clear", "cloud"):
        return
    x, _ = sun(setting)
    columns = np.arange(setting.width, dtype=np.float32)[None, :]
    broad = 0.045 + 0.16 * near if light.night else 0.07 + 0.3 * near
    lane = np.exp(-(((columns - x) / (setting.unit * broad)) ** 2))
    # The moon's path is what makes water of a dark plane: it is nearly closed, the sun's breaks up into sparks.
    low, high = (-0.1, 0.16) if light.night else (0.08, 0.3)
    spark = smoothstep(low, high, ripple + 0.16 * lane) * lane * (0.95 - 0.5 * near)
    tone = np.asarray(
        (0.85, 0.9, 1.0) if light.night else (1.0, 0.95, 0.8) if light.time != "dusk" else (1.0, 0.8, 0.5), np.float32
    )
    colour += (tone - colour) * (spark * (0.45 if light.weather == "cloud" else 0.85))[..., None]


def waves(setting: Setting, sheet: Surface, tag: str, top: float, bottom: float, count: int = 6) -> None:
    """Long foam crests rolling in between two heights (px)."""
    rng, light = setting.rng(tag), setting.light
    for number in range(count):
        share = ((number + 0.5 + rng.uniform(-0.2, 0.2)) / count) ** 1.7
        y = top + (bottom - top) * share
        xs = np.linspace(-20, setting.width + 20, 70)
        wobble = (line(rng, 70, 14, 4) - 0.5) * setting.unit * 0.05 * (0.2 + share)
        thick = np.clip(line(rng, 70, 9, 4) * 2.2 - 0.75, 0, 1) * setting.unit * 0.016 * (0.15 + share)
        upper, lower = np.stack([xs, y + wobble - thick], 1), np.stack([xs, y + wobble + thick * 0.6], 1)
        sheet.patch(
            np.concatenate([upper, lower[::-1]]), light.colour((0.97, 0.99, 1.0), 0.95, 0.3 * (1 - share)), alpha=0.85
        )
        sheet.patch(
            np.concatenate([lower, lower[::-1] + np.array([0, setting.unit * 0.018 * share])]),
            light.colour((0.12, 0.3, 0.38), 0.3),
            alpha=0.25,
        )
