"""The table of other methods: ``adapters.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import Field

from personavlog.benchmark.outputs import ID, Method
from personavlog.frozen import Frozen


class Files(Frozen):
    """Where a method puts one of ``part`` for every shot: in ``folder``, under a name that matches ``name``; the group
    that matches is the number, and ``first`` that of the first shot."""

    part: Literal["keyframes", "clips", "voices"]
    folder: str = ""
    name: str
    first: int = Field(ge=0, le=1)

    def number(self, name: str) -> int | None:
        """Which shot, from 1, a file is for; None where it is for none."""
        found = re.fullmatch(self.name, name, re.ASCII | re.IGNORECASE)
        return None if found is None else int(next(group for group in found.groups() if group)) - self.first + 1


class Foreign(Frozen):
    """Another method. ``commit`` is where its formats were read; ``whole`` names its files of the vlog as a whole by
    ours; ``stills``: a clip's first frame stands for the picture that it does not have."""

    name: str = Field(pattern=ID)
    title: str
    url: str
    commit: str = Field(pattern=r"^[0-9a-f]{40}$")
    description: str
    files: tuple[Files, ...] = ()
    whole: dict[str, str] = Field(default={})
    stills: bool = False

    @property
    def method(self) -> Method:
        """How its outputs are presented."""
        read = {"formats read at": self.commit}
        return Method(name=self.name, title=self.title, description=self.description, url=self.url, versions=read)


@cache
def foreign() -> dict[str, Foreign]:
    """All of them, by name."""
    text = files("personavlog.benchmark.methods").joinpath("adapters.toml").read_text("utf-8")
    return {name: Foreign.model_validate({"name": name, **entry}) for name, entry in tomllib.loads(text).items()}
