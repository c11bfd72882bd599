"""Subtitles in the picture, in the real font."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from personavlog import weights
from personavlog.cut import Shot, Timeline
from personavlog.errors import MissingWeightsError
from personavlog.runs.blobs import Blobs
from personavlog.script import Monologue
from personavlog.steps import SCRIPT
from tests.core.doubles import Film
from tests.shared.rendered_film import cut, frames, make_clip

pytestmark = pytest.mark.weights


@pytest.mark.anyio
async def test_burned_line_is_visible_only_while_it_is_spoken(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "store")
    clip = make_clip(blobs, tmp_path, 60, frames=72, size=(320, 180))
    shot = Shot(seconds=clip.duration, line="你好 Hello", line_start=1, line_duration=1)
    timeline = Timeline(width=320, height=180, shots=(shot,))
    plain, _ = await cut(timeline, [clip], blobs)
    film, _ = await cut(timeline, [clip], blobs, [weights.file("noto-sans-sc")], burned=True)
    difference = np.abs(frames(blobs, film) - frames(blobs, plain)).max(axis=(1, 2))
    assert difference[26:46].min() > 20
    assert max(difference[:22].max(), difference[50:].max()) < 5


@pytest.mark.anyio
async def test_the_film_is_the_same_where_the_system_allows_no_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(1314, "A required privilege is not held by the client")

    async def digest(store: str) -> str:
        blobs = Blobs(tmp_path / store)
        clips = [make_clip(blobs, tmp_path, level) for level in (60, 120)]
        shot = Shot(seconds=1.25, line="Hello", line_duration=0.4)
        timeline = Timeline(width=160, height=90, crossfade=4, shots=(shot, shot))
        film, _ = await cut(timeline, clips, blobs, [weights.file("noto-sans-sc")], burned=True)
        return film.video.digest

    linked = await digest("linked")
    monkeypatch.setattr(Path, "symlink_to", refused)
    assert await digest("copied") == linked


def test_what_cannot_be_shown_is_named_before_it_is_burned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fetched = weights.path

    def without_thai(name: str) -> Path:
        if name == "noto-sans-thai":
            raise MissingWeightsError("It is not in the cache.")
        return fetched(name)

    film = Film(tmp_path, brief_changes={"subtitles": "burned"})
    script, line = film.make().script, Monologue(text="We say สวัสดี and שלום today 🙂.")
    changed = script.model_copy(update={"monologues": (line, *script.monologues[1:])})
    film.index.edits.pin("film", str(SCRIPT), changed)
    film.events.clear()
    monkeypatch.setattr(weights, "path", without_thai)
    made = film.make()
    said = [note for note in film.notes if "cannot show" in note]
    assert len(said) == 1 and "ส วั ดี 🙂" in said[0] and "ש" not in said[0]
    assert any("do without the font Noto Sans Thai" in note for note in film.notes)
    named = next(at for at, event in enumerate(film.events) if said[0] in str(event.data.get("text")))
    begun = [at for at, event in enumerate(film.events) if "segment" in str(event.data.get("name"))]
    assert named < min(begun), "before anything is burned"
    assert line.text in film.store.get(made.film.srt).decode()
