"""Whether the extra ``[metrics]`` is installed."""

from __future__ import annotations

import os
from importlib.util import find_spec

from personavlog.errors import MissingExtraError


def require() -> None:
    """Raise ``MissingExtraError`` where torch or PyAV is missing; to be called before this package's other modules are
    imported."""
    if find_spec("torch") is None or find_spec("av") is None:
        raise MissingExtraError("Measuring with the published networks", "metrics")
    # Where other programs want the cores too, threads that wait by spinning take them from the one that is waited for:
    # measured, ten times slower.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
