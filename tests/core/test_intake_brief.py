"""What a user asks for becomes a brief, or sentences that name the field, what was received and what fits; a recording
becomes a voice sample."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from personavlog.brief import Aspect
from personavlog.errors import BriefError, MediaError
from personavlog.intake import PhotoIntake, brief_from, choose_shots, read_voice
from personavlog.media import Image
from personavlog.metrics.resample import resample
from personavlog.runs.blobs import Blobs

PHOTO = PhotoIntake(image=Image(digest="0" * 64, size=1, width=640, height=480), face=1, faces=2)


def brief_of(**fields: Any) -> Any:
    return brief_from(PHOTO, **{"theme": "a day at sea", "style": "watercolour", **fields})


# --- the brief --------------------------------------------------------------------------------------------------------


def test_plain_options_become_a_brief_with_the_chosen_face() -> None:
    brief = brief_of(aspect="9:16", name=None, length=None)
    assert (brief.face, brief.aspect, brief.length, brief.shots) == (1, Aspect.TALL, 30.0, 6)


@pytest.mark.parametrize(
    "theme", ["🌊🏖️🐚", "יום בים עם אמא", "海边的一天", "C++ & <b>bold</b> {{ 7*7 }} '; DROP TABLE"]
)
def test_any_script_and_any_punctuation_is_a_theme(theme: str) -> None:
    assert brief_of(theme=theme).theme == theme


def test_control_and_direction_characters_are_cleaned_away() -> None:
    assert brief_of(theme="a\x00 day\u202e\r\nat\x1b[31m sea").theme == "a day at [31m sea"


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "no theme": ({"theme": ""}, r"The theme is empty\. Write"),
    "missing theme": ({"theme": None}, r"The theme is empty\."),
    "invisible theme": ({"theme": " \u200b\x00\t "}, r"The theme is empty\."),
    "wordless theme": ({"theme": "... -- !"}, r"The theme '\.\.\. -- !' has no word"),
    "endless theme": ({"theme": "sea " * 1000}, r"The theme has 3999 characters; at most 600 fit\."),
    "broken theme": ({"theme": "\ud800 sea"}, r"The theme .* is not readable text"),
    "numeric theme": ({"theme": 7}, r"The theme '7' is not readable text"),
    "no style": ({"style": "  "}, r"The style is empty\."),
    "zero length": ({"length": 0}, r"The length '0' does not fit: 6 to 180 seconds fit\."),
    "three hours": ({"length": 10800.0}, r"The length '10800\.0' does not fit: 6 to 180 seconds"),
    "no number": ({"length": "3 hours"}, r"The length '3 hours' is not a number, 6 to 180 seconds"),
    "nan": ({"length": float("nan")}, r"The length 'nan' does not fit"),
    "infinite": ({"length": float("inf")}, r"The length 'inf' does not fit"),
    "half a shot": ({"shots": 2.5}, r"The shots '2\.5' is not a whole number, 2 to 24 fit"),
    "a negative seed": ({"seed": -1}, r"The seed '-1' does not fit: 0 to 2147483647 fit"),
    "another shape": ({"aspect": "4:3"}, r"The aspect '4:3' is not known\. Choose '16:9', '9:16' or '1:1'"),
    "another language": ({"language": "tlh"}, r"The language 'tlh' is not known\. Choose 'en', 'zh', 'de'.*or 'pt'"),
    "another field": ({"colour": "red"}, r"no field 'colour'\. Its fields: theme, style"),
    "too many shots": ({"length": 30, "shots": 20}, r"20 shots do not fit into 30 seconds.*3 to 12 shots.*50 to 180 s"),
    "too few shots": ({"length": 60, "shots": 2}, r"2 shots do not fit into 60 seconds.*5 to 24 shots.*6 to 24 s"),
    "two faults": ({"theme": "", "length": 1}, r"The theme is empty\..*The length '1' does not fit"),
}


@pytest.mark.parametrize("fault", sorted(REFUSED))
def test_what_does_not_fit_is_said_in_a_sentence(fault: str) -> None:
    fields, words = REFUSED[fault]
    with pytest.raises(BriefError, match=words) as caught:
        brief_of(**fields)
    assert "pydantic" not in str(caught.value) and len(str(caught.value)) < 700


@given(st.floats(6, 180))
def test_chosen_shots_always_fit_their_length(length: float) -> None:
    assert 2.5 <= length / choose_shots(length) <= 12
    assert brief_of(length=length, shots=choose_shots(length)).shots == brief_of(length=length).shots


# --- the voice --------------------------------------------------------------------------------------------------------


def tone(seconds: float, rate: int, pitch: float = 220.0) -> NDArray[np.float32]:
    return (0.5 * np.sin(2 * np.pi * pitch * np.arange(round(seconds * rate)) / rate)).astype(np.float32)


@pytest.mark.parametrize(
    ("suffix", "rate"),
    [("wav", 44_100), ("flac", 48_000), ("ogg", 16_000), ("mp3", 44_100), ("wav", 24_000), ("wav", 8_000)],
)
def test_recordings_become_mono_at_24_khz_with_their_pitch(tmp_path: Path, suffix: str, rate: int) -> None:
    left = tone(2.0, rate)
    soundfile.write(tmp_path / f"me.{suffix}", np.stack([left, left], axis=1), rate)
    blobs = Blobs(tmp_path / "blobs")
    voice = read_voice(tmp_path / f"me.{suffix}", blobs)
    samples = blobs.samples(voice.audio)
    assert (voice.audio.rate, voice.audio.channels) == (24_000, 1) and abs(voice.audio.duration - 2) < 0.1
    spectrum = np.abs(np.fft.rfft(samples))
    assert abs(np.argmax(spectrum) / voice.audio.duration - 220) < 1
    assert abs(np.abs(samples[2400:-4800]).max() - 0.5) < 0.06


@pytest.mark.parametrize("rate", [8_000, 11_025, 44_100, 48_000])
def test_resampling_is_exact_for_what_both_rates_can_hold(rate: int) -> None:
    resampled, wanted = resample(tone(1.37, rate, 700), rate, 24_000), tone(1.37, 24_000, 700)
    count = min(len(resampled), len(wanted))
    assert np.abs(resampled[200 : count - 200] - wanted[200 : count - 200]).max() < 0.01


def test_a_recording_that_does_not_fit_is_refused_by_name(tmp_path: Path) -> None:
    loud = tone(3, 16_000)
    cases: dict[str, tuple[NDArray[np.float32], int, type[Exception], str]] = {
        "short.wav": (tone(0.5, 16_000), 16_000, BriefError, "0.5 s long"),
        "long.flac": (tone(61, 16_000), 16_000, BriefError, "longer than 60 s"),
        "silent.wav": (loud * 0.001, 16_000, BriefError, "is silent"),
        "slow.wav": (loud, 400, BriefError, "400 samples a second"),
        "strange.aiff": (loud, 16_000, BriefError, "AIFF"),
        "nan.wav": (np.full(32_000, np.nan, np.float32), 16_000, MediaError, "no sound"),
    }
    for name, (samples, rate, error, words) in cases.items():
        soundfile.write(tmp_path / name, samples, rate, subtype="FLOAT" if name == "nan.wav" else None)
        with pytest.raises(error, match=words) as caught:
            read_voice(tmp_path / name, Blobs(tmp_path / "blobs"))
        assert name in str(caught.value)


def test_what_is_no_recording_is_refused(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "whole.flac", tone(3, 16_000), 16_000)
    whole = (tmp_path / "whole.flac").read_bytes()
    cases = {
        "text.wav": b"la la la",
        "m4a.wav": b"\0\0\0\x20ftypM4A " + bytes(90),
        "zip.mp3": b"PK\x03\x04" + bytes(90),
        "cut.flac": whole[:50],
    }
    cases |= {"noise.wav": bytes(range(256)) * 4, "riff.wav": b"RIFF\xff\xff\xff\xffWAVEfmt " + bytes(8)}
    for name, data in cases.items():
        (tmp_path / name).write_bytes(data)
        with pytest.raises(MediaError, match=name.split(".")[0]):
            read_voice(tmp_path / name, Blobs(tmp_path / "blobs"))
    with pytest.raises(BriefError, match="does not exist"):
        read_voice(tmp_path / "none.wav", Blobs(tmp_path / "blobs"))
