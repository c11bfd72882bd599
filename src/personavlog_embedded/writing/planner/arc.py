"""The shape of a story: which role each beat has, for any number of shots."""

from __future__ import annotations

from collections.abc import Mapping

_ARC: Mapping[int, str] = {
    2: "AE",
    3: "ATE",
    4: "AOTE",
    5: "ADOTE",
    6: "ADOaTE",
    7: "ARDOaTE",
    8: "ARDOaTCE",
    9: "AFRDOaTCE",
    10: "AFRDROaTCE",
}
_LONG = "AFRDROaTRHR" + "OaTRDRC" + "RHRCME"
"""For more shots than ten: everything, from which the middle is thinned out evenly."""
_ROLES = {
    "A": "arrival",
    "F": "first look",
    "R": "routine",
    "H": "help",
    "D": "discovery",
    "O": "obstacle",
    "a": "attempt",
    "T": "turn",
    "C": "celebration",
    "M": "reflection",
    "E": "ending",
}


def roles(shots: int) -> tuple[str, ...]:
    """The arc for this many shots; obstacle, attempt and turn stay together."""
    letters = _ARC.get(shots) or _thinned(shots)
    return tuple(_ROLES[letter] for letter in letters)


def _thinned(shots: int) -> str:
    """The long arc with its lightest beats left out; beyond its length, routines are added before the celebration."""
    letters = list(_LONG)
    for dropped in "HMRFRCRDH":
        if len(letters) <= shots:
            break
        letters.pop(
            max(index for index, letter in enumerate(letters) if letter == dropped) if dropped in letters else 1
        )
    while len(letters) > shots:
        letters.pop(max(i for i, letter in enumerate(letters) if letter in "RHCMDF"))
    return "".join(letters)


def shots_up_to_turn(shots: int) -> int:
    """How many shots there are up to the turn: where a film goes from its first place on to its last."""
    arc = roles(shots)
    return arc.index("turn") + 1 if "turn" in arc else 1
