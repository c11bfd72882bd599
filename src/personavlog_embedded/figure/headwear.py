"""What sits on a head: hair, and a hat over it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from personavlog_embedded.figure.hair import hair
from personavlog_embedded.figure.hat import hat, hats, opened
from personavlog_embedded.figure.head import HeadSheet, head_labels
from personavlog_embedded.figure.label import Label, Shell
from personavlog_embedded.figure.mesh import Floats
from personavlog_embedded.figure.outfit import DrawnHead, Hat
from personavlog_embedded.figure.shape import Bare


def head_sheets(body: Bare, worn: Hat, head: DrawnHead | None, size: float) -> tuple[HeadSheet, ...]:
    """Hair of a drawn head, and the hat, which a photo's head wears as well."""
    grown = hair(body, head.hair, hats()[worn].rim if worn else None) if head is not None else ()
    return (*grown, hat(body, worn, size)) if worn else grown


def head_and_hat_labels(
    out: NDArray[np.uint8], shell: NDArray[np.integer], at: Floats, head: DrawnHead | None, worn: Hat
) -> None:
    """Write the labels (n,) of a head and what sits on it into ``out``; ``at`` (n, 8)."""
    head_labels(out, shell, at, head)
    if worn:
        mine = shell == Shell.HAT
        out[mine] = np.where(opened(worn, at[mine]), Label.NOTHING, Label.HAT)
