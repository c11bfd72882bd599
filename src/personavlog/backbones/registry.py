"""Backbones by name: our own from a table, everybody else's from entry points, both through ``load``."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any, Literal

from personavlog.backbones.roles import ImageEdit, ImageToVideo, Music, Speech
from personavlog.errors import ConfigurationError
from personavlog.runs.blobs import Blobs

Role = Literal["image", "video", "music", "speech"]
GROUP = "personavlog.backbones"
PROTOCOLS: Mapping[Role, type] = {"image": ImageEdit, "video": ImageToVideo, "music": Music, "speech": Speech}
BUILT_IN: Mapping[str, str] = {
    "image.embedded": "personavlog_embedded.painting.painter:Painter",
    "video.embedded": "personavlog_embedded.motion.animator:Animator",
    "music.embedded": "personavlog_embedded.music.backbone:CatalogueMusic",
    "speech.embedded": "personavlog_embedded.speech.backbone:KokoroSpeech",
}
"""``role.name`` to ``module:class``; an entry point of the group ``personavlog.backbones`` has the same form."""


def load(role: Role, name: str, blobs: Blobs, settings: Mapping[str, Any] | None = None) -> Any:
    """Build the backbone ``name`` for ``role``; it is called with the blob store and its settings as keyword arguments.

    Raises ``ConfigurationError`` for a name nobody provides, settings that do not fit, or an object that does not play the role.
    """
    maker = _find(f"{role}.{name}")
    try:
        backbone = maker(blobs, **(settings or {}))
    except TypeError as error:
        raise ConfigurationError(f"The settings {sorted(settings or {})!r} do not fit the {role} backbone {name!r}: {error}.") from error
    if not isinstance(backbone, PROTOCOLS[role]):
        raise ConfigurationError(f"The backbone {name!r} does not play the role {role!r}: it lacks a method of {PROTOCOLS[role].__name__}.")
    return backbone


def names(role: Role) -> tuple[str, ...]:
    """Every backbone that can be loaded for ``role``."""
    known = {*BUILT_IN, *(point.name for point in entry_points(group=GROUP))}
    return tuple(sorted(key.removeprefix(f"{role}.") for key in known if key.startswith(f"{role}.")))


def _find(key: str) -> Any:
    if key in BUILT_IN:
        module, _, attribute = BUILT_IN[key].partition(":")
        return getattr(import_module(module), attribute)
    for point in entry_points(group=GROUP, name=key):
        return point.load()
    role, _, name = key.partition(".")
    raise ConfigurationError(f"There is no {role} backbone named {name!r}. Available: {', '.join(names(role))}.")  # type: ignore[arg-type]
