"""How a planned beat is written as a story's event, and how an event, also one that a person rewrote, is read back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from personavlog.backbones.reviews import Change
from personavlog.metrics.text import nearest, similarity
from personavlog.script import TimeOfDay
from personavlog_embedded.writing.planner.library import BeatTemplate, StoryPlace, StorySetting, library
from personavlog_embedded.writing.planner.story import PlannedBeat
from personavlog_embedded.writing.planner.theme import content_words

_EVENT = re.compile(
    r"(?P<place>[^:]{2,140}), (?P<time>morning|noon|dusk|night): (?P<action>.+)", re.IGNORECASE | re.DOTALL
)
_AT = re.compile(
    r"\b(?:in|on|at|by|under|beside|inside|near|along|across|through|into) (?:an?|the) (?P<noun>[a-z][a-z' "
    r"\-]{2,40}?)(?= and | with | while | until |[,.;]|$)"
)
_TARGET = re.compile(r"\b(beat|board|shot|video|monologue|line)\s*(\d{1,2})\b", re.IGNORECASE)
SHORTLIST = 24
"""Beats compared by embeddings once shared words have ranked the library; more cost time and change nothing in the
tests."""


@dataclass(frozen=True)
class BeatScene:
    """An event read back. ``exact`` is false where a person's own words were matched by meaning."""

    place: str
    time: TimeOfDay | None
    action: str
    template: BeatTemplate
    slots: Mapping[str, str]
    setting: StorySetting
    spot: StoryPlace
    exact: bool


def targets(notes: Sequence[Change], *kinds: str) -> dict[int, list[Change]]:
    """The notes by the number they name, from 0; only targets of these kinds count ("beat", "board", ...)."""
    found: dict[int, list[Change]] = {}
    for note in notes:
        match = _TARGET.search(note.target)
        if match and match[1].lower() in kinds:
            found.setdefault(int(match[2]) - 1, []).append(note)
    return found


def event_text(planned: PlannedBeat, place: str, name: str | None) -> str:
    """The beat as a line of a screenplay: "A small kitchen, morning: Ties an apron ..."."""
    told = f"{planned.action}, {planned.company}" if planned.company else planned.action
    action = f"{name} {told[:1].lower()}{told[1:]}" if name else told
    return f"{place[:1].upper()}{place[1:]}, {planned.time.value}: {action}."


def read_event(event: str) -> BeatScene:
    """What happens where and when; texts of the library are recognised word for word, all others by meaning."""
    match = _EVENT.fullmatch(event.strip())
    action = (match["action"] if match else event).strip()
    known = recognise(action)
    template, slots = known or (_likest(action), {})
    setting, spot, place = _place(match["place"].strip() if match else None, event)
    time = TimeOfDay(match["time"].lower()) if match else _hour_in(event)
    return BeatScene(place, time, action, template, slots, setting, spot, known is not None)


def recognise(action: str) -> tuple[BeatTemplate, Mapping[str, str]] | None:
    """The library's beat behind a filled action, with what stands in its slots; a leading name is skipped."""
    parts = without_company(action.strip()).split(" ")
    for skipped in range(min(4, len(parts))):
        text = " ".join(parts[skipped:])
        for beat in library().beats():
            found = beat.pattern.fullmatch(text)
            if found:
                return beat, {slot: value for slot, value in found.groupdict().items() if value}
    return None


@cache
def _company() -> re.Pattern[str]:
    ways = (re.escape(way).replace(r"\{c\}", ".{1,60}?") for kind in library().company.values() for way in kind)
    return re.compile(rf", (?:{'|'.join(ways)})\.?$")


def without_company(action: str) -> str:
    """The action without the words that bring in a companion."""
    return _company().sub("", action)


def _likest(action: str) -> BeatTemplate:
    beats = tuple(library().beats())
    words = content_words(action)
    shared = sorted(range(len(beats)), key=lambda n: -len(words & content_words(beats[n].event)))[:SHORTLIST]
    return beats[shared[nearest(action, [beats[n].event for n in shared])[0][0]]]


def _place(slug: str | None, event: str) -> tuple[StorySetting, StoryPlace, str]:
    """The library's place for the event, and the words to show: the person's own where they named one."""
    said = slug or next((match["noun"] for match in _AT.finditer(event.lower())), None)
    if said:
        known = _known_place(said)
        if known:
            return (*known, said[:1].lower() + said[1:] if slug and not said[:1].islower() else said)
    settings = library().settings
    best = settings[nearest(said or event, [setting.about for setting in settings])[0][0]]
    spots = best.places
    spot = spots[nearest(said or event, [place.noun for place in spots])[0][0]]
    own = said and (slug is not None or _reads_like_place(said, spot))
    return best, spot, _with_article(said) if own and said else spot.noun


def _reads_like_place(said: str, spot: StoryPlace) -> bool:
    return float(similarity([said], [spot.noun])[0, 0]) >= PLACE_LIKE


PLACE_LIKE = 0.72
"""A noun after a preposition counts as a place from this cosine to the library's nearest place on; below, it is a thing
("on the table")."""


def _with_article(noun: str) -> str:
    low = noun[:1].lower() + noun[1:]
    return (
        low if re.match(r"(an?|the|my) ", low) or low[:1].isupper() else f"a{'n' if low[:1] in 'aeiou' else ''} {low}"
    )


def _known_place(said: str) -> tuple[StorySetting, StoryPlace] | None:
    """The longest place of the library whose words stand in these words in the same order (the theme may have added
    "haunted" or "in Tokyo")."""
    words = re.findall(r"[\w'é\-]+", said.lower())
    best: tuple[int, StorySetting, StoryPlace] | None = None
    for setting in library().settings:
        for place in setting.places:
            wanted = re.findall(r"[\w'é\-]+", place.noun.lower())[1:] or [place.noun.lower()]
            if _in_order(wanted, words) and (best is None or len(wanted) > best[0]):
                best = (len(wanted), setting, place)
    return best and (best[1], best[2])


def _in_order(wanted: Sequence[str], words: Sequence[str]) -> bool:
    rest = iter(words)
    return all(word in rest for word in wanted)


def _hour_in(event: str) -> TimeOfDay | None:
    low = event.lower()
    cues = {
        TimeOfDay.NIGHT: r"night|midnight|moon",
        TimeOfDay.DUSK: r"dusk|sunset|evening",
        TimeOfDay.NOON: r"noon|lunch|midday",
        TimeOfDay.MORNING: r"morning|sunrise|dawn|breakfast",
    }
    return next((time for time, cue in cues.items() if re.search(rf"\b(?:{cue})\b", low)), None)
