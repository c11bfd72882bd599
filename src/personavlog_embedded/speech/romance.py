"""Spanish, Italian and Portuguese as Kokoro's phonemes: the rules of spelling, and the stress that they leave out.

``kokorog2p`` has the rules and marks a written accent only; the voices were trained on phonemes with every stress.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Protocol

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|[.,;:!?…—]")
_NUCLEI = "aeiouɐɑɔəɛɪʊæ"
_GLIDES = frozenset("iu")
_PENULTIMATE = {
    "es": re.compile("[aeiouns]$"),
    "it": re.compile("[aeiou]$"),
    "pt": re.compile("(?:[aeo]s?|[ae]m|ens)$"),
}
"""Endings of words that are stressed on the last syllable but one; others are on the last."""
_UNSTRESSED = {
    "es": frozenset(
        [
            "el",
            "la",
            "los",
            "las",
            "un",
            "una",
            "de",
            "del",
            "a",
            "al",
            "en",
            "y",
            "e",
            "o",
            "u",
            "que",
            "con",
            "por",
            "para",
            "mi",
            "tu",
            "su",
            "se",
            "me",
            "te",
            "lo",
            "le",
            "les",
            "sin",
            "nos",
        ]
    ),
    "it": frozenset(
        [
            "il",
            "lo",
            "la",
            "i",
            "gli",
            "le",
            "un",
            "una",
            "di",
            "del",
            "della",
            "dei",
            "a",
            "al",
            "alla",
            "in",
            "e",
            "è",
            "o",
            "ho",
            "ha",
            "che",
            "con",
            "per",
            "da",
            "su",
            "si",
            "mi",
            "ti",
            "ci",
        ]
    ),
    "pt": frozenset(
        [
            "o",
            "a",
            "os",
            "as",
            "um",
            "uma",
            "de",
            "do",
            "da",
            "dos",
            "das",
            "em",
            "no",
            "na",
            "e",
            "é",
            "ou",
            "que",
            "com",
            "por",
            "para",
            "se",
            "me",
            "te",
            "ao",
            "à",
        ]
    ),
}
_NEARER = {
    "es": ((r"n(?=[kɡx])", "ŋ"), (rf"i(?=ˈ?[{_NUCLEI}])", "j"), (rf"u(?=ˈ?[{_NUCLEI}])", "w")),
    "it": ((r"n(?=[kɡ])", "ŋ"), (r"i(?=ˈ?[aeouɔɛ])(?!ˈ?[aeouɔɛ]$)", "j")),
    "pt": (
        ("a\u0303(ˈ?)[ou]$", "ˈɐ\u0303ʊ\u0303"),
        ("a\u0303n?(?=.)", "ɐ\u0303ŋ"),
        ("e\u0303n?", "Aŋ"),
        ("([io])\u0303[mn]?", r"\1ŋ"),
        (rf"i(?=ˈ?[{_NUCLEI}])", "j"),
        (r"(?<!ˈ)o(?=s?$)", "ʊ"),
        (r"(?<!ˈ)a$", "æ"),
        (r"(?<!ˈ)[ei]$", "y"),
    ),
}
"""What the voices' own phonemes have where the rules write letters: glides, nasals, Brazilian endings."""


class _Rules(Protocol):
    def phonemize(self, text: str) -> str: ...


def romance_phonemes(line: str, language: str) -> str:
    """A line in words in Kokoro's alphabet, marks kept; ``language`` is "es", "it" or "pt"."""
    said = ""
    for token in _WORD.findall(line):
        if not token[0].isalpha():
            said += token
        elif word := _word(token.lower().replace("’", "'"), language):
            said += f" {word}" if said else word
    return said.strip(" ,;:—")


@functools.lru_cache(4096)
def _word(word: str, language: str) -> str:
    sounds = unicodedata.normalize("NFD", re.sub(r"[^\w\u0303ˈː]", "", _rules(language).phonemize(word)))
    # The rules set the mark behind the vowel of a written accent, the voices know it before.
    sounds = re.sub(f"([{_NUCLEI}]\u0303?)ˈ", r"ˈ\1", sounds)
    if "ˈ" not in sounds and word not in _UNSTRESSED[language]:
        sounds = _stressed(sounds, word, language)
    if len(word) > 1:
        for pattern, nearer in _NEARER[language]:
            sounds = re.sub(pattern, nearer, sounds)
    return sounds.replace("ˈˈ", "ˈ")


def _stressed(sounds: str, word: str, language: str) -> str:
    nuclei = _syllables(sounds)
    if not nuclei:
        return sounds
    last_but_one = len(nuclei) > 1 and _PENULTIMATE[language].search(word)
    at = nuclei[-2] if last_but_one else nuclei[-1]
    return f"{sounds[:at]}ˈ{sounds[at:]}"


def _syllables(sounds: str) -> list[int]:
    """Where the syllables' vowels are: an i or u beside another vowel is none of its own, but in a word that has no
    other."""
    vowels = [at for at, sound in enumerate(sounds) if sound in _NUCLEI]
    nuclei = [at for at in vowels if sounds[at] not in _GLIDES or not {at - 1, at + 1} & set(vowels)]
    return vowels[-2:] if len(nuclei) == 1 and len(vowels) == 2 and sounds[vowels[0]] in _GLIDES else nuclei


@functools.cache
def _rules(language: str) -> _Rules:
    from kokorog2p import get_g2p

    rules: _Rules = get_g2p({"pt": "pt-br"}.get(language, language))
    return rules
