"""What a service says that went wrong, as one of our errors."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from personavlog.backbones.jobs.key_paths import first_text, found
from personavlog.backbones.jobs.provider import Codes
from personavlog.backbones.remote_answers import REFUSAL, Answer, retry_after, said
from personavlog.errors import (
    BackboneError,
    OutOfMemoryError,
    RateLimitedError,
    RefusedError,
    UnavailableError,
    ran_out_of_memory,
)

IN_PICTURES = ("image", "picture", "frame", "media", "audio", "file")
"""Parts of the names of fields that hold a picture or a sound, not words."""


@dataclass(frozen=True)
class Asked:
    """What of ours a call's words and its picture (or sound) are: "board", "photo"."""

    words: str
    picture: str = ""


@dataclass(frozen=True)
class Failures:
    """Reads the failures of one service, for one call."""

    provider: str
    codes: Codes
    asked: Asked

    def of_answer(self, answer: Answer) -> BackboneError | None:
        """Of an answer with a status from 300 on, by the service's own codes; None where there is none of them."""
        data = _json(answer.body)
        found_error = self._by_code(data, said(answer.body), answer.status)
        if isinstance(found_error, RateLimitedError):
            found_error.retry_after = retry_after(answer.headers.get("retry-after"))
        return found_error

    def of_job(self, data: Any, reason: str, *, refused: bool = False) -> BackboneError:
        """Of a job that ended without a result; ``refused``: its state says that it was moderated."""
        text = said(reason.encode()) or "no reason was given"
        by_code = self._by_code(data, text, None)
        if by_code is not None:
            return by_code
        if refused or REFUSAL.search(text) or any(word in text.lower() for word in self.codes.refused):
            return self._refused(data, text)
        if ran_out_of_memory(RuntimeError(text)):
            return OutOfMemoryError(
                f"The job of {self.provider!r} ran out of memory: {text}. Ask for a smaller picture or a shorter clip.",
                provider=self.provider,
            )
        return UnavailableError(
            f"The job of {self.provider!r} failed there: {text}. It is sent again; if it goes on, check the model's "
            "settings in the profile.",
            provider=self.provider,
        )

    def _by_code(self, data: Any, text: str, status: int | None) -> BackboneError | None:
        words = [first_text(data, [path]).lower() for path in self.codes.at]
        if _any(self.codes.refused, words):
            return self._refused(data, text, status)
        if _any(self.codes.credit, words):
            return BackboneError(
                f"The account at {self.provider!r} has no credit left: {text}. Top it up there, or choose another "
                "backbone in the profile; what is finished is kept.",
                provider=self.provider,
                status=402,
            )
        if _any(self.codes.busy, words):
            return RateLimitedError(
                f"{self.provider!r} takes no more requests now: {text}. Wait, or set at_once lower.",
                provider=self.provider,
                status=status or 429,
            )
        return None

    def _refused(self, data: Any, text: str, status: int | None = None) -> RefusedError:
        field = first_text(data, [self.codes.inputs]) if self.codes.inputs else ""
        shown = bool(self.asked.picture) and any(part in field.lower() for part in IN_PICTURES)
        refused = self.asked.picture if shown else self.asked.words
        return RefusedError(
            f"{self.provider!r} refused the {refused}: {text}. Change what it shows or says.",
            provider=self.provider,
            status=status,
            refused=refused,
        )


def flagged(data: Any, flags: tuple[str, ...]) -> bool:
    """Whether a result says of itself that it was blacked out."""
    return any(found(data, path) is True for path in flags)


def _any(known: tuple[str, ...], words: list[str]) -> bool:
    return any(code in word for code in known for word in words if word)


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
