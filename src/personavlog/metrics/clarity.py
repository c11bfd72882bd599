"""Whether a picture is sharp and rightly exposed, whatever it shows. Pictures are (h, w, 3) uint8 RGB."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels
from personavlog.metrics.score import Score

VERSION = "clarity-2"
CLARITY, EXPOSURE = "proxy.clarity", "proxy.exposure"
SIDE = 720
"""Px of the shorter side that a larger picture is brought to."""
TILES = (16, 9)
SHOWN = 4.0
"""Squared levels of coarse detail under which a tile shows nothing that could be sharp."""
FEW, EMPTY = 3, 4.0
"""Fewer tiles than this show detail: the picture is empty where its px hardly differ (in levels), else blurred beyond
all detail."""
CRISP = 0.15
"""Share of fine detail from which a picture is crisp; more, as burnt edges and sharpening give, is not better."""
CLARITY_FLOOR = 0.5
"""Calibrated on one film (hayao, 4 keyframes): sound 1, blurred by 1 % of the side 0.14 to 0.16, enlarged tenfold 0.18
to 0.19. Held out (watercolour): 1, 0.12 to 0.14, 0.18 to 0.20."""
BURNT, DARK = 254, 3
EXPOSURE_FLOOR = 0.5
"""Same film: sound 0.86 to 0.98, with 2.5 times the light 0.11 to 0.29. Watercolour: 0.93 and 0.16 to 0.24."""
CLARITY_NOISE, EXPOSURE_NOISE = 0.04, 0.2
"""From ``benchmarks/tolerances.py``: 0.031 and 0.191. JPEG takes burnt px from 255 to 252, where they no longer count
as burnt."""


def clarity(rgb: Pixels) -> Score:
    """Sharpness, 0 to 1, of the sharpest quarter of the picture: a background out of focus on purpose does not lower
    it.

    r / ``CRISP``, 1 at most, with r the detail finer than 1 px over that of 1 to 4 px. None for an empty picture.
    """
    shares = _fine(rgb)
    if len(shares) < FEW and float(rgb.std()) < EMPTY:
        return Score(name=CLARITY, value=None, tolerance=CLARITY_NOISE, paper=False, note="The picture is empty.")
    share = float(np.percentile(shares, 75)) if len(shares) >= FEW else 0.0
    return Score(name=CLARITY, value=min(share / CRISP, 1.0), tolerance=CLARITY_NOISE, paper=False, enough=0.9)


def _fine(rgb: Pixels) -> NDArray[np.float32]:
    scale = SIDE / min(rgb.shape[:2])
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY).astype(np.float32)
    grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    soft, softer = cv2.GaussianBlur(grey, (0, 0), 1.0), cv2.GaussianBlur(grey, (0, 0), 4.0)
    fine, coarse = (
        cv2.resize(plane, TILES, interpolation=cv2.INTER_AREA).ravel()
        for plane in ((grey - soft) ** 2, (soft - softer) ** 2)
    )
    return np.asarray(fine[coarse > SHOWN] / coarse[coarse > SHOWN], np.float32)


def exposure(rgb: Pixels) -> Score:
    """Share of px, 0 to 1, with no channel burnt and not all of them drowned."""
    burnt = rgb.max(axis=2) >= BURNT
    dark = rgb.max(axis=2) <= DARK
    return Score(
        name=EXPOSURE, value=1 - float((burnt | dark).mean()), tolerance=EXPOSURE_NOISE, paper=False, enough=0.8
    )
