"""What a reader of a table must know, in sentences."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import chain

from personavlog.benchmark.definitions import Definition
from personavlog.benchmark.statistics.intervals import FEWEST_THEMES
from personavlog.benchmark.tables.table import FALSE_DISCOVERIES, Table

PASSING = {"date", "first", "last", "device"}
"""What may differ between measurements that can be compared."""

MANY_THEMES = 20
"""From here on simulated intervals hold the mean in more than 93 of 100 cases."""
MOST_UNKNOWN = 10
"""Measures that are named in the legend although nothing defines them; the others are counted."""
BEST = "The best of a column is bold; a method that has under 95 % of the vlogs of the most complete one cannot be it."
BRACKETS = "In brackets the 95 % interval (percentile bootstrap over themes)."


def legend(table: Table, baseline: str | None, unknown: Collection[str]) -> tuple[str, ...]:
    """In the order of what they explain: numbers, marks, tests, and what is not as it should be."""
    return tuple(
        chain(
            _numbers(table),
            _tests(table, baseline),
            (_mixed(table, column) for column in table.columns if _differing(table, column)),
            [_unknown(sorted(unknown))] if unknown else [],
        )
    )


def _unknown(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_UNKNOWN} more" if len(names) > MOST_UNKNOWN else ""
    return f"Not printed, since nothing defines them: {', '.join(names[:MOST_UNKNOWN])}{more}."


def _numbers(table: Table) -> list[str]:
    told = [
        f"{table.vlogs} vlogs of {table.themes} themes. Each number is the mean over a method's vlogs, "
        "a vlog's number the mean over its shots."
    ]
    if table.themes < FEWEST_THEMES:
        return [*told, f"No intervals and no tests: they need {FEWEST_THEMES} themes."]
    if any(cell.low is not None for cell in table.cells.values()):
        few = f" With fewer than {MANY_THEMES} themes such intervals are too narrow."
        told.append(BRACKETS + (few if table.themes < MANY_THEMES else ""))
    if any(not cell.complete and cell.n for cell in table.cells.values()):
        told.append("Where something is missing, n counts the vlogs that have a number, and the share is its coverage.")
    return told


def _tests(table: Table, baseline: str | None) -> list[str]:
    tested = {
        (measure, frozenset((method, cell.against))): cell.compared.themes
        for (method, measure), cell in table.cells.items()
        if cell.compared and cell.q is not None
    }
    told = [BEST] if any(cell.best for cell in table.cells.values()) else []
    if not tested:
        return told
    against = "the best other method" if baseline is None else f"{baseline}"
    told.append(
        f"* better, † worse than {against} at a false-discovery rate of {100 * FALSE_DISCOVERIES:.0f} % "
        "(two-sided sign-flip test by theme on shared vlogs, Benjamini-Hochberg over this table's comparisons, "
        f"{len(tested)})."
    )
    smallest = 2.0 ** (1 - max(tested.values()))
    if smallest > FALSE_DISCOVERIES:
        told.append(f"So few themes cannot make a difference significant: the smallest p there is is {smallest:.3g}.")
    return told


def _differing(table: Table, column: Definition) -> list[str]:
    """Names of sources that are not one and the same in all of a column."""
    sources = [cell.sources for cell in table.column(column.name) if cell.sources]
    names = set(chain.from_iterable(sources)) - PASSING
    kinds = {name: {one.get(name, frozenset()) for one in sources} for name in names}
    return sorted(name for name, found in kinds.items() if len(found) > 1 or any(len(one) > 1 for one in found))


def _mixed(table: Table, column: Definition) -> str:
    names = ", ".join(_differing(table, column))
    return f"{column.title} was not measured alike everywhere ({names}); do not compare it."
