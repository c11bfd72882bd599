"""T_video and T_music from the boards: what moves, how the camera moves, and what is played under it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from personavlog.script import Board, Camera, MusicDescription, VideoDescription
from personavlog_embedded.writing.planner.beat_text import BeatScene, read_event
from personavlog_embedded.writing.planner.library import read_table
from personavlog_embedded.writing.planner.theme import Theme

_HOURS = {
    "morning": "fresh morning air",
    "noon": "high midday sun",
    "dusk": "the last warm light of dusk",
    "night": "deep night and small lights",
}


@cache
def _moves() -> Mapping[str, Any]:
    return read_table("camera")


def scene_of(board: Board) -> BeatScene:
    """What the library knows about a board."""
    return read_event(f"{board.place}, {board.time_of_day.value}: {board.action}")


def video_description(board: Board, camera: Camera, rng: np.random.Generator) -> VideoDescription:
    """One description: the person's movement, the world's, light and sound of the place, and a local detail."""
    scene = scene_of(board)
    person = _drawn(_moves()["motion"].get(_verb(board, scene), _moves()["motion"]["stand"]), rng)
    return VideoDescription(
        camera=camera,
        motion=f"{person}. {_world(board, scene)}",
        atmosphere=(
            f"{scene.setting.light[:1].upper()}{scene.setting.light[1:]}, {_HOURS[board.time_of_day.value]}, "
            f"{scene.setting.sound}."
        ),
        detail=f"{_drawn(scene.setting.details, rng).capitalize()}.",
    )


def _verb(board: Board, scene: BeatScene) -> str:
    """The beat's verb; of a person's own words the first that names a movement."""
    if scene.exact:
        return scene.template.verb
    return next(
        (verb for verb in _moves()["motion"] if re.search(rf"\b{verb}(s|es|ing)?\b", board.action.lower())),
        scene.template.verb,
    )


def _world(board: Board, scene: BeatScene) -> str:
    world: Mapping[str, str] = _moves()["world"]
    outside = "out" in scene.spot.tags
    if outside and board.weather.value in world:
        return world[board.weather.value]
    return next((text for tag, text in world.items() if tag in scene.spot.tags), world["quiet"])


def first_camera(board: Board, rng: np.random.Generator) -> Camera:
    """A camera that suits the framing; neighbours are not looked at."""
    return Camera(_drawn(_moves()["cameras"][board.framing.value], rng))


def other_camera(number: int, boards: Sequence[Board], cameras: Sequence[Camera], turn: int) -> Camera:
    """A suiting camera that neither neighbour has, the least used first."""
    beside = {cameras[n] for n in (number - 1, number + 1) if 0 <= n < len(cameras)}
    suited = [Camera(name) for name in _moves()["cameras"][boards[number].framing.value]]
    free = [one for one in suited if one not in beside] or [one for one in Camera if one not in beside]
    return sorted(free, key=lambda one: (cameras.count(one), list(Camera).index(one)))[turn % len(free)]


def _drawn(texts: Sequence[str], rng: np.random.Generator) -> str:
    return texts[int(rng.integers(len(texts)))]


def music_description(boards: Sequence[Board], theme: Theme, rng: np.random.Generator) -> MusicDescription:
    """The boards' emotions by weight, an instrument for each, and the style of the settings' family."""
    moods = Counter(board.emotion for board in boards)
    ranked = [mood for mood, _ in moods.most_common(3)]
    family = Counter(scene_of(board).setting.family for board in boards).most_common(1)[0][0]
    style, colour = _moves()["family"][family]
    instruments = [colour, *(_drawn(_moves()["music"][mood.value], rng) for mood in ranked)]
    word = f", with a touch of {theme.where.english}" if theme.where and theme.where.english[:1].isupper() else ""
    return MusicDescription(
        emotions=tuple(mood.value for mood in ranked),
        instruments=tuple(dict.fromkeys(instruments)),
        style=f"{style}{word}, instrumental, room for a voice",
        tempo=_tempo(boards),
    )


def _tempo(boards: Sequence[Board]) -> int:
    tempo: Mapping[str, int] = _moves()["tempo"]
    return round(sum(tempo[board.emotion.value] for board in boards) / len(boards))
