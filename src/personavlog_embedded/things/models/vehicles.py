"""Vehicles: on the road, on rails, on the water and in the air."""

from __future__ import annotations

from math import cos, pi, sin

from personavlog_embedded.render.canvas import Colour, mix, scaled
from personavlog_embedded.things.models.model import rgb, thing
from personavlog_embedded.things.models.solid import (
    Point,
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


def _wheel(x: float, y: float, z: float, radius: float, wide: float, hub: Colour = CHROME) -> list[Solid]:
    tyre = lathe(
        [(radius * 0.92, -wide / 2), (radius, -wide * 0.3), (radius, wide * 0.3), (radius * 0.92, wide / 2)],
        TYRE,
        sides=22,
    ).turned("x", 90)
    cap = lathe([(radius * 0.58, wide * 0.5), (radius * 0.5, wide * 0.56)], hub, sides=18).turned("x", 90)
    return [part.moved(x, y, z) for part in (tyre, cap)]


@thing("bicycle")
def bicycle(main: Colour) -> list[Solid]:
    """A bicycle with a basket, seen from its side."""
    out: list[Solid] = []
    for x in (-0.52, 0.52):
        rim = [(x + 0.33 * cos(2 * pi * k / 26), 0.34 + 0.33 * sin(2 * pi * k / 26), 0) for k in range(27)]
        out += [
            tube(rim, 0.022, TYRE, 8, bent=False),
            *(
                tube(
                    [(x - 0.3 * cos(a), 0.34 - 0.3 * sin(a), 0), (x + 0.3 * cos(a), 0.34 + 0.3 * sin(a), 0)],
                    0.004,
                    CHROME,
                    5,
                )
                for a in (0.2, 0.82, 1.45, 2.08, 2.7)
            ),
        ]
    lines: tuple[tuple[Point, Point], ...] = (
        ((-0.52, 0.34, 0), (-0.06, 0.3, 0)),
        ((-0.52, 0.34, 0), (-0.2, 0.74, 0)),
        ((-0.2, 0.82, 0), (-0.06, 0.3, 0)),
        ((-0.06, 0.3, 0), (0.38, 0.66, 0)),
        ((-0.18, 0.7, 0), (0.37, 0.74, 0)),
        ((0.36, 0.92, 0), (0.52, 0.34, 0)),
    )
    frame = [tube([a, b], 0.02, main, 8) for a, b in lines]
    bar = tube([(0.3, 0.98, -0.24), (0.37, 0.96, -0.1), (0.37, 0.95, 0.1), (0.3, 0.98, 0.24)], 0.015, CHROME, 8)
    grips = [tube([(0.2, 0.98, z), (0.31, 0.98, z)], 0.02, rgb("5a3d2b"), 8) for z in (-0.24, 0.24)]
    basket = [
        shell([(0.1, 0.0), (0.15, 0.2)], rgb("b98a4c"), (0.58, 0.72, 0), 14, bent=False),
        lathe([(0.152, 0.19), (0.155, 0.21)], rgb("8f683a"), (0.58, 0.72, 0), 14).but(lids=()),
    ]
    crank = [
        disc((-0.06, 0.3, 0.03), 0.08, CHROME, "z"),
        tube([(-0.06, 0.3, 0.06), (0.03, 0.16, 0.08)], 0.012, CHROME, 6),
        box((0.03, 0.14, 0.11), (0.09, 0.025, 0.06), TYRE),
    ]
    guard = [
        tube(
            [(x + 0.37 * cos(a), 0.34 + 0.37 * sin(a), 0) for a in (t0 + (t1 - t0) * k / 8 for k in range(9))],
            0.018,
            main,
            8,
        )
        for x, t0, t1 in ((-0.52, 0.5, 2.9), (0.52, 0.3, 2.3))
    ]
    return [
        *out,
        *guard,
        *frame,
        *crank,
        tube([(-0.33, 0.86, 0), (-0.08, 0.85, 0)], [0.075, 0.03], rgb("5a3d2b"), flat=0.6),
        bar,
        *grips,
        *basket,
    ]


def _body(outline: list[tuple[float, float]], wide: float, colour: Colour) -> Solid:
    return board(outline, wide, colour).but(gloss=0.5)


@thing("car")
def car(main: Colour) -> list[Solid]:
    """A small rounded car."""
    low = [(-1.55, 0.3), (1.6, 0.3), (1.68, 0.5), (1.6, 0.74), (1.0, 0.84), (-1.3, 0.86), (-1.6, 0.75), (-1.66, 0.5)]
    cabin = [(-1.15, 0.84), (0.92, 0.84), (0.5, 1.32), (0.3, 1.38), (-0.7, 1.38), (-0.92, 1.3)]
    panes = (
        [(-0.98, 0.88), (-0.18, 0.88), (-0.18, 1.28), (-0.72, 1.28)],
        [(-0.1, 0.88), (0.74, 0.88), (0.4, 1.28), (-0.1, 1.28)],
    )
    windows = [board(line, 1.33, PANE).but(gloss=0.7) for line in panes]
    screen = [
        sheet([(x0, 0.88, -0.6), (x0, 0.88, 0.6), (x1, 1.3, 0.55), (x1, 1.3, -0.55)], PANE).but(gloss=0.7, lift=6.0)
        for x0, x1 in ((0.89, 0.55), (-1.14, -0.94))
    ]
    wheels = [
        part
        for x in (-0.95, 1.0)
        for z, side in ((0.7, 0), (-0.7, 180))
        for part in (p.turned("y", side) for p in _wheel(0, 0, 0, 0.32, 0.2))
        for part in (part.moved(x, 0.32, z),)
    ]
    lights = [
        ball((s * 1.66, 0.6, z), (0.05, 0.1, 0.12), LAMP if s > 0 else rgb("b5352f")).but(glow=0.5)
        for s in (-1, 1)
        for z in (-0.5, 0.5)
    ]
    bumpers = [box((x, 0.32, 0), (0.1, 0.12, 1.5), CHROME).but(gloss=0.8) for x in (-1.64, 1.66)]
    return [
        _body(low, 1.5, main),
        _body(cabin, 1.3, mix(main, CREAM, 0.75)),
        *windows,
        *screen,
        *wheels,
        *lights,
        *bumpers,
    ]


def _carriage(main: Colour, long: float, tall: float, wide: float, windows: int, doors: tuple[int, ...]) -> list[Solid]:
    """A long box on the ground with a row of windows, its front at +x."""
    hull = board(round_outline(long, tall - 0.35, 0.25, (0, 0.35 + (tall - 0.35) / 2)), wide, main).but(gloss=0.3)
    belt = [
        board(
            [
                (-long / 2 + 0.02, 0.45 + 0.2 * tall),
                (long / 2 - 0.02, 0.45 + 0.2 * tall),
                (long / 2 - 0.02, 0.55 + 0.2 * tall),
                (-long / 2 + 0.02, 0.55 + 0.2 * tall),
            ],
            wide + 0.01,
            CREAM,
        )
    ]
    step = (long - 0.5) / windows
    panes = [
        board(
            round_outline(
                step * 0.78,
                tall * (0.55 if k in doors else 0.28),
                0.08,
                (-long / 2 + 0.25 + step * (k + 0.5), tall * (0.5 if k in doors else 0.66)),
            ),
            wide + 0.03,
            PANE if k not in doors else scaled(PANE, 0.85),
        ).but(gloss=0.6, glow=0.12)
        for k in range(windows)
    ]
    nose = [
        sheet(
            [
                (long / 2 + 0.01, tall * 0.55, -wide * 0.42),
                (long / 2 + 0.01, tall * 0.55, wide * 0.42),
                (long / 2 + 0.01, tall * 0.85, wide * 0.42),
                (long / 2 + 0.01, tall * 0.85, -wide * 0.42),
            ],
            PANE,
            3.0,
        ).but(gloss=0.6)
    ]
    lamps = [disc((long / 2 + 0.02, 0.75, z), 0.14, LAMP, "x", 3.0).but(glow=0.7) for z in (-wide * 0.3, wide * 0.3)]
    return [hull, *belt, *panes, *nose, *lamps]


@thing("bus")
def bus(main: Colour) -> list[Solid]:
    """A country bus."""
    wheels = [
        part.moved(x, 0.48, z)
        for x in (-2.3, 2.2)
        for z, side in ((1.15, 0), (-1.15, 180))
        for part in (p.turned("y", side) for p in _wheel(0, 0, 0, 0.48, 0.25))
    ]
    return [
        *_carriage(main, 7.4, 3.0, 2.4, 6, (5,)),
        *wheels,
        board(round_outline(1.5, 0.3, 0.05, (2.6, 2.75)), 2.44, rgb("3a3f45")),
    ]


@thing("train")
def train(main: Colour) -> list[Solid]:
    """A railcar on its track."""
    rails = [box((0, 0, z), (11.0, 0.1, 0.1), IRON) for z in (-0.8, 0.8)]
    bogies = [part.moved(x, 0.36, 1.0) for x in (-3.4, -2.4, 2.4, 3.4) for part in _wheel(0, 0, 0, 0.36, 0.15)]
    return [
        *rails,
        *_carriage(main, 9.5, 3.4, 2.6, 7, (1, 5)),
        *bogies,
        board(round_outline(9.2, 0.3, 0.1, (0, 3.45)), 2.0, scaled(main, 0.7)),
        tube([(-0.5, 3.6, 0), (0.3, 4.1, 0), (-0.3, 4.5, 0)], 0.04, IRON, 6, bent=False),
    ]


@thing("motorcycle")
def scooter(main: Colour) -> list[Solid]:
    """A motor scooter."""
    wheels = [part for x in (-0.48, 0.55) for part in _wheel(x, 0.24, 0, 0.24, 0.12)]
    tail = board([(-0.8, 0.32), (-0.15, 0.25), (-0.1, 0.6), (-0.3, 0.72), (-0.75, 0.66)], 0.34, main).but(gloss=0.6)
    shield = tube([(0.18, 0.22, 0), (0.36, 0.5, 0), (0.34, 0.92, 0)], [0.13, 0.2, 0.15], main, 14, flat=0.45).but(
        gloss=0.6
    )
    bars = tube([(0.24, 1.02, -0.3), (0.32, 0.98, 0), (0.24, 1.02, 0.3)], 0.022, CHROME, 8)
    return [
        *wheels,
        tail,
        box((0.05, 0.2, 0), (0.55, 0.06, 0.3), scaled(main, 0.85)),
        tube([(-0.72, 0.74, 0), (-0.4, 0.77, 0), (-0.1, 0.72, 0)], [0.09, 0.13, 0.08], rgb("6b4730"), flat=0.9),
        shield,
        tube([(0.34, 0.9, 0), (0.55, 0.26, 0)], 0.04, scaled(main, 0.8), 8),
        bars,
        ball((0.36, 0.94, 0), (0.08, 0.09, 0.09), LAMP).but(glow=0.3),
    ]


@thing("cart")
def cart(main: Colour) -> list[Solid]:
    """A hand cart with a striped roof."""
    wheels = [part for x in (-0.35, 0.45) for part in _wheel(x, 0.3, 0.33, 0.3, 0.06, main)]
    roof = [
        sheet(
            [
                (-0.75 + 0.25 * k, 1.75, 0.5),
                (-0.5 + 0.25 * k, 1.75, 0.5),
                (-0.5 + 0.25 * k, 2.0, -0.3),
                (-0.75 + 0.25 * k, 2.0, -0.3),
            ],
            rgb("b8433c") if k % 2 else CREAM,
        )
        for k in range(6)
    ]
    posts = [_post(x, z, 0.85, 1.85, 0.035, WOOD) for x in (-0.65, 0.65) for z in (-0.25, 0.28)]
    goods = [
        ball((x, 0.95, 0.1), (0.11, 0.1, 0.11), rgb(c))
        for x, c in ((-0.45, "d9953f"), (-0.2, "b8433c"), (0.05, "7f9d4c"), (0.3, "d9953f"), (0.5, "b8433c"))
    ]
    return [box((0, 0.4, 0), (1.4, 0.48, 0.6), main), *wheels, *posts, *goods, *roof]


def _hull(main: Colour, long: float, wide: float, deep: float) -> list[Solid]:
    """An open boat along x."""
    stations = [(-1.0, 0.5), (-0.75, 0.8), (-0.3, 1.0), (0.2, 1.0), (0.65, 0.72), (1.0, 0.02)]
    out: list[Solid] = []
    for side in (-1, 1):
        edge: list[Point] = [(x * long / 2, deep * (0.85 + 0.35 * x**4), side * w * wide / 2) for x, w in stations]
        keel: list[Point] = [
            (x * long * 0.46, deep * 0.02 if abs(x) < 0.9 else deep * 0.2, side * w * wide * 0.26) for x, w in stations
        ]
        for k in range(len(stations) - 1):
            out.append(sheet([keel[k], keel[k + 1], edge[k + 1], edge[k]], scaled(main, 1.0 if side > 0 else 0.7)))
        out.append(tube(edge, wide * 0.03, mix(main, CREAM, 0.6), 8))
    floor = sheet(
        [
            (x * long * 0.47, deep * 0.3, s * w * wide * 0.34)
            for s, row in ((1, stations), (-1, stations[::-1]))
            for x, w in row
        ],
        scaled(WOOD, 0.85),
    )
    stern = sheet(
        [
            (-long * 0.46, deep * 0.2, -wide * 0.13),
            (-long * 0.46, deep * 0.2, wide * 0.13),
            (-long / 2, deep * 1.2, wide * 0.25),
            (-long / 2, deep * 1.2, -wide * 0.25),
        ],
        scaled(main, 0.85),
    )
    return [floor, stern, *out]


@thing("boat")
def boat(main: Colour) -> list[Solid]:
    """A rowing boat with its oars."""
    benches = [box((x, 0.34, 0), (0.22, 0.04, 0.95), WOOD) for x in (-0.7, 0.35)]
    oars = [tube([(-0.25, 0.62, s * 0.2), (0.5, 0.45, s * 1.35)], 0.03, rgb("c9a468"), 8) for s in (-1, 1)]
    blades = [ball((0.62, 0.42, s * 1.52), (0.1, 0.03, 0.22), rgb("c9a468")) for s in (-1, 1)]
    return [*_hull(main, 3.0, 1.25, 0.55), *benches, oars[0], blades[0], oars[1], blades[1]]


@thing("sailboat")
def sailboat(main: Colour) -> list[Solid]:
    """A small sailing boat."""
    sail = [
        sheet([(0.18, 0.75, 0.02), (-1.2, 0.8, 0.25), (0.16, 3.6, 0.02)], CREAM),
        sheet([(0.3, 0.75, 0), (1.35, 0.75, 0.15), (0.26, 3.2, 0)], scaled(CREAM, 0.93)),
    ]
    return [
        *_hull(main, 3.0, 1.2, 0.6),
        tube([(0.22, 0.2, 0), (0.22, 3.8, 0)], 0.04, WOOD, 8),
        *sail,
        tube([(0.2, 0.74, 0.02), (-1.25, 0.78, 0.25)], 0.03, WOOD, 8),
        sheet([(0.22, 3.8, 0), (-0.25, 3.68, 0.05), (0.22, 3.55, 0)], main),
    ]


@thing("rover")
def rover(main: Colour) -> list[Solid]:
    """A six-wheeled car for the moon, three metres long: open deck, seats, aerial and mast."""
    wheels = [
        part.moved(x, 0.36, z)
        for x in (-1.15, 0.0, 1.15)
        for z, side in ((0.78, 0), (-0.78, 180))
        for part in (p.turned("y", side) for p in _wheel(0, 0, 0, 0.36, 0.26))
    ]
    deck = board([(-1.4, 0.5), (1.4, 0.5), (1.5, 0.66), (1.3, 0.86), (-1.4, 0.86)], 1.2, main).but(gloss=0.4)
    seats = [
        part
        for z in (-0.3, 0.3)
        for part in (box((0.1, 0.86, z), (0.5, 0.18, 0.44), IRON), box((-0.18, 0.95, z), (0.1, 0.6, 0.44), IRON))
    ]
    panel = board(round_outline(0.12, 0.5, 0.04, (0.82, 1.08)), 0.9, rgb("dfe3e4"))
    mast = [
        tube([(-1.1, 0.86, 0.2), (-1.1, 2.0, 0.2)], 0.035, CHROME, 8),
        ball((-1.1, 2.05, 0.2), (0.17, 0.13, 0.15), rgb("dfe3e4")),
    ]
    aerial = [
        tube([(1.25, 0.86, -0.3), (1.25, 1.55, -0.3)], 0.03, CHROME, 8),
        shell([(0.03, 0.0), (0.22, 0.05), (0.38, 0.17)], rgb("efe5cf"), sides=20)
        .turned("x", 55)
        .moved(1.25, 1.55, -0.3),
    ]
    stripe = board([(-1.36, 0.64), (1.4, 0.64), (1.4, 0.72), (-1.36, 0.72)], 1.21, rgb("b8433c"))
    lights = [ball((1.46, 0.72, z), (0.05, 0.08, 0.1), LAMP).but(glow=0.5) for z in (-0.4, 0.4)]
    return [
        *wheels,
        *aerial,
        deck,
        stripe,
        box((-0.95, 0.86, -0.1), (0.6, 0.3, 0.7), rgb("dfe3e4")),
        *seats,
        panel,
        *mast,
        *lights,
    ]


@thing("rocket")
def rocket(main: Colour) -> list[Solid]:
    """A rocket on its fins."""
    hull = lathe([(0.3, 0.45), (0.5, 1.0), (0.55, 1.8), (0.42, 2.7), (0.02, 3.5)], main, bent=True).but(gloss=0.5)
    nose = lathe([(0.33, 2.88), (0.2, 3.2), (0.02, 3.51)], rgb("c5453c"), bent=True).but(gloss=0.5, lift=12.0)
    fins = [
        part
        for a in (30, 150, 270)
        for part in (board([(0.38, 0.6), (0.95, 0.0), (0.95, 0.45), (0.5, 1.35)], 0.08, rgb("c5453c")).turned("y", a),)
    ]
    window = [
        lathe([(0.24, 0), (0.22, 0.06)], CHROME).turned("x", 90).moved(y=2.05, z=0.5).but(gloss=1.0),
        disc((0, 2.05, 0.565), 0.17, rgb("7fb0c8"), "z", 1.0).but(gloss=1.0),
    ]
    return [
        lathe([(0.2, 0.25), (0.28, 0.48)], IRON),
        *fins,
        hull,
        nose,
        *window,
        lathe([(0.54, 1.2), (0.555, 1.35)], rgb("c5453c")).but(lids=(), lift=6.0),
    ]


@thing("hot air balloon")
def hot_air_balloon(main: Colour) -> list[Solid]:
    """A striped hot-air balloon."""
    profile = [(0.5, 3.2), (1.5, 4.6), (2.1, 6.0), (1.9, 7.4), (1.0, 8.4), (0.05, 8.7)]
    whole = lathe(profile, main, sides=32, bent=True)
    quads = whole.quads.reshape(-1, 32, 4)
    gores = [
        whole.but(quads=quads[:, k::8].reshape(-1, 4), lids=(), colour=c)
        for k, c in enumerate((main, main, CREAM, CREAM, rgb("e3ae48"), rgb("e3ae48"), CREAM, CREAM))
    ]
    ropes = [
        tube([(0.48 * cos(a), 3.2, 0.48 * sin(a)), (0.32 * cos(a), 0.8, 0.32 * sin(a))], 0.03, WOOD, 5)
        for a in (0.8, 2.3, 3.9, 5.5)
    ]
    return [*gores, *ropes, shell([(0.35, 0.0), (0.42, 0.8)], rgb("96683a"), bent=False)]


@thing("airplane")
def airplane(main: Colour) -> list[Solid]:
    """A small aeroplane in the air."""
    red = rgb("c24a3f")
    hull = tube(
        [(-3.2, 1.2, 0), (-1.5, 1.0, 0), (0.5, 1.0, 0), (1.8, 1.0, 0), (2.3, 1.0, 0)],
        [0.12, 0.42, 0.6, 0.52, 0.3],
        main,
        16,
    ).but(gloss=0.5)
    wings = [
        sheet(
            [(0.9, 0.9, s * 0.4), (0.5, 1.15, s * 3.4), (-0.2, 1.15, s * 3.4), (-0.5, 0.9, s * 0.4)], scaled(main, 0.92)
        )
        for s in (-1, 1)
    ]
    tail = [
        sheet([(-2.6, 1.2, 0), (-3.2, 2.2, 0), (-3.5, 2.2, 0), (-3.3, 1.2, 0)], red),
        *(
            sheet([(-2.6, 1.2, s * 0.1), (-3.1, 1.25, s * 1.1), (-3.45, 1.25, s * 1.1), (-3.3, 1.2, s * 0.1)], red)
            for s in (-1, 1)
        ),
    ]
    return [
        wings[0],
        tail[2],
        hull,
        tail[0],
        tail[1],
        wings[1],
        ball((0.5, 1.45, 0), (0.7, 0.3, 0.4), PANE).but(gloss=1.0),
        ball((2.35, 1.0, 0), (0.15, 0.2, 0.2), red),
        board([(2.4, 0.0), (2.46, 0.0), (2.46, 2.0), (2.4, 2.0)], 0.14, IRON),
    ]
