"""Where an export lands: a folder in which nothing that a person changed is ever written over."""

from __future__ import annotations

from pathlib import Path

from personavlog.export.target import Target
from personavlog.media import Blob
from personavlog.runs.exports import Exports

MEDIA = "media"


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
        """Take away what an earlier export of ours left in the root and this one has no more."""
        self._exports.sweep(self.root)


def root_of(folder: Path, target: Target, chosen: Path | None) -> Path:
    """The folder of an export: ``chosen``, else the form's own in the run's ``folder`` of exports."""
    return folder / target.value if chosen is None else chosen.expanduser().absolute()
