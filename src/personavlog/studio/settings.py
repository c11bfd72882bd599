"""How a server is started."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from personavlog import profiles
from personavlog.runs.folder import home


@dataclass(frozen=True)
class Settings:
    """``runs`` holds the films. ``at_once`` films are made at a time, of a profile in ``limits`` at most that many.
    ``names`` are hosts that the server is called by besides this machine's own, ``profiles`` are files of one's own
    that films can be made with besides those that are shipped; ``pages`` is false for a service."""

    runs: Path
    host: str = "127.0.0.1"
    port: int = 8765
    password: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    at_once: int = 1
    limits: Mapping[str, int] = field(default_factory=dict)
    profiles: tuple[str, ...] = ()
    pages: bool = True


def folder() -> Path:
    """The studio's own folder: what waits to be made, uploads, cookies."""
    return home() / "studio"


def offered(settings: Settings) -> Mapping[str, str]:
    """The profiles of a server: its own first, then the usual one, then the other shipped ones. Raises
    ``ConfigurationError`` for one that does not fit."""
    own = {profiles.load(file).name: file for file in settings.profiles}
    shipped = sorted(profiles.names(), key=lambda name: (name != profiles.DEFAULT, name))
    return {**own, **{name: name for name in shipped if name not in own}}
