"""Whether a model makes what is asked for: others would change it without a word."""

from __future__ import annotations

from personavlog.backbones.capabilities import SizeRule
from personavlog.errors import ConfigurationError


def check_size(rule: SizeRule, width: int, height: int, model: str) -> None:
    """Raises ``ConfigurationError`` for a size that ``rule`` forbids, with the nearest that it allows."""
    if rule.nearest(width, height) != (width, height):
        near = "x".join(map(str, rule.nearest(width, height)))
        raise ConfigurationError(f"The model {model!r} makes no {width}x{height} px. The nearest size is {near}.")
