"""What a chat server did wrong, as one of our errors: with the server's name, the status, and who must act."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from pydantic_ai.exceptions import (
    AgentRunError,
    ModelAPIError,
    ModelAuthenticationError,
    ModelConnectionError,
    ModelContextWindowExceededError,
    ModelHTTPError,
    ModelNotFoundError,
    ModelQuotaExceededError,
    ModelRateLimitError,
    ModelRequestTimeout,
    ModelServerError,
    ModelTimeoutError,
    ModelUnavailableError,
)
from pydantic_ai.models import Model

from personavlog.backbones.http import TooLargeError
from personavlog.backbones.remote_answers import REFUSAL
from personavlog.brief import clean_text
from personavlog.errors import BackboneError, RateLimitedError, RefusedError, TimedOutError, UnavailableError
from personavlog.redaction import of_a_server

PICTURE, TOOL_CHOICE, SCHEMA, TOOLS = "picture", "tool choice", "schema", "tools"
"""What ``BackboneError.refused`` says where a server does not take these at all."""

_NO_PICTURES = re.compile(r"image|vision|multi-?modal|mmproj", re.I)
_TOO_BIG = re.compile(r"too large|too big|exceeds|maximum|larger than", re.I)
_TOOL_CHOICE = re.compile(r"tool[_ ]choice", re.I)
_SCHEMA = re.compile(r"response[_ ]format|json[_ ]schema|guided|grammar|structured[_ ]outputs?", re.I)
_TOOLS = re.compile(
    r"(support|enable|recogni[sz]e|accept|permit|allow)\w*\W+(?:\w+\W+){0,4}(tools?|functions?)\b|\btools?\W+(?:\w+\W+){0,4}not",
    re.I,
)
_LENGTH = 300


def as_ours(error: AgentRunError, model: Model, limit: float) -> BackboneError:
    """The error of one request to ``model``, which may take ``limit`` seconds."""
    who = f"The chat model {model.model_name!r} at {_place(model)}"
    said, status = _said(error), getattr(error, "status_code", None)
    where: dict[str, Any] = {"provider": model.system, "status": status}
    after = getattr(error, "retry_after", None)
    http = f" (HTTP {status})" if status else ""
    if isinstance(error, ModelRateLimitError):
        return RateLimitedError(
            f"{who} takes no more requests now{http}: {said}. Wait, or set at_once lower in the profile's [chat].",
            retry_after=after,
            **where,
        )
    if isinstance(error, ModelTimeoutError | ModelRequestTimeout) or status == 408:
        return TimedOutError(
            f"{who} gave no whole answer within {limit:g} s. Raise timeout in the profile's [chat], or choose a faster "
            "model.",
            **where,
        )
    if isinstance(error, ModelUnavailableError | ModelServerError) and _not_taken(said) is None:
        return UnavailableError(f"{who} is not available{http}: {said}. Try again later.", retry_after=after, **where)
    if isinstance(error, ModelConnectionError):
        return _unreached(error, who, said, model.system)
    if isinstance(error, ModelHTTPError):
        return _rejected(error, who, said, model.system)
    if code := _redirect(error):
        return BackboneError(
            f"{who} sent the request elsewhere (HTTP {code}), which is not followed. Set base_url to the address "
            "that answers.",
            provider=model.system,
            status=code,
        )
    return UnavailableError(
        f"{who} answered with something that is no answer: {said}. Check that base_url is the address of an "
        "OpenAI-compatible server, or try again later.",
        **where,
    )


def _rejected(error: ModelHTTPError, who: str, said: str, provider: str) -> BackboneError:
    status = error.status_code
    code = f"{error.provider_error_code or ''} {error.provider_error_type or ''} {said}"
    head = f"{who} answered HTTP {status}: {said}."
    if status in (400, 403, 422, 451) and REFUSAL.search(code):
        return RefusedError(f"{who} refused this request (HTTP {status}): {said}.", provider=provider, status=status)
    lacks = _not_taken(said)
    advice = {
        PICTURE: "Choose a model that sees pictures for this agent.",
        TOOL_CHOICE: _OTHERWISE,
        TOOLS: _OTHERWISE,
        SCHEMA: _OTHERWISE,
        None: _ADVICE.get(next((kind for kind in _ADVICE if isinstance(error, kind)), ModelHTTPError)),
    }[lacks]
    return BackboneError(f"{head} {advice}", provider=provider, status=status, refused=lacks or "")


_OTHERWISE = 'Set output = "auto", or another than now, for it in the profile\'s [chat].'
_ADVICE: dict[type[ModelAPIError], str] = {
    ModelAuthenticationError: "Check the key in the environment variable that api_key_env names.",
    ModelQuotaExceededError: "Top up the account, or choose another provider.",
    ModelContextWindowExceededError: "Ask for fewer shots, or choose a model that reads more.",
    ModelNotFoundError: "Check the model's name and base_url in the profile's [chat].",
    ModelHTTPError: "Check the model's name and settings in the profile's [chat].",
}


def _not_taken(said: str) -> str | None:
    if _TOOL_CHOICE.search(said):
        return TOOL_CHOICE
    if _NO_PICTURES.search(said) and not _TOO_BIG.search(said):
        return PICTURE
    return SCHEMA if _SCHEMA.search(said) else TOOLS if _TOOLS.search(said) else None


def _unreached(error: ModelConnectionError, who: str, said: str, provider: str) -> BackboneError:
    if any(isinstance(cause, TooLargeError) for cause in _causes(error)):
        return BackboneError(
            f"{who} sends an answer without end; the rest was not read. Check base_url, and the server.",
            provider=provider,
        )
    return UnavailableError(
        f"{who} could not be reached: {said}. Check base_url and the network, and that the server runs.",
        provider=provider,
    )


def _redirect(error: AgentRunError) -> int | None:
    codes = (getattr(cause, "status_code", getattr(cause, "code", None)) for cause in _causes(error))
    return next((code for code in codes if isinstance(code, int) and 300 <= code < 400), None)


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in found:
        found.append(cause)
        cause = cause.__cause__
    return found


def _said(error: AgentRunError) -> str:
    """The server's own words, short; the library's where it has none."""
    body = getattr(error, "body", None)
    words = body.get("message") or body.get("error") or body.get("detail") if isinstance(body, dict) else body
    if isinstance(words, dict):
        words = words.get("message")
    deepest = str(_causes(error)[-1]) if isinstance(error, ModelConnectionError) else ""
    return short(str(words or deepest or error))


def short(text: str) -> str:
    """A server's text on one line, without keys and control characters."""
    plain = clean_text(of_a_server(text[: 4 * _LENGTH])).rstrip(". ")
    return plain if len(plain) <= _LENGTH else f"{plain[:_LENGTH]} ..."


def _place(model: Model) -> str:
    return urlsplit(model.base_url or "").netloc or model.system
