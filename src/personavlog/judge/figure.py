"""What the planter knows of the person in a keyframe: where they are, and their arms as parts. The agents are never
shown any of it."""

from __future__ import annotations

from dataclasses import dataclass

from personavlog.backbones.parts import KnowsParts, PersonParts, Side
from personavlog.backbones.roles import EditResult, ImageEdit
from personavlog.media.arrays import Mask, Pixels
from personavlog.metrics.face import Face
from personavlog.metrics.person import matte
from personavlog.runs.blobs import Blobs


@dataclass(frozen=True)
class MattedPerson:
    """``PersonParts`` of a picture without parts: ``mask`` and ``worn`` by matting, no arms."""

    mask: Mask
    worn: Mask

    def arms(self, least: float) -> tuple[Side, ...]:
        """None are known."""
        return ()

    def without(self, side: Side) -> Pixels | None:
        """Nothing can be taken away."""
        return None

    def with_another(self, side: Side, degrees: float) -> Pixels | None:
        """Nothing can be drawn twice."""
        return None


def figure(painter: ImageEdit, keyframe: EditResult, pixels: Pixels, face: Face | None, blobs: Blobs) -> PersonParts:
    """From the painter where it knows its pictures' parts, by matting otherwise."""
    known = painter.parts(keyframe, blobs) if isinstance(painter, KnowsParts) else None
    if known is not None:
        return known
    mask = matte.matte(pixels, face).alpha > 0.5
    worn = mask.copy()
    worn[: round(face.box[3] + 0.15 * face.size) if face else 0] = False
    return MattedPerson(mask, worn)
