"""Rooms with geometry: seen from several angles, lit by their windows and lamps, furnished without gaps or wrong
overlaps."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from personavlog_embedded.places import cafe, museum, reading_room
from personavlog_embedded.places.catalogue import PLACES
from personavlog_embedded.places.place import Place
from personavlog_embedded.render.canvas import Surface
from personavlog_embedded.render.interior import Angle, Interior
from personavlog_embedded.render.light import light
from personavlog_embedded.render.paint_order import far_first
from personavlog_embedded.render.panel import plain, tile
from personavlog_embedded.render.room_camera import EYE, Quad, RoomCamera, draw_quad
from personavlog_embedded.render.room_light import Block, Glow, Lamp, Window
from personavlog_embedded.render.setting import Setting, composite
from personavlog_embedded.render.solids import box

ROOMS = [place for place in PLACES.values() if place.inside]
TIMES, WEATHERS = ("morning", "noon", "dusk", "night"), ("clear", "cloud", "rain", "snow", "fog")
FLOOR = Quad((-3.0, 0.0, 6.0), (6.0, 0.0, 0.0), (0.0, 0.0, -6.0), tile(plain((0.5, 0.5, 0.5)), 6, 6, (1,)))


def setting(
    hour: int = 0, time: str = "noon", weather: str = "clear", seed: int = 4, size: tuple[int, int] = (96, 160)
) -> Setting:
    return Setting(*size, size[0] * 0.4, min(size[0], 1.25 * size[1]), light(time, weather), seed, hour)


def picture(place: Place, where: Setting) -> np.ndarray:
    return composite(where, place.paint(where)).pixels[..., :3]


def palette(rgb: np.ndarray) -> np.ndarray:
    counts = cv2.calcHist([np.ascontiguousarray(rgb)], [0, 1, 2], None, [5, 5, 5], [0, 256] * 3).ravel()
    return np.asarray(counts / counts.sum())


@pytest.mark.parametrize("number", range(len(ROOMS)), ids=[place.key for place in ROOMS])
def test_a_room_is_whole_in_every_light_and_weather(number: int) -> None:
    """Over all rooms every time of day meets most weathers, and every weather every angle."""
    where = setting(number % 3, TIMES[number % 4], WEATHERS[number % 5])
    layers = ROOMS[number].paint(where)
    assert [layer.depth for layer in layers] == sorted((layer.depth for layer in layers), reverse=True)
    assert "ground" in [layer.kind for layer in layers]
    assert composite(where, layers).pixels[..., 3].min() == 255


@pytest.mark.parametrize("place", ROOMS[::5], ids=lambda place: place.key)
def test_another_angle_is_another_picture_in_the_same_colours(place: Place) -> None:
    shots = [picture(place, setting(hour)) for hour in (0, 1, 2)]
    for one, other in ((0, 1), (1, 2), (0, 2)):
        assert np.abs(shots[one].astype(int) - shots[other]).mean() > 12
        assert np.minimum(palette(shots[one]), palette(shots[other])).sum() > 0.4


def test_the_same_seed_furnishes_the_same_room_and_another_seed_another() -> None:
    rooms = [cafe.cafe_room(setting(hour, seed=seed)) for hour, seed in ((0, 4), (2, 4), (0, 5))]
    once, again, other = (picture(ROOMS[0], setting(0, seed=seed)) for seed in (4, 4, 5))
    assert [solid.bounds for solid in rooms[0]._solids] == [solid.bounds for solid in rooms[1]._solids]
    assert np.array_equal(once, again)
    assert np.abs(once.astype(int) - other).mean() > 4


def test_who_stands_in_a_slot_is_as_tall_as_the_camera_says() -> None:
    """Eye height above the foot of any place to stand is the horizon."""
    where = setting(size=(180, 320))
    for room in (reading_room.library_room(where), museum.museum_room(where), cafe.cafe_room(where)):
        stands = [slot for slot in room.slots() if slot.kind == "stand"]
        assert stands
        for slot in stands:
            assert slot.y - EYE * slot.scale == pytest.approx(where.horizon, abs=0.01)


def test_a_face_is_drawn_where_the_camera_projects_it() -> None:
    camera = RoomCamera(0.0, 0.0, 0.0, 100.0, 80.0, 40.0)
    sheet = Surface(96, 160)
    wall = Quad((-1.0, 2.0, 4.0), (2.0, 0.0, 0.0), (0.0, -1.0, 0.0), tile(plain((1.0, 0.0, 0.0)), 2, 1, (1,)), glow=1.0)
    draw_quad(sheet, camera, wall, lambda face, points: np.ones(points.shape, np.float32))
    rows, columns = np.nonzero(sheet.pixels[..., 3] > 128)
    left, top, _ = camera.project((-1.0, 2.0, 4.0))
    right, foot, _ = camera.project((1.0, 1.0, 4.0))
    assert (columns.min(), rows.min(), columns.max(), rows.max()) == pytest.approx((left, top, right, foot), abs=1.5)


def test_a_face_that_looks_away_is_not_drawn() -> None:
    sheet = Surface(96, 160)
    behind = Quad(
        (1.0, 2.0, 4.0), (-2.0, 0.0, 0.0), (0.0, -1.0, 0.0), tile(plain((1.0, 0.0, 0.0)), 2, 1, (1,)), glow=1.0
    )
    draw_quad(
        sheet,
        RoomCamera(0.0, 0.0, 0.0, 100.0, 80.0, 40.0),
        behind,
        lambda face, points: np.ones(points.shape, np.float32),
    )
    assert not sheet.pixels.any()


def test_a_floor_under_the_camera_reaches_the_lower_edge() -> None:
    """What runs past the lens is cut and not turned inside out."""
    sheet = Surface(96, 160)
    draw_quad(
        sheet,
        RoomCamera(0.0, 2.0, 15.0, 100.0, 80.0, 40.0),
        FLOOR,
        lambda face, points: np.ones(points.shape, np.float32),
    )
    assert sheet.pixels[-1, :, 3].min() == 255
    assert sheet.pixels[:40, :, 3].max() == 0


def test_the_nearer_box_comes_last_even_when_it_is_larger() -> None:
    counter, cup, stool = (
        ((-3.0, 0.0, 4.0), (3.0, 1.0, 4.6)),
        ((0.0, 1.0, 4.2), (0.1, 1.1, 4.3)),
        ((2.6, 0.0, 3.4), (2.9, 0.7, 3.7)),
    )
    assert far_first([stool, cup, counter], (0.0, 1.6, 0.0)) in ([2, 1, 0], [2, 0, 1])
    assert far_first([stool, cup, counter], (0.0, 1.6, 9.0))[0] == 0


def glow(time: str, weather: str = "clear") -> Glow:
    shine = Glow(light(time, weather), (6.0, 3.0, 6.0))
    shine.windows.append(Window((-1.0, 1.0, 6.0), (2.0, 0.0, 0.0), 1.5, (0.0, 0.0, -1.0)))
    return shine


@pytest.mark.parametrize("weather, low, high", [("clear", 0.15, 2.0), ("cloud", -0.01, 0.14)])
def test_the_sun_lays_a_patch_on_the_floor_only_from_a_clear_sky(weather: str, low: float, high: float) -> None:
    lit = glow("noon", weather)(FLOOR, FLOOR.grid(60, 60))[..., 0]
    step = np.abs(np.diff(lit[6:54, 6:54], axis=0)).max() + np.abs(np.diff(lit[6:54, 6:54], axis=1)).max()
    assert low < step < high


def test_lamps_light_the_night_and_not_the_day() -> None:
    def level(time: str, burning: bool) -> float:
        shine = glow(time)
        if burning:
            shine.lamps.append(Lamp((0.0, 2.2, 3.0)))
        return float(shine(FLOOR, FLOOR.grid(12, 12)).mean())

    assert level("night", True) > 1.3 * level("night", False)
    assert level("noon", True) == level("noon", False)


def test_corners_and_the_floor_around_furniture_are_darker() -> None:
    shine = glow("noon", "cloud")
    bare = shine(FLOOR, FLOOR.grid(60, 60)).mean(axis=2)
    shine.blocks.append(Block((-0.5, 0.0, 2.5), (0.5, 0.8, 3.5), 0))
    stood = shine(FLOOR, FLOOR.grid(60, 60)).mean(axis=2)
    assert bare[58, 1] < 0.8 * bare[40, 30]
    assert stood[24, 30] < 0.8 * bare[24, 30]
    assert stood[5, 5] == pytest.approx(bare[5, 5], rel=0.02)


def test_nothing_stands_between_the_lens_and_the_person() -> None:
    where = setting()
    room = Interior(where, 6.0, 3.0, 8.0, (Angle(0.0, 1.0, 0.0),))
    room.add(box(0.8, 1.5, 0.8, plain((0.1, 0.1, 0.1))), (0.0, 2.0), (0.0, 6.0))
    assert [number for number, _ in room._standing(room.camera)] == [1]
