"""Errors as answers: a status and a page in words, or JSON for programs."""

from __future__ import annotations

import logging

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from personavlog.errors import (
    BackboneError,
    BriefError,
    ConfigurationError,
    ConsentError,
    CostLimitError,
    MachineError,
    MediaError,
    PersonaVlogError,
    RunError,
    WeightsError,
)
from personavlog.redaction import without_keys
from personavlog.studio import rendering
from personavlog.studio.errors import NoSuchThingError, TooLargeError
from personavlog.studio.words import Words, catalogue

API = "/api/"
_STATUS: tuple[tuple[type[PersonaVlogError], int], ...] = (
    (NoSuchThingError, 404),
    (TooLargeError, 413),
    (ConsentError, 403),
    (BriefError, 422),
    (MediaError, 422),
    (ConfigurationError, 422),
    (CostLimitError, 402),
    (RunError, 409),
    (WeightsError, 503),
    (MachineError, 507),
    (BackboneError, 502),
)
"""By class, the first that fits."""
_log = logging.getLogger("personavlog.studio")


def status(error: PersonaVlogError) -> int:
    """The HTTP status of an error."""
    return next((code for kind, code in _STATUS if isinstance(error, kind)), 500)


def refused(request: Request, code: int, key: str) -> Response:
    """An answer in the page's own words."""
    return answer(request, code, Words(rendering.language_of(request))(key))


def answer(request: Request, code: int, message: str, error: str = "") -> Response:
    """A page, or JSON ``{error, message}`` for a program; keys are blotted out of either."""
    message = without_keys(message)
    if request.url.path.startswith(API):
        return JSONResponse({"error": error or _name(code), "message": message}, code)
    title = f"error.{code}" if f"error.{code}" in catalogue() else "error.title"
    return rendering.page(request, "error.jinja", code, title=title, message=message, entering=code in (401, 429))


def handle_errors(app: FastAPI) -> None:
    """Let everything that a request can raise be answered in words."""

    @app.exception_handler(PersonaVlogError)
    async def of_ours(request: Request, error: PersonaVlogError) -> Response:
        return answer(request, status(error), str(error), type(error).__name__)

    @app.exception_handler(RequestValidationError)
    async def of_fields(request: Request, error: RequestValidationError) -> Response:
        return answer(request, 422, _fields(error), "RequestError")

    @app.exception_handler(HTTPException)
    async def of_the_framework(request: Request, error: HTTPException) -> Response:
        found = answer(request, error.status_code, str(error.detail))
        found.headers.update(error.headers or {})
        return found

    @app.exception_handler(Exception)
    async def of_nobody(request: Request, error: Exception) -> Response:
        _log.error("A defect at %s", request.url.path, exc_info=error)
        return refused(request, 500, "error.defect")


def _fields(error: RequestValidationError) -> str:
    return "; ".join(
        f"{'.'.join(str(part) for part in problem['loc'][1:]) or problem['loc'][0]}: {problem['msg']}"
        for problem in error.errors()[:5]
    )


def _name(code: int) -> str:
    return {401: "Unauthorized", 403: "Forbidden", 404: "NotFound", 413: "TooLarge", 429: "TooMany"}.get(code, "Error")
