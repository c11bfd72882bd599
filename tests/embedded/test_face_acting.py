"""A face that acts: what shall move moves, where it shall, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from personavlog.metrics import face as measure
from personavlog.metrics import identity
from personavlog_embedded.face import features, glasses, head_turn, trusted_mesh
from personavlog_embedded.face.acting import Performed, with_expression, within_bounds
from personavlog_embedded.face.anatomy import Anatomy
from personavlog_embedded.scene.expression import AS_IN_PHOTO, Expression
from personavlog_embedded.scene.stage import FacePoints
from tests.shared.drawn_face import sketch

pytestmark = pytest.mark.weights
Pixels = NDArray[np.uint8]
EXPRESSIONS = st.builds(
    Expression,
    smile=st.floats(-2, 2),
    brows=st.floats(-2, 2),
    eyes=st.floats(-2, 2),
    mouth=st.floats(-1, 2),
    gaze_x=st.floats(-2, 2),
    gaze_y=st.floats(-2, 2),
    turn=st.floats(-60, 60),
    nod=st.floats(-60, 60),
    tilt=st.floats(-60, 60),
)


@cache
def person() -> tuple[Pixels, NDArray[np.float32], FacePoints]:
    """A drawn head on shoulders as a cut-out, its mesh and its five points."""
    rgb = np.full((420, 400, 3), (196, 205, 212), np.uint8)
    rgb[60:360, 50:350] = sketch()
    cv2.ellipse(rgb, (200, 420), (150, 75), 0, 180, 360, (60, 80, 130), -1)
    alpha = np.zeros(rgb.shape[:2], np.uint8)
    for centre, axes in (((200, 195), (95, 115)), ((200, 330), (28, 50)), ((200, 420), (150, 75))):
        cv2.ellipse(alpha, centre, axes, 0, 0, 360, 255, -1)
    rgba = np.dstack([rgb, cv2.GaussianBlur(alpha, (0, 0), 1.2)])
    (found,) = measure.detect(rgb)
    five = FacePoints(found.box, found.points)
    mesh = trusted_mesh.find_mesh(rgba, five)
    assert mesh is not None
    return rgba, mesh, five


def acted(**wanted: float) -> Performed:
    rgba, mesh, face = person()
    return with_expression(rgba, mesh, Expression(**wanted), face)


def grey(rgba: Pixels) -> NDArray[np.float64]:
    return np.asarray(rgba[..., :3].mean(axis=2) * (rgba[..., 3] > 128))


def eye(rgba: Pixels) -> NDArray[np.float64]:
    """The image-left eye of the cut-out."""
    return grey(rgba)[194:214, 154:190]


def test_nothing_wished_is_nothing_changed() -> None:
    rgba, mesh, face = person()
    same = with_expression(rgba, mesh, AS_IN_PHOTO, face)
    assert same.rgba is rgba and same.face is face


def test_without_a_mesh_nothing_changes() -> None:
    rgba, _, face = person()
    done = with_expression(rgba, None, Expression(smile=1, turn=20), face)
    assert done.rgba is rgba and done.face is face


def test_a_mesh_beside_the_face_is_not_trusted() -> None:
    rgba, _, face = person()
    beside = replace(face, points=face.points + np.float32(60))
    assert trusted_mesh.find_mesh(rgba, beside) is None
    assert with_expression(rgba, person()[1], Expression(smile=1, turn=20), beside).rgba is rgba


@settings(max_examples=60)
@given(EXPRESSIONS)
def test_no_face_folds_over_itself_however_it_is_asked(wanted: Expression) -> None:
    rgba, mesh, _ = person()
    anatomy, wanted = Anatomy(mesh), within_bounds(wanted)
    solid = head_turn.measured(rgba[..., 3], anatomy)
    step = 0.02
    own = np.stack(np.meshgrid(np.arange(-1.2, 1.2, step), np.arange(-1.2, 1.2, step)), axis=-1)
    there = own + features.shifted(own, anatomy.local, wanted) + solid.moved(own, wanted.turn, wanted.nod, wanted.tilt)
    (xy, xx), (yy, yx) = (np.gradient(there[..., axis], step) for axis in (0, 1))
    assert (xx * yy - xy * yx).min() > 0.02


@settings(max_examples=8)
@given(EXPRESSIONS)
def test_shoulders_stay_whatever_the_face_does(wanted: Expression) -> None:
    rgba, mesh, face = person()
    done = with_expression(rgba, mesh, wanted, face)
    below = int(mesh[152, 1] + 0.75 * Anatomy(mesh).size)
    assert np.array_equal(done.rgba[below:], rgba[below:])


@pytest.mark.parametrize("turn", [-20.0, 20.0])
def test_a_turned_head_takes_its_nose_further_than_its_outline(turn: float) -> None:
    rgba, _, face = person()
    done = acted(turn=turn)
    nose = float(done.face.points[2, 0] - face.points[2, 0]) * np.sign(turn)
    assert nose > 0.15 * (face.box[2] - face.box[0])
    edges = [np.flatnonzero(picture[190, :, 3] > 128)[[0, -1]] for picture in (rgba, done.rgba)]
    assert np.abs(edges[1] - edges[0]).max() < 0.7 * nose
    (seen,) = measure.detect(np.ascontiguousarray(done.rgba[..., :3]))
    assert np.hypot(*(seen.points[2] - done.face.points[2])) < 9


def test_a_nod_lowers_the_nose_and_a_tilt_leans_the_eyes() -> None:
    face = person()[2]
    assert acted(nod=12).face.points[2, 1] > face.points[2, 1] + 5 > acted(nod=-12).face.points[2, 1] + 10
    eyes = acted(tilt=10).face.points[:2]
    assert np.degrees(np.arctan2(*(eyes[1] - eyes[0])[::-1])) == pytest.approx(10, abs=3)


@pytest.mark.parametrize(("smile", "way"), [(1.0, -1.0), (-1.0, 1.0)])
def test_mouth_corners_rise_in_a_smile_and_sink_in_a_frown(smile: float, way: float) -> None:
    moved = acted(smile=smile).face.points[3:, 1] - person()[2].points[3:, 1]
    assert (way * moved > 2).all()


def test_closed_eyes_hide_the_iris() -> None:
    rgba = person()[0]
    assert eye(rgba)[5:13, 12:20].min() < 90 < eye(acted(eyes=-1).rgba)[3:9, 12:20].min()


def test_the_iris_goes_where_the_gaze_goes_and_leaves_white_behind() -> None:
    rgba = person()[0]

    def dark(picture: Pixels) -> float:
        columns = np.flatnonzero(eye(picture)[8:12].mean(axis=0) < 130)
        return float(columns.mean())

    assert dark(acted(gaze_x=-1).rgba) < dark(rgba) - 2 < dark(acted(gaze_x=1).rgba) - 4
    assert eye(acted(gaze_x=-1).rgba)[9, 20] > eye(rgba)[9, 20] + 25


def test_an_open_mouth_is_dark_inside_and_lowers_the_chin() -> None:
    rgba, mesh, _ = person()
    x, y = (int(v) for v in (mesh[13, :2] + mesh[14, :2]) / 2)
    done = acted(mouth=1)
    assert grey(done.rgba)[y + 6, x] < 0.65 * grey(rgba)[y + 6, x]
    change = np.abs(grey(done.rgba) - grey(rgba))
    assert change[int(mesh[152, 1]) - 2 : int(mesh[152, 1]) + 8, x - 10 : x + 10].mean() > 5


def test_a_colour_from_outside_the_cut_out_never_enters_it() -> None:
    rgba, mesh, face = person()
    loud = rgba.copy()
    loud[rgba[..., 3] == 0] = (0, 255, 0, 0)
    one, other = (with_expression(picture, mesh, Expression(turn=20, tilt=8), face).rgba for picture in (rgba, loud))
    solid = one[..., 3] > 40
    assert np.abs(one[solid].astype(int) - other[solid].astype(int)).max() <= 2


def test_hair_at_the_upper_border_grows_no_stub() -> None:
    rgba, mesh, face = person()
    top = int(np.flatnonzero((rgba[..., 3] > 128).any(axis=1))[0])
    up = np.array([0, top, 0], np.float32)
    x0, y0, x1, y1 = face.box
    done = with_expression(
        rgba[top:], mesh - up, Expression(nod=12), FacePoints((x0, y0 - top, x1, y1 - top), face.points - up[:2])
    )
    rows = (done.rgba[..., 3] > 40).sum(axis=1)
    assert rows[0] == 0 and rows.max() > 100


def test_a_bar_across_the_nose_is_a_pair_of_glasses() -> None:
    rgba, mesh, _ = person()
    face = Anatomy(mesh)
    x, y = (int(v) for v in mesh[[168, 6], :2].mean(axis=0))
    dressed = rgba.copy()
    cv2.line(dressed, (x - 14, y), (x + 14, y), (40, 36, 34, 255), 2)
    assert glasses.worn(dressed, face) and not glasses.worn(rgba, face)


@pytest.mark.parametrize("sign", [-1.0, 1.0])
def test_a_face_asked_for_everything_at_once_is_still_the_same_persons(sign: float) -> None:
    rgba, _, face = person()
    done = with_expression(
        rgba, person()[1], Expression(smile=sign, brows=sign, eyes=1, mouth=1, turn=25 * sign, nod=-15 * sign), face
    )
    before, after = (np.ascontiguousarray(picture[..., :3]) for picture in (rgba, done.rgba))
    assert identity.face_similarity(before, measure.detect(before)[0], after, measure.detect(after)[0]) > identity.FLOOR
