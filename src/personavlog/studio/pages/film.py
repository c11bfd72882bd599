"""The finished film: watched, taken away, and what there is to say about it."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from personavlog.studio import showing
from personavlog.studio.rendering import page
from personavlog.studio.studio import Server

router = APIRouter(include_in_schema=False)


@router.get("/films/{run}/film")
def film(request: Request, run: str, here: Server, at: str = "") -> Response:
    """The player, from second ``at`` on."""
    return page(request, "film.jinja", film=showing.finished(here, run), at=_seconds(at))


def _seconds(text: str) -> float:
    """The time that an address asks for; 0 where it says none."""
    try:
        return max(0.0, min(float(text), 86_400.0))
    except ValueError:
        return 0.0
