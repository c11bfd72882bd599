"""What an English theme itself tells: the deed, and what stands in its way, clause by clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lemminflect import getInflection

from personavlog_embedded.writing.plain.activities import Trouble
from personavlog_embedded.writing.plain.kinds import ALIVE, is_kin, is_quiet, kind_of
from personavlog_embedded.writing.plain.tagging import Tag, Token
from personavlog_embedded.writing.plain.theme import Clause, Thing
from personavlog_embedded.writing.plain.wordnet import VERB

LONGEST = 11
"""A clause of more words is cut before a preposition, so that a line can hold it."""
_MINE = frozenset(("i", "we"))
_ME = frozenset(("me", "us", "i", "we", "my", "our"))
_NEGATED = frozenset(("cannot", "can't", "won't", "doesn't", "don't", "didn't", "isn't", "aren't"))
_MARKS = frozenset((Tag.MARK, Tag.JOINING))
_SAYING = (Tag.VERB, Tag.GERUND)
_NOUNS = (Tag.NOUN, Tag.NAME)
_SUBJECTS = frozenset(("i", "we", "he", "she", "they"))
_RELATIVE = frozenset(("who", "that", "which"))
_EMPTY = frozenset(("be", "have", "do", "go", "get", "think", "know", "wonder", "believe", "want"))


def clauses(words: Sequence[Token]) -> tuple[Clause, ...]:
    """The clauses of a theme in order, those that say nothing left out."""
    first = [replace(word, text=word.low) if word.tag is not Tag.NAME else word for word in words[:1]]
    return tuple(filter(None, (_clause(part, n == 0) for n, part in enumerate(_parts([*first, *words[1:]])))))


def _parts(words: Sequence[Token]) -> Iterator[list[Token]]:
    """Between marks and joining words; a relative clause takes the noun before it as its subject, and one about an
    object is left out."""
    part: list[Token] = []
    kept = True
    for number, word in enumerate(words):
        relative = word.low in _RELATIVE and bool(part) and part[-1].tag in _NOUNS
        again = word.low in _SUBJECTS and any(one.tag in _SAYING for one in part) and _starts_a_verb(words, number + 1)
        if word.tag not in _MARKS and not relative and not again:
            part.append(word)
            continue
        if part and kept:
            yield part
        kept = not (relative and not _starts_a_verb(words, number + 1)) and (kept or word.tag is Tag.MARK)
        shared = word.low == "and" and _starts_a_verb(words, number + 1)
        part = [word] if again else _last_noun(part) if relative else _subject(part) if shared else []
    if part and kept:
        yield part


def _last_noun(part: Sequence[Token]) -> list[Token]:
    start = len(part)
    while start and part[start - 1].tag in (*_NOUNS, Tag.ADJECTIVE):
        start -= 1
    own = part[start - 1 : start] if start and part[start - 1].tag in (Tag.DETERMINER, Tag.OWN) else []
    return [*(replace(word, text="the") if word.low in ("a", "an") else word for word in own), *part[start:]]


def _subject(part: Sequence[Token]) -> list[Token]:
    end = next((n for n, word in enumerate(part) if word.tag in (*_SAYING, Tag.HELPER)), 0)
    return list(part[:end])


def _starts_a_verb(words: Sequence[Token], at: int) -> bool:
    return at < len(words) and _says(words[at])


def _says(word: Token) -> bool:
    return word.tag in (*_SAYING, Tag.HELPER) or word.low in _NEGATED


def _clause(part: Sequence[Token], first: bool) -> Clause | None:
    at = next((n for n, word in enumerate(part) if _says(word)), None)
    if at is None or any(word.low in ("you", "your") for word in part):
        return None
    subject = [word for word in part[:at] if word.tag is not Tag.ADVERB]
    mine = next((n for n, word in enumerate(subject) if word.low in _MINE), 0)
    subject = subject[mine:]
    small = [word.low for word in subject if word.tag in (Tag.PREPOSITION, Tag.PARTICLE)]
    if small not in ([], ["of"]) or len(subject) > 5:
        return None
    rest = list(part[at:])
    verb = next((n for n, word in enumerate(rest) if word.tag in _SAYING), None)
    denied = any(word.low == "not" or word.low in _NEGATED or word.low == "never" for word in rest[:4])
    if not subject or subject[0].low in _MINE:
        return _own(subject, rest, verb, denied, first)
    if subject[-1].tag not in (*_NOUNS, Tag.PRONOUN) or subject[-1].low in ("it", "there", "here", "who", "what"):
        return None
    return _others(subject, rest, verb, denied)


def _own(subject: Sequence[Token], rest: Sequence[Token], verb: int | None, denied: bool, first: bool) -> Clause | None:
    if verb is None or (not subject and not first):
        return None
    lemma, after = rest[verb].lemma, _cut(rest[verb + 1 :])
    who = subject[0].text if subject else "I"
    modal = next((word.low for word in rest[:verb] if word.low in ("must", "cannot", "can't", "may")), "")
    spoken = " ".join(map(_mine, after))
    if not subject and rest[0].tag is Tag.GERUND:
        said = f"I {lemma} {spoken}"
    elif not subject:
        said = f"I {_text(rest[:verb])} {rest[verb].low} {spoken}"
    else:
        said = f"{'we' if who.lower() == 'we' else 'I'} {_text([*rest[:verb], rest[verb]])} {spoken}"
    said = _clean(said)
    phrase = _clean(" ".join(_seen(word) for word in after))
    if denied and modal:
        return Clause(said=said, left=_clean(f"{lemma} {phrase}"), verb=lemma, trouble=Trouble.FORBIDDEN)
    if denied or lemma in _EMPTY or _has_me(after):
        return None
    failed = is_quiet(lemma, VERB) or any(word.low in ("wrong", "badly", "late") for word in after)
    done = _clean(f"{_third(lemma)} {phrase}")
    return Clause(said=said, done=done, verb=lemma, trouble=Trouble.FAILED if failed else None)


def _others(subject: Sequence[Token], rest: Sequence[Token], verb: int | None, denied: bool) -> Clause | None:
    head = next((subject[n - 1] for n, word in enumerate(subject) if word.low == "of" and n), subject[-1])
    own = "my" if head.tag is Tag.NOUN and subject[0].tag is not Tag.OWN and is_kin(head.lemma) else ""
    bare = [word for word in subject if word.tag is not Tag.DETERMINER]
    name = " ".join(map(_mine, bare))
    one = subject[0].tag is Tag.DETERMINER and subject[0].low in ("a", "an")
    plain = head.tag in (Tag.NAME, Tag.PRONOUN) or (len(bare) == len(subject) and subject[0].tag is not Tag.OWN)
    alone = name if plain and not own else f"{subject[0].low} {name}" if one else f"the {name}"
    spoken = f"{own} {name}" if own else " ".join(map(_mine, subject)) if subject[0].tag is Tag.OWN else alone
    who = " ".join(map(_seen, subject)) if subject[0].tag is Tag.OWN else f"the {name}" if own else alone
    text = _clean(f"{spoken} {_text(rest[: (verb or 0) + 1])} {' '.join(map(_mine, _cut(rest[(verb or 0) + 1 :])))}")
    if len(text.split()) < 3:
        return None
    if head.tag is Tag.PRONOUN and head.low not in ("he", "she", "they"):
        who = spoken = ""
    alive = bool(who) and (head.tag in (Tag.NAME, Tag.PRONOUN) or kind_of(head.lemma or head.low) in ALIVE)
    kind = (Trouble.REFUSED if denied else Trouble.SOMEBODY) if alive else Trouble.SOMETHING
    lemma = rest[verb].lemma if verb is not None else "be"
    return Clause(said=text, who=_known(who), name=_known(spoken), verb=lemma, trouble=kind)


def _known(who: str) -> str:
    """Who was told of once: a boy, the boy."""
    return _clean(re.sub(r"^an? ", "the ", who))


def _cut(rest: Sequence[Token]) -> Sequence[Token]:
    """As much of what follows the verb as a line can hold, up to another verb or a preposition."""
    other = (
        n
        for n, word in enumerate(rest)
        if n and ((word.tag is Tag.VERB and rest[n - 1].low != "to") or word.low in _RELATIVE)
    )
    rest = rest[: next(other, len(rest))]
    if len(rest) <= LONGEST - 2:
        return rest
    ends = [n for n, word in enumerate(rest) if word.tag is Tag.PREPOSITION and 1 < n <= LONGEST - 2]
    return rest[: ends[-1]] if ends else rest[: LONGEST - 2]


def _has_me(words: Sequence[Token]) -> bool:
    return any(word.low in _ME - {"my", "our"} for word in words)


def _third(lemma: str) -> str:
    return next(iter(getInflection(lemma, "VBZ")), f"{lemma}s")


def _text(words: Sequence[Token]) -> str:
    return " ".join(map(_mine, words))


def _mine(word: Token) -> str:
    return word.text


def _seen(word: Token) -> str:
    return "the" if word.tag is Tag.OWN else _mine(word)


def _clean(text: str) -> str:
    return " ".join(text.replace(" 's", "'s").split())


def told(
    found: Sequence[Clause], role: Thing | None, alive: Sequence[Thing]
) -> tuple[Clause | None, Clause | None, Thing | None]:
    """The deed and the trouble of a theme, and its role where that is nobody who is in the way: "the twins will not
    sleep" is not told by the twins. A "he" is the one that the theme names."""
    named = next(iter(alive), None)
    rows = [one for one in (_who_is(one, named) for one in found) if one is not None]
    deed = next((one for one in rows if one.trouble is None), None)
    wrong = next((one for one in rows if one.trouble is not None), None)
    if wrong is not None and role is not None and wrong.who and role.head in wrong.who:
        other = wrong.who.startswith(("the ", "two "))
        return deed, wrong if other else None, None if other else role
    return deed, wrong, role


def _who_is(clause: Clause, named: Thing | None) -> Clause | None:
    if clause.who not in ("he", "she", "they"):
        return clause
    if named is None or named.many:
        return None
    said = clause.said.removeprefix(clause.who)
    return clause.model_copy(update={"who": named.the, "name": named.mine, "said": f"{named.mine}{said}"})
