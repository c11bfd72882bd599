"""Films cut from clips of plain grey by the real ffmpeg, and their frames read back."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from personavlog.cut import EncodedSegment, Film, Timeline, assemble, encode_sound, render
from personavlog.cut.burned import burn_script
from personavlog.cut.subtitles import cues
from personavlog.media import Clip
from personavlog.media.arrays import Samples
from personavlog.media.ffmpeg import binary
from personavlog.runs.blobs import Blobs


def make_clip(blobs: Blobs, folder: Path, level: int, frames: int = 30, size: tuple[int, int] = (160, 90)) -> Clip:
    """A clip whose n-th frame has the grey level ``level + n``."""
    path = folder / f"clip{level}.mp4"
    raw = b"".join(np.full((size[1], size[0], 3), level + n, np.uint8).tobytes() for n in range(frames))
    subprocess.run(
        [
            binary(),
            "-v",
            "error",
            "-y",
            "-f",
            "rawvideo",
            "-pix_fmt",
            "rgb24",
            "-s",
            f"{size[0]}x{size[1]}",
            "-r",
            "24",
            "-i",
            "-",
            "-c:v",
            "libx264",
            "-preset",
            "veryfast",
            "-crf",
            "8",
            "-pix_fmt",
            "yuv420p",
            str(path),
        ],
        input=raw,
        check=True,
    )
    return blobs.put_clip(path, width=size[0], height=size[1], fps=24, frames=frames)


def frames(blobs: Blobs, film: Film) -> np.ndarray:
    """Every frame of the film as grey levels, (n, 45, 80)."""
    command = [
        binary(),
        "-v",
        "error",
        "-i",
        str(blobs.path(film.video)),
        "-map",
        "0:v",
        "-vf",
        "scale=80:45:flags=area",
        "-f",
        "rawvideo",
        "-pix_fmt",
        "gray",
        "-",
    ]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    return np.frombuffer(raw, np.uint8).reshape(-1, 45, 80).astype(np.float64)


async def cut(
    timeline: Timeline,
    clips: Sequence[Clip],
    blobs: Blobs,
    fonts: Sequence[Path] = (),
    *,
    burned: bool = False,
    soft: bool = False,
    played: Samples | None = None,
) -> tuple[Film, list[EncodedSegment]]:
    """The film of one clip per shot, and its segments; silent unless something is ``played``, (n, 2) at 48 kHz."""
    shown, by_shot, segments = cues(timeline), dict(enumerate(clips)), []
    for segment in timeline.segments:
        ass = burn_script(timeline, segment, shown) if burned else None
        segments.append(await render(timeline, segment, by_shot, ass, blobs=blobs, fonts=fonts))
    silence = np.zeros((int(timeline.duration * 48000), 2), np.float32)
    sound = blobs.put_audio(silence if played is None else played, 48000)
    heard = await encode_sound(sound, timeline.duration, blobs=blobs)
    film = await assemble(
        timeline, segments, heard, shown, title="A=B; #1\\x", language="en", soft_subtitles=soft, blobs=blobs
    )
    return film, segments
