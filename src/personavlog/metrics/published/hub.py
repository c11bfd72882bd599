"""Weight files that no package carries: found in the local cache of the Hugging Face hub, where its own command puts
them."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from personavlog.errors import ConfigurationError, MissingWeightsError

OPTION = "--weights {name}=FILE"
"""Where a user gives a file of their own for a network called ``name``: to ``personavlog measure``."""
SETTING = '{name} = "FILE" in the profile\'s [feedback.weights]'
"""The same for a film."""


@dataclass(frozen=True)
class HubFile:
    """The first of ``files`` that a snapshot of ``repo`` holds; ``size`` in MB. ``revision`` pins the snapshot,
    ``sha256``, where it is known, the file."""

    repo: str
    files: tuple[str, ...]
    revision: str
    size: int
    licence: str
    sha256: str = ""
    upstream: str = ""

    @property
    def command(self) -> str:
        """What fetches it."""
        return f"hf download {self.repo} --revision {self.revision} " + " ".join(
            f"--include {name}" for name in self.files
        )


def cached(wanted: HubFile, name: str, measures: str, way: str = OPTION) -> Path:
    """The file in the hub's cache; ``name`` and ``measures`` are what the error calls it, ``way`` is how a user
    gives one.

    Raises ``MissingWeightsError`` with the command that fetches it, ``ConfigurationError`` where its digest is not the
    published one.
    """
    for file in _places(wanted):
        if file.is_file():
            return _sound(file, wanted)
    other = f" {wanted.upstream} does as well." if wanted.upstream else ""
    raise MissingWeightsError(
        f"The network {name!r} (for {measures}) needs {wanted.files[0]!r} of {wanted.repo} ({wanted.size} MB, licence "
        f"{wanted.licence}), which is not in the "
        f"Hugging Face cache. Get it with: {wanted.command}  Or give the file yourself: {way.format(name=name)}.{other}"
    )


def is_cached(wanted: HubFile) -> bool:
    """Whether one of its files is in the hub's cache; its digest is looked at when it is used."""
    return any(file.is_file() for file in _places(wanted))


def _places(wanted: HubFile) -> list[Path]:
    """Where one of its files may lie, the best first."""
    snapshots = cache() / f"models--{wanted.repo.replace('/', '--')}" / "snapshots"
    places = [snapshots / wanted.revision] if len(wanted.revision) == 40 else sorted(snapshots.glob("*"))
    return [place / file for place in places for file in wanted.files]


def _sound(file: Path, wanted: HubFile) -> Path:
    if wanted.sha256:
        with file.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != wanted.sha256:
                raise ConfigurationError(
                    f"{file.name!r} in the Hugging Face cache is not the published file. Delete it and get it "
                    f"with: {wanted.command}"
                )
    return file


def cache() -> Path:
    """Where the hub's own client keeps its files."""
    own = os.environ.get("HF_HUB_CACHE")
    home = os.environ.get("HF_HOME") or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "huggingface"
    return Path(own) if own else Path(home) / "hub"
