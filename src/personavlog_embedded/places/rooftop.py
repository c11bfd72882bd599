"""A planted roof terrace high over the city."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render import facades, ground, plants, ranges, room_parts, skyline, warp_tile
from personavlog_embedded.render.canvas import Colour, Surface, mix, scaled
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.sky import sky
from personavlog_embedded.render.streetlights import string_lights


def rooftop(setting: Setting) -> list[Painted]:
    """A planted roof terrace high over the city."""
    unit, horizon, light = setting.unit, setting.horizon, setting.light
    layers = sky(setting, 0.9)
    far = ranges.mountains(setting, "ridge", horizon + unit * 0.02, unit * 0.13, 0.96, snow=0.0)
    far.over(skyline.skyline(setting, "far city", horizon + unit * 0.1, unit * 0.34, 0.86))
    layers.append(Painted("far city", "far", 0.9, far))
    layers.append(
        Painted(
            "city",
            "mid",
            0.68,
            skyline.skyline(setting, "city", horizon + unit * 0.3, unit * 0.5, 0.55, (0.70, 0.66, 0.64), 1.2),
        )
    )
    roofs = setting.sheet()
    _roofs(setting, roofs)
    layers.append(Painted("roofs", "mid", 0.5, roofs))
    deck = ground.paving(setting, "deck", setting.below(0.52), (0.66, 0.52, 0.40), 0.16, planks=True, depth=0.1)
    deck.pixels[: int(setting.below(0.62))] = 0
    layers.append(Painted("deck", "ground", 0.38, deck))
    near = setting.sheet()
    _parapet(setting, near)
    rng = setting.rng("pots")
    for x, foot, size in (
        (0.06, 0.95, 0.52),
        (0.17, 0.84, 0.32),
        (0.87, 0.84, 0.34),
        (0.96, 0.97, 0.56),
        (0.76, 0.78, 0.2),
    ):
        ground.shadow(setting, near, setting.x(x), setting.below(foot), unit * size * 0.32)
        room_parts.pot(near, rng, light, setting.x(x), setting.below(foot), unit * size)
    for x in (0.02, 0.98):
        near.stroke(
            [(setting.x(x), setting.below(0.9)), (setting.x(x), setting.y(0.14))],
            light.colour((0.3, 0.26, 0.24), 0.5),
            unit * 0.014,
        )
    string_lights(
        setting,
        near,
        "terrace a",
        (setting.x(0.02), setting.y(0.15)),
        (setting.x(0.98), setting.y(0.15)),
        unit * 0.13,
        17,
    )
    string_lights(
        setting,
        near,
        "terrace b",
        (setting.x(0.02), setting.y(0.15)),
        (setting.x(0.55), setting.y(-0.02)),
        unit * 0.08,
        9,
    )
    layers.append(Painted("terrace", "near", 0.25, near))
    return layers


def _parapet(setting: Setting, sheet: Surface) -> None:
    light, unit, top, foot = setting.light, setting.unit, setting.below(0.42), setting.below(0.64)
    for x in np.arange(0, setting.width, unit * 0.055):
        sheet.stroke([(x, top), (x, foot)], light.colour((0.26, 0.27, 0.3), 0.5), max(1, unit * 0.005))
    sheet.patch(
        [
            (0, top - unit * 0.012),
            (setting.width, top - unit * 0.012),
            (setting.width, top + unit * 0.012),
            (0, top + unit * 0.012),
        ],
        light.colour((0.56, 0.42, 0.32), 1.0),
        light.colour((0.42, 0.3, 0.24), 0.3),
    )
    sheet.patch(
        [
            (0, foot - unit * 0.02),
            (setting.width, foot - unit * 0.02),
            (setting.width, foot + unit * 0.01),
            (0, foot + unit * 0.01),
        ],
        light.colour((0.7, 0.66, 0.62), 0.9),
        light.colour((0.5, 0.47, 0.45), 0.3),
    )


def _roofs(setting: Setting, sheet: Surface) -> None:
    """Nearer houses seen from above: walls, tiled roofs, tanks and aerials."""
    rng, light, unit = setting.rng("roofs"), setting.light, setting.unit
    for row in range(3):
        foot, x = setting.below(0.32 + 0.2 * row), -unit * rng.uniform(0, 0.2)
        while x < setting.width:
            wide, tall, depth = unit * rng.uniform(0.2, 0.36), unit * rng.uniform(0.1, 0.2), 0.4 - 0.12 * row
            wall = facades.WALLS[int(rng.integers(len(facades.WALLS)))]
            front = facades.Front(0.7, depth, wall, facades.TRIMS[int(rng.integers(5))], 2, False)
            body = facades.facade(rng, light, int(tall * 1.6), int(wide), front)
            warp_tile.warp_tile(
                sheet,
                body,
                [(x, foot - tall), (x + wide, foot - tall), (x + wide, foot + tall * 0.6), (x, foot + tall * 0.6)],
            )
            tiles: Colour = ((0.66, 0.36, 0.28), (0.44, 0.44, 0.48), (0.36, 0.46, 0.46), (0.60, 0.46, 0.36))[
                int(rng.integers(4))
            ]
            tiles = mix(tiles, plants.SNOW, 0.85) if light.weather == "snow" else tiles
            rise = tall * rng.uniform(0.35, 0.7)
            sheet.patch(
                [
                    (x - wide * 0.04, foot - tall),
                    (x + wide * 0.12, foot - tall - rise),
                    (x + wide * 0.88, foot - tall - rise),
                    (x + wide * 1.04, foot - tall),
                ],
                light.colour(tiles, 0.95, depth),
                light.colour(scaled(tiles, 0.8), 0.55, depth),
            )
            for share in np.linspace(0.15, 0.9, 5):
                y = foot - tall - rise * share
                sheet.stroke(
                    [(x - wide * (0.04 - 0.16 * share), y), (x + wide * (1.04 - 0.16 * share), y)],
                    light.colour(scaled(tiles, 0.75), 0.6, depth),
                    1,
                )
            _aerial(sheet, rng, setting, x + wide * rng.uniform(0.3, 0.7), foot - tall - rise * 0.6, unit * 0.09, depth)
            x += wide * rng.uniform(1.0, 1.25)


def _aerial(
    sheet: Surface, rng: np.random.Generator, setting: Setting, x: float, foot: float, tall: float, depth: float
) -> None:
    light = setting.light
    if rng.random() < 0.4:
        own: Colour = (0.62, 0.48, 0.38)
        sheet.patch(
            [
                (x - tall * 0.3, foot - tall * 0.9),
                (x + tall * 0.3, foot - tall * 0.9),
                (x + tall * 0.3, foot - tall * 0.25),
                (x - tall * 0.3, foot - tall * 0.25),
            ],
            light.colour(own, 0.95, depth),
            light.colour(own, 0.2, depth),
            sideways=True,
        )
        sheet.polygon(
            [(x - tall * 0.34, foot - tall * 0.9), (x, foot - tall * 1.2), (x + tall * 0.34, foot - tall * 0.9)],
            light.colour(scaled(own, 0.8), 0.7, depth),
        )
        for at in (-0.24, 0.24):
            sheet.stroke(
                [(x + at * tall, foot - tall * 0.25), (x + at * tall, foot)],
                light.colour(scaled(own, 0.5), 0.4, depth),
                max(1, tall * 0.05),
            )
        return
    sheet.stroke([(x, foot), (x, foot - tall)], light.colour((0.3, 0.3, 0.33), 0.4, depth), 1)
    for share in (0.7, 0.82, 0.94):
        sheet.stroke(
            [(x - tall * 0.25, foot - tall * share), (x + tall * 0.25, foot - tall * share)],
            light.colour((0.3, 0.3, 0.33), 0.4, depth),
            1,
        )
