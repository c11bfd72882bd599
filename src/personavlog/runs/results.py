"""What a stored result points at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pydantic import BaseModel

from personavlog.media import Blob
from personavlog.runs.blobs import Blobs


def blobs_in(value: object) -> Iterator[Blob]:
    """Every blob inside a model, however deep."""
    if isinstance(value, Blob):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from blobs_in(getattr(value, name))
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from blobs_in(part)
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes):
        for part in value:
            yield from blobs_in(part)


def missing_blobs(value: BaseModel, store: Blobs) -> tuple[str, ...]:
    """Digests of the blobs inside a model that the store does not have, or not as their digest says."""
    return tuple(blob.digest for blob in blobs_in(value) if not store.sound(blob))
