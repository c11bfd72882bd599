"""Pocket TTS in memory: voices from samples, lines from voices, and the same line again for the same seed."""

from __future__ import annotations

import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from personavlog.backbones.local.extra import imported
from personavlog.backbones.local.pocket_files import WHAT, Described
from personavlog.errors import BackboneError, ConfigurationError
from personavlog.media.arrays import Samples
from personavlog.metrics.resample import resample

VOICES = 4
"""Voices that are kept ready; a film has one."""
LONGEST_SAMPLE = 30.0
"""Seconds of a sample that are listened to, as its makers advise."""


class PocketModel:
    """One language's model, for one line at a time."""

    def __init__(self, model: Any) -> None:
        self.components = {"model": model}
        self.rate = int(model.sample_rate)
        self._model = model
        self._voices: OrderedDict[str, Any] = OrderedDict()
        # How many frames the decoder finds waiting depends on the machine's load, and their number changes the sound.
        model.max_decoder_frames_per_call = 1
        self._noise = _seeded(model.flow_lm)

    @classmethod
    def load(cls, described: Described, temperature: float | None) -> PocketModel:
        """The model; blocks. Raises ``ConfigurationError`` for a description that does not fit its files."""
        yaml, torch = imported("yaml", WHAT), imported("torch", WHAT)
        threads = torch.get_num_threads()
        package = imported("pocket_tts", WHAT)
        torch.set_num_threads(threads)  # the package's import leaves one for the whole process
        try:
            with tempfile.TemporaryDirectory(prefix="personavlog-") as folder:
                place = Path(folder) / "model.yaml"
                place.write_text(yaml.safe_dump(dict(described.content)), encoding="utf-8")
                return cls(package.TTSModel.load_model(config=place, temp=temperature))
        except (ValueError, TypeError, AttributeError, AssertionError, KeyError, RuntimeError, OSError) as error:
            if isinstance(error, RuntimeError) and "memory" in str(error).lower():
                raise
            said = (str(error).strip().splitlines() or [type(error).__name__])[0][:300]
            raise ConfigurationError(
                f"The speech model does not load: {said}. Get its files again, or correct its description."
            ) from error

    def voice(self, key: str, sample: Callable[[], tuple[Samples, int] | Path]) -> Any:
        """The voice called ``key``: that of ``sample``, (n,) with its rate, or of a saved state's file."""
        if key not in self._voices:
            self._voices[key] = self._heard(sample())
            while len(self._voices) > VOICES:
                self._voices.popitem(last=False)
        self._voices.move_to_end(key)
        return self._voices[key]

    def say(self, voice: Any, text: str, seed: int, on_sound: Callable[[float], None]) -> Samples:
        """(n,) of the line; ``on_sound`` is called with the seconds there are, and what it raises ends it.

        Raises ``BackboneError`` for a text in which nothing can be spoken.
        """
        torch, stop, made = imported("torch", WHAT), threading.Event(), []
        self._noise.manual_seed(seed)
        stream = self._model.generate_audio_stream(voice, text, stop=stop)
        try:
            for chunk in stream:
                made.append(chunk.detach().float().cpu().numpy())
                on_sound(sum(map(len, made)) / self.rate)
        except ValueError as error:
            raise BackboneError(
                f"The line {text[:60]!r} has nothing that can be spoken ({error}). Write it in words."
            ) from error
        finally:
            stop.set()
            with torch.inference_mode():
                for _ in stream:  # its threads end with it
                    pass
        return np.concatenate(made).astype(np.float32) if made else np.zeros(0, np.float32)

    def _heard(self, sample: tuple[Samples, int] | Path) -> Any:
        if isinstance(sample, Path):
            return self._model.get_state_for_audio_prompt(sample)
        samples, rate = sample
        mono = samples.mean(axis=1) if samples.ndim == 2 else samples
        heard = resample(mono[: int(LONGEST_SAMPLE * rate)], rate, self.rate)
        return self._model.get_state_for_audio_prompt(imported("torch", WHAT).from_numpy(heard)[None])


def _seeded(network: Any) -> Any:
    """The generator that the network's noise comes from, in place of the one that the whole process shares."""
    torch = imported("torch", WHAT)
    mode: Any = imported("torch.overrides", WHAT).TorchFunctionMode
    generator, forward = torch.Generator("cpu"), network.forward
    draws = (torch.nn.init.normal_, torch.nn.init.trunc_normal_, torch.Tensor.normal_)

    class Drawn(mode):  # type: ignore[misc]
        def __torch_function__(self, function: Any, types: Any, arguments: Any = (), named: Any = None) -> Any:
            given = {**(named or {}), **({"generator": generator} if function in draws else {})}
            return function(*arguments, **given)

    def seeded(*arguments: Any, **named: Any) -> Any:
        with Drawn():
            return forward(*arguments, **named)

    network.forward = seeded
    return generator
