"""Kokoro-82M (Apache-2.0) from phonemes to sound: 24 kHz, the int8 network on onnxruntime."""

from __future__ import annotations

import functools
import re

import numpy as np
from kokorog2p import get_kokoro_vocab
from numpy.typing import NDArray

from personavlog import weights
from personavlog.errors import WeightsError
from personavlog.media.arrays import Samples
from personavlog.weights.session import open_session

RATE = 24_000
LONGEST = 400
"""Phonemes spoken in one go. The network takes 510, but a style is trained on fewer and hurries through more."""

_STYLES, _WIDTH = 510, 256


def synthesize(phonemes: str, style: str, speed: float) -> Samples:
    """One breath of speech (n,) float32 for at most ``LONGEST`` phonemes in the voice file ``style``; ``speed`` 1 is
    natural."""
    vocabulary = get_kokoro_vocab()
    ids = [vocabulary[symbol] for symbol in phonemes if symbol in vocabulary]
    feed = {
        "input_ids": np.array([[0, *ids, 0]], np.int64),
        "style": _style(style)[min(len(ids), _STYLES - 1)],
        "speed": np.array([speed], np.float32),
    }
    waveform = open_session(weights.file("kokoro-82m-int8")).run(None, feed)[0]
    return np.asarray(waveform, np.float32).reshape(-1)


def breaths(phonemes: str, limit: int = LONGEST) -> list[str]:
    """The line cut into pieces of at most ``limit`` phonemes: at sentence ends, else at commas, else between words,
    else anywhere."""
    if len(phonemes) <= limit:
        return [phonemes]
    for pattern in (r"(?<=[.!?…])\s+", r"(?<=[,;:—])\s+", r"\s+"):
        pieces = re.split(pattern, phonemes)
        if len(pieces) > 1:
            return _packed(pieces, limit)
    return [phonemes[at : at + limit] for at in range(0, len(phonemes), limit)]


def _packed(pieces: list[str], limit: int) -> list[str]:
    lines: list[str] = []
    for piece in pieces:
        if lines and len(lines[-1]) + 1 + len(piece) <= limit:
            lines[-1] += f" {piece}"
        else:
            lines.append(piece)
    return [short for line in lines for short in breaths(line, limit)]


@functools.cache
def _style(name: str) -> NDArray[np.float32]:
    values = np.fromfile(weights.file("kokoro-voices", f"{name}.bin"), np.float32)
    if values.size != _STYLES * _WIDTH:
        raise WeightsError(
            f"The voice {name!r} of 'kokoro-voices' is damaged ({values.size} values). Delete it from the "
            "weights cache and fetch it again."
        )
    return values.reshape(_STYLES, 1, _WIDTH)
