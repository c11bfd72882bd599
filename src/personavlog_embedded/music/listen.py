"""What is heard in a piece of music: onsets, tempo, beats, bar lines, key colour, loudness; all from short-time
spectra."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from personavlog.media.arrays import Samples
from personavlog.metrics.resample import resample

Values = NDArray[np.float64]

RATE = 24_000
"""Hz at which music is analysed."""

HOP = 256
FRAMES_PER_SECOND = RATE / HOP

SLOWEST, FASTEST, USUAL = 55.0, 170.0, 92.0
"""Tempo in beats per minute: the range looked at and the one preferred between half and double."""

BEATS_IN_A_BAR = 4

_WINDOW, _CHROMA_WINDOW = 1024, 4096
_BANDS = 36
_TIGHTNESS = 100.0
_MAJOR = np.array([6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88])
_MINOR = np.array([6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17])
"""Krumhansl and Kessler's key profiles (1982)."""


@dataclass(frozen=True)
class Heard:
    """``tempo`` in beats per minute, ``beats`` in seconds, ``first_bar`` the first beat that begins a bar; ``color``
    one row of 48 features per beat."""

    tempo: float
    beats: Values
    first_bar: int
    color: Values


@dataclass(frozen=True)
class Features:
    """``tempo`` in beats per minute, ``brightness`` the centroid of the magnitudes in Hz, ``drive`` the mean onset
    strength, ``minor`` -1 to 1."""

    tempo: float
    brightness: float
    drive: float
    minor: float


def hear(samples: Samples, rate: int) -> Heard:
    """Beats and bars of (n, 2) or (n,) music."""
    mono = _mono(samples, rate)
    bands = _band_levels(mono)
    onsets = _onsets(bands)
    tempo = _tempo(onsets)
    beats = _beats(onsets, tempo)
    color = np.concatenate([_per_beat(bands, beats / 1.0), _chroma_per_beat(mono, beats)], axis=1)
    return Heard(tempo, beats / FRAMES_PER_SECOND, _first_bar(bands, color, beats), color)


def features(samples: Samples, rate: int) -> Features:
    """The numbers by which a track is chosen."""
    mono = _mono(samples, rate)
    bands = _band_levels(mono)
    onsets = _onsets(bands)
    spectrum = np.abs(np.fft.rfft(sliding_window_view(mono, _WINDOW)[:: RATE // 4] * np.hanning(_WINDOW), axis=1))
    frequency = np.fft.rfftfreq(_WINDOW, 1 / RATE)
    centroid = float((spectrum.sum(axis=0) * frequency).sum() / max(spectrum.sum(), 1e-12))
    return Features(_tempo(onsets), centroid, float(onsets.mean()), _minor(_chroma(mono).mean(axis=0)))


def _mono(samples: Samples, rate: int) -> Samples:
    single = samples if samples.ndim == 1 else samples.mean(axis=1, dtype=np.float32)
    if rate == 2 * RATE:
        # Neighbours averaged: what folds down lies above 12 kHz, where music has next to nothing.
        return np.asarray(single[: len(single) // 2 * 2].reshape(-1, 2).mean(axis=1), np.float32)
    return resample(single, rate, RATE)


def _band_levels(mono: Samples) -> Values:
    """(frames, bands) compressed magnitudes in bands of equal width on a logarithmic scale, 40 Hz to 10 kHz."""
    edges = np.geomspace(40, 10_000, _BANDS + 1)
    frequency = np.fft.rfftfreq(_WINDOW, 1 / RATE)
    weights = np.stack(
        [
            np.maximum(0, 1 - np.abs(np.log(np.maximum(frequency, 1) / np.sqrt(a * b))) / np.log(b / a))
            for a, b in pairwise(edges)
        ]
    )
    weights[:, 0] = 0
    frames = sliding_window_view(np.pad(mono, _WINDOW // 2), _WINDOW)[::HOP]
    levels = [
        np.abs(np.fft.rfft(frames[at : at + 2048] * np.hanning(_WINDOW), axis=1)) @ weights.T
        for at in range(0, len(frames), 2048)
    ]
    return np.asarray(np.log1p(20 * np.concatenate(levels)))


def _onsets(bands: Values) -> Values:
    """How much begins in every frame."""
    rise = np.maximum(0, np.diff(bands, axis=0, prepend=bands[:1]))
    strength = rise.mean(axis=1)
    return np.asarray(np.maximum(0, strength - _smooth(strength, int(FRAMES_PER_SECOND / 2))))


def _smooth(values: Values, width: int) -> Values:
    padded = np.pad(values, (width // 2, width - width // 2), mode="edge")
    total = np.concatenate([[0.0], np.cumsum(padded)])
    return np.asarray((total[width:] - total[:-width])[: len(values)] / width)


def _tempo(onsets: Values) -> float:
    size = 1 << (2 * len(onsets)).bit_length()
    repeated = np.fft.irfft(np.abs(np.fft.rfft(onsets - onsets.mean(), size)) ** 2)[: int(8 * FRAMES_PER_SECOND)]
    lags = np.arange(int(60 / FASTEST * FRAMES_PER_SECOND), int(60 / SLOWEST * FRAMES_PER_SECOND) + 1)
    # A beat's lag is good if two and four beats repeat as well; the usual tempo is preferred to its half and double.
    support = sum(np.interp(lags * k, np.arange(len(repeated)), repeated) / k**0.5 for k in (1, 2, 4))
    prior = np.exp(-0.5 * (np.log2(60 * FRAMES_PER_SECOND / lags / USUAL) / 0.55) ** 2)
    best = int((support * prior).argmax())
    around = np.clip([best - 1, best, best + 1], 0, len(lags) - 1)
    a, b, c = (support * prior)[around]
    shift = 0.0 if a - 2 * b + c == 0 else float(np.clip(0.5 * (a - c) / (a - 2 * b + c), -0.5, 0.5))
    return float(60 * FRAMES_PER_SECOND / (lags[best] + shift))


def _beats(onsets: Values, tempo: float) -> Values:
    """Beat frames by dynamic programming (Ellis, "Beat Tracking by Dynamic Programming", 2007)."""
    period = 60 * FRAMES_PER_SECOND / tempo
    kernel = np.exp(-0.5 * (np.arange(-int(period), int(period) + 1) * 32 / period) ** 2)
    local = np.convolve(onsets / max(onsets.std(), 1e-9), kernel, "same")
    reach = np.arange(-round(2 * period), -round(period / 2))
    cost = -_TIGHTNESS * np.log(-reach / period) ** 2
    score, back = local.copy(), np.full(len(local), -1)
    for at in range(-int(reach[0]), len(local)):
        chain = cost + score[at + reach[0] : at + reach[-1] + 1]
        best = int(chain.argmax())
        score[at] += max(chain[best], 0.0)
        back[at] = at + reach[best] if chain[best] > 0 else -1
    last = (
        len(score) - int(period) + int(score[-int(period) :].argmax()) if len(score) > period else int(score.argmax())
    )
    beats = [last]
    while back[beats[-1]] >= 0:
        beats.append(int(back[beats[-1]]))
    return np.array(beats[::-1], np.float64)


def _per_beat(rows: Values, beats: Values) -> Values:
    bounds = np.append(
        beats, min(len(rows), beats[-1] + np.diff(beats[-3:]).mean() if len(beats) > 1 else len(rows))
    ).astype(int)
    total = np.concatenate([np.zeros((1, rows.shape[1])), np.cumsum(rows, axis=0)])
    bounds = np.clip(bounds, 0, len(rows))
    return np.asarray((total[bounds[1:]] - total[bounds[:-1]]) / np.maximum(1, np.diff(bounds))[:, None])


def _chroma(mono: Samples) -> Values:
    """(frames, 12) shares of the pitch classes, C first; a frame is 2,048 samples on from the last."""
    frequency = np.fft.rfftfreq(_CHROMA_WINDOW, 1 / RATE)
    heard = (frequency > 80) & (frequency < 2500)
    classes = np.round(12 * np.log2(frequency[heard] / 261.63)).astype(int) % 12
    frames = sliding_window_view(np.pad(mono, _CHROMA_WINDOW // 2), _CHROMA_WINDOW)[:: _CHROMA_WINDOW // 2]
    magnitude = np.abs(np.fft.rfft(frames * np.hanning(_CHROMA_WINDOW), axis=1))[:, heard]
    shares = np.stack([magnitude[:, classes == pitch].sum(axis=1) for pitch in range(12)], axis=1)
    return np.asarray(shares / np.maximum(shares.sum(axis=1, keepdims=True), 1e-9))


def _chroma_per_beat(mono: Samples, beats: Values) -> Values:
    return 12 * _per_beat(_chroma(mono), beats * HOP / (_CHROMA_WINDOW // 2))


def _first_bar(bands: Values, color: Values, beats: Values) -> int:
    """Bars begin where the bass drum is strong and the harmony changes."""
    if len(beats) < 2 * BEATS_IN_A_BAR:
        return 0
    low = np.maximum(0, np.diff(bands[:, :8].mean(axis=1), prepend=0))
    kick = np.array([low[max(0, int(beat) - 3) : int(beat) + 5].max(initial=0.0) for beat in beats])
    change = np.concatenate([[0.0], np.abs(np.diff(color[:, _BANDS:], axis=0)).sum(axis=1)])
    strength = kick / max(kick.mean(), 1e-9) + change / max(change.mean(), 1e-9)
    return int(np.argmax([strength[phase::BEATS_IN_A_BAR].mean() for phase in range(BEATS_IN_A_BAR)]))


def _minor(chroma: Values) -> float:
    """How much better the best minor key fits than the best major key, -1 to 1."""
    major, minor = (
        max(float(np.corrcoef(np.roll(profile, pitch), chroma)[0, 1]) for pitch in range(12))
        for profile in (_MAJOR, _MINOR)
    )
    return float(np.clip(3 * (minor - major), -1, 1))
