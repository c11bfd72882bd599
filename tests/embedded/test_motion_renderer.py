from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from personavlog.script import Camera
from personavlog_embedded.motion import mesh
from personavlog_embedded.motion.instructions import Instructions
from personavlog_embedded.motion.layer_plane import LayerPlane
from personavlog_embedded.motion.mesh import MovingLayer, draw_layer
from personavlog_embedded.motion.pace import Pace
from personavlog_embedded.motion.renderer import Renderer
from personavlog_embedded.motion.standing_body import loudness
from personavlog_embedded.scene.stage import FacePoints, Layer, Stage
from personavlog_embedded.style.print_surface import flatten

WIDTH, HEIGHT, MARGIN = 240, 136, 14


def stage(
    weather: str = "clear",
    time_of_day: str = "noon",
    kinds: tuple[str, ...] = ("sky", "ground", "water", "person", "front"),
) -> Stage:
    rng = np.random.default_rng(1)
    h, w = HEIGHT + 2 * MARGIN, WIDTH + 2 * MARGIN
    where = {"sky": (0, h), "ground": (90, h), "water": (80, 100), "person": (40, h), "front": (120, h)}
    depth = {"sky": 1.0, "ground": 0.5, "water": 0.6, "person": 0.3, "front": 0.1}
    layers = []
    for kind in kinds:
        rgba = np.zeros((h, w, 4), np.uint8)
        top, bottom = where[kind]
        left, right = (100, 170) if kind == "person" else (0, w)
        noise = cv2.GaussianBlur(rng.integers(0, 256, (h, w, 3), np.uint8), (0, 0), 2)
        rgba[top:bottom, left:right, :3] = cv2.normalize(noise, None, 0, 255, cv2.NORM_MINMAX)[top:bottom, left:right]
        rgba[top:bottom, left:right, 3] = 255
        if kind != "sky":
            rgba[..., 3] = cv2.GaussianBlur(rgba[..., 3], (0, 0), 1.5, borderType=cv2.BORDER_REPLICATE)
        layers.append(Layer("leaves" if kind == "front" else kind, kind, depth[kind], rgba))  # type: ignore[arg-type]
    return Stage(WIDTH, HEIGHT, MARGIN, tuple(layers), weather, time_of_day)


def plan(camera: Camera = Camera.HANDHELD, frames: int = 48, seed: int = 3, **more: object) -> Instructions:
    return replace(Instructions(camera, frames, 24, seed, Pace(bob=1.0)), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("weather", ["clear", "rain", "snow", "fog"])
@pytest.mark.parametrize("camera", Camera)
def test_frame_zero_is_the_keyframe_and_the_layers_at_rest_come_to_the_same(camera: Camera, weather: str) -> None:
    scene = stage(weather, "morning")
    renderer = Renderer(scene, plan(camera))
    assert np.array_equal(renderer.frame(0)[..., :3], flatten(scene))
    assert cv2.absdiff(renderer.drawn(0)[..., :3].copy(), flatten(scene)).max() <= 3


@pytest.mark.parametrize("weather", ["clear", "snow", "fog"])
def test_nothing_pops(weather: str) -> None:
    renderer = Renderer(stage(weather, "dusk"), plan(frames=60))
    frames = [renderer.frame(number)[..., :3].astype(np.float32) for number in range(60)]
    steps = np.array([np.abs(b - a).mean() for a, b in pairwise(frames)])
    assert steps[0] < 0.5 * steps.max()
    assert (np.abs(np.diff(steps)) < 0.5 * steps.max()).all()


def test_frames_depend_on_nothing_but_stage_plan_and_number() -> None:
    scene = stage("snow")
    first, second = Renderer(scene, plan()), Renderer(scene, plan())
    ahead = [first.frame(n) for n in (5, 30, 17)]
    assert all(np.array_equal(frame, second.frame(n)) for frame, n in zip(ahead, (5, 30, 17), strict=True))
    assert not np.array_equal(Renderer(scene, plan(seed=4)).frame(30), second.frame(30))


@given(camera=st.sampled_from(Camera), seed=st.integers(0, 1000), number=st.integers(1, 47))
@settings(max_examples=40, deadline=None)
def test_no_edge_is_ever_seen(camera: Camera, seed: int, number: int) -> None:
    scene = stage(kinds=("sky", "ground"))
    bright = tuple(
        replace(layer, rgba=np.maximum(layer.rgba, np.array([60, 60, 60, 0], np.uint8))) for layer in scene.layers
    )
    frame = Renderer(replace(scene, layers=bright), plan(camera, seed=seed)).frame(number)
    assert frame[..., :3].min() >= 50


def test_holes_in_the_farthest_layer_are_filled() -> None:
    scene = stage(kinds=("sky",))
    holed = scene.layers[0].rgba.copy()
    holed[..., :3] = 200
    holed[40:80, 60:140, 3] = 0
    frame = Renderer(replace(scene, layers=(replace(scene.layers[0], rgba=holed),)), plan()).frame(20)
    assert frame[..., :3].min() > 150


def test_nothing_falls_indoors() -> None:
    scene = stage("rain", kinds=("ground",))
    inside = Renderer(scene, plan(Camera.STATIC, outdoors=False)).frame(40)
    dry = Renderer(replace(scene, weather="cloud"), plan(Camera.STATIC, outdoors=False)).frame(40)
    wet = Renderer(scene, plan(Camera.STATIC)).frame(40)
    assert np.array_equal(inside, dry)
    assert cv2.absdiff(wet, dry).max() > 20


def test_rain_is_seen_through_the_window_of_a_room_and_not_before_its_walls() -> None:
    scene = stage("rain", kinds=("sky", "ground"))
    inside, dry = (
        Renderer(replace(scene, weather=weather), plan(Camera.STATIC, outdoors=False)).frame(40)[..., :3]
        for weather in ("rain", "cloud")
    )
    change = cv2.absdiff(inside.copy(), dry.copy())
    assert change[:70].max() > 15 and change[-40:].max() == 0


def test_a_person_breathes_without_lifting_off_the_ground() -> None:
    scene = stage(kinds=("sky", "person"))
    still = Pace(camera=0.0, person=1.0)
    frame = Renderer(scene, plan(Camera.STATIC, frames=60, temper=still)).frame(48)
    change = cv2.absdiff(frame[..., :3].copy(), flatten(scene))[:, 90:150].mean(axis=(1, 2))
    assert change[26:80].mean() > 2 * change[-6:].mean()


def test_without_a_person_or_more_than_one_layer_a_stage_still_moves() -> None:
    renderer = Renderer(stage(kinds=("ground",)), plan(Camera.PUSH_IN))
    assert cv2.absdiff(renderer.frame(47), renderer.frame(0)).mean() > 1


def test_loudness_follows_the_voice_and_is_silent_after_it() -> None:
    rate = 24_000
    voice = np.concatenate([np.zeros(rate), np.sin(np.arange(rate) * 0.2), np.zeros(rate // 2)]).astype(np.float32)
    level = loudness(voice, rate, 96, 24)
    assert level.shape == (96,) and level[:23].max() == 0 and level[26:46].min() > 0.8 and level[64:].max() == 0


@pytest.mark.weights
def test_a_small_face_does_not_blink_and_says_nothing() -> None:
    face = FacePoints(
        (110, 60, 150, 100), np.array([[120, 75], [140, 75], [130, 85], [122, 92], [138, 92]], np.float32)
    )
    scene = replace(stage(), face=face)
    assert Renderer(scene, plan(frames=120)).frame(40).shape == (HEIGHT, WIDTH, 4)


@pytest.mark.parametrize(("cell", "sampling"), [(16, cv2.INTER_CUBIC), (4, cv2.INTER_LINEAR)])
@pytest.mark.parametrize("corner", [(0, 0), (70, 90)])
def test_what_is_drawn_in_bands_equals_what_is_drawn_at_once(
    cell: int, sampling: int, corner: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    pixels = np.random.default_rng(4).integers(0, 256, (230, 300, 4)).astype(np.uint8)
    limbs = np.zeros(pixels.shape[:2], np.uint8)
    cv2.line(limbs, (0, 0), (250, 200), 255, 14)
    cv2.circle(limbs, (270, 30), 9, 255, -1)
    pixels = mesh.premultiplied(np.dstack([pixels[..., :3], limbs]))
    bent = MovingLayer(
        pixels,
        *corner,
        LayerPlane(0.5),
        (lambda x, y, t: (9 * np.sin(y / 23 + t), 7 * np.cos(x / 31)),),
        cell=cell,
        sampling=sampling,
    )
    turn = np.array([[0.98, -0.12, 4.0], [0.12, 0.98, -6.0], [1e-4, 0, 1]])
    frames = []
    for at_once in (False, True):
        if at_once:
            monkeypatch.setattr(mesh, "BAND", 10_000)
            monkeypatch.setattr(mesh, "_seen", lambda _, nodes, starts: np.ones((1, nodes.shape[1] - 2), bool))
        frames.append(np.full((360, 480, 4), 90, np.uint8))
        draw_layer(frames[-1], bent, turn, (210.0, 170.0), 3, 0.5)
    assert np.array_equal(frames[0], frames[1]) and (frames[0] != 90).any(2).mean() > 0.01
