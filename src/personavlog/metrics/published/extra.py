"""Whether the extra ``[metrics]`` is installed."""

from __future__ import annotations

from importlib.util import find_spec

from personavlog.errors import ConfigurationError


def require() -> None:
    """Raise ``ConfigurationError`` with the install line where torch or PyAV is missing; to be called before this package's other modules are imported."""
    missing = [name for name, module in (("torch", "torch"), ("PyAV", "av")) if find_spec(module) is None]
    if missing:
        raise ConfigurationError(f"The published measures need {' and '.join(missing)}. Install them with: pip install 'personavlog[metrics]'")
