"""Tables of methods and measures: ``build`` makes the numbers, ``render`` the text, ``published`` has the paper's."""

from __future__ import annotations

from personavlog.benchmark.tables.building import build
from personavlog.benchmark.tables.rendering import render
from personavlog.benchmark.tables.table import Cell, Layout, Scores, Table

__all__ = ["Cell", "Layout", "Scores", "Table", "build", "render"]
