"""The style over the whole picture, given back to its layers: what the style network changes in the composite is added to each layer it is seen in."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.backbones.embedded.stage import Layer

Pixels = NDArray[np.uint8]
Change = NDArray[np.float32]
SMALL = 6
"""Hidden parts get the change of their visible surroundings, worked out at this fraction of the size."""


def styled(layers: list[Layer], restyle: Callable[[Pixels], Pixels]) -> list[Layer]:
    """The layers with colours moved so that, drawn over each other, they are ``restyle`` of their composite."""
    flat, seen = _flatten(layers)
    change = restyle(np.clip(flat + 0.5, 0, 255).astype(np.uint8)).astype(np.float32) - flat
    return [_moved(layer, visible, change) for layer, visible in zip(layers, seen, strict=True)]


def _flatten(layers: list[Layer]) -> tuple[Change, list[Change]]:
    height, width = layers[0].rgba.shape[:2]
    rest: Change = np.ones((height, width), np.float32)
    flat = np.zeros((height, width, 3), np.float32)
    seen: list[Change] = []
    for layer in reversed(layers):
        alpha: Change = layer.rgba[..., 3].astype(np.float32) / np.float32(255)
        seen.insert(0, alpha * rest)
        flat += layer.rgba[..., :3] * seen[0][..., None]
        rest = rest * (1 - alpha)
    return flat, seen


def _moved(layer: Layer, visible: Change, change: Change) -> Layer:
    share = np.clip(visible * 4, 0, 1)[..., None]
    rgb = layer.rgba[..., :3] + change * share + _spread(visible, change) * (1 - share)
    return Layer(layer.name, layer.kind, layer.depth, np.dstack([np.clip(rgb + 0.5, 0, 255).astype(np.uint8), layer.rgba[..., 3]]))


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
