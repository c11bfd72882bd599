"""The face that a photo shows already: how much it smiles and how far it looks aside; an expression is laid over that,
not over a blank one."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from personavlog_embedded.face.anatomy import EARS, LIP_CORNERS, NOSE, Anatomy
from personavlog_embedded.scene.expression import Expression

_LIPS = (13, 14)
CLOSED, GRIN = 0.385, 0.465
"""Widths of a mouth at rest and of one that grins, over the face's."""
TEETH = 0.14
"""Distance of the lips over the mouth's width at which a smile shows its teeth."""
SHARE = 0.7
"""How much of a photo's smile a mood that does not smile takes away; all of it would be another person."""
LEAST = -0.85
FRONTAL, ASIDE = 0.1, 0.3
"""How far the nose lies from the middle of the ears, face widths: up to the first a face is seen from the front, at the
second it is in half profile."""


@dataclass(frozen=True)
class Resting:
    """``smile`` 0 to 1; ``aside`` 0 (from the front) to 1 (half profile)."""

    smile: float = 0.0
    aside: float = 0.0


def resting(mesh: NDArray[np.float32]) -> Resting:
    """Measured on the face's mesh, (478, 3)."""
    local = Anatomy(mesh).local
    left, right = local[list(LIP_CORNERS), :2]
    wide = float(np.hypot(*(right - left)))
    gap = float(np.hypot(*(local[_LIPS[1], :2] - local[_LIPS[0], :2]))) / max(wide, 1e-6)
    smile = 0.5 * np.clip((wide - CLOSED) / (GRIN - CLOSED), 0, 1) + 0.5 * np.clip(gap / TEETH, 0, 1)
    away = abs(float(local[NOSE, 0] - local[list(EARS), 0].mean()))
    return Resting(float(smile), float(np.clip((away - FRONTAL) / (ASIDE - FRONTAL), 0, 1)))


def fitted(wanted: Expression, rest: Resting) -> Expression:
    """What must change about the photo's face for it to show ``wanted`` of a face at rest.

    A face that is seen from the side is changed less: what its mesh does not see would be pulled askew.
    """
    smile = max(wanted.smile - SHARE * rest.smile, LEAST)
    smile = min(smile, wanted.smile) if wanted.smile > 0 else smile
    share = 1 - 0.6 * rest.aside
    return replace(
        wanted,
        smile=smile * (share if smile > 0 else 1 - 0.35 * rest.aside),
        mouth=wanted.mouth * share,
        turn=wanted.turn * share,
        brows=wanted.brows * share,
    )
