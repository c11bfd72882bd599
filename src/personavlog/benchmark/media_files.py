"""Whether one file of an outputs folder can be used: its place, its size, whether it decodes, and its form."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from pathlib import Path

import PIL.Image
import soundfile

from personavlog.benchmark.outputs import MOVING, PICTURES
from personavlog.errors import MediaError
from personavlog.media.picture import DAMAGE, MAX_PIXELS
from personavlog.media.transcode import check_decodes, probe

MAX_PICTURE = 64_000_000
MAX_OTHER = 2_000_000_000
"""Bytes of a clip, a sound or a film."""
_FORMATS = ("PNG", "JPEG", "WEBP")
_AGAIN = "Export it again."


@dataclass(frozen=True)
class Form:
    """Of what form a picture or clip is: width and height in px, frames a second of a clip; None where it says none."""

    width: int | None = None
    height: int | None = None
    fps: float | None = None

    @property
    def size(self) -> str:
        """The size in words."""
        return f"{self.width} x {self.height} px"


def within(path: Path, root: Path) -> bool:
    """Whether a path, links followed, lies below ``root``."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def form(path: Path, root: Path, *, whole: bool) -> Form:
    """The form of a picture, clip or sound, by the ending of its name; ``whole``: clips are decoded to their end.

    Raises ``MediaError`` saying why it cannot be used.
    """
    if not within(path, root):
        raise MediaError(f"It is a link to a file outside {root.name!r}. Put the file itself there.")
    if not path.is_file():
        raise MediaError("It is not an ordinary file. Put a file there.")
    ending, size = path.suffix.lower(), path.stat().st_size
    most = MAX_PICTURE if ending in PICTURES else MAX_OTHER
    if not 0 < size <= most:
        raise MediaError(f"It has {size} bytes; 1 to {most // 1_000_000} million are read. {_AGAIN}")
    try:
        return _picture(path) if ending in PICTURES else _clip(path, whole) if ending in MOVING else _sound(path)
    except OSError as error:
        raise MediaError(f"It cannot be read: {error.strerror or error}. Check its permissions.") from error


def _picture(path: Path) -> Form:
    data = path.read_bytes()
    try:
        with PIL.Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise MediaError(f"It has {opened.width} x {opened.height} px. Make it smaller.")
            opened.load()
            return Form(opened.width, opened.height)
    except (PIL.Image.DecompressionBombError, PIL.Image.DecompressionBombWarning, MemoryError) as error:
        raise MediaError(
            f"It unpacks to more than {MAX_PIXELS // 1_000_000} million pixels. Make it smaller."
        ) from error
    except DAMAGE as error:
        raise MediaError(f"It does not decode as PNG, JPEG or WebP. {_AGAIN}") from error


def _clip(path: Path, whole: bool) -> Form:
    seen = probe(path, "It")
    if whole:
        check_decodes(path, seen, "It")
    return Form(seen.width, seen.height, seen.fps)


def _sound(path: Path) -> Form:
    try:
        frames = soundfile.info(path).frames
    except (RuntimeError, ValueError, TypeError) as error:
        raise MediaError(f"It does not decode as a sound. {_AGAIN}") from error
    if not frames:
        raise MediaError(f"It holds no sound. {_AGAIN}")
    return Form()
