"""From a board's emotion, and what the person does, to what the face shows."""

from __future__ import annotations

from dataclasses import astuple, replace

import numpy as np

from personavlog.script import Emotion
from personavlog_embedded.face.acting import within_bounds
from personavlog_embedded.scene.expression import AS_IN_PHOTO, Expression

E = Expression
_EMOTIONS: dict[Emotion, Expression] = {
    Emotion.JOYFUL: E(smile=0.6, brows=0.2, eyes=-0.06, mouth=0.1),
    Emotion.CALM: E(smile=0.26, eyes=-0.08),
    Emotion.CURIOUS: E(smile=0.1, brows=0.6, eyes=0.3, turn=5, tilt=4),
    Emotion.TENSE: E(smile=-0.25, brows=-0.45, eyes=0.12),
    Emotion.NOSTALGIC: E(smile=0.24, brows=0.25, eyes=-0.12, gaze_x=0.35, gaze_y=0.12, turn=7, nod=2, tilt=2),
    Emotion.EXCITED: E(smile=0.65, brows=0.45, eyes=0.25, mouth=0.2),
    Emotion.MELANCHOLIC: E(smile=-0.3, brows=0.4, eyes=-0.2, gaze_y=0.3, nod=6, tilt=2),
    Emotion.PROUD: E(smile=0.45, brows=0.12, eyes=-0.05, nod=-5),
}
"""Sideways values are for a person who looks to the picture's right."""


def expression_of(
    emotion: Emotion, doing: Expression = AS_IN_PHOTO, *, seed: int, toward: float = 0.0, lens: bool = False
) -> Expression:
    """What the face of a board shows: its ``emotion`` and what the person is ``doing``, a little different for each
    ``seed``.

    ``toward`` is the side of the picture, -1 to 1, where that lies which the person is busy with; 0 leaves it to the
    seed. With ``lens`` (a selfie, words spoken to the viewer) head and eyes stay with the camera.
    """
    rng = np.random.default_rng([seed, 29])
    strength, side = float(rng.uniform(0.8, 1.1)), float(np.sign(toward)) or float(rng.choice([-1.0, 1.0]))
    aimed = plus(_faced(_scaled(_EMOTIONS[emotion], strength), side), _faced(doing, side))
    loose = Expression(
        turn=float(rng.uniform(-5, 5)), nod=float(rng.uniform(-2, 2)), tilt=float(rng.uniform(-2.5, 2.5))
    )
    done = plus(aimed, loose)
    return _to_camera(done) if lens else done


def plus(one: Expression, other: Expression) -> Expression:
    """Both at once, each value within its range."""
    return within_bounds(Expression(*(a + b for a, b in zip(astuple(one), astuple(other), strict=True))))


def _scaled(face: Expression, factor: float) -> Expression:
    return Expression(*(value * factor for value in astuple(face)))


def _faced(face: Expression, side: float) -> Expression:
    """The same face towards this side of the picture."""
    return replace(face, gaze_x=face.gaze_x * side, turn=face.turn * side, tilt=face.tilt * side)


def _to_camera(face: Expression) -> Expression:
    """Head and eyes to the lens; the mouth little open, for it is going to speak."""
    turn, nod = float(np.clip(face.turn, -6, 6)), float(np.clip(face.nod, -4, 4))
    return replace(face, gaze_x=0.0, gaze_y=0.0, turn=turn, nod=nod, mouth=min(face.mouth, 0.18))
