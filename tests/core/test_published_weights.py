"""Networks' weights: where they are looked for, what a user reads when they are not there, and that no file is believed
or run."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra 'metrics' is not installed")
pytest.importorskip("av", reason="the extra 'metrics' is not installed")

from personavlog import weights  # noqa: E402
from personavlog.errors import ConfigurationError, MissingWeightsError  # noqa: E402
from personavlog.feedback.published_measures import PublishedMeasures  # noqa: E402
from personavlog.metrics.networks import clip, dino, laion  # noqa: E402
from personavlog.metrics.published import loading  # noqa: E402
from personavlog.metrics.published.hub import HubFile, cached  # noqa: E402
from personavlog.metrics.published.wanted import DINO  # noqa: E402
from personavlog.profiles import Feedback  # noqa: E402
from personavlog.runs.blobs import Blobs  # noqa: E402
from tests.core.seeded import seeded  # noqa: E402


def safetensors(place: Path, state: dict[str, object]) -> Path:
    header, data, at = {}, b"", 0
    for name, value in state.items():
        raw = value.contiguous().numpy().tobytes()
        header[name] = {
            "dtype": {torch.float32: "F32", torch.float16: "F16"}[value.dtype],
            "shape": list(value.shape),
            "data_offsets": [at, at + len(raw)],
        }
        data, at = data + raw, at + len(raw)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    place.write_bytes(len(text).to_bytes(8, "little") + text + data)
    return place


def test_a_missing_file_is_named_with_size_licence_and_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setenv("PERSONAVLOG_CACHE", str(tmp_path / "own"))
    monkeypatch.setenv("PERSONAVLOG_OFFLINE", "1")
    said = {}
    for name in loading.PARTS:
        with pytest.raises(MissingWeightsError) as caught:
            loading.networks((name,))
        said[name] = str(caught.value)
    assert all(
        word in said["dino"]
        for word in (
            "model.safetensors",
            "343 MB",
            "Apache-2.0",
            "hf download facebook/dino-vitb16",
            "--weights dino=FILE",
        )
    )
    assert all(
        word in said["musiq"]
        for word in ("musiq_spaq_ckpt-358bb6af.pth", "109 MB", "not for commercial use", "hf download chaofengc/")
    )
    assert all(
        word in said["clip-l"]
        for word in ("model.safetensors", "1710.5 MB", "MIT", "personavlog weights fetch clip-vit-l-14")
    )
    assert all(word in said["amt"] for word in ("amt-s.pth", "CC BY-NC 4.0", "personavlog weights fetch amt-s"))


def test_a_film_is_told_the_profiles_setting_for_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(MissingWeightsError, match=r'dino = "FILE" in the profile\'s \[feedback.weights\]') as caught:
        PublishedMeasures.load(Feedback(measures="published"), Blobs(tmp_path / "blobs"))
    assert "--weights" not in str(caught.value)


def test_the_hubs_own_cache_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    folder = tmp_path / "models--facebook--dino-vitb16" / "snapshots" / DINO.revision
    folder.mkdir(parents=True)
    state = seeded(dino.Dino(64, 1, 1), 1)
    safetensors(folder / "model.safetensors", state)
    found = loading.networks(("dino",)).dino
    assert all(torch.equal(value, state[key]) for key, value in found.state_dict().items())


def test_a_file_with_another_digest_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    folder = tmp_path / "models--a--b" / "snapshots" / "1"
    folder.mkdir(parents=True)
    (folder / "x.pth").write_bytes(b"right")
    wanted = HubFile("a/b", ("x.pth",), "main", 1, "MIT", hashlib.sha256(b"right").hexdigest())
    assert cached(wanted, "x", "y").read_bytes() == b"right"
    (folder / "x.pth").write_bytes(b"wrong")
    with pytest.raises(ConfigurationError, match="not the published file"):
        cached(wanted, "x", "y")


class _Evil:
    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (Path("ran"),))


@pytest.mark.parametrize("name", ["evil.pth", "noise.pth", "noise.safetensors", "short.safetensors", "list.pth"])
def test_a_file_that_is_no_weights_is_refused_and_never_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    place = tmp_path / name
    if name == "evil.pth":
        torch.save({"weight": _Evil()}, place)
    elif name == "list.pth":
        torch.save([1, 2], place)
    elif name == "short.safetensors":
        place.write_bytes(safetensors(place, {"a": torch.zeros(100)}).read_bytes()[:-8])
    else:
        place.write_bytes(np.random.default_rng(0).bytes(500))
    with pytest.raises(ConfigurationError, match=name.replace(".", r"\.")):
        loading.read(place)
    assert not (tmp_path / "ran").exists()


def test_clip_keeps_half_precision_where_nothing_is_lost_and_computes_alike() -> None:
    state = {
        key: value.half()
        for key, value in seeded(
            clip.Clip(embed=32, side=64, width=64, layers=2, vocabulary=600, text_width=64, text_layers=1), 5
        ).items()
    }
    small, whole = clip.load_vision(state), clip.load_vision({key: value.float() for key, value in state.items()})
    fine = clip.load_vision({key: value.float() * 1.0001 for key, value in state.items()})
    name = "transformer.resblocks.0.mlp.c_fc.weight"
    assert [net.state_dict()[name].dtype for net in (small, whole, fine)] == [
        torch.float16,
        torch.float16,
        torch.float32,
    ]
    pictures = torch.rand(2, 3, 64, 64)
    assert torch.equal(small(pictures), whole(pictures))
    assert torch.equal(clip.load(state).encode_image(pictures), small(pictures))


def test_laions_head_is_part_of_the_package_and_another_is_checked() -> None:
    head = loading.aesthetic_head()
    assert head.weight.shape == (1, 768)
    with pytest.raises(ConfigurationError, match="LAION"):
        laion.load({"weight": torch.zeros(1, 768)})


def test_every_network_names_a_file_of_the_catalogue_or_of_the_hub() -> None:
    for part in loading.PARTS.values():
        assert isinstance(part.source, HubFile) or part.source in weights.catalogue()
