"""What correcting was worth: counts, gain in units of noise, and the check of the judge."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from personavlog.benchmark.outputs import Correction
from personavlog.benchmark.rows import Row
from personavlog.benchmark.scoring import scored_vlog
from personavlog.benchmark.scoring.correction import noise
from personavlog.metrics import camera, clarity, clip, clothes, identity, seams, steadiness
from personavlog.metrics.clip import Sight
from personavlog.metrics.person import limbs
from tests.core.benchmark.vlog_folders import picture, vlog


def attempt(number: int, identity: float | None, *, accepted: bool | None = None, **rest: object) -> Correction:
    part = {"part": "keyframe", "shot": 1, "attempt": number, "accepted": accepted} | rest
    return Correction.model_validate({"scores": {"proxy.identity": identity}, **part})


def scored(root: Path, attempts: list[Correction] | None) -> dict[str, Row]:
    return {row.measure: row for row in scored_vlog(vlog(root, attempts=attempts), measures=("correction",))}


def test_rates_are_of_the_corrections_that_were_made(tmp_path: Path) -> None:
    found = scored(
        tmp_path,
        [
            *(attempt(0, 0.5), attempt(1, 0.7, accepted=True), attempt(2, 0.4, accepted=False)),
            *(attempt(0, 0.5, shot=2), attempt(1, None, shot=2, accepted=False, failed=True)),
        ],
    )
    assert found["correction.acceptance"].value == found["correction.rollback"].value == 0.5
    assert found["correction.calls"].value == 3 and found["correction.calls"].detail == {"failed": 1}
    assert found["correction.own_gain"].value == pytest.approx(0.2 / 0.04)


def test_gain_is_from_the_first_attempt_to_the_last_that_was_kept(tmp_path: Path) -> None:
    found = scored(
        tmp_path, [attempt(2, 0.7, accepted=True), attempt(0, 0.6), attempt(1, 0.65, accepted=True), attempt(3, 0.9)]
    )
    assert found["correction.own_gain"].value == pytest.approx(0.1 / 0.04)


def test_one_score_does_not_drown_the_others_and_unknown_ones_are_named(tmp_path: Path) -> None:
    scores = [{"proxy.identity": 0.0, "proxy.clarity": 0.5, "mine": 1.0}, {"proxy.identity": 1.0, "proxy.clarity": 0.5}]
    found = scored(
        tmp_path,
        [attempt(0, 0, scores=scores[0]), attempt(1, 0, scores={**scores[1], "mine": 9.0}, accepted=True)],
    )
    assert found["correction.own_gain"].value == pytest.approx(10 / 2)
    assert "mine" in found["correction.own_gain"].note


@pytest.mark.parametrize("attempts", [None, []])
def test_a_method_without_a_record_that_can_be_read_has_no_rates_and_no_calls(
    tmp_path: Path, attempts: list[Correction] | None
) -> None:
    found = scored(tmp_path, attempts)
    assert all(row.value is None and row.note for row in found.values())


def test_no_correction_is_no_rate_and_no_calls(tmp_path: Path) -> None:
    found = scored(tmp_path, [attempt(0, 0.5)])
    assert found["correction.acceptance"].value is None and found["correction.calls"].value == 0
    assert found["correction.own_gain"].value is None


def test_false_accepts_are_the_loops_that_made_a_planted_defect_worse(tmp_path: Path) -> None:
    planted = [
        {"defect": "blur", "endings": {"measured": ending, "paper": "worse"}} for ending in ("better", "equal", "worse")
    ]
    others = [{"defect": "", "endings": {"measured": "worse"}}, {"defect": "blur", "endings": {}}, "no trial", None]
    made = vlog(tmp_path)
    file = made.folder / "judge.json"
    file.write_text(json.dumps({"trials": [*planted, *others]}), "utf-8")
    (found,) = scored_vlog(made, measures=("correction.false_accepts",))
    assert found.value == pytest.approx(1 / 3) and found.detail == {"hits": 1, "of": 3}


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"trials": 3}', "[]", '{"trials": [{"defect": "x"}]}'])
def test_a_check_of_the_judge_that_is_none_gives_no_number(tmp_path: Path, text: str) -> None:
    made = vlog(tmp_path)
    (made.folder / "judge.json").write_text(text, "utf-8")
    (found,) = scored_vlog(made, measures=("correction.false_accepts",))
    assert found.value is None and found.note


def test_the_table_of_noise_is_what_the_measures_say() -> None:
    frames = [picture(1), picture(2), picture(3)]
    sight = Sight([cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY) for frame in frames], frames, 1, 1.0)
    measured = (
        clip.subject_consistency(sight, None),
        clip.subject_consistency(sight, (10, 10, 60, 60)),
        clip.background_consistency(sight, None),
        clip.motion_smoothness(sight),
        clip.dynamic_degree(sight),
        clip.flicker(sight),
        clip.imaging_quality(sight),
        clip.fresh_frames(sight),
        clarity.clarity(frames[0]),
        clarity.exposure(frames[0]),
    )
    said = {one.name: one.tolerance for one in measured if one.value is not None}
    said |= {identity.NAME: identity.NOISE, limbs.NAME: limbs.NOISE, clothes.NAME: clothes.NOISE}
    said |= {seams.NAME: seams.NOISE, steadiness.NAME: steadiness.NOISE, camera.NAME: camera.NOISE}
    assert {name: value for name, value in noise().items() if name in said} == said
    assert all(value > 0 for value in noise().values()) and np.isfinite(list(noise().values())).all()


def test_the_published_measures_noise_is_that_of_the_loop() -> None:
    pytest.importorskip("torch", reason="the extra 'metrics' is not installed")
    from personavlog.feedback.published_measures import TOLERANCES

    known = {name: value for name, value in noise().items() if not name.startswith("proxy.")}
    assert known == {name: value for name, value in TOLERANCES.items() if value > 0}
