"""What muscles do to brows, lids, cheeks and mouth corners: smooth shifts in the face's own coordinates."""

from __future__ import annotations

import numpy as np

from personavlog_embedded.face.anatomy import LIP_CORNERS, Floats, bump
from personavlog_embedded.scene.expression import Expression

# Points of the mesh, image-left first: middles and inner ends of the brows, upper and lower lid, the apple of the
# cheek.
_BROW, _INNER_BROW = (105, 334), (107, 336)
_UPPER, _LOWER = (159, 386), (145, 374)
_CHEEK = (205, 425)


def shifted(own: Floats, local: Floats, wanted: Expression) -> Floats:
    """(..., 2) displacement of what lies at ``own``; ``local`` (478, 3) is the mesh, everything in the face's own
    coordinates."""
    shift = np.zeros_like(own)
    if wanted.smile:
        _mouth_corners(shift, own, local, wanted.smile)
    if wanted.brows:
        _brows(shift, own, local, wanted.brows, max(-wanted.smile, 0.0))
    lids = float(np.clip(wanted.eyes, -0.5, 1.0))
    cheeks = max(wanted.smile, 0.0)
    if lids or cheeks:
        _lids(shift, own, local, lids, cheeks)
    return shift


def _mouth_corners(shift: Floats, own: Floats, local: Floats, smile: float) -> None:
    """Up and out with the cheeks for a smile; down and in, with the chin pushed up, for a frown, and so the way back
    from a smile."""
    corners = local[list(LIP_CORNERS), :2]
    width = float(np.hypot(*(corners[1] - corners[0])))
    for side, corner, cheek in zip((-1.0, 1.0), corners, local[list(_CHEEK), :2], strict=True):
        pull = bump(own, corner + np.array([side * 0.08 * width, 0.0]), 0.62 * width, 0.55 * width)
        if smile > 0:
            shift[..., 0] += side * 0.085 * width * smile * pull
            shift[..., 1] -= 0.125 * width * smile * pull
            lift = bump(own, cheek, 0.6 * width, 0.6 * width)
            shift[..., 1] -= 0.05 * width * smile * lift
        else:
            shift[..., 0] -= side * 0.06 * width * -smile * pull
            shift[..., 1] += 0.1 * width * -smile * pull
            shift[..., 1] += 0.04 * width * -smile * bump(own, cheek, 0.6 * width, 0.6 * width)
    if smile < 0:
        shift[..., 1] -= 0.05 * width * -smile * bump(own, local[17], 0.45 * width, 0.4 * width)


def _brows(shift: Floats, own: Floats, local: Floats, brows: float, sad: float) -> None:
    """Up with surprise, down and together in anger; of a sad face only the inner ends rise."""
    for side, middle, inner in zip((-1.0, 1.0), local[list(_BROW), :2], local[list(_INNER_BROW), :2], strict=True):
        whole = bump(own, middle - np.array([0.0, 0.03]), 0.34, 0.17)
        end = bump(own, inner - np.array([0.0, 0.03]), 0.17, 0.16)
        if brows > 0:
            share = min(sad, 1.0)
            shift[..., 1] -= brows * (0.062 * (1 - 0.8 * share) * whole + 0.05 * share * end)
        else:
            shift[..., 1] += -brows * (0.018 * whole + 0.026 * end)
            shift[..., 0] -= side * -brows * 0.022 * end


def _lids(shift: Floats, own: Floats, local: Floats, eyes: float, cheeks: float) -> None:
    """Wide eyes and narrow ones; a smile lifts the lower lids."""
    for upper, lower in zip(local[list(_UPPER), :2], local[list(_LOWER), :2], strict=True):
        gap = float(np.hypot(*(lower - upper)))
        above = bump(own, upper - np.array([0.0, 0.012]), 0.15, 0.06)
        below = bump(own, lower + np.array([0.0, 0.02]), 0.16, 0.075)
        shift[..., 1] -= above * gap * (0.26 * max(eyes, 0.0) - 0.28 * max(-eyes, 0.0))
        shift[..., 1] += below * gap * (0.13 * max(eyes, 0.0) - 0.45 * max(-eyes, 0.0) - 0.13 * cheeks)
