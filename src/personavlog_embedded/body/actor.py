"""A person made ready to be posed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from personavlog.media.arrays import Pixels, Plane
from personavlog.metrics.face import mesh
from personavlog_embedded.body import photo_head
from personavlog_embedded.body.assemble import body_parts
from personavlog_embedded.body.back_of_head import Back, back_of
from personavlog_embedded.body.build import Build, build
from personavlog_embedded.body.outfit import Outfit, outfit
from personavlog_embedded.body.part_sheet import Sheet
from personavlog_embedded.body.photo_head import PhotoHead
from personavlog_embedded.body.poses import POSES
from personavlog_embedded.body.skeleton import skeleton
from personavlog_embedded.photo.cutout import Person


@dataclass(frozen=True, eq=False)
class Actor:
    """``photo`` (h, w, 4) is the cut-out with completed hair; ``head`` is in its px; ``mesh`` (478, 3) are the face's
    points there."""

    photo: Pixels
    head: PhotoHead
    back: Back
    outfit: Outfit
    build: Build
    mesh: Plane


def actor(person: Person) -> tuple[Person, Actor]:
    """The person with completed hair (and, where the photo shows no clothes to speak of, a drawn bust), and what poses
    need. It must have a face."""
    grown, head = photo_head.headed(person)
    face = grown.face
    assert face is not None
    made = Actor(
        grown.rgba,
        head,
        back_of(head, grown.rgba),
        outfit(grown, head),
        build(head.child, head.neck, head.shoulder, head.deep),
        mesh(np.ascontiguousarray(grown.rgba[..., :3]), face),
    )
    return (grown if head.deep else _with_bust(grown, made)), made


def _with_bust(grown: Person, made: Actor) -> Person:
    """The cut-out as a portrait down to the chest, arms hanging."""
    bones = skeleton(made.build, POSES["stand"])
    bones = bones.placed(0, 0, made.head.unit)
    x, y = np.array([made.head.middle, made.head.chin]) - bones.chin
    drawn = body_parts(bones.placed(x, y, 1.0), made.outfit, made.head, made.back, grown.rgba, grown.rgba, 7)
    canvas = Sheet(0, 0, grown.rgba.shape[1], grown.rgba.shape[0])
    for part in drawn:
        canvas.lay(part.sheet.on(canvas)[..., :3], part.sheet.cover_on(canvas))
    return Person(
        canvas.rgba(),
        grown.face,
        frozenset({"bottom"}),
        grown.head,
        "head-and-shoulders",
        grown.skin,
        grown.clothes,
        grown.notes,
    )
