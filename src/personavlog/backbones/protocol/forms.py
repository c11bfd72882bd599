"""Forms as servers read them: texts, and pictures with their bytes."""

from __future__ import annotations

from collections.abc import Mapping

from personavlog.media import Image
from personavlog.runs.blobs import Blobs

FormFile = tuple[str, bytes, str]
"""File name, bytes and media type."""


def form_of(fields: Mapping[str, object]) -> dict[str, str]:
    """Every field as text; yes and no in lower case, as JSON has them."""
    return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in fields.items()}


def file_of(image: Image, blobs: Blobs) -> FormFile:
    """A stored picture under a name that says nothing."""
    return f"image.{image.media_type.rpartition('/')[2]}", blobs.get(image), image.media_type
