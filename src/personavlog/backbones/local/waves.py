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
CEILING = 0.89
"""The largest sample of music: -1 dBFS."""
_WINDOW = 0.01


@dataclass(frozen=True)
class Pieces:
    """How music that is longer than its model makes is put together: ``count`` pieces of ``seconds`` each, of which
    neighbours share ``crossfade`` seconds."""

    count: int
    seconds: float
    crossfade: float = 0.0

    @classmethod
    def of(cls, duration: float, longest: float) -> Pieces:
        """As few pieces as cover ``duration`` seconds, none longer than ``longest``, all equally long."""
        if duration <= longest:
            return cls(1, duration)
        fade = min(CROSSFADE, longest / 4)
        count = math.ceil((duration - fade) / (longest - fade))
        return cls(count, (duration + (count - 1) * fade) / count, fade)


def joined(pieces: Sequence[Samples], rate: int, crossfade: float, duration: float) -> Samples:
    """(n, channels) pieces one after the other, each fading into the next at equal power; exactly ``duration``
    seconds."""
    fade, whole = round(crossfade * rate), pieces[0]
    down = np.cos(np.linspace(0, np.pi / 2, fade, dtype=np.float32))[:, None]
    for piece in pieces[1:]:
        shared = whole[-fade:] * down + piece[:fade] * down[::-1]
        whole = np.concatenate([whole[:-fade], shared, piece[fade:]])
    return whole[: round(duration * rate)]


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
