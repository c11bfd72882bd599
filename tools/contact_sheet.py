"""A contact sheet of a finished run, for the documentation.

    python tools/contact_sheet.py runs/<id> docs/images/example.jpg [--frames 4]

One row per shot: the keyframe, then frames spread over its clip.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import cv2
import numpy as np


def frames(path: Path, count: int) -> list[np.ndarray]:
    """``count`` frames spread over a clip."""
    capture = cv2.VideoCapture(str(path))
    total = int(capture.get(cv2.CAP_PROP_FRAME_COUNT))
    result = []
    for number in range(count):
        capture.set(cv2.CAP_PROP_POS_FRAMES, round((number + 0.5) * (total - 1) / count))
        there, frame = capture.read()
        if there:
            result.append(frame)
    capture.release()
    return result


def sheet(run: Path, count: int, width: int) -> np.ndarray:
    """The sheet as BGR pixels."""
    rows = []
    for shot in sorted((run / "shots").iterdir()):
        cells = [cv2.imread(str(shot / "keyframe.png")), *frames(shot / "clip.mp4", count)]
        small = [
            cv2.resize(cell, (width, round(cell.shape[0] * width / cell.shape[1])), interpolation=cv2.INTER_AREA)
            for cell in cells
        ]
        rows.append(np.hstack(small))
    return np.vstack(rows)


def main() -> None:
    """Write the sheet."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--frames", type=int, default=3)
    parser.add_argument("--width", type=int, default=400)
    options = parser.parse_args()
    options.target.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(options.target), sheet(options.run, options.frames, options.width), [cv2.IMWRITE_JPEG_QUALITY, 84])


if __name__ == "__main__":
    main()
