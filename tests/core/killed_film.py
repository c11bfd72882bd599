"""A whole film on simulated backbones, by its seed, served by ``forked``. A film of an odd number is delivered at once:
then most of its time lies between answers and their storing."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import cv2

from tests.core.doubles import Film
from tests.core.forked import serve


def film(home: Path, number: int) -> Film:
    """The film of this number, whose calls cost a dollar each and are logged in ``home``."""
    paid = {
        role: {"price": 1.0, "seconds": 0.05 * (number % 2 == 0), "log": str(home / "calls.jsonl")}
        for role in ("image", "video", "speech", "music")
    }
    return Film(home, paid, run=f"film-{number}", brief_changes={"seed": number})


def make(home: Path, number: int, ready: Callable[[], None]) -> None:
    """Make or resume it."""
    begun = film(home, number)
    ready()
    begun.make()


if __name__ == "__main__":
    cv2.setNumThreads(0)  # threads do not survive a fork
    with tempfile.TemporaryDirectory() as folder:
        film(Path(folder), 0).make()  # what a film imports when it needs it is imported before the first fork
    serve(make)
