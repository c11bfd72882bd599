"""How much a request may bring, how long it may take, and how many files come in at once: what arrives is bounded
before any of it is read."""

from __future__ import annotations

import asyncio
import re

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from personavlog.studio import rendering
from personavlog.studio.refusals import refused
from personavlog.studio.words import Words

MB = 1_000_000
PLAIN = MB
"""Bytes of a request without a file."""
ROOM = 100_000
"""Bytes of the fields beside a file."""
PHOTO, VOICE, CLIP = 25 * MB, 25 * MB, 200 * MB
AT_ONCE = 2
TURN_SECONDS, IDLE_SECONDS, ALL_SECONDS = 60.0, 20.0, 600.0
_LIMITS = (
    (re.compile(r"(/api/v1)?/(photos|samples)"), max(PHOTO, VOICE) + ROOM),
    (re.compile(r"/new"), PHOTO + VOICE + ROOM),
    (re.compile(r"/films/[^/]+/own|/api/v1/films/[^/]+/shots/[^/]+/own/[^/]+"), CLIP + ROOM),
)


def limit(method: str, path: str) -> int:
    """Bytes that may come with a request."""
    fitting = (most for place, most in _LIMITS if method in ("POST", "PUT") and place.fullmatch(path))
    return next(fitting, PLAIN)


class Bodies:
    """A layer of the server, in plain ASGI."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through as long as it keeps to the bounds."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        most = limit(request.method, request.url.path)
        said = request.headers.get("content-length", "0")
        if not (said.isascii() and said.isdigit() and int(said[:20]) <= most):
            await refused(request, 413, "error.length")(scope, receive, send)
        elif most == PLAIN:
            await self._app(scope, _Bounded(request, most), send)
        else:
            await self._in_turn(request, most, send)

    async def _in_turn(self, request: Request, most: int, send: Send) -> None:
        try:
            async with asyncio.timeout(TURN_SECONDS):
                await self._turns.acquire()
        except TimeoutError:
            answer = refused(request, 503, "error.busy")
            answer.headers["retry-after"] = "10"
            await answer(request.scope, request.receive, send)
            return
        try:
            await self._app(request.scope, _Bounded(request, most), send)
        finally:
            self._turns.release()


class _Bounded:
    """``receive`` that counts: raises an HTTP 413 or 408."""

    def __init__(self, request: Request, most: int) -> None:
        self._request, self._left, self._is_whole = request, most, False
        self._end = asyncio.get_running_loop().time() + ALL_SECONDS

    async def __call__(self) -> Message:
        if self._is_whole:
            return await self._request.receive()
        try:
            async with asyncio.timeout_at(min(self._end, asyncio.get_running_loop().time() + IDLE_SECONDS)):
                message = await self._request.receive()
        except TimeoutError as error:
            raise self._refusal(408, "error.slow") from error
        self._left -= len(message.get("body", b""))
        self._is_whole = not message.get("more_body", False)
        if self._left < 0:
            raise self._refusal(413, "error.length")
        return message

    def _refusal(self, code: int, key: str) -> HTTPException:
        headers = {"connection": "close"}
        return HTTPException(code, Words(rendering.language_of(self._request))(key), headers)
