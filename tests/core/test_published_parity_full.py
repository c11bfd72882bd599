"""The full-size networks with seeded weights against what VBench's own code gave: ``make parity``.

Every dimension compares its network's first input, then its features, then the score, so that a failure says where a
port departs.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra 'metrics' is not installed")
pytest.importorskip("av", reason="the extra 'metrics' is not installed")

from personavlog.metrics.networks import clip, dino  # noqa: E402
from personavlog.metrics.published import amt, dynamic, tensors  # noqa: E402
from personavlog.metrics.published.consistency import BACKGROUND, consistency  # noqa: E402
from personavlog.metrics.published.quality import aesthetic, aesthetic_parts, imaging  # noqa: E402
from personavlog.metrics.published.smoothness import Smoothness  # noqa: E402
from personavlog.metrics.published.video import opened  # noqa: E402
from tests.core.seeded import seeded  # noqa: E402
from tests.core.seeded_networks import LARGE, seeded_clip, seeded_dino, seeded_head, seeded_musiq, seeded_raft  # noqa: E402

pytestmark = pytest.mark.parity_full
HERE = Path(__file__).parent / "parity"
EXPECTED = json.loads((HERE / "tiny.json").read_text())
ARRAYS = np.load(HERE / "tiny.npz")
SCORE, RADIUS, FEATURE = 1e-6, 1e-3, 1e-4


@pytest.fixture(scope="module")
def frames() -> Iterator[list[np.ndarray]]:
    torch.set_num_threads(2)
    with torch.inference_mode(), opened(HERE / "clip_tiny_8fps.mp4") as video:
        yield list(video.frames)


def test_subject_consistency(frames: list[np.ndarray]) -> None:
    pictures = tensors.for_dino(tensors.stacked(frames))
    np.testing.assert_allclose(pictures[0, :, ::8, ::8], ARRAYS["dino_input"], atol=1e-5)
    features = seeded_dino(dino.Dino())(pictures)
    np.testing.assert_allclose(features, ARRAYS["dino_features"], atol=FEATURE)
    assert consistency(features).value == pytest.approx(EXPECTED["subject_consistency"]["score"], abs=SCORE)


def test_background_consistency(frames: list[np.ndarray]) -> None:
    pictures = tensors.for_clip(tensors.stacked(frames))
    np.testing.assert_allclose(pictures[0, :, ::8, ::8], ARRAYS["clip_input"], atol=1e-5)
    features = seeded_clip(clip.Clip(), 22, half=True)(pictures)
    np.testing.assert_allclose(features, ARRAYS["clip_b_features"], atol=FEATURE)
    assert consistency(features, BACKGROUND).value == pytest.approx(
        EXPECTED["background_consistency"]["score"], abs=SCORE
    )


def test_aesthetic_quality(frames: list[np.ndarray]) -> None:
    features = seeded_clip(clip.Clip(**LARGE), 23, half=True)(tensors.for_clip(tensors.stacked(frames)))
    np.testing.assert_allclose(
        torch.nn.functional.normalize(features[:4], dim=-1), ARRAYS["clip_l_features"], atol=1e-5
    )
    head = seeded_head(768)
    recorded = torch.from_numpy(ARRAYS["clip_l_features"])
    np.testing.assert_allclose(
        aesthetic_parts(recorded, head), EXPECTED["aesthetic_quality"]["per_frame_first4"], atol=FEATURE
    )
    # The recorded features are 2e-6 off those in float64 (ours 1e-7), and the seeded head, whose norm is 248, makes
    # 2e-5 of it.
    # Beside VBench on one machine the score agrees to 2e-8.
    assert aesthetic(aesthetic_parts(features, head)).value == pytest.approx(
        EXPECTED["aesthetic_quality"]["score"], abs=1e-4
    )


def test_imaging_quality(frames: list[np.ndarray]) -> None:
    marks = seeded_musiq(14)(tensors.for_musiq(tensors.stacked(frames))).tolist()
    np.testing.assert_allclose(marks[:8], EXPECTED["imaging_quality"]["per_frame_first8"], atol=FEATURE)
    assert imaging(marks).value == pytest.approx(EXPECTED["imaging_quality"]["score"], abs=SCORE)


def test_dynamic_degree(frames: list[np.ndarray]) -> None:
    net = seeded_raft()
    flow = net(*(tensors.stacked([frame]) for frame in frames[:2]))[0]
    np.testing.assert_allclose(flow[:, ::4, ::4], ARRAYS["raft_flow"], atol=1e-2)
    radii = dynamic.Radii(net)
    for frame in tensors.stacked(frames):
        radii.add(frame)
    found = radii.result()
    np.testing.assert_allclose(found, EXPECTED["dynamic_degree"]["rad_top5pct"], atol=RADIUS)
    degree = dynamic.degree(found, dynamic.ClipShape(len(frames), *frames[0].shape[:2]))
    assert bool(degree.value) is EXPECTED["dynamic_degree"]["score"]


@pytest.mark.skipif(
    importlib.util.find_spec("vbench") is None, reason="AMT-S's code comes with vbench, which is not installed"
)
def test_motion_smoothness(frames: list[np.ndarray]) -> None:
    net = amt.network()
    net.load_state_dict(seeded(net, 55, 0.7))
    interpolator = amt.adapted(net.eval())
    between = interpolator.between(*(tensors.stacked([frame]) / 255 for frame in (frames[0], frames[2])))
    foretold = (between[0].permute(1, 2, 0) * 255).clamp(0, 255).byte()
    assert np.abs(foretold[::2, ::2].int().numpy() - ARRAYS["amt_frame"].astype(int)).max() <= 1
    measured = Smoothness(interpolator)
    for frame in frames:
        measured.add(frame)
    np.testing.assert_allclose(measured.errors, EXPECTED["motion_smoothness"]["mae_per_interp"], atol=1e-4)
    assert measured.result().value == pytest.approx(EXPECTED["motion_smoothness"]["score"], abs=SCORE)
