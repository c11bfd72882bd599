"""Scoring as a whole: nothing twice, nothing stale, nothing missing in silence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from personavlog.benchmark import rows
from personavlog.benchmark.definitions import definitions
from personavlog.benchmark.outputs import Cost, Outputs, Problem
from personavlog.benchmark.rows import Row
from personavlog.benchmark.scoring import (
    chosen,
    clips,
    correction,
    cost,
    engine,
    film,
    gains,
    pictures,
    score,
    scored_vlog,
)
from personavlog.benchmark.scoring.networks import NetworkStore
from personavlog.benchmark.scoring.shared import Shared
from personavlog.errors import ConfigurationError, MediaError, RunError
from personavlog.metrics import style
from personavlog.runs.lock import alone
from tests.core.benchmark.vlog_folders import outputs, picture, save, vlog

PLAIN = ("style.distance", "style.spread", "cost")
"""Measured without a network."""


@pytest.fixture
def made(tmp_path: Path) -> Outputs:
    cost = Cost(seconds=12.5, calls={"image": 3, "chat": 4})
    return outputs(tmp_path, vlog(tmp_path, cost=cost), vlog(tmp_path, "bob__noir__lake", cost=cost))


def values(found: list[Row], measure: str) -> list[float | None]:
    return [row.value for row in found if row.measure == measure]


def slots(path: Path) -> list[tuple[str, int | None, str]]:
    return [(row.vlog, row.shot, row.measure) for row in rows.read(path)]


def test_every_measure_has_one_definition_and_a_source_and_no_proxy_stands_in_the_papers_columns() -> None:
    tables = (
        *(pictures.TEXT, pictures.TO_STYLISED, pictures.TO_PHOTO, pictures.WHOLE, pictures.SPREAD),
        *(clips.NEEDS, clips.FILM, clips.FIRST, film.HEARD, film.FITS, film.LOUDNESS, film.DUCKING),
        *(correction.NEEDS, gains.NEEDS, correction.PLANTED, cost.NEEDS),
    )
    measured = [name for table in tables for name in table]
    assert sorted(measured) == sorted(chosen())
    columns = [one for one in definitions().values() if one.paper]
    assert sorted(one.paper for one in columns) == list(range(1, 13))
    assert not [one.name for one in columns if "proxy" in (one.title + one.source).lower()]
    assert all(one.source for one in definitions().values())


def test_what_is_there_is_not_measured_again(made: Outputs, monkeypatch: pytest.MonkeyPatch) -> None:
    first = list(score(made, measures=PLAIN))
    content = (made.folder / rows.SCORES).read_bytes()
    monkeypatch.setattr(style, "fingerprint", lambda pixels: pytest.fail("measured twice"))
    heard: list[Row] = []
    assert list(score(made, measures=PLAIN, on_row=heard.append)) == first == heard
    assert (made.folder / rows.SCORES).read_bytes() == content
    assert len({row.key for row in first}) == len(first) == 2 * (2 + 1 + 3)


def test_equal_files_of_two_methods_are_measured_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = (outputs(tmp_path / name, vlog(tmp_path / name)) for name in ("ours", "theirs"))
    shared = Shared(NetworkStore({}, "cpu", lambda problem: None))
    first = values(list(score(ours, measures=PLAIN, shared=shared)), "style.distance")
    monkeypatch.setattr(style, "fingerprint", lambda pixels: pytest.fail("measured twice"))
    assert values(list(score(theirs, measures=PLAIN, shared=shared)), "style.distance") == first != []


def test_a_changed_picture_replaces_its_own_rows_and_no_others(made: Outputs) -> None:
    before = list(score(made, measures=PLAIN))
    save(made.vlogs[0].folder / "keyframes/02.png", picture(50))
    fresh = list(score(made, measures=PLAIN))
    changed = [(new.shot, new.measure) for old, new in zip(before, fresh, strict=True) if old != new]
    assert changed == [(2, "style.distance"), (None, "style.spread")]
    file = made.folder / rows.SCORES
    assert sorted(slots(file), key=str) == sorted(set(slots(file)), key=str) and len(slots(file)) == len(fresh)
    assert {row.key for row in rows.read(file)} == {row.key for row in fresh}


def test_a_shot_that_is_gone_leaves_no_number_and_other_measures_stay(made: Outputs) -> None:
    score(made, measures=PLAIN)
    first, second = made.vlogs
    shorter = outputs(made.folder, type(first)(first.folder, first.meta, first.shots[:1]), second)
    score(shorter, measures=("style.distance",))
    left = slots(made.folder / rows.SCORES)
    assert (first.name, 2, "style.distance") not in left
    assert (first.name, None, "style.spread") in left and (second.name, 2, "style.distance") in left


def test_the_rows_of_a_vlog_that_is_gone_are_told_and_kept(made: Outputs) -> None:
    score(made, measures=PLAIN)
    first, second = made.vlogs
    shutil.rmtree(second.folder)
    told: list[Problem] = []
    score(outputs(made.folder, first), measures=PLAIN, on_problem=told.append)
    assert [one.file for one in told] == [second.name]
    assert {row.vlog for row in rows.read(made.folder / rows.SCORES)} == {first.name, second.name}


def test_a_line_cut_off_by_a_crash_is_measured_again_and_a_line_of_junk_is_named(made: Outputs) -> None:
    whole = list(score(made, measures=PLAIN))
    file = made.folder / rows.SCORES
    content = file.read_bytes()
    file.write_bytes(content[:-40])
    assert {row.key for row in score(made, measures=PLAIN)} == {row.key for row in whole}
    assert len(file.read_bytes().splitlines()) == len(whole)
    file.write_bytes(content + b'{"value": 0}\n')
    with pytest.raises(ConfigurationError, match=f"Line {len(whole) + 1}.*scores.jsonl.*is no score"):
        score(made, measures=PLAIN)


def test_words_with_unusual_line_ends_do_not_break_the_file(tmp_path: Path) -> None:
    row = score(outputs(tmp_path, vlog(tmp_path)), measures=("cost",))[0]
    rows.append(tmp_path / "a.jsonl", [row.model_copy(update={"note": "one\u2028two\x85three"})])
    assert rows.read(tmp_path / "a.jsonl")[0].note == "one\u2028two\x85three"


def test_missing_networks_are_told_once_each_with_the_command_and_give_no_number(made: Outputs) -> None:
    told: list[Problem] = []
    found = list(score(made, measures=("identity", "identity.same", "cc.s_pose"), on_problem=told.append))
    assert [one.file for one in told] == ["yunet", "body-pose"] or [one.file for one in told] == [
        "yunet",
        "sface",
        "body-pose",
    ]
    assert all(f"personavlog weights fetch {one.file}" in one.text for one in told)
    assert found and all(row.value is None and "not there" in row.note for row in found)


def test_a_broken_picture_costs_its_own_numbers_only(made: Outputs) -> None:
    (made.vlogs[0].folder / "keyframes/01.png").write_bytes(b"\x89PNG\r\n\x1a\n broken")
    found = list(score(made, measures=PLAIN))
    broken = [row for row in found if row.value is None and row.measure.startswith("style")]
    assert [(row.vlog, row.shot) for row in broken] == [("ada__noir__lake", 1), ("ada__noir__lake", None)]
    assert all("damaged" in row.note for row in broken)
    (made.vlogs[0].folder / "keyframes/01.png").write_bytes(b"")
    empty = next(row for row in score(made, measures=("style.distance",)) if row.value is None)
    assert "'keyframes/01.png' is empty" in empty.note
    assert len([value for value in values(found, "style.distance") if value is not None]) == 3


def test_missing_files_are_rows_that_say_so(tmp_path: Path) -> None:
    one = vlog(tmp_path)
    (one.folder / "keyframes/02.png").unlink()
    (one.folder / "stylised.png").unlink()
    found = {(row.shot, row.measure): row for row in scored_vlog(one, measures=PLAIN)}
    assert found[1, "style.distance"].note == "There is no stylised reference (stylised.png)."
    assert (
        found[None, "style.spread"].value is None
        and found[None, "cost.seconds"].note == "There is no cost.json that can be read."
    )


def test_what_breaks_is_told_stops_nothing_and_is_tried_again(made: Outputs, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Problem] = []
    with monkeypatch.context() as patch:
        patch.setattr(style, "apart", lambda a, b: 1 / 0)
        broken = list(score(made, measures=PLAIN, on_problem=told.append))
    assert {row.value for row in broken if row.measure.startswith("style")} == {None}
    assert len(told) == 6 and all("ZeroDivisionError" in one.text for one in told)
    assert None not in values(broken, "cost.seconds")
    assert None not in values(list(score(made, measures=PLAIN)), "style.distance")
    assert len((made.folder / rows.SCORES).read_bytes().splitlines()) == len(broken)


def test_an_endless_number_is_no_number(made: Outputs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(style, "apart", lambda a, b: float("nan"))
    assert set(values(list(score(made, measures=PLAIN)), "style.spread")) == {None}


def test_only_what_is_asked_for_is_measured_and_the_unknown_is_refused() -> None:
    assert chosen(("cost", "tia")) == ("tia", "cost.seconds", "cost.dollars", "cost.calls")
    assert not [name for name in chosen((), "clip") if name.startswith("film.")]
    assert not [name for name in chosen((), "vlog") if name.startswith("vbench.")]
    with pytest.raises(ConfigurationError, match=r"'judge\.story_interest'"):
        chosen(("judge.story_interest",))
    with pytest.raises(ConfigurationError, match="clip, vlog, both"):
        chosen((), "frame")  # type: ignore[arg-type]


def test_unknown_costs_are_none(made: Outputs) -> None:
    found = {row.measure: row for row in scored_vlog(made.vlogs[0], measures=("cost",))}
    assert found["cost.seconds"].value == 12.5 and found["cost.calls"].value == 7
    assert found["cost.dollars"].value is None and found["cost.dollars"].note


def test_two_scorings_of_one_folder_do_not_mix(made: Outputs) -> None:
    with alone(made.folder / f".{rows.SCORES}.lock", "x"), pytest.raises(RunError, match="by process"):
        score(made, measures=PLAIN)


def test_a_photo_of_the_benchmark_is_used_where_the_folder_has_none(
    made: Outputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine.NetworkStore, "digest", lambda self, name: "ab" * 32)
    monkeypatch.setattr(pictures.Looks, "identity", lambda self, known, seen: pictures.Value(float(len(known.name))))
    photo = save(made.folder / "of-the-benchmark.png", picture(5))
    found = list(
        score(made, measures=("identity.photo",), photo_of=lambda meta: photo if meta.person == "ada" else None)
    )
    assert [row.value for row in found] == [len(photo.name)] * 2 + [None] * 2


def test_a_wrong_file_of_weights_is_refused_at_once(made: Outputs) -> None:
    with pytest.raises(ConfigurationError, match="'clip-x'"):
        score(made, weights_files={"clip-x": made.folder})


def test_errors_of_the_input_are_kept_and_others_are_not(made: Outputs, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, what: str) -> None:
        raise MediaError("no picture")

    with monkeypatch.context() as patch:
        patch.setattr("personavlog.benchmark.scoring.looks.pixels_of", refuse)
        first = list(score(made, measures=("style.distance",)))
    assert [row.note for row in first] == ["no picture"] * 4
    assert list(score(made, measures=("style.distance",))) == first
