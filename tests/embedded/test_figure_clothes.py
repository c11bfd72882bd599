"""Clothes of figures: they cover what they should in every pose and on every shape, and end where they should."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from personavlog_embedded import data
from personavlog_embedded.figure.drawing import Drawing, draw
from personavlog_embedded.figure.label import Label
from personavlog_embedded.figure.outfit import DrawnHead, Outfit
from personavlog_embedded.figure.pose import Pose
from personavlog_embedded.figure.shape import Shape
from personavlog_embedded.figure.shot import Camera, Performer, Shot, Sun
from personavlog_embedded.figure.tones import woven
from personavlog_embedded.figure.view import BODY_PARTS

SKIN, RED, BLUE, BROWN = (0.91, 0.75, 0.65), (0.77, 0.3, 0.26), (0.24, 0.3, 0.43), (0.3, 0.22, 0.2)
OWN = Outfit("sweater", True, SKIN, SKIN, RED, BLUE, BROWN)
KINDS = {
    "tee": replace(OWN, top="tee", long=False),
    "sweater": OWN,
    "shirt": replace(OWN, top="shirt"),
    "photo": replace(OWN, top="photo"),
    "coat": replace(OWN, top="coat", scarf=BLUE, gloves=BROWN, boots=True),
    "open coat": replace(OWN, top="coat", open=True),
    "raincoat": replace(OWN, top="raincoat", boots=True),
    "suit": replace(OWN, top="suit", tie=BLUE),
    "dress": replace(OWN, top="dress", long=False),
    "skirt": replace(OWN, top="shirt", skirt=BLUE),
    "shorts": replace(OWN, top="tee", long=False, shorts=True),
    "apron": replace(OWN, apron=(0.9, 0.86, 0.78)),
    "space suit": replace(OWN, top="space suit", gloves=BROWN),
}
SHAPES = (Shape(0.1), Shape(0.9, 35), Shape(0.2, 40, 1.0), Shape(0.9, 50, -0.8), Shape(0.5, 6), Shape(0.1, 75))
POSES = (
    "stand",
    "hands on hips",
    "wave",
    "walk",
    "run",
    "sit",
    "sit ground",
    "kneel",
    "crouch",
    "climb",
    "dance",
    "carry box",
)
HEIGHT, WIDTH = 200, 190
CAMERA = Camera(WIDTH, HEIGHT, 360, 92, WIDTH / 2, 1.0, 4.2)
BARE_LEGS = ("dress", "skirt", "shorts")


@lru_cache(maxsize=64)
def drawn(kind: str, shape: Shape, pose: str, yaw: float = 0.0) -> Drawing:
    who = Performer(shape, KINDS[kind], data.read_rows(Pose, "poses", by="name")[pose], 0, 0, yaw, head=DrawnHead())
    return draw(Shot(CAMERA, Sun(), (who,)), fine=False, ground=False)


def planes(drawing: Drawing) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Labels and parts on the whole sheet."""
    out = np.zeros((2, HEIGHT, WIDTH), np.uint8)
    rows, columns = drawing.label.shape
    box = np.s_[drawing.top : drawing.top + rows, drawing.left : drawing.left + columns]
    out[0][box], out[1][box] = drawing.label, drawing.part
    return out[0], out[1]


def of_part(part: NDArray[np.uint8], *names: str) -> NDArray[np.bool_]:
    return np.isin(part, [number for number, name in enumerate(BODY_PARTS) if name.endswith(names)])


def rows_of(label: NDArray[np.uint8], *labels: Label) -> NDArray[np.intp]:
    return np.flatnonzero(np.isin(label, labels).sum(1) > 1)


def joint_row(drawing: Drawing, name: str) -> float:
    return float(CAMERA.px(drawing.figures[0].joints[name])[1])


@pytest.mark.parametrize("kind", KINDS)
def test_no_hole_and_no_skin_where_cloth_is_worn(kind: str) -> None:
    first = list(KINDS).index(kind) % 2
    for number, pose in enumerate(POSES[first::2]):
        shape, yaw = SHAPES[number], (0.0, 35.0, -70.0, 160.0)[number % 4]
        drawing = drawn(kind, shape, pose, yaw)
        label, part = planes(drawing)
        least = planes(drawn("shorts", shape, pose, yaw))[0]
        solid = cv2.erode((least > 0).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
        arms = of_part(part, "upper arm", "forearm", "hand").astype(np.uint8)
        solid &= cv2.dilate(arms, np.ones((5, 5), np.uint8)) == 0  # what shows between arm and waist is no hole
        assert (solid & (label == Label.NOTHING)).sum() <= 3, (pose, shape)
        skin = label == Label.SKIN
        rows, columns = np.nonzero(skin & of_part(part, "trunk"))
        throat = CAMERA.px(drawing.figures[0].joints["neck01"])
        size = drawing.figures[0].worn.size * CAMERA.focal / CAMERA.distance
        assert not len(rows) or np.hypot(columns - throat[0], rows - throat[1]).max() < 0.2 * size, (pose, shape)
        if KINDS[kind].long:
            assert (skin & of_part(part, "upper arm")).sum() <= 2, (pose, shape)
            assert (skin & of_part(part, "forearm")).sum() <= 0.12 * of_part(part, "forearm").sum() + 2, (pose, shape)
        if kind not in BARE_LEGS:
            assert (skin & of_part(part, "leg", "foot")).sum() == 0, (pose, shape)
        assert (skin & of_part(part, "foot")).sum() <= 0.4 * of_part(part, "foot").sum(), (pose, shape)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_what_is_long_covers_the_thighs_and_what_is_short_shows_the_knees(shape: Shape) -> None:
    def hem(kind: str, *labels: Label) -> tuple[float, Drawing]:
        drawing = drawn(kind, shape, "stand")
        return float(rows_of(planes(drawing)[0], *labels).max()), drawing

    for kind, label in (("dress", Label.TOP), ("skirt", Label.OVER)):
        low, drawing = hem(kind, label)
        knee, ankle = joint_row(drawing, "lowerleg01.L"), joint_row(drawing, "foot.L")
        assert knee - 3 < low < (knee + ankle) / 2, kind
    for kind in ("coat", "raincoat"):
        low, drawing = hem(kind, Label.OVER)
        assert (joint_row(drawing, "upperleg01.L") + joint_row(drawing, "lowerleg01.L")) / 2 < low, kind
    low, drawing = hem("shorts", Label.LEGS)
    assert joint_row(drawing, "upperleg01.L") < low < joint_row(drawing, "lowerleg01.L")
    low, drawing = hem("sweater", Label.TOP, Label.TRIM)
    assert joint_row(drawing, "spine04") < low < (low + joint_row(drawing, "lowerleg01.L")) / 2
    low, drawing = hem("sweater", Label.LEGS)
    assert abs(low - joint_row(drawing, "foot.L")) < 0.05 * CAMERA.focal / CAMERA.distance * 1.5


@pytest.mark.parametrize(
    "kind, part, labels",
    [
        ("sweater", "trunk", (Label.TOP, Label.TRIM)),
        ("coat", "trunk", (Label.OVER, Label.TRIM, Label.SCARF, Label.INNER)),
        ("suit", "upper arm", (Label.OVER, Label.TRIM)),
        ("skirt", "trunk", (Label.TOP, Label.TRIM, Label.OVER, Label.BUTTON)),
        ("coat", "hand", (Label.GLOVE, Label.TRIM)),
        ("space suit", "leg", (Label.LEGS, Label.TRIM, Label.SHOE)),
        ("coat", "foot", (Label.SHOE, Label.SOLE)),
    ],
)
def test_a_part_shows_what_is_worn_on_it(kind: str, part: str, labels: tuple[Label, ...]) -> None:
    for shape in SHAPES[:3]:
        label, parts = planes(drawn(kind, shape, "stand"))
        here = of_part(parts, part)
        assert np.isin(label[here], labels).mean() > 0.85


def test_what_is_sewn_on_is_seen() -> None:
    def share(kind: str, what: Label) -> float:
        label, part = planes(drawn(kind, SHAPES[0], "stand"))
        return float((label == what).sum() / of_part(part, "trunk").sum())

    assert share("shirt", Label.TRIM) > 1.5 * share("tee", Label.TRIM) > 0
    assert share("shirt", Label.BUTTON) > 0 == share("tee", Label.BUTTON)
    assert share("suit", Label.TIE) > 0.002 < share("suit", Label.INNER)
    assert share("apron", Label.APRON) > 0.2
    assert share("open coat", Label.LEGS) > share("coat", Label.LEGS)


@pytest.mark.parametrize("cloth", [(0.0, 0.0, 0.0), (1.0, 1.0, 1.0)])
def test_black_and_white_keep_light_and_shade(cloth: tuple[float, float, float]) -> None:
    who = Performer(SHAPES[0], replace(OWN, cloth=cloth), Pose("stand"), head=DrawnHead())
    drawing = draw(Shot(CAMERA, Sun(), (who,)), fine=False, ground=False)
    rgb = drawing.rgba[(drawing.label == Label.TOP) & (drawing.rgba[..., 3] == 255)][:, :3]
    light = cv2.cvtColor(rgb[None].astype(np.float32) / 255, cv2.COLOR_RGB2Lab)[0, :, 0]
    low, high = np.percentile(light, (15, 85))
    assert high - low > 6


def test_colours_between_stay_as_they_are() -> None:
    assert np.allclose(woven(RED), RED, atol=0.01)


def test_a_picture_lies_on_the_front_of_the_top_alone() -> None:
    picture = np.zeros((120, 140, 4), np.uint8)
    picture[:, 70:] = (0, 255, 0, 255)

    def green(yaw: float) -> NDArray[np.bool_]:
        who = Performer(SHAPES[0], KINDS["photo"], Pose("stand"), 0, 0, yaw, head=DrawnHead())
        shot = Shot(CAMERA, Sun(), (who,))
        drawing = draw(shot, fine=False, ground=False, prints={0: picture})
        out = np.zeros((HEIGHT, WIDTH), bool)
        rgb = drawing.rgba.astype(int)
        rows, columns = drawing.label.shape
        out[drawing.top : drawing.top + rows, drawing.left : drawing.left + columns] = rgb[..., 1] > rgb[..., 0] + 60
        return out

    front = green(0)
    assert front[:, WIDTH // 2 :].sum() > 20 * max(1, front[:, : WIDTH // 2 - 2].sum())
    assert green(180).sum() < 0.05 * front.sum()
