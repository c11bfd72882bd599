"""Slips in a model's JSON that can be read in one way only: a code fence, prose around it, a trailing comma, a comment.

Anything else stays as it came, and the model hears what did not fit.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace

from pydantic_ai.messages import ModelResponse, ModelResponsePart, TextPart, ToolCallPart
from pydantic_ai.models import ModelRequestParameters

_AS_TEXT = ("native", "prompted")
_STRING, _COMMENT = r'"(?:[^"\\]|\\.)*"', r"//[^\n]*|/\*.*?\*/"
_COMMENTS = re.compile(rf"({_STRING})|{_COMMENT}", re.DOTALL)
_COMMAS = re.compile(rf"({_STRING})|,(?=\s*[}}\]])", re.DOTALL)
_BRACES = re.compile(rf"{_STRING}|{_COMMENT}|[{{}}]", re.DOTALL)


def repaired(response: ModelResponse, parameters: ModelRequestParameters) -> ModelResponse:
    """The response with its slips mended; text that is the answer becomes the call of the one output tool."""
    typed = bool(parameters.output_tools) or parameters.output_mode in _AS_TEXT
    if not typed:
        return response
    called = any(isinstance(part, ToolCallPart) for part in response.parts)
    return replace(response, parts=[_mended(part, parameters, called) for part in response.parts])


def _mended(part: ModelResponsePart, parameters: ModelRequestParameters, called: bool) -> ModelResponsePart:
    if isinstance(part, ToolCallPart) and isinstance(part.args, str):
        found = json_object(part.args)
        return part if found is None else replace(part, args=found)
    if not isinstance(part, TextPart) or called or (found := json_object(part.content)) is None:
        return part
    if parameters.output_mode not in _AS_TEXT and len(parameters.output_tools) == 1:
        return ToolCallPart(parameters.output_tools[0].name, found)
    return replace(part, content=found)


def json_object(text: str) -> str | None:
    """The one JSON object that a text holds, as JSON; None where it holds none, several, or a broken one.

    A text that is JSON already is returned as it is.
    """
    if _reads(text):
        return text
    found = [plain for plain in map(_without_slips, _objects(text)) if _reads(plain)]
    return found[0] if len(found) == 1 else None


def _reads(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
    except RecursionError:
        return False


def _objects(text: str) -> list[str]:
    """The outermost pieces between braces, quotes and comments respected."""
    pieces, depth, begun = [], 0, 0
    for match in _BRACES.finditer(text):
        if match[0] == "{":
            begun = match.start() if depth == 0 else begun
            depth += 1
        elif match[0] == "}" and depth:
            depth -= 1
            if depth == 0:
                pieces.append(text[begun : match.end()])
    return pieces


def _without_slips(text: str) -> str:
    """Without comments, then without commas before a closing bracket; what stands in strings stays."""
    return _COMMAS.sub(_string, _COMMENTS.sub(_string, text))


def _string(match: re.Match[str]) -> str:
    return match[1] or ""
