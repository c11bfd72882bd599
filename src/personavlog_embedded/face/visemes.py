"""From a voice to what its lips do: how far they part, how wide or round they are, where they meet.

No phonemes are recognised. What lips show can be heard in the spectrum: loudness and a high first formant open the jaw,
a high second formant spreads the lips and a low one rounds them, hiss alone shows the teeth, and a short dip of
everything but the lowest band is a p, b or m. Bands after the vowel charts of Peterson and Barney (JASA 24, 1952).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from personavlog_embedded.face.anatomy import Floats, smoothstep
from personavlog_embedded.face.mouth import RESTING, Shape

STEP = 0.01
"""Seconds between two looks at the voice."""
WINDOW = 0.032
AHEAD = 0.045
"""Seconds that lips are in place before they are heard."""
GAPE = 0.52
"""How far the loudest open vowel opens the mouth."""
NEARER = 0.45
"""How far speech closes lips that a smile parts."""
QUIET = -34.0
"""dB below the voice's loud parts where lips rest."""


@dataclass(frozen=True, eq=False)
class LipTrack:
    """Per frame: ``open`` and ``shut`` 0 to 1, ``wide`` -1 to 1, as ``Shape`` has them."""

    open: Floats
    wide: Floats
    shut: Floats

    def at(self, number: int) -> Shape:
        """The lips in one frame; at rest before and after the words."""
        if not 0 <= number < len(self.open):
            return RESTING
        values = (round(float(line[number]), 3) for line in (self.open, self.wide, self.shut))
        return Shape(*values)


def spoken(samples: NDArray[np.float32], rate: int, frames: int, fps: float) -> LipTrack:
    """The lips for ``frames`` at ``fps`` of a voice, float32 mono (or (n, channels)) in -1 to 1; the first frame is at
    rest."""
    mono = np.asarray(samples if samples.ndim == 1 else samples.mean(axis=1), np.float64)
    steps = max(round(frames / fps / STEP), 1) + 1
    bands = _bands(mono, rate, steps)
    level, jaw, spread, hiss = _heard(bands)
    loud = smoothstep((level - QUIET) / -QUIET)
    part = GAPE * loud * (0.3 + 0.7 * jaw) * (1 - 0.72 * hiss) + 0.05 * hiss * loud
    closed = _closures(level)
    part = _smooth(part, 0.035) * (1 - _smooth(closed, 0.012))
    width = _smooth(np.where(loud > 0.1, spread * loud * (1 - closed), 0.0), 0.055)
    # While words are said, lips that a smile parts come nearer wherever the jaw is not low.
    nearer = NEARER * _speaking(loud) * (1 - np.clip(part / GAPE, 0, 1))
    return _framed(part, width, closed, nearer, frames, fps)


def _framed(part: Floats, width: Floats, closed: Floats, nearer: Floats, frames: int, fps: float) -> LipTrack:
    """What was found per ``STEP``, per frame: lips are early, and a closure shorter than a frame is still seen."""
    times, steps = np.arange(frames) / fps, np.arange(len(part)) * STEP
    onset = smoothstep(times / 0.12)
    met = _kept(_smooth(closed, 0.02), times + AHEAD, 0.5 / fps)
    opened = np.interp(times + AHEAD, steps, part) * (1 - 0.8 * met) * onset
    wide = np.interp(times + AHEAD, steps, width) * onset
    # An open jaw leaves little to round.
    wide = wide * np.where(wide < 0, 1 - 0.6 * np.clip(opened / GAPE, 0, 1), 1)
    shut = np.maximum(met, np.interp(times + AHEAD, steps, nearer)) * onset
    return LipTrack(np.clip(opened, 0, 1), np.clip(wide, -1, 1), np.clip(shut, 0, 1))


_EDGES = ((60, 320), (320, 520), (520, 1000), (700, 1250), (1700, 2900), (3600, 7600), (60, 3600))
"""Hz: voice and closed vowels, half open, open, back, front, hiss, all but hiss."""


def _bands(mono: Floats, rate: int, steps: int) -> Floats:
    """(bands, steps): mean power per band."""
    size = max(round(WINDOW * rate), 16)
    padded = np.concatenate([np.zeros(size // 2), mono, np.zeros(size)])
    starts = np.round(np.arange(steps) * STEP * rate).astype(int)
    frequencies = np.fft.rfftfreq(size, 1 / rate)
    power = np.zeros((len(_EDGES), steps))
    window = np.hanning(size)
    for number, start in enumerate(starts):
        if start + size > len(padded):
            break
        spectrum = np.abs(np.fft.rfft(padded[start : start + size] * window)) ** 2
        power[:, number] = [float(spectrum[(frequencies >= low) & (frequencies < high)].sum()) for low, high in _EDGES]
    return power / size


def _heard(power: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Level in dB below the loud parts, openness 0 to 1, spread -1 to 1, hiss 0 to 1; each (steps,)."""
    low, half, high, back, front, hiss, rest = power + 1e-12
    total = hiss + rest
    speech = total[total > 1e-9]
    loudest = float(np.percentile(speech, 92)) if speech.size else 1.0
    level = np.clip(10 * np.log10(total / loudest), -80, 6)
    height = np.log(high / (low + 0.6 * half))
    jaw = smoothstep(_ranked(height, level > -20))
    spread = 2 * _ranked(np.log(front / back), level > -20) - 1
    return level, jaw, spread, smoothstep((hiss / total - 0.25) / 0.4)


def _ranked(feature: Floats, counted: NDArray[np.bool_]) -> Floats:
    """0 to 1 between this voice's own low and high values, so that a deep voice is not always rounded."""
    if counted.sum() < 5:
        return np.full(len(feature), 0.5)
    low, high = np.percentile(feature[counted], [12, 88])
    return np.asarray(np.clip(0.5 + (feature - (low + high) / 2) / max(float(high - low), 1.0), 0, 1))


def _closures(level: Floats) -> Floats:
    """1 in dips of 30 to 160 ms between loud parts: p, b, m and the like."""
    reach = round(0.09 / STEP)
    padded = np.pad(level, reach, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1)
    shoulder = np.minimum(windows[:, :reach].max(axis=1), windows[:, reach + 1 :].max(axis=1))
    return smoothstep((shoulder - level - 9) / 7) * smoothstep((shoulder + 26) / 10)


def _speaking(loud: Floats) -> Floats:
    """1 through words and the short pauses between them."""
    return smoothstep(_smooth((loud > 0.25).astype(np.float64), 0.25) / 0.4)


def _smooth(line: Floats, seconds: float) -> Floats:
    reach = max(round(3 * seconds / STEP), 1)
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) * STEP / seconds) ** 2)
    return np.asarray(np.convolve(np.pad(line, reach, mode="edge"), kernel / kernel.sum(), mode="valid"))


def _kept(line: Floats, times: Floats, half: float) -> Floats:
    """The highest value within each frame's time."""
    steps = np.arange(len(line)) * STEP
    return np.asarray(np.max([np.interp(times + shift, steps, line) for shift in (-half, 0.0, half)], axis=0))
