"""What corrections do to the picture itself: the named thing changes, the rest stays where and as it was."""

from __future__ import annotations

import anyio
import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from personavlog.backbones.corrections import Correction, Remedy
from personavlog.backbones.roles import EditRequest, EditResult
from personavlog.backbones.tools import Tools
from personavlog.media import Image
from personavlog.runs.blobs import Blobs
from personavlog.script import Board, Emotion, Framing, TimeOfDay
from personavlog_embedded.painting.painter import Painter
from personavlog_embedded.scene.stage import unpack

pytestmark = pytest.mark.weights
BOARD = Board(
    place="lake",
    time_of_day=TimeOfDay.NOON,
    action="stands still",
    framing=Framing.MEDIUM,
    emotion=Emotion.CALM,
    props=("teapot", "lantern"),
)
SEEN = 24
"""Least difference of a channel, of 255, that counts as changed."""
Pixels = NDArray[np.uint8]
Plane = NDArray[np.float64]


class Studio:
    """One person at one lake, painted and corrected; the first picture is kept."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs, self._painter = blobs, Painter()
        self._photo = blobs.put_image(_portrait())
        self.before = self.paint()
        self.pixels = blobs.pixels(self.before.image)

    def paint(self, *corrections: Remedy) -> EditResult:
        previous = self.before.keyframe if corrections else None
        request = EditRequest(
            purpose="keyframe",
            reference=self._photo,
            photo=self._photo,
            style="cinematic",
            width=384,
            height=216,
            seed=3 if previous is None else 11,  # every attempt has a seed of its own
            board=BOARD,
            corrections=corrections,
            previous=previous,
        )
        return anyio.run(self._painter.edit, request, Tools.alone(self._blobs))

    def seen(self, image: Image) -> Pixels:
        return self._blobs.pixels(image)

    def body(self, result: EditResult) -> NDArray[np.bool_]:
        """Where the picture shows the person and nothing of what is behind their edges."""
        stage = unpack(self._blobs.get(result.attachments["stage"]))
        m = stage.margin
        alpha = np.maximum.reduce([layer.rgba[..., 3] for layer in stage.layers if layer.kind == "person"])[
            m : m + stage.height, m : m + stage.width
        ]
        return np.asarray(cv2.erode((alpha == 255).astype(np.uint8), np.ones((7, 7), np.uint8)) > 0)


def _portrait() -> Pixels:
    picture = np.full((360, 300, 3), (120, 150, 180), np.uint8)
    cv2.ellipse(picture, (150, 140), (58, 76), 0, 0, 360, (214, 172, 146), -1, cv2.LINE_AA)
    cv2.ellipse(picture, (150, 108), (64, 60), 0, 180, 360, (70, 48, 36), -1, cv2.LINE_AA)
    cv2.ellipse(picture, (150, 350), (120, 130), 0, 180, 360, (150, 60, 60), -1, cv2.LINE_AA)
    for x in (126, 174):
        cv2.circle(picture, (x, 132), 8, (40, 30, 30), -1, cv2.LINE_AA)
    cv2.ellipse(picture, (150, 184), (22, 8), 0, 0, 180, (150, 60, 60), -1, cv2.LINE_AA)
    return picture


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    return Studio(Blobs(tmp_path_factory.mktemp("blobs")))


def _changed(studio: Studio, after: EditResult) -> NDArray[np.bool_]:
    return np.asarray(np.abs(studio.seen(after.image).astype(int) - studio.pixels).max(2) > SEEN, np.bool_)


def _items(result: EditResult) -> dict[str, tuple[float, float, float, float]]:
    assert result.scene is not None
    return {item.asked: item.box for item in result.scene.items}


def _outside(mask: NDArray[np.bool_], box: tuple[float, float, float, float], room: int) -> float:
    """Share of the picture that changed farther than ``room`` px from a box."""
    x0, y0, x1, y1 = (round(value) for value in box)
    elsewhere = mask.copy()
    elsewhere[max(0, y0 - room) : y1 + room, max(0, x0 - room) : x1 + room] = False
    return float(elsewhere.mean())


def _structure(a: Pixels, b: Pixels) -> float:
    """Correlation of the two pictures' edges."""
    edges: list[Plane] = [
        cv2.Laplacian(cv2.cvtColor(one, cv2.COLOR_RGB2GRAY).astype(np.float64), cv2.CV_64F) for one in (a, b)
    ]
    return float(np.corrcoef(edges[0].ravel(), edges[1].ravel())[0, 1])


def test_a_removed_thing_leaves_everything_else_where_it_was(studio: Studio) -> None:
    after = studio.paint(Remedy(correction=Correction.REMOVE, thing="the teapot"))
    changed = _changed(studio, after)
    teapot = _items(studio.before)["teapot"]
    assert set(_items(after)) == {"lantern"} and _items(after)["lantern"] == _items(studio.before)["lantern"]
    assert changed.mean() > 0.002
    assert _outside(changed, teapot, 14) < 0.01


def test_an_added_thing_leaves_everything_else_where_it_was(studio: Studio) -> None:
    after = studio.paint(Remedy(correction=Correction.ADD, thing="kite"))
    there = _items(after)
    assert set(there) == {"teapot", "lantern", "kite"}
    assert all(there[thing] == box for thing, box in _items(studio.before).items())
    assert _outside(_changed(studio, after), there["kite"], 14) < 0.01


def test_brighter_and_darker_keep_the_structure(studio: Studio) -> None:
    bright, dark = (
        studio.seen(studio.paint(Remedy(correction=one)).image) for one in (Correction.BRIGHTER, Correction.DARKER)
    )
    assert bright.mean() > studio.pixels.mean() + 5 and dark.mean() < studio.pixels.mean() - 5
    assert _structure(studio.pixels, bright) > 0.9 and _structure(studio.pixels, dark) > 0.9


def test_a_bigger_person_stands_in_the_same_world(studio: Studio) -> None:
    after = studio.paint(Remedy(correction=Correction.BIGGER))
    scene, before = after.scene, studio.before.scene
    assert scene is not None and before is not None and scene.person_box is not None and before.person_box is not None
    assert scene.person_box[2] - scene.person_box[0] > 1.04 * (before.person_box[2] - before.person_box[0])
    moved = {
        thing: np.abs(np.subtract(box, _items(studio.before)[thing])).max() for thing, box in _items(after).items()
    }
    assert moved["lantern"] <= 1, "only what rounding moves"
    assert 1 < moved["teapot"] < 40, "what is in a hand goes with the hand"
    world = _changed(studio, after)
    for x0, y0, x1, y1 in (_items(one)["teapot"] for one in (studio.before, after)):
        world[round(y0) - 4 : round(y1) + 4, round(x0) - 4 : round(x1) + 4] = False
    assert _outside(world, scene.person_box, 14) < 0.01


def test_a_calmer_background_leaves_the_person_sharp(studio: Studio) -> None:
    after = studio.paint(Remedy(correction=Correction.CALMER))
    assert after.scene is not None and after.scene.person_box is not None
    x0, _, x1, _ = (round(value) for value in after.scene.person_box)
    here, there = (
        cv2.Laplacian(cv2.cvtColor(one, cv2.COLOR_RGB2GRAY), cv2.CV_64F)
        for one in (studio.seen(after.image), studio.pixels)
    )
    body = studio.body(after)
    assert here[body].std() > 0.9 * there[body].std()
    sides = (slice(24, 90), slice(0, x0 - 8)), (slice(24, 90), slice(x1 + 8, None))
    ratios = [here[side].std() / there[side].std() for side in sides if here[side].size]
    assert ratios and max(ratios) < 0.75


def test_night_and_snow_come_as_asked(studio: Studio) -> None:
    after = studio.paint(
        Remedy(correction=Correction.TIME, thing="night"), Remedy(correction=Correction.WEATHER, thing="snow")
    )
    assert after.scene is not None
    assert (after.scene.time_of_day, after.scene.weather) == ("night", "snow")
    assert studio.seen(after.image).mean() < studio.pixels.mean() - 15


def test_what_cannot_be_followed_is_said_and_paints_the_same_picture(studio: Studio) -> None:
    after = studio.paint(
        Remedy(correction=Correction.WORDS, thing="Turn the scene upside down."),
        Remedy(correction=Correction.REMOVE, thing="elephant"),
    )
    assert after.scene is not None and after.image.digest == studio.before.image.digest
    assert sum("elephant" in note or "upside down" in note for note in after.scene.notes) == 2
