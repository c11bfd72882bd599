from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import anyio
import numpy as np
import pytest

from personavlog.backbones.roles import Speech, SpeechRequest, SpeechResult
from personavlog.backbones.tools import Tools
from personavlog.backbones.waves import trimmed
from personavlog.errors import BackboneError
from personavlog.metrics import loudness
from personavlog.runs.blobs import Blobs
from personavlog_embedded.speech.backbone import KokoroSpeech
from personavlog_embedded.speech.shape import faded


def _speak(blobs: Blobs, **request: object) -> SpeechResult:
    asked = SpeechRequest.model_validate({"language": "en", **request})
    return anyio.run(KokoroSpeech().speak, asked, Tools.alone(blobs))


def test_it_plays_the_role_and_its_fingerprint_is_constant() -> None:
    speech = KokoroSpeech()
    assert isinstance(speech, Speech) and not speech.capabilities.clones
    assert speech.fingerprint == KokoroSpeech().fingerprint


@pytest.mark.parametrize("text", ["😀🎉", "...", "†‡"])
def test_a_line_that_cannot_be_spoken_says_so(tmp_path: Path, text: str) -> None:
    with pytest.raises(BackboneError, match="nothing that can be spoken"):
        _speak(Blobs(tmp_path), text=text)


@pytest.mark.parametrize(("text", "language"), [("Привет всем, Tom", "en"), ("สวัสดีครับ", "zh"), ("我爱你", "es")])
def test_a_line_in_another_script_is_refused_with_its_words(tmp_path: Path, text: str, language: str) -> None:
    with pytest.raises(BackboneError, match=r"cannot be spoken in .*another script.*--language"):
        _speak(Blobs(tmp_path), text=text, language=language)


def test_trimming_keeps_the_sound_and_fades_end_at_zero() -> None:
    rate = 24_000
    tone = np.sin(np.arange(rate) * 0.1).astype(np.float32) * 0.5
    line = faded(
        trimmed(np.concatenate([np.zeros(rate, np.float32), tone, np.zeros(rate // 2, np.float32)]), rate), rate
    )
    assert len(tone) <= len(line) <= len(tone) + 0.2 * rate
    assert abs(line[0]) < 1e-3 and abs(line[-1]) < 1e-3
    assert len(trimmed(np.zeros(100, np.float32), rate)) == 0


@pytest.mark.weights
def test_an_english_line_is_understood_level_and_repeatable(tmp_path: Path) -> None:
    blobs, text = Blobs(tmp_path), "The rain has stopped, and I can see the harbor."
    first, again = _speak(blobs, text=text), _speak(blobs, text=text)
    samples = blobs.samples(first.audio)
    assert first == again
    assert first.word_error_rate == 0 and first.voice == "af_heart"
    assert first.audio.rate == 24_000 and first.audio.channels == 1
    assert loudness.integrated(samples, 24_000) == pytest.approx(-20, abs=0.5)
    sounding = np.flatnonzero(np.abs(samples) > 0.01 * np.abs(samples).max())
    assert sounding[0] < 2400 and len(samples) - sounding[-1] < 2400


@pytest.mark.weights
def test_a_child_sounds_higher_than_the_grown_up_it_is_made_from(tmp_path: Path) -> None:
    blobs, text = Blobs(tmp_path), "Look, a little boat!"
    grown, child = (
        _pitch(blobs.samples(_speak(blobs, text=text, voice=voice).audio)) for voice in ("af_heart", "girl")
    )
    assert child > 1.1 * grown


@pytest.mark.weights
def test_chinese_is_spoken_without_a_recogniser(tmp_path: Path) -> None:
    result = _speak(Blobs(tmp_path), text="你好，今天是2024年。", language="zh")
    assert result.voice == "zf_xiaoxiao" and result.word_error_rate is None and 1 < result.audio.duration < 6


def _pitch(samples: np.ndarray) -> float:
    frames = [samples[at : at + 1440] for at in range(0, len(samples) - 1440, 720)]
    loud = [frame for frame in frames if np.abs(frame).max() > 0.2 * np.abs(samples).max()]
    lags = []
    for frame in loud:
        spectrum = np.fft.rfft(frame - frame.mean(), 4096)
        correlation = np.fft.irfft(np.abs(spectrum) ** 2)[:300]
        lag = 48 + int(correlation[48:300].argmax())
        if correlation[lag] > 0.5 * correlation[0]:
            lags.append(lag)
    return 24_000 / float(np.median(lags))


@pytest.mark.weights
@pytest.mark.skipif(sys.platform != "linux", reason="Counts the peak memory in KiB, as Linux tells it.")
def test_a_line_takes_little_more_memory_than_the_voice_itself() -> None:
    code = (
        "import resource; from personavlog import weights; from personavlog.weights.session import open_session; "
        "from personavlog_embedded.speech.network import synthesize; "
        "open_session(weights.file('kokoro-82m-int8')); peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; "
        "synthesize('ðə tˈaɪd ɪz ˈaʊt ðɪs', 'af_heart', 1.0); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) / 1024 < 120  # MB; in buffers of the C library it is over 300
