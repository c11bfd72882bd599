"""The run folder: plain files that a person can open, written completely or not at all."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from personavlog.errors import MachineError, MediaError, RunError
from personavlog.media import Blob
from personavlog.runs.blobs import Blobs, flush_folder
from personavlog.runs.index import Index
from personavlog.runs.leftovers import HALF_WRITTEN, sweep_half_written
from personavlog.runs.machine import explained
from personavlog.system import data_folder

SLUG_LENGTH = 28

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
_FIRST = ("brief.toml", "record.json")


def home() -> Path:
    """Where the store and the index of all runs lie: ``$PERSONAVLOG_HOME``, else personavlog in ``data_folder()``."""
    own = os.environ.get("PERSONAVLOG_HOME")
    return Path(own).expanduser() if own else data_folder() / "personavlog"


def open_store(root: Path | None = None) -> tuple[Blobs, Index]:
    """The blob store and the index under ``root`` (``home()`` if None); of a folder that cannot be written to, to look
    at only: what then writes raises ``MachineError``."""
    root = home() if root is None else root
    index = root / "index.sqlite"
    try:
        make_folder(root)
    except MachineError:
        if not index.is_file():
            raise
        return Blobs(root / "blobs"), Index(index, writable=False)
    return Blobs(root / "blobs"), Index(index)


def new_run_id(theme: str, now: datetime | None = None) -> str:
    """A run id that sorts by time (UTC) and shows the theme: ``20270514-093012-a-day-in-lisbon-3fa9``."""
    ascii_theme = unicodedata.normalize("NFKD", theme).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_theme)[:SLUG_LENGTH].strip("-") or "vlog"
    return f"{(now or datetime.now(UTC)).strftime('%Y%m%d-%H%M%S')}-{slug}-{secrets.token_hex(2)}"


@dataclass(frozen=True)
class RunFolder:
    """One run's files under the runs folder ``root``."""

    root: Path
    run: str

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.run):
            raise RunError(f"A run is named by lower-case letters, digits and '-'; received {self.run!r}.")

    @property
    def path(self) -> Path:
        """The folder itself."""
        return self.root / self.run

    @property
    def film(self) -> Path:
        """The finished vlog."""
        return self.path / "vlog.mp4"

    @property
    def report(self) -> Path:
        """The page that shows how it was made."""
        return self.path / "report.html"

    @property
    def record(self) -> Path:
        """The run record."""
        return self.path / "record.json"

    @property
    def brief(self) -> Path:
        """What was asked for."""
        return self.path / "brief.toml"

    @property
    def script(self) -> Path:
        """What the agents wrote."""
        return self.path / "script.json"

    @property
    def log(self) -> Path:
        """The events, one JSON object a line."""
        return self.path / "log.jsonl"

    @property
    def audio(self) -> Path:
        """Music, narration and mix."""
        return self.path / "audio"

    @property
    def export(self) -> Path:
        """Subtitles, timelines, posters."""
        return self.path / "export"

    def shot(self, number: int) -> Path:
        """The folder of one shot, counted from 0; people count from 1, so shot 0 lies in ``shots/01``."""
        return self.path / "shots" / f"{number + 1:02d}"

    def create(self) -> RunFolder:
        """Make the folder; raises ``MachineError`` if that cannot be."""
        make_folder(self.path)
        return self


def make_folder(path: Path) -> Path:
    """Make a folder and prove that it can be written to; raises ``MachineError`` saying why not and what to do."""
    with explained(path):
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            return path


def write_file(place: Path, data: bytes) -> Path:
    """Write a file in one instant (temporary file, fsync, rename), making its folder."""
    with _replacing(place) as temporary, temporary.open("wb") as target:
        target.write(data)
        target.flush()
        os.fsync(target.fileno())
    return place


def export_blob(store: Blobs, blob: Blob | str, place: Path) -> Path:
    """Copy a blob's bytes to ``place`` in one instant; raises ``MediaError`` where they are not what they were.

    A copy and not a hard link: people edit what lies in a run folder, and the store's bytes must stay what their digest
    says.
    """
    source = store.path(blob)
    if not store.sound(blob):
        raise MediaError(
            f"The bytes of {source.name!r} in the store {str(store.root)!r} changed, so {place.name!r} was left as it "
            "is. "
            "Resume the run: the step that wrote them is made again."
        )
    with _replacing(place) as temporary:
        shutil.copyfile(source, temporary)
    return place


def list_runs(root: Path, begun: Mapping[str, float] = MappingProxyType({})) -> tuple[str, ...]:
    """The ids of all runs under ``root``, the one that was begun first before all others; ``begun`` says when, in
    seconds since 1970, where the index knows (``Begun.times``)."""
    with explained(root):
        if not root.is_dir():
            return ()
        found = [path for path in root.iterdir() if _ID.fullmatch(path.name) and _begun(path)]
        return tuple(path.name for path in sorted(found, key=lambda path: (_when(path, begun), path.name)))


def _when(path: Path, begun: Mapping[str, float]) -> float:
    """When a run was begun, in seconds since 1970: as the index knows, else by its name, else by its brief."""
    if path.name in begun:
        return begun[path.name]
    try:
        return datetime.strptime(path.name[:15], "%Y%m%d-%H%M%S").replace(tzinfo=UTC).timestamp()
    except ValueError:
        return next((place.stat().st_mtime for name in _FIRST if (place := path / name).is_file()), 0.0)


def find_run(root: Path, wanted: str, begun: Mapping[str, float] = MappingProxyType({})) -> RunFolder:
    """The run of an id, of the beginning of one, or "last" for the one that was begun last (``list_runs``); raises
    ``RunError`` naming what there is."""
    runs = list_runs(root, begun)
    if not runs:
        raise RunError(
            f"There is no run in {str(root)!r}. Make one with: personavlog make, or name the runs folder with --runs"
        )
    matches = (
        runs[-1:]
        if wanted == "last"
        else tuple(run for run in runs if run == wanted) or tuple(run for run in runs if run.startswith(wanted))
    )
    if not wanted or not matches:
        raise RunError(
            f"There is no run {wanted!r} in {str(root)!r}. The newest are: {', '.join(map(repr, runs[-5:]))}."
        )
    if len(matches) > 1:
        raise RunError(
            f"{wanted!r} fits {len(matches)} runs: {', '.join(map(repr, matches[-5:]))}. Write more of the id."
        )
    return RunFolder(root, matches[0])


def _begun(path: Path) -> bool:
    return any((path / name).is_file() for name in _FIRST)


@contextmanager
def _replacing(place: Path) -> Iterator[Path]:
    with explained(place):
        place.parent.mkdir(parents=True, exist_ok=True)
        sweep_half_written(place.parent)
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=HALF_WRITTEN, suffix=place.suffix)
        os.close(handle)
        temporary = Path(name)
        try:
            yield temporary
            temporary.chmod(0o644)
            temporary.replace(place)
            flush_folder(place.parent)
        finally:
            temporary.unlink(missing_ok=True)
