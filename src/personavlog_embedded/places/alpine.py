"""A mountain village: wooden chalets with balconies and flowers, a fountain, firs and peaks; deep in snow when it
snows."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render import beams, land, materials, plants, ranges, vegetation
from personavlog_embedded.render.buildings import Masses, shadows
from personavlog_embedded.render.canvas import Colour, Surface, mix, scaled
from personavlog_embedded.render.floors import GroundPlane
from personavlog_embedded.render.outdoor_camera import OutdoorCamera
from personavlog_embedded.render.setting import Painted, Setting
from personavlog_embedded.render.sky import sky

TIMBER: Colour = (0.50, 0.33, 0.21)
DARK: Colour = (0.38, 0.25, 0.17)
PLASTER: Colour = (0.92, 0.88, 0.80)
CHALETS = (
    (-11.5, 22.0, -0.62, 1.0),
    (9.8, 22.0, 0.46, 1.1),
    (-3.0, 40.0, -0.1, 1.0),
    (19.0, 12.5, 1.25, 1.0),
    (-18.0, 8.0, -1.35, 0.95),
    (-8.5, -12.0, 2.5, 1.0),
    (9.5, -13.0, 3.5, 1.05),
    (12.0, 44.0, 0.3, 1.0),
)
"""World x and z, turn and size."""


def alpine(setting: Setting) -> list[Painted]:
    """The village square between chalets under high peaks. Snow lies on roofs and firs at every hour; in a snowfall
    everywhere."""
    view, unit, horizon = OutdoorCamera(setting, 9.0), setting.unit, setting.horizon
    layers = sky(setting, 0.8)
    layers.append(
        Painted("peaks", "far", 0.92, ranges.mountains(setting, "peaks", horizon + 3, unit * 0.44, 0.9, snow=0.85))
    )
    slope = land.hills(setting, "slope", horizon + 4, unit * 0.17, 0.62, (0.86, 0.89, 0.93), 0.0)
    slope.over(land.treeline(setting, "firs", horizon + 3, unit * 0.13, 0.6, (0.24, 0.38, 0.32), pines=1.0))
    layers.append(Painted("slopes and firs", "mid", 0.74, slope))
    floor = _square(view)
    houses, small = _chalets(view), _small(view)
    shadows(floor.sheet, view, [houses, small])
    standing = setting.sheet()
    vegetation.trees(
        view,
        standing,
        "firs",
        [(-15, 26), (16, 29), (4.6, 33), (-20, 17), (23, 20), (-14, -6), (15.5, -4), (1.5, -17), (-19, -2), (-6.5, 36)],
        8.5,
        (0.22, 0.38, 0.30),
        1.0,
        floor.sheet,
    )
    houses.draw(standing)
    for number, (x, z, turn, size) in enumerate(CHALETS):
        _balcony(view, standing, number, (x, z, turn, size))
    floor.wet(layers, standing)
    layers.append(Painted("square", "ground", 0.5, floor.sheet))
    layers.append(Painted("chalets", "mid", 0.46, standing))
    plume = setting.sheet()
    for number, (x, z, _, size) in enumerate(CHALETS):
        if number % 2 == 0 and view.visible(x, z, 3):
            beams.smoke(view, plume, f"{number}", (x + 1.4 * size, 7.9 * size, z + 0.6), 5.0, 0.5)
    layers.append(Painted("smoke", "mid", 0.42, plume))
    near = setting.sheet()
    small.draw(near)
    _fountain(view, near)
    for x, z in ((-5.6, 10.2), (6.2, 13.2), (-5.4, -2.6), (6.0, -1.5)):
        beams.pool_of_light(view, floor.sheet, x, z, 3.4)
        beams.lamp_post(view, near, x, z, 3.1, (0.2, 0.18, 0.18))
    _drifts(view, near)
    layers.append(Painted("fountain and lamps", "near", 0.3, near))
    return layers


def _square(view: OutdoorCamera) -> GroundPlane:
    floor = GroundPlane(view, "alpine")
    floor.soil((0.90, 0.92, 0.96), (0.82, 0.87, 0.94), 1.4, 0.9)
    trodden = np.maximum(
        floor.track([(0.5, -22), (0, 4), (0.8, 18), (-1, 46)], 2.2, 0.7), floor.track([(0, 9), (-9, 14)], 1.2, 0.6)
    )
    trodden = np.maximum(trodden, floor.track([(0, 9), (9, 16)], 1.2, 0.6))
    floor.paved(
        (0.66, 0.64, 0.64),
        0.5,
        0.12,
        mask=np.asarray(np.clip(trodden * (0.35 + floor.grain("thaw", 1.1)), 0, 1), np.float32),
    )
    return floor


def _front(tile: Surface, face: materials.Facet) -> None:
    """Plaster below, dark boards above, windows with green shutters and a door."""
    w, h = tile.width, tile.height
    spots = (
        (0.2, 0.24, 0.12, 0.2),
        (0.5, 0.24, 0.14, 0.24),
        (0.8, 0.24, 0.12, 0.2),
        (0.2, 0.74, 0.12, 0.22),
        (0.8, 0.74, 0.12, 0.22),
    )
    materials.boards(TIMBER, 0.26, level=True)(tile, face)
    tile.patch([(0, h * 0.54), (w, h * 0.54), (w, h), (0, h)], face.colour(PLASTER), face.colour(scaled(PLASTER, 0.8)))
    materials.door(materials.windows(lambda *_: None, spots), 0.5, 0.13, 0.38, DARK)(tile, face)
    for x, y, wide, tall in spots:
        for way in (-1, 1):
            left = (x + way * wide * 0.86) * w
            tile.rect(
                left - wide * w * 0.24,
                (y - tall / 2) * h,
                left + wide * w * 0.24,
                (y + tall / 2) * h,
                face.colour((0.30, 0.42, 0.30)),
            )
    wreath = (0.5 * w, 0.71 * h, 0.036 * w)
    tile.ellipse(wreath[0], wreath[1], wreath[2], wreath[2], face.colour((0.22, 0.40, 0.24)))
    tile.ellipse(wreath[0], wreath[1], wreath[2] * 0.55, wreath[2] * 0.55, face.colour(DARK))


def _chalets(view: OutdoorCamera) -> Masses:
    houses = Masses(view, "chalets")
    side = materials.windows(
        materials.boards(TIMBER, 0.26, level=True),
        ((0.25, 0.28, 0.1, 0.18), (0.72, 0.28, 0.1, 0.18), (0.5, 0.75, 0.12, 0.18)),
    )
    for x, z, turn, size in CHALETS:
        if view.visible(x, z, 8):
            houses.gable(
                (x, z),
                (8.0 * size, 4.8 * size, 8.5 * size),
                2.5 * size,
                materials.boards(TIMBER, 0.26, level=True),
                materials.blanket,
                front=_front,
                side=side,
                turn=turn,
                eaves=1.0,
            )
            houses.box(
                (x + 1.4 * size, z + 0.6),
                (0.9, 2.2, 0.9),
                materials.stones((0.6, 0.56, 0.52), 0.3),
                roof=materials.blanket,
                turn=turn,
                base=5.6 * size,
            )
    houses.box((3.2, 58.0), (4.4, 10, 4.4), materials.windows(materials.plain(PLASTER), ((0.5, 0.22, 0.3, 0.12),)))
    houses.tower((3.2, 58.0), 3.0, 9.5, materials.tiles((0.45, 0.30, 0.28), 0.5), base=10, top=0.05, sides=8)
    return houses


def _balcony(view: OutdoorCamera, sheet: Surface, number: int, chalet: tuple[float, float, float, float]) -> None:
    """The rail before the upper windows, with flowers in boxes."""
    x, z, turn, size = chalet
    cos, sin, deep = float(np.cos(turn)), float(np.sin(turn)), -4.25 * size - 0.8
    if not view.visible(x, z, 4) or view.far(x + deep * sin, z + deep * cos) > view.far(x, z):
        return

    def at(across: float, high: float, out: float = 0.0) -> tuple[float, float, float]:
        return x + across * size * cos + (deep - out) * sin, high * size, z + (deep - out) * cos - across * size * sin

    plate = Masses(view, f"balcony {number}")
    plate.plate([at(-3.6, 3.35), at(3.6, 3.35), at(3.6, 2.3), at(-3.6, 2.3)], materials.boards(DARK, 0.2))
    plate.draw(sheet)
    beams.strut(view, sheet, at(-3.7, 3.42), at(3.7, 3.42), 0.14, DARK)
    rng = view.setting.rng(f"geraniums {number}")
    own: Colour = (0.86, 0.26, 0.30) if view.setting.light.weather != "snow" else materials.SNOW
    for _ in range(70):
        spot = at(float(rng.uniform(-3.4, 3.4)), float(rng.uniform(3.4, 3.75)), 0.1)
        px, py = view.ground(spot[0], spot[2], spot[1])
        dot = max(0.8, 0.09 * view.scale(spot[0], spot[2]))
        tone = mix((0.26, 0.42, 0.24), own, float(rng.random() < 0.55))
        sheet.ellipse(
            px,
            py,
            dot,
            dot * 0.8,
            view.setting.light.colour(tone, float(rng.uniform(0.4, 1)), view.depth(view.far(spot[0], spot[2]))),
        )


def _small(view: OutdoorCamera) -> Masses:
    """A trough, log piles and a sledge's bench."""
    small, logs = Masses(view, "small"), materials.boards((0.62, 0.46, 0.30), 0.16, level=True)
    for x, z, turn in ((-7.2, 15.0, -0.6), (12.8, 12.4, 0.9), (-10.5, 2.0, -1.2), (5.4, -6.5, 0.4)):
        small.box((x, z), (2.2, 1.0, 0.7), logs, roof=materials.blanket, turn=turn)
    for x, z, turn in ((4.6, 15.8, 0.3), (-6.6, -3.6, 0.4)):
        small.box((x, z), (1.7, 0.1, 0.5), materials.boards(TIMBER, 0.2), roof=materials.blanket, turn=turn, base=0.42)
        for dx in (-0.6, 0.6):
            small.box((x + dx, z), (0.14, 0.42, 0.4), materials.plain(DARK), turn=turn)
    return small


def _fountain(view: OutdoorCamera, sheet: Surface) -> None:
    """A log fountain with a spout."""
    trough = Masses(view, "trough")
    trough.box(
        (-6.2, 18.4),
        (2.6, 0.75, 0.9),
        materials.boards((0.48, 0.36, 0.27), 0.3, level=True),
        roof=materials.plain((0.45, 0.62, 0.68)),
        turn=0.15,
    )
    beams.strut(view, sheet, (-6.2, 0, 19.2), (-6.2, 1.9, 19.2), 0.3, TIMBER)
    trough.draw(sheet)
    if view.visible(-6.2, 19.2) and view.far(-6.2, 19.2) > 3:
        beams.strut(view, sheet, (-6.2, 1.35, 19.1), (-6.2, 1.3, 18.5), 0.08, DARK)
        beams.strut(view, sheet, (-6.2, 1.3, 18.45), (-6.2, 0.75, 18.4), 0.06, (0.86, 0.93, 0.97), 0.95)


def _drifts(view: OutdoorCamera, sheet: Surface) -> None:
    """Rounded heaps of snow at the edges of the way."""
    rng, light = view.setting.rng("drifts"), view.setting.light
    spots = [at for at in vegetation.scatter(view, "drifts", 60, (4.6, 15.0)) if abs(at[0]) > 3.4]
    for _, (x, z) in vegetation.in_view(view, spots, 1.5):
        (px, foot), size, depth = (
            view.ground(x, z),
            view.scale(x, z) * float(rng.uniform(0.4, 1.1)),
            view.depth(view.far(x, z)),
        )
        ts = np.linspace(np.pi, 0, 15)
        heap = [(px + size * np.cos(t), foot - size * 0.3 * np.sin(t) ** 1.5) for t in ts]
        sheet.patch(
            [*heap, (px + size * 0.6, foot + size * 0.06), (px - size * 0.6, foot + size * 0.06)],
            light.colour(plants.SNOW, 0.9, depth),
            light.colour(scaled(plants.SNOW, 0.93), 0.45, depth),
        )
