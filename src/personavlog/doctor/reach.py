"""Whether servers are there, take the key and serve the model: ``/v1/models``, ``/health`` and the like, all at once,
each with a short limit. Nothing that costs is asked."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

import anyio
import httpx2

from personavlog.backbones.http import TooLargeError, bounded_client
from personavlog.doctor.report import Check, State, Topic, fine, note, stop
from personavlog.doctor.targets import Target
from personavlog.redaction import of_a_server, read_key

SECONDS = 5.0
MOST_BYTES = 4 * 2**20
MOST_NAMES = 8
"""So many of a server's models are named."""


@dataclass(frozen=True)
class Said:
    """A server's answer: its status, and its JSON or None where it is none."""

    status: int
    data: Any


class SilentError(Exception):
    """No answer came, and why."""


async def reached(targets: tuple[Target, ...], seconds: float = SECONDS) -> tuple[Check, ...]:
    """One check for each, in their order. Of several servers for one thing it is enough that one serves it."""
    found: dict[int, Check] = {}

    async def look(number: int, target: Target) -> None:
        found[number] = await _looked_at(target, seconds)

    async with anyio.create_task_group() as group:
        for number, target in enumerate(targets):
            group.start_soon(look, number, target)
    served = {target.name for number, target in enumerate(targets) if found[number].state is not State.STOP}
    return tuple(_spared(found[number], target.name in served) for number, target in enumerate(targets))


def _spared(check: Check, served: bool) -> Check:
    if check.state is not State.STOP or not served:
        return check
    text = f"{check.text}; another server does instead"
    return check.model_copy(update={"state": State.NOTE, "text": text})


async def _looked_at(target: Target, seconds: float) -> Check:
    name = f"{target.name} at {_host(target.url)}"
    if target.kind == "service":
        return note(Topic.SERVERS, name, "not asked: it answers no question that is free")
    key = read_key(target.variable) if target.variable else ""
    if not key and target.variable and not target.own:
        return note(Topic.SERVERS, name, f"not asked: {target.variable} is not set")
    headers = {target.header: f"{target.scheme} {key}".strip()} if key else {}
    try:
        said = await _asked(target.url, _path(target), headers, seconds)
        return await _judged(target, name, said, headers, seconds)
    except SilentError as error:
        start = f"start it with: personavlog worker {target.worker}" if target.kind == "worker" else "start the server"
        return stop(Topic.SERVERS, name, str(error), f"{start}, or correct its address in the profile")


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc or url
    except ValueError:
        return url


def _path(target: Target) -> str:
    model = quote(target.model, safe="")
    return {
        "openai": "/models",
        "google": f"/v1beta/models/{model}",
        "worker": "/v1/worker",
        "fastapi": "/openapi.json",
        "comfyui": "/system_stats",
    }[target.kind]


async def _asked(url: str, path: str, headers: Mapping[str, str], seconds: float) -> Said:
    """GET; raises ``SilentError``."""
    try:
        with anyio.fail_after(seconds + 1):
            async with bounded_client(url, seconds, MOST_BYTES) as client:
                answer = await client.get(url.rstrip("/") + path, headers=dict(headers))
    except TimeoutError as error:
        raise SilentError(f"no answer within {seconds:g} s") from error
    except TooLargeError as error:
        raise SilentError("its answer is longer than any list of models") from error
    except httpx2.TimeoutException as error:
        raise SilentError(f"no answer within {seconds:g} s") from error
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        raise SilentError(f"not reachable ({of_a_server(str(error))[:120] or type(error).__name__})") from error
    return Said(answer.status_code, _json(answer.content))


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


async def _judged(target: Target, name: str, said: Said, headers: Mapping[str, str], seconds: float) -> Check:
    if said.status in (401, 403):
        return _refused(target, name, said.status)
    if target.kind == "google":
        return _google(target, name, said)
    if target.kind == "openai" and said.status in (404, 405, 501):
        return await _only_alive(target, name, headers, seconds)
    if said.status != 200:
        return stop(Topic.SERVERS, name, f"it answers with status {said.status}", "look into the server's log")
    if not isinstance(said.data, Mapping):
        return stop(Topic.SERVERS, name, "it answers, but not with JSON: this is another server", "correct its address")
    judge = {"openai": _listed, "worker": _worker}.get(target.kind)
    return judge(target, name, said.data) if judge else fine(Topic.SERVERS, name, "reachable")


def _refused(target: Target, name: str, status: int) -> Check:
    if target.variable:
        text = f"it does not take the key in {target.variable} (status {status})"
    else:
        text = f"it wants a key (status {status}), and the profile names no variable for one"
    return stop(Topic.SERVERS, name, text, f"put a valid key into {target.variable or 'a variable, and name that'}")


async def _only_alive(target: Target, name: str, headers: Mapping[str, str], seconds: float) -> Check:
    """A server without a list of models: whether it says that it is well."""
    root = target.url.rstrip("/").removesuffix("/v1")
    health = await _asked(root, "/health", headers, seconds)
    if health.status == 200:
        return note(Topic.SERVERS, name, "it is there and lists no models, so whether it serves this one is unknown")
    return stop(
        Topic.SERVERS, name, "there is neither a list of models nor /health at this address", "correct its address"
    )


def _listed(target: Target, name: str, data: Mapping[str, Any]) -> Check:
    rows = data.get("data")
    if not isinstance(rows, list):
        return stop(Topic.SERVERS, name, "its list of models has another form", "correct its address")
    models = {str(row.get("id")): row for row in rows if isinstance(row, Mapping)}
    if not rows:
        return note(Topic.SERVERS, name, "reachable, but it does not say what it serves")
    row = models.get(target.model)
    if row is None:
        named = ", ".join(repr(one[:80]) for one in list(models)[:MOST_NAMES])
        more = f" and {len(models) - MOST_NAMES} more" if len(models) > MOST_NAMES else ""
        text = f"it does not serve {target.model!r}; it serves {of_a_server(named)}{more}"
        return stop(Topic.SERVERS, name, text, "name one of these in the profile, or start the server with this model")
    day = _day(row.get("shutdown_date"))
    if day is None:
        return fine(Topic.SERVERS, name, "reachable, serves the model")
    return note(Topic.SERVERS, name, f"reachable; the server says that it serves the model until {day}")


def _worker(target: Target, name: str, data: Mapping[str, Any]) -> Check:
    if str(data.get("model")) != target.model:
        said = of_a_server(str(data.get("model")))[:80]
        return stop(
            Topic.SERVERS,
            name,
            f"the worker has loaded {said!r}",
            f"start it with {target.model!r}: personavlog worker {target.worker}",
        )
    if data.get("ready") is not True:
        return note(Topic.SERVERS, name, "reachable, still loading its model")
    return fine(Topic.SERVERS, name, "reachable, serves the model")


def _google(target: Target, name: str, said: Said) -> Check:
    if said.status == 200 and isinstance(said.data, Mapping):
        return fine(Topic.SERVERS, name, "reachable, serves the model")
    error = said.data.get("error") if isinstance(said.data, Mapping) else None
    words = of_a_server(str(error.get("message", "")) if isinstance(error, Mapping) else "")[:160]
    if said.status == 400 and "key" in words.lower():
        return _refused(target, name, said.status)
    if said.status == 404:
        return stop(Topic.SERVERS, name, f"it does not serve {target.model!r}", "name another model in the profile")
    return stop(Topic.SERVERS, name, f"it answers with status {said.status}{f': {words}' if words else ''}")


def _day(said: Any) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(str(said)[:10])
    except ValueError:
        return None
