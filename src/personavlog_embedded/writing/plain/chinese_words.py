"""Chinese words: jieba's, mended where it joins what no dictionary has, with the meaning that the words around them ask
for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from personavlog_embedded.writing.plain.activities import Kind
from personavlog_embedded.writing.plain.chinese_meanings import (
    ASPECT,
    OCCASIONS,
    Word,
    beside,
    kind_named,
    of_kind,
    with_object,
)
from personavlog_embedded.writing.plain.dictionary import (
    in_english,
    is_craft,
    is_word,
    verb_with_object,
)
from personavlog_embedded.writing.plain.kinds import ALIVE, SPOTS, is_kin, kind_of
from personavlog_embedded.writing.plain.segmenting import frequency, segmented, tag_of
from personavlog_embedded.writing.plain.theme import theme_words
from personavlog_embedded.writing.plain.wordnet import VERB

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_COUNT = re.compile(r"^[一二两三四五六七八九十百千万几半每这那第\d]+")
_DIMINUTIVE = re.compile(r"^[小老旧新大]")


def words_of(text: str) -> list[Word]:
    """The words of a text, each with the meaning that fits best."""
    pieces = [piece for word, tag in segmented(text) for piece in _pieces(word, tag)]
    words = [_word(*piece) for piece in _tagged(list(pieces))]
    return _meant(list(_joined(words)))


def _pieces(text: str, tag: str) -> Iterator[tuple[str, str]]:
    """A word, or its parts where no dictionary has it: 上开, 堆雪人, 一顿饭. Names stay whole."""
    count = _COUNT.match(text)
    if not _HAN.fullmatch(text) or len(text) < 2 or is_word(text) or tag in ("nr", "ns", "nt", "nz", "m"):
        yield text, tag
    elif count and len(text) > 2 and count.end() < len(text):
        yield from _counted(text, count.end())
    else:
        yield from _cut(text, tag)


def _counted(text: str, end: int) -> Iterator[tuple[str, str]]:
    measured = end + 1 < len(text) and not is_word(text[end:])
    yield text[: end + measured], "m"
    yield from _pieces(text[end + measured :], tag_of(text[end + measured :]) or "n")


def _cut(text: str, tag: str) -> Iterator[tuple[str, str]]:
    """The two known parts that are used most; a noun of two single characters is one word."""
    cuts = [n for n in range(1, len(text)) if is_word(text[:n]) and is_word(text[n:])]
    if not cuts or (len(text) == 2 and tag[:1] == "n" and frequency(text)):
        yield text, tag
        return
    at = max(cuts, key=lambda n: frequency(text[:n]) * frequency(text[n:]) if frequency(text[n:]) else n)
    yield text[:at], tag_of(text[:at]) or tag
    yield text[at:], tag_of(text[at:]) or tag


def _tagged(pieces: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The words with the tags that their neighbours give them: a verb before 了, 过 before a feast, a place word behind
    a noun."""
    table = theme_words().chinese
    for number, (text, tag) in enumerate(pieces):
        before = pieces[number - 1] if number else ("", "")
        after = pieces[number + 1][0] if number + 1 < len(pieces) else ""
        named = tag[:1] == "n" and bool(in_english(text))
        verb = bool(in_english(text, VERB)) and tag[:1] not in "vpx" and not named
        if text == "过" and tag[:1] == "u" and before[1][:1] not in "v" and after:
            yield text, "v"
        elif text in table.inside and before[1][:1] in "nsr" and tag != "v":
            yield text, "f"
        elif text in table.leading or (
            verb and (after in ASPECT or (tag[:1] in "dzn" and not in_english(text, "adj")))
        ):
            yield text, "v"
        elif tag[:1] == "d" and len(text) > 1 and before[1][:1] == "v" and in_english(text):
            yield text, "n"
        else:
            yield text, tag


def _word(text: str, tag: str) -> Word:
    plain = Word(text, tag)
    if plain.is_noun:
        bare = text[:-1] if text[-1:] in theme_words().chinese.inside else ""
        whole = in_english(text)
        english = (
            (in_english(bare) if whole[:1].isupper() else "")
            or whole
            or in_english(bare)
            or in_english(_DIMINUTIVE.sub("", text))
        )
        for part, other in ((VERB, "v"), ("adj", "a")):
            if not english and (found := in_english(text, part)):
                return Word(text, other, found)
        english = english or _by_characters(text)
        kind = kind_named(english)
        return Word(text, tag, english, Kind.CRAFT if is_craft(text) and kind in OCCASIONS else kind)
    if plain.is_verb:
        verb = in_english(text, VERB)
        noun = "" if verb else in_english(text)
        if noun and kind_of(noun) is not None:
            return Word(text, "n", noun, kind_of(noun))
        return Word(text, tag, verb or in_english(text[:1], VERB))
    if tag == "t":
        english = in_english(text)
        kind = kind_named(english)
        return Word(text, "n" if kind is Kind.EVENT else tag, english, kind)
    return Word(text, tag, in_english(text, "adj") if tag[:1] in "abzd" else "")


def _by_characters(text: str) -> str:
    """What a word of two characters is called that no dictionary has: the second is what it is, the first which."""
    first, second = (in_english(one) for one in text) if len(text) == 2 and not is_word(text) else ("", "")
    return f"{first} {beside(Word(text[1], 'n', second), first)}" if first and second else ""


def _joined(words: Sequence[Word]) -> Iterator[Word]:
    """The words with compounds, verbs and their results, and verbs that hold their object put together or apart."""
    held: Word | None = None
    for word in words:
        if held is None:
            held = word
            continue
        whole = _compound(held, word) or _resulting(held, word)
        if whole is None:
            yield from _apart(held)
        held = whole or word
    if held is not None:
        yield from _apart(held)


def _compound(first: Word, second: Word) -> Word | None:
    """Two nouns as one; the second says what it is: a birthday cake, a taxi driver."""
    if first.is_verb and len(first.text) > 1 and second.tag in ("n", "nr") and (trade := _trade(first, second)):
        about = in_english(first.text)
        return Word(first.text + second.text, "n", trade, Kind.PERSON, Word(first.text, "n", about, kind_named(about)))
    both = all(one.tag in ("n", "nr", "vn", "nz") and one.english for one in (first, second))
    if not both or is_kin(first.english) or is_kin(second.english) or first.kind in ("place", *SPOTS, *ALIVE):
        return None
    text = first.text + second.text
    english = in_english(text) or _trade(first, second) or f"{first.english} {beside(second, first.english)}"
    return Word(text, "n", english, kind_named(english) or second.kind, first)


def _trade(first: Word, second: Word) -> str:
    """A trade's name where a dictionary has it with another ending of trades."""
    if second.kind is not Kind.PERSON or is_kin(second.english):
        return ""
    names = (in_english(first.text + ending) for ending in sorted(theme_words().chinese.trades))
    return next((name for name in names if name and kind_named(name) is Kind.PERSON), "")


def _resulting(first: Word, second: Word) -> Word | None:
    """A verb and what comes of it: 走丢 as the dictionary has it, 跑完 as the verb alone."""
    if not first.is_verb or second.text not in theme_words().chinese.results or first.tag == "vr":
        return None
    if second.text in theme_words().chinese.where:
        return None
    return Word(first.text + second.text, "vr", in_english(first.text + second.text, VERB) or first.english)


def _apart(word: Word) -> Iterator[Word]:
    """A verb that names its own object as two words: 骑马."""
    verb, noun = verb_with_object(word.text) if word.is_verb and len(word.text) == 2 else ("", "")
    if not verb or word.tag == "vr":
        yield word
        return
    yield Word(word.text[0], "v", verb)
    yield Word(word.text[1], "n", noun, kind_named(noun))


def _meant(words: Sequence[Word]) -> list[Word]:
    """The words with the meanings that their neighbours ask for: a place behind 在, somebody behind 和, what goes with
    the verb before it."""
    found = [_as_feast(word, words[:number]) for number, word in enumerate(words)]
    for number, word in enumerate(list(found)):
        last = _last(words[:number])
        after = words[number + 1].text if number + 1 < len(words) else ""
        table = theme_words().chinese
        if word.is_noun and word.before is None and word.english:
            there = after in table.inside or last == "在"
            wanted = (*SPOTS, "place") if there else tuple(ALIVE) if last in table.with_whom else ()
            found[number] = of_kind(word, wanted) if wanted else word
    for number, word in enumerate(found):
        if word.is_verb and word.tag != "vr" and word.text not in theme_words().chinese.leading:
            thing = next((one for one in found[number + 1 :] if one.is_noun and one.english), None)
            found[number] = replace(word, english=with_object(word, thing)) if thing is not None else word
    for number, word in enumerate(found):
        if word.is_noun and len(word.text) == 1 and word.english and word.text not in theme_words().chinese.empty:
            found[number] = _short(word, found[:number])
    return found


def _as_feast(word: Word, before: Sequence[Word]) -> Word:
    """A day that something is done with is an occasion: 过生日."""
    done = before[-1] if before else None
    day = (
        (word.is_noun or word.tag == "t")
        and word.kind == "time"
        and len(word.text) > 1
        and not theme_words().is_when(word.text)
    )
    return replace(word, tag="n", kind=Kind.EVENT) if day and done is not None and done.tag == "v" else word


def _short(word: Word, before: Sequence[Word]) -> Word:
    """A noun of one character, which means many things, with the meaning nearest to what is said before it."""
    said = next((f"{one.english} it" for one in reversed(before) if one.is_verb and one.english), "")
    said = said or " ".join(one.english for one in before if one.english)
    english = beside(word, said) if said else word.english
    return replace(word, english=english, kind=kind_named(english))


def _last(words: Sequence[Word]) -> str:
    return next((word.text for word in reversed(words) if not word.is_small and word.tag[:1] != "a"), "")
