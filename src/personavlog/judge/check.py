"""All trials of a film, in an order that tells the agents nothing, and the table of what they found."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import anyio.to_thread
import numpy as np

from personavlog.judge.case import Moving, Pixels, Still
from personavlog.judge.clips import MOVING_DEFECTS
from personavlog.judge.rates import Rate
from personavlog.judge.stills import STILL_DEFECTS
from personavlog.judge.trial import MovingTrial, StillTrial, Verdict
from personavlog.media import Image
from personavlog.metrics import text
from personavlog.metrics.face import detect, largest
from personavlog.stages.crew import Crew
from personavlog.vlog import Made

ELSEWHERE = ("a submarine under water", "a desert with dunes", "a hospital corridor", "a castle courtyard", "an airport hall")
"""Places that a board is made to ask for; the first that is far from the board's own is taken."""


@dataclass(frozen=True)
class Row:
    """What was found of one defect: ``found`` at all, ``named`` by its kind, and how the loop ended for those that were found."""

    what: str
    defect: str
    found: Rate
    named: Rate
    better: int
    equal: int
    worse: int


@dataclass(frozen=True)
class Report:
    """All verdicts; ``false_alarms`` per kind of thing ("keyframe", "clip")."""

    verdicts: tuple[Verdict, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """One per defect, in the order of the defects."""
        names = [("keyframe", one.name) for one in STILL_DEFECTS] + [("clip", one.name) for one in MOVING_DEFECTS]
        return tuple(self._row(what, name) for what, name in names)

    def false_alarms(self, what: str) -> Rate:
        """How often something was found in what is sound."""
        clean = [one for one in self.verdicts if one.what == what and not one.defect]
        return Rate(sum(one.found for one in clean), len(clean))

    def _row(self, what: str, name: str) -> Row:
        trials = [one for one in self.verdicts if (one.what, one.defect) == (what, name)]
        endings = [one.ending for one in trials]
        return Row(
            what, name, Rate(sum(one.found for one in trials), len(trials)), Rate(sum(one.named for one in trials), len(trials)),
            endings.count("better"), endings.count("equal"), endings.count("worse"),
        )  # fmt: skip


Trial = Callable[[], Awaitable[Verdict | None]]


async def check(
    crew: Crew, made: Made, *, stranger: Image | None, seed: int = 0, loop: bool = True, heard: Callable[[Verdict, int, int], None] = lambda *_: None
) -> Report:
    """Every defect in every keyframe and clip that can have it, and each of them untouched; ``heard`` gets each verdict, its number and how many there are."""
    stills = await anyio.to_thread.run_sync(_stills, crew, made, stranger)
    clips = await anyio.to_thread.run_sync(_clips, crew, made, stranger)
    trials: list[Trial] = [*_still_trials(StillTrial(crew, made.script.character), stills, seed, loop), *_clip_trials(MovingTrial(crew), clips, seed, loop)]
    verdicts: list[Verdict] = []
    for number, place in enumerate(np.random.default_rng([seed, 1]).permutation(len(trials)), 1):
        verdict = await trials[int(place)]()
        if verdict is not None:
            verdicts.append(verdict)
            heard(verdict, number, len(trials))
    return Report(tuple(verdicts))


def _still_trials(ask: StillTrial, stills: Sequence[Still], seed: int, loop: bool) -> Iterator[Trial]:
    for still in stills:
        yield partial(ask.sound, still)
        for number, defect in enumerate(STILL_DEFECTS):
            yield partial(ask.planted, still, defect, np.random.default_rng([seed, still.shot, number]), loop=loop)


def _clip_trials(ask: MovingTrial, clips: Sequence[Moving], seed: int, loop: bool) -> Iterator[Trial]:
    for moving in clips:
        yield partial(ask.sound, moving)
        for number, defect in enumerate(MOVING_DEFECTS):
            yield partial(ask.planted, moving, defect, np.random.default_rng([seed, 100 + moving.shot, number]), loop=loop)


def _stills(crew: Crew, made: Made, stranger: Image | None) -> list[Still]:
    found = []
    for shot, (board, keyframe) in enumerate(zip(made.script.boards, made.keyframes, strict=True)):
        pixels = crew.blobs.pixels(keyframe.image)
        face = _face(pixels)
        found.append(Still(board, keyframe, pixels, face, made.person.image, stranger, _elsewhere(board.place), shot))
    return found


def _clips(crew: Crew, made: Made, stranger: Image | None) -> list[Moving]:
    portrait = None if stranger is None else _portrait(crew.blobs.pixels(stranger))
    found = []
    for shot, (board, keyframe, clip) in enumerate(zip(made.script.boards, made.keyframes, made.clips, strict=True)):
        others = tuple(one for number, one in enumerate(made.script.videos) if number != shot)
        found.append(Moving(board, keyframe, made.script.videos[shot], clip, _face(crew.blobs.pixels(keyframe.image)), portrait, others, shot))
    return found


def _face(pixels: Pixels) -> tuple[float, float, float, float] | None:
    face = largest(detect(pixels))
    return None if face is None else face.box


def _portrait(pixels: Pixels) -> Pixels | None:
    box = _face(pixels)
    if box is None:
        return None
    x0, y0, x1, y1 = (max(round(value), 0) for value in box)
    return np.ascontiguousarray(pixels[y0:y1, x0:x1])


def _elsewhere(place: str) -> str:
    scores = text.similarity([place], list(ELSEWHERE))[0]
    return ELSEWHERE[int(scores.argmin())]
