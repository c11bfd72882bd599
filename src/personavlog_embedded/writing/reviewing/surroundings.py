"""What is done against where it is done: acts and words that need water, earth, a room, a door or the open
(``data/reviewing_surroundings.toml``), against what the nearest known place is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal

from personavlog.frozen import Frozen
from personavlog.script import Act, Board
from personavlog_embedded import data
from personavlog_embedded.places.catalogue import FLOOR, nearest_place
from personavlog_embedded.places.place import Place

Need = Literal["water", "ground", "doors", "inside", "outside"]
_WANTED: Mapping[Need, str] = {
    "water": "somewhere with water",
    "ground": "where there is earth",
    "doors": "where there is a door",
    "inside": "in a room",
    "outside": "in the open",
}
_THROUGH = re.compile(r"\b(window|picture|photograph|painting|screen|poster|dream\w*|map|book)\b", re.IGNORECASE)
"""What shows another place inside this one."""


class Surroundings(Frozen):
    """Acts and words of an action that need certain surroundings."""

    name: str
    needs: Need
    acts: tuple[Act, ...] = ()
    words: tuple[str, ...] = ()


def misplaced_act(board: Board) -> tuple[str, str] | None:
    """What cannot be done at the board's place and where it could; None where nothing is known against it, as at a
    place that is unlike every known one."""
    place, near = nearest_place(board.place)
    if near < FLOOR:
        return None
    for row in _rows().values():
        said = board.act.value if board.act in row.acts else _said(row, board.action)
        if said and not _offers(place, row.needs):
            return f"{said!r} does not fit {board.place!r}.", f"Do it {_WANTED[row.needs]}, or do something else."
    return None


def _said(row: Surroundings, action: str) -> str:
    if not row.words or _THROUGH.search(action):
        return ""
    match = re.search("|".join(rf"\b{re.escape(word)}\b" for word in row.words), action, re.IGNORECASE)
    return match[0] if match else ""


def _offers(place: Place, need: Need) -> bool:
    match need:
        case "water":
            return place.open_water or "water" in place.shows
        case "ground":
            return not place.inside
        case "doors":
            return place.inside or bool({"houses", "railing", "stage"} & place.shows)
        case "inside":
            return place.inside
        case "outside":
            return not place.inside


@cache
def _rows() -> Mapping[str, Surroundings]:
    return data.read_rows(Surroundings, "reviewing_surroundings", by="name")
