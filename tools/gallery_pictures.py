"""What the gallery shows of a film: a contact sheet, and a few seconds that move; both small enough for a page of
text."""

from __future__ import annotations

import subprocess
from pathlib import Path

import cv2
import numpy as np

from contact_sheet import frames
from personavlog.media.ffmpeg import binary

SHEET_BYTES, MOVING_BYTES = 250_000, 400_000
SHEET_AREA = 1_300_000
"""Px of a sheet, about: eight hundred a row in a wide film."""
CELLS = 3
"""Pictures of each shot: its keyframe and frames of its clip."""
SECONDS, SIDES, RATES = 3.0, (320, 270, 220, 160, 110), (10, 8, 6)
"""Length of the moving picture; its longer sides in px and frames per second, tried in turn until it is small
enough."""


def contact_sheet(run: Path, target: Path) -> None:
    """Each shot's keyframe and frames of its clip, two shots a row, as JPEG of at most ``SHEET_BYTES``."""
    shots = [_shot(shot) for shot in sorted((run / "shots").iterdir())]
    if not shots:
        raise SystemExit(f"The run {str(run)!r} has no shots; finish it first with: personavlog resume {run.name}")
    shots += [np.full_like(shots[0], 255)] * (len(shots) % 2)
    sheet = np.vstack([np.hstack(shots[at : at + 2]) for at in range(0, len(shots), 2)])
    _fitting(sheet, target)


def _shot(folder: Path) -> np.ndarray:
    cells = [cv2.imread(str(folder / "keyframe.png")), *frames(folder / "clip.mp4", CELLS - 1)]
    height, width = cells[0].shape[:2]
    small = round(480 * width / max(width, height)), round(480 * height / max(width, height))
    row = [cv2.resize(cell, small, interpolation=cv2.INTER_AREA) for cell in cells]
    return cv2.copyMakeBorder(np.hstack(row), 4, 4, 4, 4, cv2.BORDER_CONSTANT, value=(255, 255, 255))


def _fitting(sheet: np.ndarray, target: Path) -> None:
    scale = min(1.0, (SHEET_AREA / (sheet.shape[0] * sheet.shape[1])) ** 0.5)
    while True:
        small = cv2.resize(sheet, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        for quality in (84, 76, 68, 58):
            data = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()
            if len(data) <= SHEET_BYTES:
                target.write_bytes(data)
                return
        scale *= 0.85


def moving(run: Path, number: int, target: Path) -> None:
    """The first seconds of a shot's clip (the last shot where there are not so many) as a GIF of at most
    ``MOVING_BYTES``."""
    shots = sorted((run / "shots").iterdir())
    clip = shots[min(number, len(shots)) - 1] / "clip.mp4"
    for side in SIDES:
        for rate in RATES:
            _gif(clip, target, side, rate)
            if target.stat().st_size <= MOVING_BYTES:
                return
    raise SystemExit(
        f"The moving picture of {str(clip)!r} stays larger than {MOVING_BYTES} bytes; choose another moment in "
        "gallery.toml."
    )


def _gif(clip: Path, target: Path, side: int, rate: int) -> None:
    scale = f"fps={rate},scale={side}:{side}:force_original_aspect_ratio=decrease:flags=area"
    colours = f"{scale},split[a][b];[a]palettegen=max_colors=96[p];[b][p]paletteuse=dither=bayer:bayer_scale=4"
    command = [
        binary(),
        "-v",
        "error",
        "-y",
        "-t",
        f"{SECONDS}",
        "-i",
        str(clip),
        "-filter_complex",
        colours,
        "-loop",
        "0",
        str(target),
    ]
    subprocess.run(command, check=True)
