"""Sound files as numbers, of bounded length."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import soundfile

from personavlog.errors import MediaError
from personavlog.media.arrays import Samples
from personavlog.media.process import running

LONGEST = 900.0
"""Seconds; a vlog lasts minutes."""
RATE = 48_000
MOST_CHANNELS = 8
FORMS = {".mp4": "mov", ".mov": "mov", ".m4a": "mov", ".webm": "matroska", ".mkv": "matroska"}


def sound_of(path: Path) -> tuple[Samples, int]:
    """Samples in -1..1, (n,) mono or (n, 2) stereo, and their rate in Hz, of a WAV, FLAC, Ogg or MP3 file or of a
    film's first sound.

    Raises ``MediaError`` for what is no sound, lasts more than ``LONGEST`` seconds or holds no samples.
    """
    if path.suffix.lower() in FORMS:
        with tempfile.TemporaryDirectory(prefix="personavlog-") as folder:
            return _read(_taken_out(path, Path(folder) / "sound.wav"), path)
    return _read(path, path)


def seconds_of(path: Path) -> float:
    """How long a sound lasts, by its header; raises ``MediaError`` for what is no sound."""
    try:
        with soundfile.SoundFile(str(path)) as sound:
            return float(sound.frames / sound.samplerate)
    except (soundfile.SoundFileError, RuntimeError, ValueError, TypeError) as error:
        raise _damaged(path) from error


def mono(samples: Samples) -> Samples:
    """(n,) of (n,) or (n, channels)."""
    return samples if samples.ndim == 1 else np.asarray(samples.mean(axis=1), np.float32)


def _read(file: Path, shown: Path) -> tuple[Samples, int]:
    try:
        with soundfile.SoundFile(str(file)) as sound:
            rate = int(sound.samplerate)
            if not 4000 <= rate <= 192_000:
                raise MediaError(f"{shown.name!r} has {rate} samples a second; 4000 to 192000 are read.")
            # A header may lie about the length.
            if sound.channels > MOST_CHANNELS:
                raise MediaError(f"{shown.name!r} has {sound.channels} channels; at most {MOST_CHANNELS} are read.")
            most = int(LONGEST * min(rate, RATE))
            samples = sound.read(most + 1, dtype="float32", always_2d=True)
    except (soundfile.SoundFileError, RuntimeError, ValueError, TypeError) as error:
        raise _damaged(shown) from error
    if len(samples) > most:
        raise MediaError(f"{shown.name!r} lasts more than {LONGEST / 60:.0f} minutes, which no vlog does.")
    if not samples.size or not np.isfinite(samples).all():
        raise MediaError(f"{shown.name!r} holds no sound.")
    return np.asarray(samples[:, 0] if samples.shape[1] == 1 else samples[:, :2], np.float32), rate


def _taken_out(film: Path, target: Path) -> Path:
    form = FORMS[film.suffix.lower()]
    source = [
        "-protocol_whitelist",
        "file",
        "-f",
        form,
        "-i",
        f"file:{film}",
        "-map",
        "0:a:0",
        "-t",
        f"{LONGEST + 1:g}",
    ]
    with running(*source, "-ac", "2", "-ar", str(RATE), str(target)) as process:
        if process.finish() != 0:
            reason = process.reason().splitlines()[-1][-160:]
            raise MediaError(f"The sound of {film.name!r} cannot be read: {reason!r}.")
    return target


def _damaged(path: Path) -> MediaError:
    return MediaError(f"{path.name!r} is no sound that is read here (WAV, FLAC, Ogg, MP3), or it is damaged.")
