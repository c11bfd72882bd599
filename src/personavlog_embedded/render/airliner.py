"""A parked airliner, seen from its side."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render.canvas import Surface
from personavlog_embedded.render.setting import Setting


def airliner(setting: Setting, sheet: Surface, x: float, y: float, long: float) -> None:
    """An airliner ``long`` px from nose to tail around a point, nose to the left."""
    light, r, half = setting.light, long * 0.055, long / 2
    white, dim = light.colour((0.94, 0.95, 0.96), 0.95, 0.2), light.colour((0.80, 0.83, 0.87), 0.4, 0.2)
    grey, glass = (
        light.colour((0.60, 0.63, 0.68), 0.6, 0.2),
        (1.0, 0.88, 0.6) if light.dark else light.colour((0.25, 0.3, 0.38), 0.6, 0.2),
    )

    def at(along: float, up: float) -> tuple[float, float]:
        return x + half * along, y - r * up

    sheet.polygon([at(0.62, 1), at(0.8, 4.2), at(0.96, 4.2), at(0.94, 0.4)], light.colour((0.20, 0.42, 0.66), 0.8, 0.2))
    sheet.polygon(
        [at(-1, -0.3), at(-0.93, 0.5), at(-0.8, 1), at(0.7, 1), at(1, 0.6), at(0.66, -1), at(-0.85, -1)], white
    )
    sheet.polygon([at(-1, -0.3), at(1, 0.3), at(0.66, -1), at(-0.85, -1)], dim)
    sheet.polygon([at(-0.12, -0.5), at(0.18, -0.5), at(0.42, -1.6), at(0.3, -1.7)], grey)
    sheet.ellipse(*at(0.02, -1.4), r * 1.1, r * 0.55, grey)
    for px in np.arange(x - half * 0.74, x + half * 0.66, long * 0.026):
        sheet.rect(float(px), y - r * 0.42, float(px) + long * 0.011, y - r * 0.08, glass)
    for along in (-0.7, 0.12):
        sheet.stroke([at(along, -1), at(along, -2.2)], light.colour((0.3, 0.3, 0.32), 0.5, 0.2), max(1, r * 0.25))
