"""Frames streamed into the ffmpeg program as they are drawn; never more than one is held."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from personavlog.errors import MachineError
from personavlog.media.arguments import BT709, IN_BT709, x264
from personavlog.media.arrays import Pixels
from personavlog.media.process import Process, running

CRF = 17
PRESET = "veryfast"


class Encoder:
    """A running ffmpeg that turns RGBA frames of one size into H.264 in MP4; made by ``encoding``."""

    def __init__(self, process: Process) -> None:
        self.process = process

    def write(self, frame: Pixels) -> None:
        """Hand over one (height, width, 4) frame; raises ``MachineError`` when ffmpeg has died or hangs."""
        try:
            self.process.write(np.ascontiguousarray(frame).data)
        except OSError as error:
            raise self._failure() from error

    def finish(self) -> None:
        """Wait for the file to be complete; raises ``MachineError`` when it is not."""
        try:
            status = self.process.finish()
        except OSError as error:
            raise self._failure() from error
        if status != 0:
            raise self._failure()

    def _failure(self) -> MachineError:
        reason = self.process.reason()[-300:]
        return MachineError(f"The video encoder ffmpeg stopped: {reason!r}. Free disk space or memory and run again.")


@contextmanager
def encoding(target: Path, width: int, height: int, fps: float) -> Iterator[Encoder]:
    """Start ffmpeg writing ``target``; ends it on any error, so that none is left running. Sides must be even."""
    with running(*_arguments(target, width, height, fps)) as process:
        yield Encoder(process)


def _arguments(target: Path, width: int, height: int, fps: float) -> list[str]:
    source = ["-f", "rawvideo", "-pix_fmt", "rgb0", "-s", f"{width}x{height}", "-r", f"{fps:g}", "-i", "pipe:0"]
    scale = "scale=out_color_matrix=bt709:out_range=tv:flags=bicubic+accurate_rnd"
    colour = ["-vf", f"{scale},format=yuv420p,{IN_BT709}", "-pix_fmt", "yuv420p"]
    codec = [*x264(PRESET, CRF), "-threads", "2", *BT709]
    # Without bitexact the file carries the encoder's version, and equal frames would not give equal bytes.
    exact = ["-an", "-map_metadata", "-1", "-fflags", "+bitexact", "-flags", "+bitexact"]
    return [*source, *colour, *codec, *exact, "-movflags", "+faststart", "-f", "mp4", str(target)]
