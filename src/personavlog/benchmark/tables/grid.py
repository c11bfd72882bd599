"""A table as plain text in its places, the same for every format; renderers escape it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from personavlog.benchmark.definitions import Definition, Group
from personavlog.benchmark.tables.table import Cell, Table

LONGEST_NOTE = 40
TITLES: dict[Group, str] = {
    "storyboard": "Storyboard",
    "pictures": "Image",
    "clips": "Video",
    "film": "Film",
    "correction": "Correction",
    "cost": "Cost",
}
ARROWS = {"higher": " ↑", "lower": " ↓", "none": ""}


@dataclass(frozen=True)
class Shown:
    """A cell: the number or why there is none, its mark, its interval, how much of it there is."""

    text: str
    bold: bool = False
    mark: str = ""
    interval: str = ""
    count: str = ""


@dataclass(frozen=True)
class Grid:
    """``groups`` are titles over so many columns; ``rows`` a method's title and its cells."""

    title: str
    groups: tuple[tuple[str, int], ...]
    header: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Shown, ...]], ...]


def grids(table: Table, *, intervals: bool) -> list[Grid]:
    """One grid in the paper's layout, else one a group."""
    if table.layout == "paper":
        return [_grid(table, table.columns, "ThemeVlogEval", intervals)]
    by_group = groupby(table.columns, key=lambda column: column.group)
    return [_grid(table, tuple(columns), TITLES[group], intervals) for group, columns in by_group]


def _grid(table: Table, columns: tuple[Definition, ...], title: str, intervals: bool) -> Grid:
    spans = [(TITLES[group], len(list(found))) for group, found in groupby(columns, key=lambda column: column.group)]
    rows = (
        (method.title, tuple(shown(table.cells[method.name, column.name], column, intervals) for column in columns))
        for method in table.methods
    )
    return Grid(title, tuple(spans), tuple(heading(column) for column in columns), tuple(rows))


def heading(column: Definition) -> str:
    """Title, unit and which way is better."""
    unit = f" ({column.unit})" if column.unit and column.paper == 0 else ""
    return f"{column.title}{unit}{ARROWS[column.better]}"


def shown(cell: Cell, column: Definition, intervals: bool = True) -> Shown:
    """A cell as text; without a number it says why, never 0."""
    if cell.mean is None:
        return Shown(shortened(cell.note))
    return Shown(
        text=number(cell.mean, column),
        bold=cell.best,
        mark=cell.mark(column),
        interval=bounds(cell, column) if intervals else "",
        count="" if cell.complete else f"n {cell.n}/{cell.vlogs}, {cell.coverage:.0%}",
    )


def bounds(cell: Cell, column: Definition) -> str:
    """The interval in brackets, or nothing."""
    if cell.low is None or cell.high is None:
        return ""
    return f"[{number(cell.low, column)}, {number(cell.high, column)}]"


def number(value: float, column: Definition) -> str:
    """In the unit and with the digits that the measure is printed with."""
    return f"{value * column.scale:z.{column.digits}f}"


def shortened(note: str) -> str:
    """A note that fits into a cell; CSV has all of it."""
    return note if len(note) <= LONGEST_NOTE else f"{note[: LONGEST_NOTE - 1].rstrip()}…"
