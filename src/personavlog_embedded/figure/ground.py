"""What figures darken on the ground: the sun's shadow with a soft edge, and the dark where something touches."""

from __future__ import annotations

import cv2
import numpy as np

from personavlog_embedded.figure.mesh import Floats
from personavlog_embedded.figure.posed_figure import PosedFigure
from personavlog_embedded.figure.rays import Caster
from personavlog_embedded.figure.shot import Shot

STEP, SAMPLES = 4, 20
"""Px a sample of the ground is wide, and rays from each to the sun's disc and to the sky."""
REACH = 4.0
"""Metres from the figures that shadows are looked for."""


def ground_shade(scene: Caster, figures: tuple[PosedFigure, ...], shot: Shot) -> Floats:
    """(tall, width) 0 to 1: how much darker each px of the ground is."""
    camera, sun = shot.camera, shot.sun
    h, w = camera.tall // STEP, camera.width // STEP
    gx, gy = (axis.ravel() for axis in np.meshgrid((np.arange(w) + 0.5) * STEP, (np.arange(h) + 0.5) * STEP))
    far = camera.focal * camera.height / np.maximum(gy - camera.horizon, 1)
    at = np.stack(
        [(gx - camera.centre) / camera.focal * far, np.full(len(gx), 0.003), camera.distance - far], 1
    ).astype(np.float32)
    near = (gy > camera.horizon + 4) & (np.abs(at[:, 0]) < REACH) & (np.abs(at[:, 2]) < REACH)
    start, light, rng = at[near], np.asarray(sun.way) / np.linalg.norm(sun.way), np.random.default_rng(0)
    lost, closed = np.zeros(len(start), np.float32), np.zeros(len(start), np.float32)
    for k in range(SAMPLES):
        angle, high = k * 2.39996, (k + 0.5) / SAMPLES
        disc = np.sqrt(high) * np.array([np.cos(angle), 0, np.sin(angle)])
        lost += scene.blocked(start, np.asarray(light + 0.09 * disc, np.float32)) / SAMPLES
        spread = np.asarray(start + 0.02 * rng.standard_normal(start.shape) * [1, 0, 1], np.float32)
        closed += scene.blocked(spread, np.asarray(disc + [0, np.sqrt(1.02 - high), 0], np.float32)) / SAMPLES
    both = np.zeros(len(gx), np.float32)
    both[near] = 1 - (1 - sun.shadow * lost) * (1 - 0.6 * np.clip(closed * 1.5 - 0.15, 0, 1))
    grown = cv2.resize(both.reshape(h, w), (camera.width, camera.tall), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.GaussianBlur(grown, (0, 0), STEP * 1.1), np.float32)
