"""All trials of a film, in an order that reveals nothing to the agents."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import anyio.to_thread
import numpy as np

from personavlog.backbones.legal import legal_edit
from personavlog.backbones.roles import EditRequest
from personavlog.errors import BriefError
from personavlog.judge.case import Moving, Random, Still
from personavlog.judge.clips import MOVING_DEFECTS
from personavlog.judge.figure import figure
from personavlog.judge.moving_trial import MovingTrial
from personavlog.judge.stills import STILL_DEFECTS
from personavlog.judge.table import Report
from personavlog.judge.trial import StillTrial, repainted
from personavlog.judge.verdict import Key, TrialLog, Verdict
from personavlog.media import Image
from personavlog.media.arrays import Box, Pixels
from personavlog.metrics import text
from personavlog.metrics.face import Face, detect, largest
from personavlog.production.production import Production
from personavlog.steps import Part
from personavlog.vlog import Made

VERSION = "judge-4"
"""Changes whenever equal films would be tried otherwise."""
ELSEWHERE = (
    "a submarine under water",
    "a desert with dunes",
    "a hospital corridor",
    "a castle courtyard",
    "an airport hall",
)
"""Places that a board is made to ask for; the one furthest from the board's own is taken."""

OnVerdict = Callable[[Verdict, int, int], None]


@dataclass(frozen=True)
class Trial:
    """One question to an agent, and which one it is."""

    key: Key
    ask: Callable[[], Awaitable[Verdict]]


def conditions(
    production: Production, made: Made, stranger: Image | None, seed: int, *, loop: bool
) -> Mapping[str, object]:
    """What a check's results depend on; a check with other ones begins anew."""
    return {
        "judge": VERSION,
        "seed": seed,
        "loop": loop,
        "stranger": stranger and stranger.digest,
        "film": made.film.video.digest,
        "image_quality": production.image_quality.fingerprint,
        "video_quality": production.video_quality.fingerprint,
        "edit": production.edit_agent.fingerprint,
        "measures": production.measures.fingerprint,
        "image": production.image.fingerprint,
        "video": production.video.fingerprint,
    }


async def check_quality_agents(
    production: Production,
    made: Made,
    log: TrialLog,
    *,
    stranger: Image | None,
    seed: int = 0,
    loop: bool = True,
    on_verdict: OnVerdict = lambda *_: None,
) -> Report:
    """Every defect in every keyframe and clip that can have it, and each of them untouched; what ``log`` holds already
    is not tried again.

    ``on_verdict`` gets each verdict, its number and how many there are. ``stranger`` is somebody else's photo; raises
    ``BriefError`` where it shows no face.
    """
    other = None if stranger is None else await _stylised(production, stranger)
    stills, clips = (
        await anyio.to_thread.run_sync(_stills, production, made, other),
        await anyio.to_thread.run_sync(_clips, production, made, other),
    )
    still_trial, moving_trial = StillTrial(production, made.script.character, stranger), MovingTrial(production)
    trials = [one for still in stills for one in _of_still(still_trial, still, seed, loop)]
    trials += [one for moving in clips for one in _of_clip(moving_trial, moving, seed, loop)]
    for number, place in enumerate(np.random.default_rng([seed, 1]).permutation(len(trials)), 1):
        trial = trials[int(place)]
        if trial.key not in log.known:
            log.add(await trial.ask())
        on_verdict(log.known[trial.key], number, len(trials))
    return Report(tuple(log.known[trial.key] for trial in trials))


def _of_still(trial: StillTrial, still: Still, seed: int, loop: bool) -> Iterator[Trial]:
    yield Trial(("keyframe", "", still.shot), partial(trial.sound, still, loop=loop))
    for number, defect in enumerate(STILL_DEFECTS):
        yield Trial(
            ("keyframe", defect.name, still.shot),
            partial(trial.planted, still, defect, _random(seed, still.shot, number), loop=loop),
        )


def _of_clip(trial: MovingTrial, moving: Moving, seed: int, loop: bool) -> Iterator[Trial]:
    yield Trial(("clip", "", moving.shot), partial(trial.sound, moving, loop=loop))
    for number, defect in enumerate(MOVING_DEFECTS):
        yield Trial(
            ("clip", defect.name, moving.shot),
            partial(trial.planted, moving, defect, _random(seed, 100 + moving.shot, number), loop=loop),
        )


def _random(*seeds: int) -> Random:
    return np.random.default_rng(seeds)


async def _stylised(production: Production, photo: Image) -> Image:
    """Somebody else as this film would draw them."""
    if await anyio.to_thread.run_sync(lambda: _face(production.blobs.pixels(photo))) is None:
        raise BriefError("No face was found in the stranger's photo. Give one that shows a face from the front.")
    width, height = production.size
    wanted = EditRequest(
        purpose="stylise",
        reference=photo,
        style=production.brief.style,
        width=width,
        height=height,
        seed=production.seed(Part.STYLISE),
    )
    legal = legal_edit(wanted, production.image.capabilities)
    return (await repainted(production, legal.request)).image


def _stills(production: Production, made: Made, stranger: Image | None) -> list[Still]:
    found = []
    for shot, (board, keyframe) in enumerate(zip(made.script.boards, made.keyframes, strict=True)):
        pixels = production.blobs.pixels(keyframe.image)
        face = _face(pixels)
        body = figure(production.image, keyframe, pixels, face, production.blobs)
        found.append(
            Still(board, keyframe, pixels, _box(face), made.person.image, stranger, _elsewhere(board.place), body, shot)
        )
    return found


def _clips(production: Production, made: Made, stranger: Image | None) -> list[Moving]:
    portrait = None if stranger is None else _portrait(production.blobs.pixels(stranger))
    found = []
    for shot, (board, keyframe, clip, line) in enumerate(
        zip(made.script.boards, made.keyframes, made.clips, made.narration.lines, strict=True)
    ):
        others = tuple(one for number, one in enumerate(made.script.videos) if number != shot)
        face = _face(production.blobs.pixels(keyframe.image))
        found.append(
            Moving(board, keyframe, made.script.videos[shot], clip, _box(face), portrait, others, shot, line.audio)
        )
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
