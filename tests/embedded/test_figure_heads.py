"""Drawn heads: hair where it grows, faces that follow the head and what it feels, hats that cover the crown."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from personavlog_embedded.figure.drawing import Drawing, draw
from personavlog_embedded.figure.face import features, placed, strokes, with_faces
from personavlog_embedded.figure.hair import haircuts
from personavlog_embedded.figure.hat import hats
from personavlog_embedded.figure.label import Label
from personavlog_embedded.figure.outfit import DrawnHead, Outfit
from personavlog_embedded.figure.over_head import over_head
from personavlog_embedded.figure.pose import Pose
from personavlog_embedded.figure.shape import Shape, bare
from personavlog_embedded.figure.shot import Camera, Performer, Shot, Sun
from personavlog_embedded.figure.view import BODY_PARTS

SKIN = (0.9, 0.74, 0.64)
WORN = Outfit("sweater", True, SKIN, SKIN, (0.35, 0.5, 0.55), (0.24, 0.3, 0.43), (0.3, 0.2, 0.2))
WOMAN, MAN, CHILD, OLD = Shape(0.1), Shape(0.9, 40), Shape(0.5, 7), Shape(0.1, 76)


@cache
def drawn(head: DrawnHead | None, shape: Shape = WOMAN, yaw: float = 0.0, hat: str = "") -> tuple[Drawing, Shot]:
    """Head and shoulders, 130 px."""
    outfit = replace(WORN, hat=hat, hat_colour=(0.8, 0.3, 0.2))
    who = Performer(shape, outfit, Pose("stand"), yaw=yaw, head=head, head_size=1.0 if head else 1.12)
    shot = Shot(Camera(130, 130, 1000, 55, 65, bare(shape).tall - 0.1, 4.2), Sun(), (who,))
    return draw(shot, fine=False, ground=False), shot


def face(head: DrawnHead, yaw: float = 0.0, shape: Shape = WOMAN) -> np.ndarray | None:
    drawing, shot = drawn(head.calm(), shape, yaw)
    return features(drawing, 0, replace(shot.performers[0], head=head), shot.camera)


@pytest.mark.parametrize("shape", [WOMAN, MAN, CHILD, OLD])
@pytest.mark.parametrize("yaw", [0, 35])
def test_a_face_lies_inside_the_head(shape: Shape, yaw: float) -> None:
    drawing, shot = drawn(DrawnHead(), shape, yaw)
    who, (h, w) = shot.performers[0], drawing.part.shape
    inside = []
    for stroke in strokes(who, 100):
        at, facing = placed(stroke.outline, shape, drawing.figures[0], shot.camera)
        px = shot.camera.px(at) - [drawing.left, drawing.top]
        x, y = (px[facing > 0.35].astype(int).clip(0, [w - 1, h - 1])).T
        inside.append(drawing.part[y, x] == BODY_PARTS.index("head"))
    assert np.concatenate(inside).mean() > 0.93


def test_a_face_is_not_seen_from_behind() -> None:
    assert face(DrawnHead(), 180) is None
    assert face(DrawnHead(plain=True)) is None


def test_a_smile_lifts_the_corners_of_the_mouth() -> None:
    def corner(smile: float) -> float:
        drawing, shot = drawn(DrawnHead())
        who = replace(shot.performers[0], head=DrawnHead(smile=smile))
        line = next(s for s in strokes(who, 100) if s.colour == (0.2, 0.12, 0.12) and s.outline[:, 1].max() < 0.69)
        at, _ = placed(line.outline, WOMAN, drawing.figures[0], shot.camera)
        px = shot.camera.px(at)
        return float(px[px[:, 0].argmax(), 1] - px[:, 1].mean())

    assert corner(1) < corner(0) < corner(-1)


def test_every_feeling_looks_different() -> None:
    asked = (
        {},
        {"smile": 1.0},
        {"smile": -1.0},
        {"brows": -1.0},
        {"brows": 1.0},
        {"mouth": 1.0},
        {"lids": 1.0},
        {"gaze": (1.0, 0.0)},
    )
    seen = [face(DrawnHead(**one)) for one in asked]
    assert all(one is not None for one in seen)
    for k, first in enumerate(seen):
        assert all(np.abs(first.astype(int) - other.astype(int)).max() > 40 for other in seen[:k])


def test_features_stay_behind_what_is_nearer() -> None:
    drawing, shot = drawn(DrawnHead())
    before = replace(
        drawing, far=np.where(np.arange(drawing.far.shape[1]) < drawing.far.shape[1] // 2, 1.0, drawing.far)
    )
    seen = features(before, 0, shot.performers[0], shot.camera)
    assert seen is not None and seen[:, : seen.shape[1] // 2 - 3, 3].max() == 0 and seen[..., 3].max() > 150


@pytest.mark.parametrize("shape", [WOMAN, MAN, CHILD, OLD])
@pytest.mark.parametrize("cut", [name for name in haircuts() if name not in ("bald", "fringe")])
def test_hair_covers_the_crown_and_leaves_the_face(cut: str, shape: Shape) -> None:
    drawing, shot = drawn(DrawnHead(cut), shape)
    head = drawing.part == BODY_PARTS.index("head")
    top = np.argmax(head.any(1))
    crown = drawing.label[top + 2 : top + 4][head[top + 2 : top + 4]]
    assert (crown == Label.HAIR).mean() > 0.95
    for line in ([[0.03, 0.7284]], [[-0.03, 0.7284]], [[0.0, 0.66]]):
        at, _ = placed(np.array(line), shape, drawing.figures[0], shot.camera)
        x, y = (shot.camera.px(at)[0] - [drawing.left, drawing.top]).astype(int)
        assert drawing.label[y, x] == Label.FACE


def test_a_bald_head_has_no_hair_and_a_beard_has() -> None:
    assert not (drawn(DrawnHead("bald"))[0].label == Label.HAIR).any()
    assert (drawn(DrawnHead("bald", beard="full"), MAN)[0].label == Label.HAIR).sum() > 100


@pytest.mark.parametrize("shape", [WOMAN, MAN, CHILD, OLD])
@pytest.mark.parametrize("hat", [name for name in hats() if name != "helmet"])
def test_a_hat_covers_the_crown(hat: str, shape: Shape) -> None:
    drawing, _ = drawn(DrawnHead("short"), shape, 20, hat)
    on_head = np.isin(drawing.part, [BODY_PARTS.index("head"), BODY_PARTS.index("hat")])
    top = np.argmax(on_head.any(1))
    rows = drawing.label[top + 1 : top + 6][on_head[top + 1 : top + 6]]
    assert (rows == Label.HAT).all()
    assert (drawing.label == Label.FACE).sum() > 100


@pytest.mark.parametrize("hat", ["beanie", "straw", "hood"])
def test_a_photo_s_head_lies_before_the_inside_of_a_hat(hat: str) -> None:
    drawing, shot = drawn(None, hat=hat)
    mask = over_head(drawing, 0, shot.performers[0], shot.camera)
    shown = drawing.part == BODY_PARTS.index("hat")
    assert 0 < mask.sum() < shown.sum()
    rows = np.flatnonzero(mask.any(1))
    assert rows[0] == np.flatnonzero(shown.any(1))[0]


def test_equal_heads_give_equal_pictures() -> None:
    head = DrawnHead("curly", smile=0.5)
    drawing, shot = drawn(head)
    again = draw(shot, fine=False, ground=False)
    assert np.array_equal(with_faces(drawing, shot), with_faces(again, shot))
