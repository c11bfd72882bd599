"""One keyframe of the embedded painter: a place, things, the person and what stands before them, as layers and as a
record of what is shown."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from personavlog.media.arrays import Pixels
from personavlog.scene import SceneItem, SceneRecord
from personavlog.script import Framing, TimeOfDay, Weather
from personavlog_embedded import things
from personavlog_embedded.body import placing
from personavlog_embedded.body.body_layers import draw_person, ground_shadow, shadow_under
from personavlog_embedded.body.companion import companion
from personavlog_embedded.body.figure import Figure, face_on_canvas, on_canvas, relit, relit_parts
from personavlog_embedded.body.pose import Pose
from personavlog_embedded.body.skeleton import Skeleton
from personavlog_embedded.body.staging import staged
from personavlog_embedded.body.wardrobe import dressed
from personavlog_embedded.face import mood
from personavlog_embedded.face.resting import fitted, resting
from personavlog_embedded.painting import silhouette
from personavlog_embedded.places import catalogue, motif, view
from personavlog_embedded.places.place import Place
from personavlog_embedded.render.canvas import straight
from personavlog_embedded.render.light import Light, lamplit, light
from personavlog_embedded.render.room_parts import indoor
from personavlog_embedded.render.setting import YAWS, Painted, Setting
from personavlog_embedded.scene.expression import Expression
from personavlog_embedded.scene.grip import Grip
from personavlog_embedded.scene.keyframe_spec import KeyframeSpec
from personavlog_embedded.scene.season import season_of
from personavlog_embedded.scene.stage import FacePoints, Layer, Stage
from personavlog_embedded.style import stylise
from personavlog_embedded.style.layers import edged, styled
from personavlog_embedded.style.scene_effects import SceneAir, rimmed, with_effects
from personavlog_embedded.style.styles import find_style
from personavlog_embedded.things import PlacedThing, Surroundings, scenery

Restyle = Callable[[Pixels], Pixels]
HIGHEST_TABLE, LOWEST_TABLE = 0.66, 0.9
"""Between which rows a table begins before who works at one, as shares of the frame's height."""
TOOLS: dict[str, tuple[str, ...]] = {
    "paint": ("paintbrush", "palette", "easel"),
    "dig": ("shovel",),
    "write": ("pencil",),
    "cook": ("spoon", "pot"),
}
"""What nobody names who says that somebody paints or digs."""
LOOKS = (1.0, 1.2, 1.09, 1.3)
"""How much nearer each next shot looks into the same place."""


@dataclass(frozen=True)
class Composition:
    """The layers and what they show."""

    stage: Stage
    scene: SceneRecord


def compose(spec: KeyframeSpec, figure: Figure, person: Pixels, restyle: Restyle) -> Composition:
    """Paint the keyframe. ``person`` is the stylised copy of ``figure.rgba``; ``restyle`` redraws (h, w, 3) pixels in
    the style."""
    board = spec.board
    place, similarity = catalogue.nearest_place(board.place, board.action)
    notes = (
        []
        if similarity >= catalogue.FLOOR
        else [f"The embedded painter has no place like {board.place!r}; it painted its nearest, {place.names[0]!r}."]
    )
    setting, look = _setting(spec, place), _view(spec, place)
    lit = _mirrored(indoor(setting.light) if place.inside else setting.light, look.mirror)
    height, width = spec.canvas
    stood = _stood(spec, figure, person, place)
    feet = _feet(stood, spec)
    beside = None if stood.skeleton is None else companion(spec, stood.skeleton, outdoors=not place.inside)
    equipped, occupied = _equipped(spec, stood.pose), () if beside is None else (beside.box,)
    placed, missing = things.put(
        Surroundings(
            equipped,
            setting,
            place,
            lit,
            stood.face,
            stood.front_top,
            look.blur,
            stood.grips,
            feet,
            _seat(stood),
            occupied,
        )
    )
    behind = things.among(
        _back(setting, place, look, width), [thing for thing in placed if not thing.before], height, width
    )
    if beside is not None:
        behind.append(Layer("companion", "prop", 0.18, relit(beside.rgba, lit)))
    front = [] if stood.front_top is None else [_front(spec, setting, place, look.mirror, stood.front_top)]
    before = front + [things.layer(thing, height, width) for thing in placed if thing.before]
    seed = (setting.seed + 31 * setting.angle + look.mirror) % 2**31
    air = SceneAir(
        board.time_of_day.value, board.weather.value, place.inside, setting.horizon, spec.unit, lit.side, seed
    )
    world = with_effects(styled(behind + before, restyle), spec.style, air)
    sat_on = any(thing.thing.name in things.SEATS for thing in placed) and _seat(stood) is not None
    body = [layer for layer in stood.layers if not (sat_on and layer.name == "bench")]
    human = relit_parts(body, lit, dim=0.9 if board.framing is Framing.OVER_SHOULDER else 1.0)
    shade = _shade(stood, spec, lit) if board.framing is Framing.WIDE else []
    held = [layer for layer in world if layer.joint]
    near = [layer for layer in world[len(behind) :] if not layer.joint]
    layers = [
        *(_calmed(layer, spec) for layer in world[: len(behind)]),
        _contact(human, lit),
        *shade,
        *things.with_held_things(human, held),
        *near,
    ]
    style = find_style(spec.style).look
    layers = rimmed(edged(layers, style, spec.unit), style, air)
    stage = Stage(
        spec.width,
        spec.height,
        spec.margin,
        tuple(_exposed(layer, spec) for layer in layers),
        board.weather.value,
        board.time_of_day.value,
        None if figure.faceless or stood.away else stood.face,
        stood.pose,
        surface=_surface(style.surface, spec, place),
        inside=place.inside,
    )
    worn = [f"Not in the photo, invented for this shot: {', '.join(stood.invented)}."] if stood.invented else []
    met = [] if beside is None else [f"No photo shows the {beside.who}; the figure is invented."]
    return Composition(
        stage, _record(spec, place, similarity, stage, placed, stood.invented, notes + missing + worn + met)
    )


def _surface(surface: str, spec: KeyframeSpec, place: Place) -> str:
    """What the frame is printed on; a lens shows its ghosts only against a sun."""
    sunny = not place.inside and spec.board.time_of_day is not TimeOfDay.NIGHT and spec.board.weather is Weather.CLEAR
    return surface if surface != "lens" or sunny else ""


@dataclass(frozen=True)
class PlacedPerson:
    """The person placed on the canvas: one layer, or one for every bone. ``away`` tells that they are seen from behind,
    ``invented`` what they wear that no photo shows."""

    layers: list[Layer]
    face: FacePoints
    front_top: float | None
    pose: str = ""
    grips: tuple[Grip, ...] = ()
    skeleton: Skeleton | None = None
    away: bool = False
    invented: tuple[str, ...] = ()


def _stood(spec: KeyframeSpec, figure: Figure, person: Pixels, place: Place) -> PlacedPerson:
    """A posed body; who has no face, and a whole body that just stands, is shown as in the photo."""
    if figure.actor is None:
        return _as_in_photo(spec, figure, person)
    bones = staged(spec, figure.actor)
    if figure.stands and spec.board.framing is Framing.WIDE and bones.pose.name == "stand":
        return _as_in_photo(spec, figure, person)
    face = _expression(spec, bones.pose, figure.actor.mesh)
    outfit, invented = dressed(
        figure.actor.outfit, spec, outdoors=not place.inside, airless=place.airless, pose=bones.pose.name
    )
    actor = replace(figure.actor, outfit=outfit)
    done = draw_person(
        bones,
        actor,
        person,
        figure.face,
        face,
        spec.canvas,
        lambda rgb: stylise.stylise_body(rgb, spec.style, spec.unit),
        spec.film,
        place.seat,
    )
    top = (
        _table_top(spec, bones)
        if bones.pose.table and spec.board.framing is not Framing.WIDE and place.foreground.table
        else None
    )
    return PlacedPerson(done.layers, done.face, top, bones.pose.name, done.grips, bones, bones.pose.back, invented)


def _equipped(spec: KeyframeSpec, pose: str) -> KeyframeSpec:
    """With the tools without which the pose does not read; an easel stands only where there is ground for it."""
    tools = [
        tool
        for tool in TOOLS.get(pose, ())
        if tool not in spec.gone and (tool != "easel" or spec.board.framing is Framing.WIDE)
    ]
    return replace(spec, props=(*tools, *spec.props))


def _table_top(spec: KeyframeSpec, bones: Skeleton) -> float:
    """Px row of a table's edge under the hands that rest on it."""
    hands = max(float(limb.end[1]) for limb in bones.arms) + 0.3 * bones.head_px
    return float(np.clip(hands, spec.margin + spec.height * HIGHEST_TABLE, spec.margin + spec.height * LOWEST_TABLE))


def _shade(stood: PlacedPerson, spec: KeyframeSpec, lit: Light) -> list[Layer]:
    """What darkens the ground under who stands on it."""
    if stood.skeleton is not None:
        return [ground_shadow(stood.skeleton, spec.canvas, lit.side)]
    return [shadow_under(stood.layers[0])] if stood.front_top is None else []


def _feet(stood: PlacedPerson, spec: KeyframeSpec) -> float | None:
    """Px row where a whole person stands; None where the frame cuts their feet off."""
    soles = [
        np.flatnonzero(layer.rgba[..., 3].max(axis=1) > 100)
        for layer in stood.layers
        if layer.joint and layer.joint.bone in ("foot left", "foot right")
    ]
    lowest = max((float(rows[-1]) for rows in soles if rows.size), default=np.inf)
    return lowest if lowest < spec.margin + spec.height else None


def _expression(spec: KeyframeSpec, pose: Pose, mesh: NDArray[np.float32]) -> Expression:
    """What the mood, the action and the pose do to the face, and what a correction added."""
    lens = spec.board.framing is Framing.SELFIE
    wanted = mood.expression_of(
        spec.board.emotion, f"{pose.about}. {spec.board.action}", seed=spec.seed, toward=-spec.side, lens=lens
    )
    return mood.plus(fitted(wanted, resting(mesh)), spec.expression)


def _seat(stood: PlacedPerson) -> tuple[float, float] | None:
    """Where a sitting person touches what they sit on, px; None for others."""
    bones = stood.skeleton
    return (
        None
        if bones is None or bones.pose.seat != "bench"
        else (float(bones.hips[0]), float(bones.hips[1]) + 0.2 * bones.head_px)
    )


def _as_in_photo(spec: KeyframeSpec, figure: Figure, person: Pixels) -> PlacedPerson:
    height, width = spec.canvas
    standing = placing.stand(spec, figure)
    layer = Layer("person", "person", 0.15, on_canvas(figure, person, standing.placing, height, width))
    return PlacedPerson([layer], face_on_canvas(figure, standing.placing), standing.front_top)


def _setting(spec: KeyframeSpec, place: Place) -> Setting:
    height, width = spec.canvas
    seed = zlib.crc32(f"{place.key} {spec.board.place.lower()} {spec.film}".encode())
    words = ". ".join((spec.board.place, spec.board.action, *spec.board.props))
    scene = light(spec.board.time_of_day.value, spec.board.weather.value, season_of(words, spec.board.weather.value))
    rise = 0.0 if place.inside else float(np.random.default_rng([spec.seed, 3]).uniform(-0.035, 0.035))
    horizon = spec.margin + spec.height * (place.horizon + rise)
    angle = (spec.turn + spec.look) % (len(YAWS) - place.faces) if place.turns else 0
    setting = Setting(
        height,
        round(width * view.WIDER),
        horizon,
        spec.unit,
        scene,
        seed,
        hour=spec.turn,
        angle=angle,
        motifs=motif.motifs_of(words),
    )
    return setting if place.inside else setting.turned()


def _view(spec: KeyframeSpec, place: Place) -> view.View:
    rng = np.random.default_rng([spec.seed + 104_729 * spec.look, 1])
    zoom, blur = {
        Framing.CLOSE_UP: (1.25, 0.0042),
        Framing.SELFIE: (1.1, 0.0022),
        Framing.MEDIUM: (1.06, 0.0012),
        Framing.OVER_SHOULDER: (1.0, 0.0),
        Framing.WIDE: (1.0, 0.0),
    }[spec.board.framing]
    if not place.inside:
        zoom *= LOOKS[spec.turn % len(LOOKS)] ** (0.5 if place.turns else 1.0)
    # Where the painter has no other angle, the mirror makes another picture of the same place.
    mirror = not place.turns and spec.mirrored != (spec.look % 2 == 1)
    return view.View(float(rng.uniform(-0.9, 0.9)), zoom, blur * spec.unit * (0.3 if spec.sharpen else 1.0), mirror)


def _mirrored(lit: Light, mirror: bool) -> Light:
    return replace(lit, side=-lit.side) if mirror else lit


@lru_cache(maxsize=2)
def _painted(paint: Callable[[Setting], list[Painted]], setting: Setting) -> tuple[Painted, ...]:
    """A place as painted; kept, because a correction seldom asks for another one."""
    return tuple(paint(setting))


def _back(setting: Setting, place: Place, look: view.View, width: int) -> list[Layer]:
    seen = view.seen_layers(setting, _painted(place.paint, setting), look, width)
    return [Layer(layer.name, layer.kind, layer.depth, straight(pixels)) for layer, pixels in seen]


def _front(spec: KeyframeSpec, setting: Setting, place: Place, mirror: bool, top: float) -> Layer:
    lit = indoor(setting.light) if place.inside else lamplit(setting.light)
    sheet = place.foreground.paint(replace(setting, width=spec.canvas[1], light=lit), top)
    pixels = np.asarray(cv2.GaussianBlur(sheet.pixels, (0, 0), spec.unit * 0.0016), np.uint8)
    return Layer("front", "front", 0.06, straight(np.ascontiguousarray(pixels[:, ::-1]) if mirror else pixels))


def _contact(human: list[Layer], lit: Light) -> Layer:
    """A soft dark edge behind the person, so that they stand in the place and not on a sheet before it."""
    alpha = np.maximum.reduce([part.rgba[..., 3] for part in human]).astype(np.float32)
    reach = max(3.0, alpha.shape[0] * 0.012)
    drift = np.array([[1, 0, -lit.side * reach * 0.9], [0, 1, reach * 0.6]], np.float32)
    soft = cv2.GaussianBlur(cv2.warpAffine(alpha, drift, alpha.shape[::-1]), (0, 0), reach)
    colour = np.clip(np.asarray(lit.shade) * 0.28 * 255, 0, 255).astype(np.uint8)
    rgba = np.dstack([np.broadcast_to(colour, (*alpha.shape, 3)), np.clip(soft * 0.24, 0, 255).astype(np.uint8)])
    return Layer("contact shadow", "near", 0.16, np.ascontiguousarray(rgba))


def _calmed(layer: Layer, spec: KeyframeSpec) -> Layer:
    """Softer, as by a lens with little depth of field; after the style, whose lines would come back otherwise."""
    if spec.calm == 0.0:
        return layer
    alpha = layer.rgba[..., 3:4].astype(np.float32)
    soft = cv2.GaussianBlur(np.dstack([layer.rgba[..., :3] * alpha, alpha]), (0, 0), 0.006 * spec.calm * spec.unit)
    colour = soft[..., :3] / np.maximum(soft[..., 3:4], 1.0)
    return replace(layer, rgba=np.clip(np.dstack([colour, soft[..., 3:4]]) + 0.5, 0, 255).astype(np.uint8))


def _exposed(layer: Layer, spec: KeyframeSpec) -> Layer:
    if spec.exposure == 1.0 and spec.sharpen == 0.0:
        return layer
    rgb = layer.rgba[..., :3].astype(np.float32)
    if spec.sharpen:
        rgb += (rgb - cv2.GaussianBlur(rgb, (0, 0), 1.2)) * spec.sharpen
    exposed = 255 * np.clip(rgb / 255, 0, 1) ** (1 / spec.exposure)
    return replace(layer, rgba=np.dstack([np.clip(exposed + 0.5, 0, 255).astype(np.uint8), layer.rgba[..., 3]]))


def _record(
    spec: KeyframeSpec,
    place: Place,
    similarity: float,
    stage: Stage,
    placed: list[PlacedThing],
    worn: tuple[str, ...],
    notes: list[str],
) -> SceneRecord:
    human = np.maximum.reduce([layer.rgba[..., 3] for layer in stage.layers if layer.kind == "person"]) > 40
    m = spec.margin
    inside = human[m : m + spec.height, m : m + spec.width]
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    person_box = (float(columns[0]), float(rows[0]), float(columns[-1] + 1), float(rows[-1] + 1)) if rows.size else None
    face_box = None if stage.face is None else _framed(stage.face.box, m)
    drawn = [
        SceneItem(name=t.thing.name, asked=t.asked, similarity=round(t.similarity, 4), box=_in_frame(t.box, spec))
        for t in placed
    ]
    everywhere = (0.0, 0.0, float(spec.width), float(spec.height))
    kept = [
        prop
        for prop in spec.props
        if prop not in spec.gone and scenery.shown(prop, place, light(stage.time_of_day, stage.weather))
    ]
    items = (*drawn, *(SceneItem(name=prop, asked=prop, similarity=1.0, box=everywhere) for prop in kept))
    return SceneRecord(
        place=place.names[0],
        asked_place=spec.board.place,
        place_similarity=round(similarity, 4),
        time_of_day=spec.board.time_of_day.value,
        weather=spec.board.weather.value,
        framing=spec.board.framing.value,
        pose=stage.pose or "as in the photo",
        style=spec.style,
        person_box=person_box,
        face_box=face_box,
        outline=silhouette.outline(stage),
        limbs=silhouette.limbs(stage, face_box),
        items=items,
        worn=worn,
        notes=tuple(notes),
    )


def _framed(box: tuple[float, float, float, float], margin: int) -> tuple[float, float, float, float]:
    return box[0] - margin, box[1] - margin, box[2] - margin, box[3] - margin


def _in_frame(box: tuple[int, int, int, int], spec: KeyframeSpec) -> tuple[float, float, float, float]:
    m = spec.margin
    x0, y0, x1, y1 = box
    return (
        float(np.clip(x0 - m, 0, spec.width)),
        float(np.clip(y0 - m, 0, spec.height)),
        float(np.clip(x1 - m, 0, spec.width)),
        float(np.clip(y1 - m, 0, spec.height)),
    )
