"""The script: its shots, to be edited, and the rounds in which it came to be."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from personavlog.agents.checks import shot_checks
from personavlog.studio import showing
from personavlog.studio.models import Outcome, Shot
from personavlog.studio.pages.shot import CHOICES
from personavlog.studio.rendering import page
from personavlog.studio.studio import Server

router = APIRouter(include_in_schema=False)


@router.get("/films/{run}/script")
def script(request: Request, run: str, at: Server) -> Response:
    """The script as it stands, beside what the reviewers said of each round."""
    film, found = showing.film(at, run), showing.script(at, run)
    busy = film.outcome is Outcome.MAKING
    return page(
        request,
        "script.jinja",
        film=film,
        script=found,
        hints=_hints(found.shots, film.language),
        editable=not busy and film.outcome is not Outcome.DAMAGED,
        busy=busy,
        kinds=CHOICES,
    )


def _hints(shots: tuple[Shot, ...], language: str) -> tuple[str, ...]:
    """What an editor would say of the shots beside each other; the judge's rules, in its words."""
    found = shot_checks(
        [shot.board for shot in shots],
        [shot.video for shot in shots],
        [shot.monologue.text for shot in shots],
        language,
    )
    return tuple(change.text for change in found)
