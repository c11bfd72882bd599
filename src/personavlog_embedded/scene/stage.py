"""The embedded painter's picture in layers, from far to near, as the embedded animator moves it.

The layers lie on a canvas that is larger than the frame by ``margin`` px on every side, so that a moving camera never
sees an edge. Drawn over each other at rest, the frame's part of them is the keyframe, pixel for pixel
(``style.print_surface.flatten``).
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from typing import Any, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.errors import MediaError
from personavlog.media.arrays import Pixels

Kind = Literal["sky", "far", "mid", "ground", "water", "near", "prop", "person", "front"]
Follows = Literal["", "figures", "head", "left hand", "right hand"]
"""What a layer moves with: it is drawn again with the figures, or their first one's head or hand carries it (the
figure's own sides)."""
PACKED = (cv2.IMWRITE_PNG_COMPRESSION, 1, cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_FILTER_UP)
"""One cheap filter instead of trying them all: twice as quick, a tenth larger."""


@dataclass(frozen=True)
class Layer:
    """One cut-out. ``rgba`` is (h, w, 4) uint8, straight alpha, RGB order, canvas-sized; ``depth`` is 0 at the lens and
    1 at infinity.

    ``follows`` says what it moves with, "" for its own life.
    """

    name: str
    kind: Kind
    depth: float
    rgba: Pixels
    follows: Follows = ""


@dataclass(frozen=True)
class FacePoints:
    """Where the face is, in canvas px: eyes, nose tip and mouth corners as (5, 2), image-left first; ``box`` is x0, y0,
    x1, y1."""

    box: tuple[float, float, float, float]
    points: NDArray[np.float32]

    def moved(self, matrix: NDArray[np.float64]) -> FacePoints:
        """Points and upright box after an affine move (2, 3)."""
        points = self.points @ matrix[:, :2].T + matrix[:, 2]
        x0, y0, x1, y1 = self.box
        corners = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)]) @ matrix[:, :2].T + matrix[:, 2]
        low, high = corners.min(0), corners.max(0)
        return FacePoints((float(low[0]), float(low[1]), float(high[0]), float(high[1])), points.astype(np.float32))


@dataclass(frozen=True)
class Stage:
    """All layers of one keyframe; ``width`` and ``height`` are the frame's, in px. ``pose`` names what a jointed person
    does, "" where nobody is jointed.

    ``surface`` is what every frame is printed on in the end (``style.print_surface.snap``), "" for nothing. ``inside``
    says that it shows a room, where it neither rains nor snows.
    ``cast`` is what its figures are drawn from (``body.cast.Cast`` packed), "" where nobody is drawn; ``parts``
    (h, w, 2) of the canvas are then the number of the body part and of the figure (from 1) that each px shows.
    ``chest`` is what the person's top shows in front (``figure.prints``), None for plain cloth.
    """

    width: int
    height: int
    margin: int
    layers: tuple[Layer, ...]
    weather: str
    time_of_day: str
    face: FacePoints | None = None
    pose: str = ""
    surface: str = ""
    inside: bool = False
    cast: str = ""
    parts: NDArray[np.uint8] | None = None
    chest: Pixels | None = None

    def drawn(self) -> Pixels:
        """The layers over each other: (height, width, 3) uint8 RGB, not printed yet."""
        canvas = np.zeros((self.height + 2 * self.margin, self.width + 2 * self.margin, 3), np.uint8)
        for layer in self.layers:
            canvas = over(canvas, layer.rgba)
        m = self.margin
        return np.ascontiguousarray(canvas[m : m + self.height, m : m + self.width])


def over(below: Pixels, above: Pixels) -> Pixels:
    """``above`` (h, w, 4) drawn over the opaque ``below`` (h, w, 3), both uint8."""
    x, y, width, height = cv2.boundingRect(np.ascontiguousarray(above[..., 3]))
    out = below.copy()
    if width and height:
        part = np.s_[y : y + height, x : x + width]
        alpha = above[part][..., 3:4].astype(np.uint16)
        out[part] = (above[part][..., :3] * alpha + below[part] * (255 - alpha) + 127) // 255
    return out


def joined(below: Pixels, above: Pixels) -> Pixels:
    """Two cut-outs (h, w, 4) over each other as one, straight alpha."""
    a, b = above[..., 3:].astype(np.float32) / 255, below[..., 3:].astype(np.float32) / 255
    alpha = a + b * (1 - a)
    colour = (above[..., :3] * a + below[..., :3] * b * (1 - a)) / np.maximum(alpha, 1e-6)
    return np.asarray(np.concatenate([colour, alpha * 255], axis=2) + 0.5, np.uint8)


def pack(stage: Stage) -> bytes:
    """The stage as one zip of PNGs and a JSON sheet, to be stored as a blob."""
    sheet = {
        "width": stage.width,
        "height": stage.height,
        "margin": stage.margin,
        "weather": stage.weather,
        "time_of_day": stage.time_of_day,
        "pose": stage.pose,
        "inside": stage.inside,
        "surface": stage.surface,
        "cast": stage.cast,
        "face": None if stage.face is None else {"box": list(stage.face.box), "points": stage.face.points.tolist()},
        "layers": [
            {"name": layer.name, "kind": layer.kind, "depth": layer.depth, "follows": layer.follows}
            for layer in stage.layers
        ],
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("stage.json", json.dumps(sheet, sort_keys=True))
        for number, layer in enumerate(stage.layers):
            archive.writestr(f"{number:02}.png", _png(layer.rgba))
        if stage.parts is not None:
            held = np.dstack([stage.parts, np.zeros_like(stage.parts[..., 0])])
            archive.writestr("parts.png", cv2.imencode(".png", held)[1].tobytes())
        if stage.chest is not None:
            archive.writestr("chest.png", _png(stage.chest))
    return buffer.getvalue()


def _png(rgba: Pixels) -> bytes:
    return cv2.imencode(".png", cv2.cvtColor(rgba, cv2.COLOR_RGBA2BGRA), PACKED)[1].tobytes()


def unpack(data: bytes) -> Stage:
    """The stage that ``pack`` wrote."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = json.loads(archive.read("stage.json"))
        layers = tuple(_layer(entry, archive.read(f"{number:02}.png")) for number, entry in enumerate(sheet["layers"]))
        parts, chest = (
            archive.read(name) if name in archive.namelist() else None for name in ("parts.png", "chest.png")
        )
    face = sheet["face"] and FacePoints(tuple(sheet["face"]["box"]), np.array(sheet["face"]["points"], np.float32))
    # Stages of earlier versions, kept by old runs, lack the last ones; people drawn in parts stand still now.
    rest = sheet.get("pose", ""), sheet.get("surface", ""), sheet.get("inside", False), sheet.get("cast", "")
    return Stage(
        sheet["width"],
        sheet["height"],
        sheet["margin"],
        layers,
        sheet["weather"],
        sheet["time_of_day"],
        face,
        *rest,
        _parts(parts),
        None if chest is None else _rgba(chest),
    )


def _layer(entry: dict[str, Any], png: bytes) -> Layer:
    return Layer(
        entry["name"],
        entry["kind"],
        entry["depth"],
        _rgba(png),
        entry.get("follows", ""),
    )


def _parts(png: bytes | None) -> NDArray[np.uint8] | None:
    if png is None:
        return None
    return np.ascontiguousarray(_decoded(png)[..., :2], np.uint8)


def _rgba(png: bytes) -> Pixels:
    return np.asarray(cv2.cvtColor(_decoded(png), cv2.COLOR_BGRA2RGBA), np.uint8)


def _decoded(png: bytes) -> cv2.typing.MatLike:
    decoded = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_UNCHANGED)
    if decoded is None:
        raise MediaError("A layer of the stored stage does not decode. Make the keyframe step again.")
    return decoded
