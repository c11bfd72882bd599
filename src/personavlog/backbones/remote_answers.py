"""What a server answered, and which of our errors an answer is."""

from __future__ import annotations

import contextlib
import email.utils
import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from personavlog.brief import clean_text
from personavlog.errors import (
    BackboneError,
    OutOfMemoryError,
    RateLimitedError,
    RefusedError,
    TimedOutError,
    UnavailableError,
    ran_out_of_memory,
)
from personavlog.redaction import of_a_server

READ = 20_000
"""Bytes of an error that are read."""
REFUSAL = re.compile(
    r"content[_ ]policy|content[_ ]filter|content management policy|safety system|moderat|sensitive content|"
    r"prohibited content|nsfw|flagged as",
    re.I,
)
"""How servers say that they do not take an input."""


@dataclass(frozen=True)
class Answer:
    """What came: ``headers`` by lower-case name."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    provider: str = ""

    @property
    def content_type(self) -> str:
        """The media type without its parameters, lower-case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def json(self) -> Any:
        """The body as JSON; raises ``UnavailableError`` where it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise UnavailableError(
                f"{self.provider!r} answered with something that is no JSON: {said(self.body)!r}. Check that the "
                "address is that of the right server, or try again later.",
                provider=self.provider,
                status=self.status,
            ) from error


def failure(answer: Answer, who: str, key_env: str | None, refused: str) -> BackboneError:
    """The error of an answer with a status from 300 on."""
    status, text = answer.status, said(answer.body)
    where: dict[str, Any] = {"provider": answer.provider, "status": status}
    head = f"{who} answered HTTP {status}: {text}."
    if status in (400, 403, 409, 422, 451) and (REFUSAL.search(text) or _kind(answer.body) == "refused"):
        return RefusedError(
            f"{who} refused this request: {text}. Change what it shows or says.", refused=refused, **where
        )
    if status == 429:
        after = retry_after(answer.headers.get("retry-after"))
        return RateLimitedError(
            f"{head} It takes no more requests now. Wait, or set at_once lower.", retry_after=after, **where
        )
    if status in (408, 504):
        return TimedOutError(f"{head} Try again later.", **where)
    if ran_out_of_memory(RuntimeError(text)):
        return OutOfMemoryError(f"{head} Ask for a smaller picture or a shorter clip, or give it more memory.", **where)
    if status >= 500:
        after = retry_after(answer.headers.get("retry-after"))
        return UnavailableError(f"{head} Try again later.", retry_after=after, **where)
    return BackboneError(f"{head} {_advice(status, key_env)}", **where)


def _advice(status: int, key_env: str | None) -> str:
    variable = f"the variable {key_env!r}" if key_env else "key_env, which is not set,"
    advice = {
        401: f"Check the key in {variable}.",
        402: "Top up the account, or choose another provider.",
        403: f"Check the key in {variable} and what it may do.",
        404: "Check the model's name and the server's address.",
        405: "Check the server's address: it has no such service.",
        413: "Use a smaller picture or sound.",
    }
    if status < 400:
        return "It sends the request elsewhere, which is not followed. Give the address that answers."
    return advice.get(status, "Check the model's settings in the profile.")


def retry_after(value: str | None) -> float | None:
    """Seconds of a Retry-After header (RFC 9110 10.2.3), None where there is none that can be read."""
    if value is None:
        return None
    try:
        return max(float(value), 0.0)
    except ValueError:
        pass
    try:
        return max(email.utils.parsedate_to_datetime(value).timestamp() - time.time(), 0.0)
    except (TypeError, ValueError):
        return None


def said(body: bytes, most: int = 300) -> str:
    """A server's text on one line, without keys and control characters; its own message where the body is JSON with
    one."""
    text = body[:READ].decode("utf-8", "replace")
    with contextlib.suppress(ValueError, RecursionError):
        text = _message(json.loads(text)) or text
    plain = clean_text(of_a_server(text[: 4 * most])).rstrip(". ")
    return plain if len(plain) <= most else f"{plain[:most]} ..."


def _kind(body: bytes) -> object:
    """What our own workers say an error is (docs/workers.md)."""
    with contextlib.suppress(ValueError, RecursionError, AttributeError, KeyError, TypeError):
        return json.loads(body[:READ])["error"].get("kind")
    return None


def _message(data: Any) -> str:
    if isinstance(data, dict) and isinstance(data.get("loc"), list) and isinstance(data.get("msg"), str):
        return f"{data['msg']} ({'.'.join(map(str, data['loc']))})"  # FastAPI names the field beside its words
    for name in ("error", "message", "detail", "msg", "errors"):
        part = data.get(name) if isinstance(data, dict) else None
        if isinstance(part, str) and part:
            return part
        if part:
            return _message(part) or json.dumps(part)
    return _message(data[0]) if isinstance(data, list) and data else ""
