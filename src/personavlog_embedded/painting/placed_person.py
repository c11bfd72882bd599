"""The person placed on a keyframe's canvas: posed, dressed and with the face that the board asks for, or as in the
photo."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels
from personavlog.script import Framing
from personavlog_embedded.body import placing
from personavlog_embedded.body.acts import row_of
from personavlog_embedded.body.body_layers import draw_person, ground_shadow, shadow_under
from personavlog_embedded.body.figure import Figure, face_on_canvas, on_canvas
from personavlog_embedded.body.skeleton import Skeleton
from personavlog_embedded.body.staging import staged
from personavlog_embedded.body.wardrobe import dressed
from personavlog_embedded.face import mood
from personavlog_embedded.face.resting import fitted, resting
from personavlog_embedded.places.place import Place
from personavlog_embedded.render.light import Light
from personavlog_embedded.scene.expression import AS_IN_PHOTO, Expression
from personavlog_embedded.scene.grip import Grip
from personavlog_embedded.scene.keyframe_spec import KeyframeSpec
from personavlog_embedded.scene.stage import FacePoints, Layer
from personavlog_embedded.style import stylise

HIGHEST_TABLE, LOWEST_TABLE = 0.66, 0.9
"""Between which rows a table begins before who works at one, as shares of the frame's height."""


@dataclass(frozen=True)
class PlacedPerson:
    """One layer, or one for every bone. ``front_top`` is the px row where something must begin before them, None where
    nothing must. ``away`` tells that they are seen from behind, ``invented`` what they wear that no photo shows."""

    layers: list[Layer]
    face: FacePoints
    front_top: float | None
    pose: str = ""
    grips: tuple[Grip, ...] = ()
    skeleton: Skeleton | None = None
    away: bool = False
    invented: tuple[str, ...] = ()

    @property
    def seat(self) -> tuple[float, float] | None:
        """Where a sitting person touches what they sit on, px; None for others."""
        bones = self.skeleton
        if bones is None or bones.pose.seat != "bench":
            return None
        return float(bones.hips[0]), float(bones.hips[1]) + 0.2 * bones.head_px

    def feet(self, spec: KeyframeSpec) -> float | None:
        """Px row where a whole person stands; None where the frame cuts their feet off."""
        soles = [
            np.flatnonzero(layer.rgba[..., 3].max(axis=1) > 100)
            for layer in self.layers
            if layer.joint and layer.joint.bone in ("foot left", "foot right")
        ]
        lowest = max((float(rows[-1]) for rows in soles if rows.size), default=np.inf)
        return lowest if lowest < spec.margin + spec.height else None

    def shade(self, spec: KeyframeSpec, lit: Light) -> list[Layer]:
        """What darkens the ground under who stands on it; nothing where the ground is not seen."""
        if spec.board.framing is not Framing.WIDE:
            return []
        if self.skeleton is not None:
            return [ground_shadow(self.skeleton, spec.canvas, lit.side)]
        return [shadow_under(self.layers[0])] if self.front_top is None else []


def place_person(spec: KeyframeSpec, figure: Figure, person: Pixels, place: Place) -> PlacedPerson:
    """A posed body; who has no face, and a whole body that just stands, is shown as in the photo."""
    if figure.actor is None:
        return _as_in_photo(spec, figure, person)
    bones = staged(spec, figure.actor)
    if figure.stands and spec.board.framing is Framing.WIDE and bones.pose.name == "stand":
        return _as_in_photo(spec, figure, person)
    face = _expression(spec, figure.actor.mesh)
    outfit, invented = dressed(
        figure.actor.outfit, spec, outdoors=not place.inside, airless=place.airless, pose=bones.pose.name
    )
    actor = replace(figure.actor, outfit=outfit)
    done = draw_person(
        bones,
        actor,
        person,
        figure.face,
        face,
        spec.canvas,
        lambda rgb: stylise.stylise_body(rgb, spec.style, spec.unit),
        spec.film,
        place.seat,
    )
    top = (
        _table_top(spec, bones)
        if bones.pose.table and spec.board.framing is not Framing.WIDE and place.foreground.table
        else None
    )
    return PlacedPerson(done.layers, done.face, top, bones.pose.name, done.grips, bones, bones.pose.back, invented)


def _table_top(spec: KeyframeSpec, bones: Skeleton) -> float:
    """Px row of a table's edge under the hands that rest on it."""
    hands = max(float(limb.end[1]) for limb in bones.arms) + 0.3 * bones.head_px
    return float(np.clip(hands, spec.margin + spec.height * HIGHEST_TABLE, spec.margin + spec.height * LOWEST_TABLE))


def _expression(spec: KeyframeSpec, mesh: NDArray[np.float32]) -> Expression:
    """What the mood and the act do to the face, and what a correction added."""
    lens, row = spec.board.framing is Framing.SELFIE, row_of(spec.board)
    doing = AS_IN_PHOTO if row is None else row.face
    wanted = mood.expression_of(spec.board.emotion, doing, seed=spec.seed, toward=-spec.side, lens=lens)
    return mood.plus(fitted(wanted, resting(mesh)), spec.expression)


def _as_in_photo(spec: KeyframeSpec, figure: Figure, person: Pixels) -> PlacedPerson:
    height, width = spec.canvas
    standing = placing.stand(spec, figure)
    layer = Layer("person", "person", 0.15, on_canvas(figure, person, standing.placing, height, width))
    return PlacedPerson([layer], face_on_canvas(figure, standing.placing), standing.front_top)
