"""Stages with drawn figures, for the motion tests: a plain place, and somebody with an ellipse for the photo's head."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import cv2
import numpy as np

from personavlog.media.arrays import Pixels
from personavlog_embedded.body.cast import DEPTH, Cast, Mark, Sprite, drawn, hand_mark, head_mark, shade_layer
from personavlog_embedded.figure.outfit import DrawnHead, Outfit
from personavlog_embedded.figure.pose import Arm, Leg, Pose
from personavlog_embedded.figure.posed_figure import posed_figure
from personavlog_embedded.figure.shape import Shape
from personavlog_embedded.figure.shot import Block, Camera, Performer, Shot, Sun
from personavlog_embedded.render.light import light
from personavlog_embedded.scene.stage import FacePoints, Layer, Stage
from personavlog_embedded.style.scene_effects import SceneAir

WIDTH, HEIGHT, MARGIN = 480, 270, 26
SKIN = (0.91, 0.74, 0.65)
OUTFIT = Outfit("sweater", True, SKIN, SKIN, (0.77, 0.33, 0.26), (0.24, 0.3, 0.43), (0.29, 0.22, 0.2))
LAP = Arm((0.14, -0.95, 0.25), (-0.1, -0.4, 0.9), (0, -1, 0.1))
KNEE = Leg((0.12, -0.15, 1), (0, -1, 0.05))
CUP = Arm((0.2, -1, 0.15), (-0.2, 0.25, 0.95), (-1, 0, 0.1), grip="cup", holds=True)
AHEAD, BEHIND = Leg((0.03, -1, 0.3), (0, -1, 0.1)), Leg((0.03, -1, -0.2), (0, -1, -0.5), (0.1, -0.5, 1), -30)
POSES = {
    "stand": Pose("stand"),
    "walk": Pose("walk", yaw=60, left_leg=AHEAD, right_leg=BEHIND),
    "front": Pose("walk", left_leg=AHEAD, right_leg=BEHIND),
    "wave": Pose("wave", right=Arm((0.8, -0.2, 0.3), (0.25, 1, 0.25), (0, 0, 1), grip="open")),
    "sit": Pose("sit", LAP, LAP, KNEE, KNEE, seat="bench", rooted=True, yaw=30),
    "hold": Pose("hold", right=CUP),
    "carry": Pose("carry", CUP, CUP, yaw=50),
}


@lru_cache(maxsize=32)
def cast_stage(
    pose: str = "stand",
    *,
    companions: int = 0,
    prop: bool = False,
    scale: float = 1.0,
    x: float = 0.0,
    close: bool = False,
    bench: bool = False,
) -> Stage:
    """A stage of 480 x 270 px times ``scale`` with a figure about three quarters of it tall that stands at ``x`` m;
    ``close`` cuts it at the hips."""
    w, h, m = (round(side * scale) for side in (WIDTH, HEIGHT, MARGIN))
    metre = (0.95 if close else 0.44) * h
    focal = max(1.15 * h, 2.4 * metre)
    camera = Camera(
        w + 2 * m, h + 2 * m, focal, m + 0.45 * h, m + w / 2, 1.3 if close else 0.48 * h / metre, focal / metre
    )
    people = [Performer(Shape(0.2), OUTFIT, POSES[pose], x=x)]
    people += [
        Performer(Shape(0.8, 30), OUTFIT, POSES["stand"], x=x + 0.8 * (k + 1), head=DrawnHead())
        for k in range(companions)
    ]
    blocks = (Block((x - 0.6, 0.0, -0.75), (x + 0.6, 0.45, -0.15), (0.5, 0.4, 0.3)),) if bench else ()
    air = SceneAir("noon", "clear", False, camera.horizon, 0.0005 * h, 0.5, 1)
    held = ("right hand",) if prop else ()
    shot = Shot(camera, Sun(), tuple(people), blocks, ink=1.0 * scale)
    cast = Cast(shot, "hosoda", float(h), light("noon", "clear"), air, holding=held)
    return _staged(cast, (w, h, m), prop)


def _staged(cast: Cast, size: tuple[int, int, int], prop: bool) -> Stage:
    w, h, m = size
    canvas, camera = (h + 2 * m, w + 2 * m), cast.shot.camera
    figure = posed_figure(cast.person, fine=False)
    mark = head_mark(figure, camera)
    head = _head(mark)
    done = drawn(cast, head)
    assert done.shade is not None
    layers = [
        *_place(canvas, camera.horizon),
        shade_layer(done.shade),
        _layer(done.figures, "figures", canvas),
        replace(_layer(head, "head", canvas), follows="head"),
    ]
    if done.over_head.rgba.size:
        layers.append(_layer(done.over_head, "over head", canvas))
    if prop:
        layers.append(_cup(hand_mark(figure, camera, "right hand"), canvas))
    if done.over_hands.rgba.size:
        layers.append(_layer(done.over_hands, "over hands", canvas))
    face = FacePoints(*_face(mark))
    return Stage(w, h, m, tuple(layers), "clear", "noon", face, cast.person.pose.name, cast=cast.packed())


def _layer(sprite: Sprite, name: str, canvas: tuple[int, int]) -> Layer:
    return Layer(name, "person", DEPTH, sprite.on(canvas), "figures")


def _head(mark: Mark) -> Sprite:
    """An ellipse with eyes, its chin at the mark."""
    tall, wide = int(mark.size * 1.2), int(mark.size * 0.85)
    rgba = np.zeros((tall + 8, wide + 8, 4), np.uint8)
    middle = (wide / 2 + 4, tall / 2 + 4)
    cv2.ellipse(rgba, (middle, (wide, tall), 0), (236, 196, 170, 255), -1, cv2.LINE_AA)
    for way in (-0.2, 0.2):
        at = (round(middle[0] + way * wide), round(middle[1]))
        cv2.circle(rgba, at, max(round(0.05 * wide), 1), (40, 30, 30, 255), -1, cv2.LINE_AA)
    return Sprite(rgba, round(mark.x - middle[0]), round(mark.y - tall - 4))


def _face(mark: Mark) -> tuple[tuple[float, float, float, float], np.ndarray]:
    x, y, s = mark.x, mark.y, mark.size
    points = np.array([[-0.17, -0.6], [0.17, -0.6], [0, -0.4], [-0.13, -0.25], [0.13, -0.25]]) * s + np.array([x, y])
    return (x - 0.35 * s, y - 0.85 * s, x + 0.35 * s, y), points.astype(np.float32)


def _cup(mark: Mark, canvas: tuple[int, int]) -> Layer:
    rgba = np.zeros((*canvas, 4), np.uint8)
    cv2.circle(
        rgba, (round(mark.x), round(mark.y)), max(round(0.4 * mark.size), 2), (20, 220, 60, 255), -1, cv2.LINE_AA
    )
    return Layer("ball", "prop", 0.15, rgba, "right hand")


def _place(canvas: tuple[int, int], horizon: float) -> list[Layer]:
    h, w = canvas
    rng = np.random.default_rng(2)
    sky = np.full((h, w, 4), 255, np.uint8)
    sky[..., :2] = np.linspace(150, 235, h)[:, None, None]
    ground = np.zeros((h, w, 4), np.uint8)
    ground[round(horizon) :] = (150, 160, 110, 255)
    for _ in range(160):
        at = (int(rng.uniform(0, w)), int(rng.uniform(horizon + 4, h)))
        cv2.ellipse(ground, at, (w // 60, w // 180), 0, 0, 360, (130, int(rng.uniform(120, 150)), 95, 255), -1)
    return [Layer("sky", "sky", 1.0, sky), Layer("ground", "ground", 0.5, ground)]


def green(frame: Pixels) -> np.ndarray:
    """(2,) px: the middle of what is held."""
    seen = frame[..., :3].astype(int) @ np.array([-1, 1, -1])
    return np.asarray(np.argwhere(seen > 80)[:, ::-1].mean(axis=0))
