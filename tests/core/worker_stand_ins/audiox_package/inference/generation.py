import json
import time
from pathlib import Path

import torch

from .sampling import sample_k


def generate_diffusion_cond(
    model,
    steps=250,
    cfg_scale=6,
    conditioning=None,
    conditioning_tensors=None,
    negative_conditioning=None,
    negative_conditioning_tensors=None,
    batch_size=1,
    sample_size=2097152,
    sample_rate=48000,
    seed=-1,
    device="cuda",
    init_audio=None,
    init_noise_level=1.0,
    mask_args=None,
    return_latents=False,
    **sampler_kwargs,
):
    assert seed != -1 and device == "cpu" and not torch.is_grad_enabled()
    (said,) = conditioning
    _write(steps=steps, cfg_scale=cfg_scale, seed=seed, size=sample_size, prompt=said["text_prompt"], **_shapes(said))
    torch.manual_seed(seed)
    pitches = 110 * 2 ** (torch.randint(0, 24, (3,)) / 12)
    sampled = sample_k(lambda x, i: time.sleep(model.pause) or x, pitches, steps=steps, device=device, **sampler_kwargs)
    clock = torch.arange(sample_size) / model.sample_rate
    tone = sum(torch.sin(2 * torch.pi * pitch * clock) for pitch in sampled)
    tone = tone * (clock < 7.0)  # upstream pads with silence
    return (0.2 if "silence" not in said["text_prompt"] else 0.0) * torch.stack([tone, 0.9 * tone])[None]


def _shapes(said):
    picture = said["video_prompt"]
    assert isinstance(picture, dict) == __name__.startswith("audiox.")
    if isinstance(picture, dict):
        shapes = {name: list(part.shape) for name, part in picture.items()}
    else:
        (frames,) = picture
        shapes = {"frames": list(frames.shape)}
    return {**shapes, "audio": list(said["audio_prompt"].shape), "total": said["seconds_total"]}


def _write(**said):
    with (Path(__file__).parents[2] / "asked.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(said) + "\n")
