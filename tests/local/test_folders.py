"""What may be wrong with a model's files, and what a model may be called."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from personavlog.backbones import registry
from personavlog.backbones.local import folder
from personavlog.backbones.records import table
from personavlog.backbones.tools import Tools
from personavlog.errors import ConfigurationError, MissingExtraError, MissingWeightsError, WeightsError
from personavlog.runs.blobs import Blobs
from tests.local.asked import animator, edit, painter
from tests.local.conftest import Tiny

pytestmark = pytest.mark.anyio


@pytest.fixture
def copy(tiny: Tiny, tmp_path: Path) -> Path:
    """A Kontext of this test's own."""
    return Path(shutil.copytree(tiny("flux_kontext"), tmp_path / "copy"))


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty cache of the hub."""
    constants = pytest.importorskip("huggingface_hub.constants", reason="needs the extra [local]")
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    return tmp_path / "hub"


@pytest.mark.parametrize("name", ["nobodys-model", "/no/such/folder", "a/b/c", "../up", "http://host/x"])
def test_what_is_neither_entry_nor_folder_nor_repository_is_refused_with_the_entries(name: str) -> None:
    with pytest.raises(ConfigurationError, match=r"There is no local model.*flux\.1-kontext-dev"):
        registry.load("image", "local", {"model": name})


async def test_a_model_that_is_not_there_is_named_with_the_line_that_gets_it(hub: Path) -> None:
    backbone = registry.load("image", "local", {"model": "flux.1-kontext-dev"})
    assert backbone.capabilities.licence.name.startswith("FLUX.1"), "known without its files"
    with pytest.raises(
        MissingWeightsError, match=r'FLUX\.1-Kontext-dev --include "\*/\*" --include model_index\.json$'
    ):
        await backbone.open()
    pinned = registry.load("image", "local", {"model": "flux.1-kontext-dev", "revision": "abc123"})
    with pytest.raises(MissingWeightsError, match=r"with: hf download \S+ --revision abc123 --include"):
        await pinned.open()


async def test_a_model_of_the_hubs_cache_is_used_and_nothing_is_fetched(
    hub: Path, tiny: Tiny, blobs: Blobs, tools: Tools
) -> None:
    repository, revision = hub / "models--black-forest-labs--FLUX.1-Kontext-dev", "f" * 40
    shutil.copytree(tiny("flux_kontext"), repository / "snapshots" / revision)
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text(revision)
    for name in ("flux.1-kontext-dev", "black-forest-labs/FLUX.1-Kontext-dev"):
        backbone = painter(name)
        await backbone.open()
        assert backbone.source.record == "flux.1-kontext-dev"
        assert (await backbone.edit(edit(blobs), tools)).image.width == 96


@pytest.mark.parametrize("text", ["", "[]", "{}", "{" * 50_000, '{"_class_name": ["evil", "Pipeline"]}', "\x00"])
def test_a_folder_that_describes_no_pipeline_is_refused(copy: Path, text: str) -> None:
    (copy / "model_index.json").write_text(text)
    with pytest.raises(ConfigurationError, match=r"model_index\.json"):
        painter(copy)


def test_a_folder_without_a_description_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="Give the folder of a model that diffusers saved"):
        painter(tmp_path)


@pytest.mark.parametrize("name", ["WanImageToVideoPipeline", "StableDiffusionPipeline", "os.system"])
def test_a_pipeline_of_another_role_is_refused_with_those_that_fit(copy: Path, name: str) -> None:
    index = json.loads((copy / "model_index.json").read_text())
    (copy / "model_index.json").write_text(json.dumps({**index, "_class_name": name}))
    with pytest.raises(ConfigurationError, match=rf"{name}.*makes no pictures.*FluxKontextPipeline"):
        painter(copy)


def test_a_model_of_the_table_plays_only_its_own_role() -> None:
    with pytest.raises(ConfigurationError, match="does not play the role 'video'"):
        registry.load("video", "local", {"model": "flux.1-kontext-dev"})
    with pytest.raises(ConfigurationError, match="does not play the role 'image'"):
        registry.load("image", "local", {"model": "wan2.1-i2v-14b-480p"})


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "cut short": lambda data: data[: len(data) // 2],
    "longer": lambda data: data + b"more",
    "empty": lambda data: b"",
    "a few bytes": lambda data: data[:5],
    "another file": lambda data: b"<html>Not found</html>",
    "an endless head": lambda data: (2**63).to_bytes(8, "little") + data[8:],
    "a head that is no object": lambda data: (2).to_bytes(8, "little") + b"[]",
    "a head with other shapes": lambda data: data[:8] + data[8:].replace(b'"shape":[', b'"shape":{', 1),
    "a deep head": lambda data: (60_000).to_bytes(8, "little") + b"[" * 60_000,
}


@pytest.mark.parametrize("kind", DAMAGE)
async def test_damaged_weights_are_found_before_a_film_begins(copy: Path, kind: str) -> None:
    file = next(folder.weights(copy / "transformer"))
    file.write_bytes(DAMAGE[kind](file.read_bytes()))
    with pytest.raises(WeightsError, match=r"'transformer/.*\.safetensors' of 'copy' is damaged"):
        await painter(copy).open()


@pytest.mark.parametrize("listed", [{"weight_map": {"x": "gone.safetensors"}}, {"weight_map": ["x"]}, {}])
async def test_a_part_without_all_its_files_is_found_before_a_film_begins(copy: Path, listed: dict[str, Any]) -> None:
    (copy / "transformer" / "diffusion_pytorch_model.safetensors.index.json").write_text(json.dumps(listed))
    with pytest.raises(WeightsError, match="'copy' lacks its weights file"):
        await painter(copy).open()


async def test_the_same_weights_once_more_in_one_file_are_not_looked_at(copy: Path) -> None:
    before = painter(copy).fingerprint
    (copy / "all-in-one.safetensors").write_bytes(b"not in full")
    await painter(copy).open()
    assert painter(copy).fingerprint == before


async def test_weights_that_fit_no_network_do_not_load(copy: Path, blobs: Blobs, tools: Tools) -> None:
    config = copy / "transformer" / "config.json"
    config.write_text(json.dumps({**json.loads(config.read_text()), "attention_head_dim": 20}))
    with pytest.raises(WeightsError, match=r"does not load.*Give the folder of a model that diffusers saved"):
        await painter(copy).edit(edit(blobs), tools)


async def test_a_pickle_is_never_opened(copy: Path, blobs: Blobs, tools: Tools) -> None:
    weights = next(folder.weights(copy / "transformer"))
    weights.rename(weights.with_suffix(".bin"))
    with pytest.raises(WeightsError, match="does not load"):
        await painter(copy).edit(edit(blobs), tools)


async def test_code_in_a_folder_is_never_run(copy: Path, blobs: Blobs, tools: Tools, tmp_path: Path) -> None:
    proof = tmp_path / "ran"
    code = f"open({str(proof)!r}, 'w')\nfrom diffusers import FluxTransformer2DModel as Network\n"
    index = json.loads((copy / "model_index.json").read_text())
    (copy / "model_index.json").write_text(json.dumps({**index, "transformer": ["network", "Network"]}))
    (copy / "transformer" / "network.py").write_text(code)
    (copy / "network.py").write_text(code)
    with pytest.raises(WeightsError, match="does not load"):
        await painter(copy).edit(edit(blobs), tools)
    assert not proof.exists()


async def test_other_weights_in_the_same_folder_are_another_model(copy: Path) -> None:
    before = painter(copy).fingerprint
    file = next(folder.weights(copy / "transformer"))
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)
    assert painter(copy).fingerprint != before


@pytest.mark.parametrize(
    "settings",
    [
        {"model": ""},
        {"device": "/dev/null"},
        {"device": "cuda:x"},
        {"offload": "some"},
        {"dtype": "int3"},
        {"steps": 0},
        {"attention": "_flash_3_hub"},
        {"loras": [{"source": "a/b", "file": "weights.bin"}]},
        {"quantisation": {"kind": "gguf"}},
        {"unknown": 1},
    ],
)
def test_settings_that_do_not_fit_are_refused(settings: dict[str, object]) -> None:
    with pytest.raises(ConfigurationError, match="do not fit"):
        registry.load("image", "local", {"model": "flux.1-kontext-dev", **settings})


async def test_a_device_that_is_not_there_is_named(tiny: Tiny) -> None:
    with pytest.raises(ConfigurationError, match="There is no device 'cuda:7'"):
        await painter(tiny("flux_kontext"), device="cuda:7").open()


async def test_without_the_extra_its_line_is_said(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    backbone = painter(tiny("flux_kontext"))
    monkeypatch.setitem(sys.modules, "diffusers", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'personavlog\[local\]'"):
        await backbone.open()


async def test_qwen_says_that_it_needs_torchvision(copy: Path, blobs: Blobs, tools: Tools) -> None:
    index = json.loads((copy / "model_index.json").read_text())
    (copy / "model_index.json").write_text(json.dumps({**index, "_class_name": "QwenImageEditPlusPipeline"}))
    with pytest.raises(ConfigurationError, match=r"needs torchvision.*pip install torchvision"):
        await painter(copy).open()


def test_every_entry_of_the_table_says_its_role_licence_and_needs() -> None:
    rows = {name: row for name, row in table("local").items() if row.image or row.video}
    assert len(rows) >= 11
    for name, row in rows.items():
        media = row.image or row.video
        assert media is not None and media.licence.name == row.licence.name, name
        assert row.needs.gpu > row.needs.gpu_offloaded > 0 and row.needs.disk > 0 and "/" in row.source, name
    papers = table("local")["flux.1-kontext-dev"].image, table("local")["wan2.1-i2v-14b-480p"].video
    assert papers[0] is not None and papers[0].sizes.nearest(768, 1360) == (768, 1360)
    assert papers[1] is not None and papers[1].sizes is not None and papers[1].sizes.nearest(480, 832) == (480, 832)
    assert papers[1].durations.frames(papers[1].durations.bounds[1]) == 81


def test_every_pipeline_has_an_entry_that_its_folders_are_like(tiny: Tiny) -> None:
    for name in ("wan21", "wan22_a14b", "wan22_ti2v5b", "ltx2"):
        assert animator(tiny(name)).capabilities.durations.fps in (16, 24)
