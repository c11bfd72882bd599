"""Clothes: shells around the body at rest, and what is cut out of them, decided at every point of the bare mesh."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from personavlog_embedded.figure.head import HeadSheet, faced
from personavlog_embedded.figure.headwear import head_and_hat_labels, head_sheets
from personavlog_embedded.figure.label import ARM_T, LEG_T, ON_ARM, Label, Shell, X, Y, Z
from personavlog_embedded.figure.limbs import LEG, along, charts
from personavlog_embedded.figure.mesh import Floats, Indices, mesh
from personavlog_embedded.figure.outfit import DrawnHead, Outfit
from personavlog_embedded.figure.shape import Bare, Shape, bare
from personavlog_embedded.figure.surface import normals, smooth


@dataclass(frozen=True, eq=False)
class Layer:
    """``points`` (v, 3) of the whole mesh at rest, the faces (n, 4) that are worn, and which sheet they are."""

    points: Floats
    quads: Indices
    shell: Shell


@dataclass(frozen=True, eq=False)
class Dressed:
    """A shape in its clothes at rest; ``reach`` (v,) is how far a point's neighbours are, m."""

    body: Bare
    outfit: Outfit
    head: DrawnHead | None
    layers: tuple[Layer, ...]
    reach: Floats
    sheets: tuple[HeadSheet, ...] = ()


@lru_cache(maxsize=8)
def dressed(shape: Shape, outfit: Outfit, head: DrawnHead | None, head_size: float = 1.0) -> Dressed:
    """What stays the same from pose to pose; 0.16 s."""
    own, body = mesh(), bare(shape)
    under, over = _rest(body, outfit)
    masks = _masks()
    legs = (
        masks["bare"]
        if not outfit.long or outfit.skirt is not None or outfit.top == "dress"
        else np.zeros(len(own.quads), bool)
    )
    layers = [
        Layer(under, own.quads[masks["body"] | legs], Shell.BODY),
        Layer(under, own.quads[masks["low"]], Shell.LOW),
        Layer(over, own.quads[masks["top"]], Shell.UPPER),
    ]
    if outfit.skirt is not None or outfit.top in ("coat", "dress"):
        layers.append(Layer(_skirt(body, over), own.quads[own.of("skirt")], Shell.SKIRT))
    if head is not None:
        bare_head = faced(body, under, head.beard)
        layers[0] = Layer(bare_head, layers[0].quads, Shell.BODY)
        layers.append(Layer(bare_head, own.quads[own.of("left eye", "right eye")], Shell.EYES))
    reach = np.linalg.norm(body.points[own.near] - body.points[:, None], axis=2).mean(1)
    return Dressed(
        body, outfit, head, tuple(layers), np.maximum(reach, 1e-6), head_sheets(body, outfit.hat, head, head_size)
    )


@lru_cache(maxsize=1)
def _masks() -> dict[str, NDArray[np.bool_]]:
    """Which faces are head and hands, bare limbs, trousers and top."""
    own, c = mesh(), charts()
    q, at = own.quads, c.at
    arm = c.on_arm[q].mean(1)
    x, y = np.abs(own.points[q][:, :, 0].mean(1)), own.points[q][:, :, 1].mean(1)
    skin, tights = own.of("body"), own.of("tights")
    return {
        "body": skin & ((c.arm[q].mean(1) > 1.5) & (arm > 0.5) | (y > 0.44) & (arm < 0.5) & ((y > 0.55) | (x < 0.07))),
        "bare": skin & ((arm > 0.3) | (c.leg[q].mean(1) > 0.6)),
        "low": tights & (arm < 0.3) & (y < at["spine03"][1]),
        "top": tights & ((arm > 0.3) | (y > at["upperleg01.L"][1] - 0.09)),
    }


def _rest(body: Bare, outfit: Outfit) -> tuple[Floats, Floats]:
    """The shape with ease in the clothes: what lies under, and the top over it."""
    own, c, shape = mesh(), charts(), body.points
    size = body.tall / 1.65
    n = normals(shape, own.quads)
    cloth = np.zeros(len(shape), bool)
    cloth[np.unique(own.quads[own.of("tights")])] = True
    taut = smooth(shape, own.near, 30)
    inside = ((shape - taut) * n).sum(1).clip(0)
    torso = cloth & (c.on_arm < 0.5) & (c.on_leg < 0.6)
    out = shape.copy()
    out[torso] = (taut + n * inside[:, None])[torso]
    out = np.where(torso[:, None], smooth(out, own.near, 9), out)
    t, foot, away = along(shape, body.heads, LEG)
    wide = np.interp(t, [0, 0.25, 1, 1.5, 2], [0, 0.09, 0.067, 0.067, 0.072]) * size
    ease = np.interp(t, [0, 0.5, 1, 1.5, 2], [0.004, 0.01, 0.012, 0.008, 0.012]) * size
    hem = np.interp(own.points[:, 2], [-0.06, 0.02, 0.06, 0.2], [-0.778, -0.772, -0.762, 0.0])
    leg = cloth & (c.on_leg > 0.5) & (own.points[:, 1] > hem) & (c.leg < 2.23)
    factor = np.maximum(away + ease, wide) / np.maximum(away, 1e-4)
    out[leg] = (foot + (shape - foot) * factor[:, None])[leg]
    shoe = cloth & (c.on_leg > 0.5) & ~leg & (c.on_foot > 0.4)
    out[shoe] += (n * [0.008, 0.004, 0.008] * size)[shoe]
    floor = float(np.min(shape[np.unique(own.quads[own.of("body")]), 1])) - 0.018 * size
    low = shoe & (shape[:, 1] < floor + 0.045 * size)
    out[low, 1] = floor + np.minimum((shape[low, 1] - floor - 0.018 * size) * 0.3, 0.004)
    arm = cloth & (c.on_arm > 0.3)
    out[arm] += (n * np.interp(c.arm, [-0.3, 0.3, 1, 1.6, 2], [0.006, 0.012, 0.013, 0.014, 0.017])[:, None] * size)[arm]
    over, at, coat = out.copy(), c.at, outfit.top == "coat"
    levels = [
        at["upperleg01.L"][1] - 0.08,
        at["spine04"][1],
        at["spine02"][1],
        at["neck01"][1] - 0.05,
        at["neck01"][1] + 0.02,
    ]
    drop = np.interp(own.points[:, 1], levels, [0.022, 0.015, 0.014, 0.011, 0.009])
    trunk = cloth & (c.on_arm < 0.6)
    over[trunk] += (n * drop[:, None] * size * (2.0 if coat else 1.0))[trunk]
    hips = trunk & (own.points[:, 1] < at["spine04"][1])
    over = np.where(hips[:, None], smooth(over, own.near, 8), over)
    if coat:
        over[arm] += (n * 0.009 * size)[arm]
    return np.asarray(out, np.float32), np.asarray(over, np.float32)


def _skirt(body: Bare, rest: Floats) -> Floats:
    """The helper skirt, pushed out of the hips and a little wider below."""
    own, c = mesh(), charts()
    axis = (body.heads[own.bones.index("root")] * [1, 0, 1])[None]
    down = np.clip((c.at["upperleg01.L"][1] + 0.1 - own.points[:, 1:2]) / 0.7, 0, 1)
    out = rest.copy()
    out[:, [0, 2]] = (axis + (rest - axis) * (1.05 + 0.1 * down))[:, [0, 2]]
    return out


def labels(shell: NDArray[np.integer], at: Floats, worn: Dressed) -> NDArray[np.uint8]:
    """(n,) ``Label``: what is seen at points of these sheets (n,), known by ``at`` (n, 8)."""
    outfit, head, joints = worn.outfit, worn.head, charts().at
    x, y, z, arm, leg, on_arm = np.abs(at[:, X]), at[:, Y], at[:, Z], at[:, ARM_T], at[:, LEG_T], at[:, ON_ARM]
    sleeve, ankle = (1.93, 2.2) if outfit.long else (0.75, 2.2)
    coat, skirt = outfit.top == "coat", outfit.skirt is not None or outfit.top == "dress"
    neck, hip = joints["neck01"], joints["upperleg01.L"]
    out = np.full(len(shell), Label.SKIN, np.uint8)
    collar = 0.586 - 0.32 * z
    throat = (y > collar) & (x < 0.12)
    s = shell == Shell.BODY
    head_and_hat_labels(out, shell, at, head, outfit.hat)
    out[s & (on_arm < 0.3) & (y < collar - 0.012) & (y > 0.3)] = Label.NOTHING
    out[s & (on_arm > 0.4) & (arm < sleeve - 0.05)] = Label.NOTHING
    s = shell == Shell.LOW
    out[s] = Label.LEGS
    out[s & ((y > hip[1] + 0.16) | (on_arm > 0.4))] = Label.NOTHING
    out[s & (leg > ankle) & (y < hip[1])] = Label.SKIN
    shoe = s & (y < np.interp(z, [-0.06, 0.02, 0.06, 0.2], [-0.778, -0.772, -0.762, 0.0]))
    out[shoe] = Label.SHOE
    out[shoe & (y < -0.806)] = Label.SOLE
    if skirt:
        out[s & ~shoe & (y > hip[1] - 0.64)] = Label.NOTHING
    s = shell == Shell.UPPER
    out[s] = Label.OVER if coat else Label.TOP
    out[s & throat] = Label.NOTHING
    out[s & (on_arm > 0.4) & (arm > sleeve)] = Label.NOTHING
    out[s & (on_arm < 0.4) & (y < hip[1] + (0.075 if skirt else -0.03))] = Label.NOTHING
    if coat:
        out[s & (z > 0) & (x < 0.008 + 0.045 * np.clip((y - neck[1] + 0.28) / 0.25, 0, 1)) & (on_arm < 0.3)] = Label.TOP
    s = shell == Shell.SKIRT
    out[s] = Label.OVER
    out[s & ((y < (hip[1] - 0.36 if coat else -9)) | (y > hip[1] + (0.09 if skirt else -0.012)))] = Label.NOTHING
    return out
