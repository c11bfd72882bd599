"""Companions look the same through a film, take after the person if they are kin, and have a face."""

from __future__ import annotations

import numpy as np
import pytest

from personavlog.metrics.face import detect
from personavlog.script import Board, Emotion, Framing, TimeOfDay
from personavlog_embedded.body.looks import companions, felt, looks
from personavlog_embedded.face.mood import expression_of
from personavlog_embedded.figure.drawing import draw
from personavlog_embedded.figure.face import with_faces
from personavlog_embedded.figure.pose import Pose
from personavlog_embedded.figure.shape import bare
from personavlog_embedded.figure.shot import Camera, Performer, Shot, Sun
from personavlog_embedded.scene.keyframe_spec import KeyframeSpec

SKIN, HAIR = (0.45, 0.31, 0.24), (0.12, 0.1, 0.1)
SOME = (
    "her grandmother",
    "his grandfather",
    "a little girl",
    "her son",
    "her mother",
    "the old man",
    "a friend",
    "his wife",
)


def spec(*company: str, framing: Framing = Framing.WIDE) -> KeyframeSpec:
    board = Board(
        place="village",
        time_of_day=TimeOfDay.NOON,
        action="Laughs",
        framing=framing,
        emotion=Emotion.CALM,
        company=company,
    )
    return KeyframeSpec(board, 320, 180, "cinematic", 5, 2)


@pytest.mark.weights
def test_people_are_drawn_and_animals_are_not() -> None:
    assert companions(spec("her mother", "a dog", "a friend")) == (("her mother", "a friend"), ())


def test_close_shots_show_only_the_person() -> None:
    assert companions(spec("her mother", framing=Framing.CLOSE_UP)) == ((), ("her mother",))


@pytest.mark.parametrize("named", SOME)
def test_somebody_looks_the_same_in_every_shot_of_a_film(named: str) -> None:
    assert looks(named, 5, SKIN, HAIR) == looks(named, 5, SKIN, HAIR)
    assert any(looks(named, 5, SKIN, HAIR) != looks(named, film, SKIN, HAIR) for film in range(6, 9))
    bare_name = named.split(" ", 1)[1]
    assert looks(named, 5, SKIN, HAIR) == looks(bare_name, 5, SKIN, HAIR)


def test_relatives_take_after_the_person_and_friends_need_not() -> None:
    def away(named: str) -> list[float]:
        return [float(np.abs(np.subtract(looks(named, film, SKIN, HAIR)[1].skin, SKIN)).max()) for film in range(12)]

    assert max(away("her mother")) < 0.08 and max(away("her son")) < 0.08
    assert max(away("a friend")) > 0.2


def test_ages_and_sexes_are_those_of_the_words() -> None:
    def shape(named: str) -> tuple[float, float]:
        one = looks(named, 3, SKIN, HAIR)[0]
        return one.male, one.years

    assert shape("her grandmother")[0] < 0.2 and shape("her grandmother")[1] > 65
    assert shape("his grandfather")[0] > 0.8 and shape("her father")[0] > 0.8
    assert shape("a little girl")[0] < 0.2 and shape("her son")[0] > 0.8 and shape("her son")[1] < 11
    assert shape("a toddler")[1] < 4


def test_the_old_are_grey() -> None:
    assert min(looks("grandmother", 3, SKIN, HAIR)[2].hair_colour) > 0.6


def test_a_child_is_smaller_than_a_grown_up() -> None:
    child, mother = (bare(looks(named, 3, SKIN, HAIR)[0]).tall for named in ("her daughter", "her mother"))
    assert child < 0.88 * mother


@pytest.mark.weights
def test_most_faces_are_found_by_the_face_detector() -> None:
    found = 0
    for film, named in enumerate(SOME):
        shape, outfit, head = looks(named, film, (0.9, 0.74, 0.63), HAIR)
        who = Performer(shape, outfit, Pose("stand"), yaw=12, head=felt(head, expression_of(Emotion.JOYFUL, seed=film)))
        camera = Camera(400, 400, 1500, 180, 200, bare(shape).tall - 0.1, 4.2)
        shot = Shot(camera, Sun(), (who,))
        drawing = draw(shot, ground=False)
        rgba = with_faces(drawing, shot).astype(np.float32)
        picture = np.full((400, 400, 3), 190, np.float32)
        h, w = rgba.shape[:2]
        window = picture[drawing.top : drawing.top + h, drawing.left : drawing.left + w]
        window += (rgba[..., :3] - window) * rgba[..., 3:] / 255
        found += bool(detect(picture.astype(np.uint8)))
    print(f"found {found} of {len(SOME)}")
    assert found >= 0.75 * len(SOME)
