"""What every page and every answer of the API works with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends
from starlette.requests import Request

if TYPE_CHECKING:
    from personavlog.studio.beginning import Beginnings
    from personavlog.studio.making import FilmQueue
    from personavlog.studio.uploads import Uploads


@dataclass(frozen=True)
class Studio:
    """One server: ``runs`` is where the films' folders lie, ``queue`` makes them, ``uploads`` holds photos until a film
    is begun, ``beginnings`` begins it, ``profiles`` are those that it can be made with: names, and what
    ``profiles.load`` takes."""

    runs: Path
    queue: FilmQueue
    uploads: Uploads
    beginnings: Beginnings
    profiles: Mapping[str, str]


def studio(request: Request) -> Studio:
    """The server that a request came to (for ``Depends``)."""
    found: Studio = request.app.state.studio
    return found


Server = Annotated[Studio, Depends(studio)]
"""The parameter of a route that works with it."""
