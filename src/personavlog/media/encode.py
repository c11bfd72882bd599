"""Frames streamed into the ffmpeg program as they are drawn; never more than one is held."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from personavlog.errors import MachineError
from personavlog.media.arrays import Pixels
from personavlog.media.ffmpeg import binary

CRF = 17
PRESET = "veryfast"


class Encoder:
    """A running ffmpeg that turns RGBA frames of one size into H.264 in MP4; made by ``encoding``."""

    def __init__(self, process: subprocess.Popen[bytes], errors: Path) -> None:
        self._process, self._errors = process, errors

    def write(self, frame: Pixels) -> None:
        """Hand over one (height, width, 4) frame; raises ``MachineError`` when ffmpeg has died."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(np.ascontiguousarray(frame).data)
        except OSError as error:
            raise self._failure() from error

    def finish(self) -> None:
        """Wait for the file to be complete; raises ``MachineError`` when it is not."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.close()
        except OSError as error:
            raise self._failure() from error
        if self._process.wait(timeout=300) != 0:
            raise self._failure()

    def _failure(self) -> MachineError:
        said = self._errors.read_text(errors="replace").strip()[-300:]
        return MachineError(
            f"The video encoder ffmpeg stopped: {said or 'no reason given'!r}. Free disk space or memory and run again."
        )


@contextmanager
def encoding(target: Path, width: int, height: int, fps: float) -> Iterator[Encoder]:
    """Start ffmpeg writing ``target``; ends it on any error, so that none is left running. Sides must be even."""
    with tempfile.TemporaryDirectory(prefix="personavlog-") as folder:
        errors = Path(folder) / "errors.txt"
        with errors.open("wb") as log:
            command = _command(target, width, height, fps)
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=log, start_new_session=True
            )
        try:
            yield Encoder(process, errors)
        finally:
            if process.poll() is None:
                process.kill()
            if process.stdin is not None and not process.stdin.closed:
                _close_quietly(process)
            process.wait()


def _close_quietly(process: subprocess.Popen[bytes]) -> None:
    """Close a pipe whose reader was just killed: bytes still buffered have nowhere to go, which is what was wanted."""
    assert process.stdin is not None
    try:
        process.stdin.close()
    except BrokenPipeError:
        return


def _command(target: Path, width: int, height: int, fps: float) -> list[str]:
    source = ["-f", "rawvideo", "-pix_fmt", "rgb0", "-s", f"{width}x{height}", "-r", f"{fps:g}", "-i", "pipe:0"]
    colour = ["-vf", "scale=out_color_matrix=bt709:out_range=tv:flags=bicubic+accurate_rnd", "-pix_fmt", "yuv420p"]
    flags = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"]
    codec = [
        "-c:v",
        "libx264",
        "-preset",
        PRESET,
        "-crf",
        f"{CRF}",
        "-threads",
        "2",
        "-an",
        "-map_metadata",
        "-1",
        "-movflags",
        "+faststart",
    ]
    # Without bitexact the file carries the encoder's version, and equal frames would not give equal bytes.
    exact = ["-fflags", "+bitexact", "-flags", "+bitexact"]
    return [
        binary(),
        "-v",
        "error",
        "-nostdin",
        "-y",
        *source,
        *colour,
        *codec,
        *flags,
        *exact,
        "-f",
        "mp4",
        str(target),
    ]
