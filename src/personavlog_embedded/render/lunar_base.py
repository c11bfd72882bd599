"""What people built on the moon: domes, hatches, panels, an aerial, a rover."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from personavlog_embedded.render import beams, materials
from personavlog_embedded.render.buildings import Masses, facing
from personavlog_embedded.render.canvas import Colour, Surface, mix, scaled
from personavlog_embedded.render.outdoor_camera import OutdoorCamera

SHELL: Colour = (0.90, 0.90, 0.92)
GOLD: Colour = (0.92, 0.68, 0.26)
GLASS: Colour = (0.30, 0.52, 0.66)


def _panels(tile: Surface, face: materials.Facet) -> None:
    materials.plain(SHELL, 0.14)(tile, face)
    for x in np.linspace(0, tile.width, 5):
        tile.stroke([(x, 0), (x, tile.height)], face.colour(scaled(SHELL, 0.68)), 1)
    tile.rect(0, tile.height * 0.62, tile.width, tile.height * 0.7, face.colour((0.86, 0.44, 0.18)))
    if face.rng.random() < 0.4:
        w, h = tile.width, tile.height
        glow = mix(GLASS, (1.0, 0.9, 0.66), 0.75) if face.light.dark else mix(face.colour(GLASS), (0.8, 0.9, 1.0), 0.25)
        tile.ellipse(w / 2, h * 0.36, w * 0.26, h * 0.16, face.colour((0.4, 0.41, 0.45)))
        tile.ellipse(w / 2, h * 0.36, w * 0.2, h * 0.12, glow)


def _hatch(tile: Surface, face: materials.Facet) -> None:
    _panels(tile, face)
    w, h = tile.width, tile.height
    tile.patch(
        [(w * 0.28, h), (w * 0.28, h * 0.24), (w * 0.72, h * 0.24), (w * 0.72, h)],
        face.colour((0.52, 0.54, 0.58)),
        face.colour((0.34, 0.36, 0.4)),
    )
    tile.patch(
        [(w * 0.38, h * 0.32), (w * 0.62, h * 0.32), (w * 0.62, h * 0.5), (w * 0.38, h * 0.5)],
        (1.0, 0.86, 0.58) if face.light.dark else face.colour(GLASS),
        face.colour(GLASS),
    )
    tile.rect(w * 0.25, h * 0.18, w * 0.75, h * 0.23, (0.95, 0.6, 0.2))


def _dome(built: Masses, x: float, z: float, radius: float, skin: materials.Skin) -> None:
    rings = [(radius * float(np.cos(a)), radius * float(np.sin(a))) for a in np.linspace(0, 1.5, 5)]
    built.tower((x, z), radius, 1.3, _panels, sides=16)
    for (r0, h0), (r1, h1) in pairwise(rings):
        built.tower((x, z), r0, h1 - h0, skin, base=1.3 + h0 * 0.8, top=r1, sides=16)


def _glazed(tile: Surface, face: materials.Facet) -> None:
    """Triangles of glass; plants and lamps shine through."""
    own = (
        mix((1.0, 0.86, 0.55), (0.46, 0.66, 0.36), 0.45)
        if face.light.dark
        else face.colour(mix(GLASS, (0.42, 0.60, 0.40), 0.4))
    )
    tile.patch(
        [(0, 0), (tile.width, 0), (tile.width, tile.height), (0, tile.height)], mix(own, (0.85, 0.93, 1.0), 0.25), own
    )
    bar = face.colour(SHELL)
    for line in (
        [(0, 0), (tile.width, tile.height)],
        [(tile.width, 0), (0, tile.height)],
        [(0, 0), (tile.width, 0)],
        [(0, 0), (0, tile.height)],
    ):
        tile.stroke(line, bar, max(1, 0.05 * face.metre))


def base(view: OutdoorCamera) -> Masses:
    """Domes with hatches, a tunnel between two, solar panels."""
    built = Masses(view, "moon base")
    for x, z, radius, skin in (
        (-11.0, 26.0, 4.2, _glazed),
        (-2.5, 38.0, 5.0, _panels),
        (10.0, 36.0, 3.6, _glazed),
        (19.0, 18.0, 3.4, _panels),
        (-20.0, 14.0, 3.6, _panels),
        (7.5, -15.0, 4.0, _glazed),
        (-11.0, -12.0, 3.2, _panels),
    ):
        if view.visible(x, z, radius + 2):
            _dome(built, x, z, radius, skin)
            turn = facing(x, z)
            spot = (x - np.sin(turn) * (radius + 0.7), z - np.cos(turn) * (radius + 0.7))
            built.box((float(spot[0]), float(spot[1])), (2.3, 2.7, 2.2), _panels, front=_hatch, turn=turn)
    built.box((-6.4, 31.5), (7.5, 2.2, 2.0), _panels, turn=-0.95)
    for x, z in ((14.0, 27.0), (16.5, 27.5), (-16.0, 21.0)):
        built.box(
            (x, z),
            (2.0, 0.1, 1.4),
            materials.windows(
                materials.plain((0.16, 0.22, 0.42)), ((0.25, 0.5, 0.4, 0.8), (0.75, 0.5, 0.4, 0.8)), (0.75, 0.76, 0.8)
            ),
            base=1.1,
            turn=0.3,
        )
        built.box((x, z), (0.2, 1.1, 0.2), materials.plain((0.6, 0.6, 0.63)))
    return built


def dish(view: OutdoorCamera, sheet: Surface) -> None:
    """An aerial turned to the Earth."""
    x, z = 4.6, 33.0
    if not view.visible(x, z, 3):
        return
    beams.strut(view, sheet, (x - 0.8, 0, z), (x, 3.2, z), 0.16, (0.72, 0.72, 0.75))
    beams.strut(view, sheet, (x + 0.8, 0, z), (x, 3.2, z), 0.16, (0.72, 0.72, 0.75))
    (px, py), m, light = view.ground(x, z, 4.0), view.scale(x, z), view.setting.light
    sheet.ellipse(px, py, 1.7 * m, 1.3 * m, light.colour(SHELL, 0.9, 0.3), -24)
    sheet.ellipse(px + 0.12 * m, py - 0.08 * m, 1.45 * m, 1.05 * m, light.colour(scaled(SHELL, 0.75), 0.5, 0.3), -24)
    sheet.stroke([(px, py), (px + 1.0 * m, py - 1.1 * m)], light.colour(SHELL, 0.8), max(1, 0.08 * m))


def rover(view: OutdoorCamera, sheet: Surface, x: float, z: float, turn: float) -> None:
    """A six-wheeled car with a golden body, a mast and a panel."""
    if not view.visible(x, z, 2) or view.far(x, z) < 4:
        return
    body, cos, sin = Masses(view, f"rover {x}"), float(np.cos(turn)), float(np.sin(turn))

    def at(a: float, b: float) -> tuple[float, float]:
        return x + a * cos + b * sin, z + b * cos - a * sin

    wheels = sorted(((a, b) for a in (-1.1, 0.0, 1.1) for b in (-0.75, 0.75)), key=lambda ab: -view.far(*at(*ab)))
    for a, b in wheels[:3]:
        beams.ball(view, sheet, (at(a, b)[0], 0.34, at(a, b)[1]), 0.34, (0.30, 0.30, 0.33), 0.7)
    body.box(
        (x, z),
        (2.5, 0.5, 1.2),
        materials.plain(GOLD, 0.5),
        roof=materials.plain((0.22, 0.28, 0.46)),
        turn=turn,
        base=0.5,
    )
    body.box(
        at(0.8, 0),
        (0.8, 0.55, 1.0),
        materials.windows(materials.plain(SHELL), ((0.5, 0.5, 0.7, 0.5),)),
        turn=turn,
        base=1.0,
    )
    body.draw(sheet)
    for a, b in wheels[3:]:
        beams.ball(view, sheet, (at(a, b)[0], 0.34, at(a, b)[1]), 0.34, (0.34, 0.34, 0.37), 0.8)
        beams.ball(view, sheet, (at(a, b)[0], 0.34, at(a, b)[1]), 0.15, (0.7, 0.7, 0.74), 0.9)
    spot = at(-0.8, 0)
    beams.strut(view, sheet, (spot[0], 1.0, spot[1]), (spot[0], 2.2, spot[1]), 0.07, SHELL)
    beams.ball(view, sheet, (spot[0], 2.3, spot[1]), 0.2, SHELL)
    beams.glowing(view, sheet, (at(1.3, 0)[0], 0.8, at(1.3, 0)[1]), 0.08, (0.85, 0.95, 1.0))
