"""Plots: what is drawn is what was measured, and no label covers another."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from personavlog.benchmark import plots, tables
from personavlog.benchmark.outputs import Correction, Method
from personavlog.benchmark.plots import attempts, canvas, cost, intervals, quality, radar
from personavlog.benchmark.rows import Row
from personavlog.benchmark.tables.building import read
from personavlog.errors import ConfigurationError, MissingExtraError
from tests.core.benchmark.drawn_scores import joined, method, row, rows, steps

MEASURES = ("judge.story_interest", "tia", "cost.seconds")
TITLES = ["Ours", "A very long title of a method that does not fit", "$x^2$ _a_", "北京 🎬", "<b>Bold</b>"]


@pytest.fixture(autouse=True)
def looks() -> Iterator[None]:
    with canvas.look():
        yield


def scores(count: int = 3, measures: tuple[str, ...] = MEASURES, themes: int = 4) -> dict[Method, list[Row]]:
    names = [f"m{index:02d}" for index in range(count)]
    titles = (TITLES + names)[:count]
    return {
        method(name, title): joined(
            rows(steps(2.0 - 0.1 * index), of=name, measure=measure, people=1, themes=themes) for measure in measures
        )
        for index, (name, title) in enumerate(zip(names, titles, strict=True))
    }


def tried(*accepted: bool | None, part: str = "keyframe") -> list[Correction]:
    return [
        Correction(part=part, shot=1, attempt=attempt, accepted=one)  # type: ignore[arg-type]
        for attempt, one in enumerate(accepted)
    ]


def overlapping(figure: Figure) -> list[tuple[str, str]]:
    """Pairs of texts of which one covers the other by more than a point."""
    drawn = FigureCanvasAgg(figure)
    drawn.draw()
    texts = [one for one in figure.findobj(Text) if one.get_text().strip() and one.get_visible()]  # type: ignore[attr-defined]
    boxes = [(one.get_text(), one.get_window_extent(drawn.get_renderer()).padded(-1)) for one in texts]  # type: ignore[attr-defined]
    shown = {(text, tuple(box.extents.round(1))): box for text, box in boxes}
    return [
        (one[0], other[0])
        for (one, first), (other, second) in combinations(shown.items(), 2)
        if first.width > 0 and second.width > 0 and first.overlaps(second)
    ]


def test_texts_that_cover_each_other_are_seen() -> None:
    figure = Figure()
    for place, text in ((0.5, "first"), (0.52, "second"), (0.9, "third")):
        figure.text(0.5, place, text)
    assert overlapping(figure) == [("first", "second")]


def panel(figure: Figure, index: int = 0) -> Axes:
    return figure.axes[index]


def test_an_interval_a_method_at_its_mean_in_the_unit_that_tables_print() -> None:
    given = scores(3, ("vbench.imaging_quality",))
    table = tables.build(given, layout="all")
    (figure,) = intervals.draw(table).values()
    means = [line.get_xdata()[0] for line in panel(figure).lines]  # type: ignore[index]
    assert means == pytest.approx([100 * (cell.mean or 0) for cell in table.column("vbench.imaging_quality")])
    bounds = [bar.get_segments()[0][:, 0] for bar in panel(figure).collections]  # type: ignore[attr-defined]
    assert [list(one) for one in bounds] == [
        pytest.approx([100 * (cell.low or 0), 100 * (cell.high or 0)])
        for cell in table.column("vbench.imaging_quality")
    ]


def test_what_is_missing_is_a_word_and_no_point() -> None:
    given = {method("ours"): rows(steps(0.5)), method("other"): [row(None, of="other", note="no weights: clip-b")]}
    (figure,) = intervals.draw(tables.build(given, layout="all")).values()
    assert len(panel(figure).lines) == 1
    assert [text.get_text() for text in panel(figure).texts] == ["no weights: clip-b"]


def test_with_two_themes_there_are_points_without_intervals() -> None:
    (figure,) = intervals.draw(tables.build(scores(2, ("tia",), themes=2), layout="all")).values()
    assert (len(panel(figure).lines), len(panel(figure).collections)) == (2, 0)


def test_a_group_of_which_nothing_was_measured_has_no_figure() -> None:
    given = {method("ours"): [row(0.5), row(None, measure="wer", note="no recogniser")]}
    assert list(intervals.draw(tables.build(given, layout="all"))) == ["intervals-pictures"]


def test_shares_are_of_vlogs_won_and_less_cost_is_better() -> None:
    won = quality.shares(read(scores(3)))
    assert won["m00"] == {"storyboard": 1.0, "pictures": 1.0, "cost": 0.0}
    assert won["m01"] == {"storyboard": 0.5, "pictures": 0.5, "cost": 0.5}
    assert won["m02"] == {"storyboard": 0.0, "pictures": 0.0, "cost": 1.0}


def test_a_radar_has_a_spoke_a_group_and_stays_within_its_circle() -> None:
    (figure,) = radar.draw(scores(3)).values()
    assert len(figure.axes) == 3
    own = panel(figure).lines[-1]
    assert list(own.get_ydata()) == [1.0, 1.0, 0.0, 1.0]  # type: ignore[arg-type]
    assert panel(figure).get_ylim() == (0, 1)
    assert radar.draw(scores(3, ("tia", "wer"))) == {}


def test_a_bar_an_attempt_is_the_share_that_was_accepted_of_those_made() -> None:
    given = [*tried(None, True, False), *tried(None, False, False), *tried(None, True, part="clip")]
    failed = Correction(part="keyframe", shot=1, attempt=1, accepted=None, failed=True)
    (figure,) = attempts.draw({method(): [*given, failed]}).values()
    bars = [bar.get_height() for bar in panel(figure).patches]  # type: ignore[attr-defined]
    assert bars == [50.0, 0.0, 100.0, 0.0]
    assert [text.get_text() for text in panel(figure).texts] == ["2", "2", "1"]


def test_a_method_that_corrects_nothing_has_no_panel_and_late_attempts_share_one() -> None:
    assert attempts.draw({method(): tried(None)}) == {}
    many = [Correction(part="clip", shot=1, attempt=attempt, accepted=True) for attempt in range(1, 500)]
    (figure,) = attempts.draw({method(): many, method("other"): tried(None)}).values()
    assert len(figure.axes) == 1
    assert [text.get_text() for text in panel(figure).get_xticklabels()][-1] == "12+"


def test_cost_against_quality_has_a_point_a_method_and_a_logarithmic_axis_only_where_it_is_wide() -> None:
    given = scores(3)
    (figure,) = cost.draw(tables.build(given, layout="all"), given).values()
    points = [(line.get_xdata()[0], line.get_ydata()[0]) for line in panel(figure).lines]  # type: ignore[index]
    assert [y for _, y in points] == [100.0, 50.0, 0.0]
    assert points[0][0] == pytest.approx(2.015)
    assert panel(figure).get_xscale() == "linear"
    wide = {one: [r.model_copy(update={"value": (r.value or 0) * 50**index}) for r in given[one]]
            for index, one in enumerate(given)}  # fmt: skip
    (figure,) = cost.draw(tables.build(wide, layout="all"), wide).values()
    assert panel(figure).get_xscale() == "log"


def test_money_that_nobody_knows_has_no_panel() -> None:
    given = {one: [*found, row(None, of=one.name, measure="cost.dollars", note="unknown")]
             for one, found in scores(2).items()}  # fmt: skip
    (figure,) = cost.draw(tables.build(given, layout="all"), given).values()
    assert [axes.get_xlabel() for axes in figure.axes] == ["Seconds (s)"]


def test_no_label_covers_another_with_twelve_methods() -> None:
    given = scores(12)
    table = tables.build(given, layout="all")
    pictures = tables.build(given, layout="pictures")
    corrected = {one: [*tried(None, True, False, True), *tried(None, True, True, part="clip")] for one in given}
    drawn = intervals.draw(pictures) | radar.draw(given) | attempts.draw(corrected) | cost.draw(table, given)
    assert {name: overlapping(figure) for name, figure in drawn.items()} == {name: [] for name in drawn}


def test_methods_are_told_apart_by_colour_and_marker_together() -> None:
    assert len({canvas.mark(index) for index in range(plots.MOST_METHODS)}) == plots.MOST_METHODS


def test_titles_are_drawn_as_they_are_or_in_latin_letters() -> None:
    assert canvas.plain("$x^2$ _a_") == "$x^2$ _a_"
    assert canvas.plain("北京") == "BeiJing"
    assert len(canvas.plain("x" * 80)) == canvas.LONGEST_NAME


def test_files_are_pictures_and_the_same_each_time(tmp_path: Path) -> None:
    given, corrected = scores(5, ("tia",)), {method(title=TITLES[3]): tried(None, True)}
    first, second = (plots.plot(given, tmp_path / name, corrections=corrected) for name in ("a", "b"))
    assert [path.name for path in first] == [
        *("intervals-pictures.png", "intervals-pictures.svg"),
        *("attempts.png", "attempts.svg"),
    ]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    with Image.open(first[0]) as picture:
        assert sum(count > 0 for count in picture.convert("L").histogram()) > 50
    assert "<script" not in first[1].read_text()


def test_nothing_to_draw_too_many_methods_and_unknown_kinds_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="Nothing can be drawn of these scores as radar"):
        plots.plot(scores(1), tmp_path, kinds=["radar"])
    with pytest.raises(ConfigurationError, match="41 methods are too many"):
        plots.plot({method(f"m{index}"): [] for index in range(41)}, tmp_path)
    with pytest.raises(ConfigurationError, match=r"no plot 'pie'.*intervals, radar, attempts, cost"):
        plots.plot(scores(1), tmp_path, kinds=["pie"])  # type: ignore[list-item]


def test_without_matplotlib_the_install_line_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plots, "find_spec", lambda _: None)
    with pytest.raises(MissingExtraError, match=r"pip install 'personavlog\[bench\]'"):
        plots.plot(scores(1), tmp_path)


def test_the_module_is_imported_without_matplotlib(monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib

    for name in [name for name in sys.modules if name.split(".")[0] == "matplotlib"]:
        monkeypatch.setitem(sys.modules, name, None)
    importlib.reload(plots)
