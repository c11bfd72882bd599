"""Cars, vans and buses in metres."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from personavlog_embedded.render import materials
from personavlog_embedded.render.buildings import Masses
from personavlog_embedded.render.canvas import Colour, Surface, mix, scaled
from personavlog_embedded.render.outdoor_camera import OutdoorCamera

PAINTS: tuple[Colour, ...] = (
    (0.82, 0.26, 0.22),
    (0.93, 0.92, 0.90),
    (0.26, 0.42, 0.60),
    (0.95, 0.76, 0.24),
    (0.36, 0.38, 0.42),
    (0.42, 0.60, 0.56),
)
GLASS: Colour = (0.24, 0.32, 0.38)
At = Callable[[float, float, float], tuple[float, float, float]]
"""World point of a vehicle's own side, height and length."""


def _body(own: Colour, back: bool) -> materials.Skin:
    """A car's end: bumper, plate and lamps, burning after dark."""

    def paint(tile: Surface, face: materials.Facet) -> None:
        materials.plain(own, 0.06)(tile, face)
        w, h = tile.width, tile.height
        tile.rect(0, h * 0.72, w, h, face.colour(scaled(own, 0.45)))
        lamp: Colour = (0.92, 0.16, 0.12) if back else (1.0, 0.95, 0.8)
        for x in (0.12, 0.88):
            tone = lamp if face.light.dark else face.colour(mix(lamp, own, 0.3), 0.9)
            tile.ellipse(w * x, h * 0.4, w * 0.075, h * 0.15, tone)
        tile.rect(w * 0.38, h * 0.74, w * 0.62, h * 0.88, face.colour((0.9, 0.9, 0.86)))
        tile.rect(w * 0.24, h * 0.3, w * 0.76, h * 0.5, face.colour(scaled(own, 0.5 if not back else 0.85)))

    return paint


def car(view: OutdoorCamera, sheet: Surface, spot: tuple[float, float, float], own: Colour, taxi: bool = False) -> None:
    """A small car at world x, z, its nose towards -z before it is turned."""
    x, z, turn = spot
    if not view.visible(x, z, 2.5) or view.far(x, z) < 4.5:
        return
    body, cos, sin = Masses(view, f"car {x} {z}"), float(np.cos(turn)), float(np.sin(turn))

    def at(side: float, up: float, along: float) -> tuple[float, float, float]:
        return x + side * cos + along * sin, up, z + along * cos - side * sin

    _wheels(view, sheet, at, ((-1.35, 1.3), 0.82, 0.33), far=True)
    body.box(
        (x, z),
        (1.72, 0.62, 4.1),
        materials.plain(own, 0.08, 0.7),
        roof=materials.plain(own, 0.05),
        front=_body(own, False),
        turn=turn,
        base=0.3,
    )
    body.plate(
        [at(0.86, 0.92, 2.06), at(-0.86, 0.92, 2.06), at(-0.86, 0.3, 2.06), at(0.86, 0.3, 2.06)],
        _body(own, True),
        closed=True,
    )
    body.draw(sheet)
    cabin, glass = (
        Masses(view, f"cabin {x} {z}"),
        materials.windows(materials.plain(scaled(own, 0.9), 0.05), ((0.5, 0.5, 0.82, 0.7),), scaled(own, 0.8)),
    )
    low, high = (
        [at(s, 0.92, a) for s, a in ((-0.84, -1.0), (0.84, -1.0), (0.84, 1.6), (-0.84, 1.6))],
        [at(s, 1.46, a) for s, a in ((-0.66, -0.3), (0.66, -0.3), (0.66, 1.1), (-0.66, 1.1))],
    )
    for number in range(4):
        after = (number + 1) % 4
        cabin.plate(
            [high[number], high[after], low[after], low[number]],
            _glazing(own) if number % 2 == 0 else glass,
            closed=True,
        )
    cabin.plate([high[3], high[2], high[1], high[0]], materials.plain(own, 0.05), 0.25)
    if taxi:
        cabin.box(
            (at(0, 0, 0.4)[0], at(0, 0, 0.4)[2]),
            (0.6, 0.18, 0.2),
            materials.plain((1.0, 0.9, 0.5)),
            turn=turn,
            base=1.47,
        )
    cabin.draw(sheet)
    _wheels(view, sheet, at, ((-1.35, 1.3), 0.82, 0.33), far=False)


def _glazing(own: Colour) -> materials.Skin:
    def paint(tile: Surface, face: materials.Facet) -> None:
        w, h = tile.width, tile.height
        materials.plain(own, 0.05)(tile, face)
        tile.patch(
            [(w * 0.07, h * 0.1), (w * 0.93, h * 0.1), (w * 0.96, h), (w * 0.04, h)],
            mix(face.light.sky[1], face.colour(GLASS), 0.45),
            face.colour(GLASS, 0.4),
        )
        tile.patch(
            [(w * 0.2, h), (w * 0.45, h * 0.1), (w * 0.58, h * 0.1), (w * 0.36, h)], face.light.sky[2], alpha=0.35
        )

    return paint


def _wheels(
    view: OutdoorCamera, sheet: Surface, at: At, axles: tuple[tuple[float, float], float, float], far: bool
) -> None:
    """Both wheels of the side that is ``far`` from the viewer, or of the near one."""
    (front, back), half, radius = axles
    left, right = at(-half, 0, 0), at(half, 0, 0)
    nearer = -half if view.far(left[0], left[2]) < view.far(right[0], right[2]) else half
    light, ring = view.setting.light, np.linspace(0, 2 * np.pi, 15)[:-1]
    for along in (front, back):
        side = -nearer if far else nearer * 1.04
        for size, own in (
            (radius, (0.10, 0.10, 0.11)),
            (radius * 0.58, (0.66, 0.67, 0.70)),
            (radius * 0.2, (0.3, 0.3, 0.32)),
        ):
            points = [at(side, radius + size * float(np.sin(a)), along + size * float(np.cos(a))) for a in ring]
            if min(view.far(p[0], p[2]) for p in points) > 1.5:
                sheet.polygon(view.px(points), light.colour(own, 0.6, view.depth(view.far(points[0][0], points[0][2]))))


def van(
    view: OutdoorCamera,
    sheet: Surface,
    spot: tuple[float, float, float],
    own: Colour,
    long: float = 4.6,
    tall: float = 2.0,
) -> None:
    """A camper van, or with other measures a bus: two colours, a row of windows, round lamps."""
    x, z, turn = spot
    if not view.visible(x, z, long) or view.far(x, z) < 5:
        return
    body, cos, sin, cream = Masses(view, f"van {x} {z}"), float(np.cos(turn)), float(np.sin(turn)), (0.95, 0.92, 0.84)

    def at(side: float, up: float, along: float) -> tuple[float, float, float]:
        return x + side * cos + along * sin, up, z + along * cos - side * sin

    def flank(tile: Surface, face: materials.Facet) -> None:
        materials.plain(cream, 0.08)(tile, face)
        w, h = tile.width, tile.height
        tile.patch([(0, h * 0.52), (w, h * 0.52), (w, h), (0, h)], face.colour(own), face.colour(scaled(own, 0.75)))
        tile.rect(0, h * 0.5, w, h * 0.54, face.colour((0.88, 0.88, 0.9)))
        count = max(3, round(long / 1.3))
        materials.windows(
            lambda *_: None,
            tuple(((n + 0.5) / count, 0.28, 0.74 / count, 0.3) for n in range(count)),
            (0.85, 0.86, 0.86),
        )(tile, face)

    def nose(tile: Surface, face: materials.Facet) -> None:
        flank(tile, face)
        w, h = tile.width, tile.height
        tile.patch(
            [(w * 0.08, h * 0.08), (w * 0.92, h * 0.08), (w * 0.92, h * 0.47), (w * 0.08, h * 0.47)],
            mix(face.light.sky[1], face.colour(GLASS), 0.5),
            face.colour(GLASS, 0.4),
        )
        for at_x in (0.2, 0.8):
            tile.ellipse(w * at_x, h * 0.7, w * 0.1, w * 0.1, face.colour((0.9, 0.9, 0.9)))
            tile.ellipse(
                w * at_x,
                h * 0.7,
                w * 0.07,
                w * 0.07,
                (1.0, 0.94, 0.74) if face.light.dark else face.colour((0.95, 0.95, 0.92)),
            )
        tile.rect(0, h * 0.88, w, h * 0.96, face.colour((0.75, 0.76, 0.78)))

    axles = ((-long * 0.31, long * 0.3), 0.86, 0.36)
    _wheels(view, sheet, at, axles, far=True)
    body.box(
        (x, z), (1.85, tall - 0.35, long), flank, roof=materials.plain(cream, 0.1), front=nose, turn=turn, base=0.35
    )
    body.draw(sheet)
    _wheels(view, sheet, at, axles, far=False)


def parked(view: OutdoorCamera, spots: Sequence[tuple[float, float, float]]) -> Masses:
    """What throws the vehicles' shadows: nothing to see."""
    shades = Masses(view, "parked")
    for x, z, turn in spots:
        if view.visible(x, z, 3) and view.far(x, z) > 5:
            cos, sin = float(np.cos(turn)), float(np.sin(turn))
            corners = ((-0.9, -2.1), (0.9, -2.1), (0.9, 2.1), (-0.9, 2.1))
            shades.shade([(x + a * cos + b * sin, z + b * cos - a * sin) for a, b in corners], 1.2)
    return shades
