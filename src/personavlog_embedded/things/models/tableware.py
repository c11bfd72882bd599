"""Cups, bowls, pots and bottles."""

from __future__ import annotations

from personavlog_embedded.render.canvas import Colour, scaled
from personavlog_embedded.things.models.model import rgb, thing
from personavlog_embedded.things.models.solid import Solid, ball, disc, lathe, shell, tube

TEA, COFFEE, STEEL, WOOD = rgb("b9793a"), rgb("4a2d1c"), rgb("a9adb0"), rgb("a8784a")


def _handle(x: float, top: float, low: float, radius: float, colour: Colour) -> Solid:
    out = x + (top - low) * 0.5
    return tube(
        [(x - 0.002, top, 0), (out, top - 0.004, 0), (out, (top + low) / 2, 0), (x - 0.004, low, 0)], radius, colour
    )


@thing("mug")
def mug(main: Colour) -> list[Solid]:
    """A mug of coffee."""
    wall = shell([(0.028, 0.0), (0.037, 0.006), (0.041, 0.04), (0.042, 0.098)], main, bent=True).but(gloss=0.7)
    return [wall, disc((0, 0.084, 0), 0.04, COFFEE), _handle(0.041, 0.08, 0.024, 0.0065, main).but(gloss=0.5)]


@thing("teacup")
def teacup(main: Colour) -> list[Solid]:
    """A teacup with a blue band."""
    cup = shell([(0.024, 0.0), (0.026, 0.006), (0.042, 0.02), (0.05, 0.05), (0.054, 0.078)], main).but(gloss=0.7)
    band = lathe([(0.0525, 0.058), (0.0538, 0.068)], rgb("5b7fa8")).but(lids=(), lift=0.3)
    return [cup, band, disc((0, 0.066, 0), 0.05, TEA), _handle(0.051, 0.062, 0.026, 0.0045, main)]


@thing("thermos")
def thermos(main: Colour) -> list[Solid]:
    """A thermos flask with its cup on."""
    body = lathe([(0.036, 0.0), (0.04, 0.006), (0.04, 0.19), (0.034, 0.205)], main).but(gloss=0.6)
    return [
        body,
        lathe([(0.041, 0.012), (0.041, 0.022)], STEEL).but(gloss=1.0),
        lathe([(0.035, 0.205), (0.036, 0.212), (0.036, 0.262), (0.03, 0.27)], STEEL).but(gloss=1.0),
    ]


@thing("glass")
def glass(main: Colour) -> list[Solid]:
    """A tumbler of water."""
    water = lathe([(0.027, 0.01), (0.033, 0.085)], scaled(main, 0.82)).but(sheer=0.3)
    return [
        water,
        shell([(0.028, 0.0), (0.031, 0.01), (0.037, 0.125)], main, bent=False).but(sheer=0.55, gloss=1.0),
        disc((0, 0.086, 0), 0.033, scaled(main, 0.95)),
    ]


@thing("wine glass")
def wineglass(main: Colour) -> list[Solid]:
    """A glass of wine."""
    clear = rgb("d5e2e6")
    stem = lathe([(0.034, 0.0), (0.03, 0.004), (0.005, 0.01), (0.004, 0.08), (0.01, 0.09)], clear).but(
        gloss=1.0, sheer=0.3
    )
    wine = lathe([(0.01, 0.092), (0.032, 0.112), (0.037, 0.14)], main).but(gloss=0.4)
    return [
        stem,
        wine,
        shell([(0.01, 0.09), (0.034, 0.11), (0.04, 0.145), (0.033, 0.19)], clear).but(sheer=0.65, gloss=1.0),
    ]


@thing("bottle")
def bottle(main: Colour) -> list[Solid]:
    """A bottle with a label."""
    body = lathe(
        [(0.034, 0.0), (0.038, 0.008), (0.038, 0.15), (0.03, 0.185), (0.014, 0.215), (0.013, 0.255)], main
    ).but(gloss=1.0)
    return [
        body,
        lathe([(0.0388, 0.05), (0.0388, 0.12)], rgb("ece3cd")).but(lids=()),
        lathe([(0.015, 0.252), (0.015, 0.275)], WOOD),
    ]


def _bowl(main: Colour, size: float = 1.0) -> list[Solid]:
    wall = shell([(0.035, 0.0), (0.036, 0.008), (0.06, 0.02), (0.085, 0.05), (0.094, 0.085)], main).but(gloss=0.6)
    band = lathe([(0.0925, 0.07), (0.0945, 0.08)], rgb("c24a3a")).but(lids=(), lift=0.3)
    return [part.but(points=part.points * size) for part in (wall, band)]


@thing("bowl")
def soup(main: Colour) -> list[Solid]:
    """A bowl of soup with its spoon."""
    greens = [
        disc((x, 0.0705, z), 0.009, rgb("6b9a4a"), lift=0.4)
        for x, z in ((-0.03, 0.02), (0.02, 0.035), (0.012, -0.02), (-0.045, -0.015))
    ]
    return [
        *_bowl(main),
        disc((0, 0.069, 0), 0.087, rgb("cf9a4c")),
        *greens,
        tube([(0.02, 0.075, 0.01), (0.08, 0.1, -0.02), (0.14, 0.15, -0.04)], [0.006, 0.004, 0.006], WOOD),
    ]


@thing("ramen")
def ramen(main: Colour) -> list[Solid]:
    """A bowl of noodles with an egg, greens and chopsticks."""
    curls = [
        tube(
            [
                (x - 0.04, 0.072, z),
                (x - 0.01, 0.084, z + 0.01),
                (x + 0.02, 0.08, z - 0.008),
                (x + 0.045, 0.071, z + 0.004),
            ],
            0.0055,
            rgb("e8cb82"),
            8,
        )
        for x, z in ((-0.02, 0.045), (0.005, 0.028), (-0.015, 0.01), (0.02, 0.055), (0.01, -0.012))
    ]
    egg = [
        ball((0.045, 0.078, 0.0), (0.024, 0.012, 0.02), rgb("f3ebdc")),
        disc((0.045, 0.091, 0.002), 0.012, rgb("e8a13c"), lift=0.6),
    ]
    leaf = ball((-0.045, 0.08, -0.02), (0.024, 0.009, 0.017), rgb("5f8d43"))
    sticks = [
        tube([(-0.02 + d, 0.09, 0.05), (0.13 + d, 0.15, -0.07)], [0.003, 0.004], rgb("8c5a38"), 8) for d in (0.0, 0.016)
    ]
    return [*_bowl(main), disc((0, 0.07, 0), 0.087, rgb("b87435")), *curls, *egg, leaf, *sticks]


@thing("rice")
def rice(main: Colour) -> list[Solid]:
    """A bowl heaped with something white."""
    heap = [
        ball((x, 0.085 + 0.012 * (i % 3), z), (0.036, 0.026, 0.034), rgb("f2ecdf"))
        for i, (x, z) in enumerate(((-0.04, 0.02), (0.035, 0.028), (0.0, -0.03), (0.0, 0.05), (0.005, 0.01)))
    ]
    return [*_bowl(main), disc((0, 0.07, 0), 0.086, rgb("e3dccb")), *heap]


@thing("pot")
def pot(main: Colour) -> list[Solid]:
    """A steaming pot with two ears."""
    wall = shell([(0.1, 0.0), (0.12, 0.01), (0.125, 0.13), (0.13, 0.135)], main, bent=False).but(gloss=0.8)
    ears = [
        tube(
            [(s * 0.122, 0.11, 0.03), (s * 0.158, 0.112, 0.02), (s * 0.158, 0.112, -0.02), (s * 0.122, 0.11, -0.03)],
            0.008,
            rgb("3a3532"),
        )
        for s in (-1, 1)
    ]
    food = [
        ball((x, 0.105, z), (0.022, 0.012, 0.02), rgb(c))
        for x, z, c in (
            (-0.05, 0.03, "c9683a"),
            (0.04, 0.04, "e3c98a"),
            (0.0, -0.03, "7d9a4c"),
            (0.06, -0.03, "c9683a"),
            (0.0, 0.055, "7d9a4c"),
        )
    ]
    return [wall, disc((0, 0.104, 0), 0.122, rgb("a8622c")), *food, *ears]


@thing("pan")
def pan(main: Colour) -> list[Solid]:
    """A pan with an egg in it."""
    wall = shell([(0.1, 0.0), (0.11, 0.004), (0.13, 0.04)], main, bent=False).but(gloss=0.7)
    egg = [
        ball((-0.01, 0.008, 0.01), (0.06, 0.008, 0.05), rgb("f4efe2")),
        ball((0.0, 0.014, 0.015), (0.022, 0.014, 0.022), rgb("eda93a")).but(gloss=0.7),
    ]
    return [
        wall,
        disc((0, 0.005, 0), 0.112, scaled(main, 0.8)),
        *egg,
        tube([(0.128, 0.035, 0), (0.32, 0.05, 0)], [0.01, 0.013], rgb("5a4030")),
    ]


@thing("plate")
def plate(main: Colour) -> list[Solid]:
    """A plate with a meal."""
    dish = lathe(
        [(0.06, 0.0), (0.075, 0.004), (0.125, 0.02), (0.118, 0.021), (0.08, 0.01), (0.0001, 0.01)], main, sides=36
    ).but(gloss=0.5)
    meal = [
        ball((-0.02, 0.025, 0.01), (0.045, 0.022, 0.034), rgb("b06a3a")),
        ball((0.045, 0.022, 0.02), (0.025, 0.018, 0.022), rgb("6f9c4b")),
        ball((0.03, 0.022, -0.03), (0.03, 0.02, 0.024), rgb("ecd9a0")),
        ball((-0.035, 0.02, -0.04), (0.02, 0.016, 0.02), rgb("cc4b36")),
    ]
    return [dish, *meal]


@thing("teapot")
def teapot(main: Colour) -> list[Solid]:
    """A round teapot."""
    body = lathe([(0.045, 0.0), (0.055, 0.006), (0.082, 0.05), (0.07, 0.1), (0.04, 0.118)], main, bent=True).but(
        gloss=0.8
    )
    lid = lathe(
        [(0.042, 0.116), (0.036, 0.126), (0.012, 0.134), (0.008, 0.14), (0.013, 0.148), (0.006, 0.156)],
        scaled(main, 0.9),
    ).but(gloss=0.8)
    spout = tube([(-0.07, 0.04, 0), (-0.105, 0.065, 0), (-0.135, 0.115, 0)], [0.02, 0.014, 0.009], main).but(gloss=0.6)
    return [body, lid, spout, _handle(0.074, 0.095, 0.025, 0.009, rgb("6b4a32"))]


@thing("jar")
def jar(main: Colour) -> list[Solid]:
    """A glass jar with a cloth lid."""
    body = lathe([(0.04, 0.0), (0.045, 0.006), (0.045, 0.09), (0.036, 0.105)], main).but(gloss=1.0)
    label = lathe([(0.0462, 0.03), (0.0462, 0.068)], rgb("efe7d3")).but(lids=())
    return [body, label, lathe([(0.046, 0.1), (0.04, 0.112), (0.038, 0.122), (0.02, 0.126)], rgb("b5483f"))]


@thing("vase")
def vase(main: Colour) -> list[Solid]:
    """A tall vase."""
    return [
        shell([(0.05, 0.0), (0.055, 0.01), (0.085, 0.12), (0.06, 0.22), (0.032, 0.26), (0.045, 0.3)], main).but(
            gloss=0.8
        ),
        lathe([(0.0865, 0.105), (0.0865, 0.125)], rgb("e6dcc2")).but(lids=(), lift=0.5),
    ]


@thing("bucket")
def bucket(main: Colour) -> list[Solid]:
    """A bucket with a bail."""
    wall = shell([(0.1, 0.0), (0.135, 0.25)], main, bent=False).but(gloss=0.7)
    hoops = [
        lathe([(r, y), (r + 0.001, y + 0.015)], scaled(main, 0.75)).but(lids=(), lift=0.3)
        for r, y in ((0.111, 0.06), (0.131, 0.2))
    ]
    return [
        wall,
        *hoops,
        tube(
            [(-0.134, 0.24, 0), (-0.1, 0.33, 0), (0, 0.365, 0), (0.1, 0.33, 0), (0.134, 0.24, 0)],
            0.005,
            rgb("4a4a4a"),
            8,
        ),
    ]


@thing("spoon")
def spoon(main: Colour) -> list[Solid]:
    """A wooden spoon, upright."""
    return [
        tube([(0, 0, 0), (0, 0.2, 0)], [0.006, 0.0055], main),
        ball((0, 0.225, 0), (0.026, 0.036, 0.009), main),
        ball((0, 0.226, 0.006), (0.019, 0.027, 0.005), scaled(main, 0.72)),
    ]
