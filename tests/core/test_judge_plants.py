"""Planting changes what it says and only that."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from personavlog.judge.case import PlantedStill, StillDefect
from personavlog.judge.clips import MOVING_DEFECTS
from personavlog.judge.figure import figure
from personavlog.judge.sound import clip_ending, clip_soundness
from personavlog.judge.stills import STILL_DEFECTS
from personavlog.metrics.person import matte
from personavlog.runs.blobs import Blobs
from sample_backbones.media import Painter, Speaker
from sample_backbones.shot import HEIGHT, WIDTH
from tests.core.judge_cases import board, moving, still

BY_NAME = {one.name: one for one in STILL_DEFECTS}
CLIPS = {one.name: one for one in MOVING_DEFECTS}


def plant(defect: StillDefect, seed: int = 1) -> PlantedStill:
    made = defect.plant(still(), np.random.default_rng(seed))
    assert made is not None
    return made


def changed(made: PlantedStill) -> NDArray[np.bool_]:
    return np.asarray((made.pixels != still().pixels).any(axis=2))


@pytest.mark.parametrize(
    "name",
    ["blur", "low resolution", "over-exposure", "extra limb", "missing limb", "wrong clothes", "broken background"],
)
def test_a_planted_picture_differs_and_is_judged_against_the_same_board_and_person(name: str) -> None:
    made = plant(BY_NAME[name])
    assert made.pixels.shape == (HEIGHT, WIDTH, 3) and changed(made).any()
    assert made.board == board() and made.reference == still().reference


@pytest.mark.parametrize("name", ["wrong person", "missing prop", "wrong place"])
def test_a_planted_contradiction_leaves_every_px_alone(name: str) -> None:
    made = plant(BY_NAME[name])
    assert not changed(made).any()
    assert (made.board != board()) != (made.reference != still().reference), "exactly one of the two is another one"


def test_other_clothes_change_the_clothes_only_and_a_broken_background_spares_the_person() -> None:
    figure = still().figure
    assert not changed(plant(BY_NAME["wrong clothes"]))[~figure.worn].any()
    broken = changed(plant(BY_NAME["broken background"]))
    assert broken.sum() > 0.05 * broken.size and broken[figure.mask].mean() < 0.05


def test_a_missing_arm_changes_nothing_but_the_arm_and_another_one_shows_beside_it() -> None:
    gone, more = changed(plant(BY_NAME["missing limb"])), changed(plant(BY_NAME["extra limb"]))
    box = np.zeros_like(gone)
    box[80:110, 100:176] = True
    assert gone.any() and not gone[~box].any()
    assert more.sum() > 200


def test_a_painter_tells_the_parts_or_the_person_is_cut_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The matting network is replaced by what it would say of the sample picture: the person's own px."""
    case, blobs = still(), Blobs(tmp_path)
    assert figure(Painter(), case.keyframe, case.pixels, None, blobs).arms(0) == ("right",)
    monkeypatch.setattr(matte, "portrait_alpha", lambda pixels: case.figure.mask.astype(np.float32))
    unknown: Any = Speaker()
    cut_out = figure(unknown, case.keyframe, case.pixels, None, blobs)
    assert cut_out.arms(0) == () and cut_out.without("right") is None and cut_out.with_another("right", 40) is None
    assert (cut_out.mask == case.figure.mask).mean() > 0.97


def test_the_same_seed_plants_the_same() -> None:
    for defect in STILL_DEFECTS:
        assert np.array_equal(plant(defect, 3).pixels, plant(defect, 3).pixels)


def test_what_a_keyframe_cannot_have_is_not_planted() -> None:
    faceless = still(face=None, stranger=None)
    for name in ("extra limb", "missing limb", "wrong person", "wrong clothes"):
        assert BY_NAME[name].plant(faceless, np.random.default_rng(0)) is None


@pytest.mark.usefixtures("no_face")
def test_clips_keep_their_length_and_change_as_they_say() -> None:
    sound = moving()
    for name, defect in CLIPS.items():
        made = defect.plant(sound, np.random.default_rng(0))
        assert made is not None and len(made.frames) == len(sound.frames)
        same = [np.array_equal(old, new) for old, new in zip(sound.frames, made.frames, strict=True)]
        assert all(same) == (name == "wrong action"), name
        assert (made.description == sound.description) == (name != "wrong action")
        if name in ("face warp", "identity switch"):
            assert all(same[: len(same) // 2 - 1]), "the first half is sound"
    frozen = CLIPS["frozen"].plant(sound, np.random.default_rng(0))
    assert frozen is not None and all(np.array_equal(frame, sound.frames[0]) for frame in frozen.frames)


def test_endings_see_a_freeze_and_a_flicker_and_a_quiet_moment_is_no_fault() -> None:
    sound = moving(30).frames
    quiet = (*sound[:-1], sound[-2])
    flickering = tuple(
        np.clip(frame * (0.85 if number % 2 else 1.0), 0, 255).astype(np.uint8) for number, frame in enumerate(sound)
    )
    whole, still, paused, lamp = (
        clip_soundness(frames, None) for frames in (sound, (sound[0],) * 30, quiet, flickering)
    )
    assert clip_ending(still, whole) == "better" and clip_ending(whole, still) == "worse"
    assert clip_ending(whole, paused) == "equal" and clip_ending(lamp, paused) == "better"
