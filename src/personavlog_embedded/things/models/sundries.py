"""Small things of daily work, sport and sweet stalls."""

from __future__ import annotations

from math import cos, pi, sin

from personavlog_embedded.render.canvas import Colour, scaled
from personavlog_embedded.things.models.model import rgb, thing
from personavlog_embedded.things.models.solid import (
    Solid,
    ball,
    board,
    box,
    disc,
    lathe,
    round_outline,
    sheet,
    shell,
    tube,
)

IRON, STEEL, WOOD, CREAM, CORD = rgb("3c4145"), rgb("a4a9ad"), rgb("9a6b42"), rgb("efe5cf"), rgb("e8e2d4")


@thing("watering can")
def watering_can(main: Colour) -> list[Solid]:
    """A can with a long spout and a rose."""
    spout = tube([(0.1, 0.06, 0), (0.24, 0.2, 0), (0.32, 0.3, 0)], [0.03, 0.02, 0.016], main)
    handle = tube(
        [(-0.11, 0.06, 0), (-0.2, 0.14, 0), (-0.16, 0.27, 0), (0.04, 0.29, 0), (0.1, 0.22, 0)], 0.012, scaled(main, 0.8)
    )
    rose = lathe([(0.02, 0.0), (0.045, 0.04)], scaled(main, 1.1), sides=14).turned("z", -42).moved(x=0.32, y=0.3)
    return [
        shell([(0.12, 0.0), (0.12, 0.2), (0.09, 0.23)], main, bent=False),
        lathe([(0.12, 0.0), (0.12, 0.005)], scaled(main, 0.8)),
        spout,
        handle,
        rose,
    ]


@thing("fishing rod")
def fishing_rod(main: Colour) -> list[Solid]:
    """A rod with a reel, line and float."""
    rod = tube([(0, 0, 0), (0, 1.0, 0), (0.05, 1.7, 0), (0.16, 2.1, 0)], [0.016, 0.011, 0.007, 0.003], main, 8)
    line = tube([(0.16, 2.1, 0), (0.3, 1.4, 0), (0.34, 0.55, 0)], 0.003, CORD, 5)
    return [
        rod,
        line,
        ball((0.34, 0.5, 0), (0.025, 0.05, 0.025), rgb("d04a3c")),
        lathe([(0.04, -0.02), (0.04, 0.02)], STEEL, sides=14).turned("x", 90).moved(y=0.36, z=0.04),
    ]


@thing("seed packet")
def seed_packet(main: Colour) -> list[Solid]:
    """A paper packet with a picture of what it grows into."""
    flower = [
        disc((0.022 * cos(a), 0.085 + 0.022 * sin(a), 0.006), 0.015, rgb("d8566a"), "z", 0.5)
        for a in (0, 1.26, 2.51, 3.77, 5.03)
    ]
    stem = sheet(
        [(-0.003, 0.02, 0.0055), (0.003, 0.02, 0.0055), (0.003, 0.08, 0.0055), (-0.003, 0.08, 0.0055)],
        rgb("5f8f47"),
        0.4,
    )
    return [
        board(round_outline(0.085, 0.13, 0.004, (0, 0.065)), 0.008, main),
        stem,
        *flower,
        disc((0, 0.085, 0.0065), 0.011, rgb("f0c040"), "z", 0.8),
    ]


@thing("flour sack")
def flour_sack(main: Colour) -> list[Solid]:
    """A full sack tied at its neck."""
    body = lathe([(0.16, 0.0), (0.2, 0.08), (0.19, 0.3), (0.09, 0.42), (0.05, 0.45), (0.09, 0.54)], main, bent=True)
    return [
        body,
        lathe([(0.056, 0.44), (0.056, 0.465)], rgb("8a6a3a")),
        board(round_outline(0.16, 0.12, 0.02, (0, 0.2)), 0.004, scaled(main, 0.82), 0.185),
    ]


@thing("dumbbells")
def dumbbells(main: Colour) -> list[Solid]:
    """Two dumbbells side by side."""
    one = [
        lathe([(r, y), (r, y + t)], c, sides=18).turned("z", 90).moved(y=0.07)
        for r, y, t, c in ((0.018, -0.09, 0.18, STEEL), (0.07, -0.15, 0.06, main), (0.07, 0.09, 0.06, main))
    ]
    return [part.moved(z=z) for z in (-0.1, 0.1) for part in one]


@thing("mat")
def mat(main: Colour) -> list[Solid]:
    """A rolled-out mat with one end still rolled."""
    return [
        box((0, 0, 0), (1.6, 0.012, 0.6), main),
        lathe([(0.07, -0.3), (0.07, 0.3)], scaled(main, 0.85), sides=18).turned("x", 90).moved(x=-0.8, y=0.07),
    ]


@thing("candy floss")
def candy_floss(main: Colour) -> list[Solid]:
    """Spun sugar on a stick."""
    puffs = [
        ball(
            (0.045 * cos(a), 0.27 + 0.05 * sin(1.7 * a), 0.045 * sin(a)), 0.07, scaled(main, 0.94 + 0.03 * (k % 4)), 14
        )
        for k, a in enumerate(2 * pi * j / 9 for j in range(9))
    ]
    return [tube([(0, 0, 0), (0, 0.24, 0)], 0.006, CREAM, 6), *puffs, ball((0, 0.35, 0), 0.06, scaled(main, 1.06), 14)]


@thing("race number")
def race_number(main: Colour) -> list[Solid]:
    """A runner's number on its cloth."""
    strokes = [
        box((x, y, 0.005), (w, h, 0.002), rgb("2c3038"))
        for x, y, w, h in (
            (-0.06, 0.05, 0.014, 0.08),
            (0.0, 0.05, 0.04, 0.014),
            (0.0, 0.083, 0.04, 0.014),
            (0.0, 0.116, 0.04, 0.014),
            (0.06, 0.05, 0.014, 0.08),
        )
    ]
    return [
        board(round_outline(0.22, 0.18, 0.008, (0, 0.09)), 0.004, main),
        board(round_outline(0.22, 0.03, 0.004, (0, 0.165)), 0.004, rgb("c0473c"), 0.002),
        *strokes,
    ]


@thing("harmonica")
def harmonica(main: Colour) -> list[Solid]:
    """A mouth organ."""
    holes = [box((-0.045 + 0.0115 * k, 0.009, 0.0135), (0.006, 0.009, 0.002), rgb("2a2624")) for k in range(9)]
    return [
        box((0, 0, 0), (0.12, 0.026, 0.026), main).but(gloss=0.8),
        box((0, 0.008, 0.012), (0.112, 0.011, 0.003), rgb("7a3a2c")),
        *holes,
    ]


@thing("button")
def button(main: Colour) -> list[Solid]:
    """A large push button on a box."""
    return [
        box((0, 0, 0), (0.2, 0.09, 0.2), rgb("d9c25c")),
        lathe([(0.08, 0.09), (0.08, 0.1)], IRON),
        lathe([(0.065, 0.1), (0.062, 0.125), (0.04, 0.145), (0.001, 0.15)], main, bent=True).but(gloss=0.6),
    ]


@thing("drawer")
def drawer(main: Colour) -> list[Solid]:
    """An open drawer with papers in it."""
    sides = [box((s * 0.2, 0, 0), (0.02, 0.14, 0.36), scaled(main, 0.85)) for s in (-1, 1)]
    front = [box((0, 0, 0.18), (0.46, 0.17, 0.025), main), ball((0, 0.085, 0.2), 0.018, rgb("c9a24d"))]
    return [
        box((0, 0, 0), (0.4, 0.01, 0.36), scaled(main, 0.7)),
        *sides,
        box((0, 0, -0.18), (0.42, 0.14, 0.02), scaled(main, 0.8)),
        box((0.02, 0.01, 0), (0.3, 0.06, 0.24), CREAM),
        *front,
    ]


@thing("tape measure")
def tape(main: Colour) -> list[Solid]:
    """A reel of tape, its end drawn out."""
    return [
        lathe([(0.05, -0.025), (0.05, 0.025)], main, sides=20).turned("x", 90).moved(y=0.05),
        box((0.1, 0, 0), (0.14, 0.004, 0.03), scaled(main, 1.15)),
        disc((0, 0.05, 0.026), 0.02, IRON, "z", 0.5),
    ]


@thing("feather duster")
def brush(main: Colour) -> list[Solid]:
    """A brush with long soft hairs: for hair, dust and paint."""
    hairs = [
        tube(
            [(0, 0.24, 0), (0.05 * cos(a), 0.34, 0.05 * sin(a)), (0.07 * cos(a), 0.44, 0.07 * sin(a))],
            [0.012, 0.02, 0.004],
            scaled(main, 0.9 + 0.1 * (k % 2)),
            7,
        )
        for k, a in enumerate(2 * pi * j / 10 for j in range(10))
    ]
    return [lathe([(0.014, 0.0), (0.018, 0.08), (0.012, 0.2), (0.02, 0.25)], WOOD, bent=True), *hairs]


@thing("pine cone")
def pine_cone(main: Colour) -> list[Solid]:
    """A cone in scales."""
    scales = [
        ball(
            (0.032 * (1 - t) ** 0.6 * cos(a), 0.012 + 0.085 * t, 0.032 * (1 - t) ** 0.6 * sin(a)),
            (0.014, 0.008, 0.014),
            scaled(main, 0.85 + 0.3 * (k % 2)),
            8,
        )
        for k, (t, a) in enumerate((j / 40, 2.4 * j) for j in range(40))
    ]
    return [lathe([(0.028, 0.0), (0.026, 0.04), (0.001, 0.1)], scaled(main, 0.7), bent=True), *scales]
