from __future__ import annotations

from pathlib import Path

import anyio
import numpy as np
import pytest

from personavlog import weights
from personavlog.backbones.roles import Music, MusicRequest, MusicResult
from personavlog.backbones.tools import Tools
from personavlog.errors import ConfigurationError
from personavlog.metrics import loudness
from personavlog.runs.blobs import Blobs
from personavlog.script import MusicDescription
from personavlog_embedded.music.backbone import PACKS, CatalogueMusic
from personavlog_embedded.music.choice import MOODS, choose, ranked, wanted_sound
from personavlog_embedded.music.tracks import Track, tracks

TEMPO = {"joyful": 100, "excited": 115, "calm": 70, "melancholic": 66, "tense": 90}


def _described(*emotions: str) -> MusicDescription:
    return MusicDescription(
        emotions=emotions, instruments=("piano", "drums"), style="lo-fi", tempo=TEMPO.get(emotions[0], 84)
    )


def _here() -> list[Track]:
    return [track for track in tracks() if track.pack in PACKS]


def test_every_measured_track_is_in_the_weights_catalogue() -> None:
    for track in tracks():
        assert track.file in {file.name for file in weights.catalogue()[track.pack].files}
        assert 30 < track.duration < 400 and 40 < track.tempo < 180


def test_an_unknown_pack_is_answered_with_the_known_ones() -> None:
    with pytest.raises(ConfigurationError, match="music-ambient-lofi"):
        CatalogueMusic(packs=["music-heavy-metal"])
    music = CatalogueMusic()
    assert isinstance(music, Music) and music.fingerprint == CatalogueMusic().fingerprint


@pytest.mark.weights
def test_moods_lead_to_tracks_that_sound_different() -> None:
    best = {mood: [track for _, track in ranked(_described(mood), _here())[:4]] for mood in TEMPO}
    drive = {mood: np.mean([track.drive for track in some]) for mood, some in best.items()}
    bright = {mood: np.mean([track.brightness for track in some]) for mood, some in best.items()}
    minor = {mood: np.mean([track.minor for track in some]) for mood, some in best.items()}
    assert drive["excited"] > drive["calm"] and drive["joyful"] > drive["melancholic"]
    assert bright["joyful"] > bright["melancholic"]
    assert min(minor["tense"], minor["melancholic"]) > minor["joyful"]
    assert len({some[0].title for some in best.values()}) >= 4


@pytest.mark.weights
def test_a_word_that_is_no_mood_counts_as_the_nearest_one() -> None:
    assert tuple(wanted_sound(["gloomy"])) in {MOODS["melancholic"], MOODS["tense"]}
    assert tuple(wanted_sound(["soothing"])) == MOODS["calm"]
    assert tuple(wanted_sound(["thrilling"])) in {MOODS["excited"], MOODS["tense"]}
    assert choose(_described("ecstatic"), _here(), 0) == choose(_described("ecstatic"), _here(), 0)


def _compose(blobs: Blobs, duration: float, seed: int = 0) -> MusicResult:
    request = MusicRequest(description=_described("joyful", "curious"), duration=duration, seed=seed)
    return anyio.run(CatalogueMusic().compose, request, Tools.alone(blobs))


@pytest.mark.weights
def test_the_music_has_exactly_the_asked_length_and_an_end(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    result = _compose(blobs, 31.7)
    samples = blobs.samples(result.audio)
    assert len(samples) == round(31.7 * 48_000) and result.audio.channels == 2
    assert "CC0" in result.source
    assert loudness.integrated(samples, 48_000) > -30
    assert np.abs(samples[-2400:]).mean() < 0.2 * np.abs(samples).mean()
    assert result == _compose(blobs, 31.7)
