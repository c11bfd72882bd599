"""Decoding a hostile clip: any container that the ffmpeg program reads, to our own H.264."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from personavlog.errors import BriefError
from personavlog.media import Clip
from personavlog.media.transcode import Seen, probe, transcode
from personavlog.runs.blobs import Blobs

MAX_CLIP_BYTES = 1_000_000_000
MAX_SECONDS = 60.0
MIN_SECONDS = 0.2
SAME_SHAPE = 0.01
"""Share by which two shapes may differ and still count as one."""


@dataclass(frozen=True)
class ClipIntake:
    """A clip that can be used, at the film's rate and inside its size; ``notes`` are sentences for the user."""

    clip: Clip
    notes: tuple[str, ...] = ()


def read_clip(path: Path, size: tuple[int, int], fps: int, blobs: Blobs) -> ClipIntake:
    """Read a moving picture for a film of ``size`` (width, height) px and ``fps`` frames a second, without its sound.

    Raises ``BriefError`` for a file, length or size that does not fit, ``MediaError`` for one that does not decode;
    nothing is stored then.
    """
    shown = f"The clip {str(path)!r}"
    _check_file(path, shown)
    seen = probe(path, shown)
    width, height = _fitted(seen, size)
    with tempfile.TemporaryDirectory(prefix="personavlog-") as folder:
        target = Path(folder) / "clip.mp4"
        most = round(MAX_SECONDS * fps)
        count = transcode(path, seen, target, size=(width, height), fps=fps, most=most, shown=shown)
        if count / fps < MIN_SECONDS:
            raise BriefError(f"{shown} is {count / fps:.2f} s long. Choose one of at least {MIN_SECONDS:g} s.")
        clip = blobs.put_clip(target, width=width, height=height, fps=float(fps), frames=count)
    return ClipIntake(clip, _notes(seen, size, clip))


def _check_file(path: Path, shown: str) -> None:
    try:
        if not path.is_file():
            raise BriefError(f"{shown} is no file on disk. Check the name and the folder.")
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BriefError(f"{shown} cannot be read: {reason}. Check the name and its permissions.") from error
    if not size:
        raise BriefError(f"{shown} is empty. Choose another file.")
    if size > MAX_CLIP_BYTES:
        raise BriefError(f"{shown} is larger than {MAX_CLIP_BYTES // 1_000_000} MB. Cut it to what you need.")


def _fitted(seen: Seen, size: tuple[int, int]) -> tuple[int, int]:
    """The film's own size for a clip of its shape, else the largest of the clip's shape inside it; both sides even."""
    shape, wanted = seen.width / seen.height, size[0] / size[1]
    if abs(shape / wanted - 1) <= SAME_SHAPE:
        return size
    scale = min(size[0] / seen.width, size[1] / seen.height)
    return max(2, int(seen.width * scale) // 2 * 2), max(2, int(seen.height * scale) // 2 * 2)


def _notes(seen: Seen, size: tuple[int, int], clip: Clip) -> tuple[str, ...]:
    notes = []
    if (clip.width, clip.height) != size:
        notes.append(
            f"The clip has another shape than the film ({seen.width} x {seen.height} px): it lies over a blurred copy "
            "of itself."
        )
    if seen.seconds is not None and seen.seconds > MAX_SECONDS:
        notes.append(f"The clip is {seen.seconds:.0f} s long; its first {MAX_SECONDS:.0f} s were kept.")
    return tuple(notes)
