"""Stored results read leniently: what another version wrote is shown as far as it is understood, and breaks no page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from personavlog.media import Audio, Clip, Image
from personavlog.studio.models import Media

Table = Mapping[str, Any]


def table(text: str | None) -> Table:
    """A JSON object; empty for what is none."""
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def inside(value: object, *path: str | int) -> Any:
    """What lies at a path of names and places in parsed JSON; None where there is nothing."""
    for step in path:
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
            value = value[step]
        else:
            return None
    return value


def listed(value: object, *path: str | int) -> list[Any]:
    """The list that lies at a path; empty where there is none."""
    found = inside(value, *path)
    return found if isinstance(found, list) else []


def result_media(result: object) -> Media | None:
    """The picture, clip or sound of a backbone's result."""
    blobs = (inside(result, name) for name in ("image", "clip", "audio"))
    return next((found for blob in blobs if (found := media(blob))), None)


def media(blob: object) -> Media | None:
    """A stored picture, clip or sound as it is shown; None for anything else."""
    if not isinstance(blob, dict):
        return None
    try:
        if "fps" in blob:
            return of_clip(Clip.model_validate(blob))
        return of_audio(Audio.model_validate(blob)) if "rate" in blob else of_image(Image.model_validate(blob))
    except ValidationError:
        return None


def of_image(image: Image) -> Media:
    """A picture."""
    return Media(digest=image.digest, kind="image", width=image.width, height=image.height)


def of_clip(clip: Clip) -> Media:
    """A clip."""
    return Media(
        digest=clip.digest, kind="video", width=clip.width, height=clip.height, seconds=round(clip.duration, 3)
    )


def of_audio(audio: Audio) -> Media:
    """A sound."""
    return Media(digest=audio.digest, kind="audio", seconds=round(audio.duration, 3))
