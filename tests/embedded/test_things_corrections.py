"""Adding and removing a thing through the whole painter changes the picture there and nowhere else."""

from __future__ import annotations

import anyio
import cv2
import numpy as np
import pytest

from personavlog.backbones.corrections import Correction, Remedy
from personavlog.backbones.roles import EditRequest, EditResult
from personavlog.backbones.tools import Tools
from personavlog.media import Image
from personavlog.runs.blobs import Blobs
from personavlog.script import Board, Emotion, Framing, TimeOfDay
from personavlog_embedded.painting.painter import Painter

pytestmark = pytest.mark.weights
BOARD = Board(
    place="lake",
    time_of_day=TimeOfDay.NOON,
    action="stands still",
    framing=Framing.WIDE,
    emotion=Emotion.CALM,
    props=("suitcase", "kite", "small dog"),
)


@pytest.fixture(scope="module")
def blobs(tmp_path_factory: pytest.TempPathFactory) -> Blobs:
    return Blobs(tmp_path_factory.mktemp("blobs"))


@pytest.fixture(scope="module")
def photo(blobs: Blobs) -> Image:
    picture = np.full((300, 240, 3), (120, 150, 180), np.uint8)
    cv2.ellipse(picture, (120, 110), (48, 62), 0, 0, 360, (214, 172, 146), -1, cv2.LINE_AA)
    cv2.ellipse(picture, (120, 290), (100, 110), 0, 180, 360, (150, 60, 60), -1, cv2.LINE_AA)
    return blobs.put_image(picture)


@pytest.fixture(scope="module")
def first(blobs: Blobs, photo: Image) -> EditResult:
    return paint(blobs, photo)


def paint(
    blobs: Blobs, photo: Image, correction: Remedy | None = None, previous: EditResult | None = None
) -> EditResult:
    request = EditRequest(
        purpose="keyframe",
        reference=photo,
        photo=photo,
        style="vintage",
        width=320,
        height=180,
        seed=3,
        board=BOARD,
        corrections=(correction,) if correction else (),
        previous=previous and previous.keyframe,
    )
    return anyio.run(Painter().edit, request, Tools.alone(blobs))


def changed(blobs: Blobs, before: EditResult, after: EditResult, name: str) -> tuple[float, float]:
    """The greatest difference where the thing (and its shadow) is, and the greatest one elsewhere."""
    difference = np.abs(blobs.pixels(before.image).astype(int) - blobs.pixels(after.image)).max(axis=2)
    scene = next(
        result.scene
        for result in (before, after)
        if result.scene and any(item.name == name for item in result.scene.items)
    )
    x0, y0, x1, y1 = (round(v) for v in next(item.box for item in scene.items if item.name == name))
    wide = 1.6 * max(x1 - x0, y1 - y0)
    rows, columns = (
        slice(max(round(y0 - 0.3 * wide), 0), round(y1 + 0.5 * wide)),
        slice(max(round(x0 - wide), 0), round(x1 + wide)),
    )
    inside = float(difference[rows, columns].max())
    difference[rows, columns] = 0
    return inside, float(difference.max())


def test_removing_changes_only_where_the_thing_was(blobs: Blobs, photo: Image, first: EditResult) -> None:
    after = paint(blobs, photo, Remedy(correction=Correction.REMOVE, thing="the suitcase"), first)
    assert after.scene
    assert sorted(item.asked for item in after.scene.items) == ["kite", "small dog"]
    inside, outside = changed(blobs, first, after, "suitcase")
    assert inside > 40
    assert outside <= 3  # what the style makes glow reaches a little further


def test_adding_changes_only_where_the_thing_comes(blobs: Blobs, photo: Image, first: EditResult) -> None:
    after = paint(blobs, photo, Remedy(correction=Correction.ADD, thing="a red balloon"), first)
    assert after.scene
    assert {item.name for item in after.scene.items} == {"suitcase", "kite", "dog", "balloon"}
    inside, outside = changed(blobs, first, after, "balloon")
    assert inside > 30
    assert outside <= 3  # what the style makes glow reaches a little further
