from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from personavlog.errors import ConfigurationError
from personavlog.media.ffmpeg import binary
from personavlog.metrics import loudness
from personavlog.metrics.resample import resample
from personavlog.runs.blobs import Blobs
from personavlog.sound.loudness import limited
from personavlog.sound.mix import RATE, UNDER_SPEECH, PlacedLine, mix, mix_samples
from personavlog.sound.stretch import stretch


def _voice(seconds: float, seed: int, rate: int = RATE) -> np.ndarray:
    """Something like speech: a buzz with syllables."""
    time = np.arange(int(seconds * rate)) / rate
    pitch = 150 + 20 * np.sin(2 * np.pi * 0.7 * time + seed)
    buzz = sum(np.sin(2 * np.pi * np.cumsum(pitch) / rate * k) / k for k in range(1, 12))
    syllables = np.clip(np.sin(2 * np.pi * 3.1 * time + seed), 0, 1) ** 0.5
    return (0.2 * buzz * syllables).astype(np.float32)


def _band(seconds: float, seed: int) -> np.ndarray:
    """Something like music: beats and chords, sometimes louder, with different sides."""
    rng = np.random.default_rng(seed)
    time = np.arange(int(seconds * RATE)) / RATE
    beat = rng.standard_normal(len(time)) * np.exp(-((time * 2) % 1) * 18)
    sides = [sum(np.sin(2 * np.pi * f * time + rng.uniform(0, 6)) for f in rng.uniform(100, 900, 4)) for _ in range(2)]
    swell = 0.4 + 0.6 * (np.sin(2 * np.pi * time / 9) > 0)
    return (0.12 * np.stack([(side + 2 * beat) * swell for side in sides], axis=1) * rng.uniform(0.1, 1.5)).astype(
        np.float32
    )


def _ebur128(wav: bytes) -> tuple[float, float]:
    command = [
        binary(),
        "-hide_banner",
        "-nostats",
        "-i",
        "pipe:0",
        "-af",
        "ebur128=peak=true",
        "-f",
        "null",
        "-",
    ]
    said = subprocess.run(command, input=wav, capture_output=True, check=True).stderr.decode()
    summary = said[said.rindex("Summary:") :]
    return float(re.search(r"I:\s+(-?[\d.]+) LUFS", summary)[1]), float(
        re.search(r"Peak:\s+(-?[\d.]+) dBFS", summary)[1]
    )  # type: ignore[index]


def _wav(samples: np.ndarray, rate: int = RATE) -> bytes:
    buffer = io.BytesIO()
    soundfile.write(buffer, samples, rate, format="WAV", subtype="FLOAT")
    return buffer.getvalue()


def _through_aac(samples: np.ndarray) -> bytes:
    ffmpeg = binary()
    encode = [ffmpeg, "-v", "error", "-f", "wav", "-i", "pipe:0", "-c:a", "aac", "-b:a", "192k", "-f", "adts", "pipe:1"]
    packed = subprocess.run(encode, input=_wav(samples), capture_output=True, check=True).stdout
    decode = [ffmpeg, "-v", "error", "-f", "aac", "-i", "pipe:0", "-f", "f32le", "-ac", "2", "-ar", str(RATE), "pipe:1"]
    return _wav(
        np.frombuffer(subprocess.run(decode, input=packed, capture_output=True, check=True).stdout, np.float32).reshape(
            -1, 2
        )
    )


@pytest.mark.parametrize("seed", range(3))
def test_every_mix_has_the_platform_loudness_and_stays_below_full_scale_after_aac(seed: int) -> None:
    lines = [
        PlacedLine(_voice(2.0, seed), 1.0),
        PlacedLine(_voice(2.5, seed + 1), 4.0 + seed),
        PlacedLine(_voice(1.0, seed + 2), 10.0),
    ]
    result = mix_samples(lines, _band(14, seed), 14.0)
    heard, peak = _ebur128(_wav(result.samples))
    assert len(result.samples) == 14 * RATE
    assert heard == pytest.approx(-14, abs=0.5) and result.lufs == pytest.approx(heard, abs=0.15)
    assert peak < -1 and result.true_peak == pytest.approx(peak, abs=0.3)
    after, peak_after = _ebur128(_through_aac(result.samples))
    assert after == pytest.approx(-14, abs=0.5) and peak_after < -1


def test_music_steps_back_under_speech_and_comes_up_between() -> None:
    lines = [PlacedLine(_voice(3.0, 1), 3.0), PlacedLine(_voice(3.0, 2), 11.0)]
    result = mix_samples(lines, _band(18, 5), 18.0)
    assert result.over_music_db == pytest.approx(UNDER_SPEECH, abs=2)
    assert result.duck_db is not None and 6 < result.duck_db < 18
    only_music = mix_samples([], _band(18, 5), 18.0)
    assert only_music.duck_db is None and only_music.lufs == pytest.approx(-14, abs=0.3)


def test_speech_alone_and_silence_are_mixed_too() -> None:
    alone = mix_samples([PlacedLine(_voice(2.0, 3), 0.5)], None, 4.0)
    assert alone.lufs == pytest.approx(-14, abs=0.5) and alone.over_music_db is None
    nothing = mix_samples([], None, 2.0)
    assert not nothing.samples.any() and nothing.lufs == loudness.SILENCE


def test_lines_that_overlap_or_outlast_the_film_are_refused() -> None:
    with pytest.raises(ConfigurationError, match="before the line in front"):
        mix_samples([PlacedLine(_voice(2.0, 1), 0.0), PlacedLine(_voice(2.0, 1), 1.5)], None, 9.0)
    with pytest.raises(ConfigurationError, match=r"a film of 3\.00 s"):
        mix_samples([PlacedLine(_voice(2.0, 1), 2.0)], None, 3.0)


def test_stored_speech_of_another_rate_is_placed_at_its_time(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    speech = blobs.put_audio(_voice(1.5, 4, 24_000), 24_000)
    result = mix(blobs, [(speech, 2.0)], None, 5.0)
    samples = blobs.samples(result.audio)
    assert samples.shape == (5 * RATE, 2) and result.audio.rate == RATE
    assert np.abs(samples[: int(1.99 * RATE)]).max() < 1e-3 < np.abs(samples[2 * RATE : 3 * RATE]).max()


@given(st.integers(0, 2**31), st.floats(0.05, 20))
@settings(max_examples=15, deadline=None)
def test_the_limiter_never_lets_a_peak_through(seed: int, level: float) -> None:
    noise = (np.random.default_rng(seed).standard_normal((4800, 2)) * level).astype(np.float32)
    assert loudness.true_peak(limited(noise, RATE, -2.0)) <= -1.9


def test_loudness_agrees_with_the_reference_meter() -> None:
    for rate, seed in ((48_000, 1), (44_100, 2), (24_000, 3)):
        sound = resample(_band(8, seed), RATE, rate)
        heard, _ = _ebur128(_wav(sound, rate))
        assert loudness.integrated(sound, rate) == pytest.approx(heard, abs=0.15)


@given(st.floats(1 / 1.1, 1.1), st.integers(100, 9000))
@settings(max_examples=20, deadline=None)
def test_stretching_changes_the_length_and_not_the_pitch(factor: float, extra: int) -> None:
    rate = 24_000
    tone = np.sin(2 * np.pi * 220 * np.arange(rate + extra) / rate).astype(np.float32)
    played = stretch(tone, rate, factor)
    assert len(played) == pytest.approx(len(tone) / factor, abs=2)
    spectrum = np.abs(np.fft.rfft(played * np.hanning(len(played))))
    assert spectrum.argmax() * rate / len(played) == pytest.approx(220, abs=2)
    assert 0.8 < np.abs(played).max() < 1.2


def test_stretching_further_than_ten_per_cent_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="10%"):
        stretch(np.zeros(24_000, np.float32), 24_000, 1.2)


@given(st.integers(1, 5000), st.sampled_from([(24_000, 48_000), (44_100, 48_000), (48_000, 16_000)]))
@settings(max_examples=25, deadline=None)
def test_resampling_keeps_the_length_in_seconds(count: int, rates: tuple[int, int]) -> None:
    assert len(resample(np.ones(count, np.float32), *rates)) == max(1, round(count * rates[1] / rates[0]))
