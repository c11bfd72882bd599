"""Changing films, making them, stopping them."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, UploadFile
from pydantic import Field

from personavlog.export.target import Target
from personavlog.frozen import Frozen
from personavlog.steps import Until
from personavlog.studio import applying
from personavlog.studio.commands import Command, Place
from personavlog.studio.finding import found
from personavlog.studio.models import PartName
from personavlog.studio.service.answers import Owner, Revision
from personavlog.studio.studio import Server

router = APIRouter(prefix="/films/{run}", tags=["changes"])


class Change(Frozen):
    """A change of the film as it was at ``revision``."""

    revision: Revision
    command: Command


class Making(Frozen):
    """How far a film is made, and how dear it may get in all (US dollars)."""

    until: Until | None = None
    max_cost: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    unknown_prices: bool = False


class Stands(Frozen):
    """Whether a film waits its turn or is being made, ``ahead`` how many films are before it."""

    run: str
    place: Literal["waiting", "making"] | None
    ahead: int = 0


class Changed(Frozen):
    """A change was made; ``notes`` are what is to be known about it."""

    run: str
    notes: tuple[str, ...] = ()


class Exporting(Frozen):
    """The form that another program reads."""

    to: Target


class Exported(Changed):
    """``path`` is what to open, ``files`` all that was written."""

    path: str
    files: tuple[str, ...]


@router.post("/changes")
def change(run: str, wanted: Change, server: Server) -> Changed:
    """Change a film; nothing is made by that. 409 where it was changed elsewhere since, or is being made."""
    applying.apply(server, run, wanted.command, wanted.revision)
    return Changed(run=run)


@router.put("/shots/{place}/own/{part}")
def own(
    run: str,
    place: Annotated[Place, Path()],
    part: PartName,
    revision: Annotated[str, Query(max_length=64)],
    file: UploadFile,
    server: Server,
) -> Changed:
    """Put a file of one's own in the place of a shot's part."""
    with server.uploads.own(file.file, part, file.filename or "") as path:
        return Changed(run=run, notes=applying.own(server, run, place, part, path, revision))


@router.post("/make", status_code=202)
def make(run: str, server: Server, owner: Owner, wanted: Making | None = None) -> Stands:
    """Make a film, or go on with it, when its turn comes. One that waits or is being made is not begun again."""
    wanted = wanted or Making()
    server.queue.start(run, wanted.until, wanted.max_cost, unknown_prices=wanted.unknown_prices, owner=owner)
    return stands(run, server)


@router.post("/stop", status_code=202)
def stop(run: str, server: Server) -> Stands:
    """Stop making a film: no new call is made, what is under way may still be charged, what is finished is kept."""
    server.queue.stop(found(run, server.runs).run)
    return stands(run, server)


@router.post("/exports")
def export(run: str, server: Server, wanted: Exporting) -> Exported:
    """Write a finished film for another program, into its folder on the server's machine."""
    done = applying.export(server, run, wanted.to)
    return Exported(run=run, path=str(done.path), files=tuple(map(str, done.files)), notes=done.notes)


def stands(run: str, server: Server) -> Stands:
    """Where a film stands in the queue."""
    return Stands(run=run, place=server.queue.place(run), ahead=server.queue.ahead(run))
