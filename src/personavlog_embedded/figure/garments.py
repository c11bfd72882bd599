"""Clothes: shells around the body at rest, and what hangs from the waist; ``cuts`` says what is cut out of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from personavlog_embedded.figure.cuts import SKIRT_HEM, Garment, cut, garment, neckline
from personavlog_embedded.figure.fit import draped, shod, taut, tubes
from personavlog_embedded.figure.hanging import Hanging
from personavlog_embedded.figure.head import HeadSheet, faced
from personavlog_embedded.figure.headwear import head_and_hat_labels, head_sheets
from personavlog_embedded.figure.label import Shell
from personavlog_embedded.figure.limbs import charts
from personavlog_embedded.figure.mesh import Floats, Indices, mesh
from personavlog_embedded.figure.outfit import DrawnHead, Outfit
from personavlog_embedded.figure.shape import Bare, Shape, bare
from personavlog_embedded.figure.surface import normals

SOCK, WIDEST = -0.77, 0.48
"""Heights on the bare mesh: under which shoes hide the foot, and from which tops hang."""


@dataclass(frozen=True, eq=False)
class Layer:
    """``points`` (v, 3) of the whole mesh at rest, the faces (n, 4) that are worn, and which sheet they are."""

    points: Floats
    quads: Indices
    shell: Shell


@dataclass(frozen=True, eq=False)
class Dressed:
    """A shape in its clothes at rest; what of them is ``hanging`` around the ``outer`` (v, 3) cloth; ``size`` is
    height against the base shape's."""

    body: Bare
    outfit: Outfit
    head: DrawnHead | None
    layers: tuple[Layer, ...]
    outer: Floats
    hanging: tuple[Hanging, ...]
    size: float
    sheets: tuple[HeadSheet, ...] = ()


@lru_cache(maxsize=8)
def dressed(shape: Shape, outfit: Outfit, head: DrawnHead | None, head_size: float = 1.0) -> Dressed:
    """What stays the same from pose to pose; 0.16 s."""
    own, body, kind = mesh(), bare(shape), garment(outfit.top)
    size = body.tall / 1.65
    under, over = _rest(body, outfit, kind, size)
    masks = _masks()
    limbs = np.zeros(len(own.quads), bool)
    limbs |= masks["arms"] if not outfit.long else False
    limbs |= masks["legs"] if bare_legged(outfit) else False
    layers = [
        Layer(under, own.quads[masks["body"] | limbs], Shell.BODY),
        Layer(under, own.quads[masks["low"]], Shell.LOW),
        Layer(over, own.quads[masks["top"]], Shell.UPPER),
    ]
    if head is not None:
        bare_head = faced(under, head.beard)
        layers[0] = Layer(bare_head, layers[0].quads, Shell.BODY)
        layers.append(Layer(bare_head, own.quads[own.of("left eye", "right eye")], Shell.EYES))
    sheets = head_sheets(body, outfit.hat, head, head_size)
    hanging = _hanging(outfit, kind)
    return Dressed(body, outfit, head, tuple(layers), over, hanging, size, sheets)


def bare_legged(outfit: Outfit) -> bool:
    """Whether skin is seen below the knee."""
    return outfit.shorts or outfit.skirt is not None or outfit.top == "dress"


def _hanging(outfit: Outfit, kind: Garment) -> tuple[Hanging, ...]:
    out = []
    if outfit.skirt is not None:
        out.append(Hanging(Shell.SKIRT, SKIRT_HEM, 0.07, 0.006))
    if kind.tails < 1:
        shell = Shell.SKIRT if outfit.top == "dress" else Shell.TAILS
        out.append(Hanging(shell, kind.tails, kind.flare + 0.04 * (outfit.skirt is not None), 0.004))
    if outfit.apron is not None:
        out.append(Hanging(Shell.APRON, -0.3, max([0.02, *(one.flare for one in out)]) + 0.015, 0.014))
    return tuple(out)


@lru_cache(maxsize=1)
def _masks() -> dict[str, NDArray[np.bool_]]:
    """Which faces are head and hands, bare limbs, trousers and top."""
    own, c = mesh(), charts()
    q, at = own.quads, c.at
    arm = c.on_arm[q].mean(1)
    x, y = np.abs(own.points[q][:, :, 0].mean(1)), own.points[q][:, :, 1].mean(1)
    skin, tights = own.of("body"), own.of("tights")
    throat = (y > 0.44) & (arm < 0.5) & ((y > 0.55) | (x < 0.07))
    return {
        "body": skin & ((c.arm[q].mean(1) > 1.5) & (arm > 0.5) | throat),
        "arms": skin & (arm > 0.3),
        "legs": skin & (arm < 0.3) & (y < 0) & (y > SOCK),
        "low": tights & (arm < 0.3) & (y < at["spine03"][1]),
        "top": tights & ((arm > 0.3) | (y > at["upperleg01.L"][1] - 0.09)),
    }


def _rest(body: Bare, outfit: Outfit, kind: Garment, size: float) -> tuple[Floats, Floats]:
    """The shape with ease in the clothes: what lies under, and the top over it."""
    own, c = mesh(), charts()
    cloth = np.zeros(len(own.points), bool)
    cloth[np.unique(own.quads[own.of("tights")])] = True
    n = normals(body.points, own.quads)
    under = taut(body.points, n, cloth & (c.on_arm < 0.5) & (c.on_leg < 0.6), kind.bulk * size)
    bare = bare_legged(outfit) and not outfit.boots
    under = tubes(under, body, cloth, size, kind.bulk + 0.008 * outfit.boots, bare)
    under = shod(under, body, cloth)
    under += n * (_limb_ease(cloth, outfit, kind) * size)[:, None]
    trunk = cloth & (c.on_arm < 0.6)
    over = draped(under + n * (_trunk_ease(kind) * trunk * size)[:, None], trunk & (own.points[:, 1] < WIDEST))
    over += n * (_neck_ease(outfit, kind) * trunk * size)[:, None]
    under += n * (_scarf_ease(outfit) * ~cloth * (own.points[:, 2] < 0.09) * size)[:, None]
    return np.asarray(under, np.float32), np.asarray(over, np.float32)


def _limb_ease(cloth: NDArray[np.bool_], outfit: Outfit, kind: Garment) -> Floats:
    """(v,) m: sleeves, and gloves on hands."""
    c = charts()
    sleeve = np.interp(c.arm, [-0.3, 0.3, 1, 1.6, 2], [0.5, 0.9, 1, 1.1, 1.3]) * kind.arm * (c.on_arm > 0.3)
    glove = 0.003 * ((c.arm > 1.85) & (c.on_arm > 0.5)) * (outfit.gloves is not None)
    return np.asarray(np.where(cloth, sleeve, glove), np.float32)


def _trunk_ease(kind: Garment) -> Floats:
    """(v,) m: tops hang looser below; what ends there stands off the trousers."""
    y = mesh().points[:, 1]
    share = np.interp(y, [-0.03, 0.12, 0.54, 0.61], [1.2, 1, 0.75, 0.6])
    return np.asarray(share * kind.ease + 0.012 * (kind.tails == 1) * (y < 0.2), np.float32)


def _neck_ease(outfit: Outfit, kind: Garment) -> Floats:
    """(v,) m: collars, hoods and scarfs."""
    x, y, z = mesh().points.T
    hood = np.clip(1 - (x / 0.12) ** 2, 0, 1) * np.interp(y, [0.38, 0.46, 0.58, 0.62], [0, 1, 1, 0]) * (z < 0.01)
    collar = 0.006 * (y > neckline(kind, x, z) - kind.collar)
    return np.asarray(0.05 * hood * kind.hood + collar + _scarf_ease(outfit), np.float32)


def _scarf_ease(outfit: Outfit) -> Floats:
    thick = np.interp(mesh().points[:, 1], [0.5, 0.55, 0.62, 0.635], [0.008, 0.02, 0.016, 0])
    return np.asarray(
        thick * (mesh().points[:, 1] > 0.5) * (charts().on_arm < 0.3) * (outfit.scarf is not None), np.float32
    )


def labels(shell: NDArray[np.integer], at: Floats, worn: Dressed) -> NDArray[np.uint8]:
    """(n,) ``Label``: what is seen at points of these sheets (n,), known by ``at`` (n, 8)."""
    out = cut(shell, at, worn.outfit)
    head_and_hat_labels(out, shell, at, worn.head, worn.outfit.hat)
    return out
