"""Shots added, removed and moved. A shot keeps its own number, and with it its pictures, takes and parts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TypeVar

from personavlog.changes.changing import Changing, changing
from personavlog.errors import RunError
from personavlog.own import script as scripts
from personavlog.runs import RUNS
from personavlog.script import Board, Camera, Monologue, Script, VideoDescription

T = TypeVar("T")


def add_shot(
    run: str, at: int, board: Board, line: str, *, video: VideoDescription | None = None, runs: Path = RUNS
) -> None:
    """Add a shot at a place of the film, from 1; without ``video`` a quiet camera shows the board's action.

    Raises ``RunError`` for a place that is not there, ``ConfigurationError`` or ``BriefError`` for a shot too many or a
    line that cannot be spoken; nothing is changed then.
    """
    with changing(run, runs) as change:
        script, place = change.script(), at - 1
        if not 0 <= place <= len(script.boards):
            raise RunError(f"A shot can be added at place 1 to {len(script.boards) + 1}; received {at}.")
        _room(change, len(script.boards) + 1)
        longer = script.model_copy(
            update={
                "boards": _with(script.boards, place, board),
                "videos": _with(script.videos, place, video or _quiet(board)),
                "monologues": _with(script.monologues, place, Monologue(text=line)),
            }
        )
        numbers = _with(change.numbers, place, *scripts.fresh_numbers(change.job, 1))
        _pin(change, longer, numbers, f"a shot added at {at}")


def remove_shot(run: str, place: int, *, runs: Path = RUNS) -> None:
    """Take the shot at a place of the film, from 1, out; raises as ``remove_shots`` does."""
    remove_shots(run, [place], runs=runs)


def remove_shots(run: str, places: Collection[int], *, runs: Path = RUNS) -> None:
    """Take several shots out as one change; raises ``RunError`` for one that is not there, ``ConfigurationError`` or
    ``BriefError`` where too few are left; nothing is changed then."""
    with changing(run, runs) as change:
        script = change.script()
        for place in places:
            change.number(place)
        kept = [place for place in range(len(script.boards)) if place + 1 not in places]
        _room(change, len(kept))
        which = ", ".join(map(str, sorted(set(places))))
        _pin(change, _arranged(script, kept), [change.numbers[place] for place in kept], f"shot {which} removed")


def move_shot(run: str, place: int, to: int, *, runs: Path = RUNS) -> None:
    """Let the shot at ``place`` stand at ``to``, both from 1; raises ``RunError`` for a place that is not there."""
    with changing(run, runs) as change:
        script = change.script()
        change.number(place), change.number(to)
        order = list(range(len(script.boards)))
        order.insert(to - 1, order.pop(place - 1))
        _pin(change, _arranged(script, order), [change.numbers[one] for one in order], f"shot {place} moved to {to}")


def _room(change: Changing, shots: int) -> None:
    if not scripts.FEWEST <= shots <= scripts.MOST:
        raise RunError(
            f"A film has {scripts.FEWEST} to {scripts.MOST} shots; it would have {shots}. Nothing was changed."
        )


def _pin(change: Changing, script: Script, numbers: Sequence[int], said: str) -> None:
    scripts.check(change.job, script)
    change.remember(said)
    scripts.pin(change.job, script, numbers)


def _arranged(script: Script, order: Sequence[int]) -> Script:
    parts = ("boards", "videos", "monologues")
    return script.model_copy(update={name: tuple(getattr(script, name)[place] for place in order) for name in parts})


def _with(old: tuple[T, ...], place: int, new: T) -> tuple[T, ...]:
    return (*old[:place], new, *old[place:])


def _quiet(board: Board) -> VideoDescription:
    light = f"{board.weather.value} {board.time_of_day.value}, {board.emotion.value}"
    return VideoDescription(camera=Camera.STATIC, motion=board.action, atmosphere=light)
