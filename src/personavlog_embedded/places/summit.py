"""A mountain top: a rocky ledge with a cairn above a sea of mist, ridge behind ridge."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.places.harbour import birds
from personavlog_embedded.render import materials, ranges, vegetation
from personavlog_embedded.render.buildings import Masses, shadows
from personavlog_embedded.render.canvas import Colour, Surface, mix
from personavlog_embedded.render.floors import GroundPlane
from personavlog_embedded.render.noise import Field, fractal, smoothstep
from personavlog_embedded.render.outdoor_camera import OutdoorCamera
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.sky import sky

ROCK: Colour = (0.58, 0.55, 0.51)
RIM = 9.0
"""Metres from the ledge's middle to its rim."""


def summit(setting: Setting) -> list[Painted]:
    """The ledge, open on all sides."""
    view, unit, horizon = OutdoorCamera(setting, 3.0), setting.unit, setting.horizon
    layers = sky(setting, 0.5)
    layers.append(
        Painted(
            "far range",
            "far",
            0.95,
            ranges.mountains(setting, "summit far", horizon + unit * 0.06, unit * 0.2, 1.0, snow=0.8),
        )
    )
    layers.append(
        Painted(
            "range",
            "far",
            0.9,
            ranges.mountains(setting, "summit near", horizon + unit * 0.2, unit * 0.3, 0.72, (0.42, 0.50, 0.46), 0.25),
        )
    )
    layers.append(Painted("mist in the valley", "far", 0.84, _mist(view)))
    floor, things = _ledge(view), _cairn(view)
    shadows(floor.sheet, view, [things])
    layers.append(Painted("ledge", "ground", 0.52, floor.sheet))
    near = setting.sheet()
    vegetation.bushes(
        view,
        near,
        "juniper",
        [(-4.8, 6.0), (5.6, 7.0), (-6.5, 2.0), (5.0, -4.0), (-4.0, -5.0)],
        0.9,
        (0.32, 0.46, 0.30),
    )
    vegetation.turf(view, near, "summit", 260, (0.50, 0.56, 0.30), 0.12, 0.3, 40)
    floor.cut(near, np.asarray((1 - _land(floor)) * (floor.ahead > 6), np.float32))
    things.draw(near)
    layers.append(Painted("cairn and stones", "near", 0.34, near))
    wings = setting.sheet()
    birds(setting, wings, "summit birds", 4, (0.25, 0.26, 0.30))
    layers.append(Painted("birds", "near", 0.28, wings))
    return layers


def _mist(view: OutdoorCamera) -> Surface:
    """What fills the valley: a pale sea with a soft, billowing rim."""
    setting, light = view.setting, view.setting.light
    sheet, rng = setting.sheet(), setting.rng(f"valley mist {setting.angle}")
    rows = np.arange(setting.height, dtype=np.float32)[:, None]
    billow = (
        (fractal(rng, setting.height, setting.width, setting.unit * 0.16, 4, 0.55, 3.0) - 0.5) * setting.unit * 0.16
    )
    share = smoothstep(setting.horizon + setting.unit * 0.05, setting.horizon + setting.unit * 0.16, rows + billow)
    pale: Colour = mix(light.haze, light.cloud_lit, 0.55)
    tone = np.asarray(pale, np.float32) * (
        0.92 + 0.12 * fractal(rng, setting.height, setting.width, setting.unit * 0.1, 3, 0.5, 4.0)[..., None]
    )
    sheet.blend(tone, np.asarray(share, np.float32))
    return sheet


def _land(floor: GroundPlane) -> Field:
    """Mask of the ledge: it breaks off all around."""
    fray = (floor.grain("rim", 1.6, 4) - 0.5) * 2.2
    return smoothstep(-0.1, 0.1, np.asarray(RIM + fray - np.hypot(floor.x * 0.9, floor.z - 1.0), np.float32))


def _ledge(view: OutdoorCamera) -> GroundPlane:
    floor = GroundPlane(view, "ledge")
    floor.soil((0.56, 0.54, 0.50), (0.66, 0.62, 0.56), 0.7, 0.85)
    crack = floor.grain("cracks", 0.9, 5)
    floor.lay((0.40, 0.38, 0.36), np.asarray(smoothstep(0.05, 0.0, np.abs(crack - 0.5)) * 0.55, np.float32), 0.4)
    moss = floor.grain("moss", 1.8, 4)
    floor.lay((0.46, 0.54, 0.30), np.asarray(smoothstep(0.56, 0.7, moss) * 0.8, np.float32), 0.8)
    land = _land(floor)
    floor.lay(
        (0.36, 0.34, 0.33), np.asarray(smoothstep(0.9, 0.2, land) * smoothstep(0.0, 0.2, land) * 0.6, np.float32), 0.3
    )
    floor.cut(floor.sheet, 1 - land)
    return floor


def _cairn(view: OutdoorCamera) -> Masses:
    """A cairn, boulders and a wooden cross."""
    things, rng = Masses(view, "summit"), view.setting.rng("boulders")
    for at, size in (
        ((3.4, 6.6), 1.1),
        ((-5.2, 5.0), 0.9),
        ((-3.6, 7.6), 0.6),
        ((4.6, 3.8), 0.5),
        ((2.8, -4.6), 1.0),
        ((-3.6, -3.6), 0.7),
    ):
        low = 0.0
        for _ in range(5 if size > 1 else 2):
            wide, tall = size * float(rng.uniform(0.75, 1.1)), size * float(rng.uniform(0.26, 0.4))
            things.tower(at, wide * 0.55, tall, materials.stones(ROCK, 3.0, 0.2), base=low, top=wide * 0.42, sides=7)
            low, size = low + tall, size * 0.8
    wood = materials.boards((0.46, 0.36, 0.27), 0.2)
    things.box((-2.6, 6.9), (0.18, 3.0, 0.18), wood)
    things.box((-2.6, 6.9), (1.4, 0.18, 0.16), wood, base=2.2)
    return things
