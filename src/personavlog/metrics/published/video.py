"""A video file's frames, decoded once by PyAV and handed on in batches, so that memory does not grow with its
length."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError

from personavlog.errors import MediaError
from personavlog.media.arrays import Pixels

FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,gif,ogg,flv,ivf,yuv4mpegpipe"
"""Containers that hold their own data; playlists and scripts, which name other files, are refused."""
MOST_PIXELS = 7680 * 4320
MOST_FRAMES = 1_000_000
SLIMMEST = 16
"""The longer side over the shorter: networks bring the shorter to a fixed length, and the longer grows with it."""


@dataclass(frozen=True)
class Video:
    """``frames`` are (h, w, 3) uint8 RGB, upright, in order, and can be walked once; ``fps`` is the rate that OpenCV,
    and so VBench, reads; 0 for none."""

    fps: float
    frames: Iterator[Pixels]


@contextmanager
def opened(path: Path) -> Iterator[Video]:
    """The video of a file, its first video stream.

    Alpha is dropped, deeper colour is rounded to 8 bits, a rotation that the file asks for is applied. Raises
    ``MediaError`` naming the file and the reason, when it is opened or while its frames are walked.
    """
    try:
        container = av.open(f"file:{path}", options={"format_whitelist": FORMATS, "protocol_whitelist": "file"})
    except (FFmpegError, OSError, ValueError) as error:
        raise MediaError(
            f"{path.name!r} is no video that can be read: {_reason(error)}. Give another file or make it again."
        ) from error
    with container:
        if not container.streams.video:
            raise MediaError(f"{path.name!r} has no video stream. Give a file with a picture.")
        stream = container.streams.video[0]
        _bounded(stream.codec_context.width, stream.codec_context.height, 0, path)
        stream.thread_type = "AUTO"
        yield Video(float(stream.guessed_rate or stream.average_rate or 0), _frames(container, path))


def _frames(container: InputContainer, path: Path) -> Iterator[Pixels]:
    count, size = 0, None
    try:
        for frame in container.decode(video=0):
            count += 1
            _bounded(frame.width, frame.height, count, path)
            pixels = _upright(np.asarray(frame.to_ndarray(format="rgb24"), np.uint8), frame.rotation)
            if size is not None and pixels.shape != size:
                raise MediaError(
                    f"{path.name!r} changes its size from {size[1]} x {size[0]} to {pixels.shape[1]} x "
                    f"{pixels.shape[0]}. Give one of one size."
                )
            size = pixels.shape
            yield pixels
    except (FFmpegError, ValueError) as error:
        raise MediaError(
            f"{path.name!r} cannot be decoded after {count} frames: {_reason(error)}. Give another file or "
            "make it again."
        ) from error
    if not count:
        raise MediaError(f"{path.name!r} holds no frame. Give another file or make it again.")


def _bounded(width: int, height: int, count: int, path: Path) -> None:
    if width * height > MOST_PIXELS or count > MOST_FRAMES:
        raise MediaError(
            f"{path.name!r} is larger than {MOST_PIXELS} px a frame or {MOST_FRAMES} frames ({width} x "
            f"{height}). Give a smaller one."
        )
    if max(width, height) > SLIMMEST * max(min(width, height), 1):
        raise MediaError(
            f"{path.name!r} is {width} x {height} px; one side must not be more than {SLIMMEST} times the other. "
            "Crop it."
        )


def _upright(pixels: Pixels, degrees: int) -> Pixels:
    """``degrees`` counter-clockwise, as the file's display matrix says; only quarter turns are applied."""
    return np.ascontiguousarray(np.rot90(pixels, round(degrees / 90) % 4))


def _reason(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error)[:160]


def batches(video: Video, size: int, pixels: int) -> Iterator[list[Pixels]]:
    """The frames ``size`` at a time, or fewer where these have more than ``pixels`` together; last what is left.

    A few that would be left alone go with the last batch, a quarter more of it at most: a network takes nearly as long
    for one frame as for two, and clips of 8 n + 1 frames are common.
    """
    batch: list[Pixels] = []
    for frame in video.frames:
        batch.append(frame)
        fits = max(pixels // (frame.shape[0] * frame.shape[1]), 1)
        count = min(size, fits)
        if len(batch) > min(count + count // 4, fits):
            yield batch[:count]
            batch = batch[count:]
    if batch:
        yield batch
