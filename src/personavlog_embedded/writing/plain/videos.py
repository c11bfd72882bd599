"""T_video and T_music from the boards: what moves, how the camera moves, and what is played under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from personavlog.script import Act, Board, Camera, MusicDescription, VideoDescription
from personavlog_embedded import data
from personavlog_embedded.writing.plain.grounds import setting_of
from personavlog_embedded.writing.plain.theme import Theme

_HOURS = {
    "morning": "fresh morning air",
    "noon": "high midday sun",
    "dusk": "the last warm light of dusk",
    "night": "deep night and small lights",
}


@cache
def _moves() -> Mapping[str, Any]:
    return data.read_toml("library", "camera.toml")


def video_description(board: Board, camera: Camera, rng: np.random.Generator) -> VideoDescription:
    """One description: the person's movement, the world's, light and sound of the place, and a local detail."""
    setting = setting_of(board.place)
    person = _drawn(motions(board.act or Act.STAND), rng)
    return VideoDescription(
        camera=camera,
        motion=f"{person}. {_world(board)}",
        atmosphere=(
            f"{setting.light[:1].upper()}{setting.light[1:]}, {_HOURS[board.time_of_day.value]}, {setting.sound}."
        ),
        detail=f"{_drawn(setting.details, rng).capitalize()}.",
    )


def motions(act: Act) -> Sequence[str]:
    """How somebody moves in an act: only what its poses allow, so that nothing is asked that is not drawn."""
    known: Mapping[str, Sequence[str]] = _moves()["motion"]
    return known[act if act in known else _moves()["like"].get(act, "stand")]


def _world(board: Board) -> str:
    world: Mapping[str, str] = _moves()["world"]
    return world.get(board.weather.value, world["quiet"])


def first_camera(board: Board, rng: np.random.Generator) -> Camera:
    """A camera that suits the framing."""
    return Camera(_drawn(_moves()["cameras"][board.framing.value], rng))


def cameras(boards: Sequence[Board], rng: np.random.Generator) -> list[Camera]:
    """A camera for each board; no two neighbours have the same."""
    found = [first_camera(board, rng) for board in boards]
    for number in range(1, len(found)):
        if found[number] is found[number - 1]:
            found[number] = other_camera(number, boards, found, 0)
    return found


def other_camera(number: int, boards: Sequence[Board], found: Sequence[Camera], turn: int) -> Camera:
    """A suiting camera that neither neighbour has, the least used first."""
    beside = {found[n] for n in (number - 1, number + 1) if 0 <= n < len(found)}
    suited = [Camera(name) for name in _moves()["cameras"][boards[number].framing.value]]
    free = [one for one in suited if one not in beside] or [one for one in Camera if one not in beside]
    return sorted(free, key=lambda one: (found.count(one), list(Camera).index(one)))[turn % len(free)]


def _drawn(texts: Sequence[str], rng: np.random.Generator) -> str:
    return texts[int(rng.integers(len(texts)))]


def music_description(boards: Sequence[Board], theme: Theme, rng: np.random.Generator) -> MusicDescription:
    """The boards' emotions by weight, an instrument for each, and the style of the settings' family."""
    ranked = [mood for mood, _ in Counter(board.emotion for board in boards).most_common(3)]
    family = Counter(setting_of(board.place).family for board in boards).most_common(1)[0][0]
    style, colour = _moves()["family"][family]
    instruments = [colour, *(_drawn(_moves()["music"][mood.value], rng) for mood in ranked)]
    word = f", with a touch of {theme.place.english}" if theme.place is not None and theme.place.named else ""
    return MusicDescription(
        emotions=tuple(mood.value for mood in ranked),
        instruments=tuple(dict.fromkeys(instruments)),
        style=f"{style}{word}, instrumental, room for a voice",
        tempo=_tempo(boards),
    )


def _tempo(boards: Sequence[Board]) -> int:
    tempo: Mapping[str, int] = _moves()["tempo"]
    return round(sum(tempo[board.emotion.value] for board in boards) / len(boards))
