"""How somebody comes in: by the link that the terminal prints, a cookie, a key, or the password."""

from __future__ import annotations

from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from personavlog.studio.access import PAGE, SESSION_SECONDS, Access
from personavlog.studio.refusals import refused

ENTER = "/enter"
OPEN = ("/static/", ENTER)
"""What is shown to everybody: style, script, and the page that asks for the password."""


class Entrance:
    """The door of one server. Browsers keep cookies by host alone, so the cookie's name carries the port."""

    def __init__(self, access: Access, port: int) -> None:
        self.access, self.cookie = access, f"personavlog-{port}"

    async def checked(self, request: Request) -> Response | None:
        """The refusal of who has neither cookie nor key, or the redirection of who came by the link; who asks is kept
        as ``request.state.owner``."""
        request.state.owner = PAGE
        token = request.query_params.get("token")
        if token is not None and request.url.path == "/":
            return await self._by_link(request, token)
        if request.url.path.startswith(OPEN) or self._is_known(request):
            return None
        kind, _, key = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            return self._by_key(request, key.strip())
        return refused(request, 401, "error.enter")

    async def with_password(self, request: Request, key: str) -> Response:
        """Home for who knows the password or a key."""
        if refusal := self._too_often(request):
            return refusal
        cookie = await anyio.to_thread.run_sync(self.access.enter, key)
        return self._let_in(request, cookie) if cookie else self._wrong(request, "error.key")

    async def _by_link(self, request: Request, token: str) -> Response:
        if self._is_known(request):
            return RedirectResponse("/", 303)
        if refusal := self._too_often(request):
            return refusal
        cookie = await anyio.to_thread.run_sync(self.access.spend, token)
        return self._let_in(request, cookie) if cookie else self._wrong(request, "error.link")

    def _by_key(self, request: Request, key: str) -> Response | None:
        if refusal := self._too_often(request):
            return refusal
        owner = self.access.owner(key)
        if owner is None:
            return self._wrong(request, "error.key")
        request.state.owner = owner
        return None

    def _is_known(self, request: Request) -> bool:
        return self.access.sessions.knows(request.cookies.get(self.cookie, ""))

    def _too_often(self, request: Request) -> Response | None:
        """The refusal of an address that was wrong too often just now."""
        wait = self.access.attempts.wait(_address(request))
        if not wait:
            return None
        answer = refused(request, 429, "error.wait")
        answer.headers["retry-after"] = str(int(wait) + 1)
        return answer

    def _wrong(self, request: Request, key: str) -> Response:
        self.access.attempts.wrong(_address(request))
        return refused(request, 401, key)

    def _let_in(self, request: Request, cookie: str) -> Response:
        self.access.attempts.right(_address(request))
        answer = RedirectResponse("/", 303)
        secure = request.url.scheme == "https"
        age = int(SESSION_SECONDS)
        answer.set_cookie(self.cookie, cookie, max_age=age, httponly=True, samesite="strict", secure=secure)
        return answer


def routes(entrance: Entrance) -> APIRouter:
    """The page that asks for the password or a key."""
    router = APIRouter(include_in_schema=False)

    @router.get(ENTER)
    async def ask(request: Request) -> Response:
        """Ask for it."""
        return refused(request, 401, "error.enter")

    @router.post(ENTER)
    async def enter(request: Request, key: Annotated[str, Form(max_length=200)]) -> Response:
        """Let in who knows it."""
        return await entrance.with_password(request, key)

    return router


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
