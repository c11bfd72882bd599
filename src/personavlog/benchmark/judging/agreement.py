"""Krippendorff's alpha: how far judges agree, 1 wholly, 0 as by chance (Krippendorff 2011, "Computing Krippendorff's
Alpha-Reliability"). Missing values are left out; what only one judge marked says nothing of agreement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from personavlog.benchmark.definitions import definitions
from personavlog.benchmark.rows import Row

Level = Literal["nominal", "ordinal", "interval"]
Floats = NDArray[np.float64]
RESAMPLES = 2000
MOST_NUMBERS = 2_000_000
"""Of one batch of resampled tables."""
LEAST_SOUND = 0.5
"""Share of the resamples that must have an alpha for an interval to be told."""


@dataclass(frozen=True)
class Agreement:
    """``alpha`` is None where nothing can be said: fewer than two marks of one item, or one mark for everything.
    ``interval`` is the 95 % percentile interval of a bootstrap over items, None where too few of them have an alpha.
    ``items`` and ``marks`` are those that counted."""

    alpha: float | None
    interval: tuple[float, float] | None
    items: int
    marks: int

    @property
    def text(self) -> str:
        """For a terminal."""
        found = "none, as all marks are equal" if self.alpha is None else f"{self.alpha:.2f}"
        bounds = f" [{self.interval[0]:.2f}, {self.interval[1]:.2f}]" if self.interval else ""
        return f"{found}{bounds}, {self.items} vlogs"


def alpha(marks: Sequence[Sequence[float | None]], level: Level = "ordinal") -> float | None:
    """The alpha of ``marks[judge][item]``, None where a judge gave none; raises ``ValueError`` where judges differ in
    their number of items."""
    values, tables = _coincidences(marks)
    found = float(_alphas(tables.sum(axis=0)[None], values, level)[0]) if len(tables) else float("nan")
    return None if np.isnan(found) else found


def agreement(
    marks: Sequence[Sequence[float | None]], level: Level = "ordinal", *, seed: int = 0, resamples: int = RESAMPLES
) -> Agreement:
    """The alpha with its interval; the same for the same seed."""
    values, tables = _coincidences(marks)
    if not len(tables):
        return Agreement(None, None, 0, 0)
    drawn = np.random.default_rng(seed).multinomial(len(tables), np.full(len(tables), 1 / len(tables)), resamples)
    size = max(1, MOST_NUMBERS // len(values) ** 2)
    resampled = np.concatenate(
        [
            _alphas(np.tensordot(drawn[begin : begin + size].astype(float), tables, 1), values, level)
            for begin in range(0, resamples, size)
        ]
    )
    sound = resampled[~np.isnan(resampled)]
    low, high = np.quantile(sound, (0.025, 0.975)) if len(sound) >= LEAST_SOUND * resamples else (np.nan, np.nan)
    interval = None if np.isnan(low) else (float(low), float(high))
    return Agreement(alpha(marks, level), interval, len(tables), round(float(tables.sum())))


def of_judges(rows: Iterable[Row], level: Level = "ordinal") -> dict[str, Agreement]:
    """By measure: how far the judges agree on the vlogs, each by its mean over its repeats."""
    items: defaultdict[str, list[dict[str, float]]] = defaultdict(list)
    for row in rows:
        means = {judge: fmean(marks.values()) for judge, marks in _marks(row).items()}
        items[row.measure].append(means)
    return {measure: agreement(_matrix(found), level) for measure, found in items.items()}


def of_repeats(rows: Iterable[Row], level: Level = "ordinal") -> dict[tuple[str, str], Agreement]:
    """By measure and judge (its fingerprint): how far a judge agrees with itself from repeat to repeat."""
    items: defaultdict[tuple[str, str], list[dict[int, float]]] = defaultdict(list)
    for row in rows:
        for judge, marks in _marks(row).items():
            items[row.measure, judge].append(marks)
    return {which: agreement(_matrix(found), level) for which, found in items.items()}


def told(rows: Sequence[Row]) -> list[str]:
    """Lines for a terminal; nothing of judges or repeats where there is only one."""
    between = [
        f"Agreement of the judges, {definitions()[measure].title}: alpha {found.text}"
        for measure, found in of_judges(rows).items()
        if found.items
    ]
    within = [
        f"Agreement of {judge} with itself, {definitions()[measure].title}: alpha {found.text}"
        for (measure, judge), found in of_repeats(rows).items()
        if found.items
    ]
    return [*between, *within]


def _marks(row: Row) -> dict[str, dict[int, float]]:
    """Judge to repeat to mark, of a row that ``judging.judge`` made; nothing of others."""
    found: defaultdict[str, dict[int, float]] = defaultdict(dict)
    answers: Any = row.detail.get("answers", ()) if isinstance(row.detail, dict) else ()
    for answer in answers:
        if answer["mark"] is not None:
            found[answer["judge"]][answer["repeat"]] = float(answer["mark"])
    return found


def _matrix(items: Sequence[Mapping[Any, float]]) -> list[list[float | None]]:
    """One row for each who marked, one column for each item."""
    return [[item.get(who) for item in items] for who in sorted({who for item in items for who in item})]


def _coincidences(marks: Sequence[Sequence[float | None]]) -> tuple[Floats, Floats]:
    """The values (v,) that occur, and for each item with two marks or more its table (v, v) of pairs of them."""
    table = np.array([[np.nan if mark is None else mark for mark in row] for row in marks], float)
    table = table.reshape(len(marks), -1) if table.size else np.empty((0, 0))
    table = table[:, (~np.isnan(table)).sum(axis=0) >= 2]
    values = np.unique(table[~np.isnan(table)])
    counts = (table[:, :, None] == values).sum(axis=0).astype(float)  # (items, v)
    pairs = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(len(values))
    return values, pairs / (counts.sum(axis=1) - 1)[:, None, None]


def _alphas(tables: Floats, values: Floats, level: Level) -> Floats:
    """The alpha of each coincidence table (n, v, v); nan where only one value occurs."""
    often = tables.sum(axis=2)
    total = often.sum(axis=1)
    distance = _distance(often, values, level)
    seen = (tables * distance).sum(axis=(1, 2))
    chance = (often[:, :, None] * often[:, None, :] * distance).sum(axis=(1, 2)) / (total - 1)
    share: Floats = np.divide(seen, chance, out=np.full_like(seen, np.nan), where=chance > 0)
    return 1 - share


def _distance(often: Floats, values: Floats, level: Level) -> Floats:
    """Squared differences of all pairs of values, (n, v, v) or (1, v, v); ordinal: by how many marks lie between."""
    if level == "nominal":
        return 1 - np.eye(len(values))[None]
    place = often.cumsum(axis=1) - often / 2 if level == "ordinal" else values[None]
    return np.square(place[:, :, None] - place[:, None, :])
