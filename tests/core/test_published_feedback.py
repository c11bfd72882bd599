"""FRM by the published networks, on reduced seeded ones: which scores are compared, and which of them the paper's rule
sees."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra 'metrics' is not installed")
pytest.importorskip("av", reason="the extra 'metrics' is not installed")

from personavlog.backbones.roles import AnimateResult, EditResult  # noqa: E402
from personavlog.errors import ConfigurationError  # noqa: E402
from personavlog.feedback import measures  # noqa: E402
from personavlog.feedback.published_measures import PublishedMeasures  # noqa: E402
from personavlog.media import Clip  # noqa: E402
from personavlog.media.encode import encoding  # noqa: E402
from personavlog.metrics.networks import clip, dino, laion, musiq, raft  # noqa: E402
from personavlog.metrics.published import loading  # noqa: E402
from personavlog.metrics.published.clip_measures import Networks  # noqa: E402
from personavlog.metrics.published.smoothness import BY_FLOW, Interpolator  # noqa: E402
from personavlog.profiles import Feedback  # noqa: E402
from personavlog.runs.blobs import Blobs  # noqa: E402
from sample_backbones.shot import noise  # noqa: E402
from tests.core.judge_cases import board, description  # noqa: E402
from tests.core.seeded import seeded  # noqa: E402


@pytest.fixture(scope="module")
def both() -> clip.Clip:
    return clip.load(
        seeded(clip.Clip(embed=64, width=128, layers=2, vocabulary=600, text_width=64, text_layers=2), 22, 1.3)
    )


@pytest.fixture(scope="module")
def networks(both: clip.Clip) -> Networks:
    head = laion.load({"weight": seeded(torch.nn.Linear(64, 1), 33)["weight"], "bias": torch.full((1,), 5.0)})
    eye, flow = musiq.load(seeded(musiq.Musiq(1), 66)), raft.load(seeded(raft.Raft(), 44))
    middle = Interpolator(BY_FLOW, lambda before, after: (before + after) / 2)
    return Networks(
        dino.load(seeded(dino.Dino(64, 2, 1), 11, 1.6)),
        both.visual,
        both.visual,
        head,
        eye,
        flow,
        middle,
        weights={"clip-b": "ab" * 32},
    )


class Stop(Exception):
    pass


@pytest.fixture
def published(
    networks: Networks, both: clip.Clip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> PublishedMeasures:
    """As a profile's files give it, but for the files of the other networks."""
    monkeypatch.setattr(measures, "_face", lambda pixels: None)
    monkeypatch.setattr(
        measures.identity, "identity", lambda *_: measures.Score(name="proxy.identity", value=None, paper=False)
    )
    merges = tmp_path / "merges.txt.gz"
    merges.write_bytes(gzip.compress(b"#version\na b"))
    torch.save(both.state_dict(), tmp_path / "clip.pth")
    monkeypatch.setattr(loading, "networks", lambda *_, **__: networks)
    files = {"clip-b": tmp_path / "clip.pth", "tokens": merges}
    return PublishedMeasures.load(Feedback(measures="published", weights=files), Blobs(tmp_path))


def test_a_keyframe_gets_clips_two_similarities_and_our_own_beside_them(published: PublishedMeasures) -> None:
    reference, made = (published.blobs.put_image(noise(seed)) for seed in (0, 1))
    scores = published.keyframe(reference, EditResult(image=made, prompt=""), board())
    assert [one.name for one in scores if one.paper] == ["clip.i2i", "clip.i2t"]
    assert all(one.value is not None and -1 <= one.value <= 1 for one in scores[:2])
    same = published.keyframe(reference, EditResult(image=reference, prompt=""), board())
    assert (
        same[0].value == pytest.approx(1, abs=1e-5)
        and same[1].value == published.keyframe(made, EditResult(image=reference, prompt=""), board())[1].value
    )


def short(blobs: Blobs, file: Path) -> Clip:
    """Four frames of 128 x 128 px, a picture that slides: as small as RAFT takes it."""
    wide = noise(4, 240)
    with encoding(file, 128, 128, 8) as pipe:
        for number in range(4):
            pipe.write(np.dstack([wide[:128, 8 * number : 8 * number + 128], np.full((128, 128), 255, np.uint8)]))
        pipe.finish()
    return blobs.put_clip(file, width=128, height=128, fps=8, frames=4)


def test_a_clip_gets_the_six_and_the_radius_which_is_not_the_papers(
    published: PublishedMeasures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raft, "ITERATIONS", 2)
    known = short(published.blobs, tmp_path / "short.mp4")
    scores = published.clip(AnimateResult(clip=known, prompt=""), None, description())
    assert [one.name for one in scores if one.paper] == [
        "vbench.subject_consistency",
        "vbench.background_consistency",
        "raft.motion_smoothness",
        "vbench.dynamic_degree",
        "vbench.aesthetic_quality",
        "vbench.imaging_quality",
    ]
    assert {"dynamic_radius", "proxy.camera"} <= {one.name for one in scores if not one.paper}
    assert f"clip-b:{loading.digest(tmp_path / 'clip.pth')[:12]}" in published.fingerprint


def test_each_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(loading, "networks", lambda names, *_, **__: asked.append(names) or (_ for _ in ()).throw(Stop))
    with pytest.raises(Stop):
        PublishedMeasures.load(Feedback(measures="published"), Blobs(tmp_path))
    assert asked == [("dino", "clip-l", "musiq", "raft")], "CLIP ViT-B/32 is read with both its towers, and only so"


def test_what_of_a_board_clip_did_not_read_is_said(published: PublishedMeasures) -> None:
    made = EditResult(image=published.blobs.put_image(noise(1)), prompt="")
    plain, long = board(), board().model_copy(update={"place": "a quay of wood and stone " * 8})
    assert [published.sees.truncated([one.text]) for one in (plain, long)] == [0, 1]
    notes = [[score.note for score in published.keyframe(made.image, made, one)[:2]] for one in (plain, long)]
    assert notes[0] == ["", ""] and notes[1][0] == "" and "reads 77 tokens" in notes[1][1]


def test_the_profile_chooses_and_wrong_choices_are_said(tmp_path: Path) -> None:
    assert isinstance(measures.measures_of(Feedback(), Blobs(tmp_path)), measures.ProxyMeasures)
    with pytest.raises(ConfigurationError, match="published"):
        measures.measures_of(Feedback(weights={"dino": Path("x.pth")}), Blobs(tmp_path))
    with pytest.raises(ConfigurationError, match="no network"):
        measures.measures_of(Feedback(measures="published", weights={"resnet": Path("x.pth")}), Blobs(tmp_path))


def test_the_scores_of_a_picture_do_not_depend_on_what_was_measured_before(published: PublishedMeasures) -> None:
    reference, made = (published.blobs.put_image(noise(seed)) for seed in (2, 3))
    first = published.keyframe(reference, EditResult(image=made, prompt=""), board())
    published.keyframe(made, EditResult(image=reference, prompt=""), board())
    again = published.keyframe(reference, EditResult(image=made, prompt=""), board())
    assert np.allclose([one.value for one in first[:2]], [one.value for one in again[:2]])  # type: ignore[arg-type]
