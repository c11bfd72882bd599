"""Where an export lands: a folder in which nothing that a person changed is ever written over."""

from __future__ import annotations

from pathlib import Path

from personavlog.errors import ConfigurationError
from personavlog.export.target import Target
from personavlog.media import Blob
from personavlog.runs.exports import Exports
from personavlog.runs.folder import RunFolder

MEDIA, STILLS = "media", "stills"


class Writer:
    """Writes one export's files into ``root`` and notes their names; ``written`` are the places, in order."""

    def __init__(self, exports: Exports, root: Path) -> None:
        self.root, self.written = root, list[Path]()
        self._exports = exports

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences about files that were there and were set aside."""
        return tuple(self._exports.notes)

    def file(self, name: str, data: bytes) -> Path:
        """Write ``data`` to the file ``name`` of the root, which may lie in folders."""
        self._exports.file(self.root / name, data)
        self.written.append(self.root / name)
        return self.root / name

    def blob(self, name: str, blob: Blob) -> Path:
        """Copy a blob's bytes; a copy, since an editor may write to it."""
        self._exports.blob(blob, self.root / name)
        self.written.append(self.root / name)
        return self.root / name

    def sweep(self) -> None:
        """Take away the media and stills that an earlier export of ours left here and this one has no more."""
        for name in (MEDIA, STILLS):
            self._exports.sweep(self.root / name)


def root_of(folder: RunFolder, target: Target, chosen: Path | None) -> Path:
    """The folder of an export: ``chosen``, else one in the run's own folder of exports.

    Raises ``ConfigurationError`` for one among the run's other files, which the next making would write over.
    """
    if chosen is None:
        return folder.export if target is Target.STILLS else folder.export / target.value
    place, run = chosen.expanduser().resolve(), folder.path.resolve()
    if not place.is_relative_to(run):
        return place
    inside = place.relative_to(run)
    if inside.parts[:1] != (folder.export.name,):
        raise ConfigurationError(
            f"The folder {str(chosen)!r} belongs to the run's own files. Choose one outside the run, or in "
            f"{str(folder.export)!r}."
        )
    return folder.path / inside
