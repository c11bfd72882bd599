"""How far the music steps back while somebody speaks, taken from the finished mix.

The mix is ``gain(t) * music + voices``: where the voices and the music begin in it is found by correlation, and the
music's gain by least squares in windows of half a second. What the music's own dynamics do does not count, only what
the mixer did.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Samples

RATE = 8000
"""Hz at which everything is compared: speech and music both live there."""
WINDOW = 0.5
"""Seconds in which the gain is taken as one number."""
RAMP = 1.0
"""Seconds around speech that count neither as speech nor as open: the mixer is on its way."""
FOUND = 0.2
"""Least normalised correlation with which a voice or the music counts as found in the mix."""
EXPLAINED = 0.7
"""Least share of a window's energy that music and voices together explain; other windows are left out."""
LEAST = 3
"""Windows under speech, and without, that are needed."""
QUIET = 1e-5
"""Mean power of music or mix below which a window says nothing: -50 dB of full scale."""

Signal = NDArray[np.float64]


@dataclass(frozen=True)
class Ducking:
    """``decibels`` the music is softer under speech; None and ``why``. ``under`` and ``open`` count the windows."""

    decibels: float | None
    why: str = ""
    under: int = 0
    open: int = 0


def ducking(mix: Samples, music: Samples, voices: Sequence[Samples]) -> Ducking:
    """Mono (n,) signals at ``RATE``; the voices in the order in which they are spoken."""
    whole = np.asarray(mix, np.float64)
    speech, spoken = np.zeros(len(whole)), np.zeros(len(whole), bool)
    lost, begin = 0, 0
    for voice in voices:
        start, likeness = _found(whole[begin:], np.asarray(voice, np.float64))
        if likeness < FOUND:
            lost += 1
            continue
        at = begin + start
        part = voice[: len(whole) - at]
        speech[at : at + len(part)] += part
        spoken[at : at + len(part)] = True
        begin = at + len(part)
    if not spoken.any():
        return Ducking(None, "No voice was found in the mix.")
    if lost:
        return Ducking(None, f"{lost} of {len(voices)} voices were not found in the mix.")
    start, likeness = _found(whole - _projected(whole, speech), np.asarray(music, np.float64))
    if likeness < FOUND:
        return Ducking(None, "The music was not found in the mix.")
    behind = np.zeros(len(whole))
    part = music[: len(whole) - start]
    behind[start : start + len(part)] = part
    return _compared(whole, behind, speech, spoken)


def _compared(mix: Signal, music: Signal, speech: Signal, spoken: NDArray[np.bool_]) -> Ducking:
    size, near = int(WINDOW * RATE), _widened(spoken, int(RAMP * RATE))
    under: list[float] = []
    open_: list[float] = []
    for at in range(0, len(mix) - size + 1, size):
        window = slice(at, at + size)
        if spoken[window].all():
            kind = under
        elif not near[window].any():
            kind = open_
        else:
            continue
        gain = _gain(mix[window], music[window], speech[window])
        kind += [gain] if gain is not None else []
    if min(len(under), len(open_)) < LEAST:
        return Ducking(
            None,
            f"{len(under)} half seconds under speech and {len(open_)} without could be measured; {LEAST} of each are "
            "needed.",
            len(under),
            len(open_),
        )
    return Ducking(float(np.median(open_) - np.median(under)), "", len(under), len(open_))


def _gain(mix: Signal, music: Signal, speech: Signal) -> float | None:
    """The music's gain in dB, by least squares of the mix on music and speech."""
    if min(np.mean(mix**2), np.mean(music**2)) < QUIET:
        return None
    parts = np.stack([music, speech] if speech.any() else [music], axis=1)
    gains = np.linalg.lstsq(parts, mix, rcond=None)[0]
    left = mix - parts @ gains
    if gains[0] <= 0 or float(left @ left) > (1 - EXPLAINED) * float(mix @ mix):
        return None
    return 20 * float(np.log10(gains[0]))


def _found(mix: Signal, part: Signal) -> tuple[int, float]:
    """Where ``part`` begins in ``mix``, and how alike they are there, 0 to 1; a part that is longer is cut."""
    part = part[: len(mix)]
    if not len(part) or not part.any():
        return 0, 0.0
    size = 1 << (len(mix) + len(part) - 1).bit_length()
    product = np.fft.irfft(np.fft.rfft(mix, size) * np.conj(np.fft.rfft(part, size)), size)[: len(mix)]
    total = np.concatenate([[0.0], np.cumsum(mix**2)])
    ends = np.minimum(np.arange(len(mix)) + len(part), len(mix))
    energy = total[ends] - total[:-1]
    alike = product / np.sqrt(np.maximum(energy, 1e-3 * max(total[-1], 1e-12)) * float(part @ part))
    start = int(np.argmax(alike))
    return start, float(alike[start])


def _projected(mix: Signal, speech: Signal) -> Signal:
    return speech * (float(mix @ speech) / max(float(speech @ speech), 1e-12))


def _widened(spoken: NDArray[np.bool_], reach: int) -> NDArray[np.bool_]:
    total = np.concatenate([[0], np.cumsum(spoken)])
    index = np.arange(len(spoken))
    return np.asarray(total[np.minimum(index + reach + 1, len(spoken))] > total[np.maximum(index - reach, 0)])
