"""Profiles: a named choice of backbone and settings for every role, as TOML.

A package ships one by an entry point of the group ``personavlog.profiles``: ``<name> = "<module>"``, with
``<name>.toml`` beside the module.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from personavlog.errors import ConfigurationError
from personavlog.frozen import Frozen

GROUP = "personavlog.profiles"
DEFAULT = "embedded"
"""The profile of a user who names none."""


class BackboneChoice(Frozen):
    """A media role's backbone, its settings, and how many requests it may work on at once."""

    backbone: str
    at_once: int = Field(default=1, ge=1, le=64)
    settings: Mapping[str, Any] = {}


class ChatChoice(Frozen):
    """Chat models by name ("openai:gpt-4.1"); the quality agents may use another one, or measuring agents that a
    package publishes."""

    writer: str
    image_quality: str
    video_quality: str
    base_url: str | None = None
    rounds: int = Field(default=3, ge=1, le=8)
    at_once: int = Field(default=1, ge=1, le=64)


class Feedback(Frozen):
    """FRM: the keep-or-roll-back rule, what it compares, and how many corrections a keyframe and a clip may get.

    ``measures`` "published": CLIP's similarities and VBench's six by the networks of the extra ``[metrics]``;
    ``weights`` are their files by name where the cache has none, ``device`` is where they run.
    """

    rule: Literal["measured", "paper"] = "measured"
    measures: Literal["proxy", "published"] = "proxy"
    weights: Mapping[str, Path] = {}
    device: str = "cpu"
    keyframe_corrections: int = Field(default=2, ge=0, le=5)
    clip_corrections: int = Field(default=1, ge=0, le=5)


class Profile(Frozen):
    """A complete choice; ``crossfade`` in frames, ``weights`` are the model files that it always needs (entries or
    sets)."""

    name: str
    weights: tuple[str, ...] = ()
    chat: ChatChoice
    image: BackboneChoice
    video: BackboneChoice
    music: BackboneChoice
    speech: BackboneChoice
    feedback: Feedback = Feedback()
    crossfade: int = Field(default=8, ge=0, le=48)


def load(name: str) -> Profile:
    """A shipped profile by name, or the user's own by the path of a TOML file.

    Raises ``ConfigurationError`` when there is none or when it does not fit; the text names every wrong setting.
    """
    if name in names():
        return _parse(_shipped(name), name)
    path = Path(name)
    try:
        if path.suffix != ".toml" or not path.is_file():
            raise ConfigurationError(
                f"There is no profile {name!r}. Shipped: {', '.join(names()) or 'none'}; or give the path of "
                "your own .toml file."
            )
        return _parse(path.read_text(encoding="utf-8"), name)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"The profile {name!r} cannot be read: {error}.") from error


def names() -> tuple[str, ...]:
    """The profiles of the installed packages."""
    return tuple(sorted(entry_points(group=GROUP).names))


def _shipped(name: str) -> str:
    module = entry_points(group=GROUP)[name].value
    try:
        return files(module).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    except (OSError, ImportError) as error:
        raise ConfigurationError(
            f"The profile {name!r} of {module!r} cannot be read: {error}. Install that package again."
        ) from error


def _parse(text: str, name: str) -> Profile:
    try:
        return Profile.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"The profile {name!r} is not TOML: {error}.") from error
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise ConfigurationError(f"The profile {name!r} does not fit: {wrong}.") from error
