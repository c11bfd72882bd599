"""What a server says that it serves: ``/v1/models``."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from personavlog.backbones.protocol.endpoints import look_at
from personavlog.backbones.remote import Server

MOST_MODELS = 2000


@dataclass(frozen=True)
class Listing:
    """Model names, each with the day until which it is served ("" where that is not said); empty where the server lists
    none."""

    models: Mapping[str, str]


async def listed(server: Server) -> Listing:
    """The models of a server; raises as ``look_at`` does."""
    answer = await look_at(server)
    rows = answer.json()
    rows = rows.get("data") if isinstance(rows, dict) else None
    return Listing(dict(map(_row, rows[:MOST_MODELS])) if isinstance(rows, list) else {})


def _row(row: Any) -> tuple[str, str]:
    fields = row if isinstance(row, dict) else {}
    return str(fields.get("id", ""))[:200], _day(fields.get("shutdown_date"))


def _day(said: Any) -> str:
    """A day as ISO 8601, of a text that begins with one or of seconds since 1970."""
    try:
        if isinstance(said, int | float):
            return datetime.datetime.fromtimestamp(said, datetime.UTC).date().isoformat()
        return datetime.date.fromisoformat(str(said)[:10]).isoformat()
    except (ValueError, OverflowError, OSError):
        return ""
