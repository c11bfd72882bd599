"""The embedded painter end to end, in a style without a network so that it is quick."""

from __future__ import annotations

import anyio
import cv2
import numpy as np
import pytest

from personavlog.backbones.corrections import Correction, Remedy
from personavlog.backbones.roles import EditRequest, EditResult, ImageEdit
from personavlog.backbones.tools import Tools
from personavlog.errors import BriefError
from personavlog.media import Image
from personavlog.production.seeds import seed
from personavlog.runs.blobs import Blobs
from personavlog.script import Board, Emotion, Framing, TimeOfDay
from personavlog.steps import Part
from personavlog_embedded.painting.painter import Painter
from personavlog_embedded.scene.stage import unpack
from personavlog_embedded.style.print_surface import flatten

BOARD = Board(
    place="lake", time_of_day=TimeOfDay.NOON, action="sits still", framing=Framing.MEDIUM, emotion=Emotion.CALM
)
pytestmark = pytest.mark.weights


@pytest.fixture(scope="module")
def blobs(tmp_path_factory: pytest.TempPathFactory) -> Blobs:
    return Blobs(tmp_path_factory.mktemp("blobs"))


@pytest.fixture(scope="module")
def photo(blobs: Blobs) -> Image:
    """A head and shoulders that no face detector needs to know: the painter must cope with any subject."""
    picture = np.full((360, 300, 3), (120, 150, 180), np.uint8)
    cv2.ellipse(picture, (150, 140), (58, 76), 0, 0, 360, (214, 172, 146), -1, cv2.LINE_AA)
    cv2.ellipse(picture, (150, 108), (64, 60), 0, 180, 360, (70, 48, 36), -1, cv2.LINE_AA)
    cv2.ellipse(picture, (150, 350), (120, 130), 0, 180, 360, (150, 60, 60), -1, cv2.LINE_AA)
    for x in (126, 174):
        cv2.circle(picture, (x, 132), 8, (40, 30, 30), -1, cv2.LINE_AA)
    cv2.ellipse(picture, (150, 184), (22, 8), 0, 0, 180, (150, 60, 60), -1, cv2.LINE_AA)
    return blobs.put_image(picture)


def paint(
    blobs: Blobs,
    photo: Image,
    board: Board = BOARD,
    corrections: tuple[Remedy, ...] = (),
    previous: EditResult | None = None,
    size: tuple[int, int] = (384, 216),
) -> EditResult:
    request = EditRequest(
        purpose="keyframe",
        reference=photo,
        photo=photo,
        style="cinematic",
        width=size[0],
        height=size[1],
        seed=3,
        board=board,
        corrections=corrections,
        previous=previous and previous.keyframe,
    )
    return anyio.run(Painter().edit, request, Tools.alone(blobs))


@pytest.mark.parametrize("size", [(384, 216), (216, 384), (216, 216)])
def test_the_layers_at_rest_are_the_keyframe(blobs: Blobs, photo: Image, size: tuple[int, int]) -> None:
    result = paint(blobs, photo, size=size)
    stage = unpack(blobs.get(result.attachments["stage"]))
    assert (result.image.width, result.image.height) == size
    assert np.array_equal(flatten(stage), blobs.pixels(result.image))
    assert result.scene is not None
    assert result.scene.place == "lake in the mountains"


@pytest.mark.parametrize(
    "place, framing",
    [
        *(("lake", framing) for framing in Framing),
        ("floating islands", Framing.MEDIUM),
        ("market stalls", Framing.WIDE),
    ],
)
def test_the_photos_cut_edge_is_never_seen(blobs: Blobs, photo: Image, place: str, framing: Framing) -> None:
    """The body goes on below the canvas, or stands whole on the ground of a wide shot, with nothing before it."""
    stage = unpack(
        blobs.get(
            paint(blobs, photo, BOARD.model_copy(update={"place": place, "framing": framing})).attachments["stage"]
        )
    )
    person = np.maximum.reduce([layer.rgba[..., 3] > 128 for layer in stage.layers if layer.kind == "person"])
    if framing is Framing.WIDE:
        low = int(np.flatnonzero(person.any(axis=1))[-1])
        assert stage.margin + 0.85 * stage.height < low < stage.margin + stage.height
        assert "front" not in [layer.name for layer in stage.layers]
    else:
        assert person[-1].any()


def test_equal_requests_give_equal_pictures_and_a_correction_changes_only_the_person(
    blobs: Blobs, photo: Image
) -> None:
    first, again = paint(blobs, photo), paint(blobs, photo)
    assert first.image.digest == again.image.digest
    moved = paint(blobs, photo, corrections=(Remedy(correction=Correction.RIGHT),), previous=first)
    twice = paint(blobs, photo, corrections=(Remedy(correction=Correction.RIGHT),), previous=moved)
    boxes = [result.scene.face_box or result.scene.person_box for result in (first, moved, twice) if result.scene]
    assert boxes[0] and boxes[1] and boxes[2]
    assert boxes[0][0] < boxes[1][0] < boxes[2][0]


def test_a_thing_without_a_drawing_is_said(blobs: Blobs, photo: Image) -> None:
    result = paint(blobs, photo, BOARD.model_copy(update={"props": ("hydraulic torque converter", "bicycle")}))
    assert result.scene is not None
    assert [item.name for item in result.scene.items] == ["bicycle"]
    assert any("hydraulic" in note for note in result.scene.notes)


def test_a_thing_stays_when_a_correction_moves_or_enlarges_the_person(blobs: Blobs, photo: Image) -> None:
    board = BOARD.model_copy(update={"props": ("dog",)})  # What can be held would go with the hand.
    first = paint(blobs, photo, board)
    boxes = [first.scene and first.scene.items[0].box]
    for correction in (Correction.LEFT, Correction.BIGGER):
        scene = paint(blobs, photo, board, corrections=(Remedy(correction=correction),), previous=first).scene
        boxes.append(scene and scene.items[0].box)
    assert boxes[0] and boxes[1] and boxes[2]
    for box in boxes[1:]:
        assert box
        assert abs((box[2] - box[0]) - (boxes[0][2] - boxes[0][0])) <= 2
        assert abs(box[0] - boxes[0][0]) <= 4


def test_two_shots_at_one_place_look_different(blobs: Blobs, photo: Image) -> None:
    def shot(number: int) -> np.ndarray:
        request = EditRequest(
            purpose="keyframe",
            reference=photo,
            photo=photo,
            style="cinematic",
            width=384,
            height=216,
            seed=seed(3, Part.KEYFRAME, shot=number + 1),
            board=BOARD,
            shot=number,
        )
        return blobs.pixels(anyio.run(Painter().edit, request, Tools.alone(blobs)).image).astype(int)

    first, second = shot(4), shot(5)
    assert (np.abs(first - second).max(axis=2) > 20).mean() > 0.4


def test_a_keyframe_without_a_board_is_refused(blobs: Blobs, photo: Image) -> None:
    request = EditRequest(purpose="keyframe", reference=photo, style="cinematic", width=320, height=240)
    with pytest.raises(BriefError, match="board"):
        anyio.run(Painter().edit, request, Tools.alone(blobs))


def test_the_stylised_reference_keeps_the_request_s_longer_side(blobs: Blobs, photo: Image) -> None:
    request = EditRequest(purpose="stylise", reference=photo, style="cinematic", width=256, height=144)
    result = anyio.run(Painter().edit, request, Tools.alone(blobs))
    assert max(result.image.width, result.image.height) <= 256


def test_the_painter_plays_its_role() -> None:
    painter = Painter()
    assert isinstance(painter, ImageEdit)
    assert "modnet" in painter.fingerprint
