"""What the forms of a film's pages send: changes, making, stopping, own files, deleting. Each goes back to its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, UploadFile
from pydantic import Field, TypeAdapter, ValidationError
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from personavlog.errors import BriefError, PersonaVlogError
from personavlog.saved import what_is_wrong
from personavlog.steps import Until
from personavlog.studio import applying
from personavlog.studio.commands import COMMAND, Place
from personavlog.studio.errors import NoSuchThingError
from personavlog.studio.finding import found
from personavlog.studio.models import PartName
from personavlog.studio.pages.kept import kept
from personavlog.studio.studio import Server, Studio

T = TypeVar("T")
LISTS = frozenset(("props", "holds", "company", "emotions", "instruments"))
"""Fields with one entry a line."""
PAGES = {"script": "/script", "film": "/film", "activity": "/activity"}
_ABOUT = frozenset(("revision", "back", "place_shown", "part_shown"))
_UNTIL: TypeAdapter[Until | None] = TypeAdapter(Until | None)
_COST: TypeAdapter[float | None] = TypeAdapter(Annotated[float, Field(ge=0, allow_inf_nan=False)] | None)
router = APIRouter(prefix="/films/{run}", include_in_schema=False)


async def sent(request: Request) -> FormData:
    """The fields of the form."""
    return await request.form(max_files=0, max_fields=60)


Fields = Annotated[FormData, Depends(sent)]


@router.post("/change")
def change(request: Request, run: str, fields: Fields, server: Server) -> Response:
    """Make a change."""

    def made() -> None:
        given = {name: value for name, value in fields.items() if name not in _ABOUT and isinstance(value, str)}
        applying.apply(server, run, _read(COMMAND, nested(given)), _text(fields, "revision"))

    return _answered(request, run, fields, server, made)


@router.post("/make")
def make(request: Request, run: str, fields: Fields, server: Server) -> Response:
    """Make the film, or go on with it."""

    def made() -> None:
        until = _read(_UNTIL, _text(fields, "until") or None)
        most = _read(_COST, _text(fields, "max_cost") or None)
        server.queue.start(run, until, most, unknown_prices="unknown_prices" in fields)

    return _answered(request, run, fields, server, made)


@router.post("/stop")
def stop(run: str, fields: Fields, server: Server) -> RedirectResponse:
    """Stop making it."""
    server.queue.stop(found(run, server.runs).run)
    return RedirectResponse(_page(run, fields), 303)


@router.post("/export")
def export(request: Request, run: str, fields: Fields, server: Server) -> Response:
    """Write the film for another program, beside it."""
    return _answered(request, run, fields, server, lambda: applying.export(server, run, _text(fields, "to")))


@router.post("/delete")
def delete(run: str, server: Server) -> RedirectResponse:
    """Delete the film, with its photo."""
    applying.delete(server, run)
    return RedirectResponse("/", 303)


@router.post("/own")
def own(
    request: Request,
    run: str,
    server: Server,
    file: UploadFile,
    shot: Annotated[Place, Form()],
    part: Annotated[PartName, Form()],
    revision: Annotated[str, Form()],
) -> Response:
    """Put an own file in the place of a part."""

    def made() -> None:
        with server.uploads.own(file.file, part, file.filename or "") as path:
            applying.own(server, run, shot, part, path, revision)

    return _answered(request, run, {"back": "shot", "place_shown": str(shot), "part_shown": part}, server, made)


def nested(fields: Mapping[str, str]) -> dict[str, Any]:
    """Fields with dots in their names as objects in objects, lists by their lines; what is empty is left out."""
    found: dict[str, Any] = {}
    for name, text in fields.items():
        *outer, last = name.split(".")
        if not text.strip():
            continue
        inside = found
        for step in outer:
            inside = inside.setdefault(step, {})
            if not isinstance(inside, dict):
                raise BriefError(f"The field {name[:100]!r} is both a value and an object.")
        inside[last] = [line.strip() for line in text.splitlines() if line.strip()] if last in LISTS else text
    return found


def _read(kind: TypeAdapter[T], value: object) -> T:
    try:
        return kind.validate_python(value)
    except ValidationError as error:
        raise BriefError(f"This does not fit, so nothing was changed: {what_is_wrong(error)}.") from error


def _answered(
    request: Request, run: str, fields: Mapping[str, Any], server: Studio, made: Callable[[], object]
) -> Response:
    """Back to the page that the form was on; where the change is refused, a page that keeps what was typed."""
    there = _page(run, fields)
    try:
        made()
    except NoSuchThingError:
        raise
    except PersonaVlogError as error:
        return kept(request, server, run, {name: _text(fields, name) for name in fields}, error, there)
    return RedirectResponse(there, 303)


def _page(run: str, fields: Mapping[str, Any]) -> str:
    """The page that the form was on: one of a fixed few, of this film."""
    back, place, part = (_text(fields, name) for name in ("back", "place_shown", "part_shown"))
    page = PAGES.get(back, "")
    if back == "shot" and place.isascii() and place.isdigit():
        page = f"/shots/{int(place[:3])}" + (f"?{urlencode({'part': part[:20]})}" if part else "")
    return f"/films/{run}{page}"


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name, "")
    return value if isinstance(value, str) else ""
