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
from personavlog_embedded.render.light import Light
from personavlog_embedded.scene.stage import FacePoints, Layer

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
LAMPLIT = np.array([1.08, 0.91, 0.74], np.float32)
NIGHT = np.array([0.52, 0.60, 0.80], np.float32)
"""What skin and clothes are multiplied by at night on the side of a lamp and on the other."""
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
    matrix = placing.matrix(figure)
    points = figure.face.points @ matrix[:, :2].T + matrix[:, 2]
    if placing.mirror:
        points = points[[1, 0, 2, 4, 3]]
    x0, y0, x1, y1 = figure.face.box
    corners = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)]) @ matrix[:, :2].T + matrix[:, 2]
    low, high = corners.min(0), corners.max(0)
    return FacePoints((float(low[0]), float(low[1]), float(high[0]), float(high[1])), points.astype(np.float32))


def relit_parts(parts: list[Layer], light: Light, *, dim: float = 1.0) -> list[Layer]:
    """A person in parts in the scene's light: the same light over all of them, the rim only where the whole body
    ends."""
    cover = np.maximum.reduce([part.rgba[..., 3] for part in parts])
    x, y, w, h = cv2.boundingRect((cover > 0).astype(np.uint8))
    whole = np.zeros((*cover.shape, 4), np.uint8)
    whole[..., 3] = cover
    field = {}
    for level in (64, 192):
        whole[..., :3] = level
        field[level] = relit(whole, light, dim=dim)[y : y + h, x : x + w, :3].astype(np.float32)
    gain = (field[192] - field[64]) / np.float32(128)
    base = field[64] - 64 * gain
    return [_lit(part, gain, base, (y, x)) for part in parts]


def _lit(part: Layer, gain: NDArray[np.float32], base: NDArray[np.float32], at: tuple[int, int]) -> Layer:
    """The part's colours times ``gain`` plus ``base``, both (h, w, 3) from row and column ``at`` on."""
    out = part.rgba.copy()
    box = np.s_[at[0] : at[0] + gain.shape[0], at[1] : at[1] + gain.shape[1]]
    out[box][..., :3] = np.clip(out[box][..., :3] * gain + base + 0.5, 0, 255).astype(np.uint8)
    return replace(part, rgba=out)


def relit(rgba: Pixels, light: Light, *, dim: float = 1.0, depth: float = 0.1) -> Pixels:
    """A placed person in the scene's light: its colour and brightness, a darker far side, a bright rim towards the
    light."""
    alpha = np.asarray(rgba[..., 3], np.float32) / np.float32(255)
    rows, columns = np.flatnonzero(alpha.any(axis=1)), np.flatnonzero(alpha.any(axis=0))
    if not rows.size:
        return rgba
    part = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    cover, own = alpha[part], rgba[part][..., :3].astype(np.float32) / np.float32(255)
    gain = _lamplight(cover.shape, light) if _moonlit(light) else _gain(light)
    rgb = _modelled(np.clip(own * gain * np.float32(dim), 0, 1), cover, light)
    haze = np.asarray(light.haze, np.float32)
    veil = light.veil(depth) * 0.6
    rgb += (haze - rgb) * veil
    out = rgba.copy()
    out[part][..., :3] = np.clip(rgb * 255 + 0.5, 0, 255).astype(np.uint8)
    return out


def _gain(light: Light) -> NDArray[np.float32]:
    """Multiplier per channel: the scene's mean light against a neutral noon, taken half-way so that skin stays skin."""
    scene = 0.6 * np.asarray(light.key, np.float32) + 0.4 * np.asarray(light.shade, np.float32)
    brightness = float(scene @ np.array([0.3, 0.59, 0.11], np.float32))
    colour = (scene / brightness) ** 0.5
    level = np.clip(brightness / 0.86, 0.3, 1.15) ** 0.62
    return np.asarray(colour * level, np.float32)


def _moonlit(light: Light) -> bool:
    """Whether it is night and no lamp gives the scene its light."""
    return light.night and sum(light.key) < 2.4


def _lamplight(shape: tuple[int, int], light: Light) -> NDArray[np.float32]:
    """Multiplier (1, w, 3) at night: a warm lamp on the side away from the moon, the night's blue on the other. The
    person stays the centre."""
    toward = np.linspace(-1, 1, shape[1], dtype=np.float32) * np.float32(-light.side)
    share = (0.66 + 0.24 * toward)[None, :, None]
    return np.asarray(NIGHT + (LAMPLIT - NIGHT) * share, np.float32)


def _modelled(rgb: NDArray[np.float32], cover: NDArray[np.float32], light: Light) -> NDArray[np.float32]:
    height, width = cover.shape
    columns = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    rgb = rgb * (1 + 0.10 * columns * light.side)[..., None]
    size = max(1.5, min(height, width) * 0.006)
    soft = cv2.GaussianBlur(cover, (0, 0), size)
    slope_x, slope_y = cv2.Sobel(soft, cv2.CV_32F, 1, 0, ksize=3), cv2.Sobel(soft, cv2.CV_32F, 0, 1, ksize=3)
    facing = np.clip((-slope_x * light.side * 0.9 + slope_y * -0.45) * size * 0.55, 0, 1) * cover
    strength = 0.5 if _moonlit(light) else {"clear": 0.42, "cloud": 0.2}.get(light.weather, 0.1)
    rim = np.clip(np.asarray(light.key, np.float32) * (1.15 if _moonlit(light) else 1.0), 0, 1)
    return np.asarray(rgb + (np.maximum(rim, rgb) - rgb) * (facing * strength)[..., None], np.float32)
