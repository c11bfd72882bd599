"""An old shopping street between houses, with lamps, wires and a tower at its end."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render import facades, ground, land, passers_by, room_parts, streetlights
from personavlog_embedded.render.canvas import Colour, Surface, scaled
from personavlog_embedded.render.outdoor_camera import OutdoorCamera
from personavlog_embedded.render.palette import LAMP
from personavlog_embedded.render.setting import Painted, Setting, composite
from personavlog_embedded.render.sky import sky
from personavlog_embedded.render.streetlights import string_lights

STONE: Colour = (0.72, 0.68, 0.62)
WIDE = 0.95
"""Half a street's width, as ``facades.street`` takes it."""
RISE = 1.85
"""The height of its houses."""
STROLLERS = ((-1.1, 6.8), (0.9, 7.8), (-0.4, 9.2), (1.2, 10.4), (-1.2, 11.6), (0.3, 13.0), (1.0, 14.5), (-0.8, 16.0))
"""Metres from the middle of the street and ahead."""


def street(setting: Setting) -> list[Painted]:
    """An old-town street between shops, with lamps, wires and a tower at its end."""
    unit, horizon, way = setting.unit, setting.horizon, heading(setting)
    layers = sky(setting, 1.0)
    layers.append(Painted("far town", "far", 0.85, far_town(setting)))
    rows = setting.sheet()
    for side in (-1, 1):
        facades.street(setting, f"row {way} {side}", side, 1.75, 6.5, rows, WIDE, 4, rise=RISE)
    road = ground.paving(setting, "road", horizon + unit * 0.07, STONE, 0.22, depth=0.35, centre=setting.vanish)
    _pavements(setting, road)
    if setting.light.weather == "rain":
        ground.wet(setting, road, composite(setting, [*layers, Painted("", "mid", 0.5, rows)]), horizon + unit * 0.05)
    layers.append(Painted("road", "ground", 0.5, road))
    layers.append(Painted("far houses", "mid", 0.46, rows))
    people = setting.sheet()
    strollers(setting, people, "street")
    layers.append(Painted("crowd", "mid", 0.38, people))
    near = setting.sheet()
    for side in (-1, 1):
        facades.street(
            setting,
            f"near row {way} {side}",
            side,
            min(1.4, entry(setting, WIDE, side)),
            1.75,
            near,
            WIDE,
            3,
            rise=RISE,
        )
    rng = setting.rng(f"street things {way}")
    for x, foot, size in ((0.2, 0.6, 0.14), (0.805, 0.56, 0.13), (0.1, 0.86, 0.2), (0.92, 0.9, 0.22)):
        ground.shadow(setting, near, setting.beside(x), setting.below(foot), unit * size * 0.5)
        room_parts.pot(near, rng, setting.light, setting.beside(x), setting.below(foot), unit * size)
    for x, foot, size in ((0.35, 0.36, 0.46), (0.65, 0.36, 0.46), (0.17, 0.74, 0.92)):
        streetlights.lamp(near, setting.light, setting.beside(x), setting.below(foot), unit * size, 0.15)
    layers.append(Painted("near houses", "near", 0.28, near))
    wires = setting.sheet()
    for number, (y, sag) in enumerate(((0.16, 0.05), (0.29, 0.035))):
        string_lights(
            setting,
            wires,
            f"wire {number}",
            (setting.beside(0.12 + 0.13 * number), setting.y(y)),
            (setting.beside(0.88 - 0.12 * number), setting.y(y + 0.02)),
            unit * sag,
            13,
            flags=not setting.light.dark,
        )
    layers.append(Painted("garlands", "near", 0.24, wires))
    return layers


def strollers(setting: Setting, sheet: Surface, tag: str) -> None:
    """People in the street, far ones first, at the scale at which the viewer's subject fills two thirds of the
    frame."""
    view, rng = OutdoorCamera(setting), setting.rng(f"{tag} {setting.angle}")
    for x, far in STROLLERS[::-1]:
        scale = view.focal / far
        at = passers_by.PasserBy(
            setting.vanish + x * scale,
            setting.horizon + view.eye * scale,
            1.7 * scale,
            int(rng.integers(-1, 2)),
            view.depth(far),
        )
        passers_by.passer(sheet, np.random.default_rng(int(rng.integers(1 << 30))), view, at)


def heading(setting: Setting) -> str:
    """Which way along the street the viewer looks: other houses stand when one looks back."""
    return "back" if setting.angle == 3 else "ahead"


def entry(setting: Setting, wide: float, side: int) -> float:
    """The distance at which a wall ``wide`` units beside the viewer enters the sheet."""
    return setting.unit * wide / (setting.vanish if side < 0 else setting.width - setting.vanish) * 0.92


def far_town(setting: Setting) -> Surface:
    """What stands at the street's end: a hill, a church and low houses, or woods when one looks back."""
    light, unit, sheet = setting.light, setting.unit, setting.sheet()
    sheet.over(land.hills(setting, "town hill", setting.horizon + unit * 0.05, unit * 0.2, 0.8, trees=0.6))
    rng = setting.rng("church")
    if setting.angle == 3:
        sheet.over(land.treeline(setting, "lower town", setting.horizon + unit * 0.06, unit * 0.16, 0.6, pines=0.3))
        return sheet
    x, foot, wide, tall = setting.vanish, setting.horizon + unit * 0.09, unit * 0.055, unit * 0.34
    own: Colour = (0.86, 0.78, 0.66)
    for left, width, high in (
        (-2.4, 1.7, 0.34),
        (0.9, 1.9, 0.42),
        (-4.2, 1.8, 0.28),
        (2.9, 1.9, 0.3),
        (-0.9, 1.8, 1.0),
    ):
        x0, top = x + left * wide, foot - tall * high
        sheet.patch(
            [(x0, top), (x0 + width * wide, top), (x0 + width * wide, foot), (x0, foot)],
            light.colour(own, 0.85, 0.6),
            light.colour(own, 0.3, 0.6),
            sideways=True,
        )
        roof: Colour = (0.56, 0.34, 0.28) if light.weather != "snow" else (0.94, 0.95, 1.0)
        peak = tall * (0.42 if high == 1.0 else 0.14)
        sheet.patch(
            [(x0 - wide * 0.15, top), (x0 + width * wide / 2, top - peak), (x0 + width * wide + wide * 0.15, top)],
            light.colour(roof, 0.9, 0.55),
            light.colour(roof, 0.35, 0.55),
            sideways=True,
        )
        for _ in range(5):
            px, py = x0 + rng.uniform(0.2, 0.8) * width * wide, top + rng.uniform(0.1, 0.8) * (foot - top)
            glow = light.dark and rng.random() < 0.6
            sheet.rect(
                px - wide * 0.09,
                py - wide * 0.16,
                px + wide * 0.09,
                py + wide * 0.16,
                LAMP if glow else light.colour((0.3, 0.32, 0.38), 0.5, 0.6),
            )
    return sheet


def _pavements(setting: Setting, sheet: Surface) -> None:
    light, vanish = setting.light, setting.vanish
    for side in (-1, 1):
        kerb, house = setting.unit * WIDE * 0.66, setting.unit * WIDE * 1.06
        top, eye = setting.horizon, setting.height - setting.horizon
        far = 8.0
        outer = [(vanish + side * house / 0.7, top + eye / 0.7), (vanish + side * house / far, top + eye / far)]
        inner = [(vanish + side * kerb / far, top + eye / far), (vanish + side * kerb / 0.7, top + eye / 0.7)]
        lit = 0.85 if side * light.side < 0 else 0.25
        sheet.patch([*outer, *inner], light.colour(STONE, lit, 0.4), light.colour(scaled(STONE, 1.12), lit), alpha=0.55)
        sheet.stroke(inner, light.colour(scaled(STONE, 1.25), 0.9), max(2, setting.unit * 0.006))
