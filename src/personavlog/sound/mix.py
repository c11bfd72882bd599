"""The soundtrack (Eq. 12): spoken lines at their times, music that steps back while somebody speaks, one loudness for
the whole film."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from personavlog.errors import ConfigurationError
from personavlog.media import Audio
from personavlog.media.arrays import Samples
from personavlog.metrics import loudness as measured
from personavlog.metrics.resample import resample
from personavlog.runs.blobs import Blobs
from personavlog.sound.loudness import normalised

RATE = 48_000

UNDER_SPEECH = 15.0
"""dB that the music lies below the speech while somebody speaks."""

BETWEEN = 7.0
"""dB that the music lies below the speech's level where nobody speaks."""

ATTACK, RELEASE = 0.25, 0.6
"""Seconds in which the music steps back before a line, and comes up again after it."""

_FADE_IN, _FADE_OUT = 0.5, 1.2
_BREATH = 1.0
_LEVEL_WINDOW = 3.0
_EVENED = 6.0
_SPEECH = -20.0
_BOTH_SIDES = 10 * float(np.log10(2))
"""dB that a voice gains when both loudspeakers play it."""


@dataclass(frozen=True)
class PlacedLine:
    """Mono speech (n,) at 48 kHz that begins at ``start`` seconds of the film."""

    samples: Samples
    start: float

    @property
    def end(self) -> float:
        """When it ends, in seconds of the film."""
        return self.start + len(self.samples) / RATE


@dataclass(frozen=True)
class Mix:
    """The mixed film sound (n, 2) at 48 kHz with what was measured on it.

    ``lufs`` integrated loudness, ``true_peak`` in dBTP, ``duck_db`` how many dB the music stepped back while somebody
    spoke, ``over_music_db`` how far the speech lies above the music then; the last two are None without speech or
    without music.
    """

    samples: Samples
    lufs: float
    true_peak: float
    duck_db: float | None
    over_music_db: float | None


@dataclass(frozen=True)
class MixResult:
    """The stored soundtrack, 48 kHz stereo, with the numbers of ``Mix``."""

    audio: Audio
    lufs: float
    true_peak: float
    duck_db: float | None
    over_music_db: float | None


def mix(blobs: Blobs, lines: Sequence[tuple[Audio, float]], music: Audio | None, duration: float) -> MixResult:
    """Mix stored ``lines`` (speech and its start in seconds) and ``music`` to ``duration`` seconds. Blocking: run it in
    a thread.

    Raises ``ConfigurationError`` if lines overlap or end after the film.
    """
    result = mix_samples(*read(blobs, lines, music), duration)
    return MixResult(
        blobs.put_audio(result.samples, RATE), result.lufs, result.true_peak, result.duck_db, result.over_music_db
    )


def read(
    blobs: Blobs, lines: Sequence[tuple[Audio, float]], music: Audio | None
) -> tuple[list[PlacedLine], Samples | None]:
    """Stored lines and music as samples at 48 kHz: the lines in mono, the music (m, 2)."""
    placed = [PlacedLine(resample(_mono(blobs.samples(audio)), audio.rate, RATE), start) for audio, start in lines]
    return placed, resample(_stereo(blobs.samples(music)), music.rate, RATE) if music else None


def mix_samples(lines: Sequence[PlacedLine], music: Samples | None, duration: float) -> Mix:
    """The same on samples; ``music`` is (m, 2) at 48 kHz, cut or ended with silence to fit."""
    check_places(lines, duration)
    spoken, behind, gain_db = layers(lines, music, round(duration * RATE))
    whole = normalised((spoken + behind).astype(np.float32), RATE)
    ducked, over = _separation(lines, spoken, behind, gain_db) if lines and music is not None else (None, None)
    return Mix(whole, measured.integrated(whole, RATE), measured.true_peak(whole), ducked, over)


def layers(
    lines: Sequence[PlacedLine], music: Samples | None, count: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """What is added up: speech (count, 2), the music behind it (count, 2), and the gain in dB (count,) that the music
    got before it was faded in and out."""
    gain_db = music_gain(music, lines, count) if music is not None else np.zeros(count)
    behind = _fitted(music, count) * (10 ** (gain_db / 20))[:, None] if music is not None else np.zeros((count, 2))
    return _speech(lines, count), _faded(behind), gain_db


def check_places(lines: Sequence[PlacedLine], duration: float) -> None:
    """Raise ``ConfigurationError`` if a line begins before the film or the end of the one before it, or ends after the
    film."""
    for number, line in enumerate(lines):
        if line.start < 0 or line.end > duration + 0.001:
            raise ConfigurationError(
                f"Line {number + 1} is spoken from {line.start:.2f} s to {line.end:.2f} s of a film of "
                f"{duration:.2f} s. Plan it again."
            )
    for number, (line, following) in enumerate(pairwise(lines), 2):
        if following.start < line.end - 0.001:
            raise ConfigurationError(
                f"Line {number} begins at {following.start:.2f} s, before the line in front of it ends at "
                f"{line.end:.2f} s. Plan it again."
            )


def music_gain(music: Samples, lines: Sequence[PlacedLine], count: int) -> NDArray[np.float64]:
    """The music's gain in dB at each of ``count`` samples: open between lines, back under them, in smooth ramps.

    The times of the lines and all levels are known beforehand, so no compressor has to guess them.
    """
    whole = measured.integrated(music, RATE)
    opened = _SPEECH - BETWEEN - whole
    if not lines:
        return np.full(count, opened)
    back = _presence(lines, count)
    evened = np.clip(whole - _level(music, count), -_EVENED, _EVENED)
    # Between lines the music keeps half of its own dynamics; under them it keeps its distance.
    return np.asarray(opened + evened * (1 + back) / 2 + back * (BETWEEN - UNDER_SPEECH))


def _presence(lines: Sequence[PlacedLine], count: int) -> NDArray[np.float64]:
    """1 while somebody speaks, 0 where nobody does, raised cosines between; gaps that are too short to come up in are
    left down."""
    spans: list[tuple[float, float]] = []
    for line in lines:
        if spans and line.start - spans[-1][1] < ATTACK + RELEASE + _BREATH:
            spans[-1] = (spans[-1][0], line.end)
        else:
            spans.append((line.start, line.end))
    time, presence = np.arange(count) / RATE, np.zeros(count)
    for start, end in spans:
        # Beyond its ramps a line changes nothing, and a film has many lines.
        near = slice(max(int((start - ATTACK) * RATE), 0), max(int((end + RELEASE) * RATE) + 2, 0))
        ramp = np.minimum(
            np.clip((time[near] - start + ATTACK) / ATTACK, 0, 1), np.clip((end + RELEASE - time[near]) / RELEASE, 0, 1)
        )
        presence[near] = np.maximum(presence[near], 0.5 - 0.5 * np.cos(np.pi * ramp))
    return presence


def _level(music: Samples, count: int) -> NDArray[np.float64]:
    """The music's loudness around each sample in LUFS, over three seconds, so that loud passages step back further than
    quiet ones."""
    times = np.arange(0, count / RATE + 0.25, 0.25)
    return np.interp(np.arange(count) / RATE, times, measured.short_term(music, RATE, times, _LEVEL_WINDOW))


def _speech(lines: Sequence[PlacedLine], count: int) -> NDArray[np.float64]:
    track = np.zeros(count)
    for line in lines:
        at = round(line.start * RATE)
        part = line.samples[: max(0, count - at)]
        track[at : at + len(part)] += (
            part * 10 ** ((_SPEECH - _BOTH_SIDES - measured.integrated(line.samples, RATE)) / 20) if len(part) else 0.0
        )
    return np.stack([track, track], axis=1)


def _fitted(music: Samples, count: int) -> Samples:
    return np.pad(music[:count], ((0, max(0, count - len(music))), (0, 0)))


def _faded(track: NDArray[np.float64]) -> NDArray[np.float64]:
    for seconds, part in ((_FADE_IN, track), (_FADE_OUT, track[::-1])):
        size = min(int(seconds * RATE), len(track) // 2)
        part[:size] *= (0.5 - 0.5 * np.cos(np.pi * np.arange(size) / max(1, size)))[:, None]
    return track


def _separation(
    lines: Sequence[PlacedLine], spoken: NDArray[np.float64], behind: NDArray[np.float64], gain_db: NDArray[np.float64]
) -> tuple[float | None, float | None]:
    during = np.zeros(len(spoken), bool)
    for line in lines:
        during[round(line.start * RATE) : round(line.end * RATE)] = True
    if not during.any():
        return None, None
    over = measured.integrated(spoken[during].astype(np.float32), RATE) - measured.integrated(
        behind[during].astype(np.float32), RATE
    )
    return float(_open_gain(gain_db, lines) - gain_db[during].mean()), float(over)


def _open_gain(gain_db: NDArray[np.float64], lines: Sequence[PlacedLine]) -> float:
    """The mean gain where the music is fully up; the highest gain where it never is."""
    up = _presence(lines, len(gain_db)) == 0
    return float(gain_db[up].mean() if up.any() else gain_db.max())


def _mono(samples: Samples) -> Samples:
    return samples if samples.ndim == 1 else np.asarray(samples.mean(axis=1), np.float32)


def _stereo(samples: Samples) -> Samples:
    return np.stack([samples, samples], axis=1) if samples.ndim == 1 else samples
