"""Places outdoors: whole in every light and from every angle, ordered, walkable, and found by the planner's words."""

from __future__ import annotations

import itertools
from functools import cache

import numpy as np
import pytest

from personavlog_embedded.places.catalogue import FLOOR, PLACES, nearest_place
from personavlog_embedded.places.place import Place
from personavlog_embedded.render import road_vehicles
from personavlog_embedded.render.buildings import Masses, facing
from personavlog_embedded.render.light import light
from personavlog_embedded.render.materials import plain
from personavlog_embedded.render.outdoor_camera import EYE, OutdoorCamera
from personavlog_embedded.render.setting import YAWS, Painted, Setting, composite

KEYS = (
    "beach",
    "lake",
    "street",
    "market",
    "desert",
    "castle",
    "alpine",
    "harbour",
    "fair",
    "shrine",
    "farm",
    "moon",
    "crossing",
    "roadside",
    "reef",
    "stadium",
    "greenhouse",
    "lane",
    "halt",
    "river",
    "graveyard",
    "summit",
)
TIMES, WEATHERS = ("morning", "noon", "dusk", "night"), ("clear", "cloud", "rain", "snow", "fog")


def setting(
    place: Place,
    time: str = "noon",
    weather: str = "clear",
    angle: int = 0,
    size: tuple[int, int] = (150, 84),
    seed: int = 3,
) -> Setting:
    width, height = size
    return Setting(
        height, width, height * place.horizon, min(height, 1.25 * width), light(time, weather), seed, angle=angle
    ).turned()


def picture(where: Setting, layers: list[Painted]) -> np.ndarray:
    return composite(where, layers).pixels.astype(np.int32)


@cache
def painted(key: str, angle: int, size: tuple[int, int] = (150, 84)) -> tuple[Setting, list[Painted]]:
    """A place at noon, kept for several tests."""
    where = setting(PLACES[key], angle=angle, size=size)
    return where, PLACES[key].paint(where)


@pytest.mark.parametrize("key", KEYS)
def test_hours_and_weathers_paint_without_holes(key: str) -> None:
    """Every place in four weathers at four hours from four angles; over all places every hour meets every weather."""
    first = KEYS.index(key)
    for step in range(4):
        time, weather = TIMES[(first + step) % 4], WEATHERS[(first // 4 + step) % 5]
        where = setting(PLACES[key], time, weather, step)
        assert composite(where, PLACES[key].paint(where)).pixels[..., 3].min() == 255, (time, weather, where.angle)


@pytest.mark.parametrize(
    ("key", "size"), [*((key, (150, 84)) for key in KEYS), *((key, (84, 150)) for key in KEYS[::4])]
)
def test_layers_run_from_far_to_near_with_a_ground_to_stand_on(key: str, size: tuple[int, int]) -> None:
    where, layers = painted(key, 0, size)
    assert 6 <= len(layers) <= 14
    assert [layer.depth for layer in layers] == sorted((layer.depth for layer in layers), reverse=True)
    assert layers[0].kind == "sky"
    assert composite(where, layers).pixels[..., 3].min() == 255
    ground = next(layer for layer in layers if layer.kind == "ground").surface.pixels[..., 3]
    assert ground[-size[1] // 10 :].mean() > 250


@pytest.mark.parametrize("key", KEYS)
def test_another_angle_is_another_picture_of_the_same_place(key: str) -> None:
    """Neither the same picture nor its mirror image, but in the same colours."""
    pictures = [picture(*painted(key, angle)) for angle in (0, 1 + KEYS.index(key) % 2, 3)]
    for first, second in itertools.combinations(pictures, 2):
        assert np.abs(first - second).mean() > 4
        assert np.abs(first[:, ::-1] - second).mean() > 4
        assert np.abs(first[..., :3].reshape(-1, 3).mean(0) - second[..., :3].reshape(-1, 3).mean(0)).max() < 40


@pytest.mark.parametrize("key", ["farm", "reef"])
def test_equal_seeds_give_equal_places(key: str) -> None:
    once, again, other = (
        picture(where, PLACES[key].paint(where))
        for where in (setting(PLACES[key]), setting(PLACES[key]), setting(PLACES[key], seed=9))
    )
    assert np.array_equal(once, again)
    assert not np.array_equal(once, other)


@pytest.mark.parametrize("key", ["farm", "crossing", "stadium"])
def test_snow_lies_on_the_ground(key: str) -> None:
    clear = picture(*painted(key, 0))[-16:, :, :3]
    where = setting(PLACES[key], weather="snow")
    assert picture(where, PLACES[key].paint(where))[-16:, :, :3].min(axis=2).mean() > clear.min(axis=2).mean() + 30


def test_the_sun_is_left_behind_when_the_viewer_turns_round() -> None:
    ahead = light("dusk", "clear")
    back = ahead.turned(YAWS[3])
    assert abs(ahead.ahead) < 1 < abs(back.ahead)
    assert ahead.turned(0.0).side == pytest.approx(np.sin(ahead.ahead) / np.sin(0.6))


def test_a_person_at_nine_tenths_fills_two_thirds_of_the_frame() -> None:
    where = Setting(720, 1280, 720 * 0.47, 720, light("noon", "clear"), 1)
    foot = 720 * 0.9
    assert (foot - where.horizon) / EYE * 1.75 == pytest.approx(0.65 * 720, rel=0.04)


def test_a_point_of_the_world_keeps_its_place_when_the_viewer_walks_around() -> None:
    """What stands at the pivot stays in the middle; what stands to its right comes nearer from the left angle's
    spot."""
    views = [OutdoorCamera(setting(PLACES["farm"], angle=angle), 8.0) for angle in range(3)]
    for view in views:
        assert view.ground(0.0, 8.0)[0] == pytest.approx(view.setting.width / 2)
        assert view.far(0.0, 8.0) == pytest.approx(8.0)
    assert views[2].far(-6.0, 8.0) > views[0].far(-6.0, 8.0) > views[1].far(-6.0, 8.0)


def test_a_box_shows_its_front_to_whom_it_faces() -> None:
    where = setting(PLACES["farm"], size=(400, 240))
    view, sheet = OutdoorCamera(where), where.sheet()
    box = Masses(view, "box")
    box.box(
        (3.0, 14.0),
        (2.0, 2.0, 2.0),
        plain((0.1, 0.1, 0.9), 0.0),
        front=plain((0.9, 0.1, 0.1), 0.0),
        turn=facing(3.0, 14.0, (0.0, 0.0)),
    )
    box.draw(sheet)
    red, blue = (sheet.pixels[..., channel].astype(int) - sheet.pixels[..., 2 - channel] > 60 for channel in (0, 2))
    assert red.sum() > 4 * blue.sum()
    x, foot = view.ground(3.0, 13.0)
    assert abs(float(np.flatnonzero(red.any(axis=0)).mean()) - x) < 6
    assert abs(float(np.flatnonzero(red.any(axis=1)).max()) - foot) < 4


def test_a_car_stands_on_its_wheels() -> None:
    where = setting(PLACES["farm"], size=(400, 240))
    view, sheet = OutdoorCamera(where), where.sheet()
    road_vehicles.car(view, sheet, (2.0, 12.0, 1.57), (0.8, 0.2, 0.2))
    rows = np.flatnonzero(sheet.pixels[..., 3].any(axis=1))
    tall = (rows[-1] - rows[0]) / view.scale(2.0, 12.0)
    assert 1.2 < tall < 1.8
    assert abs(rows[-1] - view.ground(2.0, 11.1)[1]) < 4


@pytest.mark.weights
@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ("a high sand dune", "desert"),
        ("a castle wall", "castle"),
        ("a wooden chalet", "alpine"),
        ("a lighthouse", "harbour"),
        ("a carousel", "fair"),
        ("a wooden temple gate", "shrine"),
        ("an old tractor", "farm"),
        ("the grey lunar plain", "moon"),
        ("a busy crossing", "crossing"),
        ("a lonely gas station", "roadside"),
        ("a coral garden", "reef"),
        ("a running track", "stadium"),
        ("a glass greenhouse", "greenhouse"),
        ("aquarium tunnel", "reef"),
        ("medieval castle", "castle"),
        ("snowy mountain village", "alpine"),
        ("amusement park", "fair"),
        ("沙漠", "desert"),
    ],
)
def test_the_planners_words_find_their_place(asked: str, key: str) -> None:
    place, near = nearest_place(asked)
    assert place.key == key
    assert near >= FLOOR
