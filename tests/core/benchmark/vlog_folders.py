"""Vlog folders as a method leaves them, small and made in a moment."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import soundfile

from personavlog.benchmark.outputs import ATTEMPTS, Correction, Cost, Meta, Method, Outputs, Shot, Vlog
from personavlog.media.arrays import Pixels
from personavlog.media.encode import encoding

RATE = 16_000


def picture(seed: int, width: int = 160, height: int = 96) -> Pixels:
    """(height, width, 3): soft blots, another ``seed`` gives others."""
    coarse = np.random.default_rng(seed).integers(30, 220, (height // 8, width // 8, 3)).astype(np.uint8)
    return np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)


def save(path: Path, pixels: Pixels) -> Path:
    """As PNG."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cv2.imencode(".png", pixels[..., ::-1])[1].tobytes())
    return path


def speak(path: Path, seconds: float, seed: int = 0) -> Path:
    """Noise that comes and goes four times a second."""
    path.parent.mkdir(parents=True, exist_ok=True)
    time = np.arange(int(seconds * RATE)) / RATE
    noise = np.random.default_rng(seed).normal(0, 0.1, len(time)) * np.abs(np.sin(2 * np.pi * 2 * time))
    soundfile.write(path, noise.astype(np.float32), RATE)
    return path


def film(path: Path, frames: Sequence[Pixels], fps: float = 8) -> Path:
    """An MP4 of these frames."""
    path.parent.mkdir(parents=True, exist_ok=True)
    height, width = frames[0].shape[:2]
    with encoding(path, width, height, fps) as pipe:
        for frame in frames:
            pipe.write(np.dstack([frame, np.full((height, width), 255, np.uint8)]))
        pipe.finish()
    return path


def sliding(seed: int, count: int = 4, step: int = 8, side: int = 128) -> list[Pixels]:
    """A picture that slides; as small as RAFT takes it."""
    wide = picture(seed, side + count * step, side)
    return [np.ascontiguousarray(wide[:, step * k : step * k + side]) for k in range(count)]


def vlog(
    root: Path,
    name: str = "ada__noir__lake",
    *,
    shots: int = 2,
    attempts: Sequence[Correction] | None = None,
    cost: Cost | None = None,
    style_text: str = "noir",
    language: str = "en",
) -> Vlog:
    """A folder with keyframes and a stylised reference, and no more."""
    folder = root / name
    person, style, theme = name.split("__")
    meta = Meta(person=person, style=style, theme=theme, theme_text="A lake", style_text=style_text, language=language)
    made = tuple(Shot(index=k, board=f"She waits, {k}.", line="I wait.") for k in range(1, shots + 1))
    folder.mkdir(parents=True, exist_ok=True)
    save(folder / "stylised.png", picture(99))
    for shot in made:
        save(folder / f"keyframes/{shot.index:02d}.png", picture(shot.index))
    if attempts is not None:
        (folder / "corrections.json").write_bytes(ATTEMPTS.dump_json(tuple(attempts)))
    if cost is not None:
        (folder / "cost.json").write_text(json.dumps(cost.model_dump(mode="json")), "utf-8")
    return Vlog(folder, meta, made, tuple(attempts or ()), cost)


def outputs(root: Path, *vlogs: Vlog) -> Outputs:
    """A method's folder."""
    return Outputs(root, Method(name="ours", title="Ours"), vlogs)
