"""A clip's frames, decoded once by the ffmpeg program; the size is known from the ``Clip``, so nothing needs to be
asked of the file."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import numpy as np

from personavlog.errors import MediaError
from personavlog.media import Clip
from personavlog.media.arrays import Pixels
from personavlog.media.ffmpeg import binary

MAX_FRAMES = 20_000
"""More frames than any clip has; a file that goes on is refused."""
PATIENCE = 300
"""Seconds after which a decoder that makes no end is stopped."""


def frames(path: Path, clip: Clip, size: tuple[int, int] | None = None) -> Iterator[Pixels]:
    """Every frame as (h, w, 3) uint8 RGB, in order, at ``size`` (width, height) px or the clip's own.

    Raises ``MediaError`` if the file is no video, is damaged, or has another number of frames than ``clip`` says (one
    more or less is accepted).
    """
    yield from _decoded(path, clip, size or (clip.width, clip.height), "rgb24", 3)


def grey_frames(path: Path, clip: Clip, size: tuple[int, int]) -> Iterator[Pixels]:
    """Every frame's luma as (h, w) uint8 at ``size`` (width, height) px; raises ``MediaError`` as ``frames`` does."""
    for frame in _decoded(path, clip, size, "gray", 1):
        yield frame[..., 0]


def _decoded(path: Path, clip: Clip, size: tuple[int, int], layout: str, channels: int) -> Iterator[Pixels]:
    width, height = size
    count = 0
    command = _command(path, size, layout)
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, start_new_session=True) as process,
    ):
        try:
            assert process.stdout is not None
            while (data := process.stdout.read(width * height * channels)) and len(data) == width * height * channels:
                count += 1
                if count > MAX_FRAMES:
                    raise MediaError(
                        f"The clip {path.name!r} does not end after {MAX_FRAMES} frames. Use a shorter one."
                    )
                yield np.frombuffer(data, np.uint8).reshape(height, width, channels)
            status = process.wait(timeout=PATIENCE)
        finally:
            if process.poll() is None:
                process.kill()
        _check(path, clip, count, status, errors)


def _check(path: Path, clip: Clip, count: int, status: int, errors: IO[bytes]) -> None:
    errors.seek(0)
    said = errors.read(2000).decode(errors="replace").strip().splitlines()
    reason = said[-1][-200:] if said else "no reason given"
    if status != 0 or count == 0:
        raise MediaError(f"The clip {path.name!r} cannot be decoded: {reason!r}. Make it again or pin another one.")
    if abs(count - clip.frames) > 1:
        raise MediaError(
            f"The clip {path.name!r} has {count} frames where {clip.frames} were expected. It was cut short; "
            "make it again."
        )


def _command(path: Path, size: tuple[int, int], layout: str) -> list[str]:
    # "file:" keeps a name with a colon from being read as a protocol; only the demuxer that we write is allowed.
    source = ["-protocol_whitelist", "file", "-f", "mov", "-i", f"file:{path}", "-map", "0:v:0", "-an", "-sn", "-dn"]
    scale = f"scale={size[0]}:{size[1]}:flags=area+accurate_rnd+full_chroma_int:in_color_matrix=bt709"
    target = ["-vf", scale, "-fps_mode", "passthrough", "-pix_fmt", layout, "-f", "rawvideo", "pipe:1"]
    return [binary(), "-v", "error", "-nostdin", "-xerror", "-threads", "2", *source, *target]
