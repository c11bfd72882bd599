"""What killed processes left: temporary folders and half-written files, swept by their age."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path

PREFIX = "personavlog-"
"""How the temporary folders of this program begin."""
HALF_WRITTEN = ".new-"
"""How a file is called until it is whole."""
OLD = 24 * 3600.0
"""Seconds after which no living process can still need one: the longest-lived holds one segment of a film."""


def sweep_temporary(folder: Path | None = None, *, now: float | None = None) -> int:
    """Delete the temporary folders that killed processes left in ``folder`` (the system's own where None); returns
    their number."""
    place = Path(tempfile.gettempdir()) if folder is None else folder
    found = [path for path in _ours(place, PREFIX, time.time() if now is None else now) if path.is_dir()]
    for path in found:
        shutil.rmtree(path, ignore_errors=True)
    return len(found)


def sweep_half_written(folder: Path, *, now: float | None = None) -> int:
    """Delete the files that killed writers left half written in ``folder``; returns their number."""
    found = [path for path in _ours(folder, HALF_WRITTEN, time.time() if now is None else now) if path.is_file()]
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def _ours(folder: Path, prefix: str, now: float) -> list[Path]:
    """What begins so, is the user's own and was last touched long ago; links are left alone."""
    old = []
    try:
        entries = [entry for entry in os.scandir(folder) if entry.name.startswith(prefix) and not entry.is_symlink()]
    except OSError:  # nothing to sweep where nothing can be listed
        return []
    for entry in entries:
        try:
            stat = entry.stat(follow_symlinks=False)
        except OSError:  # another process swept it
            continue
        own = not hasattr(os, "getuid") or stat.st_uid == os.getuid()
        if own and now - stat.st_mtime > OLD:
            old.append(Path(entry.path))
    return old
