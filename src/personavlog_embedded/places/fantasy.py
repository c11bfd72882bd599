"""Places of fancy: a city of the future, islands in the sky."""

from __future__ import annotations

import cv2
import numpy as np

from personavlog_embedded.render import ground, plants, skyline
from personavlog_embedded.render.canvas import Colour, Surface, mix, scaled
from personavlog_embedded.render.noise import fractal, line, smoothstep
from personavlog_embedded.render.palette import LAMP
from personavlog_embedded.render.puffs import fluffy, spheres
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.sky import cumulus, sky, towards

NEON: tuple[Colour, ...] = ((0.30, 0.95, 1.0), (1.0, 0.42, 0.76), (0.74, 0.60, 1.0), (1.0, 0.80, 0.36))


def future(setting: Setting) -> list[Painted]:
    """Slender towers, glowing signs, flying traffic, a platform high up."""
    unit, horizon, light = setting.unit, setting.horizon, setting.light
    layers = sky(setting, 0.6)
    planet = layers[0].surface
    planet.ellipse(setting.x(0.7), horizon * 0.42, unit * 0.12, unit * 0.12, mix(light.sky[1], (0.95, 0.86, 0.9), 0.35))
    planet.ellipse(
        setting.x(0.7) - light.side * unit * 0.02,
        horizon * 0.42 + unit * 0.008,
        unit * 0.118,
        unit * 0.118,
        mix(light.sky[1], (0.95, 0.86, 0.9), 0.22),
    )
    far = skyline.skyline(setting, "far towers", horizon + unit * 0.2, unit * 0.62, 0.9, (0.58, 0.62, 0.74), 0.9, True)
    layers.append(Painted("far towers", "far", 0.9, far))
    middle = skyline.skyline(setting, "towers", horizon + unit * 0.42, unit * 0.95, 0.62, (0.52, 0.55, 0.68), 1.1, True)
    _traffic(setting, middle, "lane far", horizon - unit * 0.06, unit * 0.012)
    layers.append(Painted("towers", "mid", 0.68, middle))
    near = setting.sheet()
    for side in (-1, 1):
        _arcology(setting, near, side)
    _traffic(setting, near, "lane near", horizon + unit * 0.05, unit * 0.024)
    _bridge(setting, near)
    layers.append(Painted("near towers", "mid", 0.45, near))
    deck = ground.paving(setting, "platform", setting.below(0.45), (0.42, 0.45, 0.53), 0.42, 0.03, depth=0.12)
    deck.pixels[: int(setting.below(0.60))] = 0
    for y, thick in ((0.605, 0.007), (0.80, 0.006)):
        deck.patch(
            [
                (0, setting.below(y)),
                (setting.width, setting.below(y)),
                (setting.width, setting.below(y) + unit * thick),
                (0, setting.below(y) + unit * thick),
            ],
            NEON[0],
            NEON[0],
            alpha=0.85,
        )
    layers.append(Painted("platform", "ground", 0.36, deck))
    trees = setting.sheet()
    for x, size in ((0.1, 0.6), (0.9, 0.66)):
        _planter(setting, trees, x, size)
    layers.append(Painted("planters", "near", 0.25, trees))
    return layers


def _arcology(setting: Setting, sheet: Surface, side: int) -> None:
    rng, light, unit = setting.rng(f"arcology {side}"), setting.light, setting.unit
    at, way = (0.0, 1) if side < 0 else (float(setting.width), -1)
    own: Colour = (0.46, 0.49, 0.60)
    edge = [
        (at + way * unit * (0.5 - 0.26 * t + 0.08 * np.sin(t * 5)), setting.below(0.7) - (setting.below(0.7)) * t)
        for t in np.linspace(0, 1.05, 24)
    ]
    sheet.patch(
        [*edge, (at, 0), (at, setting.below(0.75))],
        light.colour(scaled(own, 1.1), 0.75 if side * light.side < 0 else 0.35, 0.25),
        light.colour(scaled(own, 0.7), 0.2, 0.25),
    )
    for share in np.linspace(0.06, 0.95, 19):
        x = float(np.interp(share, np.linspace(0, 1.05, 24), [p[0] for p in edge]))
        y = setting.below(0.7) * (1 - share)
        sheet.stroke([(at, y + unit * 0.012), (x, y)], light.colour(scaled(own, 0.6), 0.3, 0.25), unit * 0.006)
        for _ in range(9):
            px, wide = at + (x - at) * rng.random() * 0.94, unit * rng.uniform(0.014, 0.03)
            shine = rng.random() < (0.7 if light.dark else 0.25)
            sheet.rect(
                px,
                y + unit * 0.014,
                px + way * wide,
                y + unit * 0.036,
                mix(LAMP, NEON[0], float(rng.random() < 0.35)) if shine else light.colour((0.22, 0.28, 0.38), 0.5, 0.2),
            )
        if rng.random() < 0.3:
            for _ in range(16):
                sheet.ellipse(
                    x - way * rng.uniform(0, 0.16) * unit,
                    y + rng.normal(0, 0.008) * unit,
                    unit * 0.012,
                    unit * 0.01,
                    light.colour(scaled((0.34, 0.52, 0.28), rng.uniform(0.7, 1.3)), rng.random(), 0.2),
                )
    for number in range(2):
        _sign(setting, sheet, rng, at + way * unit * (0.26 + 0.06 * number), setting.y(0.2 + 0.2 * number), way)


def _sign(setting: Setting, sheet: Surface, rng: np.random.Generator, x: float, y: float, way: int) -> None:
    unit, own = setting.unit, NEON[int(rng.integers(4))]
    wide, tall = unit * 0.06, unit * rng.uniform(0.14, 0.2)
    sheet.glow(x, y + tall / 2, tall * 0.9, own, 0.4 if setting.light.dark else 0.18)
    sheet.patch(
        [(x - wide / 2, y), (x + wide / 2, y), (x + wide / 2, y + tall), (x - wide / 2, y + tall)],
        scaled(own, 0.32),
        scaled(own, 0.22),
        alpha=0.9,
    )
    for row in range(4):
        top = y + tall * (0.08 + 0.23 * row)
        for _ in range(3):
            a, b = rng.uniform(-0.36, 0.36, 2) * wide
            sheet.stroke(
                [(x + a, top + rng.random() * tall * 0.15), (x + b, top + rng.random() * tall * 0.15)],
                own,
                max(1, unit * 0.004),
            )
    del way


def _traffic(setting: Setting, sheet: Surface, tag: str, y: float, size: float) -> None:
    rng, light = setting.rng(tag), setting.light
    for _ in range(13):
        x, row = rng.uniform(0, setting.width), y + rng.normal(0, size * 2.2)
        own = mix(CAR[int(rng.integers(3))], light.haze, 0.2)
        if light.dark:
            sheet.glow(x + size, row, size * 2.2, NEON[int(rng.integers(4))], 0.6)
        sheet.ellipse(x, row, size, size * 0.32, light.colour(own, 0.8, 0.3))
        sheet.ellipse(
            x + size * 0.1, row - size * 0.2, size * 0.5, size * 0.24, light.colour((0.2, 0.28, 0.36), 0.8, 0.3)
        )
        sheet.stroke(
            [(x - size * 1.0, row + size * 0.05), (x - size * 2.4, row + size * 0.05)],
            mix(NEON[1], light.haze, 0.3),
            max(1, size * 0.14),
        )


CAR: tuple[Colour, ...] = ((0.86, 0.86, 0.9), (0.9, 0.5, 0.3), (0.4, 0.62, 0.72))


def _bridge(setting: Setting, sheet: Surface) -> None:
    light, unit = setting.light, setting.unit
    y, own = setting.horizon - unit * 0.2, (0.62, 0.65, 0.74)
    arc = [(setting.x(t), y + unit * 0.1 * (2 * t - 1) ** 2) for t in np.linspace(0.1, 0.9, 30)]
    low = [(px, py + unit * 0.025) for px, py in arc]
    sheet.patch([*arc, *low[::-1]], light.colour(own, 0.9, 0.35), light.colour(scaled(own, 0.6), 0.3, 0.35))
    sheet.stroke(low, NEON[3], max(1, unit * 0.004))


def _planter(setting: Setting, sheet: Surface, x: float, size: float) -> None:
    light, unit = setting.light, setting.unit
    foot, wide = setting.below(0.96), unit * 0.2
    ground.shadow(setting, sheet, setting.x(x), foot, wide * 0.8)
    plants.tree(
        setting,
        sheet,
        setting.rng(f"planter {x}"),
        setting.x(x),
        foot - unit * 0.1,
        unit * size,
        (0.42, 0.58, 0.36),
        0.05,
        0.42,
    )
    sheet.patch(
        [
            (setting.x(x) - wide, foot - unit * 0.12),
            (setting.x(x) + wide, foot - unit * 0.12),
            (setting.x(x) + wide * 0.8, foot),
            (setting.x(x) - wide * 0.8, foot),
        ],
        light.colour((0.88, 0.9, 0.94), 0.95),
        light.colour((0.5, 0.53, 0.6), 0.3),
    )
    sheet.stroke(
        [(setting.x(x) - wide * 0.84, foot - unit * 0.02), (setting.x(x) + wide * 0.84, foot - unit * 0.02)],
        NEON[0],
        unit * 0.006,
    )


def islands(setting: Setting) -> list[Painted]:
    """Green rocks floating over a sea of clouds."""
    unit, horizon, light = setting.unit, setting.horizon, setting.light
    layers = sky(setting, 1.3)
    far = setting.sheet()
    for x, y, size in ((0.2, 0.5, 0.12), (0.52, 0.3, 0.09), (0.66, 0.66, 0.16), (0.92, 0.42, 0.1)):
        _island(setting, far, f"far {x}", setting.x(x), horizon * y + unit * 0.1, unit * size, 0.78)
    layers.append(Painted("far islands", "far", 0.88, far))
    layers.append(Painted("cloud sea", "mid", 0.72, _sea(setting, "far sea", setting.below(0.08), 0.5)))
    middle = setting.sheet()
    _island(setting, middle, "left", setting.x(0.24), setting.y(0.44), unit * 0.3, 0.42)
    _island(setting, middle, "right", setting.x(0.8), setting.y(0.36), unit * 0.24, 0.48)
    layers.append(Painted("islands", "mid", 0.55, middle))
    layers.append(Painted("near clouds", "mid", 0.42, _sea(setting, "near sea", setting.below(0.4), 0.9)))
    near = setting.sheet()
    _ledge(setting, near)
    layers.append(Painted("ledge", "near", 0.24, near))
    del light
    return layers


def _sea(setting: Setting, tag: str, top: float, scale: float) -> Surface:
    """Rows of cloud crests, larger towards the viewer, each fading into the next."""
    rng, light, sheet = setting.rng(tag), setting.light, setting.sheet()
    unit = setting.unit
    shade = np.asarray(mix(light.cloud_shade, light.sky[2], 0.3), np.float32)
    bright = np.asarray(light.cloud_lit, np.float32)
    for row in range(5):
        near = row / 4
        y, size = top + (setting.height - top) * near**1.3 * 0.8, unit * scale * (0.035 + 0.075 * near)
        tall = int(size * 5)
        crest = (line(rng, setting.width, size * 9, 4) - 0.5) * size * 2.2
        xs = rng.uniform(-size, setting.width + size, int(setting.width / size * 2.6))
        lift = rng.random(len(xs)) ** 1.5
        radii = size * rng.uniform(0.45, 1.15, len(xs)) * (1.2 - 0.5 * lift)
        ys = size * 2.1 + crest[np.clip(xs, 0, setting.width - 1).astype(int)] - lift * size * 1.1
        puffs = np.stack([xs, ys, radii, -lift * size], 1).astype(np.float32)
        cover, lit = fluffy(rng, *spheres(tall, setting.width, puffs, towards(light)), size * 1.1, size * 0.5)
        rows = np.arange(tall, dtype=np.float32)[:, None]
        body = np.clip((rows - size * 2.1 - crest[None, :]) / (size * 0.5), 0, 1)
        cover = np.maximum(cv2.GaussianBlur(cover, (0, 0), max(0.8, size * 0.03)), body)
        tone = smoothstep(0.42, 0.9, lit) * np.clip(1.15 - (rows - size) / (size * 2.6), 0, 1)
        sheet.blend(shade + (bright - shade) * tone[..., None], cover, int(y - size * 2.1))
        if y + tall - size * 2.1 < setting.height:
            sheet.patch(
                [
                    (0, y + tall - size * 2.1 - 2),
                    (setting.width, y + tall - size * 2.1 - 2),
                    (setting.width, setting.height),
                    (0, setting.height),
                ],
                tuple(shade),
                tuple(shade),
            )
    return sheet


def _island(setting: Setting, sheet: Surface, tag: str, x: float, y: float, half: float, depth: float) -> None:
    rng, light = setting.rng(tag), setting.light
    deep = half * rng.uniform(1.0, 1.5)
    ts = np.linspace(-1, 1, 26)
    under = [(x + half * t, y + deep * (1 - abs(t) ** 1.5) * rng.uniform(0.72, 1.06) + half * 0.05) for t in ts]
    rock: Colour = (0.56, 0.49, 0.45)
    texture = 0.7 + 0.6 * fractal(rng, setting.height, setting.width, half * 0.22, 5, 0.6)
    lit, dim = light.colour(rock, 0.9, depth), light.colour(scaled(rock, 0.75), 0.1, depth)
    sheet.patch(under[::-1], dim if light.side > 0 else lit, lit if light.side > 0 else dim, texture, sideways=True)
    for _ in range(12):
        at = int(rng.integers(3, 23))
        sheet.stroke(
            [
                (under[at][0], y + half * 0.1),
                (under[at][0] + rng.normal(0, half * 0.05), y + (under[at][1] - y) * rng.uniform(0.4, 0.85)),
            ],
            light.colour(scaled(rock, 0.6), 0.25, depth),
            max(1, half * 0.02),
        )
    _fall(setting, sheet, rng, x + half * rng.uniform(-0.5, 0.5), y, deep, half, depth)
    for _ in range(70):
        t = rng.uniform(-1, 1)
        sheet.ellipse(
            x + half * t * 0.98,
            y + rng.normal(0, 0.03) * half,
            half * rng.uniform(0.05, 0.12),
            half * rng.uniform(0.03, 0.08),
            light.colour(scaled((0.46, 0.63, 0.28), rng.uniform(0.8, 1.15)), rng.random(), depth),
        )
    for t in (-0.6, -0.15, 0.3, 0.7):
        size = half * rng.uniform(0.5, 0.95)
        if half > setting.unit * 0.2:
            plants.tree(setting, sheet, rng, x + half * t, y, size, (0.38, 0.57, 0.27), depth, 0.46, 0.3)
        else:
            plants.round_tree(sheet, rng, light, x + half * t, y, size * 0.8, (0.38, 0.57, 0.27), depth)


def _fall(
    setting: Setting,
    sheet: Surface,
    rng: np.random.Generator,
    x: float,
    y: float,
    deep: float,
    half: float,
    depth: float,
) -> None:
    """A thin waterfall dissolving on its way down."""
    for number in range(9):
        at, length = x + rng.normal(0, half * 0.025), deep * rng.uniform(0.9, 1.7)
        tone = setting.light.colour((0.93, 0.97, 1.0), 0.95, depth)
        sheet.patch(
            [(at, y), (at + half * 0.02, y), (at + half * 0.035, y + length), (at - half * 0.015, y + length)],
            tone,
            tone,
            alpha=0.4 - 0.03 * number,
        )


def _ledge(setting: Setting, sheet: Surface) -> None:
    """The grassy brink on which the viewer stands."""
    rng, unit = setting.rng("ledge"), setting.unit
    xs = np.linspace(0, setting.width, 60)
    brink = [
        setting.below(0.76) - unit * 0.1 * (abs(2 * x / setting.width - 1) ** 2.5) * 1.6 + rng.normal(0, unit * 0.005)
        for x in xs
    ]
    light, own = setting.light, (0.44, 0.62, 0.28)
    texture = 0.8 + 0.4 * fractal(rng, setting.height, setting.width, unit * 0.06, 5, 0.6)
    sheet.patch(
        [*zip(xs, brink, strict=True), (setting.width, setting.height), (0, setting.height)],
        light.colour(scaled(own, 1.1), 0.95),
        light.colour(scaled(own, 0.7), 0.3),
        texture,
    )
    for x, y in zip(xs, brink, strict=True):
        for _ in range(9):
            px, length = x + rng.normal(0, unit * 0.02), unit * rng.uniform(0.02, 0.05)
            sheet.polygon(
                [(px - 2, y + unit * 0.02), (px + 2, y + unit * 0.02), (px + rng.normal(0, length * 0.4), y - length)],
                light.colour(scaled(own, rng.uniform(0.8, 1.2)), rng.random()),
            )
    plants.grass(setting, sheet, rng, setting.below(0.8), setting.height * 1.04, 1100, own, unit * 0.06)
    plants.flowers(setting, sheet, rng, setting.below(0.8), setting.height * 1.02, 170, unit * 0.015)
    plants.tree(
        setting,
        sheet,
        setting.rng("ledge tree"),
        setting.x(0.07),
        setting.below(0.8),
        unit * 0.8,
        (0.40, 0.58, 0.26),
        0.04,
        0.5,
    )
    cumulus(setting, sheet, setting.rng("wisp"), setting.x(0.97), setting.below(0.95), unit * 0.3)
