"""The jointed person of a stage: told what to do, and played."""

from __future__ import annotations

import cv2
import numpy as np

from personavlog_embedded.motion import standing_body
from personavlog_embedded.motion.body_cue import BodyCue
from personavlog_embedded.motion.bones import Bones
from personavlog_embedded.motion.instructions import Instructions
from personavlog_embedded.motion.mesh import Field
from personavlog_embedded.motion.performance import Performance, perform
from personavlog_embedded.scene.stage import Stage

AIR = 0.03
"""Of the frame's width that a walker keeps from its edge."""
HORIZON = 0.45
"""Of the frame's height, where no ground shows the horizon."""


def play(stage: Stage, instructions: Instructions) -> Performance | None:
    """What the stage's jointed person does, None where there is none."""
    skeleton = Bones.of(stage.layers)
    if skeleton is None:
        return None
    mouth = None if stage.face is None else stage.face.points[3:5].mean(axis=0).astype(float)
    cue = BodyCue(
        skeleton,
        np.arange(instructions.frames) / instructions.fps,
        instructions.fps,
        instructions.acts,
        instructions.temper.person,
        instructions.temper.pace,
        np.random.default_rng([instructions.seed, 5]),
        _room(stage, skeleton),
        instructions.voice,
        mouth,
    )
    return perform(cue, stage.pose, (stage.margin + stage.width / 2, _horizon(stage)))


def face_movement(stage: Stage, instructions: Instructions) -> tuple[Field, ...]:
    """How the face moves on the head: it turns and nods, and the jaw follows the voice."""
    assert stage.face is not None
    body = standing_body.StandingBody.measure(stage.face.box, stage.face)
    head = standing_body.head(
        body, instructions.temper.person, np.random.default_rng([instructions.seed, 6]), tilts=False
    )
    return (
        (head,)
        if instructions.voice is None
        else (head, standing_body.jaw(stage.face, instructions.voice, instructions.fps))
    )


def _room(stage: Stage, skeleton: Bones) -> tuple[float, float]:
    """Px between the figure and the frame's left and right edge."""
    air = AIR * stage.width
    left, _, right, _ = skeleton.box
    return max(left - stage.margin - air, 0.0), max(stage.margin + stage.width - air - right, 0.0)


def _horizon(stage: Stage) -> float:
    """The canvas row where the ground begins."""
    tops = [
        cv2.boundingRect(layer.rgba[..., 3])[1]
        for layer in stage.layers
        if layer.kind in ("ground", "water") and layer.rgba[..., 3].any()
    ]
    return float(min(tops, default=stage.margin + HORIZON * stage.height))
