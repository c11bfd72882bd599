"""Flowers, pots and young trees."""

from __future__ import annotations

from math import cos, pi, sin

from personavlog_embedded.render.canvas import Colour, mix, scaled
from personavlog_embedded.things.models.model import rgb, thing
from personavlog_embedded.things.models.solid import Point, Solid, ball, board, lathe, shell, tube

GREEN, STEM, CLAY, BARK = rgb("5f8f48"), rgb("5a7d3c"), rgb("b8694a"), rgb("6f5138")


def _leaf(at: Point, size: float, turn: float, lean: float, colour: Colour = GREEN) -> Solid:
    leaf = ball((size, 0, 0), (size, size * 0.12, size * 0.42), colour, 10)
    return leaf.turned("z", lean).turned("y", turn).moved(*at)


def _bloom(at: Point, size: float, colour: Colour, heart: Colour, petals: int = 6) -> list[Solid]:
    """A flower that faces the viewer and a little upwards."""
    rim = [
        ball(
            (size * 0.62 * cos(a), size * 0.62 * sin(a), 0),
            (size * 0.4, size * 0.4, size * 0.16),
            scaled(colour, 0.92 + 0.08 * (k % 2)),
            10,
        )
        for k, a in enumerate(2 * pi * j / petals for j in range(petals))
    ]
    return [
        part.turned("x", -25).moved(*at)
        for part in (*rim, ball((0, 0, size * 0.12), (size * 0.36, size * 0.36, size * 0.2), heart, 12))
    ]


@thing("flower")
def flower(main: Colour) -> list[Solid]:
    """One flower on its stem."""
    stem = tube([(0, 0, 0), (0.008, 0.12, 0), (0, 0.27, 0)], 0.0045, STEM, 8)
    return [
        stem,
        _leaf((0.006, 0.1, 0), 0.04, 10, 35),
        _leaf((0.005, 0.14, 0), 0.036, 170, 35),
        *_bloom((0, 0.29, 0.01), 0.055, main, rgb("e6b84c")),
    ]


@thing("sunflower")
def sunflower(main: Colour) -> list[Solid]:
    """A sunflower."""
    head = [*_bloom((0, 0.62, 0.02), 0.13, main, rgb("5b3a26"), 13)]
    return [
        tube([(0, 0, 0), (0.01, 0.3, 0), (0, 0.6, 0)], 0.01, STEM, 8),
        _leaf((0, 0.25, 0), 0.08, 5, 25),
        _leaf((0, 0.36, 0), 0.075, 175, 25),
        *head,
    ]


@thing("bouquet")
def bouquet(main: Colour) -> list[Solid]:
    """A bunch of flowers in paper."""
    wrap = lathe([(0.018, 0.0), (0.03, 0.07), (0.09, 0.24)], rgb("e8dcc4"), sides=14).but(lids=(), open=True)
    spots = (
        (-0.06, 0.27, 0.02),
        (0.0, 0.3, 0.03),
        (0.065, 0.275, 0.015),
        (-0.03, 0.33, -0.03),
        (0.04, 0.335, -0.03),
        (-0.005, 0.25, 0.08),
        (-0.085, 0.315, -0.03),
        (0.09, 0.32, -0.03),
    )
    colours = (main, mix(main, rgb("f3e9d6"), 0.75), scaled(main, 0.82), rgb("e5b455"))
    blooms = [part for k, at in enumerate(spots) for part in _bloom(at, 0.04, colours[k % 4], rgb("d9a03c"), 5)]
    leaves = [_leaf((0, 0.2, 0.01), 0.065, a, 50) for a in (0, 50, 110, 170, 230, 300)]
    return [*leaves, wrap, *blooms, lathe([(0.033, 0.07), (0.036, 0.085)], rgb("b5483f")).but(lids=())]


@thing("potted plant")
def potted_plant(main: Colour) -> list[Solid]:
    """A leafy plant in a clay pot."""
    pot = [
        shell([(0.065, 0.0), (0.09, 0.13)], main, bent=False),
        lathe([(0.096, 0.12), (0.098, 0.15), (0.088, 0.151)], scaled(main, 1.05)),
        lathe([(0.001, 0.14), (0.087, 0.14)], rgb("4a3428")),
    ]
    leaves = [
        _leaf(
            (0.01 * cos(a), 0.16 + 0.022 * k, 0.01 * sin(a)),
            0.075 - 0.002 * k,
            137 * k,
            28 + 3.2 * k,
            mix(GREEN, rgb("8fb45e"), (k % 3) / 3),
        )
        for k, a in enumerate(2.4 * j for j in range(13))
    ]
    return [*pot, tube([(0, 0.14, 0), (0.01, 0.3, 0), (0, 0.42, 0)], [0.01, 0.008, 0.003], STEM, 8), *leaves]


@thing("seedling")
def seedling(main: Colour) -> list[Solid]:
    """A sprout in a heap of earth."""
    earth = lathe([(0.1, 0.0), (0.085, 0.02), (0.04, 0.045), (0.001, 0.052)], rgb("5f4432"), bent=True)
    return [
        earth,
        tube([(0, 0.04, 0), (0.006, 0.1, 0), (0, 0.15, 0)], 0.005, STEM, 8),
        _leaf((0, 0.145, 0), 0.045, 15, 32, main),
        _leaf((0, 0.145, 0), 0.042, 190, 38, scaled(main, 1.12)),
        _leaf((0.004, 0.1, 0), 0.022, 80, 25, main),
    ]


@thing("tree")
def tree(main: Colour) -> list[Solid]:
    """A young leafy tree."""
    trunk = [
        tube([(0, 0, 0), (0.03, 0.7, 0), (0, 1.5, 0)], [0.1, 0.07, 0.04], BARK, 10),
        tube([(0.02, 0.9, 0), (0.2, 1.3, 0.05)], [0.045, 0.02], BARK, 8),
        tube([(0.01, 1.0, 0), (-0.22, 1.4, 0)], [0.04, 0.02], BARK, 8),
    ]
    spots = (
        (-0.35, 1.5, 0.1, 0.36),
        (0.35, 1.5, 0.05, 0.38),
        (0.0, 1.55, 0.3, 0.36),
        (-0.22, 1.85, 0.0, 0.38),
        (0.25, 1.9, 0.05, 0.36),
        (0.0, 2.15, 0.0, 0.36),
        (0.02, 1.75, 0.32, 0.3),
        (-0.5, 1.7, -0.05, 0.26),
        (0.52, 1.72, 0.0, 0.26),
    )
    tufts = [
        ball(
            (x + r * 0.75 * cos(2.4 * k), y + r * 0.6 * sin(1.7 * k + x), z + r * 0.7 * sin(2.4 * k)),
            (r * 0.5, r * 0.42, r * 0.5),
            scaled(main, 0.85 + 0.07 * (k % 5)),
            9,
        )
        for x, y, z, r in spots
        for k in range(6)
    ]
    return [*trunk, *(ball((x, y, z), (r, r * 0.85, r), scaled(main, 0.86), 12) for x, y, z, r in spots), *tufts]


@thing("mushroom")
def mushroom(main: Colour) -> list[Solid]:
    """A spotted mushroom."""
    cap = lathe([(0.03, 0.075), (0.075, 0.08), (0.07, 0.11), (0.04, 0.14), (0.001, 0.15)], main, bent=True).but(
        gloss=0.4
    )
    dots = [
        ball((0.055 * sin(a), 0.118 + 0.012 * (k % 2), 0.055 * cos(a)), (0.011, 0.009, 0.011), rgb("f2e9d8"))
        for k, a in enumerate((-0.9, -0.2, 0.6, 1.3, 2.4, 4.0))
    ]
    return [lathe([(0.026, 0.0), (0.022, 0.05), (0.025, 0.08)], rgb("ece0c8"), bent=True), cap, *dots]


@thing("leaf")
def leaf(main: Colour) -> list[Solid]:
    """An autumn leaf standing on its stalk."""
    side = [(0.0, 0.04), (0.05, 0.07), (0.06, 0.12), (0.035, 0.17), (0.0, 0.22)]
    return [
        tube([(0.01, 0, 0), (0, 0.05, 0), (0, 0.2, 0.004)], [0.004, 0.003, 0.001], scaled(main, 0.6), 6).but(lift=1.0),
        board([*side, *((-x, y) for x, y in reversed(side[1:-1]))], 0.003, main),
    ]


@thing("wood")
def logs(main: Colour) -> list[Solid]:
    """Three cut logs."""
    out: list[Solid] = []
    for x, y in ((-0.1, 0.09), (0.1, 0.09), (0.0, 0.25)):
        out += [
            lathe([(0.09, -0.25), (0.092, 0.0), (0.088, 0.25)], main, sides=18).turned("x", 90).moved(x=x, y=y),
            lathe([(0.075, 0.0), (0.072, 0.004)], rgb("d8b483"), sides=18).turned("x", 90).moved(x=x, y=y, z=0.25),
        ]
    return out
