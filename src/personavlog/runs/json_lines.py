"""Files with a line of JSON for each result, added to as results come."""

from __future__ import annotations

import os
from pathlib import Path


def cut_unfinished(path: Path) -> None:
    """Take off a last line that a crash cut off, in the memory of one line; nothing where there is no file. Raises
    ``OSError``."""
    if not path.exists() or not path.stat().st_size:
        return
    with path.open("rb+") as stream:
        stream.seek(-1, os.SEEK_END)
        if stream.read(1) != b"\n":
            stream.seek(0)
            stream.truncate(sum(len(line) for line in stream if line.endswith(b"\n")))
