"""``/v1/chat/completions``: answers our own agents' tasks as the simulated chat model does, and everybody else with the
plainest value that fits the schema that was asked for."""

from __future__ import annotations

import json
import time
from itertools import count
from typing import Any

from pydantic_ai.messages import ModelMessage, ModelRequest, UserPromptPart

from personavlog.backbones.fake_chat import answer
from personavlog.backbones.tasks import task_of
from personavlog.errors import BackboneError
from personavlog.fake_server.plain_value import plain_value
from personavlog.fake_server.routes import Call, Route
from personavlog.fake_server.wire import BadRequestError, Reply, json_reply

WORDS = "I am a fake."
_numbers = count(1)


def _complete(call: Call) -> Reply:
    data = call.request.data
    call.check_model(str(data.get("model", "")))
    messages = data.get("messages")
    if not isinstance(messages, list) or not messages:
        raise BadRequestError("Field required: messages", 422)
    if data.get("stream"):
        raise BadRequestError("This server does not stream.", 400)
    if call.fault == "no pictures" and "image_url" in json.dumps(messages):
        raise BadRequestError("This model does not support image input.", 400)
    call.take_time()
    said, finish = _said(data, messages, call.fault)
    usage = {"prompt_tokens": len(json.dumps(messages)) // 4, "completion_tokens": len(json.dumps(said)) // 4}
    whole = {
        "id": f"chatcmpl-{next(_numbers)}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": str(data.get("model") or "fake"),
        "choices": [{"index": 0, "message": said, "finish_reason": finish, "logprobs": None}],
        "usage": {**usage, "total_tokens": sum(usage.values())},
    }
    return json_reply(whole)


def _said(data: dict[str, Any], messages: list[Any], fault: str) -> tuple[dict[str, Any], str]:
    tools = data.get("tools") or []
    form = data.get("response_format") or {}
    if tools and data.get("tool_choice") != "none":
        function = tools[0].get("function", {})
        text = _answer(messages, function.get("parameters", {}), fault)
        called = {"name": function.get("name", ""), "arguments": text}
        call = {"id": "call_1", "type": "function", "function": called}
        return {"role": "assistant", "content": None, "tool_calls": [call]}, "tool_calls"
    if form.get("type") == "json_schema":
        return _words(_answer(messages, form.get("json_schema", {}).get("schema", {}), fault)), "stop"
    if form.get("type") == "json_object":
        return _words(_answer(messages, {"type": "object"}, fault)), "stop"
    return _words(WORDS), "length" if fault == "endless" else "stop"


def _words(text: str) -> dict[str, Any]:
    return {"role": "assistant", "content": text, "tool_calls": None}


def _answer(messages: list[Any], schema: dict[str, Any], fault: str) -> str:
    """JSON for the task of our own agents where there is one, else of the schema."""
    if fault == "no answer":
        return "{}"
    try:
        sheet = task_of([_prompt(message) for message in messages])
        return answer(str(sheet.get("role", "")), sheet).model_dump_json()
    except (BackboneError, ValueError):  # nobody's task, or an agent's that only looks
        return json.dumps(plain_value(schema))


def _prompt(message: Any) -> ModelMessage:
    """A message of the wire as our agents know it: its last text is what counts."""
    content = message.get("content") if isinstance(message, dict) and message.get("role") == "user" else ""
    if isinstance(content, list):
        texts = [part.get("text", "") for part in content if isinstance(part, dict) and part.get("type") == "text"]
        content = texts[-1] if texts else ""
    return ModelRequest(parts=[UserPromptPart(str(content or ""))])


ROUTES = (
    Route(
        "chat",
        "POST",
        "/v1/chat/completions",
        _complete,
        makes=True,
        faults=frozenset({"no pictures", "no answer", "endless"}),
    ),
)
