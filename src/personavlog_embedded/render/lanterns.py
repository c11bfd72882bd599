"""Paper lanterns after dark: rising in the sky, floating on water with their mirror images, hung on a line."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from personavlog_embedded.render.beams import Point
from personavlog_embedded.render.canvas import Colour, Surface, mix, scaled
from personavlog_embedded.render.outdoor_camera import NEAREST, OutdoorCamera

PAPER: Colour = (1.0, 0.72, 0.36)
HEART: Colour = (1.0, 0.93, 0.70)
REDS: tuple[Colour, ...] = ((0.93, 0.30, 0.20), (0.98, 0.62, 0.24), (0.96, 0.80, 0.50))


def rising(view: OutdoorCamera, sheet: Surface, count: int = 34) -> None:
    """Sky lanterns, far ones small and high."""
    setting = view.setting
    rng = setting.rng(f"sky lanterns {setting.angle}")
    for share in np.sort(rng.random(count)):
        size = setting.unit * (0.005 + 0.022 * share**3)
        x, y = rng.uniform(0, setting.width), setting.horizon * (0.9 - 0.82 * rng.random() ** (0.7 + share))
        _paper(view, sheet, x, y, size, PAPER, taper=-0.18)


def afloat(view: OutdoorCamera, sheet: Surface, near: float, far: float, count: int = 46) -> None:
    """Lanterns on the water between two distances ahead, metres, each with its light on the water below it."""
    setting = view.setting
    rng = setting.rng(f"water lanterns {setting.angle}")
    for distance in np.sort(near * (far / near) ** rng.random(count))[::-1]:
        metre = view.focal / float(distance)
        x, y = rng.uniform(0, setting.width), setting.horizon + view.eye * metre
        size = 0.16 * metre
        for step, strength in ((1.0, 0.5), (2.2, 0.28), (3.6, 0.14)):
            sheet.glow(x, y + size * step, max(3.0, size * (1.2 + 0.5 * step)), PAPER, strength)
        sheet.rect(x - size * 0.8, y, x + size * 0.8, y + size * 0.14, scaled(PAPER, 0.4))
        _paper(view, sheet, x, y - size, size, PAPER, taper=0.1)


def hung(
    view: OutdoorCamera, sheet: Surface, start: Point, end: Point, count: int, sag: float = 0.5, radius: float = 0.16
) -> None:
    """Lanterns on a line between two world points that hangs through by ``sag`` metres; dark paper by day."""
    a, b = np.asarray(start), np.asarray(end)
    shares = np.linspace(0, 1, count + 2)
    points = [a + (b - a) * t - np.array([0, sag * 4 * t * (1 - t), 0]) for t in shares]
    seen = view.seen(points)
    if seen[:, 2].min() < NEAREST:
        return
    px = view.projected(seen)
    sheet.stroke(
        px, view.setting.light.colour((0.2, 0.17, 0.15), 0.3), max(1, 0.02 * view.focal / float(seen[:, 2].mean()))
    )
    order = sorted(range(1, count + 1), key=lambda number: -float(seen[number, 2]))
    for number in order:
        size = radius * view.focal / float(seen[number, 2])
        _paper(
            view, sheet, float(px[number, 0]), float(px[number, 1]) + size, size, REDS[number % len(REDS)], round_=True
        )


def _paper(
    view: OutdoorCamera,
    sheet: Surface,
    x: float,
    y: float,
    size: float,
    own: Colour,
    taper: float = 0.0,
    round_: bool = False,
) -> None:
    """One lantern of half width ``size`` px around a point; burning after dark."""
    light = view.setting.light
    if light.dark:
        sheet.glow(x, y, max(4.0, size * 4.2), mix(own, PAPER, 0.5), 0.55 if light.night else 0.4)
    upper, lower = (
        (mix(own, HEART, 0.25), mix(own, HEART, 0.7))
        if light.dark
        else (light.colour(own, 1.0), light.colour(own, 0.5))
    )
    if round_:
        sheet.ellipse(x, y, size, size * 1.1, upper)
        sheet.ellipse(x, y + size * 0.2, size * 0.62, size * 0.7, lower)
        for way in (-1.05, 0.95):
            sheet.rect(
                x - size * 0.4,
                y + size * way,
                x + size * 0.4,
                y + size * (way + 0.18),
                light.colour((0.3, 0.18, 0.1), 0.5),
            )
        return
    top, foot = size * (1 - taper), size * (1 + taper)
    sheet.patch(_quad(x, y, top, foot, size * 1.25), upper, lower)


def _quad(x: float, y: float, top: float, foot: float, half: float) -> Sequence[tuple[float, float]]:
    return [(x - top, y - half), (x + top, y - half), (x + foot, y + half), (x - foot, y + half)]
