"""The head as a solid: how far every part of it is from the lens, and where it goes when it turns, nods or tilts on its
neck."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels
from personavlog_embedded.face.anatomy import CHIN, EARS, FOREHEAD, Anatomy, Floats, smoothstep

NECK = 0.5
"""Face widths below the chin over which the head's movement fades into the shoulders."""
SIDE = 72
"""Cells of the depth map along each side; it covers ``REACH`` face widths around the eyes."""
REACH = 1.6
SMOOTH = 2.6
"""Cells; a steeper depth would smear the ear on the side that turns towards the lens."""
SHELL = 0.035
"""How much hair and skull weigh against the mesh where both say how deep the head is."""


@dataclass(frozen=True, eq=False)
class SolidHead:
    """``front`` (SIDE, SIDE): how far before the neck's axis the head's surface is, in face widths, over the square of
    ``REACH`` around the eyes.

    ``centre`` is the axis that it turns about, ``chin`` the chin's level; both in the face's own coordinates.
    """

    front: NDArray[np.float32]
    centre: float
    chin: float

    def moved(self, own: Floats, turn: float, nod: float, tilt: float) -> Floats:
        """(..., 2) displacement of what lies at ``own``, both in the face's own coordinates; angles in degrees as
        ``Expression`` has them."""
        yaw, pitch, roll = np.radians([turn, nod, tilt])
        front, across, down = self._front(own), own[..., 0] - self.centre, own[..., 1]
        rise = down - (self.chin - 0.25)
        shift = np.stack(
            [across * (np.cos(yaw) - 1) + front * np.sin(yaw), rise * (np.cos(pitch) - 1) + front * np.sin(pitch)],
            axis=-1,
        )
        x, y = across + shift[..., 0], down + shift[..., 1] - (self.chin + 0.3)
        lean = np.stack([x * (np.cos(roll) - 1) - y * np.sin(roll), x * np.sin(roll) + y * (np.cos(roll) - 1)], axis=-1)
        return np.asarray((shift + lean) * self._share(own)[..., None])

    def _share(self, own: Floats) -> Floats:
        """How much of the head's movement a part takes: all of it down to the chin, none on the shoulders and far out
        in long hair."""
        neck = 1 - smoothstep((own[..., 1] - self.chin + 0.03) / NECK)
        return np.asarray(neck * (1 - smoothstep((np.abs(own[..., 0] - self.centre) - 0.75) / 1.05)))

    def _front(self, own: Floats) -> Floats:
        cells = ((own / REACH + 1) * (SIDE / 2) - 0.5).astype(np.float32)
        rows = np.ascontiguousarray(cells.reshape(-1, cells.shape[-2] if cells.ndim > 2 else 1, 2))
        found = cv2.remap(self.front, rows, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(found, np.float64).reshape(own.shape[:-1])


def measured(alpha: Pixels, face: Anatomy) -> SolidHead:
    """The head of a cut-out with this (h, w) alpha: the mesh where the face is, a rounded shell as wide and high as the
    hair around it."""
    local = face.local
    ears = local[list(EARS)]
    centre, back = float(ears[:, 0].mean()), float(ears[:, 2].mean())
    steps = (np.arange(SIDE) + 0.5) * (2 * REACH / SIDE) - REACH
    own = np.stack(np.meshgrid(steps, steps), axis=-1)
    shell = _shell(own, alpha, face, centre, back - float(local[FOREHEAD, 2]))
    seen, amount = np.zeros((SIDE, SIDE)), np.zeros((SIDE, SIDE))
    cells = np.clip(((local[:, :2] / REACH + 1) * (SIDE / 2)).astype(int), 0, SIDE - 1)
    np.add.at(seen, (cells[:, 1], cells[:, 0]), back - local[:, 2])
    np.add.at(amount, (cells[:, 1], cells[:, 0]), 1.0)
    # The mesh is dense around eyes and lips; every cell counts once.
    seen, amount = np.where(amount > 0, seen / np.maximum(amount, 1), 0), (amount > 0).astype(np.float64)
    near, weight = (cv2.GaussianBlur(plane, (0, 0), 2.0) for plane in (seen, amount))
    front = (near + SHELL * shell) / (weight + SHELL)
    return SolidHead(
        cv2.GaussianBlur(np.maximum(front, 0), (0, 0), SMOOTH).astype(np.float32), centre, float(local[CHIN, 1])
    )


def _shell(own: Floats, alpha: Pixels, face: Anatomy, centre: float, depth: float) -> Floats:
    """A dome over skull and hair, ``depth`` high, that ends level on the head's outline."""
    left, right, top = (
        _extent(alpha, face, centre, *ray)
        for ray in ((-1.0, 0.0, 0.5, 0.72), (1.0, 0.0, 0.5, 0.72), (0.0, -1.0, 0.6, 1.0))
    )
    across = own[..., 0] - centre
    bottom = float(face.local[CHIN, 1]) + 0.25
    away = np.hypot(across / np.where(across < 0, left, right), own[..., 1] / np.where(own[..., 1] < 0, top, bottom))
    return np.asarray(max(depth, 0.3) * (0.5 + 0.5 * np.cos(np.pi * np.clip(away, 0, 1))))


def _extent(alpha: Pixels, face: Anatomy, centre: float, right: float, down: float, least: float, most: float) -> float:
    """How far the cut-out reaches from the face's middle in one direction, in face widths."""
    steps = np.linspace(least, most, 24)
    px = face.outward(np.stack([centre + right * steps, down * steps], axis=-1)).round().astype(int)
    inside = (px >= 0).all(axis=1) & (px[:, 0] < alpha.shape[1]) & (px[:, 1] < alpha.shape[0])
    covered = inside & (alpha[np.clip(px[:, 1], 0, alpha.shape[0] - 1), np.clip(px[:, 0], 0, alpha.shape[1] - 1)] > 100)
    return float(steps[covered].max()) if covered.any() else least
