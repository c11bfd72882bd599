"""Another sampling rate for the same sound."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Samples


def resample(samples: Samples, rate: int, wanted: int) -> Samples:
    """(n,) or (n, 2) at ``rate`` Hz becomes (round(n * wanted / rate), ...) at ``wanted`` Hz, band-limited by cutting
    or padding the spectrum."""
    if rate == wanted or len(samples) == 0:
        return samples.astype(np.float32)
    if samples.ndim == 2:
        return np.stack([resample(channel, rate, wanted) for channel in samples.T], axis=1)
    # A tenth of a second of quiet on both sides keeps the end from leaking into the start.
    lead = rate // 10
    count, skip = max(1, round(len(samples) * wanted / rate)), round(lead * wanted / rate)
    return _by_spectrum(np.pad(samples, lead), rate, wanted)[skip : skip + count].astype(np.float32)


def _by_spectrum(samples: Samples, rate: int, wanted: int) -> NDArray[np.float64]:
    # The transform's length is a power of two of whole common periods: fast, and no drift between the rates.
    common = math.gcd(rate, wanted)
    periods = 1 << max(0, -(-len(samples) // (rate // common)) - 1).bit_length()
    size, out = periods * (rate // common), periods * (wanted // common)
    spectrum = np.fft.rfft(samples.astype(np.float64), size)
    shaped = np.zeros(out // 2 + 1, np.complex128)
    kept = min(len(spectrum), len(shaped))
    shaped[:kept] = spectrum[:kept]
    return np.asarray(np.fft.irfft(shaped, out) * (out / size))
