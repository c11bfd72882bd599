"""What a server says that it serves: ``/v1/models``."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import anyio

from personavlog.backbones.remote import Server
from personavlog.backbones.remote_answers import Answer
from personavlog.errors import TimedOutError

MOST_MODELS = 2000
MOST_BYTES = 16 * 2**20
PROBE_SECONDS = 10.0
"""How long a server may take to say what it serves."""


@dataclass(frozen=True)
class Listing:
    """Model names, each with the day until which it is served ("" where that is not said); empty where the server lists
    none. ``owners`` are whose they are said to be."""

    models: Mapping[str, str]
    owners: frozenset[str] = frozenset()


async def listed(server: Server) -> Listing:
    """The models of a server; raises as ``look_at`` does."""
    answer = await look_at(server)
    rows = answer.json()
    rows = rows.get("data") if isinstance(rows, dict) else None
    if not isinstance(rows, list):
        return Listing({})
    known = [row for row in rows[:MOST_MODELS] if isinstance(row, dict)]
    return Listing(dict(map(_row, known)), frozenset(str(row.get("owned_by", ""))[:80] for row in known))


async def look_at(server: Server) -> Answer:
    """A server's list of models; raises as ``Server.ask`` does, ``TimedOutError`` after ``PROBE_SECONDS``."""
    try:
        with anyio.fail_after(PROBE_SECONDS):
            return await server.ask("GET", "/models", most=MOST_BYTES)
    except TimeoutError as error:
        raise TimedOutError(
            f"{server.provider!r} at {urlsplit(server.endpoint.url).netloc} gave no answer within {PROBE_SECONDS:g} s.",
            provider=server.provider,
        ) from error


def _row(fields: Mapping[str, Any]) -> tuple[str, str]:
    return str(fields.get("id", ""))[:200], _day(fields.get("shutdown_date"))


def _day(said: Any) -> str:
    """A day as ISO 8601, of a text that begins with one or of seconds since 1970."""
    try:
        if isinstance(said, int | float):
            return datetime.datetime.fromtimestamp(said, datetime.UTC).date().isoformat()
        return datetime.date.fromisoformat(str(said)[:10]).isoformat()
    except (ValueError, OverflowError, OSError):
        return ""
