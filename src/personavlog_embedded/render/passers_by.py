"""People in the middle distance: figures drawn beforehand (``data/passers_by.npz``, by ``tools/pack_passers.py``), in
clothes, skin and hair of their own and in the place's light."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels
from personavlog_embedded import data
from personavlog_embedded.render.canvas import Colour, Surface, mix, scaled
from personavlog_embedded.render.light import Light
from personavlog_embedded.render.noise import Field, Rng
from personavlog_embedded.render.outdoor_camera import OutdoorCamera

SKINS: tuple[Colour, ...] = (
    (0.96, 0.80, 0.68),
    (0.88, 0.68, 0.54),
    (0.70, 0.50, 0.38),
    (0.46, 0.31, 0.24),
    (0.92, 0.74, 0.60),
)
HAIRS: tuple[Colour, ...] = (
    (0.13, 0.11, 0.11),
    (0.28, 0.18, 0.12),
    (0.52, 0.36, 0.20),
    (0.18, 0.13, 0.12),
    (0.72, 0.70, 0.68),
)
"""The last one is for those over ``GREYING`` years."""
GREYING = 45
TOPS: tuple[Colour, ...] = (
    (0.80, 0.34, 0.28),
    (0.92, 0.88, 0.80),
    (0.28, 0.42, 0.56),
    (0.86, 0.66, 0.30),
    (0.42, 0.52, 0.38),
    (0.55, 0.36, 0.48),
    (0.30, 0.31, 0.36),
    (0.62, 0.74, 0.78),
)
BOTTOMS: tuple[Colour, ...] = (
    (0.24, 0.28, 0.40),
    (0.20, 0.20, 0.23),
    (0.62, 0.54, 0.42),
    (0.40, 0.32, 0.28),
    (0.46, 0.50, 0.54),
)


METRE, FOOT = 300 / 1.68, 16
"""Px of a metre in the sprites, and from their lower edge to the ground."""
SIDE, FRONT, BACK = range(3)
SHADE, LIT, INK = 0.66, 1.06, 0.5
"""Tones of the sprites, in parts of the own colour: in shade, in light, and under which a line is dark."""


@dataclass(frozen=True)
class PasserBy:
    """One passer-by: foot in px, height of a grown person there in px, the way they go (-1 left, 1 right, 0 towards or
    away) and their haze depth."""

    x: float
    foot: float
    tall: float
    way: int
    depth: float


@dataclass(frozen=True, eq=False)
class Sprites:
    """(n, h, w) each: ``label`` (0 nothing, 1 skin, 2 hair, 3 top, 4 what is over it, 5 legs, 6 shoes),
    ``tone`` in percent of the own colour; ``ink`` (n, 3 h / 4, w, 4) is the pen's face, ``way`` (n,) SIDE (to the
    right), FRONT or BACK; ``tall`` (n,) metres, ``years`` (n,)."""

    label: NDArray[np.uint8]
    tone: NDArray[np.uint8]
    ink: Pixels
    way: NDArray[np.uint8]
    tall: NDArray[np.float32]
    years: NDArray[np.float32]


@lru_cache(maxsize=1)
def sprites() -> Sprites:
    """All that are packed; read once a process."""
    with np.load(io.BytesIO(data.file("passers_by.npz").read_bytes())) as held:
        return Sprites(*(held[name] for name in ("label", "tone", "ink", "way", "tall", "years")))


def crowd(view: OutdoorCamera, sheet: Surface, tag: str, spots: list[tuple[float, float]]) -> None:
    """Walking people at world spots (x, z), far ones first; nobody nearer than three metres, nobody when nothing of
    them is seen."""
    rng = view.setting.rng(f"{tag} crowd")
    people = [(spot, int(rng.integers(1 << 30))) for spot in spots]
    for (x, z), seed in sorted(people, key=lambda entry: -view.far(*entry[0])):
        if view.far(x, z) > 3.0 and view.visible(x, z):
            own = np.random.default_rng(seed)
            at, foot = view.ground(x, z)
            tall = view.scale(x, z) * (1.72 + own.normal(0, 0.06))
            passer(sheet, own, view, PasserBy(at, foot, tall, int(own.integers(-1, 2)), view.depth(view.far(x, z))))


def passer(sheet: Surface, rng: Rng, view: OutdoorCamera, body: PasserBy) -> None:
    """One person with their shadow; an umbrella in rain or snow."""
    light = view.setting.light
    kinds = (SIDE,) if body.way else (FRONT, BACK)
    number = int(rng.choice(np.flatnonzero(np.isin(sprites().way, kinds))))
    _shadow(sheet, view, body)
    scale = body.tall / 1.72 / METRE
    drawn = _sized(_painted(number, rng, light, body.depth), scale, flipped=body.way < 0)
    h, w = drawn.shape[:2]
    top, left = round(body.foot + FOOT * scale - h), round(body.x - w / 2)
    sheet.blend(drawn[..., :3] / np.maximum(drawn[..., 3:], 1e-3), drawn[..., 3], top, left)
    if light.weather in ("rain", "snow") and rng.random() < 0.75:
        high = float(sprites().tall[number]) / 1.72 * body.tall
        _umbrella(sheet, rng, view, PasserBy(body.x, body.foot, high, body.way, body.depth))


def _painted(number: int, rng: Rng, light: Light, depth: float) -> Field:
    """(h, w, 4) premultiplied, 0 to 1: a sprite in colours by chance and in this light."""
    own, label = sprites(), sprites().label[number]
    hairs = HAIRS if own.years[number] > GREYING else HAIRS[:-1]
    skin, hair, legs = (kinds[int(rng.integers(len(kinds)))] for kinds in (SKINS, hairs, BOTTOMS))
    top, over = (TOPS[int(k)] for k in rng.permutation(len(TOPS))[:2])
    table = np.array([(0, 0, 0), skin, hair, top, over, legs, scaled(legs, 0.55)], np.float32)
    tone = own.tone[number].astype(np.float32) / 100
    line = np.clip(tone / INK, 0.25, 1)[..., None]
    lit = np.clip((tone - SHADE) / (LIT - SHADE), 0, 1)
    paint = light.paint(table[label] * line, lit, depth)
    ink = own.ink[number]
    pen, share = light.paint(ink[..., :3] / np.float32(255), lit[: len(ink)], depth), ink[..., 3:] / np.float32(255)
    paint[: len(ink)] += (pen - paint[: len(ink)]) * share
    cover = (label > 0).astype(np.float32)[..., None]
    return np.asarray(np.concatenate([paint * cover, cover], 2), np.float32)


def _sized(painted: Field, scale: float, *, flipped: bool) -> Field:
    size = tuple(max(2, round(side * scale)) for side in painted.shape[1::-1])
    small = cv2.resize(painted, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    return np.ascontiguousarray(small[:, ::-1] if flipped else small)


def _shadow(sheet: Surface, view: OutdoorCamera, body: PasserBy) -> None:
    light, t = view.setting.light, body.tall
    strength = 0.42 if light.weather == "clear" else 0.28
    wide, tall = max(3, int(t * 0.5)), max(2, int(t * 0.06))
    grid_y, grid_x = np.mgrid[-tall : tall + 1, -wide : wide + 1].astype(np.float32)
    away = np.hypot((grid_x + light.side * t * 0.16) / (t * 0.28), grid_y / (t * 0.04))
    sheet.blend(
        scaled(light.shade, 0.3), np.clip(1.4 - away * 1.4, 0, 1) * strength, int(body.foot) - tall, int(body.x) - wide
    )


def _umbrella(sheet: Surface, rng: Rng, view: OutdoorCamera, body: PasserBy) -> None:
    light, t = view.setting.light, body.tall
    own, x, y = TOPS[int(rng.integers(len(TOPS)))], body.x + t * 0.05, body.foot - t * 1.02
    sheet.stroke(
        [(x, y), (x + t * 0.02, body.foot - t * 0.55)],
        light.colour((0.2, 0.2, 0.22), 0.4, body.depth),
        max(1, t * 0.012),
    )
    arc = [(x + t * 0.3 * np.cos(a), y + t * 0.17 * np.sin(a)) for a in np.linspace(np.pi, 2 * np.pi, 13)]
    scallops = [(x + t * 0.3 * s, y + t * (0.0 if n % 2 else 0.025)) for n, s in enumerate(np.linspace(1, -1, 9))]
    cap = mix(own, (0.95, 0.97, 1.0), 0.6) if light.weather == "snow" else own
    sheet.patch([*arc, *scallops], light.colour(cap, 0.9, body.depth), light.colour(scaled(own, 0.7), 0.4, body.depth))
    for s in (-0.35, 0.2):
        sheet.stroke([(x, y - t * 0.17), (x + t * 0.3 * s, y)], light.colour(scaled(own, 0.6), 0.4, body.depth), 1)
