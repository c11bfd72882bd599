"""Tables as text: escaped, complete, and never 0 for what is missing."""

from __future__ import annotations

import csv
import io
import re

import pytest

from personavlog.benchmark import tables
from personavlog.benchmark.rows import Row
from personavlog.benchmark.tables import escaping
from personavlog.errors import ConfigurationError
from tests.core.benchmark.drawn_scores import joined, method, row, rows, steps

HOSTILE = [
    "a | b",
    "<script>alert(1)</script>",
    "**bold** _it_ `code` [x](https://evil.example)",
    "![i](x) @someone #12 $x$ ~~no~~ www.evil.example",
    r"\input{/etc/passwd} 5% & more_ ^2 {x}",
    "[0pt] after a line break",
    "=HYPERLINK(1)",
    "-2+3",
    "@SUM(A1)",
    '+1 "quoted", comma',
    "emoji 🎬 and 北京",
]


def judged() -> tables.Table:
    ours = joined([rows(steps(0.6)), rows(lambda *_: None, measure="judge.story_interest", note="no judge"),
                   rows(lambda *_: None, measure="cc", note="no weights: clip-b")])  # fmt: skip
    other = joined(
        [rows(steps(0.5), of="other", people=1), rows(steps(3.5), of="other", measure="judge.story_interest")]
    )
    return tables.build({method("ours"): ours, method("other"): other})


def markdown_cells(text: str) -> list[list[str]]:
    lines = [line for line in text.split("\n") if line.startswith("|")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def latex_cells(text: str) -> list[list[str]]:
    body = text[text.index(r"\midrule") : text.index(r"\bottomrule")]
    lines = [line.removesuffix(r" \\") for line in body.split("\n") if line.endswith(r"\\")]
    return [re.split(r"(?<!\\)&", line) for line in lines]


def lines_of(table: tables.Table) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(tables.render(table, "csv"))))


def test_markdown_has_the_papers_columns_and_every_part_of_a_cell() -> None:
    header, rule, ours, other = markdown_cells(tables.render(judged(), "markdown"))
    assert header[:3] == ["Method", "SI ↑", "TC ↑"]
    assert len(header) == len(rule) == len(ours) == 13
    assert re.fullmatch(r"\*\*0\.64\*\*\\\* \[0\.62, 0\.65\]", ours[5])
    assert re.fullmatch(r"0\.54† \[0\.52, 0\.55\] \(n 8/16, 50%\)", other[5])


def test_what_is_missing_says_why_and_is_never_a_number() -> None:
    *_, ours, other = markdown_cells(tables.render(judged(), "markdown"))
    assert (ours[1], ours[6]) == ("no judge", "no weights: clip-b")
    assert other[6] == "not measured"
    found = {(line["method"], line["measure"]): line for line in lines_of(judged())}
    missing = found["ours", "cc"]
    assert (missing["mean"], missing["low"], missing["n"], missing["missing"], missing["coverage"]) == (
        *("", "", "0", "16"),
        "0",
    )
    assert missing["note"] == "no weights: clip-b"


def test_latex_is_a_booktabs_table_with_the_papers_groups() -> None:
    text = tables.render(judged(), "latex", intervals=False)
    assert [text.count(rule) for rule in (r"\toprule", r"\midrule", r"\bottomrule", r"\cmidrule")] == [1, 1, 1, 3]
    assert r"\multicolumn{4}{c}{Storyboard Metric} & \multicolumn{2}{c}{Image Metric} & \multicolumn{6}{c}" in text
    ours, other = latex_cells(text)
    assert (len(ours), ours[5].strip()) == (13, r"\textbf{0.64}\textsuperscript{{*}}")
    assert "[" not in other[5]
    assert "brackets" not in text


def test_csv_has_every_number_multiplied_as_tables_print_it() -> None:
    given = {
        method(name): rows(steps(level), of=name, measure="vbench.imaging_quality")
        for name, level in (("ours", 0.6), ("other", 0.5))
    }
    found = {line["method"]: line for line in lines_of(tables.build(given, layout="clips"))}
    ours = {name: float(found["ours"][name]) for name in ("mean", "low", "high", "difference", "p", "q", "coverage")}
    assert ours["mean"] == pytest.approx(63.65)
    assert ours["low"] < ours["mean"] < ours["high"]
    assert ours["difference"] == pytest.approx(10)
    assert ours["p"] == ours["q"] == 2**-7
    assert (found["ours"]["n"], found["ours"]["pairs"], found["ours"]["against"]) == ("16", "16", "other")


def test_other_layouts_print_a_table_a_group() -> None:
    given = joined([rows(steps(0.6)), rows(steps(9.0), measure="cost.seconds")])
    text = tables.render(tables.build({method("ours"): given}, layout="all"), "markdown")
    assert re.findall(r"^### (.+)$", text, re.M) == ["Image", "Cost"]
    assert "Seconds (s) ↓" in text


def test_a_loss_that_rounds_to_nothing_is_not_minus_zero() -> None:
    table = tables.build({method("ours"): [row(-0.0001)]})
    assert markdown_cells(tables.render(table, "markdown"))[-1][5] == "0.00"


def test_a_long_note_is_cut_in_a_cell_and_whole_in_csv() -> None:
    note = "the picture of shot 3 is broken: it ends after 17 of 900 rows, so nothing could be measured"
    table = tables.build({method("ours"): [row(None, note=note)]})
    assert len(markdown_cells(tables.render(table, "markdown"))[-1][5]) < 50
    assert next(line["note"] for line in lines_of(table) if line["measure"] == "tia") == note


@pytest.mark.parametrize("title", HOSTILE)
def test_names_of_methods_cannot_break_a_table(title: str) -> None:
    given: dict[object, list[Row]] = {method("ours", title): rows(steps(0.6))}
    table = tables.build(given)  # type: ignore[arg-type]
    marked = markdown_cells(tables.render(table, "markdown"))
    assert {len(cells) for cells in marked} == {13}
    assert not re.search(r"<(?!br)|(?<!\\)[*_`\[\]|]|@|https?:|www\.", marked[-1][0])
    assert {len(cells) for cells in latex_cells(tables.render(table, "latex"))} == {13}
    assert all(line["title"][:1] not in "=+-@" for line in lines_of(table))


@pytest.mark.parametrize("title", HOSTILE)
def test_latex_leaves_no_character_that_typesets_something_else(title: str) -> None:
    escaped = escaping.latex(title)
    plain = re.sub(
        r"\\text(backslash|asciicircum|asciitilde|less|greater|bar)\{\}|\\[{}$&#%_]|\{[\[\]*]\}", "", escaped
    )
    assert not re.search(r"[\\{}$&#%_^~<>|\[\]*]", plain)


@pytest.mark.parametrize("text", ["two\nlines", "tab\there", "\x00null", "a\u2028b"])
def test_line_breaks_and_control_characters_do_not_end_a_row(text: str) -> None:
    for escape in (escaping.markdown, escaping.latex, escaping.spreadsheet):
        assert escape(text).isprintable()


def test_negative_numbers_stay_numbers_in_csv() -> None:
    table = tables.build({method("ours"): rows(steps(-20.0), measure="loudness")}, layout="film")
    assert float(lines_of(table)[0]["mean"]) == pytest.approx(-19.9635)


def test_an_unknown_format_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(ConfigurationError, match=r"no format 'pdf'.*markdown, latex, csv"):
        tables.render(judged(), "pdf")  # type: ignore[arg-type]
