"""What the time of year does to leaves, grass and the ground; summer is how everything is painted to begin with."""

from __future__ import annotations

from personavlog_embedded.render.canvas import Colour, mix
from personavlog_embedded.render.light import Light
from personavlog_embedded.render.noise import Rng

AUTUMN: tuple[Colour, ...] = (
    (0.90, 0.56, 0.18),
    (0.80, 0.32, 0.16),
    (0.93, 0.74, 0.24),
    (0.70, 0.40, 0.18),
    (0.86, 0.44, 0.20),
)
BLOOM: tuple[Colour, ...] = ((0.98, 0.76, 0.82), (0.99, 0.90, 0.92), (0.96, 0.66, 0.76))
FRESH: Colour = (0.58, 0.76, 0.30)
SNOW: Colour = (0.95, 0.97, 1.0)


def leaf(light: Light, own: Colour, rng: Rng) -> Colour:
    """A crown's colour; every tree has its own in autumn, and some stand in blossom in spring. Draws from ``rng`` in
    these two only."""
    if light.season == "autumn":
        return mix(own, AUTUMN[int(rng.integers(len(AUTUMN)))], 0.9)
    if light.season == "spring":
        return BLOOM[int(rng.integers(len(BLOOM)))] if rng.random() < 0.8 else mix(own, FRESH, 0.7)
    if light.season == "winter":
        return mix(own, SNOW, 0.86) if light.weather == "snow" else mix(own, (0.44, 0.36, 0.28), 0.75)
    return own


def ground(light: Light, own: Colour) -> Colour:
    """Soil's colour: what is green is grass."""
    return grass(light, own) if own[1] > own[0] and own[1] > own[2] * 1.2 else own


def grass(light: Light, own: Colour) -> Colour:
    """A meadow's colour: fresh, tired, or pale after frost."""
    if light.season == "spring":
        return mix(own, (0.52, 0.74, 0.28), 0.5)
    if light.season == "autumn":
        return mix(own, (0.70, 0.60, 0.28), 0.55)
    if light.season == "winter" and light.weather != "snow":
        return mix(own, (0.90, 0.92, 0.95), 0.82)
    return own


def vine(light: Light, share: float) -> Colour:
    """A climbing plant's leaf, between two tones of the season."""
    if light.season == "autumn":
        return mix((0.66, 0.24, 0.14), (0.90, 0.60, 0.20), share)
    if light.season == "winter":
        return mix((0.40, 0.32, 0.25), SNOW if light.weather == "snow" else (0.52, 0.42, 0.32), share)
    return mix((0.26, 0.48, 0.22), (0.52, 0.66, 0.30), share)


def bare(light: Light) -> bool:
    """Whether broad-leaved trees have lost their leaves."""
    return light.season == "winter"
