"""Finishes made of light and line: rendered plastic, bloom, cels, inked comics, graphite, hard light."""

from __future__ import annotations

import cv2
import numpy as np

from personavlog.media.arrays import Pixels, Plane
from personavlog_embedded.style.look import blurred, smoothed, to_lab, to_rgb

PAINTED = 9.0
"""How much darker, in L*, a flat tone may be than what it stands for; half of it and less in the lights how much
lighter: no skin is bleached."""


def rendered(rgb: Pixels, unit: float) -> Pixels:
    """A computer-rendered family film: no texture, light that wraps around and glows through, dark only where things
    meet."""
    lab = to_lab(_plastic(kuwahara(rgb, max(2, round(unit * 0.006))), unit))
    light = lab[..., 0]
    broad = blurred(light, unit * 0.06)
    crease = np.clip(blurred(light, unit * 0.012) - light, 0, 30)
    light = light + 0.18 * (light - broad) - 0.25 * crease
    light = light + 2 * np.sin(np.pi * np.clip(light / 100, 0, 1)) - 8 * np.clip((light - 80) / 20, 0, 1)
    shine = np.clip(light - blurred(light, unit * 0.02) - 2, 0, 20)
    lab[..., 0] = np.clip(light + 0.5 * shine, 0, 100)
    turning = np.clip(1 - np.abs(lab[..., 0] - 42) / 26, 0, 1)
    lab[..., 1] += 2.5 * turning
    lab[..., 2] += 2.5 * turning
    return to_rgb(lab)


def _plastic(rgb: Pixels, unit: float) -> Pixels:
    """Smooth bodies with clean edges: a strong edge-keeping blur, twice."""
    size = max(5, min(15, round(unit * 0.02) | 1))
    once = cv2.bilateralFilter(rgb, size, 34, unit * 0.008)
    return np.asarray(cv2.bilateralFilter(once, size, 26, unit * 0.008), np.uint8)


def bloom(rgb: Pixels, unit: float) -> Pixels:
    """Light that spills over from whatever is brightest, also along a level streak as through a lens, and deep
    transparent shadows."""
    picture = rgb.astype(np.float32)
    bright = np.clip((picture.min(axis=2) - 190) / 55, 0, 1)[..., None] * picture
    halo = (
        0.3 * _wide(bright, unit * 0.02, unit * 0.02)
        + 0.3 * _wide(bright, unit * 0.08, unit * 0.08)
        + 0.3 * _wide(bright, unit * 0.5, unit * 0.006)
    )
    out = 255 - (255 - picture) * (1 - np.clip(halo * 0.6 / 255, 0, 1))
    return np.asarray(np.clip(out + 0.5, 0, 255), np.uint8)


def _wide(picture: Plane, across: float, down: float) -> Plane:
    """A blur with its own reach across and down, made at a quarter of the size."""
    small = cv2.resize(picture, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), sigmaX=across / 4, sigmaY=max(down / 4, 0.6))
    return np.asarray(cv2.resize(soft, picture.shape[1::-1], interpolation=cv2.INTER_LINEAR), np.float32)


def gouache(rgb: Pixels, unit: float) -> Pixels:
    """Opaque poster paint: small dabs with crisp edges (Kuwahara's filter)."""
    return kuwahara(rgb, max(2, round(unit / 170)))


def cels(rgb: Pixels, unit: float) -> Pixels:
    """Light in three or four flat steps, as painted on the back of a cel."""
    return _stepped(smoothed(rgb, 2), 5, 0.7, 6.0, unit)


def pale_cels(rgb: Pixels, unit: float) -> Pixels:
    """Hardly any shadow: what is left of the shading is two wide soft tones."""
    return _stepped(smoothed(rgb, 2), 4, 0.5, 4.0, unit)


def dense_cels(rgb: Pixels, unit: float) -> Pixels:
    """Four flat tones that meet sharply."""
    return _stepped(smoothed(np.asarray(cv2.medianBlur(rgb, _odd(unit, 0.005)), np.uint8), 2), 5, 0.85, 16.0, unit)


def inked(rgb: Pixels, unit: float) -> Pixels:
    """Comic print before its dots: few flat tones, strong colours, shadows filled with ink."""
    lab = to_lab(_stepped(smoothed(np.asarray(cv2.medianBlur(rgb, _odd(unit, 0.006)), np.uint8), 2), 4, 0.8, 9.0, unit))
    lab[..., 1:] *= 1.22
    lab[..., 0] -= np.clip((27 - lab[..., 0]) * 1.6, 0, 27)
    lab[..., 0] = lab[..., 0].clip(3, 100)
    return to_rgb(lab)


def _odd(unit: float, share: float) -> int:
    """An odd number of px, 3 to 7."""
    return max(3, min(7, round(unit * share) | 1))


def _stepped(rgb: Pixels, steps: int, share: float, hard: float, unit: float) -> Pixels:
    """Lightness in ``steps`` tones whose borders are ``hard``; ``share`` of it."""
    lab = to_lab(rgb)
    light = cv2.GaussianBlur(lab[..., 0], (0, 0), max(0.7, unit * 0.0016))
    step = 100 / steps
    tone = np.floor(light / step)
    rest = light / step - tone
    flat = (tone + np.clip((rest - 0.5) * hard + 0.5, 0, 1)) * step
    drawn = flat * share + lab[..., 0] * (1 - share)
    lab[..., 0] += np.clip(drawn - lab[..., 0], -PAINTED, PAINTED * (1 - lab[..., 0] / 100).clip(0, 0.5))
    return to_rgb(lab)


def graphite(rgb: Pixels, unit: float) -> Pixels:
    """A pencil's drawing before its hatching: contours, soft tones, all but no colour."""
    lab = to_lab(rgb)
    soft = blurred(100 - lab[..., 0], unit / 55)
    light = np.clip(lab[..., 0] * 100 / (100 - soft + 1e-3), 0, 100)
    lab[..., 0] = np.clip(light * 0.5 + lab[..., 0] * 0.5, 0, 100)
    lab[..., 1:] *= 0.1
    return to_rgb(lab)


def hard_light(rgb: Pixels, unit: float) -> Pixels:
    """One lamp and no fill: local contrast up, half shadows gone."""
    lab = to_lab(rgb)
    plain = lab[..., 0]
    light = plain + 0.4 * (plain - blurred(plain, unit * 0.07)) - 17 * np.clip((plain - 55) / 40, 0, 1)
    tone = np.clip(light / 100, 0, 1)
    lab[..., 0] = 100 * np.clip(tone * tone * (3 - 2 * tone) * 1.02 - 0.02, 0, 1)
    lab[..., 1:] = 0
    return to_rgb(lab)


def kuwahara(rgb: Pixels, radius: int) -> Pixels:
    """Each pixel takes the mean of that of its four quadrants that varies least."""
    gray = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY).astype(np.float32)
    size = (radius + 1, radius + 1)
    best: Plane | None = None
    out = rgb
    for anchor in ((0, 0), (radius, 0), (0, radius), (radius, radius)):
        mean = cv2.blur(gray, size, anchor=anchor)
        spread = np.asarray(cv2.blur(gray * gray, size, anchor=anchor) - mean * mean, np.float32)
        own = np.asarray(cv2.blur(rgb, size, anchor=anchor), np.uint8)
        better = None if best is None else spread < best
        out = own if better is None else np.asarray(np.where(better[..., None], own, out), np.uint8)
        best = spread if best is None else np.asarray(np.minimum(best, spread), np.float32)
    return out
