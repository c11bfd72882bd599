"""Speed and memory of the embedded animator, and the noise of the clip measures.

    python benchmarks/motion.py                 frames per second, cpu seconds per frame, peak memory
    python benchmarks/motion.py --tolerances    largest change of each score when a clip is encoded again at other crf

The stage is drawn from a seed: sky, hills, ground, water, a figure and leaves, 1280 x 720 with a margin of 72 px; no
weights are needed.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import tempfile
import time
from pathlib import Path

import cv2
import numpy as np

from personavlog.media import Clip
from personavlog.media.encode import encoding
from personavlog.media.ffmpeg import binary
from personavlog.metrics.clip import measure_clip
from personavlog.script import Camera
from personavlog_embedded.motion.instructions import Instructions
from personavlog_embedded.motion.pace import Pace
from personavlog_embedded.motion.renderer import Renderer
from personavlog_embedded.scene.stage import Layer, Stage

WIDTH, HEIGHT, MARGIN, FPS = 1280, 720, 72, 24
FACE = (565.0, 170.0, 715.0, 350.0)
BANDS = (
    ("sky", 1.0, 0.0, 1.0),
    ("far", 0.85, 0.4, 0.6),
    ("mid", 0.6, 0.45, 0.7),
    ("water", 0.55, 0.6, 0.75),
    ("ground", 0.5, 0.7, 1.0),
)


def texture(rng: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    """(h, w, 3) uint8: noise with detail at several sizes around one colour."""
    base = rng.uniform(60, 190, 3)
    octaves = [
        cv2.resize(
            rng.normal(0, 22, (shape[0] // k, shape[1] // k, 1)), (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC
        )
        for k in (2, 12, 60)
    ]
    return np.clip(base + sum(octaves)[..., None], 0, 255).astype(np.uint8)


def stage(weather: str) -> Stage:
    """The seeded scene."""
    rng = np.random.default_rng(0)
    h, w = HEIGHT + 2 * MARGIN, WIDTH + 2 * MARGIN
    layers = []
    for kind, depth, top, bottom in BANDS:
        rgba = np.dstack([texture(rng, (h, w)), np.zeros((h, w), np.uint8)])
        edge = top * h + (kind != "sky") * 14 * np.sin(np.arange(w) / rng.uniform(20, 60))
        rgba[..., 3] = 255 * ((np.arange(h)[:, None] >= edge) & (np.arange(h)[:, None] <= bottom * h))
        layers.append(Layer(kind, kind, depth, rgba))  # type: ignore[arg-type]
    alpha = np.zeros((h, w), np.uint8)
    cv2.ellipse(alpha, (w // 2, h // 2 - 100), (80, 100), 0, 0, 360, 255, -1)
    cv2.ellipse(alpha, (w // 2, h + 60), (230, 440), 0, 0, 360, 255, -1)
    layers.append(Layer("person", "person", 0.3, np.dstack([texture(rng, (h, w)), alpha])))
    alpha = np.zeros((h, w), np.uint8)
    for x, y in zip(rng.uniform(0, 0.3 * w, 80), rng.uniform(0.6 * h, h, 80), strict=True):
        cv2.ellipse(alpha, (int(x), int(y)), (45, 12), rng.uniform(0, 180), 0, 360, 255, -1, cv2.LINE_AA)
    layers.append(Layer("leaves", "front", 0.15, np.dstack([texture(rng, (h, w)), alpha])))
    return Stage(WIDTH, HEIGHT, MARGIN, tuple(layers), weather, "noon")


def film(target: Path, camera: Camera, weather: str, seconds: float) -> Clip:
    """Render and encode the scene; returns what was written."""
    renderer = Renderer(stage(weather), Instructions(camera, round(seconds * FPS), FPS, 1, Pace()))
    with encoding(target, WIDTH, HEIGHT, FPS) as pipe:
        for number in range(renderer.frames):
            pipe.write(renderer.frame(number))
        pipe.finish()
    return Clip(
        digest="0" * 64, size=target.stat().st_size, width=WIDTH, height=HEIGHT, fps=FPS, frames=renderer.frames
    )


def cpu() -> float:
    """Seconds used by this process and those it waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def speed(folder: Path) -> None:
    """Print one line per camera and weather."""
    for camera, weather in (
        (Camera.PUSH_IN, "clear"),
        (Camera.ORBIT, "rain"),
        (Camera.HANDHELD, "snow"),
        (Camera.PAN_LEFT, "fog"),
    ):
        wall, used = time.perf_counter(), cpu()
        clip = film(folder / "clip.mp4", camera, weather, 5)
        wall, used = time.perf_counter() - wall, cpu() - used
        peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
        measured, before = time.perf_counter(), cpu()
        measure_clip(folder / "clip.mp4", clip, FACE)
        measured, before = time.perf_counter() - measured, cpu() - before
        print(
            f"{camera.value:10} {weather:6} {clip.frames / wall:5.1f} frames/s  {used / clip.frames:.3f} cpu-s/frame  "
            f"peak {peak:.0f} MB"
            f"  {clip.size / 1e6:.1f} MB  measured in {before:.1f} cpu-s"
        )


def tolerances(folder: Path) -> None:
    """Print the largest change of each score between the original and its re-encodings."""
    worst: dict[str, float] = {}
    for camera, weather in (
        (Camera.PUSH_IN, "clear"),
        (Camera.ORBIT, "clear"),
        (Camera.HANDHELD, "snow"),
        (Camera.STATIC, "cloud"),
    ):
        clip = film(folder / "clip.mp4", camera, weather, 4)
        first = measure_clip(folder / "clip.mp4", clip, FACE)
        print(f"{camera.value:10}", *(f"{score.name.removeprefix('proxy.')} {score.value:.4f}" for score in first))
        for crf in (20, 23, 26):
            again = folder / f"{crf}.mp4"
            arguments = [
                "-i",
                str(folder / "clip.mp4"),
                "-c:v",
                "libx264",
                "-crf",
                f"{crf}",
                "-preset",
                "medium",
                str(again),
            ]
            subprocess.run([binary(), "-v", "error", "-y", *arguments], check=True)
            for old, new in zip(first, measure_clip(again, clip, FACE), strict=True):
                if old.value is not None and new.value is not None:
                    worst[old.name] = max(worst.get(old.name, 0.0), abs(new.value - old.value))
    for name, change in worst.items():
        print(f"{name:30} {change:.5f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--tolerances", action="store_true")
    with tempfile.TemporaryDirectory() as made:
        (tolerances if parser.parse_args().tolerances else speed)(Path(made))
