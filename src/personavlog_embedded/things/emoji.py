"""A Fluent emoji drawing made into a relief like our own things: its gloss taken off, its colours those of paint, its
outline blown up to a body."""

from __future__ import annotations

import cv2
import numpy as np

from personavlog.media.arrays import Pixels, Plane
from personavlog_embedded.things import emoji_index
from personavlog_embedded.things.brushwork import GREY
from personavlog_embedded.things.phrase import Phrase
from personavlog_embedded.things.relief import FINE, PAD, Relief

TONES = 7
"""Steps of lightness that are kept of a glossy gradient."""
MUTED = 0.68
"""Share of its colourfulness that a drawing keeps."""


def relief(thing: emoji_index.Emoji, phrase: Phrase, scale: float) -> Relief:
    """The drawing, ``scale`` px for a metre, as often as asked for, at ``FINE`` times that resolution."""
    size = max(16, round(thing.tall * phrase.size * scale * FINE))
    one = cv2.copyMakeBorder(
        emoji_index.picture(thing, size),
        PAD * FINE,
        PAD * FINE,
        PAD * FINE,
        PAD * FINE,
        cv2.BORDER_CONSTANT,
        value=(0, 0, 0, 0),
    )
    rgba = _even(_repeated(np.asarray(one, np.uint8), phrase.count))
    cover = rgba[..., 3].astype(np.float32) / np.float32(255)
    own = _tinted(_flat(rgba), cover, phrase)
    height = _body(cover)
    normal = _normals(height, cover)
    nothing = np.zeros_like(cover)
    rows, columns = cover.shape
    part = (cover > 0.5).astype(np.int32)
    return Relief(
        own, normal, cover, height / rows, part, nothing, nothing, (columns / 2, float(rows - PAD * FINE)), scale * FINE
    )


def shadow(rgba: Pixels, fall: tuple[float, float], pitch: float) -> tuple[Plane, tuple[float, float]]:
    """The outline laid on the ground: (h, w) 0 to 1 and where the foot's middle lies in it."""
    alpha = rgba[..., 3].astype(np.float32) / np.float32(255)
    height, width = alpha.shape
    flat = max(0.12, float(np.sin(np.radians(pitch)))) * (0.4 if fall == (0.0, 0.0) else -fall[1])
    side = fall[0]
    pad = int(abs(side) * height) + 2
    if fall == (0.0, 0.0):
        alpha = np.where(np.arange(height)[:, None] > 0.9 * height, alpha, 0).astype(np.float32)
    tall = max(3, int(height * flat) + 2)
    move = np.array([[1, -side, pad + side * height], [0, tall / height, 0]], np.float32)
    return np.asarray(cv2.warpAffine(alpha, move, (width + 2 * pad, tall)), np.float32), (pad + width / 2, float(tall))


def _even(rgba: Pixels) -> Pixels:
    rows, columns = rgba.shape[:2]
    return np.asarray(
        cv2.copyMakeBorder(rgba, rows % FINE, 0, 0, columns % FINE, cv2.BORDER_CONSTANT, value=(0, 0, 0, 0)), np.uint8
    )


def _repeated(one: Pixels, count: int) -> Pixels:
    """Copies beside each other, every other one a little smaller, their feet on one line."""
    small = cv2.resize(one, None, fx=0.88, fy=0.88, interpolation=cv2.INTER_AREA)
    raised = cv2.copyMakeBorder(small, one.shape[0] - small.shape[0], 0, 0, 0, cv2.BORDER_CONSTANT, value=(0, 0, 0, 0))
    return np.ascontiguousarray(np.hstack([raised if number % 2 else one for number in range(count)]))


def _flat(rgba: Pixels) -> Plane:
    """Colours without gloss: smoothed between edges, in few steps of lightness, muted."""
    smooth = rgba[..., :3]
    for _ in range(2):
        smooth = cv2.bilateralFilter(smooth, 0, 26, max(2.0, 0.018 * max(rgba.shape)))
    rgb = smooth.astype(np.float32) / np.float32(255)
    grey = (rgb @ GREY)[..., None]
    stepped = (np.floor(grey * TONES) + 0.5) / TONES
    level = grey + (stepped - grey) * 0.75
    return np.asarray(np.clip(level + (rgb - grey) * MUTED, 0, 1), np.float32)


def _tinted(own: Plane, cover: Plane, phrase: Phrase) -> Plane:
    """In the colour that the words name; what is grey or nearly black or white keeps its own."""
    solid = cover > 0.8
    if (phrase.colour is None and not phrase.old) or not solid.any():
        return own
    wanted = np.asarray(phrase.painted(tuple(float(part) for part in own[solid].mean(0))), np.float32)  # type: ignore[arg-type]
    grey = own @ GREY
    colourful = np.clip((own.max(axis=2) - own.min(axis=2)) * 3.2, 0, 1)[..., None] * 0.9
    toned = wanted * np.clip(grey / max(float(np.median(grey[solid])), 0.12), 0.45, 1.5)[..., None]
    return np.asarray(np.clip(own + (toned - own) * colourful, 0, 1), np.float32)


def _body(cover: Plane) -> Plane:
    """How far the outline is blown up, px: round at the rim, flatter in the middle."""
    inner = cv2.distanceTransform((cover > 0.5).astype(np.uint8), cv2.DIST_L2, 5)
    reach = max(float(inner.max()) * 0.8, 1.0)
    share = np.clip(inner / reach, 0, 1)
    dome = reach * 0.75 * np.sqrt(np.clip(1 - (1 - share) ** 2, 0, 1))
    return np.asarray(cv2.GaussianBlur(dome.astype(np.float32), (0, 0), max(1.0, 0.12 * reach)), np.float32)


def _normals(height: Plane, cover: Plane) -> Plane:
    x, y = cv2.Sobel(height, cv2.CV_32F, 1, 0, scale=0.125), cv2.Sobel(height, cv2.CV_32F, 0, 1, scale=0.125)
    normal = np.dstack([-x, y, np.full_like(x, 0.9)])
    return np.asarray(normal / np.linalg.norm(normal, axis=2, keepdims=True) * (cover > 0.5)[..., None], np.float32)
