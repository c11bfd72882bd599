"""Words of a board's props that ask for a part of the place itself: they are shown where the place has them, and never
stuck on as a thing."""

from __future__ import annotations

import re

from personavlog_embedded.places.place import Place
from personavlog_embedded.render.light import Light

HOUSES = frozenset(
    (
        "alpine",
        "castle",
        "farm",
        "fair",
        "graveyard",
        "greenhouse",
        "halt",
        "harbour",
        "lake",
        "lane",
        "market",
        "river",
        "shrine",
        "street",
    )
)
WATER = frozenset(("beach", "harbour", "lake", "reef", "river", "pool"))
PEOPLE = frozenset(("beach", "crossing", "fair", "harbour", "market", "stadium", "street", "theatre"))
_PARTS: tuple[tuple[str, str | frozenset[str]], ...] = (
    (r"sky|horizon|(dark |white )?clouds?|sunsets?|sunrise|night sky|stars", "outside"),
    (r"(\w+ )?(windows?|doors?|doorway|curtains?)|shutters?|automatic door", HOUSES | {"inside"}),
    (r"(broken |stone |brick )?walls?|ceiling|floor|corner|shadows?|two shadows|drawers?|columns?|sink", "inside"),
    (r"(broken |stone )?walls?|gate|iron gate|small gate|rooftops?|roofs?", HOUSES),
    (r"railings?|fence", HOUSES | {"rooftop", "islands", "future"}),
    (r"sea|ocean|waves?|lake|water|jetty|river", WATER),
    (
        r"road|street|pavement|path",
        frozenset(("crossing", "farm", "forest", "lane", "meadow", "roadside", "street", "greenhouse")),
    ),
    (r"crowd|cheering crowd|queue|strangers?|visitors?|neighbours|children", PEOPLE),
    (r"(wide )?valley|mountains?|peaks?", frozenset(("alpine", "halt", "lake", "summit", "river", "meadow"))),
    (r"sand dunes?", frozenset(("desert",))),
    (r"porthole|airlock", frozenset(("moon", "spaceship", "submarine"))),
    (r"glass (roof|tank)", frozenset(("greenhouse", "reef", "station"))),
    (r"finish arch", frozenset(("stadium",))),
    (r"statues?", frozenset(("museum",))),
    (
        r"trees?|grass|leaves",
        frozenset(("forest", "graveyard", "greenhouse", "lake", "meadow", "river", "farm", "shrine")),
    ),
    (r"stage|spotlight", frozenset(("theatre",))),
)
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
    return any(_has(place, where) for pattern, where in _PARTS if re.fullmatch(pattern, words))


def _has(place: Place, where: str | frozenset[str]) -> bool:
    if isinstance(where, str):
        return place.inside == (where == "inside")
    return place.key in where or (place.inside and "inside" in where)
