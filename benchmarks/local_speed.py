"""Seconds and GPU memory of a keyframe and of a clip: a plain call of diffusers against our settings, in one run.

    python benchmarks/local_speed.py                 both
    python benchmarks/local_speed.py keyframe        FLUX.1 Kontext, 20 steps, 768x1360
    python benchmarks/local_speed.py clip            Wan2.1-I2V-14B, 50 steps, 81 frames, 480x832

The networks have their full size and random weights: speed and memory do not depend on the numbers. Caches and fewer
steps are rows of their own, since they trade quality. Without a GPU the same calls run on tiny networks and measure
nothing.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from personavlog.backbones.local import flux_kontext, wan
from personavlog.backbones.local.family import Asked, Family
from personavlog.backbones.local.loading import prepare
from personavlog.backbones.local.settings import PictureSettings

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.shared import tiny_models
from tests.shared.tiny_words import clip_tokenizer, t5_tokenizer

GIB = 1 << 30


@dataclass(frozen=True)
class Case:
    """What is made; ``full`` builds the pipeline at its full size, ``tiny`` at next to none."""

    family: Family
    full: Callable[[str], Any]
    tiny: Callable[[], Any]
    size: tuple[int, int]
    steps: int
    guidance: float
    frames: int = 1

    def asked(self, steps: int, guidance: float, small: bool) -> Asked:
        """The call in the words of all families."""
        width, height = (96, 64) if small else self.size
        return Asked(
            prompt="A person walks on the beach.",
            negative="blurry",
            pictures=(Image.new("RGB", (width, height), (90, 120, 150)),),
            width=width,
            height=height,
            steps=steps,
            guidance=guidance,
            frames=min(self.frames, 5) if small else self.frames,
            fps=16,
        )


def kontext(device: str) -> Any:
    """FLUX.1 Kontext by the numbers of its published configuration, its networks made on ``device``."""
    import torch
    from diffusers import (
        AutoencoderKL,
        FlowMatchEulerDiscreteScheduler,
        FluxKontextPipeline,
        FluxTransformer2DModel,
    )
    from transformers import CLIPTextConfig, CLIPTextModel

    vae = {
        "down_block_types": ("DownEncoderBlock2D",) * 4,
        "up_block_types": ("UpDecoderBlock2D",) * 4,
        "block_out_channels": (128, 256, 512, 512),
        "layers_per_block": 2,
        "latent_channels": 16,
        "use_quant_conv": False,
        "use_post_quant_conv": False,
        "scaling_factor": 0.3611,
        "shift_factor": 0.1159,
    }
    words = CLIPTextConfig(hidden_size=768, intermediate_size=3072, num_hidden_layers=12, num_attention_heads=12)
    with torch.device(device):
        networks = {
            "vae": AutoencoderKL(**vae),
            "text_encoder": CLIPTextModel(words),
            "text_encoder_2": _xxl(many_languages=False),
            "transformer": FluxTransformer2DModel(guidance_embeds=True),
        }
    return FluxKontextPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(use_dynamic_shifting=True, shift=3.0),
        tokenizer=clip_tokenizer(),
        tokenizer_2=t5_tokenizer(),
        **networks,
    )


def wan14b(device: str) -> Any:
    """Wan2.1-I2V-14B by the numbers of its published configuration, its networks made on ``device``."""
    import torch
    from diffusers import (
        AutoencoderKLWan,
        UniPCMultistepScheduler,
        WanImageToVideoPipeline,
        WanTransformer3DModel,
    )
    from transformers import CLIPImageProcessor, CLIPVisionConfig, CLIPVisionModel

    eye = CLIPVisionConfig(
        hidden_size=1280, intermediate_size=5120, num_hidden_layers=32, num_attention_heads=16, patch_size=14
    )
    transformer = {
        "num_attention_heads": 40,
        "attention_head_dim": 128,
        "in_channels": 36,
        "out_channels": 16,
        "ffn_dim": 13824,
        "num_layers": 40,
        "image_dim": 1280,
        "added_kv_proj_dim": 5120,
    }
    with torch.device(device):
        networks = {
            "text_encoder": _xxl(many_languages=True),
            "vae": AutoencoderKLWan(),
            "image_encoder": CLIPVisionModel(eye),
            "transformer": WanTransformer3DModel(**transformer),
        }
    return WanImageToVideoPipeline(
        tokenizer=t5_tokenizer(),
        scheduler=UniPCMultistepScheduler(prediction_type="flow_prediction", use_flow_sigmas=True, flow_shift=3.0),
        image_processor=CLIPImageProcessor(),
        **networks,
    )


def _xxl(*, many_languages: bool) -> Any:
    from transformers import T5Config, T5EncoderModel, UMT5Config, UMT5EncoderModel

    config_of, model_of = (UMT5Config, UMT5EncoderModel) if many_languages else (T5Config, T5EncoderModel)
    config = config_of(
        vocab_size=256384 if many_languages else 32128,
        d_model=4096,
        d_ff=10240,
        d_kv=64,
        num_heads=64,
        num_layers=24,
        feed_forward_proj="gated-gelu",
    )
    return model_of(config)


CASES: Mapping[str, Case] = {
    "keyframe": Case(flux_kontext.FAMILY, kontext, tiny_models.flux_kontext, (768, 1360), 20, 3.5),
    "clip": Case(wan.FAMILY, wan14b, tiny_models.wan21, (480, 832), 50, 5.0, frames=81),
}
FAST = {"compile": True, "attention": "_native_cudnn"}
ROWS: Mapping[str, tuple[Mapping[str, Any], bool]] = {
    "diffusers, plain": ({}, False),
    "compiled, cuDNN attention": (FAST, False),
    "the same and cache first_block (trades quality)": ({**FAST, "cache": {"name": "first_block"}}, False),
    "the same without a cache, 4 steps without guidance (needs a distilled adapter)": (FAST, True),
}
"""By what is said of it: settings, and whether it takes the four steps of a distilled model."""


def measure(name: str, gpu: bool) -> None:
    """Print a table."""
    case = CASES[name]
    print(f"\n{name}: {case.size[0]}x{case.size[1]}, {case.steps} steps, {case.frames} frames")
    print("| settings | seconds | GiB at most | times as fast |\n|---|---|---|---|")
    plain = None
    for said, (settings, distilled) in ROWS.items():
        seconds, memory = _measured(case, settings, distilled, gpu)
        plain = plain or seconds
        row = f"{seconds:.1f} | {memory:.1f} | {plain / seconds:.2f}" if gpu else "ran | - | -"
        print(f"| {said} | {row} |", flush=True)


def _measured(case: Case, settings: Mapping[str, Any], distilled: bool, gpu: bool) -> tuple[float, float]:
    import torch

    pipeline = _built(case, gpu)
    given = settings if gpu else {name: value for name, value in settings.items() if name == "cache"}
    prepare(pipeline, case.family, PictureSettings(model="random", **given))
    steps, guidance = (4, 1.0 if case.frames > 1 else case.guidance) if distilled else (case.steps, case.guidance)
    _call(pipeline, case, 2, guidance, gpu)  # compiles, and fills the allocator
    if gpu:
        torch.cuda.reset_peak_memory_stats()
    begun = time.monotonic()
    _call(pipeline, case, steps if gpu else min(steps, 4), guidance, gpu)
    seconds = time.monotonic() - begun
    memory = torch.cuda.max_memory_allocated() / GIB if gpu else 0.0
    del pipeline
    if gpu:
        torch.cuda.empty_cache()
    return seconds, memory


def _built(case: Case, gpu: bool) -> Any:
    """On the GPU from the start, in 16 bits but for the parts that the family wants in 32."""
    import torch

    if not gpu:
        return case.tiny()
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.bfloat16)
    try:
        pipeline = case.full("cuda")
    finally:
        torch.set_default_dtype(before)
    for part, dtype in case.family.dtypes.items():
        if part != "default":
            getattr(pipeline, part).to(getattr(torch, dtype))
    return pipeline.to("cuda")


def _call(pipeline: Any, case: Case, steps: int, guidance: float, gpu: bool) -> None:
    import torch

    asked = case.asked(steps, guidance, small=not gpu)
    noise = torch.Generator("cpu").manual_seed(0)
    pipeline(**case.family.arguments(pipeline, asked), num_inference_steps=steps, generator=noise, output_type="np")
    if gpu:
        torch.cuda.synchronize()


def main() -> None:
    """Measure what the command line names."""
    import diffusers
    import torch

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", choices=[*CASES, []], help="keyframe, clip; both where nothing is said")
    chosen = parser.parse_args().what or list(CASES)
    gpu = torch.cuda.is_available()
    where = torch.cuda.get_device_name() if gpu else "no GPU: tiny networks, four steps; these are no measurements"
    print(f"{where}; torch {torch.__version__}, diffusers {diffusers.__version__}")
    for name in chosen:
        measure(name, gpu)


if __name__ == "__main__":
    main()
