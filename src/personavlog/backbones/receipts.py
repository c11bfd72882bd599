"""What a call of a backbone cost and who served it; part of every result, so that the record can say it."""

from __future__ import annotations

from pydantic import Field

from personavlog.errors import BackboneError, RateLimitedError
from personavlog.frozen import Frozen

UNBILLED = frozenset((401, 403, 404, 429))
"""HTTP statuses of requests that no server works on: no key, no right, no such model, too many."""
_UNSENT = frozenset(("ConnectError", "ConnectTimeout", "PoolTimeout", "UnsupportedProtocol"))
"""Errors of the HTTP clients (httpx, httpx2, by name: neither is loaded for this) before a request is sent."""


class Receipt(Frozen):
    """``money`` in US dollars, None where the price is unknown (never 0 then); ``model`` is the id that the server says
    it used; ``seconds`` what the server says it took; ``request`` its id for this call, to quote in a complaint."""

    money: float | None = Field(default=None, ge=0)
    model: str = Field(default="", max_length=200)
    seconds: float | None = Field(default=None, ge=0)
    request: str = Field(default="", max_length=200)


FREE = Receipt(money=0.0)
"""A model on this machine."""


class Delivered(Frozen):
    """Base of every backbone's result."""

    receipt: Receipt = Receipt()


def unbilled(error: BackboneError) -> bool:
    """Whether a call that failed so cannot have been billed."""
    return isinstance(error, RateLimitedError) or error.status in UNBILLED or _unsent(error)


def _unsent(error: BaseException) -> bool:
    seen: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in seen:
        if type(cause).__name__ in _UNSENT:
            return True
        seen.append(cause)
        cause = cause.__cause__ or cause.__context__
    return False
