"""Where the camera is in every frame."""

from __future__ import annotations

import numpy as np

from personavlog.script import Camera
from personavlog_embedded.motion.pace import Pace
from personavlog_embedded.motion.rhythm import Floats, Noise, onset, travel

X, Y, Z, PAN_X, PAN_Y, ROLL, ZOOM = range(7)
"""Columns of a pose: sideways shift in px of something at the lens (``X``, ``Y``), dolly as a share of the distance to
it (``Z``), shift of everything in px (``PAN_X``, ``PAN_Y``), roll in radians, and zoom as scale minus one. All zero:
the keyframe."""

HELD = 0.9
"""How much of the subject's drift out of the frame a camera takes back."""
FOLLOW = 0.13
"""Of the short side that a camera goes with a walker, so that the world passes behind them."""
STEPS_PER_SECOND = 1.85
"""A relaxed walk."""

# Sideways moves go in a little as well: that frees room at the edges, and so lets them reach further.
_MOVES: dict[Camera, dict[int, float]] = {
    Camera.PUSH_IN: {Z: 0.2, ZOOM: 0.02},
    Camera.PULL_OUT: {Z: -0.17, ZOOM: -0.02},
    Camera.PAN_LEFT: {PAN_X: 0.11, X: 0.09, Z: 0.06, ZOOM: 0.07},
    Camera.PAN_RIGHT: {PAN_X: -0.11, X: -0.09, Z: 0.06, ZOOM: 0.07},
    Camera.TILT_UP: {PAN_Y: 0.08, Y: 0.05, Z: 0.06, ZOOM: 0.06},
    Camera.TILT_DOWN: {PAN_Y: -0.08, Y: -0.05, Z: 0.06, ZOOM: 0.06},
    Camera.ORBIT: {X: 0.32, Z: 0.10, ZOOM: 0.07},
    Camera.HANDHELD: {Z: 0.07},
    Camera.STATIC: {Z: 0.025},
}
_LENGTHS = (X, Y, PAN_X, PAN_Y)


def poses(
    camera: Camera,
    frames: int,
    fps: float,
    short_side: int,
    pivot: float,
    temper: Pace,
    rng: np.random.Generator,
    follows: float = 0.0,
    aim: tuple[float, float] = (0.0, 0.0),
) -> Floats:
    """(frames, 7) poses, the first all zero.

    ``pivot`` is the nearness (1 at the lens, 0 at infinity) of what an orbit turns around. ``short_side`` is the
    frame's, in px. ``follows``: somebody walks to the right (1) or the left (-1), and the camera goes with them unless
    it pans by itself. ``aim`` (px from the frame's centre) is where the subject is: a camera that goes in or out keeps
    them there.
    """
    way, t = travel(frames), np.arange(frames) / fps
    path = np.zeros((frames, 7))
    side = rng.choice([-1.0, 1.0])
    for column, amount in _MOVES[camera].items():
        path[:, column] = amount * way * temper.camera * (short_side if column in _LENGTHS else 1.0)
    if camera is Camera.ORBIT:
        path[:, X] *= side
        path[:, PAN_X] = -path[:, X] * pivot
    if follows and camera not in (Camera.PAN_LEFT, Camera.PAN_RIGHT):
        path[:, X] -= follows * FOLLOW * short_side * way
    if not any(column in _MOVES[camera] for column in (PAN_X, PAN_Y)):
        path += _aimed(path, pivot, aim)
    path += _hand(camera, t, short_side, pivot, temper, rng)
    path += _walk(t, short_side, temper)
    return path


def _aimed(path: Floats, pivot: float, aim: tuple[float, float]) -> Floats:
    """The pan that holds the subject in place while the camera goes in or out."""
    larger = (1 + path[:, ZOOM]) / (1 - path[:, Z] * pivot) - 1
    pan = np.zeros_like(path)
    pan[:, PAN_X], pan[:, PAN_Y] = -HELD * aim[0] * larger, -HELD * aim[1] * larger
    return pan


def _hand(camera: Camera, t: Floats, short_side: int, pivot: float, temper: Pace, rng: np.random.Generator) -> Floats:
    """A hand's tremor for the hand-held camera, a breath of it for the static one, next to nothing for the others."""
    strength = {Camera.HANDHELD: 1.0, Camera.STATIC: 0.22}.get(camera, 0.1) * temper.camera
    sway = np.zeros((len(t), 7))
    for column, size, high in (
        (X, 0.030, 0.7),
        (Y, 0.022, 0.9),
        (PAN_X, 0.012, 1.1),
        (PAN_Y, 0.010, 1.3),
        (ROLL, 0.006, 0.6),
    ):
        unit = short_side if column in _LENGTHS else 1.0
        sway[:, column] = strength * size * unit * Noise.draw(rng, 0.12, high, 5)(t) * onset(t)
    sway[:, PAN_X] -= 0.7 * pivot * sway[:, X]
    if camera is Camera.HANDHELD:
        for column, size in ((PAN_X, 0.0009 * short_side), (PAN_Y, 0.0011 * short_side), (ROLL, 0.0007)):
            sway[:, column] += temper.camera * size * Noise.draw(rng, 1.8, 3.6, 4)(t) * onset(t)
    return sway


def _walk(t: Floats, short_side: int, temper: Pace) -> Floats:
    """Steps: the camera sinks at each of them and leans to the standing foot."""
    bob = np.zeros((len(t), 7))
    beat = 2 * np.pi * STEPS_PER_SECOND * t
    bob[:, PAN_Y] = 0.0035 * short_side * temper.bob * (1 - np.cos(beat)) / 2 * onset(t, 1.2)
    bob[:, Y] = 0.006 * short_side * temper.bob * (1 - np.cos(beat)) / 2 * onset(t, 1.2)
    bob[:, X] = 0.009 * short_side * temper.bob * np.sin(beat / 2) * onset(t, 1.2)
    bob[:, Z] = 0.05 * temper.bob * travel(len(t))
    return bob
