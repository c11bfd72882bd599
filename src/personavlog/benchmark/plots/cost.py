"""What a vlog takes against how often it is better than the others'."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter, NullLocator

from personavlog.benchmark.definitions import Definition
from personavlog.benchmark.plots.canvas import mark, panels, plain
from personavlog.benchmark.plots.quality import overall, shares
from personavlog.benchmark.tables.building import read
from personavlog.benchmark.tables.table import Cell, Scores, Table

MEASURES = ("cost.seconds", "cost.dollars")
WIDE = 4
"""A range beyond so many times the smallest gets a logarithmic scale."""


def draw(table: Table, scores: Scores) -> dict[str, Figure]:
    """A panel for time and one for money; nothing where no method has both cost and quality."""
    won = {name: overall(groups, ("cost", "correction")) for name, groups in shares(read(scores)).items()}
    quality = {name: share for name, share in won.items() if share is not None}
    columns = [
        column
        for column in table.columns
        if column.name in MEASURES and any(table.cells[name, column.name].mean is not None for name in quality)
    ]
    if not columns:
        return {}
    figure, axes = panels(len(columns), len(columns), 4.6, 3.8)
    lines: dict[str, Line2D] = {}
    for place, column in zip(axes, columns, strict=True):
        lines |= _panel(place, table, column, quality)
    axes[0].set_ylabel("Vlogs better than the others', %")
    shown = [method for method in table.methods if method.name in lines]
    titles = [plain(method.title) for method in shown]
    figure.legend([lines[method.name] for method in shown], titles, loc="outside right center", frameon=False)
    return {"cost": figure}


def _panel(axes: Axes, table: Table, column: Definition, quality: dict[str, float]) -> dict[str, Line2D]:
    cells = {method.name: table.cells[method.name, column.name] for method in table.methods}
    lines = {
        name: _point(axes, index, cell, cell.mean, 100 * quality[name])
        for index, (name, cell) in enumerate(cells.items())
        if cell.mean is not None and name in quality
    }
    means = [cell.mean for name, cell in cells.items() if name in lines and cell.mean is not None]
    axes.set_ylim(0, 100)
    axes.set_xlabel(f"{column.title} ({column.unit})")
    _scale(axes, min(means), max(means))
    return lines


def _point(axes: Axes, index: int, cell: Cell, mean: float, share: float) -> Line2D:
    colour, marker = mark(index)
    if cell.low is not None and cell.high is not None:
        axes.hlines(share, cell.low, cell.high, color=colour, linewidth=1.2)
    return axes.plot([mean], [share], marker=marker, color=colour, markersize=7, linestyle="none")[0]


def _scale(axes: Axes, least: float, most: float) -> None:
    axes.margins(x=0.12)
    if least <= 0 or most / least < WIDE:
        axes.locator_params(axis="x", nbins=5)
        return
    axes.set_xscale("log")
    axes.xaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_minor_formatter(NullFormatter())
