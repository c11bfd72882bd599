"""The cut rendered by the real ffmpeg: exact frames, cached neighbourhoods, chapters, soft subtitles, other shapes."""

from __future__ import annotations

import itertools
import re
import subprocess
from pathlib import Path

import numpy as np
import pytest

from personavlog.cut import Film, Shot, Timeline, render
from personavlog.cut.segment import _fit
from personavlog.media import Clip
from personavlog.media.ffmpeg import binary
from personavlog.runs.blobs import Blobs
from tests.shared.rendered_film import cut, frames, make_clip

pytestmark = pytest.mark.anyio
RATE = 48_000


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "store")


def grey(blobs: Blobs, film: Film) -> list[float]:
    """Mean grey level of every frame of the film."""
    return [float(frame.mean()) for frame in frames(blobs, film)]


async def test_every_frame_is_where_the_timeline_says(blobs: Blobs, tmp_path: Path) -> None:
    clips = [make_clip(blobs, tmp_path, level) for level in (40, 120, 200)]
    timeline = Timeline(width=160, height=90, crossfade=6, shots=tuple(Shot(seconds=1.25) for _ in clips))
    film, _ = await cut(timeline, clips, blobs)
    levels = grey(blobs, film)
    assert len(levels) == timeline.frames == 78
    step = (levels[20] - levels[0]) / 20
    assert 0.8 < step < 1.2
    assert levels[23] == pytest.approx(levels[0] + 23 * step, abs=2), "the body ends where the crossfade begins"
    assert levels[30] > levels[0] + 70, "after the crossfade the second shot is seen"
    assert max(abs(b - a) for a, b in itertools.pairwise(levels)) < 25, "the crossfade has no jump"


async def test_one_changed_shot_leaves_the_other_segments_alone(blobs: Blobs, tmp_path: Path) -> None:
    clips = [make_clip(blobs, tmp_path, level) for level in (40, 80, 120, 160)]
    timeline = Timeline(width=160, height=90, shots=tuple(Shot(seconds=1.25) for _ in clips))
    _, first = await cut(timeline, clips, blobs)
    clips[3] = make_clip(blobs, tmp_path, 200)
    _, second = await cut(timeline, clips, blobs)
    changed = [n for n, (a, b) in enumerate(zip(first, second, strict=True)) if a.blob.digest != b.blob.digest]
    assert changed == [5, 6], "the join into the last shot and its body"


async def test_film_carries_chapters_label_subtitles_and_fast_start(blobs: Blobs, tmp_path: Path) -> None:
    levels = (40, 120)
    clips = [make_clip(blobs, tmp_path, level) for level in levels]
    shots = tuple(
        Shot(seconds=1.25, line="Hello there.", line_duration=1, chapter=f"Part = {level}; #") for level in levels
    )
    film, _ = await cut(Timeline(width=160, height=90, shots=shots), clips, blobs, soft=True)
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


async def test_soft_subtitles_show_markup_as_it_is_written(blobs: Blobs, tmp_path: Path) -> None:
    line = r"<b>a</b> {\an8}x 1 --> 2 C:\New & {y:i}"
    shot = Shot(seconds=1.25, line=line, line_duration=1)
    film, _ = await cut(
        Timeline(width=160, height=90, shots=(shot,)), [make_clip(blobs, tmp_path, 40)], blobs, soft=True
    )
    command = [binary(), "-v", "error", "-i", str(blobs.path(film.video)), "-map", "0:s", "-f", "srt", "-"]
    read = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    assert " ".join(read.replace("\u2060", "").split()[4:]) == line


async def test_the_sound_is_heard_when_it_was_mixed_and_is_as_long_as_the_film(blobs: Blobs, tmp_path: Path) -> None:
    clips = [make_clip(blobs, tmp_path, level) for level in (40, 120)]
    timeline = Timeline(width=160, height=90, shots=tuple(Shot(seconds=1.25) for _ in clips))
    played = np.zeros((round(timeline.duration * RATE) + RATE, 2), np.float32)
    times = (0.5, 1.7)
    for at in times:
        played[round(at * RATE) : round(at * RATE) + 240] = 0.5
    film, _ = await cut(timeline, clips, blobs, played=played)
    command = [
        binary(),
        "-v",
        "error",
        "-i",
        str(blobs.path(film.video)),
        "-map",
        "0:a",
        "-ac",
        "1",
        "-f",
        "f32le",
        "-",
    ]
    heard = np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout, np.float32)
    begins = [
        int(np.argmax(np.abs(heard[round((at - 0.2) * RATE) :]) > 0.25)) + round((at - 0.2) * RATE) for at in times
    ]
    assert [begin / RATE for begin in begins] == pytest.approx(times, abs=0.003)
    assert len(heard) / RATE == pytest.approx(timeline.duration, abs=0.05)


def chequered_clip(blobs: Blobs, folder: Path, size: tuple[int, int]) -> Clip:
    """A chequered clip: every row and every column has as much detail as any other."""
    path = folder / f"chequered{size[0]}x{size[1]}.mp4"
    source = f"nullsrc=s={size[0]}x{size[1]}:r=24,geq=lum='255*mod(floor(X/16)+floor(Y/16),2)':cb=128:cr=128"
    command = [binary(), "-v", "error", "-y", "-f", "lavfi", "-i", source, "-frames:v", "8", "-c:v", "libx264"]
    subprocess.run([*command, "-pix_fmt", "yuv420p", str(path)], check=True)
    return blobs.put_clip(path, width=size[0], height=size[1], fps=24, frames=8)


async def edges(blobs: Blobs, folder: Path, shown: tuple[int, int], film: tuple[int, int]) -> list[float]:
    """How much detail the two outermost rows and columns of a film of one clip have, as a share of the picture's: top,
    bottom, left, right."""
    width, height = film
    clip = chequered_clip(blobs, folder, shown)
    timeline = Timeline(width=width, height=height, shots=(Shot(seconds=0.25),))
    made = await render(timeline, timeline.segments[0], {0: clip}, None, blobs=blobs, fonts=())
    command = [binary(), "-v", "error", "-i", str(blobs.path(made.blob)), "-frames:v", "1", "-f", "rawvideo"]
    raw = subprocess.run([*command, "-pix_fmt", "gray", "-"], capture_output=True, check=True).stdout
    picture = np.frombuffer(raw, np.uint8).reshape(height, width).astype(np.float64)
    return [float(edge.std() / picture.std()) for edge in (picture[:2], picture[-2:], picture[:, :2], picture[:, -2:])]


@pytest.mark.parametrize(
    ("shown", "film"),
    [((832, 464), (1280, 720)), ((832, 480), (1280, 720)), ((464, 832), (720, 1280)), ((640, 360), (1280, 720))],
)
async def test_a_clip_of_nearly_the_films_shape_fills_the_picture(
    blobs: Blobs, tmp_path: Path, shown: tuple[int, int], film: tuple[int, int]
) -> None:
    assert min(await edges(blobs, tmp_path, shown, film)) > 0.9


async def test_a_clip_of_another_shape_lies_over_a_blurred_copy(blobs: Blobs, tmp_path: Path) -> None:
    assert max((await edges(blobs, tmp_path, (640, 480), (1280, 720)))[2:]) < 0.5


async def test_a_clip_of_the_films_size_is_not_scaled(blobs: Blobs, tmp_path: Path) -> None:
    clip = chequered_clip(blobs, tmp_path, (832, 464))
    assert _fit(Timeline(width=832, height=464, shots=(Shot(seconds=0.25),)), clip, 0) == ""


async def test_a_clip_of_another_shape_is_fitted_not_stretched(blobs: Blobs, tmp_path: Path) -> None:
    tall = make_clip(blobs, tmp_path, 100, size=(90, 160))
    film, _ = await cut(Timeline(width=160, height=90, shots=(Shot(seconds=1.25),)), [tall], blobs)
    assert len(grey(blobs, film)) == 30


@pytest.mark.parametrize("fade", [5, 7, 10, 11])
async def test_a_crossfade_begins_on_its_first_frame_also_where_its_length_in_seconds_is_rounded_up(
    blobs: Blobs, tmp_path: Path, fade: int
) -> None:
    clips = [make_clip(blobs, tmp_path, level, frames=33) for level in (40, 200)]
    shot = Shot(seconds=33 / 24)
    before, after = [
        grey(blobs, (await cut(Timeline(width=160, height=90, shots=(shot,)), [clip], blobs))[0]) for clip in clips
    ]
    timeline = Timeline(width=160, height=90, crossfade=fade, shots=(shot, shot))
    film, _ = await cut(timeline, clips, blobs)
    (join,) = [segment for segment in timeline.segments if segment.kind == "join"]
    assert join.frames == fade
    mixed = [
        one + (other - one) * number / fade
        for number, (one, other) in enumerate(zip(before[join.first : join.last], after[:fade], strict=True))
    ]
    assert grey(blobs, film)[join.start : join.start + fade] == pytest.approx(mixed, abs=4)
