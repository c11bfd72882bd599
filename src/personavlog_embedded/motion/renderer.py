"""Frames of a stage: prepared once, then drawn one by one, any of them at any time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from personavlog.media.arrays import Pixels
from personavlog_embedded.motion.camera_path import poses
from personavlog_embedded.motion.instructions import Instructions
from personavlog_embedded.motion.layer_plane import centred, homographies, within
from personavlog_embedded.motion.mesh import MovingLayer, draw_layer
from personavlog_embedded.motion.moving_scene import MovingScene, moving_scene
from personavlog_embedded.motion.redrawn import Redrawn
from personavlog_embedded.motion.rhythm import Floats, onset
from personavlog_embedded.motion.weather import Air
from personavlog_embedded.scene.stage import Stage
from personavlog_embedded.style.print_surface import flatten, held, snap

CRISP = 0.4
"""How strongly frames are sharpened against the softness of linear sampling."""


class Renderer:
    """Draws frames of ``stage``; equal stage and instructions give equal frames, in any order."""

    def __init__(self, stage: Stage, instructions: Instructions, keyframe: Pixels | None = None) -> None:
        """``keyframe`` (height, width, 3) is what frame 0 shows, where the layers only come close to it; none: the
        layers at rest."""
        self.frames = instructions.frames
        self._stage, self._instructions = stage, instructions
        self._scene: MovingScene = moving_scene(stage, instructions)
        self._centre = (stage.margin + stage.width / 2, stage.margin + stage.height / 2)
        self.poses = self._bounded_poses()
        self._paths = [self._path(cutout) for cutout in self._scene.cutouts]
        self._held: tuple[int, Pixels] | None = None
        self._first = np.asarray(
            cv2.cvtColor(flatten(stage) if keyframe is None else keyframe, cv2.COLOR_RGB2RGBA), np.uint8
        )

    @property
    def figures(self) -> Redrawn | None:
        """The drawings of the clip's figures, None where none are drawn."""
        return self._scene.redrawn

    @property
    def drawings(self) -> int:
        """How many drawings of its figures the clip shows, the keyframe's own among them."""
        return 1 if self.figures is None else self.figures.drawings

    def frame(self, number: int) -> Pixels:
        """Frame ``number`` as (height, width, 4) uint8, RGB and an unused byte; frame 0 is the keyframe exactly. Stop
        motion stands between its drawings."""
        shown = held(number, self._stage.surface)
        if shown == 0:
            return self._first.copy()
        if self._held is None or self._held[0] != shown:
            self._held = (shown, self.drawn(shown))
        return self._held[1].copy()

    def drawn(self, number: int) -> Pixels:
        """Frame ``number`` drawn through the moving layers; number 0 equals the keyframe up to rounding."""
        seconds = number / self._instructions.fps
        frame = np.empty_like(self._first)
        for place, (cutout, path) in enumerate(zip(self._scene.cutouts, self._paths, strict=True)):
            if place == self._scene.person_at and place > 0:
                _fill(self._scene.behind, frame, seconds)
            draw_layer(frame, *self._now(cutout, path[number], number), self._centre, number, seconds)
            if place == self._scene.outside_at:
                _fill(self._scene.outside, frame, seconds)
        _crisp(frame, seconds)
        _fill(self._scene.before, frame, seconds)
        return snap(frame, self._stage.surface, number)

    def _now(self, cutout: MovingLayer, path: Floats, number: int) -> tuple[MovingLayer, Floats]:
        """The cut-out as it is in this frame, and where it goes."""
        if cutout.placed is None:
            return cutout, path
        shown, way = cutout.placed(number)
        return shown, np.asarray(path @ centred(way, self._centre))

    def _path(self, cutout: MovingLayer) -> Floats:
        """(frames, 3, 3): the cut-out's own way, then the camera's."""
        camera = homographies(self.poses, cutout.plane)
        return camera if cutout.way is None else np.asarray(camera @ centred(cutout.way, self._centre))

    def _bounded_poses(self) -> Floats:
        stage, instructions = self._stage, self._instructions
        # Steps that are seen need no camera that steps too.
        redrawn = self.figures
        strides = redrawn is not None and redrawn.strides
        temper = replace(instructions.temper, bob=0.0) if strides else instructions.temper
        rng = np.random.default_rng([instructions.seed, 1])
        free = poses(
            instructions.camera,
            instructions.frames,
            instructions.fps,
            min(stage.width, stage.height),
            self._scene.pivot,
            temper,
            rng,
            0.0 if redrawn is None else redrawn.walks,
            self._scene.aim,
        )
        return within(free, self._scene.edges, stage.width, stage.height)


def _crisp(frame: Pixels, seconds: float) -> None:
    """Give back, in place, what sampling between px took from the finest detail; as slowly as movement begins."""
    share = CRISP * float(onset(seconds, 0.6))
    if share > 0:
        cv2.addWeighted(frame, 1 + share, cv2.blur(frame, (3, 3)), -share, 0, dst=frame)


def _fill(air: Sequence[Air], frame: Pixels, seconds: float) -> None:
    for weather in air:
        weather(frame, seconds)
