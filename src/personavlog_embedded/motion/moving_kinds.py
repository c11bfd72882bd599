"""Which layers have a life of their own, by their names."""

from __future__ import annotations

import re
from typing import Literal

from personavlog_embedded.scene.stage import Layer

Life = Literal[
    "crowd",
    "birds",
    "wheel",
    "traffic light",
    "traffic",
    "boat",
    "fire",
    "smoke",
    "steam",
    "light",
    "beam",
    "cloth",
    "cloud",
    "swim",
    "swell",
    "animal",
    "hot",
]

_NAMES: tuple[tuple[Life, str], ...] = (
    ("crowd", r"crowd|people|passers|pedestrian|shoppers|audience|guests|runners|players|dancers|visitors"),
    ("birds", r"birds?\b|gulls?\b|seagull|pigeon|crows?\b|doves?\b|swallow|bats?\b"),
    ("wheel", r"ferris|windmill|pinwheel|propeller"),
    ("traffic light", r"traffic (light|signal)"),
    ("traffic", r"\bcars?\b|taxi|\bbus\b|traffic|vehicles?|tram\b|truck|scooter|passing train"),
    ("boat", r"boat|ship|canoe|gondola|ferry|yacht|buoy|duck|swan"),
    ("fire", r"\bfires?\b|flame|torch|campfire|bonfire|candle"),
    ("smoke", r"smoke"),
    ("steam", r"steam|vapou?r"),
    ("light", r"lantern|lamp|neon|garland|fairy light|bulb|chandelier|sign\b|screen|monitor|glow|lights\b|crystal"),
    ("cloth", r"flag|banner|curtain|cloth|laundry|awning|\bsails?\b|pennant|bunting|ribbon|kite|noren|streamer"),
    ("beam", r"beams?\b|shafts?\b|light in the air|spotlight"),
    ("swim", r"fish\b|whale|turtle|shark|manta"),
    ("swell", r"swells?\b|waves?\b|surf\b"),
    ("cloud", r"clouds?\b|mist\b|haze\b|aurora"),
    (
        "animal",
        r"\b(cat|dog|puppy|kitten|rabbit|horse|cow|sheep|goat|bear|fox|deer|elephant|dragon|panda|monkey|lion|tiger"
        r"|owl|parrot|penguin)s?\b",
    ),
    (
        "hot",
        r"^(?!.*(straw|iced?\b|cold|bubble|trophy))(.*)\b(cup|mug|coffee|tea|teapot|kettle|ramen|soup|noodles?|hotpot"
        r"|stew|pot|bowl of)\b",
    ),
)
HOT = re.compile(dict(_NAMES)["hot"], re.I)
"""Names of what steams, also when it is held."""


def life(layer: Layer) -> Life | None:
    """How the layer moves by itself, None where its name does not say."""
    if layer.kind == "person" or layer.follows or "shadow" in layer.name:
        return None
    kind = next((kind for kind, words in _NAMES if re.search(words, layer.name, re.I)), None)
    # "Booths and carousel": what moves as a whole must be alone in its layer.
    return kind if kind in ("light", "cloth", "hot", "cloud") or " and " not in layer.name else None
