"""FunAudioLLM/CosyVoice of March 2026 as its callers see it: the same names, parameters, assertions and shapes.

What it is asked is written to ``asked.jsonl`` beside the checkout's ``cosyvoice`` folder, for tests to read.
"""

import json
import logging
import wave
from pathlib import Path

import torch

ROOT = Path(__file__).parents[2]
logging.basicConfig(level=logging.DEBUG, format="%(asctime)s %(levelname)s %(message)s")


def _write(**said):
    with (ROOT / "asked.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(said, ensure_ascii=False) + "\n")


def load_wav(wav, target_sr, min_sr=16000):
    """Fails for a tensor, as ``torchaudio.load`` does."""
    if not isinstance(wav, str):
        raise TypeError(f"Invalid file: {wav!r}")
    with wave.open(wav) as source:
        rate, frames = source.getframerate(), source.getnframes()
    if rate != target_sr:
        assert rate >= min_sr, f"wav sample rate {rate} must be greater than {target_sr}"
    return torch.zeros(1, frames * target_sr // rate)


class CosyVoiceFrontEnd:
    def __init__(self):
        self.spk2info = {}

    def frontend_zero_shot(self, tts_text, prompt_text, prompt_wav, resample_rate, zero_shot_spk_id):
        if zero_shot_spk_id:
            return {**self.spk2info[zero_shot_spk_id], "text": tts_text}
        speech = load_wav(prompt_wav, 16000)
        assert speech.shape[1] / 16000 <= 30, "do not support extract speech token for audio longer than 30s"
        torch.rand(7)  # as some of upstream's feature extractors do
        _write(call="listened", words=prompt_text, seconds=speech.shape[1] / 16000)
        return {"prompt_text": prompt_text, "text": tts_text, "text_len": len(tts_text)}


class CosyVoice:
    yaml = "cosyvoice.yaml"
    sample_rate = 22050

    def __init__(self, model_dir, load_jit=False, load_trt=False, fp16=False, trt_concurrent=1):
        self.model_dir, self.frontend = model_dir, CosyVoiceFrontEnd()

    def add_zero_shot_spk(self, prompt_text, prompt_wav, zero_shot_spk_id):
        assert zero_shot_spk_id != "", "do not use empty zero_shot_spk_id"
        model_input = self.frontend.frontend_zero_shot("", prompt_text, prompt_wav, self.sample_rate, "")
        del model_input["text"]
        del model_input["text_len"]
        self.frontend.spk2info[zero_shot_spk_id] = model_input
        return True

    def inference_zero_shot(
        self, tts_text, prompt_text, prompt_wav, zero_shot_spk_id="", stream=False, speed=1.0, text_frontend=True
    ):
        for part in self._split(tts_text):
            known = self.frontend.frontend_zero_shot(part, prompt_text, prompt_wav, self.sample_rate, zero_shot_spk_id)
            yield self._spoken("zero_shot", known["text"], known["prompt_text"], stream, speed)

    def inference_cross_lingual(
        self, tts_text, prompt_wav, zero_shot_spk_id="", stream=False, speed=1.0, text_frontend=True
    ):
        for part in self._split(tts_text):
            known = self.frontend.frontend_zero_shot(part, "", prompt_wav, self.sample_rate, zero_shot_spk_id)
            yield self._spoken("cross_lingual", known["text"], "", stream, speed)

    def _split(self, text):
        return [part for part in text.split(". ") if any(letter.isalnum() for letter in part)]

    def _spoken(self, call, text, prompt, stream, speed):
        if "memory" in text:
            raise torch.cuda.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 GiB")
        logging.warning(
            "synthesis text %s too short than prompt text %s, this may lead to bad performance", text, prompt
        )
        logging.info("synthesis text %s", text)
        _write(call=call, kind=type(self).__name__, text=text, prompt=prompt, stream=stream, speed=speed)
        time = torch.arange(int(0.07 * len(text) * self.sample_rate / speed)) / self.sample_rate
        pitch = 120 + 60 * torch.rand(1)
        return {"tts_speech": 0.3 * torch.sin(2 * torch.pi * pitch * time).reshape(1, -1)}


class CosyVoice2(CosyVoice):
    yaml = "cosyvoice2.yaml"
    sample_rate = 24000


class CosyVoice3(CosyVoice2):
    yaml = "cosyvoice3.yaml"

    def _spoken(self, call, text, prompt, stream, speed):
        assert "<|endofprompt|>" in text + prompt, "<|endofprompt|> not detected in CosyVoice3 text or prompt_text"
        return super()._spoken(call, text, prompt, stream, speed)


def AutoModel(**kwargs):  # noqa: N802 - upstream's name
    for kind in (CosyVoice, CosyVoice2, CosyVoice3):
        if (Path(kwargs["model_dir"]) / kind.yaml).exists():
            return kind(**kwargs)
    raise TypeError("No valid model type found!")
