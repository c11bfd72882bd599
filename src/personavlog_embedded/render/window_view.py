"""What is seen through a room's windows, with its weather, and the light that the windows spread around them."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import cv2
import numpy as np

from personavlog_embedded.render import facades, land, plants, ranges, season_colours, ship_view
from personavlog_embedded.render.airliner import airliner
from personavlog_embedded.render.canvas import Colour, Surface, mix, scaled
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.sky import sky

View = Literal["town", "garden", "fields", "high", "apron", "space", "deep"]
COARSE = 3
"""The view is painted at this fraction of the size: it lies out of focus behind glass."""
FIELDS: tuple[tuple[float, float, float, Colour], ...] = (
    (0.03, 0.11, 0.62, (0.56, 0.66, 0.32)),
    (0.12, 0.12, 0.42, (0.66, 0.68, 0.34)),
    (0.22, 0.1, 0.2, (0.48, 0.62, 0.28)),
)
"""Each field's level below the horizon and height in units, depth, colour."""


def outside(setting: Setting, view: View) -> list[Painted]:
    """The sky and the view, far to near."""
    small = replace(
        setting,
        height=-(-setting.height // COARSE),
        width=-(-setting.width // COARSE),
        horizon=setting.horizon / COARSE,
        unit=setting.unit / COARSE,
    )
    if view in ("space", "deep"):
        sheet = ship_view.space(small) if view == "space" else ship_view.deep(small)
        return [Painted("outside", "far", 0.9, _large(setting, sheet))]
    layers = sky(small, 0.8)
    sheet = layers[0].surface
    sheet.over(layers[1].surface)
    scenes = {"town": _town, "garden": _garden, "fields": _fields, "high": _high, "apron": _apron}
    near = scenes[view](small)
    _falling(small, near)
    return [Painted("sky", "sky", 1.0, _large(setting, sheet)), Painted("outside", "far", 0.88, _large(setting, near))]


def _large(setting: Setting, sheet: Surface) -> Surface:
    out = Surface(setting.height, setting.width)
    out.pixels[:] = cv2.resize(sheet.pixels, (setting.width, setting.height), interpolation=cv2.INTER_CUBIC)
    np.minimum(out.pixels[..., :3], out.pixels[..., 3:], out=out.pixels[..., :3])
    return out


def _town(setting: Setting) -> Surface:
    """Houses across the street."""
    sheet, unit, horizon = setting.sheet(), setting.unit, setting.horizon
    facades.across(setting, sheet, horizon + unit * 0.16, unit * 0.52)
    sheet.rect(
        0, horizon + unit * 0.15, setting.width, setting.height, setting.light.colour((0.7, 0.66, 0.6), 0.6, 0.3)
    )
    return sheet


def _garden(setting: Setting) -> Surface:
    """Hills, a lawn and trees."""
    unit, horizon = setting.unit, setting.horizon
    sheet = land.hills(setting, "outside hills", horizon + unit * 0.02, unit * 0.2, 0.75, trees=0.6)
    sheet.rect(
        0, horizon + unit * 0.02, setting.width, setting.height, setting.light.colour((0.42, 0.58, 0.28), 0.7, 0.3)
    )
    for x in (0.12, 0.36, 0.62, 0.88):
        plants.tree(
            setting,
            sheet,
            setting.rng(f"garden {x}"),
            setting.x(x),
            horizon + unit * 0.1,
            unit * 0.36,
            (0.36, 0.55, 0.25),
            0.45,
            0.5,
        )
    return sheet


def _fields(setting: Setting) -> Surface:
    """Mountains and open land."""
    unit, horizon = setting.unit, setting.horizon
    light, rng = setting.light, setting.rng("passing")
    sheet = ranges.mountains(setting, "passing range", horizon, unit * 0.24, 0.88, snow=0.4)
    for low, high, depth, own in FIELDS:
        sheet.over(land.hills(setting, f"fields {low}", horizon + unit * low, unit * high, depth, own, 0.3))
    near = season_colours.SNOW if light.weather == "snow" else season_colours.grass(light, (0.48, 0.62, 0.28))
    sheet.rect(0, horizon + unit * 0.25, setting.width, setting.height, light.colour(near, 0.6, 0.2))
    for x in rng.uniform(0, 1, 16):
        plants.pine(
            sheet,
            rng,
            light,
            setting.x(float(x)),
            horizon + unit * rng.uniform(0.1, 0.24),
            unit * rng.uniform(0.1, 0.24),
            (0.24, 0.38, 0.30),
            0.3,
        )
    for x in rng.uniform(0, 1, 7):
        _farmhouse(setting, sheet, setting.x(float(x)), horizon + unit * rng.uniform(0.04, 0.14), unit * 0.05)
    return sheet


def _farmhouse(setting: Setting, sheet: Surface, x: float, foot: float, wide: float) -> None:
    """A small house in the fields; its window burns after dark."""
    light = setting.light
    sheet.rect(x - wide / 2, foot - wide * 0.5, x + wide / 2, foot, light.colour((0.74, 0.66, 0.56), 0.6, 0.4))
    roof = season_colours.SNOW if light.weather == "snow" else (0.56, 0.34, 0.28)
    sheet.polygon(
        [(x - wide * 0.62, foot - wide * 0.48), (x, foot - wide * 0.95), (x + wide * 0.62, foot - wide * 0.48)],
        light.colour(roof, 0.7, 0.4),
    )
    if light.dark:
        sheet.glow(x, foot - wide * 0.25, wide, (1.0, 0.78, 0.42), 0.5)
    sheet.rect(
        x - wide * 0.12,
        foot - wide * 0.38,
        x + wide * 0.12,
        foot - wide * 0.12,
        (1.0, 0.84, 0.52) if light.dark else (0.32, 0.36, 0.42),
    )


def _apron(setting: Setting) -> Surface:
    """An airfield with a parked aircraft seen from its side."""
    unit, horizon, light = setting.unit, setting.horizon, setting.light
    sheet = land.hills(setting, "airfield", horizon + 2, unit * 0.06, 0.8, trees=0.4)
    sheet.rect(0, horizon + unit * 0.02, setting.width, setting.height, light.colour((0.62, 0.63, 0.65), 0.6, 0.3))
    for x in (setting.x(0.3), setting.x(0.86)):
        airliner(setting, sheet, x, horizon - unit * 0.02, unit * 0.62)
    return sheet


def _high(setting: Setting) -> Surface:
    """A town's roofs and towers from an upper floor."""
    sheet, unit, horizon, rng, light = (
        setting.sheet(),
        setting.unit,
        setting.horizon,
        setting.rng("towers"),
        setting.light,
    )
    for depth, count, tall in ((0.85, 26, 0.22), (0.7, 20, 0.2), (0.5, 14, 0.14)):
        for x in np.sort(rng.uniform(-0.05, 1.05, count)):
            high, wide = unit * tall * rng.uniform(0.3, 1.0), unit * rng.uniform(0.05, 0.1)
            own = scaled(
                mix((0.80, 0.78, 0.76), (0.62, 0.52, 0.48), float(rng.random())), float(rng.uniform(0.85, 1.05))
            )
            left, top, foot = (
                setting.x(float(x)) - wide / 2,
                horizon - high + unit * (0.9 - depth) * 0.5,
                float(setting.height),
            )
            sheet.patch(
                [(left, top), (left + wide, top), (left + wide, foot), (left, foot)],
                light.colour(own, 0.8, depth),
                light.colour(own, 0.35, depth),
            )
            _lights(setting, sheet, rng, (left, top, wide, foot), depth)
    return sheet


def _lights(
    setting: Setting, sheet: Surface, rng: np.random.Generator, box: tuple[float, float, float, float], depth: float
) -> None:
    """Rows of windows on a tower."""
    left, top, wide, foot = box
    step, light = setting.unit * 0.017, setting.light
    for y in np.arange(top + step * 0.7, min(foot, setting.horizon + setting.unit * 0.4), step):
        for x in np.arange(left + step * 0.4, left + wide - step * 0.5, step):
            on = light.dark and rng.random() < 0.42
            own = (
                mix((1.0, 0.84, 0.52), light.haze, 0.25 * depth) if on else light.colour((0.40, 0.46, 0.54), 0.4, depth)
            )
            sheet.rect(float(x), float(y), float(x) + step * 0.45, float(y) + step * 0.55, own)


def _falling(setting: Setting, sheet: Surface) -> None:
    """Rain or snow beyond the glass, and mist."""
    weather, rng = setting.light.weather, setting.rng(f"falling {setting.hour}")
    if weather == "fog":
        sheet.tint(setting.light.haze, 0.5)
    if weather not in ("rain", "snow"):
        return
    mask = np.zeros((setting.height, setting.width), np.float32)
    for _ in range(700 if weather == "rain" else 520):
        x, y = rng.uniform(0, setting.width), rng.uniform(0, setting.height)
        if weather == "rain":
            reach = setting.unit * rng.uniform(0.03, 0.07)
            cv2.line(
                mask,
                (int(x), int(y)),
                (int(x - reach * 0.16), int(y + reach)),
                float(rng.uniform(0.2, 0.55)),
                1,
                cv2.LINE_AA,
            )
        else:
            cv2.circle(
                mask,
                (int(x), int(y)),
                max(1, int(setting.unit * rng.uniform(0.002, 0.007))),
                float(rng.uniform(0.5, 0.95)),
                -1,
                cv2.LINE_AA,
            )
    sheet.blend(
        mix(setting.light.haze, (1, 1, 1), 0.5 if not setting.light.night else 0.2), cv2.GaussianBlur(mask, (0, 0), 0.7)
    )


def bloom(setting: Setting, shell: Surface) -> None:
    """Daylight that spreads around the windows, as film and eyes see it."""
    light = setting.light
    if light.night:
        return
    small = cv2.resize(
        shell.pixels[..., 3], (max(8, setting.width // 8), max(8, setting.height // 8)), interpolation=cv2.INTER_AREA
    )
    hole = (255 - small).astype(np.float32) / 255
    near, wide = (cv2.GaussianBlur(hole, (0, 0), setting.unit * share / 8) for share in (0.03, 0.12))
    strength = 0.5 if light.weather == "clear" else 0.34
    spread = cv2.resize(0.5 * near + 0.75 * wide, (setting.width, setting.height), interpolation=cv2.INTER_LINEAR)
    colour = mix(scaled(light.key, 0.92), light.sky[3], 0.35)
    mask = cv2.multiply(np.clip(spread * strength, 0, 0.5), 255, dtype=cv2.CV_8U)
    cover = cv2.multiply(mask, shell.pixels[..., 3], scale=1 / 255)
    parts = [
        cv2.add(cv2.multiply(part, 255 - mask, scale=1 / 255), cv2.multiply(cover, ink))
        for part, ink in zip(cv2.split(shell.pixels), (*colour, 1.0), strict=True)
    ]
    cv2.merge([*parts[:3], shell.pixels[..., 3].copy()], shell.pixels)
