"""Profiles: a named choice of backbone and settings for every role, as TOML.

A package ships one by an entry point of the group ``personavlog.profiles``: ``<name> = "<module>"``, with
``<name>.toml`` beside the module. A user's own file may begin with ``extends = "<name>"``.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, field_validator, model_validator

from personavlog.backbones.registry import MediaRole
from personavlog.brief import Aspect
from personavlog.errors import ConfigurationError
from personavlog.frozen import Frozen
from personavlog.profiles import overlay
from personavlog.profiles.chat import ChatChoice
from personavlog.profiles.secrets import refuse_keys

GROUP = "personavlog.profiles"
DEFAULT = "embedded"
"""The profile of a user who names none."""


Side = Annotated[int, Field(ge=64, le=4096, multiple_of=2)]


class BackboneChoice(Frozen):
    """A media role's backbone, its settings, how many requests it may work on at once, and the ``device`` that it
    shares with other roles ("" for none): a name of ``Profile.devices``."""

    backbone: str
    at_once: int = Field(default=1, ge=1, le=64)
    device: str = ""
    settings: Mapping[str, Any] = {}

    @field_validator("settings")
    @classmethod
    def _no_keys(cls, value: Mapping[str, Any]) -> Mapping[str, Any]:
        refuse_keys(value, "settings.")
        return value


class Feedback(Frozen):
    """FRM: the keep-or-roll-back rule, what it compares, and how many corrections a keyframe and a clip may get; with
    none nothing is measured or inspected, and it costs nothing.

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
    sets), ``size`` the film's (width, height) in px where it is not 720 on its short side, ``devices`` how many
    requests a device takes at once, over all roles. ``extra_references``: a painter that takes several references also
    gets the last shot's keyframe, so that every shot waits for the one before."""

    name: str
    weights: tuple[str, ...] = ()
    chat: ChatChoice
    image: BackboneChoice
    video: BackboneChoice
    music: BackboneChoice
    speech: BackboneChoice
    feedback: Feedback = Feedback()
    crossfade: int = Field(default=8, ge=0, le=48)
    size: tuple[Side, Side] | None = None
    devices: Mapping[str, Annotated[int, Field(ge=1, le=64)]] = {}
    extra_references: bool = False

    @model_validator(mode="after")
    def _devices_are_listed(self) -> Profile:
        unknown = {choice.device for choice in self.backbones.values() if choice.device} - set(self.devices)
        if unknown:
            raise ValueError(f"[devices] does not list {sorted(unknown)!r}; say how many requests each takes at once")
        return self

    @property
    def backbones(self) -> Mapping[MediaRole, BackboneChoice]:
        """The choice of every media role."""
        return {"image": self.image, "video": self.video, "music": self.music, "speech": self.speech}

    def film_size(self, aspect: Aspect) -> tuple[int, int]:
        """Width and height of a film of this shape in px."""
        if self.size is None:
            return aspect.size()
        short, long = sorted(self.size)
        return {Aspect.WIDE: (long, short), Aspect.TALL: (short, long), Aspect.SQUARE: (short, short)}[aspect]


def load(name: str) -> Profile:
    """A shipped profile by name, or the user's own by the path of a TOML file, with what it ``extends`` (``overlay``).

    Raises ``ConfigurationError`` when there is none or when it does not fit; the text names every wrong setting and the
    file that it is from.
    """
    stack = overlay.layers(_found(name, None), _found)
    table = overlay.merged(stack)
    if "name" not in stack[-1].table:  # a name of what it extends is another profile's
        table["name"] = Path(name).stem
    try:
        return Profile.model_validate(table)
    except ValidationError as error:
        raise ConfigurationError(overlay.sentence(error.errors(), name, stack, of=Profile, usual=DEFAULT)) from error


def changed(profile: Profile, changes: Mapping[str, Any]) -> Profile:
    """The profile with what ``changes`` says, tables merged as those of a file that extends it; raises
    ``ConfigurationError``."""
    stack = (
        overlay.Layer(profile.name, profile.model_dump(mode="json", exclude_none=True)),
        overlay.Layer("", changes),
    )
    try:
        return Profile.model_validate(overlay.merged(stack))
    except ValidationError as error:
        raise ConfigurationError(
            overlay.sentence(error.errors(), profile.name, stack, of=Profile, usual=DEFAULT)
        ) from error


def names() -> tuple[str, ...]:
    """The profiles of the installed packages."""
    return tuple(sorted(entry_points(group=GROUP).names))


def _found(name: str, asked_by: overlay.Layer | None) -> overlay.Layer:
    """The file of a name or path; a path is one from the folder of the file that asks."""
    if name in names():
        return overlay.parsed(_shipped(name), name)
    path = asked_by.file.parent / name if asked_by and asked_by.file else Path(name)
    try:
        found = path.suffix == ".toml" and path.is_file()
    except (OSError, ValueError):
        found = False
    if not found:
        origin = f" {asked_by.place!r} extends it." if asked_by else ""
        raise ConfigurationError(
            f"There is no profile {name!r}.{origin} Shipped: {', '.join(names()) or 'none'}; or give the path of "
            "your own .toml file."
        )
    return overlay.read(path, str(path) if asked_by else name)


def _shipped(name: str) -> str:
    module = entry_points(group=GROUP)[name].value
    try:
        return files(module).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    except (OSError, ImportError) as error:
        raise ConfigurationError(
            f"The profile {name!r} of {module!r} cannot be read: {error}. Install that package again."
        ) from error
