"""The cut rendered by the real ffmpeg: exact frames, cached neighbourhoods, chapters, soft subtitles, other shapes."""

from __future__ import annotations

import itertools
import re
import subprocess
from pathlib import Path

import numpy as np
import pytest

from personavlog.cut import EncodedSegment, Film, Shot, Timeline, assemble, render
from personavlog.cut.subtitles import burn_script, cues
from personavlog.media import Clip
from personavlog.media.ffmpeg import binary
from personavlog.runs.blobs import Blobs

pytestmark = pytest.mark.anyio


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "store")


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


def grey(blobs: Blobs, film: Film) -> list[float]:
    """Mean grey level of every frame of the film."""
    return [float(frame.mean()) for frame in frames(blobs, film)]


async def cut(
    timeline: Timeline, blobs: Blobs, fonts: Path, *, burned: bool = False, soft: bool = False
) -> tuple[Film, list[EncodedSegment]]:
    shown = cues(timeline)
    segments = [
        await render(timeline, s, burn_script(timeline, s, shown) if burned else None, blobs=blobs, fonts=fonts)
        for s in timeline.segments
    ]
    sound = blobs.put_audio(np.zeros((int(timeline.duration * 48000), 2), np.float32), 48000)
    film = await assemble(
        timeline, segments, sound, title="A=B; #1\\x", language="en", soft_subtitles=soft, blobs=blobs
    )
    return film, segments


async def test_every_frame_is_where_the_timeline_says(blobs: Blobs, tmp_path: Path) -> None:
    shots = tuple(Shot(clip=make_clip(blobs, tmp_path, level)) for level in (40, 120, 200))
    timeline = Timeline(width=160, height=90, crossfade=6, shots=shots)
    film, _ = await cut(timeline, blobs, tmp_path)
    levels = grey(blobs, film)
    assert len(levels) == timeline.frames == 78
    step = (levels[20] - levels[0]) / 20
    assert 0.8 < step < 1.2
    assert levels[23] == pytest.approx(levels[0] + 23 * step, abs=2), "the body ends where the crossfade begins"
    assert levels[30] > levels[0] + 70, "after the crossfade the second shot is seen"
    assert max(abs(b - a) for a, b in itertools.pairwise(levels)) < 25, "the crossfade has no jump"


async def test_one_changed_shot_leaves_the_other_segments_alone(blobs: Blobs, tmp_path: Path) -> None:
    clips = [make_clip(blobs, tmp_path, level) for level in (40, 80, 120, 160)]
    before = Timeline(width=160, height=90, shots=tuple(Shot(clip=c) for c in clips))
    _, first = await cut(before, blobs, tmp_path)
    clips[3] = make_clip(blobs, tmp_path, 200)
    _, second = await cut(before.model_copy(update={"shots": tuple(Shot(clip=c) for c in clips)}), blobs, tmp_path)
    changed = [n for n, (a, b) in enumerate(zip(first, second, strict=True)) if a.blob.digest != b.blob.digest]
    assert changed == [5, 6], "the join into the last shot and its body"


async def test_film_carries_chapters_label_subtitles_and_fast_start(blobs: Blobs, tmp_path: Path) -> None:
    shots = tuple(
        Shot(clip=make_clip(blobs, tmp_path, level), line="Hello there.", line_duration=1, chapter=f"Part = {level}; #")
        for level in (40, 120)
    )
    film, _ = await cut(Timeline(width=160, height=90, shots=shots), blobs, tmp_path, soft=True)
    said = subprocess.run(
        [binary(), "-hide_banner", "-i", str(blobs.path(film.video))], capture_output=True, text=True, check=False
    ).stderr
    assert "AI-generated" in said
    assert "A=B; #1\\x" in said
    assert "Part = 120; #" in said
    assert re.search(r"Subtitle: mov_text", said)
    data = blobs.get(film.video)
    assert data.index(b"moov") < data.index(b"mdat")
    assert b"Hello there." in blobs.get(film.srt)


async def test_a_clip_of_another_shape_is_fitted_not_stretched(blobs: Blobs, tmp_path: Path) -> None:
    tall = make_clip(blobs, tmp_path, 100, size=(90, 160))
    film, _ = await cut(Timeline(width=160, height=90, shots=(Shot(clip=tall),)), blobs, tmp_path)
    assert len(grey(blobs, film)) == 30


@pytest.mark.weights
async def test_burned_line_is_visible_only_while_it_is_spoken(blobs: Blobs, tmp_path: Path) -> None:
    from personavlog import weights

    clip = make_clip(blobs, tmp_path, 60, frames=72, size=(320, 180))
    timeline = Timeline(
        width=320, height=180, shots=(Shot(clip=clip, line="你好 Hello", line_start=1, line_duration=1),)
    )
    plain, _ = await cut(timeline, blobs, tmp_path)
    film, _ = await cut(timeline, blobs, weights.path("noto-sans-sc"), burned=True)
    difference = np.abs(frames(blobs, film) - frames(blobs, plain)).max(axis=(1, 2))
    assert difference[26:46].min() > 20
    assert max(difference[:22].max(), difference[50:].max()) < 5
