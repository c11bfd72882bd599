"""One keyframe of the embedded painter: a place, things, the person and what stands before them, as layers and as a
record of what is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import cv2
import numpy as np

from personavlog.media.arrays import Pixels
from personavlog.scene import SceneRecord
from personavlog.script import Framing, TimeOfDay, Weather
from personavlog_embedded import things
from personavlog_embedded.body.company import invented
from personavlog_embedded.body.figure import Figure
from personavlog_embedded.body.light_on_people import exposed, relit
from personavlog_embedded.painting.backdrop import Backdrop, backdrop
from personavlog_embedded.painting.placed_person import PlacedPerson, place_person
from personavlog_embedded.painting.record import scene_record
from personavlog_embedded.places.place import Place
from personavlog_embedded.render.light import Light
from personavlog_embedded.scene.keyframe_spec import KeyframeSpec
from personavlog_embedded.scene.stage import Layer, Stage
from personavlog_embedded.style.layers import edged, styled
from personavlog_embedded.style.print_surface import flatten
from personavlog_embedded.style.scene_effects import SceneAir, rimmed, with_effects
from personavlog_embedded.style.styles import find_style
from personavlog_embedded.things import PlacedThing, Surroundings

Restyle = Callable[[Pixels], Pixels]
TOOLS: dict[str, tuple[str, ...]] = {
    "paint": ("paintbrush", "palette", "easel"),
    "dig": ("shovel",),
    "write": ("pencil",),
    "cook": ("spoon", "pot"),
}
"""What nobody names who says that somebody paints or digs."""


@dataclass(frozen=True)
class Composition:
    """The layers, the ``picture`` (height, width, 3) that they make, and what they show."""

    stage: Stage
    picture: Pixels
    scene: SceneRecord


def compose(spec: KeyframeSpec, figure: Figure, person: Pixels, restyle: Restyle) -> Composition:
    """Paint the keyframe. ``person`` is the stylised copy of ``figure.rgba``; ``restyle`` redraws (h, w, 3) pixels in
    the style."""
    back = backdrop(spec)
    air = _air(back)
    stood = place_person(back, figure, person, air)
    placed, missing = things.put(_surroundings(back, stood))
    layers = _layers(back, stood, placed, restyle, air)
    face = None if figure.faceless or stood.away else stood.face
    stage = Stage(
        spec.width,
        spec.height,
        spec.margin,
        tuple(layers),
        spec.board.weather.value,
        spec.board.time_of_day.value,
        face,
        stood.pose,
        surface=_surface(find_style(spec.style).look.surface, spec, back.place),
        inside=back.place.inside,
        cast="" if stood.cast is None else stood.cast.packed(),
        parts=stood.parts,
        chest=stood.chest,
    )
    others = 0 if stood.cast is None else len(stood.cast.shot.performers) - 1
    notes = back.notes + missing + ([invented(spec.board, others)] if others else [])
    picture = flatten(stage)
    return Composition(stage, picture, scene_record(stage, picture, back, placed, stood.invented, notes))


def _surroundings(back: Backdrop, stood: PlacedPerson) -> Surroundings:
    """What the board's things are placed by."""
    return Surroundings(
        _equipped(back.spec, stood.pose),
        back.setting,
        back.place,
        back.light,
        stood.face,
        stood.front_top,
        back.look.blur,
        stood.grips,
        stood.feet,
        stood.seat,
        stood.others,
    )


def _layers(
    back: Backdrop, stood: PlacedPerson, placed: list[PlacedThing], restyle: Restyle, air: SceneAir
) -> list[Layer]:
    """The whole picture in the style, far to near; drawn people come finished."""
    spec, look = back.spec, find_style(back.spec.style).look
    behind, before = _behind(back, placed), _before(back, stood, placed)
    world = with_effects(styled(behind + before, restyle), spec.style, air)
    world = [_exposed(layer, spec) for layer in edged(world, look, spec.unit)]
    held = [layer for layer in world if layer.follows]
    near = [layer for layer in world[len(behind) :] if not layer.follows]
    people = stood.layers if stood.cast is not None else _photographed(back, stood, air)
    return [
        *(_calmed(layer, spec) for layer in world[: len(behind)]),
        *([_contact(people, back.light)] if stood.cast is None else []),
        *things.with_held_things(people, held),
        *near,
    ]


def _photographed(back: Backdrop, stood: PlacedPerson, air: SceneAir) -> list[Layer]:
    """Who is shown as in the photo, in the scene's light."""
    look = find_style(back.spec.style).look
    people = [
        replace(layer, rgba=relit(layer.rgba, back.light)) if layer.kind == "person" else layer
        for layer in stood.layers
    ]
    return [_exposed(layer, back.spec) for layer in rimmed(edged(people, look, back.spec.unit), look, air)]


def _behind(back: Backdrop, placed: list[PlacedThing]) -> list[Layer]:
    """The place with the things that stand in it."""
    return things.among(back.layers(), [thing for thing in placed if not thing.before], *back.spec.canvas)


def _before(back: Backdrop, stood: PlacedPerson, placed: list[PlacedThing]) -> list[Layer]:
    """The front and the things on it, and what hands hold."""
    front = [] if stood.front_top is None else [back.front(stood.front_top)]
    return front + [things.layer(thing, *back.spec.canvas) for thing in placed if thing.before]


def _air(back: Backdrop) -> SceneAir:
    board, setting = back.spec.board, back.setting
    return SceneAir(
        board.time_of_day.value,
        board.weather.value,
        back.place.inside,
        setting.horizon,
        back.spec.unit,
        back.light.side,
        back.seed,
    )


def _surface(surface: str, spec: KeyframeSpec, place: Place) -> str:
    """What the frame is printed on; a lens shows its ghosts only against a sun."""
    sunny = not place.inside and spec.board.time_of_day is not TimeOfDay.NIGHT and spec.board.weather is Weather.CLEAR
    return surface if surface != "lens" or sunny else ""


def _equipped(spec: KeyframeSpec, pose: str) -> KeyframeSpec:
    """With the tools without which the pose does not read; an easel stands only where there is ground for it."""
    tools = [
        tool
        for tool in TOOLS.get(pose, ())
        if tool not in spec.gone and (tool != "easel" or spec.board.framing is Framing.WIDE)
    ]
    board = spec.board.model_copy(update={"holds": (*spec.board.holds, *tools)})
    return replace(spec, board=board, props=(*tools, *spec.props))


def _contact(human: list[Layer], lit: Light) -> Layer:
    """A soft dark edge behind the person, so that they stand in the place and not on a sheet before it."""
    alpha = np.maximum.reduce([part.rgba[..., 3] for part in human if part.kind == "person"]).astype(np.float32)
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
    return replace(layer, rgba=exposed(layer.rgba, spec.exposure, spec.sharpen))
