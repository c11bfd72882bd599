"""A whole film whose lines and music come from worker programs in processes of their own."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from personavlog.backbones.workers.speech import STRANGER
from personavlog.errors import BriefError, PersonaVlogError, UnavailableError
from personavlog.production.building import check_profile
from personavlog.vlog import Made
from tests.core.doubles import SHOTS, Film, profile, sent
from tests.core.worker_room import asked, audiox_folder, own_worker, read_wav, running, sample

pytest.importorskip("torch", reason="AudioX's stand-in computes with torch.")
TONE = {
    "rate": 24000,
    "max_duration": 60,
    "languages": ["en"],
    "seed": True,
    "clones": True,
    "licence": {"name": "MIT"},
}


def by_worker(address: str, **settings: Any) -> dict[str, Any]:
    """A role's choice in the profile."""
    return {"backbone": "worker", "at_once": 2, "settings": {"endpoints": [{"url": address}], **settings}}


def painted(folder: Path) -> dict[str, Any]:
    """Simulated pictures and clips that write down their calls."""
    return {role: {"log": folder / "calls.jsonl"} for role in ("image", "video")}


def test_a_film_is_spoken_by_one_worker_and_gets_its_music_from_another(tmp_path: Path) -> None:
    with running("tone", "--port", "0") as tone, running(*audiox_folder(tmp_path)) as audiox:
        choice = {
            "speech": by_worker(tone.address, model="tone-1", capabilities=TONE),
            "music": by_worker(audiox.address, model="AudioX"),
        }
        film = Film(tmp_path / "film", painted(tmp_path), changes=choice)
        stored, rate = read_wav(sample(6.0, pitch=200.0))
        voice = film.store.put_audio(stored, rate)
        film.brief_changes = {"voice_sample": voice, "voice_transcript": "What I say."}
        made = film.make()
        again = film.make()
    assert again == made and sent(tmp_path / "calls.jsonl") == {"image": 1 + SHOTS, "video": SHOTS}
    assert made.soundtrack.source == "AudioX (CC-BY-NC-4.0)" and STRANGER not in film.notes
    _is_heard(film, made)
    assert [call["steps"] for call in asked(tmp_path)] == [250] * (1 if made.narration.duration <= 10 else 2)
    assert sum("speech" in text and "done" in text for text in tone.said) >= SHOTS
    assert film.index.ledger.totals("film").paid == 0


def _is_heard(film: Film, made: Made) -> None:
    for spoken in made.narration.lines:
        assert 0.5 < spoken.seconds < 6 and np.abs(film.store.samples(spoken.audio)).max() > 0.05
    mixed = film.store.samples(made.soundtrack.audio)
    assert len(mixed) / made.soundtrack.audio.rate == pytest.approx(made.film.duration, abs=0.2)
    assert -18 < made.soundtrack.lufs < -12


def test_a_worker_that_is_killed_in_a_film_costs_what_it_was_making_and_nothing_else(tmp_path: Path) -> None:
    program = str(own_worker(tmp_path))
    with running(program, "--port", "0") as worker:
        choice = {"speech": by_worker(worker.address, model="own-1", capabilities=TONE)}
        film = Film(tmp_path / "film", painted(tmp_path), changes=choice)
        killer = threading.Thread(
            target=lambda: (worker.wait_until(lambda: _spoken(worker.said) > 0), worker.process.kill())
        )
        killer.start()
        with pytest.raises(PersonaVlogError) as failed:
            film.make()
        killer.join()
    assert "could not be reached" in str(failed.value)
    port = worker.address.rpartition(":")[2]
    with running(program, "--port", port) as later:
        film.make()
        assert _spoken(worker.said) + _spoken(later.said) <= SHOTS + 2, "what was spoken is not spoken again"
    assert sent(tmp_path / "calls.jsonl") == {"image": 1 + SHOTS, "video": SHOTS}


def _spoken(said: list[str]) -> int:
    return sum("speech" in text and "done" in text for text in said)


def test_a_film_without_its_worker_is_not_begun(tmp_path: Path) -> None:
    choice = {"speech": by_worker("http://127.0.0.1:9", model="own-1", capabilities=TONE)}
    film = Film(tmp_path / "film", painted(tmp_path), changes=choice)
    with pytest.raises(UnavailableError, match="Start it with: personavlog worker"):
        film.make()
    assert not (tmp_path / "calls.jsonl").exists()


def test_a_voice_without_its_words_is_refused_before_the_film(tmp_path: Path) -> None:
    film = Film(tmp_path / "film")
    stored, rate = read_wav(sample(6.0))
    film.brief_changes = {"voice_sample": film.store.put_audio(stored, rate)}
    chosen = profile(speech=by_worker("http://127.0.0.1:9", model="CosyVoice2-0.5B"))
    with pytest.raises(BriefError, match="--voice-transcript"):
        check_profile(film.brief, chosen, film.store)
