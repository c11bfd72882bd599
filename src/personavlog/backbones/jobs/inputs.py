"""How a model's inputs are named and written, and the body that they make."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import Field

from personavlog.backbones.jobs.key_paths import KeyPath, put
from personavlog.frozen import Frozen

Scalar = str | int | float | bool


class Inputs(Frozen):
    """Where each input goes in the body; None: the model has no such input. ``image`` are the places of one picture
    each, ``images`` that of a list of all. ``aspects`` are the shapes that ``aspect`` may say, ``resolutions`` the
    words of ``resolution`` with the short side in px that each stands for. ``seconds_as`` is how a length is written.
    ``fixed`` is always sent."""

    prompt: KeyPath | None = None
    negative: KeyPath | None = None
    image: tuple[KeyPath, ...] = ()
    images: KeyPath | None = None
    picture: Literal["data uri", "base64", "upload"] = "data uri"
    seed: KeyPath | None = None
    width: KeyPath | None = None
    height: KeyPath | None = None
    aspect: KeyPath | None = None
    aspects: tuple[str, ...] = ()
    resolution: KeyPath | None = None
    resolutions: Mapping[str, int] = {}
    frames: KeyPath | None = None
    fps: KeyPath | None = None
    seconds: KeyPath | None = None
    seconds_as: Literal["whole", "text", "milliseconds"] = "whole"
    voice: KeyPath | None = None
    language: KeyPath | None = None
    speed: KeyPath | None = None
    fixed: Mapping[KeyPath, Scalar] = Field(default={})


def body_of(inputs: Inputs, values: Mapping[str, Any], extra: Mapping[str, Any]) -> dict[str, Any]:
    """The body: what is fixed, what the request says, and the user's ``extra`` settings by key path, which win."""
    body: dict[str, Any] = {}
    for path, value in inputs.fixed.items():
        put(body, path, value)
    for name, value in values.items():
        path = getattr(inputs, name)
        if path is not None and value not in (None, ""):
            put(body, path, value)
    for path, value in extra.items():
        put(body, path, value)
    return body


def put_images(body: dict[str, Any], inputs: Inputs, pictures: Sequence[str]) -> None:
    """Write pictures, as texts, where the model takes them; those for which there is no place are left out."""
    if inputs.images is not None:
        put(body, inputs.images, list(pictures))
    for path, picture in zip(inputs.image, pictures, strict=False):
        put(body, path, picture)


def nearest_aspect(width: int, height: int, aspects: Sequence[str]) -> str | None:
    """Of shapes such as "16:9" the one that is nearest to this size; None where there are none."""
    return min(aspects, key=lambda aspect: abs(math.log(_shape(aspect) * height / width)), default=None)


def _shape(aspect: str) -> float:
    width, _, height = aspect.partition(":")
    return float(width) / float(height)


def nearest_resolution(width: int, height: int, resolutions: Mapping[str, int]) -> str | None:
    """The word for the smallest resolution that is not below the asked short side, or the largest."""
    short = min(width, height)
    enough = {word: side for word, side in resolutions.items() if side >= short}
    if enough:
        return min(enough, key=lambda word: enough[word])
    return max(resolutions, key=lambda word: resolutions[word], default=None)


def length_of(inputs: Inputs, seconds: float) -> int | str:
    """A length as the model wants it written; whole seconds are rounded up, so that no clip comes short."""
    if inputs.seconds_as == "milliseconds":
        return math.ceil(seconds * 1000)
    whole = math.ceil(seconds - 1e-6)
    return str(whole) if inputs.seconds_as == "text" else whole
