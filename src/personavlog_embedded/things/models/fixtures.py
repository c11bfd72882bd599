"""What belongs to houses and gardens and yet can stand alone: doors, gates, fences, statues, hay, hammocks."""

from __future__ import annotations

from itertools import pairwise
from math import cos, pi, sin

from personavlog_embedded.render.canvas import Colour, scaled
from personavlog_embedded.things.models.model import rgb, thing
from personavlog_embedded.things.models.solid import Solid, ball, board, box, lathe, round_outline, sheet, tube

IRON, BRASS, STONE, ROPE, WOOD = rgb("3c4145"), rgb("c9a24d"), rgb("a7a49b"), rgb("cdb58a"), rgb("8a6038")


@thing("door")
def door(main: Colour) -> list[Solid]:
    """A panelled door in its frame, a little open."""
    frame = [box((s * 0.5, 0, 0), (0.1, 2.15, 0.16), scaled(main, 0.7)) for s in (-1, 1)] + [
        box((0, 2.1, 0), (1.1, 0.1, 0.16), scaled(main, 0.7))
    ]
    panels = [
        board(round_outline(0.32, tall, 0.02, (x, y)), 0.02, scaled(main, 1.12), 0.035)
        for x in (-0.2, 0.2)
        for y, tall in ((0.5, 0.7), (1.45, 0.95))
    ]
    leaf = [box((0, 0, 0), (0.88, 2.08, 0.05), main), *panels, ball((0.36, 1.02, 0.06), 0.035, BRASS).but(gloss=0.8)]
    return [*frame, *(part.turned("y", -18, (-0.44, 0.0, 0.0)) for part in leaf)]


@thing("gate")
def gate(main: Colour) -> list[Solid]:
    """A wrought gate between two stone posts."""
    posts = [
        part
        for s in (-1, 1)
        for part in (box((s * 0.8, 0, 0), (0.32, 1.5, 0.32), STONE), ball((s * 0.8, 1.62, 0), 0.15, scaled(STONE, 1.1)))
    ]
    bars = [
        tube([(x, 0.1, 0), (x, 1.25 + 0.22 * cos(x * 2.4), 0)], 0.018, main, 8)
        for x in (-0.54, -0.36, -0.18, 0.0, 0.18, 0.36, 0.54)
    ]
    rails = [tube([(-0.62, y, 0), (0.62, y, 0)], 0.02, main, 8) for y in (0.2, 0.75, 1.15)]
    return [*posts, *bars, *rails]


@thing("fence")
def fence(main: Colour) -> list[Solid]:
    """Two lengths of a picket fence."""
    pickets = [
        board(
            [(x - 0.05, 0), (x + 0.05, 0), (x + 0.05, 0.86), (x, 0.95), (x - 0.05, 0.86)],
            0.025,
            scaled(main, 0.94 + 0.06 * (k % 2)),
        )
        for k, x in enumerate(-0.8 + 0.2 * j for j in range(9))
    ]
    return [*(box((0, y, -0.03), (1.8, 0.07, 0.03), scaled(main, 0.8)) for y in (0.25, 0.65)), *pickets]


@thing("statue")
def statue(main: Colour) -> list[Solid]:
    """A robed figure on a plinth."""
    plinth = [
        box((0, 0, 0), (0.6, 0.14, 0.6), scaled(main, 0.85)),
        box((0, 0.14, 0), (0.46, 0.5, 0.46), scaled(main, 0.95)),
    ]
    robe = lathe([(0.22, 0.64), (0.2, 0.95), (0.14, 1.3), (0.19, 1.55), (0.08, 1.72)], main, bent=True)
    arms = [
        tube([(0.16, 1.55, 0), (0.26, 1.3, 0.1), (0.12, 1.2, 0.22)], 0.055, main),
        tube([(-0.16, 1.55, 0), (-0.3, 1.75, 0.06), (-0.26, 2.0, 0.1)], 0.055, main),
    ]
    return [
        *plinth,
        robe,
        *arms,
        ball((0, 1.84, 0), (0.1, 0.13, 0.11), main),
        ball((0, 1.92, -0.03), (0.11, 0.08, 0.11), scaled(main, 0.9)),
    ]


@thing("hay bale")
def hay(main: Colour) -> list[Solid]:
    """A tied bale of hay."""
    bands = [box((x, 0.0, 0), (0.03, 0.462, 0.502), rgb("8a6a3a")) for x in (-0.22, 0.22)]
    straws = [
        tube([(0.4 * cos(k), 0.45, 0.2 * sin(k)), (0.46 * cos(k), 0.52, 0.26 * sin(k))], 0.006, scaled(main, 1.1), 5)
        for k in range(12)
    ]
    return [box((0, 0, 0), (0.9, 0.46, 0.5), main), *bands, *straws]


@thing("hammock")
def hammock(main: Colour) -> list[Solid]:
    """A striped hammock between two posts."""
    posts = [tube([(s * 1.3, 0, 0), (s * 1.25, 1.5, 0)], 0.06, WOOD, 10) for s in (-1, 1)]
    points = [(-1.0 + 0.25 * k, 0.5 + 0.55 * (abs(k - 4) / 4) ** 2) for k in range(9)]
    strips = [
        sheet([(x0, y0, -0.4), (x1, y1, -0.4), (x1, y1, 0.4), (x0, y0, 0.4)], main if k % 2 else rgb("efe0c2"))
        for k, ((x0, y0), (x1, y1)) in enumerate(pairwise(points))
    ]
    cords = [
        tube([(s * 1.0, 1.05, z), (s * 1.26, 1.35, 0)], 0.01, ROPE, 6) for s in (-1, 1) for z in (-0.38, 0.0, 0.38)
    ]
    return [*posts, *strips, *cords]


@thing("clothes line")
def clothes_line(main: Colour) -> list[Solid]:
    """Washing between two poles."""
    poles = [tube([(s * 1.1, 0, 0), (s * 1.1, 1.9, 0)], 0.035, WOOD, 8) for s in (-1, 1)]
    cloths = [
        sheet(
            [(x, 1.84, 0), (x + wide, 1.83, 0), (x + wide - 0.02, 1.84 - tall, 0.05), (x + 0.01, 1.84 - tall, 0.04)],
            rgb(code),
        )
        for x, wide, tall, code in (
            (-0.95, 0.4, 0.6, "b8433c"),
            (-0.45, 0.35, 0.5, "efe7d6"),
            (0.0, 0.45, 0.7, "5f84a6"),
            (0.55, 0.35, 0.45, "d9a24a"),
        )
    ]
    return [*poles, tube([(-1.1, 1.88, 0), (0, 1.82, 0), (1.1, 1.88, 0)], 0.008, main, 6), *cloths]


@thing("sandcastle")
def sandcastle(main: Colour) -> list[Solid]:
    """Four towers, a keep and a paper flag."""
    towers = [
        lathe([(0.13, 0.0), (0.1, 0.24), (0.12, 0.25), (0.12, 0.3)], main, (0.26 * sx, 0, 0.26 * sz), 14)
        for sx in (-1, 1)
        for sz in (-1, 1)
    ]
    walls = [box((0, 0, s * 0.26), (0.44, 0.17, 0.1), scaled(main, 0.95)) for s in (-1, 1)] + [
        box((s * 0.26, 0, 0), (0.1, 0.17, 0.44), scaled(main, 0.95)) for s in (-1, 1)
    ]
    keep = lathe([(0.18, 0.0), (0.15, 0.4), (0.17, 0.41), (0.17, 0.48)], scaled(main, 1.05), sides=16)
    flag = sheet([(0.005, 0.72, 0), (0.16, 0.67, 0.02), (0.005, 0.61, 0)], rgb("c0473c"))
    return [
        ball((0, 0.0, 0), (0.52, 0.06, 0.52), scaled(main, 0.92)),
        *walls,
        *towers,
        keep,
        tube([(0, 0.46, 0), (0, 0.73, 0)], 0.008, WOOD, 6),
        flag,
    ]


@thing("vending machine")
def vending_machine(main: Colour) -> list[Solid]:
    """A lit machine of cans."""
    body = [
        box((0, 0, 0), (0.95, 1.8, 0.7), main),
        board(round_outline(0.62, 1.2, 0.02, (-0.1, 1.08)), 0.01, rgb("e8f1f2"), 0.355).but(glow=0.8),
    ]
    colours = ("d8483c", "3f7fb0", "e3b040", "4f9a58", "f0f0e6")
    cans = [
        lathe(
            [(0.035, 0.0), (0.035, 0.13)], rgb(colours[(k + row) % 5]), (-0.34 + 0.12 * k, 0.58 + 0.28 * row, 0.37), 10
        ).but(glow=0.5)
        for row in range(4)
        for k in range(5)
    ]
    return [
        *body,
        *cans,
        box((-0.1, 0.2, 0.35), (0.5, 0.16, 0.02), rgb("2c2a2a")),
        box((0.36, 0.9, 0.35), (0.14, 0.3, 0.02), rgb("d9dadb")),
    ]


@thing("torch")
def torch(main: Colour) -> list[Solid]:
    """A burning torch."""
    flame = [
        tube(
            [(0, 0.5, 0), (0.03, 0.6, 0), (-0.02, 0.72, 0), (0.01, 0.86 - 0.12 * k, 0)],
            [0.06 - 0.014 * k, 0.085 - 0.022 * k, 0.05 - 0.013 * k, 0.002],
            rgb(code),
        ).but(glow=1.0, lift=float(k))
        for k, code in enumerate(("ee7a2c", "fbb648", "fff0b8"))
    ]
    return [lathe([(0.016, 0.0), (0.022, 0.42), (0.045, 0.5)], main), lathe([(0.05, 0.4), (0.055, 0.5)], IRON), *flame]


@thing("sky lantern")
def sky_lantern(main: Colour) -> list[Solid]:
    """A paper lantern that rises, lit from within."""
    paper = lathe(
        [(0.14, 0.0), (0.2, 0.12), (0.25, 0.4), (0.22, 0.56), (0.08, 0.64), (0.001, 0.65)], main, bent=True
    ).but(glow=0.85)
    return [
        paper,
        lathe([(0.145, -0.02), (0.145, 0.0)], rgb("8a5a2c")),
        *(
            tube([(0.25 * cos(a), 0.4, 0.25 * sin(a)), (0.15 * cos(a), 0, 0.15 * sin(a))], 0.006, scaled(main, 0.7), 5)
            for a in (0.3, pi / 2, 2.6, 4.2)
        ),
    ]


@thing("water lantern")
def water_lantern(main: Colour) -> list[Solid]:
    """A paper lantern on a small raft."""
    walls = box((0, 0.04, 0), (0.22, 0.24, 0.22), main).but(glow=0.85)
    posts = [box((0.11 * sx, 0.04, 0.11 * sz), (0.018, 0.25, 0.018), WOOD) for sx in (-1, 1) for sz in (-1, 1)]
    return [box((0, 0, 0), (0.34, 0.04, 0.34), WOOD), walls, *posts, box((0, 0.285, 0), (0.24, 0.015, 0.24), WOOD)]
