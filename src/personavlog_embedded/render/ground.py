"""The ground in perspective: texture that shrinks towards the horizon, paths, planks, paving, and what rain and snow
make of it."""

from __future__ import annotations

import cv2
import numpy as np

from personavlog_embedded.render import season_colours
from personavlog_embedded.render.canvas import Colour, Surface, scaled
from personavlog_embedded.render.noise import Field, Rng, fractal, smoothstep
from personavlog_embedded.render.setting import Setting

TILE = 512


def plan(setting: Setting, top: float, centre: float | None = None) -> tuple[Field, Field, Field]:
    """For every px below ``top``: ground coordinates across and along (in units of eye height) and nearness 0..1; (h,
    w) each."""
    rows = np.maximum(np.arange(setting.height, dtype=np.float32) - top, 0.75)[:, None]
    depth = (setting.height - top) / rows
    across = (
        (np.arange(setting.width, dtype=np.float32)[None, :] - (setting.width / 2 if centre is None else centre))
        / setting.unit
        * depth
    )
    near = np.clip(rows / (setting.height - top), 0, 1)
    return (
        across,
        np.broadcast_to(depth, across.shape).astype(np.float32),
        np.broadcast_to(near, across.shape).astype(np.float32),
    )


def grain(
    rng: Rng, across: Field, along: Field, near: Field, cell: float, octaves: int = 5, stretch: float = 1.0
) -> Field:
    """Noise lying on the ground, 0..1; ``cell`` is the grain in ground units; it fades to its mean where it would
    flicker."""
    tile = fractal(rng, TILE, TILE, TILE / 8, octaves, 0.6, stretch)
    scale = TILE / 8 / cell
    endless = np.pad(
        np.concatenate(
            [np.concatenate([tile, tile[:, ::-1]], 1), np.concatenate([tile[::-1], tile[::-1, ::-1]], 1)], 0
        ),
        ((0, 1), (0, 1)),
        mode="wrap",
    )
    period = np.float32(2 * TILE)
    sampled = cv2.remap(
        endless,
        np.mod(across * np.float32(scale), period),
        np.mod(along * np.float32(scale * 1.6), period),
        cv2.INTER_LINEAR,
    )
    return np.asarray(0.5 + (sampled - 0.5) * smoothstep(0.0, 0.22, near), np.float32)


def field(
    setting: Setting,
    tag: str,
    top: float,
    own: Colour,
    other: Colour,
    cell: float = 0.5,
    depth: float = 0.55,
    skyline: Field | None = None,
) -> Surface:
    """Open ground from ``top`` px down, between two colours, with cloud shadows; ``skyline`` (w,) px makes its far edge
    uneven."""
    rng, light, sheet = setting.rng(tag), setting.light, setting.sheet()
    own, other = season_colours.ground(light, own), season_colours.ground(light, other)
    across, along, near = plan(setting, top)
    fine, broad = grain(rng, across, along, near, cell), grain(rng, across, along, near, cell * 6, 3, 2.0)
    share = np.clip(0.5 * fine + 0.5 * broad, 0, 1)[..., None]
    colour = np.asarray(own, np.float32) + (np.asarray(other, np.float32) - np.asarray(own, np.float32)) * smoothstep(
        0.3, 0.7, share
    )
    colour = colour * (0.86 + 0.28 * fine[..., None])
    colour = weathered(setting, colour, fine)
    lit = np.clip(0.35 + 0.65 * smoothstep(0.32, 0.6, broad) + (fine - 0.5) * 0.3, 0, 1)
    edge = np.full(setting.width, top, np.float32) if skyline is None else skyline
    rows = np.arange(setting.height, dtype=np.float32)[:, None]
    sheet.blend(light.paint(colour, lit, depth * (1 - near) ** 1.5), np.clip(rows - edge[None, :] + 0.5, 0, 1))
    return sheet


def weathered(setting: Setting, colour: Field, fine: Field) -> Field:
    """What snow and rain make of the ground's own ``colour`` (h, w, 3); ``fine`` (h, w) is its grain."""
    if setting.light.weather == "snow":
        return np.asarray(
            colour
            + (np.asarray((0.93, 0.95, 1.0), np.float32) - colour)
            * np.clip(0.86 + 0.3 * (fine - 0.5), 0, 1)[..., None],
            np.float32,
        )
    if setting.light.weather == "rain":
        return colour * 0.8
    return colour


def path(
    setting: Setting,
    sheet: Surface,
    tag: str,
    top: float,
    own: Colour,
    wide: float,
    vanish: float,
    foot: float,
    bend: float = 0.0,
) -> None:
    """A way from ``foot`` (px at the lower edge) to ``vanish`` (px at ``top``), ``wide`` px below; ``bend`` swings it
    sideways (px)."""
    rng, light = setting.rng(tag), setting.light
    across, along, near = plan(setting, top)
    fine = grain(rng, across, along, near, 0.25)
    middle = vanish + (foot - vanish) * near + bend * np.sin(near * np.pi)
    columns = np.arange(setting.width, dtype=np.float32)[None, :]
    half = wide / 2 * near + 1
    away = np.abs(columns - middle) / half + (fine - 0.5) * 0.28
    mask = smoothstep(1.05, 0.92, away) * (np.arange(setting.height)[:, None] >= top)
    colour = weathered(setting, np.asarray(own, np.float32) * (0.84 + 0.32 * fine[..., None]), fine)
    lit = np.clip(0.75 + (fine - 0.5) * 0.6 - 0.25 * smoothstep(0.6, 1.0, away), 0, 1)
    sheet.blend(light.paint(colour, lit, 0.5 * (1 - near)), mask)


def paving(
    setting: Setting,
    tag: str,
    top: float,
    own: Colour,
    size: float = 0.35,
    joint: float = 0.06,
    planks: bool = False,
    depth: float = 0.5,
    centre: float | None = None,
) -> Surface:
    """Stones, tiles or (``planks``) boards to the vanishing point; ``size`` in ground units; wet and shining in
    rain."""
    rng, light, sheet = setting.rng(tag), setting.light, setting.sheet()
    across, along, near = plan(setting, top, centre)
    row = np.floor(along / (size * (6 if planks else 1)))
    column = across / size + (0 if planks else (row % 2) * 0.5)
    cells = rng.random((64, 64), dtype=np.float32)
    tone = cells[row.astype(int) % 64, np.floor(column).astype(int) % 64]
    fine = grain(rng, across, along, near, 0.12, 4, 0.3 if planks else 1.0)
    gap = np.minimum(column % 1, 1 - column % 1)
    gap2 = np.minimum((along / (size * (6 if planks else 1))) % 1, 1 - (along / (size * (6 if planks else 1))) % 1) * (
        6 if planks else 1
    )
    seam = smoothstep(0.0, joint, np.minimum(gap, gap2)) * smoothstep(0.02, 0.3, near) + (
        1 - smoothstep(0.02, 0.3, near)
    )
    colour = (
        np.asarray(own, np.float32)
        * (0.8 + 0.3 * tone + 0.2 * (fine - 0.5))[..., None]
        * (0.55 + 0.45 * seam)[..., None]
    )
    colour = weathered(setting, colour, fine)
    broad = grain(rng, across, along, near, 2.5, 3, 2.0)
    lit = np.clip(0.4 + 0.6 * smoothstep(0.3, 0.62, broad), 0, 1)
    sheet.blend(
        light.paint(colour, lit, depth * (1 - near) ** 1.5),
        (np.arange(setting.height, dtype=np.float32)[:, None] >= top) * np.ones((1, setting.width), np.float32),
    )
    return sheet


def shadow(setting: Setting, sheet: Surface, x: float, y: float, reach: float, strength: float = 0.4) -> None:
    """The soft shadow of something standing at ``x``, ``y``, drawn away from the light."""
    tall, wide = int(reach * 0.5), int(reach * 2.4)
    grid_y, grid_x = np.mgrid[-tall : tall + 1, -wide : wide + 1].astype(np.float32)
    drift = -setting.light.side * reach * 0.55
    away = np.hypot((grid_x - drift) / (reach * 1.25), (grid_y - reach * 0.03) / (reach * 0.26))
    weather = 1.0 if setting.light.weather == "clear" else 0.6
    sheet.blend(
        scaled(setting.light.shade, 0.35),
        smoothstep(1.0, 0.25, away) * strength * weather,
        int(y) - tall,
        int(x) - wide,
    )


def wet(setting: Setting, sheet: Surface, behind: Surface, top: float, strength: float = 0.55) -> None:
    """Lay a smeared mirror image of ``behind`` on the ground, as after rain."""
    rng = setting.rng("wet")
    across, along, near = plan(setting, top)
    puddle = smoothstep(0.42, 0.6, grain(rng, across, along, near, 1.2, 4, 2.0)) * 0.7 + 0.3
    image = mirrored(setting, behind, top, 5.0)
    sheet.tint(image, puddle * strength * (0.35 + 0.65 * (1 - near)) * (np.arange(setting.height)[:, None] >= top))


def mirrored(setting: Setting, behind: Surface, top: float, smear: float) -> Field:
    """``behind`` upside down below ``top``, blurred downwards by ``smear`` px; (h, w, 3) 0..1."""
    rows = np.clip(2 * top - np.arange(setting.height), 0, setting.height - 1).astype(int)
    image = behind.pixels[rows, :, :3].astype(np.float32) / 255
    return np.asarray(cv2.GaussianBlur(image, (0, 0), sigmaX=0.6 + smear * 0.2, sigmaY=smear), np.float32)
