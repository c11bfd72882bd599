"""A scene's light as it falls on figures."""

from __future__ import annotations

from personavlog_embedded.figure.shot import Sun
from personavlog_embedded.render.light import Light

SHADOW = {"clear": 0.5, "cloud": 0.28, "snow": 0.25, "rain": 0.2, "fog": 0.12}
"""How dark a shadow on the ground is by weather."""


def sun_of(light: Light, *, inside: bool) -> Sun:
    """Where it comes from and what it reaches; rooms and nights have soft shadows."""
    way = (0.75 * light.side, 0.45 + 0.6 * light.height, 0.55)
    shadow = 0.22 if inside or light.night else SHADOW.get(light.weather, 0.25)
    return Sun(way=way, shadow=shadow)
