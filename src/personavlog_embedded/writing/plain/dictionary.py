"""CC-CEDICT (MDBG, CC BY-SA 4.0): Chinese words in English and back, searched in its own file; the project's lexicon of
theme words comes first."""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from functools import cache, lru_cache

from personavlog import weights
from personavlog_embedded import data
from personavlog_embedded.writing.plain.segmenting import frequency, tag_of
from personavlog_embedded.writing.plain.wordnet import NOUN, VERB, lemma_of, senses

WEIGHTS = "cc-cedict"
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_FURTHER = re.compile(r"\s+,\s|,?\s+esp\. ")
_SKIPPED = re.compile(
    r"^(surname|(old )?variant|abbr|CL:|see |used in|also |erhua|Japanese|Taiwan pr|name of|euphemism|classifier|\W)",
    re.IGNORECASE,
)
_BOTH = re.compile(r"to (\w+) an? (\w+)")
_NAME = re.compile(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*")
_NOTED = re.compile(r"/to (\w+) \((?:an? |the )?(?:\w+ )?(\w+)\)")
_REST = re.compile(r" (?:or|on|of|in|for|at|with|who|that|used) ")
_LONGEST = 5
"""A spoken word has at most so many characters."""


@cache
def _text() -> mmap.mmap:
    with weights.file(WEIGHTS).open("rb") as stream:
        return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)


@cache
def _lexicon() -> tuple[dict[str, str], dict[str, str]]:
    rows = data.read_toml("library", "lexicon.toml")
    pairs = [(zh, en) for row in rows.values() if isinstance(row, dict) for zh, en in row.items()]
    back: dict[str, str] = {}
    for zh, en in pairs:
        back.setdefault(en.lower(), zh)
    return dict(pairs), back


def _lines(key: str) -> Iterator[str]:
    """The file's lines that hold ``key``."""
    text, sought = _text(), key.encode()
    at = text.find(sought)
    while at >= 0:
        end = text.find(b"\n", at)
        end = len(text) if end < 0 else end
        yield text[text.rfind(b"\n", 0, at) + 1 : end].decode()
        at = text.find(sought, end)


def _glosses(line: str) -> list[str]:
    parts = (
        _FURTHER.split(_ASIDE.sub("", part))[0].strip(" ,;")
        for part in line.partition("] /")[2].rstrip("\r/").split("/")
    )
    split = (one.strip() for part in parts for one in part.split(";"))
    return [one for one in split if one and not _SKIPPED.match(one)]


@lru_cache(maxsize=2048)
def in_english(word: str, part: str = NOUN) -> str:
    """A Chinese word in English, as this part of speech; empty for an unknown one."""
    return next(iter(meanings(word, part)), "")


@lru_cache(maxsize=2048)
def meanings(word: str, part: str = NOUN) -> tuple[str, ...]:
    """All that a Chinese word means in English as this part of speech, the likeliest first: the lexicon's word alone,
    else those of the reading that has most meanings, names before descriptions."""
    known = _lexicon()[0].get(word)
    if known:
        return tuple(filter(None, (lemma_of(known, VERB) if part == VERB else known,)))
    found = [clean for gloss in _all_glosses(word) if (clean := _fitting(gloss, part))]
    if part == NOUN:
        found.sort(key=lambda gloss: len(gloss.split()) > 2 or "'s " in gloss or _is_one_who(gloss))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=2048)
def _all_glosses(word: str) -> tuple[str, ...]:
    exact = [line for line in _lines(f" {word} [") if line.split(" ", 2)[1] == word]
    rows = [(line.partition("[")[2][:1].isupper(), _glosses(line)) for line in exact]
    rows.sort(key=lambda row: (row[0], -len(row[1])))
    return tuple(gloss for _, glosses in rows for gloss in glosses)


def _is_one_who(gloss: str) -> bool:
    """Whether a gloss describes somebody whom another one may name: horse rider, equestrian."""
    return lemma_of(gloss, NOUN) is None and gloss.endswith("er")


def noted(word: str) -> tuple[tuple[str, str], ...]:
    """The verbs of a word whose notes say with what they are used: to celebrate (a holiday)."""
    rows = (line for line in _lines(f" {word} [") if line.split(" ", 2)[1] == word)
    pairs = (found for line in rows for found in _NOTED.findall(line))
    return tuple((verb, noun) for verb, noun in pairs if lemma_of(verb, VERB))


def is_craft(word: str) -> bool:
    """Whether the lexicon has the word among the crafts."""
    return word in _crafts()


@cache
def _crafts() -> frozenset[str]:
    return frozenset(data.read_toml("library", "lexicon.toml").get("craft", {}))


def is_word(word: str) -> bool:
    """Whether a dictionary has the word."""
    return word in _lexicon()[0] or bool(_all_glosses(word))


def verb_with_object(word: str) -> tuple[str, str]:
    """Verb and noun of a word that is both: to ride a horse; empty for others."""
    pairs = (_BOTH.fullmatch(gloss) for gloss in _all_glosses(word))
    found = next(
        (one for one in pairs if one and one[1] in meanings(word[:1], VERB) and one[2] in meanings(word[1:])), None
    )
    return (found[1], found[2]) if found else ("", "")


def _fitting(gloss: str, part: str) -> str:
    if part == VERB:
        plain = re.sub(r" (a|an|the|one's|sb|sth)\b", "", gloss.removeprefix("to "))
        known = gloss.startswith("to ") and lemma_of(plain.split(" ")[0], VERB)
        return plain if known and len(plain.split()) <= 3 else ""
    name = _NAME.match(gloss)
    if name is not None and part == NOUN and len(gloss.split()) > 3:
        return name[0]
    plain = re.sub(r"^(a|an|the) ", "", gloss).split(" in the ")[0]
    plain = plain.replace(" ", "") if lemma_of(plain.replace(" ", ""), NOUN) and not lemma_of(plain, NOUN) else plain
    plain = _REST.split(plain)[0] if len(plain.split()) > 3 else plain
    if gloss.startswith("to ") or len(plain.split()) > 3:
        return ""
    return plain if part != NOUN or lemma_of(plain, NOUN) or lemma_of(plain.rsplit(" ", 1)[-1], NOUN) else ""


@lru_cache(maxsize=2048)
def in_chinese(word: str, part: str = NOUN) -> str:
    """An English noun or verb in Chinese: the lexicon's, else the most frequent word whose first meaning it is, also by
    the words that mean the same; empty where there is none."""
    low = lemma_of(word, part) or word.lower()
    known = _lexicon()[1].get(word.lower()) or _lexicon()[1].get(low)
    if known and part != VERB:
        return known
    names = [low, *(one.lower() for sense in senses(low, part)[:1] for one in sense.words if one.lower() != low)]
    return next((found for name in names if (found := _best(name, part))), "")


def chinese_gerund(english: str) -> str:
    """The lexicon's Chinese for an activity (repairing, 修理); empty for others: a dictionary's verbs need their
    context."""
    return _lexicon()[1].get(english, "")


def _best(name: str, part: str) -> str:
    key = f"to {name}" if part == VERB else name
    rows = [(line.split(" ", 2)[1], _glosses(line)) for line in _lines(f"/{key}/")]
    fitting = [(word, glosses.index(key)) for word, glosses in rows if key in glosses and len(word) <= _LONGEST]
    rare = 50 if part == NOUN else 1
    letters = "v" if part == VERB else "n"
    fitting = [row for row in fitting if tag_of(row[0])[:1] in (letters, "")]
    return min(fitting, key=lambda row: (row[1] > 1, -_frequency(row[0], rare), row[1]), default=("", 0))[0]


def _frequency(word: str, rare: int) -> int:
    """How often a word is used; a noun of one character mostly stands in longer words."""
    return frequency(word) // (1 if len(word) > 1 else rare)
