"""One HTTP client for servers that nobody vouches for: a deadline over the whole answer, a cap on its decoded size, no
redirects."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import anyio
import httpx2

MOST_BYTES = 32 * 2**20
"""Of a decoded answer; the longest script is under 1 MiB."""


class TooLargeError(httpx2.TransportError):
    """The server's answer is longer than the cap."""


def bounded_client(address: str, seconds: float, most: int = MOST_BYTES) -> httpx2.AsyncClient:
    """A client for the server at ``address``. An answer that is not there in full after ``seconds`` raises
    ``httpx2.ReadTimeout``, one of more than ``most`` decoded bytes ``TooLargeError``.

    No connection is kept, so there is nothing to close and the client may outlive an event loop.
    """
    inner = httpx2.AsyncHTTPTransport(proxy=_proxy(address), limits=httpx2.Limits(max_keepalive_connections=0))
    return httpx2.AsyncClient(
        transport=BoundedTransport(inner, seconds, most),
        follow_redirects=False,
        timeout=seconds,
        headers={"accept-encoding": "gzip"},
    )


class BoundedTransport(httpx2.AsyncBaseTransport):
    """Sends requests through ``inner`` and holds their answers within ``seconds`` and ``most`` bytes."""

    def __init__(self, inner: httpx2.AsyncBaseTransport, seconds: float, most: int) -> None:
        self._inner, self._seconds, self._most = inner, seconds, most

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer; its body is bounded while it is read."""
        until = anyio.current_time() + self._seconds
        try:
            with anyio.fail_after(self._seconds):
                answer = await self._inner.handle_async_request(request)
        except TimeoutError as error:
            raise httpx2.ReadTimeout("no answer within the limit", request=request) from error
        encoding = answer.headers.get("content-encoding", "identity").strip().lower()
        body = _Body(answer.stream, until, self._most, encoding)  # type: ignore[arg-type]
        kept = [(name, value) for name, value in answer.headers.raw if name.lower() not in _OF_THE_CODING]
        return httpx2.Response(answer.status_code, headers=kept, stream=body, extensions=answer.extensions)

    async def aclose(self) -> None:
        """Close the inner transport."""
        await self._inner.aclose()


_OF_THE_CODING = (b"content-encoding", b"content-length")


class _Body(httpx2.AsyncByteStream):
    """The decoded bytes; httpx's own decoder would unpack a whole chunk of a bomb at once."""

    def __init__(self, inner: httpx2.AsyncByteStream, until: float, most: int, encoding: str) -> None:
        self._inner, self._until, self._left = inner, until, most
        self._encoding = encoding
        self._unpack = zlib.decompressobj(47) if encoding in ("gzip", "x-gzip", "deflate") else None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        if self._unpack is None and self._encoding not in ("identity", ""):
            raise httpx2.DecodingError(f"the answer is packed with {self._encoding!r}, which was not asked for")
        chunks = aiter(self._inner)
        while (chunk := await self._next(chunks)) is not None:
            plain = self._plain(chunk)
            self._left -= len(plain)
            if self._left < 0:
                raise TooLargeError("the answer is longer than any answer should be")
            yield plain
        if self._unpack is not None and not self._unpack.eof:
            raise httpx2.DecodingError("the answer cannot be unpacked (it breaks off)")

    async def _next(self, chunks: AsyncIterator[bytes]) -> bytes | None:
        try:
            with anyio.fail_after(max(self._until - anyio.current_time(), 0)):
                return await anext(chunks, None)
        except TimeoutError as error:
            raise httpx2.ReadTimeout("the answer was not there in full within the limit") from error

    def _plain(self, chunk: bytes) -> bytes:
        if self._unpack is None:
            return chunk
        try:
            return self._unpack.decompress(chunk, self._left + 1)
        except zlib.error as error:
            raise httpx2.DecodingError(f"the answer cannot be unpacked ({error})") from error

    async def aclose(self) -> None:
        await self._inner.aclose()


def _proxy(address: str) -> str | None:
    """The proxy that the environment names for this server; httpx asks it only where it builds the transport."""
    parts = urlsplit(address)
    return None if proxy_bypass(parts.hostname or "") else getproxies().get(parts.scheme)
