"""Lips follow what is heard."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from personavlog_embedded.face.mouth import RESTING
from personavlog_embedded.face.visemes import LipTrack, spoken

RATE, FPS = 24_000, 24.0


def vowel(seconds: float, first: float, second: float) -> NDArray[np.float32]:
    """A buzz at 120 Hz through two formants."""
    t = np.arange(int(seconds * RATE)) / RATE
    parts = [
        np.exp(-(((f - first) / 130) ** 2)) + 0.5 * np.exp(-(((f - second) / 180) ** 2)) + 0.02
        for f in range(120, 4000, 120)
    ]
    tones = [np.sin(2 * np.pi * f * t + f) for f in range(120, 4000, 120)]
    return np.asarray(0.15 * sum(a * b for a, b in zip(parts, tones, strict=True)), np.float32)


def silence(seconds: float) -> NDArray[np.float32]:
    return np.zeros(int(seconds * RATE), np.float32)


def hiss(seconds: float) -> NDArray[np.float32]:
    noise = np.random.default_rng(1).normal(0, 0.2, int(seconds * RATE))
    return np.diff(noise, prepend=0.0).astype(np.float32)


A, E, U = (800.0, 1250.0), (330.0, 2300.0), (330.0, 800.0)


def said(*parts: NDArray[np.float32]) -> tuple[LipTrack, int]:
    voice = np.concatenate(parts)
    frames = int(len(voice) / RATE * FPS)
    return spoken(voice, RATE, frames, FPS), frames


def test_silence_leaves_the_mouth_at_rest() -> None:
    lips, frames = said(silence(2.0))
    assert all(lips.at(number) == RESTING for number in range(frames))


def test_the_first_frame_is_at_rest_and_frames_beyond_the_voice_are() -> None:
    lips, frames = said(vowel(1.0, *A))
    assert lips.at(0) == RESTING and lips.at(-1) == RESTING and lips.at(frames) == RESTING


def test_an_a_opens_wider_than_an_e_and_an_e_spreads_more_than_a_u() -> None:
    lips, _ = said(
        silence(0.3), vowel(0.6, *A), silence(0.3), vowel(0.6, *E), silence(0.3), vowel(0.6, *U), silence(0.3)
    )
    a, e, u = (slice(int((start + 0.15) * FPS), int((start + 0.45) * FPS)) for start in (0.3, 1.2, 2.1))
    assert lips.open[a].mean() > 1.5 * lips.open[e].mean() > 0.1
    assert lips.wide[e].mean() > 0.4 and lips.wide[u].mean() < -0.3


def test_lips_meet_in_a_short_closure_between_vowels() -> None:
    lips, _ = said(silence(0.3), vowel(0.4, *A), silence(0.08), vowel(0.4, *A), silence(0.3))
    middle = slice(int(0.68 * FPS) - 1, int(0.78 * FPS) + 1)
    assert lips.open[middle].min() < 0.1 < 0.3 < lips.open.max() and lips.shut[middle].max() > 0.6


def test_an_s_keeps_the_jaw_up() -> None:
    lips, _ = said(silence(0.3), vowel(0.5, *A), hiss(0.4), vowel(0.5, *A), silence(0.3))
    assert lips.open[int(0.95 * FPS) : int(1.1 * FPS)].max() < 0.5 * lips.open.max()


@settings(max_examples=15)
@given(st.integers(0, 2**32), st.floats(0.0, 1.0), st.sampled_from([8_000, 22_050, 48_000]), st.integers(2, 60))
def test_any_sound_gives_lips_that_a_mouth_can_make(seed: int, loud: float, rate: int, frames: int) -> None:
    rng = np.random.default_rng(seed)
    lips = spoken(
        (loud * rng.normal(0, 1, rng.integers(0, 2 * rate))).clip(-1, 1).astype(np.float32), rate, frames, FPS
    )
    assert len(lips.open) == len(lips.wide) == len(lips.shut) == frames
    assert (
        lips.open.min() >= 0
        and lips.open.max() <= 1
        and np.abs(lips.wide).max() <= 1
        and lips.shut.min() >= 0
        and lips.shut.max() <= 1
    )
