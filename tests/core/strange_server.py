"""A local server that speaks OpenAI's /v1/chat/completions, and misbehaves as it is told."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from pydantic import BaseModel

Reply = Callable[[BaseHTTPRequestHandler], None]
USAGE = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}


class ChatServer:
    """Answers in turn, the last reply again and again; ``sent`` is what it was asked. ``listing`` is its answer to GET,
    ``looked`` are the paths and keys of those."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []
        self.sent: list[dict[str, Any]] = []
        self.listing: Reply = plain(b"{}", status=404)
        self.looked: list[tuple[str, str | None]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.looked.append((self.path, self.headers.get("authorization")))
                outer.listing(self)

            def do_POST(self) -> None:
                outer.sent.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
                reply = outer.replies.pop(0) if len(outer.replies) > 1 else outer.replies[0]
                try:
                    reply(self)
                except OSError:
                    self.close_connection = True

            def log_message(self, *said: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.http.server_port}/v1"


@contextmanager
def serving() -> Iterator[ChatServer]:
    """A server for as long as the block lasts."""
    made = ChatServer()
    thread = threading.Thread(target=made.http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield made
    finally:
        made.http.shutdown()
        thread.join()
        made.http.server_close()


def plain(
    body: bytes, *, status: int = 200, kind: str = "application/json", headers: Mapping[str, str] | None = None
) -> Reply:
    """These bytes."""

    def reply(to: BaseHTTPRequestHandler) -> None:
        to.send_response(status)
        for name, value in {"content-type": kind, "content-length": str(len(body)), **(headers or {})}.items():
            to.send_header(name, value)
        to.end_headers()
        to.wfile.write(body)

    return reply


def error(status: int, message: str, headers: Mapping[str, str] | None = None, **fields: Any) -> Reply:
    """An error as OpenAI words it."""
    body = {"error": {"message": message, "type": "x", "code": "y", **fields}}
    return plain(json.dumps(body).encode(), status=status, headers=headers)


def arguments(text: str) -> Reply:
    """The output tool called with this text."""
    call = {"id": "1", "type": "function", "function": {"name": "final_result", "arguments": text}}
    return message({"role": "assistant", "content": None, "tool_calls": [call]}, "tool_calls")


def words(text: str) -> Reply:
    """An answer in words."""
    return message({"role": "assistant", "content": text}, "stop")


def answer(value: BaseModel) -> Reply:
    """The answer as it should come."""
    return arguments(value.model_dump_json())


def message(said: dict[str, Any], finish: str, **changes: Any) -> Reply:
    """A whole completion around one message."""
    choice = {"index": 0, "message": said, "finish_reason": finish}
    whole = {
        "id": "req-1",
        "object": "chat.completion",
        "created": 1,
        "model": "m",
        "choices": [choice],
        "usage": USAGE,
    }
    return plain(json.dumps({**whole, **changes}).encode())


def drip(to: BaseHTTPRequestHandler) -> None:
    """One byte every twentieth of a second, for long."""
    to.send_response(200)
    to.send_header("content-type", "application/json")
    to.send_header("content-length", "100000")
    to.end_headers()
    for _ in range(600):
        to.wfile.write(b" ")
        to.wfile.flush()
        time.sleep(0.05)


def silence(to: BaseHTTPRequestHandler) -> None:
    """Nothing for long."""
    time.sleep(5)


def endless(to: BaseHTTPRequestHandler) -> None:
    """A body that does not end."""
    to.send_response(200)
    to.send_header("content-type", "application/json")
    to.end_headers()
    while True:
        to.wfile.write(b" " * 65536)


BOMB = plain(gzip.compress(b" " * (256 << 20), 9), headers={"content-encoding": "gzip"})
"""256 MiB of blanks in 250 kB."""
