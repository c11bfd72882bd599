"""One segment of the film as an encoded file of its own, so that a changed shot costs only its neighbourhood."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from personavlog.cut.timeline import Segment, Timeline
from personavlog.frozen import Frozen
from personavlog.media import Blob, Clip
from personavlog.media.arguments import BT709, IN_BT709, local, x264
from personavlog.media.process import run_ffmpeg
from personavlog.runs.blobs import Blobs
from personavlog.system import lend

TIMESCALE = 12288
ENCODER = (
    *x264("veryfast", 19),
    *("-profile:v", "high", "-pix_fmt", "yuv420p", "-bf", "2", "-g", "48"),
    *BT709,
    *("-video_track_timescale", str(TIMESCALE), "-an", "-map_metadata", "-1", "-fflags", "+bitexact"),
)
"""Equal for every segment: joining by stream copy needs identical settings."""
NEAR = 1.03
"""A clip is cropped to the film's shape where the ratio of their aspect ratios is smaller: models have grids of sizes
(832x464 for 16:9), and bands of a few rows would only look like a fault."""


class EncodedSegment(Frozen):
    """A segment's H.264 file in the store."""

    blob: Blob
    frames: int


async def render(
    timeline: Timeline,
    segment: Segment,
    clips: Mapping[int, Clip],
    ass: str | None,
    *,
    blobs: Blobs,
    fonts: Sequence[Path],
) -> EncodedSegment:
    """Encode one segment; ``clips`` are those of its shots, ``ass`` is burned in (``burned.burn_script``), ``fonts``
    are the files of its fonts.

    Raises ``MachineError`` when ffmpeg fails.
    """
    with tempfile.TemporaryDirectory(prefix="personavlog-cut-") as name:
        folder = Path(name)
        if ass is not None:
            (folder / "lines.ass").write_text(ass, encoding="utf-8", newline="\n")
            (folder / "fonts").mkdir()
            for font in fonts:
                lend(font, folder / "fonts" / font.name)
        graph = ["-filter_complex", _graph(timeline, segment, clips, burned=ass is not None), "-map", "[out]"]
        encoder = ["-frames:v", str(segment.frames), *ENCODER, "-threads", str(min(2, os.cpu_count() or 1))]
        await run_ffmpeg(*_inputs(timeline, segment, clips, blobs), *graph, *encoder, "segment.mp4", folder=folder)
        return EncodedSegment(blob=blobs.put_file(folder / "segment.mp4", "video/mp4"), frames=segment.frames)


def _inputs(timeline: Timeline, segment: Segment, clips: Mapping[int, Clip], blobs: Blobs) -> list[str]:
    # Half a frame before the first one, so that rounding never drops it; ffmpeg seeks exactly where it decodes. A held
    # shot ends on its last frame.
    first = min(segment.first, round(clips[segment.shot].duration * timeline.fps) - 1)
    seek = ["-ss", f"{(first - 0.5) / timeline.fps:.6f}"] if first > 0 else []
    result: list[str] = []
    for number, clip in enumerate(clips[shot] for shot in segment.shots):
        result += local(blobs.path(clip).resolve(), "mov", *(seek if number == 0 else []))
    return result


def _graph(timeline: Timeline, segment: Segment, clips: Mapping[int, Clip], *, burned: bool) -> str:
    """The filter graph: numbers and fixed names only."""
    lines = [_source(timeline, clips[shot], number, segment.frames) for number, shot in enumerate(segment.shots)]
    last = "v0"
    if segment.kind == "join":
        lines.append(f"[v0][v1]xfade=transition=fade:duration={segment.frames / timeline.fps:.6f}:offset=0[x]")
        last = "x"
    end = "ass=filename=lines.ass:fontsdir=fonts" if burned else "null"
    return ";\n".join([*lines, f"[{last}]{end},format=yuv420p,{IN_BT709}[out]"])


def _source(timeline: Timeline, clip: Clip, number: int, frames: int) -> str:
    """One clip's frames at the film's size and rate."""
    fps = timeline.fps
    return (
        f"[{number}:v]setpts=PTS-STARTPTS,{_fit(timeline, clip, number)}setsar=1,fps={fps},"
        f"tpad=stop_mode=clone:stop={frames},trim=end_frame={frames},settb=1/{fps},format=yuv420p[v{number}]"
    )


def _fit(timeline: Timeline, clip: Clip, number: int) -> str:
    """To the film's size: a clip of nearly its shape is cropped, one of another lies over a blurred copy of itself."""
    width, height = timeline.width, timeline.height
    cover = f"scale={width}:{height}:force_original_aspect_ratio=increase,crop={width}:{height}"
    if (clip.width, clip.height) == (width, height):
        return ""
    if is_cropped(timeline, clip):
        return f"{cover},"
    return (
        f"split[a{number}][b{number}];[a{number}]{cover},gblur=24[c{number}];"
        f"[b{number}]scale={width}:{height}:force_original_aspect_ratio=decrease:force_divisible_by=2[d{number}];"
        f"[c{number}][d{number}]overlay=(W-w)/2:(H-h)/2,"
    )


def is_cropped(timeline: Timeline, clip: Clip) -> bool:
    """Whether a clip has another size than the film, and its shape or nearly so: it fills the picture, and what is over
    at two edges is cut off."""
    wide, high = clip.width * timeline.height, clip.height * timeline.width
    return (clip.width, clip.height) != (timeline.width, timeline.height) and max(wide, high) < NEAR * min(wide, high)
