"""The ffmpeg program of the whole house: which one it is, and whether it can do everything that is asked of it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path

from personavlog.errors import MachineError
from personavlog.system import CREATION_FLAGS, OWN_SESSION

BINARY_VARIABLE = "PERSONAVLOG_FFMPEG"
OLDEST = (5, 1)
"""The first version that knows every option that we give."""
NEEDED = {
    "filters": "ass crop format fps gblur null overlay scale setparams setpts setsar settb split tpad trim xfade",
    "encoders": "aac libx264 mov_text rawvideo",
    "decoders": "h264 pcm_s16le rawvideo subrip",
    "demuxers": "concat ffmetadata mov rawvideo srt wav",
    "muxers": "mp4 rawvideo",
    "options": "-filter_complex -fps_mode -xerror",
}
"""Everything that our arguments name."""
ANSWER_SECONDS = 60

_NUMBER = re.compile(r"n?(\d+)\.(\d+)")
"""A release's number; a build of a day ("N-117...") has none and is judged by what it can do."""


def binary() -> str:
    """The path of the ffmpeg to run: ``$PERSONAVLOG_FFMPEG`` or the one that imageio-ffmpeg carries.

    Raises ``MachineError`` for one that is absent, too old or built without something that we use; each program is
    asked once a process.
    """
    path = _path()
    _checked(path)
    return path


def version() -> str:
    """What that program calls its version ("7.0.2-static"); raises ``MachineError`` as ``binary`` does."""
    return _checked(_path())


def _path() -> str:
    own = os.environ.get(BINARY_VARIABLE)
    if not own:
        return _carried()
    found = shutil.which(own) or shutil.which(Path(own).expanduser())  # "./ffmpeg" would lose its folder as a Path
    if found is None:
        raise MachineError(f"There is no program {own!r}, which ${BINARY_VARIABLE} names. {_advice()}")
    return str(Path(found).absolute())  # it is also run in other folders


def _carried() -> str:
    import imageio_ffmpeg

    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise MachineError(
            f"imageio-ffmpeg carries no ffmpeg for this machine. Install one and let ${BINARY_VARIABLE} name it."
        ) from error


@cache
def _checked(path: str) -> str:
    first = _answer(path, "-version").partition("\n")[0].split()
    if first[:2] != ["ffmpeg", "version"] or len(first) < 3:
        raise MachineError(f"The program at {path!r} is no ffmpeg. {_advice()}")
    number = _NUMBER.match(first[2])
    if number and (int(number[1]), int(number[2])) < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        raise MachineError(
            f"The ffmpeg at {path!r} is too old: it is version {first[2]}, and {oldest} or newer is needed. {_advice()}"
        )
    with ThreadPoolExecutor() as pool:  # one that is put together of many libraries takes long to start
        missing = dict(zip(NEEDED, pool.map(partial(_missing, path), NEEDED), strict=True))
    if any(missing.values()):
        said = "; ".join(f"{kind} {', '.join(names)}" for kind, names in missing.items() if names)
        raise MachineError(f"The ffmpeg at {path!r} (version {first[2]}) was built without {said}. {_advice()}")
    return first[2]


def _missing(path: str, kind: str) -> list[str]:
    listed = _answer(path, "-h long" if kind == "options" else f"-{kind}")
    columns = (column for line in listed.splitlines() for column in line.split()[:2])
    have = {name for column in columns for name in re.split(r"[,\[]", column)}  # "mov,mp4,m4a", "-fps_mode[:..."
    return [name for name in NEEDED[kind].split() if name not in have]


def _answer(path: str, question: str) -> str:
    try:
        return subprocess.run(
            [path, "-hide_banner", *question.split()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            errors="replace",
            check=True,
            timeout=ANSWER_SECONDS,
            start_new_session=OWN_SESSION,
            creationflags=CREATION_FLAGS,
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise MachineError(f"The ffmpeg at {path!r} does not run: {error}. {_advice()}") from error


def _advice() -> str:
    """What to do about a program that does not serve."""
    another = f"Let ${BINARY_VARIABLE} name another ffmpeg"
    carried = ", or unset it to use the one that comes with personavlog" if os.environ.get(BINARY_VARIABLE) else ""
    return f"{another}{carried}."
