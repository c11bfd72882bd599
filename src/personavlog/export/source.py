"""A finished film as exports need it: what it was made from, and where the bytes are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from personavlog.errors import ConfigurationError, MediaError, RunError
from personavlog.media import Blob
from personavlog.runs.blobs import Blobs
from personavlog.runs.exports import digest_of
from personavlog.runs.folder import RunFolder
from personavlog.runs.record import RunRecord, read_record
from personavlog.saved import what_is_wrong
from personavlog.vlog import Made

BlobT = TypeVar("BlobT", bound=Blob)


@dataclass(frozen=True)
class Source:
    """``made`` is the film and everything it was cut from, ``record`` what is known of the run."""

    folder: RunFolder
    store: Blobs
    record: RunRecord
    made: Made

    def sound(self, blob: BlobT, place: Path) -> BlobT:
        """The blob with its bytes in the store, taken from the run folder's file ``place`` where they are lost there.

        Raises ``MediaError`` where neither has them.
        """
        if not self.store.sound(blob):
            if not place.is_file() or digest_of(place) != blob.digest:
                raise MediaError(
                    f"The bytes of {place.relative_to(self.folder.path).as_posix()!r} that the film was cut from are "
                    "neither in the store nor in the run folder. Make them again with: personavlog resume "
                    f"{self.folder.run}"
                )
            self.store.put_file(place, blob.media_type)
        return blob


def read_source(folder: RunFolder, store: Blobs) -> Source:
    """The film of a run; raises ``RunError`` for one without a film, ``ConfigurationError`` for a damaged record."""
    record = read_record(folder)
    films = record.of_kind("film")
    if not films:
        raise RunError(f"The run {folder.run!r} has no film yet. Finish it first with: personavlog resume {folder.run}")
    try:
        made = Made.model_validate(films[-1].data.get("made"))
    except ValidationError as error:
        raise ConfigurationError(
            f"The film's entry in the record of {folder.run!r} does not fit: {what_is_wrong(error)}. Write it anew "
            f"with: personavlog resume {folder.run}"
        ) from error
    return Source(folder, store, record, made)
