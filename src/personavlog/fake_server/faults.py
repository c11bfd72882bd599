"""What goes wrong, when somebody says that it shall.

A fault is told as ``ROUTE=FAULT``, ``ROUTE=FAULT:TIMES`` or ``ROUTE=FAULT:TIMES:AFTER``: in the first TIMES calls of
the route (without a number: in all), after the first AFTER. Faults of the wire are played by the server itself, the
others by the route, which says what they are.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence
from typing import Literal, get_args

from personavlog.errors import ConfigurationError
from personavlog.fake_server.wire import Reply, Request, json_reply
from personavlog.frozen import Frozen

WireFault = Literal[
    "busy",
    "down",
    "error",
    "memory",
    "key",
    "moderated",
    "unknown field",
    "half",
    "garbage",
    "wrong type",
    "drop",
    "slow",
    "redirect",
]
"""429 with Retry-After; 503; 500; 500 of a full GPU; 401; 400 of a content filter; 422 as of another version; half of
the body; broken JSON; a web page; no answer at all; late by ``SLOW`` seconds; 302 to another host."""
WIRE: tuple[WireFault, ...] = get_args(WireFault)
SLOW = 5.0
RETRY_AFTER = 1


class Fault(Frozen):
    """``name`` goes wrong in the calls ``after`` to ``after + times`` of ``route``; ``times`` None: from then on."""

    route: str
    name: str
    times: int | None = None
    after: int = 0


def read_fault(text: str, routes: dict[str, frozenset[str]]) -> Fault:
    """The fault that ``text`` tells of; ``routes`` are the faults that each route plays itself. Raises
    ``ConfigurationError``."""
    route, _, rest = text.partition("=")
    name, *numbers = rest.split(":")
    if route not in routes:
        raise ConfigurationError(f"The fake server has no route {route!r}. It has: {', '.join(sorted(routes))}.")
    known = {*WIRE, *routes[route]}
    if name not in known:
        raise ConfigurationError(
            f"The route {route!r} knows no fault {name!r}. It knows: {', '.join(sorted(known))}. Write "
            "ROUTE=FAULT[:TIMES[:AFTER]]."
        )
    try:
        times, after = ([int(number) for number in numbers] + [0, 0])[:2] if len(numbers) < 3 else (-1, -1)
    except ValueError:
        times, after = -1, -1
    if times < 0 or after < 0:
        raise ConfigurationError(f"Write --fault as ROUTE=FAULT[:TIMES[:AFTER]] with numbers; received {text!r}.")
    return Fault(route=route, name=name, times=times or None, after=after)


class Faults:
    """Which fault each call meets, counted over all threads."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self._faults = tuple(faults)
        self._calls: Counter[str] = Counter()
        self._counting = threading.Lock()

    def of_next(self, route: str) -> str:
        """The fault of the next call of a route, "" for none."""
        with self._counting:
            number = self._calls[route]
            self._calls[route] += 1
        for fault in self._faults:
            if fault.route == route and fault.after <= number and _lasts(fault, number):
                return fault.name
        return ""


def _lasts(fault: Fault, number: int) -> bool:
    return fault.times is None or number < fault.after + fault.times


def instead(fault: str, request: Request) -> Reply | None:
    """The reply that a fault of the wire gives before the route is asked; None for all others."""
    if fault == "redirect":
        return Reply(302, headers={"location": f"http://elsewhere.invalid{request.path}"})
    if fault == "busy":
        return busy()
    if fault == "unknown field":
        where = {"type": "extra_forbidden", "loc": ["body", "num_inference_steps"]}
        return json_reply({"detail": [{**where, "msg": "Extra inputs are not permitted"}]}, 422)
    if fault in _SAID:
        status, words, code = _SAID[fault]
        return error_reply(status, words, code)
    return None


_SAID = {
    "down": (503, "The engine is starting.", "unavailable"),
    "error": (500, "Internal server error", "server_error"),
    "memory": (500, "CUDA out of memory. Tried to allocate 2.00 GiB.", "server_error"),
    "key": (401, "Incorrect API key provided.", "invalid_api_key"),
    "moderated": (400, "Your request was rejected by the safety system.", "content_policy_violation"),
}


def busy() -> Reply:
    """The queue is full."""
    return error_reply(429, "Too many requests: the queue is full.", headers={"retry-after": str(RETRY_AFTER)})


def spoilt(fault: str, reply: Reply) -> Reply:
    """The reply as a fault of the wire leaves it."""
    if fault == "garbage":
        return Reply(200, b'{"data": [{"b64_json": "iVBORw0K', job=reply.job)
    if fault == "wrong type":
        return Reply(200, b"<!DOCTYPE html><title>Welcome</title>", "text/html", job=reply.job)
    return reply


def error_reply(status: int, message: str, code: str = "", *, headers: dict[str, str] | None = None) -> Reply:
    """An error as OpenAI words it."""
    error = {"message": message, "type": code or "invalid_request_error", "param": None, "code": code or None}
    return json_reply({"error": error}, status, headers=headers)
