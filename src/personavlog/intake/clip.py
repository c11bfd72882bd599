"""Decoding a hostile clip: any container that the ffmpeg program reads, to our own H.264."""

from __future__ import annotations

import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from personavlog.errors import BriefError, MediaError
from personavlog.media import Clip
from personavlog.media.encode import CRF, PRESET
from personavlog.media.ffmpeg import binary
from personavlog.media.file import MAX_BYTES, looks_like
from personavlog.runs.blobs import Blobs
from personavlog.system import CREATION_FLAGS, OWN_SESSION

MAX_CLIP_BYTES = 1_000_000_000
MAX_SECONDS = 60.0
MIN_SECONDS = 0.2
MAX_PIXELS = 40_000_000
PATIENCE = 300
"""Seconds after which an ffmpeg that makes no end is stopped."""
WHOLE = 0.8
"""Share of the length that a file says it has, which its picture must have: its sound may last longer."""
CUT_SHORT = (b"partial file", b"ended prematurely")
SAME_SHAPE = 0.01
"""Share by which two shapes may differ and still count as one."""

CONTAINERS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,ogg,flv,asf,gif,mxf"
"""Playlists and lists of files are not among them: they name other files."""
_VIDEO = re.compile(r"Stream #0:\d+.*: Video: .*?, (\d{1,5})x(\d{1,5})[,\s]")
_SHAPE = re.compile(r" \[SAR (\d{1,5}):(\d{1,5})")
_DURATION = re.compile(r"Duration: (\d+):(\d+):([\d.]+)")


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
    seen = _probed(path, shown)
    width, height = _fitted(seen, size)
    with tempfile.TemporaryDirectory(prefix="personavlog-") as folder:
        target = Path(folder) / "clip.mp4"
        count = _transcode(path, target, (width, height), fps, shown)
        _check_whole(seen, count / fps, shown)
        if count / fps < MIN_SECONDS:
            raise BriefError(f"{shown} is {count / fps:.2f} s long. Choose one of at least {MIN_SECONDS:g} s.")
        clip = blobs.put_clip(target, width=width, height=height, fps=float(fps), frames=count)
    return ClipIntake(clip, _notes(seen, size, clip))


@dataclass(frozen=True)
class _Seen:
    """What the file says of itself; ``seconds`` None: nothing."""

    width: int
    height: int
    seconds: float | None


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


def _probed(path: Path, shown: str) -> _Seen:
    said = _ffmpeg(["-v", "info", *_source(path)], shown).stderr.decode("utf-8", "replace")
    found, length = _VIDEO.search(said), _DURATION.search(said)
    if found is None:
        raise _unreadable(path, shown)
    width, height = int(found[1]), int(found[2])
    if (wide := _SHAPE.match(said, found.end() - 1)) and int(wide[1]) and int(wide[2]):
        width = round(width * int(wide[1]) / int(wide[2]))
    if not 0 < width * height <= MAX_PIXELS:
        raise MediaError(f"{shown} has {width} x {height} px. Make it smaller first.")
    turned = re.search(r"rotation of (-?\d+)", said)
    if turned and abs(int(turned[1])) % 180 == 90:
        width, height = height, width
    return _Seen(width, height, _seconds(length) if length else None)


def _seconds(found: re.Match[str]) -> float:
    return int(found[1]) * 3600 + int(found[2]) * 60 + float(found[3])


def _fitted(seen: _Seen, size: tuple[int, int]) -> tuple[int, int]:
    """The film's own size for a clip of its shape, else the largest of the clip's shape inside it; both sides even."""
    shape, wanted = seen.width / seen.height, size[0] / size[1]
    if abs(shape / wanted - 1) <= SAME_SHAPE:
        return size
    scale = min(size[0] / seen.width, size[1] / seen.height)
    return max(2, int(seen.width * scale) // 2 * 2), max(2, int(seen.height * scale) // 2 * 2)


def _transcode(path: Path, target: Path, size: tuple[int, int], fps: int, shown: str) -> int:
    """Write ``target``; returns how many frames it has."""
    colour = "out_color_matrix=bt709:out_range=tv:flags=bicubic+accurate_rnd"
    picture = f"fps={fps},scale={size[0]}:{size[1]}:{colour},setsar=1,format=yuv420p"
    flags = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"]
    codec = ["-c:v", "libx264", "-preset", PRESET, "-crf", f"{CRF}", "-threads", "2", *flags]
    plain = ["-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact", "-flags", "+bitexact"]
    streams = ["-map", "0:v:0", "-an", "-sn", "-dn", "-frames:v", f"{round(MAX_SECONDS * fps)}"]
    end = ["-movflags", "+faststart", "-f", "mp4", str(target)]
    told = ["-v", "error", "-nostats", "-progress", "pipe:1"]
    done = _ffmpeg([*told, *_source(path), *streams, "-vf", picture, *codec, *plain, *end], shown)
    frames = re.findall(rb"^frame=\s*(\d+)", done.stdout, re.MULTILINE)
    # A file that ends before its index says so is no error to ffmpeg.
    broken = done.returncode or any(words in done.stderr for words in CUT_SHORT)
    if broken or not frames or not int(frames[-1]):
        raise _unreadable(path, shown)
    return int(frames[-1])


def _check_whole(seen: _Seen, seconds: float, shown: str) -> None:
    said = min(seen.seconds or 0.0, MAX_SECONDS)
    if seconds < WHOLE * said:
        raise MediaError(
            f"{shown} says that it lasts {said:.1f} s and holds {seconds:.1f} s of picture: it was cut short. Copy or "
            "export it again."
        )


def _source(path: Path) -> list[str]:
    # "file:" keeps a name with a colon from being read as a protocol.
    bounds = ["-max_pixels", f"{MAX_PIXELS}", "-xerror"]
    return ["-protocol_whitelist", "file", "-format_whitelist", CONTAINERS, *bounds, "-i", f"file:{path.resolve()}"]


def _ffmpeg(arguments: list[str], shown: str) -> subprocess.CompletedProcess[bytes]:
    command = [binary(), "-hide_banner", "-nostdin", "-y", *arguments]
    try:
        return subprocess.run(
            command,
            capture_output=True,
            check=False,
            timeout=PATIENCE,
            start_new_session=OWN_SESSION,
            creationflags=CREATION_FLAGS,
        )
    except subprocess.TimeoutExpired as error:
        raise MediaError(f"{shown} takes longer than {PATIENCE} s to read. Cut it to what you need.") from error


def _unreadable(path: Path, shown: str) -> MediaError:
    with path.open("rb") as stream:
        kind = looks_like(stream.read(MAX_BYTES // 1000))
    broken = "damaged or cut short, though it begins like " if "video" in kind else ""
    return MediaError(f"{shown} is {broken}{kind}. Give a moving picture such as MP4, MOV, WebM or AVI.")


def _notes(seen: _Seen, size: tuple[int, int], clip: Clip) -> tuple[str, ...]:
    notes = []
    if (clip.width, clip.height) != size:
        notes.append(
            f"The clip has another shape than the film ({seen.width} x {seen.height} px): it lies over a blurred copy "
            "of itself."
        )
    if seen.seconds is not None and seen.seconds > MAX_SECONDS:
        notes.append(f"The clip is {seen.seconds:.0f} s long; its first {MAX_SECONDS:.0f} s were kept.")
    return tuple(notes)
