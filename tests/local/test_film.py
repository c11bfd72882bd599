"""From a brief to an mp4 with local pictures and clips, and simulated agents and sound."""

from __future__ import annotations

from pathlib import Path

from personavlog.media import Clip
from personavlog.media.decode import frames
from tests.core.doubles import Film
from tests.local.conftest import Tiny

SHOTS = 2


def test_a_brief_becomes_a_film(tiny: Tiny, tmp_path: Path) -> None:
    film = Film(
        tmp_path,
        changes={
            "image": {"backbone": "local", "at_once": 2, "settings": {"model": str(tiny("flux_kontext")), "steps": 1}},
            "video": {"backbone": "local", "at_once": 2, "settings": {"model": str(tiny("wan21")), "steps": 1}},
            "size": (96, 64),
        },
        brief_changes={"shots": SHOTS, "length": 6.0},
    )
    made = film.make()
    assert (made.film.width, made.film.height) == (96, 64) and abs(made.film.duration - 6.0) <= 1.0
    whole = Clip(**made.film.video.model_dump(), width=96, height=64, fps=16.0, frames=made.film.frames)
    assert len(list(frames(film.store.path(whole), whole))) == made.film.frames
    for keyframe, clip in zip(made.keyframes, made.clips, strict=True):
        first = next(frames(film.store.path(clip.clip), clip.clip))
        assert first.shape == film.store.pixels(keyframe.image).shape
        assert clip.clip.fps == 16 and (clip.clip.frames - 1) % 4 == 0
    entries = film.index.ledger.entries("film")
    assert {entry.provider for entry in entries} >= {"local"}
    assert all(entry.money == 0.0 for entry in entries if entry.provider == "local")
    assert film.make() == made, "nothing is made twice"
