"""A worker to learn from: it "speaks" in tones, one a syllable, at the pitch of the voice sample. Needs only numpy.

Copy it, and put your model where ``_sing`` is; docs/workers.md says the rest.
"""

from __future__ import annotations

import wave
from typing import Any

import serving


class Tone(serving.Worker):
    """Tones in place of a voice."""

    name, version, role, port = "tone", "1", "speech", 8770
    needs = (("numpy", "numpy"),)

    def load(self) -> dict[str, Any]:
        """A real model is loaded here, once."""
        import numpy

        self._numpy = numpy
        can = {"rate": 24000, "languages": ["en", "zh"], "clones": True, "seed": True, "sample_seconds": [1.0, 30.0]}
        return {"model": "tone-1", "licence": "Apache-2.0", "capabilities": can}

    def make(self, request: dict[str, Any], sample: serving.Sample | None, job: serving.Job) -> bytes:
        """One tone a syllable, as long as somebody would speak."""
        syllables = max(len(request["text"]) // (1 if request["language"] == "zh" else 3), 2)
        pitch, parts = self._pitch(sample, request["seed"]), []
        for number in range(syllables):
            job.progress(number / syllables)
            parts.append(self._sing(pitch * (1 + 0.1 * (number % 4)), 0.19 / request["speed"]))
        return serving.wav(self._numpy.concatenate(parts), 24000)

    def _pitch(self, sample: serving.Sample | None, seed: int) -> float:
        if sample is None:
            return 110.0 + seed % 60
        with wave.open(sample.path) as source:
            numbers = self._numpy.frombuffer(source.readframes(source.getnframes()), "<i2")
        crossings = int(((numbers[1:] < 0) != (numbers[:-1] < 0)).sum())
        return float(min(max(crossings / sample.seconds / 2, 70.0), 400.0))

    def _sing(self, pitch: float, seconds: float) -> Any:
        time = self._numpy.arange(round(seconds * 24000)) / 24000
        fade = self._numpy.sin(self._numpy.pi * time / seconds) ** 0.5
        return 0.3 * fade * sum(self._numpy.sin(2 * self._numpy.pi * pitch * n * time) / n for n in (1, 2, 3))


if __name__ == "__main__":
    serving.main(Tone)
