"""People in the scene's light: its colour and brightness, a darker far side, a bright rim towards the light."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels
from personavlog_embedded.render.light import Light

LAMPLIT = np.array([1.08, 0.91, 0.74], np.float32)
NIGHT = np.array([0.52, 0.60, 0.80], np.float32)
"""What skin and clothes are multiplied by at night on the side of a lamp and on the other."""


def relit(rgba: Pixels, light: Light, *, dim: float = 1.0, depth: float = 0.1) -> Pixels:
    """A placed person in the scene's light: its colour and brightness, a darker far side, a bright rim towards the
    light."""
    alpha = np.asarray(rgba[..., 3], np.float32) / np.float32(255)
    rows, columns = np.flatnonzero(alpha.any(axis=1)), np.flatnonzero(alpha.any(axis=0))
    if not rows.size:
        return rgba
    part = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    cover, own = alpha[part], rgba[part][..., :3].astype(np.float32) / np.float32(255)
    gain = _lamplight(cover.shape, light) if _moonlit(light) else _along(_gain(light), cover)
    rgb = _modelled(np.clip(own * gain * np.float32(dim), 0, 1), cover, light)
    haze = _along(np.asarray(light.haze, np.float32), cover)
    veil = light.veil(depth) * 0.6
    rgb += (haze - rgb) * veil
    out = rgba.copy()
    out[part][..., :3] = np.clip(rgb * 255 + 0.5, 0, 255).astype(np.uint8)
    return out


def _gain(light: Light) -> NDArray[np.float32]:
    """Multiplier per channel: the scene's mean light against a neutral noon, taken half-way so that skin stays skin."""
    scene = 0.6 * np.asarray(light.key, np.float32) + 0.4 * np.asarray(light.shade, np.float32)
    brightness = float(scene @ np.array([0.3, 0.59, 0.11], np.float32))
    colour = (scene / brightness) ** 0.5
    level = np.clip(brightness / 0.86, 0.3, 1.15) ** 0.62
    return np.asarray(colour * level, np.float32)


def _moonlit(light: Light) -> bool:
    """Whether it is night and no lamp gives the scene its light."""
    return light.night and sum(light.key) < 2.4


def _lamplight(shape: tuple[int, int], light: Light) -> NDArray[np.float32]:
    """Multiplier (1, w, 3) at night: a warm lamp on the side away from the moon, the night's blue on the other. The
    person stays the centre."""
    toward = np.linspace(-1, 1, shape[1], dtype=np.float32) * np.float32(-light.side)
    share = (0.66 + 0.24 * toward)[None, :, None]
    return np.asarray(NIGHT + (LAMPLIT - NIGHT) * share, np.float32)


def _modelled(rgb: NDArray[np.float32], cover: NDArray[np.float32], light: Light) -> NDArray[np.float32]:
    height, width = cover.shape
    columns = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    rgb = rgb * np.repeat(1 + 0.10 * columns * light.side, 3).reshape(1, width, 3)
    size = max(1.5, min(height, width) * 0.006)
    soft = cv2.GaussianBlur(cover, (0, 0), size)
    slope_x, slope_y = cv2.Sobel(soft, cv2.CV_32F, 1, 0, ksize=3), cv2.Sobel(soft, cv2.CV_32F, 0, 1, ksize=3)
    facing = np.clip((-slope_x * light.side * 0.9 + slope_y * -0.45) * size * 0.55, 0, 1) * cover
    strength = 0.5 if _moonlit(light) else {"clear": 0.42, "cloud": 0.2}.get(light.weather, 0.1)
    rim = np.clip(np.asarray(light.key, np.float32) * (1.15 if _moonlit(light) else 1.0), 0, 1)
    share = cv2.merge([facing * strength] * 3)
    return np.asarray(rgb + (np.maximum(_along(rim, cover), rgb) - rgb) * share, np.float32)


def _along(colour: NDArray[np.float32], cover: NDArray[np.float32]) -> NDArray[np.float32]:
    """(1, w, 3): a colour for every column: numpy is slow where three numbers are repeated for every px."""
    return np.tile(colour, cover.shape[1]).reshape(1, -1, 3)


def exposed(rgba: Pixels, exposure: float, sharpen: float) -> Pixels:
    """A layer (h, w, 4) made brighter by a factor and sharper by a share; 1 and 0 change nothing."""
    if exposure == 1.0 and sharpen == 0.0:
        return rgba
    rgb = rgba[..., :3].astype(np.float32)
    if sharpen:
        rgb += (rgb - cv2.GaussianBlur(rgb, (0, 0), 1.2)) * sharpen
    bright = 255 * np.clip(rgb / 255, 0, 1) ** (1 / exposure)
    return np.dstack([np.clip(bright + 0.5, 0, 255).astype(np.uint8), rgba[..., 3]])
