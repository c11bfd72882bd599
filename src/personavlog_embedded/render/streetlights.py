"""Lamps on posts and bulbs on wires."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render.canvas import Surface
from personavlog_embedded.render.light import Light
from personavlog_embedded.render.palette import CLOTHS, LAMP
from personavlog_embedded.render.setting import Setting


def lamp(sheet: Surface, light: Light, x: float, foot: float, tall: float, depth: float = 0.2) -> None:
    """A street lamp, burning after dark."""
    iron = light.colour((0.2, 0.22, 0.24), 0.4, depth)
    sheet.stroke([(x, foot), (x, foot - tall * 0.86)], iron, max(2, tall * 0.018))
    sheet.rect(x - tall * 0.025, foot - tall * 0.06, x + tall * 0.025, foot, iron)
    y, size = foot - tall * 0.92, tall * 0.045
    if light.dark:
        sheet.glow(x, y, tall * (0.34 if light.night else 0.22), LAMP, 0.65)
    glass = (1.0, 0.93, 0.72) if light.dark else light.colour((0.85, 0.88, 0.86), 0.8, depth)
    sheet.polygon(
        [(x - size * 0.6, y + size), (x - size, y - size), (x + size, y - size), (x + size * 0.6, y + size)], glass
    )
    sheet.polygon([(x - size * 1.2, y - size), (x, y - size * 2), (x + size * 1.2, y - size)], iron)


def string_lights(
    setting: Setting,
    sheet: Surface,
    tag: str,
    start: tuple[float, float],
    end: tuple[float, float],
    sag: float,
    count: int = 14,
    flags: bool = False,
) -> None:
    """Bulbs, or by day paper flags, on a sagging wire."""
    rng, light = setting.rng(tag), setting.light
    ts = np.linspace(0, 1, count * 2 + 1)
    points = [
        (start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t + sag * 4 * t * (1 - t)) for t in ts
    ]
    sheet.stroke(points, light.colour((0.2, 0.18, 0.18), 0.3), max(1, setting.unit * 0.0025))
    size = setting.unit * 0.009
    for x, y in points[1::2]:
        if flags:
            own = CLOTHS[int(rng.integers(len(CLOTHS)))]
            sheet.polygon(
                [(x - size * 1.6, y), (x + size * 1.6, y), (x + rng.normal(0, size * 0.3), y + size * 4)],
                light.colour(own, rng.uniform(0.5, 1.0)),
            )
            continue
        if light.dark:
            sheet.glow(x, y + size, size * 7, LAMP, 0.55)
        sheet.ellipse(
            x, y + size, size * 0.8, size, (1.0, 0.92, 0.68) if light.dark else light.colour((0.95, 0.9, 0.75), 0.9)
        )
