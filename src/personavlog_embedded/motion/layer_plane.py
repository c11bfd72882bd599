"""The plane that a layer lies in, and where a moved camera sees it.

Nearness is the inverse of distance: 1 at the lens, 0 at infinity. A billboard has one nearness; on flat ground it grows
linearly with the image row, so a moving camera maps every layer by a homography: exact parallax, without slicing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from personavlog_embedded.motion.camera_path import PAN_X, PAN_Y, ROLL, ZOOM, X, Y, Z
from personavlog_embedded.motion.rhythm import Floats

Span = tuple[float, float] | None
Spans = tuple[Span, Span, Span, Span]


@dataclass(frozen=True)
class LayerPlane:
    """Nearness ``at_centre`` of the frame and its ``slope`` per px downwards; ``reserve`` px of the margin are kept for
    the layer's own movement."""

    at_centre: float
    slope: float = 0.0
    reserve: float = 4.0

    def nearness(self, row: float) -> float:
        """The nearness at ``row`` px below the frame's centre."""
        return self.at_centre + self.slope * row


def homographies(poses: Floats, plane: LayerPlane) -> Floats:
    """(frames, 3, 3): from canvas px to frame px at rest, both counted from the frame's centre."""
    a, b = plane.at_centre, plane.slope
    one, none = np.ones(len(poses)), np.zeros(len(poses))
    x, y, z = poses[:, X], poses[:, Y], poses[:, Z]
    shift = np.stack([one, x * b, x * a, none, 1 + y * b, y * a, none, -z * b, 1 - z * a], axis=1).reshape(-1, 3, 3)
    scale, roll = 1 + poses[:, ZOOM], poses[:, ROLL]
    cos, sin = scale * np.cos(roll), scale * np.sin(roll)
    view = np.stack([cos, -sin, poses[:, PAN_X], sin, cos, poses[:, PAN_Y], none, none, one], axis=1).reshape(-1, 3, 3)
    return np.asarray(view @ shift)


def centred(way: Floats, centre: tuple[float, float]) -> Floats:
    """A way (frames, 3, 3) in canvas px as one between points counted from the frame's ``centre``."""
    there = np.array([[1, 0, centre[0]], [0, 1, centre[1]], [0, 0, 1.0]])
    return np.asarray(np.linalg.inv(there) @ way @ there)


@dataclass(frozen=True)
class Edges:
    """Where a layer ends only because its canvas does: segments (n, 2, 2) of the canvas edge that it touches, counted
    from the frame's centre in px, and for each the side, as the outward direction (n, 2)."""

    plane: LayerPlane
    segments: Floats
    outward: Floats

    @classmethod
    def around(cls, plane: LayerPlane, width: float, height: float, margin: float) -> Edges:
        """All four sides of the canvas."""
        x, y = width / 2 + margin, height / 2 + margin
        return cls.touching(plane, width, height, margin, ((-y, y), (-y, y), (-x, x), (-x, x)))

    @classmethod
    def touching(cls, plane: LayerPlane, width: float, height: float, margin: float, spans: Spans) -> Edges:
        """Some sides: left, right, top and bottom each from where to where the layer touches it, None where it does
        not.

        What the layer needs for its own movement is kept out of reach.
        """
        x, y = (side / 2 + margin - min(plane.reserve, margin / 2) for side in (width, height))
        found = [
            ([(column, span[0]), (column, span[1])], (np.sign(column), 0.0))
            for column, span in ((-x, spans[0]), (x, spans[1]))
            if span is not None
        ]
        found += [
            ([(span[0], row), (span[1], row)], (0.0, np.sign(row)))
            for row, span in ((-y, spans[2]), (y, spans[3]))
            if span is not None
        ]
        return cls(
            plane,
            np.array([segment for segment, _ in found]).reshape(-1, 2, 2),
            np.array([side for _, side in found]).reshape(-1, 2),
        )


def overshoot(poses: Floats, edges: Edges, width: float, height: float) -> float:
    """By how many px the frame would look past an edge at worst; negative: never."""
    if not len(edges.segments):
        return -float("inf")
    ends = np.concatenate([edges.segments, np.ones((*edges.segments.shape[:2], 1))], axis=2)
    seen = np.einsum("fij,nkj->fnki", homographies(poses, edges.plane), ends)
    if (seen[..., 2] <= 0.2).any():
        return float("inf")
    out = np.einsum("fnki,ni->fnk", seen[..., :2] / seen[..., 2:], edges.outward)
    inside = np.abs(edges.outward) @ np.array([width / 2, height / 2])
    return float((inside[None, :, None] - out).max())


def within(poses: Floats, edges: tuple[Edges, ...], width: float, height: float) -> Floats:
    """The poses, scaled down as far as needed for no edge to be seen: the sideways part alone where that is enough,
    since going in makes room."""
    sideways = np.isin(np.arange(poses.shape[1]), (X, Y, PAN_X, PAN_Y, ROLL))

    def fits(path: Floats) -> bool:
        return all(overshoot(path, edge, width, height) <= 0 for edge in edges)

    if fits(poses):
        return poses
    kept = np.where(sideways, 0.0, poses)
    if not fits(kept):
        kept = np.zeros_like(poses)
    low, high = 0.0, 1.0
    for _ in range(12):
        middle = (low + high) / 2
        low, high = (middle, high) if fits(kept + (poses - kept) * middle) else (low, middle)
    return np.asarray(kept + (poses - kept) * low)
