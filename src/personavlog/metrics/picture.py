"""Numbers of one still picture, and our stand-ins for image-image and image-text similarity.

Pictures are (h, w, 3) uint8 RGB. Scores named "proxy.*" are our own definitions, not published measures; they need no
CLIP.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from personavlog.media.arrays import Pixels, Plane
from personavlog.metrics.face import Face, detect, largest
from personavlog.metrics.identity import face_similarity
from personavlog.metrics.score import Score
from personavlog.scene import SceneRecord
from personavlog.script import Board

VERSION = "picture-1"
SHARP_SIDE = 512
"""Longer side at which sharpness is measured, in px, so that it does not depend on the picture's size."""
DARKEST, BRIGHTEST = 4, 251


@dataclass(frozen=True)
class Exposure:
    """``mean``: mean luma, 0 to 1; ``crushed`` and ``burnt``: share of pixels that are black or white without
    drawing."""

    mean: float
    crushed: float
    burnt: float


def sharpness(rgb: Pixels) -> float:
    """Variance of the Laplacian over the variance of the picture, 0 to 1: 0 for a flat or badly blurred picture, above
    0.05 for a crisp one.

    Division by the variance makes it independent of contrast (the plain variance of the Laplacian calls a faint sharp
    picture blurred).
    """
    scale = SHARP_SIDE / max(rgb.shape[:2])
    gray = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    gray = cv2.resize(
        gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    ).astype(np.float32)
    detail = float(cv2.Laplacian(gray, cv2.CV_32F).var())
    return detail / (detail + 4 * float(gray.var()) + 1.0)


def exposure_of(rgb: Pixels) -> Exposure:
    """Mean luma (BT.601) and the clipped shares."""
    luma = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    return Exposure(float(luma.mean()) / 255, float((luma <= DARKEST).mean()), float((luma >= BRIGHTEST).mean()))


def colourfulness(rgb: Pixels) -> float:
    """Hasler and Suesstrunk's measure, 2003: 0 for gray, about 33 for moderate, above 80 for very colourful
    pictures."""
    red, green, blue = (rgb[..., channel].astype(np.float32) for channel in range(3))
    first, second = red - green, (red + green) / 2 - blue
    return float(np.hypot(first.std(), second.std()) + 0.3 * np.hypot(first.mean(), second.mean()))


def i2i(reference: Pixels, keyframe: Pixels) -> Score:
    """Image to image: how much the keyframe's person looks like the reference's, 0 to 1, from head and shoulders around
    the largest face of both.

    0.4 x likeness of the faces (cosine, at least 0) + 0.3 x colours (histogram intersection in L*a*b*) + 0.3 x
    structure (cosine of gradient histograms on a 6 x 6 grid). None where either picture has no face. The background
    does not count, so a new place does not lower it.
    """
    faces = (largest(detect(reference)), largest(detect(keyframe)))
    if faces[0] is None or faces[1] is None:
        return Score(
            name="proxy.i2i",
            value=None,
            tolerance=0.02,
            note="No face was found in the " + ("reference." if faces[0] is None else "keyframe."),
        )
    busts = (_bust(reference, faces[0]), _bust(keyframe, faces[1]))
    face = max(0.0, face_similarity(reference, faces[0], keyframe, faces[1]))
    colour = float(np.minimum(_colours(busts[0]), _colours(busts[1])).sum())
    structure = float(_gradients(busts[0]) @ _gradients(busts[1]))
    return Score(name="proxy.i2i", value=0.4 * face + 0.3 * colour + 0.3 * structure, tolerance=0.02)


def i2t(board: Board, scene: SceneRecord | None) -> Score:
    """Image to text: how much of what the board asks for the picture is known to show, 0 to 1; None for a picture that
    nobody composed.

    The weighted mean of: place (cosine of asked and shown words, weight 2), every prop (cosine of the thing that
    answers it, 0 if nothing does, weight 1 each), framing, time of day and weather (1 if as asked, weight 0.5 each). It
    trusts the composer's record and does not look at pixels.
    """
    if scene is None:
        return Score(name="proxy.i2t", value=None, note="The picture's maker keeps no record of what it shows.")
    parts = [(2.0, max(0.0, scene.place_similarity))]
    parts += [
        (1.0, max([0.0, *(item.similarity for item in scene.items if item.asked == prop)])) for prop in board.props
    ]
    asked = (
        (board.framing.value, scene.framing),
        (board.time_of_day.value, scene.time_of_day),
        (board.weather.value, scene.weather),
    )
    parts += [(0.5, float(wish == shown)) for wish, shown in asked]
    return Score(
        name="proxy.i2t", value=sum(weight * part for weight, part in parts) / sum(weight for weight, _ in parts)
    )


def _bust(rgb: Pixels, face: Face) -> Pixels:
    """96 x 96 px around a face: hair above, collar below; what lies outside the picture repeats its border."""
    x, y, side = (face.box[0] + face.box[2]) / 2, (face.box[1] + face.box[3]) / 2 + 0.05 * face.size, 1.6 * face.size
    scale = 96 / side
    place = np.array([[scale, 0, 48 - scale * x], [0, scale, 48 - scale * y]])
    return np.asarray(
        cv2.warpAffine(rgb, place, (96, 96), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def _colours(bust: Pixels) -> Plane:
    """Normalised histogram over 6 x 8 x 8 cells of L*a*b*, of an ellipse that holds face and hair, its neighbours
    blended."""
    lab = cv2.cvtColor(bust, cv2.COLOR_RGB2Lab)
    oval = cv2.ellipse(np.zeros(bust.shape[:2], np.uint8), (48, 48), (32, 44), 0, 0, 360, 255, -1)
    counts = cv2.calcHist([lab], [0, 1, 2], oval, [6, 8, 8], [0, 256, 96, 176, 96, 176])
    soft = np.stack([cv2.GaussianBlur(layer, (0, 0), 0.7) for layer in counts])
    return np.asarray(soft / max(float(soft.sum()), 1e-9), np.float32)


def _gradients(bust: Pixels) -> Plane:
    """Histograms of unsigned gradient directions (9 bins) on a 6 x 6 grid, of length 1."""
    gray = cv2.GaussianBlur(cv2.cvtColor(bust, cv2.COLOR_RGB2GRAY).astype(np.float32), (0, 0), 1.2)
    dx, dy = cv2.Sobel(gray, cv2.CV_32F, 1, 0), cv2.Sobel(gray, cv2.CV_32F, 0, 1)
    strength, angle = np.hypot(dx, dy), np.mod(np.arctan2(dy, dx), np.pi)
    bins = np.minimum((angle / np.pi * 9).astype(int), 8)
    cell = (np.arange(96) // 16)[:, None] * 6 + np.arange(96) // 16
    table = np.bincount((cell * 9 + bins).ravel(), np.sqrt(strength).ravel(), 36 * 9)
    return np.asarray(table / max(float(np.linalg.norm(table)), 1e-9), np.float32)
