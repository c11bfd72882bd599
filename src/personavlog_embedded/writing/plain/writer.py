"""The plain writer: whole scripts without a language model, from activity frames that the theme's own words fill.

Every function is deterministic in its arguments; ``notes`` name what is wanted anew ("beat 3", "monologue 2"), and only
that is done again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np

from personavlog.backbones.reviews import Change
from personavlog.errors import BackboneError
from personavlog.frozen import Frozen
from personavlog.script import (
    Beat,
    Board,
    Character,
    Monologue,
    MusicDescription,
    Story,
    StoryDraft,
    TimeOfDay,
    VideoDescription,
)
from personavlog_embedded import data
from personavlog_embedded.writing.plain import boards as drawing
from personavlog_embedded.writing.plain import videos
from personavlog_embedded.writing.plain.activities import Activity, Tone
from personavlog_embedded.writing.plain.choice import diary
from personavlog_embedded.writing.plain.film import ROLES, Shot, film, moved
from personavlog_embedded.writing.plain.grounds import Spot, spot_of
from personavlog_embedded.writing.plain.lines import Speaker
from personavlog_embedded.writing.plain.notes import targets
from personavlog_embedded.writing.plain.reading import read_theme
from personavlog_embedded.writing.plain.recognising import recognise
from personavlog_embedded.writing.plain.theme import Theme
from personavlog_embedded.writing.plain.titles import logline, title

VERSION = "11"
"""Part of cache keys; goes up when the data or the rules change what is written."""
GRAVE_VOICE = "thoughtful"
_PLAIN = "A person in everyday clothes with a friendly face"


class Voice(Frozen):
    """How a character is and speaks."""

    name: str
    personality: tuple[str, ...]
    spoken: str


class _Voices(Frozen):
    voice: tuple[Voice, ...]


@cache
def voices() -> tuple[Voice, ...]:
    """The voices that a character may have."""
    return data.checked(_Voices, data.read_toml("library", "voices.toml"), "library/voices.toml").voice


def write_story(
    *,
    theme: str,
    style: str,
    shots: int,
    language: str,
    name: str | None,
    appearance: str,
    seed: int,
    notes: Sequence[Change] = (),
) -> StoryDraft:
    """Eq. 1: a character and ``shots`` beats. ``style`` does not change what happens, so it is not used. Raises
    ``BackboneError`` for a theme in a language that is not read."""
    return story_of(read_theme(theme), shots, language, name, appearance, seed, notes)


def story_of(
    read: Theme, shots: int, language: str, name: str | None, appearance: str, seed: int, notes: Sequence[Change] = ()
) -> StoryDraft:
    """``write_story`` for a theme that was read, or that could not be."""
    planned = _planned(read, shots, seed, notes)
    events = drawing.actions(planned, read)
    beats = tuple(
        Beat(role=ROLES[shot.step.part], event=event, place=shot.spot.noun[:120], time_of_day=shot.hour)
        for shot, event in zip(planned, events, strict=True)
    )
    retitled = sum("title" in note.target.lower() or "logline" in note.target.lower() for note in notes)
    story = Story(
        title=title(read, planned, language, seed + retitled),
        logline=logline(read, planned, name, language)[:300],
        beats=beats,
    )
    return StoryDraft(character=_character(read, appearance, seed), story=story)


def _planned(read: Theme, shots: int, seed: int, notes: Sequence[Change]) -> tuple[Shot, ...]:
    wanted = targets(notes, "beat")
    places = {n for n, changes in wanted.items() if all("place" in one.problem.lower() for one in changes)}
    planned = list(film(read, shots, seed, {n: len(rows) for n, rows in wanted.items() if n not in places}))
    for number in sorted(places):
        if number < len(planned):
            planned[number] = moved(planned, number, read, len(wanted[number]))
    return tuple(planned)


def _character(read: Theme, appearance: str, seed: int) -> Character:
    known = voices() if read.tone is Tone.LIGHT else [one for one in voices() if one.name in (GRAVE_VOICE, "warm")]
    voice = known[seed % len(known)] if read.tone is not Tone.GRAVE else next(v for v in known if v.name == GRAVE_VOICE)
    role = f"; {read.role.one}" if read.role is not None and not read.role.owner else ""
    return Character(
        appearance=appearance if len(appearance) >= 3 else _PLAIN,
        personality=f"{voice.personality[seed % len(voice.personality)]}{role}"[:300],
        voice=voice.spoken,
    )


def write_boards(
    *, story_draft: StoryDraft, theme: str, shots: int, seed: int, style: str = "", notes: Sequence[Change] = ()
) -> tuple[Board, ...]:
    """Eq. 2: one board per shot. A beat in the writer's words keeps its act, things and mood; of one that a person
    wrote only what they said is drawn."""
    read = readable(theme)
    beats = story_draft.story.beats
    told = [beats[round(n * (len(beats) - 1) / max(1, shots - 1))] for n in range(shots)]
    planned = [_shot(beat, read, seed) for beat in told]
    whole = [shot if shot is not None else _stand_in(beat) for shot, beat in zip(planned, told, strict=True)]
    drawn = list(drawing.boards(whole, told, read, seed))
    for number, (shot, beat) in enumerate(zip(planned, told, strict=True)):
        if shot is None:
            drawn[number] = drawing.edited(beat, number, shots, drawn[number].weather)
    return drawing.reframed_by(notes, drawn)


def _shot(beat: Beat, read: Theme, seed: int) -> Shot | None:
    known = recognise(beat.event, read)
    if known is None:
        return None
    frame, step, tool = known
    hour = beat.time_of_day or next(iter(film(read, 2, seed))).hour
    return Shot(frame, step, tool, spot_of(beat.place or "a quiet place", read, frame), hour)


def _stand_in(beat: Beat) -> Shot:
    """The room that a person's own beat takes in the film's rhythm; nothing of it is shown."""
    frame: Activity = diary()
    return Shot(frame, frame.steps[0], frame.tools[0], Spot(noun=beat.place or "a quiet place"), _hour(beat))


def _hour(beat: Beat) -> TimeOfDay:
    return beat.time_of_day or TimeOfDay.NOON


def write_videos(*, boards: Sequence[Board], seed: int, notes: Sequence[Change] = ()) -> tuple[VideoDescription, ...]:
    """Eq. 3: one description per board."""
    rng = np.random.default_rng(seed)
    cameras = videos.cameras(boards, rng)
    for number, wanted in sorted(targets(notes, "video", "shot").items()):
        if number < len(boards):
            cameras[number] = videos.other_camera(number, boards, cameras, len(wanted) - 1)
    return tuple(videos.video_description(board, camera, rng) for board, camera in zip(boards, cameras, strict=True))


def write_monologues(
    *,
    boards: Sequence[Board],
    story: Story,
    character: Character,
    max_words: Sequence[int],
    language: str,
    seed: int,
    notes: Sequence[Change] = (),
    theme: str = "",
) -> tuple[Monologue, ...]:
    """Eq. 4: one line per board, never longer than its limit (words in English, characters in Chinese). Without a
    ``theme`` it is what stands before the logline's colon."""
    read = readable(theme or told_theme(story))
    wanted = targets(notes, "monologue", "line")
    speaker = Speaker(read, language, seed + len(read.text))
    shots = [_spoken(board, read) for board in boards]
    for number, (shot, board, limit) in enumerate(zip(shots, boards, max_words, strict=True)):
        speaker.line(shot, limit, bool(board.company), len(wanted.get(number, ())))
    speaker.own(shots, max_words)
    return tuple(Monologue(text=text) for text in speaker.said)


def _spoken(board: Board, read: Theme) -> Shot:
    """The step behind a board; for a person's own one the diary's pause, in the board's place."""
    known = recognise(board.action, read)
    if known is not None:
        return Shot(*known, spot_of(board.place, read, known[0]), board.time_of_day)
    frame = diary()
    step = next((one for one in frame.steps if one.act is board.act), frame.steps[-3])
    tool = board.holds[0] if board.holds else frame.tools[0]
    return Shot(frame, step, tool, spot_of(board.place, read, frame), board.time_of_day)


def write_music(*, boards: Sequence[Board], theme: str, seed: int, notes: Sequence[Change] = ()) -> MusicDescription:
    """Eq. 5: music for the boards' emotions."""
    return videos.music_description(boards, readable(theme), np.random.default_rng(seed + len(notes)))


def told_theme(story: Story) -> str:
    """The theme as a story's logline begins with it."""
    return re.split(r"[:：]", story.logline, maxsplit=1)[0]


def readable(theme: str) -> Theme:
    """The theme; an edited script may have one that is not read, of which then nothing is said."""
    try:
        return read_theme(theme)
    except BackboneError:
        return Theme(text=theme, language="", tone=Tone.QUIET)
