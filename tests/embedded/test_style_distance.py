"""Style distance: nothing to itself, and less within a film than between films of other styles."""

from __future__ import annotations

from itertools import combinations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from personavlog.metrics import style
from personavlog_embedded.scene.stage import Layer, over
from personavlog_embedded.style import scene_effects as style_scene
from personavlog_embedded.style.finishes import finished
from personavlog_embedded.style.grade import graded
from personavlog_embedded.style.print_surface import snap
from personavlog_embedded.style.scene_effects import SceneAir
from personavlog_embedded.style.styles import STYLES

Pixels = NDArray[np.uint8]
KEYS = ("oil", "inkwash", "noir", "pixel", "vintage")


def scene(number: int) -> Pixels:
    """Four small places: a day, a dusk, a night, a room."""
    rng = np.random.default_rng(number)
    sky, ground, thing = (
        ((120, 180, 240), (220, 190, 120), (40, 130, 60)),
        ((240, 150, 100), (110, 70, 80), (60, 40, 70)),
        ((20, 30, 70), (50, 55, 80), (230, 200, 110)),
        ((200, 170, 130), (130, 90, 60), (160, 50, 40)),
    )[number]
    rgb = np.full((180, 320, 3), sky, np.uint8)
    rgb[110:] = ground
    for _ in range(14):
        x, y, size = rng.integers(0, 320), rng.integers(60, 150), rng.integers(8, 34)
        cv2.ellipse(
            rgb,
            (int(x), int(y)),
            (int(size), int(size * 0.7)),
            float(rng.uniform(0, 90)),
            0,
            360,
            [int(c * rng.uniform(0.7, 1.2)) % 256 for c in thing],
            -1,
        )
    return np.asarray(np.clip(rgb + rng.normal(0, 4, rgb.shape), 0, 255), np.uint8)


@pytest.fixture(scope="module")
def films() -> dict[str, list[Pixels]]:
    out = {}
    for key in KEYS:
        look = STYLES[key].look
        out[key] = [snap(finished(graded(scene(number), look), look.finish), look.surface) for number in range(4)]
    return out


def test_a_picture_is_no_distance_from_itself_and_the_measure_is_even_handed(films: dict[str, list[Pixels]]) -> None:
    a, b = films["oil"][0], films["noir"][1]
    assert style.style_distance(a, a).value == 0
    assert style.style_distance(a, b).value == style.style_distance(b, a).value
    assert style.style_distance(a, b).name == "proxy.style_distance"


def test_shots_of_a_film_are_nearer_than_shots_of_films_in_other_styles(films: dict[str, list[Pixels]]) -> None:
    within = {key: style.spread(films[key]).value or 0.0 for key in KEYS}
    for one, other in combinations(KEYS, 2):
        between = np.mean([style.style_distance(a, b).value for a in films[one] for b in films[other]])
        assert max(within[one], within[other]) < between


def test_it_hardly_depends_on_size(films: dict[str, list[Pixels]]) -> None:
    large = films["vintage"][0]
    small = np.asarray(cv2.resize(large, None, fx=0.85, fy=0.85, interpolation=cv2.INTER_AREA), np.uint8)
    across = style.style_distance(large, films["noir"][0]).value or 0.0
    assert (style.style_distance(large, small).value or 0.0) < 0.8 * across


def test_one_picture_has_no_spread(films: dict[str, list[Pixels]]) -> None:
    assert style.spread(films["oil"][:1]).value is None


def test_a_plain_picture_is_measured_too() -> None:
    for level in (0, 128, 255):
        assert np.isfinite(list(style.fingerprint(np.full((60, 90, 3), level, np.uint8)).values())).all()


def _school(key: str, time: str) -> Pixels:
    """A meadow under the sky as a school of animation has it, without its network."""
    look, shown = STYLES[key].look, {"noon": 0, "night": 2}[time]
    ground = np.dstack(
        [snap(finished(graded(scene(shown), look), look.finish), "none"), np.zeros((180, 320), np.uint8)]
    )
    ground[110:, :, 3] = 255
    sky = np.full((180, 320, 4), 255, np.uint8)
    layers = [
        Layer("sky", "sky", 1.0, sky),
        Layer("clouds", "sky", 0.96, np.zeros_like(sky)),
        Layer("meadow", "ground", 0.5, ground),
    ]
    picture = np.zeros((180, 320, 3), np.uint8)
    for layer in style_scene.with_effects(layers, key, SceneAir(time, "clear", False, 110.0, 180.0, 0.5, 3)):
        picture = over(picture, layer.rgba)
    return snap(picture, look.surface)


@pytest.mark.parametrize("time", ["noon", "night"])
def test_schools_of_animation_are_far_apart_in_one_and_the_same_scene(time: str) -> None:
    """Two shots of one film lie at about 1."""
    pictures = [_school(key, time) for key in ("hayao", "shinkai", "hosoda", "paprika")]
    for number, a in enumerate(pictures):
        assert all((style.style_distance(a, b).value or 0.0) > 1.6 for b in pictures[:number])
