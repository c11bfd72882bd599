"""What is eaten, as it lies on a table or is held."""

from __future__ import annotations

from math import cos, degrees, pi, sin

from personavlog_embedded.render.canvas import Colour, mix, scaled
from personavlog_embedded.things.models.model import rgb, thing
from personavlog_embedded.things.models.solid import Solid, ball, board, box, disc, lathe, shell, tube

CREAM, RED, GREEN, PLATE, WOOD = rgb("f3e8d2"), rgb("c13f3a"), rgb("6f9a48"), rgb("ebe5d8"), rgb("a8784a")


def _dish(radius: float) -> Solid:
    return lathe(
        [(radius * 0.6, 0.0), (radius * 0.75, 0.004), (radius, 0.012), (radius * 0.9, 0.013), (0.0001, 0.009)],
        PLATE,
        sides=34,
    ).but(gloss=0.5)


@thing("bread")
def bread(main: Colour) -> list[Solid]:
    """A round-ended loaf with cuts, on a board."""
    loaf = tube(
        [(-0.14, 0.055, 0), (-0.1, 0.066, 0), (0, 0.072, 0), (0.1, 0.066, 0), (0.14, 0.055, 0)],
        [0.025, 0.058, 0.068, 0.058, 0.025],
        main,
        18,
    )
    cuts = [
        tube(
            [(x - 0.02, 0.105, 0.058), (x, 0.146 - 1.4 * x * x, 0.01), (x + 0.02, 0.13, -0.035)],
            [0.004, 0.012, 0.004],
            rgb("ecd3a0"),
            8,
        )
        for x in (-0.07, -0.02, 0.03, 0.08)
    ]
    return [box((0, 0, 0), (0.36, 0.014, 0.18), WOOD), loaf.moved(y=0.008), *cuts]


@thing("baguette")
def baguette(main: Colour) -> list[Solid]:
    """A long loaf, upright."""
    cuts = [tube([(-0.02, y, 0.03), (0.02, y + 0.03, 0.03)], 0.006, rgb("ecd3a0"), 8) for y in (0.12, 0.22, 0.32, 0.42)]
    return [
        tube(
            [(0, 0, 0), (0, 0.08, 0), (0, 0.3, 0), (0, 0.48, 0), (0, 0.56, 0)],
            [0.012, 0.034, 0.036, 0.034, 0.012],
            main,
        ),
        *cuts,
    ]


@thing("cake")
def cake(main: Colour) -> list[Solid]:
    """A layered cake with cream, berries and candles."""
    layers = [
        lathe([(0.11, 0.014 + 0.05 * k), (0.113, 0.02 + 0.05 * k), (0.113, 0.045 + 0.05 * k)], main, sides=32)
        for k in (0, 1)
    ]
    cream = [
        lathe([(0.115, 0.045), (0.118, 0.055), (0.115, 0.064)], CREAM, sides=32).but(lids=()),
        lathe([(0.118, 0.098), (0.122, 0.108), (0.112, 0.122), (0.001, 0.124)], CREAM, sides=32, bent=True),
    ]
    drips = [
        ball((0.116 * cos(a), 0.095 - 0.008 * (k % 3), 0.116 * sin(a)), (0.016, 0.02 + 0.006 * (k % 2), 0.014), CREAM)
        for k, a in enumerate(2 * pi * j / 14 for j in range(14))
    ]
    berries = [
        ball((0.085 * cos(a), 0.133, 0.085 * sin(a)), (0.018, 0.018, 0.018), RED).but(gloss=0.8)
        for a in (2 * pi * j / 8 for j in range(8))
    ]
    candles = [
        part
        for x, z in ((-0.03, 0.01), (0.03, 0.015), (0.0, -0.03))
        for part in (
            tube([(x, 0.12, z), (x, 0.19, z)], 0.005, rgb("86a9c4"), 8),
            ball((x, 0.205, z), (0.007, 0.015, 0.007), rgb("f9b94c")).but(glow=1.0),
        )
    ]
    return [_dish(0.15), *layers, *cream, *drips, *berries, *candles]


@thing("ice cream")
def ice_cream(main: Colour) -> list[Solid]:
    """Two scoops in a waffle cone."""
    cone = lathe([(0.004, 0.0), (0.036, 0.12)], rgb("cf9a55"), sides=20)
    bars = [
        tube(
            [(s * 0.002, 0.01, 0.005), (s * 0.018 + 0.006, 0.06, 0.018), (s * -0.006 + 0.01, 0.115, 0.034)],
            0.0022,
            rgb("a8733a"),
            6,
        )
        for s in (-1, 0, 1)
    ]
    return [
        cone,
        *bars,
        lathe([(0.034, 0.112), (0.041, 0.12), (0.038, 0.13)], scaled(main, 0.95)),
        ball((0, 0.142, 0), (0.043, 0.04, 0.043), main).but(gloss=0.3),
        ball((0.004, 0.195, 0), (0.036, 0.034, 0.036), rgb("ecdfb4")).but(gloss=0.3),
        ball((0.01, 0.235, 0.0), 0.013, RED).but(gloss=1.0),
    ]


@thing("apple")
def apple(main: Colour) -> list[Solid]:
    """An apple with a leaf."""
    body = lathe(
        [(0.008, 0.006), (0.025, 0.0), (0.042, 0.03), (0.042, 0.055), (0.025, 0.078), (0.006, 0.07)], main, bent=True
    ).but(gloss=0.8)
    return [
        body,
        tube([(0, 0.07, 0), (0.004, 0.092, 0)], 0.0025, rgb("5a4030"), 6),
        ball((0.018, 0.09, 0), (0.018, 0.005, 0.009), GREEN).turned("z", 20, (0.0, 0.09, 0.0)),
    ]


@thing("orange")
def orange(main: Colour) -> list[Solid]:
    """An orange with a leaf."""
    return [
        ball((0, 0.038, 0), (0.04, 0.037, 0.04), main, 24).but(gloss=0.5),
        ball((0.016, 0.078, 0.005), (0.022, 0.005, 0.01), GREEN),
        tube([(0, 0.072, 0), (-0.002, 0.084, 0)], 0.003, rgb("5a4030"), 6),
    ]


@thing("peach")
def peach(main: Colour) -> list[Solid]:
    """A peach with a red cheek and a leaf."""
    return [
        ball((0, 0.042, 0), (0.044, 0.042, 0.044), main, 24),
        ball((0.012, 0.045, 0.006), (0.036, 0.037, 0.042), rgb("d9584c"), 20),
        ball((0.018, 0.088, 0.004), (0.026, 0.005, 0.011), GREEN),
    ]


@thing("watermelon")
def watermelon(main: Colour) -> list[Solid]:
    """A slice of melon."""

    def half(r: float) -> list[tuple[float, float]]:
        return [(r * cos(a), 0.155 + r * sin(a)) for a in (pi + pi * k / 18 for k in range(19))]

    seeds = [
        ball((x, y, 0.031), (0.005, 0.009, 0.003), rgb("33251f"))
        for x, y in ((-0.07, 0.12), (-0.03, 0.09), (0.02, 0.11), (0.06, 0.085), (0.0, 0.055), (0.085, 0.125))
    ]
    return [
        board(half(0.155), 0.058, rgb("4f8442")),
        board(half(0.143), 0.0585, CREAM),
        board(half(0.135), 0.06, main),
        *seeds,
    ]


@thing("cookie")
def cookies(main: Colour) -> list[Solid]:
    """A plate of biscuits."""
    spots = ((-0.04, 0.012, 0.02), (0.04, 0.012, 0.025), (0.0, 0.012, -0.035), (0.005, 0.03, 0.005))
    rounds = [
        lathe(
            [(0.03, 0.0), (0.04, 0.006), (0.036, 0.015), (0.001, 0.019)], scaled(main, 0.92 + 0.04 * k), at, bent=True
        )
        for k, at in enumerate(spots)
    ]
    chips = [
        ball((x + dx, y + 0.018, z + dz), 0.006, rgb("4a2d1f"))
        for x, y, z in spots
        for dx, dz in ((-0.015, 0.008), (0.012, 0.012), (0.004, -0.014))
    ]
    return [_dish(0.11), *rounds, *chips]


@thing("sandwich")
def burger(main: Colour) -> list[Solid]:
    """A burger."""
    stack = (
        (0.052, 0.0, 0.018, main),
        (0.057, 0.016, 0.026, rgb("7a4a30")),
        (0.06, 0.025, 0.031, rgb("e8b84a")),
        (0.062, 0.03, 0.04, GREEN),
        (0.055, 0.038, 0.045, RED),
    )
    discs = [
        lathe([(r * 0.92, low), (r, (low + high) / 2), (r * 0.92, high)], colour) for r, low, high, colour in stack
    ]
    top = lathe([(0.054, 0.044), (0.058, 0.056), (0.045, 0.08), (0.001, 0.092)], scaled(main, 1.06), bent=True)
    return [
        *discs,
        top,
        *(
            ball((x, y, z), (0.004, 0.003, 0.004), CREAM)
            for x, y, z in ((-0.02, 0.087, 0.022), (0.015, 0.088, 0.025), (0.03, 0.079, 0.02), (0.0, 0.094, 0.005))
        ),
    ]


@thing("pizza")
def pizza(main: Colour) -> list[Solid]:
    """A whole pizza on a board."""
    crust = lathe(
        [(0.14, 0.012), (0.155, 0.02), (0.152, 0.032), (0.135, 0.028), (0.001, 0.024)], main, sides=34, bent=True
    )
    slices = [
        disc((0.09 * cos(a) * (0.5 + 0.5 * (k % 2)), 0.028, 0.09 * sin(a) * (0.5 + 0.5 * (k % 2))), 0.022, c, lift=0.8)
        for k, (a, c) in enumerate((2 * pi * j / 9, (RED, rgb("a83b33"), GREEN)[j % 3]) for j in range(9))
    ]
    return [
        lathe([(0.17, 0.0), (0.17, 0.012)], WOOD, sides=34),
        crust,
        disc((0, 0.0265, 0), 0.13, rgb("e7bd62"), lift=0.4),
        *slices,
    ]


@thing("egg")
def egg(main: Colour) -> list[Solid]:
    """An egg in a nest of straw."""
    nest = [
        tube(
            [
                (0.05 * cos(a), 0.008 + 0.006 * (k % 3), 0.05 * sin(a)),
                (0.06 * cos(a + 0.6), 0.02 + 0.004 * (k % 2), 0.06 * sin(a + 0.6)),
                (0.052 * cos(a + 1.2), 0.012, 0.052 * sin(a + 1.2)),
            ],
            0.006,
            mix(rgb("c9a45c"), rgb("a37f43"), k % 2),
            6,
        )
        for k, a in enumerate(2 * pi * j / 10 for j in range(10))
    ]
    return [
        lathe([(0.02, 0.002), (0.034, 0.02), (0.034, 0.038), (0.018, 0.066), (0.001, 0.076)], main, bent=True).but(
            gloss=0.3
        ),
        *nest,
    ]


@thing("milk tea")
def milk_tea(main: Colour) -> list[Solid]:
    """A cup of milk tea with its straw."""
    pearls = [
        ball((0.03 * cos(a), 0.016 + 0.012 * (k % 2), 0.03 * sin(a)), 0.007, rgb("3a2820")).but(lift=2.0)
        for k, a in enumerate(2 * pi * j / 9 for j in range(9))
    ]
    cup = lathe([(0.033, 0.0), (0.043, 0.125)], main).but(gloss=0.7)
    lid = lathe([(0.045, 0.125), (0.046, 0.132), (0.036, 0.15), (0.001, 0.153)], rgb("e6edee")).but(gloss=0.9)
    return [cup, *pearls, lid, tube([(0.0, 0.14, 0), (0.014, 0.21, 0)], 0.005, rgb("c24a4a"), 8)]


@thing("popcorn")
def popcorn(main: Colour) -> list[Solid]:
    """A striped tub of popcorn."""
    tub = shell([(0.045, 0.0), (0.065, 0.13)], main, bent=False)
    columns = tub.quads.reshape(-1, 30, 4)
    stripes = [
        tub.but(quads=columns[:, [c for c in range(30) if c // 3 % 2 == k]].reshape(-1, 4), colour=colour)
        for k, colour in enumerate((main, CREAM))
    ]
    corn = [
        ball(
            (0.045 * cos(a) * (k % 3) / 2, 0.135 + 0.02 * ((k * 7) % 3) / 2, 0.045 * sin(a) * (k % 3) / 2),
            0.019,
            rgb("f2dfa6"),
        )
        for k, a in enumerate(2.4 * j for j in range(15))
    ]
    return [*stripes, *corn]


@thing("tomato")
def tomato(main: Colour) -> list[Solid]:
    """A tomato with its star of leaves."""
    leaves = [
        ball((0.016 * cos(a), 0.062, 0.016 * sin(a)), (0.016, 0.004, 0.006), GREEN).turned(
            "y", -degrees(a), (0.016 * cos(a), 0.062, 0.016 * sin(a))
        )
        for a in (2 * pi * k / 6 for k in range(6))
    ]
    return [
        ball((0, 0.033, 0), (0.042, 0.033, 0.042), main, 22).but(gloss=0.9),
        *leaves,
        tube([(0, 0.06, 0), (0.003, 0.078, 0)], 0.003, GREEN, 6),
    ]


@thing("strawberry")
def strawberry(main: Colour) -> list[Solid]:
    """A strawberry."""
    seeds = [
        ball((0.9 * r * sin(a), y, 0.9 * r * cos(a)), 0.0022, rgb("ecd27c")).but(lift=2.0)
        for y, r in ((0.014, 0.018), (0.026, 0.026), (0.038, 0.029))
        for a in (-1.1, -0.4, 0.3, 1.0)
    ]
    berry = lathe([(0.001, 0.0), (0.014, 0.007), (0.026, 0.028), (0.027, 0.042), (0.014, 0.052)], main, bent=True).but(
        gloss=0.7
    )
    leaves = [
        ball((0.012 * cos(a), 0.053, 0.012 * sin(a)), (0.013, 0.004, 0.006), GREEN).turned(
            "y", -degrees(a), (0.012 * cos(a), 0.053, 0.012 * sin(a))
        )
        for a in (2 * pi * k / 6 for k in range(6))
    ]
    return [berry, *seeds, *leaves]


@thing("pumpkin")
def pumpkin(main: Colour) -> list[Solid]:
    """A ribbed pumpkin."""
    ribs = [
        ball((0.075 * cos(a), 0.1, 0.075 * sin(a)), (0.07, 0.1, 0.07), scaled(main, 0.94 + 0.06 * (k % 2)), 14)
        for k, a in enumerate(2 * pi * j / 9 for j in range(9))
    ]
    return [*ribs, tube([(0, 0.17, 0), (0.005, 0.21, 0), (0.03, 0.24, 0)], [0.02, 0.013, 0.016], rgb("7d8a48"))]
