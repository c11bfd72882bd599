"""What stands before every page and answer: who asks, from where, and what a browser may do with what it gets.

Refused are a foreign ``Host`` (a name of somebody else's that was pointed at this machine), a foreign ``Origin`` or
``Sec-Fetch-Site`` (another page, also one on another port of this machine), and whoever has neither cookie nor key.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from personavlog.errors import ConfigurationError
from personavlog.studio.entering import Entrance
from personavlog.studio.refusals import refused

LOOPBACK = frozenset(("127.0.0.1", "localhost", "[::1]"))
READING = ("GET", "HEAD")
HEADERS = {
    "content-security-policy": "default-src 'self'; img-src 'self' data:; object-src 'none'; frame-ancestors 'none'; "
    "base-uri 'none'; form-action 'self'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Not no-referrer: with it a browser says ``Origin: null`` for this site's own forms.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def check_binding(host: str, password: str) -> None:
    """Raise ``ConfigurationError`` where others could come in without a password."""
    if not is_loopback(host) and len(password) < 8:
        raise ConfigurationError(
            f"At {host!r} everybody on the network could see your photos and films, and spend your providers' money. "
            "That needs a password of at least 8 characters: set PERSONAVLOG_STUDIO_PASSWORD. Over plain HTTP it can "
            "be read on the way; better leave --host out and reach this machine through ssh -L or a proxy with TLS."
        )


class Guard:
    """The outermost layer of the server, in plain ASGI. ``names`` are the hosts that it is called by besides this
    machine's own; ``elsewhere`` is true where others can reach it, and then every address in digits is good too: no
    foreign name points there."""

    def __init__(self, app: ASGIApp, entrance: Entrance, names: Collection[str] = (), elsewhere: bool = False) -> None:
        self._app, self._entrance, self._elsewhere = app, entrance, elsewhere
        own = {socket.gethostname().lower()} if elsewhere else set()
        self._names = LOOPBACK | own | {name.lower() for name in names}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        answer = self._stranger(request) or await self._entrance.checked(request)
        await (answer or self._app)(scope, receive, _with_headers(send))

    def _stranger(self, request: Request) -> Response | None:
        """The refusal of what comes from somewhere else."""
        hosts, origins = request.headers.getlist("host"), request.headers.getlist("origin")
        if len(hosts) != 1 or not self._is_ours(hosts[0]):
            return refused(request, 403, "error.host")
        site = request.headers.get("sec-fetch-site", "none")
        if request.method in READING:
            followed = request.headers.get("sec-fetch-mode") == "navigate"
            good = site in ("same-origin", "none") or (followed and request.headers.get("sec-fetch-dest") == "document")
        else:
            good = site in ("same-origin", "none") and all(_is_of(origin, hosts[0]) for origin in origins)
        return None if good else refused(request, 403, "error.origin")

    def _is_ours(self, host: str) -> bool:
        try:
            parts = urlsplit(f"//{host}")
            name, _ = parts.hostname or "", parts.port
        except ValueError:
            return False
        if parts.netloc != host or parts.username is not None:
            return False
        shown = f"[{name}]" if ":" in name else name
        return shown in self._names or (self._elsewhere and _is_digits(name))


def _is_of(origin: str, host: str) -> bool:
    """Whether an ``Origin`` is this server; a proxy before it may speak TLS."""
    return origin.lower() in (f"http://{host.lower()}", f"https://{host.lower()}")


def _is_digits(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return sending
