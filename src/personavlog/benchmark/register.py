"""Which run makes which vlog of an outputs folder, so that it can be resumed: ``<outputs>/bench.json``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Literal

from pydantic import Field, ValidationError

from personavlog.errors import ConfigurationError
from personavlog.frozen import Frozen
from personavlog.media.file import read_bytes
from personavlog.runs.folder import write_file

REGISTER = "bench.json"


class Settings(Frozen):
    """What every vlog of a folder is made with; ``digest`` is that of the profile's content."""

    profile: str
    digest: str
    length: float
    shots: int | None
    seed: int


class Entry(Frozen):
    """A vlog's run. ``task`` is the digest of photo, style and theme; ``exported``: its folder is complete."""

    run: str
    task: str
    exported: bool = False


class Content(Frozen):
    """The file; ``vlogs`` by "<method>/<vlog>"."""

    format: Literal[1] = 1
    settings: Settings
    vlogs: Mapping[str, Entry] = Field(default={})


class Register:
    """The register of an outputs folder; every change is on disk when the call returns."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        """Read the folder's, or begin one; raises ``ConfigurationError`` where its vlogs are made with other settings
        or the file does not fit."""
        self._file, self._settings = folder / REGISTER, settings
        self._writing = Lock()
        self.runs: list[str] = []
        """Every run that was begun for the folder."""
        self.refresh()

    def refresh(self) -> None:
        """Read the file again; raises as building does."""
        settings = self._settings
        self._content = _read(self._file) or Content(settings=settings)
        self.runs[:] = [entry.run for entry in self._content.vlogs.values()]
        before = self._content.settings
        other = [name for name in Settings.model_fields if getattr(before, name) != getattr(settings, name)]
        if other:
            said = ", ".join(_difference(name, before, settings) for name in other)
            raise ConfigurationError(
                f"The vlogs of {str(self._file.parent)!r} are made with other settings ({said}). Give those "
                "again, or another folder with --into."
            )

    def of(self, vlog: str, task: str) -> Entry | None:
        """A vlog's entry; raises ``ConfigurationError`` where it was begun for another photo, style or theme."""
        found = self._content.vlogs.get(vlog)
        if found is not None and found.task != task:
            raise ConfigurationError(
                f"The vlog {vlog!r} was begun with another photo, style or theme of the same name. Give what was "
                "changed another id, or give another folder with --into."
            )
        return found

    def write(self, vlog: str, entry: Entry) -> None:
        """Keep an entry, from any thread; raises ``MachineError``."""
        with self._writing:
            self._content = self._content.model_copy(update={"vlogs": {**self._content.vlogs, vlog: entry}})
            write_file(self._file, self._content.model_dump_json(indent=1).encode())
            self.runs += [] if entry.run in self.runs else [entry.run]

    @property
    def methods(self) -> frozenset[str]:
        """The methods of which a vlog was begun."""
        return frozenset(vlog.partition("/")[0] for vlog in self._content.vlogs)


def _read(file: Path) -> Content | None:
    if not file.is_file():
        return None
    try:
        return Content.model_validate_json(read_bytes(file, "register"))
    except ValidationError as error:
        raise ConfigurationError(
            f"{str(file)!r} does not fit: {error.errors()[0]['msg']}. Restore it, or give another folder with --into."
        ) from error


def _difference(name: str, before: Settings, now: Settings) -> str:
    if name == "digest":
        return "the profile's content was changed"
    return f"{name} {getattr(before, name)!r}, now {getattr(now, name)!r}"
