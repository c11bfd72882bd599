"""Phones, cameras, clocks, lamps, tools and instruments."""

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

DARK, STEEL, BRASS, WOOD, LIGHT = rgb("34363a"), rgb("a4a9ad"), rgb("c9a24d"), rgb("9a6b42"), rgb("ffe3a0")


@thing("phone")
def phone(main: Colour) -> list[Solid]:
    """A phone with a lit screen."""
    screen = board(round_outline(0.066, 0.14, 0.006, (0, 0.076)), 0.001, rgb("7fb0c8"), 0.0055).but(glow=0.7)
    icons = [
        board(round_outline(0.014, 0.012, 0.003, (x, y)), 0.001, rgb(c), 0.0065).but(glow=0.7)
        for x, y, c in (
            (-0.02, 0.12, "e9b04e"),
            (0.0, 0.12, "e9e3d2"),
            (0.02, 0.12, "c9604c"),
            (-0.02, 0.095, "e9e3d2"),
            (0.0, 0.095, "86b26c"),
        )
    ]
    return [
        part.turned("x", -12)
        for part in (board(round_outline(0.074, 0.152, 0.012, (0, 0.076)), 0.009, main).but(gloss=0.6), screen, *icons)
    ]


@thing("camera")
def camera(main: Colour) -> list[Solid]:
    """A film camera."""
    body = board(round_outline(0.14, 0.085, 0.012, (0, 0.0425)), 0.045, main)
    top = board(round_outline(0.14, 0.026, 0.008, (0, 0.083)), 0.043, STEEL).but(gloss=0.8)
    lens = [
        lathe([(0.034, 0.0), (0.034, 0.025), (0.03, 0.03), (0.03, 0.055), (0.027, 0.055)], colour)
        .turned("x", 90)
        .moved(y=0.043, z=z)
        for colour, z in ((rgb("2b2b2e"), 0.022),)
    ]
    glass = [
        disc((0, 0.043, 0.0775), 0.025, rgb("5f7f96"), "z", 0.4),
        disc((-0.006, 0.05, 0.078), 0.009, rgb("c8dde6"), "z", 0.8),
    ]
    bits = [
        box((0, 0.094, 0), (0.045, 0.02, 0.035), STEEL),
        lathe([(0.012, 0.0), (0.012, 0.012)], DARK, (0.048, 0.095, 0)),
        lathe([(0.009, 0.0), (0.009, 0.012)], DARK, (-0.05, 0.095, 0)),
    ]
    return [body, top, *lens, *glass, *bits]


@thing("laptop")
def laptop(main: Colour) -> list[Solid]:
    """An open laptop."""
    base = box((0, 0, 0.02), (0.33, 0.016, 0.22), main)
    keys = [
        sheet(
            [(-0.14, 0.0165, z), (0.14, 0.0165, z), (0.14, 0.0165, z + 0.017), (-0.14, 0.0165, z + 0.017)],
            rgb("5a5e64"),
            0.4,
        )
        for z in (-0.065, -0.04, -0.015, 0.01)
    ]
    lid = [
        part.turned("x", -16).moved(y=0.016, z=-0.09)
        for part in (
            board(round_outline(0.33, 0.22, 0.01, (0, 0.11)), 0.01, main),
            board([(-0.15, 0.015), (0.15, 0.015), (0.15, 0.205), (-0.15, 0.205)], 0.002, rgb("8fb4c6"), 0.0065).but(
                glow=0.7
            ),
        )
    ]
    return [base, *keys, *lid]


@thing("microphone")
def microphone(main: Colour) -> list[Solid]:
    """A hand microphone."""
    return [
        lathe([(0.013, 0.0), (0.016, 0.01), (0.021, 0.15), (0.025, 0.165)], main).but(gloss=0.5),
        lathe([(0.027, 0.163), (0.027, 0.173)], STEEL).but(gloss=1.0),
        ball((0, 0.2, 0), (0.033, 0.035, 0.033), rgb("8b8f95")).but(gloss=0.6),
    ]


@thing("radio")
def radio(main: Colour) -> list[Solid]:
    """An old wireless."""
    front = board(round_outline(0.27, 0.15, 0.02, (0, 0.095)), 0.003, rgb("d9c79f"), 0.0635)
    slots = [
        sheet(
            [(-0.11, y, 0.066), (0.02, y, 0.066), (0.02, y - 0.007, 0.066), (-0.11, y - 0.007, 0.066)],
            rgb("6b5238"),
            0.4,
        )
        for y in (0.145, 0.128, 0.111, 0.094, 0.077, 0.06)
    ]
    knobs = [
        disc((0.075, y, 0.067), r, c, "z", 0.6) for y, r, c in ((0.12, 0.034, rgb("f1e2b0")), (0.055, 0.016, BRASS))
    ]
    return [
        board(round_outline(0.3, 0.18, 0.035, (0, 0.095)), 0.12, main).but(gloss=0.4),
        front,
        *slots,
        *knobs,
        tube([(0.11, 0.18, -0.03), (0.17, 0.34, -0.03)], 0.0035, STEEL, 6),
    ]


@thing("clock")
def clock(main: Colour) -> list[Solid]:
    """An alarm clock with two bells."""
    case = (
        lathe([(0.062, -0.03), (0.068, -0.02), (0.068, 0.02), (0.062, 0.026)], main, sides=30)
        .turned("x", 90)
        .moved(y=0.085)
        .but(gloss=0.7)
    )
    ticks = [
        box((0.043 * s, 0.0835 + 0.043 * c - 0.003, 0.0275), (0.005, 0.006, 0.001), DARK)
        for s, c in ((0, 1), (1, 0), (0, -1), (-1, 0))
    ]
    hands = [tube([(0, 0.085, 0.029), (x, y, 0.029)], 0.0028, DARK, 6) for x, y in ((0.024, 0.101), (-0.012, 0.122))]
    bells = [ball((s * 0.04, 0.155, 0), (0.027, 0.02, 0.027), BRASS).but(gloss=1.0) for s in (-1, 1)]
    feet = [tube([(s * 0.035, 0.04, 0), (s * 0.05, 0.0, 0)], 0.007, BRASS, 8) for s in (-1, 1)]
    return [
        *feet,
        case,
        disc((0, 0.085, 0.0265), 0.056, rgb("f1e8d2"), "z", 0.3),
        *ticks,
        *hands,
        *bells,
        tube([(-0.02, 0.175, 0), (0, 0.19, 0), (0.02, 0.175, 0)], 0.004, STEEL, 6),
    ]


def _dial(main: Colour, needles: list[Solid]) -> list[Solid]:
    """A round case with its ring, needles and all leaning back a little."""
    case = (
        lathe([(0.042, -0.01), (0.046, 0.0), (0.042, 0.008)], main, sides=28)
        .turned("x", 90)
        .moved(y=0.046)
        .but(gloss=1.0)
    )
    face = disc((0, 0.046, 0.009), 0.036, rgb("f2ead5"), "z", 0.3)
    ticks = [
        box((0.03 * s, 0.0445 + 0.03 * c, 0.0095), (0.003, 0.004, 0.001), DARK)
        for s, c in ((0, 1), (1, 0), (0, -1), (-1, 0))
    ]
    ring = tube([(0, 0.09, 0), (0, 0.104, 0)], 0.007, main, 8)
    return [part.turned("x", -20) for part in (case, face, *ticks, *needles, ring)]


@thing("compass")
def compass(main: Colour) -> list[Solid]:
    """A brass compass, its lid open behind."""
    needle = [
        tube([(0, 0.046, 0.011), (s * 0.016, 0.046 + s * 0.022, 0.011)], [0.004, 0.001], rgb(c), 6)
        for s, c in ((1, "b63a35"), (-1, "3a4048"))
    ]
    lid = lathe([(0.04, 0), (0.043, 0.005)], main, sides=28).turned("x", 62).moved(y=0.05, z=-0.03).but(gloss=1.0)
    return [*_dial(main, needle), lid.turned("x", -20)]


@thing("watch")
def watch(main: Colour) -> list[Solid]:
    """A pocket watch."""
    hands = [tube([(0, 0.046, 0.011), (x, y, 0.011)], 0.0018, DARK, 6) for x, y in ((0.013, 0.056), (-0.006, 0.07))]
    return _dial(main, hands)


@thing("pencil")
def pencil(main: Colour) -> list[Solid]:
    """A sharpened pencil, point up."""
    wood = lathe([(0.0055, 0.14), (0.0018, 0.16)], rgb("e3c79a"), sides=12)
    lead = lathe([(0.0019, 0.159), (0.0003, 0.167)], DARK, sides=8)
    rubber = [
        lathe([(0.0058, 0.0), (0.0058, 0.012)], rgb("d08a86")),
        lathe([(0.006, 0.012), (0.006, 0.022)], STEEL).but(gloss=1.0),
    ]
    return [*rubber, lathe([(0.0056, 0.022), (0.0056, 0.14)], main, sides=6).but(smooth=False), wood, lead]


@thing("telescope")
def telescope(main: Colour) -> list[Solid]:
    """A telescope on its tripod."""
    legs = [
        tube([(0, 0.86, 0), (x, 0, z)], [0.016, 0.013], WOOD, 8) for x, z in ((-0.3, 0.14), (0.3, 0.14), (0.0, -0.34))
    ]
    barrel = lathe(
        [(0.035, -0.38), (0.035, -0.2), (0.052, -0.19), (0.055, 0.3), (0.066, 0.31), (0.066, 0.42)], main, sides=22
    ).but(gloss=0.5)
    rings = [
        lathe([(r, y), (r, y + 0.03)], BRASS).but(lids=(), lift=0.5, gloss=1.0)
        for r, y in ((0.054, -0.17), (0.0565, 0.26))
    ]
    return [*legs, ball((0, 0.88, 0), 0.05, DARK), *(part.turned("x", 58).moved(y=0.95) for part in (barrel, *rings))]


@thing("microscope")
def microscope(main: Colour) -> list[Solid]:
    """A microscope."""
    arm = tube([(0, 0.03, -0.07), (0, 0.16, -0.09), (0, 0.27, -0.05)], 0.022, main)
    barrel = [
        lathe([(0.012, 0.0), (0.018, 0.02), (0.024, 0.03), (0.024, 0.16), (0.017, 0.165), (0.019, 0.22)], DARK)
        .turned("x", -22)
        .moved(y=0.16, z=0.045)
    ]
    return [
        board(round_outline(0.16, 0.03, 0.012, (0, 0.015)), 0.22, main),
        arm,
        box((0, 0.12, 0.02), (0.11, 0.014, 0.1), DARK),
        *barrel,
        lathe([(0.03, 0), (0.03, 0.02)], STEEL).turned("z", 90).moved(0.035, 0.14, -0.08),
    ]


@thing("lamp")
def lamp(main: Colour) -> list[Solid]:
    """A lit table lamp."""
    shade = lathe([(0.13, 0.24), (0.075, 0.4)], main, sides=30).but(lids=(), glow=0.75)
    base = lathe(
        [(0.075, 0.0), (0.07, 0.015), (0.025, 0.03), (0.02, 0.06), (0.035, 0.11), (0.02, 0.17), (0.012, 0.26)],
        rgb("6f8a94"),
        bent=True,
    ).but(gloss=0.8)
    return [
        base,
        disc((0, 0.25, 0), 0.12, LIGHT).but(glow=1.0),
        shade,
        lathe([(0.131, 0.24), (0.128, 0.25)], scaled(main, 0.8)).but(lids=(), lift=0.5),
    ]


@thing("lantern")
def lantern(main: Colour) -> list[Solid]:
    """A lit paper lantern with its hoop."""
    paper = lathe([(0.055, 0.03), (0.1, 0.07), (0.12, 0.14), (0.1, 0.21), (0.055, 0.25)], main, bent=True).but(glow=0.8)
    ribs = [
        lathe([(r, y), (r, y + 0.003)], scaled(main, 0.72)).but(lids=(), lift=0.5, glow=0.4)
        for r, y in ((0.092, 0.06), (0.117, 0.11), (0.1205, 0.14), (0.117, 0.17), (0.093, 0.22))
    ]
    caps = [lathe([(0.056, y), (0.056, y + 0.02)], rgb("3c2c26")) for y in (0.012, 0.248)]
    return [
        paper,
        *ribs,
        *caps,
        tube(
            [(-0.045, 0.265, 0), (-0.03, 0.325, 0), (0, 0.34, 0), (0.03, 0.325, 0), (0.045, 0.265, 0)], 0.004, DARK, 6
        ),
    ]


@thing("candle")
def candle(main: Colour) -> list[Solid]:
    """A burning candle in a holder."""
    flame = [
        lathe(
            [(0.001, 0.0), (0.009, 0.012), (0.007, 0.028), (0.001, 0.048)], rgb("f6a53c"), (0, 0.168, 0), 14, bent=True
        ).but(glow=1.0),
        ball((0, 0.18, 0.008), (0.004, 0.01, 0.003), rgb("fff3c4")).but(glow=1.0, lift=1.0),
    ]
    dish = lathe([(0.035, 0.0), (0.055, 0.012), (0.052, 0.014), (0.03, 0.006)], BRASS).but(gloss=1.0)
    return [
        dish,
        lathe([(0.022, 0.004), (0.021, 0.15), (0.016, 0.156)], main).but(glow=0.15),
        ball((0.016, 0.12, 0.012), (0.006, 0.03, 0.006), main),
        tube([(0, 0.154, 0), (0.001, 0.17, 0)], 0.002, DARK, 6),
        *flame,
        tube([(0.05, 0.01, 0), (0.078, 0.02, 0), (0.07, 0.04, 0), (0.052, 0.02, 0)], 0.005, BRASS, 8),
    ]


@thing("flashlight")
def torch(main: Colour) -> list[Solid]:
    """A torch that is switched on, pointing up."""
    return [
        lathe([(0.016, 0.0), (0.018, 0.005), (0.018, 0.12), (0.03, 0.15), (0.032, 0.19)], main).but(gloss=0.7),
        disc((0, 0.1905, 0), 0.028, LIGHT, lift=0.3).but(glow=1.0),
    ]


@thing("street lamp")
def street_lamp(main: Colour) -> list[Solid]:
    """An old street lamp."""
    post = lathe([(0.11, 0.0), (0.1, 0.1), (0.055, 0.2), (0.04, 0.3), (0.03, 2.5), (0.055, 2.52), (0.09, 2.58)], main)
    glass = lathe([(0.08, 2.58), (0.14, 2.9)], rgb("ffdf9a"), sides=6).but(glow=0.85, smooth=False)
    return [post, glass, lathe([(0.17, 2.9), (0.1, 3.0), (0.03, 3.06), (0.02, 3.14)], main, sides=6).but(smooth=False)]


@thing("robot")
def robot(main: Colour) -> list[Solid]:
    """A small helpful robot."""
    head = board(round_outline(0.36, 0.27, 0.08, (0, 0.83)), 0.26, main).but(gloss=0.4)
    face = board(round_outline(0.28, 0.17, 0.06, (0, 0.83)), 0.01, rgb("2e3a42"), 0.134)
    eyes = [disc((s * 0.065, 0.84, 0.142), 0.032, rgb("8fe3e6"), "z", 1.0).but(glow=1.0) for s in (-1, 1)]
    body = lathe([(0.13, 0.22), (0.19, 0.3), (0.2, 0.55), (0.13, 0.66), (0.06, 0.68)], main, bent=True).but(gloss=0.4)
    chest = disc((0, 0.5, 0.205), 0.055, rgb("d9a24a"), "z", 3.0).but(glow=0.6)
    arms = [
        tube(
            [(s * 0.19, 0.58, 0), (s * 0.29, 0.48, 0.03), (s * 0.26, 0.33, 0.09)],
            [0.04, 0.036, 0.045],
            scaled(main, 0.78),
        )
        for s in (-1, 1)
    ]
    legs = [tube([(s * 0.085, 0.25, 0), (s * 0.09, 0.06, 0)], 0.05, scaled(main, 0.7)) for s in (-1, 1)]
    feet = [ball((s * 0.095, 0.04, 0.04), (0.075, 0.045, 0.1), scaled(main, 0.85)) for s in (-1, 1)]
    ears = [
        lathe([(0.05, 0), (0.05, 0.04)], rgb("d0793f")).turned("z", -90 * s).moved(s * 0.175, 0.83, 0) for s in (-1, 1)
    ]
    return [
        *legs,
        *feet,
        body,
        chest,
        tube([(0, 0.66, 0), (0, 0.72, 0)], 0.05, DARK),
        *arms,
        *ears,
        head,
        face,
        *eyes,
        tube([(0, 0.96, 0), (0, 1.05, 0)], 0.009, DARK, 6),
        ball((0, 1.06, 0), 0.026, rgb("d0523f")).but(glow=0.4),
    ]


@thing("broom")
def broom(main: Colour) -> list[Solid]:
    """A broom standing up."""
    brush = lathe([(0.13, 0.0), (0.12, 0.1), (0.06, 0.24), (0.03, 0.3)], main, sides=20)
    return [
        brush.but(points=brush.points * (1.0, 1.0, 0.55)),
        lathe([(0.05, 0.2), (0.042, 0.26)], rgb("a5443c")).but(lids=(), lift=1.0),
        tube([(0, 0.28, 0), (0, 1.35, 0)], 0.015, WOOD, 8),
    ]


@thing("shovel")
def shovel(main: Colour) -> list[Solid]:
    """A spade with a wooden shaft."""
    blade = board([(-0.1, 0.32), (-0.1, 0.1), (0.0, 0.0), (0.1, 0.1), (0.1, 0.32)], 0.02, main)
    return [
        blade.but(gloss=0.8),
        tube([(0, 0.3, 0), (0, 1.0, 0)], 0.016, WOOD, 8),
        tube([(-0.07, 1.02, 0), (0.07, 1.02, 0)], 0.016, WOOD, 8),
    ]


@thing("hammer")
def hammer(main: Colour) -> list[Solid]:
    """A hammer standing on its handle."""
    return [
        tube([(0, 0, 0), (0, 0.27, 0)], [0.016, 0.012], WOOD, 10),
        box((0.0, 0.25, 0), (0.07, 0.04, 0.035), main).but(gloss=0.8),
        tube([(-0.03, 0.27, 0), (-0.075, 0.268, 0)], [0.018, 0.021], main).but(gloss=0.8),
        tube([(0.03, 0.27, 0), (0.07, 0.262, 0), (0.095, 0.24, 0)], [0.016, 0.011, 0.004], main, flat=0.8),
    ]


@thing("wrench")
def wrench(main: Colour) -> list[Solid]:
    """A spanner."""
    jaw = [
        (-0.014, 0.0),
        (0.014, 0.0),
        (0.012, 0.16),
        (0.034, 0.185),
        (0.034, 0.225),
        (0.014, 0.235),
        (0.013, 0.2),
        (-0.013, 0.2),
        (-0.014, 0.235),
        (-0.034, 0.225),
        (-0.034, 0.185),
        (-0.012, 0.16),
    ]
    return [board(jaw, 0.014, main).but(gloss=0.9)]


@thing("paintbrush")
def brush(main: Colour) -> list[Solid]:
    """A paintbrush, bristles up."""
    return [
        tube([(0, 0, 0), (0, 0.09, 0), (0, 0.15, 0)], [0.003, 0.007, 0.0055], main, 10),
        lathe([(0.006, 0.15), (0.0065, 0.175)], STEEL).but(gloss=1.0),
        lathe([(0.006, 0.174), (0.008, 0.188), (0.001, 0.215)], rgb("4a6f9c"), sides=12, bent=True),
    ]


@thing("bell")
def bell(main: Colour) -> list[Solid]:
    """A hand bell."""
    return [
        lathe(
            [(0.065, 0.0), (0.06, 0.008), (0.045, 0.03), (0.036, 0.07), (0.02, 0.09), (0.006, 0.095)], main, bent=True
        ).but(gloss=1.0),
        tube([(0, 0.09, 0), (0, 0.18, 0)], [0.011, 0.015], WOOD),
    ]


@thing("palette")
def palette(main: Colour) -> list[Solid]:
    """A palette with dabs of paint, leaning back."""

    rim = [(0.15 * cos(a) * (1 - 0.1 * sin(2 * a)), 0.11 + 0.11 * sin(a)) for a in (2 * pi * k / 28 for k in range(28))]
    dabs = [
        ball((0.1 * cos(a), 0.115 + 0.065 * sin(a), 0.008), (0.018, 0.016, 0.006), rgb(c))
        for a, c in (
            (0.4, "b8433f"),
            (1.1, "e0a53c"),
            (1.8, "f0e9d8"),
            (2.5, "6d9a55"),
            (3.2, "3f6fa0"),
            (3.9, "6b4a86"),
        )
    ]
    return [
        part.turned("x", -25)
        for part in (board(rim, 0.01, main), *dabs, disc((0.06, 0.055, 0.0055), 0.016, rgb("4a382a"), "z", 0.5))
    ]


@thing("globe")
def globe(main: Colour) -> list[Solid]:
    """A globe on a stand."""
    lands = [
        ball((x, 0.16 + y, z), (0.05, 0.04, 0.03), rgb("8fae6a")).but(lift=0.0)
        for x, y, z in ((-0.03, 0.04, 0.062), (0.05, -0.01, 0.062), (-0.02, -0.055, 0.055))
    ]
    arc = tube([(0.0, 0.045, 0), (0.09, 0.09, -0.02), (0.115, 0.17, -0.02), (0.07, 0.26, -0.01)], 0.006, BRASS, 8)
    return [
        lathe([(0.06, 0.0), (0.055, 0.015), (0.015, 0.03), (0.012, 0.06)], WOOD),
        arc,
        ball((0, 0.16, 0), 0.098, main, 24).but(gloss=0.8),
        *lands,
    ]


@thing("steering wheel")
def wheel(main: Colour) -> list[Solid]:
    """A wheel with spokes."""

    ring = tube(
        [(0.17 * cos(2 * pi * k / 20), 0.18 + 0.17 * sin(2 * pi * k / 20), 0) for k in range(21)],
        0.016,
        main,
        bent=False,
    )
    return [
        ring,
        *(tube([(0, 0.18, 0), (0.16 * cos(a), 0.18 + 0.16 * sin(a), 0)], 0.011, BRASS, 8) for a in (0.5, 2.6, 4.7)),
        ball((0, 0.18, 0.01), 0.035, BRASS),
    ]


@thing("headphones")
def headphones(main: Colour) -> list[Solid]:
    """Headphones standing on their cups."""
    cups = [ball((s * 0.085, 0.045, 0), (0.024, 0.045, 0.04), main).but(gloss=0.5) for s in (-1, 1)]
    return [
        tube(
            [(-0.085, 0.06, 0), (-0.08, 0.15, 0), (0, 0.2, 0), (0.08, 0.15, 0), (0.085, 0.06, 0)],
            [0.009, 0.009, 0.013, 0.009, 0.009],
            scaled(main, 0.8),
            flat=1.6,
        ),
        *cups,
    ]


@thing("hourglass")
def hourglass(main: Colour) -> list[Solid]:
    """An hourglass."""
    sand = [
        lathe([(0.04, 0.02), (0.02, 0.045), (0.001, 0.06)], rgb("e0bf78")),
        lathe([(0.006, 0.1), (0.028, 0.125)], rgb("e0bf78")),
    ]
    glass = shell([(0.045, 0.02), (0.042, 0.05), (0.006, 0.09), (0.042, 0.13), (0.045, 0.16)], rgb("dce8ea")).but(
        sheer=0.6, gloss=1.0
    )
    ends = [lathe([(0.055, y), (0.055, y + 0.016)], main) for y in (0.004, 0.16)]
    return [
        *sand,
        glass,
        *ends,
        *(
            tube([(x, 0.01, z), (x, 0.17, z)], 0.005, main, 8)
            for x, z in ((-0.046, 0.02), (0.046, 0.02), (0.0, -0.048))
        ),
    ]
