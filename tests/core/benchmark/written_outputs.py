"""A method's outputs, written as anybody may write them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import PIL.Image

from personavlog.media.encode import encoding

PERSON, STYLE = "p01", "pixar"
SHOTS = 3


def vlog_name(theme: str = "t01") -> str:
    """The folder of a theme's vlog."""
    return f"{PERSON}__{STYLE}__{theme}"


@cache
def clip_bytes(width: int = 64, height: int = 48, fps: int = 8, frames: int = 8) -> bytes:
    """A short H.264 clip of a moving bar."""
    with TemporaryDirectory() as folder:
        target = Path(folder) / "clip.mp4"
        with encoding(target, width, height, fps) as encoder:
            for number in range(frames):
                frame = np.full((height, width, 4), 90, np.uint8)
                frame[:, number * 4 : number * 4 + 8] = 220
                encoder.write(frame)
            encoder.finish()
        return target.read_bytes()


def picture(place: Path, size: tuple[int, int] = (64, 48), colour: int = 120) -> Path:
    """A grey picture in the kind that the name's ending says."""
    place.parent.mkdir(parents=True, exist_ok=True)
    PIL.Image.new("RGB", size, (colour, colour // 2, 60)).save(place)
    return place


def clip(place: Path, **form: int) -> Path:
    """A clip, made once a form."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(clip_bytes(**form))
    return place


def record(place: Path, content: Any) -> Path:
    """A file of JSON."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(content), encoding="utf-8")
    return place


def method(folder: Path, name: str = "mine", themes: tuple[str, ...] = ("t01",)) -> Path:
    """A sound method's folder with pictures and clips."""
    record(folder / "method.json", {"name": name, "title": f"Method {name}"})
    for theme in themes:
        vlog(folder, theme)
    return folder


def vlog(folder: Path, theme: str = "t01", *, text: str = "A day at the lake", shots: int = SHOTS) -> Path:
    """One sound vlog in a method's folder."""
    place = folder / vlog_name(theme)
    meta = {"person": PERSON, "style": STYLE, "theme": theme, "theme_text": text, "style_text": "Pixar Style"}
    record(place / "meta.json", meta)
    board = [{"index": n, "board": f"She walks, {n}", "video": "slowly", "line": "Here I am."} for n in _count(shots)]
    record(place / "storyboard.json", board)
    picture(place / "reference.png", colour=200)
    for n in _count(shots):
        picture(place / "keyframes" / f"{n:02d}.png", colour=40 * n)
        clip(place / "clips" / f"{n:02d}.mp4")
    return place


def _count(shots: int) -> range:
    return range(1, shots + 1)
