"""How loud sound is: integrated loudness and true peak after ITU-R BS.1770-4."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Samples

SILENCE = -70.0
"""LUFS of the absolute gate; what is quieter counts as silence."""

_BLOCK, _HOP = 0.4, 0.1
_OVERSAMPLED = 4
_LONGEST_TRANSFORM = 1 << 16


def integrated(samples: Samples, rate: int) -> float:
    """Gated loudness in LUFS of (n,) mono or (n, 2) stereo in -1..1; ``SILENCE`` if no block passes the gate.

    A recording shorter than one block of 0.4 s is measured as a single block.
    """
    power = _block_power(_weighted(samples, rate), rate)
    loud = power[_lufs(power) > SILENCE]
    if len(loud) == 0:
        return SILENCE
    gated = loud[_lufs(loud) > _lufs(loud.mean()) - 10.0]
    return float(_lufs(gated.mean()))


def short_term(samples: Samples, rate: int, times: NDArray[np.floating], window: float = 3.0) -> NDArray[np.float64]:
    """Ungated loudness in LUFS over ``window`` seconds around each of ``times`` in seconds; windows that reach beyond
    the ends are shorter."""
    total = np.concatenate([[0.0], np.cumsum(np.square(_weighted(samples, rate)).sum(axis=0))])
    first = np.clip(np.round((times - window / 2) * rate).astype(int), 0, len(total) - 1)
    last = np.clip(np.round((times + window / 2) * rate).astype(int), 0, len(total) - 1)
    return np.maximum(_lufs((total[last] - total[first]) / np.maximum(last - first, 1)), SILENCE)


def true_peak(samples: Samples) -> float:
    """The highest level between the samples in dBTP, by fourfold oversampling; ``-inf`` for silence."""
    peak = float(max(oversampled_peak(channel).max(initial=0.0) for channel in _channels(samples)))
    return 20 * float(np.log10(peak)) if peak > 0 else float("-inf")


def oversampled_peak(channel: NDArray[np.floating]) -> NDArray[np.float64]:
    """The largest magnitude around every sample of (n,), with three points in between."""
    peak = np.abs(channel).astype(np.float64)
    for phase in _PHASES:
        between = np.abs(np.convolve(channel, phase, "full")[len(phase) // 2 - 1 :][: len(channel)])
        peak = np.maximum(peak, between)
    return np.asarray(peak)


def _phases() -> tuple[NDArray[np.float64], ...]:
    taps = 24
    at = np.arange(taps) - (taps // 2 - 1)
    offsets = [at - k / _OVERSAMPLED for k in range(1, _OVERSAMPLED)]
    kernels = [np.sinc(offset) * np.cos(np.pi * offset / taps) ** 2 for offset in offsets]
    return tuple((kernel / kernel.sum())[::-1] for kernel in kernels)


_PHASES = _phases()


def _channels(samples: Samples) -> NDArray[np.float32]:
    return samples[None] if samples.ndim == 1 else samples.T


def _lufs(power: NDArray[np.float64] | np.float64) -> NDArray[np.float64]:
    return np.asarray(-0.691 + 10 * np.log10(np.maximum(power, 1e-15)))


def _weighted(samples: Samples, rate: int) -> NDArray[np.float64]:
    """K-weighted channels (c, n), filtered through their spectrum in blocks that overlap by a quarter of a second, in
    which the filters ring out."""
    channels = _channels(samples)
    count, ringing = channels.shape[1], rate // 4
    size = min(_LONGEST_TRANSFORM, 1 << int(count + ringing).bit_length())
    step = size - ringing
    weighted = np.zeros((len(channels), -(-count // step) * step + ringing))
    for at in range(0, count, step):
        block = np.fft.rfft(channels[:, at : at + step].astype(np.float64), size, axis=1)
        weighted[:, at : at + size] += np.fft.irfft(block * _response(size, rate), size, axis=1)
    return weighted[:, :count]


@lru_cache(maxsize=8)
def _response(size: int, rate: int) -> NDArray[np.complex128]:
    z = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    return np.asarray(_shelf(z, rate) * _high_pass(z, rate))


def _shelf(z: NDArray[np.complex128], rate: int) -> NDArray[np.complex128]:
    """The head's effect: +4 dB above 1.7 kHz, the standard's filter carried to any rate."""
    gain, quality, k = 3.999843853973347, 0.7071752369554196, float(np.tan(np.pi * 1681.974450955533 / rate))
    vh = 10 ** (gain / 20)
    vb = vh**0.4996667741545416
    a0 = 1 + k / quality + k * k
    b = np.array([vh + vb * k / quality + k * k, 2 * (k * k - vh), vh - vb * k / quality + k * k]) / a0
    a = np.array([1.0, 2 * (k * k - 1) / a0, (1 - k / quality + k * k) / a0])
    return np.asarray((b[0] + b[1] * z + b[2] * z * z) / (a[0] + a[1] * z + a[2] * z * z))


def _high_pass(z: NDArray[np.complex128], rate: int) -> NDArray[np.complex128]:
    """Below 38 Hz loudness fades."""
    quality, k = 0.5003270373238773, float(np.tan(np.pi * 38.13547087602444 / rate))
    a0 = 1 + k / quality + k * k
    return np.asarray((1 - z) ** 2 / (1 + 2 * (k * k - 1) / a0 * z + (1 - k / quality + k * k) / a0 * z * z))


def _block_power(weighted: NDArray[np.float64], rate: int) -> NDArray[np.float64]:
    count, block, hop = weighted.shape[1], int(_BLOCK * rate), int(_HOP * rate)
    if count == 0:
        return np.zeros(1)
    total = np.concatenate([[0.0], np.cumsum(np.square(weighted).sum(axis=0))])
    starts = np.arange(0, max(1, count - block + 1), hop)
    ends = np.minimum(starts + block, count)
    return np.asarray((total[ends] - total[starts]) / np.maximum(ends - starts, 1))
