"""Plots of scores as PNG and SVG: intervals, radar, acceptance by attempt, cost against quality. Needs ``[bench]``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, get_args

from personavlog.benchmark.outputs import Correction, Method
from personavlog.benchmark.tables.building import build
from personavlog.benchmark.tables.table import Scores
from personavlog.errors import ConfigurationError, MissingExtraError

Kind = Literal["intervals", "radar", "attempts", "cost"]
KINDS: tuple[Kind, ...] = get_args(Kind)
MOST_METHODS = 40

Corrections = Mapping[Method, Sequence[Correction]]


def plot(
    scores: Scores, folder: Path, *, corrections: Corrections | None = None, kinds: Sequence[Kind] = KINDS
) -> list[Path]:
    """Write ``<kind>.png`` and ``<kind>.svg`` (``intervals-<group>`` for each group) into the folder, which is made,
    and return them. A kind for which there is nothing to draw is left out; ``corrections`` are all attempts of each
    method's vlogs.

    Raises ``MissingExtraError`` without matplotlib, ``ConfigurationError`` for methods that ``tables.build`` refuses,
    too many of them, an unknown kind, or where nothing at all can be drawn.
    """
    if find_spec("matplotlib") is None:
        raise MissingExtraError("Drawing plots", "bench")
    if unknown := sorted(set(kinds) - set(KINDS)):
        raise ConfigurationError(f"There is no plot {unknown[0]!r}. There are: {', '.join(KINDS)}.")
    if len(scores) > MOST_METHODS:
        raise ConfigurationError(f"{len(scores)} methods are too many for a plot, {MOST_METHODS} fit. Name fewer.")
    from personavlog.benchmark.plots import attempts, canvas, cost, intervals, radar

    table = build(scores, layout="all")
    with canvas.look():
        figures = {
            "intervals": lambda: intervals.draw(table),
            "radar": lambda: radar.draw(scores),
            "attempts": lambda: attempts.draw(corrections or {}),
            "cost": lambda: cost.draw(table, scores),
        }
        drawn = {name: figure for kind in kinds for name, figure in figures[kind]().items()}
        if not drawn:
            raise ConfigurationError(f"Nothing can be drawn of these scores as {', '.join(kinds)}. Score more first.")
        folder.mkdir(parents=True, exist_ok=True)
        return [path for name, figure in drawn.items() for path in canvas.save(figure, folder, name)]
