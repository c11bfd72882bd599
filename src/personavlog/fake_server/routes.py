"""Routes: what a path is answered with, and all that an answer may use."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from personavlog.fake_server.jobs import Jobs
from personavlog.fake_server.wire import BadRequestError, Reply, Request

Method = Literal["GET", "POST", "PUT", "DELETE"]


@dataclass(frozen=True)
class Call:
    """One call of a route. ``places`` are the parts of the path that its pattern names, ``fault`` what shall go wrong
    ("" nothing), ``seconds`` how long making one thing takes, ``address`` the server's own ("http://host:port"),
    ``models`` what it serves (none: every name), ``jobs`` its jobs and ``kept`` what else it remembers, by a name of
    the route's."""

    request: Request
    places: dict[str, str]
    fault: str
    seconds: float
    address: str
    models: tuple[str, ...]
    jobs: Jobs
    kept: dict[str, bytes]

    def take_time(self) -> None:
        """Be as long about it as the server shall be; a job takes its time by itself."""
        time.sleep(self.seconds)

    def check_model(self, name: str) -> None:
        """Raises ``BadRequestError`` for a model that is not served, as vLLM says it."""
        if self.models and name and name not in self.models:
            raise BadRequestError(f"The model `{name}` does not exist.", 404)

    def check_pipeline(self, name: str) -> None:
        """The same, as vLLM-Omni says it of pictures and clips."""
        if self.models and name and name not in self.models:
            served = self.models[0]
            raise BadRequestError(f"Model mismatch: request specifies '{name}' but server is running '{served}'.")


Handler = Callable[[Call], Reply]
"""Answers a call; raises ``BadRequestError``. Runs in a thread of its own."""


@dataclass(frozen=True)
class Route:
    """``name`` is unique ("videos.submit"); ``pattern`` a path with parts in braces ("/v1/videos/{id}"; {rest*} holds
    slashes, or nothing); ``makes``: a call makes something and is paid; ``public``: answers without a key, as addresses
    of results do; ``faults`` are those that ``answer`` plays."""

    name: str
    method: Method
    pattern: str
    answer: Handler
    makes: bool = False
    public: bool = False
    faults: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        parts = re.split(r"\{(\w+\*?)\}", self.pattern)
        named = (_named(part) if index % 2 else re.escape(part) for index, part in enumerate(parts))
        return re.compile("".join(named))

    def places(self, method: str, path: str) -> dict[str, str] | None:
        """The named parts of a path that this route answers, None for other paths."""
        found = self._expression.fullmatch(path) if method == self.method else None
        return None if found is None else found.groupdict()


def _named(part: str) -> str:
    return f"(?P<{part[:-1]}>.*)" if part.endswith("*") else f"(?P<{part}>[^/]+)"
