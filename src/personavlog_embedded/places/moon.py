"""The moon: grey dust and craters under a black sky with the Earth in it, a base of domes, a rover and a lander."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from personavlog_embedded.render import beams, land, ranges, vegetation
from personavlog_embedded.render.buildings import shadows
from personavlog_embedded.render.canvas import Colour, Surface, mix, scaled
from personavlog_embedded.render.floors import GroundPlane
from personavlog_embedded.render.light import Light
from personavlog_embedded.render.lunar_base import base, dish, rover
from personavlog_embedded.render.noise import Field, fractal, smoothstep
from personavlog_embedded.render.outdoor_camera import OutdoorCamera
from personavlog_embedded.render.setting import Painted, Setting

DUST: Colour = (0.66, 0.65, 0.66)
CRATERS = (
    (5.5, 13.5, 2.2),
    (-7.5, 20.0, 3.4),
    (10.5, 27.0, 4.2),
    (-3.0, 33.0, 3.0),
    (-13.0, 9.5, 2.4),
    (14.0, 12.0, 2.6),
    (3.5, -9.0, 2.6),
    (-7.5, -13.0, 3.4),
    (11.0, -6.0, 2.2),
    (-5.0, 11.5, 0.9),
    (2.6, 18.0, 1.0),
    (-3.2, 5.6, 0.7),
)
"""World x and z and radius of the craters, metres."""
EARTH = 0.42
"""Bearing of the Earth, radians."""


def moon(setting: Setting) -> list[Painted]:
    """The plain before the base. There is no weather here, but the hour turns the sun."""
    setting = replace(setting, light=airless(setting.light))
    view, unit, horizon = OutdoorCamera(setting, 9.0), setting.unit, setting.horizon
    layers = [Painted("sky", "sky", 1.0, _space(setting)), Painted("earth", "sky", 0.98, _earth(setting))]
    range_ = ranges.mountains(setting, "rim", horizon + 3, unit * 0.15, 0.3, (0.58, 0.57, 0.59), 0.0)
    layers.append(Painted("crater rim", "far", 0.86, range_))
    low = land.hills(setting, "swells", horizon + 4, unit * 0.05, 0.3, (0.60, 0.59, 0.60), 0.0)
    layers.append(Painted("swells", "mid", 0.7, low))
    floor, station = _plain(view), base(view)
    shadows(floor.sheet, view, [station], 1.25)
    standing = setting.sheet()
    station.draw(standing)
    dish(view, standing)
    for x, z in ((-9.0, 17.0), (7.5, 19.5), (9.5, -11.0), (-4.5, 27.0)):
        beams.pool_of_light(view, floor.sheet, x, z, 3.0, (0.75, 0.9, 1.0))
        if view.visible(x, z):
            beams.strut(view, standing, (x, 0, z), (x, 2.4, z), 0.08, (0.7, 0.7, 0.74))
            beams.glowing(view, standing, (x, 2.5, z), 0.12, (0.7, 0.9, 1.0))
    layers.append(Painted("plain", "ground", 0.5, floor.sheet))
    layers.append(Painted("base", "mid", 0.46, standing))
    near = setting.sheet()
    _stones(view, near)
    rover(view, near, 5.9, 12.6, -0.5)
    rover(view, near, -7.8, -6.2, 2.2)
    layers.append(Painted("rover and stones", "near", 0.32, near))
    cloth = setting.sheet()
    for x, z in ((-7.4, 23.2), (3.8, -6.6)):
        if view.visible(x, z):
            beams.strut(view, cloth, (x, 0, z), (x, 2.5, z), 0.05, (0.86, 0.86, 0.88))
            beams.flag(view, cloth, (x, 2.45, z), (1.2, 0.75), (0.30, 0.46, 0.72), 3)
    layers.append(Painted("flag", "near", 0.28, cloth))
    return layers


def airless(light: Light) -> Light:
    """Light without air: a black sky, hard sun, no haze; the Earth lights the night."""
    key: Colour = {
        "morning": (1.12, 1.06, 0.98),
        "noon": (1.14, 1.12, 1.08),
        "dusk": (1.12, 0.94, 0.78),
        "night": (0.50, 0.60, 0.80),
    }[light.time]
    shade: Colour = (0.17, 0.19, 0.26) if not light.night else (0.11, 0.13, 0.21)
    black: Colour = (0.016, 0.018, 0.035)
    return replace(
        light,
        weather="clear",
        sky=(black, black, scaled(black, 1.4), scaled(black, 1.8)),
        key=key,
        shade=shade,
        haze=(0.10, 0.11, 0.15),
        air=0.35,
    )


def _space(setting: Setting) -> Surface:
    sheet, rng, height, width = setting.sheet(), setting.rng("stars"), setting.height, setting.width
    start = round(setting.yaw * setting.reach)
    dust = fractal(setting.rng(f"milky {setting.angle}"), height, width, setting.unit * 0.22, 5, 0.55)
    rows, columns = np.arange(height, dtype=np.float32)[:, None], np.arange(width, dtype=np.float32)[None, :] + start
    band = np.exp(-(((rows - height * 0.12 - 0.24 * columns) / (setting.unit * 0.17)) ** 2)) * np.clip(
        dust * 1.7 - 0.35, 0, 1
    )
    field = np.asarray(setting.light.sky[0], np.float32) + band[..., None] * np.asarray((0.20, 0.19, 0.30), np.float32)
    sheet.blend(field, 1.0)
    for _ in range(int(700 * width * setting.horizon / 1e6) + 40):
        x, y, size = rng.uniform(0, width), rng.uniform(0, setting.horizon), float(rng.random() ** 5)
        tone = mix((0.82, 0.88, 1.0), (1.0, 0.88, 0.74), float(rng.random()))
        sheet.ellipse((x - start) % width, y, 0.6 + 1.5 * size, 0.6 + 1.5 * size, scaled(tone, 0.4 + 0.6 * size))
    return sheet


def _earth(setting: Setting) -> Surface:
    """A blue half-lit planet with clouds and continents."""
    sheet, radius = setting.sheet(), setting.unit * 0.115
    x, y = setting.column(EARTH), setting.horizon * 0.40
    size = int(radius * 1.3)
    if x < -size or x > setting.width + size:
        return sheet
    rng = setting.rng("earth")
    grid = np.arange(-size, size + 1, dtype=np.float32) / np.float32(radius)
    u, v = np.meshgrid(grid, grid)
    far = np.hypot(u, v)
    round_: Field = np.sqrt(np.clip(1 - far**2, 0, 1)).astype(np.float32)
    lands = smoothstep(0.5, 0.58, fractal(rng, len(grid), len(grid), radius * 0.62, 5, 0.55))[..., None]
    clouds = smoothstep(0.52, 0.75, fractal(rng, len(grid), len(grid), radius * 0.4, 5, 0.6, 2.2))[..., None]
    ice = smoothstep(0.84, 0.93, np.abs(v))[..., None]
    colour = np.asarray((0.10, 0.30, 0.62), np.float32) * (1 - lands) + lands * np.asarray(
        (0.38, 0.48, 0.26), np.float32
    )
    colour = colour + (np.asarray((0.96, 0.97, 1.0), np.float32) - colour) * np.maximum(clouds * 0.9, ice)
    lit = np.clip(0.2 + 0.95 * (u * setting.light.side * 0.8 - v * 0.25 + round_ * 0.5), 0.04, 1.05)[..., None]
    rim = (smoothstep(0.72, 1.0, far) * 0.55)[..., None]
    shown = colour * lit + np.asarray((0.45, 0.68, 1.0), np.float32) * rim * lit
    sheet.glow(x, y, radius * 1.5, (0.35, 0.55, 0.95), 0.35)
    sheet.blend(shown, smoothstep(1.012, 0.985, far), int(y) - size, int(x) - size)
    return sheet


def _plain(view: OutdoorCamera) -> GroundPlane:
    """Dust with craters: bright rims on one side, dark bowls on the other, boot prints and wheel tracks."""
    floor, side = GroundPlane(view, "moon"), view.setting.light.side
    floor.soil(DUST, scaled(DUST, 0.84), 0.8, 0.86)
    sun = view.sunwards()
    cos, sin = float(np.cos(view.yaw)), float(np.sin(view.yaw))
    way = (float(sun[0] * cos + sun[2] * sin), float(sun[2] * cos - sun[0] * sin))
    rough = (floor.grain("crater", 0.9, 3) - 0.5) * np.float32(0.16)
    for x, z, radius in CRATERS:
        if not view.visible(x, z, radius * 2):
            continue
        dx, dz = (floor.x - x) / radius, (floor.z - z) / radius
        away = np.hypot(dx, dz) + rough
        toward = (dx * way[0] + dz * way[1]) / np.maximum(away, 0.1)
        bowl, rim = smoothstep(1.0, 0.86, away), smoothstep(0.2, 0.0, np.abs(away - 1.06))
        floor.lay(scaled(DUST, 0.62), bowl * np.clip(0.45 + 0.75 * toward, 0, 1), 0.12)
        floor.lay(scaled(DUST, 1.16), bowl * np.clip(-0.9 * toward, 0, 1) * 0.85, 1.0)
        floor.lay(scaled(DUST, 1.22), rim * np.clip(0.35 + 0.7 * toward, 0, 1), 1.0)
        floor.lay(scaled(DUST, 0.7), rim * np.clip(-toward, 0, 1) * 0.6, 0.2)
    for lane in (-0.75, 0.75):
        tread = floor.stripes(floor.z, 0.3, 0.5) * floor.track(
            [(lane - 3, -12), (lane + 0.4, 4), (lane + 4.9, 12.2)], 0.16, 0.03
        )
        floor.lay(scaled(DUST, 0.6), tread * 0.6, 0.3)
    for step, lane in ((0.0, -0.14), (0.4, 0.14)):
        prints = floor.stripes(floor.z + step, 0.8, 0.36) * floor.track(
            [(lane - 0.8, -10), (lane - 0.6, 6), (lane - 3.2, 13)], 0.12, 0.0
        )
        floor.lay(scaled(DUST, 0.55), prints * 0.7, 0.25 if side else 0.3)
    return floor


def _stones(view: OutdoorCamera, sheet: Surface) -> None:
    rng, light = view.setting.rng("moon stones"), view.setting.light
    for _, (x, z) in vegetation.in_view(view, vegetation.scatter(view, "moon", 110, (4.0, 24.0)), 0.6):
        (px, foot), size, depth = (
            view.ground(x, z),
            view.scale(x, z) * float(0.04 + 0.2 * rng.random() ** 3),
            view.depth(view.far(x, z)),
        )
        jag = [
            (
                px + size * np.cos(a) * rng.uniform(0.75, 1.1),
                foot - size * 0.3 - size * 0.55 * np.sin(a) * rng.uniform(0.8, 1.1),
            )
            for a in np.linspace(0, 2 * np.pi, 8)[:-1]
        ]
        sheet.ellipse(px - light.side * size * 0.9, foot, size * 1.4, size * 0.2, scaled(light.shade, 0.4))
        sheet.patch(jag, light.colour(scaled(DUST, 1.1), 1.0, depth), light.colour(scaled(DUST, 0.6), 0.2, depth))
