"""The catalogue of places (``data/places.toml``), and the nearest one to a board's words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from personavlog.metrics import text
from personavlog.metrics.text_table import table
from personavlog_embedded import data
from personavlog_embedded.data.known_places import known_places
from personavlog_embedded.places.place import Place
from personavlog_embedded.scene.season import without_season

PLACES: Mapping[str, Place] = data.read_rows(Place, "places", by="key")
"""Every place by key."""
FLOOR = 0.70
"""Cosine below which the nearest place is said aloud to be a stand-in."""
STAND_IN = FLOOR - 0.01
"""What a stand-in's nearness is at most: the words are known, the place they ask for is not painted."""


def nearest_place(asked: str, action: str = "") -> tuple[Place, float]:
    """The place nearest to what a board asks for, and how near: the cosine, but below ``FLOOR`` where the place is a
    known stand-in.

    ``action`` breaks near ties.
    """
    asked, answers = without_season(asked), _answers()
    scores = text.embed([asked])[0] @ _embedded().T
    if action:
        scores = scores + 0.12 * (text.embed([action])[0] @ _embedded().T)
    name, place, stands_in = answers[int(scores.argmax())]
    near = float(text.similarity([asked], [name])[0, 0])
    return place, min(near, STAND_IN) if stands_in else near


@cache
def _answers() -> tuple[tuple[str, Place, bool], ...]:
    """Every name with its place and whether the place only stands in for it."""
    known = known_places()
    own = [(name, place, False) for place in PLACES.values() for name in place.names]
    return (
        *own,
        *(
            (name, PLACES[key], stands_in)
            for key, place in known.items()
            for stands_in, names in ((False, place.shows), (True, place.stands_in))
            for name in names
        ),
    )


@cache
def _embedded() -> NDArray[np.float32]:
    return table([name for name, _, _ in _answers()])
