"""What a painter that keeps the parts of its pictures knows about the person in one of them; most painters know
nothing."""

from __future__ import annotations

from typing import Literal, Protocol, runtime_checkable

from personavlog.backbones.roles import EditResult
from personavlog.media.arrays import Mask, Pixels
from personavlog.runs.blobs import Blobs

Side = Literal["left", "right"]
"""Of the picture."""


class PersonParts(Protocol):
    """The person in one keyframe, in parts."""

    @property
    def mask(self) -> Mask:
        """(h, w): where anything of the person is seen."""
        ...

    @property
    def worn(self) -> Mask:
        """(h, w): where the clothes of the upper body are seen."""
        ...

    def arms(self, least: float) -> tuple[Side, ...]:
        """The sides whose forearm and hand cover more than ``least`` square px."""
        ...

    def without(self, side: Side) -> Pixels | None:
        """The picture, (h, w, 3) uint8 RGB, with one whole arm taken away; None where there are no parts."""
        ...

    def with_another(self, side: Side, degrees: float) -> Pixels | None:
        """The picture with this arm drawn twice, the second turned about the shoulder and behind the body; None where
        there are no parts."""
        ...


@runtime_checkable
class KnowsParts(Protocol):
    """An image backbone that can take its own keyframes apart."""

    def parts(self, keyframe: EditResult, blobs: Blobs) -> PersonParts | None:
        """The person in a keyframe of this backbone; None for a picture whose parts it does not have."""
        ...
