"""The arrays that pictures and sound are read into, one name for each; who takes one says its shape."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""(h, w, 3) RGB, or (h, w, 4) with straight alpha."""
Plane = NDArray[np.float32]
"""(h, w): one number a px."""
Mask = NDArray[np.bool_]
"""(h, w): yes or no a px."""
Samples = NDArray[np.float32]
"""(n,) or (n, channels): sound, -1 to 1."""
Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in px."""
