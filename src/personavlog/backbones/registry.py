"""Backbones by name; all of them come from entry points of the group ``personavlog.backbones``.

An entry point is called ``<role>.<name>``. For a media role it names a maker, called with the blob store and the
profile's settings as keyword arguments; the maker's attribute ``capabilities``, where it has one, is what is known
without building anything. The chat and quality roles have makers of their own (``chat.Maker``, ``QualityMaker``).
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import EntryPoint, entry_points
from inspect import Parameter, signature
from typing import Any, Literal

from pydantic import ValidationError

from personavlog.backbones.roles import ImageEdit, ImageToVideo, Music, Speech
from personavlog.errors import ConfigurationError
from personavlog.frozen import misfit

MediaRole = Literal["image", "video", "music", "speech"]
Role = Literal["image", "video", "music", "speech", "chat", "quality"]
GROUP = "personavlog.backbones"
PROTOCOLS: Mapping[MediaRole, type] = {"image": ImageEdit, "video": ImageToVideo, "music": Music, "speech": Speech}


def load(role: MediaRole, name: str, settings: Mapping[str, Any] | None = None) -> Any:
    """Build the backbone ``name`` for a media role.

    Raises ``ConfigurationError`` for a name that no package publishes, settings that do not fit, or an object that does
    not play the role.
    """
    maker = find(role, name)
    try:
        backbone = maker(**(settings or {}))
    except (TypeError, ValidationError) as error:
        raise ConfigurationError(
            f"The settings {sorted(settings or {})!r} do not fit the {role} backbone {name!r}: "
            f"{_wrong(error, maker, settings or {})}."
        ) from error
    if not isinstance(backbone, PROTOCOLS[role]):
        raise ConfigurationError(
            f"The backbone {name!r} does not play the role {role!r}: it lacks a method of {PROTOCOLS[role].__name__}."
        )
    return backbone


def _wrong(error: TypeError | ValidationError, maker: Any, settings: Mapping[str, Any]) -> str:
    """Every setting that does not fit and why, in words for who wrote it."""
    if isinstance(error, ValidationError):
        return "; ".join(f"{'.'.join(map(str, one['loc'])) or 'together'}: {misfit(one)}" for one in error.errors())
    try:
        parameters = signature(maker).parameters
    except (TypeError, ValueError):
        return str(error)
    unknown = [] if _takes_all(parameters) else sorted(set(settings) - set(parameters))
    known = ", ".join(sorted(parameters)) or "none, it has no settings"
    return f"{', '.join(unknown)}: unknown; known are: {known}" if unknown else str(error)


def _takes_all(parameters: Mapping[str, Parameter]) -> bool:
    return any(one.kind is Parameter.VAR_KEYWORD for one in parameters.values())


def capabilities(role: MediaRole, name: str) -> Any:
    """What the backbone ``name`` says it can do, without building it; None where its maker does not say. Raises
    ``ConfigurationError`` as ``load`` does."""
    said = getattr(find(role, name), "capabilities", None)
    return None if isinstance(said, property) else said  # a class says it only when it is built


def find(role: Role, name: str) -> Any:
    """The maker of ``name`` for ``role``; raises ``ConfigurationError`` naming what there is."""
    point = published(role, name)
    if point is None:
        raise ConfigurationError(
            f"There is no {role} backbone named {name!r}. Available: {', '.join(names(role)) or 'none'}."
        )
    try:
        return point.load()
    except ImportError as error:
        package = point.dist.name if point.dist else "an unknown package"
        raise ConfigurationError(
            f"The {role} backbone {name!r} of {package!r} cannot be imported: {error}. Install that package again."
        ) from error


def published(role: Role, name: str) -> EntryPoint | None:
    """The entry point of ``name`` for ``role``, unloaded; None where no package publishes one."""
    return next(iter(entry_points(group=GROUP, name=f"{role}.{name}")), None)


def names(role: Role) -> tuple[str, ...]:
    """Every backbone that is published for ``role``."""
    return tuple(
        sorted(
            point.name.removeprefix(f"{role}.")
            for point in entry_points(group=GROUP)
            if point.name.startswith(f"{role}.")
        )
    )
