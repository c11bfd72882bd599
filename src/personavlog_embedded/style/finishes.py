"""The finishes by name: how the paint lies in a picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import cv2
import numpy as np

from personavlog.media.arrays import Pixels
from personavlog_embedded.style import card, oil, tone, wash
from personavlog_embedded.style.look import Finish, smoothed


def finished(rgb: Pixels, finish: Finish, unit: float | None = None) -> Pixels:
    """A (h, w, 3) picture painted in a finish, same size; ``unit`` is the px that a screen-filling thing measures in
    it, its shorter side if not said."""
    paint = _FINISHES.get(finish)
    return rgb if paint is None else paint(rgb, float(min(rgb.shape[:2])) if unit is None else unit)


def _sprite(rgb: Pixels, unit: float) -> Pixels:
    """What a grid of cells keeps: few tones, crisp steps."""
    return tone.cels(np.asarray(cv2.medianBlur(smoothed(rgb, 1), 5), np.uint8), unit)


_FINISHES: Mapping[str, Callable[[Pixels, float], Pixels]] = MappingProxyType(
    {
        "gouache": tone.gouache,
        "bloom": tone.bloom,
        "cels": tone.cels,
        "pale cels": tone.pale_cels,
        "dense cels": tone.dense_cels,
        "rendered": tone.rendered,
        "watercolour": wash.watercolour,
        "portrait wash": wash.portrait,
        "ink wash": wash.ink,
        "oil": oil.oil,
        "oil portrait": oil.portrait,
        "graphite": tone.graphite,
        "hard light": tone.hard_light,
        "comic": tone.inked,
        "card": card.card,
        "card portrait": card.portrait,
        "sprite": _sprite,
    }
)
