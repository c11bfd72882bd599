from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from personavlog.errors import MediaError
from personavlog.feedback.decision import decide
from personavlog.media import Clip
from personavlog.media.decode import frames, grey_frames
from personavlog.media.encode import encoding
from personavlog.metrics import clip as measures
from personavlog.metrics.clip import Sight
from personavlog.metrics.flow import flow, top_radius
from personavlog.metrics.score import Score

W, H = 192, 108
BOX = (70.0, 30.0, 120.0, 80.0)


def world(seed: int = 0) -> np.ndarray:
    noise = np.random.default_rng(seed).integers(0, 256, (H + 120, W + 240, 3), np.uint8)
    return np.asarray(cv2.normalize(cv2.GaussianBlur(noise, (0, 0), 3), None, 20, 235, cv2.NORM_MINMAX))


def moving(step: float, count: int = 25, seed: int = 0) -> list[np.ndarray]:
    scene = world(seed)
    return [
        np.ascontiguousarray(cv2.getRectSubPix(scene, (W, H), (W / 2 + 10 + step * i, H / 2 + 20)))
        for i in range(count)
    ]


def sight(shown: Sequence[np.ndarray], step: int = 3) -> Sight:
    return Sight([cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY) for frame in shown], list(shown[::step]), step, 1.0)


def written(shown: Sequence[np.ndarray], path: Path) -> Clip:
    with encoding(path, W, H, 24) as pipe:
        for frame in shown:
            pipe.write(np.dstack([frame, frame[..., :1]]))
        pipe.finish()
    return Clip(digest="0" * 64, size=path.stat().st_size, width=W, height=H, fps=24, frames=len(shown))


def scores(seen: Sight) -> dict[str, Score]:
    found = (
        measures.subject_consistency(seen, BOX),
        measures.background_consistency(seen, BOX),
        measures.motion_smoothness(seen),
        measures.dynamic_degree(seen),
        measures.flicker(seen),
        measures.imaging_quality(seen),
    )
    return {score.name: score for score in found}


def value(score: Score) -> float:
    assert score.value is not None
    return score.value


def test_a_frozen_clip_is_not_dynamic_and_is_found_out() -> None:
    still = sight(moving(0.0))
    assert value(measures.dynamic_degree(still)) < 0.01
    assert measures.frozen_share(still) == 1.0
    assert measures.duplicate_frames(still) == 24


def test_dynamic_degree_grows_with_speed() -> None:
    slow, fast = (value(measures.dynamic_degree(sight(moving(step)))) for step in (0.3, 0.9))
    assert 0.05 < slow < fast
    assert fast / slow == pytest.approx(3, rel=0.35)
    assert measures.frozen_share(sight(moving(0.9))) == 0.0


def test_flow_finds_a_known_shift() -> None:
    a, b = (cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY) for frame in (moving(2.0, 2)))
    found = flow(a, b)
    assert np.median(found[..., 0]) == pytest.approx(-2, abs=0.3) and abs(np.median(found[..., 1])) < 0.2
    assert top_radius(found) == pytest.approx(2, abs=0.8)


def test_frames_out_of_order_are_less_smooth() -> None:
    shown = moving(0.8)
    shuffled = [shown[i] for i in np.random.default_rng(0).permutation(len(shown))]
    tolerance = measures.motion_smoothness(sight(shown)).tolerance
    assert (
        value(measures.motion_smoothness(sight(shuffled))) < value(measures.motion_smoothness(sight(shown))) - tolerance
    )


def test_a_lamp_that_flickers_is_seen_and_steady_motion_is_not_taken_for_it() -> None:
    shown = moving(0.8)
    flickering = [np.clip(frame * (1.0 if i % 2 else 0.9), 0, 255).astype(np.uint8) for i, frame in enumerate(shown)]
    steady, lamp = measures.flicker(sight(shown)), measures.flicker(sight(flickering))
    assert value(steady) > 0.995
    assert value(lamp) < value(steady) - 10 * steady.tolerance


def test_another_face_and_another_place_are_less_consistent() -> None:
    shown, others = moving(0.2), moving(0.2, seed=5)
    swapped = shown[:12] + others[12:]
    for measure in (measures.subject_consistency, measures.background_consistency):
        same, cut = measure(sight(shown), BOX), measure(sight(swapped), BOX)
        assert value(cut) < value(same) - same.tolerance


def test_a_face_that_moves_and_grows_is_followed() -> None:
    shown = [
        cv2.warpAffine(world()[:H, :W], np.array([[1 + i * 0.006, 0, i * 0.5], [0, 1 + i * 0.006, -i * 0.3]]), (W, H))
        for i in range(25)
    ]
    assert value(measures.subject_consistency(sight(shown), BOX)) > 0.97


def test_blur_lowers_imaging_quality() -> None:
    shown = moving(0.5)
    soft = [cv2.GaussianBlur(frame, (0, 0), 3) for frame in shown]
    assert value(measures.imaging_quality(sight(soft))) < value(measures.imaging_quality(sight(shown))) - 0.02


@given(
    count=st.integers(3, 14),
    step=st.integers(1, 4),
    size=st.tuples(st.integers(48, 96), st.integers(48, 96)),
    seed=st.integers(0, 2**31 - 1),
    box=st.tuples(*[st.floats(-30, 120)] * 4),
)
@settings(max_examples=25, deadline=None)
def test_every_score_of_any_clip_is_in_its_range(
    count: int, step: int, size: tuple[int, int], seed: int, box: tuple[float, ...]
) -> None:
    rng = np.random.default_rng(seed)
    shown = [rng.integers(0, rng.integers(1, 256), (*size, 3), np.uint8) for _ in range(count)]
    seen = sight(shown, step)
    assert (score := measures.subject_consistency(seen, box).value) is None or 0 <= score <= 1  # type: ignore[arg-type]
    for name, score in scores(seen).items():
        if score.value is not None:
            assert 0 <= score.value <= (np.inf if name == "proxy.dynamic_degree" else 1), name


def test_one_frame_is_not_measured_rather_than_called_still() -> None:
    single = sight(moving(0.0, 1))
    found = scores(single)
    assert all(score.value is None for name, score in found.items() if name != "proxy.imaging_quality")
    assert measures.frozen_share(single) is None


def test_without_a_face_box_the_subject_is_not_measured() -> None:
    assert measures.subject_consistency(sight(moving(0.2)), None).value is None


def test_only_fresh_frames_tell_a_stutter() -> None:
    shown = moving(0.8)
    stutters = [shown[number // 3 * 3] for number in range(len(shown))]
    fresh, stale = measures.fresh_frames(sight(shown)), measures.fresh_frames(sight(stutters))
    assert value(fresh) == 1 and value(stale) < 0.4
    assert (
        value(measures.fresh_frames(sight([shown[0]] * 9))) == 0
        and measures.fresh_frames(sight(shown[:1])).value is None
    )
    before, after = (
        (measures.motion_smoothness(sight(frames)), measures.fresh_frames(sight(frames)))
        for frames in (stutters, shown)
    )
    assert decide("measured", before, after).keep and not decide("measured", after, before).keep


def test_a_file_is_measured_in_one_go_and_encoding_again_stays_within_tolerance(no_face: None, tmp_path: Path) -> None:
    shown = moving(0.7, 36)
    raw, coded = (
        scores(sight(shown)),
        measures.measure_clip(tmp_path / "a.mp4", written(shown, tmp_path / "a.mp4"), BOX),
    )
    assert [score.name for score in coded] == [*raw, "proxy.fresh_frames", "proxy.face_steadiness"]
    assert value(coded[3]) == pytest.approx(value(raw["proxy.dynamic_degree"]), rel=0.2)


def test_frames_come_back_in_order_at_the_asked_size(tmp_path: Path) -> None:
    shown = moving(1.0, 10)
    clip = written(shown, tmp_path / "a.mp4")
    back = list(frames(tmp_path / "a.mp4", clip))
    assert len(back) == 10 and all(cv2.PSNR(np.ascontiguousarray(a), b) > 28 for a, b in zip(back, shown, strict=True))
    assert next(grey_frames(tmp_path / "a.mp4", clip, (64, 36))).shape == (36, 64)


@pytest.mark.parametrize(
    "data", [b"", b"not a video", b"\x00\x00\x00\x18ftypmp42" + b"\xff" * 500, b"#EXTM3U\nfile:///etc/passwd"]
)
def test_hostile_files_are_refused_with_the_reason(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "clip:0.mp4"
    path.write_bytes(data)
    with pytest.raises(MediaError, match=r"clip:0\.mp4"):
        measures.measure_clip(path, Clip(digest="0" * 64, size=len(data), width=W, height=H, fps=24, frames=10))


def test_a_clip_cut_short_is_refused(tmp_path: Path) -> None:
    clip = written(moving(1.0, 20), tmp_path / "a.mp4")
    (tmp_path / "half.mp4").write_bytes((tmp_path / "a.mp4").read_bytes()[: clip.size * 2 // 3])
    with pytest.raises(MediaError):
        list(frames(tmp_path / "half.mp4", clip))
    with pytest.raises(MediaError, match="expected"):
        list(frames(tmp_path / "a.mp4", clip.model_copy(update={"frames": 30})))


def test_reading_may_stop_early(tmp_path: Path) -> None:
    clip = written(moving(1.0, 30), tmp_path / "a.mp4")
    stream = frames(tmp_path / "a.mp4", clip)
    next(stream)
    stream.close()  # type: ignore[attr-defined]
