"""Where the person goes in a keyframe, and where something must stand before them to hide the photo's cut edge."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from personavlog.script import Framing
from personavlog_embedded.body.figure import FACE_LEVEL, FACE_SHARE, OFF_CENTRE, Figure, Placing
from personavlog_embedded.scene.keyframe_spec import KeyframeSpec

TALL_LEVEL = {
    Framing.CLOSE_UP: -0.03,
    Framing.SELFIE: -0.03,
    Framing.MEDIUM: 0.05,
    Framing.OVER_SHOULDER: 0.0,
    Framing.WIDE: 0.05,
}
"""How much lower the face sits in an upright frame, as a share of its height."""
TALL_SIZE = 1.45
"""How much larger a face is in an upright frame: its short side is its width, and a body is narrow."""
FRONT_LEVEL = {Framing.MEDIUM: 0.8, Framing.WIDE: 0.77}
"""Where a front shall begin, as a share of the height; a person whose photo ends higher moves down for it."""
LOWEST = {Framing.MEDIUM: 0.47, Framing.WIDE: 0.55}
"""How low that may bring the face's middle, as a share of the height."""
LONGEST = {Framing.MEDIUM: 2.0, Framing.WIDE: 2.6}
"""Face heights below the chin where a front begins at the latest."""


@dataclass(frozen=True)
class Standing:
    """A placed figure: ``front_top`` is the px where a front begins, None where none is needed."""

    placing: Placing
    front_top: float | None


def stand(spec: KeyframeSpec, figure: Figure) -> Standing:
    """Size and place of the person on the canvas by framing, corrections and what the photo holds."""
    framing = spec.board.framing
    margin = spec.margin
    face = (
        FACE_SHARE[framing]
        * min(spec.width, spec.height)
        * spec.size
        * (TALL_SIZE if spec.tall and framing in FRONT_LEVEL else 1.0)
    )
    face *= 1.25 if spec.tall and framing not in FRONT_LEVEL else 1.0
    x = margin + spec.width * (0.5 + off_centre(spec) + spec.shift)
    y = margin + spec.height * (FACE_LEVEL[framing] + (TALL_LEVEL[framing] if spec.tall else 0.0))
    scale = face / figure.face_height
    y = _kept_whole(spec, figure, scale, y)
    tilt = (
        float(np.random.default_rng([spec.seed, 4]).uniform(2.0, 6.0)) * spec.side if framing is Framing.SELFIE else 0.0
    )
    if figure.stands and framing is Framing.WIDE:
        scale, y = _on_the_ground(spec, figure)
    placing = Placing(scale, x, y, tilt, framing is Framing.OVER_SHOULDER and spec.side < 0)
    placing = _lowered(spec, figure, placing)
    return Standing(placing, _front_top(spec, figure, placing))


def off_centre(spec: KeyframeSpec) -> float:
    """How far right of the frame's middle the person stands before corrections, as a share of the width."""
    shape = 0.5 if spec.tall else 0.8 if spec.height == spec.width else 1.0
    return (
        spec.side
        * OFF_CENTRE[spec.board.framing]
        * shape
        * float(np.random.default_rng([spec.seed, 2]).uniform(0.8, 1.1))
    )


def _on_the_ground(spec: KeyframeSpec, figure: Figure) -> tuple[float, float]:
    """Scale and face level of a whole body that stands on the ground near the lower edge."""
    scale = (0.45 if figure.faceless else 0.66) * spec.size * spec.height / max(figure.bottom - figure.top, 1.0)
    return scale, spec.margin + spec.height * 0.93 - (figure.bottom - _middle(figure)) * scale


def _middle(figure: Figure) -> float:
    return (figure.face.box[1] + figure.face.box[3]) / 2


def _kept_whole(spec: KeyframeSpec, figure: Figure, scale: float, y: float) -> float:
    """The face's level with room above the head, unless the photo itself cuts it: then its edge goes outside the
    frame."""
    above = (_middle(figure) - figure.top) * scale
    if figure.cut_top:
        return min(y, spec.margin - 2 + above) if spec.board.framing not in FRONT_LEVEL else y
    roof = spec.height * (0.04 if spec.whole_head or spec.board.framing is not Framing.CLOSE_UP else -0.06)
    return max(y, spec.margin + roof + above)


def _lowered(spec: KeyframeSpec, figure: Figure, placing: Placing) -> Placing:
    """Further down, so that the front that hides the cut edge is no wall across half the picture."""
    framing = spec.board.framing
    if framing not in FRONT_LEVEL or (figure.stands and framing is Framing.WIDE):
        return placing
    missing = spec.margin + spec.height * FRONT_LEVEL[framing] - _hiding(spec, figure, placing)
    lowest = spec.margin + spec.height * (LOWEST[framing] + (0.06 if spec.tall else 0.0))
    return replace(placing, y=max(placing.y, min(placing.y + max(missing, 0.0), lowest)))


def _cut(figure: Figure, placing: Placing) -> float:
    """Px row on the canvas where the photo ends."""
    return placing.y + (figure.bottom - _middle(figure)) * placing.scale


def _hiding(spec: KeyframeSpec, figure: Figure, placing: Placing) -> float:
    """Px row where a front must begin at the latest."""
    return _cut(figure, placing) - max(0.12 * figure.face_height * placing.scale, spec.unit * 0.05)


def _front_top(spec: KeyframeSpec, figure: Figure, placing: Placing) -> float | None:
    """Px of the front's upper edge; None where the body reaches beyond the canvas by itself or stands on the ground."""
    framing = spec.board.framing
    if (figure.stands and framing is Framing.WIDE) or _cut(figure, placing) >= spec.canvas[0] - 2:
        return None
    chin = placing.y + (figure.face.box[3] - _middle(figure)) * placing.scale
    wanted = chin + figure.face_height * placing.scale * LONGEST.get(framing, 1.35)
    return float(
        min(
            max(wanted, spec.margin + spec.height * 0.62),
            _hiding(spec, figure, placing),
            spec.margin + spec.height * 0.9,
        )
    )
