"""Which layers have a life of their own, by their names, and which the video description asks for."""

from __future__ import annotations

import re
from typing import Literal

from personavlog.script import VideoDescription
from personavlog_embedded.scene.stage import Layer, Stage

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
_ASKED: tuple[tuple[str, str, tuple[Life, ...]], ...] = (
    (r"\b(people|crowd|passers)\w*[^.]{0,20}\b(drift|pass|walk|move|stroll|hurr)", "people passing", ("crowd",)),
    (r"\b(traffic|cars?|taxis?|buses)\b[^.]{0,20}\b(pass|mov|driv|rush|flow)", "passing traffic", ("traffic",)),
    (r"\bflames?\b|\bfire (burn|flicker|crackl)", "flames", ("fire",)),
    (r"\bsteam\b[^.]{0,20}\b(curl|ris)", "rising steam", ("steam", "hot", "smoke")),
    (r"\bsmoke\b[^.]{0,20}\b(curl|ris|drift)", "rising smoke", ("smoke", "steam", "fire")),
    (r"\blights? (blink|flicker|flash)", "blinking lights", ("light", "traffic light", "fire")),
    (r"\bcurtains?\b|\bflags?\b|\bbanners?\b", "moving cloth", ("cloth",)),
    (r"\bferris wheel|\bwindmill", "a turning wheel", ("wheel",)),
    (r"\bbeams of light sweep", "sweeping beams of light", ("light",)),
)


def life(layer: Layer) -> Life | None:
    """How the layer moves by itself, None where its name does not say."""
    if layer.kind == "person" or layer.joint is not None or "shadow" in layer.name:
        return None
    kind = next((kind for kind, words in _NAMES if re.search(words, layer.name, re.I)), None)
    # "Booths and carousel": what moves as a whole must be alone in its layer.
    return kind if kind in ("light", "cloth", "hot", "cloud") or " and " not in layer.name else None


def missing(stage: Stage, description: VideoDescription) -> tuple[str, ...]:
    """One sentence for every movement that the words ask for and no layer can make."""
    here = {life(layer) for layer in stage.layers}
    asked = [(what, kinds) for words, what, kinds in _ASKED if re.search(words, description.motion, re.I)]
    return tuple(
        f"The video description asks for {what}; the picture has nothing that could move so."
        for what, kinds in asked
        if not here & set(kinds)
    )
