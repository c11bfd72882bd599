"""What a table says of methods: best, missing, compared."""

from __future__ import annotations

import pytest

from personavlog.benchmark import tables
from personavlog.benchmark.definitions import definitions
from personavlog.benchmark.rows import Row
from personavlog.errors import ConfigurationError
from tests.core.benchmark.drawn_scores import joined, method, row, rows, steps

OURS, OTHER, THIRD = method("ours"), method("other"), method("third")


def two(level: float = 0.6, other: float = 0.5, measure: str = "tia", themes: int = 8) -> dict[str, list[Row]]:
    return {
        name: rows(steps(height), of=name, measure=measure, themes=themes)
        for name, height in (("ours", level), ("other", other))
    }


def test_the_papers_layout_has_its_twelve_columns_also_where_nothing_was_measured() -> None:
    table = tables.build({OURS: two()["ours"]})
    assert " ".join(column.title for column in table.columns) == "SI TC BD ThC TIA CC SC BC MS DyD AQ IQ"
    assert table.cells["ours", "cc"].mean is None
    assert table.cells["ours", "cc"].note == "not measured"


def test_a_group_has_what_was_measured_of_it_and_all_has_everything() -> None:
    given = {OURS: joined([two()["ours"], two(measure="wer")["ours"], two(measure="cost.seconds")["ours"]])}
    assert [column.name for column in tables.build(given, layout="film").columns] == ["wer"]
    assert [column.name for column in tables.build(given, layout="all").columns] == ["tia", "wer", "cost.seconds"]


def test_means_are_over_vlogs_and_not_over_shots() -> None:
    given = [row(1.0, shot=1), row(1.0, shot=2), row(1.0, shot=3), row(4.0, theme="t1")]
    assert tables.build({OURS: given}).cells["ours", "tia"].mean == 2.5


@pytest.mark.parametrize("measure", ["tia", "style.distance"])
def test_the_best_is_marked_and_the_better_one_by_the_test(measure: str) -> None:
    table = tables.build({OURS: two(measure=measure)["ours"], OTHER: two(measure=measure)["other"]}, layout="pictures")
    lower = definitions()[measure].better == "lower"
    best, worse = ("other", "ours") if lower else ("ours", "other")
    marks = [table.cells[name, measure].mark(definitions()[measure]) for name in (best, worse)]
    assert (table.cells[best, measure].best, table.cells[worse, measure].best, marks) == (True, False, ["*", "†"])


def test_what_is_only_told_has_no_best_and_no_test() -> None:
    table = tables.build(
        {OURS: two(measure="loudness")["ours"], OTHER: two(measure="loudness")["other"]}, layout="film"
    )
    assert [(cell.best, cell.compared, cell.q) for cell in table.column("loudness")] == [(False, None, None)] * 2


def test_methods_that_print_the_same_are_all_best_unless_everybody_is() -> None:
    given = two(0.6, 0.6001)
    low = rows(steps(0.4), of="third")
    table = tables.build({OURS: given["ours"], OTHER: given["other"], THIRD: low})
    assert [cell.best for cell in table.column("tia")] == [True, True, False]
    table = tables.build({OURS: given["ours"], OTHER: given["other"]})
    assert [cell.best for cell in table.column("tia")] == [False, False]


def test_a_method_that_left_out_themes_is_incomplete_and_not_the_best() -> None:
    easy = [one for one in two(0.9)["ours"] if one.theme in ("t00", "t01", "t02", "t03")]
    table = tables.build({OURS: easy, OTHER: two()["other"]})
    ours, other = table.column("tia")
    assert (ours.n, ours.vlogs, ours.missing, ours.coverage, ours.themes, ours.best) == (8, 16, 8, 0.5, 4, False)
    assert (other.n, other.complete, other.best, other.compared and other.compared.pairs) == (16, True, True, 8)


def test_a_shot_without_a_number_shows_in_the_coverage_of_its_cell() -> None:
    given = [row(None if shot == 1 else 0.5, theme=f"t{theme}", shot=shot) for theme in range(4) for shot in (1, 2)]
    cell = tables.build({OURS: given}).cells["ours", "tia"]
    assert (cell.mean, cell.n, cell.coverage, cell.complete) == (0.5, 4, 0.5, False)


def test_two_methods_are_one_comparison_a_measure() -> None:
    table = tables.build({OURS: two()["ours"], OTHER: two()["other"]})
    ours, other = table.column("tia")
    assert ours.compared and other.compared
    assert (ours.against, other.against, ours.q, other.q) == ("other", "ours", ours.compared.p, ours.compared.p)
    assert ours.compared.difference == pytest.approx(0.1) == pytest.approx(-other.compared.difference)
    assert any("table's comparisons, 1)" in line for line in table.legend)


def test_false_discoveries_are_controlled_over_all_measures_of_the_table() -> None:
    def noisy(name: str, sign: float) -> list[Row]:
        return joined(
            rows(lambda person, theme, _: sign * (int(theme[1:]) % 2 - 0.45), of=name, measure=measure)
            for measure in ("cc", "identity", "first_frame")
        )

    given = two()
    alone = tables.build({OURS: given["ours"], OTHER: given["other"]}, layout="all").cells["ours", "tia"].q
    among = tables.build(
        {OURS: given["ours"] + noisy("ours", 1), OTHER: given["other"] + noisy("other", -1)}, layout="all"
    ).cells["ours", "tia"].q  # fmt: skip
    assert alone is not None
    assert among == pytest.approx(4 * alone)


def test_a_named_baseline_is_what_all_others_are_compared_with() -> None:
    given = two() | {"third": rows(steps(0.7), of="third")}
    table = tables.build({OURS: given["ours"], OTHER: given["other"], THIRD: given["third"]}, baseline="other")
    assert [cell.against for cell in table.column("tia")] == ["other", "", "other"]
    with pytest.raises(ConfigurationError, match=r"no method 'nobody'.*ours, other, third"):
        tables.build({OURS: given["ours"]} | {OTHER: given["other"], THIRD: given["third"]}, baseline="nobody")


def test_without_a_baseline_the_rival_is_the_best_method_that_is_no_ablation() -> None:
    ablation = method("ours-frm", based_on="ours")
    given = {OURS: rows(steps(0.6)), ablation: rows(steps(0.59), of="ours-frm"), OTHER: two()["other"]}
    assert [cell.against for cell in tables.build(given).column("tia")] == ["other", "other", "ours"]
    alone = {OURS: given[OURS], ablation: given[ablation]}
    assert [cell.against for cell in tables.build(alone).column("tia")] == ["ours-frm", "ours"]


def test_with_two_themes_there_is_neither_interval_nor_test_and_the_legend_says_so() -> None:
    given = two(themes=2)
    table = tables.build({OURS: given["ours"], OTHER: given["other"]})
    cell = table.cells["ours", "tia"]
    assert (cell.low, cell.high, cell.q) == (None, None, None)
    assert any("No intervals and no tests" in line for line in table.legend)


def test_the_legend_says_where_no_difference_can_be_significant() -> None:
    few, many = (two(themes=themes) for themes in (5, 6))
    told = [" ".join(tables.build({OURS: one["ours"], OTHER: one["other"]}).legend) for one in (few, many)]
    assert ["smallest p there is is 0.0625" in one for one in told] == [True, False]


def test_measures_taken_with_other_judges_are_said_not_to_be_comparable_but_dates_may_differ() -> None:
    def judged(name: str, judge: str) -> list[Row]:
        return [one.model_copy(update={"source": {"judge": judge, "date": name}}) for one in two()[name]]

    told = {
        judge: " ".join(tables.build({OURS: judged("ours", "a"), OTHER: judged("other", judge)}).legend)
        for judge in ("a", "b")
    }
    assert "TIA was not measured alike everywhere (judge)" in told["b"]
    assert "not measured alike" not in told["a"]


def test_a_method_that_two_judges_shared_is_said_not_to_be_comparable() -> None:
    given = [one.model_copy(update={"source": {"judge": one.theme}}) for one in two()["ours"]]
    assert any("not measured alike everywhere (judge)" in line for line in tables.build({OURS: given}).legend)


def test_one_reason_a_shot_does_not_fill_the_note() -> None:
    given = [row(None, shot=shot, note=f"shot {shot} is broken") for shot in range(1, 30)]
    assert tables.build({OURS: given}).cells["ours", "tia"].note.endswith("; and 26 more")


def test_intervals_of_few_themes_are_said_to_be_too_narrow() -> None:
    told = [" ".join(tables.build({OURS: rows(steps(0.5), themes=themes)}).legend) for themes in (2, 19, 20)]
    assert ["too narrow" in one for one in told] == [False, True, False]


def test_a_measure_that_nothing_defines_is_named_and_not_printed() -> None:
    table = tables.build({OURS: [row(1.0), row(1.0, measure="magic")]}, layout="all")
    assert [column.name for column in table.columns] == ["tia"]
    assert any("magic" in line for line in table.legend)


def test_two_methods_of_one_name_rows_of_another_and_no_method_are_refused() -> None:
    given = two()
    with pytest.raises(ConfigurationError, match="2 methods have the name 'ours'"):
        tables.build({OURS: given["ours"], method("ours", "Another title"): given["ours"]})
    with pytest.raises(ConfigurationError, match="'ours' hold rows of 'other'"):
        tables.build({OURS: given["other"]})
    with pytest.raises(ConfigurationError, match="of 1001 themes; at most 1000"):
        tables.build({OURS: rows(steps(0.5), people=1, themes=1001)})
    with pytest.raises(ConfigurationError, match="no method to print"):
        tables.build({})
    with pytest.raises(ConfigurationError, match=r"no layout 'wide'.*paper, all, storyboard"):
        tables.build({OURS: given["ours"]}, layout="wide")  # type: ignore[arg-type]


def test_one_broken_picture_does_not_make_another_method_the_best() -> None:
    ours = [row(None if (shot, theme) == (1, 0) else 0.6, theme=f"t{theme}", shot=shot) for theme in range(4)
            for shot in (1, 2)]  # fmt: skip
    other = [row(0.5, of="other", theme=f"t{theme}", shot=shot) for theme in range(4) for shot in (1, 2)]
    assert [cell.best for cell in tables.build({OURS: ours, OTHER: other}).column("tia")] == [True, False]


@pytest.mark.parametrize(
    ("measure", "rivals"), [("tia", ["other", "ours", "ours"]), ("wer", ["third", "third", "other"])]
)
def test_the_best_rival_has_the_least_where_less_is_better(measure: str, rivals: list[str]) -> None:
    levels = {"ours": 0.9, "other": 0.6, "third": 0.3}
    given = {method(name): rows(steps(level), of=name, measure=measure) for name, level in levels.items()}
    assert [cell.against for cell in tables.build(given, layout="all").column(measure)] == rivals
