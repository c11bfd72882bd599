"""What Google's models share: how they are reached, and what their failures mean.

Plain HTTP as the Gemini API documents it (ai.google.dev/gemini-api/docs, api reference), so that a server of one's own
can stand in; field names as in google-genai 2.34.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import anyio.to_thread
from pydantic import Field

from personavlog.backbones import records
from personavlog.backbones.chat_settings import Address, Seconds, Variable
from personavlog.backbones.records import ModelRecord
from personavlog.backbones.remote import Endpoint, Server
from personavlog.backbones.remote_answers import Answer, said
from personavlog.backbones.roles import Estimate
from personavlog.errors import BackboneError, ConfigurationError, RateLimitedError, RefusedError
from personavlog.frozen import Frozen
from personavlog.media import Image
from personavlog.runs.blobs import Blobs

VERSION = "/v1beta"
REFUSALS = (
    *("SAFETY", "PROHIBITED_CONTENT", "BLOCKLIST", "SPII", "RECITATION", "JAILBREAK", "MODEL_ARMOR"),
    *("IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION"),
)
"""finishReason of a candidate that the model does not want to make."""
_DELAY = re.compile(r"^(\d+(?:\.\d+)?)s$")


class GoogleSettings(Frozen):
    """``model`` as Google names it. ``record`` describes one that is not in the table; ``base_url`` in place of
    Google's; ``at_most`` of a whole job and ``every`` between two looks, in seconds."""

    model: str = Field(max_length=100, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    base_url: Address = "https://generativelanguage.googleapis.com"
    key_env: Variable = "GOOGLE_API_KEY"
    timeout: Seconds = 300.0
    at_most: float = Field(default=3600.0, gt=0, le=86400)
    every: float = Field(default=5.0, gt=0, le=600)
    record: ModelRecord | None = None

    def known(self) -> ModelRecord:
        """What is known of the model; raises ``ConfigurationError`` where nothing is."""
        found = self.record or records.table("google").get(self.model)
        if found is None:
            raise ConfigurationError(
                f"Nothing is known of Google's model {self.model!r}. Known: "
                f"{', '.join(sorted(records.table('google')))}. Describe another one with settings.record "
                "(docs/services.md)."
            )
        return found

    def server(self) -> Server:
        """Where it is asked; the key travels in a header, never in an address."""
        endpoint = Endpoint(
            url=self.base_url, key_env=self.key_env, header="x-goog-api-key", scheme="", timeout=self.timeout
        )
        return Server(endpoint, "google", explained)


def explained(answer: Answer) -> BackboneError | None:
    """A wrong key, which Google answers with 400, and how long to wait, which it says in the body."""
    text = said(answer.body)
    if answer.status == 400 and "API key not valid" in text:
        return BackboneError(
            f"Google does not take the key: {text}. Check the variable that key_env names.",
            provider="google",
            status=400,
        )
    if answer.status == 429:
        return RateLimitedError(
            f"Google answered HTTP 429: {text}. It takes no more requests now. Wait, set at_once lower, or raise the "
            "quota of the project.",
            provider="google",
            status=429,
            retry_after=_retry_delay(answer.body),
        )
    return None


def _retry_delay(body: bytes) -> float | None:
    try:
        details = json.loads(body)["error"]["details"]
        found = [_DELAY.match(one["retryDelay"]) for one in details if "retryDelay" in one]
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    return next((float(delay[1]) for delay in found if delay), None)


def refused(what: str, reason: str) -> RefusedError:
    """The error of an input that Google did not take."""
    return RefusedError(
        f"Google refused the {what}: {said(reason.encode()) or 'no reason was given'}. Change what it shows or says.",
        provider="google",
        refused=what,
    )


def estimated(record: ModelRecord, amounts: Mapping[records.Unit, float]) -> Estimate:
    """Time and money of one call by the table; money unknown where there is no price."""
    low, high = records.cost(record.prices, amounts) or (None, None)
    return Estimate(seconds=(record.seconds or (0.0, 120.0))[1], low=low, high=high)


async def inline(pictures: Sequence[Image], blobs: Blobs) -> list[tuple[str, str]]:
    """Base64 and media type of each picture."""

    def read() -> list[tuple[str, str]]:
        return [(base64.b64encode(blobs.get(one)).decode(), one.media_type) for one in pictures]

    return await anyio.to_thread.run_sync(read)


def part(data: Any, *names: str | int) -> Any:
    """What lies at these names and numbers of JSON that nobody vouches for, None where there is nothing."""
    for name in names:
        if isinstance(data, dict) and isinstance(name, str):
            data = data.get(name)
        elif isinstance(data, list) and isinstance(name, int) and name < len(data):
            data = data[name]
        else:
            return None
    return data


def rows(data: Any) -> list[Any]:
    """A list, empty for anything else."""
    return data if isinstance(data, list) else []
