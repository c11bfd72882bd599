"""Recordings that a person hands over: a sample of their voice, for backbones that clone voices, or a line of the film
that they spoke themselves."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from personavlog.errors import BriefError, MediaError
from personavlog.frozen import Frozen
from personavlog.media import Audio
from personavlog.media.file import looks_like, read_bytes
from personavlog.metrics.resample import resample
from personavlog.runs.blobs import Blobs

RATE = 24_000
MIN_SECONDS, MAX_SECONDS = 1.0, 60.0
SHORTEST_LINE = 0.2
MIN_RATE, MAX_RATE = 8_000, 192_000
SILENCE = 0.003
"""Peak below which a recording counts as silent: -50 dB of full scale."""
FORMATS = ("WAV", "WAVEX", "RF64", "FLAC", "OGG", "MP3")
ADVICE = (
    "Read are WAV, FLAC, Ogg and MP3 recordings; convert another kind first, for example with: ffmpeg -i recording.m4a "
    "recording.wav"
)


class VoiceIntake(Frozen):
    """A recording that can be used: mono, 24 kHz."""

    audio: Audio


def read_voice(path: Path, blobs: Blobs) -> VoiceIntake:
    """Read a voice sample of 1 to 60 s; raises ``BriefError`` for a kind, length or loudness that does not fit,
    ``MediaError`` for a damaged file."""
    advice = ", and 10 to 20 s of plain speech are best"
    return _read(path, blobs, "voice sample", shortest=MIN_SECONDS, advice=advice)


def read_line(path: Path, blobs: Blobs) -> VoiceIntake:
    """Read a line of the film that somebody spoke, 0.2 to 60 s; raises as ``read_voice`` does."""
    return _read(path, blobs, "voice", shortest=SHORTEST_LINE)


def _read(path: Path, blobs: Blobs, what: str, *, shortest: float, advice: str = "") -> VoiceIntake:
    shown = f"The {what} {str(path)!r}"
    samples, rate = _decoded(read_bytes(path, what), shown)
    seconds = len(samples) / rate
    if not shortest <= seconds <= MAX_SECONDS:
        length = f"{seconds:.1f} s long" if seconds <= MAX_SECONDS else f"longer than {MAX_SECONDS:.0f} s"
        raise BriefError(f"{shown} is {length}; {shortest:g} to {MAX_SECONDS:.0f} s fit{advice}.")
    mono = samples.mean(axis=1)
    if not np.isfinite(mono).all():
        raise MediaError(f"{shown} holds numbers that are no sound. Export it again.")
    if np.abs(mono).max() < SILENCE:
        raise BriefError(f"{shown} is silent. Record it again, closer to the microphone.")
    return VoiceIntake(audio=blobs.put_audio(resample(mono, rate, RATE), RATE))


def _decoded(data: bytes, shown: str) -> tuple[NDArray[np.float32], int]:
    try:
        with soundfile.SoundFile(io.BytesIO(data)) as sound:
            _check(sound, shown)
            # A header may lie about the length: one sample more than allowed is enough to know.
            samples = sound.read(int(MAX_SECONDS * sound.samplerate) + 1, dtype="float32", always_2d=True)
            return samples, int(sound.samplerate)
    except (soundfile.SoundFileError, RuntimeError, ValueError, TypeError) as error:
        kind = looks_like(data)
        broken = "damaged, though it begins like " if "recording" in kind and "M4A" not in kind else ""
        raise MediaError(f"{shown} is {broken}{kind}. {ADVICE}.") from error


def _check(sound: soundfile.SoundFile, shown: str) -> None:
    if sound.format not in FORMATS:
        raise BriefError(f"{shown} is a {sound.format} recording. {ADVICE}.")
    if not MIN_RATE <= sound.samplerate <= MAX_RATE:
        raise BriefError(
            f"{shown} has {sound.samplerate} samples a second; {MIN_RATE} to {MAX_RATE} fit. Export it at "
            "24000 or 48000."
        )
