"""From rows of scores to a table's numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import get_args

from personavlog.benchmark.definitions import Definition, Group, definitions
from personavlog.benchmark.outputs import Method
from personavlog.benchmark.statistics.intervals import MOST_THEMES, interval
from personavlog.benchmark.statistics.paired import compare, false_discovery
from personavlog.benchmark.statistics.vlogs import NOTHING, Key, Measured, measured
from personavlog.benchmark.tables.legend import legend
from personavlog.benchmark.tables.table import Cell, Layout, Scores, Table
from personavlog.errors import ConfigurationError

ENOUGH = 0.95
"""Which share of the vlogs of the most complete method one must have to be the best of a column."""

MOST_NOTES = 3

Found = Mapping[str, Mapping[str, Measured]]
"""By method's and measure's name."""


def build(scores: Scores, *, baseline: str | None = None, layout: Layout = "paper") -> Table:
    """The table of all methods; ``baseline`` names the method that the others are compared with, None the best other
    one, measure by measure (``_rivals``).

    Raises ``ConfigurationError``: no method, two of one name, rows of another method, no such baseline or layout,
    over 1,000 themes.
    """
    found = read(scores)
    if baseline is not None and baseline not in found:
        raise ConfigurationError(f"There is no method {baseline!r} to compare with. There are: {', '.join(found)}.")
    methods, columns = tuple(scores), _columns(layout, found)
    tasks = frozenset(key for measures in found.values() for one in measures.values() for key in one.coverage)
    themes = len({theme for _, _, theme in tasks})
    if themes > MOST_THEMES:
        raise ConfigurationError(f"The scores are of {themes} themes; at most {MOST_THEMES} can be compared.")
    cells = {
        (method.name, column.name): _cell(found[method.name].get(column.name, NOTHING), tasks)
        for method in methods
        for column in columns
    }
    for column in columns:
        _mark_best(cells, methods, column)
    _compare(cells, found, methods, columns, baseline)
    unknown = {name for measures in found.values() for name in measures} - definitions().keys()
    table = Table(layout, methods, columns, cells, len(tasks), themes, ())
    return replace(table, legend=legend(table, baseline, unknown))


def read(scores: Scores) -> dict[str, dict[str, Measured]]:
    """Every method's measures, by the methods' names. ``ConfigurationError`` where names are not unique."""
    if not scores:
        raise ConfigurationError("There is no method to print. Name at least one folder with scores.")
    name, times = Counter(method.name for method in scores).most_common(1)[0]
    if times > 1:
        raise ConfigurationError(f"{times} methods have the name {name!r}. Give each its own in its method.json.")
    for method, rows in scores.items():
        if others := {row.method for row in rows} - {method.name}:
            raise ConfigurationError(
                f"The scores of the method {method.name!r} hold rows of {sorted(others)[0]!r}. Score its outputs again."
            )
    return {method.name: measured(rows) for method, rows in scores.items()}


def _columns(layout: Layout, found: Found) -> tuple[Definition, ...]:
    if layout == "paper":
        return tuple(sorted((d for d in definitions().values() if d.paper), key=lambda d: d.paper))
    if layout != "all" and layout not in get_args(Group):
        raise ConfigurationError(f"There is no layout {layout!r}. There are: paper, all, {', '.join(get_args(Group))}.")
    seen = {name for measures in found.values() for name in measures}
    return tuple(d for d in definitions().values() if d.name in seen and layout in ("all", d.group))


def _cell(one: Measured, tasks: frozenset[Key]) -> Cell:
    bounds = interval(one.values)
    return Cell(
        mean=sum(one.values.values()) / len(one.values) if one.values else None,
        low=bounds[0] if bounds else None,
        high=bounds[1] if bounds else None,
        n=len(one.values),
        vlogs=len(tasks),
        coverage=sum(one.coverage.values()) / len(tasks) if tasks else 0.0,
        themes=len({theme for _, _, theme in one.values}),
        note=_note(one),
        sources=one.sources,
    )


def _note(one: Measured) -> str:
    """Why numbers are missing, the most frequent reasons first."""
    notes = [note for note in one.notes if note]
    more = [f"and {len(notes) - MOST_NOTES} more"] if len(notes) > MOST_NOTES else []
    return "; ".join(notes[:MOST_NOTES] + more) or ("" if one.values else "not measured")


Cells = dict[tuple[str, str], Cell]


def _mark_best(cells: Cells, methods: tuple[Method, ...], column: Definition) -> None:
    """All that print the best number, unless everybody does; a method that left out vlogs is not the best of those that
    did not."""
    most = max(cells[method.name, column.name].n for method in methods)
    printed = {
        method.name: round(cell.mean * column.scale, column.digits)
        for method in methods
        if (cell := cells[method.name, column.name]).mean is not None
    }
    whole = {name for name in printed if cells[name, column.name].n >= ENOUGH * most}
    if column.better == "none" or len(set(printed.values())) < 2 or not whole:
        return
    best = (max if column.better == "higher" else min)(printed[name] for name in whole)
    for name in whole:
        cells[name, column.name] = replace(cells[name, column.name], best=printed[name] == best)


def _compare(
    cells: Cells, found: Found, methods: tuple[Method, ...], columns: tuple[Definition, ...], baseline: str | None
) -> None:
    """Fill in the comparisons, with one control of false discoveries over all that the table has."""
    for column in columns:
        for method in methods if column.better != "none" else ():
            rival = _rival(cells, methods, method, column, baseline)
            if rival is not None:
                ours, theirs = (found[name].get(column.name, NOTHING).values for name in (method.name, rival))
                cell = cells[method.name, column.name]
                cells[method.name, column.name] = replace(cell, against=rival, compared=compare(ours, theirs))
    tested = {_pair(place, cell): cell.compared.p for place, cell in cells.items() if cell.compared}
    known = {pair: p for pair, p in tested.items() if p is not None}
    adjusted = dict(zip(known, false_discovery(list(known.values())), strict=True))
    for place, cell in cells.items():
        cells[place] = replace(cell, q=adjusted.get(_pair(place, cell)))


def _pair(place: tuple[str, str], cell: Cell) -> tuple[str, frozenset[str]]:
    """Measure and both methods: each against the other is one comparison."""
    method, measure = place
    return measure, frozenset((method, cell.against))


def _rival(
    cells: Cells, methods: tuple[Method, ...], method: Method, column: Definition, baseline: str | None
) -> str | None:
    """The named baseline, or the best of the others by their means, its own ablations left out where there are more."""
    if baseline is not None:
        return baseline if baseline != method.name else None
    means = {
        other: mean
        for other in methods
        if other.name != method.name and (mean := cells[other.name, column.name].mean) is not None
    }
    strangers = {other: mean for other, mean in means.items() if not _akin(method, other)} or means
    if not strangers:
        return None
    best = (max if column.better == "higher" else min)(strangers, key=lambda other: strangers[other])
    return best.name


def _akin(one: Method, other: Method) -> bool:
    """Whether one is an ablation of the other, or both of a third."""
    return (one.based_on or one.name) == (other.based_on or other.name)
