"""A radar a method over the groups of measures, the other methods behind it in grey."""

from __future__ import annotations

from collections.abc import Sequence
from math import nan, pi

from matplotlib.figure import Figure
from matplotlib.projections.polar import PolarAxes

from personavlog.benchmark.definitions import Group
from personavlog.benchmark.plots.canvas import mark, plain
from personavlog.benchmark.plots.quality import shares
from personavlog.benchmark.tables.building import read
from personavlog.benchmark.tables.grid import TITLES
from personavlog.benchmark.tables.table import Scores

COLUMNS = 4
FEWEST_SPOKES = 3
INCHES = 3.3


def draw(scores: Scores) -> dict[str, Figure]:
    """Nothing where fewer than three groups can be compared."""
    won = shares(read(scores))
    spokes: list[Group] = [group for group in TITLES if any(group in groups for groups in won.values())]
    if len(spokes) < FEWEST_SPOKES:
        return {}
    lines = {name: [groups.get(group, nan) for group in spokes] for name, groups in won.items()}
    columns = min(len(scores), COLUMNS)
    rows = -(-len(scores) // columns)
    figure = Figure(figsize=(INCHES * columns, INCHES * rows + 0.5), layout="constrained")
    for index, method in enumerate(scores):
        axes = figure.add_subplot(rows, columns, index + 1, projection="polar")
        assert isinstance(axes, PolarAxes)
        _spokes(axes, [TITLES[group] for group in spokes])
        for values in lines.values():
            axes.plot(*_closed(values), color="#d1d5db", linewidth=0.8)
        colour, marker = mark(index)
        axes.plot(*_closed(lines[method.name]), color=colour, marker=marker, markersize=4, linewidth=1.8)
        axes.set_title(plain(method.title), pad=10)
    figure.suptitle("Share of vlogs on which a method is better than the others; the dashed ring is one half")
    return {"radar": figure}


def _spokes(axes: PolarAxes, titles: Sequence[str]) -> None:
    axes.set_theta_offset(pi / 2)
    axes.set_theta_direction(-1)
    axes.set_ylim(0, 1)
    axes.set_yticks([0.5, 1], [])
    axes.set_xticks([2 * pi * index / len(titles) for index in range(len(titles))], titles, fontsize=8)
    axes.tick_params(axis="x", pad=12)
    axes.plot([2 * pi * step / 60 for step in range(61)], [0.5] * 61, color="#6b7280", linewidth=0.8, linestyle="--")


def _closed(values: Sequence[float]) -> tuple[list[float], list[float]]:
    """Angles and radii of a closed line; it is open where there is no number."""
    angles = [2 * pi * index / len(values) for index in range(len(values))]
    return [*angles, angles[0]], [*values, values[0]]
