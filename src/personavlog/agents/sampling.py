"""A few frames of a stored clip, with their times."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from personavlog.media import Clip
from personavlog.media.arrays import Pixels
from personavlog.media.decode import frames
from personavlog.runs.blobs import Blobs


def sampled(blobs: Blobs, clip: Clip, count: int, short_side: int) -> Iterator[tuple[float, Pixels]]:
    """``count`` frames spread evenly from first to last: seconds from the start, and (h, w, 3) RGB uint8 pixels.

    Frames larger than ``short_side`` px are made smaller. Raises ``MediaError`` for a clip that does not decode.
    """
    wanted = set(np.linspace(0, clip.frames - 1, min(count, clip.frames)).round().astype(int).tolist())
    scale = min(1.0, short_side / min(clip.width, clip.height))
    size = (max(1, round(clip.width * scale)), max(1, round(clip.height * scale)))
    for number, pixels in enumerate(frames(blobs.path(clip), clip, size)):
        if number in wanted:
            yield number / clip.fps, pixels
