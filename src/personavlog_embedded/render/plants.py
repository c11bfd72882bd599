"""Plants: trees with clustered crowns, pines, bushes, grass, flowers and the leaves that frame a view."""

from __future__ import annotations

import cv2
import numpy as np

from personavlog_embedded.render import season_colours
from personavlog_embedded.render.canvas import Colour, Surface, mix, scaled
from personavlog_embedded.render.light import Light
from personavlog_embedded.render.noise import Field, Rng
from personavlog_embedded.render.puffs import fluffy, spheres
from personavlog_embedded.render.setting import Setting

SNOW: Colour = (0.95, 0.97, 1.0)
BLOSSOMS: tuple[Colour, ...] = (
    (0.95, 0.38, 0.42),
    (0.98, 0.78, 0.25),
    (0.96, 0.93, 0.95),
    (0.72, 0.50, 0.88),
    (0.97, 0.58, 0.70),
    (0.98, 0.55, 0.25),
)


def _to(light: Light) -> tuple[float, float]:
    return 0.75 * light.side, 0.35 + 0.4 * light.height


def pine(sheet: Surface, rng: Rng, light: Light, x: float, foot: float, tall: float, own: Colour, depth: float) -> None:
    """A conifer in tiers."""
    tiers = max(4, min(9, int(tall / 9)))
    lean = light.side
    sheet.polygon(
        [(x - tall * 0.02, foot), (x + tall * 0.02, foot), (x, foot - tall * 0.3)],
        light.colour((0.32, 0.24, 0.2), 0.3, depth),
    )
    for tier in range(tiers):
        share = tier / tiers
        y, half = foot - tall * (0.1 + 0.78 * share), tall * 0.24 * (1 - share) ** 0.85 + tall * 0.02
        top = y - tall * 0.95 / tiers * 1.5
        jag = [
            (x + half * t + rng.normal(0, half * 0.06), y + (abs(t) * 0.25 + rng.uniform(-0.1, 0.22)) * tall / tiers)
            for t in np.linspace(1, -1, 7)
        ]
        cap = mix(own, SNOW, 0.75) if light.weather == "snow" else own
        sheet.polygon([(x, top), *jag], light.colour(own, 0.12 + 0.3 * share, depth))
        side = [point for point in jag if (point[0] - x) * lean >= -half * 0.15]
        if len(side) > 1:
            sheet.polygon(
                [(x + lean * half * 0.05, top), *side, (x + lean * half * 0.1, (y + top) / 2)],
                light.colour(cap, 0.55 + 0.3 * share, depth),
            )


def round_tree(
    sheet: Surface, rng: Rng, light: Light, x: float, foot: float, tall: float, own: Colour, depth: float
) -> None:
    """A small far broad-leaved tree of a few lit discs."""
    radius = tall * 0.36
    sheet.stroke([(x, foot), (x, foot - tall * 0.5)], light.colour((0.34, 0.26, 0.2), 0.3, depth), tall * 0.06)
    own = season_colours.leaf(light, own, rng)
    for lit, shift in ((0.12, 0.0), (0.45, 0.28), (0.85, 0.5)):
        for _ in range(7):
            angle, reach = rng.uniform(0, 6.28), rng.random() ** 0.5 * radius * (0.8 - shift * 0.55)
            px = x + np.cos(angle) * reach + light.side * radius * shift * 0.7
            py = foot - tall * 0.64 + np.sin(angle) * reach * 0.85 - radius * shift * 0.55
            size = radius * (0.55 - 0.28 * shift) * rng.uniform(0.7, 1.1)
            sheet.ellipse(px, py, size, size * 0.85, light.colour(own, lit, depth))


def tree(
    setting: Setting,
    sheet: Surface,
    rng: Rng,
    x: float,
    foot: float,
    tall: float,
    leaf: Colour,
    depth: float,
    spread: float = 0.42,
    bare: float = 0.42,
) -> None:
    """A near broad-leaved tree: trunk, boughs and a crown of lit leaf clumps; ``bare`` is the share of trunk without
    leaves."""
    light = setting.light
    trunk(sheet, rng, light, x, foot, tall * 0.75, tall * 0.035, depth)
    boughs = [
        (x + rng.normal(0, 1) * tall * spread * 0.45, foot - tall * rng.uniform(bare + 0.12, 0.92)) for _ in range(9)
    ]
    fork = (x, foot - tall * bare * 0.95)
    for bough in boughs[:6]:
        middle = ((fork[0] + bough[0]) / 2, (fork[1] + bough[1]) / 2 + tall * 0.04)
        sheet.stroke([fork, middle, bough], light.colour((0.36, 0.27, 0.2), 0.25, depth), max(1.0, tall * 0.012))
    if season_colours.bare(light):
        twigs(sheet, rng, light, fork, boughs, tall, depth)
        return
    crown(setting, sheet, rng, boughs, tall * spread * 0.5, leaf, depth)


def twigs(
    sheet: Surface,
    rng: Rng,
    light: Light,
    fork: tuple[float, float],
    boughs: list[tuple[float, float]],
    tall: float,
    depth: float = 0.06,
) -> None:
    """Boughs without leaves, forking three times; white from above in the snow."""
    bark, white = light.colour((0.36, 0.28, 0.22), 0.35, depth), light.colour(SNOW, 0.8, depth)

    def grow(start: tuple[float, float], angle: float, reach: float, left: int) -> None:
        end = (start[0] + np.cos(angle) * reach, start[1] + np.sin(angle) * reach)
        wide = max(1.0, tall * 0.004 * left)
        sheet.stroke([start, end], bark, wide)
        if light.weather == "snow" and abs(np.cos(angle)) > 0.35:
            sheet.stroke(
                [(start[0], start[1] - wide * 0.7), (end[0], end[1] - wide * 0.7)], white, max(1.0, wide * 0.8)
            )
        if left > 1:
            for turn in (-0.5, 0.1, 0.55):
                grow(end, angle + turn + rng.normal(0, 0.12), reach * rng.uniform(0.6, 0.8), left - 1)

    for x, y in boughs[:6]:
        sheet.stroke([fork, (x, y)], bark, max(1.0, tall * 0.012))
        grow((x, y), float(np.arctan2(y - fork[1], x - fork[0])), tall * 0.1, 4)


def trunk(
    sheet: Surface,
    rng: Rng,
    light: Light,
    x: float,
    foot: float,
    tall: float,
    half: float,
    depth: float,
    bark: Colour = (0.44, 0.34, 0.26),
) -> None:
    """A tapering trunk with bark strokes, lit from the light's side."""
    ys = np.linspace(0, 1, 9)
    sway = np.cumsum(rng.normal(0, half * 0.12, 9))
    wide = half * (1.0 - 0.55 * ys + 0.9 * np.exp(-ys * 14))
    left = [(x + s - w, foot - tall * t) for s, w, t in zip(sway, wide, ys, strict=True)]
    right = [(x + s + w, foot - tall * t) for s, w, t in zip(sway, wide, ys, strict=True)]
    lit, dim = light.colour(bark, 0.85, depth), light.colour(bark, 0.1, depth)
    sheet.patch(left + right[::-1], dim if light.side > 0 else lit, lit if light.side > 0 else dim, sideways=True)
    for _ in range(int(half * 3) + 4):
        t, across = rng.random() * 0.9, rng.uniform(-0.85, 0.85)
        px, py = x + float(np.interp(t, ys, sway)) + across * float(np.interp(t, ys, wide)), foot - tall * t
        length = tall * rng.uniform(0.03, 0.1)
        tone = light.colour(scaled(bark, rng.uniform(0.55, 1.2)), 0.5 + 0.4 * across * light.side, depth)
        sheet.stroke([(px, py), (px + rng.normal(0, half * 0.15), py - length)], tone, max(1, half * 0.08))


def crown(
    setting: Setting,
    sheet: Surface,
    rng: Rng,
    boughs: list[tuple[float, float]],
    radius: float,
    leaf: Colour,
    depth: float,
    density: float = 1.0,
) -> None:
    """Leaf clumps around the ends of boughs, painted as spheres and then dabbed with leaves from dark to light."""
    light, leaf = setting.light, season_colours.leaf(setting.light, leaf, rng)
    ends = np.asarray(boughs, np.float32)
    x0, y0 = (ends.min(0) - radius * 1.5).astype(int)
    x1, y1 = (ends.max(0) + radius * 1.5).astype(int)
    height, width = int(y1 - y0), int(x1 - x0)
    middle = ends.mean(0)
    puffs = []
    for end in ends:
        for _ in range(12):
            angle, reach = rng.uniform(0, 6.28), radius * rng.random() ** 0.6
            px, py = end[0] + np.cos(angle) * reach - x0, end[1] + np.sin(angle) * reach * 0.8 - y0
            puffs.append(
                (px, py, radius * rng.uniform(0.2, 0.42), (end[1] - middle[1]) * 0.2 + rng.normal(0, radius * 0.2))
            )
    cover, lit = spheres(height, width, np.array(puffs, np.float32), _to(light))
    cover, lit = fluffy(rng, cover, lit, radius * 0.16, radius * 0.09)
    grid_y, grid_x = np.mgrid[0:height, 0:width].astype(np.float32)
    whole = ((grid_x - (middle[0] - x0)) * light.side * 0.6 - (grid_y - (middle[1] - y0))) / (radius * 4.5) + 0.5
    lit = np.clip(0.62 * lit + 0.38 * np.clip(whole, 0, 1), 0, 1)
    _paint_leaves(sheet, rng, light, cover, lit, leaf, depth, int(x0), int(y0), radius, density)


def _paint_leaves(
    sheet: Surface,
    rng: Rng,
    light: Light,
    cover: Field,
    lit: Field,
    leaf: Colour,
    depth: float,
    left: int,
    top: int,
    radius: float,
    density: float,
) -> None:
    height, width = cover.shape
    tile = Surface(height, width)
    pale, snowy = min(leaf) > 0.6, light.weather == "snow"
    base = np.asarray(leaf, np.float32) * (0.82 if pale else 0.62)
    tile.blend(
        light.paint(base, np.clip(lit * (1.1 if snowy else 0.7), 0, 1), depth), np.clip(cover, 0, 1) * (cover > 0.35)
    )
    size = np.clip(radius * 0.042, 1.4, 8)
    count = int(min(8000, height * width / (size * size * 2.2)) * density) * (not snowy)
    xs, ys = rng.integers(0, width, count), rng.integers(0, height, count)
    keep = cover[ys, xs] > 0.3
    xs, ys = xs[keep], ys[keep]
    tone = np.clip((lit[ys, xs] - 0.3) * 1.75 + rng.normal(0, 0.1, len(xs)), 0, 1)
    order = np.argsort(tone, kind="stable")
    warm = leaf if pale else mix(leaf, (0.86, 0.80, 0.28), 0.22)
    for index in order:
        t = float(tone[index])
        own = mix(scaled(leaf, 0.84 if pale else 0.66), scaled(warm, 1.02), t)
        tile.ellipse(
            xs[index],
            ys[index],
            size * rng.uniform(0.7, 1.4),
            size * rng.uniform(0.4, 0.7),
            light.colour(own, t * t * (3 - 2 * t), depth),
            rng.uniform(0, 180),
        )
    _place(sheet, tile, left, top)


def _place(sheet: Surface, tile: Surface, left: int, top: int) -> None:
    y0, x0 = max(0, top), max(0, left)
    y1, x1 = min(sheet.height, top + tile.height), min(sheet.width, left + tile.width)
    if y1 <= y0 or x1 <= x0:
        return
    part = tile.pixels[y0 - top : y1 - top, x0 - left : x1 - left]
    target = sheet.pixels[y0:y1, x0:x1]
    inverse = (255 - part[..., 3:4]).astype(np.uint16)
    target[:] = np.minimum(part + (target * inverse + 127) // 255, 255).astype(np.uint8)


def bush(
    setting: Setting,
    sheet: Surface,
    rng: Rng,
    x: float,
    foot: float,
    size: float,
    leaf: Colour,
    depth: float,
    flowers: Colour | None = None,
) -> None:
    """A round bush ``size`` px wide standing on ``foot``, with blossoms if asked."""
    ends = [(x + rng.normal(0, size * 0.22), foot - size * rng.uniform(0.12, 0.42)) for _ in range(5)]
    crown(setting, sheet, rng, ends, size * 0.26, leaf, depth, 0.8)
    if flowers is not None and setting.light.season in ("spring", "summer"):
        for _ in range(26):
            px, py = x + rng.normal(0, size * 0.26), foot - size * rng.uniform(0.08, 0.62)
            blossom(sheet, rng, setting.light, px, py, max(1.6, size * 0.028), flowers, depth)


def grass(
    setting: Setting,
    sheet: Surface,
    rng: Rng,
    top: float,
    bottom: float,
    count: int,
    own: Colour,
    tall: float,
    depth: float = 0.1,
) -> None:
    """Blades between two heights (px), longer the nearer they are; ``tall`` is a near blade's length in px."""
    light = setting.light
    if light.weather == "snow":
        count //= 5
    own = season_colours.grass(light, own)
    ys = np.sort(top + (bottom - top) * rng.random(count))
    for y in ys:
        near = (y - top) / max(bottom - top, 1)
        x, length = rng.uniform(-10, setting.width + 10), tall * (0.25 + 0.75 * near) * rng.uniform(0.5, 1.15)
        bend = rng.normal(0.05, 0.3) * length
        tone = light.colour(_blade(rng, own, light), rng.random() ** 1.4, depth * (1 - near))
        half = max(0.7, length * 0.035)
        sheet.polygon(
            [
                (x - half, y),
                (x + half, y),
                (x + bend * 0.45 + half * 0.5, y - length * 0.6),
                (x + bend, y - length),
                (x + bend * 0.4 - half * 0.5, y - length * 0.6),
            ],
            tone,
        )


def _blade(rng: Rng, own: Colour, light: Light) -> Colour:
    tint = mix(own, (0.80, 0.78, 0.34), rng.random() * 0.4)
    return mix(tint, SNOW, 0.3 + 0.5 * rng.random()) if light.weather == "snow" else scaled(tint, rng.uniform(0.7, 1.2))


def blossom(sheet: Surface, rng: Rng, light: Light, x: float, y: float, size: float, own: Colour, depth: float) -> None:
    """One flower head of ``size`` px."""
    if size < 2.6:
        sheet.ellipse(x, y, size, size * 0.8, light.colour(own, rng.uniform(0.55, 1.0), depth))
        return
    turn, lit = rng.uniform(0, 1.2), rng.uniform(0.6, 1.0)
    for petal in range(5):
        angle = turn + petal * 1.2566
        px, py = x + np.cos(angle) * size * 0.62, y + np.sin(angle) * size * 0.48
        sheet.ellipse(
            px,
            py,
            size * 0.55,
            size * 0.4,
            light.colour(own, lit * (0.75 + 0.25 * rng.random()), depth),
            np.degrees(angle),
        )
    sheet.ellipse(x, y, size * 0.28, size * 0.24, light.colour((0.98, 0.80, 0.22), lit, depth))


def flowers(
    setting: Setting,
    sheet: Surface,
    rng: Rng,
    top: float,
    bottom: float,
    count: int,
    size: float,
    depth: float = 0.1,
    kinds: tuple[Colour, ...] = BLOSSOMS,
) -> None:
    """Flowers in drifts between two heights (px), larger the nearer; ``size`` px for the nearest."""
    if setting.light.season == "autumn":
        _fallen(setting, sheet, rng, top, bottom, count * 2, size, depth)
    if setting.light.season in ("autumn", "winter"):
        return
    drifts = rng.uniform(0, setting.width, 9)
    for y in np.sort(top + (bottom - top) * rng.random(count) ** 0.7):
        near = (y - top) / max(bottom - top, 1)
        drift = int(rng.integers(0, len(drifts)))
        x = (
            drifts[drift] + rng.normal(0, setting.width * 0.09)
            if rng.random() < 0.75
            else rng.uniform(0, setting.width)
        )
        if rng.random() < near:
            sheet.stroke(
                [(x, y + size * 2.2 * near), (x + rng.normal(0, 1), y)],
                setting.light.colour((0.32, 0.5, 0.22), 0.5, depth * (1 - near)),
                max(1, size * 0.14 * near),
            )
        blossom(
            sheet,
            rng,
            setting.light,
            x,
            y,
            size * (0.16 + 0.84 * near) * rng.uniform(0.7, 1.2),
            kinds[drift % len(kinds)],
            depth * (1 - near),
        )


def _fallen(
    setting: Setting, sheet: Surface, rng: Rng, top: float, bottom: float, count: int, size: float, depth: float
) -> None:
    """Leaves lying on the ground between two heights (px)."""
    for y in np.sort(top + (bottom - top) * rng.random(count) ** 0.8):
        near = (y - top) / max(bottom - top, 1)
        own, reach = (
            season_colours.AUTUMN[int(rng.integers(len(season_colours.AUTUMN)))],
            size * (0.2 + 0.9 * near) * rng.uniform(0.6, 1.1),
        )
        tone = setting.light.colour(own, rng.uniform(0.5, 1.0), depth * (1 - near))
        sheet.ellipse(rng.uniform(0, setting.width), y, reach, reach * 0.42, tone, rng.uniform(-40, 40))


def leaves(setting: Setting, corner: str, size: float, own: Colour = (0.28, 0.44, 0.22)) -> Surface:
    """A dark, soft branch hanging into the view from "left" or "right", about ``size`` px long."""
    rng, sheet = setting.rng(f"leaves {corner}"), setting.sheet()
    start, way = (-0.02 * setting.width, 1.0) if corner == "left" else (setting.width * 1.02, -1.0)
    for _ in range(5):
        y, reach, fall = (
            rng.uniform(-0.05, 0.12) * setting.height,
            size * rng.uniform(0.5, 1.0),
            size * rng.uniform(0.1, 0.4),
        )
        twig = [(start + way * reach * t, y + fall * t * t) for t in np.linspace(0, 1, 14)]
        sheet.stroke(twig, setting.light.colour((0.25, 0.18, 0.14), 0.2), max(2, size * 0.012))
        for px, py in twig:
            for _ in range(7):
                _leaf(
                    sheet,
                    rng,
                    setting.light,
                    px + rng.normal(0, size * 0.05),
                    py + rng.normal(0.02, 0.05) * size,
                    size * rng.uniform(0.035, 0.065),
                    own,
                )
    sheet.pixels[:] = cv2.GaussianBlur(sheet.pixels, (0, 0), setting.unit * 0.0022)
    return sheet


def _leaf(sheet: Surface, rng: Rng, light: Light, x: float, y: float, size: float, own: Colour) -> None:
    angle, tone = rng.uniform(0.2, 2.9), rng.random()
    along, across = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
    at = np.array([x, y])
    outline = [
        at,
        at + along * size * 0.5 + across * size * 0.3,
        at + along * size * 1.2,
        at + along * size * 0.5 - across * size * 0.3,
    ]
    colour = light.colour(mix(own, (0.66, 0.72, 0.25), 0.5 * tone), 0.15 + 0.7 * tone)
    sheet.polygon(np.array(outline), colour)
