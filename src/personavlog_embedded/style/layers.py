"""The style over the whole picture, given back to its layers: what the style network changes in the composite is added
to each layer it is seen in.

A network draws its outlines on both sides of an edge. The outer half belongs to the nearer layer, so the layers behind
do not get it: it would stay behind as a ghost when the camera moves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels
from personavlog_embedded.scene.stage import Layer
from personavlog_embedded.style.edge import outlined
from personavlog_embedded.style.look import Look

Change = NDArray[np.float32]
SMALL = 6
"""Hidden parts get the change of their visible surroundings, worked out at this fraction of the size."""
OUTLINE = 0.0042
"""How far an outline may reach beyond its layer, as a share of the canvas's longer side: three px of what the network
sees."""
BARE = frozenset({"sky", "ground", "water"})
"""Kinds of layers without an outline of their own."""
SKY_LINES = 0.12
"""How much of the network's fine lines the sky keeps; all of its colour stays."""


def styled(layers: list[Layer], restyle: Callable[[Pixels], Pixels]) -> list[Layer]:
    """The layers with colours moved so that, drawn over each other, they are ``restyle`` of their composite, but for
    outlines on what lies behind."""
    flat, clear = _flatten(layers)
    change = restyle(np.clip(flat + 0.5, 0, 255).astype(np.uint8)).astype(np.float32) - flat
    return [_moved(layer, rest, change) for layer, rest in zip(layers, clear, strict=True)]


def edged(layers: list[Layer], look: Look, unit: float) -> list[Layer]:
    """The layers with their outlines as the style draws them, ``unit`` being the frame's in px; skies and shadows have
    none, and a "line" only people."""
    return [_edged(layer, look, unit) for layer in layers]


def _edged(layer: Layer, look: Look, unit: float) -> Layer:
    plain = layer.kind in BARE or layer.name == "contact shadow" or (look.edge == "line" and layer.kind != "person")
    return layer if plain else replace(layer, rgba=outlined(layer.rgba, look.edge, look.edge_colour, unit))


def _flatten(layers: list[Layer]) -> tuple[Change, list[Change]]:
    """The composite, and for every layer how clear the view of it is past the nearer ones, 0 to 1."""
    height, width = layers[0].rgba.shape[:2]
    rest: Change = np.ones((height, width), np.float32)
    flat = np.zeros((height, width, 3), np.float32)
    clear: list[Change] = []
    for layer in reversed(layers):
        alpha: Change = layer.rgba[..., 3].astype(np.float32) / np.float32(255)
        clear.insert(0, rest)
        flat += layer.rgba[..., :3] * (alpha * rest)[..., None]
        rest = rest * (1 - alpha)
    return flat, clear


def _moved(layer: Layer, clear: Change, change: Change) -> Layer:
    """The layer with its share of the change, within the box that it covers: most things are small."""
    x, y, width, height = cv2.boundingRect(np.ascontiguousarray(layer.rgba[..., 3]))
    if not width or not height:
        return layer
    reach = OUTLINE * max(clear.shape)
    room = 2 * round(reach) + 8
    part = np.s_[max(0, y - room) : y + height + room, max(0, x - room) : x + width + room]
    rgba = layer.rgba.copy()
    rgba[part][..., :3] = _recoloured(rgba[part], reach, clear[part], change[part], sky=layer.kind == "sky")
    return replace(layer, rgba=rgba)


def _recoloured(rgba: Pixels, reach: float, clear: Change, change: Change, *, sky: bool) -> Pixels:
    alpha, away = rgba[..., 3].astype(np.float32) / np.float32(255), _away(clear, max(1, round(reach)))
    seen, share = alpha * away, (np.clip(alpha * clear * 4, 0, 1) * away)[..., None]
    own = _softened(seen, change, 2 * reach) if sky else change
    spread = _spread(seen, change)
    rgb = rgba[..., :3] + spread + (own - spread) * share
    return np.asarray(np.clip(rgb + np.float32(0.5), 0, 255), np.uint8)


def _away(clear: Change, reach: int) -> Change:
    """``clear`` without what lies within an outline's reach of a nearer layer's edge, falling off softly."""
    if float(clear.min()) == 1:
        return clear
    size = 3 * reach + 1 | 1
    inner = cv2.erode(
        (clear * 255).astype(np.uint8),
        cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)),
        borderType=cv2.BORDER_REPLICATE,
    )
    return np.asarray(cv2.GaussianBlur(inner, (0, 0), 0.3 * reach), np.float32) / np.float32(255)


def _softened(seen: Change, change: Change, sigma: float) -> Change:
    """The change with its fine lines taken back: skies are washes, not drawings."""
    amount = cv2.GaussianBlur(seen, (0, 0), sigma)[..., None]
    wash = cv2.GaussianBlur(change * seen[..., None], (0, 0), sigma) / (amount + 1e-3)
    return np.asarray(wash + (change - wash) * SKY_LINES, np.float32)


def _spread(visible: Change, change: Change) -> Change:
    """The change where it is seen, carried on smoothly to where it is not."""
    size = (max(2, change.shape[1] // SMALL), max(2, change.shape[0] // SMALL))
    weight = cv2.resize(visible, size, interpolation=cv2.INTER_AREA)
    value = cv2.resize(change * visible[..., None], size, interpolation=cv2.INTER_AREA)
    out = np.zeros_like(value)
    for sigma in (40.0, 12.0, 4.0):
        amount = cv2.GaussianBlur(weight, (0, 0), sigma)[..., None]
        near = cv2.GaussianBlur(value, (0, 0), sigma) / (amount + 1e-4)
        out += (near - out) * np.clip(amount * 8, 0, 1)
    return np.asarray(cv2.resize(out, (change.shape[1], change.shape[0]), interpolation=cv2.INTER_LINEAR), np.float32)
