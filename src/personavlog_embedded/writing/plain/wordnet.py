"""Princeton WordNet 3.1 (Fellbaum 1998), read by binary search in its own files: what a noun or verb means, and what is
above it.

Only what the plain writer asks is read; nothing is parsed before it is asked for.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from lemminflect import getAllLemmas, getInflection

from personavlog import weights

WEIGHTS = "wordnet-3.1"
NOUN, VERB, ADJECTIVE, ADVERB = "noun", "verb", "adj", "adv"
_NUMBERS = {NOUN: "1", VERB: "2", ADJECTIVE: "35", ADVERB: "4"}
_LETTERS = {"n": NOUN, "v": VERB, "a": ADJECTIVE, "s": ADJECTIVE, "r": ADVERB}
_UP = frozenset(("@", "@i"))
_DOWN = "~"
_DERIVED = "+"
_TAGS = {NOUN: "NOUN", VERB: "VERB"}


@dataclass(frozen=True)
class Pointer:
    """An arrow to another synset: its sign (``@`` is "a kind of", ``+`` derived from), part of speech and offset."""

    sign: str
    part: str
    offset: int


@dataclass(frozen=True)
class Synset:
    """One meaning: its words, the lexicographer's file (``field``, 3 to 28 for nouns), arrows and gloss."""

    part: str
    offset: int
    field: int
    words: tuple[str, ...]
    pointers: tuple[Pointer, ...]
    gloss: str

    @cached_property
    def above(self) -> tuple[Synset, ...]:
        """What this is a kind or an instance of."""
        return tuple(synset(one.part, one.offset) for one in self.pointers if one.sign in _UP)

    @property
    def below(self) -> tuple[Synset, ...]:
        """The kinds of this."""
        return tuple(synset(one.part, one.offset) for one in self.pointers if one.sign == _DOWN)

    @property
    def derived(self) -> tuple[Synset, ...]:
        """Meanings of other words made of the same stem: falconer, falconry."""
        return tuple(synset(one.part, one.offset) for one in self.pointers if one.sign == _DERIVED)

    def all_above(self) -> Iterator[Synset]:
        """This meaning and everything above it, nearest first."""
        seen, row = {self.offset}, [self]
        while row:
            yield from row
            row = [one for low in row for one in low.above if one.offset not in seen]
            seen.update(one.offset for one in row)

    def is_name(self) -> bool:
        """Whether the word names one single thing (Lisbon), not a kind."""
        return any(one.sign == "@i" for one in self.pointers)


@cache
def _mapped(name: str) -> mmap.mmap:
    with weights.file(WEIGHTS, name).open("rb") as stream:
        return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)


def _line(name: str, key: bytes) -> tuple[int, bytes]:
    """The first line that is not before ``key`` and where it begins, by bisection over bytes; licence lines begin with
    blanks and come first."""
    text = _mapped(name)
    low, high = 0, len(text)
    while low < high:
        middle = text.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = text.find(b"\n", middle)
        end = len(text) if end < 0 else end
        if text[middle:end] < key:
            low = end + 1
        else:
            high = middle
    end = text.find(b"\n", low)
    return low, text[low : end if end >= 0 else len(text)]


@lru_cache(maxsize=4096)
def senses(lemma: str, part: str = NOUN) -> tuple[Synset, ...]:
    """The meanings of a lemma, the most frequent first; none for an unknown one."""
    word = lemma.lower().replace(" ", "_")
    if not word.isascii() or not word:
        return ()
    fields = _line(f"index.{part}", f"{word} ".encode())[1].decode().split()
    if not fields or fields[0] != word:
        return ()
    count = int(fields[2])
    return tuple(synset(part, int(offset)) for offset in fields[-count:])


@lru_cache(maxsize=8192)
def synset(part: str, offset: int) -> Synset:
    """The meaning at a byte offset of ``data.noun`` or ``data.verb``; others have no data here."""
    if part not in (NOUN, VERB):
        return Synset(part, offset, 0, (), (), "")
    text = _mapped(f"data.{part}")
    body, _, gloss = text[offset : text.find(b"\n", offset)].decode().partition(" | ")
    fields = body.split()
    count = int(fields[3], 16)
    words = tuple(fields[4 + 2 * n].replace("_", " ") for n in range(count))
    start = 4 + 2 * count
    rows = (fields[start + 1 + 4 * n : start + 5 + 4 * n] for n in range(int(fields[start])))
    pointers = tuple(Pointer(sign, _LETTERS[letter], int(to)) for sign, to, letter, _ in rows)
    return Synset(part, offset, int(fields[1]), words, pointers, gloss.strip())


@lru_cache(maxsize=4096)
def counts(lemma: str, part: str) -> tuple[int, ...]:
    """How often each meaning of a lemma stands in the tagged texts, in the order of ``senses``."""
    word = lemma.lower().replace(" ", "_")
    if not word.isascii() or not word:
        return ()
    found, key = dict[int, int](), f"{word}%".encode()
    text, (at, line) = _mapped("index.sense"), _line("index.sense", key)
    while line.startswith(key):
        if chr(line[len(key)]) in _NUMBERS[part]:
            _, number, count = line.rsplit(b" ", 2)
            found[int(number)] = int(count)
        at += len(line) + 1
        end = text.find(b"\n", at)
        line = text[at : end if end >= 0 else len(text)] if at < len(text) else b""
    return tuple(found[number] for number in sorted(found))


def uses(lemma: str, part: str) -> int:
    """How often a lemma stands in the tagged texts as this part of speech (0 to some thousands)."""
    return sum(counts(lemma, part))


@lru_cache(maxsize=512)
def by_key(key: str) -> Synset:
    """The meaning of a sense key such as ``vehicle%1:06:00::``; raises ``KeyError``."""
    line = _line("index.sense", f"{key} ".encode())[1].decode()
    if not line.startswith(f"{key} "):
        raise KeyError(key)
    return synset(NOUN if key.partition("%")[2][0] == "1" else VERB, int(line.split()[1]))


@lru_cache(maxsize=4096)
def knows(lemma: str, part: str) -> bool:
    """Whether the lemma is there as this part of speech."""
    word = lemma.lower().replace(" ", "_")
    return (
        bool(word) and word.isascii() and _line(f"index.{part}", f"{word} ".encode())[1].startswith(f"{word} ".encode())
    )


@lru_cache(maxsize=4096)
def lemma_of(word: str, part: str) -> str | None:
    """The dictionary form of a word as this part of speech, or None: bees, bee; ran, run."""
    low = word.lower()
    if knows(low, part) and part != VERB:
        return low
    forms = getAllLemmas(low.rsplit(" ", 1)[-1]).get(_TAGS.get(part, ""), ())
    head = f"{low.rsplit(' ', 1)[0]} " if " " in low else ""
    found = (f"{head}{form}" for form in forms)
    return next((form for form in found if knows(form, part)), low if knows(low, part) else None)


def plural(noun: str) -> str:
    """The plural of a noun phrase: its last word changes."""
    return _inflected(noun, "NNS")


def gerund(verb: str) -> str:
    """The -ing form of a verb phrase: its first word changes."""
    first, _, rest = verb.partition(" ")
    form = (getInflection(first, "VBG") or (f"{first}ing",))[0]
    return f"{form} {rest}".strip()


def _inflected(noun: str, tag: str) -> str:
    head, _, last = noun.rpartition(" ")
    form = (getInflection(last, tag) or (last,))[0]
    return f"{head} {form}".strip()
