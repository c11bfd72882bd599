"""The server: one thread a call, nothing but the standard library."""

from __future__ import annotations

import hmac
import socket
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from pydantic import Field

from personavlog.fake_server import faults, surfaces
from personavlog.fake_server.faults import Fault, Faults, error_reply
from personavlog.fake_server.jobs import Jobs
from personavlog.fake_server.log import Log
from personavlog.fake_server.routes import Call, Route
from personavlog.fake_server.wire import BadRequestError, Reply, Request
from personavlog.frozen import Frozen

MOST_BYTES = 64 * 2**20
"""Of a request's body."""
KEY_HEADERS = ("authorization", "x-key", "x-api-key", "xi-api-key", "x-goog-api-key")
POLL = 0.02
"""Seconds between two looks of a server whether it shall end."""


class Behaviour(Frozen):
    """``seconds`` making one thing takes and ``price`` it costs in the log; ``at_once`` calls that make something are
    answered at a time, more get HTTP 429 (0: no limit); ``key``: what every call must carry ("": nothing); ``models``
    are the names that it serves (none: every name); ``keeps_keys``: a second call of the same Idempotency-Key gets the
    answer of the first."""

    seconds: float = Field(default=0.0, ge=0)
    price: float = Field(default=0.0, ge=0)
    faults: tuple[Fault, ...] = ()
    log: Path | None = None
    at_once: int = Field(default=0, ge=0)
    key: str = ""
    models: tuple[str, ...] = ()
    keeps_keys: bool = True


@dataclass
class _Answered:
    """The answer to the first call of a key; the lock is held while it is made."""

    making: threading.Lock = field(default_factory=threading.Lock)
    reply: Reply | None = None


class FakeServer:
    """Answers at ``address`` once it is ``serving``; ``log`` tells what it was asked."""

    def __init__(
        self, behaviour: Behaviour | None = None, *, port: int = 0, routes: Sequence[Route] = surfaces.ALL
    ) -> None:
        self.behaviour, self.routes = behaviour or Behaviour(), tuple(routes)
        self.log, self.jobs = Log(self.behaviour.log), Jobs()
        self.kept: dict[str, bytes] = {}
        self._faults = Faults(self.behaviour.faults)
        self._answered: dict[tuple[str, str], _Answered] = {}
        self._making, self._lock = 0, threading.Lock()
        self.http = _Http(("127.0.0.1", port), partial(_Handler, self))
        self.address = f"http://127.0.0.1:{self.http.server_port}"

    def answer(self, request: Request) -> tuple[Reply, str]:
        """The reply, and the fault of the wire that is still to be played while it is sent."""
        found = self._route(request)
        if found is None:
            self._write("", request, reply := error_reply(404, f"Not Found: {request.path}"), "")
            return reply, ""
        route, places = found
        fault = self._faults.of_next(route.name)
        reply, repeat = self._guarded(route, places, request, fault)
        reply = faults.spoilt(fault, reply)
        paid = self.behaviour.price if route.makes and reply.status < 300 and not repeat else 0.0
        self._write(route.name, request, reply, fault, paid=paid, repeat=repeat)
        return reply, fault

    def _route(self, request: Request) -> tuple[Route, dict[str, str]] | None:
        for route in self.routes:
            if (places := route.places(request.method, request.path)) is not None:
                return route, places
        return None

    def _guarded(self, route: Route, places: dict[str, str], request: Request, fault: str) -> tuple[Reply, bool]:
        if not route.public and not self._knows(request):
            return error_reply(401, "Incorrect API key provided.", "invalid_api_key"), False
        if (reply := faults.instead(fault, request)) is not None:
            return reply, False
        key = request.headers.get("idempotency-key", "")
        if not (route.makes and key and self.behaviour.keeps_keys):
            return self._in_turn(route, places, request, fault), False
        with self._lock:
            first = self._answered.setdefault((route.name, key), _Answered())
        with first.making:
            if first.reply is not None and not self._is_forgotten(first.reply):
                return replace(first.reply, headers={**first.reply.headers, "idempotency-replayed": "true"}), True
            reply = self._in_turn(route, places, request, fault)
            first.reply = reply if reply.status < 300 else None
            return reply, False

    def _knows(self, request: Request) -> bool:
        said = [request.headers[name].split()[-1:] for name in KEY_HEADERS if name in request.headers]
        known = self.behaviour.key.encode()
        return not known or any(hmac.compare_digest(word.encode(), known) for words in said for word in words)

    def _is_forgotten(self, reply: Reply) -> bool:
        return bool(reply.job) and self.jobs.find(reply.job) is None

    def _in_turn(self, route: Route, places: dict[str, str], request: Request, fault: str) -> Reply:
        if not route.makes:
            return self._asked(route, places, request, fault)
        with self._lock:
            if self.behaviour.at_once and self._making >= self.behaviour.at_once:
                return faults.busy()
            self._making += 1
        try:
            return self._asked(route, places, request, fault)
        finally:
            with self._lock:
                self._making -= 1

    def _asked(self, route: Route, places: dict[str, str], request: Request, fault: str) -> Reply:
        behaviour = self.behaviour
        call = Call(request, places, fault, behaviour.seconds, self.address, behaviour.models, self.jobs, self.kept)
        try:
            return route.answer(call)
        except BadRequestError as error:
            return error_reply(error.status, str(error))

    def _write(
        self, route: str, request: Request, reply: Reply, fault: str, *, paid: float = 0.0, repeat: bool = False
    ) -> None:
        headers = request.headers
        self.log.write(
            route=route,
            method=request.method,
            target=request.target[:300],
            status=reply.status,
            asked=_asked(request),
            key=headers.get("idempotency-key", "")[:200],
            fault=fault,
            paid=paid,
            repeat=repeat,
            job=reply.job,
            agent=headers.get("user-agent", "")[:100],
        )


def _asked(request: Request) -> str:
    try:
        return request.asked
    except BadRequestError:
        return ""


@contextmanager
def serving(behaviour: Behaviour | None = None, **options: object) -> Iterator[FakeServer]:
    """A server on a free port of this machine for as long as the block lasts."""
    server = FakeServer(behaviour, **options)  # type: ignore[arg-type]
    thread = threading.Thread(target=server.http.serve_forever, kwargs={"poll_interval": POLL})
    thread.start()
    try:
        yield server
    finally:
        server.http.shutdown()
        thread.join()
        server.http.server_close()


class _Http(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away, or is killed, is nothing to tell of."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, server: FakeServer, *arguments: object) -> None:
        self._fake = server
        super().__init__(*arguments)  # type: ignore[arg-type]

    def _serve(self) -> None:
        with suppress(OSError):  # the client went away
            self._answer()

    do_GET = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815  # http.server's names

    def _answer(self) -> None:
        length = self.headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MOST_BYTES or "transfer-encoding" in self.headers:
            self.close_connection = True
            self._send(error_reply(413, f"A body has a Content-Length of at most {MOST_BYTES}."), "")
            return
        body = self.rfile.read(int(length))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self._send(*self._fake.answer(Request(self.command, self.path, headers, body)))

    def _send(self, reply: Reply, fault: str) -> None:
        if fault == "slow":
            time.sleep(faults.SLOW)
        if fault == "drop":
            self._hang_up()
            return
        self.send_response(reply.status)
        whole = {"content-type": reply.media_type, "content-length": str(len(reply.body)), **reply.headers}
        for name, value in whole.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body if fault != "half" else reply.body[: len(reply.body) // 2])
        if fault == "half":
            self._hang_up()

    def _hang_up(self) -> None:
        self.close_connection = True
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *said: object) -> None:
        """Nothing on the screen: the log is a file."""
