"""Bags, boxes and what is worn."""

from __future__ import annotations

from itertools import pairwise
from math import copysign, cos, pi, sin

from personavlog_embedded.render.canvas import Colour, scaled
from personavlog_embedded.things.models.model import rgb, thing
from personavlog_embedded.things.models.solid import (
    Solid,
    ball,
    board,
    box,
    disc,
    lathe,
    prism,
    round_outline,
    sheet,
    shell,
    tube,
)

LEATHER, BRASS, STEEL = rgb("6b4730"), rgb("c9a24d"), rgb("a4a9ad")


@thing("suitcase")
def suitcase(main: Colour) -> list[Solid]:
    """An upright suitcase with corners and straps."""
    body = board(round_outline(0.46, 0.58, 0.05, (0, 0.31)), 0.2, main)
    straps = [box((x, 0.02, 0), (0.035, 0.585, 0.207), LEATHER) for x in (-0.13, 0.13)]
    locks = [box((x, 0.5, 0.104), (0.05, 0.05, 0.012), BRASS).but(gloss=1.0) for x in (-0.13, 0.13)]
    handle = tube([(-0.08, 0.6, 0), (-0.07, 0.655, 0), (0.07, 0.655, 0), (0.08, 0.6, 0)], 0.014, LEATHER)
    seam = board(round_outline(0.468, 0.588, 0.05, (0, 0.31)), 0.018, scaled(main, 0.7))
    return [body, seam, *straps, *locks, handle]


@thing("toolbox")
def toolbox(main: Colour) -> list[Solid]:
    """A metal box with a tray lid, locks and a handle."""
    body = [
        box((0, 0, 0), (0.46, 0.15, 0.22), main, 0.01),
        box((0, 0.15, 0), (0.47, 0.06, 0.23), scaled(main, 0.8), 0.01),
    ]
    locks = [box((x, 0.11, 0.115), (0.05, 0.07, 0.012), STEEL).but(gloss=1.0) for x in (-0.14, 0.14)]
    handle = tube([(-0.12, 0.2, 0), (-0.11, 0.27, 0), (0.11, 0.27, 0), (0.12, 0.2, 0)], 0.014, rgb("2e2f33"))
    return [*body, *locks, handle]


@thing("backpack")
def backpack(main: Colour) -> list[Solid]:
    """A backpack with flap, pocket and a rolled mat."""
    body = board(round_outline(0.34, 0.46, 0.12, (0, 0.23)), 0.2, main)
    flap = board(round_outline(0.32, 0.2, 0.09, (0, 0.37)), 0.03, scaled(main, 0.7), 0.105)
    pocket = board(round_outline(0.24, 0.16, 0.05, (0, 0.12)), 0.07, scaled(main, 0.86), 0.125)
    buckles = [box((x, 0.215, 0.11), (0.028, 0.11, 0.03), LEATHER) for x in (-0.08, 0.08)]
    loop = tube([(-0.05, 0.45, -0.02), (-0.04, 0.51, -0.02), (0.04, 0.51, -0.02), (0.05, 0.45, -0.02)], 0.011, LEATHER)
    strap = tube([(0.15, 0.4, -0.08), (0.235, 0.3, -0.05), (0.2, 0.06, -0.06)], 0.02, scaled(main, 0.7), flat=0.4)
    return [body, strap, flap, pocket, *buckles, loop]


@thing("bag")
def bag(main: Colour) -> list[Solid]:
    """A bag with two handles."""
    body = board([(-0.17, 0.0), (0.17, 0.0), (0.19, 0.1), (0.15, 0.22), (-0.15, 0.22), (-0.19, 0.1)], 0.13, main)
    loops = [
        tube([(-0.09, 0.21, z), (-0.08, 0.32, z), (0.0, 0.365, z), (0.08, 0.32, z), (0.09, 0.21, z)], 0.009, LEATHER)
        for z in (-0.04, 0.05)
    ]
    band = board([(-0.155, 0.19), (0.155, 0.19), (0.15, 0.222), (-0.15, 0.222)], 0.138, scaled(main, 0.75))
    return [body, band, *loops, box((0, 0.17, 0.066), (0.035, 0.04, 0.01), BRASS).but(gloss=1.0)]


@thing("shopping bags")
def shopping_bag(main: Colour) -> list[Solid]:
    """A paper bag with bread and greens."""
    wall = [box((0, 0, 0), (0.24, 0.3, 0.15), main)]
    inside = [
        tube([(-0.04, 0.25, 0.0), (-0.09, 0.43, 0.0)], [0.035, 0.028], rgb("c98a48")),
        ball((0.05, 0.31, 0.01), (0.07, 0.06, 0.05), rgb("6d9648")),
        ball((0.01, 0.3, 0.04), (0.035, 0.035, 0.035), rgb("c9503c")),
    ]
    return [*wall, *inside, disc((0, 0.15, 0.0765), 0.05, scaled(main, 0.78), "z", 0.5)]


@thing("box")
def carton(main: Colour) -> list[Solid]:
    """A taped box."""
    tape = rgb("e0c998")
    over = sheet(
        [(-0.03, 0.2505, 0.13), (0.03, 0.2505, 0.13), (0.03, 0.2505, -0.13), (-0.03, 0.2505, -0.13)], tape, 0.5
    )
    down = sheet([(-0.03, 0.25, 0.1305), (0.03, 0.25, 0.1305), (0.03, 0.18, 0.1305), (-0.03, 0.18, 0.1305)], tape, 0.5)
    label = sheet(
        [(0.05, 0.1, 0.1305), (0.14, 0.1, 0.1305), (0.14, 0.04, 0.1305), (0.05, 0.04, 0.1305)], rgb("efe6d2"), 0.5
    )
    return [box((0, 0, 0), (0.34, 0.25, 0.26), main), over, down, label]


@thing("gift")
def gift(main: Colour) -> list[Solid]:
    """A present with a bow."""
    ribbon = rgb("c8433c")
    bands = [box((0, 0, 0), (0.04, 0.205, 0.222), ribbon), box((0, 0, 0), (0.222, 0.205, 0.04), ribbon)]
    loops = [
        tube(
            [(0, 0.205, 0), (s * 0.05, 0.26, 0.01), (s * 0.085, 0.23, 0.0), (0, 0.208, 0)],
            [0.006, 0.018, 0.018, 0.006],
            ribbon,
            flat=0.5,
        )
        for s in (-1, 1)
    ]
    return [
        box((0, 0, 0), (0.22, 0.19, 0.22), main),
        box((0, 0.15, 0), (0.228, 0.05, 0.228), scaled(main, 1.12)),
        *bands,
        *loops,
        ball((0, 0.215, 0.0), 0.018, ribbon),
    ]


@thing("basket")
def basket(main: Colour) -> list[Solid]:
    """A wicker basket of fruit."""
    wall = shell([(0.11, 0.0), (0.13, 0.02), (0.16, 0.13)], main, bent=False)
    bands = [
        lathe([(0.131 + 0.0055 * k, 0.02 + 0.02 * k), (0.134 + 0.0055 * k, 0.03 + 0.02 * k)], scaled(main, 0.78)).but(
            lids=(), lift=0.5
        )
        for k in range(6)
    ]
    rim = tube(
        [(0.16, 0.13, 0), (0.113, 0.13, 0.113), (0, 0.13, 0.16), (-0.113, 0.13, 0.113), (-0.16, 0.13, 0)],
        0.009,
        scaled(main, 0.85),
    )
    fruit = [
        ball((x, 0.13 + h, z), r, rgb(c)).but(gloss=0.6)
        for x, h, z, r, c in (
            (-0.08, 0.0, 0.06, 0.048, "c0403a"),
            (0.02, 0.0, 0.085, 0.046, "e0a035"),
            (0.09, 0.0, 0.03, 0.046, "8aa845"),
            (-0.05, 0.02, -0.04, 0.048, "e0a035"),
            (0.04, 0.03, -0.01, 0.046, "c0403a"),
        )
    ]
    hoop = tube(
        [(-0.155, 0.12, 0), (-0.13, 0.26, 0), (0, 0.33, 0), (0.13, 0.26, 0), (0.155, 0.12, 0)], 0.01, scaled(main, 0.9)
    )
    return [wall, *bands, *fruit, hoop, rim]


@thing("hat")
def hat(main: Colour) -> list[Solid]:
    """A brimmed hat with a band."""
    brim = lathe(
        [(0.08, 0.012), (0.12, 0.006), (0.165, 0.0), (0.163, 0.006), (0.12, 0.014), (0.09, 0.022)], main, sides=34
    )
    crown = lathe([(0.092, 0.015), (0.09, 0.06), (0.082, 0.095), (0.05, 0.11), (0.001, 0.104)], main, bent=True)
    return [brim, crown, lathe([(0.0945, 0.018), (0.0935, 0.045)], rgb("8c4038")).but(lids=(), lift=0.5)]


@thing("scarf")
def folded(main: Colour) -> list[Solid]:
    """Folded cloth with one end hanging out."""
    layers = [
        board(
            round_outline(0.3 - 0.012 * (k % 2), 0.035, 0.016, (0.004 * (k % 2), 0.018 + 0.034 * k)),
            0.22 - 0.01 * k,
            scaled(main, 1.0 - 0.07 * (k % 2)),
        )
        for k in range(4)
    ]
    stripes = [board(round_outline(0.035, 0.034, 0.012, (x, 0.12)), 0.195, rgb("e9dcc0")) for x in (-0.09, 0.1)]
    return [*layers, *(part.but(lift=0.6) for part in stripes)]


@thing("shoe")
def shoes(main: Colour) -> list[Solid]:
    """A pair of laced shoes."""
    out: list[Solid] = []
    for x, turn in ((-0.075, -8), (0.075, 12)):
        upper = tube(
            [(0, 0.06, -0.11), (0, 0.065, -0.04), (0, 0.055, 0.05), (0, 0.04, 0.13), (0, 0.035, 0.15)],
            [0.045, 0.05, 0.048, 0.042, 0.028],
            main,
        )
        shaft = tube([(0, 0.06, -0.085), (0, 0.13, -0.09)], [0.044, 0.042], main)
        sole = prism(
            [(0.058 * sin(a), 0.165 * cos(a) + 0.015) for a in (2 * pi * k / 24 for k in range(24))],
            0.03,
            rgb("ece3d0"),
        )
        laces = [
            tube(
                [(-0.03, 0.105 - 0.012 * k, 0.0 + 0.025 * k), (0.03, 0.105 - 0.012 * k, 0.0 + 0.025 * k)],
                0.005,
                rgb("efe7d8"),
                6,
            )
            for k in range(3)
        ]
        out += [
            part.turned("y", turn).moved(x=x)
            for part in (sole, upper, shaft, disc((0, 0.131, -0.09), 0.036, rgb("3a2c24")), *laces)
        ]
    return out


@thing("coin")
def coin(main: Colour) -> list[Solid]:
    """A coin on its edge, a little larger than life so that it is seen."""
    rim = (
        lathe([(0.032, -0.003), (0.036, 0.0), (0.032, 0.003)], main, sides=28)
        .turned("x", 90)
        .moved(y=0.036)
        .but(gloss=1.0)
    )
    return [rim, disc((0, 0.036, 0.0036), 0.023, scaled(main, 0.8), "z", 0.5)]


@thing("umbrella")
def umbrella(main: Colour) -> list[Solid]:
    """An open umbrella of eight gores."""

    out: list[Solid] = []
    rings = ((0.02, 1.04), (0.22, 1.0), (0.4, 0.91), (0.53, 0.77))
    for k in range(8):
        gore = []
        for (r0, y0), (r1, y1) in pairwise(rings):
            a, b = 2 * pi * k / 8, 2 * pi * (k + 1) / 8
            gore.append(
                sheet(
                    [
                        (r0 * cos(a), y0, r0 * sin(a)),
                        (r0 * cos(b), y0, r0 * sin(b)),
                        (r1 * cos(b), y1, r1 * sin(b)),
                        (r1 * cos(a), y1, r1 * sin(a)),
                    ],
                    scaled(main, 1.0 if k % 2 else 0.86),
                )
            )
        out += gore
    crook = tube(
        [(0, 1.04, 0), (0, 0.1, 0), (0, 0.03, 0), (0.02, 0.0, 0), (0.05, 0.005, 0), (0.06, 0.04, 0)],
        [0.007, 0.007, 0.012, 0.013, 0.013, 0.012],
        LEATHER,
        8,
    )
    return [*out, crook, tube([(0, 1.04, 0), (0, 1.1, 0)], [0.008, 0.003], LEATHER, 8)]


@thing("pillow")
def pillow(main: Colour) -> list[Solid]:
    """A plump pillow."""

    rim = [
        (0.25 * copysign(abs(cos(a)) ** 0.45, cos(a)), 0.17 * copysign(abs(sin(a)) ** 0.45, sin(a)))
        for a in (2 * pi * k / 32 for k in range(32))
    ]
    body = lathe(
        [(0.001, -0.07), (0.5, -0.06), (0.85, -0.035), (1.0, 0.0), (0.85, 0.035), (0.5, 0.06), (0.001, 0.07)],
        main,
        sides=32,
        bent=True,
    )
    points = body.points.copy().reshape(-1, 32, 3)
    reach = abs(points[:, :1, 0])
    for k in range(32):
        points[:, k, 0], points[:, k, 2] = reach[:, 0] * rim[k][0], -reach[:, 0] * rim[k][1]
    return [body.but(points=points.reshape(-1, 3)).turned("x", 68).moved(y=0.165)]


@thing("crown")
def crown(main: Colour) -> list[Solid]:
    """A crown with stones."""

    ring = shell([(0.085, 0.0), (0.09, 0.05)], main, bent=False).but(gloss=1.0)
    points = [
        sheet(
            [
                (0.09 * cos(a - 0.3), 0.05, 0.09 * sin(a - 0.3)),
                (0.09 * cos(a + 0.3), 0.05, 0.09 * sin(a + 0.3)),
                (0.1 * cos(a), 0.115, 0.1 * sin(a)),
            ],
            main,
        ).but(gloss=1.0)
        for a in (2 * pi * k / 8 for k in range(8))
    ]
    stones = [
        ball((0.091 * cos(a), 0.026, 0.091 * sin(a)), 0.011, rgb("b0343c")).but(gloss=1.0)
        for a in (2 * pi * k / 6 for k in range(6))
    ]
    return [ring, *points, *stones]


@thing("medal")
def medal(main: Colour) -> list[Solid]:
    """A medal on its ribbon."""
    coin = (
        lathe([(0.045, -0.005), (0.05, 0.0), (0.045, 0.005)], main, sides=28)
        .turned("x", 90)
        .moved(y=0.05)
        .but(gloss=1.0)
    )
    bands = [
        sheet(
            [
                (s * 0.012, 0.095, -0.004 * s),
                (s * 0.05, 0.22, -0.004 * s),
                (s * 0.012, 0.22, -0.004 * s),
                (-s * 0.012, 0.095, -0.004 * s),
            ],
            rgb(c),
        )
        for s, c in ((-1, "3f64a0"), (1, "b8433f"))
    ]
    return [*bands, coin, disc((0, 0.05, 0.0055), 0.032, scaled(main, 0.86), "z", 0.5)]


@thing("trophy")
def trophy(main: Colour) -> list[Solid]:
    """A two-eared cup on a base."""
    bowl = lathe([(0.012, 0.09), (0.02, 0.11), (0.055, 0.15), (0.068, 0.21), (0.072, 0.25)], main, bent=True).but(
        gloss=1.0
    )
    ears = [
        tube([(s * 0.062, 0.23, 0), (s * 0.11, 0.225, 0), (s * 0.095, 0.165, 0), (s * 0.05, 0.15, 0)], 0.008, main).but(
            gloss=1.0
        )
        for s in (-1, 1)
    ]
    return [
        lathe([(0.055, 0.0), (0.05, 0.045)], rgb("4a362a")),
        lathe([(0.045, 0.045), (0.03, 0.055), (0.012, 0.07), (0.012, 0.095)], main).but(gloss=1.0),
        bowl,
        disc((0, 0.2505, 0), 0.066, scaled(main, 0.6)),
        *ears,
    ]


@thing("key")
def key(main: Colour) -> list[Solid]:
    """An old key standing on its bit."""
    bow = tube(
        [(0.025, 0.125, 0), (0.0, 0.15, 0), (-0.025, 0.125, 0), (0.0, 0.1, 0), (0.025, 0.125, 0)], 0.006, main, 8
    ).but(gloss=1.0)
    return [
        tube([(0, 0.0, 0), (0, 0.105, 0)], 0.006, main, 8, bent=False).but(gloss=1.0),
        bow,
        *(box((0.016, y, 0), (0.03, 0.01, 0.005), main).but(gloss=0.6) for y in (0.005, 0.024)),
    ]
