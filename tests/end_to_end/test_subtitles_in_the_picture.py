"""Burned subtitles, measured in the font and seen in the frame: inside the margins in every shape."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from personavlog import weights
from personavlog.cut import Shot, Timeline
from personavlog.cut.font import FILE, MeasuredFont
from personavlog.cut.subtitles import SIDE_MARGIN, burn_script, cues, unshown
from personavlog.media.ffmpeg import binary

pytestmark = pytest.mark.weights

SHAPES = {"16:9": (1280, 720), "9:16": (720, 1280), "1:1": (960, 960)}
LINES = {
    "en": "At 10:30 I paid $1,000.50 for 3.5 km. Then we walked home together.",
    "zh": "故事从这里开始。我在第一页写下：面包，怎么做？",
    "long": "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente",
    "full": "WWWWW MMMMM WWWWW MMMMM WWWWW MMMMM WWWWW MMMMM WWWWW MMMMM WWW",
}


@pytest.fixture(scope="module")
def folder() -> Path:
    return weights.path("noto-sans-sc")


def frame(timeline: Timeline, folder: Path, work: Path) -> NDArray[np.uint8]:
    """The frame after half a second, (h, w) grey levels: the subtitle on a dark ground."""
    font, (width, height) = MeasuredFont(folder / FILE), (timeline.width, timeline.height)
    script = burn_script(timeline, timeline.segments[0], cues(timeline, font), font)
    (work / "lines.ass").write_text(str(script), encoding="utf-8")
    (work / "fonts").symlink_to(folder)
    ground = f"color=c=black:s={width}x{height}:r=2:d=2,ass=filename=lines.ass:fontsdir=fonts,format=gray"
    command = [binary(), "-v", "error", "-f", "lavfi", "-i", ground, "-ss", "0.5", "-frames:v", "1"]
    run = subprocess.run([*command, "-f", "rawvideo", "-"], cwd=work, capture_output=True, check=True)
    return np.frombuffer(run.stdout, np.uint8).reshape(height, width)


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("shape", SHAPES)
def test_the_text_stays_inside_the_margins(shape: str, line: str, folder: Path, tmp_path: Path) -> None:
    width, height = SHAPES[shape]
    timeline = Timeline(width=width, height=height, shots=(Shot(seconds=2, line=LINES[line], line_duration=2),))
    columns = np.flatnonzero((frame(timeline, folder, tmp_path) > 60).any(axis=0))
    outline = width / 150
    assert columns.size, "it is seen"
    assert columns.min() >= width * SIDE_MARGIN - outline and columns.max() <= width * (1 - SIDE_MARGIN) + outline


def test_the_font_is_asked_which_characters_it_has(folder: Path) -> None:
    timeline = Timeline(
        width=1280, height=720, shots=(Shot(seconds=2, line="Привет 你好 Tiếng สวัสดี", line_duration=2),)
    )
    assert unshown(timeline, MeasuredFont(folder / FILE)) == ("ส", "วั", "ดี")
