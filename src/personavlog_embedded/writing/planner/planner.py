"""The story planner: writes whole scripts where no language model is, from a library of settings, plots and beats, an
analysis of the theme and sentence embeddings.

Every function is deterministic in its arguments. First drafts are drawn by weights and not checked; ``notes`` name what
the reviewer wants done again ("beat 3", "monologue 2"), and only that is redone, this time with care.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np

from personavlog.backbones.reviews import Change
from personavlog.script import Beat, Board, Character, Monologue, MusicDescription, Story, StoryDraft, VideoDescription
from personavlog_embedded.writing.planner import storyboards, videos
from personavlog_embedded.writing.planner.beat_text import event_text, targets
from personavlog_embedded.writing.planner.library import NarratorVoice, Plot, StoryPlace, fill, library, slots
from personavlog_embedded.writing.planner.lines import TAILED, LineShot, Speaker, earlier_thing, voice_of
from personavlog_embedded.writing.planner.story import StoryPlan, accompany, draft_plan, move, redraw
from personavlog_embedded.writing.planner.story_world import season_of_shot, story_world
from personavlog_embedded.writing.planner.theme import Theme, analyse, titled

VERSION = "6"
"""Part of cache keys; goes up when the library or the rules change what is written."""
NAMED = 2
"""So many lines of a film at least name what the theme is about."""
_PLAIN = "A person in everyday clothes with a friendly face"
_HOOK = "it does not go as planned, it goes better"
_GENERAL = {
    "en": (
        "{W}, and Me in It",
        "What {W} Knew",
        "Meet Me in {W}",
        "A Little More {S}",
        "{S} and Other Surprises",
        "{C} and I",
        "The Day {C} Laughed",
    ),
    "zh": ("{w}，有我", "在{w}等你", "{w}知道的事", "{s}日记", "再来一点{s}", "我和{c}", "{c}笑了的那天"),
}
_NAMELESS = {"en": "A Day Without a Name", "zh": "没有名字的一天"}
_PERSON = re.compile(r"\b(the|a) (character|vlogger|protagonist|main character)\b", re.IGNORECASE)


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
    """Eq. 1: a character and ``shots`` beats. ``style`` does not change what happens, only how it is drawn, so it is
    not used."""
    parts = analyse(theme)
    pool, plan = draft_plan(parts, shots, _seed(theme, seed))
    for number, wanted in sorted(targets(notes, "beat").items()):
        if number < shots:
            moved = all("place" in note.problem.lower() for note in wanted)
            plan = move(pool, plan, number) if moved else redraw(pool, plan, number, len(wanted) - 1)
    plan = accompany(plan, parts)
    voice = library().voices[_seed(theme, seed) % len(library().voices)]
    retitled = sum("title" in note.target.lower() or "logline" in note.target.lower() for note in notes)
    beats = tuple(
        Beat(role=p.template.role, event=event_text(p, _adapted(p.place, parts, n, shots), name))
        for n, p in enumerate(plan.beats)
    )
    story = Story(
        title=_title(plan, parts, language, seed + retitled, bool(retitled)),
        logline=_logline(plan, parts, language, name),
        beats=beats,
    )
    return StoryDraft(character=_character(voice, appearance, seed), story=story)


def write_boards(
    *, story_draft: StoryDraft, theme: str, shots: int, seed: int, style: str = "", notes: Sequence[Change] = ()
) -> tuple[Board, ...]:
    """Eq. 2: one board per shot. An event in the library's words keeps its place, props and mood; one that a person
    wrote is matched by meaning."""
    parts, rng = analyse(theme), np.random.default_rng(_seed(theme, seed))
    film = storyboards.film_scenes([beat.event for beat in story_draft.story.beats], shots)
    weathers = storyboards.weathers(film, parts, rng)
    frames = [storyboards.framing(scene, rng) for scene in film.scenes]
    boards = [
        storyboards.board(*row, style, parts) for row in zip(film.scenes, film.times, weathers, frames, strict=True)
    ]
    for number, wanted in sorted(targets(notes, "board", "shot").items()):
        if number < len(boards):
            boards[number] = boards[number].model_copy(
                update={"framing": storyboards.reframed(number, boards, len(wanted) - 1)}
            )
    return storyboards.with_keys(boards, film.scenes, parts)


def write_videos(*, boards: Sequence[Board], seed: int, notes: Sequence[Change] = ()) -> tuple[VideoDescription, ...]:
    """Eq. 3: one description per board."""
    rng = np.random.default_rng(seed)
    cameras = [videos.first_camera(board, rng) for board in boards]
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
) -> tuple[Monologue, ...]:
    """Eq. 4: one line per board, never longer than its limit (words in English, characters in Chinese), at least half
    of them in the first person."""
    shots, parts = _shots(boards, story, language, seed)
    values = _values(shots, parts, language)
    voice, key = voice_of(character), _seed(story.logline, seed)

    def speaker(number: int, turn: int) -> Speaker:
        return Speaker(voice, values, language, np.random.default_rng((key, number, turn)))

    lines: list[str] = []
    for number, (shot, limit) in enumerate(zip(shots, max_words, strict=True)):
        lines.append(speaker(number, 0).line(shot, limit, lines))
    for number, wanted in sorted(targets(notes, "monologue", "line").items()):
        if number < len(shots):
            others = [line for n, line in enumerate(lines) if n != number]
            lines[number] = speaker(number, len(wanted)).careful_line(shots[number], max_words[number], others)
    for number in range(len(lines)):
        if 2 * sum(map(speaker(number, 0).mine, lines)) < len(lines) and not speaker(number, 0).mine(lines[number]):
            lines[number] = speaker(number, 0).own_line(
                shots[number], max_words[number], [*lines[:number], *lines[number + 1 :]]
            )
    return tuple(Monologue(text=text) for text in lines)


def write_music(*, boards: Sequence[Board], theme: str, seed: int, notes: Sequence[Change] = ()) -> MusicDescription:
    """Eq. 5: music for the boards' emotions."""
    return videos.music_description(boards, analyse(theme), np.random.default_rng(seed + len(notes)))


def _seed(theme: str, seed: int) -> int:
    """One number of theme and seed, so that two themes do not share their draws."""
    return (zlib.crc32(theme.encode()) + 7919 * seed) % 2**31


def _character(voice: NarratorVoice, appearance: str, seed: int) -> Character:
    return Character(
        appearance=appearance if len(appearance) >= 3 else _PLAIN,
        personality=voice.personality[seed % len(voice.personality)],
        voice=voice.spoken,
    )


def _title(plan: StoryPlan, theme: Theme, language: str, seed: int, careful: bool) -> str:
    """One of the plot's titles that can be filled; a careful one has a word of the theme, else the theme itself is the
    title."""
    own = _shortened(theme.text, 40)
    own = own if sum(map(str.isalpha, own)) >= 2 else _NAMELESS[language]
    known = theme.values | {"article": ""} if language == "en" else theme.chinese_values
    if known.get("s", "").startswith(("first ", "last ")):
        known = {slot: value for slot, value in known.items() if slot not in ("s", "S", "AS")}
    fitting = [title for title in _titles(plan.plot, language, theme) if slots(title) <= known.keys()]
    general = [title for title in _GENERAL[language] if slots(title) <= known.keys()]
    worded = [title for title in fitting if slots(title) or plan.plot.things] or general
    choices = (
        ([title for title in worded if slots(title)] or general or [own])
        if careful
        else [*(worded or general), *fitting] or [own]
    )
    drawn = fill(choices[seed % len(choices)], known) if choices[0] is not own else own
    drawn = re.sub(r"\b(\w+) \1\b", r"\1", drawn, flags=re.IGNORECASE)
    return titled(drawn)[:90] if language == "en" else drawn[:90]


def _titles(plot: Plot, language: str, theme: Theme) -> tuple[str, ...]:
    if plot not in story_world(theme).plots:
        return ()
    titles = plot.titles if language == "en" else plot.chinese_titles
    subject = theme.subject.category if theme.subject else None
    return tuple(title for title in titles if subject in plot.fits or not ({"s", "S"} & slots(title)))


def _logline(plan: StoryPlan, theme: Theme, language: str, name: str | None) -> str:
    """The theme's own words, then how the story turns."""
    turn = next((planned.template for planned in plan.beats if planned.template.hook), None)
    if language == "zh":
        line = (
            fill(turn.chinese[0], theme.chinese_values)
            if turn and slots(turn.chinese[0]) <= theme.chinese_values.keys()
            else "没按计划来，却更好。"
        )
        return f"{_shortened(theme.text, 200)}：{line}"
    said = _PERSON.sub(
        name or "somebody", _shortened(theme.text if any(map(str.isalpha, theme.text)) else theme.english, 180)
    )
    return f"{said[:1].upper()}{said[1:]}: {(turn.hook if turn else None) or _HOOK}."


def _shortened(text: str, limit: int) -> str:
    clean = text.strip().rstrip(".!。！")
    return clean if len(clean) <= limit else clean[:limit].rsplit(" ", 1)[0]


def _adapted(place: StoryPlace, theme: Theme, number: int, shots: int) -> str:
    """The place in the theme's own world: out of doors "in autumn"; "haunted" and "in Tokyo" at the beginning, in the
    middle and at the end."""
    noun, time = place.noun, season_of_shot(theme, number, shots)
    if time and "out" in place.tags:
        return f"{noun} in {time}"
    if number not in (0, shots // 2, shots - 1):
        return noun
    if theme.modifier and theme.modifier not in noun:
        return re.sub(r"^(an?|the) ", f"{'an' if theme.modifier[0] in 'aeiou' else 'a'} {theme.modifier} ", noun)
    named = theme.where.english if theme.where and theme.where.english[:1].isupper() else None
    return f"{noun} in {named}" if named and " in " not in noun else noun


def _shots(boards: Sequence[Board], story: Story, language: str, seed: int) -> tuple[list[LineShot], Theme]:
    rng = np.random.default_rng(seed)
    parts = analyse(re.split(r"[:：]", story.logline, maxsplit=1)[0])
    skipped = tuple(part.english for part in (parts.companion, parts.subject) if part)
    things = [earlier_thing(boards, number, language, skipped, rng) for number in range(len(boards))]
    scenes = [videos.scene_of(board) for board in boards]
    company = _company(parts)
    told = [story.beats[n] for n in storyboards.spread(len(story.beats), len(boards))]
    met = [_met(beat, parts) for beat in told]
    tailed = set(rng.permutation(len(boards))[: min(TAILED, len(boards) // 3)].tolist())
    wanted = _wanted(boards, met, parts, language)
    return [
        LineShot(board, scene, thing, 3 * n >= 2 * len(boards), company, met[n], wanted.get(n, ""), n in tailed)
        for n, (board, scene, thing) in enumerate(zip(boards, scenes, things, strict=True))
    ], parts


def _company(theme: Theme) -> str:
    """Which sentences speak of the companion."""
    if theme.companion is None:
        return ""
    return "apart" if not theme.together else "animal" if theme.companion.category == "animal" else "together"


def _wanted(boards: Sequence[Board], met: Sequence[bool], theme: Theme, language: str) -> dict[int, str]:
    """The word that a line should name, by shot: the companion where they are, and the theme's own thing in ``NAMED``
    other lines."""
    found: dict[int, str] = {}
    if theme.companion is not None:
        friend = (theme.companion.chinese if language == "zh" else theme.companion.english) or ""
        found = {n: friend.lower() for n, here in enumerate(met) if here}
    if (
        theme.subject is None
        or theme.subject.category == "idea"
        or theme.subject.english.startswith(("first ", "last "))
    ):
        return found
    said, thing = theme.subject.english, (theme.subject.chinese if language == "zh" else theme.subject.english) or ""
    fitting = [*(n for n, board in enumerate(boards) if said in board.action), 0, len(boards) - 1]
    return {n: thing.lower() for n in [n for n in dict.fromkeys(fitting) if n not in found][:NAMED]} | found


def _met(beat: Beat, theme: Theme) -> bool:
    return theme.companion is not None and theme.companion.english.lower() in beat.event.lower()


def _values(shots: Sequence[LineShot], theme: Theme, language: str) -> dict[str, str]:
    """What the lines can name: the theme's parts and what the boards' own words say in their slots."""
    if language == "zh":
        return theme.chinese_values
    found = {slot: value for shot in shots for slot, value in shot.scene.slots.items() if slot == "keep"}
    return theme.values | found
