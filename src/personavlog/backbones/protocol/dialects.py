"""What each kind of server calls the fields of a request: ``servers.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pydantic import TypeAdapter

from personavlog.backbones.registry import MediaRole
from personavlog.errors import ConfigurationError
from personavlog.frozen import Frozen


class Dialect(Frozen):
    """The names that a server has for the fields of one role, "" for what it does not take; ``fixed`` is always
    sent."""

    image: str = ""
    size: str = ""
    seed: str = ""
    steps: str = ""
    guidance: str = ""
    negative: str = ""
    frames: str = ""
    fps: str = ""
    seconds: str = ""
    voice: str = ""
    instructions: str = ""
    speed: str = ""
    language: str = ""
    sample: str = ""
    transcript: str = ""
    task: str = ""
    fixed: Mapping[str, str] = {}

    def named(self, fields: Mapping[str, object]) -> dict[str, object]:
        """The fields that the server takes and that are said, under its names."""
        return {name: value for key, value in fields.items() if value is not None and (name := getattr(self, key))}


_TABLE = TypeAdapter(dict[str, dict[MediaRole, Dialect]])


@cache
def table() -> Mapping[str, Mapping[MediaRole, Dialect]]:
    """Every kind of server and the roles that it serves."""
    path = files(__package__).joinpath("servers.toml")
    return _TABLE.validate_python(tomllib.loads(path.read_text(encoding="utf-8")))


def dialect(server: str, role: MediaRole) -> Dialect:
    """How a kind of server is spoken to; raises ``ConfigurationError`` for one that is not known or does not serve the
    role."""
    known = sorted(kind for kind, roles in table().items() if role in roles)
    if server not in known:
        raise ConfigurationError(
            f"No kind of server {server!r} is known for the role {role!r}. Set server to one of: {', '.join(known)}."
        )
    return table()[server][role]
