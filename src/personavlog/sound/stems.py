"""The soundtrack in parts: speech and music as they are heard in the film, so that added up they are its mix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from personavlog.media import Audio
from personavlog.media.arrays import Samples
from personavlog.runs.blobs import Blobs
from personavlog.sound.loudness import normalised
from personavlog.sound.mix import RATE, PlacedLine, layers, read

_HEARD = 1e-9
"""Power of a sample from which on the gain that it got can be told."""


@dataclass(frozen=True)
class Stems:
    """Both (n, 2) at 48 kHz and as long as the film; the sum is the mix."""

    voices: Samples
    music: Samples


def stems(blobs: Blobs, lines: Sequence[tuple[Audio, float]], music: Audio | None, duration: float) -> Stems:
    """The parts of ``mix.mix`` with the same arguments. Blocking: run it in a thread."""
    return stems_of(*read(blobs, lines, music), duration)


def stems_of(lines: Sequence[PlacedLine], music: Samples | None, duration: float) -> Stems:
    """The parts of ``mix.mix_samples`` with the same arguments."""
    spoken, behind, _ = layers(lines, music, round(duration * RATE))
    whole = (spoken + behind).astype(np.float32)
    gain = _gain(whole, normalised(whole, RATE))[:, None]
    return Stems((spoken * gain).astype(np.float32), (behind * gain).astype(np.float32))


def _gain(before: Samples, after: Samples) -> NDArray[np.float64]:
    """The gain (n,) that loudness and limiter gave both channels; where nothing is heard, that of what is around."""
    power = (before.astype(np.float64) ** 2).sum(axis=1)
    heard = np.flatnonzero(power > _HEARD)
    if not len(heard):
        return np.ones(len(before))
    known = (before[heard].astype(np.float64) * after[heard]).sum(axis=1) / power[heard]
    return np.asarray(np.interp(np.arange(len(before)), heard, known))
