"""House fronts in town: walls, windows, shops, awnings, rows along a street."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from personavlog_embedded.render.canvas import Colour, Surface, mix, scaled
from personavlog_embedded.render.light import Light
from personavlog_embedded.render.noise import Rng, fractal
from personavlog_embedded.render.palette import CLOTHS, LAMP
from personavlog_embedded.render.setting import Setting
from personavlog_embedded.render.streetlights import lamp
from personavlog_embedded.render.warp_tile import warp_tile

WALLS: tuple[Colour, ...] = (
    (0.93, 0.84, 0.68),
    (0.87, 0.66, 0.52),
    (0.80, 0.78, 0.72),
    (0.72, 0.79, 0.78),
    (0.92, 0.76, 0.70),
    (0.86, 0.85, 0.80),
    (0.78, 0.60, 0.48),
)
TRIMS: tuple[Colour, ...] = (
    (0.30, 0.44, 0.42),
    (0.48, 0.30, 0.24),
    (0.30, 0.38, 0.52),
    (0.36, 0.45, 0.30),
    (0.55, 0.28, 0.26),
)
CREAM: Colour = (0.96, 0.93, 0.86)


@dataclass(frozen=True)
class Front:
    """How a facade is painted: ``lit`` 0 shadow side .. 1 sun side, ``depth`` for the haze, ``shop`` on the ground
    floor."""

    lit: float
    depth: float
    wall: Colour
    trim: Colour
    storeys: int = 3
    shop: bool = True


def facade(rng: Rng, light: Light, height: int, width: int, front: Front) -> Surface:
    """One house front as a flat tile: plaster, windows with shutters, cornice, and a shop below."""
    tile = Surface(height, width)
    stain = 0.88 + 0.24 * fractal(rng, height, width, height * 0.22, 5, 0.55)
    top, foot = (
        light.colour(front.wall, front.lit, front.depth),
        light.colour(scaled(front.wall, 0.86), front.lit * 0.85, front.depth),
    )
    tile.patch([(0, 0), (width, 0), (width, height), (0, height)], top, foot, stain)
    ground = height * (1.25 / (front.storeys + 0.4)) if front.shop else 0
    storey = (height * 0.95 - ground) / max(front.storeys - (1 if front.shop else 0), 1)
    columns = max(1, round(width / (storey * 0.72)))
    y = height * 0.05
    while y + storey * 0.9 < height - ground:
        for column in range(columns):
            window(
                tile,
                rng,
                light,
                (column + 0.5) * width / columns,
                y + storey * 0.52,
                storey * 0.34,
                storey * 0.56,
                front,
            )
        y += storey
    for share in (0.0, 0.035):
        tile.rect(
            0,
            height * share,
            width,
            height * (share + 0.018),
            light.colour(scaled(front.wall, 1.08 - share * 8), front.lit, front.depth),
        )
    if front.shop:
        _shop(tile, rng, light, height - ground, front)
    return tile


def window(
    tile: Surface, rng: Rng, light: Light, x: float, y: float, width: float, height: float, front: Front
) -> None:
    """A window around ``x``, ``y`` with frame, glass, sill and now and then shutters or a flower box."""
    half, tall = width / 2, height / 2
    frame = light.colour(CREAM, front.lit, front.depth)
    if rng.random() < 0.5:
        _shutters(tile, x, y, half, tall, light.colour(front.trim, front.lit, front.depth))
    tile.rect(x - half * 1.12, y - tall * 1.08, x + half * 1.12, y + tall * 1.06, frame)
    shine = light.dark and rng.random() < (0.62 if light.night else 0.4)
    _glass(tile, light, x, y, half, tall, front.depth, shine)
    tile.stroke([(x, y - tall), (x, y + tall)], frame, max(1, width * 0.06))
    tile.stroke([(x - half, y - tall * 0.2), (x + half, y - tall * 0.2)], frame, max(1, width * 0.06))
    tile.rect(x - half * 1.3, y + tall * 1.04, x + half * 1.3, y + tall * 1.16, scaled(frame, 0.9))
    if rng.random() < 0.35:
        _flower_box(tile, rng, light, x, y, half, tall, front.depth)


def _shutters(tile: Surface, x: float, y: float, half: float, tall: float, trim: Colour) -> None:
    for way in (-1, 1):
        tile.rect(x + way * half * 1.02, y - tall, x + way * half * 1.75, y + tall, trim)
        for slat in np.linspace(-0.85, 0.85, 7):
            level = y + tall * slat
            tile.stroke([(x + way * half * 1.1, level), (x + way * half * 1.68, level)], scaled(trim, 0.75), 1)


def _glass(
    tile: Surface, light: Light, x: float, y: float, half: float, tall: float, depth: float, shine: bool
) -> None:
    """A lamp behind it, or the sky in it."""
    upper, lower = (
        (mix(LAMP, (1, 0.9, 0.66), 0.4), scaled(LAMP, 0.85))
        if shine
        else (mix(light.sky[1], (0.1, 0.16, 0.24), 0.45), light.colour((0.16, 0.22, 0.3), 0.4, depth))
    )
    pane = [(x - half, y - tall), (x + half, y - tall), (x + half, y + tall), (x - half, y + tall)]
    tile.patch(pane, mix(upper, light.haze, light.veil(depth) * 0.7), lower)
    if not shine:
        gleam = [
            (x - half * 0.9, y + tall * 0.3),
            (x + half * 0.2, y - tall),
            (x + half * 0.75, y - tall),
            (x - half * 0.9, y + tall * 0.9),
        ]
        tile.patch(gleam, light.sky[2], light.sky[2], alpha=0.35)


def _flower_box(
    tile: Surface, rng: Rng, light: Light, x: float, y: float, half: float, tall: float, depth: float
) -> None:
    for _ in range(22):
        bloom = ((0.92, 0.35, 0.36), (0.95, 0.75, 0.3), (0.9, 0.6, 0.75))[int(rng.integers(3))]
        leaf = mix((0.28, 0.46, 0.2), bloom, float(rng.random() > 0.55))
        tile.ellipse(
            x + rng.uniform(-1.2, 1.2) * half,
            y + tall * rng.uniform(0.85, 1.15),
            2 * half * 0.07,
            2 * half * 0.055,
            light.colour(leaf, rng.random(), depth),
        )


def _shop(tile: Surface, rng: Rng, light: Light, top: float, front: Front) -> None:
    width, height = tile.width, tile.height
    tall = height - top
    cloth = CLOTHS[int(rng.integers(len(CLOTHS)))]
    tile.patch(
        [(0, top), (width, top), (width, height), (0, height)],
        light.colour(front.trim, front.lit, front.depth),
        light.colour(scaled(front.trim, 0.7), front.lit, front.depth),
    )
    warm = light.dark or light.weather in ("rain", "snow")
    glass = (
        (mix(LAMP, (1.0, 0.92, 0.72), 0.5), scaled(LAMP, 0.8))
        if warm
        else (mix((0.24, 0.28, 0.3), light.sky[2], 0.35), light.colour((0.3, 0.24, 0.2), 0.5))
    )
    panes = max(2, int(width / (tall * 0.62)))
    door = int(rng.integers(panes))
    for pane in range(panes):
        x0, x1 = (pane + 0.08) * width / panes, (pane + 0.92) * width / panes
        low = height * 0.995 if pane == door else height - tall * 0.2
        tile.patch([(x0, top + tall * 0.3), (x1, top + tall * 0.3), (x1, low), (x0, low)], *glass)
        for _ in range(9):
            size = tall * rng.uniform(0.04, 0.1)
            x, y = rng.uniform(x0 + size, max(x1 - size, x0 + size + 1)), low - tall * rng.choice([0.03, 0.2])
            if pane != door:
                tile.ellipse(x, y - size, size * 0.7, size, light.colour(CLOTHS[int(rng.integers(len(CLOTHS)))], 0.6))
    tile.rect(
        width * 0.05,
        top + tall * 0.02,
        width * 0.95,
        top + tall * 0.13,
        light.colour(mix(front.trim, CREAM, 0.75), front.lit, front.depth),
    )
    for number in range(int(width / (tall * 0.12))):
        x = width * 0.12 + number * tall * 0.12
        if x < width * 0.86 and rng.random() < 0.8:
            tile.rect(
                x,
                top + tall * 0.05,
                x + tall * rng.uniform(0.04, 0.09),
                top + tall * 0.1,
                light.colour(front.trim, front.lit * 0.7, front.depth),
            )
    awning(tile, light, 0, width, top + tall * 0.14, tall * 0.26, cloth, front.lit, front.depth)


def awning(
    tile: Surface, light: Light, x0: float, x1: float, top: float, drop: float, cloth: Colour, lit: float, depth: float
) -> None:
    """A striped awning with a scalloped edge."""
    stripes = max(4, int((x1 - x0) / (drop * 0.55)) // 2 * 2 + 1)
    step = (x1 - x0) / stripes
    for number in range(stripes):
        own = cloth if number % 2 == 0 else CREAM
        left, right = x0 + number * step, x0 + (number + 1) * step
        tile.patch(
            [(left, top), (right, top), (right, top + drop * 0.8), (left, top + drop * 0.8)],
            light.colour(own, min(1, lit + 0.2), depth),
            light.colour(own, lit * 0.65, depth),
        )
        tile.ellipse((left + right) / 2, top + drop * 0.8, step / 2, drop * 0.2, light.colour(own, lit * 0.6, depth))


@dataclass(frozen=True)
class House:
    """One house of a street: from distance ``near`` to ``far`` (1 is at the lens), ``tall`` px at the lens."""

    near: float
    far: float
    storeys: int
    wall: Colour
    trim: Colour
    tall: float
    seed: int


def street(
    setting: Setting,
    tag: str,
    side: int,
    near: float,
    far: float,
    sheet: Surface,
    wide: float = 0.62,
    houses: int = 4,
    shop: bool = True,
    rise: float = 1.35,
) -> None:
    """A row of houses along one side (-1 left, 1 right), from distance ``near`` to ``far`` (1 is at the lens), drawn
    far to near."""
    rng = setting.rng(tag)
    cuts = np.geomspace(near, far, houses + 1) * np.concatenate([[1], rng.uniform(0.94, 1.06, houses - 1), [1]])
    row = [_house(rng, cuts[number], cuts[number + 1], setting.unit * rise) for number in range(houses)]
    for house in reversed(row):
        _along(setting, sheet, house, side, wide, shop)


def _house(rng: Rng, near: float, far: float, unit: float) -> House:
    storeys = int(rng.integers(2, 5))
    wall, trim = WALLS[int(rng.integers(len(WALLS)))], TRIMS[int(rng.integers(len(TRIMS)))]
    tall = unit * (0.34 + 0.2 * storeys) * rng.uniform(0.9, 1.1)
    return House(near, far, storeys, wall, trim, tall, int(rng.integers(1 << 30)))


def _along(setting: Setting, sheet: Surface, house: House, side: int, wide: float, shop: bool) -> None:
    """One house along the side of a street: its front in perspective, its roof and the gable that shows over the
    nearer house."""
    light, unit, own = setting.light, setting.unit, np.random.default_rng(house.seed)
    vanish, eye = setting.vanish, (setting.height - setting.horizon) * 1.0
    z0, z1 = house.near, house.far
    depth, lit = min(0.75, 0.1 + 0.16 * (z0 - 1)), 0.85 if side * light.side < 0 else 0.3
    size = int(min(900, max(120, house.tall / z0 * 1.1)))
    broad = max(40, int(size * min(1.6, (z1 - z0) * unit * wide * 1.9 / house.tall)))
    tile = facade(own, light, size, broad, Front(lit, depth, house.wall, house.trim, house.storeys, shop))
    xs = [vanish + side * unit * wide / z for z in (z0, z1)]
    tops, feet = [setting.horizon - house.tall / z for z in (z0, z1)], [setting.horizon + eye / z for z in (z0, z1)]
    _roof(sheet, own, light, (xs[0], tops[0]), (xs[1], tops[1]), side, unit * 0.16, z0, z1, lit, depth)
    gable = vanish + side * unit * (wide + 1.2) / z0
    sheet.patch(
        [(gable, tops[0]), (xs[0], tops[0]), (xs[0], feet[0]), (gable, feet[0])],
        light.colour(scaled(house.wall, 0.9), 0.75 - lit * 0.5, depth),
        light.colour(scaled(house.wall, 0.75), 0.6 - lit * 0.4, depth),
    )
    left, right = (0, 1) if side < 0 else (1, 0)
    corners = [(xs[left], tops[left]), (xs[right], tops[right]), (xs[right], feet[right]), (xs[left], feet[left])]
    warp_tile(sheet, tile, corners)


def across(setting: Setting, sheet: Surface, foot: float, tall: float) -> None:
    """Houses on the other side of a street, seen from the front."""
    rng, light, x = setting.rng("across"), setting.light, -setting.unit * 0.1
    while x < setting.width:
        wide, high = setting.unit * rng.uniform(0.26, 0.4), tall * rng.uniform(0.75, 1.1)
        front = Front(
            0.6,
            0.35,
            WALLS[int(rng.integers(len(WALLS)))],
            TRIMS[int(rng.integers(len(TRIMS)))],
            int(rng.integers(2, 4)),
        )
        tile = facade(rng, light, int(high), int(wide), front)
        warp_tile(sheet, tile, [(x, foot - high), (x + wide, foot - high), (x + wide, foot), (x, foot)])
        roof = (0.95, 0.97, 1.0) if light.weather == "snow" else (0.60, 0.38, 0.30)
        sheet.patch(
            [
                (x - 4, foot - high),
                (x + wide * 0.1, foot - high - tall * 0.2),
                (x + wide * 0.9, foot - high - tall * 0.2),
                (x + wide + 4, foot - high),
            ],
            light.colour(roof, 0.9, 0.35),
            light.colour(roof, 0.5, 0.35),
        )
        if rng.random() < 0.5:
            lamp(sheet, light, x + wide, foot + setting.unit * 0.03, tall * 0.62, 0.25)
        x += wide


def _roof(
    sheet: Surface,
    rng: Rng,
    light: Light,
    near: tuple[float, float],
    far: tuple[float, float],
    side: int,
    tall: float,
    z0: float,
    z1: float,
    lit: float,
    depth: float,
) -> None:
    tiles: Colour = ((0.66, 0.36, 0.28), (0.44, 0.40, 0.42), (0.56, 0.42, 0.34))[int(rng.integers(3))]
    tiles = mix(tiles, (0.95, 0.97, 1.0), 0.85) if light.weather == "snow" else tiles
    over = side * -0.02
    ridge_near, ridge_far = (
        (near[0] + side * tall * 1.2 / z0, near[1] - tall / z0),
        (far[0] + side * tall * 1.2 / z1, far[1] - tall / z1),
    )
    eave_near, eave_far = (
        (near[0] + over * tall * 8 / z0, near[1] + tall * 0.06 / z0),
        (far[0] + over * tall * 8 / z1, far[1] + tall * 0.06 / z1),
    )
    sheet.patch(
        [eave_near, eave_far, ridge_far, ridge_near],
        light.colour(tiles, min(1, lit + 0.25), depth),
        light.colour(scaled(tiles, 0.8), lit * 0.8, depth),
    )
    for share in np.linspace(0.1, 0.9, 6):
        a = (
            eave_near[0] + (ridge_near[0] - eave_near[0]) * share,
            eave_near[1] + (ridge_near[1] - eave_near[1]) * share,
        )
        b = (eave_far[0] + (ridge_far[0] - eave_far[0]) * share, eave_far[1] + (ridge_far[1] - eave_far[1]) * share)
        sheet.stroke([a, b], light.colour(scaled(tiles, 0.72), lit, depth), 1)
