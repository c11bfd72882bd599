"""The measuring reviewers: one per writer pair, for planner and small language model alike. Every mark is a number that
can be computed again.

What is measured: nearness to the theme and repetition (sentence embeddings and shared word runs), order in time,
distinct places and behaviours, spoken length against the limit, first person, mention of what is seen, neighbouring
framings and cameras. A draft is approved when no change is wanted.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import BaseModel

from personavlog.backbones.drafts import Monologues, Storyboards, VideoDescriptions
from personavlog.backbones.reviews import RUBRIC, Change, CriterionScore, Review
from personavlog.backbones.tasks import MonoTask, MusicTask, SegTask, StoryTask, Task, VideoTask
from personavlog.errors import BackboneError
from personavlog.metrics.text import relevance
from personavlog.script import Board, MusicDescription, StoryDraft, TimeOfDay
from personavlog_embedded.writing.planner.beat_text import BeatScene, read_event
from personavlog_embedded.writing.planner.lines import LEAST, runs, sees, spoken_length, tells
from personavlog_embedded.writing.planner.story_world import StoryWorld, story_world, without_count
from personavlog_embedded.writing.planner.storyboards import misplaced
from personavlog_embedded.writing.planner.theme import analyse, content_words, in_chinese
from personavlog_embedded.writing.planner.videos import scene_of

NEAR_TITLE = 0.24
"""Relevance from which a title without a word of the theme still speaks of it."""
ALIKE = 0.62
"""Relevance from which two beats or lines say the same. Of 300 pairs of beats in 20 films none reaches it (99 in 100
stay under 0.52); of ten paraphrases written by hand eight do."""
_I = {
    "en": re.compile(r"\b(i|i['’](m|ve|ll|d)|me|my|mine|myself|we|us|our)\b", re.IGNORECASE),
    "zh": re.compile(r"[我咱俺]"),
}
_TIMES = list(TimeOfDay)
_AWAY = 4
"""One beat in so many may play around the theme's own place; the first and the last never do."""


@dataclass
class Findings:
    """Marks and wanted changes as they are found; at most one change per target and criterion."""

    changes: list[Change] = field(default_factory=list)
    scores: dict[str, CriterionScore] = field(default_factory=dict)

    def judge(self, criterion: str, wrong: Mapping[str, tuple[str, str]], parts: int, seen: str) -> None:
        """Mark a criterion: 5 with nothing wrong, down to 1 with everything; ``wrong`` has problem and wish by
        target."""
        value = max(1.0, 5.0 - 4.0 * len(wrong) / max(1, parts))
        self.scores[criterion] = CriterionScore(criterion=criterion, value=round(value, 2), reason=seen)
        self.changes += [
            Change(target=target, problem=problem, wanted=wanted) for target, (problem, wanted) in wrong.items()
        ]


def review(role: str, draft: BaseModel, context: Task) -> Review:
    """The review of one pair's draft. ``role`` is the pair's name; raises ``BackboneError`` for a draft that is not
    this pair's."""
    found = Findings()
    match draft, context:
        case StoryDraft(), StoryTask():
            _story(draft, context, found)
        case Storyboards(), SegTask():
            _boards(draft.boards, context, found)
        case VideoDescriptions(), VideoTask():
            _videos(draft, context, found)
        case Monologues(), MonoTask():
            _lines([line.text for line in draft.monologues], context, found)
        case MusicDescription(), MusicTask():
            _music(draft, context, found)
        case _:
            raise BackboneError(
                f"The measuring reviewer of {role!r} cannot read a {type(draft).__name__}. Review it with the "
                "pair that wrote it."
            )
    return _verdict(found, context)


def _verdict(found: Findings, context: Task) -> Review:
    """Approved without changes. Otherwise earlier wishes are said again: writers begin from their first draft and know
    the last notes only."""
    scores = tuple(found.scores[criterion] for criterion in RUBRIC[context.pair])
    if not found.changes:
        return Review(approved=True, scores=scores)
    return Review(approved=False, scores=scores, changes=tuple((*context.notes, *found.changes)[-30:]))


# --- story ------------------------------------------------------------------------------------------------------------


def _story(draft: StoryDraft, task: StoryTask, found: Findings) -> None:
    beats = draft.story.beats
    scenes = [read_event(beat.event) for beat in beats]
    actions = [scene.action for scene in scenes]
    found.judge(
        "story interest",
        _missing_turn([beat.role for beat in beats]),
        2,
        "looks for an obstacle, a turn after it, and an ending",
    )
    found.judge(
        "temporal continuity",
        _backwards([scene.time for scene in scenes], "beat"),
        len(beats),
        "the hours of the beats in order",
    )
    tied = [number for number, scene in enumerate(scenes) if scene.template.knot]
    repeats = _repeated(actions, "beat", "en", tied) | _same_place(scenes)
    found.judge("behavioural diversity", repeats, len(beats), "likeness of beats, places used twice")
    own = story_world(analyse(task.theme))
    far = _elsewhere(scenes, own) | _idle(scenes, own) | _untitled(draft.story.title, task.theme)
    found.judge(
        "thematic consistency",
        far,
        len(beats),
        f"places against {_said(own)}, things that belong there, the theme's activity, the title",
    )
    plain = (
        {}
        if not task.appearance or task.appearance == draft.character.appearance
        else _stranger(task.appearance, draft.character.appearance)
    )
    found.judge("character fit", plain, 1, "appearance against what was seen in the picture")


def _missing_turn(roles: Sequence[str]) -> dict[str, tuple[str, str]]:
    wrong = {}
    if len(roles) > 2 and "turn" not in roles:
        wrong[f"beat {len(roles) - 1}"] = ("No beat is a turn.", "Let something unexpected happen here.")
    if roles and roles[-1] not in ("ending", "reflection", "celebration"):
        wrong[f"beat {len(roles)}"] = ("The story stops without an ending.", "End with an answer to the beginning.")
    return wrong


def _said(own: StoryWorld) -> str:
    return " and ".join(setting.name for setting in own.settings)


def _elsewhere(scenes: Sequence[BeatScene], own: StoryWorld) -> dict[str, tuple[str, str]]:
    """Beats that leave the theme's own places, but for the few that may look around, and beats with things that do not
    belong where they play."""
    wrong: dict[str, tuple[str, str]] = {}
    away = 0
    for number, scene in enumerate(scenes, 1):
        near = any(one.name == scene.setting.name for one in own.around)
        if not own.contains(scene.setting):
            away += near
            if number in (1, len(scenes)) or not near or away > len(scenes) // _AWAY:
                wrong[f"beat {number}"] = ("It leaves the theme's world.", f"Let it happen in or at the {_said(own)}.")
        elif scene.exact and not own.fits(scene.template, scene.setting):
            wrong[f"beat {number}"] = (
                "It needs things that do not belong there.",
                f"Use what is found in or at the {_said(own)}.",
            )
    return wrong


def _idle(scenes: Sequence[BeatScene], own: StoryWorld) -> dict[str, tuple[str, str]]:
    """Beats that could be anywhere, where fewer than half of the beats are of the theme's activity, things or
    places."""
    idle = [number for number, scene in enumerate(scenes, 1) if scene.exact and not own.told(scene.template)]
    surplus = len(idle) - len(scenes) // 2
    wanted = f"Show {', '.join((*own.things[0][:2], *(plot.about.split(',')[0] for plot in own.plots[:1])))}."
    free = [number for number in idle if scenes[number - 1].template.knot is None]
    return {f"beat {number}": ("Nothing of the theme is done or seen.", wanted) for number in free[: max(0, surplus)]}


def _untitled(title: str, theme: str) -> dict[str, tuple[str, str]]:
    return (
        {}
        if not content_words(analyse(theme).english) or _titled(title, theme)
        else {"title": ("The title says nothing of the theme.", "Name what the film is about.")}
    )


def _titled(title: str, theme: str) -> bool:
    """Whether the title shares a word with the theme, or is near to it in meaning."""
    parts = analyse(theme)
    spoken = [word for word in parts.chinese_values.values()]
    shared = content_words(title) & parts.words or any(word in title for word in spoken)
    return bool(shared) or float(relevance([title], [theme])[0, 0]) >= NEAR_TITLE


def _stranger(seen: str, written: str) -> dict[str, tuple[str, str]]:
    if float(relevance([seen], [written])[0, 0]) >= ALIKE / 2:
        return {}
    return {"character": ("The appearance is not what the picture shows.", f"Describe: {seen[:200]}")}


# --- boards -----------------------------------------------------------------------------------------------------------


def _boards(boards: Sequence[Board], task: SegTask, found: Findings) -> None:
    count = len(boards)
    found.judge(
        "belongs to the theme", _strange(boards, task), count, "place, things and activity of the theme in the boards"
    )
    found.judge("distinct places", _same_shot(boards), count, "places shown twice in the same framing")
    found.judge(
        "distinct behaviours",
        _repeated([board.action for board in boards], "board", "en"),
        count,
        "likeness of actions",
    )
    found.judge(
        "temporal continuity", _backwards([board.time_of_day for board in boards], "board"), count, "hours in order"
    )
    events = [read_event(beat.event).action for beat in task.story.story.beats]
    found.judge("story coverage", _uncovered(boards, events), count, "likeness of each board and the event it shows")
    found.judge("filmable", _unfilmable(boards), count, "something to be seen, a framing unlike the shot before")


def _same_shot(boards: Sequence[Board]) -> dict[str, tuple[str, str]]:
    """Places shown twice in the same framing; the last board may come back to the first, as an echo."""
    seen: dict[tuple[str, str], int] = {}
    wrong = {}
    for number, board in enumerate(boards, 1):
        first = seen.setdefault((board.place.lower(), board.framing.value), number)
        if first != number and not (first == 1 and number == len(boards)):
            wrong[f"board {number}"] = (
                f"It shows the place of board {first} in the same framing.",
                "Show it from another distance.",
            )
    return wrong


def _uncovered(boards: Sequence[Board], events: Sequence[str]) -> dict[str, tuple[str, str]]:
    if not events:
        return {}
    near = relevance([board.action for board in boards], events).max(axis=1)
    return {
        f"board {n + 1}": ("It shows nothing of the story.", "Show the beat that belongs here.")
        for n, value in enumerate(near)
        if value < ALIKE / 2
    }


def _strange(boards: Sequence[Board], task: SegTask) -> dict[str, tuple[str, str]]:
    """Boards with things that belong to another world, and boards without one of the theme's where fewer than half have
    one."""
    own, count = story_world(analyse(task.theme)), len(boards)
    wrong: dict[str, tuple[str, str]] = {}
    bare = []
    for number, board in enumerate(boards):
        setting = scene_of(board).setting
        keys = {without_count(key) for key in own.keys(number, count)}
        if not keys & {without_count(prop) for prop in board.props}:
            bare.append(number)
        if own.contains(setting) and not all(own.belongs(prop, setting) for prop in board.props):
            wrong[f"board {number + 1}"] = (
                "It shows things that do not belong there.",
                f"Show {', '.join(own.keys(number, count))}.",
            )
    surplus = len(bare) - count // 2
    missing = dict.fromkeys([*(n for n in bare if n == 0), *bare[: max(0, surplus)]])
    return {
        f"board {n + 1}": ("Nothing of the theme is seen.", f"Show {', '.join(own.keys(n, count))}.") for n in missing
    } | wrong


def _unfilmable(boards: Sequence[Board]) -> dict[str, tuple[str, str]]:
    """Framings that repeat their neighbour's or may not stand where they stand."""
    wrong = {}
    for number, board in enumerate(boards):
        problem = misplaced(number, boards)
        if number and board.framing is boards[number - 1].framing:
            problem = f"Framed like board {number}."
        if problem:
            wrong[f"board {number + 1}"] = (problem, "Choose another framing.")
    return wrong


# --- video descriptions -----------------------------------------------------------------------------------------------


def _videos(draft: VideoDescriptions, task: VideoTask, found: Findings) -> None:
    videos, count = draft.videos, len(draft.videos)
    same = {
        f"video {n + 1}": (f"The camera moves as in video {n}.", "Move it differently.")
        for n in range(1, count)
        if videos[n].camera is videos[n - 1].camera
    }
    outdoors = [not {"in"} & scene_of(board).spot.tags for board in task.boards]
    wet = {
        f"video {n + 1}": ("It rains or snows, and nothing moves of it.", "Show the weather.")
        for n, (board, video, out) in enumerate(zip(task.boards, videos, outdoors, strict=False))
        if out
        and board.weather.value in ("rain", "snow")
        and board.weather.value not in f"{video.motion} {video.atmosphere}".lower()
    }
    short = {
        f"video {n + 1}": ("Nothing moves.", "Say what the person does.")
        for n, video in enumerate(videos)
        if len(video.motion.split()) < 4
    }
    bare = {
        f"video {n + 1}": ("Light and sound are missing.", "Describe them.")
        for n, video in enumerate(videos)
        if len(video.atmosphere.split()) < 4
    }
    found.judge("matches board", wet, count, "weather of the board in the moving picture")
    found.judge("camera variety", same, count, "neighbouring cameras")
    found.judge("plausible motion", short, count, "words on motion")
    found.judge("atmosphere", bare, count, "words on light and sound")


# --- monologues -------------------------------------------------------------------------------------------------------


def _lines(lines: Sequence[str], task: MonoTask, found: Findings) -> None:
    count, language = len(lines), task.language
    outer = {
        f"monologue {n + 1}": ("Nobody says 'I'.", "Let the person speak of themselves.")
        for n, line in enumerate(lines)
        if not _I[language].search(line)
    }
    tolerated = dict(list(outer.items())[count // 3 :])
    found.judge(
        "first person",
        tolerated,
        count,
        f"{count - len(outer)} of {count} lines in the first person; two in three must be",
    )
    blind = {
        f"monologue {n + 1}": (
            "It speaks of nothing that is seen.",
            "Name a thing, the place or the light of the shot.",
        )
        for n, (line, board) in enumerate(zip(lines, task.boards, strict=False))
        if not _sees(line, board, language)
    }
    found.judge("refers to what is seen", blind, count, "words of the board in the line, or nearness to its action")
    found.judge("speakable", _unspeakable(lines, task), count, "length against the limit")
    found.judge(
        "voice", _repeated(lines, "monologue", language), count, "likeness of lines, words in a row that come again"
    )


def _sees(line: str, board: Board, language: str) -> bool:
    scene = scene_of(board)
    if tells(line, scene):
        return True
    if language == "en":
        return sees(line, board)
    words = [word for word in map(in_chinese, board.props) if word] + [scene.spot.chinese]
    return any(word in line for word in words)


def _unspeakable(lines: Sequence[str], task: MonoTask) -> dict[str, tuple[str, str]]:
    wrong = {}
    for number, (line, limit) in enumerate(zip(lines, task.max_words, strict=False), 1):
        length = spoken_length(line, task.language)
        if length > limit:
            wrong[f"monologue {number}"] = (f"It has {length} words, {limit} fit.", "Make it shorter.")
        elif length < LEAST * limit and limit >= 6:
            wrong[f"monologue {number}"] = (f"It has {length} words where {limit} fit.", "Say a little more.")
    return wrong


# --- music ------------------------------------------------------------------------------------------------------------


def _music(draft: MusicDescription, task: MusicTask, found: Findings) -> None:
    moods = {board.emotion.value for board in task.boards}
    shared = moods & {emotion.lower() for emotion in draft.emotions}
    foreign = (
        {} if shared else {"music": ("None of the boards' emotions is in it.", f"Use {', '.join(sorted(moods))}.")}
    )
    found.judge("fits emotions", foreign, 1, "emotions shared with the boards")
    found.judge(
        "fits theme", {} if draft.style else {"music": ("It has no style.", "Name one.")}, 1, "a style is named"
    )
    loud = {"music": ("Too fast to speak over.", "Stay under 140 beats per minute.")} if draft.tempo > 140 else {}
    found.judge("under speech", loud, 1, f"{draft.tempo} beats per minute")


# --- shared -----------------------------------------------------------------------------------------------------------


def _backwards(times: Sequence[TimeOfDay | None], kind: str) -> dict[str, tuple[str, str]]:
    latest, wrong = -1, {}
    for number, time in enumerate(times, 1):
        if time is not None and _TIMES.index(time) < latest:
            wrong[f"{kind} {number}"] = (
                f"It is {time.value} after {_TIMES[latest].value}.",
                "Let the day only move forward.",
            )
        latest = max(latest, _TIMES.index(time)) if time else latest
    return wrong


def _same_place(scenes: Sequence[BeatScene]) -> dict[str, tuple[str, str]]:
    """Places used twice in a row, or again while others of their setting are free; the last may come back to the first,
    as an echo."""
    seen: dict[str, int] = {}
    used = {scene.spot.noun for scene in scenes}
    wrong = {}
    for number, scene in enumerate(scenes, 1):
        place = scene.spot.noun
        first = seen.setdefault(place, number)
        free = any(other.noun not in used for other in scene.setting.places)
        if (
            first != number
            and (scenes[number - 2].spot.noun == place or free)
            and not (first == 1 and number == len(scenes))
        ):
            wrong[f"beat {number}"] = (f"It is at the same place as beat {first}.", "Go somewhere else.")
    return wrong


def _repeated(texts: Sequence[str], kind: str, language: str, tied: Collection[int] = ()) -> dict[str, tuple[str, str]]:
    """Texts that say again what an earlier one said: near in meaning, or sharing a run of words. Of two the later one
    is sent back, unless it is ``tied``."""
    near = relevance(texts, texts)
    said = [runs(text, language) for text in texts]
    wrong = {}
    for later in range(1, len(texts)):
        for earlier in range(later):
            if near[later, earlier] >= (ALIKE if language == "en" else 0.75) or said[later] & said[earlier]:
                again, first = (earlier, later) if later in tied and earlier not in tied else (later, earlier)
                wrong[f"{kind} {again + 1}"] = (f"It says what {kind} {first + 1} says.", "Do and say something new.")
                break
    return wrong
