"""What a composed keyframe shows, as its record."""

from __future__ import annotations

import numpy as np

from personavlog.media.arrays import Pixels
from personavlog.scene import SceneItem, SceneRecord
from personavlog_embedded.painting.backdrop import Backdrop
from personavlog_embedded.painting.silhouette import Silhouette, outline
from personavlog_embedded.render.light import light
from personavlog_embedded.scene.keyframe_spec import KeyframeSpec
from personavlog_embedded.scene.stage import Stage
from personavlog_embedded.things import PlacedThing, scenery

Box = tuple[float, float, float, float]


def scene_record(
    stage: Stage, picture: Pixels, back: Backdrop, placed: list[PlacedThing], worn: tuple[str, ...], notes: list[str]
) -> SceneRecord:
    """Place, person and things of the stage, which is flattened in ``picture``; ``worn`` is what was invented for the
    person to wear."""
    spec, place = back.spec, back.place
    seen = Silhouette(stage)
    face_box = None if stage.face is None else _framed(stage.face.box, spec.margin)
    return SceneRecord(
        place=place.names[0],
        asked_place=spec.board.place,
        place_similarity=round(back.similarity, 4),
        time_of_day=spec.board.time_of_day.value,
        weather=spec.board.weather.value,
        framing=spec.board.framing.value,
        pose=stage.pose or "as in the photo",
        style=spec.style,
        person_box=_person_box(seen),
        face_box=face_box,
        outline=outline(seen.person),
        others=outline(seen.others),
        limbs=seen.limbs(picture, face_box),
        items=(*_drawn(placed, spec), *_parts_of_place(back, stage)),
        worn=worn,
        notes=tuple(notes),
    )


def _person_box(seen: Silhouette) -> Box | None:
    stage = seen.stage
    human = np.maximum.reduce([layer.rgba[..., 3] for layer in stage.layers if layer.kind == "person"]) > 40
    m = stage.margin
    inside = human[m : m + stage.height, m : m + stage.width] & ~seen.of_others
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    return (float(columns[0]), float(rows[0]), float(columns[-1] + 1), float(rows[-1] + 1)) if rows.size else None


def _drawn(placed: list[PlacedThing], spec: KeyframeSpec) -> list[SceneItem]:
    return [
        SceneItem(name=t.thing.name, asked=t.asked, similarity=round(t.similarity, 4), box=_in_frame(t.box, spec))
        for t in placed
    ]


def _parts_of_place(back: Backdrop, stage: Stage) -> list[SceneItem]:
    """The props that the place itself shows, somewhere in the frame."""
    spec, lit = back.spec, light(stage.time_of_day, stage.weather)
    everywhere = (0.0, 0.0, float(spec.width), float(spec.height))
    return [
        SceneItem(name=prop, asked=prop, similarity=1.0, box=everywhere)
        for prop in spec.props
        if prop not in spec.gone and scenery.shown(prop, back.place, lit)
    ]


def _framed(box: Box, margin: int) -> Box:
    return box[0] - margin, box[1] - margin, box[2] - margin, box[3] - margin


def _in_frame(box: tuple[int, int, int, int], spec: KeyframeSpec) -> Box:
    m = spec.margin
    x0, y0, x1, y1 = box
    return (
        float(np.clip(x0 - m, 0, spec.width)),
        float(np.clip(y0 - m, 0, spec.height)),
        float(np.clip(x1 - m, 0, spec.width)),
        float(np.clip(y1 - m, 0, spec.height)),
    )
