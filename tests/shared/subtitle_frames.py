"""Burned subtitles drawn alone on black by the real ffmpeg: one frame a cue, many cues in one go."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from personavlog import weights
from personavlog.cut import Shot, Timeline
from personavlog.cut.burned import burn_script
from personavlog.cut.fonts import Face, Fonts, opened, table
from personavlog.cut.subtitles import Cue
from personavlog.media.ffmpeg import binary

SHAPES = {"16:9": (1280, 720), "9:16": (720, 1280), "1:1": (960, 960)}


def files(faces: Sequence[Face]) -> list[Path]:
    return [weights.file(face.weight, face.file) for face in faces]


def fonts(faces: Sequence[Face] | None = None) -> Fonts:
    """All faces that can be had, or only these."""
    chosen = table() if faces is None else faces
    return Fonts([opened(face, weights.path(face.weight)) for face in chosen])


def drawn(shown: Sequence[Cue], shape: str, font: Fonts, work: Path) -> Iterator[NDArray[np.uint8]]:
    """A frame for every cue, (h, w) grey levels."""
    width, height = SHAPES[shape]
    timeline = Timeline(width=width, height=height, shots=(Shot(seconds=len(shown)),))
    second = tuple(cue.model_copy(update={"start": at, "end": at + 1}) for at, cue in enumerate(shown))
    script = burn_script(timeline, timeline.segments[0], second, font)
    (work / "lines.ass").write_text(str(script), encoding="utf-8", newline="\n")
    (work / "fonts").mkdir(exist_ok=True)
    for file in files(table()):
        if not (work / "fonts" / file.name).exists():
            (work / "fonts" / file.name).symlink_to(file)
    ground = f"color=c=black:s={width}x{height}:r=1:d={len(shown)},format=gray,ass=filename=lines.ass:fontsdir=fonts"
    command = [binary(), "-v", "error", "-f", "lavfi", "-i", ground, "-f", "rawvideo", "-pix_fmt", "gray", "-"]
    with subprocess.Popen(command, cwd=work, stdout=subprocess.PIPE) as run:
        assert run.stdout
        while len(data := run.stdout.read(width * height)) == width * height:
            yield np.frombuffer(data, np.uint8).reshape(height, width)
    assert run.returncode == 0


def ink(frame: NDArray[np.uint8]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is drawn in the text's own colour; all -1 where nothing is."""
    columns, rows = np.flatnonzero((frame > 60).any(axis=0)), np.flatnonzero((frame > 60).any(axis=1))
    return (int(columns[0]), int(rows[0]), int(columns[-1]), int(rows[-1])) if columns.size else (-1, -1, -1, -1)
