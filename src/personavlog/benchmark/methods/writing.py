"""What the inputs of other methods are written with."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from personavlog.benchmark.outputs import REFERENCE, STYLISED, Vlog
from personavlog.errors import ConfigurationError
from personavlog.runs.folder import write_file

PERSON = "Person"
"""How the person is called in the inputs of methods that need a name."""


def reference(vlog: Vlog, place: Path) -> None:
    """The stylised reference, as the paper gives it to every method, or the photo where there is none."""
    path = vlog.file(STYLISED) or vlog.file(REFERENCE)
    if path is None:
        raise ConfigurationError(
            f"The vlog {vlog.name!r} has neither {STYLISED!r} nor {REFERENCE!r}. Put one there; the method needs a "
            "picture of the person."
        )
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, place)


def text_file(place: Path, lines: Iterable[str]) -> None:
    """A text of lines; a line break in one would begin another."""
    write_file(place, "".join(f"{' '.join(line.splitlines())}\n" for line in lines).encode())


def json_file(place: Path, content: Any) -> None:
    """JSON that stays readable."""
    write_file(place, (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode())
