"""What turns and rushes at a fairground: the big wheel, the carousel, the roller coaster."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.render import beams, materials
from personavlog_embedded.render.buildings import Masses
from personavlog_embedded.render.canvas import Colour, Surface, mix, scaled
from personavlog_embedded.render.outdoor_camera import OutdoorCamera

GAY: tuple[Colour, ...] = (
    (0.86, 0.30, 0.30),
    (0.95, 0.74, 0.28),
    (0.28, 0.56, 0.66),
    (0.90, 0.52, 0.62),
    (0.40, 0.62, 0.42),
    (0.52, 0.42, 0.70),
)
CREAM: Colour = (0.96, 0.92, 0.83)
STEEL: Colour = (0.86, 0.86, 0.90)
WHEEL = (-13.0, 58.0)
ROUND = (10.5, 25.0)
HUB, RADIUS = 13.0, 11.0


def striped(own: Colour, wide: float = 0.5) -> materials.Skin:
    """Cloth or boards in stripes ``wide`` metres across."""

    def paint(tile: Surface, face: materials.Facet) -> None:
        materials.plain(CREAM, 0.12)(tile, face)
        step = max(2.0, wide * face.metre)
        for number, x in enumerate(np.arange(0, tile.width, step)):
            if number % 2 == 0:
                tile.patch(
                    [(x, 0), (x + step, 0), (x + step, tile.height), (x, tile.height)],
                    face.colour(own),
                    face.colour(scaled(own, 0.82), face.lit * 0.85),
                )
        if face.light.weather == "snow" and face.lit > 0.6:
            tile.blend(materials.SNOW, 0.7)

    return paint


def carousel(view: OutdoorCamera, sheet: Surface) -> None:
    """A round platform with horses on poles under a striped tent roof."""
    x, z = ROUND
    if not view.visible(x, z, 6):
        return
    base, roof = Masses(view, "carousel"), Masses(view, "carousel roof")
    base.tower((x, z), 4.6, 0.5, striped(GAY[3], 0.8), sides=20)
    base.tower((x, z), 4.5, 0.02, materials.boards((0.66, 0.50, 0.36), 0.3), base=0.5, top=0.02, sides=20)
    base.tower((x, z), 1.2, 3.4, striped(GAY[1], 0.3), base=0.5, sides=12)
    base.draw(sheet)
    rng = view.setting.rng("horses")
    horses = [(a, x + 3.6 * np.cos(a), z + 3.6 * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 12)[:-1]]
    for angle, hx, hz in sorted(horses, key=lambda h: -view.far(h[1], h[2])):
        beams.strut(view, sheet, (hx, 0.5, hz), (hx, 4.0, hz), 0.07, (0.93, 0.78, 0.42), 0.9)
        _horse(
            view,
            sheet,
            (hx, 1.35 + 0.25 * float(np.sin(angle * 3)), hz),
            ((0.96, 0.94, 0.9), (0.46, 0.32, 0.24), (0.8, 0.74, 0.66))[int(rng.integers(3))],
            GAY[int(rng.integers(6))],
        )
    roof.tower((x, z), 5.1, 0.7, striped(GAY[0], 0.5), base=3.7, sides=20)
    roof.tower((x, z), 5.2, 2.6, striped(GAY[0], 0.8), base=4.4, top=0.1, sides=20)
    roof.draw(sheet)
    for a in np.linspace(0, 2 * np.pi, 25):
        if view.far(x + 5.1 * np.cos(a), z + 5.1 * np.sin(a)) < view.far(x, z) + 1:
            beams.glowing(
                view, sheet, (x + 5.1 * float(np.cos(a)), 3.75, z + 5.1 * float(np.sin(a))), 0.1, strength=0.4
            )
    beams.flag(view, sheet, (x, 7.8, z), (1.1, 0.5), GAY[1])


def _horse(view: OutdoorCamera, sheet: Surface, at: tuple[float, float, float], own: Colour, saddle: Colour) -> None:
    (x, y), m, light, depth = (
        view.ground(at[0], at[2], at[1]),
        view.scale(at[0], at[2]),
        view.setting.light,
        view.depth(view.far(at[0], at[2])),
    )
    lit = max(light.night * 0.9, 0.75)
    tone, dim = light.colour(own, lit, depth), light.colour(scaled(own, 0.75), 0.4, depth)
    for dx, bend in ((-0.42, -0.25), (-0.25, 0.05), (0.28, 0.3), (0.4, 0.05)):
        sheet.stroke(
            [(x + dx * m, y), (x + (dx + bend * 0.4) * m, y + 0.3 * m), (x + (dx + bend) * m, y + 0.5 * m)],
            dim,
            max(1, 0.09 * m),
        )
    sheet.ellipse(x, y - 0.05 * m, 0.52 * m, 0.22 * m, tone)
    sheet.polygon(
        [(x + 0.25 * m, y), (x + 0.42 * m, y - 0.62 * m), (x + 0.62 * m, y - 0.55 * m), (x + 0.5 * m, y + 0.02 * m)],
        tone,
    )
    sheet.ellipse(x + 0.62 * m, y - 0.56 * m, 0.2 * m, 0.1 * m, tone, 30)
    sheet.stroke([(x - 0.5 * m, y - 0.1 * m), (x - 0.66 * m, y + 0.25 * m)], dim, max(1, 0.08 * m))
    sheet.ellipse(x - 0.02 * m, y - 0.2 * m, 0.2 * m, 0.1 * m, light.colour(saddle, lit, depth))


def legs(view: OutdoorCamera, sheet: Surface) -> None:
    """What carries the big wheel."""
    x, z = WHEEL
    if view.visible(x, z, RADIUS):
        for way in (-1, 1):
            for deep in (-1.4, 1.4):
                beams.strut(view, sheet, (x + way * 6.5, 0, z + deep * 1.6), (x, HUB, z + deep * 0.4), 0.42, STEEL)


def wheel(view: OutdoorCamera, sheet: Surface) -> None:
    """The wheel alone: rims, spokes, gondolas; bulbs after dark. Its middle is its hub."""
    x, z = WHEEL
    if not view.visible(x, z, RADIUS + 2):
        return
    light, angles = view.setting.light, np.linspace(0, 2 * np.pi, 33)
    ring = [(x + RADIUS * float(np.cos(a)), HUB + RADIUS * float(np.sin(a))) for a in angles]
    for deep in (0.7, -0.7):
        for share in (1.0, 0.82):
            beams.chain(
                view,
                sheet,
                [(x + (a - x) * share, HUB + (b - HUB) * share, z + deep) for a, b in ring],
                0.2,
                STEEL,
                0.8,
            )
        for a, b in ring[:-1:2]:
            beams.strut(view, sheet, (x, HUB, z + deep), (a, b, z + deep), 0.11, STEEL, 0.7)
    for number, (a, b) in enumerate(ring[:-1:2]):
        px, py = view.ground(a, z, b)
        m, own, depth = view.scale(a, z), GAY[number % 6], view.depth(view.far(a, z))
        sheet.patch(
            [
                (px - 0.85 * m, py + 0.1 * m),
                (px + 0.85 * m, py + 0.1 * m),
                (px + 0.7 * m, py + 0.95 * m),
                (px - 0.7 * m, py + 0.95 * m),
            ],
            light.colour(own, 0.95, depth),
            light.colour(scaled(own, 0.75), 0.4, depth),
        )
        sheet.patch(
            [(px - 0.95 * m, py - 0.45 * m), (px, py - 0.95 * m), (px + 0.95 * m, py - 0.45 * m)],
            light.colour(CREAM, 0.95, depth),
            light.colour(own, 0.8, depth),
        )
        for dx in (-0.75, 0.75):
            sheet.stroke(
                [(px + dx * m, py - 0.45 * m), (px + dx * m, py + 0.15 * m)],
                light.colour(STEEL, 0.7, depth),
                max(1, 0.08 * m),
            )
    for number, (a, b) in enumerate(ring[:-1]):
        if light.dark:
            own = GAY[number % 6]
            beams.glowing(view, sheet, (a, b, z - 0.8), 0.14, mix(own, materials.LAMP, 0.5), 0.6)
    beams.ball(view, sheet, (x, HUB, z - 0.9), 0.9, GAY[0])


def coaster(view: OutdoorCamera, sheet: Surface) -> None:
    """Wooden hills of rails beyond the trees."""
    xs = np.linspace(6, 46, 42)
    tops = [(float(x), 4.5 + 5.5 * float(np.sin(x / 3.4) ** 2) * (1.25 - x / 60), 52.0) for x in xs]
    for number, (x, y, z) in enumerate(tops):
        if view.visible(x, z, 4):
            beams.strut(view, sheet, (x, 0, z), (x, y, z), 0.16, (0.80, 0.72, 0.62))
            if number % 2 and number + 1 < len(tops):
                beams.strut(
                    view,
                    sheet,
                    (x, 0.5, z),
                    (tops[number + 1][0], tops[number + 1][1] * 0.9, z),
                    0.09,
                    (0.72, 0.64, 0.55),
                )
    for lift in (0.0, 0.35):
        beams.chain(view, sheet, [(x, y + lift, z) for x, y, z in tops if view.visible(x, z, 5)], 0.18, GAY[0], 0.85)
