"""Where every point of the bare mesh lies along arms and legs: what garments are cut by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from personavlog_embedded.figure.geometry import Vectors
from personavlog_embedded.figure.mesh import Floats, mesh

ARM = ("upperarm01", "lowerarm01", "wrist")
LEG = ("upperleg01", "lowerleg01", "foot")


def along(points: Floats, heads: Floats, chain: tuple[str, ...]) -> tuple[Floats, Floats, Floats]:
    """(v,) how far along a chain of joints (0 at the first, 1 at the second, ...), (v, 3) the nearest point of its
    axis, (v,) its distance; of the nearer side."""
    at = dict(zip(mesh().bones, heads, strict=True))
    best: tuple[Floats, Floats, Floats] | None = None
    for side in "LR":
        joints = [at[f"{bone}.{side}"] for bone in chain]
        for k in range(len(joints) - 1):
            way = joints[k + 1] - joints[k]
            t = np.clip((points - joints[k]) @ way / (way @ way), 0 if k else -3, 1 if k < len(joints) - 2 else 2)
            foot = joints[k] + t[:, None] * way
            away = np.linalg.norm(points - foot, axis=1)
            new = (k + t, foot, away)
            if best is None:
                best = new
            else:
                nearer = away < best[2]
                best = (
                    np.where(nearer, new[0], best[0]),
                    np.where(nearer[:, None], foot, best[1]),
                    np.where(nearer, away, best[2]),
                )
    assert best is not None
    return best


@dataclass(frozen=True, eq=False)
class Charts:
    """(v,) each: ``arm`` and ``leg`` along the limb (0 at shoulder or hip, 1 at elbow or knee, 2 at wrist or ankle);
    how much a point is ``on_arm``, ``on_leg``, ``on_foot``, ``on_head``; ``at`` are the joints of the base shape."""

    arm: Floats
    leg: Floats
    on_arm: Floats
    on_leg: Floats
    on_foot: Floats
    on_head: Floats
    at: dict[str, Vectors]


@lru_cache(maxsize=1)
def charts() -> Charts:
    """Of the base shape."""
    own = mesh()
    heads = np.array([own.points[pair[0]].mean(0) for pair in own.ends], np.float32)
    return Charts(
        along(own.points, heads, ARM)[0],
        along(own.points, heads, LEG)[0],
        own.hangs_on("upperarm", "lowerarm", "wrist", "finger", "metacarpal"),
        own.hangs_on("upperleg", "lowerleg", "foot", "toe"),
        own.hangs_on("foot", "toe"),
        own.hangs_on(
            "head",
            "jaw",
            "neck02",
            "neck03",
            "special",
            "levator",
            "orb",
            "ocul",
            "oris",
            "risor",
            "tempor",
            "tongue",
            "eye",
        ),
        dict(zip(own.bones, heads, strict=True)),
    )


@lru_cache(maxsize=1)
def landmarks() -> dict[str, int]:
    """The points of chin and crown."""
    points, body = mesh().points, mesh().skin
    middle = body[np.abs(points[body, 0]) < 0.003]
    low = middle[(points[middle, 1] > 0.585) & (points[middle, 2] > 0.11)]
    return {
        "chin": int(low[points[low, 1].argmin()]),
        "crown": int(middle[points[middle, 1].argmax()]),
    }
