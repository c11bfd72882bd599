"""A style's colours, laid over a picture by fixed curves: nothing is measured from the picture, so every shot of a film
moves alike."""

from __future__ import annotations

import cv2
import numpy as np

from personavlog.media.arrays import Pixels, Plane
from personavlog_embedded.style.look import Look, blurred, to_lab, to_rgb

SKIN = 0.88
"""How much of a person's skin is kept out of a style's shifts of hue."""


def graded(rgb: Pixels, look: Look, *, person: bool = False) -> Pixels:
    """A (h, w, 3) picture in the style's colours. A ``person`` keeps the tone of their skin, whatever its lightness."""
    lab = to_lab(rgb)
    hue = _hue(lab)
    skin, azure = _skin_like(lab, hue), _azure(lab, hue, look)
    kept = 1 - SKIN * skin if person else np.ones_like(skin)
    light = np.asarray(_light(lab[..., 0], look, kept, max(rgb.shape)) - 15 * azure, np.float32)
    factor = _saturation(hue, look, skin)
    shadow = np.clip(1 - lab[..., 0] / 55, 0, 1)
    a = lab[..., 1] * factor + look.rose * kept + 11 * azure
    b = lab[..., 2] * factor + (look.warm - look.cool_shadows * shadow) * kept
    out = np.dstack([light.clip(0, 100), a, b]).astype(np.float32)
    return to_rgb(out if person else _world_only(out, look))


def graded_light(rgb: Pixels, look: Look) -> Plane:
    """(h, w): the L* alone of a person in the style's colours."""
    lab = to_lab(rgb)
    hue = _hue(lab)
    kept = 1 - SKIN * _skin_like(lab, hue)
    light = _light(lab[..., 0], look, kept, max(rgb.shape)) - 15 * _azure(lab, hue, look)
    return np.asarray(light.clip(0, 100), np.float32)


def _light(light: Plane, look: Look, kept: Plane, side: int) -> Plane:
    raised = 50 + (light - 50) * look.contrast
    tone = np.clip(raised / 100, 0, 1)
    raised = raised + look.lift * (1 - tone) + look.bright * 4 * tone * (1 - tone)
    moved: Plane = np.asarray(light + (raised - light) * kept, np.float32)
    if look.glow:
        bright = blurred(np.clip(moved - 60, 0, 40).astype(np.float32), side / 60)
        moved += look.glow * bright * (1 - moved / 110) * kept
    return moved


def _saturation(hue: Plane, look: Look, skin: Plane) -> Plane:
    """Factor of chroma: the style's own, more for greens and blues, little for skin and sand."""
    factor = np.asarray(1 + (look.saturation - 1) * (1 - 0.7 * skin), np.float32)
    if look.greens != 1 or look.blues != 1:
        factor *= (1 + (look.greens - 1) * _near(hue, 128, 34)) * (1 + (look.blues - 1) * _near(hue, -92, 42))
    return factor


def _hue(lab: Plane) -> Plane:
    """Hue angle in degrees, 0 to 360."""
    return np.asarray(cv2.phase(lab[..., 1], lab[..., 2], angleInDegrees=True), np.float32)


def _azure(lab: Plane, hue: Plane, look: Look) -> Plane:
    """How much deeper a blue becomes: blue that is only made stronger turns cyan."""
    if look.blues <= 1:
        return np.zeros(lab.shape[:2], np.float32)
    strong = np.clip(np.hypot(lab[..., 1], lab[..., 2]) / 30, 0, 1)
    return np.asarray((look.blues - 1) * _near(hue, -92, 38) * strong * np.clip(lab[..., 0] / 45, 0, 1), np.float32)


def _near(hue: Plane, centre: float, width: float) -> Plane:
    """1 at a hue angle, falling off over ``width`` degrees."""
    away = hue - centre + 180
    away += np.float32(360) * (np.asarray(away < 0, np.float32) - (away >= 360))  # As % 360, which is slow.
    away -= 180
    return np.asarray(np.exp(-((away / width) ** 2)), np.float32)


def _world_only(lab: Plane, look: Look) -> Plane:
    """What never falls on people: darks of the style's colour, opened nights, yellow lamps, darker surroundings, neon
    light."""
    if look.gamma != 1:
        lab[..., 0] = 100 * np.clip(lab[..., 0] / 100, 0, 1) ** np.float32(look.gamma)
    if look.local:
        lab[..., 0] = np.clip(
            lab[..., 0] + look.local * (lab[..., 0] - blurred(np.ascontiguousarray(lab[..., 0]), max(lab.shape) / 40)),
            0,
            100,
        )
    if look.darks != (0.0, 0.0):
        dark = np.clip(1 - lab[..., 0] / 50, 0, 1)
        lab[..., 1] += look.darks[0] * dark
        lab[..., 2] += look.darks[1] * dark
    if look.warm_lights:
        lab[..., 2] += (
            look.warm_lights * np.clip((lab[..., 0] - 62) / 20, 0, 1) * np.clip((lab[..., 2] - 12) / 20, 0, 1)
        )
    if look.dim:
        lab[..., 0] *= 1 - look.dim / 100 * np.clip(lab[..., 0] / 60, 0, 1)
    if look.neon:
        light = lab[..., 0] / 100
        dark, bright = (1 - light) ** 2, np.clip(light * 1.6 - 0.5, 0, 1)
        cyan = np.clip(-lab[..., 2] / 25, 0, 1)
        lab[..., 1] = lab[..., 1] * 0.6 + look.neon * (30 * dark + bright * (46 - 60 * cyan))
        lab[..., 2] = lab[..., 2] * 0.6 - look.neon * (30 * dark + bright * (26 - 8 * cyan))
    return lab


def _skin_like(lab: Plane, hue: Plane) -> Plane:
    """1 for colours of human skin of any lightness (hue angle about 30 to 75 degrees, moderate chroma), 0 far from
    them."""
    chroma = np.hypot(lab[..., 1], lab[..., 2])
    return np.asarray(np.exp(-(((hue - 52) / 24) ** 2)) * np.clip((chroma - 6) / 10, 0, 1), np.float32)
