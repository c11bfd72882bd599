"""What a style adds to a scene: skies, air, light and skin are its own, stay in their layers and are the same every
time."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from personavlog.metrics.face import BROWS, EYES, LIPS, OVAL
from personavlog_embedded.scene.stage import Layer
from personavlog_embedded.style import face_skin, scene_effects, skies
from personavlog_embedded.style.look import to_lab
from personavlog_embedded.style.scene_effects import SceneAir
from personavlog_embedded.style.styles import STYLES

Pixels = NDArray[np.uint8]
AIR = SceneAir("noon", "clear", False, 80.0, 120.0, 0.6, 5)


def sheet(colour: tuple[int, int, int], opaque: bool = True) -> Pixels:
    return np.full((120, 200, 4), (*colour, 255 if opaque else 0), np.uint8)


def place() -> list[Layer]:
    ground = sheet((90, 150, 60))
    ground[:80, :, 3] = 0
    hills = sheet((120, 140, 120))
    hills[:60, :, 3] = hills[90:, :, 3] = 0
    return [
        Layer("sky", "sky", 1.0, sheet((100, 150, 220))),
        Layer("clouds", "sky", 0.96, sheet((255, 255, 255), opaque=False)),
        Layer("hills", "far", 0.9, hills),
        Layer("meadow", "ground", 0.5, ground),
    ]


@pytest.mark.parametrize("key", list(STYLES))
@pytest.mark.parametrize("time", ["morning", "noon", "dusk", "night"])
def test_dressing_keeps_every_layer_in_its_place_and_is_the_same_every_time(key: str, time: str) -> None:
    air = replace(AIR, time=time)
    once, twice = scene_effects.with_effects(place(), key, air), scene_effects.with_effects(place(), key, air)
    assert [(layer.name, layer.kind, layer.depth) for layer in once] == [
        (layer.name, layer.kind, layer.depth) for layer in place()
    ]
    assert all(a.rgba.dtype == np.uint8 and np.array_equal(a.rgba, b.rgba) for a, b in zip(once, twice, strict=True))
    assert (once[0].rgba[..., 3] == 255).all()


def test_schools_have_skies_of_their_own_by_day_and_by_night() -> None:
    for time in ("noon", "night"):
        tones = [
            to_lab(skies.with_sky(place(), key, time, "clear", 80, 120, 5)[0].rgba[:40, :, :3]).mean((0, 1))
            for key in skies.SCHOOLS
        ]
        assert all(np.linalg.norm(a - b) > 5 for number, a in enumerate(tones) for b in tones[:number])


def test_water_takes_the_colours_of_the_sky_above_it() -> None:
    lake = Layer("water", "water", 0.6, sheet((60, 110, 150)))
    (red,) = (
        layer
        for layer in skies.with_sky([*place(), lake], "paprika", "dusk", "clear", 80, 120, 5)
        if layer.name == "water"
    )
    assert red.rgba[85, 50, 0] > 100 and red.rgba[85, 50, 2] < 120 and (red.rgba[..., 3] == 255).all()


@pytest.mark.parametrize("weather", ["rain", "snow", "fog"])
def test_bad_weather_keeps_the_worlds_sky(weather: str) -> None:
    assert skies.with_sky(place(), "hayao", "noon", weather, 80, 120, 5)[0].rgba is not None
    before = place()
    assert skies.with_sky(before, "hayao", "noon", weather, 80, 120, 5) == before


def test_a_place_without_clouds_keeps_its_sky() -> None:
    space = [Layer("sky", "sky", 1.0, sheet((5, 5, 10)))]
    assert skies.with_sky(space, "shinkai", "night", "clear", 80, 120, 5) == space


def test_the_moon_stays_where_it_was() -> None:
    layers = place()
    cv2.circle(layers[0].rgba, (150, 30), 5, (248, 245, 220, 255), -1)
    layers[0].rgba[layers[0].rgba[..., 0] < 200] = (20, 30, 70, 255)
    sky = skies.with_sky(layers, "hayao", "night", "clear", 80, 120, 5)[0].rgba
    assert sky[30, 150, :3].min() > 200 and sky[30, 60, :3].mean() < 120


def test_far_hills_are_paler_at_night_than_near_ones_were_dark() -> None:
    dark = [
        replace(layer, rgba=np.where(layer.rgba[..., 3:] > 0, np.array([10, 14, 20, 255], np.uint8), layer.rgba))
        for layer in place()
    ]
    hills = scene_effects.with_effects(dark, "hayao", replace(AIR, time="night"))[2].rgba
    assert hills[75, 100, :3].mean() > 35 and np.array_equal(hills[..., 3], dark[2].rgba[..., 3])


def test_blinds_fall_into_rooms_only() -> None:
    room = [Layer("room", "mid", 0.9, sheet((160, 160, 160)))]
    inside, outside = (
        scene_effects.with_effects(room, "noir", replace(AIR, inside=inside))[0].rgba[..., 0].astype(int)
        for inside in (True, False)
    )
    steps = np.diff(np.sign(np.diff(inside[10:90, 70])))
    assert np.abs(steps).sum() >= 6 and np.ptp(outside[10:90, 70]) < np.ptp(inside[10:90, 70])


def test_a_rim_of_light_lies_inside_people_on_the_lights_side() -> None:
    body = sheet((60, 50, 50), opaque=False)
    cv2.rectangle(body, (80, 30), (120, 119), (60, 50, 50, 255), -1)
    layers = [*place(), Layer("torso", "person", 0.15, body)]
    done = scene_effects.rimmed(layers, STYLES["shinkai"].look, AIR)
    assert all(np.array_equal(a.rgba, b.rgba) for a, b in zip(layers[:-1], done[:-1], strict=True))
    person = done[-1].rgba
    assert np.array_equal(person[..., 3], body[..., 3])
    assert person[80, 119, 0] > 85 and person[80, 81, 0] <= 62 and person[80, 100, 0] == 60
    assert scene_effects.rimmed(layers, STYLES["oil"].look, AIR) is layers


def mesh() -> NDArray[np.float32]:
    """A plain oval face of 200 x 260 px about (150, 170), with what outlines of it the painter reads."""
    rng = np.random.default_rng(1)
    points = np.zeros((478, 3), np.float32)
    points[:, :2] = np.array([150, 170]) + rng.uniform(-60, 60, (478, 2))
    points[:, 2] = np.hypot(points[:, 0] - 150, points[:, 1] - 170) * 0.4

    def ring(outline: tuple[int, ...], middle: tuple[float, float], size: tuple[float, float], start: float) -> None:
        for number, index in enumerate(outline):
            turn = start + 2 * np.pi * number / len(outline)
            points[index, :2] = middle[0] + size[0] * np.cos(turn), middle[1] + size[1] * np.sin(turn)

    ring(OVAL, (150, 170), (100, 130), -np.pi / 2)
    for side, x in ((0, 110), (1, 190)):
        ring(EYES[side], (x, 140), (18, 9), np.pi)
        ring(BROWS[side], (x, 115), (24, 5), 0.0)
        ring(tuple(range(469 + 5 * side, 473 + 5 * side)), (x, 140), (7, 7), 0.0)
        points[468 + 5 * side, :2] = x, 140
    ring(LIPS, (150, 240), (38, 12), np.pi)
    return points


@pytest.mark.parametrize("skin", list(face_skin.CRAFTS))
def test_skin_keeps_its_hue_and_the_world_around_a_face_is_not_touched(skin: str) -> None:
    tone = np.array((190, 142, 108), np.float32)
    shade = np.linspace(1.1, 0.75, 300, dtype=np.float32)[None, :, None]
    photo = np.clip(tone * shade * np.ones((340, 1, 1), np.float32), 0, 255).astype(np.uint8)
    photo[:30] = (30, 60, 160)
    out = face_skin.paint_skin(photo, mesh(), skin, (60, 40, 34))  # type: ignore[arg-type]
    assert (
        np.abs(out[:20].astype(int) - photo[:20]).max() <= 1 and np.abs(out[100:].astype(int) - photo[100:]).max() > 5
    )
    before, after = (to_lab(picture)[170:200, 90:210].reshape(-1, 3).mean(0) for picture in (photo, out))
    hue = np.degrees(np.arctan2(after[2], after[1]) - np.arctan2(before[2], before[1]))
    assert abs(hue) < 6 and abs(after[0] - before[0]) < 12


def test_hard_tones_meet_in_steps_where_the_photo_falls_off_evenly() -> None:
    shade = np.linspace(1.15, 0.6, 300, dtype=np.float32)[None, :, None]
    photo = np.clip(np.array((190, 142, 108), np.float32) * shade * np.ones((340, 1, 1), np.float32), 0, 255).astype(
        np.uint8
    )
    out = face_skin.paint_skin(photo, mesh(), "hard tones", (60, 40, 34))
    falls = [
        np.abs(light[10:] - light[:-10])
        for light in (to_lab(picture)[180:190, 75:225, 0].mean(0) for picture in (photo, out))
    ]
    uneven = [float(np.percentile(fall, 92) / np.median(fall)) for fall in falls]
    assert uneven[0] < 1.7 and uneven[1] > 2.5
