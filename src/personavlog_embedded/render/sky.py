"""The sky: gradient, sun, moon and stars, cumulus and cirrus clouds."""

from __future__ import annotations

import cv2
import numpy as np

from personavlog_embedded.render.canvas import Surface
from personavlog_embedded.render.light import Light
from personavlog_embedded.render.noise import Field, Rng, fractal, smoothstep
from personavlog_embedded.render.puffs import fluffy, spheres
from personavlog_embedded.render.setting import Painted, Setting


def sky(setting: Setting, bank: float = 1.0) -> list[Painted]:
    """The sky's two layers: vault and clouds; ``bank`` scales the clouds that stand over the horizon."""
    return [Painted("sky", "sky", 1.0, _vault(setting)), Painted("clouds", "sky", 0.96, _clouds(setting, bank))]


def sun(setting: Setting) -> tuple[float, float]:
    """Where sun or moon stand, px."""
    light = setting.light
    return setting.width / 2 + setting.reach * light.ahead, setting.horizon * (1.0 - 0.82 * light.height)


def towards(light: Light) -> tuple[float, float]:
    """Direction to the light for round things, x right and y up."""
    return 0.75 * light.side, 0.35 + 0.4 * light.height


def _vault(setting: Setting) -> Surface:
    light, sheet, rng = setting.light, setting.sheet(), setting.rng("vault")
    share = np.clip(np.arange(setting.height, dtype=np.float32) / setting.horizon, 0, 1)
    ramp = np.stack(
        [np.interp(share, (0, 0.4, 0.78, 1.0), [stop[i] for stop in light.sky]) for i in range(3)], axis=1
    ).astype(np.float32)
    field = np.repeat(ramp[:, None], setting.width, axis=1)
    field += (fractal(rng, setting.height, setting.width, 220, 3, stretch=2.5)[..., None] - 0.5) * 0.035
    if light.weather in ("clear", "cloud"):
        _luminary(setting, field)
    if light.night and light.weather == "clear":
        _stars(setting, field)
    sheet.blend(field, 1.0)
    return sheet


def _luminary(setting: Setting, field: Field) -> None:
    light = setting.light
    x, y = sun(setting)
    grid_y, grid_x = np.mgrid[0 : setting.height, 0 : setting.width].astype(np.float32)
    far = np.hypot(grid_x - x, (grid_y - y) * 1.15) / setting.unit
    halo = np.exp(-far * (5.0 if light.night else 3.2))[..., None]
    colour = np.asarray((0.75, 0.82, 1.0) if light.night else light.key, np.float32)
    field += halo * np.clip(colour, 0, 1.2) * {"morning": 0.42, "noon": 0.22, "dusk": 0.5, "night": 0.3}[light.time]
    radius = 0.042 if light.night else 0.035
    soft = 0.002 if light.night else 0.012
    disc = smoothstep(radius + soft, radius - soft, np.hypot(grid_x - x, grid_y - y) / setting.unit)[..., None]
    face = np.asarray((0.97, 0.96, 0.86) if light.night else (1.0, 0.97, 0.85), np.float32)
    field += (face - field) * disc * (1.0 if light.weather == "clear" else 0.4)


def _stars(setting: Setting, field: Field) -> None:
    rng = setting.rng("stars")
    count = int(420 * setting.width * setting.horizon / 1e6)
    for x, y, size in zip(
        rng.uniform(0, setting.width, count),
        rng.uniform(0, setting.horizon * 0.9, count),
        rng.random(count) ** 4,
        strict=True,
    ):
        cv2.circle(
            field,
            (int(x), int(y)),
            1 + int(size * 1.6),
            tuple(np.array([0.85, 0.9, 1.0]) * (0.55 + 0.45 * size)),
            -1,
            cv2.LINE_AA,
        )


def _clouds(setting: Setting, bank: float) -> Surface:
    light, sheet = setting.light, setting.sheet()
    if light.weather == "fog":
        return sheet
    _cirrus(setting, sheet)
    if light.weather in ("rain", "snow"):
        _overcast(setting, sheet)
        return sheet
    rng = setting.rng(f"cumulus {setting.hour}")
    spots = [
        (rng.uniform(-0.02, 0.25), 0.93, 0.75),
        (rng.uniform(0.72, 1.0), 0.95, 0.9),
        (rng.uniform(0.35, 0.62), 0.99, 0.5),
    ]
    spots += [
        (rng.uniform(0.0, 1.0), rng.uniform(0.28, 0.66), rng.uniform(0.26, 0.5))
        for _ in range(5 if light.weather == "cloud" else 3)
    ]
    if light.weather == "cloud":
        _overcast(setting, sheet, 0.75)
    if light.night:
        # Heaps of cloud are what a night sky is misread by: the moon, the stars and the ridge are what shall be seen.
        spots = []
    for x, y, size in spots:
        scale = bank if y > 0.9 else 1.0
        if scale > 0.1:
            cumulus(setting, sheet, rng, setting.x(x), setting.horizon * y, setting.unit * size * 0.85 * scale)
    return sheet


def _cirrus(setting: Setting, sheet: Surface) -> None:
    light, rng = setting.light, setting.rng(f"cirrus {setting.hour}")
    height = int(setting.horizon)
    veil = fractal(rng, height, setting.width, 90, 5, 0.55, stretch=4.0)
    streak = smoothstep(0.55, 0.95, veil) * np.linspace(0.55, 0.25, height, dtype=np.float32)[:, None]
    sheet.blend(light.cloud_lit, streak * light.clouds)


def _overcast(setting: Setting, sheet: Surface, strength: float = 1.0) -> None:
    light, rng = setting.light, setting.rng(f"overcast {setting.hour}")
    height = int(setting.horizon * 1.02)
    grain = fractal(rng, height, setting.width, setting.unit * 0.22, 5, 0.55, stretch=2.2)
    below = np.roll(grain, -int(setting.unit * 0.02), axis=0)
    lit = np.clip(0.5 + (grain - below) * 2.2, 0, 1)
    colour = (
        np.asarray(light.cloud_shade, np.float32)
        + (np.asarray(light.cloud_lit, np.float32) - np.asarray(light.cloud_shade, np.float32)) * lit[..., None]
    )
    fade = np.linspace(1.0, 0.35, height, dtype=np.float32)[:, None]
    sheet.blend(colour, smoothstep(0.28, 0.62, grain) * fade * 0.85 * strength)


def cumulus(setting: Setting, sheet: Surface, rng: Rng, x: float, base: float, size: float) -> None:
    """A heap cloud with a flat base at ``base`` px, about ``size`` px wide."""
    light = setting.light
    height, width = int(size * 0.75), int(size * 1.5)
    if height < 12:
        return
    puffs = _heap(rng, height, width)
    cover, lit = spheres(height, width, puffs, towards(light))
    cover, lit = fluffy(rng, cover, lit, size * 0.1, size * 0.045)
    cover = cv2.GaussianBlur(cover, (0, 0), max(0.8, size * 0.004))
    rows = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    cover *= smoothstep(
        1.0, 0.8, np.broadcast_to(rows + (fractal(rng, height, width, size * 0.12, 3) - 0.5) * 0.25, cover.shape)
    )
    tone = 0.2 * smoothstep(0.35, 0.5, lit) + 0.4 * smoothstep(0.55, 0.72, lit) + 0.4 * smoothstep(0.72, 0.95, lit)
    tone *= 1 - 0.55 * rows
    colour = (
        np.asarray(light.cloud_shade, np.float32)
        + (np.asarray(light.cloud_lit, np.float32) - np.asarray(light.cloud_shade, np.float32)) * tone[..., None]
    )
    colour += (np.asarray(light.sky[3], np.float32) - colour) * (0.35 * rows**2)[..., None]
    sheet.blend(colour, cover * (0.97 - 0.35 * rows**3), int(base) - height, int(x) - width // 2)


def _heap(rng: Rng, height: int, width: int) -> Field:
    peaks = rng.uniform(0.25, 0.75, 3)
    puffs = []
    for number in range(150):
        along = rng.beta(1.6, 1.6)
        ceiling = max(
            0.16, max(1 - abs(along - peak) * (2.0 + 0.8 * index) - 0.1 * index for index, peak in enumerate(peaks))
        )
        tall = ceiling * rng.random() ** 0.7
        radius = height * (0.05 + 0.17 * rng.random() ** 2) * (1.2 - 0.5 * tall)
        puffs.append(
            (width * (0.1 + 0.8 * along), height * (0.97 - 0.8 * tall), radius, -height * 0.3 * tall + number * 0.05)
        )
    return np.array(puffs, np.float32)
