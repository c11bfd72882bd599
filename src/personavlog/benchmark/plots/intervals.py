"""Mean and 95 % interval of every method, a panel a measure, a figure a group."""

from __future__ import annotations

from itertools import groupby
from textwrap import fill, shorten

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from personavlog.benchmark.definitions import Definition
from personavlog.benchmark.plots.canvas import LONGEST_NAME, SOFT, mark, panels, plain
from personavlog.benchmark.tables.grid import TITLES, heading
from personavlog.benchmark.tables.table import Cell, Table

COLUMNS = 4
PANEL = 2.9
"""Inches."""
TITLE = 26
"""Characters in a line of a panel's title."""


def draw(table: Table) -> dict[str, Figure]:
    """By file name; a group of which nothing was measured is left out."""
    groups = {group: tuple(found) for group, found in groupby(table.columns, key=lambda column: column.group)}
    return {
        f"intervals-{group}": _group(table, TITLES[group], columns)
        for group, columns in groups.items()
        if any(cell.mean is not None for column in columns for cell in table.column(column.name))
    }


def _group(table: Table, title: str, columns: tuple[Definition, ...]) -> Figure:
    figure, axes = panels(len(columns), COLUMNS, PANEL, 0.9 + 0.24 * len(table.methods))
    for index, (column, place) in enumerate(zip(columns, axes, strict=True)):
        _panel(place, table, column)
        if index % COLUMNS:
            place.set_yticklabels([])
    figure.suptitle(f"{title}: mean of {table.vlogs} vlogs, 95 % interval over {table.themes} themes")
    return figure


def _panel(axes: Axes, table: Table, column: Definition) -> None:
    for row, cell in enumerate(table.column(column.name)):
        if cell.mean is None:
            why, across = shorten(cell.note, LONGEST_NAME, placeholder="…"), axes.get_yaxis_transform()
            axes.text(0.02, row, plain(why), transform=across, color=SOFT, va="center", fontsize=8, style="italic")
        else:
            _interval(axes, row, cell, cell.mean, column.scale)
    axes.set_title(fill(plain(heading(column), 2 * TITLE), TITLE))
    axes.set_ylim(len(table.methods) - 0.5, -0.5)
    axes.set_yticks(range(len(table.methods)), [plain(method.title) for method in table.methods])
    axes.margins(x=0.08)
    axes.locator_params(axis="x", nbins=4)
    if all(cell.mean is None for cell in table.column(column.name)):
        axes.set_xticks([])


def _interval(axes: Axes, row: int, cell: Cell, mean: float, scale: float) -> None:
    colour, marker = mark(row)
    if cell.low is not None and cell.high is not None:
        axes.hlines(row, cell.low * scale, cell.high * scale, color=colour, linewidth=1.8)
    axes.plot([mean * scale], [row], marker=marker, color=colour, markersize=5, linestyle="none")
