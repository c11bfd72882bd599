"""The rows of one measure, as one number a vlog."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from personavlog.benchmark.rows import Row
from personavlog.errors import ConfigurationError

LARGEST = 1e12
"""No measure reaches it; what does is damaged, and its square would be no number."""

LONGEST_NOTE = 300

Key = tuple[str, str, str]
"""Person, style and theme: the same task for every method."""


@dataclass(frozen=True)
class Measured:
    """One measure of one method.

    ``values`` is the mean of a vlog's rows that have a number, in the measure's own unit; vlogs without one are not in
    it. ``coverage`` is the share of a vlog's rows that have one, 0 to 1, for every vlog that has rows. ``notes`` say
    why numbers are missing, the most frequent one first; ``sources`` are all that measured them.
    """

    values: Mapping[Key, float]
    coverage: Mapping[Key, float]
    notes: tuple[str, ...]
    sources: Mapping[str, frozenset[str]]


NOTHING = Measured({}, {}, (), {})


def measured(rows: Iterable[Row]) -> dict[str, Measured]:
    """Every measure of one method's rows, by name. Of rows that say the same thing of the same shot the last counts.

    Raises ``ConfigurationError`` where a number is beyond all measures.
    """
    last = {(row.vlog, row.unit, row.shot, row.measure): row for row in rows}
    by_measure: dict[str, list[Row]] = defaultdict(list)
    for row in last.values():
        by_measure[row.measure].append(row)
    return {name: _measured(found) for name, found in by_measure.items()}


def _measured(rows: Sequence[Row]) -> Measured:
    by_vlog: dict[Key, list[float | None]] = defaultdict(list)
    for row in rows:
        by_vlog[row.person, row.style, row.theme].append(_sound(row))
    known = {key: [value for value in values if value is not None] for key, values in by_vlog.items()}
    return Measured(
        values={key: fmean(values) for key, values in known.items() if values},
        coverage={key: len(known[key]) / len(values) for key, values in by_vlog.items()},
        notes=tuple(
            note for note, _ in Counter(row.note[:LONGEST_NOTE] for row in rows if row.value is None).most_common()
        ),
        sources=_sources(row.source for row in rows if row.value is not None),
    )


def _sound(row: Row) -> float | None:
    if row.value is not None and abs(row.value) > LARGEST:
        raise ConfigurationError(
            f"The score {row.measure!r} of {row.vlog!r} is {row.value:g}, which no measure gives. Remove its line from "
            "the scores; it is measured again."
        )
    return row.value


def _sources(sources: Iterable[Mapping[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for source in sources:
        for name, value in source.items():
            found[name].add(value)
    return {name: frozenset(values) for name, values in found.items()}
