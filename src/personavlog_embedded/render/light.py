"""Light and colour by time of day and weather: what the sky looks like, which way the light comes and how air swallows
the distance."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from personavlog_embedded.render.canvas import Colour, mix, scaled
from personavlog_embedded.render.noise import Field
from personavlog_embedded.scene.season import Season

DIM = 0.3
"""How lit far things are at night."""
SPREAD = 0.6
"""Radians that the sun of the first view can stand beside its middle."""


@dataclass(frozen=True)
class Light:
    """``key`` colours what is lit, ``shade`` what is not (both multiply an object's own colour); ``side`` -1 left .. 1
    right, ``height`` 0..1.

    ``bearing`` says where the sun stands once the viewer has turned.
    ``sky`` are the colours from zenith to horizon, ``haze`` is what distance turns into and ``air`` how fast (0..1 at
    infinity).
    """

    time: str
    weather: str
    sky: tuple[Colour, Colour, Colour, Colour]
    key: Colour
    shade: Colour
    haze: Colour
    air: float
    side: float
    height: float
    cloud_lit: Colour
    cloud_shade: Colour
    clouds: float
    bearing: float | None = None
    season: Season = "summer"

    @property
    def ahead(self) -> float:
        """Where the sun or moon stands, in radians to the right of the view; beyond a quarter turn it is behind the
        viewer."""
        return SPREAD * self.side if self.bearing is None else self.bearing

    def turned(self, yaw: float) -> Light:
        """The same light for a viewer who looks ``yaw`` radians further to the right."""
        bearing = (self.ahead - yaw + math.pi) % (2 * math.pi) - math.pi
        return replace(self, bearing=bearing, side=min(1.0, max(-1.0, math.sin(bearing) / math.sin(SPREAD))))

    @property
    def dark(self) -> bool:
        """Whether lamps are lit."""
        return self.time == "night" or (self.time == "dusk")

    @property
    def night(self) -> bool:
        """Whether it is night."""
        return self.time == "night"

    @property
    def _thinning(self) -> float:
        """How late haze sets in: fog stands close by."""
        return {"fog": 0.5, "snow": 1.1, "rain": 1.2}.get(self.weather, 1.5)

    def colour(self, own: Colour, lit: float, depth: float = 0.0) -> Colour:
        """An object's colour under this light; ``lit`` 0 shadow .. 1 full light, ``depth`` 0 near .. 1 far."""
        lit += (DIM - lit) * self._calm(depth)
        (red, green, blue), (k0, k1, k2), (s0, s1, s2) = own, self.key, self.shade
        seen = red * (s0 + (k0 - s0) * lit), green * (s1 + (k1 - s1) * lit), blue * (s2 + (k2 - s2) * lit)
        return mix(scaled(seen, 1.0), self.haze, self.veil(depth))

    def paint(self, own: Colour | Field, lit: Field, depth: float | Field = 0.0) -> Field:
        """The same for whole fields: ``lit`` (h, w), result (h, w, 3)."""
        key, shade = np.asarray(self.key, np.float32), np.asarray(self.shade, np.float32)
        if self.night:
            lit = lit + (np.float32(DIM) - lit) * (
                np.float32(self._calm(1.0)) * np.clip(np.asarray(depth, np.float32) * np.float32(1.5), 0, 1)
            )
        seen = np.asarray(own, np.float32) * (shade + (key - shade) * lit[..., None])
        veil = self.air * np.clip(np.asarray(depth, np.float32), 0, 1) ** self._thinning
        veil = veil[..., None] if veil.ndim == 2 else veil
        return np.asarray(seen + (np.asarray(self.haze, np.float32) - seen) * veil, np.float32)

    def _calm(self, depth: float) -> float:
        """At night far things lose their modelling, by this share: the eye sees outlines against the sky, not
        leaves."""
        return 0.8 * min(max(depth, 0.0) * 1.5, 1.0) if self.night else 0.0

    def veil(self, depth: float) -> float:
        """Share of haze at a depth."""
        return float(self.air * min(max(depth, 0.0), 1.0) ** self._thinning)


def _c(text: str) -> Colour:
    return tuple(int(text[i : i + 2], 16) / 255 for i in (0, 2, 4))  # type: ignore[return-value]


_TIMES = {
    "morning": Light(
        "morning",
        "clear",
        (_c("5b9bd8"), _c("8fc3e6"), _c("cfe4e2"), _c("ffe6bf")),
        (1.12, 1.03, 0.88),
        (0.52, 0.60, 0.78),
        _c("dfe6e0"),
        0.62,
        -0.75,
        0.45,
        _c("fff4e2"),
        _c("a3b4cf"),
        0.45,
    ),
    "noon": Light(
        "noon",
        "clear",
        (_c("1f6fd0"), _c("4a9ae6"), _c("8cc7f2"), _c("cdebf5")),
        (1.14, 1.10, 1.0),
        (0.50, 0.60, 0.80),
        _c("bfe0f0"),
        0.52,
        -0.5,
        0.85,
        _c("ffffff"),
        _c("9fb6d8"),
        0.55,
    ),
    "dusk": Light(
        "dusk",
        "clear",
        (_c("3b4a8f"), _c("8a6aa8"), _c("f0956c"), _c("ffd28a")),
        (1.22, 0.86, 0.58),
        (0.42, 0.38, 0.62),
        _c("f2a477"),
        0.58,
        0.8,
        0.2,
        _c("ffc48f"),
        _c("7d6a9e"),
        0.5,
    ),
    "night": Light(
        "night",
        "clear",
        (_c("0b1438"), _c("182a5c"), _c("34508c"), _c("6f8fc0")),
        (0.50, 0.60, 0.88),
        (0.17, 0.21, 0.38),
        _c("34497f"),
        0.5,
        -0.6,
        0.6,
        _c("6f84b4"),
        _c("26345f"),
        0.35,
    ),
}


def light(time: str, weather: str, season: Season | None = None) -> Light:
    """The light of a time of day under a weather (the words of ``script.TimeOfDay`` and ``script.Weather``); without a
    season it is winter in the snow."""
    base = replace(_TIMES[time], season=season or ("winter" if weather == "snow" else "summer"))
    if weather == "clear":
        return base
    grey = {"morning": _c("b9c3cb"), "noon": _c("bcc8d0"), "dusk": _c("a58f97"), "night": _c("2a3558")}[time]
    heavy, air, clouds = {
        "cloud": (0.45, 0.6, 0.9),
        "rain": (0.78, 0.78, 1.0),
        "snow": (0.72, 0.8, 0.95),
        "fog": (0.95, 0.97, 0.6),
    }[weather]
    grey = scaled(grey, {"cloud": 1.02, "rain": 0.78, "snow": 1.1, "fog": 1.12}[weather])
    zenith, high, low, edge = base.sky
    sky = (mix(zenith, grey, heavy * 0.75), mix(high, grey, heavy * 0.9), mix(low, grey, heavy), mix(edge, grey, heavy))
    if time == "night":
        # Under low clouds the snow and the lamps below still light the horizon: ridges and trees stand against it.
        low, edge = mix(low, scaled(grey, 1.35), 0.6), mix(edge, scaled(grey, 1.9), 0.75)
        sky = (sky[0], sky[1], low, edge)
    soft = mix(base.key, mix(base.key, base.shade, 0.5), heavy * 0.75)
    dull = mix(base.shade, scaled(base.shade, 1.18), heavy)
    if weather == "snow" and time == "night":
        soft, dull = scaled(soft, 1.35), scaled(dull, 1.2)
    return replace(
        base,
        weather=weather,
        sky=sky,
        key=soft,
        shade=dull,
        haze=mix(base.haze, grey, heavy),
        air=air,
        clouds=clouds,
        cloud_lit=mix(base.cloud_lit, scaled(grey, 1.12), heavy * 0.8),
        cloud_shade=mix(base.cloud_shade, scaled(grey, 0.8), heavy * 0.8),
    )


def lamplit(light: Light) -> Light:
    """What falls on things close to a person: at night a lamp or a window is near, and the moon alone would leave them
    grey."""
    if not light.night or sum(light.key) > 2.4:
        return light
    return replace(light, key=mix(light.key, (1.1, 0.86, 0.58), 0.7), shade=mix(light.shade, (0.38, 0.3, 0.33), 0.5))
