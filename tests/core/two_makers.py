"""One of two processes that make the same film into one store at the same time: ``two_makers.py FOLDER RUN``."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import anyio

from personavlog.production.building import build_production, limits, open_backbones
from personavlog.production.production import Production
from personavlog.runs.engine import Engine
from personavlog.vlog import direct
from tests.core.doubles import QUICK, Film, profile


async def make(folder: Path, run: str) -> str:
    """The film's digest."""
    film = Film(folder)
    settings = {
        role: {"log": folder / "calls.jsonl", "seconds": 0.05} for role in ("image", "video", "speech", "music")
    }
    chosen = profile(settings)
    engine = Engine(film.store, film.index, run, limits(chosen))
    with engine.making():
        built = build_production(film.brief, chosen, engine)
        quick = Production(**{**vars(built), "policy": QUICK})
        async with open_backbones(quick):
            return (await direct(quick)).film.video.digest


if __name__ == "__main__":
    place, name = Path(sys.argv[1]), sys.argv[2]
    (place / f"{name}.ready").touch()
    while not (place / "go").exists():
        time.sleep(0.005)
    print(anyio.run(make, place, name))
