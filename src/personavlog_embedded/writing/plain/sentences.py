"""Sentences with slots, filled from a theme: articles, owners, capitals, and brackets that vanish where nothing fills
them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lemminflect import getInflection

from personavlog_embedded.writing.plain.activities import BRACKET, SLOT, Activity
from personavlog_embedded.writing.plain.dictionary import chinese_gerund, in_chinese
from personavlog_embedded.writing.plain.fitting import fitted
from personavlog_embedded.writing.plain.grounds import Spot
from personavlog_embedded.writing.plain.kinds import is_stuff
from personavlog_embedded.writing.plain.theme import Theme, Thing, article, theme_words
from personavlog_embedded.writing.plain.wordnet import ADJECTIVE, NOUN, VERB, gerund, knows, lemma_of, uses

Values = Mapping[str, str]
SPOKEN = 4
"""A theme's gerund phrase of at most so many words stands in sentences as it is."""
_DOUBLED = re.compile(r"\b(the|a|an|my|our) (?:the|a|an|my|our|your)\b", re.IGNORECASE)
_ONE_OF_MANY = re.compile(r"\ban? ((?:[\w-]+ )?\{o\})")
_SEVERAL = re.compile(r"(\{(?:[oO]|[Tt]he_o|[Aa]_o)\}) ([a-z]+s|isn't|wasn't|doesn't)\b")
_PLURAL = {
    "is": "are",
    "was": "were",
    "has": "have",
    "does": "do",
    "isn't": "aren't",
    "wasn't": "weren't",
    "doesn't": "don't",
}
_ANY_DAY = "过这一天"
"""What is done in Chinese films whose theme names nothing."""
_WORD_TWICE = re.compile(r"\b(with|in|of|to|for|on|at) \1\b", re.IGNORECASE)


def board_values(theme: Theme, frame: Activity, tool: str, spot: Spot) -> Values:
    """What fills the slots of what is seen: "the old motorbike", "the grandmother"."""
    return _values(theme, frame, tool, spot, spoken=False)


def line_values(theme: Theme, frame: Activity, tool: str, spot: Spot) -> Values:
    """What fills the slots of what is said: "my father's old motorbike", "my grandmother"."""
    return _values(theme, frame, tool, spot, spoken=True)


def _values(theme: Theme, frame: Activity, tool: str, spot: Spot, spoken: bool) -> Values:
    found = {"tool": tool, "a_tool": _one(tool), "the_tool": f"the {tool}", "place": spot.the, "the_place": spot.the}
    found["in_place"] = f"{spot.before} {spot.the}"
    theme = fitted(theme, frame)
    thing, friend = theme.object, theme.companion
    if thing is not None and frame.kinds:
        found |= {"o": thing.english, "the_o": thing.mine if spoken else thing.the, "a_o": thing.one}
    if friend is not None:
        found["c"] = friend.mine if spoken else friend.the
    found["doing"] = doing(theme, frame, spoken)
    found |= _told(theme, spoken)
    found |= {"several": ""} if thing is not None and thing.several else {}
    return found | {f"{slot[:1].upper()}{slot[1:]}": capital(text) for slot, text in found.items()}


def named_again(values: Values, said: Sequence[str]) -> Values:
    """What was said in full is said in short from then on: "the coastal city", then "the city"."""
    before = " ".join(said).lower()
    for slot in ("the_place", "the_o"):
        whole = values.get(slot, "")
        if whole and whole.lower() in before and (short := _without_adjectives(whole)) != whole:
            once = re.compile(rf"\b{re.escape(whole)}\b", re.IGNORECASE)
            values = {key: _like(text, once.sub(short, text)) for key, text in values.items()}
    return values


def _without_adjectives(phrase: str) -> str:
    """ "my father's old motorbike": "the motorbike"; compounds stay whole."""
    first, *words = phrase.split()
    if first.lower() not in theme_words().english.determiners | theme_words().english.own:
        return phrase
    while len(words) > 1 and (words[0].endswith("'s") or uses(words[0], ADJECTIVE) > uses(words[0], NOUN)):
        words.pop(0)
    return f"the {' '.join(words)}" if len(words) < len(phrase.split()) - 1 else phrase


def _like(before: str, after: str) -> str:
    return capital(after) if before[:1].isupper() else after


def _told(theme: Theme, spoken: bool) -> dict[str, str]:
    """The theme's own deed and trouble; boards do not say "I", so they have only who is in the way."""
    found = {"deed": theme.deed.said if spoken else theme.deed.done} if theme.deed is not None else {}
    wrong = theme.trouble
    if wrong is not None:
        said = (("trouble", wrong.said), ("name", wrong.name)) if spoken else (("failed", wrong.done),)
        found |= {slot: text for slot, text in (*said, ("who", wrong.who), ("left", wrong.left)) if text}
    return found


def _one(tool: str) -> str:
    last = tool.rsplit(" ", 1)[-1]
    many = (lemma_of(last, NOUN) or last) != last or is_stuff(tool)
    counted = tool.split(" ")[0] in theme_words().english.ordinal
    return tool if many or counted else f"{article(tool)} {tool}"


def doing(theme: Theme, frame: Activity, spoken: bool = True) -> str:
    """The activity as a gerund phrase: the theme's own words where they are few, else its verb, else the frame's, with
    the theme's object."""
    own = _short(theme, spoken)
    theme, role = fitted(theme, frame), theme.work
    if role is not None and (theme.object is None or not frame.kinds):
        return f"working as {role.one}"
    if own:
        return own
    thing = theme.object
    verb = next((one for one in theme.doing.verbs if one in frame.verbs), None) or next(iter(theme.doing.verbs), "")
    if theme.doing.english:
        return gerund(verb)
    if thing is None or not frame.kinds:
        return gerund(verb if verb in frame.verbs else _named(frame))
    verb = verb if verb in frame.verbs else _first_verb(frame)
    said = thing.mine if spoken and thing.owner else thing.one
    return f"{gerund(verb)} {said}"


def _short(theme: Theme, spoken: bool) -> str:
    """The theme's gerund phrase up to its first preposition, if it is short and does not tell of the companion."""
    words = theme.doing.english.split()
    small = theme_words().english.prepositions - {"to"}
    end = next((n for n, word in enumerate(words) if word in small), len(words))
    text = " ".join(words[: end if len(words) > SPOKEN else len(words)])
    friend = theme.companion
    if not text or len(text.split()) > SPOKEN or (friend is not None and friend.english.lower() in text.lower()):
        return ""
    return text if spoken else re.sub(r"\b(my|our) ", "the ", text)


def _named(frame: Activity) -> str:
    """The frame's name where it begins with a verb, up to another one."""
    first = frame.name.split(" ")[0]
    named = knows(first, VERB) and first not in theme_words().english.ranks
    return re.split(" (?:or|and) ", frame.name)[0] if named else _first_verb(frame)


def _first_verb(frame: Activity) -> str:
    return next((verb for verb in frame.verbs if knows(verb.split(" ")[0], VERB)), frame.verbs[0])


def chinese_values(theme: Theme, frame: Activity, tool: str, spot: Spot) -> Values:
    """What fills the slots of Chinese lines; only what a dictionary knows."""
    theme = fitted(theme, frame)
    thing, friend = theme.object, theme.companion
    found = {
        "tool": in_chinese(tool),
        "place": spot.chinese,
        "o": thing.chinese if thing is not None and frame.kinds else "",
        "c": friend.chinese if friend is not None else "",
        "doing": theme.doing.chinese or _chinese_doing(theme, frame),
    }
    return {slot: text for slot, text in found.items() if text}


def _chinese_doing(theme: Theme, frame: Activity) -> str:
    verb = next((found for one in frame.verbs if (found := chinese_gerund(gerund(one)))), "")
    thing = theme.object
    if thing is not None and thing.chinese:
        return f"{verb}{thing.chinese}" if verb not in ("", thing.chinese) and frame.kinds else thing.chinese
    return verb or _ANY_DAY


def needs(text: str) -> set[str]:
    """The slots that must be filled."""
    return set(SLOT.findall(BRACKET.sub("", text)))


def fill(text: str, values: Values) -> str:
    """The sentence with its slots filled; a bracket with an unknown slot vanishes. Raises ``KeyError`` for a missing
    slot outside brackets."""
    kept = BRACKET.sub(lambda found: found[1] if set(SLOT.findall(found[1])) <= values.keys() else "", text)
    if "o" in values and "several" in values:
        kept = _SEVERAL.sub(_agreeing, _ONE_OF_MANY.sub(r"\1", kept))
    filled = SLOT.sub(lambda found: values[_slot(found, kept, values)], kept)
    mended = _WORD_TWICE.sub(r"\1", _DOUBLED.sub(_kept_one, " ".join(filled.split())))
    return capital(re.sub(r" ([,.;:!?])", r"\1", mended)) if text[:1].isupper() else mended


def _slot(found: re.Match[str], text: str, values: Values) -> str:
    """The slot; a bare noun takes its article where nothing before it stands for one: teaching the brother, with a
    book."""
    articled = {"o": "the_o", "tool": "a_tool"}.get(found[1], "")
    if articled not in values or (found[1] == "o" and values["a_o"] == values["o"]):
        return found[1]
    *_, second, last = ["", "", *text[: found.start()].lower().split()]
    words = theme_words().english
    if last in words.determiners | words.own or second in words.determiners | words.own:
        return found[1]
    bare = last in words.prepositions | words.joining or last.endswith("ing") or last[-1:] in ".,;:!?"
    return articled if bare else found[1]


def _agreeing(found: re.Match[str]) -> str:
    verb = lemma_of(found[2], VERB) or ""
    said = verb if verb and found[2] in getInflection(verb, "VBZ") else found[2]
    return f"{found[1]} {_PLURAL.get(found[2], said)}"


def _kept_one(found: re.Match[str]) -> str:
    """Of two articles the more telling one: "the my", my."""
    first, second = found[0].split(" ")
    return second if second.lower() in ("my", "our", "your") else first


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def names(text: str, thing: Thing | None) -> bool:
    """Whether a text names the thing."""
    return thing is not None and thing.english.lower() in text.lower()
