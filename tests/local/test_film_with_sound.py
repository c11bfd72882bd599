"""A brief becomes an mp4 whose voices and music were made here, by real classes with random weights."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from tests.core.doubles import SHOTS, Film
from tests.shared.tiny_sounds import build_sound


@pytest.mark.skipif(find_spec("pocket_tts") is None, reason="needs the extra [local]: make test-local")
@pytest.mark.slow
def test_a_film_gets_its_voices_and_music_from_this_machine(tmp_path: Path) -> None:
    voice = build_sound("pocket_tts", tmp_path / "pocket") / "tiny.yaml"
    music = build_sound("ace_step", tmp_path / "ace")
    sound = {"model": str(music), "device": "cpu", "steps": 2}
    changes = {
        "music": {"backbone": "local", "settings": sound, "device": "here"},
        "speech": {"backbone": "local", "settings": {"model": str(voice)}, "device": "here"},
        "devices": {"here": 1},
    }
    film = Film(tmp_path / "film", changes=changes)
    tone = 0.5 * np.sin(2 * np.pi * 150 * np.arange(48_000) / 24_000)
    film.brief_changes = {"voice_sample": film.store.put_audio(tone.astype(np.float32), 24_000)}
    made = film.make()

    assert made.film.duration == pytest.approx(10.0, abs=1.0)
    assert made.soundtrack.source.startswith("Made on this machine by ace (MIT)") and made.soundtrack.music.rate == 1000
    lines = made.narration.lines
    assert {line.voice for line in lines} == {"cloned"} and len({line.audio.digest for line in lines}) == SHOTS
    samples, rate = film.store.samples(made.soundtrack.audio), made.soundtrack.audio.rate
    assert made.soundtrack.lufs == pytest.approx(-14.0, abs=0.5) and len(samples) / rate == made.film.duration
    assert film.index.ledger.totals(film.run).paid == 0.0
    assert film.make() == made, "and nothing is made twice"
