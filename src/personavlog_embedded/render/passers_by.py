"""People in the middle distance: small, but of their own build, clothes and step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from personavlog_embedded.render.canvas import Colour, Surface, mix, scaled
from personavlog_embedded.render.noise import Rng
from personavlog_embedded.render.outdoor_camera import OutdoorCamera

Tone = Callable[[Colour, float], Colour]
"""A colour as the place's light shows it, lit from 0 to 1."""
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
    (0.72, 0.70, 0.68),
    (0.18, 0.13, 0.12),
)
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


@dataclass(frozen=True)
class PasserBy:
    """One passer-by: foot in px, height in px, the way they go (-1 left, 1 right, 0 towards or away) and their haze
    depth."""

    x: float
    foot: float
    tall: float
    way: int
    depth: float


def crowd(view: OutdoorCamera, sheet: Surface, tag: str, spots: list[tuple[float, float]]) -> None:
    """Walking people at world spots (x, z), far ones first; nobody nearer than three metres, nobody when nothing of
    them is seen."""
    rng = view.setting.rng(f"{tag} crowd")
    people = [(spot, int(rng.integers(1 << 30))) for spot in spots]
    for (x, z), seed in sorted(people, key=lambda entry: -view.far(*entry[0])):
        if view.far(x, z) > 3.0 and view.visible(x, z):
            own = np.random.default_rng(seed)
            at, foot = view.ground(x, z)
            tall = view.scale(x, z) * (1.72 + own.normal(0, 0.09)) * (0.66 if own.random() < 0.1 else 1.0)
            passer(sheet, own, view, PasserBy(at, foot, tall, int(own.integers(-1, 2)), view.depth(view.far(x, z))))


@dataclass(frozen=True)
class Look:
    """What a passer-by looks like: colours, whether they wear a ``dress``, how ``broad`` they are."""

    skin: Colour
    hair: Colour
    top: Colour
    trousers: Colour
    dress: bool
    broad: float

    @staticmethod
    def draw(rng: Rng) -> Look:
        """By chance."""
        skin, hair, top, trousers = (kinds[int(rng.integers(len(kinds)))] for kinds in (SKINS, HAIRS, TOPS, BOTTOMS))
        return Look(skin, hair, top, trousers, bool(rng.random() < 0.3), rng.uniform(0.9, 1.12))


def passer(sheet: Surface, rng: Rng, view: OutdoorCamera, body: PasserBy) -> None:
    """One person: shadow, legs in mid-step, coat, arms, head, hair; an umbrella in rain or snow."""
    light, look = view.setting.light, Look.draw(rng)

    def tone(own: Colour, lit: float) -> Colour:
        return light.colour(own, lit, body.depth)

    _shadow(sheet, view, body)
    _legs(sheet, body, look, body.tall * rng.uniform(0.05, 0.13) * (1 if body.way else 0.45), tone)
    _far_arm(sheet, body, look, tone)
    _coat(sheet, body, look, light.side < 0, tone)
    hand = _near_arm(sheet, body, look, body.way * body.tall * rng.uniform(-0.05, 0.08), tone)
    _head(sheet, rng, body, (tone(look.skin, 0.8), tone(look.skin, 0.25), tone(look.hair, 0.4)))
    if rng.random() < 0.4:
        _bag(sheet, hand, body.tall, TOPS[int(rng.integers(len(TOPS)))], tone)
    if light.weather in ("rain", "snow") and rng.random() < 0.75:
        _umbrella(sheet, rng, view, body)


def _legs(sheet: Surface, body: PasserBy, look: Look, stride: float, tone: Tone) -> None:
    t = body.tall
    hip, cloth = (body.x, body.foot - t * 0.49), look.skin if look.dress else look.trousers
    for way, lit in ((-1, 0.35), (1, 0.7)):
        end = (body.x + way * stride, body.foot - (t * 0.02 if way < 0 else 0))
        knee = ((hip[0] + end[0]) / 2 + body.way * t * 0.02, (hip[1] + end[1]) / 2)
        widths = (t * 0.05 * look.broad, t * 0.036, t * 0.026)
        _limb(sheet, [hip, knee, (end[0], end[1] - t * 0.03)], widths, tone(cloth, lit))
        shoe = tone(scaled(look.trousers, 0.5), 0.5)
        sheet.ellipse(end[0] + body.way * t * 0.02, end[1] - t * 0.015, t * 0.036, t * 0.018, shoe)


def _far_arm(sheet: Surface, body: PasserBy, look: Look, tone: Tone) -> None:
    t = body.tall
    arm = [
        (body.x - body.way * t * 0.04, body.foot - t * 0.79),
        (body.x - body.way * t * 0.085 - t * 0.07, body.foot - t * 0.62),
        (body.x + t * (-0.08 - 0.03 * body.way), body.foot - t * 0.47),
    ]
    _limb(sheet, arm, (t * 0.03, t * 0.026, t * 0.02), tone(scaled(look.top, 0.8), 0.3))


def _coat(sheet: Surface, body: PasserBy, look: Look, lit_left: bool, tone: Tone) -> None:
    t, broad = body.tall, look.broad
    low = body.foot - t * (0.3 if look.dress else 0.45)
    flare = 0.13 if look.dress else 0.085
    outline = [
        (body.x - t * 0.075 * broad, body.foot - t * 0.83),
        (body.x + t * 0.075 * broad, body.foot - t * 0.83),
        (body.x + t * 0.095 * broad, body.foot - t * 0.72),
        (body.x + t * 0.07 * broad, body.foot - t * 0.6),
        (body.x + t * flare * broad, low),
        (body.x - t * flare * broad, low),
        (body.x - t * 0.07 * broad, body.foot - t * 0.6),
        (body.x - t * 0.095 * broad, body.foot - t * 0.72),
    ]
    bright, dim = tone(look.top, 0.85), tone(scaled(look.top, 0.8), 0.2)
    left, right = (bright, dim) if lit_left else (dim, bright)
    sheet.patch(outline, left, right, sideways=True)


def _near_arm(sheet: Surface, body: PasserBy, look: Look, swing: float, tone: Tone) -> tuple[float, float]:
    """The arm before the coat, and where its hand is."""
    t = body.tall
    hand = (body.x + t * 0.1 + swing, body.foot - t * 0.46)
    arm = [
        (body.x + t * 0.085 * look.broad, body.foot - t * 0.79),
        (body.x + t * 0.115 + swing * 0.4, body.foot - t * 0.63),
        hand,
    ]
    _limb(sheet, arm, (t * 0.032, t * 0.027, t * 0.02), tone(look.top, 0.6))
    sheet.ellipse(*hand, t * 0.019, t * 0.022, tone(look.skin, 0.7))
    return hand


def _bag(sheet: Surface, hand: tuple[float, float], t: float, own: Colour, tone: Tone) -> None:
    bag = [
        (hand[0] - t * 0.05, hand[1] + t * 0.03),
        (hand[0] + t * 0.05, hand[1] + t * 0.03),
        (hand[0] + t * 0.06, hand[1] + t * 0.15),
        (hand[0] - t * 0.06, hand[1] + t * 0.15),
    ]
    sheet.patch(bag, tone(own, 0.7), tone(scaled(own, 0.7), 0.3))


def _shadow(sheet: Surface, view: OutdoorCamera, body: PasserBy) -> None:
    light, t = view.setting.light, body.tall
    strength = 0.42 if light.weather == "clear" else 0.28
    wide, tall = max(3, int(t * 0.5)), max(2, int(t * 0.06))
    grid_y, grid_x = np.mgrid[-tall : tall + 1, -wide : wide + 1].astype(np.float32)
    away = np.hypot((grid_x + light.side * t * 0.16) / (t * 0.28), grid_y / (t * 0.04))
    sheet.blend(
        scaled(light.shade, 0.3), np.clip(1.4 - away * 1.4, 0, 1) * strength, int(body.foot) - tall, int(body.x) - wide
    )


def _limb(sheet: Surface, joints: list[tuple[float, float]], halves: tuple[float, ...], colour: Colour) -> None:
    points, wide = np.asarray(joints), np.asarray(halves)
    along = np.gradient(points, axis=0)
    across = np.stack([-along[:, 1], along[:, 0]], 1) / np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-6)
    sheet.polygon(np.concatenate([points + across * wide[:, None], (points - across * wide[:, None])[::-1]]), colour)
    sheet.ellipse(points[0][0], points[0][1], wide[0], wide[0], colour)


def _head(sheet: Surface, rng: Rng, body: PasserBy, tones: tuple[Colour, Colour, Colour]) -> None:
    lit, dim, hair = tones
    t, y, x = body.tall, body.foot - body.tall * 0.925, body.x + body.way * body.tall * 0.012
    long, behind = rng.random() < 0.45, body.way == 0 and rng.random() < 0.5
    sheet.rect(body.x - t * 0.022, body.foot - t * 0.87, body.x + t * 0.022, body.foot - t * 0.82, dim)
    if long:
        sheet.ellipse(x - body.way * t * 0.03, y + t * 0.035, t * 0.056, t * 0.09, hair)
    sheet.ellipse(x, y, t * 0.05, t * 0.065, hair if behind else lit)
    sheet.ellipse(x - body.way * t * 0.016, y - t * 0.026, t * 0.056, t * 0.05, hair)
    if rng.random() < 0.2:
        sheet.ellipse(x, y - t * 0.05, t * 0.085, t * 0.02, scaled(hair, 1.4))


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
