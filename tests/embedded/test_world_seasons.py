"""Seasons, lanterns and scenery: the board's words change the place, and what the place shows is not asked for
again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from personavlog_embedded.places import motif
from personavlog_embedded.places.catalogue import PLACES
from personavlog_embedded.render.light import Light, light
from personavlog_embedded.render.ranges import mountains
from personavlog_embedded.render.setting import Setting, composite
from personavlog_embedded.scene.season import season_of, without_season
from personavlog_embedded.things import scenery


def picture(key: str, lit: Light, motifs: frozenset[str] = frozenset()) -> np.ndarray:
    place = PLACES[key]
    where = Setting(108, 192, 108 * place.horizon, 108, lit, 3, motifs=motifs)
    return composite(where, place.paint(where)).pixels[..., :3].astype(np.int32)


@pytest.mark.parametrize(
    ("words", "weather", "named"),
    [
        ("a vegetable garden in spring. Plants seeds", "clear", "spring"),
        ("a park with fallen leaves", "clear", "autumn"),
        ("a wood. 秋天", "clear", "autumn"),
        ("a garden in autumn", "snow", "winter"),
        ("a steaming hot spring", "clear", "summer"),
        ("a forest path. Walks", "clear", "summer"),
        ("a lake in winter", "clear", "winter"),
        ("Falls asleep in a meadow", "clear", "summer"),
    ],
)
def test_words_and_weather_name_the_season(words: str, weather: str, named: str) -> None:
    assert season_of(words, weather) == named


def test_a_place_is_the_same_place_in_every_season() -> None:
    assert without_season("a vegetable garden in late autumn") == "a vegetable garden"
    assert without_season("winter village") == "winter village"


@pytest.mark.parametrize("key", ["forest", "greenhouse", "lake", "river"])
def test_autumn_is_redder_and_spring_no_browner_than_summer(key: str) -> None:
    def red(name: str) -> float:
        shown = picture(key, light("noon", "clear", name))
        return float((shown[..., 0] - shown[..., 1]).mean())

    assert red("autumn") > red("summer") + 2
    assert np.abs(picture(key, light("noon", "clear", "spring")) - picture(key, light("noon", "clear"))).mean() > 1


def test_lanterns_light_the_lake_at_night_and_not_at_noon() -> None:
    motifs = motif.motifs_of("a mountain lake with paper lanterns")
    assert motifs == {"lanterns"}
    night, lit = picture("lake", light("night", "clear")), picture("lake", light("night", "clear"), motifs)
    warm = (lit[..., 0] > 180) & (lit[..., 2] < 150)
    assert warm.mean() > ((night[..., 0] > 180) & (night[..., 2] < 150)).mean() + 0.01
    assert np.abs(picture("lake", light("noon", "clear"), motifs) - picture("lake", light("noon", "clear"))).mean() < 3


def test_far_things_lose_their_modelling_at_night_and_near_ones_keep_it() -> None:
    dark, day = light("night", "clear"), light("noon", "clear")
    own = (0.5, 0.5, 0.5)

    def contrast(lit: Light, depth: float) -> float:
        return lit.colour(own, 1.0, depth)[2] - lit.colour(own, 0.0, depth)[2]

    assert contrast(dark, 0.7) < 0.3 * contrast(dark, 0.0)
    assert contrast(day, 0.7) > 0.4 * contrast(day, 0.0)


def test_snow_lies_on_the_peaks_first() -> None:
    where = Setting(200, 320, 120, 200, light("noon", "clear"), 3)
    shown = mountains(where, "range", 120, 80, 0.6, snow=0.6).pixels
    rows = np.arange(200)[:, None] * np.ones((1, 320))
    white = (shown[..., :3].min(axis=2) > 215) & (rows < 120)
    rock = (shown[..., 3] > 250) & ~white & (rows < 120)
    assert white.any() and rock.any()
    assert rows[white].mean() < rows[rock].mean() - 5


@pytest.mark.parametrize(
    ("asked", "key", "weather", "there"),
    [
        ("sky", "lake", "clear", True),
        ("the sky", "cafe", "clear", False),
        ("window", "cafe", "clear", True),
        ("window", "desert", "clear", False),
        ("waves", "beach", "clear", True),
        ("puddle", "street", "rain", True),
        ("puddle", "street", "clear", False),
        ("a red lantern", "lake", "clear", False),
        ("cheering crowd", "stadium", "clear", True),
        ("old door", "lane", "clear", True),
        ("door", "moon", "clear", False),
    ],
)
def test_scenery_is_shown_where_the_place_has_it(asked: str, key: str, weather: str, there: bool) -> None:
    assert scenery.shown(asked, PLACES[key], light("noon", weather)) is there


def test_a_motif_is_seen_in_the_room_that_it_belongs_to() -> None:
    place = PLACES["museum"]
    plain = Setting(90, 160, 36, 90, light("noon", "clear"), 3)
    shown = [
        composite(where, place.paint(where)).pixels[..., :3].astype(int)
        for where in (plain, replace(plain, motifs=motif.motifs_of("a dinosaur skeleton")))
    ]
    assert np.abs(shown[0] - shown[1]).mean() > 3
