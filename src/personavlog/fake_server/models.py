"""``/health`` and ``/v1/models``."""

from __future__ import annotations

from personavlog.fake_server.routes import Call, Route
from personavlog.fake_server.wire import Reply, json_reply

SHUTDOWN = "2027-01-14"
"""When the fault "ending" says that the models end."""


def _health(call: Call) -> Reply:
    return json_reply({})


def _models(call: Call) -> Reply:
    end = {"shutdown_date": SHUTDOWN if call.fault == "ending" else None}
    return json_reply({"object": "list", "data": [{**_model(name), **end} for name in call.models]})


def _model(name: str) -> dict[str, object]:
    return {"id": name, "object": "model", "created": 1, "owned_by": "personavlog"}


ROUTES = (
    Route("health", "GET", "/health", _health, public=True),
    Route("models", "GET", "/v1/models", _models, faults=frozenset({"ending"})),
)
