"""What a theme says, as the plain writer reads it: who, what, with whom, where, when, and how gravely."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from personavlog.frozen import Frozen
from personavlog.script import TimeOfDay, Weather
from personavlog_embedded import data
from personavlog_embedded.writing.plain.activities import Kind, Tone, Trouble
from personavlog_embedded.writing.plain.wordnet import NOUN, lemma_of


class Thing(Frozen):
    """Something that a theme names. ``english`` is bare ("old motorbike"), ``owner`` as lines say it ("my father's"),
    ``chinese`` empty where no dictionary knows it; ``named`` for proper names, which take no article; ``before`` the
    preposition of a place, ``also`` the kinds of the word's other meanings (a tomato is food and a plant); ``anybody``
    somebody of no trade."""

    english: str
    chinese: str = ""
    kind: Kind | None = None
    owner: str = ""
    many: bool = False
    named: bool = False
    before: str = ""
    also: frozenset[Kind] = frozenset()
    anybody: bool = False

    @property
    def the(self) -> str:
        """ "the old motorbike", for boards."""
        return self.english if self.named else f"the {self.english}"

    @property
    def mine(self) -> str:
        """ "my father's old motorbike", for lines."""
        return f"{self.owner} {self.english}" if self.owner else self.the

    @property
    def one(self) -> str:
        """ "an old motorbike", "bees", "the Alps"."""
        if self.named or self.many:
            return self.english if self.named or self.english[:1].islower() else self.the
        return self.the if self.english[:1].isupper() else f"{article(self.english)} {self.english}"

    @property
    def several(self) -> bool:
        """Whether its verb stands in the plural: bees do, bread does not."""
        last = self.english.rsplit(" ", 1)[-1].lower()
        return self.many and (lemma_of(last, NOUN) or last) != last

    @property
    def head(self) -> str:
        """The last word as the dictionary has it."""
        last = self.english.rsplit(" ", 1)[-1]
        return lemma_of(last, NOUN) or last.lower()


class Doing(Frozen):
    """What is done: ``verbs`` as lemmas, the most telling first; gerund phrase and Chinese phrase."""

    verbs: tuple[str, ...] = ()
    english: str = ""
    chinese: str = ""


class Clause(Frozen):
    """What a theme tells in a sentence. ``said`` as the person says it ("I must not laugh"), ``who`` its subject for
    boards ("the brother", empty for the person) and ``name`` as it is said ("my brother"), ``done`` its verb phrase for
    boards ("carries a piano up six floors"), ``left`` what is forbidden ("laugh"), ``verb`` its lemma; ``trouble`` what
    is in the way, None for a deed."""

    said: str
    who: str = ""
    name: str = ""
    done: str = ""
    left: str = ""
    verb: str = ""
    trouble: Trouble | None = None


class Theme(Frozen):
    """A theme that was read. ``content`` are its telling words as it writes them, ``unknown`` those that no dictionary
    has, ``unwanted`` what it says it does not want; ``mourned`` where a death or a funeral is named."""

    text: str
    language: str
    object: Thing | None = None
    others: tuple[Thing, ...] = ()
    role: Thing | None = None
    companion: Thing | None = None
    place: Thing | None = None
    doing: Doing = Doing()
    tools: tuple[Thing, ...] = ()
    hour: TimeOfDay | None = None
    season: str = ""
    weather: Weather | None = None
    tone: Tone = Tone.LIGHT
    content: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    english: str = ""
    mourned: bool = False
    deed: Clause | None = None
    trouble: Clause | None = None

    @property
    def apart(self) -> bool:
        """Whether the companion is waited for, missed or gone, and so not there."""
        verbs = {verb.split(" ")[0] for verb in self.doing.verbs}
        if self.companion is None or self.companion.before in ("with", "beside"):
            return False
        return self.mourned or bool(verbs & theme_words().english.apart)

    @property
    def work(self) -> Thing | None:
        """Who the person is, where that is all that the theme says of a deed: a dental assistant."""
        told = self.deed is not None or self.trouble is not None
        return None if told or self.role is None or self.role.many or self.role.anybody else self.role

    @property
    def readable(self) -> bool:
        """Whether anything of it was understood."""
        return len(self.content) > len(self.unknown)


class English(Frozen):
    """The English closed classes."""

    determiners: frozenset[str]
    own: frozenset[str]
    prepositions: frozenset[str]
    where: frozenset[str]
    particles: frozenset[str]
    helpers: frozenset[str]
    modal: frozenset[str]
    wishing: frozenset[str]
    pronouns: frozenset[str]
    joining: frozenset[str]
    negating: frozenset[str]
    ending_negation: frozenset[str]
    ordinal: frozenset[str]
    adverbs: frozenset[str]
    empty: frozenset[str]
    gone: frozenset[str]
    apart: frozenset[str]
    sides: frozenset[str]
    times: frozenset[str]
    ranks: frozenset[str]
    leading: frozenset[str]


class Chinese(Frozen):
    """The Chinese function words. ``leading`` are verbs that another verb follows, ``results`` what stands behind a
    verb and says how it ends, ``given`` what puts an object before its verb, ``trades`` the endings of people's
    trades, ``when`` what ends a clause of time."""

    with_whom: frozenset[str]
    where: frozenset[str]
    inside: frozenset[str]
    negating: frozenset[str]
    role: frozenset[str]
    empty: frozenset[str]
    leading: frozenset[str]
    results: frozenset[str]
    given: frozenset[str]
    trades: frozenset[str]
    when: frozenset[str]


class ThemeWords(Frozen):
    """The table of function words, hours, seasons and weathers."""

    english: English
    chinese: Chinese
    hours: Mapping[TimeOfDay, frozenset[str]]
    seasons: Mapping[str, frozenset[str]]
    weathers: Mapping[Weather, frozenset[str]]

    def is_when(self, word: str) -> bool:
        """Whether the word names an hour, a season or a weather."""
        return any(word in names for table in (self.weathers, self.seasons, self.hours) for names in table.values())


@cache
def theme_words() -> ThemeWords:
    """The table, read once."""
    return data.read_sheet(ThemeWords, "theme_words")


def article(phrase: str) -> str:
    """ "a" or "an", by the sound of the first word as far as spelling tells."""
    low = phrase.lower()
    if low.startswith(("hour", "honest", "heir", "honour", "honor")):
        return "an"
    if low.startswith(("uni", "use", "usu", "eu", "one", "once", "ute")) and not low.startswith(("unin", "unim")):
        return "a"
    return "an" if low[:1] in "aeiou" else "a"
