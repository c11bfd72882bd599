"""AudioX as a worker: music from words, in an environment of its own. How to get there: docs/audiox.md.

AudioX makes clips of about ten seconds; a longer piece is made of them with cross-fades. Both of its packages are
understood: ``audiox`` (2026: AudioX, AudioX-MAF, AudioX-MAF-MMDiT) and ``stable_audio_tools`` (2025, AudioX's own copy
of that name). They differ in how they are told that there is no picture.
"""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import json
from pathlib import Path
from typing import Any

import serving

PACKAGES = ("audiox", "stable_audio_tools")
CLIP = 10
"""Seconds that AudioX was trained to make at once."""
STEPS, SCALE = 250, 7.0
SAMPLER = {"sampler_type": "dpmpp-3m-sde", "sigma_min": 0.3, "sigma_max": 500}
"""As upstream's own script samples."""
CROSS_FADE, FADE_OUT = 1.5, 1.5
CLIPS = 2
"""How many clips of different seeds a longer piece is made of, in turn."""
QUIET, SHORTEST = 1e-3, 2.0
"""Share of the peak below which a clip is quiet, and seconds of it that must not be."""


class AudioX(serving.Worker):
    """AudioX, text to music."""

    name, version, role, port = "audiox", "1", "music", 8772
    needs = (
        ("numpy", "numpy"),
        ("torch", "torch==2.4.1"),
        ("torchaudio", "torchaudio==2.4.1"),
        ("einops", "einops"),
        ("k_diffusion", "k-diffusion==0.1.1"),
        ("transformers", "transformers==4.46.2"),
    )

    def missing(self) -> list[str]:
        """The package, and the files of a model that is a folder."""
        if self._package() is None:
            return [f"AudioX itself is missing ({' or '.join(PACKAGES)}). Run in its checkout: pip install ."]
        if Path(self.model).is_dir() and self.model:
            absent = [name for name in ("config.json", "model.ckpt") if not (Path(self.model) / name).is_file()]
            return [f"The model's file {name!r} is missing in {self.model!r}. Download it again" for name in absent]
        return [] if self.model else ["Give the model with --model: a folder, or a name such as HKUSTAudio/AudioX"]

    def load(self) -> dict[str, Any]:
        """From a folder, or by upstream's own ``get_pretrained_model``."""
        import numpy
        import torch

        self._numpy, self._torch, self._name = numpy, torch, self._package()
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        if Path(self.model).is_dir():
            model, self._config = self._from_folder()
        else:
            model, self._config = importlib.import_module(str(self._name)).get_pretrained_model(self.model)
        if "video_fps" not in self._config:
            raise RuntimeError("this is no model of AudioX: its configuration has no video_fps")
        self._model = model.to(self._device).eval().requires_grad_(False)
        self._generate = self._module("inference.generation").generate_diffusion_cond
        sampling = inspect.signature(self._module("inference.sampling").sample_k)
        self._tells = "callback" in sampling.parameters
        name = Path(self.model).name
        can = {"rate": int(self._config["sample_rate"]), "seed": True, "longest": 600.0}
        return {"model": name, "licence": "CC-BY-NC-4.0", "capabilities": can}

    def make(self, request: dict[str, Any], sample: serving.Sample | None, job: serving.Job) -> bytes:
        """A piece of exactly the asked length, stereo."""
        rate = int(self._config["sample_rate"])
        count = 1 if request["seconds"] <= CLIP else CLIPS
        clips = [
            self._clip(request["prompt"], (request["seed"] + number) % 2**31, job, number / count, 1 / count)
            for number in range(count)
        ]
        piece = joined(clips, round(request["seconds"] * rate), round(CROSS_FADE * rate), self._numpy)
        fade = min(round(FADE_OUT * rate), len(piece))
        piece[len(piece) - fade :] *= self._numpy.linspace(1.0, 0.0, fade)[:, None]
        return serving.wav(piece, rate)

    def memory(self) -> dict[str, int]:
        """Of the GPU."""
        if not self._torch.cuda.is_available():
            return {}
        free, total = self._torch.cuda.mem_get_info()
        return {"used": total - free, "total": total}

    def free(self) -> None:
        """Give back what torch keeps for later."""
        self._torch.cuda.empty_cache()

    def _package(self) -> str | None:
        return next((name for name in PACKAGES if importlib.util.find_spec(name) is not None), None)

    def _module(self, name: str) -> Any:
        return importlib.import_module(f"{self._name}.{name}")

    def _from_folder(self) -> tuple[Any, dict[str, Any]]:
        folder = Path(self.model)
        config = _with_files_of(folder, json.loads((folder / "config.json").read_text(encoding="utf-8")))
        model = self._module("models.factory").create_model_from_config(config)
        weights = self._module("models.utils").load_ckpt_state_dict(str(folder / "model.ckpt"))
        absent = model.load_state_dict(weights, strict=False).missing_keys
        if len(absent) > len(model.state_dict()) // 2:
            raise RuntimeError(f"model.ckpt is not of this config.json: {len(absent)} of its tensors are not there")
        return model, config

    def _clip(self, prompt: str, seed: int, job: serving.Job, done: float, share: float) -> Any:
        """(n, 2) float32 of about ten seconds, loudest at 1, without the quiet at its end."""

        def stepped(info: dict[str, Any]) -> None:
            job.progress(done + share * min((int(info["i"]) + 1) / STEPS, 1.0))

        job.progress(done)
        with self._torch.no_grad():
            made = self._generate(
                self._model,
                steps=STEPS,
                cfg_scale=SCALE,
                conditioning=[self._conditions(prompt)],
                sample_size=int(self._config["sample_size"]),
                seed=seed,
                device=self._device,
                **SAMPLER,
                **({"callback": stepped} if self._tells else {}),
            )
        clip = made[0].to(self._torch.float32).cpu().numpy().T[: CLIP * int(self._config["sample_rate"])]
        clip = self._numpy.repeat(clip, 2, axis=1) if clip.shape[1] == 1 else clip[:, :2]
        loud = self._numpy.abs(clip).max(axis=1)
        peak = float(loud.max()) if len(loud) else 0.0
        sounding: Any = self._numpy.flatnonzero(loud > QUIET * peak) if 0 < peak < 1e6 else []
        if len(sounding) < SHORTEST * int(self._config["sample_rate"]):
            raise serving.Fault("failed", "The model made little but silence.")
        return clip[: int(sounding[-1]) + 1] / peak

    def _conditions(self, prompt: str) -> dict[str, Any]:
        """Words alone: no picture and no sound is all zeros, for which the model knows what to put."""
        zeros, fps = self._torch.zeros, int(self._config["video_fps"])
        frames = zeros(1, CLIP * fps, 3, 224, 224)
        motion = zeros(1, 240, 768, device=self._device)
        new = {"video_tensors": frames, "video_sync_frames": motion}
        return {
            "video_prompt": new if self._name == "audiox" else [frames],
            "text_prompt": prompt,
            "audio_prompt": zeros(1, 2, CLIP * int(self._config["sample_rate"]), device=self._device),
            "seconds_start": 0,
            "seconds_total": CLIP,
        }


def joined(clips: list[Any], length: int, fade: int, numpy: Any) -> Any:
    """(length, 2) of the (n, 2) ``clips`` in turn, each faded into the next over ``fade`` samples, at equal power."""
    piece = numpy.zeros((length, 2), numpy.float32)
    start, number = 0, 0
    while start < length:
        clip = numpy.array(clips[number % len(clips)], numpy.float32)
        short = min(fade, len(clip) // 3)
        turn = numpy.linspace(0.0, numpy.pi / 2, short, dtype=numpy.float32)[:, None]
        if start:
            clip[:short] *= numpy.sin(turn)
        if start + len(clip) < length:
            clip[len(clip) - short :] *= numpy.cos(turn)
        end = min(start + len(clip), length)
        piece[start:end] += clip[: end - start]
        start, number = start + len(clip) - short, number + 1
        if end == length:
            break
    return piece


def _with_files_of(folder: Path, value: Any) -> Any:
    """A configuration whose files (the VAE's, the motion network's) are those beside it, where they are there."""
    if isinstance(value, dict):
        return {name: _with_files_of(folder, part) for name, part in value.items()}
    if isinstance(value, list):
        return [_with_files_of(folder, part) for part in value]
    if isinstance(value, str) and value.endswith((".ckpt", ".pth", ".safetensors")) and not Path(value).is_file():
        beside = folder / Path(value).name
        return str(beside) if beside.is_file() else value
    return value


if __name__ == "__main__":
    serving.main(AudioX)
