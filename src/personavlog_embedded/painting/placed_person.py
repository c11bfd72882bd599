"""The person placed on a keyframe's canvas: posed, dressed and with the face that the board asks for, or as in the
photo; and who is with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Box, Pixels
from personavlog.script import Framing
from personavlog_embedded.body import placing
from personavlog_embedded.body.actor import Actor
from personavlog_embedded.body.acts import row_of
from personavlog_embedded.body.build import shape_of
from personavlog_embedded.body.cast import DEPTH, HANDS, Cast, Drawn, Mark, Sprite, drawn, head_mark, lit, shade_layer
from personavlog_embedded.body.chest import chest_of
from personavlog_embedded.body.companion import together_with
from personavlog_embedded.body.figure import Figure, face_on_canvas, on_canvas
from personavlog_embedded.body.ground_shadow import shadow_under
from personavlog_embedded.body.head_layer import placed_head
from personavlog_embedded.body.staging import Staged, facing, posing, staged
from personavlog_embedded.body.sunlight import sun_of
from personavlog_embedded.body.wardrobe import dressed
from personavlog_embedded.face import mood
from personavlog_embedded.face.acting import with_expression
from personavlog_embedded.face.resting import fitted, resting
from personavlog_embedded.figure.outfit import Colour
from personavlog_embedded.figure.posed_figure import Standing, standing
from personavlog_embedded.figure.shot import Block, Shot
from personavlog_embedded.painting.backdrop import Backdrop
from personavlog_embedded.scene.expression import AS_IN_PHOTO, Expression
from personavlog_embedded.scene.grip import Grip
from personavlog_embedded.scene.keyframe_spec import KeyframeSpec
from personavlog_embedded.scene.stage import FacePoints, Layer
from personavlog_embedded.style.scene_effects import SceneAir

HIGHEST_TABLE, LOWEST_TABLE = 0.66, 0.9
"""Between which rows a table begins before who works at one, as shares of the frame's height."""
INK = 0.0022
"""Width of the pen over the frame's unit."""
BENCH = (0.62, 0.24)
"""Half a bench's width and depth, m."""
UNDER = 0.1
"""Metres from the hip joints down to what is sat on."""
MATERIALS = {"wood": (0.55, 0.40, 0.27), "stone": (0.58, 0.56, 0.52), "cloth": (0.42, 0.50, 0.52)}


@dataclass(frozen=True)
class PlacedPerson:
    """Layers, far to near. ``front_top`` is the px row where something must begin before them, None where nothing must.
    ``seat`` is where one who sits touches the seat, ``feet`` the row where a whole person stands. ``away`` tells
    that they are seen from behind, ``invented`` what they wear that no photo shows; ``others`` are boxes of who is
    with them, ``parts`` as in ``Stage``."""

    layers: list[Layer]
    face: FacePoints
    front_top: float | None
    pose: str = ""
    grips: tuple[Grip, ...] = ()
    seat: tuple[float, float] | None = None
    feet: float | None = None
    away: bool = False
    invented: tuple[str, ...] = ()
    cast: Cast | None = None
    parts: NDArray[np.uint8] | None = None
    chest: Pixels | None = None
    others: tuple[Box, ...] = ()


def place_person(back: Backdrop, figure: Figure, person: Pixels, air: SceneAir) -> PlacedPerson:
    """A posed body; who has no face, and a whole body that just stands, is shown as in the photo."""
    spec = back.spec
    if figure.actor is None:
        return _as_in_photo(back, figure, person)
    shape = shape_of(figure.actor.shape, spec.who)
    pose = posing(spec, shape)
    if figure.stands and spec.board.framing is Framing.WIDE and pose.name == "stand":
        return _as_in_photo(back, figure, person)
    outfit, invented = dressed(
        figure.actor.outfit, spec, outdoors=not back.place.inside, airless=back.place.airless, pose=pose.name
    )
    head = figure.actor.behind if pose.back else None
    pose = pose if pose.back else facing(pose, figure.actor.turn, hat=bool(outfit.hat))
    stood = staged(spec, shape, outfit, head, pose, back.setting.horizon)
    cast = _cast(back, stood, figure.actor.behind.hair_colour, air)
    stood = stood.moved(cast.person)
    return _placed(back, figure, person, stood, cast, invented)


def _cast(back: Backdrop, stood: Staged, hair: Colour, air: SceneAir) -> Cast:
    spec = back.spec
    people = together_with(spec, stood.person, hair, outdoors=not back.place.inside)
    sits = [who for who in people[1 if back.seated else 0 :] if who.pose.seat == "bench"]
    blocks = _bench([standing(who) for who in sits], back.place.seat) if sits else ()
    shot = Shot(stood.camera, sun_of(back.light, inside=back.place.inside), people, blocks, INK * spec.unit)
    pose = people[0].pose
    holding = tuple(name for name, arm in zip(HANDS, (pose.left, pose.right), strict=True) if arm.holds)
    dim = 0.9 if spec.board.framing is Framing.OVER_SHOULDER else 1.0
    return Cast(shot, spec.style, spec.unit, back.light, air, dim, spec.exposure, spec.sharpen, holding)


def _placed(
    back: Backdrop, figure: Figure, person: Pixels, stood: Staged, cast: Cast, invented: tuple[str, ...]
) -> PlacedPerson:
    spec, pose, actor = back.spec, stood.person.pose, figure.actor
    assert actor is not None
    at = head_mark(stood.figure, stood.camera)
    front, behind, face = None, None, _imagined(at)
    if stood.person.head is None:
        front, behind, face = _head(spec, actor, person, figure.face, cast, at)
    chest = chest_of(actor.head, person) if cast.person.outfit.top == "photo" else None
    done = drawn(cast, front, at, chest=chest, ground=spec.board.framing is Framing.WIDE)
    layers = _layers(done, front, behind, spec.canvas)
    top = (
        _table_top(spec, done)
        if pose.table and spec.board.framing is not Framing.WIDE and back.place.foreground.table
        else None
    )
    return PlacedPerson(
        layers,
        face,
        top,
        pose.name,
        grips(cast, done),
        _seat(stood),
        _feet(spec, stood),
        pose.back,
        invented,
        cast,
        _parts(done, spec.canvas),
        chest,
        _others(done, len(cast.shot.performers)),
    )


def _head(
    spec: KeyframeSpec, actor: Actor, person: Pixels, face: FacePoints, cast: Cast, at: Mark
) -> tuple[Sprite, Sprite | None, FacePoints]:
    """The photo's head with the board's face, finished: before the body, and long hair behind it."""
    own = np.dstack([person[..., :3], np.round(actor.head.keep * 255).astype(np.uint8)])
    acted = with_expression(own, actor.mesh, _expression(spec, actor.mesh), face)
    mesh = actor.mesh if acted.points is None else acted.points
    hat = cast.person.outfit.hat not in ("", "helmet", "hood")
    made = placed_head(actor.head, acted.rgba, mesh, acted.face, at, spec.canvas, cast.shot.ink, hat)
    front = replace(made.front, rgba=lit(made.front.rgba, cast))
    behind = None if made.behind is None else replace(made.behind, rgba=lit(made.behind.rgba, cast))
    return front, behind, made.face


def _layers(done: Drawn, front: Sprite | None, behind: Sprite | None, canvas: tuple[int, int]) -> list[Layer]:
    out = [] if done.shade is None else [shade_layer(done.shade)]
    if behind is not None:
        out.append(Layer("hair behind", "person", DEPTH, behind.on(canvas), "head"))
    out.append(Layer("figures", "person", DEPTH, done.figures.on(canvas), "figures"))
    if front is not None:
        out.append(Layer("head", "person", DEPTH, front.on(canvas), "head"))
    for name, sprite in (("over head", done.over_head), ("over hands", done.over_hands)):
        if sprite.rgba.size:
            out.append(Layer(name, "person", DEPTH, sprite.on(canvas), "figures"))
    return out


def grips(cast: Cast, done: Drawn) -> tuple[Grip, ...]:
    """Both hands of the person, the picture's left one first."""
    pose, camera = cast.person.pose, cast.shot.camera
    out = []
    for hand, arm in zip(HANDS, (pose.left, pose.right), strict=True):
        mark, letter = done.marks[hand], hand[0].upper()
        (ex, ey), (wx, wy) = camera.px(
            np.stack([done.drawing.figures[0].joints[f"{name}.{letter}"] for name in ("lowerarm01", "wrist")])
        )
        angle = float(np.degrees(np.arctan2(wy - ey, wx - ex)))
        behind = mark.far > done.marks["head"].far + 0.12
        out.append(Grip(mark.x, mark.y, mark.size, angle, arm.holds, not behind, hand))
    return tuple(sorted(out, key=lambda grip: grip.x))


def _seat(stood: Staged) -> tuple[float, float] | None:
    """Where a sitting person touches what they sit on, px."""
    if stood.person.pose.seat != "bench":
        return None
    x, y = stood.camera.px(_hips(stood.figure) - np.array([0, UNDER, 0]))
    return float(x), float(y)


def _hips(figure: Standing) -> NDArray[np.float64]:
    return np.asarray((figure.joints["upperleg01.L"] + figure.joints["upperleg01.R"]) / 2)


def _bench(seated: Sequence[Standing], material: str) -> tuple[Block, ...]:
    """A plain seat under all who sit where the place and the board offer none: a slab on two feet, or a cushion on a
    box."""
    hips = np.array([_hips(figure) for figure in seated])
    (x, _, z), deep, colour = hips.mean(0), BENCH[1], MATERIALS[material]
    wide, top = BENCH[0] + float(np.ptp(hips[:, 0])) / 2, float(hips[:, 1].min()) - UNDER

    def block(x0: float, x1: float, y0: float, y1: float, own: tuple[float, float, float], inset: float = 0.0) -> Block:
        return Block(
            (float(x) + x0, y0, float(z) - deep + inset), (float(x) + x1, y1, float(z) + 0.75 * deep - inset), own
        )

    if material == "cloth":
        return block(-wide, wide, top - 0.16, top, colour), block(-wide, wide, 0.0, top - 0.16, MATERIALS["wood"], 0.02)
    foot = 0.2 if material == "stone" else 0.07
    feet = (
        block(side * (wide - 0.08) - foot / 2, side * (wide - 0.08) + foot / 2, 0.0, top - 0.07, colour, 0.03)
        for side in (-1, 1)
    )
    return block(-wide, wide, top - 0.07, top, colour), *feet


def _feet(spec: KeyframeSpec, stood: Staged) -> float | None:
    """Px row where a whole person stands; None where the frame cuts their feet off."""
    if spec.board.framing is not Framing.WIDE:
        return None
    row = stood.camera.horizon + stood.camera.metre * stood.camera.height
    return float(row) if row < spec.margin + spec.height else None


def _parts(done: Drawn, canvas: tuple[int, int]) -> NDArray[np.uint8]:
    drawing, out = done.drawing, np.zeros((*canvas, 2), np.uint8)
    h, w = drawing.part.shape
    out[drawing.top : drawing.top + h, drawing.left : drawing.left + w] = np.dstack([drawing.part, drawing.owner])
    return out


def _others(done: Drawn, performers: int) -> tuple[Box, ...]:
    drawing, out = done.drawing, []
    for number in range(2, performers + 1):
        rows, columns = np.nonzero(drawing.owner == number)
        if rows.size:
            x0, y0 = drawing.left + columns.min(), drawing.top + rows.min()
            out.append(
                (float(x0), float(y0), float(drawing.left + columns.max() + 1), float(drawing.top + rows.max() + 1))
            )
    return tuple(out)


def _imagined(at: Mark) -> FacePoints:
    """Where the face would be of who is seen from behind: what things are sized by."""
    size, x, y = at.size, at.x, at.y
    points = [
        (x - 0.2 * size, y - 0.55 * size),
        (x + 0.2 * size, y - 0.55 * size),
        (x, y - 0.38 * size),
        (x - 0.15 * size, y - 0.2 * size),
        (x + 0.15 * size, y - 0.2 * size),
    ]
    return FacePoints((x - 0.4 * size, y - 0.95 * size, x + 0.4 * size, y), np.array(points, np.float32))


def _table_top(spec: KeyframeSpec, done: Drawn) -> float:
    """Px row of a table's edge under the hands that rest on it."""
    hands = max(done.marks[hand].y for hand in HANDS) + 0.5 * done.marks[HANDS[0]].size
    return float(np.clip(hands, spec.margin + spec.height * HIGHEST_TABLE, spec.margin + spec.height * LOWEST_TABLE))


def _expression(spec: KeyframeSpec, mesh: NDArray[np.float32]) -> Expression:
    """What the mood and the act do to the face, and what a correction added."""
    lens, row = spec.board.framing is Framing.SELFIE, row_of(spec.board)
    doing = AS_IN_PHOTO if row is None else row.face
    wanted = mood.expression_of(spec.board.emotion, doing, seed=spec.seed, toward=-spec.side, lens=lens)
    return mood.plus(fitted(wanted, resting(mesh)), spec.expression)


def _as_in_photo(back: Backdrop, figure: Figure, person: Pixels) -> PlacedPerson:
    spec = back.spec
    height, width = spec.canvas
    standing = placing.stand(spec, figure)
    layer = Layer("person", "person", DEPTH, on_canvas(figure, person, standing.placing, height, width))
    under = [shadow_under(layer)] if standing.front_top is None and spec.board.framing is Framing.WIDE else []
    return PlacedPerson([*under, layer], face_on_canvas(figure, standing.placing), standing.front_top)
