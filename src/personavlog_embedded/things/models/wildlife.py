"""Animals and beings of the wild, of the sea and of stories."""

from __future__ import annotations

from math import cos, pi, sin

from personavlog_embedded.render.canvas import Colour, mix, scaled
from personavlog_embedded.things.models.animals import eyes, fox, horse
from personavlog_embedded.things.models.model import rgb, thing
from personavlog_embedded.things.models.solid import Solid, ball, board, disc, lathe, sheet, tube

DARK, CREAM, PINK = rgb("2c2522"), rgb("f0e4cf"), rgb("d9a39a")


@thing("turtle")
def turtle(main: Colour) -> list[Solid]:
    """A turtle."""
    skin = rgb("a8ad62")
    plates = [
        ball((0.085 * cos(a), 0.115, 0.1 * sin(a)), (0.035, 0.025, 0.035), scaled(main, 0.78))
        for a in (2 * pi * k / 6 for k in range(6))
    ]
    legs = [ball((x, 0.03, z), (0.04, 0.035, 0.045), skin) for x in (-0.11, 0.11) for z in (-0.1, 0.11)]
    return [
        *legs,
        lathe([(0.15, 0.04), (0.155, 0.06), (0.13, 0.1), (0.07, 0.14), (0.001, 0.15)], main, bent=True),
        *plates,
        ball((0, 0.142, 0), (0.04, 0.018, 0.04), scaled(main, 0.78)),
        tube([(0, 0.07, 0.12), (0, 0.11, 0.19)], [0.04, 0.035], skin),
        ball((0, 0.12, 0.21), (0.042, 0.038, 0.05), skin),
        *eyes((0, 0.135, 0.245), 0.024, 0.009),
    ]


@thing("bear")
def bear(main: Colour) -> list[Solid]:
    """A sitting bear."""
    pale = mix(main, CREAM, 0.45)
    parts = [
        ball((0, 0.45, 0), (0.38, 0.46, 0.34), main),
        ball((0, 0.42, 0.22), (0.24, 0.3, 0.16), pale),
        ball((0, 1.08, 0.06), (0.27, 0.24, 0.24), main),
        ball((0, 1.0, 0.27), (0.12, 0.095, 0.1), pale),
        ball((0, 1.045, 0.365), (0.04, 0.028, 0.02), DARK).but(gloss=1.0),
        *eyes((0, 1.12, 0.265), 0.095, 0.027),
    ]
    for s in (-1, 1):
        parts += [
            ball((s * 0.2, 1.29, 0.02), (0.085, 0.085, 0.05), main),
            tube([(s * 0.33, 0.72, 0.06), (s * 0.46, 0.5, 0.18), (s * 0.3, 0.36, 0.33)], [0.13, 0.12, 0.11], main),
            tube([(s * 0.22, 0.14, 0.12), (s * 0.32, 0.14, 0.48)], [0.16, 0.14], main),
            disc((s * 0.325, 0.14, 0.495), 0.1, pale, "z", 2.0),
        ]
    return parts


@thing("elephant")
def elephant(main: Colour) -> list[Solid]:
    """An elephant."""
    legs = [tube([(x, 1.2, z), (x, 0.0, z)], [0.3, 0.24], main) for x in (-0.42, 0.42) for z in (-0.62, 0.55)]
    ears = [
        ball((s * 0.68, 1.95, 0.95), (0.42, 0.52, 0.08), scaled(main, 0.9)).turned("y", -s * 28, (s * 0.3, 1.95, 0.95))
        for s in (-1, 1)
    ]
    trunk = tube(
        [(0, 1.75, 1.35), (0, 1.35, 1.66), (0, 0.8, 1.72), (0.03, 0.45, 1.9), (0.05, 0.5, 2.05)],
        [0.28, 0.2, 0.15, 0.11, 0.08],
        main,
    )
    tusks = [
        tube([(s * 0.22, 1.5, 1.45), (s * 0.27, 1.25, 1.7), (s * 0.24, 1.25, 1.9)], [0.07, 0.055, 0.015], CREAM)
        for s in (-1, 1)
    ]
    return [
        *legs,
        ball((0, 1.55, -0.05), (0.75, 0.75, 1.1), main),
        tube([(0, 1.6, -1.1), (0, 1.0, -1.25)], [0.05, 0.03], main),
        *ears,
        ball((0, 1.95, 1.05), (0.5, 0.55, 0.48), main),
        *tusks,
        trunk,
        *eyes((0, 2.02, 1.42), 0.29, 0.045),
    ]


@thing("whale")
def whale(main: Colour) -> list[Solid]:
    """A whale with its spout."""
    body = tube(
        [(0, 0.9, -2.2), (0, 0.65, -1.3), (0, 0.6, 0.0), (0, 0.7, 1.0), (0, 0.65, 1.5)],
        [0.08, 0.42, 0.8, 0.75, 0.32],
        main,
        18,
    )
    fluke = [
        sheet([(0, 0.95, -2.1), (s * 0.75, 1.35, -2.5), (s * 0.35, 1.1, -2.6), (0, 1.02, -2.45)], scaled(main, 0.85))
        for s in (-1, 1)
    ]
    fins = [
        sheet([(s * 0.65, 0.4, 0.5), (s * 1.2, 0.08, 0.1), (s * 0.75, 0.25, 0.0)], scaled(main, 0.8)) for s in (-1, 1)
    ]
    spray = [
        tube([(0, 1.42, 0.5), (s * 0.12, 1.95, 0.45), (s * 0.45, 2.0, 0.4)], [0.03, 0.07, 0.04], rgb("dceef2"))
        for s in (-1, 1)
    ]
    return [
        *fluke,
        body,
        ball((0, 0.35, 0.45), (0.62, 0.42, 0.95), CREAM),
        *fins,
        *spray,
        *eyes((0, 0.72, 1.08), 0.62, 0.06),
    ]


@thing("butterfly")
def butterfly(main: Colour) -> list[Solid]:
    """A butterfly."""
    out: list[Solid] = []
    for s in (-1, 1):
        upper = [(s * 0.004, 0.06), (s * 0.05, 0.11), (s * 0.085, 0.105), (s * 0.08, 0.065), (s * 0.004, 0.045)]
        lower = [(s * 0.004, 0.045), (s * 0.06, 0.045), (s * 0.065, 0.015), (s * 0.03, 0.0), (s * 0.004, 0.03)]
        wings = [
            sheet([(x, y, 0) for x, y in line], colour) for line, colour in ((upper, main), (lower, scaled(main, 0.82)))
        ]
        spots = [
            disc((s * 0.066, 0.088, 0.001), 0.009, CREAM, "z", 0.5),
            disc((s * 0.048, 0.022, 0.001), 0.007, CREAM, "z", 0.5),
        ]
        out += [part.turned("y", s * 28) for part in (*wings, *spots)]
    return [
        *out,
        tube([(0, 0.02, 0.002), (0, 0.05, 0.004), (0, 0.085, 0.002)], [0.003, 0.006, 0.004], DARK, 8),
        *(tube([(0, 0.085, 0), (s * 0.02, 0.115, 0)], 0.0012, DARK, 5) for s in (-1, 1)),
    ]


@thing("ghost")
def ghost(main: Colour) -> list[Solid]:
    """A friendly ghost."""
    sheet_ = lathe([(0.34, 0.0), (0.31, 0.12), (0.29, 0.4), (0.27, 0.62), (0.19, 0.8), (0.001, 0.86)], main, bent=True)
    points = sheet_.points.copy().reshape(-1, 26, 3)
    for k in range(26):
        points[:4, k, 1] += 0.06 * sin(k * 2 * pi * 6 / 26)
    arms = [
        ball((s * 0.3, 0.45, 0.08), (0.1, 0.05, 0.06), main).turned("z", s * 25, (s * 0.3, 0.45, 0.08)) for s in (-1, 1)
    ]
    face = [*eyes((0, 0.62, 0.255), 0.08, 0.035), ball((0, 0.52, 0.27), (0.03, 0.04, 0.015), DARK)]
    return [
        part.but(glow=0.25 if part.colour == main else 0.0)
        for part in (sheet_.but(points=points.reshape(-1, 3)), *arms, *face)
    ]


GROWN = 1.5
"""How much larger than it is modelled a dragon stands."""


@thing("dragon")
def dragon(main: Colour) -> list[Solid]:
    """A dragon, nearly three metres from nose to tail."""
    belly = mix(main, CREAM, 0.65)
    trunk = tube(
        [(0, 0.2, -1.0), (0, 0.35, -0.6), (0, 0.62, -0.15), (0, 0.75, 0.15), (0, 1.1, 0.4), (0, 1.35, 0.5)],
        [0.03, 0.16, 0.34, 0.33, 0.2, 0.17],
        main,
        16,
    )
    head = [
        ball((0, 1.45, 0.55), (0.22, 0.19, 0.22), main),
        ball((0, 1.4, 0.78), (0.14, 0.1, 0.15), belly),
        *eyes((0, 1.53, 0.7), 0.1, 0.04),
        *(ball((s * 0.05, 1.44, 0.92), 0.016, DARK) for s in (-1, 1)),
    ]
    legs = [
        part
        for s in (-1, 1)
        for z in (-0.25, 0.25)
        for part in (
            tube([(s * 0.24, 0.5, z), (s * 0.28, 0.06, z + 0.05)], [0.16, 0.1], main),
            ball((s * 0.28, 0.06, z + 0.12), (0.11, 0.06, 0.15), belly),
        )
    ]
    wings = [
        sheet(
            [
                (s * 0.15, 0.95, 0.0),
                (s * 0.55, 1.6, -0.25),
                (s * 1.0, 1.35, -0.5),
                (s * 0.8, 1.1, -0.45),
                (s * 0.5, 1.0, -0.4),
                (s * 0.2, 0.75, -0.25),
            ],
            scaled(main, 0.8),
        )
        for s in (-1, 1)
    ]
    horns = [
        lathe([(0.04, 0), (0.001, 0.2)], CREAM, sides=10).turned("x", -25).moved(s * 0.1, 1.6, 0.45) for s in (-1, 1)
    ]
    spikes = [
        lathe([(0.06, 0), (0.001, 0.14)], rgb("d08a45"), sides=8).moved(0, y, z)
        for y, z in ((1.2, 0.22), (1.02, 0.0), (0.88, -0.25), (0.6, -0.5), (0.45, -0.7))
    ]
    whole = [wings[0], *legs, trunk, ball((0, 0.66, 0.3), (0.24, 0.36, 0.2), belly), *spikes, wings[1], *horns, *head]
    return [part.but(points=part.points * GROWN) for part in whole]


@thing("shell")
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
    return [
        part.turned("x", -24)
        for part in (board([(-0.02, 0), (0.02, 0), (0.016, 0.014), (-0.016, 0.014)], 0.02, scaled(main, 0.85)), *ribs)
    ]


@thing("panda")
def panda(main: Colour) -> list[Solid]:
    """A panda with its bamboo."""
    black = rgb("35343a")
    limbs = [
        part.but(colour=black) if number >= 10 and part.colour == main else part
        for number, part in enumerate(bear(main))
    ]
    patches = [ball((s * 0.1, 1.11, 0.235), (0.06, 0.07, 0.04), black) for s in (-1, 1)]
    bamboo = tube([(0.36, 0.25, 0.42), (0.3, 0.95, 0.5)], 0.03, rgb("7fa04c"), 8)
    return [*limbs[:5], *patches, *eyes((0, 1.12, 0.27), 0.095, 0.027), *limbs[9:], bamboo]


@thing("unicorn")
def unicorn(main: Colour) -> list[Solid]:
    """A white horse with a golden horn and a rosy mane."""
    dark = scaled(main, 0.5)
    coat = [part.but(colour=rgb("c991b4")) if part.colour == dark else part for part in horse(main)]
    return [
        *coat,
        lathe([(0.035, 0.0), (0.001, 0.42)], rgb("dcb352"), sides=10)
        .turned("x", 38)
        .moved(y=1.86, z=1.0)
        .but(gloss=0.8),
    ]


@thing("wolf")
def wolf(main: Colour) -> list[Solid]:
    """A grey wolf, larger than a fox."""
    return [part.but(points=part.points * 1.5) for part in fox(main)]


@thing("hamster")
def hamster(main: Colour) -> list[Solid]:
    """A round hamster sitting up."""
    parts = [
        ball((0, 0.055, 0), (0.05, 0.056, 0.05), main),
        ball((0, 0.048, 0.026), (0.034, 0.042, 0.03), CREAM),
        ball((0, 0.115, 0.008), (0.044, 0.038, 0.04), main),
        ball((0, 0.104, 0.04), (0.026, 0.018, 0.014), CREAM),
    ]
    parts += [ball((0, 0.11, 0.054), (0.006, 0.004, 0.004), PINK), *eyes((0, 0.122, 0.038), 0.021, 0.0075)]
    for s in (-1, 1):
        parts += [
            ball((s * 0.032, 0.15, 0.0), (0.014, 0.014, 0.006), main),
            ball((s * 0.032, 0.149, 0.005), (0.009, 0.009, 0.004), PINK),
            ball((s * 0.022, 0.07, 0.05), 0.009, PINK),
            ball((s * 0.028, 0.008, 0.034), (0.015, 0.008, 0.022), PINK),
        ]
    return parts


@thing("penguin")
def penguin(main: Colour) -> list[Solid]:
    """A penguin."""
    orange = rgb("e09a3a")
    body = lathe(
        [(0.1, 0.03), (0.15, 0.1), (0.16, 0.26), (0.11, 0.42), (0.1, 0.5), (0.07, 0.57), (0.001, 0.6)], main, bent=True
    )
    wings = [
        ball((s * 0.16, 0.28, 0.0), (0.03, 0.14, 0.06), main).turned("z", s * 14, (s * 0.15, 0.38, 0.0))
        for s in (-1, 1)
    ]
    feet = [ball((s * 0.06, 0.018, 0.09), (0.05, 0.02, 0.07), orange) for s in (-1, 1)]
    face = [ball((s * 0.045, 0.5, 0.07), (0.05, 0.05, 0.035), CREAM) for s in (-1, 1)]
    beak = lathe([(0.024, 0.0), (0.001, 0.07)], orange, sides=12).turned("x", 90).moved(y=0.48, z=0.1)
    return [
        *feet,
        body,
        ball((0, 0.23, 0.06), (0.12, 0.19, 0.11), CREAM),
        *wings,
        *face,
        beak,
        *eyes((0, 0.515, 0.105), 0.04, 0.014),
    ]


@thing("owl")
def owl(main: Colour) -> list[Solid]:
    """An owl on its feet."""
    pale = mix(main, CREAM, 0.6)
    discs = [ball((s * 0.042, 0.245, 0.06), (0.044, 0.044, 0.02), pale) for s in (-1, 1)]
    eyes = [
        part
        for s in (-1, 1)
        for part in (
            ball((s * 0.042, 0.247, 0.078), (0.024, 0.024, 0.01), rgb("e2a93c")),
            ball((s * 0.042, 0.247, 0.087), (0.012, 0.012, 0.005), DARK),
        )
    ]
    tufts = [
        lathe([(0.02, 0), (0.001, 0.06)], main, sides=10).turned("z", -s * 24).moved(s * 0.05, 0.29, 0.0)
        for s in (-1, 1)
    ]
    wings = [ball((s * 0.085, 0.14, -0.01), (0.03, 0.095, 0.06), scaled(main, 0.75)) for s in (-1, 1)]
    marks = [
        ball((x, y, 0.087), (0.008, 0.012, 0.005), scaled(main, 0.7))
        for x, y in ((-0.03, 0.15), (0.0, 0.13), (0.03, 0.15), (-0.015, 0.1), (0.017, 0.1))
    ]
    feet = [ball((s * 0.035, 0.012, 0.05), (0.024, 0.012, 0.03), rgb("d99a3c")) for s in (-1, 1)]
    body = lathe(
        [(0.05, 0.01), (0.085, 0.05), (0.092, 0.15), (0.082, 0.25), (0.05, 0.3), (0.001, 0.31)], main, bent=True
    )
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


@thing("alien")
def alien(main: Colour) -> list[Solid]:
    """A small friendly visitor."""
    suit = rgb("8d93ad")
    head = lathe([(0.03, 0.66), (0.1, 0.72), (0.18, 0.86), (0.17, 1.0), (0.09, 1.07), (0.001, 1.09)], main, bent=True)
    eyes = [
        ball((s * 0.075, 0.88, 0.135), (0.05, 0.068, 0.035), DARK)
        .turned("z", s * 22, (s * 0.075, 0.88, 0.135))
        .but(gloss=0.8)
        for s in (-1, 1)
    ]
    arms = [
        tube([(s * 0.1, 0.58, 0), (s * 0.2, 0.45, 0.03), (s * 0.19, 0.32, 0.08)], [0.035, 0.03, 0.028], suit)
        for s in (-1, 1)
    ]
    hands = [ball((s * 0.19, 0.29, 0.09), 0.038, main) for s in (-1, 1)]
    legs = [tube([(s * 0.06, 0.3, 0), (s * 0.07, 0.05, 0)], 0.045, suit) for s in (-1, 1)]
    boots = [ball((s * 0.07, 0.035, 0.03), (0.055, 0.038, 0.08), rgb("5f6480")) for s in (-1, 1)]
    feelers = [
        part
        for s in (-1, 1)
        for part in (
            tube([(s * 0.05, 1.06, 0), (s * 0.09, 1.18, 0)], 0.009, main, 6),
            ball((s * 0.09, 1.19, 0), 0.024, rgb("e3b84f")),
        )
    ]
    smile = tube([(-0.035, 0.765, 0.125), (0, 0.755, 0.13), (0.035, 0.765, 0.125)], 0.006, DARK, 6).but(lift=1.0)
    return [
        *legs,
        *boots,
        tube([(0, 0.28, 0), (0, 0.45, 0), (0, 0.64, 0)], [0.12, 0.13, 0.08], suit),
        *arms,
        *hands,
        head,
        *eyes,
        smile,
        *feelers,
    ]
