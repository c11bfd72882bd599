"""How plots look: colours, markers, text, files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import matplotlib
from anyascii import anyascii
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont
from matplotlib.ft2font import FT2Font

from personavlog.benchmark.tables.escaping import one_line

FONT = "DejaVu Sans"
"""Comes with matplotlib."""
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
"""Okabe and Ito (2008), told apart by the colour-blind; without yellow, which is too faint on white."""
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<")
SOFT = "#6b7280"
LONGEST_NAME = 30
DPI = 150

_LOOK: dict[str, object] = {
    "font.family": FONT,
    "font.size": 9,
    "text.parse_math": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#e5e7eb",
    "axes.titlesize": 10,
    "axes.unicode_minus": True,
    "svg.hashsalt": "personavlog",
    "figure.facecolor": "white",
}


@contextmanager
def look() -> Iterator[None]:
    """Within it figures are made and saved; matplotlib's settings are as before afterwards."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        for name, value in _LOOK.items():
            matplotlib.rcParams[name] = value  # type: ignore[index]
        yield


def mark(index: int) -> tuple[str, str]:
    """Colour and marker of a method by its place; 56 differ."""
    return COLOURS[index % len(COLOURS)], MARKERS[index % len(MARKERS)]


def plain(text: str, longest: int = LONGEST_NAME) -> str:
    """Text that the font can draw: other scripts in Latin letters, the middle cut out, since variants of one method
    begin alike."""
    line = "".join(one if ord(one) in _drawable() else anyascii(one) for one in one_line(text))
    end = longest // 2
    return line if len(line) <= longest else f"{line[: longest - end - 1].rstrip()}…{line[-end:].lstrip()}"


@cache
def _drawable() -> frozenset[int]:
    return frozenset(FT2Font(findfont(FONT)).get_charmap())


def panels(count: int, columns: int, width: float, height: float) -> tuple[Figure, list[Axes]]:
    """A figure with so many panels in rows of at most ``columns``, each so many inches large."""
    columns = min(count, columns)
    rows = -(-count // columns)
    figure = Figure(figsize=(columns * width, rows * height), layout="constrained")
    return figure, [figure.add_subplot(rows, columns, index + 1) for index in range(count)]


def save(figure: Figure, folder: Path, name: str) -> list[Path]:
    """As PNG and SVG; equal figures are equal files."""
    paths = [folder / f"{name}.png", folder / f"{name}.svg"]
    figure.savefig(paths[0], dpi=DPI)
    figure.set_layout_engine("none")  # the layout that was found for the first file stays
    figure.savefig(paths[1], metadata={"Date": None})
    return paths
