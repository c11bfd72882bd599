"""Moving pictures of any kind that the ffmpeg program reads, whoever sent them, turned into our own H.264."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from personavlog.errors import MediaError
from personavlog.media.encode import CRF, PRESET
from personavlog.media.ffmpeg import binary
from personavlog.media.file import MAX_BYTES, looks_like
from personavlog.system import CREATION_FLAGS, OWN_SESSION

MAX_PIXELS = 40_000_000
PATIENCE = 300
"""Seconds after which an ffmpeg that makes no end is stopped."""
WHOLE = 0.8
"""Share of the length that a file says it has, which its picture must have: its sound may last longer."""
CUT_SHORT = (b"partial file", b"ended prematurely")

CONTAINERS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,ogg,flv,asf,gif,mxf"
"""Playlists and lists of files are not among them: they name other files."""
_VIDEO = re.compile(r"Stream #0:\d+.*: Video: .*?, (\d{1,5})x(\d{1,5})[,\s]")
_SHAPE = re.compile(r" \[SAR (\d{1,5}):(\d{1,5})")
_RATE = re.compile(r"[ ,](\d{1,4}(?:\.\d+)?) fps")
_DURATION = re.compile(r"Duration: (\d+):(\d+):([\d.]+)")


@dataclass(frozen=True)
class Seen:
    """What a file says of itself, upright, in square px; ``seconds`` and ``fps`` None: nothing."""

    width: int
    height: int
    seconds: float | None
    fps: float | None = None


def probe(path: Path, shown: str) -> Seen:
    """Size, length and rate of the first moving picture; ``shown`` begins the errors. Raises ``MediaError`` for a file
    without one, or with one that is too large."""
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
    rate = _RATE.search(said[found.end() :].partition("\n")[0])
    return Seen(width, height, _seconds(length) if length else None, float(rate[1]) if rate else None)


def _seconds(found: re.Match[str]) -> float:
    return int(found[1]) * 3600 + int(found[2]) * 60 + float(found[3])


def transcode(path: Path, seen: Seen, target: Path, *, size: tuple[int, int], fps: int, most: int, shown: str) -> int:
    """Write ``target`` without sound, at ``size`` (width, height) px, ``fps`` and no more than ``most`` frames; returns
    how many it has. Raises ``MediaError`` for a file that does not decode or is shorter than it says (``seen``)."""
    colour = "out_color_matrix=bt709:out_range=tv:flags=bicubic+accurate_rnd"
    picture = f"fps={fps},scale={size[0]}:{size[1]}:{colour},setsar=1,format=yuv420p"
    flags = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"]
    codec = ["-c:v", "libx264", "-preset", PRESET, "-crf", f"{CRF}", "-threads", "2", *flags]
    plain = ["-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact", "-flags", "+bitexact"]
    streams = ["-map", "0:v:0", "-an", "-sn", "-dn", "-frames:v", f"{most}"]
    end = ["-movflags", "+faststart", "-f", "mp4", str(target)]
    count = _done([*_source(path), *streams, "-vf", picture, *codec, *plain, *end], path, shown)
    _check_whole(seen, count / fps, most / fps, shown)
    return count


def check_decodes(path: Path, seen: Seen, shown: str) -> None:
    """Decode the first moving picture to its end; raises ``MediaError`` for a file that does not decode or is shorter
    than it says (``seen``)."""
    nowhere = ["-map", "0:v:0", "-fps_mode", "passthrough", "-f", "rawvideo", os.devnull]
    count = _done([*_source(path), *nowhere], path, shown)
    if seen.fps:
        _check_whole(seen, count / seen.fps, seen.seconds or 0.0, shown)


def _done(arguments: list[str], path: Path, shown: str) -> int:
    """Let ffmpeg decode ``path`` and return how many frames came of it."""
    done = _ffmpeg(["-v", "error", "-nostats", "-progress", "pipe:1", *arguments], shown)
    frames = re.findall(rb"^frame=\s*(\d+)", done.stdout, re.MULTILINE)
    # A file that ends before its index says so is no error to ffmpeg.
    broken = done.returncode or any(words in done.stderr for words in CUT_SHORT)
    if broken or not frames or not int(frames[-1]):
        raise _unreadable(path, shown)
    return int(frames[-1])


def _check_whole(seen: Seen, seconds: float, most: float, shown: str) -> None:
    said = min(seen.seconds or 0.0, most)
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
