"""What a Chinese word means beside its neighbours: the meaning of a verb by its object, of a noun by its verb."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from personavlog.metrics.text import similarity
from personavlog_embedded.writing.plain.activities import Kind
from personavlog_embedded.writing.plain.dictionary import in_english, meanings, noted
from personavlog_embedded.writing.plain.kinds import NounKind, kind_of
from personavlog_embedded.writing.plain.theme import theme_words
from personavlog_embedded.writing.plain.wordnet import NOUN, VERB, lemma_of

LATER = 0.015
"""How much nearer to its neighbours a meaning must be for each place that it stands further back in the dictionary."""
FEWEST = 8
"""So many meanings of a word are compared."""
OCCASIONS = frozenset((Kind.EVENT, Kind.GAME))
"""What a note of the dictionary calls a game or a holiday."""
ASPECT = frozenset(("了", "过", "着"))


@dataclass(frozen=True)
class Word:
    """A Chinese word, its tag, its English, what kind of thing it is, and what stands before its head if it is a
    compound of two words."""

    text: str
    tag: str
    english: str = ""
    kind: NounKind | None = None
    before: Word | None = None

    @property
    def is_noun(self) -> bool:
        """Nouns, names and nominal verbs."""
        return self.tag[:1] == "n" or self.tag in ("vn", "s", "l", "j")

    @property
    def is_verb(self) -> bool:
        """Verbs."""
        return self.tag[:1] == "v" and self.tag != "vn"

    @property
    def is_small(self) -> bool:
        """Numbers, measure words, pronouns, aspect: what a phrase can do without."""
        return self.tag[:1] in "mqru" or self.text in ASPECT


def kind_named(english: str) -> NounKind | None:
    """The kind of what English words name, by their last one."""
    head = lemma_of(english, NOUN) or lemma_of(english.rsplit(" ", 1)[-1], NOUN) if english else None
    return kind_of(head) if head else None


def of_kind(word: Word, wanted: Iterable[object]) -> Word:
    """The word with its first meaning of a wanted kind."""
    fitting = (one for one in meanings(word.text) if kind_named(one) in wanted)
    english = next(fitting, word.english)
    return replace(word, english=english, kind=kind_named(english))


def with_object(verb: Word, thing: Word) -> str:
    """The meaning of a verb that goes best with its object: knitting a sweater, not weaving it."""
    options = meanings(verb.text, VERB)[:FEWEST]
    told = [(one, noun) for one, noun in noted(verb.text) if noun not in theme_words().english.times]
    used = [(one, noun) for one, noun in told if _alike(kind_named(noun), thing.kind)]
    if used and len(verb.text) == 1:
        return _nearest([one for one, _ in used], [noun for _, noun in used], thing.english)
    whole = in_english(verb.text + thing.text, VERB).split(" ")[0]
    if whole or len(options) < 2:
        return whole or verb.english
    return _nearest(options, [f"{one} {thing.english}" for one in options], thing.english)


def _alike(first: NounKind | None, second: NounKind | None) -> bool:
    return first == second or {first, second} <= OCCASIONS


def beside(word: Word, said: str) -> str:
    """The meaning of a noun that is nearest to what is said beside it."""
    options = [one for one in meanings(word.text) if isinstance(kind_named(one), Kind)][:FEWEST]
    return _nearest(options, list(options), said) if len(options) > 1 else word.english


def _nearest(options: Sequence[str], phrases: Sequence[str], said: str) -> str:
    marks = similarity(list(phrases), [said])[:, 0]
    return options[max(range(len(options)), key=lambda n: float(marks[n]) - LATER * n)]
