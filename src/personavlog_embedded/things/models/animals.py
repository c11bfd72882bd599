"""Animals near people, on the ground, in the air and in the water; they face the viewer's right, as ``yaw`` turns
them."""

from __future__ import annotations

from personavlog_embedded.render.canvas import Colour, mix, scaled
from personavlog_embedded.things.models.model import rgb, thing
from personavlog_embedded.things.models.solid import Point, Solid, ball, lathe, sheet, tube

DARK, CREAM, PINK = rgb("2c2522"), rgb("f0e4cf"), rgb("d9a39a")


def eyes(at: Point, apart: float, size: float) -> list[Solid]:
    """Two dark eyes with a light in them, looking along z."""
    x, y, z = at
    return [
        part
        for s in (-1, 1)
        for part in (
            ball((x + s * apart, y, z), (size, size * 1.15, size * 0.6), DARK).but(gloss=0.4),
            ball((x + s * apart + size * 0.25, y + size * 0.4, z + size * 0.5), size * 0.3, CREAM).but(
                lift=1.0, glow=0.5
            ),
        )
    ]


def _leg(x: float, z: float, top: float, wide: float, colour: Colour, paw: Colour) -> list[Solid]:
    return [
        tube(
            [(x, top, z), (x, top * 0.5, z - wide * 0.25), (x, 0.02, z)], [wide * 1.25, wide * 0.85, wide * 0.8], colour
        ),
        ball((x, wide * 0.55, z + wide * 0.45), (wide * 0.95, wide * 0.6, wide * 1.3), paw),
    ]


def _four(main: Colour, belly: Colour, long: float, tall: float, thick: float, leg: float) -> list[Solid]:
    """Trunk and four legs along z, the chest in front."""
    path = [
        (0, tall * 0.98, -long / 2),
        (0, tall, -long * 0.2),
        (0, tall * 0.98, long * 0.2),
        (0, tall * 1.04, long / 2),
    ]
    trunk = tube(path, [thick * 0.7, thick, thick * 1.02, thick * 0.82], main, 16)
    legs = [
        part
        for x in (-1, 1)
        for z in (-0.42, 0.42)
        for part in _leg(x * thick * 0.58, z * long, tall, leg, main, belly)
    ]
    return [*legs, trunk, ball((0, tall * 0.9, long * 0.44), (thick * 0.66, thick * 0.8, thick * 0.5), belly)]


@thing("dog")
def dog(main: Colour) -> list[Solid]:
    """A friendly dog, standing."""
    pale = mix(main, CREAM, 0.75)
    head = [
        ball((0, 0.56, 0.29), (0.105, 0.1, 0.11), main),
        ball((0, 0.525, 0.385), (0.05, 0.045, 0.075), pale),
        ball((0, 0.55, 0.455), (0.021, 0.016, 0.015), DARK).but(gloss=1.0),
        *eyes((0, 0.585, 0.375), 0.047, 0.016),
    ]
    ears = [
        tube(
            [(s * 0.07, 0.64, 0.27), (s * 0.12, 0.62, 0.28), (s * 0.125, 0.52, 0.3)],
            [0.03, 0.04, 0.02],
            scaled(main, 0.68),
            flat=0.45,
        )
        for s in (-1, 1)
    ]
    tail = tube([(0, 0.42, -0.25), (0, 0.55, -0.34), (0, 0.63, -0.28)], [0.03, 0.035, 0.016], main)
    tongue = ball((0.012, 0.487, 0.425), (0.017, 0.026, 0.012), rgb("d8716e"))
    neck = tube([(0, 0.42, 0.18), (0, 0.56, 0.28)], [0.1, 0.08], main)
    collar = (
        lathe([(0.093, 0.0), (0.09, 0.028)], rgb("b53c38"))
        .turned("x", 38)
        .moved(y=0.465, z=0.225)
        .but(lids=(), lift=2.0)
    )
    return [*_four(main, pale, 0.46, 0.38, 0.125, 0.042), neck, collar, tail, *ears, *head, tongue]


@thing("cat")
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
    tail = tube(
        [(0.05, 0.03, -0.1), (0.17, 0.025, -0.06), (0.2, 0.025, 0.05), (0.15, 0.024, 0.12)],
        [0.028, 0.026, 0.024, 0.014],
        main,
    )
    head = [
        ball((0, 0.335, 0.04), (0.085, 0.072, 0.07), main),
        ball((0, 0.312, 0.098), (0.036, 0.025, 0.022), pale),
        ball((0, 0.326, 0.12), (0.011, 0.008, 0.006), PINK),
        *eyes((0, 0.345, 0.1), 0.036, 0.014),
    ]
    ears = [
        part
        for s in (-1, 1)
        for part in (
            sheet([(s * 0.02, 0.39, 0.04), (s * 0.08, 0.365, 0.03), (s * 0.068, 0.455, 0.03)], main),
            sheet([(s * 0.032, 0.39, 0.044), (s * 0.07, 0.375, 0.036), (s * 0.064, 0.435, 0.034)], PINK, 1.0),
            sheet(
                [(s * 0.02, 0.39, 0.04), (s * 0.08, 0.365, 0.03), (s * 0.068, 0.455, 0.03)], scaled(main, 0.85)
            ).moved(z=-0.015),
        )
    ]
    whiskers = [
        tube([(s * 0.03, 0.316, 0.115), (s * 0.1, 0.316 + d, 0.1)], 0.0014, CREAM, 5)
        for s in (-1, 1)
        for d in (-0.012, 0.008)
    ]
    stripes = [
        tube([(x, 0.402, 0.062), (x * 1.1, 0.375, 0.088)], 0.005, scaled(main, 0.65), 6) for x in (-0.022, 0.0, 0.022)
    ]
    return [tail, body, chest, *legs, *ears, *head, *stripes, *whiskers]


@thing("rabbit")
def rabbit(main: Colour) -> list[Solid]:
    """A sitting rabbit."""
    parts = [
        ball((0, 0.12, -0.03), (0.1, 0.115, 0.13), main),
        ball((0, 0.13, 0.075), (0.06, 0.08, 0.04), CREAM),
        ball((0, 0.255, 0.07), (0.066, 0.062, 0.07), main),
        ball((0, 0.235, 0.125), (0.034, 0.026, 0.024), CREAM),
        ball((0, 0.246, 0.147), (0.01, 0.007, 0.006), PINK),
        ball((0, 0.07, -0.16), 0.042, CREAM),
        *eyes((0, 0.272, 0.115), 0.042, 0.014),
    ]
    for s in (-1, 1):
        parts += [
            tube(
                [(s * 0.025, 0.29, 0.05), (s * 0.04, 0.4, 0.03), (s * 0.05, 0.46, 0.02)],
                [0.018, 0.028, 0.01],
                main,
                flat=0.5,
            ),
            tube([(s * 0.027, 0.31, 0.062), (s * 0.042, 0.4, 0.045)], [0.008, 0.014], PINK, flat=0.4).but(lift=1.0),
            ball((s * 0.075, 0.07, 0.0), (0.05, 0.07, 0.08), main),
            ball((s * 0.065, 0.02, 0.08), (0.03, 0.02, 0.055), CREAM),
        ]
    return parts


@thing("fox")
def fox(main: Colour) -> list[Solid]:
    """A fox with a white-tipped brush."""
    sock = rgb("4a342b")
    head = [
        tube([(0, 0.5, 0.2), (0, 0.5, 0.29), (0, 0.475, 0.4)], [0.085, 0.075, 0.018], main),
        tube([(0, 0.475, 0.25), (0, 0.46, 0.39)], [0.055, 0.016], CREAM),
        ball((0, 0.478, 0.41), 0.015, DARK).but(gloss=1.0),
        *eyes((0, 0.52, 0.3), 0.04, 0.013),
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


@thing("horse")
def horse(main: Colour) -> list[Solid]:
    """A horse."""
    dark = scaled(main, 0.5)
    body = _four(main, dark, 1.35, 1.05, 0.29, 0.075)
    neck = tube([(0, 1.15, 0.5), (0, 1.5, 0.8), (0, 1.72, 0.92)], [0.25, 0.17, 0.13], main)
    head = tube([(0, 1.76, 0.88), (0, 1.66, 1.1), (0, 1.5, 1.3)], [0.13, 0.12, 0.085], main)
    mane = tube(
        [(0, 1.92, 0.86), (0, 1.7, 0.66), (0, 1.35, 0.48), (0, 1.25, 0.3)], [0.05, 0.08, 0.08, 0.04], dark, flat=0.6
    )
    ears = [lathe([(0.04, 0.0), (0.001, 0.14)], main, (s * 0.07, 1.84, 0.88), 10) for s in (-1, 1)]
    tail = tube([(0, 1.15, -0.68), (0, 1.0, -0.84), (0, 0.5, -0.86)], [0.05, 0.09, 0.03], dark)
    return [
        *body[:8],
        *body[8:-1],
        neck,
        mane,
        tail,
        *ears,
        head,
        *eyes((0, 1.73, 1.02), 0.1, 0.028),
        ball((0, 1.47, 1.36), (0.075, 0.06, 0.04), dark),
    ]


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


@thing("flying bird")
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


@thing("bird")
def bird(main: Colour) -> list[Solid]:
    """A small bird on its feet."""
    body = tube(
        [(0, 0.055, -0.07), (0, 0.075, -0.02), (0, 0.1, 0.035), (0, 0.125, 0.05)], [0.014, 0.046, 0.05, 0.035], main
    )
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
        *eyes((0, 0.153, 0.083), 0.02, 0.007),
    ]


@thing("duck")
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
        *eyes((0, 0.28, 0.185), 0.033, 0.01),
    ]


@thing("fish")
def fish(main: Colour) -> list[Solid]:
    """A fish, leaping."""
    body = tube(
        [(0, 0.1, -0.12), (0, 0.1, -0.05), (0, 0.1, 0.05), (0, 0.1, 0.13)],
        [0.014, 0.05, 0.062, 0.02],
        main,
        16,
        flat=1.0,
    ).but(gloss=0.8)
    flat = body.points * (0.55, 1.0, 1.0)
    fins = [
        sheet([(0, 0.1, -0.11), (0, 0.17, -0.21), (0, 0.11, -0.18), (0, 0.03, -0.2)], scaled(main, 0.85)),
        sheet([(0, 0.15, 0.06), (0, 0.2, -0.01), (0, 0.14, -0.06)], scaled(main, 0.85)),
        sheet([(0.03, 0.09, 0.04), (0.07, 0.05, 0.0), (0.035, 0.08, -0.01)], scaled(main, 0.8)),
    ]
    bands = [
        lathe([(0.064 - 0.008 * k, 0.0), (0.062 - 0.008 * k, 0.016)], CREAM)
        .turned("x", 90)
        .moved(y=0.1, z=0.045 - 0.06 * k)
        for k in range(2)
    ]
    return [
        part.turned("x", -18, (0, 0.1, 0))
        for part in (
            fins[0],
            fins[1],
            body.but(points=flat),
            *(b.but(points=b.points * (0.56, 1, 1), lids=(), lift=1.0) for b in bands),
            fins[2],
            *eyes((0, 0.115, 0.095), 0.026, 0.011),
        )
    ]
