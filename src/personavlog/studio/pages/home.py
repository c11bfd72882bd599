"""Home: the films, the example, and whether this machine is ready for another one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from personavlog import api
from personavlog.doctor.report import Report, Topic
from personavlog.studio import looking
from personavlog.studio.checkup import checkup
from personavlog.studio.models import FilmSummary
from personavlog.studio.rendering import page
from personavlog.studio.studio import Studio, studio
from personavlog.studio.telling import ago

router = APIRouter(include_in_schema=False)


@router.get("/")
def home(request: Request, at: Annotated[Studio, Depends(studio)]) -> Response:
    """The films, last changed first; the example is the largest where there is none of one's own."""
    films = looking.films(at.runs)
    own = tuple(film for film in films if not film.example)
    example = next((film for film in films if film.example), None)
    return page(request, "home.jinja", own=_newest(own), example=example, ago=ago, **doctor_line())


@router.get("/ready")
def ready(request: Request) -> Response:
    """The line that says whether this machine is ready, as it is known now."""
    return page(request, "ready.jinja", **doctor_line())


@router.get("/films/{run}/delete")
def ask(request: Request, run: str, at: Annotated[Studio, Depends(studio)]) -> Response:
    """Ask before a film is deleted."""
    return page(request, "delete.jinja", film=looking.film(run, at.runs))


@router.post("/films/{run}/delete")
def delete(run: str, at: Annotated[Studio, Depends(studio)]) -> Response:
    """Delete a film and everything that no other film needs."""
    api.delete(run, runs=at.runs)
    at.queue.forget(run)
    return RedirectResponse("/", 303)


def doctor_line() -> dict[str, object]:
    """What the ready line shows: the checkup, what is ready and what is not set up, by name."""
    known = checkup()
    report = known.report
    return {"known": known, "fine": _fine(report) if report else (), "stops": _stops(report) if report else ()}


def _newest(films: Sequence[FilmSummary]) -> tuple[FilmSummary, ...]:
    return tuple(sorted(films, key=lambda film: film.changed_at, reverse=True))


def _fine(report: Report) -> tuple[str, ...]:
    """The roles whose backbone is there."""
    lame = {check.name for check in report.stops}
    roles = (check.name.partition(":")[0] for check in report.checks if check.topic is Topic.BACKBONES)
    return tuple(dict.fromkeys(role for role in roles if not any(name.startswith(f"{role}:") for name in lame)))


def _stops(report: Report) -> tuple[str, ...]:
    return tuple(f"{check.name}: {check.text}" for check in report.stops)
