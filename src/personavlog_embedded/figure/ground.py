"""What figures darken on the ground: the sun's shadow with a soft edge, and the dark where something touches."""

from __future__ import annotations

import cv2
import numpy as np

from personavlog_embedded.figure.geometry import Vectors
from personavlog_embedded.figure.mesh import Floats
from personavlog_embedded.figure.posed_figure import PosedFigure
from personavlog_embedded.figure.rays import Caster
from personavlog_embedded.figure.shot import Camera, Shot

STEP, SAMPLES = 4, 16
"""Px that a sample of the ground is wide, and rays from each to the sun's disc."""
DISC = 0.09
"""Half of what the sun measures, as seen from the ground; larger than it is, as through thin cloud."""
REACH = 4.0
"""Metres from who throws them that shadows are looked for."""
UNDER = np.float32(0.03)
"""Metres under the ground that is looked up from: soles may lie in it."""
ROOM = 0.25
"""Metres around what is touched."""
CONTACT = ((0.05, 0.02, 0.62), (0.3, 0.06, 0.22))
"""How high over the ground things darken it (m), how far around that is soft (m), and how much it darkens."""


def ground_shade(scene: Caster, figures: tuple[PosedFigure, ...], shot: Shot) -> Floats:
    """(tall, width) 0 to 1: how much darker each px of the ground is."""
    camera, way = shot.camera, shot.sun.towards
    at = _ground(camera)
    shape, bounds = at.shape[:2], _bounds(figures, shot, way)
    if bounds is None:
        return np.zeros((camera.tall, camera.width), np.float32)
    near = ((at >= bounds[0]) & (at <= bounds[1])).all(2).ravel()
    start = np.insert(at.reshape(-1, 2)[near], 1, 0.003, 1).astype(np.float32)
    kept = np.ones(shape, np.float32)
    if shot.sun.shadow and len(start):
        kept.ravel()[near] -= shot.sun.shadow * _lost(scene, start, way)
    over = np.full(shape, np.inf, np.float32)
    if len(start):
        up = np.broadcast_to(np.array([0, 1, 0], np.float32), start.shape)
        hit = scene.first(np.asarray(start - UNDER * up, np.float32), up)
        over.ravel()[near] = np.where(hit.triangle >= 0, np.maximum(hit.far - UNDER, 0), np.inf)
    for high, soft, much in CONTACT:
        dark = cv2.GaussianBlur(np.clip(1 - over / high, 0, 1), (0, 0), max(0.6, soft * camera.metre / STEP))
        kept *= 1 - much * dark
    grown = cv2.resize(1 - kept, (camera.width, camera.tall), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.GaussianBlur(grown, (0, 0), STEP * 0.7), np.float32)


def _ground(camera: Camera) -> Vectors:
    """(h, w, 2): x and z of the ground that is seen at every ``STEP`` px; infinite at and over the horizon."""
    x, y = (np.arange(-(-size // STEP)) * STEP + STEP / 2 for size in (camera.width, camera.tall))
    below = y - camera.horizon
    far = np.where(below > 1, camera.focal * camera.height / np.maximum(below, 1), np.inf)[:, None]
    across = (x - camera.centre)[None] / camera.focal
    with np.errstate(invalid="ignore"):
        return np.stack([across * far, np.broadcast_to(camera.distance - far, (len(y), len(x)))], 2)


def _bounds(figures: tuple[PosedFigure, ...], shot: Shot, way: Floats) -> Vectors | None:
    """(2, 2): the least and largest x and z of ground that something is over, or between it and the sun."""
    points = [*(one.points for one in figures), *(np.array([block.low, block.high]) for block in shot.blocks)]
    if not points:
        return None
    all_points = np.concatenate(points)
    under = all_points[:, [0, 2]]
    fallen = under - np.clip(all_points[:, 1:2] * way[[0, 2]] / max(way[1], 0.05), -REACH, REACH)
    both = np.concatenate([under, fallen] if shot.sun.shadow else [under])
    return np.stack([both.min(0) - ROOM, both.max(0) + ROOM])


def _lost(scene: Caster, start: Floats, way: Floats) -> Floats:
    """(n,) 0 to 1: how much of the sun's disc is hidden."""
    lost = np.zeros(len(start), np.float32)
    for k in range(SAMPLES):
        turn, out = k * 2.39996, np.sqrt((k + 0.5) / SAMPLES)
        offset = DISC * out * np.array([np.cos(turn), 0, np.sin(turn)])
        lost += scene.blocked(start, np.asarray(way + offset, np.float32))
    return np.asarray(lost / SAMPLES, np.float32)
