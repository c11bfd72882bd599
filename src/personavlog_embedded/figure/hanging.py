"""Cloth that hangs from the waist: rings around trunk and both legs, each the convex hull of what it goes round, so
that it neither tears nor sinks in, whatever the legs do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from personavlog_embedded.figure.geometry import Vectors, unit
from personavlog_embedded.figure.label import LEG_T, SQUEEZE, Shell, X, Y, Z
from personavlog_embedded.figure.limbs import charts
from personavlog_embedded.figure.mesh import Floats, Indices, mesh

ANGLES, WAYS, WAIST = 48, 72, 0.175
"""Points of a ring, directions in which its hull is looked for, and where it hangs from."""
STEP, PLEATS, BESIDE, STUCK = 0.03, 7, 0.5, 0.3
"""Metres between rings; waves of a wide hem; how much less it flares at the sides, where the hands are, and what of
that is left on a thigh that is not upright."""


@dataclass(frozen=True)
class Hanging:
    """Rings from the waist down to ``hem`` (height on the bare mesh), ``flare`` m off the body there, ``off`` at the
    waist."""

    shell: Shell
    hem: float
    flare: float
    off: float

    @property
    def levels(self) -> tuple[float, ...]:
        """Heights of the rings on the bare mesh, downwards."""
        return tuple(np.linspace(WAIST, self.hem, max(4, round((WAIST - self.hem) / STEP))))

    def hung(self, cloth: Floats, left: Vectors, size: float) -> Floats:
        """(rings * ANGLES, 3): around posed points (v, 3) of the whole mesh; ``left`` is where the hips' left side
        is."""
        return _rings(cloth, left, self, size)

    @property
    def fields(self) -> Floats:
        """(n, 8): as the garments' rules know points."""
        return _fields(self)

    @property
    def quads(self) -> Indices:
        """(q, 4)."""
        rows = len(self.levels)
        at = np.arange(rows * ANGLES, dtype=np.int32).reshape(rows, ANGLES)
        beside = np.roll(at, -1, 1)
        return np.stack([at[:-1], at[1:], beside[1:], beside[:-1]], -1).reshape(-1, 4)

    @property
    def bones(self) -> Indices:
        """(q,): which bone a face counts to."""
        own, at = mesh(), self.fields[self.quads].mean(1)
        root, left, right = (own.bones.index(name) for name in ("root", "upperleg01.L", "upperleg01.R"))
        return np.where(at[:, Y] > 0, root, np.where(at[:, X] > 0, left, right)).astype(np.int32)


@lru_cache(maxsize=16)
def _fields(hanging: Hanging) -> Floats:
    own, joints = mesh(), charts().at
    points = _rings(own.points, np.array([1.0, 0, 0]), hanging)
    level = np.repeat(hanging.levels, ANGLES)
    out = np.zeros((len(points), 8), np.float32)
    out[:, X], out[:, Y], out[:, Z], out[:, SQUEEZE] = points[:, 0], level, points[:, 2], 1
    down = [joints[name][1] for name in ("foot.L", "lowerleg01.L", "upperleg01.L")]
    out[:, LEG_T] = np.interp(level, down, [2, 1, 0])
    return out


@lru_cache(maxsize=64)
def _section(level: float) -> tuple[Indices, Floats]:
    """The sides (n, 2) of the cloth's faces that a level cuts, and where (n,): 0 at their first point."""
    own, c = mesh(), charts()
    quads = own.quads[own.of("tights")]
    sides = np.concatenate([quads[:, [k, (k + 1) % 4]] for k in range(4)])
    sides = sides[(c.on_arm[sides] < 0.3).all(1)]
    y = own.points[sides][:, :, 1]
    sides, y = (one[(y[:, 0] - level) * (y[:, 1] - level) < 0] for one in (sides, y))
    return sides, np.asarray((level - y[:, 0]) / (y[:, 1] - y[:, 0]), np.float32)


def _rings(cloth: Floats, left: Vectors, hanging: Hanging, size: float = 1.0) -> Floats:
    base, sections, middles = mesh().points, [], []
    for level in hanging.levels:
        sides, at = _section(level)
        ring = cloth[sides[:, 0]] * (1 - at[:, None]) + cloth[sides[:, 1]] * at[:, None]
        own = base[sides].mean(1)[:, 0] > 0
        sections.append(ring)
        middles.append((ring[own].mean(0) + ring[~own].mean(0)) / 2)
    down = np.linspace(0, 1, len(sections))
    ups = -unit(np.gradient(np.array(middles), axis=0))
    for _ in range(2):
        ups[1:-1] = unit(ups[:-2] + 2 * ups[1:-1] + ups[2:])
    turn = np.linspace(0, 2 * np.pi, WAYS, endpoint=False)
    wave, side = 0.3 * np.sin(PLEATS * turn + 0.6), 1 - BESIDE * np.cos(turn) ** 2
    rows = []
    for ring, up, share in zip(sections, ups, down, strict=True):
        off = (hanging.off + (hanging.flare - hanging.off) * share * side) * (1 + wave * share * (hanging.flare > 0.03))
        rows.append(_hull(ring, up, left, off * size * max(STUCK, float(up @ ups[0]))))
    out = np.array(rows)
    inner = (out[:-2] + out[2:] + np.roll(out, 1, 1)[1:-1] + np.roll(out, -1, 1)[1:-1]) / 4
    out[1:-1] = (out[1:-1] + inner) / 2
    return np.asarray(out.reshape(-1, 3), np.float32)


def _hull(ring: Floats, up: Vectors, left: Vectors, off: Vectors) -> Vectors:
    """(ANGLES, 3): the ring's convex hull seen along ``up``, ``off`` (WAYS,) outwards, evenly from the left round the
    front, then from the right round the back."""
    side = unit(left - up * (left @ up))
    front = np.cross(side, up)
    turn = np.linspace(0, 2 * np.pi, WAYS, endpoint=False)
    ways = np.cos(turn)[:, None] * side + np.sin(turn)[:, None] * front
    hull = ring[np.argmax(ring @ ways.T, axis=0)] + off[:, None] * ways
    half = WAYS // 2
    return np.concatenate([_even(hull[: half + 1]), _even(np.concatenate([hull[half:], hull[:1]]))])


def _even(line: Vectors) -> Vectors:
    """(ANGLES / 2, 3): points along a line at equal ways, without its end."""
    way = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    at = np.linspace(0, way[-1], ANGLES // 2, endpoint=False)
    return np.stack([np.interp(at, way, line[:, k]) for k in range(3)], 1)
