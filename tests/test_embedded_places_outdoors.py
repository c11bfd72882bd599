"""Places outdoors: whole in every light and from every angle, ordered, walkable, and found by the planner's words."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from personavlog.backbones.embedded.world import vehicles
from personavlog.backbones.embedded.world.light import light
from personavlog.backbones.embedded.world.masses import Masses, facing
from personavlog.backbones.embedded.world.outlook import EYE, Outlook
from personavlog.backbones.embedded.world.places import FLOOR, Place, find, nearest_place
from personavlog.backbones.embedded.world.setting import YAWS, Painted, Setting, composite
from personavlog.backbones.embedded.world.skins import plain

KEYS = ("desert", "castle", "alpine", "harbour", "fair", "shrine", "farm", "moon", "crossing", "roadside", "reef", "stadium", "greenhouse")
TIMES, WEATHERS = ("morning", "noon", "dusk", "night"), ("clear", "cloud", "rain", "snow", "fog")
LIGHTS = tuple(itertools.product(TIMES, WEATHERS))


def setting(place: Place, time: str = "noon", weather: str = "clear", angle: int = 0, size: tuple[int, int] = (150, 84), seed: int = 3) -> Setting:
    width, height = size
    return Setting(height, width, height * place.horizon, min(height, 1.25 * width), light(time, weather), seed, angle=angle).turned()


def picture(where: Setting, layers: list[Painted]) -> np.ndarray:
    return composite(where, layers).pixels.astype(np.int32)


@pytest.mark.parametrize("key", KEYS)
def test_every_hour_and_weather_paints_without_holes(key: str) -> None:
    place = find(key)
    for number, (time, weather) in enumerate(LIGHTS):
        where = setting(place, time, weather, number % len(YAWS))
        layers = place.paint(where)
        assert composite(where, layers).pixels[..., 3].min() == 255, (time, weather, where.angle)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("size", [(150, 84), (84, 150)], ids=["landscape", "portrait"])
def test_layers_run_from_far_to_near_with_a_ground_to_stand_on(key: str, size: tuple[int, int]) -> None:
    place = find(key)
    layers = place.paint(setting(place, size=size))
    assert 6 <= len(layers) <= 14
    assert [layer.depth for layer in layers] == sorted((layer.depth for layer in layers), reverse=True)
    assert layers[0].kind == "sky"
    ground = next(layer for layer in layers if layer.kind == "ground").surface.pixels[..., 3]
    assert ground[-size[1] // 10 :].mean() > 250


@pytest.mark.parametrize("key", KEYS)
def test_another_angle_is_another_picture_of_the_same_place(key: str) -> None:
    place = find(key)
    pictures = [picture(where, place.paint(where)) for where in (setting(place, angle=angle) for angle in range(len(YAWS)))]
    means = [image[..., :3].reshape(-1, 3).mean(0) for image in pictures]
    for first, second in itertools.combinations(range(len(YAWS)), 2):
        apart = np.abs(pictures[first] - pictures[second]).mean()
        mirrored = np.abs(pictures[first][:, ::-1] - pictures[second]).mean()
        assert apart > 4 and mirrored > 4
        assert np.abs(means[first] - means[second]).max() < 40


@pytest.mark.parametrize("key", KEYS[::4])
def test_equal_seeds_give_equal_places(key: str) -> None:
    place = find(key)
    once, again, other = (picture(where, place.paint(where)) for where in (setting(place), setting(place), setting(place, seed=9)))
    assert np.array_equal(once, again)
    assert not np.array_equal(once, other)


@pytest.mark.parametrize("key", [key for key in KEYS if key not in ("moon", "reef")])
def test_snow_whitens_the_ground(key: str) -> None:
    """A snowfall leaves the lower edge paler and greyer than a clear noon."""
    place = find(key)
    clear, snow = (picture(where, place.paint(where))[-16:, :, :3] for where in (setting(place), setting(place, weather="snow")))
    assert np.ptp(snow, axis=2).mean() < np.ptp(clear, axis=2).mean() + 6
    assert snow.min(axis=2).mean() > clear.min(axis=2).mean()


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
    """What stands at the pivot stays in the middle; what stands to its right comes nearer from the left angle's spot."""
    views = [Outlook(setting(find("farm"), angle=angle), 8.0) for angle in range(3)]
    for view in views:
        assert view.ground(0.0, 8.0)[0] == pytest.approx(view.setting.width / 2)
        assert view.far(0.0, 8.0) == pytest.approx(8.0)
    assert views[2].far(-6.0, 8.0) > views[0].far(-6.0, 8.0) > views[1].far(-6.0, 8.0)


def test_a_box_shows_its_front_to_whom_it_faces() -> None:
    where = setting(find("farm"), size=(400, 240))
    view, sheet = Outlook(where), where.sheet()
    box = Masses(view, "box")
    box.box((3.0, 14.0), (2.0, 2.0, 2.0), plain((0.1, 0.1, 0.9), 0.0), front=plain((0.9, 0.1, 0.1), 0.0), turn=facing(3.0, 14.0, (0.0, 0.0)))
    box.draw(sheet)
    red, blue = (sheet.pixels[..., channel].astype(int) - sheet.pixels[..., 2 - channel] > 60 for channel in (0, 2))
    assert red.sum() > 4 * blue.sum()
    x, foot = view.ground(3.0, 13.0)
    assert abs(float(np.flatnonzero(red.any(axis=0)).mean()) - x) < 6
    assert abs(float(np.flatnonzero(red.any(axis=1)).max()) - foot) < 4


def test_a_car_stands_on_its_wheels() -> None:
    where = setting(find("farm"), size=(400, 240))
    view, sheet = Outlook(where), where.sheet()
    vehicles.car(view, sheet, (2.0, 12.0, 1.57), (0.8, 0.2, 0.2))
    rows = np.flatnonzero(sheet.pixels[..., 3].any(axis=1))
    tall = (rows[-1] - rows[0]) / view.scale(2.0, 12.0)
    assert 1.2 < tall < 1.8
    assert abs(rows[-1] - view.ground(2.0, 11.1)[1]) < 4


@pytest.mark.weights
@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ("a high sand dune", "desert"), ("a castle wall", "castle"), ("a wooden chalet", "alpine"), ("a lighthouse", "harbour"), ("a carousel", "fair"),
        ("a wooden temple gate", "shrine"), ("an old tractor", "farm"), ("the grey lunar plain", "moon"), ("a busy crossing", "crossing"),
        ("a lonely gas station", "roadside"), ("a coral garden", "reef"), ("a running track", "stadium"), ("a glass greenhouse", "greenhouse"),
        ("aquarium tunnel", "reef"), ("medieval castle", "castle"), ("snowy mountain village", "alpine"), ("amusement park", "fair"), ("沙漠", "desert"),
    ],
)  # fmt: skip
def test_the_planners_words_find_their_place(asked: str, key: str) -> None:
    place, near = nearest_place(asked)
    assert place.key == key
    assert near >= FLOOR
