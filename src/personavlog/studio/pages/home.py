"""Home: the films, the example, and whether this machine is ready for another one."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from personavlog.doctor.report import Report, Topic
from personavlog.studio import showing
from personavlog.studio.checkup import Checkup, checkup
from personavlog.studio.form import Typed
from personavlog.studio.planning import planned
from personavlog.studio.rendering import page
from personavlog.studio.studio import Server
from personavlog.studio.telling import ago

router = APIRouter(include_in_schema=False)


@router.get("/")
def home(request: Request, at: Server) -> Response:
    """The films, last changed first; the example is the largest where there is none of one's own."""
    films = showing.films(at)
    own = tuple(film for film in films if not film.example)
    example = next((film for film in films if film.example), None)
    shown = page(request, "home.jinja", own=own, example=example, ago=ago, line=_line())
    shown.background = BackgroundTask(planned, Typed(), next(iter(at.profiles.values())))  # the form needs it next
    return shown


@router.get("/ready")
def ready(request: Request) -> Response:
    """The line that says whether this machine is ready, as it is known now."""
    return page(request, "ready.jinja", line=_line())


@router.get("/films/{run}/delete")
def ask(request: Request, run: str, at: Server) -> Response:
    """Ask before a film is deleted."""
    return page(request, "delete.jinja", film=showing.film(at, run))


@dataclass(frozen=True)
class Line:
    """What the ready line shows: ``fine`` are the roles that are set up, ``stops`` what is not, in words."""

    known: Checkup
    fine: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()


def _line() -> Line:
    known = checkup()
    return Line(known, _fine(known.report), _stops(known.report)) if known.report else Line(known)


def _fine(report: Report) -> tuple[str, ...]:
    """The roles whose backbone is there."""
    lame = {check.name for check in report.stops}
    roles = (check.name.partition(":")[0] for check in report.checks if check.topic is Topic.BACKBONES)
    return tuple(dict.fromkeys(role for role in roles if not any(name.startswith(f"{role}:") for name in lame)))


def _stops(report: Report) -> tuple[str, ...]:
    return tuple(f"{check.name}: {check.text}" for check in report.stops)
