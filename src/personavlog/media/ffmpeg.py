"""ffmpeg as a subprocess: argument lists only, file names of our own only, errors in words."""

from __future__ import annotations

import functools
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import anyio
import imageio_ffmpeg

from personavlog.errors import MachineError

BINARY_VARIABLE = "PERSONAVLOG_FFMPEG"
NEEDED_FILTERS = ("ass", "xfade", "scale", "overlay", "gblur", "fps", "trim")
READ_LOCAL = ("-protocol_whitelist", "file,pipe")
"""Goes before every input: nothing but local files is opened, whatever a file says."""
_TAIL = 600


@functools.cache
def binary() -> str:
    """The ffmpeg to run: ``$PERSONAVLOG_FFMPEG`` or the one that imageio-ffmpeg carries; checked once for the filters
    that the cut needs."""
    path = os.environ.get(BINARY_VARIABLE) or str(imageio_ffmpeg.get_ffmpeg_exe())
    try:
        listed = subprocess.run([path, "-hide_banner", "-filters"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise MachineError(
            f"The ffmpeg at {path!r} does not run: {error}. Correct ${BINARY_VARIABLE} or unset it."
        ) from error
    have = {line.split()[1] for line in listed.splitlines() if len(line.split()) > 2}
    missing = [name for name in NEEDED_FILTERS if name not in have]
    if missing:
        raise MachineError(
            f"The ffmpeg at {path!r} lacks the filters {missing!r}. Unset ${BINARY_VARIABLE} to use the one "
            "that is installed with personavlog."
        )
    return path


async def run_ffmpeg(arguments: Sequence[str], *, folder: Path) -> bytes:
    """Run ffmpeg in ``folder`` and return what it wrote to its standard output; a cancelled task kills it.

    Raises ``MachineError`` with the end of its messages when it fails.
    """
    command = [binary(), "-hide_banner", "-nostdin", "-v", "error", "-y", *arguments]
    # A session of its own: Ctrl-C on a terminal reaches every process of ours, and a half-stopped ffmpeg would look
    # like a fault of the machine.
    done = await anyio.run_process(command, cwd=folder, check=False, start_new_session=True)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()[-_TAIL:]
        full = "No space left" in said
        advice = (
            "The disk is full: free some space and run 'personavlog resume'."
            if full
            else "If the disk and the memory are fine, please report it."
        )
        raise MachineError(f"ffmpeg ended with status {done.returncode}. {advice} It said: {said}")
    return done.stdout
