"""Adapters, caches, fewer bits: what works with which family, and that it reaches the pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from personavlog.backbones.local import speed
from personavlog.backbones.records import table
from personavlog.backbones.tools import Tools
from personavlog.errors import ConfigurationError, MissingWeightsError, WeightsError
from personavlog.runs.blobs import Blobs
from tests.local.asked import animator, clip, edit, painter
from tests.local.conftest import Tiny

pytestmark = pytest.mark.anyio
OF_FAMILY = {"flux_kontext": "flux_kontext", "flux2_klein": "flux2_klein", "wan": "wan22_a14b", "ltx2": "ltx2"}
CACHES = [(name, family) for name, kind in speed.caches().items() for family in sorted(kind.families)]


@pytest.mark.parametrize(("cache", "family"), CACHES)
async def test_every_cache_of_the_table_works_with_its_families(
    tiny: Tiny, blobs: Blobs, tools: Tools, cache: str, family: str
) -> None:
    """And is empty again for the next picture."""
    name, settings = OF_FAMILY[family], {"steps": 4, "cache": {"name": cache}}
    if family in ("wan", "ltx2"):
        clips = animator(tiny(name), **settings)
        made = [(await clips.animate(clip(blobs, clips, frames=5), tools)).clip for _ in range(2)]
        assert made[0] == made[1]
        return
    images = painter(tiny(name), **settings)
    assert (await images.edit(edit(blobs), tools)).image == (await images.edit(edit(blobs), tools)).image


async def test_a_cache_leaves_steps_out(tiny: Tiny, blobs: Blobs, tools: Tools) -> None:
    plain = painter(tiny("flux_kontext"), steps=6)
    cached = painter(tiny("flux_kontext"), steps=6, cache={"name": "first_block", "options": {"threshold": 1e9}})
    assert (await plain.edit(edit(blobs), tools)).image != (await cached.edit(edit(blobs), tools)).image


@pytest.mark.parametrize(
    ("family", "cache", "said"),
    [
        ("ltx2", {"name": "first_block"}, "does not work with.*'ltx2'. Those that do: taylor_seer, text_kv"),
        ("wan21", {"name": "magic"}, "Those that do: attention_broadcast, first_block"),
        ("wan21", {"name": "sea", "options": {"speed": 9}}, r"no options \['speed'\]. It has: threshold"),
    ],
)
async def test_a_cache_that_does_not_work_is_refused_with_those_that_do(
    tiny: Tiny, family: str, cache: dict[str, Any], said: str
) -> None:
    with pytest.raises(ConfigurationError, match=said):
        await animator(tiny(family), cache=cache).open()


def test_every_speed_profile_is_for_models_of_the_table() -> None:
    for name, profile in speed.profiles().items():
        assert profile.loras and profile.licence and set(profile.models) <= set(table("local")), name


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"speed": "warp"}, "There is no speed profile 'warp'. There are: lightning-qwen-image-edit"),
        ({"speed": "lightx2v-wan2.2-a14b"}, "is for wan2.2-i2v-a14b, not for 'wan2.1-i2v-14b-480p'"),
        ({"speed": "lightx2v-wan2.1-480p", "cache": {"name": "sea"}}, "leaves a cache nothing to save"),
    ],
)
async def test_a_speed_profile_that_does_not_fit_is_refused(tiny: Tiny, settings: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        await animator(tiny("wan21"), like="wan2.1-i2v-14b-480p", **settings).open()


async def test_a_speed_profile_sets_steps_guidance_scheduler_and_both_experts(
    tiny: Tiny, blobs: Blobs, tools: Tools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from diffusers import WanImageToVideoPipeline

    adapter = _adapter(tiny("wan22_a14b"), WanImageToVideoPipeline, tmp_path / "adapter")
    known = speed.profiles()["lightx2v-wan2.2-a14b"]
    loras = tuple(one.model_copy(update={"source": str(adapter.parent), "file": adapter.name}) for one in known.loras)
    monkeypatch.setitem(speed.profiles(), "near", known.model_copy(update={"loras": loras}))  # type: ignore[arg-type]
    seen: dict[str, Any] = {}
    call = WanImageToVideoPipeline.__call__

    def watched(self: Any, *arguments: Any, **named: Any) -> Any:
        seen.update(named, scheduler=self.scheduler, adapters=self.get_list_adapters())
        return call(self, *arguments, **named)

    monkeypatch.setattr(WanImageToVideoPipeline, "__call__", watched)
    backbone = animator(tiny("wan22_a14b"), steps=None, like="wan2.2-i2v-a14b", speed="near")
    made = await backbone.animate(clip(blobs, backbone, frames=5), tools)
    assert (seen["num_inference_steps"], seen["guidance_scale"]) == (4, 1.0)
    assert type(seen["scheduler"]).__name__ == "FlowMatchEulerDiscreteScheduler" and seen["scheduler"].shift == 5.0
    assert seen["adapters"] == {"transformer": ["lora_0"], "transformer_2": ["lora_1"]}
    plain = animator(tiny("wan22_a14b"), steps=4, guidance=1.0)
    assert (await plain.animate(clip(blobs, plain, frames=5), tools)).clip != made.clip


async def test_an_adapter_changes_the_picture_and_nothing_at_scale_nought(
    tiny: Tiny, blobs: Blobs, tools: Tools, tmp_path: Path
) -> None:
    from diffusers import FluxKontextPipeline

    adapter = _adapter(tiny("flux_kontext"), FluxKontextPipeline, tmp_path / "adapter")
    lora = {"source": str(adapter.parent), "file": adapter.name}
    plain = (await painter(tiny("flux_kontext")).edit(edit(blobs), tools)).image
    made = [
        (await painter(tiny("flux_kontext"), loras=[{**lora, "scale": scale}]).edit(edit(blobs), tools)).image
        for scale in (1.0, 0.0)
    ]
    assert made[0] != plain and made[1] == plain


async def test_a_speed_profiles_adapter_is_named_with_the_line_that_gets_it(
    tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import huggingface_hub

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path))
    backbone = animator(tiny("wan22_a14b"), like="wan2.2-i2v-a14b", speed="lightx2v-wan2.2-a14b")
    with pytest.raises(MissingWeightsError, match=r"hf download lightx2v/Wan2\.2-Distill-Loras wan2\.2_i2v\S+$"):
        await backbone.open()


@pytest.mark.parametrize("file", ["gone.safetensors", "../there.safetensors"])
async def test_an_adapter_that_is_not_there_is_named_before_a_film_begins(
    tiny: Tiny, tmp_path: Path, file: str
) -> None:
    (tmp_path / "there.safetensors").touch()
    (tmp_path / "adapter").mkdir()
    lora = {"source": str(tmp_path / "adapter"), "file": file}
    with pytest.raises(WeightsError, match="has no file"):
        await painter(tiny("flux_kontext"), loras=[lora]).open()


async def test_a_damaged_adapter_is_an_error_of_its_file(
    tiny: Tiny, blobs: Blobs, tools: Tools, tmp_path: Path
) -> None:
    (tmp_path / "bad.safetensors").write_bytes(b"\xff" * 100)
    with pytest.raises(WeightsError, match="does not load"):
        lora = {"source": str(tmp_path), "file": "bad.safetensors"}
        await painter(tiny("flux_kontext"), loras=[lora]).edit(edit(blobs), tools)


async def test_a_network_from_a_gguf_file_gives_nearly_the_same_picture(
    tiny: Tiny, blobs: Blobs, tools: Tools, tmp_path: Path
) -> None:
    gguf = pytest.importorskip("gguf", reason="needs the extra [local]: make test-local")
    from diffusers import WanTransformer3DModel

    network = WanTransformer3DModel.from_pretrained(str(tiny("wan21") / "transformer"))
    writer = gguf.GGUFWriter(str(tmp_path / "network.gguf"), "wan")
    for name, tensor in network.state_dict().items():
        writer.add_tensor(name, tensor.float().numpy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    given = {"kind": "gguf", "files": {"transformer": str(tmp_path / "network.gguf")}}
    backbone = animator(tiny("wan21"), quantisation=given)
    made = await backbone.animate(clip(blobs, backbone, frames=5), tools)
    assert made.clip.frames == 5
    with pytest.raises(WeightsError, match="no GGUF file"):
        gone = {"kind": "gguf", "files": {"transformer": str(tmp_path / "gone.gguf")}}
        await animator(tiny("wan21"), quantisation=gone).open()


@pytest.mark.parametrize(
    ("quantisation", "said"),
    [
        ({"kind": "int8", "components": ["wings"]}, r"no parts \['wings'\] to quantise. It has: .*transformer"),
        ({"kind": "nf4"}, "needs the package 'bitsandbytes'. Install it with: pip install bitsandbytes"),
    ],
)
async def test_bits_that_cannot_be_are_refused(
    tiny: Tiny, blobs: Blobs, tools: Tools, quantisation: dict[str, Any], said: str
) -> None:
    with pytest.raises(ConfigurationError, match=said):
        await painter(tiny("flux_kontext"), quantisation=quantisation).edit(edit(blobs), tools)


def _adapter(folder: Path, pipeline: Any, target: Path) -> Path:
    """A random adapter of the pipeline's own form."""
    import torch
    from peft import LoraConfig
    from peft.utils import get_peft_model_state_dict

    torch.manual_seed(0)
    made = pipeline.from_pretrained(str(folder))
    made.transformer.add_adapter(LoraConfig(r=2, init_lora_weights=False, target_modules=["to_q", "to_k", "to_v"]))
    pipeline.save_lora_weights(str(target), transformer_lora_layers=get_peft_model_state_dict(made.transformer))
    return next(target.glob("*.safetensors"))
