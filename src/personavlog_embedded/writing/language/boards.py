"""The seg agent's writer (Eq. 2): one short question per shot; order of day, weather, and which moods and framings are
open come from code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from personavlog.backbones.reviews import Change
from personavlog.metrics import text
from personavlog.script import Beat, Board, Emotion, Framing, StoryDraft, TimeOfDay, Weather
from personavlog_embedded.writing.language.ask import (
    TURN,
    Remembered,
    choice,
    english_only,
    one_object,
    several,
    wanted_parts,
    words,
)
from personavlog_embedded.writing.language.fixed_form import framings, hours, moods, pronoun, weathers
from personavlog_embedded.writing.language.model import language_model
from personavlog_embedded.writing.language.templates import as_json, prompt

TRIES = 3
SAME_ACTION = 0.92
_drafts = Remembered()


@dataclass(frozen=True)
class _Frame:
    """What code decides about one shot before the model is asked."""

    beat: Beat
    number: int
    count: int
    hour: TimeOfDay
    weather: Weather
    subject: str
    name: str


def write_boards(
    *, story_draft: StoryDraft, theme: str, shots: int, seed: int, style: str = "", notes: Sequence[Change] = ()
) -> tuple[Board, ...]:
    """One board per shot, in English whatever the story's language: painters and measures read English.

    With ``notes`` only the boards they name are written anew, from the last draft for the same story. ``style`` is not
    asked about.
    """
    question = as_json([story_draft.model_dump(mode="json"), theme, shots, seed])
    boards, rounds = _drafts.get(question)
    rounds = rounds + 1 if notes and boards else 0
    wanted = wanted_parts(notes, shots) if rounds else frozenset(range(shots))
    made: list[Board] = list(boards or ())
    for frame in _frames(story_draft, theme, shots):
        if frame.number in wanted:
            others = [board for index, board in enumerate(made) if index != frame.number]
            made[frame.number : frame.number + 1] = [
                _board(frame, others, made[frame.number - 1] if frame.number else None, seed + TURN * rounds)
            ]
    _drafts.put(question, tuple(made), rounds)
    return tuple(made)


def _frames(draft: StoryDraft, theme: str, shots: int) -> list[_Frame]:
    """One beat per shot; a story with fewer beats gives its beats to several shots, one with more leaves some out."""
    beats = draft.story.beats
    chosen = [beats[index * len(beats) // shots] for index in range(shots)]
    events = [f"{beat.place}: {beat.event}" for beat in chosen]
    days = zip(chosen, hours(theme, events), weathers(theme, events), strict=True)
    subject = pronoun(draft.character.appearance, "en")
    name = _chinese_name([beat.event for beat in chosen])
    return [
        _Frame(beat, number, shots, hour, weather, subject, name) for number, (beat, hour, weather) in enumerate(days)
    ]


def _board(frame: _Frame, others: Sequence[Board], before: Board | None, seed: int) -> Board:
    """The first try that repeats no other action and, out of a Chinese beat, calls the person as agreed; or the last
    one."""
    for number in range(TRIES):
        board = _try(frame, before, seed + 97 * frame.number + 13 * number)
        told = board.action.startswith(frame.subject) or not text.is_chinese(frame.beat.event)
        if told and (
            not others or text.similarity([board.action], [other.action for other in others]).max() < SAME_ACTION
        ):
            break
    return board


def _try(frame: _Frame, before: Board | None, seed: int) -> Board:
    event = frame.beat.event
    place = frame.beat.place or event[:70]
    if frame.name:
        event = event.replace(frame.name, pronoun(frame.subject, "zh"))
    language = "zh" if text.is_chinese(frame.beat.event) else "en"
    open_framings = framings(frame.number, frame.count, before.framing if before else None)
    open_moods = [mood for mood in moods(frame.beat.role) if before is None or mood is not before.emotion]
    schema = one_object(
        place=words(60),
        action=words(130),
        props=several(words(28), 3, 3),
        emotion=choice(open_moods),
        framing=choice(open_framings),
    )
    messages = prompt("board", language, person=frame.subject, place=place, event=event, part=frame.beat.role)
    return _checked(language_model().ask(messages, schema, seed=seed, max_tokens=180, temperature=0.6), frame)


def _checked(answer: dict[str, Any], frame: _Frame) -> Board:
    props = dict.fromkeys(
        prop
        for prop in (english_only(prop, 40).rstrip(".,") for prop in answer["props"])
        if len(prop) > 2 and "weather" not in prop.lower()
    )
    return Board(
        place=english_only(answer["place"], 120).rstrip(".,") or "somewhere",
        time_of_day=frame.hour,
        weather=frame.weather,
        action=english_only(answer["action"], 300) or "The person looks around.",
        framing=Framing(answer["framing"]),
        emotion=Emotion(answer["emotion"]),
        props=tuple(props),
    )


def _chinese_name(events: Sequence[str]) -> str:
    """The two characters that several Chinese events begin with: translated, a name such as "small rain" would turn
    into weather."""
    starts = Counter(event[:2] for event in events if text.is_chinese(event[:2]) and event[0] not in "他她")
    start, times = max(starts.items(), key=lambda item: item[1], default=("", 0))
    return start if times > 1 else ""
