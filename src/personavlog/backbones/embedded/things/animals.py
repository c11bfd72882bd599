"""Animals, on the ground, in the air and in the water; they face the viewer's right, as ``yaw`` turns them."""

from __future__ import annotations

from math import cos, pi, sin

from personavlog.backbones.embedded.things.model import rgb, thing
from personavlog.backbones.embedded.things.solid import Point, Solid, ball, board, disc, lathe, sheet, tube
from personavlog.backbones.embedded.world.surface import Colour, mix, scaled

DARK, CREAM, PINK = rgb("2c2522"), rgb("f0e4cf"), rgb("d9a39a")


def _eyes(at: Point, apart: float, size: float) -> list[Solid]:
    """Two dark eyes with a light in them, looking along z."""
    x, y, z = at
    return [
        part
        for s in (-1, 1)
        for part in (
            ball((x + s * apart, y, z), (size, size * 1.15, size * 0.6), DARK).but(gloss=0.4),
            ball((x + s * apart + size * 0.25, y + size * 0.4, z + size * 0.5), size * 0.3, CREAM).but(lift=1.0, glow=0.5),
        )
    ]


def _leg(x: float, z: float, top: float, wide: float, colour: Colour, paw: Colour) -> list[Solid]:
    return [
        tube([(x, top, z), (x, top * 0.5, z - wide * 0.25), (x, 0.02, z)], [wide * 1.25, wide * 0.85, wide * 0.8], colour),
        ball((x, wide * 0.55, z + wide * 0.45), (wide * 0.95, wide * 0.6, wide * 1.3), paw),
    ]


def _four(main: Colour, belly: Colour, long: float, tall: float, thick: float, leg: float) -> list[Solid]:
    """Trunk and four legs along z, the chest in front."""
    path = [(0, tall * 0.98, -long / 2), (0, tall, -long * 0.2), (0, tall * 0.98, long * 0.2), (0, tall * 1.04, long / 2)]
    trunk = tube(path, [thick * 0.7, thick, thick * 1.02, thick * 0.82], main, 16)
    legs = [part for x in (-1, 1) for z in (-0.42, 0.42) for part in _leg(x * thick * 0.58, z * long, tall, leg, main, belly)]
    return [*legs, trunk, ball((0, tall * 0.9, long * 0.44), (thick * 0.66, thick * 0.8, thick * 0.5), belly)]


@thing("dog", "c58a4e", "ground", yaw=52)
def dog(main: Colour) -> list[Solid]:
    """A friendly dog, standing."""
    pale = mix(main, CREAM, 0.75)
    head = [
        ball((0, 0.56, 0.29), (0.105, 0.1, 0.11), main),
        ball((0, 0.525, 0.385), (0.05, 0.045, 0.075), pale),
        ball((0, 0.55, 0.455), (0.021, 0.016, 0.015), DARK).but(gloss=1.0),
        *_eyes((0, 0.585, 0.375), 0.047, 0.016),
    ]
    ears = [tube([(s * 0.07, 0.64, 0.27), (s * 0.12, 0.62, 0.28), (s * 0.125, 0.52, 0.3)], [0.03, 0.04, 0.02], scaled(main, 0.68), flat=0.45) for s in (-1, 1)]
    tail = tube([(0, 0.42, -0.25), (0, 0.55, -0.34), (0, 0.63, -0.28)], [0.03, 0.035, 0.016], main)
    tongue = ball((0.012, 0.487, 0.425), (0.017, 0.026, 0.012), rgb("d8716e"))
    neck = tube([(0, 0.42, 0.18), (0, 0.56, 0.28)], [0.1, 0.08], main)
    collar = lathe([(0.093, 0.0), (0.09, 0.028)], rgb("b53c38")).turned("x", 38).moved(y=0.465, z=0.225).but(lids=(), lift=2.0)
    return [*_four(main, pale, 0.46, 0.38, 0.125, 0.042), neck, collar, tail, *ears, *head, tongue]


@thing("cat", "d09a5f", "ground", yaw=34)
def cat(main: Colour) -> list[Solid]:
    """A sitting cat."""
    pale = mix(main, CREAM, 0.7)
    body = lathe([(0.1, 0.0), (0.125, 0.05), (0.105, 0.16), (0.07, 0.25), (0.05, 0.29)], main, bent=True)
    chest = ball((0, 0.17, 0.062), (0.055, 0.09, 0.04), pale)
    legs = [
        part
        for s in (-1, 1)
        for part in (
            tube([(s * 0.04, 0.17, 0.07), (s * 0.04, 0.02, 0.1)], [0.034, 0.026], main),
            ball((s * 0.04, 0.018, 0.117), (0.028, 0.018, 0.034), pale),
            ball((s * 0.095, 0.055, 0.03), (0.05, 0.055, 0.08), main),
            ball((s * 0.105, 0.016, 0.1), (0.03, 0.016, 0.04), pale),
        )
    ]
    tail = tube([(0.05, 0.03, -0.1), (0.17, 0.025, -0.06), (0.2, 0.025, 0.05), (0.15, 0.024, 0.12)], [0.028, 0.026, 0.024, 0.014], main)
    head = [
        ball((0, 0.335, 0.04), (0.085, 0.072, 0.07), main),
        ball((0, 0.312, 0.098), (0.036, 0.025, 0.022), pale),
        ball((0, 0.326, 0.12), (0.011, 0.008, 0.006), PINK),
        *_eyes((0, 0.345, 0.1), 0.036, 0.014),
    ]
    ears = [
        part
        for s in (-1, 1)
        for part in (
            sheet([(s * 0.02, 0.39, 0.04), (s * 0.08, 0.365, 0.03), (s * 0.068, 0.455, 0.03)], main),
            sheet([(s * 0.032, 0.39, 0.044), (s * 0.07, 0.375, 0.036), (s * 0.064, 0.435, 0.034)], PINK, 1.0),
            sheet([(s * 0.02, 0.39, 0.04), (s * 0.08, 0.365, 0.03), (s * 0.068, 0.455, 0.03)], scaled(main, 0.85)).moved(z=-0.015),
        )
    ]
    whiskers = [tube([(s * 0.03, 0.316, 0.115), (s * 0.1, 0.316 + d, 0.1)], 0.0014, CREAM, 5) for s in (-1, 1) for d in (-0.012, 0.008)]
    stripes = [tube([(x, 0.402, 0.062), (x * 1.1, 0.375, 0.088)], 0.005, scaled(main, 0.65), 6) for x in (-0.022, 0.0, 0.022)]
    return [tail, body, chest, *legs, *ears, *head, *stripes, *whiskers]


@thing("rabbit", "cdb79c", "ground", yaw=38)
def rabbit(main: Colour) -> list[Solid]:
    """A sitting rabbit."""
    parts = [
        ball((0, 0.12, -0.03), (0.1, 0.115, 0.13), main),
        ball((0, 0.13, 0.075), (0.06, 0.08, 0.04), CREAM),
        ball((0, 0.255, 0.07), (0.066, 0.062, 0.07), main),
        ball((0, 0.235, 0.125), (0.034, 0.026, 0.024), CREAM),
        ball((0, 0.246, 0.147), (0.01, 0.007, 0.006), PINK),
        ball((0, 0.07, -0.16), 0.042, CREAM),
        *_eyes((0, 0.272, 0.115), 0.042, 0.014),
    ]
    for s in (-1, 1):
        parts += [
            tube([(s * 0.025, 0.29, 0.05), (s * 0.04, 0.4, 0.03), (s * 0.05, 0.46, 0.02)], [0.018, 0.028, 0.01], main, flat=0.5),
            tube([(s * 0.027, 0.31, 0.062), (s * 0.042, 0.4, 0.045)], [0.008, 0.014], PINK, flat=0.4).but(lift=1.0),
            ball((s * 0.075, 0.07, 0.0), (0.05, 0.07, 0.08), main),
            ball((s * 0.065, 0.02, 0.08), (0.03, 0.02, 0.055), CREAM),
        ]
    return parts


@thing("fox", "c96f35", "ground", yaw=56)
def fox(main: Colour) -> list[Solid]:
    """A fox with a white-tipped brush."""
    sock = rgb("4a342b")
    head = [
        tube([(0, 0.5, 0.2), (0, 0.5, 0.29), (0, 0.475, 0.4)], [0.085, 0.075, 0.018], main),
        tube([(0, 0.475, 0.25), (0, 0.46, 0.39)], [0.055, 0.016], CREAM),
        ball((0, 0.478, 0.41), 0.015, DARK).but(gloss=1.0),
        *_eyes((0, 0.52, 0.3), 0.04, 0.013),
    ]
    ears = [
        part
        for s in (-1, 1)
        for part in (
            sheet([(s * 0.02, 0.56, 0.21), (s * 0.085, 0.53, 0.2), (s * 0.075, 0.66, 0.19)], main),
            sheet([(s * 0.03, 0.56, 0.215), (s * 0.075, 0.54, 0.206), (s * 0.07, 0.635, 0.197)], sock, 1.0),
        )
    ]
    tail = [
        tube([(0, 0.36, -0.24), (0, 0.33, -0.4), (0, 0.26, -0.55)], [0.035, 0.075, 0.06], main),
        tube([(0, 0.26, -0.55), (0, 0.22, -0.64)], [0.06, 0.008], CREAM),
    ]
    return [
        *_four(main, sock, 0.42, 0.34, 0.095, 0.03),
        tube([(0, 0.38, 0.17), (0, 0.5, 0.23)], [0.085, 0.07], main),
        ball((0, 0.37, 0.21), (0.055, 0.085, 0.05), CREAM),
        *tail,
        *ears,
        *head,
    ]


@thing("horse", "8a5a38", "ground", yaw=58)
def horse(main: Colour) -> list[Solid]:
    """A horse."""
    dark = scaled(main, 0.5)
    body = _four(main, dark, 1.35, 1.05, 0.29, 0.075)
    neck = tube([(0, 1.15, 0.5), (0, 1.5, 0.8), (0, 1.72, 0.92)], [0.25, 0.17, 0.13], main)
    head = tube([(0, 1.76, 0.88), (0, 1.66, 1.1), (0, 1.5, 1.3)], [0.13, 0.12, 0.085], main)
    mane = tube([(0, 1.92, 0.86), (0, 1.7, 0.66), (0, 1.35, 0.48), (0, 1.25, 0.3)], [0.05, 0.08, 0.08, 0.04], dark, flat=0.6)
    ears = [lathe([(0.04, 0.0), (0.001, 0.14)], main, (s * 0.07, 1.84, 0.88), 10) for s in (-1, 1)]
    tail = tube([(0, 1.15, -0.68), (0, 1.0, -0.84), (0, 0.5, -0.86)], [0.05, 0.09, 0.03], dark)
    return [*body[:8], *body[8:-1], neck, mane, tail, *ears, head, *_eyes((0, 1.73, 1.02), 0.1, 0.028), ball((0, 1.47, 1.36), (0.075, 0.06, 0.04), dark)]


def _wing(side: float, reach: float, colour: Colour) -> Solid:
    points: list[Point] = [
        (side * 0.03, 0.02, 0.07),
        (side * reach * 0.55, 0.1, 0.06),
        (side * reach, 0.15, -0.03),
        (side * reach * 0.8, 0.12, -0.08),
        (side * reach * 0.45, 0.06, -0.1),
        (side * 0.03, 0.01, -0.08),
    ]
    return sheet(points, colour)


@thing("flying bird", "e6e3da", "air", yaw=60)
def flying_bird(main: Colour) -> list[Solid]:
    """A bird on the wing."""
    body = tube([(0, 0, -0.16), (0, 0.01, -0.04), (0, 0.015, 0.08), (0, 0.03, 0.16)], [0.012, 0.05, 0.055, 0.035], main)
    return [
        _wing(-1, 0.34, scaled(main, 0.86)),
        body,
        _wing(1, 0.34, main),
        ball((0, 0.045, 0.18), 0.038, main),
        lathe([(0.014, 0), (0.001, 0.045)], rgb("d99a3c")).turned("x", 90).moved(y=0.04, z=0.21),
        sheet([(0.05, 0.0, -0.26), (-0.05, 0.0, -0.26), (0, 0.012, -0.1)], scaled(main, 0.8)),
    ]


@thing("bird", "5f8fb0", "surface", yaw=52)
def bird(main: Colour) -> list[Solid]:
    """A small bird on its feet."""
    body = tube([(0, 0.055, -0.07), (0, 0.075, -0.02), (0, 0.1, 0.035), (0, 0.125, 0.05)], [0.014, 0.046, 0.05, 0.035], main)
    wings = [ball((s * 0.043, 0.085, -0.02), (0.014, 0.032, 0.06), scaled(main, 0.72)) for s in (-1, 1)]
    legs = [tube([(s * 0.016, 0.05, 0.01), (s * 0.018, 0.0, 0.02)], 0.0032, rgb("a8703c"), 6) for s in (-1, 1)]
    return [
        *legs,
        tube([(0, 0.06, -0.06), (0, 0.045, -0.14)], [0.02, 0.012], scaled(main, 0.65), flat=0.4),
        body,
        ball((0, 0.08, 0.065), (0.036, 0.04, 0.026), rgb("e3b07a")),
        *wings,
        ball((0, 0.145, 0.06), 0.037, main),
        lathe([(0.01, 0), (0.001, 0.03)], rgb("d99a3c"), sides=10).turned("x", 90).moved(y=0.143, z=0.092),
        *_eyes((0, 0.153, 0.083), 0.02, 0.007),
    ]


@thing("duck", "ece4d2", "water", yaw=56)
def duck(main: Colour) -> list[Solid]:
    """A duck."""
    body = tube([(0, 0.14, -0.2), (0, 0.1, -0.1), (0, 0.1, 0.05), (0, 0.13, 0.14)], [0.015, 0.085, 0.095, 0.06], main)
    beak = tube([(0, 0.262, 0.19), (0, 0.252, 0.25)], [0.022, 0.016], rgb("e09a3a"), flat=0.5)
    wings = [ball((s * 0.083, 0.12, -0.02), (0.022, 0.05, 0.11), scaled(main, 0.88)) for s in (-1, 1)]
    return [
        *(ball((s * 0.04, 0.01, 0.03), (0.03, 0.01, 0.045), rgb("e09a3a")) for s in (-1, 1)),
        body,
        *wings,
        tube([(0, 0.12, 0.12), (0, 0.22, 0.15)], [0.055, 0.04], main),
        ball((0, 0.265, 0.15), (0.052, 0.05, 0.055), main),
        beak,
        *_eyes((0, 0.28, 0.185), 0.033, 0.01),
    ]


@thing("fish", "e08a3c", "water", yaw=78)
def fish(main: Colour) -> list[Solid]:
    """A fish, leaping."""
    body = tube([(0, 0.1, -0.12), (0, 0.1, -0.05), (0, 0.1, 0.05), (0, 0.1, 0.13)], [0.014, 0.05, 0.062, 0.02], main, 16, flat=1.0).but(gloss=0.8)
    flat = body.points * (0.55, 1.0, 1.0)
    fins = [
        sheet([(0, 0.1, -0.11), (0, 0.17, -0.21), (0, 0.11, -0.18), (0, 0.03, -0.2)], scaled(main, 0.85)),
        sheet([(0, 0.15, 0.06), (0, 0.2, -0.01), (0, 0.14, -0.06)], scaled(main, 0.85)),
        sheet([(0.03, 0.09, 0.04), (0.07, 0.05, 0.0), (0.035, 0.08, -0.01)], scaled(main, 0.8)),
    ]
    bands = [lathe([(0.064 - 0.008 * k, 0.0), (0.062 - 0.008 * k, 0.016)], CREAM).turned("x", 90).moved(y=0.1, z=0.045 - 0.06 * k) for k in range(2)]
    return [
        part.turned("x", -18, (0, 0.1, 0))
        for part in (
            fins[0],
            fins[1],
            body.but(points=flat),
            *(b.but(points=b.points * (0.56, 1, 1), lids=(), lift=1.0) for b in bands),
            fins[2],
            *_eyes((0, 0.115, 0.095), 0.026, 0.011),
        )
    ]


@thing("turtle", "6f8f4f", "ground", yaw=50)
def turtle(main: Colour) -> list[Solid]:
    """A turtle."""
    skin = rgb("a8ad62")
    plates = [ball((0.085 * cos(a), 0.115, 0.1 * sin(a)), (0.035, 0.025, 0.035), scaled(main, 0.78)) for a in (2 * pi * k / 6 for k in range(6))]
    legs = [ball((x, 0.03, z), (0.04, 0.035, 0.045), skin) for x in (-0.11, 0.11) for z in (-0.1, 0.11)]
    return [
        *legs,
        lathe([(0.15, 0.04), (0.155, 0.06), (0.13, 0.1), (0.07, 0.14), (0.001, 0.15)], main, bent=True),
        *plates,
        ball((0, 0.142, 0), (0.04, 0.018, 0.04), scaled(main, 0.78)),
        tube([(0, 0.07, 0.12), (0, 0.11, 0.19)], [0.04, 0.035], skin),
        ball((0, 0.12, 0.21), (0.042, 0.038, 0.05), skin),
        *_eyes((0, 0.135, 0.245), 0.024, 0.009),
    ]


@thing("bear", "7b5539", "ground", yaw=30)
def bear(main: Colour) -> list[Solid]:
    """A sitting bear."""
    pale = mix(main, CREAM, 0.45)
    parts = [
        ball((0, 0.45, 0), (0.38, 0.46, 0.34), main),
        ball((0, 0.42, 0.22), (0.24, 0.3, 0.16), pale),
        ball((0, 1.08, 0.06), (0.27, 0.24, 0.24), main),
        ball((0, 1.0, 0.27), (0.12, 0.095, 0.1), pale),
        ball((0, 1.045, 0.365), (0.04, 0.028, 0.02), DARK).but(gloss=1.0),
        *_eyes((0, 1.12, 0.265), 0.095, 0.027),
    ]
    for s in (-1, 1):
        parts += [
            ball((s * 0.2, 1.29, 0.02), (0.085, 0.085, 0.05), main),
            tube([(s * 0.33, 0.72, 0.06), (s * 0.46, 0.5, 0.18), (s * 0.3, 0.36, 0.33)], [0.13, 0.12, 0.11], main),
            tube([(s * 0.22, 0.14, 0.12), (s * 0.32, 0.14, 0.48)], [0.16, 0.14], main),
            disc((s * 0.325, 0.14, 0.495), 0.1, pale, "z", 2.0),
        ]
    return parts


@thing("elephant", "8d8f96", "ground", yaw=48)
def elephant(main: Colour) -> list[Solid]:
    """An elephant."""
    legs = [tube([(x, 1.2, z), (x, 0.0, z)], [0.3, 0.24], main) for x in (-0.42, 0.42) for z in (-0.62, 0.55)]
    ears = [ball((s * 0.68, 1.95, 0.95), (0.42, 0.52, 0.08), scaled(main, 0.9)).turned("y", -s * 28, (s * 0.3, 1.95, 0.95)) for s in (-1, 1)]
    trunk = tube([(0, 1.75, 1.35), (0, 1.35, 1.66), (0, 0.8, 1.72), (0.03, 0.45, 1.9), (0.05, 0.5, 2.05)], [0.28, 0.2, 0.15, 0.11, 0.08], main)
    tusks = [tube([(s * 0.22, 1.5, 1.45), (s * 0.27, 1.25, 1.7), (s * 0.24, 1.25, 1.9)], [0.07, 0.055, 0.015], CREAM) for s in (-1, 1)]
    return [
        *legs,
        ball((0, 1.55, -0.05), (0.75, 0.75, 1.1), main),
        tube([(0, 1.6, -1.1), (0, 1.0, -1.25)], [0.05, 0.03], main),
        *ears,
        ball((0, 1.95, 1.05), (0.5, 0.55, 0.48), main),
        *tusks,
        trunk,
        *_eyes((0, 2.02, 1.42), 0.29, 0.045),
    ]


@thing("whale", "5b7f9b", "water", yaw=64)
def whale(main: Colour) -> list[Solid]:
    """A whale with its spout."""
    body = tube([(0, 0.9, -2.2), (0, 0.65, -1.3), (0, 0.6, 0.0), (0, 0.7, 1.0), (0, 0.65, 1.5)], [0.08, 0.42, 0.8, 0.75, 0.32], main, 18)
    fluke = [sheet([(0, 0.95, -2.1), (s * 0.75, 1.35, -2.5), (s * 0.35, 1.1, -2.6), (0, 1.02, -2.45)], scaled(main, 0.85)) for s in (-1, 1)]
    fins = [sheet([(s * 0.65, 0.4, 0.5), (s * 1.2, 0.08, 0.1), (s * 0.75, 0.25, 0.0)], scaled(main, 0.8)) for s in (-1, 1)]
    spray = [tube([(0, 1.42, 0.5), (s * 0.12, 1.95, 0.45), (s * 0.45, 2.0, 0.4)], [0.03, 0.07, 0.04], rgb("dceef2")) for s in (-1, 1)]
    return [*fluke, body, ball((0, 0.35, 0.45), (0.62, 0.42, 0.95), CREAM), *fins, *spray, *_eyes((0, 0.72, 1.08), 0.62, 0.06)]


@thing("butterfly", "d98a3c", "air", yaw=24)
def butterfly(main: Colour) -> list[Solid]:
    """A butterfly."""
    out: list[Solid] = []
    for s in (-1, 1):
        upper = [(s * 0.004, 0.06), (s * 0.05, 0.11), (s * 0.085, 0.105), (s * 0.08, 0.065), (s * 0.004, 0.045)]
        lower = [(s * 0.004, 0.045), (s * 0.06, 0.045), (s * 0.065, 0.015), (s * 0.03, 0.0), (s * 0.004, 0.03)]
        wings = [sheet([(x, y, 0) for x, y in line], colour) for line, colour in ((upper, main), (lower, scaled(main, 0.82)))]
        spots = [disc((s * 0.066, 0.088, 0.001), 0.009, CREAM, "z", 0.5), disc((s * 0.048, 0.022, 0.001), 0.007, CREAM, "z", 0.5)]
        out += [part.turned("y", s * 28) for part in (*wings, *spots)]
    return [
        *out,
        tube([(0, 0.02, 0.002), (0, 0.05, 0.004), (0, 0.085, 0.002)], [0.003, 0.006, 0.004], DARK, 8),
        *(tube([(0, 0.085, 0), (s * 0.02, 0.115, 0)], 0.0012, DARK, 5) for s in (-1, 1)),
    ]


@thing("ghost", "e9ecef", "ground", yaw=18)
def ghost(main: Colour) -> list[Solid]:
    """A friendly ghost."""
    sheet_ = lathe([(0.34, 0.0), (0.31, 0.12), (0.29, 0.4), (0.27, 0.62), (0.19, 0.8), (0.001, 0.86)], main, bent=True)
    points = sheet_.points.copy().reshape(-1, 26, 3)
    for k in range(26):
        points[:4, k, 1] += 0.06 * sin(k * 2 * pi * 6 / 26)
    arms = [ball((s * 0.3, 0.45, 0.08), (0.1, 0.05, 0.06), main).turned("z", s * 25, (s * 0.3, 0.45, 0.08)) for s in (-1, 1)]
    face = [*_eyes((0, 0.62, 0.255), 0.08, 0.035), ball((0, 0.52, 0.27), (0.03, 0.04, 0.015), DARK)]
    return [part.but(glow=0.25 if part.colour == main else 0.0) for part in (sheet_.but(points=points.reshape(-1, 3)), *arms, *face)]


@thing("dragon", "5f8f6a", "ground", yaw=50)
def dragon(main: Colour) -> list[Solid]:
    """A young dragon."""
    belly = mix(main, CREAM, 0.65)
    trunk = tube(
        [(0, 0.2, -1.0), (0, 0.35, -0.6), (0, 0.62, -0.15), (0, 0.75, 0.15), (0, 1.1, 0.4), (0, 1.35, 0.5)], [0.03, 0.16, 0.34, 0.33, 0.2, 0.17], main, 16
    )
    head = [
        ball((0, 1.45, 0.55), (0.22, 0.19, 0.22), main),
        ball((0, 1.4, 0.78), (0.14, 0.1, 0.15), belly),
        *_eyes((0, 1.53, 0.7), 0.1, 0.04),
        *(ball((s * 0.05, 1.44, 0.92), 0.016, DARK) for s in (-1, 1)),
    ]
    legs = [
        part
        for s in (-1, 1)
        for z in (-0.25, 0.25)
        for part in (tube([(s * 0.24, 0.5, z), (s * 0.28, 0.06, z + 0.05)], [0.16, 0.1], main), ball((s * 0.28, 0.06, z + 0.12), (0.11, 0.06, 0.15), belly))
    ]
    wings = [
        sheet(
            [(s * 0.15, 0.95, 0.0), (s * 0.55, 1.6, -0.25), (s * 1.0, 1.35, -0.5), (s * 0.8, 1.1, -0.45), (s * 0.5, 1.0, -0.4), (s * 0.2, 0.75, -0.25)],
            scaled(main, 0.8),
        )
        for s in (-1, 1)
    ]
    horns = [lathe([(0.04, 0), (0.001, 0.2)], CREAM, sides=10).turned("x", -25).moved(s * 0.1, 1.6, 0.45) for s in (-1, 1)]
    spikes = [
        lathe([(0.06, 0), (0.001, 0.14)], rgb("d08a45"), sides=8).moved(0, y, z)
        for y, z in ((1.2, 0.22), (1.02, 0.0), (0.88, -0.25), (0.6, -0.5), (0.45, -0.7))
    ]
    return [wings[0], *legs, trunk, ball((0, 0.66, 0.3), (0.24, 0.36, 0.2), belly), *spikes, wings[1], *horns, *head]


@thing("shell", "e3c3a4", "surface", "flat", (0.0, 0.01, 0.0), 20)
def shell_(main: Colour) -> list[Solid]:
    """A scallop shell."""
    ribs = [
        tube(
            [(0, 0.0, 0.012), (0.03 * sin(a), 0.035, 0.028), (0.062 * sin(a), 0.012 + 0.07 * cos(a), 0.008)],
            [0.004, 0.009, 0.011],
            scaled(main, 1.0 - 0.12 * (k % 2)),
            8,
        )
        for k, a in enumerate(-1.2 + 0.3 * j for j in range(9))
    ]
    return [part.turned("x", -24) for part in (board([(-0.02, 0), (0.02, 0), (0.016, 0.014), (-0.016, 0.014)], 0.02, scaled(main, 0.85)), *ribs)]


@thing("panda", "efebe2", "ground", yaw=30)
def panda(main: Colour) -> list[Solid]:
    """A panda with its bamboo."""
    black = rgb("35343a")
    limbs = [part.but(colour=black) if number >= 10 and part.colour == main else part for number, part in enumerate(bear(main))]
    patches = [ball((s * 0.1, 1.11, 0.235), (0.06, 0.07, 0.04), black) for s in (-1, 1)]
    bamboo = tube([(0.36, 0.25, 0.42), (0.3, 0.95, 0.5)], 0.03, rgb("7fa04c"), 8)
    return [*limbs[:5], *patches, *_eyes((0, 1.12, 0.27), 0.095, 0.027), *limbs[9:], bamboo]


@thing("unicorn", "ebe6ea", "ground", yaw=58)
def unicorn(main: Colour) -> list[Solid]:
    """A white horse with a golden horn and a rosy mane."""
    dark = scaled(main, 0.5)
    coat = [part.but(colour=rgb("c991b4")) if part.colour == dark else part for part in horse(main)]
    return [*coat, lathe([(0.035, 0.0), (0.001, 0.42)], rgb("dcb352"), sides=10).turned("x", 38).moved(y=1.86, z=1.0).but(gloss=0.8)]


@thing("wolf", "7f8288", "ground", yaw=56)
def wolf(main: Colour) -> list[Solid]:
    """A grey wolf, larger than a fox."""
    return [part.but(points=part.points * 1.5) for part in fox(main)]


@thing("hamster", "d39a58", "surface", yaw=30)
def hamster(main: Colour) -> list[Solid]:
    """A round hamster sitting up."""
    parts = [
        ball((0, 0.055, 0), (0.05, 0.056, 0.05), main),
        ball((0, 0.048, 0.026), (0.034, 0.042, 0.03), CREAM),
        ball((0, 0.115, 0.008), (0.044, 0.038, 0.04), main),
        ball((0, 0.104, 0.04), (0.026, 0.018, 0.014), CREAM),
    ]
    parts += [ball((0, 0.11, 0.054), (0.006, 0.004, 0.004), PINK), *_eyes((0, 0.122, 0.038), 0.021, 0.0075)]
    for s in (-1, 1):
        parts += [
            ball((s * 0.032, 0.15, 0.0), (0.014, 0.014, 0.006), main),
            ball((s * 0.032, 0.149, 0.005), (0.009, 0.009, 0.004), PINK),
            ball((s * 0.022, 0.07, 0.05), 0.009, PINK),
            ball((s * 0.028, 0.008, 0.034), (0.015, 0.008, 0.022), PINK),
        ]
    return parts


@thing("penguin", "3a4252", "ground", yaw=28)
def penguin(main: Colour) -> list[Solid]:
    """A penguin."""
    orange = rgb("e09a3a")
    body = lathe([(0.1, 0.03), (0.15, 0.1), (0.16, 0.26), (0.11, 0.42), (0.1, 0.5), (0.07, 0.57), (0.001, 0.6)], main, bent=True)
    wings = [ball((s * 0.16, 0.28, 0.0), (0.03, 0.14, 0.06), main).turned("z", s * 14, (s * 0.15, 0.38, 0.0)) for s in (-1, 1)]
    feet = [ball((s * 0.06, 0.018, 0.09), (0.05, 0.02, 0.07), orange) for s in (-1, 1)]
    face = [ball((s * 0.045, 0.5, 0.07), (0.05, 0.05, 0.035), CREAM) for s in (-1, 1)]
    beak = lathe([(0.024, 0.0), (0.001, 0.07)], orange, sides=12).turned("x", 90).moved(y=0.48, z=0.1)
    return [*feet, body, ball((0, 0.23, 0.06), (0.12, 0.19, 0.11), CREAM), *wings, *face, beak, *_eyes((0, 0.515, 0.105), 0.04, 0.014)]


@thing("owl", "8a6844", "surface", yaw=22)
def owl(main: Colour) -> list[Solid]:
    """An owl on its feet."""
    pale = mix(main, CREAM, 0.6)
    discs = [ball((s * 0.042, 0.245, 0.06), (0.044, 0.044, 0.02), pale) for s in (-1, 1)]
    eyes = [
        part
        for s in (-1, 1)
        for part in (ball((s * 0.042, 0.247, 0.078), (0.024, 0.024, 0.01), rgb("e2a93c")), ball((s * 0.042, 0.247, 0.087), (0.012, 0.012, 0.005), DARK))
    ]
    tufts = [lathe([(0.02, 0), (0.001, 0.06)], main, sides=10).turned("z", -s * 24).moved(s * 0.05, 0.29, 0.0) for s in (-1, 1)]
    wings = [ball((s * 0.085, 0.14, -0.01), (0.03, 0.095, 0.06), scaled(main, 0.75)) for s in (-1, 1)]
    marks = [ball((x, y, 0.087), (0.008, 0.012, 0.005), scaled(main, 0.7)) for x, y in ((-0.03, 0.15), (0.0, 0.13), (0.03, 0.15), (-0.015, 0.1), (0.017, 0.1))]
    feet = [ball((s * 0.035, 0.012, 0.05), (0.024, 0.012, 0.03), rgb("d99a3c")) for s in (-1, 1)]
    body = lathe([(0.05, 0.01), (0.085, 0.05), (0.092, 0.15), (0.082, 0.25), (0.05, 0.3), (0.001, 0.31)], main, bent=True)
    return [
        *feet,
        body,
        ball((0, 0.125, 0.045), (0.06, 0.085, 0.042), pale),
        *wings,
        *tufts,
        *discs,
        *eyes,
        *marks,
        lathe([(0.012, 0), (0.001, 0.03)], rgb("d99a3c"), sides=8).turned("x", 110).moved(y=0.228, z=0.08),
    ]


@thing("alien", "86a86a", "ground", yaw=22)
def alien(main: Colour) -> list[Solid]:
    """A small friendly visitor."""
    suit = rgb("8d93ad")
    head = lathe([(0.03, 0.66), (0.1, 0.72), (0.18, 0.86), (0.17, 1.0), (0.09, 1.07), (0.001, 1.09)], main, bent=True)
    eyes = [ball((s * 0.075, 0.88, 0.135), (0.05, 0.068, 0.035), DARK).turned("z", s * 22, (s * 0.075, 0.88, 0.135)).but(gloss=0.8) for s in (-1, 1)]
    arms = [tube([(s * 0.1, 0.58, 0), (s * 0.2, 0.45, 0.03), (s * 0.19, 0.32, 0.08)], [0.035, 0.03, 0.028], suit) for s in (-1, 1)]
    hands = [ball((s * 0.19, 0.29, 0.09), 0.038, main) for s in (-1, 1)]
    legs = [tube([(s * 0.06, 0.3, 0), (s * 0.07, 0.05, 0)], 0.045, suit) for s in (-1, 1)]
    boots = [ball((s * 0.07, 0.035, 0.03), (0.055, 0.038, 0.08), rgb("5f6480")) for s in (-1, 1)]
    feelers = [
        part for s in (-1, 1) for part in (tube([(s * 0.05, 1.06, 0), (s * 0.09, 1.18, 0)], 0.009, main, 6), ball((s * 0.09, 1.19, 0), 0.024, rgb("e3b84f")))
    ]
    smile = tube([(-0.035, 0.765, 0.125), (0, 0.755, 0.13), (0.035, 0.765, 0.125)], 0.006, DARK, 6).but(lift=1.0)
    return [*legs, *boots, tube([(0, 0.28, 0), (0, 0.45, 0), (0, 0.64, 0)], [0.12, 0.13, 0.08], suit), *arms, *hands, head, *eyes, smile, *feelers]
