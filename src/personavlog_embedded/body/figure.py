"""The person in the picture: where the head goes in each framing, how the scene's light falls on them, what must be
hidden."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels
from personavlog.script import Framing
from personavlog_embedded.body.actor import Actor
from personavlog_embedded.scene.stage import FacePoints

FACE_SHARE: dict[Framing, float] = {
    Framing.CLOSE_UP: 0.46,
    Framing.SELFIE: 0.38,
    Framing.MEDIUM: 0.275,
    Framing.OVER_SHOULDER: 0.44,
    Framing.WIDE: 0.155,
}
"""Height of the face over the frame's short side."""
FACE_LEVEL: dict[Framing, float] = {
    Framing.CLOSE_UP: 0.47,
    Framing.SELFIE: 0.46,
    Framing.MEDIUM: 0.37,
    Framing.OVER_SHOULDER: 0.45,
    Framing.WIDE: 0.45,
}
"""Height of the face's middle as a share of the frame."""
OFF_CENTRE: dict[Framing, float] = {
    Framing.CLOSE_UP: 0.07,
    Framing.SELFIE: 0.11,
    Framing.MEDIUM: 0.14,
    Framing.OVER_SHOULDER: 0.27,
    Framing.WIDE: 0.18,
}
FULL_BODY = 4.0
"""Face heights below the chin with which a body is a whole one."""


@dataclass(frozen=True, eq=False)
class Figure:
    """A cut-out: straight (h, w, 4) RGBA, the face in its px, and which borders of the photo cut the body.

    Where the photo shows no face, ``face`` is where one would be and ``faceless`` is true. ``notes`` are for the user.
    ``actor`` is what poses are drawn with, None for who has no face.
    """

    rgba: Pixels
    face: FacePoints
    cut_bottom: bool
    cut_left: bool
    cut_right: bool
    cut_top: bool
    faceless: bool = False
    notes: tuple[str, ...] = ()
    actor: Actor | None = None

    @property
    def face_height(self) -> float:
        """Px."""
        return self.face.box[3] - self.face.box[1]

    @property
    def stands(self) -> bool:
        """Whether the whole body is there, down to where it meets the ground."""
        below = (self.bottom - self.face.box[3]) / max(self.face_height, 1.0)
        return not self.cut_bottom and (self.faceless or below > FULL_BODY)

    @property
    def top(self) -> float:
        """Px row where the person begins."""
        rows = np.flatnonzero((self.rgba[..., 3] > 100).any(axis=1))
        return float(rows[0]) if rows.size else 0.0

    @property
    def bottom(self) -> float:
        """Px row below which nothing may be shown: the lower edge, or where a side border begins to cut the body below
        the chin."""
        height, width = self.rgba.shape[:2]
        rows = np.flatnonzero((self.rgba[..., 3] > 100).any(axis=1))
        last = float(rows[-1]) if rows.size else float(height)
        chin = int(min(max(self.face.box[3], 0), height - 1))
        for column, cut in ((0, self.cut_left), (width - 1, self.cut_right)):
            if cut:
                hits = np.flatnonzero(self.rgba[chin:, column, 3] > 100)
                if hits.size:
                    last = min(last, chin + float(hits[0]))
        return last


@dataclass(frozen=True)
class Placing:
    """An affine move of the cut-out onto the canvas: ``scale`` and ``tilt`` in degrees around the face's middle, which
    goes to ``x``, ``y`` px."""

    scale: float
    x: float
    y: float
    tilt: float
    mirror: bool

    def matrix(self, figure: Figure) -> NDArray[np.float64]:
        """(2, 3): from cut-out px to canvas px."""
        box = figure.face.box
        turn = np.radians(self.tilt)
        cos, sin = self.scale * np.cos(turn), self.scale * np.sin(turn)
        flip = -1.0 if self.mirror else 1.0
        linear = np.array([[cos * flip, -sin], [sin * flip, cos]])
        centre = np.array([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2])
        return np.hstack([linear, (np.array([self.x, self.y]) - linear @ centre)[:, None]])


def on_canvas(figure: Figure, rgba: Pixels, placing: Placing, height: int, width: int) -> Pixels:
    """The cut-out (``rgba``, the figure's or a stylised copy) on an empty canvas, straight alpha."""
    alpha = rgba[..., 3:4].astype(np.float32) / 255
    premultiplied = np.dstack([rgba[..., :3] * alpha, rgba[..., 3:4]]).astype(np.float32)
    matrix = placing.matrix(figure)
    if placing.scale < 0.6:
        shrink = max(placing.scale * 1.4, 0.02)
        premultiplied = cv2.resize(premultiplied, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
        actual = np.array([premultiplied.shape[1] / rgba.shape[1], premultiplied.shape[0] / rgba.shape[0]])
        matrix = np.hstack([matrix[:, :2] / actual, matrix[:, 2:]])
    out = cv2.warpAffine(
        premultiplied, matrix, (width, height), flags=cv2.INTER_CUBIC if placing.scale > 1 else cv2.INTER_LINEAR
    )
    cover = np.clip(out[..., 3:4], 0, 255)
    rgb = np.where(cover > 0.5, out[..., :3] * 255 / np.maximum(cover, 0.5), 0)
    return np.dstack([np.clip(rgb + 0.5, 0, 255), cover + 0.5]).astype(np.uint8)


def face_on_canvas(figure: Figure, placing: Placing) -> FacePoints:
    """The face's points and upright box after placing; points keep image-left first."""
    face = figure.face.moved(placing.matrix(figure))
    return replace(face, points=face.points[[1, 0, 2, 4, 3]]) if placing.mirror else face
