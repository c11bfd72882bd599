"""The light of a scene as figures are drawn in it."""

from __future__ import annotations

from personavlog_embedded.figure.outfit import Colour
from personavlog_embedded.figure.shot import Sun
from personavlog_embedded.render.light import Light

CAST = {"clear": 0.52, "cloud": 0.2, "snow": 0.12, "rain": 0.1, "fog": 0.05}
"""How dark the shadow on the ground is by weather."""
NIGHT, INSIDE = 0.6, 0.45
"""Shares of it under the moon and lamps, and in a room, whose light comes from many sides."""
LEAST_HIGH, HIGH = 0.5, 0.55
"""How high the light stands at least and how much higher it can, where it is about 1 to the side and forwards."""
TINT = 0.55
"""How much of the scene's own difference between light and shade the figure's tones have: they are drawn by hand."""
DEEP = 0.66
"""How light the shade is against the lit side, on average over the colours."""
SOFT = 1.18
"""How much lighter it is in rooms and under clouds."""


def sun_of(light: Light, *, inside: bool) -> Sun:
    """Where the light comes from and how warm it and how cool the shade are, against the scene's mean: the mean itself
    (a dark night, a golden evening) is put on by ``body.light_on_people.relit``, as on the photo's head."""
    ahead = max(0.35, 1 - 0.5 * abs(light.side))
    key, shade = _tint(light.key), _tint(light.shade)
    shadow = CAST.get(light.weather, CAST["cloud"]) * (NIGHT if light.night else 1) * (INSIDE if inside else 1)
    soft = 1 if light.weather == "clear" and not inside else SOFT
    return Sun(
        (0.75 * light.side, LEAST_HIGH + HIGH * light.height, 0.62 * ahead),
        _mixed(1.02, key),
        _mixed(DEEP * soft, shade),
        shadow,
    )


def _tint(colour: Colour) -> Colour:
    """With a mean of 1."""
    mean = sum(colour) / 3
    return colour[0] / mean, colour[1] / mean, colour[2] / mean


def _mixed(level: float, tint: Colour) -> Colour:
    red, green, blue = (float(level * (1 + TINT * (part - 1))) for part in tint)
    return red, green, blue
