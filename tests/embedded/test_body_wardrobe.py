"""Clothes follow the weather, the words and the work, and are the same in every shot that asks for them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from personavlog.script import Board, Emotion, Framing, TimeOfDay, Weather
from personavlog_embedded.body.wardrobe import dressed
from personavlog_embedded.figure.outfit import Outfit
from personavlog_embedded.scene.keyframe_spec import KeyframeSpec

RED, BLUE, SKIN = (0.8, 0.1, 0.1), (0.1, 0.2, 0.7), (0.9, 0.7, 0.6)
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
    assert (out.top, out.long, out.open, out.hat) == ("coat", True, False, "beanie")
    assert out.scarf is not None and out.gloves is not None and out.boots
    assert out.under == RED
    assert added == ("a coat", "a scarf", "a woollen hat")


def test_indoors_and_in_the_sun_the_photo_s_own_clothes_are_worn() -> None:
    assert dressed(OWN, spec(weather=Weather.SNOW), outdoors=False, airless=False, pose="read") == (OWN, ())
    assert dressed(OWN, spec(), outdoors=True, airless=False, pose="walk") == (OWN, ())


def test_a_film_has_one_coat() -> None:
    first, other = (worn(spec(weather=Weather.SNOW, turn=turn)) for turn in (0, 3))
    assert first == other


@pytest.mark.parametrize(
    "said, who, outdoors, part, value",
    [
        ("Walks on the moon in a space suit", "", True, "top", "space suit"),
        ("Walks through the park in her trenchcoat", "", True, "open", True),
        ("Walks through the park in her raincoat", "", True, "top", "raincoat"),
        ("Sits in the sun", "an old man with a straw hat", True, "hat", "straw"),
        ("Gives a speech in a dark suit", "", False, "top", "suit"),
        ("Packs a suitcase that suits her", "", False, "top", "tee"),
        ("Shorts the wires", "", False, "shorts", False),
        ("Runs along the beach in blue shorts", "", True, "shorts", True),
        ("Digs in rubber boots", "", True, "boots", True),
    ],
)
def test_words_choose_clothes(said: str, who: str, outdoors: bool, part: str, value: object) -> None:
    assert getattr(worn(spec(said, who=who), outdoors), part) == value


def test_rain_asks_for_a_raincoat_and_boots() -> None:
    out = worn(spec(weather=Weather.RAIN))
    assert (out.top, out.boots, out.open) == ("raincoat", True, False)


def test_who_cooks_wears_an_apron_and_a_dress_has_the_top_s_colour() -> None:
    assert worn(spec("Stirs the soup"), outdoors=False, pose="cook").apron is not None
    dress = worn(spec(who="a girl in a yellow dress"))
    assert (dress.top, dress.cloth) == ("dress", RED)


def test_where_there_is_no_air_everybody_wears_a_suit_and_who_came_in_one_keeps_its_colour() -> None:
    own = replace(OWN, top="photo", legs=(0.77, 0.1, 0.1))
    lent, kept = (dressed(outfit, spec(), outdoors=True, airless=True, pose="walk")[0] for outfit in (OWN, own))
    assert lent.top == kept.top == "space suit"
    assert lent.cloth != RED and kept.cloth == RED
