"""Instruments, toys, kites and balloons."""

from __future__ import annotations

from math import cos, pi, sin

from personavlog_embedded.render.canvas import Colour, scaled
from personavlog_embedded.things.models.model import rgb, thing
from personavlog_embedded.things.models.solid import Solid, ball, board, box, disc, lathe, sheet, tube

DARK, WOOD, CREAM, BRASS = rgb("3a2f2a"), rgb("9a6b42"), rgb("efe5cf"), rgb("c9a24d")


def _waisted(upper: float, waist: float, lower: float, length: float) -> list[tuple[float, float]]:
    """The outline of a guitar's or violin's body, foot at 0."""
    knots = (
        (0.0, lower * 0.6),
        (0.06, lower * 0.9),
        (0.25, lower),
        (0.45, lower * 0.85),
        (0.6, waist),
        (0.75, upper * 0.92),
        (0.88, upper),
        (0.97, upper * 0.7),
        (1.0, upper * 0.3),
    )
    right = [(w / 2, y * length) for y, w in knots]
    return [*right, *((-x, y) for x, y in reversed(right))]


def _strung(
    main: Colour, body: list[tuple[float, float]], long: float, neck: float, deep: float, wide: float
) -> list[Solid]:
    top = max(y for _, y in body)
    parts = [
        board(body, deep, scaled(main, 0.7)),
        board([(x * 0.96, 0.004 + y * 0.985) for x, y in body], 0.004, main, deep / 2 + 0.001),
    ]
    parts += [
        box((0, top - 0.02, deep * 0.3), (wide, neck, 0.025), rgb("5a3d2b")),
        board(
            [(-wide * 0.7, top + neck), (wide * 0.7, top + neck), (wide * 0.9, long), (-wide * 0.9, long)],
            0.02,
            rgb("4a3022"),
            deep * 0.3,
        ),
    ]
    parts += [
        tube([(x, top * 0.2, deep / 2 + 0.012), (x, long - 0.02, deep * 0.3 + 0.022)], 0.0018, CREAM, 5)
        for x in (-wide * 0.3, -wide * 0.1, wide * 0.1, wide * 0.3)
    ]
    return [*parts, box((0, top * 0.18, deep / 2 + 0.004), (wide * 2.2, 0.018, 0.012), DARK)]


@thing("guitar")
def guitar(main: Colour) -> list[Solid]:
    """A guitar."""
    return [
        *_strung(main, _waisted(0.28, 0.23, 0.38, 0.48), 1.0, 0.4, 0.1, 0.05),
        disc((0, 0.28, 0.054), 0.048, DARK, "z", 2.0),
    ]


@thing("violin")
def violin(main: Colour) -> list[Solid]:
    """A violin and its bow."""
    body = [(x * 0.58, y * 0.74) for x, y in _waisted(0.28, 0.19, 0.35, 0.48)]
    bow = tube([(0.2, 0.0, 0.02), (0.17, 0.35, 0.02), (0.14, 0.68, 0.02)], 0.005, DARK, 6)
    return [
        *_strung(main, body, 0.6, 0.16, 0.045, 0.026),
        bow,
        tube([(0.192, 0.02, 0.02), (0.133, 0.68, 0.02)], 0.0018, CREAM, 5),
    ]


@thing("drum")
def drum(main: Colour) -> list[Solid]:
    """A drum with cords and sticks."""
    cords = [
        tube(
            [(0.166 * sin(a), 0.03, 0.166 * cos(a)), (0.166 * sin(a + s * 0.25), 0.21, 0.166 * cos(a + s * 0.25))],
            0.004,
            CREAM,
            6,
        )
        for k in range(8)
        for s in (-1, 1)
        for a in (2 * pi * k / 8,)
    ]
    hoops = [lathe([(0.168, y), (0.168, y + 0.022)], BRASS).but(lids=(), lift=1.0) for y in (0.01, 0.208)]
    sticks = [
        tube([(x, 0.245, z), (x + 0.2, 0.28, z - 0.1)], [0.011, 0.007], WOOD, 8)
        for x, z in ((-0.08, 0.06), (-0.02, 0.09))
    ]
    return [
        lathe([(0.16, 0.0), (0.165, 0.01), (0.165, 0.235)], main),
        *cords,
        *hoops,
        disc((0, 0.2355, 0), 0.16, CREAM, lift=0.5),
        *sticks,
    ]


@thing("piano")
def piano(main: Colour) -> list[Solid]:
    """An upright piano."""
    keys = [box((-0.62 + 0.054 * k, 0.72, 0.34), (0.05, 0.03, 0.16), CREAM) for k in range(24)]
    black = [box((-0.593 + 0.054 * k, 0.745, 0.3), (0.028, 0.02, 0.1), DARK) for k in range(23) if k % 7 not in (2, 6)]
    return [
        box((0, 0, 0), (1.45, 1.2, 0.5), main),
        box((0, 0.6, 0.32), (1.45, 0.12, 0.22), scaled(main, 1.15)),
        *keys,
        *black,
        *(box((x, 0, 0.38), (0.08, 0.62, 0.08), main) for x in (-0.66, 0.66)),
        box((0, 1.2, 0), (1.5, 0.03, 0.54), scaled(main, 1.2)),
    ]


@thing("ball")
def sphere(main: Colour) -> list[Solid]:
    """A ball with seams."""
    seams = [
        tube(
            [
                (0.111 * cos(a) * cos(t), 0.11 + 0.111 * sin(a), 0.111 * cos(a) * sin(t))
                for a in (-pi / 2 + pi * k / 12 for k in range(13))
            ],
            0.004,
            scaled(main, 0.45),
            6,
        )
        for t in (0.3, 1.35, 2.4, 3.45, 4.5, 5.55)
    ]
    return [ball((0, 0.11, 0), 0.11, main, 24).but(gloss=0.5), *seams]


@thing("kite")
def kite(main: Colour) -> list[Solid]:
    """A diamond kite with a tail."""
    top, low, left, right, mid = (0, 0.9, 0), (0, 0.0, 0), (-0.34, 0.58, -0.05), (0.34, 0.58, -0.05), (0, 0.58, 0.04)
    shades = (main, rgb("e9b84c"), rgb("4f83a8"), rgb("efe3c8"))
    panes = [
        sheet(corners, colour)
        for corners, colour in zip(
            ((top, left, mid), (top, right, mid), (low, left, mid), (low, right, mid)), shades, strict=True
        )
    ]
    tail = tube(
        [(0, 0, 0), (0.06, -0.15, 0), (-0.05, -0.32, 0), (0.07, -0.5, 0), (-0.02, -0.64, 0)],
        0.008,
        scaled(main, 0.8),
        6,
    )
    bows = [
        sheet(
            [(x - 0.05, y + 0.03, 0), (x + 0.05, y - 0.03, 0), (x + 0.05, y + 0.03, 0), (x - 0.05, y - 0.03, 0)],
            shades[k % 3],
        )
        for k, (x, y) in enumerate(((0.05, -0.15), (-0.04, -0.32), (0.06, -0.5)))
    ]
    return [part.turned("z", -16) for part in (*panes, tail, *bows)]


@thing("balloon")
def balloon(main: Colour) -> list[Solid]:
    """A balloon on its string."""
    body = lathe(
        [(0.01, 0.52), (0.06, 0.56), (0.14, 0.68), (0.145, 0.78), (0.09, 0.87), (0.001, 0.9)], main, bent=True
    ).but(gloss=1.0)
    return [
        tube([(0, 0, 0), (0.03, 0.2, 0), (-0.015, 0.38, 0), (0, 0.51, 0)], 0.004, CREAM, 6),
        lathe([(0.018, 0.505), (0.008, 0.525)], main),
        body,
    ]


@thing("teddy bear")
def teddy(main: Colour) -> list[Solid]:
    """A sitting teddy bear."""
    pale = scaled(main, 1.25)
    parts = [
        ball((0, 0.1, 0), (0.085, 0.1, 0.08), main),
        ball((0, 0.095, 0.06), (0.055, 0.065, 0.035), pale),
        ball((0, 0.24, 0.015), (0.08, 0.072, 0.072), main),
        ball((0, 0.222, 0.078), (0.038, 0.03, 0.03), pale),
        ball((0, 0.235, 0.106), (0.013, 0.01, 0.008), DARK),
    ]
    for s in (-1, 1):
        parts += [
            ball((s * 0.062, 0.305, 0), (0.03, 0.03, 0.018), main),
            ball((s * 0.03, 0.258, 0.08), 0.0085, DARK).but(gloss=1.0),
            tube([(s * 0.075, 0.16, 0.02), (s * 0.12, 0.1, 0.06)], [0.034, 0.036], main),
            tube([(s * 0.05, 0.04, 0.04), (s * 0.085, 0.04, 0.13)], [0.04, 0.042], main),
            disc((s * 0.087, 0.04, 0.135), 0.03, pale, "z", 1.0),
        ]
    return [*parts, tube([(-0.05, 0.172, 0.06), (0, 0.16, 0.08), (0.05, 0.172, 0.06)], 0.012, rgb("b5433c"))]


@thing("skateboard")
def skateboard(main: Colour) -> list[Solid]:
    """A skateboard."""
    deck = tube([(0, 0.14, -0.4), (0, 0.1, -0.3), (0, 0.1, 0.3), (0, 0.14, 0.4)], 0.1, main, 14).turned(
        "z", 90, (0.0, 0.1, 0.0)
    )
    flat = deck.points * (1.0, 1.0, 1.0)
    flat[:, 1] = 0.11 + (flat[:, 1] - 0.11) * 0.12 + 0.4 * abs(flat[:, 2] / 0.4) ** 6 * 0.1
    wheels = [
        lathe([(0.03, 0), (0.03, 0.035)], CREAM).turned("z", 90).moved(x, 0.035, z)
        for x in (-0.07, 0.105)
        for z in (-0.24, 0.24)
    ]
    return [
        *wheels,
        *(box((0, 0.03, z), (0.14, 0.06, 0.04), rgb("8a9096")) for z in (-0.24, 0.24)),
        deck.but(points=flat),
    ]


@thing("chess pawn")
def pawn(main: Colour) -> list[Solid]:
    """A pawn."""
    return [
        lathe([(0.05, 0.0), (0.05, 0.02), (0.03, 0.04), (0.018, 0.1), (0.032, 0.115), (0.015, 0.125)], main).but(
            gloss=0.7
        ),
        ball((0, 0.15, 0), 0.034, main).but(gloss=0.7),
    ]


@thing("yarn")
def yarn(main: Colour) -> list[Solid]:
    """A ball of wool with needles."""
    turns = [
        tube(
            [
                (0.073 * cos(t), 0.07 + 0.073 * sin(t) * cos(k), 0.073 * sin(t) * sin(k))
                for t in (2 * pi * j / 14 for j in range(15))
            ],
            0.006,
            scaled(main, 0.86 + 0.05 * (k % 3)),
            6,
        )
        for k in range(9)
    ]
    needles = [tube([(s * 0.1, 0.16, -0.03), (-s * 0.06, 0.03, 0.02)], 0.004, WOOD, 6) for s in (-1, 1)]
    return [
        ball((0, 0.07, 0), 0.072, main),
        *needles,
        *turns,
        tube([(0.06, 0.03, 0.03), (0.11, 0.006, 0.06), (0.17, 0.006, 0.03)], 0.005, main, 6),
    ]
