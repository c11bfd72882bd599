"""CosyVoice 2 and 3 (and 1, the paper's) as a worker: a checkout of FunAudioLLM/CosyVoice and its own environment.

How to get there: docs/cosyvoice.md. Facts used are those of the checkout of March 2026: ``AutoModel`` picks the class
by the YAML file in the model's folder, a voice sample is given by its PATH (a loaded tensor fails, which is why the
checkout's own server does), and CosyVoice 3 wants a fixed opening before the sample's words.
"""

from __future__ import annotations

import inspect
import logging
import random
import re
import sys
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import serving

KINDS = {
    "CosyVoice": ("CosyVoice-300M", "cosyvoice.yaml", "speech_tokenizer_v1.onnx"),
    "CosyVoice2": ("CosyVoice2-0.5B", "cosyvoice2.yaml", "speech_tokenizer_v2.onnx"),
    "CosyVoice3": ("Fun-CosyVoice3-0.5B", "cosyvoice3.yaml", "speech_tokenizer_v3.onnx"),
}
"""The model's name, the file that tells it, and its tokeniser, by upstream's class."""
WEIGHTS = ("llm.pt", "flow.pt", "hift.pt", "campplus.onnx")
OPENING = "You are a helpful assistant.<|endofprompt|>"
"""What CosyVoice 3 is given before every prompt, word for word as upstream does."""
LANGUAGES = {"CosyVoice": "zh en ja yue ko", "CosyVoice2": "zh en ja ko", "CosyVoice3": "zh en ja ko de es fr it ru"}
OWN_VOICE = "asset/zero_shot_prompt.wav"
OWN_WORDS = "希望你以后能够做的比我还好呦。"
"""The checkout's own sample, Mandarin, for whoever gives none, and what is said in it."""
VOICES_KEPT = 16
_CONTROLS = re.compile(r"[<>|\[\]]+")
"""Characters of upstream's control marks; nobody pronounces them."""


class CosyVoice(serving.Worker):
    """CosyVoice, from a checkout of its repository."""

    name, version, role, port = "cosyvoice", "1", "speech", 8771
    needs = (
        ("numpy", "numpy==1.26.4"),
        ("torch", "torch==2.3.1"),
        ("torchaudio", "torchaudio==2.3.1"),
        ("hyperpyyaml", "HyperPyYAML==1.2.3"),
        ("modelscope", "modelscope==1.20.0"),
        ("onnxruntime", "onnxruntime-gpu==1.18.0"),
        ("transformers", "transformers==4.51.3"),
        ("whisper", "--no-build-isolation openai-whisper==20231117"),
        ("inflect", "inflect==7.3.1"),
        ("pyworld", "pyworld==0.3.4"),
        ("librosa", "librosa==0.10.2"),
    )

    def missing(self) -> list[str]:
        """The checkout, its submodule, and the model's files."""
        if not (self.folder / "cosyvoice" / "cli" / "cosyvoice.py").is_file():
            return ["Give the checkout with --folder; get it with: git clone --recursive .../FunAudioLLM/CosyVoice.git"]
        found = []
        if not (self._matcha / "matcha").is_dir():
            found.append(
                f"The submodule is missing. Run in {str(self.folder)!r}: git submodule update --init --recursive"
            )
        kind = self._kind_of_files()
        if kind is None:
            names = " or ".join(yaml for _, yaml, _ in KINDS.values())
            return [*found, f"The folder {self.model!r} holds no {names}. Give the model's folder with --model"]
        absent = [name for name in (*WEIGHTS, KINDS[kind][2]) if not (Path(self.model) / name).is_file()]
        return found + [f"The model's file {name!r} is missing in {self.model!r}. Download it again" for name in absent]

    def load(self) -> dict[str, Any]:
        """Load by upstream's ``AutoModel``."""
        sys.path.insert(1, str(self._matcha))
        import numpy
        import torch
        from cosyvoice.cli.cosyvoice import AutoModel

        logging.disable(logging.WARNING)  # upstream logs every line that is spoken, word for word
        self._torch, self._numpy = torch, numpy
        self._cosyvoice = AutoModel(model_dir=self.model)
        self._kind = type(self._cosyvoice).__name__
        self._voices: OrderedDict[str, None] = OrderedDict()
        if "prompt_wav" not in inspect.signature(self._cosyvoice.inference_zero_shot).parameters:
            raise RuntimeError("this checkout is older than CosyVoice 3; run in it: git pull --recurse-submodules")
        can = {
            "rate": int(self._cosyvoice.sample_rate),
            "languages": LANGUAGES[self._kind].split(),
            "clones": True,
            "seed": True,
            "sample_seconds": [1.0, 30.0],
            "sample_rate_at_least": 16000,
        }
        return {"model": KINDS[self._kind][0], "licence": "Apache-2.0", "capabilities": can}

    def make(self, request: dict[str, Any], sample: serving.Sample | None, job: serving.Job) -> bytes:
        """The line; upstream splits a long one into parts, between which a job can be stopped."""
        if request["language"] not in LANGUAGES[self._kind].split():
            raise serving.Fault("refused", f"{self._kind} does not speak {request['language']!r}.")
        if not any(letter.isalnum() for letter in _plain(request["text"])):
            raise serving.Fault("refused", "There is nothing to say in this line. Write words")
        spoken, parts = self._spoken(request, sample), []  # type: Any, list[Any]
        self._seed(request["seed"])  # after the voice was listened to, which happens only once and may draw numbers
        for part in spoken:
            parts.append(part["tts_speech"].reshape(-1).float().cpu().numpy())
            job.progress(1 - 0.5 ** len(parts))
        if not sum(len(part) for part in parts):
            raise serving.Fault("failed", "The model said nothing.")
        return serving.wav(self._numpy.concatenate(parts), int(self._cosyvoice.sample_rate))

    def memory(self) -> dict[str, int]:
        """Of the GPU."""
        if not self._torch.cuda.is_available():
            return {}
        free, total = self._torch.cuda.mem_get_info()
        return {"used": total - free, "total": total}

    def free(self) -> None:
        """Forget the voices and what torch keeps for later."""
        while self._voices:
            self._forget()
        self._torch.cuda.empty_cache()

    @property
    def _matcha(self) -> Path:
        return self.folder / "third_party" / "Matcha-TTS"

    def _kind_of_files(self) -> str | None:
        there = [kind for kind, names in KINDS.items() if (Path(self.model) / names[1]).is_file()]
        return there[0] if self.model and there else None

    def _seed(self, seed: int) -> None:
        random.seed(seed)
        self._numpy.random.seed(seed % 2**32)
        self._torch.manual_seed(seed)

    def _spoken(self, request: dict[str, Any], sample: serving.Sample | None) -> Iterator[dict[str, Any]]:
        """Zero-shot where the sample's words are known, else cross-lingual: the voice alone is taken over."""
        text, words = _plain(request["text"]), _plain(request["transcript"])
        path, digest = (sample.path, sample.digest) if sample else (str(self.folder / OWN_VOICE), "own")
        if sample is None:
            if not Path(path).is_file():
                raise serving.Fault("refused", "A voice sample is needed: this checkout has none of its own. Give one")
            words = OWN_WORDS if request["language"] == "zh" else ""
        how = {"stream": False, "speed": float(request["speed"])}
        if words:
            voice = self._voice(f"{self._opening}{words}", path, digest)
            return self._cosyvoice.inference_zero_shot(text, "", "", zero_shot_spk_id=voice, **how)
        mark = f"<|{request['language']}|>" if self._kind == "CosyVoice" else self._opening
        return self._cosyvoice.inference_cross_lingual(f"{mark}{text}", path, **how)

    @property
    def _opening(self) -> str:
        return OPENING if self._kind == "CosyVoice3" else ""

    def _voice(self, words: str, path: str, digest: str) -> str:
        """Upstream's name of a voice, which it has listened to once."""
        name = f"{digest[:32]}-{hash(words) & 0xFFFFFFFF:x}"
        if name not in self._voices:
            self._cosyvoice.add_zero_shot_spk(words, path, name)
            while len(self._voices) >= VOICES_KEPT:
                self._forget()
        self._voices[name] = None
        self._voices.move_to_end(name)
        return name

    def _forget(self) -> None:
        name, _ = self._voices.popitem(last=False)
        self._cosyvoice.frontend.spk2info.pop(name, None)


def _plain(text: str) -> str:
    return " ".join(_CONTROLS.sub(" ", text).split())


if __name__ == "__main__":
    serving.main(CosyVoice)
