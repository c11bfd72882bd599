"""How those beside the person look: built, dressed and coiffed for a whole film from whom the board names."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace

import numpy as np

from personavlog.script import Framing
from personavlog_embedded.body.company import PEOPLE, PersonWords, person_of
from personavlog_embedded.figure.outfit import Beard, Colour, DrawnHead, Glasses, Outfit, Top
from personavlog_embedded.figure.shape import Shape
from personavlog_embedded.scene.expression import Expression
from personavlog_embedded.scene.keyframe_spec import KeyframeSpec

CLOSE = (Framing.CLOSE_UP, Framing.SELFIE)
"""Framings that show only the person."""
SKINS: tuple[Colour, ...] = (
    (0.94, 0.77, 0.65),
    (0.86, 0.66, 0.52),
    (0.68, 0.48, 0.36),
    (0.92, 0.73, 0.58),
    (0.48, 0.33, 0.25),
)
HAIRS: tuple[Colour, ...] = ((0.16, 0.12, 0.11), (0.32, 0.21, 0.14), (0.52, 0.36, 0.22), (0.24, 0.17, 0.14))
SILVER: Colour = (0.66, 0.65, 0.65)
TOPS: tuple[Colour, ...] = (
    (0.36, 0.48, 0.58),
    (0.66, 0.42, 0.34),
    (0.44, 0.52, 0.38),
    (0.72, 0.6, 0.38),
    (0.5, 0.4, 0.54),
)
BELOW: tuple[Colour, ...] = ((0.26, 0.28, 0.36), (0.38, 0.32, 0.28), (0.3, 0.34, 0.34))
SHOES: Colour = (0.24, 0.2, 0.18)
SMALL = 12.0
"""Years below which somebody is a child."""
GREYING, GREY = 48.0, 68.0
"""Years from which hair turns grey, and at which it is."""


def companions(spec: KeyframeSpec) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of the people whom the board names (as it does), those who are drawn and those who are not."""
    people = tuple(named for named in spec.board.company if person_of(named))
    return ((), people) if spec.board.framing in CLOSE else (people, ())


def looks(named: str, film: int, skin: Colour, hair: Colour) -> tuple[Shape, Outfit, DrawnHead]:
    """Whom a board names so, the same in every shot of a film; relatives take after ``skin`` and ``hair`` of the
    person. ``named`` must be a person (``company.person_of``)."""
    row = PEOPLE[person_of(named)]
    word = _word(row, named)
    rng = np.random.default_rng([film, zlib.crc32((word or row.name).encode())])
    years = float(row.ages.get(word, rng.uniform(*row.years)))
    he = word in row.he or (word not in row.she and rng.random() < row.male)
    own_skin, own_hair = (
        (_some(SKINS, rng), _some(HAIRS, rng)) if word not in row.kin else (_near(skin, rng), _near(hair, rng))
    )
    shape = Shape(0.92 if he else 0.08, years, float(np.clip(rng.normal(0.05, 0.2), -0.4, 0.5)), 0.0)
    return shape, _clothes(rng, own_skin, he, years), _head(row, rng, own_hair, he, years)


def small(named: str) -> bool:
    """Whether whom a board names so is a child, to whom others kneel down."""
    row = PEOPLE[person_of(named)]
    return float(row.ages.get(_word(row, named), row.years[1])) < SMALL


def felt(head: DrawnHead, wanted: Expression) -> DrawnHead:
    """The head with this on its face: what the person's would be asked for (``face.mood``)."""
    lids = 0.8 * max(-wanted.eyes, 0.0)
    gaze = (wanted.gaze_x, wanted.gaze_y)
    return replace(head, smile=wanted.smile, brows=wanted.brows, mouth=wanted.mouth, lids=lids, gaze=gaze)


def _word(row: PersonWords, named: str) -> str:
    """The longest of the row's nouns in what somebody is called."""
    found = [word for word in row.words if re.search(rf"\b{re.escape(word)}\b", named.casefold())]
    return max(found, key=len, default="")


def _head(row: PersonWords, rng: np.random.Generator, hair: Colour, he: bool, years: float) -> DrawnHead:
    grey = float(np.clip((years - GREYING) / (GREY - GREYING), 0, 1))
    colour = _mixed(hair, SILVER, grey)
    beard: Beard = (
        ("", "short", "full", "moustache")[int(rng.integers(4))] if he and years > 25 and rng.random() < 0.5 else ""
    )
    glasses: Glasses = ("round", "square")[int(rng.integers(2))] if rng.random() < (0.5 if years > 60 else 0.15) else ""
    cuts = row.his if he else row.hers
    return DrawnHead(cuts[int(rng.integers(len(cuts)))], colour, smile=0.35, beard=beard, glasses=glasses)


def _clothes(rng: np.random.Generator, skin: Colour, he: bool, years: float) -> Outfit:
    cloth, legs = _some(TOPS, rng), _some(BELOW, rng)
    skirt = legs if not he and rng.random() < (0.9 if years > 60 else 0.35) else None
    top: Top = "shirt" if he and years > 40 else "tee" if years < 14 else "sweater"
    return Outfit(top, top != "tee", skin, skin, cloth, legs, SHOES, skirt=skirt)


def _some(table: tuple[Colour, ...], rng: np.random.Generator) -> Colour:
    return table[int(rng.integers(len(table)))]


def _near(colour: Colour, rng: np.random.Generator) -> Colour:
    return _mixed(colour, (0.0, 0.0, 0.0), float(rng.uniform(-0.06, 0.08)))


def _mixed(first: Colour, second: Colour, share: float) -> Colour:
    red, green, blue = (float(np.clip(a + (b - a) * share, 0, 1)) for a, b in zip(first, second, strict=True))
    return red, green, blue
