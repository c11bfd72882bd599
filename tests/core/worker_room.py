"""Worker programs as real processes, started by the real command, and what they are asked with."""

from __future__ import annotations

import io
import json
import os
import queue
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import numpy as np
import soundfile

from personavlog.backbones.roles import MusicRequest, SpeechRequest
from personavlog.backbones.tools import Tools
from personavlog.runs.blobs import Blobs
from personavlog.script import MusicDescription

STAND_INS = Path(__file__).parent / "worker_stand_ins"
COMMAND = [sys.executable, "-c", "from personavlog.cli.main import main; main()", "worker"]
LINE = {"text": "Good morning, dear friends.", "language": "en", "seed": 3}
MUSIC = MusicRequest(
    description=MusicDescription(emotions=("calm",), instruments=("piano",), style="lo-fi", tempo=80), duration=24.0
)

OWN_WORKER = '''
"""A worker of somebody's own, which does what the words say."""
import time

import numpy
import serving


class Own(serving.Worker):
    """Obeys."""

    name, version, role, port = "own", "7", ROLE, 8799
    needs = (("numpy", "numpy"),)

    def load(self):
        time.sleep(LOADING)
        return {"model": "own-1", "licence": "MIT", "capabilities": CAN}

    def make(self, request, sample, job):
        words = request.get("text") or request["prompt"]
        if "memory" in words:
            raise RuntimeError("CUDA out of memory. Tried to allocate 20.00 GiB")
        if "fail" in words:
            raise ValueError("no such layer")
        if "nothing" in words:
            return None
        if "refuse" in words:
            raise serving.Fault("refused", "These words are not spoken. Write others")
        if "slow" in words:
            for number in range(200):
                job.progress(number / 200)
                time.sleep(0.05)
        if "die" in words:
            serving.os._exit(9)
        seconds = request.get("seconds", 1.5)
        noise = numpy.random.default_rng(request["seed"]).normal(0, 0.1, (round(seconds * 24000),))
        return serving.wav(noise * ("silent" not in words) * (3.0 if "loud" in words else 1.0), 24000)

    def free(self):
        raise RuntimeError("CUDA is gone")


serving.main(Own)
'''


def own_worker(folder: Path, role: str = "speech", loading: float = 0.0, **can: Any) -> Path:
    """The program above in ``folder``."""
    said = {"rate": 24000, "languages": ["en", "zh"], "clones": True, "seed": True, **can}
    text = OWN_WORKER.replace("ROLE", repr(role)).replace("LOADING", repr(loading)).replace("CAN", repr(said))
    program = folder / "own worker.py"
    program.write_text(text, encoding="utf-8")
    return program


@dataclass
class Running:
    """A worker's process: the ``personavlog worker`` command that was started; ``said`` is its whole output."""

    process: subprocess.Popen[str]
    address: str
    said: list[str] = field(default_factory=list)

    def get(self, path: str, **options: Any) -> httpx2.Response:
        """Ask for a place."""
        return httpx2.get(f"{self.address}{path}", timeout=30, **options)

    def post(self, request: Any, sample: bytes | None = None, role: str = "speech", **options: Any) -> httpx2.Response:
        """Ask for a sound."""
        files = {"request": ("r", json.dumps(request).encode())}
        if sample is not None:
            files["sample"] = ("../../etc/passwd\\..", sample)
        return httpx2.post(f"{self.address}/v1/{role}", files=files, timeout=60, **options)

    def wait_until(self, true: Callable[[], bool], seconds: float = 30.0) -> None:
        """Until it is so."""
        until = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < until, "\n".join(self.said)
            time.sleep(0.02)

    def ready(self) -> None:
        """Until the model is loaded."""
        self.wait_until(lambda: bool(self.get("/v1/worker").json()["ready"]))


@contextmanager
def running(*arguments: str, ready: bool = True, **environment: str) -> Iterator[Running]:
    """A worker by the command, with these arguments, for as long as the block lasts."""
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1", **environment},
    )
    lines: queue.Queue[str] = queue.Queue()
    said: list[str] = []
    threading.Thread(target=_read, args=(process, lines, said), daemon=True).start()
    try:
        while "listens at" not in (line := lines.get(timeout=60)):
            assert line, "\n".join(said)
        worker = Running(process, line.partition("listens at ")[2].split()[0], said)
        if ready:
            worker.ready()
        yield worker
    finally:
        process.terminate()
        process.wait(20)


def _read(process: subprocess.Popen[str], lines: queue.Queue[str], said: list[str]) -> None:
    assert process.stdout is not None
    with process.stdout:
        for line in process.stdout:
            said.append(line.rstrip())
            lines.put(line)
    lines.put("")


def sample(seconds: float = 3.0, rate: int = 24_000, pitch: float = 150.0) -> bytes:
    """A voice sample as WAV."""
    tone = 0.3 * np.sin(2 * np.pi * pitch * np.arange(round(seconds * rate)) / rate)
    return wav(tone, rate)


def wav(samples: Any, rate: int = 24_000) -> bytes:
    """A WAV file."""
    buffer = io.BytesIO()
    soundfile.write(buffer, samples, rate, format="WAV", subtype="PCM_16")
    return buffer.getvalue()


def read_wav(data: bytes) -> tuple[Any, int]:
    """Samples and rate."""
    samples, rate = soundfile.read(io.BytesIO(data), dtype="float32")
    return samples, int(rate)


def line(text: str = "Good morning, dear friends.", **changes: Any) -> SpeechRequest:
    """A line to speak."""
    return SpeechRequest.model_validate({"text": text, "language": "en", "seed": 3, **changes})


def tools(folder: Path) -> Tools:
    """Tools of a call outside a run."""
    return Tools.alone(Blobs(folder / "blobs"))


def cosyvoice_checkout(folder: Path, kind: str = "cosyvoice3") -> list[str]:
    """The arguments that start CosyVoice's stand-in of a kind, laid out in ``folder`` as upstream's checkout is."""
    checkout, model = folder / "Cosy Voice", folder / "model"
    shutil.copytree(STAND_INS / "cosyvoice_checkout", checkout)
    (checkout / "third_party" / "Matcha-TTS" / "matcha").mkdir(parents=True)
    for name in ("torchaudio", "hyperpyyaml", "modelscope", "onnxruntime", "transformers", "whisper", "inflect"):
        (checkout / f"{name}.py").write_text("raise RuntimeError('a stand-in is never imported')")
    for name in ("pyworld", "librosa"):
        (checkout / f"{name}.py").write_text("")
    (checkout / "asset").mkdir()
    (checkout / "asset" / "zero_shot_prompt.wav").write_bytes(sample(3.5, 16_000))
    model.mkdir()
    tokenizer = {"cosyvoice": "v1", "cosyvoice2": "v2", "cosyvoice3": "v3"}[kind]
    for name in ("llm.pt", "flow.pt", "hift.pt", "campplus.onnx", f"speech_tokenizer_{tokenizer}.onnx", f"{kind}.yaml"):
        (model / name).write_bytes(b"")
    return ["cosyvoice", "--python", sys.executable, "--folder", str(checkout), "--model", str(model), "--port", "0"]


def audiox_folder(folder: Path, package: str = "audiox", pause: float = 0.0) -> list[str]:
    """The arguments that start AudioX's stand-in under one of its names, with a model of random weights."""
    import torch

    code, model = folder / "code", folder / "AudioX"
    shutil.copytree(STAND_INS / "audiox_package", code / package)
    for name in ("torchaudio", "einops", "k_diffusion", "transformers"):
        (code / f"{name}.py").write_text("raise RuntimeError('a stand-in is never imported')")
    model.mkdir()
    config = {"model_type": "diffusion_cond", "sample_rate": 8000, "sample_size": 80640, "video_fps": 5, "pause": pause}
    config["pretransform_ckpt_path"] = "./nowhere/VAE.ckpt"
    (model / "config.json").write_text(json.dumps(config))
    (model / "VAE.ckpt").write_bytes(b"")
    torch.save({"state_dict": torch.nn.Linear(2, 2).state_dict(prefix="net.")}, model / "model.ckpt")
    return ["audiox", "--python", sys.executable, "--folder", str(code), "--model", str(model), "--port", "0"]


def asked(folder: Path) -> list[dict[str, Any]]:
    """What a stand-in wrote of its calls."""
    (file,) = folder.rglob("asked.jsonl")
    return [json.loads(text) for text in file.read_text(encoding="utf-8").splitlines()]
