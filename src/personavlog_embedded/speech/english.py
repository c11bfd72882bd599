"""English words as Kokoro's phonemes: the lexicon, a light sense of grammar for words that have two pronunciations, and
spelling rules for the rest."""

from __future__ import annotations

import functools
import re
import threading
import unicodedata

from kokorog2p.en.lexicon import Lexicon, TokenContext

from personavlog_embedded.speech.spelling import pronounce


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|[.,;:!?…—]")
_LEXICON_IN_USE = threading.Lock()
"""The lexicon reads blocks of a mapped file into a cache of its own, and lines are spoken in several threads."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PAUSES = frozenset(".,;:!?…—")
_VOWELS, _CONSONANTS = frozenset("AIOQWYaiuæɑɒɔəɛɜɪʊʌᵻ"), frozenset("bdfhjklmnpstvwzðŋɡɹɾʃʒʤʧθ")

_BEFORE_VERB = _words(
    "to will would can could shall should may might must do does did don't didn't doesn't can't couldn't won't "
    "wouldn't let's let i we they you who"
)
_BEFORE_NOUN = _words(
    "a an the my your his her its our their this that these those some any no every each another of in with "
    "from for old new first last small big little"
)
_HAVE = _words("have has had having i've we've they've you've been was were be is")
_PAST_HINTS = _words("yesterday ago last once already finally then when")
_TAGGED = {"a": "DT", "an": "DT", "the": "DT", "to": "TO", "in": "IN", "i": "PRP"}


def english_phonemes(line: str, british: bool = False) -> str:
    """A speakable English line (see ``speakable_english``) in Kokoro's alphabet; words of a script it cannot read are
    left out."""
    tokens = _TOKEN.findall(_plain_accents(line))
    with _LEXICON_IN_USE:
        return _joined(_spoken(tokens, british))


def _spoken(tokens: list[str], british: bool) -> list[str]:
    spoken, context = [""] * len(tokens), TokenContext()
    # From the end, because "the", "a" and "to" sound after what follows them.
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        spoken[index] = token if token in _PAUSES else _word(token, _tag(tokens, index), context, british)
        context = TokenContext(_opens_with_vowel(spoken[index], context.future_vowel), token.lower() == "to")
    return spoken


def _word(word: str, tag: str | None, context: TokenContext, british: bool) -> str:
    fixed = _FIXED.get((word.lower(), tag))
    if fixed:
        return fixed
    phonemes, _ = _lexicon(british)(word, tag, None, context)
    if phonemes is None and word[-2:] == "'s":
        stem = _word(word[:-2], tag, context, british)
        return stem + ("ᵻz" if stem[-1:] in "szʃʒʧʤ" else "s" if stem[-1:] in "ptkfθ" else "z") if stem else ""
    if phonemes is None and word.isascii() and word.isupper() and len(word) <= 5:
        phonemes, _ = _lexicon(british).get_NNP(word)
    if phonemes is None and (parts := _CAMEL.split(word))[1:]:
        return "".join(_word(part, None, context, british) for part in parts)
    if phonemes is None and word.isascii():
        phonemes = pronounce(word.replace("'", "").lower())
    return phonemes or ""


_FIXED = {
    ("read", "VBD"): "ɹˈɛd",
    ("live", "JJ"): "lˈIv",
    ("lives", "NNS"): "lˈIvz",
    ("live", None): "lˈɪv",
    ("lead", "NN"): "lˈid",
    ("wind", "VB"): "wˈInd",
    ("tears", None): "tˈɪɹz",
    ("tear", "NN"): "tˈɪɹ",
    ("wound", "NN"): "wˈund",
    ("vlog", None): "vlˈɔɡ",
    ("vlogs", None): "vlˈɔɡz",
    ("vlogging", None): "vlˈɔɡɪŋ",
    ("vlogger", None): "vlˈɔɡəɹ",
    ("selfie", None): "sˈɛlfi",
}


def _tag(tokens: list[str], index: int) -> str | None:
    """The part of speech where it decides the sound, guessed from the neighbours; None where it does not or nothing
    speaks for one."""
    word = tokens[index].lower()
    before = tokens[index - 1].lower() if index else ""
    after = tokens[index + 1].lower() if index + 1 < len(tokens) else ""
    if word in _TAGGED:
        return _TAGGED[word]
    if word == "read":
        past = before in _HAVE or any(token.lower() in _PAST_HINTS for token in tokens)
        return "VBD" if past and before not in _BEFORE_VERB - {"i", "we", "they", "you", "who"} else "VB"
    if (
        word == "live"
        and after.isalpha()
        and (before in _BEFORE_NOUN or after in ("music", "show", "band", "concert", "jazz"))
    ):
        return "JJ"
    if word == "used":
        return "VBD" if after == "to" else None
    return _noun_or_verb(word, before)


def _noun_or_verb(word: str, before: str) -> str | None:
    if word in ("lives", "tears") and before in _BEFORE_NOUN:
        return "NNS"
    if before in _BEFORE_VERB:
        return "VB" if word in _TWO_SOUNDS or word == "wind" else None
    if before in _BEFORE_NOUN:
        return "NN" if word in _TWO_SOUNDS or word in ("lead", "tear", "wound") else None
    return None


_TWO_SOUNDS = _words(
    "record records present presents object objects project projects desert contest contrast close use excuse abuse "
    "house minute content conduct "
    "conflict contract convert insult permit produce progress protest rebel refuse reject subject suspect transport "
    "upset increase decrease "
    "import export address estimate separate graduate delegate alternate duplicate moderate perfect bow row tear wound "
    "sow lead dove attribute "
    "combine commune compound"
)


def _opens_with_vowel(phonemes: str, otherwise: bool | None) -> bool | None:
    for symbol in phonemes:
        if symbol in _PAUSES:
            return None
        if symbol in _VOWELS or symbol in _CONSONANTS:
            return symbol in _VOWELS
    return otherwise


def _joined(spoken: list[str]) -> str:
    line = ""
    for part in filter(None, spoken):
        line += part if (part in _PAUSES and part != "—") or not line else f" {part}"
    return line.strip(" ,;:—")


def _plain_accents(line: str) -> str:
    """Latin letters without their accents where the lexicon has only the plain word: "Zürich" becomes "Zurich"."""
    folded = (
        line.replace("ß", "ss")
        .replace("ø", "o")
        .replace("Ø", "O")
        .replace("æ", "ae")
        .replace("ł", "l")
        .replace("đ", "d")
    )
    parts = (unicodedata.normalize("NFD", c) for c in folded)
    return "".join(part[0] if part[0].isascii() else unicodedata.normalize("NFC", part) for part in parts)


@functools.cache
def _lexicon(british: bool) -> Lexicon:
    return Lexicon(british=british)
