"""The folder that holds the fetched files: one folder an entry, complete with a marker or not there.

The marker remembers each file's size and modification time as they were when its digest was right; a file that changed
since is checked again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock

from personavlog.errors import MachineError
from personavlog.system import cache_folder
from personavlog.weights.weight import File, Joined, Weight

MARKER = ".complete.json"


def root() -> Path:
    """``$PERSONAVLOG_CACHE``, else ``personavlog/weights`` in ``cache_folder()``."""
    own = os.environ.get("PERSONAVLOG_CACHE")
    place = Path(own).expanduser() if own else cache_folder() / "personavlog" / "weights"
    return place.absolute()


def folder(weight: Weight) -> Path:
    """Where the entry's files lie when it is complete."""
    return root() / weight.folder_name


def unfinished(weight: Weight) -> Path:
    """Where its parts are gathered until then."""
    return root() / ".unfinished" / weight.folder_name


def complete(weight: Weight) -> bool:
    """Whether all files are there and unchanged; those whose time stamp moved are hashed again."""
    remembered = _read_marker(folder(weight))
    if remembered is None or set(remembered) != {file.name for file in weight.files}:
        return False
    if all(_stamp(folder(weight) / name) == stamp for name, stamp in remembered.items()):
        return True
    if faults(weight):
        return False
    with suppress(OSError):  # a cache that cannot be written is as good, only slower to check
        write_marker(weight, folder(weight))
    return True


def faults(weight: Weight) -> tuple[str, ...]:
    """Names of the files that are absent or damaged, found by hashing all of them."""
    return tuple(file.name for file in weight.files if not sound(folder(weight) / file.name, file))


def sound(path: Path, file: File | Joined) -> bool:
    """Whether the file at ``path`` has the listed size and digest."""
    try:
        if path.stat().st_size != file.size:
            return False
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == file.sha256
    except FileNotFoundError:
        return False


def write_marker(weight: Weight, place: Path) -> None:
    """Say that ``place`` holds the whole entry, its digests checked."""
    stamps = {file.name: _stamp(place / file.name) for file in weight.files}
    fresh = place / f"{MARKER}.{os.getpid()}"
    with fresh.open("w", encoding="utf-8") as out:
        json.dump(stamps, out)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(place / MARKER)


def forget(weight: Weight) -> None:
    """Take the marker away: the entry counts as absent and is fetched anew when it is next needed."""
    (folder(weight) / MARKER).unlink(missing_ok=True)


@contextmanager
def locked(weight: Weight) -> Iterator[None]:
    """One fetch of an entry at a time, among all processes of the machine; the lock of a killed process is free."""
    place = root() / ".locks" / weight.folder_name
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(place, thread_local=False)
        lock.acquire()
    except (OSError, NotImplementedError) as error:
        raise MachineError(
            f"Cannot write to the weights cache {str(root())!r}: {getattr(error, 'strerror', None) or error}. Set "
            "PERSONAVLOG_CACHE to another folder."
        ) from error
    try:
        yield
    finally:
        lock.release()


def _read_marker(place: Path) -> dict[str, list[int]] | None:
    try:
        stamps = json.loads((place / MARKER).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    return stamps if isinstance(stamps, dict) else None


def _stamp(path: Path) -> list[int] | None:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return [stat.st_size, stat.st_mtime_ns]
