from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from personavlog.media.arrays import Pixels
from personavlog.script import Camera, VideoDescription
from personavlog_embedded.motion import airborne
from personavlog_embedded.motion.instructions import Instructions
from personavlog_embedded.motion.pace import Pace
from personavlog_embedded.motion.renderer import Renderer
from personavlog_embedded.scene.stage import Kind, Layer, Stage
from personavlog_embedded.style.print_surface import flatten
from tests.embedded.drawn_stage import HEIGHT, MARGIN, WIDTH, drawn_stage

STILL = Pace(camera=0.0)
NAMES = (
    "crowd",
    "birds",
    "ferris wheel",
    "traffic light",
    "cars",
    "boat",
    "fire",
    "smoke",
    "steam",
    "lanterns",
    "flag",
    "curtain",
    "cat",
    "cup of coffee",
)


def thing(name: str, kind: Kind = "mid") -> Layer:
    """A layer with two drawn things of some detail, one of them lit."""
    rgba = np.zeros((HEIGHT + 2 * MARGIN, WIDTH + 2 * MARGIN, 4), np.uint8)
    for x, colour in ((260, (220, 60, 50, 255)), (420, (250, 220, 120, 255))):
        cv2.rectangle(rgba, (x, 200), (x + 44, 290), (70, 60, 50, 255), -1)
        cv2.ellipse(rgba, (x + 22, 226), (15, 15), 0, 0, 360, colour, -1, cv2.LINE_AA)
        cv2.ellipse(rgba, (x + 22, 264), (13, 13), 0, 0, 360, (40, 45, 40, 255), -1, cv2.LINE_AA)
    return Layer(name, kind, 0.6, rgba)


def scene(*layers: Layer, weather: str = "cloud", time_of_day: str = "night") -> Stage:
    place = _place(HEIGHT + 2 * MARGIN, WIDTH + 2 * MARGIN)
    return Stage(WIDTH, HEIGHT, MARGIN, (*place, *layers), weather, time_of_day)


def _place(h: int, w: int) -> list[Layer]:
    rng = np.random.default_rng(2)
    sky = np.dstack(
        [np.tile(np.linspace(150, 235, h)[:, None], (1, w))] * 2 + [np.full((h, w), 245)] + [np.full((h, w), 255)]
    ).astype(np.uint8)
    hills, ground = np.zeros((h, w, 4), np.uint8), np.zeros((h, w, 4), np.uint8)
    for left in range(0, w, 60):
        top = int(rng.uniform(120, 200))
        cv2.rectangle(hills, (left, top), (left + 50, 320), (120, int(rng.uniform(120, 180)), 130, 255), -1)
    ground[260:] = (150, 160, 110, 255)
    for _ in range(160):
        at = (int(rng.uniform(0, w)), int(rng.uniform(264, h)))
        cv2.ellipse(ground, at, (9, 3), 0, 0, 360, (130, int(rng.uniform(120, 150)), 95, 255), -1)
    return [Layer("sky", "sky", 1.0, sky), Layer("houses", "far", 0.85, hills), Layer("ground", "ground", 0.5, ground)]


def plan(**more: object) -> Instructions:
    return replace(Instructions(Camera.STATIC, 96, 24, 3, STILL), **more)  # type: ignore[arg-type]


def change(renderer: Renderer, number: int) -> Pixels:
    return np.asarray(cv2.absdiff(renderer.frame(number)[..., :3].copy(), renderer.frame(0)[..., :3].copy()), np.uint8)


@pytest.mark.parametrize("name", NAMES)
def test_a_named_layer_moves_and_starts_as_it_is_drawn(name: str) -> None:
    stage = scene(thing(name))
    renderer = Renderer(stage, plan())
    assert np.array_equal(renderer.frame(0)[..., :3], flatten(stage))
    assert cv2.absdiff(renderer.drawn(0)[..., :3].copy(), flatten(stage)).max() <= 4
    assert change(renderer, 1).mean() < 0.5 * change(renderer, 60).mean() + 0.05
    assert change(renderer, 60)[120:260].max() > 20


def test_a_layer_of_no_such_name_stays() -> None:
    assert change(Renderer(scene(thing("houses")), plan()), 60)[170:240].max() <= 60


def test_passers_by_walk_their_own_ways() -> None:
    renderer = Renderer(scene(thing("crowd")), plan())
    assert len([cutout for cutout in renderer._scene.cutouts if cutout.way is not None]) == 2
    first, second = (cutout.way[-1, 0, 2] for cutout in renderer._scene.cutouts if cutout.way is not None)
    assert abs(first) > 8 and abs(second) > 8 and first != second


def test_a_traffic_light_switches_once() -> None:
    stage = scene(replace(thing("traffic light"), rgba=_only_left(thing("traffic light").rgba)))
    renderer = Renderer(stage, plan())
    lamp = [renderer.frame(number)[226 - MARGIN, 282 - MARGIN, :3].astype(int) for number in (0, 20, 70, 90)]
    assert (
        np.abs(lamp[1] - lamp[0]).max() < 12 and lamp[2][0] < 0.5 * lamp[0][0] and np.abs(lamp[3] - lamp[2]).max() < 5
    )


def _only_left(rgba: Pixels) -> Pixels:
    left = rgba.copy()
    left[:, 400:] = 0
    return left


def test_lamps_flicker_by_night_more_than_by_day() -> None:
    shown = {hour: Renderer(scene(thing("lanterns"), time_of_day=hour), plan()) for hour in ("night", "noon")}
    lamp = {
        hour: [renderer.frame(n)[226 - MARGIN, 442 - MARGIN, 2] for n in range(20, 96, 4)]
        for hour, renderer in shown.items()
    }
    assert np.ptp(lamp["night"]) > 1.5 * np.ptp(lamp["noon"])


def test_rain_rings_on_the_ground_and_nowhere_above_it() -> None:
    from personavlog_embedded.motion.vapour import Ripples

    ground = next(layer for layer in scene().layers if layer.kind == "ground")
    rings = Ripples.draw(ground.rgba[..., 3], 70, 12.0, np.random.default_rng(0))
    assert rings is not None
    frame = np.zeros((HEIGHT, WIDTH, 4), np.uint8)
    rings(frame, 2.0, np.array([[1, 0, -MARGIN], [0, 1, -MARGIN], [0, 0, 1.0]]))
    assert frame[240:].max() > 20 and frame[:200].max() == 0


@pytest.mark.parametrize("kind", ["petals", "leaves", "embers", "birds"])
def test_what_the_words_put_into_the_air_flies_and_was_not_there_at_first(kind: airborne.Extra) -> None:
    renderer = Renderer(scene(), plan(extras=(kind,)))
    plain = Renderer(scene(), plan())
    at = [cv2.absdiff(renderer.frame(n)[..., :3].copy(), plain.frame(n)[..., :3].copy()).mean() for n in (1, 72)]
    assert at[0] < 0.02 and at[1] > 0.01


def description(motion: str) -> VideoDescription:
    return VideoDescription(camera="static", motion=motion, atmosphere="bright")


def test_words_name_what_flies() -> None:
    assert airborne.extras(description("Petals drift past, birds take off.")) == ("petals", "birds")
    assert airborne.extras(description("She looks at the birds' nest.")) == ()


@pytest.mark.parametrize("camera", Camera)
@pytest.mark.parametrize("weather", ["rain", "snow", "fog"])
def test_no_camera_shows_an_edge_of_a_living_world(camera: Camera, weather: str) -> None:
    bright = tuple(
        replace(layer, rgba=np.maximum(layer.rgba, np.array([60, 60, 60, 0], np.uint8)))
        for layer in scene(thing("flag")).layers
    )
    renderer = Renderer(replace(scene(), layers=bright, weather=weather), plan(camera=camera, temper=Pace(bob=1.0)))
    for number in (24, 95):
        rim = renderer.frame(number)[..., :3].copy()
        rim[3:-3, 3:-3] = 255
        assert rim.min() >= 40


@pytest.mark.parametrize("camera", [camera for camera in Camera if camera is not Camera.STATIC])
def test_every_moving_camera_is_seen_to_move_and_near_things_move_more(camera: Camera) -> None:
    stage = drawn_stage("stand")
    renderer = Renderer(stage, Instructions(camera, 96, 24, 3, Pace()))
    far, near = (
        np.array([_seen(path[number]) for number in range(96)]) for path in (renderer._paths[1], renderer._paths[-1])
    )
    assert np.abs(near - near[0]).max() > 0.008 * WIDTH
    assert np.abs(near - far).max() > 0.004 * WIDTH


def _seen(matrix: np.ndarray) -> np.ndarray:
    """Where two points of the frame go, px."""
    points = np.array([[-200.0, -60.0, 1.0], [160.0, 90.0, 1.0]]) @ matrix.T
    return np.asarray(points[:, :2] / points[:, 2:]).ravel()
