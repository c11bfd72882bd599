"""Voices from ``/v1/audio/speech`` and music from ``/v1/audio/generate``."""

from __future__ import annotations

import base64
import io
import math
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from personavlog.backbones.checking import check_sound
from personavlog.backbones.waves import Pieces
from personavlog.brief import Brief
from personavlog.errors import (
    BackboneError,
    BadMediaError,
    BriefError,
    OutOfMemoryError,
    RateLimitedError,
    RefusedError,
    UnavailableError,
)
from personavlog.fake_server.server import FakeServer
from personavlog.production.building import check_profile
from personavlog.script import Character
from tests.core.doubles import profile
from tests.core.protocol_calls import MODEL, Room, failure, faulty, music, run, settings, speech
from tests.core.test_protocol_image import sent

PERSON = Character(appearance="a yellow coat", personality="curious")
CLONES = {"clones": True, "needs_transcript": True, "needs_sample": True, "rate": 24_000, "max_duration": 60}


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def body(server: FakeServer, work: Any) -> dict[str, Any]:
    """The JSON that the work sends."""
    requests = sent(server)
    run(work)
    return requests[-1].data


def test_a_line_is_spoken_without_silence_around_it(room: Room) -> None:
    with faulty() as server:
        made = run(partial(speech(server).speak, room.line(voice="alloy"), room.tools))
    check_sound(made.audio, MODEL, room.blobs, at_least=1.0)
    assert (made.audio.rate, made.audio.channels, made.voice, made.receipt.money) == (24_000, 1, "alloy", 1.0)


def test_a_voice_is_cloned_from_the_bytes_of_a_sample_and_its_words(room: Room) -> None:
    request = room.line(sample=room.sample, transcript="What I say here.", voice="alloy")
    with faulty() as server:
        said = body(server, partial(speech(server, can=CLONES).speak, request, room.tools))
        made = run(partial(speech(server, can=CLONES).speak, request, room.tools))
    head, _, coded = said["ref_audio"].partition(",")
    assert head == "data:audio/wav;base64" and base64.b64decode(coded) == room.blobs.get(room.sample)
    assert said["ref_text"] == "What I say here." and said["task_type"] == "Base" and "voice" not in said
    assert said["language"] == "English" and made.voice == "cloned"


def test_a_described_voice_and_an_emotion_are_instructions(room: Room) -> None:
    request = room.line(description="a low warm voice", emotion="joyful", speed=1.1, language="zh", text="你好，大海")
    can = {"describes": True, "rate": 24_000, "max_duration": 60, "seed": True}
    with faulty() as server:
        said = body(server, partial(speech(server, can=can).speak, request, room.tools))
        openai = body(server, partial(speech(server, server="openai").speak, request, room.tools))
    assert said["instructions"] == "a low warm voice. Speak in a joyful tone."
    assert (said["task_type"], said["language"], said["speed"], said["seed"]) == ("VoiceDesign", "Chinese", 1.1, 0)
    wanted = {"model": MODEL, "input": "你好，大海", "instructions": "Speak in a joyful tone.", "speed": 1.1}
    assert openai == {**wanted, "response_format": "wav"}


def test_the_voice_is_the_profiles_or_the_models_first_for_the_language() -> None:
    voices = {"rate": 24_000, "max_duration": 60, "voices": {"ryan": "en", "vivian": "zh"}}
    with faulty() as server:
        named = speech(server, can=voices)
        assert [named.choose_voice(language, PERSON) for language in ("en", "zh", "fr")] == ["ryan", "vivian", "ryan"]
        assert speech(server, can=voices, voice="mine").choose_voice("zh", PERSON) == "mine"
        assert speech(server).choose_voice("en", PERSON) is None


@pytest.mark.parametrize(
    ("fault", "kind", "says"),
    [
        ("busy", RateLimitedError, "at_once"),
        ("error", UnavailableError, "Try again"),
        ("memory", OutOfMemoryError, "memory"),
        ("moderated", RefusedError, "Change what it shows or says"),
        ("unknown field", BackboneError, "body.num_inference_steps"),
        ("half", UnavailableError, "could not be reached"),
        ("wrong type", BadMediaError, "no sound"),
        ("no sound", BadMediaError, "no sound"),
        ("silent", BadMediaError, "silence"),
    ],
)
def test_every_fault_of_speech_is_an_error(room: Room, fault: str, kind: type[BackboneError], says: str) -> None:
    with faulty(f"audio.speech={fault}") as server:
        error = failure(partial(speech(server).speak, room.line(), room.tools))
    assert type(error) is kind and says in str(error) and error.refused == ("line" if kind is RefusedError else "")


def test_a_voice_that_the_server_does_not_have_is_named(room: Room) -> None:
    with faulty() as server:
        error = failure(partial(speech(server).speak, room.line(voice="nobody"), room.tools))
    assert error.status == 400 and "Invalid voice 'nobody'" in str(error)


def test_a_model_without_a_voice_of_its_own_needs_a_sample_before_anything_is_spent(room: Room) -> None:
    with faulty() as server:
        chosen = profile(speech={"backbone": "openai", "settings": settings(server, can=CLONES)})
        brief = Brief(theme="A day", style="plain", photo=room.picture, shots=2, length=6.0)
        with pytest.raises(BriefError, match="--voice-sample"):
            check_profile(brief, chosen, room.blobs)
        cloned = brief.model_copy(update={"voice_sample": room.sample})
        with pytest.raises(BriefError, match="--voice-transcript"):
            check_profile(cloned, chosen, room.blobs)
        with pytest.raises(BriefError, match="--voice-sample"):
            run(partial(speech(server, can=CLONES).speak, room.line(), room.tools))
        assert not server.log.lines


def test_music_has_the_asked_length_and_follows_the_seed(room: Room) -> None:
    with faulty() as server:
        one, other = [run(partial(music(server).compose, room.score(seed=seed), room.tools)) for seed in (3, 4)]
        said = body(server, partial(music(server).compose, room.score(duration=9.0), room.tools))
    check_sound(one.audio, MODEL, room.blobs, at_least=8.0)
    assert one.audio.duration == pytest.approx(8.0) and one.audio != other.audio
    assert said["input"] == "ambient, calm, piano, 80 BPM, instrumental" and said["audio_length"] == 9.0


def test_music_that_is_longer_than_the_model_makes_is_put_together(room: Room) -> None:
    can = {"rate": 24_000, "max_duration": 10.0, "seed": True}
    with faulty() as server:
        backbone, request = music(server, can=can), room.score(duration=25.0)
        made = run(partial(backbone.compose, request, room.tools))
        assert len(server.log.of("audio.generate")) == 3
        assert made.receipt.money == backbone.estimate(request).high == 3.0
    check_sound(made.audio, MODEL, room.blobs, at_least=25.0)
    samples = room.blobs.samples(made.audio)
    assert np.abs(samples).max() <= 1.0 and float(np.abs(samples[-2400:]).max()) > 0.01, "it does not fade away"


@pytest.mark.parametrize(
    ("fault", "kind", "says"),
    [
        ("short", BadMediaError, "4.0 s where 8.0 s"),
        ("no sound", BadMediaError, "no sound"),
        ("down", UnavailableError, "Try again"),
        ("moderated", RefusedError, "Change"),
    ],
)
def test_every_fault_of_music_is_an_error(room: Room, fault: str, kind: type[BackboneError], says: str) -> None:
    with faulty(f"audio.generate={fault}") as server:
        error = failure(partial(music(server).compose, room.score(), room.tools))
    assert type(error) is kind and says in str(error)


def test_silent_music_is_found_by_the_check(room: Room) -> None:
    with faulty("audio.generate=silent") as server:
        made = run(partial(music(server).compose, room.score(), room.tools))
    with pytest.raises(BadMediaError, match="silent"):
        check_sound(made.audio, MODEL, room.blobs)


def test_other_forms_of_sound_are_read(room: Room) -> None:
    for form in ("flac", "mp3"):
        with faulty() as server:
            extra = {"response_format": form}
            made = run(partial(speech(server, extra=extra).speak, room.line(), room.tools))
        data, rate = soundfile.read(io.BytesIO(room.blobs.get(made.audio)))
        assert rate == 24_000 and len(data) == made.audio.samples


@given(st.floats(0.5, 600), st.floats(8, 120))
def test_pieces_cover_the_length_and_none_is_longer_than_the_model_makes(duration: float, longest: float) -> None:
    rate = 1_000
    pieces = Pieces.of(duration, longest, rate)
    for share in (1.0, 0.5, 1.37):
        came = pieces.at(share)
        whole = came.count * came.length - (came.count - 1) * came.shared
        assert came.length <= math.ceil(longest * rate * share + 1e-6)
        assert duration * rate * share - 1 <= whole <= duration * rate * share + 3 * came.count


def test_a_crossfade_keeps_the_power_of_two_different_pieces() -> None:
    rng = np.random.default_rng(1)
    parts = [rng.normal(0, 0.1, (8_000, 2)).astype(np.float32) for _ in range(2)]
    whole = Pieces(2, 8_000, 4_000).joined(parts, 12_000)
    powers = [float(np.sqrt(np.square(whole[start : start + 1_000]).mean())) for start in range(0, 12_000, 1_000)]
    assert whole.shape == (12_000, 2) and powers == pytest.approx([0.1] * 12, rel=0.1)
