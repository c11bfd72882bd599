"""All trials of a film, in an order that tells the agents nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import anyio.to_thread
import numpy as np

from personavlog.backbones.roles import EditRequest
from personavlog.errors import BriefError
from personavlog.judge.case import Box, Moving, Pixels, Random, Still
from personavlog.judge.clips import MOVING_DEFECTS
from personavlog.judge.figure import figure
from personavlog.judge.moving_trial import MovingTrial
from personavlog.judge.stills import STILL_DEFECTS
from personavlog.judge.table import Report
from personavlog.judge.trial import StillTrial
from personavlog.judge.verdict import Key, Sheet, Verdict
from personavlog.media import Image
from personavlog.metrics import text
from personavlog.metrics.face import Face, detect, largest
from personavlog.production.production import Crew
from personavlog.vlog import Made

VERSION = "judge-4"
"""Changes whenever equal films would be tried otherwise."""
ELSEWHERE = ("a submarine under water", "a desert with dunes", "a hospital corridor", "a castle courtyard", "an airport hall")
"""Places that a board is made to ask for; the one furthest from the board's own is taken."""

Heard = Callable[[Verdict, int, int], None]


@dataclass(frozen=True)
class Trial:
    """One question to an agent, and which one it is."""

    key: Key
    ask: Callable[[], Awaitable[Verdict]]


def conditions(crew: Crew, made: Made, stranger: Image | None, seed: int, *, loop: bool) -> Mapping[str, object]:
    """What a check's results depend on; a check with other ones begins anew."""
    return {
        "judge": VERSION, "seed": seed, "loop": loop, "stranger": stranger and stranger.digest, "film": made.film.video.digest,
        "image_quality": crew.image_quality.fingerprint, "video_quality": crew.video_quality.fingerprint, "edit": crew.edit_agent.fingerprint,
        "measures": crew.measures.fingerprint, "image": crew.image.fingerprint, "video": crew.video.fingerprint,
    }  # fmt: skip


async def check(crew: Crew, made: Made, sheet: Sheet, *, stranger: Image | None, seed: int = 0, loop: bool = True, heard: Heard = lambda *_: None) -> Report:
    """Every defect in every keyframe and clip that can have it, and each of them untouched; what ``sheet`` holds already is not tried again.

    ``heard`` gets each verdict, its number and how many there are. ``stranger`` is somebody else's photo; raises ``BriefError`` where it shows no face.
    """
    other = None if stranger is None else await _stylised(crew, stranger)
    stills, clips = await anyio.to_thread.run_sync(_stills, crew, made, other), await anyio.to_thread.run_sync(_clips, crew, made, other)
    still_trial, moving_trial = StillTrial(crew, made.script.character, stranger), MovingTrial(crew)
    trials = [one for still in stills for one in _of_still(still_trial, still, seed, loop)]
    trials += [one for moving in clips for one in _of_clip(moving_trial, moving, seed, loop)]
    for number, place in enumerate(np.random.default_rng([seed, 1]).permutation(len(trials)), 1):
        trial = trials[int(place)]
        if trial.key not in sheet.known:
            sheet.add(await trial.ask())
        heard(sheet.known[trial.key], number, len(trials))
    return Report(tuple(sheet.known[trial.key] for trial in trials))


def _of_still(trial: StillTrial, still: Still, seed: int, loop: bool) -> Iterator[Trial]:
    yield Trial(("keyframe", "", still.shot), partial(trial.sound, still, loop=loop))
    for number, defect in enumerate(STILL_DEFECTS):
        yield Trial(("keyframe", defect.name, still.shot), partial(trial.planted, still, defect, _random(seed, still.shot, number), loop=loop))


def _of_clip(trial: MovingTrial, moving: Moving, seed: int, loop: bool) -> Iterator[Trial]:
    yield Trial(("clip", "", moving.shot), partial(trial.sound, moving, loop=loop))
    for number, defect in enumerate(MOVING_DEFECTS):
        yield Trial(("clip", defect.name, moving.shot), partial(trial.planted, moving, defect, _random(seed, 100 + moving.shot, number), loop=loop))


def _random(*seeds: int) -> Random:
    return np.random.default_rng(seeds)


async def _stylised(crew: Crew, photo: Image) -> Image:
    """Somebody else as this film would draw them."""
    if await anyio.to_thread.run_sync(lambda: _face(crew.blobs.pixels(photo))) is None:
        raise BriefError("No face was found in the stranger's photo. Give one that shows a face from the front.")
    width, height = crew.size
    request = EditRequest(purpose="stylise", reference=photo, style=crew.brief.style, width=width, height=height, seed=crew.brief.seed)
    return (await crew.image.edit(request, lambda share: None)).image


def _stills(crew: Crew, made: Made, stranger: Image | None) -> list[Still]:
    found = []
    for shot, (board, keyframe) in enumerate(zip(made.script.boards, made.keyframes, strict=True)):
        pixels = crew.blobs.pixels(keyframe.image)
        face = _face(pixels)
        body = figure(crew.image, keyframe, pixels, face)
        found.append(Still(board, keyframe, pixels, _box(face), made.person.image, stranger, _elsewhere(board.place), body, shot))
    return found


def _clips(crew: Crew, made: Made, stranger: Image | None) -> list[Moving]:
    portrait = None if stranger is None else _portrait(crew.blobs.pixels(stranger))
    found = []
    for shot, (board, keyframe, clip, line) in enumerate(zip(made.script.boards, made.keyframes, made.clips, made.narration.lines, strict=True)):
        others = tuple(one for number, one in enumerate(made.script.videos) if number != shot)
        face = _face(crew.blobs.pixels(keyframe.image))
        found.append(Moving(board, keyframe, made.script.videos[shot], clip, _box(face), portrait, others, shot, line.audio))
    return found


def _face(pixels: Pixels) -> Face | None:
    return largest(detect(pixels))


def _box(face: Face | None) -> Box | None:
    return None if face is None else face.box


def _portrait(pixels: Pixels) -> Pixels | None:
    face = _face(pixels)
    if face is None:
        return None
    x0, y0, x1, y1 = (max(round(value), 0) for value in face.box)
    return np.ascontiguousarray(pixels[y0:y1, x0:x1])


def _elsewhere(place: str) -> str:
    scores = text.similarity([place], list(ELSEWHERE))[0]
    return ELSEWHERE[int(scores.argmin())]
