"""Reading a theme: which language it is in, and everything that the writer makes of it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from personavlog.errors import BackboneError
from personavlog_embedded.writing.plain.activities import Kind, Tone
from personavlog_embedded.writing.plain.chinese import read_chinese
from personavlog_embedded.writing.plain.dictionary import chinese_gerund, in_chinese
from personavlog_embedded.writing.plain.english import read_english
from personavlog_embedded.writing.plain.theme import Doing, Theme, Thing, theme_words
from personavlog_embedded.writing.plain.tone import tone_of
from personavlog_embedded.writing.plain.wordnet import ADJECTIVE, ADVERB, NOUN, VERB, gerund, knows, lemma_of

READ = ("en", "zh")
"""The languages of themes that the plain writer reads."""
LONGEST = 300
"""A language is told by so many characters."""
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_URL = re.compile(r"(?:https?://|www\.)\S+")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@lru_cache(maxsize=256)
def language_of(text: str) -> str:
    """The language of a theme as a two-letter code; English for a text without letters."""
    clean = _URL.sub(" ", unicodedata.normalize("NFKC", text))[:LONGEST]
    if _KANA.search(clean):
        return "ja"
    letters = [one for one in clean if one.isalpha()]
    if letters and 3 * len(_HAN.findall(clean)) >= len(letters):
        return "zh"
    words = _WORD.findall(clean)
    if all(_is_english(word.lower()) or (word.isascii() and word[:1].isupper()) for word in words):
        return "en"
    import py3langid

    found = str(py3langid.classify(clean)[0])
    return "en" if found == "en" or _mostly_english(words) else found


def _is_english(word: str) -> bool:
    table = theme_words().english
    closed = table.determiners | table.own | table.prepositions | table.helpers | table.pronouns | table.joining
    parts = [part for part in re.split(r"['’-]", word) if part]
    return word in closed | table.negating | table.ordinal or all(
        any(lemma_of(part, kind) for kind in (NOUN, VERB)) or knows(part, ADJECTIVE) or knows(part, ADVERB)
        for part in parts
        if len(part) > 1
    )


def _mostly_english(words: list[str]) -> bool:
    """Four in five words, and one of them a small one: names are in no dictionary."""
    table = theme_words().english
    small = table.determiners | table.own | table.prepositions
    known = sum(_is_english(word.lower()) or word[:1].isupper() for word in words)
    return 5 * known >= 4 * len(words) and any(word in small for word in words)


@lru_cache(maxsize=64)
def read_theme(text: str) -> Theme:
    """What a theme says. Raises ``BackboneError`` for one in a language that the writer does not read."""
    language = language_of(text)
    if language not in READ:
        raise BackboneError(
            f"The plain writer reads themes in English and Chinese, and this one seems to be in another language "
            f"({language!r}). Write the theme in English or Chinese, or take another writer with --writer."
        )
    read = read_chinese(text) if language == "zh" else read_english(text)
    words = [*read.english.split(), read.english]
    tone = tone_of(read.english, words)
    bodily = tone is Tone.LIGHT and read.object is not None and read.object.kind is Kind.BODY
    return spoken(read).model_copy(update={"tone": Tone.QUIET if bodily else tone})


def spoken(theme: Theme) -> Theme:
    """The theme with its things in Chinese too, as far as the dictionary knows them."""
    parts = {name: _chinese(getattr(theme, name)) for name in ("object", "role", "companion", "place")}
    tools = tuple(filter(None, map(_chinese, theme.tools)))
    return theme.model_copy(update={**parts, "tools": tools, "doing": _doing(theme.doing, parts["object"])})


def _chinese(thing: Thing | None) -> Thing | None:
    if thing is None or thing.chinese:
        return thing
    words = [*thing.english.split()[:-1], thing.head]
    known = next((found for n in range(len(words)) if (found := in_chinese(" ".join(words[n:])))), "")
    return thing.model_copy(update={"chinese": known})


def _doing(doing: Doing, thing: Thing | None) -> Doing:
    """With the Chinese phrase: the lexicon's verb and the object, or the object alone."""
    if doing.chinese or thing is None or not thing.chinese:
        return doing
    verb = next((found for one in doing.verbs if (found := chinese_gerund(gerund(one)))), "")
    said = thing.chinese if verb == thing.chinese else f"{verb}{thing.chinese}" if verb else thing.chinese
    return doing.model_copy(update={"chinese": said})
