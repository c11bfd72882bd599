"""A person made ready to be posed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from personavlog.media.arrays import Pixels, Plane
from personavlog.metrics.face import mesh
from personavlog_embedded.body import photo_head
from personavlog_embedded.body.cast import Sprite, head_mark
from personavlog_embedded.body.head_from_photo import head_from_photo
from personavlog_embedded.body.head_layer import CHIN, placed_head
from personavlog_embedded.body.outfit import outfit
from personavlog_embedded.body.photo_head import HEAD_SIZE, WITH_HAIR, PhotoHead
from personavlog_embedded.body.poses import POSES
from personavlog_embedded.figure.drawing import draw
from personavlog_embedded.figure.outfit import DrawnHead, Outfit
from personavlog_embedded.figure.posed_figure import standing
from personavlog_embedded.figure.shape import Shape
from personavlog_embedded.figure.shot import Camera, Performer, Shot, Sun
from personavlog_embedded.photo.cutout import Person
from personavlog_embedded.scene.stage import FacePoints, joined

CHILD_YEARS = 8.0
TEMPLES = (234, 454)
"""The face mesh's points beside the eyes, from left to right."""
DEEPER = 1.5
"""How much deeper a head is than the face mesh's points say."""
USUALLY = 2.4
"""Metres from which a portrait is seen."""


@dataclass(frozen=True, eq=False)
class Actor:
    """``photo`` (h, w, 4) is the cut-out with completed hair; ``head`` is in its px; ``mesh`` (478, 3) are the face's
    points there. ``behind`` is the head as it is drawn from behind."""

    photo: Pixels
    head: PhotoHead
    behind: DrawnHead
    outfit: Outfit
    shape: Shape
    mesh: Plane

    @property
    def turn(self) -> float:
        """Degrees that the photo's head is turned to the picture's right."""
        first, last = self.mesh[list(TEMPLES)]
        return float(np.degrees(np.arctan2(DEEPER * (last[2] - first[2]), last[0] - first[0])))


def actor(person: Person) -> tuple[Person, Actor]:
    """The person with completed hair (and, where the photo shows no clothes to speak of, a drawn bust), and what poses
    need. It must have a face."""
    grown, head = photo_head.headed(person)
    face = grown.face
    assert face is not None
    points = mesh(np.ascontiguousarray(grown.rgba[..., :3]), face)
    shape = Shape(years=CHILD_YEARS) if head.child else Shape()
    made = Actor(grown.rgba, head, head_from_photo(head, grown.rgba), outfit(grown, head), shape, points)
    return (grown if head.deep else _with_bust(grown, made)), made


def _with_bust(grown: Person, made: Actor) -> Person:
    """The cut-out as a portrait down to the chest, arms hanging: the photo's head on the drawn body."""
    face = grown.face
    assert face is not None
    tall, wide = grown.rgba.shape[:2]
    who = Performer(made.shape, made.outfit, POSES["stand"])
    figure = standing(who)
    metre = made.head.unit / (
        float(np.linalg.norm(figure.marks["crown"] - figure.marks["chin"])) * HEAD_SIZE * WITH_HAIR
    )
    x, y = (float(part) for part in made.mesh[CHIN, :2])
    camera = Camera(wide, tall, USUALLY * metre, y, x, float(figure.marks["chin"][1]), USUALLY)
    drawing = draw(Shot(camera, Sun(), (who,)), ground=False)
    own = np.dstack([grown.rgba[..., :3], np.round(made.head.keep * 255).astype(np.uint8)])
    points = FacePoints(face.box, face.points)
    head = placed_head(made.head, own, made.mesh, points, head_mark(drawing.figures[0], camera), (tall, wide), 1.0)
    out = Sprite(drawing.rgba, drawing.left, drawing.top).on((tall, wide))
    out = out if head.behind is None else joined(head.behind.on((tall, wide)), out)
    out = joined(out, head.front.on((tall, wide)))
    return replace(grown, rgba=out, cut=frozenset({"bottom"}))
