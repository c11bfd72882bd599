"""The finishes by name: how the paint lies in a picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.backbones.embedded import style_card, style_oil, style_tone, style_wash
from personavlog.backbones.embedded.style_look import Finish, flatten

Pixels = NDArray[np.uint8]


def finished(rgb: Pixels, finish: Finish, unit: float | None = None) -> Pixels:
    """A (h, w, 3) picture painted in a finish, same size; ``unit`` is the px that a screen-filling thing measures in it, its shorter side if not said."""
    paint = _FINISHES.get(finish)
    return rgb if paint is None else paint(rgb, float(min(rgb.shape[:2])) if unit is None else unit)


def _sprite(rgb: Pixels, unit: float) -> Pixels:
    """What a grid of cells keeps: few tones, crisp steps."""
    return style_tone.cels(np.asarray(cv2.medianBlur(flatten(rgb, 1), 5), np.uint8), unit)


_FINISHES: Mapping[str, Callable[[Pixels, float], Pixels]] = MappingProxyType({
    "gouache": style_tone.gouache, "bloom": style_tone.bloom, "cels": style_tone.cels, "pale cels": style_tone.pale_cels, "dense cels": style_tone.dense_cels,
    "rendered": style_tone.rendered,
    "watercolour": style_wash.watercolour, "portrait wash": style_wash.portrait,
    "ink wash": style_wash.ink, "oil": style_oil.oil, "oil portrait": style_oil.portrait, "graphite": style_tone.graphite,
    "hard light": style_tone.hard_light, "comic": style_tone.inked, "card": style_card.card, "sprite": _sprite,
})  # fmt: skip
