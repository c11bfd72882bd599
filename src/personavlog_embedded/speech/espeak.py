"""Phonemes by espeak-ng, which Kokoro's French and Hindi voices were trained with; GPL-3, so it is an extra."""

from __future__ import annotations

import functools
import threading
from typing import Protocol

from personavlog.errors import MissingExtraError

_VOICES = {"fr": "fr-fr", "hi": "hi"}
_TIED = {
    "a^ɪ": "I",
    "a^ʊ": "W",
    "d^z": "ʣ",
    "d^ʒ": "ʤ",
    "e^ɪ": "A",
    "o^ʊ": "O",
    "ə^ʊ": "Q",
    "s^s": "S",
    "t^s": "ʦ",
    "t^ʃ": "ʧ",
    "ɔ^ɪ": "Y",
}
"""Two tied sounds that are one letter of Kokoro's alphabet."""
_IN_USE = threading.Lock()
"""The library has one voice at a time."""


class _Espeak(Protocol):
    def set_voice(self, language: str) -> None: ...

    def phonemize(self, text: str, use_tie: bool = False) -> str: ...


def espeak_phonemes(line: str, language: str) -> str:
    """A line in words in Kokoro's alphabet; raises ``MissingExtraError``."""
    with _IN_USE:
        espeak = _espeak()
        espeak.set_voice(_VOICES[language])
        said = [espeak.phonemize(part, use_tie=True) + mark for part, mark in _clauses(line)]
    sounds = " ".join(part.strip() for part in said if part.strip()).replace("\u0361", "^")
    for tied, one in _TIED.items():
        sounds = sounds.replace(tied, one)
    return "".join(c for c in sounds if c not in "^-_").strip(" ,;:—")


def _clauses(line: str) -> list[tuple[str, str]]:
    """Parts and the mark that ends each: espeak drops the marks."""
    parts: list[tuple[str, str]] = []
    start = 0
    for at, character in enumerate(line):
        if character in ".,;:!?…—":
            parts.append((line[start:at], character))
            start = at + 1
    return [(text, mark) for text, mark in [*parts, (line[start:], "")] if text.strip()]


@functools.cache
def _espeak() -> _Espeak:
    try:
        import espeakng_loader  # noqa: F401
        from kokorog2p.backends.espeak.wrapper import EspeakWrapper
    except ImportError as error:
        raise MissingExtraError("Speech in French and Hindi", "espeak") from error
    espeak: _Espeak = EspeakWrapper()
    return espeak
