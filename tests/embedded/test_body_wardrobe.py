"""Clothes follow the weather, the words and the work, and are the same in every shot that asks for them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from personavlog.script import Board, Emotion, Framing, TimeOfDay, Weather
from personavlog_embedded.body import torso
from personavlog_embedded.body.build import ADULT
from personavlog_embedded.body.outfit import Outfit
from personavlog_embedded.body.poses import POSES
from personavlog_embedded.body.skeleton import skeleton
from personavlog_embedded.body.wardrobe import dressed
from personavlog_embedded.scene.keyframe_spec import KeyframeSpec

RED, BLUE, SKIN = (np.array(rgb, np.float32) for rgb in ((0.8, 0.1, 0.1), (0.1, 0.2, 0.7), (0.9, 0.7, 0.6)))
OWN = Outfit("tee", False, SKIN, SKIN, RED, BLUE, BLUE)


def spec(action: str = "Stands still", weather: Weather = Weather.CLEAR, who: str = "", turn: int = 0) -> KeyframeSpec:
    board = Board(
        place="village",
        time_of_day=TimeOfDay.NOON,
        weather=weather,
        action=action,
        framing=Framing.WIDE,
        emotion=Emotion.CALM,
    )
    return KeyframeSpec(board, 640, 360, "cinematic", 5, turn, turn, who=who)


def worn(on: KeyframeSpec, outdoors: bool = True, pose: str = "stand") -> Outfit:
    return dressed(OWN, on, outdoors=outdoors, airless=False, pose=pose)[0]


def test_nobody_goes_out_into_the_snow_in_a_t_shirt() -> None:
    out, added = dressed(OWN, spec(weather=Weather.SNOW), outdoors=True, airless=False, pose="walk")
    assert (out.top, out.long, out.hat) == ("coat", True, "beanie")
    assert out.scarf is not None and out.gloves is not None
    assert added == ("a coat", "a scarf", "a woollen hat")


def test_indoors_and_in_the_sun_the_photo_s_own_clothes_are_worn() -> None:
    assert dressed(OWN, spec(weather=Weather.SNOW), outdoors=False, airless=False, pose="read") == (OWN, ())
    assert dressed(OWN, spec(), outdoors=True, airless=False, pose="walk") == (OWN, ())


def test_a_film_has_one_coat() -> None:
    first, other = (worn(spec(weather=Weather.SNOW, turn=turn)) for turn in (0, 3))
    assert np.array_equal(first.cloth, other.cloth)
    assert first.hat_colour is not None and np.array_equal(first.hat_colour, other.hat_colour)


@pytest.mark.parametrize(
    "said, who, outdoors, pose, part, value",
    [
        ("Walks on the moon in a space suit", "", True, "walk", "top", "suit"),
        ("Walks in the rain in her trenchcoat", "", True, "walk", "top", "coat"),
        ("Sits in the sun", "an old man with a straw hat", True, "sit", "hat", "straw"),
    ],
)
def test_words_choose_clothes(said: str, who: str, outdoors: bool, pose: str, part: str, value: str) -> None:
    assert getattr(worn(spec(said, who=who), outdoors, pose), part) == value


def test_who_cooks_wears_an_apron_and_a_dress_has_the_top_s_colour() -> None:
    assert worn(spec("Stirs the soup"), outdoors=False, pose="cook").apron is not None
    dress = worn(spec(who="a girl in a yellow dress")).skirt
    assert dress is not None and np.array_equal(dress, RED)


@pytest.mark.parametrize(
    "clothes",
    [replace(OWN, top="coat", long=True), replace(OWN, skirt=RED), replace(OWN, apron=RED)],
    ids=["coat", "skirt", "apron"],
)
def test_what_is_long_covers_the_thighs(clothes: Outfit) -> None:
    bones = skeleton(ADULT, POSES["stand"]).placed(0, 0, 60)

    def rows(outfit: Outfit) -> int:
        sheet = torso.torso(bones, outfit, None, 3)
        return sheet.top + int(np.flatnonzero((sheet.alpha > 0.5).any(axis=1))[-1])

    assert rows(clothes) > rows(OWN) + 15


def test_where_there_is_no_air_everybody_wears_a_suit_and_who_came_in_one_keeps_its_colour() -> None:
    own = replace(OWN, top="photo", legs=RED * np.float32(0.96))
    lent, kept = (dressed(outfit, spec(), outdoors=True, airless=True, pose="walk")[0] for outfit in (OWN, own))
    assert lent.top == kept.top == "suit"
    assert not np.array_equal(lent.cloth, RED)
    assert np.array_equal(kept.cloth, RED)
