"""Skies as each school of animation paints them: the vault's gradient, heaps of cloud in the school's tones, stars and
what else is its own.

A sky is painted on the canvas in place of the world's, after the network, whose washes would spoil it; sun and moon
keep their places.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import cv2
import numpy as np

from personavlog.media.arrays import Pixels
from personavlog_embedded.render.noise import Field, Rng, fractal, smoothstep
from personavlog_embedded.render.puffs import spheres
from personavlog_embedded.scene.stage import Layer

MIRROR = 0.42
"""How much of the vault's colour water takes."""
GRAIN = 2
"""Clouds are modelled at this fraction of the size; their borders are cut at full size, so that they are crisp."""


@dataclass(frozen=True)
class Hour:
    """One hour of a school's sky, colours as hexadecimal RGB: ``vault`` from zenith to horizon, ``cloud`` from the lit
    side over the half tone to the shade."""

    vault: tuple[str, str, str, str]
    cloud: tuple[str, str, str]


@dataclass(frozen=True)
class School:
    """``heaps`` clouds of ``tall`` (height over the frame's shorter side); ``hard`` is how sharply their tones meet.

    ``rim`` is how their edges shine against the light. ``stars`` scales their number, ``galaxy`` and ``comet`` say what
    else stands at night,
    ``trail`` is a thin line drawn by an aeroplane by day.
    """

    morning: Hour
    noon: Hour
    dusk: Hour
    night: Hour
    heaps: int = 3
    tall: float = 0.5
    hard: float = 6.0
    rim: float = 0.0
    stars: float = 1.0
    galaxy: bool = False
    comet: bool = False
    trail: bool = False

    def hour(self, time: str) -> Hour:
        """The one with this name."""
        hours = {"morning": self.morning, "noon": self.noon, "dusk": self.dusk, "night": self.night}
        return hours[time]


SCHOOLS: Mapping[str, School] = MappingProxyType(
    {
        "hayao": School(
            Hour(("3f97d6", "76bde4", "b9e0e6", "f4f2d2"), ("fffdf0", "dfe9ea", "a3bfd6")),
            Hour(("1f86d2", "45a5e2", "86ccec", "d3eeee"), ("ffffff", "d9e8ef", "8fb4d8")),
            Hour(("5a7fbc", "a9a6c8", "f2bf93", "ffe3a3"), ("fff0cc", "f2b993", "a07f9f")),
            Hour(("0b2c48", "12475f", "1f6472", "43908d"), ("5d8b97", "34687a", "235a6c")),
            heaps=4,
            tall=0.62,
            hard=5.0,
            stars=0.7,
        ),
        "shinkai": School(
            Hour(("1553c8", "3f92f0", "a9c6ff", "ffc9a0"), ("fff3de", "ffb9a4", "6f8fd8")),
            Hour(("0a3fbe", "1a74ec", "4fb2ff", "b8ecff"), ("ffffff", "bfe0ff", "4f86da")),
            Hour(("1a1c78", "6a3cb8", "ff6a96", "ffb44a"), ("ffe2a0", "ff7f8f", "54349a")),
            Hour(("040a36", "0d2070", "33319a", "8a55bc"), ("8f86e0", "4a4bb0", "161d66")),
            heaps=3,
            tall=0.5,
            hard=2.4,
            rim=1.0,
            stars=2.6,
            galaxy=True,
            comet=True,
            trail=True,
        ),
        "hosoda": School(
            Hour(("a4d3ec", "c9e6f0", "e6f3ee", "fbf8e8"), ("ffffff", "f6fafa", "d5e6ee")),
            Hour(("58aee6", "93cdf0", "cbe9f6", "f1f9f7"), ("ffffff", "f8fcfd", "cfe4f0")),
            Hour(("b7b8dc", "e2c6cc", "f6dcc2", "fdf0d6"), ("fff8ec", "f9e0d2", "d6b8c4")),
            Hour(("2b456b", "47648b", "6f8aa8", "a2b4c2"), ("a9bac9", "8da3b9", "7189a6")),
            heaps=2,
            tall=0.85,
            hard=12.0,
            stars=0.5,
        ),
        "paprika": School(
            Hour(("0b7f83", "55bfa6", "ffe07a", "ffae33"), ("fff2b0", "ffb84a", "d8452a")),
            Hour(("00666f", "0f9c9a", "8fd0a0", "ffd84a"), ("fff6c8", "ffcf3f", "e0552c")),
            Hour(("7a0c2c", "cf221f", "ff7612", "ffd31f"), ("ffe066", "ff7a1a", "8f1030")),
            Hour(("14061f", "360b40", "820f40", "cf3322"), ("d8402f", "84163f", "2a0a34")),
            heaps=4,
            tall=0.42,
            hard=14.0,
            stars=0.8,
        ),
    }
)


def with_sky(
    layers: list[Layer], key: str, time: str, weather: str, horizon: float, unit: float, seed: int
) -> list[Layer]:
    """The layers with sky and clouds as the school ``key`` paints them, ``horizon`` and ``unit`` in px; the same where
    it has none or no sky is clear."""
    school, named = SCHOOLS.get(key), {layer.name: layer for layer in layers}
    shown = weather in ("clear", "cloud") or (weather == "snow" and time == "night")
    if school is None or not shown or not {"sky", "clouds"} <= named.keys():
        return layers
    height, width = named["sky"].rgba.shape[:2]
    if time == "night":
        school = replace(school, heaps=max(1, school.heaps // 2), tall=school.tall * 0.62)
    hour, rng = school.hour(time), np.random.default_rng([seed, 77])
    vault = _vault(hour, height, width, horizon)
    if time == "night" and weather != "cloud":
        _heavens(vault, school, horizon, unit, rng)
    _luminary(vault, named["sky"].rgba[..., :3], horizon, unit, time)
    clouds = _clouds(school, hour, (height, width), horizon, unit, rng, many=weather != "clear")
    drawn = {
        "sky": np.dstack(
            [np.clip(vault * 255 + 0.5, 0, 255).astype(np.uint8), np.full((height, width), 255, np.uint8)]
        ),
        "clouds": clouds,
    }
    if school.trail and time != "night":
        _trail(drawn["sky"], horizon, unit, rng)
    mirrored = [_mirroring(layer, hour, horizon) if layer.kind == "water" else layer for layer in layers]
    return [replace(layer, rgba=drawn[layer.name]) if layer.name in drawn else layer for layer in mirrored]


def _mirroring(layer: Layer, hour: Hour, horizon: float) -> Layer:
    """Water under this vault: its colours lie on it upside down."""
    height = layer.rgba.shape[0]
    down = np.clip((np.arange(height, dtype=np.float32) - horizon) / max(height - horizon, 1.0), 0, 1)
    stops = np.stack([_rgb(code) for code in reversed(hour.vault)]) * 255
    vault = np.stack([np.interp(down, (0, 0.25, 0.6, 1.0), stops[:, channel]) for channel in range(3)], axis=1).astype(
        np.float32
    )[:, None]
    rgb = layer.rgba[..., :3].astype(np.float32)
    return replace(
        layer,
        rgba=np.dstack([np.clip(rgb + (vault - rgb) * MIRROR + 0.5, 0, 255).astype(np.uint8), layer.rgba[..., 3]]),
    )


def _rgb(code: str) -> Field:
    return np.array(list(bytes.fromhex(code)), np.float32) / np.float32(255)


def _vault(hour: Hour, height: int, width: int, horizon: float) -> Field:
    share = np.clip(np.arange(height, dtype=np.float32) / max(horizon, 1.0), 0, 1)
    stops = np.stack([_rgb(code) for code in hour.vault])
    ramp = np.stack([np.interp(share, (0, 0.4, 0.78, 1.0), stops[:, channel]) for channel in range(3)], axis=1).astype(
        np.float32
    )
    return np.repeat(ramp[:, None], width, axis=1)


def _luminary(vault: Field, world: Pixels, horizon: float, unit: float, time: str) -> None:
    """The world's sun or moon, where its sky shows one, and a glow around it."""
    bright = (world.min(axis=2) > (170 if time == "night" else 238)).astype(np.uint8)
    bright = cv2.morphologyEx(
        bright, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * round(unit * 0.008) + 1,) * 2)
    )
    bright[round(horizon) :] = 0
    count, _, stats, middles = cv2.connectedComponentsWithStats(bright)
    if count < 2:
        return
    best = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    if stats[best, cv2.CC_STAT_AREA] > (0.14 * unit) ** 2:
        return
    x, y = middles[best]
    away = (
        np.hypot(
            np.arange(vault.shape[1], dtype=np.float32)[None] - x,
            np.arange(vault.shape[0], dtype=np.float32)[:, None] - y,
        )
        / unit
    )
    glow = (0.55 * np.exp(-away / 0.07) + 0.25 * np.exp(-away / 0.25))[..., None]
    face = np.array((1.0, 0.98, 0.88), np.float32)
    vault += (face - vault) * np.clip(glow, 0, 1)
    vault += (face - vault) * smoothstep(0.042, 0.038, away)[..., None]


def _heavens(vault: Field, school: School, horizon: float, unit: float, rng: Rng) -> None:
    """Stars, and where the school has them the Milky Way and a comet."""
    width = vault.shape[1]
    if school.galaxy:
        _galaxy(vault, unit, rng)
    count = int(0.00075 * school.stars * width * horizon * (360 / unit) ** 1.2)
    for x, y, size in zip(
        rng.uniform(0, width, count), rng.uniform(0, horizon * 0.96, count), rng.random(count) ** 5, strict=True
    ):
        radius = unit * (0.0009 + 0.0032 * size)
        light = tuple(float(part) * (0.55 + 0.45 * float(size)) for part in (0.9, 0.95, 1.0))
        cv2.circle(vault, (int(x * 8), int(y * 8)), max(4, int(radius * 8)), light, -1, cv2.LINE_AA, 3)
    if school.comet:
        _comet(vault, horizon, unit, rng)


def _galaxy(vault: Field, unit: float, rng: Rng) -> None:
    height, width = vault.shape[:2]
    y, x = np.arange(height, dtype=np.float32)[:, None] / unit, np.arange(width, dtype=np.float32)[None] / unit
    across = (x - float(rng.uniform(0.5, 1.2))) * 0.72 + (y - 0.25) * 0.70
    dust = fractal(rng, height, width, unit * 0.16, 5, 0.6)
    band = np.exp(-((across / 0.16) ** 2)) * (0.35 + 0.9 * dust)
    vault += band[..., None] * np.array([0.30, 0.26, 0.52], np.float32) + (np.exp(-((across / 0.05) ** 2)) * dust**2)[
        ..., None
    ] * np.array([0.30, 0.20, 0.22], np.float32)
    np.clip(vault, 0, 1, out=vault)


def _comet(vault: Field, horizon: float, unit: float, rng: Rng) -> None:
    """A head of light with a long tail, falling from the upper right."""
    width = vault.shape[1]
    x, y = width * float(rng.uniform(0.25, 0.6)), horizon * 0.42
    tail = np.zeros(vault.shape[:2], np.float32)
    for number in range(60):
        share = number / 59
        px, py = x + share * unit * 0.62, y - share * unit * 0.24
        cv2.circle(
            tail,
            (int(px * 8), int(py * 8)),
            max(2, int(8 * unit * (0.004 + 0.006 * share))),
            (1 - share) ** 1.6,
            -1,
            cv2.LINE_AA,
            3,
        )
    glow = tail + _glow(tail, unit)
    vault += (np.array([0.85, 0.97, 1.0], np.float32) - vault) * np.clip(glow, 0, 1)[..., None]
    cv2.circle(vault, (int(x * 8), int(y * 8)), int(8 * unit * 0.006), (1.0, 1.0, 1.0), -1, cv2.LINE_AA, 3)


def _glow(tail: Field, unit: float) -> Field:
    """A near and a far glow of a thin light."""
    return np.asarray(
        cv2.GaussianBlur(tail, (0, 0), unit * 0.006) * 0.9 + cv2.GaussianBlur(tail, (0, 0), unit * 0.022) * 0.9,
        np.float32,
    )


def _trail(sky: Pixels, horizon: float, unit: float, rng: Rng) -> None:
    """What an aeroplane leaves in a clear sky."""
    width = sky.shape[1]
    x = width * float(rng.uniform(0.15, 0.35))
    line = np.zeros(sky.shape[:2], np.float32)
    cv2.line(
        line,
        (int(x), int(horizon * 0.62)),
        (int(x + unit * 0.75), int(horizon * 0.08)),
        1.0,
        max(1, round(unit * 0.006)),
        cv2.LINE_AA,
    )
    fade = np.linspace(1.0, 0.15, sky.shape[0], dtype=np.float32)[:, None]
    share = (cv2.GaussianBlur(line, (0, 0), unit * 0.002) * fade * 0.8)[..., None]
    sky[..., :3] = np.clip(sky[..., :3] + (255 - sky[..., :3]) * share, 0, 255).astype(np.uint8)


def _clouds(
    school: School, hour: Hour, shape: tuple[int, int], horizon: float, unit: float, rng: Rng, *, many: bool
) -> Pixels:
    """Heaps that stand on the horizon, and small ones above: (h, w, 4)."""
    height, width = shape
    rgb, alpha = np.zeros((height, width, 3), np.float32), np.zeros((height, width), np.float32)
    small = 5 if many else 2
    spots = [
        ((number + _in(rng, 0.1, 0.9)) / school.heaps * width, horizon * _in(rng, 0.98, 1.06), _in(rng, 0.7, 1.0))
        for number in range(school.heaps)
    ]
    spots += [(_in(rng, 0, 1) * width, horizon * _in(rng, 0.3, 0.6), _in(rng, 0.2, 0.34)) for _ in range(small)]
    for x, base, size in sorted(spots, key=lambda spot: spot[1]):
        _heap(rgb, alpha, school, hour, (x, base), school.tall * size * unit, rng, horizon)
    return np.dstack([np.clip(rgb * 255 + 0.5, 0, 255), np.clip(alpha * 255 + 0.5, 0, 255)]).astype(np.uint8)


def _in(rng: Rng, low: float, high: float) -> float:
    return float(rng.uniform(low, high))


def _heap(
    rgb: Field, alpha: Field, school: School, hour: Hour, at: tuple[float, float], tall: float, rng: Rng, horizon: float
) -> None:
    """One heap of cloud over what is there; ``at`` is the middle of its base and ``tall`` its height, px."""
    rows, columns = max(12, int(tall / GRAIN)), max(16, int(tall * 2.1 / GRAIN))
    cover, lit = spheres(rows, columns, _puffs(rng, rows, columns), (-0.55, 0.72))
    wobble = (fractal(rng, rows, columns, rows * 0.10, 3) - 0.5) * 0.30
    large = (columns * GRAIN, rows * GRAIN)
    soft = cv2.resize(cv2.GaussianBlur(cover, (0, 0), 0.9), large, interpolation=cv2.INTER_CUBIC)
    light = cv2.resize(
        cv2.GaussianBlur(lit + wobble, (0, 0), max(0.8, rows * 0.008)), large, interpolation=cv2.INTER_CUBIC
    )
    share = smoothstep(0.3, 0.7, soft)
    down = np.linspace(0, 1, large[1], dtype=np.float32)[:, None]
    light = light - 0.42 * down**1.5
    colour = _tones(light, hour, school.hard)
    if school.rim:
        edge = np.clip(1.25 - cv2.GaussianBlur(soft, (0, 0), max(1.0, tall * 0.012)) * 1.3, 0, 1) * (1 - 0.6 * down)
        colour += (_rgb("fffbe8") - colour) * (np.clip(edge * 2.2, 0, 1) * school.rim)[..., None]
    share = share * (
        1 - smoothstep(0.72, 1.0, np.broadcast_to(down, share.shape)) * (0.55 if at[1] > horizon * 0.9 else 0.9)
    )
    _over(rgb, alpha, colour, np.asarray(share, np.float32), round(at[0] - large[0] / 2), round(at[1]) - large[1])


def _tones(light: Field, hour: Hour, hard: float) -> Field:
    """Shade, half tone and lit side, meeting as hard as the school has it."""
    lit, half, shade = (_rgb(code) for code in hour.cloud)
    first = np.clip((light - 0.40) * hard + 0.5, 0, 1)[..., None]
    second = np.clip((light - 0.62) * hard + 0.5, 0, 1)[..., None]
    return np.asarray(shade + (half - shade) * first + (lit - half) * second, np.float32)


def _puffs(rng: Rng, rows: int, columns: int) -> Field:
    """A tower with a broad foot: x, y, radius and nearness of every ball."""
    peaks = [
        (float(rng.uniform(0.3, 0.7)), 1.0),
        (float(rng.uniform(0.15, 0.45)), 0.66),
        (float(rng.uniform(0.55, 0.85)), 0.6),
    ]
    out = []
    for number in range(230):
        along = float(rng.beta(1.5, 1.5))
        ceiling = max(0.14, max(top * (1 - (abs(along - peak) / (0.16 + 0.16 * top)) ** 2) for peak, top in peaks))
        high = ceiling * float(rng.random()) ** 0.65
        radius = rows * (0.03 + 0.15 * float(rng.random()) ** 2.4) * (1.25 - 0.45 * high)
        out.append(
            (columns * (0.08 + 0.84 * along), rows * (0.98 - 0.80 * high), radius, -rows * 0.25 * high + number * 0.04)
        )
    return np.array(out, np.float32)


def _over(rgb: Field, alpha: Field, colour: Field, share: Field, left: int, top: int) -> None:
    """Straight ``colour`` with ``share`` drawn over straight ``rgb`` and ``alpha``, in place."""
    x0, y0, x1, y1 = (
        max(left, 0),
        max(top, 0),
        min(left + share.shape[1], alpha.shape[1]),
        min(top + share.shape[0], alpha.shape[0]),
    )
    if x1 <= x0 or y1 <= y0:
        return
    above, part = share[y0 - top : y1 - top, x0 - left : x1 - left], np.s_[y0:y1, x0:x1]
    below = alpha[part] * (1 - above)
    cover = above + below
    mixed = colour[y0 - top : y1 - top, x0 - left : x1 - left] * above[..., None] + rgb[part] * below[..., None]
    rgb[part] = np.where(cover[..., None] > 1e-3, mixed / np.maximum(cover, 1e-3)[..., None], rgb[part])
    alpha[part] = cover
