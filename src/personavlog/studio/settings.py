"""How a server is started."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from personavlog.runs.folder import home


@dataclass(frozen=True)
class Settings:
    """``runs`` holds the films. ``at_once`` films are made at a time, of a profile in ``limits`` at most that many.
    ``names`` are hosts that the server is called by besides this machine's own; ``pages`` is false for a service."""

    runs: Path
    host: str = "127.0.0.1"
    port: int = 8765
    password: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    at_once: int = 1
    limits: Mapping[str, int] = field(default_factory=dict)
    pages: bool = True


def folder() -> Path:
    """The studio's own folder: what waits to be made, uploads, cookies."""
    return home() / "studio"
