"""Counts as rates with the 95 % interval of Wilson (1927), which holds for few trials and for rates of 0 and 1."""

from __future__ import annotations

import math
from dataclasses import dataclass

Z = 1.959964
"""The normal distribution's 97.5 % point."""


@dataclass(frozen=True)
class Rate:
    """``hits`` of ``trials``."""

    hits: int
    trials: int

    @property
    def value(self) -> float | None:
        """0 to 1; None without a trial."""
        return self.hits / self.trials if self.trials else None

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper bound, 0 to 1."""
        n, p = self.trials, self.value
        if p is None:
            return 0.0, 1.0
        middle, spread = p + Z * Z / (2 * n), Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
        whole = 1 + Z * Z / n
        return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)

    @property
    def text(self) -> str:
        """As tables print it."""
        low, high = self.interval
        return (
            "not tried"
            if self.value is None
            else f"{self.value:.0%} ({self.hits}/{self.trials}; {low:.0%} to {high:.0%})"
        )
