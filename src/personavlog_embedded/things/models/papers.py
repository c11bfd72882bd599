"""Books, letters, maps, pictures and other things of paper."""

from __future__ import annotations

from math import cos, radians, sin

from personavlog_embedded.render.canvas import Colour, scaled
from personavlog_embedded.things.models.model import rgb, thing
from personavlog_embedded.things.models.solid import Point, Solid, board, box, disc, sheet, tube

PAPER, INK, WOOD = rgb("efe6d0"), rgb("6a5a4c"), rgb("9a6b42")


def _rows(x0: float, x1: float, top: float, step: float, count: int, z: float) -> list[Solid]:
    """Lines of writing on an upright page at ``z``; the last one is short."""
    ends = [x1 if row < count - 1 else x0 + (x1 - x0) * 0.55 for row in range(count)]
    return [
        sheet(
            [
                (x0, top - row * step, z),
                (end, top - row * step, z),
                (end, top - row * step - step * 0.3, z),
                (x0, top - row * step - step * 0.3, z),
            ],
            INK,
            0.6,
        )
        for row, end in enumerate(ends)
    ]


def _page(width: float, height: float, colour: Colour, z: float = 0.0, curl: float = 0.012) -> Solid:
    """A sheet whose side edges come forward a little."""
    xs = (-0.5, -0.25, 0.0, 0.25, 0.5)
    points = [(x * width, y, z + curl * 4 * x * x) for y in (0.0, height) for x in xs]
    quads = sheet(points, colour).quads
    joined = [(i, i + 1, i + 6, i + 5) for i in range(4)]
    return sheet(points, colour).but(lids=tuple(joined), quads=quads)


@thing("book")
def book(main: Colour) -> list[Solid]:
    """A closed book standing on its foot."""
    covers = [box((0, 0, z), (0.155, 0.22, 0.004), main) for z in (-0.018, 0.018)]
    spine = box((-0.078, 0, 0), (0.005, 0.22, 0.04), scaled(main, 0.85))
    pages = box((0.0, 0.004, 0), (0.145, 0.212, 0.032), PAPER)
    gold = [
        sheet(
            [(-0.05, y, 0.0205), (0.05, y, 0.0205), (0.05, y - 0.012, 0.0205), (-0.05, y - 0.012, 0.0205)],
            rgb("d9b565"),
            0.5,
        )
        for y in (0.17, 0.145)
    ]
    return [pages, *covers, spine, *gold]


@thing("books on a table")
def stack(main: Colour) -> list[Solid]:
    """Three books lying on each other."""
    out: list[Solid] = []
    for number, (colour, wide, turn) in enumerate(
        ((main, 0.2, 6), (rgb("4a6a86"), 0.18, -9), (rgb("c99a48"), 0.165, 14))
    ):
        parts = [
            box((0, 0.002, 0), (wide * 0.96, 0.028, 0.13), PAPER),
            box((0, 0, 0), (wide, 0.004, 0.14), colour),
            box((0, 0.029, 0), (wide, 0.004, 0.14), colour),
            box((-wide / 2, 0, 0), (0.005, 0.033, 0.14), colour),
        ]
        out += [part.turned("y", turn).moved(y=number * 0.034) for part in parts]
    return out


@thing("open book")
def notebook(main: Colour) -> list[Solid]:
    """An open notebook leaning back, with writing."""
    parts: list[Solid] = []
    for side in (-1, 1):
        leaf = [
            board([(0, 0), (side * 0.14, 0), (side * 0.14, 0.19), (0, 0.19)], 0.006, main, -0.004),
            board([(0, 0.006), (side * 0.132, 0.006), (side * 0.132, 0.184), (0, 0.184)], 0.01, PAPER, 0.004),
        ]
        left = -0.118 if side < 0 else 0.016
        leaf += _rows(left, left + 0.1, 0.16, 0.02, 7, 0.0095)
        parts += [part.turned("y", -side * 14) for part in leaf]
    return [part.turned("x", -38) for part in parts]


@thing("letter")
def letter(main: Colour) -> list[Solid]:
    """A sealed envelope leaning back."""
    flap: list[Point] = [(-0.085, 0.115, 0.0026), (0.0, 0.048, 0.0026), (0.085, 0.115, 0.0026)]
    parts = [
        box((0, 0, 0), (0.17, 0.115, 0.004), main),
        sheet(flap, scaled(main, 0.9), 0.4),
        disc((0, 0.056, 0.003), 0.015, rgb("b03a35"), "z", 1.0),
    ]
    return [part.turned("x", -20) for part in parts]


@thing("note")
def note(main: Colour) -> list[Solid]:
    """A handwritten sheet."""
    return [
        part.turned("x", -18)
        for part in (_page(0.15, 0.2, main, curl=0.006), *_rows(-0.055, 0.055, 0.175, 0.022, 7, 0.004))
    ]


@thing("map")
def chart(main: Colour) -> list[Solid]:
    """A folded-out map with a way marked in red."""
    out: list[Solid] = []
    xs, zs = (-0.24, -0.12, 0.0, 0.12, 0.24), (0.03, 0.0, 0.03, 0.0, 0.03)
    for i in range(4):
        corners: list[Point] = [
            (xs[i], 0, zs[i]),
            (xs[i + 1], 0, zs[i + 1]),
            (xs[i + 1], 0.3, zs[i + 1]),
            (xs[i], 0.3, zs[i]),
        ]
        out.append(sheet(corners, scaled(main, 1.0 if i % 2 else 0.93)))
    land = [
        disc((x, y, 0.018), r, rgb(c), "z", 0.9, q)
        for x, y, r, q, c in (
            (-0.16, 0.19, 0.06, 0.8, "9db77a"),
            (0.1, 0.11, 0.075, 0.7, "9db77a"),
            (0.17, 0.23, 0.04, 0.9, "86b0bd"),
            (-0.08, 0.07, 0.045, 0.6, "86b0bd"),
        )
    ]
    way = tube(
        [(-0.19, 0.08, 0.035), (-0.1, 0.16, 0.035), (0.02, 0.13, 0.035), (0.13, 0.22, 0.035)], 0.0035, rgb("c0392f"), 6
    )
    return [part.turned("x", -22) for part in (*out, *land, way)]


@thing("ticket")
def ticket(main: Colour) -> list[Solid]:
    """A notched ticket."""
    half = [
        (-0.075, 0.0),
        (0.04, 0.0),
        (0.045, 0.006),
        (0.05, 0.0),
        (0.075, 0.0),
        (0.075, 0.06),
        (0.05, 0.06),
        (0.045, 0.054),
        (0.04, 0.06),
        (-0.075, 0.06),
    ]
    stub = [
        sheet([(0.044, y, 0.003), (0.046, y, 0.003), (0.046, y + 0.005, 0.003), (0.044, y + 0.005, 0.003)], INK, 0.5)
        for y in (0.01, 0.022, 0.034, 0.046)
    ]
    return [
        part.turned("x", -15) for part in (board(half, 0.004, main), *_rows(-0.06, 0.03, 0.048, 0.013, 3, 0.003), *stub)
    ]


@thing("newspaper")
def newspaper(main: Colour) -> list[Solid]:
    """A folded newspaper."""
    head = sheet([(-0.1, 0.27, 0.012), (0.1, 0.27, 0.012), (0.1, 0.24, 0.012), (-0.1, 0.24, 0.012)], rgb("4a443e"), 0.5)
    picture = sheet(
        [(-0.1, 0.22, 0.012), (0.0, 0.22, 0.012), (0.0, 0.14, 0.012), (-0.1, 0.14, 0.012)], rgb("9a948a"), 0.5
    )
    return [
        part.turned("x", -16)
        for part in (
            box((0, 0, 0), (0.24, 0.3, 0.022), main),
            head,
            picture,
            *_rows(0.015, 0.1, 0.22, 0.02, 9, 0.012),
            *_rows(-0.1, 0.0, 0.12, 0.02, 4, 0.012),
        )
    ]


@thing("painting")
def painting(main: Colour) -> list[Solid]:
    """A framed landscape leaning back."""
    frame = [
        box((0, 0, 0), (0.36, 0.03, 0.03), main),
        box((0, 0.25, 0), (0.36, 0.03, 0.03), main),
        box((-0.165, 0, 0), (0.03, 0.28, 0.03), main),
        box((0.165, 0, 0), (0.03, 0.28, 0.03), main),
    ]
    bands = (("d9c9a0", 0.19, 0.25), ("a9c6cf", 0.13, 0.19), ("7f9d7c", 0.08, 0.13), ("58764f", 0.03, 0.08))
    view = [
        sheet([(-0.15, low, 0.004), (0.15, low, 0.004), (0.15, high, 0.004), (-0.15, high, 0.004)], rgb(c))
        for c, low, high in bands
    ]
    hill: list[Point] = [
        (-0.15, 0.1, 0.006),
        (-0.05, 0.19, 0.006),
        (0.03, 0.13, 0.006),
        (0.09, 0.16, 0.006),
        (0.15, 0.1, 0.006),
    ]
    return [
        part.turned("x", -10)
        for part in (
            *view,
            sheet(hill, rgb("8093a5"), 0.2),
            disc((0.08, 0.21, 0.006), 0.018, rgb("e8b45c"), "z", 0.3),
            *frame,
        )
    ]


@thing("mirror")
def mirror(main: Colour) -> list[Solid]:
    """An oval mirror on a foot."""
    oval = [(0.12 * sin(radians(a)), 0.21 + 0.16 * cos(radians(a))) for a in range(0, 360, 15)]
    inner = [(0.87 * x, 0.21 + 0.9 * (y - 0.21)) for x, y in oval]
    glints = [
        sheet(
            [(x, 0.15, 0.016), (x + 0.02, 0.15, 0.016), (x + 0.08, 0.28, 0.016), (x + 0.06, 0.28, 0.016)],
            rgb("e6f0f2"),
            2.0,
        )
        for x in (-0.07, -0.03)
    ]
    glass = board(inner, 0.002, rgb("b5cdd6"), 0.0135).but(gloss=0.6)
    return [
        box((0, 0, 0), (0.2, 0.03, 0.1), main),
        box((0, 0.03, 0), (0.04, 0.05, 0.03), main),
        board(oval, 0.025, main),
        glass,
        *glints,
    ]


@thing("easel")
def easel(main: Colour) -> list[Solid]:
    """An easel with a canvas."""
    legs = [
        tube([(x, 0, z), (x * 0.15, 1.5, -0.02)], [0.022, 0.016], main, 8)
        for x, z in ((-0.32, 0.1), (0.32, 0.1), (0.0, -0.45))
    ]
    ledge = box((0, 0.62, 0.09), (0.6, 0.035, 0.07), main)
    view = [part.but(points=part.points * 1.75).moved(y=0.66, z=0.08) for part in painting(rgb("e9e1cf"))]
    return [*legs, ledge, *view]


@thing("sign")
def sign(main: Colour) -> list[Solid]:
    """A lettered board on a stick."""
    marks = [
        board([(x, 0.55), (x + w, 0.55), (x + w, 0.64), (x, 0.64)], 0.004, INK, 0.016)
        for x, w in ((-0.2, 0.035), (-0.14, 0.06), (-0.05, 0.03), (0.01, 0.06), (0.1, 0.08))
    ]
    return [
        box((0, 0, 0), (0.03, 0.5, 0.02), WOOD),
        board([(-0.25, 0.44), (0.25, 0.45), (0.245, 0.74), (-0.25, 0.73)], 0.02, main, 0.005),
        *marks,
    ]


@thing("clipboard")
def clipboard(main: Colour) -> list[Solid]:
    """A clipboard with a written sheet."""
    clip = box((0, 0.275, 0.012), (0.08, 0.025, 0.02), rgb("9aa0a4")).but(gloss=0.8)
    return [
        part.turned("x", -15)
        for part in (
            box((0, 0, 0), (0.22, 0.3, 0.008), main),
            box((0, 0.012, 0.006), (0.19, 0.265, 0.003), PAPER),
            *_rows(-0.08, 0.08, 0.24, 0.028, 7, 0.0085),
            clip,
        )
    ]


@thing("paper boat")
def paper_boat(main: Colour) -> list[Solid]:
    """A folded boat."""
    sides = [
        sheet(
            [(-0.13, 0.07, 0), (-0.06, 0.0, s * 0.02), (0.06, 0.0, s * 0.02), (0.13, 0.07, 0), (0.0, 0.05, s * 0.045)],
            scaled(main, 1 - 0.06 * (s < 0)),
        )
        for s in (-1, 1)
    ]
    return [sides[0], sheet([(-0.05, 0.045, 0), (0.05, 0.045, 0), (0, 0.14, 0)], scaled(main, 0.93)), sides[1]]


@thing("paper plane")
def paper_plane(main: Colour) -> list[Solid]:
    """A folded dart."""
    wings = [sheet([(0, 0.05, 0.16), (s * 0.1, 0.062, -0.12), (0.006 * s, 0.05, -0.12)], main) for s in (-1, 1)]
    return [sheet([(0, 0.05, 0.16), (0, 0.05, -0.12), (0, 0.0, -0.1)], scaled(main, 0.8)), *wings]


@thing("star")
def star(main: Colour) -> list[Solid]:
    """A star with a raised middle."""

    tips = [
        (
            (0.1 if k % 2 == 0 else 0.045) * sin(radians(36 * k)),
            0.1 + (0.1 if k % 2 == 0 else 0.045) * cos(radians(36 * k)),
            0.0,
        )
        for k in range(10)
    ]
    return [
        sheet([tips[k], tips[(k + 1) % 10], (0, 0.1, 0.03)], scaled(main, 1.0 if k % 2 else 0.82)).but(lift=0.0)
        for k in range(10)
    ]
