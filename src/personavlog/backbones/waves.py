"""Sound as models make it, brought into the shape that the roles promise."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from personavlog.backbones.checking import QUIET
from personavlog.errors import BadMediaError
from personavlog.media.arrays import Samples

CROSSFADE = 4.0
"""Seconds that two pieces of music sound together."""
EDGE = 0.06
"""Seconds of quiet kept before and after a spoken line: less clips soft consonants."""
FADE = 0.012
"""Seconds in which a line begins and ends."""
CEILING = 0.89
"""The largest sample of music: -1 dBFS."""
_WINDOW = 0.01


@dataclass(frozen=True)
class Pieces:
    """How music that is longer than its model makes is put together: ``count`` pieces of ``length`` samples, of which
    neighbours share ``shared``."""

    count: int
    length: int
    shared: int = 0

    @classmethod
    def of(cls, duration: float, longest: float, rate: int) -> Pieces:
        """As few pieces as cover ``duration`` seconds, none longer than ``longest``, all equally long."""
        samples, most = round(duration * rate), int(longest * rate + 1e-6)
        if samples <= most:
            return cls(1, samples)
        shared = int(min(CROSSFADE * rate, most / 4))
        count = -(-(samples - shared) // (most - shared))
        return cls(count, -(-(samples + (count - 1) * shared) // count), shared)

    def at(self, share: float) -> Pieces:
        """The same at another sample rate, ``share`` times this one."""
        return Pieces(self.count, math.ceil(self.length * share), int(self.shared * share))

    def joined(self, pieces: Sequence[Samples], samples: int) -> Samples:
        """(length, channels) pieces one after the other, each fading into the next at equal power; (samples,
        channels)."""
        whole, shared = pieces[0], self.shared
        down = np.cos(np.linspace(0, np.pi / 2, shared, dtype=np.float32))[:, None]
        for piece in pieces[1:]:
            both = whole[-shared:] * down + piece[:shared] * down[::-1]
            whole = np.concatenate([whole[:-shared], both, piece[shared:]])
        return whole[:samples]


def levelled(samples: Samples) -> Samples:
    """Quieter where the largest sample is above ``CEILING``, else unchanged."""
    peak = float(np.abs(samples).max(initial=0.0))
    return (samples * np.float32(CEILING / peak)).astype(np.float32) if peak > CEILING else samples


def trimmed(samples: Samples, rate: int) -> Samples:
    """(n,) without the quiet at both ends beyond ``EDGE``; empty where all is quiet."""
    window = int(_WINDOW * rate)
    count = -(-len(samples) // window)
    power = np.square(np.pad(samples, (0, count * window - len(samples))).reshape(count, window)).mean(axis=1)
    level = np.sqrt(power)
    sounding = np.flatnonzero(level > max(1e-4, 0.01 * float(level.max(initial=0.0))))
    if len(sounding) == 0:
        return samples[:0]
    first, last = int(sounding[0]) * window, (int(sounding[-1]) + 1) * window
    edge = int(EDGE * rate)
    return samples[max(0, first - edge) : last + edge]


def faded(samples: Samples, rate: int) -> Samples:
    """(n,) with both ends eased to zero, so that nothing clicks."""
    count = min(int(FADE * rate), len(samples) // 2)
    ramp = (0.5 - 0.5 * np.cos(np.pi * np.arange(count) / max(count, 1))).astype(np.float32)
    shaped = samples.copy()
    shaped[:count] *= ramp
    shaped[len(shaped) - count :] *= ramp[::-1]
    return shaped


def sounding(samples: Samples, name: str) -> Samples:
    """The samples; raises ``BadMediaError`` where they are no numbers, or silence: what half precision makes of a model
    that is not meant for it."""
    if not np.isfinite(samples).all():
        raise _unusable(name, "numbers that are no sound")
    if not samples.size or float(np.abs(samples).max()) < QUIET:
        raise _unusable(name, "silence")
    return samples


def _unusable(name: str, what: str) -> BadMediaError:
    return BadMediaError(
        f'{name} made {what}. Set dtype = "float32" in the profile, or choose another model.', provider=name
    )
