"""A clip's frames, decoded once by the ffmpeg program; the size is known from the ``Clip``, so nothing needs to be
asked of the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from personavlog.errors import MediaError
from personavlog.media import Clip
from personavlog.media.arguments import local
from personavlog.media.arrays import Pixels
from personavlog.media.process import Process, running

MAX_FRAMES = 20_000
"""More frames than any clip has; a file that goes on is refused."""


def frames(path: Path, clip: Clip, size: tuple[int, int] | None = None) -> Iterator[Pixels]:
    """Every frame as (h, w, 3) uint8 RGB, in order, at ``size`` (width, height) px or the clip's own.

    Raises ``MediaError`` if the file is no video, is damaged, has another number of frames than ``clip`` says (one more
    or less is accepted), or lets the decoder hang for ``process.PATIENCE`` seconds.
    """
    yield from _decoded(path, clip, size or (clip.width, clip.height), "rgb24", 3)


def grey_frames(path: Path, clip: Clip, size: tuple[int, int]) -> Iterator[Pixels]:
    """Every frame's luma as (h, w) uint8 at ``size`` (width, height) px; raises ``MediaError`` as ``frames`` does."""
    for frame in _decoded(path, clip, size, "gray", 1):
        yield frame[..., 0]


def _decoded(path: Path, clip: Clip, size: tuple[int, int], layout: str, channels: int) -> Iterator[Pixels]:
    width, height = size
    length = width * height * channels
    count = 0
    with running(*_arguments(path, size, layout)) as process:
        while len(data := process.read(length)) == length:
            count += 1
            if count > MAX_FRAMES:
                raise MediaError(f"The clip {path.name!r} does not end after {MAX_FRAMES} frames. Use a shorter one.")
            yield np.frombuffer(data, np.uint8).reshape(height, width, channels)
        _check(path, clip, count, process)


def _check(path: Path, clip: Clip, count: int, process: Process) -> None:
    if process.finish() != 0 or count == 0:
        reason = process.reason().splitlines()[-1][-200:]
        raise MediaError(f"The clip {path.name!r} cannot be decoded: {reason!r}. Make it again or pin another one.")
    if abs(count - clip.frames) > 1:
        raise MediaError(
            f"The clip {path.name!r} has {count} frames where {clip.frames} were expected. It was cut short; "
            "make it again."
        )


def _arguments(path: Path, size: tuple[int, int], layout: str) -> list[str]:
    source = ["-xerror", "-threads", "2", *local(path, "mov"), "-map", "0:v:0", "-an", "-sn", "-dn"]
    scale = f"scale={size[0]}:{size[1]}:flags=area+accurate_rnd+full_chroma_int:in_color_matrix=bt709"
    return [*source, "-vf", scale, "-fps_mode", "passthrough", "-pix_fmt", layout, "-f", "rawvideo", "pipe:1"]
