"""A stage with a drawn figure whose head is an oval in place of a photo's, for tests of painting and motion."""

from __future__ import annotations

import cv2
import numpy as np

from personavlog_embedded.body.cast import DEPTH, HANDS, Cast, Sprite, drawn, head_mark, shade_layer
from personavlog_embedded.body.poses import POSES
from personavlog_embedded.figure.outfit import Outfit
from personavlog_embedded.figure.posed_figure import posed_figure
from personavlog_embedded.figure.shape import Shape
from personavlog_embedded.figure.shot import Camera, Performer, Shot, Sun
from personavlog_embedded.render.light import light
from personavlog_embedded.scene.stage import FacePoints, Layer, Stage
from personavlog_embedded.style.scene_effects import SceneAir

WIDTH, HEIGHT, MARGIN = 640, 360, 40
SKIN = (0.91, 0.75, 0.65)
OUTFIT = Outfit("sweater", True, SKIN, SKIN, (0.75, 0.25, 0.25), (0.2, 0.27, 0.5), (0.2, 0.2, 0.22))
HORIZON, METRE = 170.0, 150.0


def cast(pose: str = "stand", others: int = 0, x: float = 0.0) -> Cast:
    """Figures 260 px tall whose feet stand on row 365 of the canvas."""
    centre, focal = MARGIN + WIDTH / 2, 420.0
    camera = Camera(
        WIDTH + 2 * MARGIN, HEIGHT + 2 * MARGIN, focal, HORIZON, centre, (365 - HORIZON) / METRE, focal / METRE
    )
    people = [Performer(Shape(), OUTFIT, POSES[pose], x)]
    people += [Performer(Shape(years=40), OUTFIT, POSES["stand"], x + 0.8 * (n + 1), -0.1) for n in range(others)]
    air = SceneAir("noon", "clear", False, HORIZON, float(HEIGHT), -0.5, 3)
    own = people[0].pose
    holding = tuple(name for name, arm in zip(HANDS, (own.left, own.right), strict=True) if arm.holds)
    return Cast(
        Shot(camera, Sun(), tuple(people)), "cinematic", float(HEIGHT), light("noon", "clear"), air, holding=holding
    )


def drawn_stage(pose: str = "stand", others: int = 0, x: float = 0.0, weather: str = "clear") -> Stage:
    """The stage of ``cast``, before sky and ground."""
    who = cast(pose, others, x)
    h, w = HEIGHT + 2 * MARGIN, WIDTH + 2 * MARGIN
    at = head_mark(posed_figure(who.person, fine=False), who.shot.camera)
    head, face = _head(at.x, at.y, at.size, (h, w))
    done = drawn(who, head, at)
    assert done.shade is not None
    layers = [*_place(h, w), shade_layer(done.shade)]
    layers.append(Layer("figures", "person", DEPTH, done.figures.on((h, w)), "figures"))
    layers.append(Layer("head", "person", DEPTH, head.on((h, w)), "head"))
    for name, sprite in (("over head", done.over_head), ("over hands", done.over_hands)):
        if sprite.rgba.size:
            layers.append(Layer(name, "person", DEPTH, sprite.on((h, w)), "figures"))
    parts = np.zeros((h, w, 2), np.uint8)
    tall, wide = done.drawing.part.shape
    box = np.s_[done.drawing.top : done.drawing.top + tall, done.drawing.left : done.drawing.left + wide]
    parts[box] = np.dstack([done.drawing.part, done.drawing.owner])
    return Stage(WIDTH, HEIGHT, MARGIN, tuple(layers), weather, "noon", face, pose, cast=who.packed(), parts=parts)


def _head(x: float, y: float, size: float, canvas: tuple[int, int]) -> tuple[Sprite, FacePoints]:
    """An oval above the chin, and where its face would be."""
    rgba = np.zeros((*canvas, 4), np.uint8)
    centre, half = (round(x), round(y - 0.55 * size)), (max(round(0.42 * size), 2), max(round(0.6 * size), 3))
    cv2.ellipse(rgba, centre, half, 0, 0, 360, (235, 200, 170, 255), -1, cv2.LINE_AA)
    points = [
        (x - 0.2 * size, y - 0.6 * size),
        (x + 0.2 * size, y - 0.6 * size),
        (x, y - 0.4 * size),
        (x - 0.15 * size, y - 0.2 * size),
        (x + 0.15 * size, y - 0.2 * size),
    ]
    box = (x - 0.4 * size, y - size, x + 0.4 * size, y)
    return Sprite(rgba, 0, 0), FacePoints(box, np.array(points, np.float32))


def _place(h: int, w: int) -> list[Layer]:
    sky, ground = np.zeros((h, w, 4), np.uint8), np.zeros((h, w, 4), np.uint8)
    sky[:] = (130, 180, 230, 255)
    ground[round(HORIZON) :] = (110, 150, 90, 255)
    rng = np.random.default_rng(1)
    for layer in (sky, ground):
        noise = cv2.resize(rng.integers(0, 40, (h // 8, w // 8), dtype=np.uint8), (w, h))
        layer[..., :3] = cv2.subtract(layer[..., :3], np.dstack([noise] * 3))
    return [Layer("sky", "sky", 1.0, sky), Layer("ground", "ground", 0.6, ground)]
