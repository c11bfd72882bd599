"""The example film that a newcomer finds: a real run, packed, put among the films once."""

from __future__ import annotations

from contextlib import suppress
from importlib.resources import as_file, files
from pathlib import Path

from personavlog.errors import RunError
from personavlog.runs.carried import unpack
from personavlog.runs.folder import write_file
from personavlog.studio.looking.films import EXAMPLE

RUN = "20261201-170334-my-first-day-as-a-lighthouse-2a22"
"""Its id."""
_SEEN = ".example"


def put(runs: Path) -> None:
    """Put the example among the films of a folder, once: who deletes it does not find it again. Raises
    ``MachineError``."""
    seen = runs / _SEEN
    if seen.is_file() and seen.read_text(encoding="utf-8") == RUN:
        return
    with suppress(RunError), as_file(files("personavlog.example") / "film.zip") as packed:  # it is being made now
        folder = unpack(packed, runs=runs)
        write_file(folder.path / EXAMPLE, b"")
        write_file(seen, RUN.encode())
