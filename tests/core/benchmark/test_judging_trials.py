"""Storyboards made worse on purpose, and judges that notice or do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from personavlog.benchmark.judging.asking import Dimension
from personavlog.benchmark.judging.judging import judge
from personavlog.benchmark.judging.trials import Tally, check_judges
from personavlog.benchmark.judging.worsened import WAYS, Boards, worsened
from personavlog.benchmark.outputs import Vlog
from personavlog.errors import ConfigurationError
from tests.core.benchmark.judging_cases import BOARDS, JudgeModel, Talker, always, by_chance, honest, outputs, vlog

THREE = outputs(Path("outputs")).vlogs


def made(one: Vlog, others: tuple[Vlog, ...] = THREE, seed: int = 0) -> dict[str, Boards]:
    """The boards of every worsening, by its name."""
    return {worse.way.name: tuple(shot.board for shot in worse.shots) for worse in worsened(one, others, seed)}


def test_each_way_is_what_it_says() -> None:
    original = BOARDS["kite"][1]
    worse = made(THREE[0])
    assert list(worse) == [way.name for way in WAYS]
    assert sorted(worse["shuffled beats"]) == sorted(original)
    assert all(one != other for one, other in zip(worse["shuffled beats"], original, strict=True))
    assert max(map(worse["repeated action"].count, original)) == 3 and set(worse["repeated action"]) < set(original)
    changed = [new for new, old in zip(worse["foreign beat"], original, strict=True) if new != old]
    assert len(changed) == 1 and changed[0] in BOARDS["bakery"][1] + BOARDS["parrot"][1]
    assert worse["another theme"] in (BOARDS["bakery"][1], BOARDS["parrot"][1])


def test_shots_are_numbered_anew_and_dimensions_named() -> None:
    for worse in worsened(THREE[1], THREE, 3):
        assert [shot.index for shot in worse.shots] == list(range(1, len(worse.shots) + 1))
    named: list[Dimension] = [way.dimension for way in WAYS]
    assert named == ["temporal_continuity", "behavioral_diversity", "thematic_consistency", "thematic_consistency"]


def test_a_seed_makes_the_same_ones_whoever_stands_beside() -> None:
    assert made(THREE[0], seed=4) == made(THREE[0], THREE[::-1], seed=4)
    assert len({tuple(made(THREE[0], seed=seed).items()) for seed in range(8)}) > 4


def test_what_cannot_be_made_worse_is_not_tried() -> None:
    alone = vlog("kite", "A kite", ["6:00. She mends a kite."])
    assert made(alone, (alone,)) == {}
    equal = vlog("kite", "A kite", ["She looks."] * 4)
    assert list(made(equal)) == ["foreign beat", "another theme"]
    chinese = vlog("kite", "风筝", ["她在修风筝。", "她跑过沙滩。"], language="zh")
    assert list(made(chinese)) == ["shuffled beats", "repeated action"], "a board in another language gives itself away"


def test_an_honest_judge_ranks_every_original_above(tmp_path: Path) -> None:
    found = check_judges(outputs(tmp_path), [JudgeModel(honest)])
    (name,) = found.judges
    assert found.tally(name) == Tally(above=12, tied=0, below=0, missing=0) and found.tells(name)
    assert found.tally(name, "foreign beat").rate.hits == 3
    assert "100% (12/12; 76% to 100%)" in found.text and "right more often than a coin" in found.text


def test_a_judge_that_always_says_five_ties_everything(tmp_path: Path) -> None:
    found = check_judges(outputs(tmp_path), [JudgeModel(always(5))])
    (name,) = found.judges
    assert found.tally(name) == Tally(0, 12, 0, 0) and not found.tells(name)
    assert found.tally(name, by="mean") == Tally(0, 12, 0, 0)
    assert "do not report its marks" in found.text


def test_a_judge_by_chance_is_right_as_often_as_wrong(tmp_path: Path) -> None:
    many = [vlog(f"{name}{n}", f"{n} {theme}", boards) for n in range(10) for name, (theme, boards) in BOARDS.items()]
    found = check_judges(outputs(tmp_path, *many), [JudgeModel(by_chance(1))])
    low, high = found.tally(found.judges[0]).decided.interval
    assert low < 0.5 < high and not found.tells(found.judges[0])


def test_a_judge_that_prefers_the_worse_is_shown_to(tmp_path: Path) -> None:
    upside_down = JudgeModel(lambda sheet, outside: {name: 6 - mark for name, mark in honest(sheet).items()})
    found = check_judges(outputs(tmp_path), [upside_down])
    assert found.tally(found.judges[0]) == Tally(0, 0, 12, 0) and not found.tells(found.judges[0])


def test_a_judge_without_marks_is_missing_everywhere(tmp_path: Path) -> None:
    found = check_judges(outputs(tmp_path), [Talker()])
    assert found.tally(found.judges[0]) == Tally(0, 0, 0, 12) and "not tried" in found.text
    assert all("gave no answer that fits" in trial.why for trial in found.trials)


def test_one_missing_side_makes_a_trial_missing(tmp_path: Path) -> None:
    turns = iter([4] + [6] * 12)
    found = check_judges(outputs(tmp_path), [JudgeModel(lambda *asked: always(next(turns))(*asked))], most=1, at_once=1)
    assert found.tally(found.judges[0]) == Tally(0, 0, 0, 4)


def test_what_was_judged_before_is_not_asked_again(tmp_path: Path) -> None:
    model = JudgeModel(honest)
    judge(outputs(tmp_path), [model])
    check_judges(outputs(tmp_path), [model])
    assert len(model.asked) == 3 + 12
    check_judges(outputs(tmp_path), [model])
    assert len(model.asked) == 15


def test_the_most_vlogs_are_tried_with_strangers_from_all(tmp_path: Path) -> None:
    heard: list[object] = []
    found = check_judges(outputs(tmp_path), [JudgeModel(honest)], most=1, on_trial=heard.append)
    assert [trial.way for trial in found.trials] == [way.name for way in WAYS] and heard == list(found.trials)


def test_judges_are_told_apart_in_the_table(tmp_path: Path) -> None:
    found = check_judges(outputs(tmp_path), [JudgeModel(honest, "good"), JudgeModel(always(3), "flat")])
    good, flat = found.judges
    assert found.tally(good).above == 12 and found.tally(flat).tied == 12
    assert good in found.text and flat in found.text


@pytest.mark.parametrize("names", [[], ["kite"]])
def test_nobody_to_check_or_nothing_to_check_with_is_said(names: list[str], tmp_path: Path) -> None:
    models = [JudgeModel(honest)] if not names else []
    empty = outputs(tmp_path) if names else type(outputs(tmp_path))(tmp_path, outputs(tmp_path).method, ())
    with pytest.raises(ConfigurationError, match="name at least one"):
        check_judges(empty, models)
