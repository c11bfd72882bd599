"""What a finished frame is printed on: done last, to keyframes and to every frame of a clip alike, so that paper, dots
and cells never move or smear."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

import cv2
import numpy as np

from personavlog.media.arrays import Pixels, Plane
from personavlog_embedded.scene.stage import Stage
from personavlog_embedded.style import texture
from personavlog_embedded.style.pixel import pixelled

HELD: Mapping[str, int] = MappingProxyType({"card": 3, "pixels": 2})
"""How many frames each drawing stands: paper is moved by hand eight times a second, sprites twelve times."""
GRAINS = 5
"""How many places of one sheet of film grain take turns."""


def flatten(stage: Stage) -> Pixels:
    """The keyframe: a stage's layers over each other, printed on its surface; (height, width, 3) uint8 RGB."""
    return snap(stage.drawn(), stage.surface)


def snap(frame: Pixels, surface: str, number: int = 0) -> Pixels:
    """A frame (h, w, 3 or 4) uint8 RGB on its surface, same shape; a fourth channel is not looked at.

    ``number`` is the frame's in its clip: film grain moves, all else stands. Without a surface the frame itself comes
    back.
    """
    printer = _PRINTERS.get(surface)
    return frame if printer is None else printer(frame, number)


def held(number: int, surface: str) -> int:
    """The frame whose drawing is shown at ``number``: stop motion stands still for ``HELD`` frames."""
    return number - number % HELD.get(surface, 1)


def _times(frame: Pixels, sheet: Pixels) -> Pixels:
    """The frame times a multiplier of its own shape."""
    return np.asarray(cv2.multiply(frame, sheet, scale=1 / texture.ONE), np.uint8)


@lru_cache(maxsize=6)
def _stacked(make: Callable[[int, int], Pixels], height: int, width: int, channels: int) -> Pixels:
    """A multiplier or screen of one channel, repeated."""
    return np.ascontiguousarray(np.repeat(make(height, width)[..., None], channels, axis=2))


def _card(frame: Pixels, number: int) -> Pixels:
    return _times(frame, _stacked(texture.card, *frame.shape))


def _poster(frame: Pixels, number: int) -> Pixels:
    return _times(frame, _stacked(texture.poster, *frame.shape))


def _canvas(frame: Pixels, number: int) -> Pixels:
    return _times(frame, _stacked(texture.canvas, *frame.shape))


def _pixels(frame: Pixels, number: int) -> Pixels:
    return pixelled(frame)


def _aquarelle(frame: Pixels, number: int) -> Pixels:
    """Painted up to an uneven edge on white cold-pressed paper."""
    covered = cv2.bitwise_not(_times(cv2.bitwise_not(frame), _stacked(_washed, *frame.shape)))
    return _times(np.asarray(covered, np.uint8), _stacked(texture.paper, *frame.shape))


def _washed(height: int, width: int) -> Pixels:
    """The pigment's share: none on the margin, gathered at the edge of the wash, running out inside."""
    cover = texture.ragged(height, width, 0.026, 0.6)
    unit = min(height, width)
    gathered = np.clip(cover - cv2.GaussianBlur(cover, (0, 0), unit * 0.007), 0, 1)
    return texture.sheet(
        np.asarray(cover * (1 + 0.5 * gathered) * (1 + 0.035 * texture.noise(height, width, unit / 25, 5)), np.float32)
    )


def _rice_paper(frame: Pixels, number: int) -> Pixels:
    """Warm paper, ink that fades out at the margin, and the painter's red seal; of the colour of skin and lamps only a
    breath is left."""
    gray = cv2.cvtColor(frame[..., :3], cv2.COLOR_RGB2GRAY)
    inked = cv2.addWeighted(cv2.merge([gray] * frame.shape[2]), 0.82, frame, 0.18, 0)
    covered = cv2.bitwise_not(_times(cv2.bitwise_not(inked), _stacked(_faded, *frame.shape)))
    return _times(np.asarray(covered, np.uint8), _rice(*frame.shape))


def _faded(height: int, width: int) -> Pixels:
    cover = texture.ragged(height, width, 0.05, 0.35)
    return texture.sheet(np.asarray(cv2.GaussianBlur(cover, (0, 0), min(height, width) * 0.02), np.float32))


@lru_cache(maxsize=4)
def _rice(height: int, width: int, channels: int) -> Pixels:
    unit = min(height, width)
    fibres = cv2.GaussianBlur(texture.noise(height, width, 0.0), (0, 0), sigmaX=unit / 90, sigmaY=0.6)
    rough = 1 + 0.012 * fibres / float(fibres.std()) + 0.02 * texture.noise(height, width, unit / 30, 8)
    tint = np.array([0.985, 0.955, 0.885, 1.0], np.float32)[:channels]
    sheet = texture.sheet(np.asarray(rough[..., None] * tint, np.float32))
    _seal(sheet)
    return sheet


def _seal(sheet: Pixels) -> None:
    """A square of cinnabar with strokes left out, at the lower left; drawn into a multiplier."""
    height, width = sheet.shape[:2]
    side = round(min(height, width) * 0.075)
    left, top = round(side * 0.75), height - round(side * 1.75)
    mark = np.zeros((64, 64), np.uint8)
    cv2.rectangle(mark, (3, 3), (60, 60), 255, -1)
    for start, end in (((32, 12), (32, 46)), ((16, 26), (16, 46)), ((48, 26), (48, 46)), ((14, 48), (50, 48))):
        cv2.line(mark, start, end, 0, 6, cv2.LINE_AA)
    share = cv2.resize(mark, (side, side), interpolation=cv2.INTER_AREA).astype(np.float32)[..., None] / 255
    red = np.array([98, 22, 18, 128], np.float32)[: sheet.shape[2]]
    part = sheet[top : top + side, left : left + side]
    part[:] = np.clip(part * (1 - share) + red * share, 0, 255).astype(np.uint8)


def _print(frame: Pixels, number: int) -> Pixels:
    """Ben Day dots in the half tones, one panel in a white gutter."""
    dots = cv2.subtract(texture.dots(*frame.shape[:2]), cv2.cvtColor(frame[..., :3], cv2.COLOR_RGB2GRAY))
    tone = cv2.LUT(dots, _DOT)
    out = cv2.multiply(frame, cv2.merge([tone] * frame.shape[2]), scale=1 / 255)
    return _panel(np.asarray(out, np.uint8))


_DOT = np.clip(255 - np.arange(256) * 5.0, 168, 255).astype(np.uint8)


def _panel(frame: Pixels) -> Pixels:
    unit = min(frame.shape[:2])
    gutter, line = max(2, round(unit * 0.018)), max(1, round(unit * 0.0065))
    for width, value in ((gutter + line, 12), (gutter, 250)):
        frame[:width] = frame[-width:] = value
        frame[:, :width] = frame[:, -width:] = value
    return frame


def _sketchbook(frame: Pixels, number: int) -> Pixels:
    """Graphite: tones as hatching, all but gray, on drawing paper that stays bare at the margin."""
    gray = cv2.cvtColor(frame[..., :3], cv2.COLOR_RGB2GRAY)
    strokes = cv2.LUT(cv2.subtract(texture.hatching(*gray.shape), gray), _STROKE)
    light = cv2.multiply(cv2.LUT(gray, _GRAPHITE), strokes, scale=1 / 255)
    light = cv2.bitwise_not(_times(cv2.bitwise_not(light), _bare(*gray.shape)))
    out = _times(np.asarray(light, np.uint8), texture.paper(*gray.shape))
    return np.asarray(cv2.merge([out, out, cv2.LUT(out, _CREAM), out][: frame.shape[2]]), np.uint8)


_STROKE = np.clip(255 - np.arange(256) * 3.4, 80, 255).astype(np.uint8)
_GRAPHITE = np.clip(np.arange(256) * 0.92 + 26, 0, 252).astype(np.uint8)
_CREAM = np.clip(np.arange(256) * 0.968, 0, 255).astype(np.uint8)


@lru_cache(maxsize=4)
def _bare(height: int, width: int) -> Pixels:
    """Graphite's share: strokes run out towards the margin."""
    cover = texture.ragged(height, width, 0.035, 0.7)
    strokes = cv2.blur(cover, (1, 1))
    return texture.sheet(np.asarray(cv2.GaussianBlur(strokes, (0, 0), min(height, width) * 0.006), np.float32))


def _black_and_white(frame: Pixels, number: int) -> Pixels:
    """Hard silver print: an S-curve, light that falls off, grain that dances."""
    gray = cv2.LUT(cv2.cvtColor(frame[..., :3], cv2.COLOR_RGB2GRAY), _HARD)
    gray = _times(
        _times(np.asarray(gray, np.uint8), _falloff(*gray.shape)), _grain(*gray.shape, number % GRAINS, 0.038)
    )
    return np.asarray(cv2.merge([gray] * frame.shape[2]), np.uint8)


_HARD = np.clip(
    255 * (lambda t: t * t * (3 - 2 * t))(np.clip((np.arange(256) / 255 - 0.05) / 0.87, 0, 1)), 0, 255
).astype(np.uint8)


@lru_cache(maxsize=4)
def _falloff(height: int, width: int) -> Pixels:
    return texture.sheet(np.asarray(texture.vignette(height, width, 0.72) * 1.08, np.float32))


@lru_cache(maxsize=2 * GRAINS)
def _grain(height: int, width: int, place: int, strength: float) -> Pixels:
    room = 64
    whole = texture.noise(height + room, width + room, 0.7)
    y, x = (place * 29) % room, (place * 47) % room
    return texture.sheet(np.ascontiguousarray(1 + strength * whole[y : y + height, x : x + width]))


def _home_movie(frame: Pixels, number: int) -> Pixels:
    """Super 8: rounded gate, a warm leak of light on one side, corners that fall off, grain."""
    height, width, channels = frame.shape
    grain = cv2.merge([_grain(height, width, number % GRAINS, 0.03)] * channels)
    return _times(_times(frame, _gate(height, width, channels)), np.asarray(grain, np.uint8))


@lru_cache(maxsize=4)
def _gate(height: int, width: int, channels: int) -> Pixels:
    unit = min(height, width)
    radius, edge = unit * 0.09, unit * 0.022
    y, x = np.arange(height, dtype=np.float32)[:, None] + 0.5, np.arange(width, dtype=np.float32)[None] + 0.5
    across = np.abs(x - width / 2) - (width / 2 - edge - radius)
    down = np.abs(y - height / 2) - (height / 2 - edge - radius)
    outside = np.hypot(np.maximum(across, 0), np.maximum(down, 0)) - radius
    gate = np.clip(0.5 - outside / (unit * 0.006), 0, 1)
    leak = np.exp(-(((x - width * 1.02) / (0.16 * width)) ** 2)) * (0.75 + 0.25 * np.sin(y / height * 5))
    tint = np.dstack([1.02 + 0.75 * leak, 0.98 + 0.28 * leak, 0.90 + 0.0 * leak, np.ones_like(leak)])[..., :channels]
    return texture.sheet(np.asarray(tint * (gate * texture.vignette(height, width, 0.34))[..., None], np.float32))


def _lens(frame: Pixels, number: int) -> Pixels:
    """Seen against the light: a glow in the upper corner, a level streak and the lens's ghosts across the picture."""
    return np.asarray(cv2.bitwise_not(_times(cv2.bitwise_not(frame), _flare(*frame.shape))), np.uint8)


@lru_cache(maxsize=4)
def _flare(height: int, width: int, channels: int) -> Pixels:
    """How much of the darkness is left."""
    unit = min(height, width)
    y, x = np.arange(height, dtype=np.float32)[:, None] + 0.5, np.arange(width, dtype=np.float32)[None] + 0.5
    sun_x, sun_y = 0.07 * width, 0.05 * height
    away = np.hypot(x - sun_x, y - sun_y) / unit
    rays = 0.75 + 0.25 * np.cos(np.arctan2(y - sun_y, x - sun_x) * 14)
    glow = 0.62 * np.exp(-((away / 0.16) ** 2)) + 0.34 * np.exp(-away / 0.34) * rays
    streak = 0.42 * np.exp(-(((y - sun_y) / (0.007 * unit)) ** 2)) * np.exp(-np.abs(x - sun_x) / (0.55 * width))
    out = glow[..., None] * np.array([1.0, 0.86, 0.66], np.float32) + streak[..., None] * np.array(
        [0.6, 0.8, 1.0], np.float32
    )
    for share, size, tint in (
        (0.42, 0.035, (0.3, 0.9, 0.8)),
        (0.62, 0.06, (0.9, 0.5, 0.8)),
        (0.78, 0.028, (0.5, 0.7, 1.0)),
        (0.95, 0.095, (1.0, 0.7, 0.4)),
    ):
        far = np.hypot(x - (sun_x + share * (width - 2 * sun_x)), y - (sun_y + share * (height - 2 * sun_y))) / (
            size * unit
        )
        out = out + 0.16 * (np.clip((1 - far) * 9, 0, 1) * (0.4 + 0.6 * np.clip(far, 0, 1)))[..., None] * np.array(
            tint, np.float32
        )
    return texture.sheet(_channels(1 - np.clip(out, 0, 0.85), channels))


def _channels(factor: Plane, channels: int) -> Plane:
    """Three channels of factors, and a fourth that changes nothing."""
    return np.asarray(factor if channels == 3 else np.dstack([factor, np.ones_like(factor[..., :1])]), np.float32)


def _neon(frame: Pixels, number: int) -> Pixels:
    """Between two signs: cyan from the left, magenta from the right, the lines of a screen."""
    return _times(frame, _signs(*frame.shape))


@lru_cache(maxsize=4)
def _signs(height: int, width: int, channels: int) -> Pixels:
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :, None]
    left, right = np.clip(-x - 0.1, 0, 1) ** 1.2, np.clip(x - 0.1, 0, 1) ** 1.2
    tint = 1 + left * np.array([-0.45, 0.12, 0.45], np.float32) + right * np.array([0.5, -0.42, 0.3], np.float32)
    lines = 1 - 0.15 * (np.arange(height) * 240 // height % 2).astype(np.float32)
    return texture.sheet(
        _channels(
            np.asarray(tint * (lines[:, None] * texture.vignette(height, width, 0.4))[..., None], np.float32), channels
        )
    )


def _scope(frame: Pixels, number: int) -> Pixels:
    """The black bars of a wide screen, the corners a stop darker."""
    out = _times(frame, _stacked(_dimmed, *frame.shape))
    bar = round(min(frame.shape[:2]) * 0.06)
    out[:bar] = out[-bar:] = 0
    return out


def _dimmed(height: int, width: int) -> Pixels:
    return texture.sheet(np.asarray(texture.vignette(height, width, 0.3), np.float32))


_PRINTERS: Mapping[str, Callable[[Pixels, int], Pixels]] = MappingProxyType(
    {
        "pixels": _pixels,
        "card": _card,
        "poster": _poster,
        "aquarelle": _aquarelle,
        "rice paper": _rice_paper,
        "canvas": _canvas,
        "print": _print,
        "sketchbook": _sketchbook,
        "black and white": _black_and_white,
        "home movie": _home_movie,
        "lens": _lens,
        "neon": _neon,
        "scope": _scope,
    }
)
