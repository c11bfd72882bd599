"""Which activity frames suit a theme: by its verbs and trades, by what kind of thing it is about, and by meaning."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from zlib import crc32

import numpy as np

from personavlog.metrics.text import relevance
from personavlog_embedded.writing.plain.activities import Activity, Course, Kind, Tone, Turn, activities, courses
from personavlog_embedded.writing.plain.coverage import reached
from personavlog_embedded.writing.plain.fitting import fitted, fitting
from personavlog_embedded.writing.plain.grounds import film_spots
from personavlog_embedded.writing.plain.sentences import Values, board_values, fill, line_values, needs
from personavlog_embedded.writing.plain.theme import Theme, Thing, theme_words
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
CLAIMING = frozenset(("crafts", "repair_and_build", "trade", "work", "jobs_and_offices"))
"""Files whose frames say that something is made, sold or done for a living, which a theme must say itself."""
UNREAL, SURREAL = 0.5, "surreal"
"""What the frames of this file lose where nothing in the theme is out of this world."""
FLOOR = 0.6
"""Below this a frame has too little to do with the theme."""
MEANT, MEANT_ALONE, NAMED, FAR = 0.42, 0.55, 0.32, 0.12
"""How near in meaning a frame must be to the theme: where only the kind of its object speaks for it, where not even
that does, where it is named by a verb, a noun or a trade or its kind is telling, and where its kind and verb fit."""
BROAD = 5
"""A frame of more kinds than this may be about anything, so that the kind alone says nothing."""
OWN_VERBS = 6
"""So many of a frame's verbs are its own; the others also mean other things."""
UNSAID, OTHER_DEED = 0.1, 0.2
"""How much nearer where the theme names what is done, or tells it, and the frame is about something else."""
NAMING = 0.25
"""Which share of a frame's moments must name something of the theme."""
TELLING = frozenset((Kind.ANIMAL, Kind.CREATURE, Kind.INSTRUMENT, Kind.CLOTHING, Kind.VEHICLE))
"""Kinds with which people do few things."""
PLAIN = "diary"
"""The file of frames that tell nothing of their own."""
DIARY = "spend a plain day"
"""The frame of films whose theme says too little."""


@lru_cache(maxsize=64)
def ranked(theme: Theme) -> tuple[tuple[Activity, float], ...]:
    """The frames that may stand in the theme's film, the best first, with their marks; 0 for those too far from it."""
    allowed = [frame for frame in activities() if _allowed(frame, theme)]
    if not allowed:
        return ()
    text = theme.english or theme.text
    about = relevance([text], [frame.about for frame in allowed])[0]
    named = relevance([text], [frame.name for frame in allowed])[0]
    near = [float(about[n]) + 0.5 * float(named[n]) for n in range(len(allowed))]
    marks = [_mark(frame, theme, one) for frame, one in zip(allowed, near, strict=True)]
    order = np.argsort(-np.array(marks), kind="stable")
    return tuple((allowed[int(n)], marks[int(n)]) for n in order)


def _mark(frame: Activity, theme: Theme, near: float) -> float:
    """Words, meaning and kind together; nothing for a frame that neither a verb nor its meaning speaks for."""
    words = _words(frame, theme)
    return near + words + _kind(frame, theme) if near >= _least(frame, theme, words) else 0.0


def _least(frame: Activity, theme: Theme, words: float) -> float:
    """How near in meaning a frame must be to stand in the theme's film."""
    if frame.family == SURREAL and not _is_unreal(theme):
        return MEANT_ALONE
    if words >= VERB_HIT:
        return FAR if frame.kinds else MEANT
    if words >= LATER_VERB and frame.kinds:
        return NAMED
    unsaid = 0.0 if words or not theme.doing.verbs else UNSAID if theme.deed is None else OTHER_DEED
    if theme.tone is Tone.GRAVE:
        unsaid = min(unsaid, UNSAID)
    if frame.family in CLAIMING and not words and theme.role is None and theme.tone is not Tone.GRAVE:
        return MEANT_ALONE + OTHER_DEED
    told = fitting(theme, frame)
    place = theme.place is not None and told is not None and told.english == theme.place.english
    broad = len(frame.kinds) > BROAD
    if told is None or ((place or broad) and not words) or told is not theme.object or told.kind not in frame.kinds:
        return MEANT_ALONE + unsaid
    return (NAMED if told.kind in TELLING else MEANT) + unsaid


def chosen(theme: Theme, count: int, turn: int = 0) -> tuple[Activity, ...]:
    """``count`` frames for a film, the main one first; where none is near enough, and to fill up, those that only name
    what was understood."""
    far = (frame for frame, mark in ranked(theme) if mark >= FLOOR)
    near = [frame for frame in islice(far, 6) if _naming(frame, theme) >= NAMING]
    if not near:
        return _turned(theme, turn)[:count]
    after = [*near[1 + turn % 2 : count + turn % 2], *_turned(theme, turn)]
    return tuple(dict.fromkeys([near[0], *after]))[:count]


@lru_cache(maxsize=512)
def _naming(frame: Activity, theme: Theme) -> float:
    """Which share of the frame's moments, boards and lines, has a telling word of the theme in it; 1 for a theme that
    is not English, and for a frame whose kind and verb fit."""
    if theme.language != "en" or not theme.content or (frame.kinds and _words(frame, theme) >= VERB_HIT):
        return 1.0
    spots = film_spots(theme, frame, 0)
    seen, said = (make(theme, frame, frame.tools[0], spots[0]) for make in (board_values, line_values))
    moments = [
        [
            fill(text, values)
            for text, values in ((step.do, seen), *((one, said) for one in step.say))
            if _full(text, values)
        ]
        for step in frame.steps
    ]
    places = NAMING if reached(theme, [spot.noun for spot in spots]) else 0.0
    return max(places, sum(bool(reached(theme, texts)) for texts in moments) / max(1, len(moments)))


def _full(text: str, values: Values) -> bool:
    return needs(text) <= values.keys()


def plain_frames(theme: Theme) -> tuple[Activity, ...]:
    """The frames that tell nothing of their own: those that name the theme's thing, then the diary."""
    own = [frame for frame in activities() if frame.family == PLAIN and theme.tone in frame.tones]
    fit = [one for one in own if not one.kinds or fitting(theme, one)]
    thing = theme.object
    free = _is_done(theme)
    return tuple(sorted(fit, key=lambda one: (one.name == DIARY, bool(one.kinds) is free, _strange(one, thing))))


def _strange(frame: Activity, thing: Thing | None) -> tuple[bool, int]:
    """Whether a frame is not of the thing's own kind, and of how many others it is."""
    return thing is None or thing.kind not in frame.kinds, len(frame.kinds)


def _is_done(theme: Theme) -> bool:
    """Whether a theme is rather about what is done than about a thing: somebody's work, or a deed without one."""
    thing = theme.object
    deed = theme.deed is not None and (thing is None or thing.kind not in SOLID)
    done = thing is not None and thing.kind in (Kind.WORK, Kind.CRAFT)
    return deed or done or theme.work is not None


def _turned(theme: Theme, turn: int) -> tuple[Activity, ...]:
    """The plain frames; which of those that name the theme's thing comes first changes from film to film."""
    free = _is_done(theme)
    own = [frame for frame in plain_frames(theme) if bool(frame.kinds) is not free and frame.name != DIARY]
    best = min((_strange(frame, theme.object) for frame in own), default=None)
    naming = [frame for frame in own if _strange(frame, theme.object) == best]
    first = (crc32(theme.text.encode()) + turn) % max(1, len(naming))
    return tuple(dict.fromkeys([*naming[first:], *naming, *plain_frames(theme)]))


def diary() -> Activity:
    """The frame for themes that say too little."""
    return next(frame for frame in activities() if frame.name == DIARY)


def _allowed(frame: Activity, theme: Theme) -> bool:
    if theme.tone not in frame.tones or frame.family == PLAIN:
        return False
    return not frame.kinds or fitting(theme, frame) is not None


def _kind(frame: Activity, theme: Theme) -> float:
    thing = theme.object
    away = UNREAL if frame.family == SURREAL and not _is_unreal(theme) else 0.0
    away -= PLAINLY_GRAVE if frame.tones == {theme.tone} == {Tone.GRAVE} else 0.0
    if not frame.kinds:
        return (FREE if thing is None else -WASTED if thing.kind in SOLID else 0.0) - away
    told = fitting(theme, frame)
    if told is None:
        return -away
    exact = told.kind in frame.kinds
    return (KIND_HIT if exact and told is thing else OTHER_KIND if exact or told is thing else 0.0) - away


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
    first = {_plain(verb) for verb in frame.verbs[:OWN_VERBS]}
    hits = [VERB_HIT if n == 0 and verb in first else LATER_VERB for n, verb in enumerate(own) if verb in named]
    hits += [SYNONYM_HIT for verb in own[:2] if not hits and named & _like(verb)]
    trade = theme.role.head if theme.role is not None else ""
    hits += [TRADE_HIT] if trade in named else []
    words = {lemma_of(word, NOUN) or word.lower() for word in theme.english.split()}
    table = theme_words()
    nouns = {word for word in words if not table.is_when(word) and word not in table.english.times}
    told = theme.deed is not None or theme.trouble is not None
    hits += [NOUN_HIT] if nouns & named and not told else []
    return max(hits, default=0.0) + 0.1 * (len(hits) - 1 if hits else 0)


def _plain(verb: str) -> str:
    first, _, rest = verb.lower().partition(" ")
    return f"{lemma_of(first, VERB) or first} {rest}".strip()


def _like(verb: str) -> set[str]:
    return {word for sense in senses(verb, VERB)[:2] for word in sense.words}


def turns(frame: Activity, theme: Theme) -> tuple[Turn, ...]:
    """What may go wrong in the frame's film: what the theme itself says, else its own courses and those of its object's
    kind."""
    own = tuple(one for one in courses() if _tells(one, theme))
    if own:
        return own
    theme = fitted(theme, frame)
    if theme.object is None or not frame.kinds or theme.tone is Tone.GRAVE:
        return frame.courses
    return (*frame.courses, *(one for one in courses() if _suits(one, theme)))


def _tells(course: Course, theme: Theme) -> bool:
    trouble = theme.trouble.trouble if theme.trouble is not None else None
    return trouble in course.troubles and theme.tone in course.tones


def _suits(course: Course, theme: Theme) -> bool:
    return theme.object is not None and theme.object.kind in course.kinds and theme.tone in course.tones
