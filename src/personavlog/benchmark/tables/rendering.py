"""Tables as Markdown, LaTeX and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Literal, get_args

from personavlog.benchmark.definitions import Definition
from personavlog.benchmark.outputs import Method
from personavlog.benchmark.tables import escaping
from personavlog.benchmark.tables.grid import Grid, Shown, grids
from personavlog.benchmark.tables.legend import BRACKETS
from personavlog.benchmark.tables.table import Cell, Table
from personavlog.errors import ConfigurationError

Format = Literal["markdown", "latex", "csv"]
FIELDS = (
    *("method", "title", "measure", "group", "unit", "better", "mean", "low", "high", "n", "vlogs", "missing"),
    *("coverage", "themes", "best", "against", "pairs", "difference", "p", "q", "effect", "note"),
)


def render(table: Table, format: Format, *, intervals: bool = True) -> str:
    """The table as text that ends with a line break. ``intervals=False`` leaves them out of Markdown and LaTeX, as the
    paper does; CSV always has every number, one line a method and measure, multiplied as tables print it.

    Raises ``ConfigurationError`` where there is no such format.
    """
    if format == "csv":
        return _csv(table)
    if format not in get_args(Format):
        raise ConfigurationError(f"There is no format {format!r}. There are: {', '.join(get_args(Format))}.")
    draw = draw_markdown if format == "markdown" else draw_latex
    legend = [line for line in table.legend if intervals or not line.startswith(BRACKETS)]
    return draw(grids(table, intervals=intervals), legend)


def draw_markdown(found: Sequence[Grid], legend: Iterable[str]) -> str:
    """GitHub's tables, one a grid, with a heading each where there are several, and the legend below."""
    blocks = [
        *(_markdown(grid, headed=len(found) > 1) for grid in found),
        "\n".join(f"- {escaping.markdown(line)}" for line in legend),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _markdown(grid: Grid, *, headed: bool) -> str:
    header = ["Method", *map(escaping.markdown, grid.header)]
    lines = [f"### {escaping.markdown(grid.title)}", ""] if headed else []
    lines += [_row(header), _row(["---", *["---:"] * len(grid.header)])]
    lines += [_row([escaping.markdown(title), *map(_markdown_cell, cells)]) for title, cells in grid.rows]
    return "\n".join(lines)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _markdown_cell(cell: Shown) -> str:
    text = escaping.markdown(cell.text) or "–"
    number = f"**{text}**" if cell.bold else text
    parts = (number + escaping.markdown(cell.mark), cell.interval, f"({cell.count})")
    return " ".join(part for part in parts if part not in ("", "()"))


def draw_latex(found: Sequence[Grid], legend: Iterable[str]) -> str:
    """Tables for the packages booktabs and graphicx, one a grid, and the legend below."""
    told = " ".join(map(escaping.latex, legend))
    blocks = [_latex(grid) for grid in found]
    return "\n\n".join([*blocks, f"{{\\footnotesize {told}}}"] if told else blocks) + "\n"


def _latex(grid: Grid) -> str:
    lines = [
        r"\resizebox{\linewidth}{!}{%",
        f"\\begin{{tabular}}{{l{'r' * len(grid.header)}}}",
        r"\toprule",
        *_latex_groups(grid),
        _latex_row(["Method", *map(escaping.latex, grid.header)]),
        r"\midrule",
        *(_latex_row([escaping.latex(title), *map(_latex_cell, cells)]) for title, cells in grid.rows),
        r"\bottomrule",
        r"\end{tabular}}",
    ]
    return "\n".join(lines)


def _latex_groups(grid: Grid) -> list[str]:
    titles = [f"\\multicolumn{{{span}}}{{c}}{{{escaping.latex(title)} Metric}}" for title, span in grid.groups]
    rules, first = [], 2
    for _, span in grid.groups:
        rules.append(f"\\cmidrule(lr){{{first}-{first + span - 1}}}")
        first += span
    return [_latex_row(["", *titles]), "".join(rules)]


def _latex_row(cells: Iterable[str]) -> str:
    return " & ".join(cells) + r" \\"


def _latex_cell(cell: Shown) -> str:
    text = escaping.latex(cell.text) or "--"
    number = f"\\textbf{{{text}}}" if cell.bold else text
    mark = f"\\textsuperscript{{{escaping.latex(cell.mark)}}}" if cell.mark else ""
    small = " ".join(part for part in (cell.interval, f"({cell.count})" if cell.count else "") if part)
    return number + mark + (f" {{\\scriptsize {escaping.latex(small)}}}" if small else "")


def _csv(table: Table) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, FIELDS, lineterminator="\n")
    writer.writeheader()
    for column in table.columns:
        for method in table.methods:
            line = _line(method, column, table.cells[method.name, column.name])
            writer.writerow({name: _field(value) for name, value in line.items()})
    return text.getvalue()


def _line(method: Method, column: Definition, cell: Cell) -> dict[str, object]:
    line: dict[str, object] = {
        **{"method": method.name, "title": method.title, "measure": column.name},
        **{"group": column.group, "unit": column.unit, "better": column.better},
        **{
            name: getattr(cell, name)
            for name in ("n", "vlogs", "missing", "coverage", "themes", "against", "q", "note")
        },
        **{name: _scaled(getattr(cell, name), column) for name in ("mean", "low", "high")},
        "best": int(cell.best),
    }
    if (compared := cell.compared) is not None:
        line |= {"pairs": compared.pairs, "p": compared.p, "effect": compared.effect}
        line["difference"] = _scaled(compared.difference, column)
    return line


def _scaled(value: float | None, column: Definition) -> float | None:
    return None if value is None else value * column.scale


def _field(value: object) -> str:
    if value is None:
        return ""
    return escaping.spreadsheet(value) if isinstance(value, str) else format(value, ".10g")
