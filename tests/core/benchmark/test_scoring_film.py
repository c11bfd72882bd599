"""Sound: ducking that is known is found, lines that do not fit are counted, and what cannot be heard is not guessed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from personavlog.benchmark.outputs import Vlog
from personavlog.benchmark.rows import Row
from personavlog.benchmark.scoring import scored_vlog
from personavlog.benchmark.scoring.ducking import RATE, ducking
from personavlog.benchmark.scoring.networks import NetworkStore
from personavlog.metrics import listen
from tests.core.benchmark.vlog_folders import film, picture, speak, vlog


def music(seconds: float, seed: int = 3) -> np.ndarray:
    """Chords that change every second, loud and soft by turns."""
    time = np.arange(int(seconds * RATE)) / RATE
    rng = np.random.default_rng(seed)
    notes = rng.uniform(150, 900, (int(seconds) + 1, 4))[time.astype(int)]
    loud = 0.12 + 0.08 * np.sin(time)
    return np.asarray(loud * np.sin(2 * np.pi * np.cumsum(notes, 0) / RATE).sum(1) / 2, np.float32)


def voice(seconds: float, seed: int) -> np.ndarray:
    time = np.arange(int(seconds * RATE)) / RATE
    noise = np.random.default_rng(seed).normal(0, 0.25, len(time))
    return np.asarray(noise * np.abs(np.sin(2 * np.pi * 1.7 * time)), np.float32)


def mixed(step: float, *, shift: float = 0.0) -> tuple[np.ndarray, np.ndarray, list[np.ndarray]]:
    """A mix of 24 s whose music is ``step`` dB softer under two lines; the whole made 3 dB louder."""
    behind, lines, starts = music(24), [voice(3, 1), voice(4, 2)], (4, 14)
    gain, speech = np.zeros(len(behind)), np.zeros(len(behind))
    for line, start in zip(lines, starts, strict=True):
        at = start * RATE
        gain[at - RATE // 4 : at + len(line) + RATE // 2] = -step
        speech[at : at + len(line)] = line
    moved = np.roll(behind, int(shift * RATE))
    return 10 ** (3 / 20) * (moved * 10 ** (gain / 20) + speech), behind, lines


@pytest.mark.parametrize("step", [0.0, 4.0, 9.0, 15.0])
def test_known_ducking_is_found(step: float) -> None:
    found = ducking(*mixed(step))
    assert found.decibels == pytest.approx(step, abs=0.4) and found.under >= 10 and found.open >= 10


def test_music_of_another_film_and_voices_of_another_are_not_found() -> None:
    whole, behind, lines = mixed(9)
    assert ducking(whole, music(24, 8), lines).why == "The music was not found in the mix."
    assert ducking(whole, behind, [voice(3, 7)]).why == "No voice was found in the mix."
    assert "1 of 3 voices" in ducking(whole, behind, [*lines, voice(2, 8)]).why


def test_a_mix_that_is_spoken_through_has_nothing_to_compare() -> None:
    behind, line = music(8), voice(8, 1)
    found = ducking(behind + line, behind, [line])
    assert found.decibels is None and "without" in found.why


def test_silence_is_no_ducking() -> None:
    quiet = np.zeros(8 * RATE, np.float32)
    assert ducking(quiet, music(8), [voice(2, 1)]).decibels is None
    assert ducking(music(8), quiet, [voice(2, 1)]).decibels is None


def rows(made: Vlog, *names: str) -> dict[tuple[str, int | None], Row]:
    return {(row.measure, row.shot): row for row in scored_vlog(made, measures=names)}


def test_the_files_of_a_vlog_are_compared(tmp_path: Path) -> None:
    made = vlog(tmp_path)
    whole, behind, lines = mixed(9)
    (made.folder / "voices").mkdir()
    for name, samples in (("mix.wav", whole), ("music.wav", behind)):
        soundfile.write(made.folder / name, samples, RATE, subtype="FLOAT")
    for number, line in enumerate(lines, 1):
        soundfile.write(made.folder / f"voices/{number:02d}.wav", line, RATE, subtype="FLOAT")
    found = rows(made, "ducking", "loudness")
    assert found["ducking", None].value == pytest.approx(9, abs=0.4)
    loud = found["loudness", None].value
    soundfile.write(made.folder / "mix.wav", whole / 2, RATE, subtype="FLOAT")
    assert loud is not None and rows(made, "loudness")["loudness", None].value == pytest.approx(loud - 6.02, abs=0.05)


def test_a_silent_mix_has_no_loudness_and_a_film_without_sound_says_so(tmp_path: Path) -> None:
    made = vlog(tmp_path)
    film(made.folder / "film.mp4", [picture(1)] * 3)
    assert "film.mp4" in rows(made, "loudness")["loudness", None].note
    soundfile.write(made.folder / "mix.wav", np.zeros(RATE), RATE)
    assert rows(made, "loudness")["loudness", None].note == "It is silent."


def test_a_line_that_is_longer_than_its_clip_does_not_fit(tmp_path: Path) -> None:
    made = vlog(tmp_path, shots=3)
    for number, seconds in ((1, 0.9), (2, 1.4)):
        speak(made.folder / f"voices/{number:02d}.wav", seconds)
        film(made.folder / f"clips/{number:02d}.mp4", [picture(1)] * 8)
    found = rows(made, "narration.fit")
    assert [found["narration.fit", shot].value for shot in (1, 2, 3)] == [1, 0, None]
    assert found["narration.fit", 3].note == "There is no voice of shot 3."


def test_words_are_compared_with_the_line_as_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NetworkStore, "digest", lambda self, name: "ab" * 32)
    monkeypatch.setattr(listen, "transcribe", lambda samples, rate: "I waited")
    made = vlog(tmp_path, shots=1)
    speak(made.folder / "voices/01.wav", 1)
    found = rows(made, "wer")["wer", 1]
    assert found.value == 0.5 and found.detail == {"heard": "I waited"}


def test_no_word_error_rate_where_the_recogniser_does_not_know_the_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(NetworkStore, "digest", lambda self, name: "ab" * 32)
    made = vlog(tmp_path, shots=1, language="zh")
    speak(made.folder / "voices/01.wav", 1)
    assert "English only" in rows(made, "wer")["wer", 1].note


@pytest.mark.parametrize("content", [b"", b"RIFF\xff\xff\xff\xffWAVEfmt ", b"no sound", b"ID3" + b"\x00" * 400])
def test_hostile_sounds_give_no_number_and_their_names(tmp_path: Path, content: bytes) -> None:
    made = vlog(tmp_path, shots=1)
    for name in ("mix.wav", "music.wav"):
        (made.folder / name).write_bytes(content)
    (made.folder / "voices").mkdir()
    (made.folder / "voices/01.wav").write_bytes(content)
    film(made.folder / "clips/01.mp4", [picture(1)] * 8)
    found = rows(made, "loudness", "ducking", "narration.fit")
    assert all(row.value is None and ".wav'" in row.note for row in found.values())


def test_a_sound_without_an_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = vlog(tmp_path)
    speak(made.folder / "mix.wav", 2)
    monkeypatch.setattr("personavlog.benchmark.scoring.sound.LONGEST", 1.0)
    assert "lasts more than" in rows(made, "loudness")["loudness", None].note
