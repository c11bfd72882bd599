"""The finished film: segments joined without re-encoding, sound, chapters, labels."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from personavlog.cut import subtitles
from personavlog.cut.encoded_sound import EncodedSound
from personavlog.cut.segment import TIMESCALE, EncodedSegment
from personavlog.cut.timeline import Timeline
from personavlog.frozen import Frozen
from personavlog.languages import LANGUAGES
from personavlog.media import Blob
from personavlog.media.arguments import local
from personavlog.media.process import run_ffmpeg
from personavlog.runs.blobs import Blobs
from personavlog.system import lend

LABEL = "AI-generated with PersonaVlog"


class Film(Frozen):
    """The finished MP4 and its subtitle files; ``duration`` in seconds, sizes in px."""

    video: Blob
    srt: Blob
    vtt: Blob
    width: int
    height: int
    frames: int
    duration: float


async def assemble(
    timeline: Timeline,
    segments: Sequence[EncodedSegment],
    sound: EncodedSound,
    *,
    title: str,
    language: str,
    soft_subtitles: bool,
    blobs: Blobs,
) -> Film:
    """Join the encoded segments in order, add the sound, chapters, an AI label and, if asked, a subtitle track.

    Nothing is encoded again; the index is moved to the file's beginning (faststart). Raises ``MachineError``
    when ffmpeg fails.
    """
    shown = subtitles.cues(timeline)
    srt = blobs.put(subtitles.write(shown, "srt").encode(), "application/x-subrip")
    vtt = blobs.put(subtitles.write(shown, "vtt").encode(), "text/vtt")
    with tempfile.TemporaryDirectory(prefix="personavlog-cut-") as name:
        folder = Path(name)
        _lay_out(folder, timeline, segments, sound, title, blobs)
        if soft_subtitles and shown:
            lend(blobs.path(srt), folder / "lines.srt")
        await run_ffmpeg(*_arguments(timeline, language, with_lines=soft_subtitles and bool(shown)), folder=folder)
        video = blobs.put_file(folder / "film.mp4", "video/mp4")
    return Film(
        video=video,
        srt=srt,
        vtt=vtt,
        width=timeline.width,
        height=timeline.height,
        frames=timeline.frames,
        duration=timeline.duration,
    )


def _lay_out(
    folder: Path, timeline: Timeline, segments: Sequence[EncodedSegment], sound: EncodedSound, title: str, blobs: Blobs
) -> None:
    names = [f"segment{number:03}.mp4" for number in range(len(segments))]
    for file_name, segment in zip(names, segments, strict=True):
        lend(blobs.path(segment.blob), folder / file_name)
    lines = (
        f"file '{file_name}'\nduration {segment.frames / timeline.fps:.9f}\n"
        for file_name, segment in zip(names, segments, strict=True)
    )
    (folder / "list.txt").write_text("".join(lines), encoding="utf-8", newline="\n")
    lend(blobs.path(sound.blob), folder / "sound.m4a")
    (folder / "about.txt").write_text(_about(timeline, title), encoding="utf-8", newline="\n")


def _arguments(timeline: Timeline, language: str, *, with_lines: bool) -> list[str]:
    code = LANGUAGES[language].code
    inputs = [*local("list.txt", "concat"), *local("sound.m4a", "mov"), *local("about.txt", "ffmetadata")]
    soft = ["-map", "3:s", "-c:s", "mov_text", "-metadata:s:s:0", f"language={code}"]
    sound = ["-c:a", "copy", "-metadata:s:a:0", f"language={code}"]
    target = ["-t", f"{timeline.duration:.6f}", "-video_track_timescale", str(TIMESCALE), "-movflags", "+faststart"]
    return [
        *inputs,
        *(local("lines.srt", "srt") if with_lines else []),
        *("-map", "0:v", "-map", "1:a"),
        *(soft if with_lines else []),
        *("-map_metadata", "2", "-map_chapters", "2", "-c:v", "copy"),
        *sound,
        *target,
        "film.mp4",
    ]


def _about(timeline: Timeline, title: str) -> str:
    """ffmpeg's metadata text: the title, the AI label, one chapter per shot."""
    lines = [";FFMETADATA1", f"title={_escape(title)}", f"comment={LABEL}", f"description={LABEL}"]
    for start, end, chapter in timeline.chapters():
        lines += [
            "[CHAPTER]",
            "TIMEBASE=1/1000",
            f"START={round(start * 1000)}",
            f"END={round(end * 1000)}",
            f"title={_escape(chapter)}",
        ]
    return "\n".join(lines) + "\n"


def _escape(text: str) -> str:
    one_line = " ".join(text.split())
    return "".join(f"\\{c}" if c in "=;#\\" else c for c in one_line)
