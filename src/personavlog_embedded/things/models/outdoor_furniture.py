"""Furniture, camp and what else stands on the ground."""

from __future__ import annotations

from math import cos, pi, sin

from personavlog_embedded.render.canvas import Colour, scaled
from personavlog_embedded.things.models.model import rgb, thing
from personavlog_embedded.things.models.solid import Solid, ball, board, box, lathe, round_outline, sheet, tube

WOOD, IRON, TYRE, CHROME, PANE, CREAM, LAMP = (
    rgb("9a6b42"),
    rgb("41474b"),
    rgb("2e2f33"),
    rgb("a9aeb2"),
    rgb("9cc0cc"),
    rgb("efe5cf"),
    rgb("ffe7ae"),
)


def _post(x: float, z: float, low: float, high: float, thick: float, colour: Colour) -> Solid:
    return box((x, low, z), (thick, high - low, thick), colour)


@thing("chair")
def chair(main: Colour) -> list[Solid]:
    """A wooden chair."""
    legs = [_post(x, 0.19, 0, 0.44, 0.04, main) for x in (-0.19, 0.19)] + [
        _post(x, -0.19, 0, 0.9, 0.04, main) for x in (-0.19, 0.19)
    ]
    rails = [box((0, y, -0.19), (0.36, 0.07, 0.025), scaled(main, 0.92)) for y in (0.58, 0.7, 0.82)]
    return [
        *legs,
        box((0, 0.43, 0), (0.44, 0.04, 0.43), scaled(main, 1.08)),
        *rails,
        box((0, 0.18, 0.19), (0.36, 0.03, 0.02), main),
    ]


@thing("bench")
def bench(main: Colour) -> list[Solid]:
    """A park bench of slats."""
    frames = [
        part
        for x in (-0.62, 0.62)
        for part in (
            _post(x, 0.2, 0, 0.42, 0.045, IRON),
            _post(x, -0.2, 0, 0.82, 0.045, IRON),
            box((x, 0.38, 0), (0.045, 0.04, 0.42), IRON),
            box((x, 0.6, 0.02), (0.05, 0.035, 0.4), IRON),
        )
    ]
    slats = [
        box((0, 0.42, z), (1.5, 0.03, 0.085), scaled(main, 0.94 + 0.04 * k))
        for k, z in enumerate((-0.13, -0.03, 0.07, 0.17))
    ]
    back = [
        box((0, y, -0.19), (1.5, 0.085, 0.03), scaled(main, 0.9 + 0.05 * k)) for k, y in enumerate((0.53, 0.64, 0.75))
    ]
    return [*frames, *slats, *back]


@thing("table")
def table(main: Colour) -> list[Solid]:
    """A wooden table."""
    legs = [_post(x, z, 0, 0.7, 0.06, scaled(main, 0.85)) for x in (-0.5, 0.5) for z in (-0.27, 0.27)]
    return [*legs, box((0, 0.62, 0), (1.04, 0.08, 0.56), scaled(main, 0.9)), box((0, 0.7, 0), (1.2, 0.04, 0.7), main)]


@thing("stool")
def stool(main: Colour) -> list[Solid]:
    """A round stool."""
    legs = [
        tube(
            [(0.1 * cos(a), 0.44, 0.1 * sin(a)), (0.19 * cos(a), 0.0, 0.19 * sin(a))],
            [0.022, 0.018],
            scaled(main, 0.85),
            8,
        )
        for a in (0.5, 2.1, 3.7, 5.3)
    ]
    return [*legs, lathe([(0.16, 0.43), (0.18, 0.445), (0.17, 0.48)], main)]


@thing("sofa")
def sofa(main: Colour) -> list[Solid]:
    """A soft sofa."""
    arms = [board(round_outline(0.22, 0.6, 0.1, (x, 0.32)), 0.8, main) for x in (-0.82, 0.82)]
    seat = [board(round_outline(0.7, 0.2, 0.07, (x, 0.36)), 0.66, scaled(main, 1.1), 0.06) for x in (-0.36, 0.36)]
    back = [board(round_outline(0.72, 0.5, 0.12, (x, 0.62)), 0.24, scaled(main, 1.04), -0.28) for x in (-0.36, 0.36)]
    return [
        box((0, 0.05, 0), (1.6, 0.24, 0.78), scaled(main, 0.85)),
        *back,
        *seat,
        *arms,
        board(round_outline(0.36, 0.34, 0.1, (0.42, 0.6)), 0.12, rgb("d9a24a"), -0.06),
    ]


@thing("ladder")
def ladder(main: Colour) -> list[Solid]:
    """A ladder leaning back."""
    rails = [box((x, 0, 0), (0.05, 2.0, 0.05), main) for x in (-0.2, 0.2)]
    rungs = [box((0, 0.25 + 0.28 * k, 0), (0.4, 0.04, 0.04), scaled(main, 0.9)) for k in range(6)]
    return [part.turned("x", -12) for part in (*rails, *rungs)]


@thing("tent")
def tent(main: Colour) -> list[Solid]:
    """A ridge tent with an open flap."""
    back, front = -1.0, 1.0
    sides = [
        sheet(
            [(s * 1.05, 0, front), (0, 1.35, front), (0, 1.35, back), (s * 1.05, 0, back)],
            scaled(main, 1.0 if s > 0 else 0.9),
        )
        for s in (-1, 1)
    ]
    dark = sheet([(-0.95, 0, front - 0.04), (0, 1.25, front - 0.04), (0.95, 0, front - 0.04)], rgb("463626"))
    flaps = [
        sheet([(s * 1.05, 0, front), (0, 1.35, front), (s * 0.42, 0, front + 0.12)], scaled(main, 1.1)) for s in (-1, 1)
    ]
    ropes = [
        tube([(0, 1.35, front), (0, 0, front + 0.9)], 0.012, CREAM, 6),
        *(tube([(s * 0.55, 0.65, z), (s * 1.5, 0, z)], 0.01, CREAM, 6) for s in (-1, 1) for z in (front, back)),
    ]
    return [*sides, dark, *flaps, *ropes, tube([(0, 0, front - 0.02), (0, 1.4, front - 0.02)], 0.025, WOOD, 8)]


@thing("campfire")
def campfire(main: Colour) -> list[Solid]:
    """A fire between stones."""
    stones = [
        ball((0.36 * cos(a), 0.05, 0.36 * sin(a)), (0.1, 0.075, 0.09), scaled(rgb("8a857d"), 0.85 + 0.05 * (k % 4)), 10)
        for k, a in enumerate(2 * pi * j / 11 for j in range(11))
    ]
    sticks = [
        tube(
            [(0.27 * cos(a), 0.04, 0.27 * sin(a)), (-0.03 * cos(a), 0.3, -0.03 * sin(a))],
            [0.045, 0.035],
            rgb("5d4030"),
            8,
        )
        for a in (0.3, 1.6, 2.9, 4.2, 5.4)
    ]

    def flame(x: float, z: float, size: float, colour: Colour) -> Solid:
        knots = [
            (x, 0.08, z),
            (x + 0.05 * size, 0.22 * size + 0.05, z),
            (x - 0.05 * size, 0.5 * size + 0.05, z),
            (x + 0.03 * size, 0.85 * size + 0.05, z),
        ]
        return tube(knots, [0.1 * size, 0.17 * size, 0.1 * size, 0.004], colour).but(glow=1.0)

    flames = [
        flame(-0.1, 0, 0.6, main),
        flame(0.11, 0.02, 0.66, main),
        flame(0, 0.05, 0.9, scaled(main, 1.05)),
        flame(0.0, 0.16, 0.55, rgb("fbc54e")),
        flame(0.02, 0.22, 0.3, rgb("fff0b5")),
    ]
    return [*stones, *sticks, *flames]


@thing("postbox")
def postbox(main: Colour) -> list[Solid]:
    """A pillar box."""
    body = lathe(
        [(0.24, 0.0), (0.24, 0.12), (0.22, 0.13), (0.22, 1.15), (0.25, 1.2), (0.25, 1.26), (0.12, 1.36), (0.001, 1.4)],
        main,
    ).but(gloss=0.4)
    return [
        body,
        box((0, 1.0, 0.2), (0.22, 0.05, 0.04), rgb("2c2220")),
        box((0, 0.72, 0.21), (0.16, 0.16, 0.02), CREAM),
    ]


@thing("snowman")
def snowman(main: Colour) -> list[Solid]:
    """A snowman with a scarf."""
    parts = [ball((0, y, 0), r, main, 24) for y, r in ((0.4, 0.42), (0.98, 0.3), (1.42, 0.21))]
    coal = [
        ball((x, y, z), 0.026, rgb("2c2826"))
        for x, y, z in ((-0.07, 1.49, 0.18), (0.07, 1.49, 0.18), (0, 1.05, 0.29), (0, 0.92, 0.295))
    ]
    nose = lathe([(0.035, 0), (0.001, 0.2)], rgb("e08a3c"), sides=12).turned("x", 90).moved(y=1.42, z=0.19)
    arms = [
        tube(
            [(s * 0.26, 1.05, 0), (s * 0.55, 1.25, 0.05), (s * 0.68, 1.42, 0.05)],
            [0.022, 0.016, 0.008],
            rgb("5a4030"),
            7,
        )
        for s in (-1, 1)
    ]
    scarf = [
        lathe([(0.23, 1.2), (0.25, 1.25), (0.22, 1.3)], rgb("b8433c"), bent=True),
        tube([(0.12, 1.22, 0.2), (0.15, 1.0, 0.28), (0.16, 0.86, 0.28)], 0.05, rgb("b8433c"), flat=0.4),
    ]
    return [
        *parts,
        *scarf,
        *arms,
        *coal,
        nose,
        lathe([(0.21, 1.58), (0.21, 1.6), (0.14, 1.605), (0.14, 1.82)], rgb("3a3634")),
    ]


@thing("barrel")
def barrel(main: Colour) -> list[Solid]:
    """A barrel."""
    hoops = [
        lathe([(r, y), (r, y + 0.05)], IRON).but(lids=(), lift=2.0)
        for r, y in ((0.285, 0.12), (0.315, 0.5), (0.285, 0.75))
    ]
    return [lathe([(0.26, 0.0), (0.31, 0.3), (0.31, 0.6), (0.26, 0.9)], main, bent=True), *hoops]
