"""Faster or slower speech at the same pitch, by waveform similarity overlap-add (Verhelst and Roelands, 1993)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from personavlog.errors import ConfigurationError
from personavlog.media.arrays import Samples
from personavlog.sound.fit import LONGEST_STRETCH

_WINDOW = 0.03
_SEARCH = 0.008


def stretch(samples: Samples, rate: int, factor: float) -> Samples:
    """Mono ``samples`` (n,) played ``factor`` times as fast, (about n / factor,); raises ``ConfigurationError`` beyond
    ten per cent either way."""
    if not 1 / LONGEST_STRETCH - 1e-6 <= factor <= LONGEST_STRETCH + 1e-6:
        raise ConfigurationError(
            f"A line can be spoken at most {LONGEST_STRETCH - 1:.0%} faster or slower, received a factor of {factor!r}."
        )
    half = int(_WINDOW * rate / 2)
    if factor == 1.0 or len(samples) < 6 * half:
        return samples
    return _overlapped(samples, half, int(_SEARCH * rate), factor)


def _overlapped(samples: Samples, half: int, search: int, factor: float) -> Samples:
    count = round(len(samples) / factor)
    padded = np.pad(samples.astype(np.float64), (search + half, 2 * half + 2 * search))
    window = 0.5 - 0.5 * np.cos(2 * np.pi * (np.arange(2 * half) + 0.5) / (2 * half))
    out = np.zeros(count + 4 * half)
    # Positions count from half a window before the first sample, so that the first sample already has its full weight.
    place = search
    for number in range(count // half + 2):
        frame = padded[place : place + 2 * half]
        out[number * half : number * half + len(frame)] += frame * window[: len(frame)]
        natural = padded[place + half : place + 3 * half]
        ideal = search + round((number + 1) * half * factor)
        if ideal + search + 2 * half > len(padded) or len(natural) < 2 * half:
            break
        place = ideal - search + _best_match(padded[ideal - search : ideal + search + 2 * half], natural)
    return out[half : half + count].astype(np.float32)


def _best_match(region: NDArray[np.float64], natural: NDArray[np.float64]) -> int:
    """Where in ``region`` the sound is most like the one that would follow naturally."""
    size = 1 << (len(region) + len(natural)).bit_length()
    product = np.fft.irfft(np.fft.rfft(region, size) * np.conj(np.fft.rfft(natural, size)), size)
    places = len(region) - len(natural) + 1
    energy = np.concatenate([[0.0], np.cumsum(region**2)])
    norm = np.sqrt(energy[len(natural) :][:places] - energy[:places] + 1e-9)
    return int((product[:places] / norm).argmax())
