"""The review of a story (Eq. 1)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from personavlog.backbones.tasks import StoryTask
from personavlog.metrics.text import relevance
from personavlog.script import Beat, StoryDraft, TimeOfDay
from personavlog_embedded.writing.reviewing import corpus
from personavlog_embedded.writing.reviewing.findings import THIRD, Findings, Wrong, joined, mark_of_share
from personavlog_embedded.writing.reviewing.repeated import ALIKE, backwards, repeated
from personavlog_embedded.writing.reviewing.words import comparable, content, deed, named

NEAR_TITLE = 0.24
"""Relevance from which a title without a word of the theme still speaks of it."""
SAME_FILM = 2 / 3
"""The share of its beats from which a story is another theme's story."""
_ENDINGS = ("ending", "reflection", "celebration")
_HOUR = re.compile(rf"[,，]\s*({'|'.join(TimeOfDay)})\s*[:：]", re.IGNORECASE)


def review_story(draft: StoryDraft, task: StoryTask, found: Findings) -> None:
    """Marks a story; changes go to beats, the title and the character."""
    story, theme = draft.story, task.theme
    beats, events = story.beats, [beat.event for beat in story.beats]
    copied = corpus.same_film(events, theme)
    found.judge(
        "story interest",
        joined(_missing_turn([beat.role for beat in beats]), _copied(copied, len(beats))),
        2,
        f"an obstacle, a turn after it, an ending; at most {copied} beats are those of another theme's film",
    )
    found.judge(
        "temporal continuity", backwards([_hour(b) for b in beats], "beat"), len(beats), "the hours of the beats"
    )
    again = repeated([deed(event) for event in events], "beat", "en", theme)
    found.judge("behavioural diversity", again, len(beats), "likeness of beats, but for the theme's words")
    _theme(events, story.title, theme, found)
    stranger = _stranger(task.appearance, draft.character.appearance)
    found.judge("character fit", stranger, 1, "appearance against what was seen in the picture")


def _theme(events: Sequence[str], title: str, theme: str, found: Findings) -> None:
    """Thematic consistency: the share of beats that name a word of the theme, beats that films of many themes have, the
    title."""
    words = content(theme)
    measured = comparable(words, " ".join(events))
    bare = [n for n, event in enumerate(events) if not named(words, deed(event))] if measured else []
    share = 1 - len(bare) / len(events)
    missing = bare if share < THIRD else []
    worn = corpus.worn_beats(events, theme)
    common = {
        f"beat {n + 1}": ("It stands in films of many themes.", "Do what only this theme asks for.") for n in worn
    }
    mute = {f"beat {n + 1}": ("It names nothing of the theme.", f"Bring in {_some(theme)}.") for n in missing}
    said = f"{share:.0%} of the beats name the theme" if measured else "theme and beats are in two languages"
    found.judge(
        "thematic consistency",
        joined(common, mute, _untitled(title, theme)),
        len(events),
        f"{said}; {len(worn)} stand in films of many themes; the title",
        mark_of_share(share),
    )


def _some(theme: str) -> str:
    """The theme's words as they stand in it, for a note."""
    told = [word for word in re.findall(r"[^\W\d_]+", theme) if content(word)]
    return ", ".join(dict.fromkeys(told[:6])) or theme[:80]


def _hour(beat: Beat) -> TimeOfDay | None:
    told = _HOUR.search(beat.event)
    return beat.time_of_day or (TimeOfDay(told[1].lower()) if told else None)


def _copied(shared: int, count: int) -> Wrong:
    if shared < SAME_FILM * count:
        return {}
    problem = f"{shared} of {count} beats are those of a film about something else."
    return {"story": (problem, "Tell what happens in this theme and in no other.")}


def _missing_turn(roles: Sequence[str]) -> Wrong:
    wrong = {}
    if len(roles) > 2 and "turn" not in roles:
        wrong[f"beat {len(roles) - 1}"] = ("No beat is a turn.", "Let something unexpected happen here.")
    if roles and roles[-1] not in _ENDINGS:
        wrong[f"beat {len(roles)}"] = ("The story stops without an ending.", "End with an answer to the beginning.")
    return wrong


def _untitled(title: str, theme: str) -> Wrong:
    """The title shares a word with the theme, or is near to it in meaning."""
    words = content(theme)
    if not words or named(words, title) or float(relevance([title], [theme])[0, 0]) >= NEAR_TITLE:
        return {}
    return {"title": ("The title says nothing of the theme.", "Name what the film is about.")}


def _stranger(seen: str, written: str) -> Wrong:
    if not seen or seen == written or float(relevance([seen], [written])[0, 0]) >= ALIKE["en"] / 2:
        return {}
    return {"character": ("The appearance is not what the picture shows.", f"Describe: {seen[:200]}")}
