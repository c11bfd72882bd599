"""The head of a figure at rest: where its skin lies, what of it is face, and how a shape moves what sits on it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from personavlog_embedded.figure.geometry import Vectors, unit
from personavlog_embedded.figure.label import ON_ARM, Label, Shell, X, Y, Z
from personavlog_embedded.figure.limbs import charts
from personavlog_embedded.figure.mesh import Floats, Indices, mesh
from personavlog_embedded.figure.outfit import DrawnHead
from personavlog_embedded.figure.shape import Bare
from personavlog_embedded.figure.surface import normals, smooth

CENTRE = np.array([0.0, 0.752, 0.057])
RADII = np.array([0.0755, 0.097, 0.097])
"""The skull of the base shape as an ellipsoid, m."""
CHIN = np.array([0.0, 0.615, 0.12])
EYE = np.array([0.0308, 0.7284, 0.139])
"""Of the figure's left."""
MOUTH = 0.661
BLUR = 0.02
"""Over how many metres around it the moves of the skin carry what sits on it."""


@dataclass(frozen=True, eq=False)
class HeadSheet:
    """A sheet of its own that sits on the head: ``points`` (n, 3) at rest, ``quads`` (m, 4), ``fields`` (n, 8:
    ``label``) and how ``loose`` each point (n,) is: its share that hangs on the chest instead."""

    points: Floats
    quads: Indices
    shell: Shell
    fields: Floats
    loose: Floats


@lru_cache(maxsize=1)
def skin() -> Indices:
    """The points of the head's skin."""
    own = mesh()
    body = own.skin
    return np.asarray(body[(charts().on_head[body] > 0.5) & (own.points[body, 1] > 0.6)])


@lru_cache(maxsize=1)
def _skull() -> tuple[Floats, Floats]:
    """Directions from the middle (n, 3) and how far the skin is there (n,), ears and nose left out."""
    at = mesh().points[skin()]
    ear = (np.abs(at[:, 0]) > 0.072) & (np.abs(at[:, 1] - 0.73) < 0.055)
    nose = (at[:, 2] > 0.156) & (at[:, 1] < 0.72)
    inside = (np.abs(at[:, 0]) < 0.05) & (at[:, 2] < 0.13) & (at[:, 1] < 0.76) & (at[:, 2] > 0.03)
    away = at[~ear & ~nose & ~inside] - CENTRE
    far = np.linalg.norm(away, axis=1)
    return np.asarray(away / far[:, None], np.float32), np.asarray(far, np.float32)


def skull(ways: Vectors) -> Vectors:
    """(...,): metres from the middle to the base shape's skin along unit directions (..., 3), smoothly."""
    known, far = _skull()
    weight = np.exp((ways.reshape(-1, 3).astype(np.float32) @ known.T - 1) * np.float32(1 / 0.09**2))
    return np.asarray((weight @ far / np.maximum(weight.sum(1), 1e-12)).reshape(ways.shape[:-1]), np.float64)


def on_shape(body: Bare, points: Vectors) -> Floats:
    """Points (n, 3) around the base shape's head, moved as the shape moves the head: as a whole, and as the skin
    near them differs from that."""
    base, shaped = mesh().points[skin()].astype(np.float64), body.points[skin()].astype(np.float64)
    whole, *_ = np.linalg.lstsq(np.column_stack([base, np.ones(len(base))]), shaped, rcond=None)
    rest = (shaped - np.column_stack([base, np.ones(len(base))]) @ whole).astype(np.float32)
    apart = ((points[:, None].astype(np.float32) - base[None].astype(np.float32)) ** 2).sum(2)
    apart -= apart.min(1, keepdims=True)
    weight = np.exp(-apart / np.float32(BLUR**2))
    moved = weight @ rest / weight.sum(1, keepdims=True)
    return np.asarray(np.column_stack([points, np.ones(len(points))]) @ whole + moved, np.float32)


def faced(points: Floats, beard: str) -> Floats:
    """``points`` (v, 3) with a beard, and flat where lips and lids are: those are drawn by the pen."""
    own = mesh()
    x, y, z = own.points.T
    out = points.copy()
    for middle, wide, high in ((0.0, 0.036, 0.019), (EYE[0], 0.027, 0.022), (-EYE[0], 0.027, 0.022)):
        level = MOUTH if middle == 0 else EYE[1]
        away = np.hypot((x - middle) / wide, (y - level) / high)
        front = (z > 0.085) & (charts().on_head > 0.5)
        ring = np.intersect1d(
            np.flatnonzero((away > 1) & (away < 1.5) & (z > 0.115) & ((np.abs(x) > 0.022) | (y < 0.675) | (y > 0.7))),
            skin(),
        )
        terms = _quadratic(points)
        surface = terms @ np.linalg.lstsq(terms[ring], points[ring, 2], rcond=None)[0]
        share = np.clip((1.15 - away) / 0.3, 0, 1) * front
        out[:, 2] += share * (surface - out[:, 2])
    thick = {"full": 0.011, "short": 0.004}.get(beard, 0.0) * (
        bearded(beard, np.abs(x), y, z) & (charts().on_head > 0.5)
    )
    return np.asarray(
        out + normals(out, own.quads) * smooth(thick.astype(np.float32), own.near, 3)[:, None], np.float32
    )


def _quadratic(points: Floats) -> Floats:
    """(v, 6): terms of a curved surface over x and y."""
    x, y = points[:, 0].astype(np.float64), points[:, 1].astype(np.float64)
    y = y - y.mean()
    return np.asarray(np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], 1))


@lru_cache(maxsize=1)
def flat() -> tuple[Floats, Floats]:
    """(v, 3) directions out of an egg instead of the skin, and (v,) 0 to 1 how much a face is lit by them: so nose,
    lips and brows throw no dirty shades."""
    own = mesh()
    at = own.points
    egg = unit((at - CENTRE) / (RADII * [1.0, 1.5, 1.0]) ** 2)
    low = 0.628 + 0.5 * np.clip(0.125 - at[:, 2], 0, 1)
    share = np.clip((at[:, 1] - low) / 0.02, 0, 1) * (np.abs(at[:, 0]) < 0.075) * (at[:, 2] > 0.045)
    nose = np.exp(-((at[:, 0] / 0.012) ** 2) - ((at[:, 1] - 0.693) / 0.014) ** 2)
    return np.asarray(egg, np.float32), np.asarray(0.92 * share * (1 - 0.25 * nose), np.float32)


def head_labels(out: NDArray[np.uint8], shell: NDArray[np.integer], at: Floats, head: DrawnHead | None) -> None:
    """Write the labels (n,) of what is head into ``out``; ``at`` (n, 8)."""
    x, y, z = np.abs(at[:, X]), at[:, Y], at[:, Z]
    skin_ = (shell == Shell.BODY) & (at[:, ON_ARM] < 0.3)
    if head is None:
        out[skin_ & ((y > 0.645) | (z > 0.088) & (y > 0.585))] = Label.NOTHING
    else:
        mouth = (x < 0.035) & (np.abs(y - MOUTH) < 0.03) & (z > 0.03)
        out[skin_ & ((y > 0.622 + 0.55 * np.clip(0.12 - z, 0, 1)) | mouth)] = Label.FACE
        out[shell == Shell.EYES] = Label.FACE
        out[skin_ & bearded(head.beard, x, y, z)] = Label.HAIR
    out[shell == Shell.HAIR] = Label.HAIR


def bearded(kind: str, x: Floats, y: Floats, z: Floats) -> NDArray[np.bool_]:
    """Whether a beard covers points of the base shape's skin (n,); ``x`` is the distance from the middle."""
    lip = (np.abs(y - 0.6765 + 9 * x**2) < 0.0055) & (x < 0.03) & (z > 0.12)
    if kind in ("", "moustache"):
        return np.asarray(lip & (kind != ""))
    cheek = 0.652 + 0.035 * np.clip((x - 0.025) / 0.03, 0, 1) + 0.03 * np.clip((0.10 - z) / 0.05, 0, 1)
    mouth = np.hypot(x / 0.03, (y - MOUTH) / 0.013) < 1
    jaw = (
        (y < cheek) & (y > 0.6) & (z > 0.052 + 0.3 * np.clip(0.67 - y, 0, 1)) & (x < 0.078) & ((z > 0.1) | (y > 0.625))
    )
    beside = (z > 0.045) & (z < 0.075) & (y > 0.64) & (y < 0.73) & (x > 0.055) & (x < 0.074)
    return np.asarray((jaw & ~mouth) | lip | beside)
