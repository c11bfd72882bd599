"""Writing a run folder without ever losing what a person changed in it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from personavlog.media import Blob
from personavlog.runs.blobs import Blobs
from personavlog.runs.folder import RunFolder, export_blob, write_file
from personavlog.runs.index import Index
from personavlog.runs.machine import explained

MEDIA = frozenset((".mp4", ".png", ".wav", ".srt", ".vtt"))
"""Files that are copies of blobs. One that an earlier version wrote is known by the store having its bytes."""


class Exports:
    """One run's folder as we write it; ``notes`` are sentences about files that were found changed."""

    def __init__(self, folder: RunFolder, index: Index, store: Blobs) -> None:
        self.folder, self.notes = folder, list[str]()
        self._exported, self._store = index.exported, store
        self._written: set[str] = set()

    def blob(self, blob: Blob, place: Path) -> None:
        """Put a blob's bytes at ``place``; raises ``MediaError`` where they are not what they were."""
        self._replace(place, blob.digest, lambda: export_blob(self._store, blob, place))

    def file(self, place: Path, data: bytes) -> None:
        """Put ``data`` at ``place``."""
        self._replace(place, hashlib.sha256(data).hexdigest(), lambda: write_file(place, data))

    def changed(self) -> tuple[Path, ...]:
        """The files of the film that we wrote and somebody changed since, and a script that nobody knows who wrote it;
        not those that were handed on to another program."""
        written = {self.folder.path / path for path in self._exported.paths(self.folder.run)}
        places = {place for place in written if not self._is_handed_on(place)} | {self.folder.script}
        return tuple(
            place for place in sorted(places) if place.is_file() and not self._is_ours(place, digest_of(place))
        )

    def wrote(self, place: Path) -> bool:
        """Whether this version, or a later one, ever wrote the file; of what an earlier one wrote nothing is noted."""
        return bool(self._exported.digests(self.folder.run, self._path(place)))

    def accept(self, place: Path) -> None:
        """Treat what ``place`` holds now as ours: it was taken over."""
        self._exported.settle(self.folder.run, self._path(place), digest_of(place))

    def set_aside(self, place: Path) -> Path:
        """Rename a person's file to "<name>.yours.<kind>", or with a number where that is there already."""
        for number in range(1, 10_000):
            aside = place.with_name(f"{place.stem}.yours{'' if number == 1 else f'-{number}'}{place.suffix}")
            if not aside.exists():
                break
        with explained(place):
            place.rename(aside)
        return aside

    def sweep(self, under: Path) -> None:
        """Take away what we wrote into the folder ``under`` earlier and not this time; what a person changed there
        stays."""
        for path in self._exported.paths(self.folder.run):
            place = self.folder.path / path
            if not place.is_relative_to(under) or path in self._written:
                continue
            if place.is_file() and not self._is_ours(place, digest_of(place)):
                continue
            with explained(place):
                place.unlink(missing_ok=True)
                if place.parent.is_dir() and not any(place.parent.iterdir()):
                    place.parent.rmdir()
            self._exported.forget(self.folder.run, path)

    def _replace(self, place: Path, digest: str, write: Callable[[], object]) -> None:
        run, path = self.folder.run, self._path(place)
        there = digest_of(place) if place.is_file() else None
        if there not in (None, digest) and not self._is_ours(place, str(there)):
            aside = self.set_aside(place)
            why = (
                "is not as it was exported"
                if self._is_handed_on(place)
                else "was changed by hand while the film was made"
            )
            self.notes.append(f"{path} {why}; it is kept as {aside.name}.")
        self._exported.add(run, path, digest)
        if there != digest:
            write()
        self._exported.settle(run, path, digest)
        self._written.add(path)

    def _is_ours(self, place: Path, digest: str) -> bool:
        known = self._exported.digests(self.folder.run, self._path(place))
        if known:
            return digest in known
        if self._is_handed_on(place):
            return False
        return self._store.has(digest) if place.suffix in MEDIA else place != self.folder.script

    def _is_handed_on(self, place: Path) -> bool:
        """Whether the file is for another program: in the folder of exports, or not in the run folder at all."""
        return place.is_relative_to(self.folder.export) or not place.is_relative_to(self.folder.path)

    def _path(self, place: Path) -> str:
        """As the index names a file: relative to the run folder where it lies there."""
        inside = place.is_relative_to(self.folder.path)
        return (place.relative_to(self.folder.path) if inside else place.absolute()).as_posix()


def digest_of(place: Path) -> str:
    """The SHA-256 of a file, lower-case hex."""
    with explained(place), place.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
