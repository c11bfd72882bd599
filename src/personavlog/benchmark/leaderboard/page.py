"""The leaderboard: one HTML file that needs nothing else and loads nothing."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from personavlog.benchmark.dataset import VERSION
from personavlog.benchmark.definitions import Definition, Group
from personavlog.benchmark.outputs import Method
from personavlog.benchmark.rows import Row
from personavlog.benchmark.tables.building import build
from personavlog.benchmark.tables.grid import TITLES, Grid, Shown, heading, shown
from personavlog.benchmark.tables.published import published, published_grid
from personavlog.benchmark.tables.table import Cell, Scores, Table

MOST_SOURCES = 40
"""Of one method; a submission whose every row has another one does not fill the page."""
LONGEST_SOURCE = 200
WIDTH = 72
"""Of an interval's picture, px."""

_environment = Environment(
    loader=PackageLoader("personavlog.benchmark.leaderboard", "."), autoescape=True, undefined=StrictUndefined
)


@dataclass(frozen=True)
class Entry:
    """A cell of the page: ``sort`` is what the column is sorted by, "" last; ``bar`` are px of low, mean and high."""

    shown: Shown
    sort: str
    bar: tuple[float, float, float] | None
    told: str


def page(scores: Scores, *, baseline: str | None = None, title: str = "ThemeVlogEval") -> str:
    """The page of all methods, with the paper's rows apart. Equal scores are equal pages.

    Raises ``ConfigurationError`` as ``tables.build`` does.
    """
    table = build(scores, baseline=baseline, layout="all")
    style, script = (files("personavlog.benchmark.leaderboard").joinpath(name).read_text("utf-8") for name in
                     ("page.css", "page.js"))  # fmt: skip
    return _environment.get_template("page.jinja").render(
        title=title,
        benchmark=VERSION,
        style=Markup(style),
        script=Markup(script),
        style_hash=_digest(style),
        script_hash=_digest(script),
        legend=table.legend,
        groups=[_group(table, TITLES[group], tuple(found)) for group, found in groupby(table.columns, _group_of)],
        submissions=[_submission(method, rows) for method, rows in scores.items()],
        marked=published().marked,
        papers=[_paper(table.title, published_grid(table.name)) for table in published().table],
        doubts=[doubt for table in published().table for doubt in published().doubts(table.name)],
    )


def _digest(text: str) -> str:
    """As a content security policy names what may run."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _group_of(column: Definition) -> Group:
    return column.group


def _group(table: Table, title: str, columns: tuple[Definition, ...]) -> dict[str, object]:
    return {
        "id": columns[0].group,
        "title": title,
        "columns": [{"heading": heading(column), "told": _told(column)} for column in columns],
        "rows": [
            {"title": method.title, "cells": [_entry(table, method, column) for column in columns]}
            for method in table.methods
        ],
    }


def _told(column: Definition) -> str:
    needs = f" Needs {column.needs}." if column.needs else ""
    return f"{column.name}: {column.source}.{needs}"


def _entry(table: Table, method: Method, column: Definition) -> Entry:
    cell = table.cells[method.name, column.name]
    sort = "" if cell.mean is None else repr(cell.mean)
    return Entry(shown(cell, column), sort, _bar(cell, table.column(column.name)), cell.note)


def _bar(cell: Cell, column: Sequence[Cell]) -> tuple[float, float, float] | None:
    """On one scale for the column: from its lowest to its highest bound."""
    if cell.mean is None or cell.low is None or cell.high is None:
        return None
    ends = [end for one in column for end in (one.low, one.mean, one.high) if end is not None]
    least, most = min(ends), max(ends)
    span = (most - least) or 1.0
    low, mean, high = (round(3 + (WIDTH - 6) * (end - least) / span, 1) for end in (cell.low, cell.mean, cell.high))
    return low, mean, high


def _submission(method: Method, rows: Sequence[Row]) -> dict[str, object]:
    sources = Counter(pair for row in rows for pair in row.source.items())
    listed = sorted(sources.items())
    return {
        "title": method.title,
        "name": method.name,
        "description": method.description,
        "url": method.url if method.url.startswith(("https://", "http://")) else "",
        "facts": [*_facts(method), ("Numbers", str(len(rows)))],
        "sources": [
            (name[:LONGEST_SOURCE], value[:LONGEST_SOURCE], times) for (name, value), times in listed[:MOST_SOURCES]
        ],
        "more": max(0, len(listed) - MOST_SOURCES),
    }


def _facts(method: Method) -> Iterable[tuple[str, str]]:
    if method.based_on:
        yield "Ablation of", method.based_on
    if method.hardware:
        yield "Hardware", method.hardware
    yield from method.versions.items()


def _paper(title: str, grid: Grid) -> dict[str, object]:
    return {"title": title, "header": grid.header, "rows": grid.rows}
