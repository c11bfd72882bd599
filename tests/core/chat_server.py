"""A local HTTP server in place of a provider: answers in turn, keeps what it was sent; and the answers of two wires."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from pydantic import BaseModel

from personavlog.backbones.reviews import RUBRIC, Change, CriterionScore, Review
from personavlog.backbones.tasks import StoryTask
from personavlog.script import Beat, Character, Story, StoryDraft

SECRET = "sk-verysecretvalue1234567890"
STORY = StoryTask(theme="a beach day", style="anime", shots=3, length=18)


@dataclass(frozen=True)
class Sent:
    """One request: its path, its headers in lower case, its JSON."""

    path: str
    headers: dict[str, str]
    body: Any


class Server:
    """Gives ``replies`` (status and JSON) in order; one request more than that is answered with 500 and "no reply"."""

    def __init__(self) -> None:
        self.replies: list[tuple[int, dict[str, Any]]] = []
        self.sent: list[Sent] = []
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.address = f"http://127.0.0.1:{self.http.server_port}"

    def _handler(outer) -> type[BaseHTTPRequestHandler]:  # noqa: N805  # "self" is the handler's
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                outer.sent.append(Sent(self.path, {key.lower(): value for key, value in self.headers.items()}, body))
                status, reply = outer.replies.pop(0) if outer.replies else (500, {"error": {"message": "no reply"}})
                data = json.dumps(reply).encode()
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *said: object) -> None:
                pass

        return Handler


@contextmanager
def serving() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.http.shutdown()
        thread.join()
        server.http.server_close()


def openai_answer(answer: BaseModel) -> tuple[int, dict[str, Any]]:
    """A call of the output tool as /v1/chat/completions answers it."""
    function = {"name": "final_result", "arguments": answer.model_dump_json()}
    message = {
        "role": "assistant",
        "content": None,
        "tool_calls": [{"id": "1", "type": "function", "function": function}],
    }
    choice = {"index": 0, "message": message, "finish_reason": "tool_calls"}
    usage = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}
    whole = {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], "usage": usage}
    return 200, whole


def gemini_answer(answer: BaseModel) -> tuple[int, dict[str, Any]]:
    """A call of the output tool as generateContent answers it."""
    call = {"functionCall": {"name": "final_result", "args": answer.model_dump(mode="json")}}
    candidate = {"content": {"role": "model", "parts": [call]}, "finishReason": "STOP", "index": 0}
    usage = {"promptTokenCount": 10, "candidatesTokenCount": 5, "totalTokenCount": 15}
    return 200, {"candidates": [candidate], "usageMetadata": usage, "modelVersion": "m", "responseId": "1"}


def story_draft(title: str = "Salt") -> StoryDraft:
    beats = tuple(
        Beat(role="turn", event=event) for event in ("She arrives.", "The kite tears off.", "A dog brings it back.")
    )
    return StoryDraft(
        character=Character(appearance="a yellow coat", personality="curious"),
        story=Story(title=title, logline="A windy day.", beats=beats),
    )


def review(pair: str, approved: bool = True) -> Review:
    changes = () if approved else (Change(target="beat 2", problem="dull", wanted="wind"),)
    scores = tuple(CriterionScore(criterion=name, value=4) for name in RUBRIC[pair])  # type: ignore[index]
    return Review(approved=approved, scores=scores, changes=changes)
