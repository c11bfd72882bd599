"""From a written line to phonemes, language by language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from personavlog_embedded.speech.chinese import chinese_phonemes
from personavlog_embedded.speech.chinese_text import speakable_chinese
from personavlog_embedded.speech.english import english_phonemes
from personavlog_embedded.speech.espeak import espeak_phonemes
from personavlog_embedded.speech.japanese import japanese_phonemes, speakable_japanese
from personavlog_embedded.speech.romance import romance_phonemes
from personavlog_embedded.speech.spelled import speakable
from personavlog_embedded.speech.text import speakable_english


@dataclass(frozen=True)
class Tongue:
    """``speakable`` writes a line out in words, ``phonemes`` takes these and whether they are British."""

    speakable: Callable[[str], str]
    phonemes: Callable[[str, bool], str]


def _tongue(language: str, phonemes: Callable[[str, str], str]) -> Tongue:
    return Tongue(partial(speakable, language=language), lambda line, _: phonemes(line, language))


TONGUES = {
    "en": Tongue(speakable_english, english_phonemes),
    "zh": Tongue(speakable_chinese, lambda line, _: chinese_phonemes(line)),
    "ja": Tongue(speakable_japanese, lambda line, _: japanese_phonemes(line)),
    **{language: _tongue(language, romance_phonemes) for language in ("es", "it", "pt")},
    **{language: _tongue(language, espeak_phonemes) for language in ("fr", "hi")},
}
"""By ISO 639-1; ``data/speech_languages.toml`` says what each needs and lacks."""
