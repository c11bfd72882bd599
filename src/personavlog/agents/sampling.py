"""A few frames of a stored clip, with their times."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from personavlog.agents.pictures import fitted
from personavlog.media import Clip
from personavlog.media.arrays import Pixels
from personavlog.media.decode import frames
from personavlog.runs.blobs import Blobs


def sampled(blobs: Blobs, clip: Clip, count: int, longest: int) -> Iterator[tuple[float, Pixels]]:
    """``count`` frames spread evenly from first to last: seconds from the start, and (h, w, 3) RGB uint8 pixels.

    Frames whose longer side is over ``longest`` px are made smaller. Raises ``MediaError`` for a clip that does not
    decode.
    """
    wanted = set(np.linspace(0, clip.frames - 1, min(count, clip.frames)).round().astype(int).tolist())
    size = fitted(clip.width, clip.height, longest)
    for number, pixels in enumerate(frames(blobs.path(clip), clip, size)):
        if number in wanted:
            yield number / clip.fps, pixels
