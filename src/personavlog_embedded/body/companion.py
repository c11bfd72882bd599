"""Who is with the person: figures of the same mesh, beside them or in touch."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from functools import partial

from personavlog.script import Act
from personavlog_embedded.body.acts import row_of
from personavlog_embedded.body.company import person_of
from personavlog_embedded.body.looks import companions, felt, looks
from personavlog_embedded.body.poses import POSES
from personavlog_embedded.body.wardrobe import dressed
from personavlog_embedded.face import mood
from personavlog_embedded.figure.company import together
from personavlog_embedded.figure.outfit import Colour, DrawnHead, Outfit
from personavlog_embedded.figure.shape import Shape
from personavlog_embedded.figure.shot import Performer
from personavlog_embedded.scene.expression import AS_IN_PHOTO
from personavlog_embedded.scene.keyframe_spec import KeyframeSpec

TOUCHES = {
    "hand in hand": re.compile(
        r"\bhand in hand\b|\b(hold|holds|holding|takes?|taking) (hands|(her|his|their|the \w+'s) hand)\b|手牵手|牵着",
        re.I,
    ),
    "arm around": re.compile(r"\barms? (a?round)\b|搂", re.I),
}
APART = 0.78
"""Metres between the middles of two who stand beside each other."""
SEATED = {"bench": "sit", "ground": "sit ground"}
"""How they sit with somebody who sits."""
TURNED = 26.0
"""Degrees that somebody beside the person is turned to them: the face is still seen."""


def together_with(spec: KeyframeSpec, person: Performer, hair: Colour, *, outdoors: bool) -> tuple[Performer, ...]:
    """The person and the others: on the side where there is more room, turned to them, the first one in touch where the
    board says so."""
    names, _ = companions(spec)
    way = 1.0 if person.x < 0 else -1.0
    look = partial(_look, spec, person.outfit.skin, hair, outdoors)
    figures = [person_of(who) for who in names]
    others = [
        _beside(person, who, look(figures[:number].count(figures[number]), who), number, way)
        for number, who in enumerate(names)
    ]
    kind = _touch(spec) if others else ""
    if kind == "hug":
        facing = replace(person.pose, head=(4.0, -way * 28.0, way * 6.0), yaw=0.0)
        person, others[0] = replace(person, pose=facing, yaw=way * 50.0), replace(others[0], yaw=-way * 90.0)
    if kind:
        person, others[0] = together(kind, person, others[0])
    return person, *others


def _touch(spec: KeyframeSpec) -> str:
    """How two touch (``data/touches.toml``), "" for not."""
    said = next((kind for kind, words in TOUCHES.items() if words.search(spec.board.action)), "")
    row = row_of(spec.board)
    return said or ("hug" if row is not None and row.name is Act.HUG else "")


Look = tuple[Shape, Outfit, DrawnHead]


def _look(spec: KeyframeSpec, skin: Colour, hair: Colour, outdoors: bool, twin: int, who: str) -> Look:
    """As in every shot of the film, dressed for this one's weather and in its mood; ``twin`` counts those before who
    are called alike and look otherwise."""
    shape, outfit, head = looks(who, spec.film + twin, skin, hair)
    alone = replace(
        spec, film=spec.film + zlib.crc32(who.encode()) % 97, who="", board=spec.board.model_copy(update={"action": ""})
    )
    worn, _ = dressed(outfit, alone, outdoors=outdoors, airless=False, pose="stand")
    return (
        shape,
        worn,
        felt(head, mood.expression_of(spec.board.emotion, AS_IN_PHOTO, seed=spec.seed, toward=0.0, lens=False)),
    )


def _beside(person: Performer, who: str, look: Look, number: int, way: float) -> Performer:
    shape, outfit, head = look
    side, far = (way, 1 + 0.9 * (number // 2)) if number != 1 else (-way, 1.0)
    pose = replace(POSES[SEATED.get(person.pose.seat, "stand")], name="beside", yaw=0.0)
    seed = zlib.crc32(who.encode()) % 1000
    return Performer(
        shape,
        outfit,
        pose,
        person.x + side * APART * far,
        person.z - 0.12 * number,
        -side * TURNED,
        head=head,
        seed=seed,
    )
