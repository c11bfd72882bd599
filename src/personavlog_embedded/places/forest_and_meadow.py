"""Places in the green: forest path, flower meadow; and palms."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np

from personavlog_embedded.render import ground, land, plants, ranges, season_colours
from personavlog_embedded.render.canvas import Colour, Surface, mix, scaled
from personavlog_embedded.render.light import Light
from personavlog_embedded.render.noise import Rng, fractal, line, smoothstep
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.sky import sky, sun

LEAF: Colour = (0.36, 0.55, 0.24)


def _bank(setting: Setting, sheet: Surface, tag: str, top: float, own: Colour) -> None:
    """A grassy near bank with an uneven edge, blades and flowers."""
    rng = setting.rng(tag)
    edge = (top + (line(rng, setting.width, setting.unit * 0.4, 4) - 0.5) * setting.unit * 0.1).astype(np.float32)
    sheet.over(
        ground.field(
            setting, tag + " soil", top - setting.unit * 0.1, own, mix(own, (0.62, 0.64, 0.3), 0.4), 0.3, 0.1, edge
        )
    )
    count = int(1500 * setting.width / 1700)
    plants.grass(setting, sheet, rng, top, setting.height * 1.04, count, own, setting.unit * 0.075)
    plants.flowers(
        setting, sheet, rng, top + setting.unit * 0.04, setting.height * 1.02, count // 7, setting.unit * 0.016
    )


def palm(
    setting: Setting, sheet: Surface, rng: np.random.Generator, x: float, foot: float, tall: float, lean: float
) -> None:
    """A leaning palm: ringed trunk, hanging fronds, nuts."""
    light = setting.light
    spine = [(x + lean * tall * 2.4 * t * t, foot - tall * t) for t in np.linspace(0, 1, 24)]
    for number, (px, py) in enumerate(spine[:-1]):
        half = tall * (0.026 - 0.012 * number / 24)
        own = scaled((0.56, 0.44, 0.32), 0.9 + 0.2 * (number % 2))
        nx, ny = spine[number + 1]
        sheet.patch(
            [(px - half, py), (px + half, py), (nx + half * 0.9, ny), (nx - half * 0.9, ny)],
            light.colour(own, 0.9 if light.side < 0 else 0.2),
            light.colour(own, 0.2 if light.side < 0 else 0.9),
            sideways=True,
        )
        sheet.stroke([(px - half, py), (px + half, py)], light.colour(scaled(own, 0.6), 0.3), max(1, tall * 0.003))
    for frond in np.linspace(-3.3, 0.15, 15):
        _frond(sheet, rng, light, spine[-1], frond + rng.normal(0, 0.1), tall * rng.uniform(0.34, 0.46))
    for _ in range(4):
        sheet.ellipse(
            spine[-1][0] + rng.normal(0, tall * 0.02),
            spine[-1][1] + tall * 0.02,
            tall * 0.019,
            tall * 0.021,
            light.colour((0.45, 0.32, 0.2), rng.random()),
        )


def _frond(
    sheet: Surface, rng: np.random.Generator, light: Light, start: tuple[float, float], angle: float, reach: float
) -> None:
    ts = np.linspace(0, 1, 26)
    ribs = [
        (start[0] + np.cos(angle) * reach * t, start[1] + np.sin(angle) * reach * t * 0.75 + reach * 0.6 * t * t)
        for t in ts
    ]
    for t, (x, y) in zip(ts, ribs, strict=True):
        length = reach * 0.24 * np.sin(0.25 + 2.7 * t) + 2
        for way in (-1, 1):
            tone = light.colour(
                mix((0.26, 0.46, 0.2), (0.6, 0.68, 0.26), rng.random() * 0.7),
                (0.75 if np.sin(angle) < -0.4 else 0.35) + rng.uniform(-0.25, 0.25),
            )
            tip = (
                x + np.cos(angle) * length * 0.55 + way * length * 0.28,
                y + length * (0.5 + 0.35 * way * np.cos(angle)),
            )
            sheet.polygon([(x, y), (x + np.cos(angle) * length * 0.3 + way * 3, y + length * 0.1), tip], tone)
    sheet.stroke(ribs, light.colour((0.5, 0.58, 0.28), 0.8), max(1, reach * 0.012))


def forest(setting: Setting) -> list[Painted]:
    """A path into an old wood, with light between the trunks."""
    deep, soil = setting.sheet(), _forest_floor(setting)
    _thicket(setting, deep, _glade(setting.light))
    layers = [
        *sky(setting, 0.3),
        Painted("deep wood", "far", 0.85, deep),
        Painted("trees", "mid", 0.62, _middle_trees(setting)),
        Painted("floor", "ground", 0.45, soil),
        Painted("old trees", "near", 0.22, _old_trees(setting, soil)),
    ]
    _beams(setting, layers)
    return layers


def _glade(light: Light) -> Colour:
    """The light at the path's end."""
    grass = season_colours.grass(light, (0.75, 0.86, 0.55))
    glade = mix(mix(light.haze, light.sky[3], 0.5), grass, 0.0 if light.night else 0.35)
    return mix(glade, (0.62, 0.74, 0.95), 0.35) if light.night else glade


def _middle_trees(setting: Setting) -> Surface:
    """Trees and bushes on both sides of the path."""
    sheet, rng, unit, light = setting.sheet(), setting.rng("middle"), setting.unit, setting.light
    for x in np.sort(rng.uniform(0, 1, 9)):
        if abs(x - 0.52) > 0.08:
            at, foot = setting.x(x), setting.horizon + unit * rng.uniform(0.02, 0.06)
            if season_colours.bare(light) and rng.random() < 0.7:
                plants.pine(sheet, rng, light, at, foot, unit * rng.uniform(0.4, 0.62), (0.24, 0.38, 0.30), 0.5)
            else:
                tall = unit * rng.uniform(0.6, 0.85)
                plants.tree(setting, sheet, rng, at, foot, tall, (0.36, 0.54, 0.26), 0.6, 0.32, 0.3)
    for x in rng.uniform(0, 1, 9):
        if abs(x - 0.52) > 0.07:
            size, foot = unit * rng.uniform(0.1, 0.18), setting.horizon + unit * 0.07
            plants.bush(setting, sheet, rng, setting.x(x), foot, size, (0.36, 0.54, 0.26), 0.55)
    return sheet


def _forest_floor(setting: Setting) -> Surface:
    """Soil with the path and tufts on it; fallen leaves in autumn."""
    unit, top, low = setting.unit, setting.horizon + setting.unit * 0.035, setting.height
    soil = ground.field(setting, "floor", top, (0.34, 0.48, 0.22), (0.52, 0.52, 0.26), 0.3, 0.6)
    vanish, foot = setting.x(0.52), setting.x(0.48)
    ground.path(setting, soil, "path", top, (0.72, 0.60, 0.44), unit * 0.8, vanish, foot, unit * 0.12)
    tufts = setting.horizon + unit * 0.1
    plants.grass(setting, soil, setting.rng("tufts"), tufts, low, 700, (0.36, 0.52, 0.24), unit * 0.05, 0.4)
    if setting.light.season == "autumn":
        fallen = setting.horizon + unit * 0.05
        plants.flowers(setting, soil, setting.rng("fallen"), fallen, low, 500, unit * 0.016, 0.4)
    return soil


def _old_trees(setting: Setting, soil: Surface) -> Surface:
    """Great trunks that frame the path, their shadows on the soil, a canopy or bare boughs, ferns at their feet."""
    sheet, rng, unit, light = setting.sheet(), setting.rng("near"), setting.unit, setting.light
    for x, foot, size in ((0.14, 0.52, 1.15), (0.84, 0.46, 1.05), (0.985, 0.8, 1.5), (0.015, 0.86, 1.55)):
        at, low = setting.x(x), setting.below(foot)
        ground.shadow(setting, soil, at, low, unit * 0.3 * size, 0.55)
        plants.trunk(sheet, rng, light, at, low, unit * size, unit * 0.05 * size, 0.14 * (1 - foot))
        _roots(setting, sheet, rng, at, low, unit * 0.1 * size)
    _canopy(setting, sheet, rng)
    for x, foot, size in ((0.2, 0.6, 0.2), (0.78, 0.56, 0.2), (0.93, 0.9, 0.3), (0.07, 0.95, 0.32)):
        fern, own = setting.rng(f"fern {x}"), plants.BLOSSOMS[2] if size > 0.25 else None
        plants.bush(setting, sheet, fern, setting.x(x), setting.below(foot), unit * size, (0.32, 0.52, 0.22), 0.05, own)
    return sheet


CANOPY = (
    ((-0.02, 0.05), (0.08, 0.12), (0.18, 0.02), (0.28, 0.05)),
    ((0.74, 0.03), (0.84, 0.1), (0.95, 0.06), (1.03, 0.14)),
)
"""Where the old trees' leaves hang in at the left and right, as shares of the frame."""


def _canopy(setting: Setting, sheet: Surface, rng: Rng) -> None:
    """Leaves that hang in from above, or bare boughs."""
    unit, light = setting.unit, setting.light
    if season_colours.bare(light):
        for x, way in ((0.14, 1), (0.84, -1), (0.985, -1), (0.015, 1)):
            boughs = [(setting.x(x + way * 0.06), setting.y(0.1)), (setting.x(x + way * 0.11), setting.y(0.18))]
            plants.twigs(sheet, rng, light, (setting.x(x), setting.y(0.28)), boughs, unit)
        return
    for side in CANOPY:
        spots = [(setting.x(x), setting.y(y)) for x, y in side]
        plants.crown(setting, sheet, rng, spots, unit * 0.24, LEAF, 0.06, 1.0)


def _thicket(setting: Setting, sheet: Surface, glade: Colour) -> None:
    """A wall of hazy leaves with thin trunks, brightest where the path leads."""
    rng, light, unit = setting.rng("thicket"), setting.light, setting.unit
    height, width = setting.height, setting.width
    grain = fractal(rng, height, width, unit * 0.16, 5, 0.62)
    grid_y, grid_x = np.mgrid[0:height, 0:width].astype(np.float32)
    opening = np.exp(
        -(((grid_x - setting.x(0.52)) / (unit * 0.26)) ** 2) - ((grid_y - setting.horizon * 0.8) / (unit * 0.42)) ** 2
    )
    lit = np.clip(smoothstep(0.35, 0.75, grain) * 0.8 + opening * 0.3, 0, 1)
    own = (0.74, 0.50, 0.24) if light.season == "autumn" else season_colours.grass(light, (0.36, 0.54, 0.26))
    green = light.paint(np.asarray(own, np.float32), lit, 0.62)
    colour = green + (np.asarray(glade, np.float32) - green) * np.clip(0.2 + 0.85 * opening, 0, 1)[..., None]
    gap = smoothstep(0.72, 0.86, grain) * smoothstep(setting.horizon * 0.7, 0, grid_y) * 0.8
    sheet.blend(colour, (1 - gap) * (grid_y < setting.horizon + unit * 0.2))
    for x in rng.uniform(0, 1, 26):
        half, tone = (
            unit * rng.uniform(0.004, 0.011),
            mix(light.colour((0.42, 0.36, 0.28), 0.4, 0.7), glade, rng.uniform(0.2, 0.6)),
        )
        top = setting.x(x) + rng.normal(0, unit * 0.03)
        sheet.patch(
            [
                (top - half * 0.6, 0),
                (top + half * 0.6, 0),
                (setting.x(x) + half, setting.horizon + unit * 0.05),
                (setting.x(x) - half, setting.horizon + unit * 0.05),
            ],
            mix(tone, glade, 0.3),
            tone,
            alpha=0.75,
        )


def _roots(setting: Setting, sheet: Surface, rng: np.random.Generator, x: float, foot: float, reach: float) -> None:
    for way in (-1, -0.5, 0.5, 1):
        end = (x + way * reach, foot + reach * rng.uniform(0.08, 0.25))
        sheet.polygon(
            [(x + way * reach * 0.2, foot - reach * 0.5), end, (x + way * reach * 0.1, foot + reach * 0.12)],
            setting.light.colour((0.42, 0.33, 0.25), 0.35 + 0.3 * way * setting.light.side),
        )


def _beams(setting: Setting, layers: list[Painted]) -> None:
    """Slanting light between the trunks, as a veil of its own."""
    light = setting.light
    if light.night or light.weather not in ("clear", "fog"):
        return
    x, _ = sun(setting)
    sheet, rng = setting.sheet(), setting.rng("beams")
    mask = np.zeros((setting.height, setting.width), np.float32)
    for _ in range(7):
        top, foot = x + rng.normal(0, 0.18) * setting.width, x - light.side * setting.width * rng.uniform(0.2, 0.6)
        wide = setting.unit * rng.uniform(0.02, 0.07)
        cv2.fillPoly(
            mask,
            [
                np.array(
                    [
                        (top - wide, 0),
                        (top + wide, 0),
                        (foot + wide * 3, setting.height * 0.86),
                        (foot - wide * 3, setting.height * 0.86),
                    ],
                    np.int32,
                )
            ],
            float(rng.uniform(0.4, 1.0)),
        )
    mask = cv2.GaussianBlur(mask, (0, 0), setting.unit * 0.02) * (
        0.7 + 0.3 * fractal(rng, setting.height, setting.width, 90, 3)
    )
    fade = np.linspace(1.0, 0.0, setting.height, dtype=np.float32)[:, None]
    sheet.blend(scaled(mix(light.key, light.sky[3], 0.4), 1.05), mask * fade * 0.33)
    layers.append(Painted("beams", "near", 0.2, sheet))


def meadow(setting: Setting) -> list[Painted]:
    """Rolling hills of flowers under a big sky, a lone tree and a path."""
    unit, horizon = setting.unit, setting.horizon
    layers = sky(setting, 1.25)
    layers.append(
        Painted("mountains", "far", 0.9, ranges.mountains(setting, "range", horizon + 2, unit * 0.2, 0.92, snow=0.3))
    )
    hill = land.hills(setting, "back hill", horizon + unit * 0.02, unit * 0.16, 0.72, (0.46, 0.62, 0.3), 0.3)
    hill.over(land.hills(setting, "hill", horizon + unit * 0.07, unit * 0.15, 0.5, (0.50, 0.66, 0.30), 0.12))
    layers.append(Painted("hills", "mid", 0.66, hill))
    rng = setting.rng("field")
    top = horizon + unit * 0.06
    edge = (top + (line(rng, setting.width, unit * 0.8, 3) - 0.5) * unit * 0.06).astype(np.float32)
    grass = ground.field(setting, "grass", top - unit * 0.05, (0.44, 0.62, 0.26), (0.62, 0.70, 0.30), 0.3, 0.5, edge)
    ground.path(
        setting,
        grass,
        "way",
        top + unit * 0.01,
        (0.84, 0.72, 0.54),
        unit * 0.46,
        setting.x(0.6),
        setting.x(0.5),
        -unit * 0.16,
    )
    _drifts(setting, grass, top)
    layers.append(Painted("field", "ground", 0.45, grass))
    near = setting.sheet()
    ground.shadow(setting, grass, setting.x(0.83), setting.below(0.37), unit * 0.3, 0.55)
    plants.tree(
        setting,
        near,
        setting.rng("lone"),
        setting.x(0.83),
        setting.below(0.36),
        unit * 0.78,
        (0.38, 0.58, 0.24),
        0.16,
        0.5,
    )
    _fence(setting, near)
    plants.bush(
        setting,
        near,
        setting.rng("rose"),
        setting.x(0.04),
        setting.below(0.8),
        unit * 0.34,
        (0.34, 0.52, 0.26),
        0.04,
        plants.BLOSSOMS[4],
    )
    _bank(setting, near, "edge", setting.below(0.86), (0.42, 0.6, 0.26))
    layers.append(Painted("near flowers", "near", 0.22, near))
    return layers


def _drifts(setting: Setting, sheet: Surface, top: float) -> None:
    """Bands of flowers in the field, each of one colour, in spring and summer."""
    if setting.light.season in ("autumn", "winter"):
        return
    rng = setting.rng("drifts")
    for number, own in enumerate(
        (plants.BLOSSOMS[1], plants.BLOSSOMS[0], plants.BLOSSOMS[3], plants.BLOSSOMS[2], plants.BLOSSOMS[4])
    ):
        near = 0.06 + 0.17 * number
        spots = int(520 * (1 - 0.5 * near))
        centre = rng.uniform(0, setting.width)
        for x, spread in zip(centre + rng.normal(0, setting.width * 0.3, spots), rng.normal(0, 1, spots), strict=True):
            y = top + (setting.height - top) * (near + spread * 0.035 * (0.4 + 2 * near))
            if y > top + 2:
                plants.blossom(
                    sheet,
                    rng,
                    setting.light,
                    x % setting.width,
                    y,
                    setting.unit * (0.0022 + 0.011 * max(near, 0.02)) * rng.uniform(0.7, 1.3),
                    own,
                    0.4 * (1 - near),
                )


def _fence(setting: Setting, sheet: Surface) -> None:
    light, unit = setting.light, setting.unit
    posts = [
        (setting.x(x), setting.below(y), unit * s)
        for x, y, s in (
            (-0.01, 0.5, 0.2),
            (0.1, 0.44, 0.17),
            (0.19, 0.39, 0.145),
            (0.27, 0.35, 0.125),
            (0.34, 0.32, 0.11),
        )
    ]
    for (x0, y0, s0), (x1, y1, s1) in pairwise(posts):
        for share in (0.45, 0.8):
            sheet.stroke(
                [(x0, y0 - s0 * share), (x1, y1 - s1 * share)], light.colour((0.66, 0.55, 0.42), 0.8), unit * 0.011
            )
    for x, y, size in posts:
        sheet.patch(
            [(x - size * 0.07, y - size), (x + size * 0.07, y - size), (x + size * 0.07, y), (x - size * 0.07, y)],
            light.colour((0.70, 0.58, 0.44), 0.9),
            light.colour((0.5, 0.4, 0.3), 0.3),
            sideways=True,
        )
