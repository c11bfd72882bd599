"""Colours that many painters share."""

from __future__ import annotations

from personavlog_embedded.render.canvas import Colour

CLOTHS: tuple[Colour, ...] = (
    (0.82, 0.30, 0.26),
    (0.24, 0.52, 0.50),
    (0.90, 0.66, 0.24),
    (0.30, 0.42, 0.66),
    (0.48, 0.60, 0.32),
)
"""Awnings, cushions, coats."""
LAMP: Colour = (1.0, 0.80, 0.46)
"""What a lamp gives after dark."""
IRON: Colour = (0.22, 0.22, 0.24)
