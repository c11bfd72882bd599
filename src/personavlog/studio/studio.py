"""What every page and every answer of the API works with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.requests import Request

if TYPE_CHECKING:
    from personavlog.studio.making import FilmQueue
    from personavlog.studio.uploads import Uploads


@dataclass(frozen=True)
class Studio:
    """One server: ``runs`` is where the films' folders lie, ``queue`` makes them, ``uploads`` holds photos until a film
    is begun."""

    runs: Path
    queue: FilmQueue
    uploads: Uploads


def studio(request: Request) -> Studio:
    """The server that a request came to (for ``Depends``)."""
    found: Studio = request.app.state.studio
    return found
