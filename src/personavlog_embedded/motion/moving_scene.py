"""A stage's layers made into cut-outs: merged where they move alike, cut out, given their plane and their own life."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Box, Pixels
from personavlog_embedded.motion import scenery_motion, standing_body
from personavlog_embedded.motion.air import airs
from personavlog_embedded.motion.face_motion import moving_face
from personavlog_embedded.motion.instructions import Instructions
from personavlog_embedded.motion.layer_plane import Edges, LayerPlane, Span
from personavlog_embedded.motion.mesh import Field, MovingLayer, Retouch, blend, cropped, premultiplied
from personavlog_embedded.motion.moving_kinds import HOT, life
from personavlog_embedded.motion.moving_things import alive, rained_on, steaming
from personavlog_embedded.motion.redrawn import Redrawn
from personavlog_embedded.motion.weather import Air
from personavlog_embedded.scene.stage import Layer, Stage, joined

ALIKE = 0.012
"""Layers whose nearness differs by less move together; over a full margin that is less than one px."""
FLAT = ("ground", "water")


@dataclass(frozen=True)
class MovingScene:
    """Cut-outs from far to near. The air ``behind`` is drawn just before cut-out ``person_at``, that ``before`` after
    all, that ``outside`` after ``outside_at``.

    ``pivot`` is the subject's nearness, ``aim`` where it is, px from the frame's centre. ``redrawn`` are its figures.
    """

    cutouts: tuple[MovingLayer, ...]
    edges: tuple[Edges, ...]
    person_at: int
    pivot: float
    behind: tuple[Air, ...]
    before: tuple[Air, ...]
    outside: tuple[Air, ...] = ()
    outside_at: int = -1
    redrawn: Redrawn | None = None
    aim: tuple[float, float] = (0.0, 0.0)


def moving_scene(stage: Stage, instructions: Instructions) -> MovingScene:
    """All cut-outs of a stage, with the air between them."""
    redrawn = Redrawn(stage, instructions) if stage.cast else None
    layers = _merged(_shown(stage, redrawn))
    subject = _subject(layers)
    stiff = [_cutout(layer, layers, stage, instructions, subject) for layer in layers]
    stiff[0] = _backed(stiff[0], layers[0])
    edges = tuple(_edges(cutout, stage) for cutout, layer in zip(stiff, layers, strict=True) if not layer.follows)
    groups = [_living(cutout, layer, stage, instructions, redrawn) for cutout, layer in zip(stiff, layers, strict=True)]
    air = airs(stage, instructions)
    person_at = next((i for i, layer in enumerate(layers) if layer.kind == "person"), len(layers) - 1)
    pivot = 1 - next((layer.depth for layer in layers if layer.kind == "person"), 0.5)
    return MovingScene(
        cutouts=tuple(cutout for group in groups for cutout in group),
        edges=edges,
        person_at=sum(len(group) for group in groups[:person_at]),
        pivot=pivot,
        behind=air.behind,
        before=air.before,
        outside=air.outside,
        outside_at=sum(len(group) for group in groups[: _outside(layers)]) - 1,
        redrawn=redrawn,
        aim=_aim(stage, subject),
    )


def _living(
    cutout: MovingLayer, layer: Layer, stage: Stage, instructions: Instructions, redrawn: Redrawn | None
) -> list[MovingLayer]:
    """The cut-outs that a layer becomes: one that is drawn again, several things, or one with what rises from it."""
    rng = np.random.default_rng([instructions.seed, 7, zlib.crc32(layer.name.encode()), cutout.x])
    if "shadow" in layer.name and not layer.follows:
        return [cutout]
    if layer.follows:
        held = _held(cutout, layer, instructions, rng)
        return [held if redrawn is None else redrawn.layer(held, layer)]
    kind = life(layer)
    if kind is None or kind == "cloud" or cutout.opaque:
        return [rained_on(cutout, layer, stage, instructions, rng)]
    return alive(cutout, kind, layer, stage, instructions, rng)


def _held(cutout: MovingLayer, layer: Layer, instructions: Instructions, rng: np.random.Generator) -> MovingLayer:
    """A cup in the hand steams as well."""
    return steaming(cutout, instructions, rng) if layer.kind != "person" and HOT.search(layer.name) else cutout


def _outside(layers: list[Layer]) -> int:
    """How many of the layers, far ones first, are seen through a window."""
    return next((number for number, layer in enumerate(layers) if layer.kind not in ("sky", "far")), len(layers))


def _shown(stage: Stage, redrawn: Redrawn | None) -> list[Layer]:
    """The layers that show something in any frame."""
    missing = [] if redrawn is None else list(redrawn.missing())
    layers = [layer for layer in stage.layers if layer.rgba[..., 3].any() or layer.follows == "figures"]
    return [each for layer in layers for each in (layer, *(over for below, over in missing if below == layer.name))]


def _merged(layers: list[Layer]) -> list[Layer]:
    """Neighbours at the same depth without a life of their own drawn into one."""
    done: list[Layer] = []
    for layer in layers:
        last = done[-1] if done else None
        if last is not None and abs(last.depth - layer.depth) < ALIKE and _lifeless(last) and _lifeless(layer):
            done[-1] = replace(last, name=f"{last.name}+{layer.name}", rgba=joined(last.rgba, layer.rgba))
        else:
            done.append(layer)
    return done


def _lifeless(layer: Layer) -> bool:
    return (
        layer.kind not in ("person", "sky", *FLAT)
        and not layer.follows
        and "shadow" not in layer.name
        and not _moves(layer)
    )


def _moves(layer: Layer) -> bool:
    return scenery_motion.grows(layer) or life(layer) is not None


def _subject(layers: list[Layer]) -> Box | None:
    """The box of all person layers together, in canvas px."""
    boxes = [_box(layer) for layer in layers if layer.kind == "person"]
    if not boxes:
        return None
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def _box(layer: Layer) -> Box:
    x, y, w, h = cv2.boundingRect(layer.rgba[..., 3])
    return float(x), float(y), float(x + w), float(y + h)


def _cutout(
    layer: Layer, layers: list[Layer], stage: Stage, instructions: Instructions, subject: Box | None
) -> MovingLayer:
    pixels, x, y = cropped(layer.rgba)
    plane = _ground(layer, layers, stage, subject) if layer.kind in FLAT else LayerPlane(_nearness(layer))
    rng = np.random.default_rng([instructions.seed, 2])
    fields, plane = _life(layer, plane, stage, instructions, subject, rng)
    retouches: tuple[Retouch, ...] = ()
    if stage.face is not None and (
        layer.follows == layer.name == "head" or (layer.kind == "person" and not layer.follows)
    ):
        living = moving_face(pixels, (x, y), stage.face, instructions)
        if living is not None:  # The solid head takes the place of the flat one and its jaw.
            retouches, fields = (living.retouch,), (*fields[:2], living.turning)
    sampling = cv2.INTER_CUBIC if layer.kind == "person" or layer.follows else cv2.INTER_LINEAR
    return MovingLayer(
        pixels, x, y, plane, fields, retouches, cell=4 if layer.kind == "water" else 16, sampling=sampling
    )


def _nearness(layer: Layer) -> float:
    return float(np.clip(1 - layer.depth, 0, 1))


def _ground(layer: Layer, layers: list[Layer], stage: Stage, subject: Box | None) -> LayerPlane:
    """The plane through the foot of what stands behind it and, where they are seen, through the person's feet."""
    centre = stage.margin + stage.height / 2
    _, top, _, bottom = _box(layer)
    behind = [other for other in layers[: layers.index(layer)] if other.kind not in FLAT]
    far = min(_nearness(behind[-1]) if behind else 0.0, _nearness(layer))
    near, row = _nearness(layer), (top + bottom) / 2
    person_layer = next((other for other in layers if other.kind == "person"), None)
    if layer.kind == "ground" and subject is not None and person_layer is not None:
        near, row = (
            max(_nearness(person_layer), far),
            max(min(subject[3], stage.margin + stage.height + 0.5 * stage.height), top + 40),
        )
    slope = max(near - far, 0.0) / max(row - top, 1.0)
    slope = min(slope, (1.2 - far) / max(bottom - top, 1.0))
    return LayerPlane(far - slope * (top - centre), slope)


def _life(
    layer: Layer,
    plane: LayerPlane,
    stage: Stage,
    instructions: Instructions,
    subject: Box | None,
    rng: np.random.Generator,
) -> tuple[tuple[Field, ...], LayerPlane]:
    """How the layer moves by itself, and its plane with the margin that this needs."""
    temper, box = instructions.temper, _box(layer)
    canvas = (stage.width + 2 * stage.margin, stage.height + 2 * stage.margin)
    if layer.follows and layer.name == "contact shadow":
        return (), plane
    if (layer.follows or layer.kind == "person") and subject is not None:
        fields = _human(stage, instructions, subject, rng)
        return fields if layer.follows in ("", "head") else fields[:2], plane
    if life(layer) == "cloud" or (
        layer.kind == "sky" and instructions.outdoors and not any(life(other) == "cloud" for other in stage.layers)
    ):
        seconds = instructions.frames / instructions.fps
        reach = min(9.0 * temper.wind * seconds, 0.35 * stage.margin)
        return (scenery_motion.drift(rng.choice([-1.0, 1.0]) * reach / seconds),), replace(plane, reserve=reach + 4)
    if layer.kind == "water":
        return (scenery_motion.shimmer(box, 0.7 + 0.3 * temper.wind, rng),), replace(plane, reserve=10)
    if scenery_motion.grows(layer) and life(layer) is None:
        return (
            scenery_motion.wind(box, canvas, temper.wind, np.random.default_rng([instructions.seed, 3, round(box[0])])),
        ), plane
    return (), plane


def _human(stage: Stage, instructions: Instructions, subject: Box, rng: np.random.Generator) -> tuple[Field, ...]:
    body, strength = standing_body.StandingBody.measure(subject, stage.face), instructions.temper.person
    fields: list[Field] = [
        standing_body.breath(body, strength, rng),
        standing_body.sway(body, strength, rng),
        standing_body.head(body, strength, rng),
    ]
    if instructions.voice is not None and stage.face is not None:
        fields.append(standing_body.jaw(stage.face, instructions.voice, instructions.fps))
    return tuple(fields)


def _aim(stage: Stage, subject: Box | None) -> tuple[float, float]:
    """The middle of a person who is whole in the frame, else the face; the frame's centre where there is nobody."""
    if subject is None:
        return 0.0, 0.0
    m, (x0, y0, x1, y1) = stage.margin, subject
    if y1 > m + stage.height and stage.face is not None:
        x0, y0, x1, y1 = stage.face.box
    x, y = np.clip(((x0 + x1) / 2 - m) / stage.width, 0, 1), np.clip(((y0 + y1) / 2 - m) / stage.height, 0, 1)
    return float(x - 0.5) * stage.width, float(y - 0.5) * stage.height


def _edges(cutout: MovingLayer, stage: Stage) -> Edges:
    """The parts of the canvas edge that the cut-out runs into."""
    alpha, m = np.asarray(cutout.pixels[..., 3] > 8), stage.margin
    h, w = alpha.shape
    x0, y0 = cutout.x - m - stage.width / 2, cutout.y - m - stage.height / 2
    spans = (
        _span(alpha[:, :2].max(axis=1), y0) if cutout.x <= 0 else None,
        _span(alpha[:, -2:].max(axis=1), y0) if cutout.x + w >= stage.width + 2 * m else None,
        _span(alpha[:2].max(axis=0), x0) if cutout.y <= 0 else None,
        _span(alpha[-2:].max(axis=0), x0) if cutout.y + h >= stage.height + 2 * m else None,
    )
    return Edges.touching(cutout.plane, stage.width, stage.height, m, spans)


def _span(touched: NDArray[np.bool_], start: float) -> Span:
    """From where to where, in px from the frame's centre."""
    found = np.flatnonzero(touched)
    return (start + float(found[0]), start + float(found[-1] + 1)) if len(found) else None


def _backed(cutout: MovingLayer, layer: Layer) -> MovingLayer:
    """The farthest cut-out made opaque and canvas-sized: its holes take the colours around them, so that no gap ever
    shows black."""
    pixels = premultiplied(layer.rgba)
    if (layer.rgba[..., 3] < 255).any():
        pixels = _filled(pixels)
    return replace(cutout, pixels=pixels, x=0, y=0, opaque=True)


def _filled(pixels: Pixels) -> Pixels:
    under = np.zeros(pixels.shape, np.float32)
    for sigma in (120, 40, 12, 4):
        step = max(sigma // 4, 1)
        small = cv2.resize(pixels, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA).astype(np.float32)
        blurred = cv2.resize(cv2.GaussianBlur(small, (0, 0), sigma / step), (pixels.shape[1], pixels.shape[0]))
        trust = np.clip(blurred[..., 3:] / 64, 0, 1)
        under = under * (1 - trust) + trust * blurred * 255 / np.maximum(blurred[..., 3:], 1)
    opaque = np.clip(under, 0, 255).astype(np.uint8)
    opaque[..., 3] = 255
    blend(opaque, pixels)
    return opaque
