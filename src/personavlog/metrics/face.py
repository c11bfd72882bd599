"""Where the faces are: YuNet's boxes and five points, and MediaPipe's 478 surface points for one of them.

YuNet: Wu et al., "YuNet: A Tiny Millisecond-level Face Detector", 2023 (MIT). Face mesh: Google, "Attention Mesh", 2020
(Apache-2.0).
"""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog import weights
from personavlog.media.arrays import Pixels
from personavlog.weights.session import run_network

SIDE = 640
"""YuNet's graph takes exactly 640 x 640 px."""
FLOOR = 0.6
OVERLAP = 0.3
MESH_SIDE = 256
MESH_BOX = 1.35
"""The mesh network was trained on crops with this much room around the face; 1.2 to 1.5 give the same points within 1
%."""
NUDGES = ((0.0, 0.0, 1.0), (0.055, 10.0, 1.12), (-0.055, -10.0, 0.94))
"""Of a crop: how far it is moved right and up (shares of the face's size), turned (degrees) and widened (a factor)."""

OVAL = (
    10,
    338,
    297,
    332,
    284,
    251,
    389,
    356,
    454,
    323,
    361,
    288,
    397,
    365,
    379,
    378,
    400,
    377,
    152,
    148,
    176,
    149,
    150,
    136,
    172,
    58,
    132,
    93,
    234,
    127,
    162,
    21,
    54,
    103,
    67,
    109,
)
EYES = (
    (33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246),
    (263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466),
)
BROWS = ((70, 63, 105, 66, 107, 55, 65, 52, 53, 46), (300, 293, 334, 296, 336, 285, 295, 282, 283, 276))
LIPS = (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185)
MOUTH = (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191)
NOSTRILS = (64, 98, 97, 2, 326, 327, 294, 278, 4, 48)
"""Outlines in the mesh, as indices of its points in drawing order; eyes and brows image-left first, ``MOUTH`` is the
inner lip line."""

Points = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Face:
    """One face, in px of the picture: ``box`` x0, y0, x1, y1 (may reach over the border), ``score`` 0 to 1.

    ``points`` is (5, 2): image-left eye, image-right eye, nose tip, image-left mouth corner, image-right mouth corner.
    """

    box: tuple[float, float, float, float]
    score: float
    points: Points

    @property
    def size(self) -> float:
        """The longer side of the box in px."""
        return max(self.box[2] - self.box[0], self.box[3] - self.box[1])

    @property
    def tilt(self) -> float:
        """How far the line through the eyes leans, in degrees; positive where the image-right eye is lower."""
        dx, dy = self.points[1] - self.points[0]
        return float(np.degrees(np.arctan2(dy, dx)))

    def drift(self, rgb: Pixels) -> float:
        """How far the mesh's points move when its crop is nudged a little, as a share of the face's size.

        The network was trained on upright faces. On one that lies, stands on its head or is none it guesses, and each
        crop gives another guess: half of all upright faces have less than 0.01, 99 of 100 others more than 0.043.
        """
        first, *others = (_mesh(rgb, self, *nudge)[:, :2] for nudge in NUDGES)
        return max(float(np.linalg.norm(other - first, axis=1).mean()) for other in others) / self.size


def detect(rgb: Pixels) -> tuple[Face, ...]:
    """Every face of a (h, w, 3) uint8 RGB picture, from left to right.

    Faces from about 2 % of the picture (1.2 % of a large photo) to all of it: looked for in the whole picture first,
    then with room around it (a face that fills the frame), then in quarters (a small face in a large photo). Tilts of
    up to about 45 degrees are found.
    """
    for windows in _passes(rgb):
        found = _distinct([face for view, corner in windows for face in _look(view, corner)])
        if found:
            return tuple(sorted(found, key=lambda face: face.box[0] + face.box[2]))
    return ()


def largest(faces: tuple[Face, ...]) -> Face | None:
    """The face with the largest box, or None where there is none."""
    return max(faces, key=lambda face: face.size, default=None)


def mesh(rgb: Pixels, face: Face) -> Points:
    """MediaPipe's 478 points of one face: (478, 3) in px of the picture, z growing away from the lens; 468 to 477 are
    the irises."""
    return _mesh(rgb, face, *NUDGES[0])


def _mesh(rgb: Pixels, face: Face, shift: float, turned: float, wider: float) -> Points:
    x0, y0, x1, y1 = face.box
    side = MESH_BOX * wider * face.size
    x, y = (x0 + x1) / 2 + shift * face.size, (y0 + y1) / 2 - shift * face.size
    turn = np.vstack([_turn(x, y, face.tilt + turned, MESH_SIDE / side), [0.0, 0.0, 1.0]])
    crop = cv2.warpAffine(rgb, turn[:2], (MESH_SIDE, MESH_SIDE), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
    network, lock = _mesh_network()
    with lock:
        network.setInput(cv2.dnn.blobFromImage(crop, 1 / 255.0))
        found = np.asarray(network.forward("Identity"), np.float64).reshape(478, 3)
    back = np.linalg.inv(turn)
    flat = found[:, :2] @ back[:2, :2].T + back[:2, 2]
    return np.column_stack([flat, found[:, 2:] * (side / MESH_SIDE)]).astype(np.float32)


def _passes(rgb: Pixels) -> Iterator[list[tuple[Pixels, tuple[int, int]]]]:
    height, width = rgb.shape[:2]
    yield [(rgb, (0, 0))]
    room = max(height, width) // 2
    yield [
        (cv2.copyMakeBorder(rgb, room, room, room, room, cv2.BORDER_CONSTANT, value=(127, 127, 127)), (-room, -room))
    ]
    if max(height, width) > 2 * SIDE:
        h, w = height * 5 // 8, width * 5 // 8
        yield [(rgb[y : y + h, x : x + w], (x, y)) for y in (0, height - h) for x in (0, width - w)]


def _look(view: Pixels, corner: tuple[int, int]) -> list[Face]:
    scale = SIDE / max(view.shape[:2])
    small = cv2.resize(view, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    canvas = np.zeros((SIDE, SIDE, 3), np.float32)
    canvas[: small.shape[0], : small.shape[1]] = small[:SIDE, :SIDE, ::-1]
    out = run_network("yunet", canvas.transpose(2, 0, 1)[None])
    return [
        _placed(row, scale, corner) for stride, k in ((8, 0), (16, 1), (32, 2)) for row in _decode(out[k::3], stride)
    ]


def _decode(out: tuple[Points, ...], stride: int) -> Points:
    """Rows of x, y, w, h, ten point coordinates and the score, from one scale's class, object, box and point maps
    (anchor-free, YuNet's head)."""
    cls, obj, box, kps = (part[0] for part in out)
    score = np.sqrt(np.clip(cls[:, 0], 0, 1) * np.clip(obj[:, 0], 0, 1))
    keep = np.flatnonzero(score > FLOOR)
    cell = np.column_stack([keep % (SIDE // stride), keep // (SIDE // stride)]).astype(np.float32)
    size = np.exp(box[keep, 2:]) * stride
    corner = (cell + box[keep, :2]) * stride - size / 2
    points = (kps[keep].reshape(-1, 5, 2) + cell[:, None]) * stride
    return np.column_stack([corner, size, points.reshape(-1, 10), score[keep]]).astype(np.float32)


def _placed(row: Points, scale: float, corner: tuple[int, int]) -> Face:
    x, y, w, h = (row[:4] / scale).tolist()
    points = (row[4:14].reshape(5, 2) / scale + np.array(corner)).astype(np.float32)
    return Face((x + corner[0], y + corner[1], x + w + corner[0], y + h + corner[1]), float(row[14]), points)


def _distinct(faces: list[Face]) -> list[Face]:
    """Non-maximum suppression."""
    boxes = [(f.box[0], f.box[1], f.box[2] - f.box[0], f.box[3] - f.box[1]) for f in faces]
    keep = cv2.dnn.NMSBoxes(boxes, [f.score for f in faces], FLOOR, OVERLAP) if faces else ()
    return [faces[int(k)] for k in np.asarray(keep, int).ravel()]


def _turn(x: float, y: float, degrees: float, scale: float) -> NDArray[np.float64]:
    turn = np.asarray(cv2.getRotationMatrix2D((x, y), degrees, scale), np.float64)
    turn[:, 2] += MESH_SIDE / 2 - np.array([x, y])
    return turn


@cache
def _mesh_network() -> tuple[cv2.dnn.Net, threading.Lock]:
    """The network and its lock: an OpenCV network holds its input, so two threads must not share one call."""
    with zipfile.ZipFile(io.BytesIO(weights.file("face-landmarker").read_bytes())) as task:
        graph = task.read("face_landmarks_detector.tflite")
    return cv2.dnn.readNetFromTFLite(np.frombuffer(graph, np.uint8)), threading.Lock()
