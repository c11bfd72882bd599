"""Which weather and which lights fill a stage's air."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from personavlog_embedded.motion import scenery_motion
from personavlog_embedded.motion.airborne import Flying
from personavlog_embedded.motion.instructions import Instructions
from personavlog_embedded.motion.moving_kinds import life
from personavlog_embedded.motion.weather import Air, Fog, Rain, dust, fireflies, snow
from personavlog_embedded.scene.stage import Stage
from personavlog_embedded.style.print_surface import flatten


@dataclass(frozen=True)
class Airs:
    """What is drawn behind the person, before everything, and beyond the windows of a room."""

    behind: tuple[Air, ...] = ()
    before: tuple[Air, ...] = ()
    outside: tuple[Air, ...] = ()


def airs(stage: Stage, instructions: Instructions) -> Airs:
    """The weather and the lights of a stage; nothing falls indoors."""
    rng = np.random.default_rng([instructions.seed, 4])
    size, wind = (stage.width, stage.height), instructions.temper.wind * rng.choice([-1.0, 1.0])
    falls = {"rain": _rain(size, wind, rng), "snow": _snow(size, instructions.temper.wind, rng)}.get(stage.weather)
    if falls is not None:
        return falls if instructions.outdoors else Airs(outside=(*falls.behind, *falls.before[:1]))
    if instructions.outdoors and stage.weather == "fog":
        return Airs((Fog.draw(_haze(stage), 0.30, 22 * wind, rng),), (Fog.draw(_haze(stage), 0.10, 40 * wind, rng),))
    flying = tuple(
        Flying.draw(extra, size, instructions.temper.wind, rng)
        for extra in instructions.extras
        if instructions.outdoors and extra != "birds"
    )
    birds = tuple(
        Flying.draw(extra, size, 1.0, rng)
        for extra in instructions.extras
        if extra == "birds" and not any(life(layer) == "birds" for layer in stage.layers)
    )
    if stage.time_of_day in ("morning", "dusk") and (stage.weather == "clear" or not instructions.outdoors):
        return Airs(outside=birds, before=(*flying, dust(size, rng)))
    if (
        instructions.outdoors
        and stage.time_of_day == "night"
        and any(scenery_motion.grows(layer) for layer in stage.layers)
    ):
        return Airs(outside=birds, before=(*flying, fireflies(size, rng)))
    return Airs(outside=birds, before=flying)


def _rain(size: tuple[int, int], wind: float, rng: np.random.Generator) -> Airs:
    far, middle, near = (
        Rain.draw(size, scale, count, wind, rng) for scale, count in ((0.4, 240), (0.65, 110), (1.2, 14))
    )
    return Airs((far, middle), (near,))


def _snow(size: tuple[int, int], wind: float, rng: np.random.Generator) -> Airs:
    far, middle, close, near = (
        snow(size, scale, count, wind, rng) for scale, count in ((0.2, 260), (0.45, 130), (0.55, 50), (1.0, 22))
    )
    return Airs((far, middle), (close, near))


def _haze(stage: Stage) -> tuple[float, float, float]:
    """A light version of the far layers' mean colour."""
    picture = flatten(stage)[: stage.height // 2 : 8, ::8].reshape(-1, 3).mean(axis=0)
    light = 0.55 * picture + 0.45 * 255 * (0.45 if stage.time_of_day == "night" else 0.95)
    return float(light[0]), float(light[1]), float(light[2])
