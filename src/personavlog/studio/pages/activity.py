"""Activity: what happened, what it cost and is still to cost, and who was sent the photo."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from personavlog.studio import showing
from personavlog.studio.models import Outcome
from personavlog.studio.rendering import page
from personavlog.studio.studio import Server
from personavlog.studio.telling import dollars, duration, moment

router = APIRouter(include_in_schema=False)


@router.get("/films/{run}/activity")
def activity(request: Request, run: str, at: Server) -> Response:
    """Log, calls, time and money, and the button that stops the film."""
    film = showing.film(at, run)
    return page(
        request,
        "activity.jinja",
        film=film,
        activity=showing.activity(at, run),
        place=at.queue.place(run) or ("making" if film.outcome is Outcome.MAKING else None),
        trouble=at.queue.trouble(run),
        spent=sum(stage.seconds for stage in film.stages),
        dollars=dollars,
        duration=duration,
        moment=moment,
    )
