"""English names for Chinese nouns: the pictograms that the painter draws have names and tags in both languages."""

from __future__ import annotations

import json
import re
from functools import cache

from personavlog import weights

GROUPS = (3, 4, 5, 6, 7)
"""Emojibase's groups of animals, food, travel, activities and objects."""
_COLOURS = {
    "红": "red",
    "蓝": "blue",
    "绿": "green",
    "白": "white",
    "黑": "black",
    "黄": "yellow",
    "橙": "orange",
    "粉": "pink",
    "紫": "purple",
    "棕": "brown",
    "金": "golden",
}
_COLOUR = re.compile(rf"^([{''.join(_COLOURS)}])色?的?(?=.)")


def english_name(noun: str) -> str:
    """The thing's English name with its colour; the noun itself where no pictogram is called so."""
    labels, tags = _names()
    colour = _COLOUR.match(noun)
    rest = noun[colour.end() :] if colour else noun
    if noun in labels or not colour:
        return labels.get(noun) or tags.get(noun, noun)
    found = labels.get(rest) or tags.get(rest)
    return f"{_COLOURS[colour[1]]} {found}" if found else noun


@cache
def _names() -> tuple[dict[str, str], dict[str, str]]:
    """English names by Chinese label, and by Chinese tag."""
    names = {
        entry["hexcode"]: str(entry["label"]) for entry in json.loads(weights.file("emojibase").read_text("utf-8"))
    }
    labels: dict[str, str] = {}
    tags: dict[str, str] = {}
    for entry in json.loads(weights.file("emojibase", "zh/data.json").read_text("utf-8")):
        if entry.get("group") in GROUPS and entry["hexcode"] in names:
            labels.setdefault(str(entry["label"]), names[entry["hexcode"]])
            for tag in entry.get("tags", ()):
                tags.setdefault(str(tag), names[entry["hexcode"]])
    return labels, tags
