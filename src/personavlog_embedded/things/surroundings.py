"""What things are placed by: the scene, the person, and where a front or the ground begins."""

from __future__ import annotations

from dataclasses import dataclass

from personavlog_embedded.places.place import Place
from personavlog_embedded.render.light import Light
from personavlog_embedded.render.setting import Setting
from personavlog_embedded.scene.grip import Grip
from personavlog_embedded.scene.keyframe_spec import KeyframeSpec
from personavlog_embedded.scene.stage import FacePoints

FACE_METRES = 0.21
"""A face's height; it gives every thing near the person its size."""
SHOWN = 0.95
"""Heads are drawn a little larger than they are; things go by the body."""
BODY, STRIDE = 1.6, 2.4
"""Face heights from a body's middle to its side, arms or striding legs included."""


@dataclass(frozen=True)
class Surroundings:
    """``front_top`` is the px row where a front begins (None: there is none), ``feet`` the row where a whole person
    stands (None: they are cut).

    ``grips`` are the hands, image-left first; ``seat`` is where one who sits on something touches it, px; ``blur`` how
    soft the distance is, px.
    ``occupied`` are boxes where others stand.
    """

    spec: KeyframeSpec
    setting: Setting
    place: Place
    light: Light
    face: FacePoints
    front_top: float | None
    blur: float
    grips: tuple[Grip, ...] = ()
    feet: float | None = None
    seat: tuple[float, float] | None = None
    occupied: tuple[tuple[float, float, float, float], ...] = ()

    @property
    def face_height(self) -> float:
        """Px, as if no correction had made the person larger or smaller: things keep their size."""
        return (self.face.box[3] - self.face.box[1]) / self.spec.size

    @property
    def metre(self) -> float:
        """Px of a metre where the person is."""
        return self.face_height / FACE_METRES * SHOWN

    @property
    def middle(self) -> float:
        """The face's middle before corrections moved it, px: things stay where they are."""
        return (self.face.box[0] + self.face.box[2]) / 2 - self.spec.shift * self.spec.width

    @property
    def away(self) -> float:
        """The side with more room: -1 left, 1 right."""
        return -1.0 if self.middle > self.spec.margin + self.spec.width / 2 else 1.0

    @property
    def body(self) -> float:
        """Face heights that the body reaches to either side of its middle; striding legs reach further than arms."""
        return STRIDE if self.feet is not None else BODY

    @property
    def kept_clear(self) -> tuple[float, float, float, float]:
        """x0, y0, x1, y1 around the head, where nothing may be, px."""
        tall, level = self.face_height, (self.face.box[1] + self.face.box[3]) / 2
        return self.middle - 0.75 * tall, level - 1.15 * tall, self.middle + 0.75 * tall, level + 0.75 * tall
