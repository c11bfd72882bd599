"""Percentile bootstrap of a mean over vlogs, clustered by theme."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from personavlog.benchmark.statistics.vlogs import Key

LEVEL = 0.95
RESAMPLES = 10_000
FEWEST_THEMES = 3
"""With fewer there is no interval and no test."""
MOST_THEMES = 1_000
"""More would not fit into memory with all that is drawn."""

Floats = npt.NDArray[np.float64]


def by_theme(values: Mapping[Key, float]) -> tuple[Floats, Floats]:
    """Each theme's sum and its number of vlogs, both of shape (themes,), in the order of the themes' ids."""
    themes = sorted({theme for _, _, theme in values})
    place = {theme: index for index, theme in enumerate(themes)}
    sums, sizes = np.zeros(len(themes)), np.zeros(len(themes))
    for key in sorted(values):
        sums[place[key[2]]] += values[key]
        sizes[place[key[2]]] += 1
    return sums, sizes


def interval(values: Mapping[Key, float]) -> tuple[float, float] | None:
    """The 95 % interval of the mean over vlogs, or None with fewer than three themes.

    Whole themes are drawn with replacement 10,000 times, since vlogs of one theme are alike (Efron and Tibshirani 1993,
    chapter 13; clusters: Davison and Hinkley 1997, section 3.8). The draws depend on the number of themes alone, so
    equal values give equal intervals.
    """
    sums, sizes = by_theme(values)
    if len(sums) < FEWEST_THEMES:
        return None
    drawn = _drawn(len(sums))
    low, high = np.quantile((drawn @ sums) / (drawn @ sizes), [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


@lru_cache(maxsize=2)
def _drawn(themes: int) -> Floats:
    """How often each theme is in each resample, (resamples, themes)."""
    drawn = np.random.default_rng(themes).multinomial(themes, np.full(themes, 1 / themes), size=RESAMPLES)
    return drawn.astype(np.float64)
