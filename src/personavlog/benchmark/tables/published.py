"""The paper's own rows: printed apart, marked as not measured here, never in statistics."""

from __future__ import annotations

import csv
import io
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from personavlog.benchmark.definitions import definitions
from personavlog.benchmark.tables import escaping
from personavlog.benchmark.tables.grid import TITLES, Grid, Shown, heading
from personavlog.benchmark.tables.rendering import Format, draw_latex, draw_markdown
from personavlog.frozen import Frozen

Name = Literal["table1", "table2"]


class PublishedTable(Frozen):
    """``rows`` are cells as printed by the method's name as printed; "-" is none."""

    name: Name
    title: str
    rows: dict[str, tuple[str, ...]]


class Claim(Frozen):
    """A gain over the best other row, in percent: what the paper's text says, and what its rows give."""

    table: Name
    row: str
    column: str
    claimed: float
    computed: float
    note: str = ""


class Outlier(Frozen):
    """A number that is likely misprinted."""

    table: Name
    row: str
    column: str
    printed: float
    likely: float
    note: str


class Tie(Frozen):
    """A column in which the row that is said to be best is equalled."""

    table: Name
    row: str
    column: str
    equals: str
    note: str


class Published(Frozen):
    """All of ``published_rows.toml``."""

    marked: str
    columns: tuple[str, ...]
    table: tuple[PublishedTable, ...]
    claim: tuple[Claim, ...]
    outlier: tuple[Outlier, ...]
    tie: tuple[Tie, ...]

    def rows(self, name: Name) -> dict[str, tuple[str, ...]]:
        """A table's rows by the method's name."""
        return next(table.rows for table in self.table if table.name == name)

    def value(self, name: Name, row: str, column: str) -> float | None:
        """A number as printed, None where there is none."""
        text = self.rows(name)[row][self.columns.index(column)]
        return None if text == "-" else float(text)

    def doubts(self, name: Name) -> list[str]:
        """What does not fit in a table, in sentences."""
        wrong = [
            f"The text claims {claim.claimed} % more {claim.column}; the rows give {claim.computed} %. {claim.note}"
            for claim in self.claim
            if claim.table == name and claim.claimed != claim.computed
        ]
        odd = [
            f"{outlier.column} {outlier.printed} of {outlier.row} is likely {outlier.likely}. {outlier.note}"
            for outlier in self.outlier
            if outlier.table == name
        ]
        return [*wrong, *odd, *(tie.note for tie in self.tie if tie.table == name)]


@cache
def published() -> Published:
    """The paper's Tables 1 and 2 with what is known to be wrong with them."""
    text = files("personavlog.benchmark").joinpath("published_rows.toml").read_text("utf-8")
    return Published.model_validate(tomllib.loads(text))


def render_published(name: Name, format: Format) -> str:
    """A table of the paper, marked so, with its doubts below (CSV: in no cell, the mark in a column of its own)."""
    found = published()
    if format == "csv":
        return _csv(found, name)
    draw = draw_markdown if format == "markdown" else draw_latex
    table = next(table for table in found.table if table.name == name)
    told = f"Table {name[-1]} of the paper, {found.marked}: {table.title}."
    return draw([published_grid(name)], [told, *found.doubts(name)])


def published_grid(name: Name) -> Grid:
    """A table of the paper in its layout; each row says that it was not measured here."""
    found = published()
    table = next(table for table in found.table if table.name == name)
    columns = sorted((one for one in definitions().values() if one.paper), key=lambda one: one.paper)
    groups = [column.group for column in columns]
    return Grid(
        title=table.title,
        groups=tuple((TITLES[group], groups.count(group)) for group in dict.fromkeys(groups)),
        header=tuple(map(heading, columns)),
        rows=tuple(
            (f"{row} ({found.marked})", tuple(Shown("" if text == "-" else text) for text in cells))
            for row, cells in table.rows.items()
        ),
    )


def _csv(found: Published, name: Name) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("table", "method", "status", *found.columns))
    for row, cells in found.rows(name).items():
        numbers = ("" if cell == "-" else cell for cell in cells)
        writer.writerow((name, escaping.spreadsheet(row), found.marked, *numbers))
    return text.getvalue()
