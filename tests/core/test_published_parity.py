"""Our measures against VBench's own numbers, on reduced networks with seeded weights."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra 'metrics' is not installed")
pytest.importorskip("av", reason="the extra 'metrics' is not installed")

from personavlog.metrics.networks import clip, dino, raft  # noqa: E402
from personavlog.metrics.published import dynamic, tensors  # noqa: E402
from personavlog.metrics.published.clip_measures import ClipMeasures, Networks, measure  # noqa: E402
from personavlog.metrics.published.smoothness import by_flow  # noqa: E402
from personavlog.metrics.published.video import opened  # noqa: E402
from tests.core.seeded_networks import seeded_clip, seeded_dino, seeded_head, seeded_musiq, seeded_raft  # noqa: E402

HERE = Path(__file__).parent / "parity"
CLIP = HERE / "clip_tiny_8fps.mp4"
EXPECTED = json.loads((HERE / "tinyarch.json").read_text())
ARRAYS = np.load(HERE / "tiny.npz")
SCORE, RADIUS = 1e-6, 1e-3


@pytest.fixture(scope="module")
def networks() -> Networks:
    torch.set_num_threads(1)
    both = seeded_clip(clip.Clip(embed=64, width=128, layers=2, text_width=64, text_layers=2), 22, half=False)
    return Networks(
        dino=seeded_dino(dino.Dino(192, 12, 3)),
        clip_b=both,
        clip_l=both,
        head=seeded_head(64),
        musiq=seeded_musiq(2),
        raft=seeded_raft(),
    )


@pytest.fixture(scope="module")
def measured(networks: Networks) -> ClipMeasures:
    return measure(CLIP, networks, batch=4)


@pytest.fixture(scope="module")
def frames() -> list[np.ndarray]:
    with opened(CLIP) as video:
        return list(video.frames)


def test_the_clip_decodes_to_the_very_bytes_that_vbench_saw(frames: list[np.ndarray]) -> None:
    assert hashlib.sha256(np.stack(frames).tobytes()).hexdigest() == EXPECTED["frames_sha256"]


def test_the_networks_first_inputs_agree(frames: list[np.ndarray]) -> None:
    first = tensors.stacked(frames[:1])
    np.testing.assert_allclose(tensors.for_dino(first)[0, :, ::8, ::8], ARRAYS["dino_input"], atol=1e-5)
    np.testing.assert_allclose(tensors.for_clip(first)[0, :, ::8, ::8], ARRAYS["clip_input"], atol=1e-5)


def test_features_of_the_first_frame_agree(networks: Networks, frames: list[np.ndarray]) -> None:
    first = tensors.stacked(frames[:1])
    np.testing.assert_allclose(networks.dino(tensors.for_dino(first))[0, :8], EXPECTED["dino_cls0_first8"], atol=1e-5)
    np.testing.assert_allclose(networks.clip_b(tensors.for_clip(first))[0, :8], EXPECTED["clip_img0_first8"], atol=1e-5)


@pytest.mark.parametrize(
    "name", ["subject_consistency", "background_consistency", "aesthetic_quality", "imaging_quality"]
)
def test_a_score_is_vbenchs(measured: ClipMeasures, name: str) -> None:
    assert _value(measured, f"vbench.{name}") == pytest.approx(EXPECTED[name], abs=SCORE)


def test_radii_and_verdict_are_vbenchs(measured: ClipMeasures) -> None:
    degree = next(one for one in measured.measures if one.definition.name == "vbench.dynamic_degree")
    np.testing.assert_allclose(degree.per_frame, EXPECTED["raft_rad"], atol=RADIUS)
    assert bool(degree.value) is EXPECTED["dynamic_degree"]


def test_musiq_marks_every_frame_as_the_torch_port_does(measured: ClipMeasures) -> None:
    marks = next(one for one in measured.measures if one.definition.name == "vbench.imaging_quality")
    np.testing.assert_allclose(marks.per_frame, EXPECTED["musiq_per_frame"], atol=1e-4)


def test_the_batch_size_changes_nothing(measured: ClipMeasures, networks: Networks) -> None:
    alone = measure(CLIP, Networks(dino=networks.dino, musiq=networks.musiq), batch=1)
    for name in ("vbench.subject_consistency", "vbench.imaging_quality"):
        assert _value(alone, name) == pytest.approx(_value(measured, name), abs=SCORE)


def test_flow_of_several_pairs_together_is_the_flow_of_each(networks: Networks, frames: list[np.ndarray]) -> None:
    net, stack = networks.raft, tensors.stacked(frames[:4])[..., :128, :128]
    with torch.inference_mode():
        together = dynamic.Radii(net)
        for frame in stack:
            together.add(frame)
        alone = [dynamic.radius(net(stack[i : i + 1], stack[i + 1 : i + 2])[0]) for i in range(3)]
    np.testing.assert_allclose(together.result(), alone, atol=RADIUS)
    assert together.result() == together.result()


def test_a_frame_that_the_flow_knows_from_the_pair_before_gives_what_a_new_one_does(
    networks: Networks, frames: list[np.ndarray]
) -> None:
    first, second, third = tensors.stacked(frames[:3])[..., :128, :128].div(255).split(1)
    knows, fresh = by_flow(networks.raft), by_flow(networks.raft)
    with torch.inference_mode():
        knows.between(first, second)
        np.testing.assert_allclose(knows.between(second, third), fresh.between(second, third), atol=1e-5)


def test_torchvisions_and_hugging_faces_key_names_load(networks: Networks) -> None:
    state = networks.raft.state_dict()
    theirs = {_torchvision(key): value for key, value in state.items() if "norm3" not in key}
    assert all(torch.equal(value, state[key]) for key, value in raft.load(theirs).state_dict().items())
    tower = networks.dino.state_dict()
    assert all(torch.equal(value, tower[key]) for key, value in dino.load(_hugging_face(tower)).state_dict().items())


def test_weights_of_another_network_are_refused_by_name(networks: Networks) -> None:
    from personavlog.errors import ConfigurationError

    with pytest.raises(ConfigurationError, match="not RAFT"):
        raft.load(networks.musiq.state_dict())


def _value(measured: ClipMeasures, name: str) -> float:
    return next(one.value for one in measured.measures if one.definition.name == name)


def _torchvision(key: str) -> str:
    for ours, theirs in (
        ("update_block.mask.0.", "mask_predictor.convrelu.0."),
        ("update_block.mask.2.", "mask_predictor.conv."),
        ("update_block.encoder.convc", "update_block.motion_encoder.convcorr"),
        ("update_block.encoder.convf", "update_block.motion_encoder.convflow"),
        ("update_block.encoder.", "update_block.motion_encoder."),
    ):
        if key.startswith(ours):
            key = theirs + key[len(ours) :]
            return key if "mask" in key else _numbered(key)
    if ".gru." in key:
        step = key.split(".gru.conv")[1]
        return f"update_block.recurrent_block.convgru{step[1]}.conv{step[0]}.{step.split('.')[1]}"
    return _encoder(key)


def _numbered(key: str) -> str:
    stem, leaf = key.rsplit(".", 1)
    return f"{stem}.0.{leaf}"


def _encoder(key: str) -> str:
    key = key.replace("fnet.", "feature_encoder.", 1).replace("cnet.", "context_encoder.", 1)
    parts = key.split(".")
    if parts[0] not in ("feature_encoder", "context_encoder"):
        return key
    if parts[1] in ("conv1", "norm1"):
        parts[1] = f"convnormrelu.{0 if parts[1] == 'conv1' else 1}"
    elif parts[1] == "conv2":
        parts[1] = "conv"
    elif len(parts) > 3 and parts[3] in ("conv1", "conv2", "norm1", "norm2"):
        parts[3] = f"convnormrelu{parts[3][-1]}.{0 if parts[3].startswith('conv') else 1}"
    return ".".join(parts)


def _hugging_face(tower: dict[str, object]) -> dict[str, object]:
    names = {"cls_token": "embeddings.cls_token", "pos_embed": "embeddings.position_embeddings"}
    out: dict[str, object] = {}
    for key, value in tower.items():
        key = (
            names.get(key, key)
            .replace("patch_embed.proj.", "embeddings.patch_embeddings.projection.")
            .replace("blocks.", "encoder.layer.")
        )
        key = (
            key.replace("norm1.", "layernorm_before.")
            .replace("norm2.", "layernorm_after.")
            .replace("attn.proj.", "attention.output.dense.")
        )
        key = key.replace("mlp.fc1.", "intermediate.dense.").replace("mlp.fc2.", "output.dense.")
        if key.startswith("norm."):
            key = key.replace("norm.", "layernorm.")
        if ".attn.qkv." in key:
            for part, name in zip(value.chunk(3), ("query", "key", "value"), strict=True):
                out[key.replace("attn.qkv", f"attention.attention.{name}")] = part
        else:
            out[key] = value
    return out
