"""What grows in a place in metres: groves, single trees, bushes, grass at the viewer's feet."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from personavlog_embedded.render import ground, plants
from personavlog_embedded.render.canvas import Colour, Surface, scaled
from personavlog_embedded.render.outdoor_camera import OutdoorCamera

LEAF: Colour = (0.36, 0.55, 0.26)
Spot = tuple[float, float]


def scatter(
    view: OutdoorCamera, tag: str, count: int, ring: tuple[float, float], centre: Spot = (0.0, 8.0)
) -> list[Spot]:
    """World spots all around ``centre`` between two radii, metres."""
    rng = view.setting.rng(f"scatter {tag}")
    angles, radii = rng.uniform(0, 2 * np.pi, count), ring[0] + (ring[1] - ring[0]) * rng.random(count) ** 0.7
    return [
        (float(centre[0] + r * np.sin(a)), float(centre[1] + r * np.cos(a))) for a, r in zip(angles, radii, strict=True)
    ]


def in_view(view: OutdoorCamera, spots: Sequence[Spot], tall: float) -> list[tuple[int, Spot]]:
    """Those in view with their numbers, far ones first."""
    return sorted(
        ((n, at) for n, at in enumerate(spots) if view.visible(*at, tall * 0.5) and view.far(*at) > 2.5),
        key=lambda entry: -view.far(*entry[1]),
    )


def trees(
    view: OutdoorCamera,
    sheet: Surface,
    tag: str,
    spots: Sequence[Spot],
    tall: float,
    leaf: Colour = LEAF,
    pines: float = 0.0,
    floor: Surface | None = None,
) -> None:
    """Trees ``tall`` metres high or a little less; ``pines`` is the share of conifers; their shadows go into
    ``floor``."""
    setting = view.setting
    for number, (x, z) in in_view(view, spots, tall):
        rng = setting.rng(f"{tag} {number}")
        (px, foot), depth = view.ground(x, z), view.depth(view.far(x, z))
        high, own = tall * rng.uniform(0.75, 1.05) * view.scale(x, z), scaled(leaf, rng.uniform(0.85, 1.15))
        if floor is not None:
            ground.shadow(setting, floor, px, foot, high * 0.2, 0.5)
        if rng.random() < pines:
            plants.pine(sheet, rng, setting.light, px, foot, high, scaled(own, 0.86), depth)
        elif high > setting.unit * 0.22:
            plants.tree(setting, sheet, rng, px, foot, high, own, depth)
        else:
            plants.round_tree(sheet, rng, setting.light, px, foot, high, own, depth)


def bushes(
    view: OutdoorCamera,
    sheet: Surface,
    tag: str,
    spots: Sequence[Spot],
    size: float,
    leaf: Colour = LEAF,
    blossom: Colour | None = None,
    floor: Surface | None = None,
) -> None:
    """Bushes about ``size`` metres wide."""
    setting = view.setting
    for number, (x, z) in in_view(view, spots, size):
        rng = setting.rng(f"{tag} bush {number}")
        (px, foot), wide = view.ground(x, z), size * rng.uniform(0.7, 1.2) * view.scale(x, z)
        if floor is not None:
            ground.shadow(setting, floor, px, foot, wide * 0.45, 0.45)
        if wide > 14:
            plants.bush(setting, sheet, rng, px, foot, wide, leaf, view.depth(view.far(x, z)), blossom)
        else:
            plants.round_tree(sheet, rng, setting.light, px, foot + wide * 0.3, wide, leaf, view.depth(view.far(x, z)))


def turf(
    view: OutdoorCamera,
    sheet: Surface,
    tag: str,
    count: int,
    own: Colour,
    tall: float = 0.16,
    start: float = 0.18,
    flowers: int = 0,
) -> None:
    """Blades (and ``flowers``) on the ground from a share of the way below the horizon to the lower edge; ``tall``
    metres."""
    setting = view.setting
    rng, top = setting.rng(f"turf {tag} {setting.angle}"), setting.below(start)
    plants.grass(
        setting,
        sheet,
        rng,
        top,
        setting.height * 1.03,
        round(count * setting.width / 1500),
        own,
        tall * setting.unit * 0.6,
        0.4,
    )
    if flowers or setting.light.season == "autumn":
        flowers = max(flowers, count // 8) if setting.light.season == "autumn" else flowers
        plants.flowers(setting, sheet, rng, top, setting.height * 1.02, flowers, setting.unit * 0.014, 0.4)
