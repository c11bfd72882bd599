"""What a recogniser hears in spoken English, and how far that is from what was to be said.

The recogniser is Moonshine tiny-en (MIT), run directly with onnxruntime: one encoder, one decoder that keeps its keys
and values between words.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from personavlog import weights
from personavlog.errors import WeightsError
from personavlog.media.arrays import Samples
from personavlog.metrics.reading import distance, segments
from personavlog.metrics.resample import resample
from personavlog.metrics.words import spoken_words
from personavlog.weights.session import open_session

RATE = 16_000
"""Hz the recogniser works at."""

LONGEST = 30.0
"""Seconds heard in one go; the model was trained on shorter pieces, a longer recording is split at its quietest
places."""

_START, _END = 1, 2
_LAYERS, _HEADS, _HEAD_SIZE = 6, 8, 36
_TOKENS_PER_SECOND = 6.5
"""The recogniser's authors' bound on text per second of sound; it ends a decoder that repeats itself."""


@dataclass(frozen=True)
class _Recogniser:
    encoder: onnxruntime.InferenceSession
    decoder: onnxruntime.InferenceSession
    pieces: tuple[bytes, ...]


def transcribe(samples: Samples, rate: int) -> str:
    """The words heard in mono ``samples`` (n,) float32 in -1..1 at ``rate`` Hz; empty for silence. Raises
    ``WeightsError``."""
    sound = resample(samples, rate, RATE)
    recogniser = _load(weights.path("moonshine-tiny-en"))
    return " ".join(filter(None, (_hear(piece, recogniser) for piece in _split(sound)))).strip()


def word_error_rate(written: str, heard: str) -> float:
    """Substituted, left out and added words per word of the line (0 is perfect); punctuation, case and spelling count
    for nothing.

    ``written`` is the line as a person reads it, not as it was prepared for a voice, so that a fault of the preparation
    is an error: any reading that ``reading`` knows for a number, a unit or an abbreviation is right. A word that was
    not spoken at all, of whatever script, is one that was left out. Compared without the spaces between words as well,
    so that "any one" and "anyone" are no mistake.
    """
    want, got = segments(written), spoken_words(heard)
    letters = [frozenset(tuple("".join(reading)) for reading in segment) for segment in want]
    said = sum(min(map(len, segment)) for segment in want)
    if got == spoken_words(written) or distance(letters, tuple("".join(got))) == 0:
        return 0.0
    return distance(want, got) / max(said, 1)


def _split(sound: Samples) -> list[Samples]:
    if len(sound) <= LONGEST * RATE:
        return [sound]
    middle, reach = len(sound) // 2, int(min(3.0, len(sound) / RATE / 8) * RATE)
    window = RATE // 20
    loud = np.convolve(np.square(sound[middle - reach : middle + reach], dtype=np.float64), np.ones(window), "same")
    at = middle - reach + int(np.argmin(loud))
    return _split(sound[:at]) + _split(sound[at:])


def _hear(sound: Samples, recogniser: _Recogniser) -> str:
    if len(sound) < RATE // 10 or float(np.abs(sound).max()) < 1e-4:
        return ""
    mask = np.ones((1, len(sound)), np.int64)
    hidden = recogniser.encoder.run(None, {"input_values": sound[None], "attention_mask": mask})[0]
    limit = max(8, int(len(sound) / RATE * _TOKENS_PER_SECOND) + 8)
    return _text(_decode(recogniser.decoder, hidden, mask, limit), recogniser.pieces)


def _decode(
    decoder: onnxruntime.InferenceSession, hidden: NDArray[np.float32], mask: NDArray[np.int64], limit: int
) -> list[int]:
    # The mask stays at the sampling rate: the decoder thins it out itself.
    names = [
        f"{layer}.{part}.{kind}"
        for layer in range(_LAYERS)
        for part in ("decoder", "encoder")
        for kind in ("key", "value")
    ]
    # The first turn has no past: one empty position per layer, and the switch that makes the decoder compute the
    # encoder's keys.
    past = {
        name: np.zeros((1, _HEADS, 0 if ".decoder." in name else hidden.shape[1], _HEAD_SIZE), np.float32)
        for name in names
    }
    tokens = [_START]
    while len(tokens) < limit:
        feed: dict[str, NDArray[np.generic]] = {f"past_key_values.{name}": value for name, value in past.items()}
        feed |= {
            "encoder_attention_mask": mask,
            "encoder_hidden_states": hidden,
            "input_ids": np.array([tokens[-1:]], np.int64),
        }
        feed["use_cache_branch"] = np.array([len(tokens) > 1])
        logits, *present = decoder.run(None, feed)
        first = len(tokens) == 1
        past = {
            name: value if first or ".decoder." in name else past[name]
            for name, value in zip(names, present, strict=True)
        }
        tokens.append(int(logits[0, -1].argmax()))
        if tokens[-1] == _END:
            break
    return tokens


def _text(tokens: list[int], pieces: tuple[bytes, ...]) -> str:
    joined = b"".join(
        pieces[token]
        for token in tokens
        if token > _END and token < len(pieces) and not pieces[token].startswith(b"<<")
    )
    return joined.decode("utf-8", "replace").replace("\u2581", " ").strip()


@functools.cache
def _load(folder: Path) -> _Recogniser:
    encoder, decoder = open_session(folder / "encoder_model.ort"), open_session(folder / "decoder_model_merged.ort")
    return _Recogniser(encoder, decoder, _pieces((folder / "tokenizer.bin").read_bytes()))


def _pieces(data: bytes) -> tuple[bytes, ...]:
    """The vocabulary: a length, then that many bytes; a length over 127 takes two bytes, low part first."""
    pieces, at = [], 0
    while at < len(data):
        size, at = data[at], at + 1
        if size >= 128:
            if at >= len(data):
                break
            size, at = data[at] * 128 + size - 128, at + 1
        if at + size > len(data):
            raise WeightsError(
                "The recogniser's vocabulary 'moonshine-tiny-en' is cut off. Delete it from the weights cache "
                "and fetch it again."
            )
        pieces.append(data[at : at + size])
        at += size
    return tuple(pieces)
