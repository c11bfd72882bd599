"""Words of a board's props that ask for a part of the place itself: they are shown where the place has them, and never
stuck on as a thing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from personavlog_embedded.places.place import Part, Place
from personavlog_embedded.render.light import Light

Answer = Part | Literal["sky", "room"]
_PARTS: Mapping[str, tuple[Answer, ...]] = {
    r"sky|horizon|(dark |white )?clouds?|sunsets?|sunrise|night sky|stars": ("sky",),
    r"(\w+ )?(windows?|doors?|doorway|curtains?)|shutters?|automatic door": ("houses", "room"),
    r"(broken |stone |brick )?walls?|ceiling|floor|corner|shadows?|two shadows|drawers?|columns?|sink": ("room",),
    r"(broken |stone )?walls?|gate|iron gate|small gate|rooftops?|roofs?": ("houses",),
    r"railings?|fence": ("houses", "railing"),
    r"sea|ocean|waves?|lake|water|jetty|river": ("water",),
    r"road|street|pavement|path": ("road",),
    r"crowd|cheering crowd|queue|strangers?|visitors?|neighbours|children": ("people",),
    r"(wide )?valley|mountains?|peaks?": ("mountains",),
    r"sand dunes?": ("dunes",),
    r"porthole|airlock": ("airlock",),
    r"glass (roof|tank)": ("glass",),
    r"finish arch": ("finish arch",),
    r"statues?": ("statues",),
    r"trees?|grass|leaves": ("trees",),
    r"stage|spotlight": ("stage",),
}
"""What words ask for, and the parts of a place any of which answers them: every place has a sky or is a room."""
_WEATHER = (
    ("rain", r"rain(drops)?|puddles?"),
    ("snow", r"snow(flakes?)?"),
    ("fog", r"fog|mist"),
    ("cloud", r"dark clouds"),
)


def shown(asked: str, place: Place, light: Light) -> bool:
    """Whether the painted place has what the words ask for."""
    words = re.sub(r"^(an?|the|some|his|her|my|their) ", "", asked.strip().casefold())
    if any(light.weather == weather and re.fullmatch(pattern, words) for weather, pattern in _WEATHER):
        return True
    there = place.shows | {"room" if place.inside else "sky"}
    return any(not there.isdisjoint(parts) for pattern, parts in _PARTS.items() if re.fullmatch(pattern, words))
