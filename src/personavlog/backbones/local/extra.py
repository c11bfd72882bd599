"""The packages of the extra ``local``, imported where they are first needed."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any

from personavlog.errors import MissingExtraError


def imported(module: str, what: str) -> Any:
    """A module of the extra; ``what`` begins the error's sentence. Raises ``MissingExtraError``."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingExtraError(f"{what} ({error})", "local") from error


def present(modules: Iterable[str], what: str) -> None:
    """Whether modules of the extra are installed, without loading them; raises ``MissingExtraError``."""
    missing = [module for module in modules if find_spec(module) is None]
    if missing:
        raise MissingExtraError(f"{what} (no {', '.join(missing)})", "local")


def versions(packages: Iterable[str]) -> str:
    """Packages with their versions: another version may draw other pictures and sounds."""
    return " ".join(f"{package} {_version(package)}" for package in packages)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"
