"""The cut of a 60 s, 720p, 12-shot film: ours, MoviePy doing the same edit, one bare x264 encode of the same frames,
and ours after one shot changed.

    python benchmarks/cut.py [--seconds 60] [--repeat 3]

MoviePy is compared when it is installed (pip install moviepy). Burned subtitles, crossfades, one stereo sound; every
figure is wall seconds.
"""

from __future__ import annotations

import argparse
import importlib.util
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import anyio
import numpy as np

from personavlog import weights
from personavlog.cut import EncodedSegment, Shot, Timeline, assemble, encode_sound, render
from personavlog.cut.burned import burn_script
from personavlog.cut.subtitles import cues
from personavlog.media import Clip
from personavlog.media.ffmpeg import binary
from personavlog.runs.blobs import Blobs

SHOTS, WIDTH, HEIGHT, FPS = 12, 1280, 720, 24
LINE = "Some days begin with a closed door, and still end with the window open."


def ffmpeg(*arguments: str) -> None:
    """Run the binary that the cut uses."""
    subprocess.run([binary(), "-v", "error", "-y", *arguments], check=True)


def make_clip(folder: Path, blobs: Blobs, number: int, seconds: float) -> Clip:
    """A moving, textured clip."""
    path = folder / f"clip{number}.mp4"
    source = f"mandelbrot=size={WIDTH}x{HEIGHT}:rate={FPS}:start_scale={3 - number * 0.2}:end_scale=0.5"
    ffmpeg(
        "-f",
        "lavfi",
        "-i",
        source,
        "-frames:v",
        str(round(seconds * FPS)),
        "-c:v",
        "libx264",
        "-preset",
        "veryfast",
        "-crf",
        "17",
        "-pix_fmt",
        "yuv420p",
        str(path),
    )
    return blobs.put_clip(path, width=WIDTH, height=HEIGHT, fps=FPS, frames=round(seconds * FPS))


class Cutter:
    """Our cut with its segments remembered, as the step engine does."""

    def __init__(self, blobs: Blobs) -> None:
        self.blobs, self.fonts = blobs, (weights.file("noto-sans-sc"),)
        self.kept: dict[tuple[object, ...], EncodedSegment] = {}

    async def film(self, timeline: Timeline, clips: Mapping[int, Clip], sound: np.ndarray) -> Path:
        """Cut the film of these clips by shot; two segments at a time."""
        shown = cues(timeline)
        limit = anyio.CapacityLimiter(2)
        result: dict[int, EncodedSegment] = {}

        async def one(number: int) -> None:
            segment = timeline.segments[number]
            ass = burn_script(timeline, segment, shown)
            used = tuple(clips[shot].digest for shot in segment.shots)
            key = (used, segment.first, segment.last, ass)
            if key not in self.kept:
                async with limit:
                    self.kept[key] = await render(timeline, segment, clips, ass, blobs=self.blobs, fonts=self.fonts)
            result[number] = self.kept[key]

        async with anyio.create_task_group() as tasks:
            for number in range(len(timeline.segments)):
                tasks.start_soon(one, number)
        ordered = [result[n] for n in range(len(timeline.segments))]
        audio = self.blobs.put_audio(sound, 48000)
        heard = await encode_sound(audio, timeline.duration, blobs=self.blobs)
        film = await assemble(
            timeline,
            ordered,
            heard,
            shown,
            title="Benchmark",
            language="en",
            soft_subtitles=False,
            blobs=self.blobs,
        )
        return self.blobs.path(film.video)


def moviepy_film(clips: list[Path], timeline: Timeline, sound: Path, font: Path, target: Path) -> None:
    """The same edit by MoviePy: crossfades, the same subtitle pieces as text clips, the same sound."""
    from moviepy import AudioFileClip, CompositeVideoClip, TextClip, VideoFileClip, vfx

    fade = timeline.fade / FPS
    parts = [
        VideoFileClip(str(path)).with_start(start / FPS).with_effects([vfx.CrossFadeIn(fade)] if start else [])
        for path, start in zip(clips, timeline.starts, strict=True)
    ]
    lines = [
        TextClip(font=str(font), text=cue.text, font_size=40, color="white", stroke_color="black", stroke_width=2)
        .with_start(cue.start)
        .with_duration(cue.end - cue.start)
        .with_position(("center", 640))
        for cue in cues(timeline)
    ]
    film = (
        CompositeVideoClip([*parts, *lines], size=(WIDTH, HEIGHT))
        .with_duration(timeline.duration)
        .with_audio(AudioFileClip(str(sound)))
    )
    film.write_videofile(str(target), fps=FPS, preset="veryfast", logger=None, ffmpeg_params=["-crf", "19"])


def timed(work: Callable[[], object]) -> float:
    """Wall seconds of one call."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def measure(seconds: float, *, peer: bool) -> dict[str, float]:
    """One round of all four in one folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        blobs = Blobs(folder / "store")
        each = (seconds + (SHOTS - 1) * 8 / FPS) / SHOTS
        clips = [make_clip(folder, blobs, n, each) for n in range(SHOTS + 1)]
        shown = dict(enumerate(clips[:SHOTS]))
        shots = tuple(
            Shot(seconds=c.duration, line=LINE, line_start=0.4, line_duration=3.6, chapter=f"Shot {n}")
            for n, c in shown.items()
        )
        timeline = Timeline(width=WIDTH, height=HEIGHT, fps=FPS, shots=shots)
        noise = np.random.default_rng(0).normal(0, 0.05, (round(timeline.duration * 48000), 2)).astype(np.float32)
        cutter, made = Cutter(blobs), []
        result = {"ours": timed(lambda: made.append(anyio.run(cutter.film, timeline, shown, noise)))}
        changed = {**shown, 5: clips[SHOTS]}
        result["ours, one shot changed"] = timed(lambda: anyio.run(cutter.film, timeline, changed, noise))
        ffmpeg("-i", str(made[0]), "-an", "-c:v", "ffv1", str(folder / "frames.mkv"))
        result["bare x264 of the same frames"] = timed(
            lambda: ffmpeg(
                "-i",
                str(folder / "frames.mkv"),
                "-c:v",
                "libx264",
                "-preset",
                "veryfast",
                "-crf",
                "19",
                str(folder / "bare.mp4"),
            )
        )
        if peer:
            paths = [folder / f"clip{n}.mp4" for n in range(SHOTS)]
            sound = blobs.path(blobs.put_audio(noise, 48000))
            (folder / "sound.wav").symlink_to(sound)
            font = next(weights.path("noto-sans-sc").glob("*.ttf"))
            result["MoviePy"] = timed(
                lambda: moviepy_film(paths, timeline, folder / "sound.wav", font, folder / "peer.mp4")
            )
        return result


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    peer = importlib.util.find_spec("moviepy") is not None
    rounds = [measure(options.seconds, peer=peer) for _ in range(options.repeat)]
    best = {name: min(r[name] for r in rounds) for name in rounds[0]}
    for name, value in best.items():
        print(
            f"{name:32s} {value:7.2f} s   {value / best['ours']:6.2f} x ours   (of {options.repeat}: "
            f"{', '.join(f'{r[name]:.2f}' for r in rounds)})"
        )
    print(f"ours / bare x264        {best['ours'] / best['bare x264 of the same frames']:.2f}   (aim 1.2)")
    print(f"changed / ours          {best['ours, one shot changed'] / best['ours']:.2f}   (aim 0.1)")
    print(
        f"MoviePy / ours          {best['MoviePy'] / best['ours']:.2f}   (aim 4)"
        if peer
        else "MoviePy is not installed: not compared (pip install moviepy)"
    )
    print(f"peak memory of ffmpeg   {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
