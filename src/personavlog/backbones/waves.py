"""Sound as models make it, brought into the shape that the roles promise."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from personavlog.media.arrays import Samples

CROSSFADE = 4.0
"""Seconds that two pieces of music sound together."""
EDGE = 0.06
"""Seconds of quiet kept before and after a spoken line: less clips soft consonants."""
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
    """(n, channels) pieces one after the other, each fading into the next at equal power; at most ``duration``
    seconds."""
    fade, whole = round(crossfade * rate), pieces[0]
    down = np.cos(np.linspace(0, np.pi / 2, fade, dtype=np.float32))[:, None]
    for piece in pieces[1:]:
        shared = whole[-fade:] * down + piece[:fade] * down[::-1]
        whole = np.concatenate([whole[:-fade], shared, piece[fade:]])
    return whole[: round(duration * rate)]


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
