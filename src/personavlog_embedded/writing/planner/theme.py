"""What a theme is about: subject, companion, place, activity, found by a lexicon and simple rules in English and
Chinese."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from personavlog.metrics.text import is_chinese, nearest
from personavlog_embedded.writing.planner.library import read_table

SUBJECTS = (
    "food",
    "object",
    "animal",
    "creature",
    "plant",
    "music",
    "craft",
    "vehicle",
    "sport",
    "event",
    "role",
    "idea",
)
"""Categories that can be a film's subject; the first ones win where the words' order does not decide."""
THINGS = frozenset(SUBJECTS[:8])
SHOWABLE = frozenset(("food", "object", "animal", "creature", "plant", "music", "vehicle"))
_COUNTED = frozenset(("object", "vehicle", "music", "animal", "creature", "event", "role"))
_KIN = frozenset(
    (
        "grandmother",
        "grandma",
        "granny",
        "grandfather",
        "grandpa",
        "mother",
        "mum",
        "mom",
        "father",
        "dad",
        "sister",
        "brother",
        "aunt",
        "uncle",
        "husband",
        "wife",
        "daughter",
        "son",
    )
)
_APART = frozenset(("from", "without", "remembering", "remember", "missing", "miss", "after", "about", "of"))
_SMALL = frozenset(
    ("a", "an", "and", "at", "but", "by", "for", "from", "in", "of", "on", "or", "the", "then", "to", "with")
)
CERTAIN, CLEAR = 0.62, 0.02
"""An unknown word is put into a category only this near to it, and this much nearer than to the next one; of 30 rare
nouns tried, half are placed and three of those wrongly ("ocelot" as a plant); the others count as ideas, which no
sentence about things takes up."""
_MODIFIERS = frozenset(
    (
        "haunted",
        "abandoned",
        "snowy",
        "tiny",
        "old",
        "enchanted",
        "futuristic",
        "flooded",
        "forgotten",
        "secret",
        "magical",
        "ancient",
        "empty",
    )
)
_DOUBLED = frozenset(("run", "swim", "knit", "plan", "chop", "win", "quit", "shop"))
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_NEGATED = re.compile(
    r"\b(?:no|not)\s+(?:(?:a|an|the|any|in|at|on)\s+){0,2}"
    r"(?!(?:longer|one|more|matter|only|alone|just|yet|so)\b)[\w'’-]+(?:\s+[\w'’-]+)?"
    r"(?=\s*(?:[,;:.!?]|$|\b(?:and|or|but|just)\b))"
    r"|(?:不是|没有|不要|不去|不在|别去)[\u3400-\u9fff]{1,6}(?=[，；：。、！,;:.]|$)",
    re.IGNORECASE,
)
"""What the film is not about, up to the end of its phrase."""
_CHINESE = re.compile(r"[\u3400-\u9fff]+")


@dataclass(frozen=True)
class Found:
    """One word of the theme. ``before`` is the word in front of it, ``owned`` whether it stands in a possessive form,
    ``known`` whether the lexicon has it; else its category is guessed."""

    english: str
    category: str
    chinese: str | None = None
    modifiers: tuple[str, ...] = ()
    before: str = ""
    owned: bool = False
    known: bool = True


@dataclass(frozen=True)
class Theme:
    """A theme taken apart; all parts are optional but the text. ``english`` is what embeddings compare."""

    text: str
    english: str
    subject: Found | None = None
    companion: Found | None = None
    where: Found | None = None
    doing: str | None = None
    modifier: str | None = None
    words: frozenset[str] = frozenset()
    found: tuple[Found, ...] = field(default=())

    @property
    def together(self) -> bool:
        """Whether the companion is there in person, and not only owns or has left something ("Grandma's recipe", "a
        letter from my father")."""
        return self.companion is not None and not self.companion.owned and self.companion.before not in _APART

    @property
    def values(self) -> dict[str, str]:
        """The slots that this theme can fill, in English."""
        said = {}
        if self.subject:
            said["s"], said["S"], said["article"] = (
                self.subject.english,
                titled(self.subject.english),
                _article(self.subject),
            )
            said["AS"] = f"{said['article']}{said['S']}"
        if self.companion:
            known = self.companion.english
            mine = known if known[:1].isupper() else f"my {known}"
            said |= {
                "c": known if known in _KIN or known[:1].isupper() else f"the {known}",
                "C": titled(mine),
                "mc": mine,
                "Mc": mine[:1].upper() + mine[1:],
            }
        if self.where:
            said["w"], said["W"] = _the(self.where), titled(_the(self.where))
        if self.doing:
            said["doing"] = self.doing
        return said

    @property
    def chinese_values(self) -> dict[str, str]:
        """The slots that this theme can fill, in Chinese."""
        parts = {"s": self.subject, "c": self.companion, "w": self.where}
        return {slot: part.chinese for slot, part in parts.items() if part and part.chinese}


def titled(text: str) -> str:
    """Title case that leaves apostrophes alone."""
    words = text.split()
    return " ".join(
        word.lower() if 0 < n < len(words) - 1 and word.lower() in _SMALL else word[:1].upper() + word[1:]
        for n, word in enumerate(words)
    )


def _article(subject: Found) -> str:
    """Whether a subject needs one where it stands alone: things one can count do."""
    plural = subject.english.endswith("s") and not subject.english.endswith("ss")
    return "the " if subject.category in _COUNTED and not plural else ""


def _the(where: Found) -> str:
    words = " ".join((*where.modifiers, where.english))
    return words if where.english[:1].isupper() or words.startswith("a ") or words == "home" else f"the {words}"


@cache
def _lexicon() -> tuple[Mapping[str, tuple[str, str]], Mapping[str, tuple[str, str]], Mapping[str, str]]:
    """Chinese -> (English, category); English in lower case -> (English, category); English -> Chinese."""
    chinese: dict[str, tuple[str, str]] = {}
    spoken: dict[str, str] = {}
    english: dict[str, tuple[str, str]] = {}
    for category, rows in read_table("lexicon").items():
        for word, meant in rows.items():
            chinese[word] = (meant, category)
            spoken.setdefault(meant.lower(), word)
            english.setdefault(meant.lower(), (meant, category))
    for category, words in read_table("english")["words"].items():
        for word in words:
            english.setdefault(word.lower(), (word, category))
    return chinese, english, spoken


def in_chinese(english: str) -> str | None:
    """How an English noun of the lexicon is said in Chinese."""
    spoken = _lexicon()[2]
    key = english.lower()
    return spoken.get(key) or spoken.get(_singular(key))


@cache
def _stops() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    stop = read_table("english")["stop"]
    return frozenset(stop["words"]), frozenset(stop["breaks"]), frozenset(stop["verbs"])


@cache
def analyse(theme: str) -> Theme:
    """The theme taken apart, without what it says it is not; the same text gives the same parts."""
    if (kept := wished(theme)) != theme:
        return analyse(kept)
    if not any(map(str.isalpha, theme)):
        return replace(analyse(_symbols(theme)), text=theme)
    if is_chinese(theme):
        found = tuple(_chinese_words(theme))
        english = " ".join(one.english for one in found) or "an unusual day"
    else:
        found, english = tuple(_english_words(theme)), theme
    subject, companion, where = _cast(found)
    subject = _dish(subject)
    doing = _doing(theme if english == theme else "", subject)
    words = frozenset(word for one in found for word in one.english.lower().split())
    modifier = next((m for one in found for m in one.modifiers if m in _MODIFIERS), None)
    return Theme(theme, english, subject, companion, where, doing, modifier, words | content_words(english), found)


def wished(theme: str) -> str:
    """The theme without what is negated: of "no rain, not a hospital: a library" a library is left; the whole where
    nothing else would be."""
    kept = _NEGATED.sub(" ", theme)
    kept = re.sub(r"^[\s,;:.，；：。、]+|(?<=[,，])(?:\s*[,;:，；：、])+|[\s,;，；、]+$", "", kept)
    return " ".join(kept.split()) if re.search(r"[^\W\d_]", kept) and _NEGATED.search(theme) else theme


def _symbols(theme: str) -> str:
    """What a theme without a letter shows, by the names of its characters: "party popper"."""
    names = (unicodedata.name(character, "") for character in theme if unicodedata.category(character) == "So")
    return " ".join(dict.fromkeys(name.lower() for name in names if name)) or "a day off"


def _cast(found: Sequence[Found]) -> tuple[Found | None, Found | None, Found | None]:
    companion = next(
        (f for f in found if f.category == "person" or (f.category == "animal" and f.before == "with")), None
    )
    places = [f for f in found if f.category == "place"]
    where = next((f for f in places if f.english != "home"), places[0] if places else None)
    rest = [f for f in found if f is not companion and f.category in SUBJECTS]
    thing = next((f for f in rest if f.category in THINGS), None)
    return thing or next(iter(sorted(rest, key=lambda f: SUBJECTS.index(f.category))), None), companion, where


def _dish(subject: Found | None) -> Found | None:
    """A recipe stands for what is cooked after it."""
    dishes: Mapping[str, str] = read_table("english")["dishes"]
    if subject is None or subject.english not in dishes:
        return subject
    meant, category = _lexicon()[1].get(dishes[subject.english], (dishes[subject.english], "food"))
    return Found(meant, category, in_chinese(meant), before=subject.before)


def _chinese_words(theme: str) -> Iterator[Found]:
    words = _lexicon()[0]
    for run in _CHINESE.findall(theme):
        start = 0
        while start < len(run):
            length = next((n for n in range(6, 0, -1) if run[start : start + n] in words), 0)
            if length:
                word = run[start : start + length]
                before = "with" if run[max(0, start - 1) : start] in ("和", "跟", "与", "陪", "带") else ""
                yield Found(*words[word], word, before=before)
            start += length or 1


def _english_words(theme: str) -> Iterator[Found]:
    tokens = _WORD.findall(theme)
    at = 0
    while at < len(tokens):
        length, entry = _longest(tokens[at : at + 3])
        if entry:
            yield Found(
                entry[0],
                entry[1],
                in_chinese(entry[0]),
                _modifiers(tokens, at),
                _previous(tokens, at),
                tokens[at + length - 1].endswith(("'s", "’s")),
            )
        elif _is_unknown_noun(tokens, at):
            yield _guessed(tokens, at)
        at += length or 1


def _longest(tokens: Sequence[str]) -> tuple[int, tuple[str, str] | None]:
    english = _lexicon()[1]
    for length in range(len(tokens), 0, -1):
        words = " ".join(re.sub(r"['’]s$", "", token) for token in tokens[:length])
        for key in (words.lower(), _singular(words.lower())):
            if key in english:
                meant, category = english[key]
                return length, (meant if meant[:1].isupper() else words.lower(), category)
    return 0, None


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _modifiers(tokens: Sequence[str], at: int) -> tuple[str, ...]:
    """The plain words directly in front: "haunted" of "a haunted library", at most two."""
    kept: list[str] = []
    for token in reversed(tokens[max(0, at - 2) : at]):
        if not _is_plain(token):
            break
        kept.insert(0, token.lower())
    return tuple(kept)


def _is_plain(token: str) -> bool:
    stop, breaks, verbs = _stops()
    low = token.lower()
    return (
        low not in stop
        and low not in breaks
        and _base(low) not in verbs
        and low not in verbs
        and not low.endswith(("'s", "’s"))
    )


def _previous(tokens: Sequence[str], at: int) -> str:
    """The nearest preposition or verb in front, articles and the like left out."""
    stop = _stops()[0]
    return next((token.lower() for token in reversed(tokens[:at]) if token.lower() not in stop), "")


def _is_unknown_noun(tokens: Sequence[str], at: int) -> bool:
    """The last plain word of its phrase, where the lexicon knows no word of it."""
    if not _is_plain(tokens[at]) or len(tokens[at]) < 3 or tokens[at].lower().endswith("ly"):
        return False
    follower = tokens[at + 1] if at + 1 < len(tokens) else ""
    return not follower or (not _is_plain(follower) and not _longest([follower])[1])


def _guessed(tokens: Sequence[str], at: int) -> Found:
    word = tokens[at]
    if word[:1].isupper() and at:
        before = _previous(tokens, at)
        category = "person" if before in ("with", "and", "meet", "visit", "for") else "place"
        return Found(word, category, before=before, known=False)
    examples = read_table("english")["examples"]
    (best, high), (_, second) = nearest(word, list(examples.values()), 2)
    sure = high >= CERTAIN and high - second >= CLEAR
    category = list(examples)[best] if sure else "idea"
    return Found(word.lower(), category, None, _modifiers(tokens, at), _previous(tokens, at), known=False)


def _base(word: str) -> str:
    """The infinitive of a gerund, as far as the list of verbs knows it."""
    verbs = _stops()[2]
    stem = word[:-3] if word.endswith("ing") else word
    return next((form for form in (stem, stem + "e", stem[:-1]) if form in verbs), word)


def in_verbs(word: str) -> bool:
    """Whether the planner knows the word as something that one does."""
    return _base(word) in _stops()[2] or word in _stops()[2]


def _gerund(verb: str) -> str:
    if verb.endswith("e") and not verb.endswith("ee"):
        return verb[:-1] + "ing"
    return verb + verb[-1] + "ing" if verb in _DOUBLED else verb + "ing"


def _doing(theme: str, subject: Found | None) -> str | None:
    """The activity with its object: "baking sourdough"."""
    taught = re.search(r"\b(?:learn\w*|try\w*|how)(?: how)? to (\w+)", theme, re.IGNORECASE)
    if subject is None:
        return None
    own = re.match(r"(\w+ing)\b(?:\W+\w+){0,3}?\W+" + re.escape(subject.english), theme, re.IGNORECASE)
    if own and _base(own[1].lower()) in _stops()[2]:
        return f"{own[1].lower()} {_article(subject)}{subject.english}"
    if taught and taught[1].lower() in _stops()[2]:
        return f"{_gerund(taught[1].lower())} {subject.english}"
    if subject.category in ("craft", "sport"):
        return subject.english if subject.english.endswith("ing") else f"a bit of {subject.english}"
    verb = {"music": "playing the", "plant": "growing", "vehicle": "handling the"}.get(subject.category)
    return f"{verb} {subject.english}" if verb else None


def content_words(text: str) -> frozenset[str]:
    """The words of an English text that carry meaning, singular and in lower case."""
    stop, breaks, _ = _stops()
    words = (word.lower() for word in _WORD.findall(re.sub(r"['’]s\b", "", text)))
    return frozenset(_singular(word) for word in words if len(word) > 2 and word not in stop and word not in breaks)


@cache
def drawable_words() -> frozenset[str]:
    """The lexicon's things, animals and dishes in English."""
    return frozenset(word for word, category in _lexicon()[1].values() if category in SHOWABLE)
