"""What a route gets and gives: one request, read, and one reply."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urlsplit


class BadRequestError(Exception):
    """What the client sent cannot be answered; ``status`` and the words that a server would say."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Upload:
    """One file of a form."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True)
class Request:
    """One request; ``headers`` by lower-case name, ``target`` with its query."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def path(self) -> str:
        """The target without its query."""
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        """The target's query."""
        return dict(parse_qsl(urlsplit(self.target).query))

    @property
    def media_type(self) -> str:
        """Of the body, without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @cached_property
    def data(self) -> dict[str, Any]:
        """The JSON object of the body, {} for none; raises ``BadRequestError`` for what is none."""
        try:
            found = json.loads(self.body or b"{}")
        except ValueError as error:
            raise BadRequestError(f"The body is not JSON: {error}") from error
        if not isinstance(found, dict):
            raise BadRequestError("The body is no JSON object.")
        return found

    @cached_property
    def _form(self) -> tuple[tuple[str, str | Upload], ...]:
        if self.media_type != "multipart/form-data":
            raise BadRequestError(f"Expected multipart/form-data, received {self.media_type!r}.", 415)
        head = f"content-type: {self.headers['content-type']}\r\n\r\n".encode("latin-1")
        whole = BytesParser(policy=HTTP).parsebytes(head + self.body)
        return tuple(_part(part) for part in whole.iter_parts())

    @property
    def fields(self) -> dict[str, str]:
        """The form's texts by name; of several of one name the last."""
        return {name: value for name, value in self._form if isinstance(value, str)}

    def files(self, *names: str) -> tuple[Upload, ...]:
        """The form's files of these names, in order."""
        return tuple(value for name, value in self._form if name in names and isinstance(value, Upload))

    @cached_property
    def asked(self) -> str:
        """A digest of what is asked for: equal for equal requests, however their forms are delimited."""
        what: list[Any] = [self.method, self.target]
        if self.media_type == "multipart/form-data":
            what += [[name, value if isinstance(value, str) else _digest(value.data)] for name, value in self._form]
        else:
            what.append(_digest(self.body))
        return _digest(json.dumps(what).encode())


def _part(part: Message) -> tuple[str, str | Upload]:
    name, file = part.get_param("name", "", "content-disposition"), part.get_filename()
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    if file is None:
        return str(name), data.decode("utf-8", "replace")
    return str(name), Upload(file, part.get_content_type(), data)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


@dataclass(frozen=True)
class Reply:
    """What goes back. ``job`` is the id of a job that the reply speaks of, for the log."""

    status: int = 200
    body: bytes = b""
    media_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    job: str = ""


def json_reply(value: Any, status: int = 200, *, job: str = "", headers: Mapping[str, str] | None = None) -> Reply:
    """A JSON answer."""
    return Reply(status, json.dumps(value).encode(), headers=headers or {}, job=job)


def media_reply(data: bytes, media_type: str) -> Reply:
    """A file."""
    return Reply(200, data, media_type)


def number(fields: Mapping[str, Any], name: str, default: int) -> int:
    """A whole number of a form or of JSON; raises ``BadRequestError`` for what is none."""
    try:
        return int(fields.get(name, default))
    except (TypeError, ValueError) as error:
        raise BadRequestError(f"Input should be a valid integer: {name}", 422) from error


def decimal(fields: Mapping[str, Any], name: str, default: float, most: float) -> float:
    """A number from 0 to ``most`` of a form or of JSON; raises ``BadRequestError`` for what is none."""
    try:
        value = float(fields.get(name, default))
    except (TypeError, ValueError) as error:
        raise BadRequestError(f"Input should be a valid number: {name}", 422) from error
    if not 0 <= value <= most:
        raise BadRequestError(f"Input should be from 0 to {most:g}: {name}", 422)
    return value
