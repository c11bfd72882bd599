"""One way to ask a server for pictures, clips and sound: bounded, without redirects, with typed errors."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

import anyio.to_thread
import httpx2
from pydantic import Field

from personavlog.backbones.chat_settings import Address, Variable
from personavlog.backbones.http import TooLargeError, bounded_client
from personavlog.backbones.remote_answers import Answer, failure, said
from personavlog.errors import BackboneError, BadMediaError, ConfigurationError, TimedOutError, UnavailableError
from personavlog.frozen import Frozen
from personavlog.redaction import read_key

MOST_BYTES = 512 * 2**20
"""Of one answer; a minute of 1080p is under 200 MiB."""
MOST_HOPS = 3


class Endpoint(Frozen):
    """A server. ``key_env`` is the variable that holds its key, sent as ``header`` with ``scheme`` before it;
    ``at_once`` is how many requests it takes at a time, ``timeout`` the limit of one answer in seconds."""

    url: Address
    key_env: Variable | None = None
    header: str = Field(default="Authorization", pattern=r"^[A-Za-z][A-Za-z0-9-]{1,60}$")
    scheme: str = Field(default="Bearer", pattern=r"^[A-Za-z]{0,20}$")
    at_once: int = Field(default=4, ge=1, le=1024)
    timeout: float = Field(default=120.0, gt=0, le=7200)

    def credentials(self) -> dict[str, str]:
        """The header with the key; empty where the endpoint has none. Raises ``ConfigurationError`` for a variable that
        is not set."""
        if self.key_env is None:
            return {}
        key = read_key(self.key_env)
        if not key:
            raise ConfigurationError(f"The environment variable {self.key_env!r} is not set. Put the key there.")
        return {self.header: f"{self.scheme} {key}".strip()}


Explain = Callable[[Answer], BackboneError | None]
"""Reads an answer with a status from 300 on as the service means it; None where the status says enough."""


class Server:
    """One server that is asked; holds nothing open. ``explain`` knows the service's own codes."""

    def __init__(self, endpoint: Endpoint, provider: str, explain: Explain = lambda answer: None) -> None:
        self.endpoint, self.provider, self._explain = endpoint, provider, explain

    async def ask(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        most: int = MOST_BYTES,
        refused: str = "",
        **content: Any,
    ) -> Answer:
        """The answer to one request; ``content`` is httpx's ``json``, ``data``, ``files``, ``params``, ``refused`` what
        is refused where the server refuses ("board", "photo", "line").

        Raises ``RateLimitedError``, ``UnavailableError``, ``TimedOutError``, ``RefusedError``, ``OutOfMemoryError``, or
        ``BackboneError`` with the status for what is wrong with the request itself.
        """
        url = self.endpoint.url.rstrip("/") + path
        asked = {**self.endpoint.credentials(), **(headers or {})}
        answer = await self._sent(method, url, asked, most, content)
        if answer.status >= 300:
            raise self._explain(answer) or failure(answer, self._who, self.endpoint.key_env, refused)
        return answer

    async def fetch(self, url: str, *, most: int = MOST_BYTES) -> bytes:
        """What lies at ``url``, an address that the server gave for a result.

        The key goes only to the endpoint's own host; addresses inside a private network are asked only there too.
        Raises ``BadMediaError`` for an address that is not taken or has expired, else as ``ask`` does.
        """
        for _ in range(MOST_HOPS + 1):
            await self._check_address(url)
            answer = await self._sent("GET", url, self.endpoint.credentials() if self._own(url) else {}, most, {})
            if answer.status in (301, 302, 303, 307, 308) and "location" in answer.headers:
                url = urljoin(url, answer.headers["location"])
                continue
            if answer.status >= 400 and answer.status not in (408, 429) and answer.status < 500:
                raise BadMediaError(
                    f"{self._who} gave an address for its result that answers HTTP {answer.status}; it may have "
                    "expired. It is asked again.",
                    provider=self.provider,
                    status=answer.status,
                )
            if answer.status >= 300:
                raise failure(answer, self._who, self.endpoint.key_env, "")
            return answer.body
        raise BadMediaError(f"{self._who} sends from one address to the next. Report it there.", provider=self.provider)

    @property
    def _who(self) -> str:
        return f"{self.provider!r} at {urlsplit(self.endpoint.url).netloc}"

    def _own(self, url: str) -> bool:
        one, other = urlsplit(url), urlsplit(self.endpoint.url)
        return (one.scheme, one.netloc) == (other.scheme, other.netloc)

    async def _check_address(self, url: str) -> None:
        parts = urlsplit(url)
        own = urlsplit(self.endpoint.url)
        if parts.scheme in ("http", "https") and parts.hostname and parts.hostname == own.hostname:
            return
        if parts.scheme == "https" and parts.hostname and await anyio.to_thread.run_sync(_is_public, parts.hostname):
            return
        raise BadMediaError(
            f"{self._who} gave an address for its result that is not taken: {said(url.encode())!r}. Only https "
            "addresses in the public network are, and those of the server itself.",
            provider=self.provider,
        )

    async def _sent(
        self, method: str, url: str, headers: Mapping[str, str], most: int, content: Mapping[str, Any]
    ) -> Answer:
        limit = self.endpoint.timeout
        try:
            async with bounded_client(url, limit, most) as client:
                reply = await client.request(method, url, headers=dict(headers), **content)
        except httpx2.TimeoutException as error:
            raise TimedOutError(
                f"{self._who} gave no whole answer within {limit:g} s. Raise its timeout, or try again later.",
                provider=self.provider,
            ) from error
        except TooLargeError as error:
            raise BackboneError(
                f"{self._who} sends an answer without end; the rest was not read.", provider=self.provider
            ) from error
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise UnavailableError(
                f"{self._who} could not be reached: {said(str(error).encode())}. Check its address and the network, "
                "and that the server runs.",
                provider=self.provider,
            ) from error
        heads = {name.lower(): value for name, value in reply.headers.items()}
        return Answer(reply.status_code, reply.content, heads, self.provider)


def _is_public(host: str) -> bool:
    """Whether every address of a host lies in the public network."""
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)}
    except OSError:
        return False
    return bool(found) and all(ipaddress.ip_address(str(one).partition("%")[0]).is_global for one in found)
