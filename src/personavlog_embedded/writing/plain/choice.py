"""Which activity frames suit a theme: by its verbs and trades, by what kind of thing it is about, and by meaning."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from personavlog.metrics.text import relevance
from personavlog_embedded.writing.plain.activities import Activity, Course, Kind, Tone, Turn, activities, courses
from personavlog_embedded.writing.plain.theme import Theme
from personavlog_embedded.writing.plain.wordnet import NOUN, VERB, lemma_of, senses

VERB_HIT, LATER_VERB, TRADE_HIT, NOUN_HIT, SYNONYM_HIT = 1.0, 0.6, 0.9, 0.6, 0.35
"""What a frame gains whose verbs hold the theme's first verb, a later one, its trade, a noun, or a word that means the
same as its verb."""
KIND_HIT, OTHER_KIND, FREE = 0.8, 0.4, 0.1
"""What a frame gains that is done to what the theme is about, or to what its word may also mean, and one that needs no
object for a theme without one."""
WASTED = 0.3
"""What a frame loses that has no room for what the theme is about."""
PLAINLY_GRAVE = 0.6
"""What a frame gains in a grave film that stands in no other."""
UNREAL, SURREAL = 0.5, "surreal"
"""What the frames of this file lose where nothing in the theme is out of this world."""
FLOOR = 0.6
"""Below this a frame has too little to do with the theme, and the film is a diary."""
MEANT, FAR = 0.4, 0.12
"""Without the kind of its object a frame must be as near as this (a wallet that is lost is not sold at a stall), and as
near as that where a film of an animal or of grief needs one."""
DIARY = "spend a plain day"
"""The frame of films whose theme says too little."""


@lru_cache(maxsize=64)
def ranked(theme: Theme) -> tuple[tuple[Activity, float], ...]:
    """The frames that may stand in the theme's film, the best first, with their marks."""
    allowed = [frame for frame in activities() if _allowed(frame, theme) and frame.name != DIARY]
    if not allowed:
        return ()
    text = theme.english or theme.text
    about = relevance([text], [frame.about for frame in allowed])[0]
    named = relevance([text], [frame.name for frame in allowed])[0]
    near = [float(about[n]) + 0.5 * float(named[n]) + _words(frame, theme) for n, frame in enumerate(allowed)]
    least = _least(theme)
    marks = [mark + _kind(frame, theme) if mark >= least else 0.0 for mark, frame in zip(near, allowed, strict=True)]
    order = np.argsort(-np.array(marks), kind="stable")
    return tuple((allowed[int(n)], marks[int(n)]) for n in order)


def _least(theme: Theme) -> float:
    """How near a frame must be in meaning and words: less where the kind of the object says much, where no verb says
    what is done, or nothing else may be told."""
    telling = theme.object is not None and theme.object.kind in SOLID - {Kind.OBJECT, Kind.WRITING}
    return FAR if telling or not theme.doing.verbs or theme.tone is Tone.GRAVE else MEANT


def chosen(theme: Theme, count: int, turn: int = 0) -> tuple[Activity, ...]:
    """``count`` frames for a film, the main one first; the diary where none is near enough."""
    rows = ranked(theme)
    floor = FLOOR / 2 if theme.tone is Tone.GRAVE else FLOOR
    if not rows or rows[0][1] < floor:
        return (diary(),)
    near = [frame for frame, _ in rows[:6]]
    return tuple(dict.fromkeys([near[0], *near[1 + turn % 2 : 1 + turn % 2 + count - 1]]))


def diary() -> Activity:
    """The frame for themes that say too little."""
    return next(frame for frame in activities() if frame.name == DIARY)


def _allowed(frame: Activity, theme: Theme) -> bool:
    if theme.tone not in frame.tones:
        return False
    if not frame.kinds:
        return True
    thing = theme.object
    if thing is None:
        return False
    if thing.kind is None or {thing.kind, *thing.also} & frame.kinds:
        return True
    return thing.kind is not Kind.PERSON and _words(frame, theme) >= VERB_HIT


def _kind(frame: Activity, theme: Theme) -> float:
    thing = theme.object
    away = UNREAL if frame.family == SURREAL and not _is_unreal(theme) else 0.0
    away -= PLAINLY_GRAVE if frame.tones == {theme.tone} == {Tone.GRAVE} else 0.0
    if not frame.kinds:
        return (FREE if thing is None else -WASTED if thing.kind in SOLID else 0.0) - away
    if thing is None:
        return -away
    return (KIND_HIT if thing.kind in frame.kinds else OTHER_KIND if thing.also & frame.kinds else 0.0) - away


SOLID = frozenset(Kind) - {
    Kind.EVENT,
    Kind.IDEA,
    Kind.WORK,
    Kind.BODY,
    Kind.GAME,
    Kind.PERSON,
    Kind.BUILDING,
    Kind.LANDSCAPE,
}
"""Kinds of objects that a film must show."""


def _is_unreal(theme: Theme) -> bool:
    """Whether a creature is named, or a place in the sky."""
    things = (theme.object, theme.companion, theme.role, *theme.others)
    creature = any(one is not None and one.kind is Kind.CREATURE for one in things)
    return creature or (theme.place is not None and theme.place.kind is Kind.SKY)


def _words(frame: Activity, theme: Theme) -> float:
    """How well the theme's words are among the frame's verbs."""
    named = {_plain(verb) for verb in frame.verbs}
    own = [_plain(verb) for verb in theme.doing.verbs]
    hits = [VERB_HIT if n == 0 else LATER_VERB for n, verb in enumerate(own) if verb in named]
    hits += [SYNONYM_HIT for verb in own[:2] if not hits and named & _like(verb)]
    trade = theme.role.head if theme.role is not None else ""
    hits += [TRADE_HIT] if trade in named else []
    nouns = {lemma_of(word, NOUN) or word.lower() for word in theme.english.split()}
    hits += [NOUN_HIT] if nouns & named else []
    return max(hits, default=0.0) + 0.1 * (len(hits) - 1 if hits else 0)


def _plain(verb: str) -> str:
    first, _, rest = verb.lower().partition(" ")
    return f"{lemma_of(first, VERB) or first} {rest}".strip()


def _like(verb: str) -> set[str]:
    return {word for sense in senses(verb, VERB)[:2] for word in sense.words}


def turns(frame: Activity, theme: Theme) -> tuple[Turn, ...]:
    """What may go wrong in the frame's film: its own courses and those of its object's kind."""
    thing = theme.object
    if thing is None or not frame.kinds or theme.tone is Tone.GRAVE:
        return frame.courses
    return (*frame.courses, *(one for one in courses() if _suits(one, theme)))


def _suits(course: Course, theme: Theme) -> bool:
    return theme.object is not None and theme.object.kind in course.kinds and theme.tone in course.tones
