"""The embedded speech backbone (F_i2s, Eq. 12): Kokoro-82M on two cores, heard back by a recogniser where one is
there."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import anyio.to_thread
import numpy as np

from personavlog.backbones.capabilities import SoundCapabilities
from personavlog.backbones.receipts import FREE
from personavlog.backbones.roles import Estimate, Resident, SpeechRequest, SpeechResult
from personavlog.backbones.tools import OnProgress, Tools
from personavlog.backbones.waves import trimmed
from personavlog.errors import BackboneError, WeightsError
from personavlog.languages import LANGUAGES, foreign, is_foreign
from personavlog.media.arrays import Samples
from personavlog.metrics import listen
from personavlog.runs.blobs import Blobs
from personavlog.script import Character
from personavlog_embedded import capabilities
from personavlog_embedded.speech import shape, voices
from personavlog_embedded.speech.network import LONGEST, RATE, breaths, synthesize
from personavlog_embedded.speech.other_scripts import transcribed
from personavlog_embedded.speech.tongues import TONGUES
from personavlog_embedded.speech.unsaid import unsaid
from personavlog_embedded.speech.voices import VOICES, Voice, speed_of

TAKE_SPEEDS = (1.0, 0.93, 1.07)
"""The network has no seed: another take is spoken more slowly, then faster."""
MISHEARD = 0.34
"""Word error rate above which a line is spoken once more."""

_NOT_IMITATED = "The voice sample was not imitated: this backbone speaks with its own voices only, here {!r}."
_PAUSE = 0.28
_SLOWEST, _FASTEST = 0.75, 1.35


@dataclass(frozen=True)
class _Take:
    samples: Samples
    heard: str | None
    errors: float | None


class KokoroSpeech(Resident):
    """Speaks eight languages in 24 kHz mono at a constant loudness. Same request, same sound.

    It cannot imitate a voice: a request's ``sample`` is not used, as ``capabilities.clones`` and the result's notes
    say.
    """

    @property
    def fingerprint(self) -> str:
        """Changes with the model, the voices and our own preparation of the text."""
        return "kokoro-82m-v1.0-int8/" + _digest_of_voices() + "/text-3"

    @property
    def capabilities(self) -> SoundCapabilities:
        """What the voices speak; as long as a request's text can be."""
        return capabilities.speech()

    def estimate(self, request: SpeechRequest) -> Estimate:
        """About 15 characters of English or 4 of Chinese are one second of sound, and one second of sound takes about
        one second of work."""
        han = sum(c > "\u2e80" for c in request.text)
        return Estimate(seconds=1.0 * (han / 4 + (len(request.text) - han) / 15) / request.speed + 0.5)

    async def speak(self, request: SpeechRequest, tools: Tools) -> SpeechResult:
        """Raises ``BackboneError`` for a line without anything to say, ``ConfigurationError`` for a voice that is not
        there, ``WeightsError``."""
        return await anyio.to_thread.run_sync(_speak, request, tools.blobs, tools.progress)

    def choose_voice(self, language: str, character: Character) -> str | None:
        """The voice whose traits fit the character's words best; raises ``ConfigurationError`` for a language that no
        voice speaks."""
        return voices.choose(language, character)


def _speak(request: SpeechRequest, blobs: Blobs, progress: OnProgress) -> SpeechResult:
    name, voice = voices.named(request.language, request.voice)
    line = _line(request)
    phonemes = TONGUES[request.language].phonemes(line.said, voice.british)
    progress(0.05)
    speed = speed_of(request.emotion) * request.speed * TAKE_SPEEDS[request.take % len(TAKE_SPEEDS)]
    take = _heard(_say(phonemes, voice, speed, LONGEST), request)
    progress(0.8)
    if take.errors is not None and take.errors > MISHEARD:
        # A sentence at a time and a little slower: what the network slurs in one breath it usually says clearly in
        # two.
        again = _heard(_say(phonemes, voice, speed * 0.92, LONGEST // 4), request)
        take = min(take, again, key=lambda take: take.errors if take.errors is not None else 1.0)
    progress(1.0)
    return SpeechResult(
        audio=blobs.put_audio(take.samples, RATE),
        voice=name,
        heard=take.heard,
        word_error_rate=take.errors,
        notes=(*((_NOT_IMITATED.format(name),) if request.sample else ()), *line.notes),
        receipt=FREE,
    )


@dataclass(frozen=True)
class _Line:
    """What is said, in words, and what a person should know of it."""

    said: str
    notes: tuple[str, ...]


def _line(request: SpeechRequest) -> _Line:
    """Raises ``BackboneError`` for a line without anything to say, or most of which is in another script."""
    language = LANGUAGES[request.language].name
    if is_foreign(request.text, request.language):
        words = ", ".join(map(repr, foreign(request.text, request.language)[:5]))
        raise BackboneError(
            f"The line {request.text[:60]!r} cannot be spoken in {language}: {words} are in another script. Write the "
            f"line in {language}, or choose the film's --language."
        )
    read = transcribed(request.text, request.language)
    said = TONGUES[request.language].speakable(read.line)
    if not any(character.isalnum() for character in said):
        raise BackboneError(
            f"The line {request.text[:60]!r} has nothing that can be spoken in {language}. Write it in words."
        )
    return _Line(said, (*read.notes, *_misread(request.text, said, request.language)))


def _misread(written: str, said: str, language: str) -> tuple[str, ...]:
    lost = unsaid(written, said) if language == "en" else ()
    words = ", ".join(map(repr, lost))
    return (f"The voice may misread {words} in {written!r}. Write it as it is to be said.",) if lost else ()


def _digest_of_voices() -> str:
    table = [(name, voice.style, voice.raised, sorted(voice.traits)) for name, voice in VOICES.items()]
    return hashlib.sha256(repr(table).encode()).hexdigest()[:8]


def _say(phonemes: str, voice: Voice, speed: float, limit: int) -> Samples:
    pace = float(np.clip(speed / voice.raised, _SLOWEST / voice.raised, _FASTEST))
    sounds = [trimmed(synthesize(breath, voice.style, pace), RATE) for breath in breaths(phonemes, limit)]
    line = shape.raised(shape.joined([sound for sound in sounds if len(sound)], RATE, _PAUSE), RATE, voice.raised)
    return shape.faded(shape.levelled(line, RATE), RATE)


def _heard(samples: Samples, request: SpeechRequest) -> _Take:
    if request.language != "en":
        return _Take(samples, None, None)
    try:
        heard = listen.transcribe(samples, RATE)
    except WeightsError:
        # The recogniser is a check, not a need: without its weights the line stands unheard.
        return _Take(samples, None, None)
    return _Take(samples, heard, listen.word_error_rate(request.text, heard))
