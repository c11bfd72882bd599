"""Whether the extra ``[metrics]`` is installed."""

from __future__ import annotations

from importlib.util import find_spec

from personavlog.errors import MissingExtra


def require() -> None:
    """Raise ``MissingExtra`` where torch or PyAV is missing; to be called before this package's other modules are imported."""
    if find_spec("torch") is None or find_spec("av") is None:
        raise MissingExtra("Measuring with the published networks", "metrics")
