"""What every route of the API shares: whom it works with, and how it says that something is wrong."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends
from pydantic import Field
from starlette.requests import Request

from personavlog.frozen import Frozen
from personavlog.studio.access import PAGE


class Problem(Frozen):
    """What is wrong: ``error`` a short name, ``message`` who must act and what to do."""

    error: str
    message: str


_SAID = {
    400: "The request cannot be read",
    401: "Nobody who may come in: send Authorization: Bearer KEY",
    402: "It could cost more than the cap leaves",
    403: "Refused: a foreign Host or Origin, or nobody said that this likeness may be used",
    404: "There is no such film, shot, upload or file",
    405: "There is no such method here",
    408: "The body did not arrive in time",
    409: "Not now: being made, or changed elsewhere since",
    413: "Larger than fits",
    422: "What was asked for does not fit",
    429: "Wrong too often",
    500: "A defect; the films go on",
    502: "A provider did not deliver",
    503: "Busy, or a model file is missing",
    507: "The machine is in the way: disk or memory",
}
ANSWERS: dict[int | str, dict[str, Any]] = {
    code: {"model": Problem, "description": said} for code, said in _SAID.items()
}
"""Of every route."""


def owner(request: Request) -> str:
    """Who asks: the name of the key that was sent."""
    return str(getattr(request.state, "owner", PAGE))


Owner = Annotated[str, Depends(owner)]
Revision = Annotated[str, Field(max_length=64, description="The film's revision when it was looked at")]
