"""The packages of the extra ``local``, imported where they are first needed."""

from __future__ import annotations

import importlib
from typing import Any

from personavlog.errors import MissingExtraError


def imported(module: str, what: str) -> Any:
    """A module of the extra; ``what`` begins the error's sentence. Raises ``MissingExtraError``."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingExtraError(f"{what} ({error})", "local") from error
