"""Two methods on the vlogs that both have: sign-flip test by themes, effect size, false-discovery control."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from personavlog.benchmark.statistics.intervals import FEWEST_THEMES, Floats, by_theme
from personavlog.benchmark.statistics.vlogs import Key

EXACT_THEMES = 14
"""Up to here all 2^themes flips are tried."""
FLIPS = 9_999


@dataclass(frozen=True)
class Comparison:
    """One method less another. ``difference`` is the mean over pairs in the measure's unit, ``effect`` Cohen's d_z of
    the pairs (Lakens 2013), None where all differences are equal; ``p`` is two-sided, None with fewer than three
    themes."""

    pairs: int
    themes: int
    difference: float
    p: float | None
    effect: float | None


def compare(values: Mapping[Key, float], against: Mapping[Key, float]) -> Comparison | None:
    """Paired on person, style and theme; None where the two share no vlog."""
    shared = sorted(values.keys() & against.keys())
    if not shared:
        return None
    differences = {key: values[key] - against[key] for key in shared}
    sums, _ = by_theme(differences)
    pairs = np.array([differences[key] for key in shared])
    return Comparison(len(pairs), len(sums), float(pairs.mean()), _p(sums), _d_z(pairs))


def _p(sums: Floats) -> float | None:
    """How often a sum as far from 0 comes of flipping the signs of whole themes: exact, else with the drawn one counted
    (Phipson and Smyth 2010)."""
    if len(sums) < FEWEST_THEMES:
        return None
    reached = np.abs(sums.sum()) - 1e-9 * np.abs(sums).sum()
    as_far = np.abs(_signs(len(sums)) @ sums) >= reached
    return float(as_far.mean()) if len(sums) <= EXACT_THEMES else float((as_far.sum() + 1) / (FLIPS + 1))


@lru_cache(maxsize=2)
def _signs(themes: int) -> Floats:
    """(flips, themes) of -1 and 1. The last theme's sign stays: its mirror image is as far from 0."""
    if themes > EXACT_THEMES:
        return np.random.default_rng(themes).choice([-1.0, 1.0], size=(FLIPS, themes))
    flips = np.arange(2 ** (themes - 1))[:, None] >> np.arange(themes) & 1
    return np.asarray(1.0 - 2.0 * flips, np.float64)


def _d_z(differences: Floats) -> float | None:
    """Mean over standard deviation of the differences; 0 where there is no difference at all."""
    if not differences.any():
        return 0.0
    spread = differences.std(ddof=1) if len(differences) > 1 else 0.0
    return float(differences.mean() / spread) if spread > 1e-9 * np.abs(differences).max() else None


def false_discovery(p: Sequence[float]) -> list[float]:
    """Benjamini and Hochberg's (1995) adjusted p values, in the order of ``p``: a table that marks those up to 0.05 has
    at most 5 % wrong marks in the mean."""
    order = np.argsort(p, kind="stable")
    ranked = np.asarray(p, np.float64)[order] * len(p) / np.arange(1, len(p) + 1)
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(np.minimum.accumulate(ranked[::-1])[::-1], 1.0)
    return [float(q) for q in adjusted]


def won(values: Mapping[Key, float], against: Mapping[Key, float], *, lower: bool) -> float | None:
    """The share of shared vlogs on which the first is better, a tie counting half, 0 to 1; None without any."""
    shared = values.keys() & against.keys()
    if not shared:
        return None
    signs = [np.sign(values[key] - against[key]) for key in shared]
    return float(0.5 + 0.5 * np.mean(signs) * (-1 if lower else 1))
