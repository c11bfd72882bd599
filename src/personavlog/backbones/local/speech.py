"""The role speech on this machine: Pocket TTS, which clones a voice from a few seconds of it. Found as
``speech.local``."""

from __future__ import annotations

import re
import time
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from anyio import from_thread
from pydantic import Field, TypeAdapter

from personavlog.backbones.capabilities import SoundCapabilities
from personavlog.backbones.local.extra import present, versions
from personavlog.backbones.local.pocket_files import Described, described, packaged, voice_file
from personavlog.backbones.local.pocket_model import PocketModel
from personavlog.backbones.local.pool import POOL, Wanted
from personavlog.backbones.receipts import FREE
from personavlog.backbones.records import ModelRecord, record
from personavlog.backbones.roles import Estimate, SpeechRequest, SpeechResult
from personavlog.backbones.tools import Tools
from personavlog.backbones.waves import faded, sounding, trimmed
from personavlog.errors import BackboneError, ConfigurationError, MissingWeightsError
from personavlog.frozen import Frozen
from personavlog.media import Audio
from personavlog.media.arrays import Samples
from personavlog.script import Character

MODEL = "pocket-tts"
DEVICE = "cpu"
"""Faster than speech on two cores; a GPU is better used by the other models."""
VERSION = 1
"""Of how the model is asked; part of the fingerprint."""
CLONED = "cloned"
"""What a result calls the voice of a sample."""
CHARACTERS_A_SECOND = 15.0
_FEMALE = frozenset({"woman", "female", "feminine", "girl", "lady", "she", "her", "mother", "grandmother"})
_MALE = frozenset({"man", "male", "masculine", "boy", "gentleman", "he", "his", "father", "grandfather", "beard"})


class SpeechSettings(Frozen):
    """``model``: "pocket-tts", or the path of a YAML description of one's own, which speaks ``language`` and knows no
    voices by name. ``temperature``: None, as the description says."""

    model: str = MODEL
    language: str = Field(default="en", pattern=r"^[a-z]{2,3}$")
    temperature: float | None = Field(default=None, ge=0, le=2)


class NamedVoice(Frozen):
    """A voice that the package brings."""

    language: str
    sex: Literal["female", "male"]


class LocalSpeech:
    """Speaks seven languages with voices of its own, or with the voice of a sample. Same request, same sound."""

    def __init__(self, **settings: Any) -> None:
        self._own = SpeechSettings.model_validate(settings)
        self._place = None if self._own.model == MODEL else Path(self._own.model).expanduser()
        if self._place is not None and (self._place.suffix not in (".yaml", ".yml") or not self._place.is_file()):
            raise ConfigurationError(
                f"There is no speech model {self._own.model!r}: write {MODEL!r}, or the path of a YAML description."
            )
        present(("torch", "pocket_tts"), f"The speech model {self._own.model!r}")

    @property
    def capabilities(self) -> SoundCapabilities:
        """By the table; a description of one's own speaks one language and clones only."""
        known = self._record.sound
        assert known is not None, "a row of speech says what it sounds like"
        if self._place is not None:
            return known.model_copy(update={"languages": (self._own.language,)})
        return known.model_copy(update={"voices": {name: voice.language for name, voice in voices().items()}})

    @property
    def fingerprint(self) -> str:
        """The package's version, which pins its models, or the state of one's own, "absent" where its files are; and
        all that is heard."""
        try:
            state = MODEL if self._place is None else described(self._place).digest
        except MissingWeightsError:
            state = "absent"
        packages = versions(("pocket-tts", "torch"))
        return f"local-{state} temperature {self._own.temperature} {packages} {VERSION}"

    async def open(self) -> None:
        """See that a description of one's own fits; nothing is loaded before the first line."""
        if self._place is not None:
            described(self._place)

    async def aclose(self) -> None:
        """The model stays in the pool, for the next film."""

    def estimate(self, request: SpeechRequest) -> Estimate:
        """Free; one second of sound takes less than a second of work on two cores."""
        return Estimate(seconds=len(request.text) / CHARACTERS_A_SECOND + 1.0)

    def choose_voice(self, language: str, character: Character) -> str | None:
        """The first voice of the language and of the sex that the character's words name, else of any; None where it
        has none by name."""
        fitting = {name: one.sex for name, one in voices().items() if one.language == language}
        if self._place is not None or not fitting:
            return None
        sex = _sex(character)
        return next((name for name in fitting if fitting[name] == sex), next(iter(fitting)))

    async def speak(self, request: SpeechRequest, tools: Tools) -> SpeechResult:
        """Raises ``ConfigurationError`` for a language or voice that it does not have, ``MissingWeightsError`` with the
        command that gets what is missing, ``BackboneError`` for a line without anything to say, ``BadMediaError``."""
        files_ = self._files(request.language)
        name, voice = self._voice(request, files_, tools)
        ran = await POOL.run(self._wanted(files_), lambda model: _spoken(model, request, name, voice, tools))
        audio, seconds = ran.value
        return SpeechResult(
            audio=audio,
            voice=name if request.sample is None else CLONED,
            notes=(*_not_followed(request), *ran.notes),
            receipt=FREE.model_copy(update={"model": self.fingerprint[:200], "seconds": seconds}),
        )

    def _files(self, language: str) -> Described:
        if self._place is None:
            return described(packaged(language))
        if language != self._own.language:
            raise ConfigurationError(
                f"The speech model {self._place.name!r} speaks {self._own.language!r}, not {language!r}. Set language "
                "in [speech] to what it speaks, or choose another model."
            )
        return described(self._place)

    def _voice(self, request: SpeechRequest, files_: Described, tools: Tools) -> tuple[str, Voice]:
        """What the voice is called, and where it comes from."""
        if request.sample is not None:
            sample = request.sample
            if not files_.clones:
                raise MissingWeightsError(
                    "To clone a voice Pocket TTS needs weights that the Hugging Face hub gives after you accept the "
                    f"terms of {self._record.source!r} there and log in with: hf auth login. Then: {files_.cloning}"
                )
            return sample.digest, lambda: (tools.blobs.samples(sample), sample.rate)
        if self._place is not None:
            raise ConfigurationError(
                f"The speech model {self._place.name!r} has no voices by name. Give a voice with --voice-sample."
            )
        fitting = [name for name, one in voices().items() if one.language == request.language]
        name = request.voice or fitting[0]
        if name not in voices():
            raise ConfigurationError(f"There is no voice {name!r}. For {request.language!r}: {', '.join(fitting)}.")
        return name, lambda: voice_file(request.language, name)

    def _wanted(self, files_: Described) -> Wanted[PocketModel]:
        temperature = self._own.temperature
        return Wanted(
            name=f"The speech model {MODEL!r}",
            key=f"speech {files_.digest} {temperature}",
            device=DEVICE,
            load=lambda offload: PocketModel.load(files_, temperature),
            size=files_.size,
            levels=("none",),
        )

    @property
    def _record(self) -> ModelRecord:
        return record("local", MODEL)


Voice = Callable[[], tuple[Samples, int] | Path]
"""A sample, (n,) with its rate, or the file of a saved state."""


@cache
def voices() -> Mapping[str, NamedVoice]:
    """The voices by name, the preferred first."""
    text = files("personavlog.backbones.local").joinpath("voices.toml").read_text(encoding="utf-8")
    return TypeAdapter(dict[str, NamedVoice]).validate_python(tomllib.loads(text))


def _spoken(model: PocketModel, request: SpeechRequest, name: str, voice: Voice, tools: Tools) -> tuple[Audio, float]:
    """The line, and how many seconds its making took."""
    begun, expected = time.monotonic(), len(request.text) / CHARACTERS_A_SECOND

    def heard(seconds: float) -> None:
        from_thread.check_cancelled()
        tools.progress(min(seconds / expected, 0.95))

    said = sounding(model.say(model.voice(name, voice), request.text, request.seed, heard), "Pocket TTS")
    line = trimmed(said, model.rate)
    if not len(line):
        raise BackboneError(f"The line {request.text[:60]!r} came out silent. Write it otherwise.", provider=MODEL)
    audio = tools.blobs.put_audio(faded(line, model.rate), model.rate)
    tools.progress(1.0)
    return audio, time.monotonic() - begun


def _not_followed(request: SpeechRequest) -> tuple[str, ...]:
    if request.speed == 1.0:
        return ()
    return (f"Pocket TTS speaks at the voice's own pace; the speed {request.speed:g} was not followed.",)


def _sex(character: Character) -> Literal["female", "male", ""]:
    words = re.findall(r"[a-z]+", f"{character.voice} {character.appearance} {character.personality}".lower())
    female, male = sum(word in _FEMALE for word in words), sum(word in _MALE for word in words)
    return "" if female == male else "female" if female > male else "male"
