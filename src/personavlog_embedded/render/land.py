"""What lies far away before the mountains: hills, far trees and the haze between them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from personavlog_embedded.render import season_colours
from personavlog_embedded.render.canvas import Colour, Surface
from personavlog_embedded.render.noise import Field, fractal, line, smoothstep
from personavlog_embedded.render.plants import pine, round_tree
from personavlog_embedded.render.setting import Setting


def below_line(setting: Setting, ridge: NDArray[np.floating], soft: float = 1.2) -> Field:
    """Mask (h, w) of what lies under a skyline given in px from the top."""
    rows = np.arange(setting.height, dtype=np.float32)[:, None]
    return np.asarray(np.clip((rows - ridge[None, :]) / soft + 0.5, 0, 1), np.float32)


def _band(setting: Setting, ridge: NDArray[np.floating], base: float) -> tuple[int, int]:
    """The px rows that are painted: from the highest peak to a little below the feet."""
    top = min(max(0, int(ridge.min()) - 3), setting.height - 3)
    return top, max(top + 3, min(setting.height, int(max(base, float(ridge.max())) + setting.unit * 0.05) + 3))


def _filled(sheet: Surface, bottom: int) -> None:
    """What is below the painted rows goes on as they end."""
    sheet.pixels[bottom:] = sheet.pixels[bottom - 1]


def hills(
    setting: Setting,
    tag: str,
    base: float,
    rise: float,
    depth: float,
    grass: Colour = (0.42, 0.58, 0.30),
    trees: float = 0.5,
    gaps: float = 0.0,
) -> Surface:
    """Soft green hills; ``trees`` is the share covered by woods, ``gaps`` how far valleys sink below ``base``."""
    rng, light, sheet = setting.rng(tag), setting.light, setting.sheet()
    profile = setting.panorama(rng, setting.unit * 0.8, 3, 0.4)
    ridge = base - rise * ((1 + gaps * 1.6) * profile - gaps)
    top, bottom = _band(setting, ridge - setting.unit * 0.05, base)
    tall = bottom - top
    wood = fractal(rng, tall, setting.width, 60, 4, stretch=2.5)
    crest = smoothstep(1 - trees - 0.1, 1 - trees + 0.12, wood)
    bumps = line(rng, setting.width, 9 + 14 * (1 - depth), 3, 0.6)
    on_top = crest[np.clip(ridge.astype(int) - top, 0, tall - 1), np.arange(setting.width)]
    ridge = ridge - on_top * bumps * setting.unit * 0.035 * (1.3 - depth)
    leaves = fractal(rng, tall, setting.width, 14 + 16 * (1 - depth), 3, 0.6)
    lit = np.clip(0.72 + 0.5 * (fractal(rng, tall, setting.width, 160, 3, stretch=2) - 0.5), 0, 1)
    lit = lit * (1 - crest) + np.clip(leaves * 1.3 - 0.2, 0, 1) * crest
    own = _grass(setting, grass)
    field = own + (_woods(setting, own) - own) * crest[..., None]
    field = field * (0.92 + 0.16 * leaves[..., None])
    rows = np.arange(top, bottom, dtype=np.float32)[:, None]
    sink = np.clip((rows - ridge[None, :]) / max(rise * 1.4, 1), 0, 1)
    sheet.blend(
        light.paint(field, lit, np.clip(depth + 0.22 * sink, 0, 1)), below_line(setting, ridge)[top:bottom], top
    )
    _filled(sheet, bottom)
    return sheet


def _grass(setting: Setting, own: Colour) -> Field:
    colour = np.asarray(season_colours.grass(setting.light, own), np.float32)
    return colour + (np.asarray((0.93, 0.95, 0.98), np.float32) - colour) * (
        0.8 if setting.light.weather == "snow" else 0.0
    )


def _woods(setting: Setting, grass: Field) -> Field:
    """The woods on a hill: darker than its grass, red and gold in autumn."""
    if setting.light.season == "autumn":
        return np.asarray((0.78, 0.44, 0.20), np.float32)
    return np.asarray(grass * np.asarray((0.6, 0.78, 0.66), np.float32), np.float32)


def treeline(
    setting: Setting,
    tag: str,
    base: float,
    rise: float,
    depth: float,
    leaf: Colour = (0.30, 0.46, 0.26),
    pines: float = 0.5,
) -> Surface:
    """A far edge of woods standing on ``base`` px, up to ``rise`` px tall; ``pines`` is the share of pointed crowns."""
    rng, light, sheet = setting.rng(f"{tag} {setting.angle}"), setting.light, setting.sheet()
    count = int(setting.width / max(rise * 0.26, 3))
    for x in np.sort(rng.uniform(-10, setting.width + 10, count)):
        tall = rise * rng.uniform(0.55, 1.0)
        shade = 0.8 + 0.4 * rng.random()
        own: Colour = (leaf[0] * shade, leaf[1] * shade, leaf[2] * shade)
        foot = base + rng.uniform(0, rise * 0.08)
        if rng.random() < pines:
            pine(sheet, rng, light, x, foot, tall, own, depth)
        else:
            round_tree(sheet, rng, light, x, foot, tall * 0.8, own, depth)
    return sheet
