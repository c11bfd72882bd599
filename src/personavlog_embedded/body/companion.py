"""Who is with the person: figures of the same mesh, in a film's own looks for each."""

from __future__ import annotations

import zlib
from dataclasses import replace

import numpy as np

from personavlog.script import Framing
from personavlog_embedded.body.company import person_of
from personavlog_embedded.body.poses import POSES
from personavlog_embedded.body.staging import Staged
from personavlog_embedded.figure.outfit import DrawnHead, Outfit
from personavlog_embedded.figure.shape import Shape
from personavlog_embedded.figure.shot import Performer
from personavlog_embedded.scene.keyframe_spec import KeyframeSpec

MOST = 3
"""Companions that are drawn."""
APART = 0.78
"""Metres between the middles of two who stand beside each other."""


def company_of(spec: KeyframeSpec) -> tuple[list[str], list[str]]:
    """Who is drawn with the person, and who is only named. Close shots show only the person."""
    if spec.board.framing in (Framing.CLOSE_UP, Framing.SELFIE):
        return [], []
    people = [who for named in spec.board.company if (who := person_of(named))]
    return people[:MOST], people[MOST:]


def companions(spec: KeyframeSpec, stood: Staged, *, outdoors: bool) -> tuple[Performer, ...]:
    """The others, on the side of the person where there is more room, turned to them."""
    names, _ = company_of(spec)
    toward = 1.0 if stood.person.x < 0 else -1.0
    return tuple(_beside(spec, stood, who, number, toward) for number, who in enumerate(names))


def _beside(spec: KeyframeSpec, stood: Staged, who: str, number: int, toward: float) -> Performer:
    shape, outfit, head = looks(who, spec.film)
    way = toward if number != 1 else -toward
    x = stood.person.x + way * APART * (1 + (number + 1) // 2 * 0.9 * (number > 0))
    pose = replace(POSES["stand"], name="beside")
    return Performer(
        shape, outfit, pose, x, -0.12 * (number + 1), -way * 38.0, head=head, seed=zlib.crc32(who.encode()) % 1000
    )


def looks(who: str, film: int) -> tuple[Shape, Outfit, DrawnHead]:
    """Shape, clothes and head of a companion; the same in every shot of a film."""
    rng = np.random.default_rng([film, zlib.crc32(who.encode())])
    old, child = who.startswith("grand"), who == "child"
    male = (
        0.9
        if who in ("grandfather", "man", "father")
        else 0.1
        if who in ("grandmother", "woman", "mother")
        else float(rng.choice([0.15, 0.85]))
    )
    skin = ((0.94, 0.77, 0.65), (0.86, 0.66, 0.52), (0.68, 0.48, 0.36), (0.92, 0.73, 0.58))[int(rng.integers(4))]
    cloth = ((0.36, 0.48, 0.58), (0.66, 0.42, 0.34), (0.44, 0.52, 0.38), (0.72, 0.60, 0.38), (0.50, 0.40, 0.54))[
        int(rng.integers(5))
    ]
    hair = (
        (0.76, 0.75, 0.74)
        if old
        else ((0.16, 0.12, 0.11), (0.32, 0.21, 0.14), (0.52, 0.36, 0.22))[int(rng.integers(3))]
    )
    shape = Shape(male, 78.0 if old else 8.0 if child else 30.0)
    outfit = Outfit("sweater", True, skin, skin, cloth, (0.26, 0.28, 0.36), (0.24, 0.2, 0.18))
    return shape, outfit, DrawnHead("short" if male > 0.5 else "bun" if old else "bob", hair)
