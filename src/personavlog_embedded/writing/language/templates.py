"""The prompts of the embedded language model: one jinja2 file per question, rendered to chat messages.

A file is a list of turns, each opened by a line ``### system``, ``### user`` or ``### assistant``. What a user or a
model wrote goes in through the ``json`` filter only: on one line, in quotes, with ``<`` escaped, so it can neither open
a turn nor spell one of the model's control tokens.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

_TURN = re.compile(r"^### (system|user|assistant)$", re.MULTILINE)


def prompt(name: str, **words: object) -> list[dict[str, str]]:
    """The messages of ``prompts/<name>.jinja``; raises jinja2's ``UndefinedError`` for a word that is not given."""
    text = _environment().get_template(f"{name}.jinja").render(**words)
    _, *parts = _TURN.split(text)
    return [{"role": role, "content": content.strip()} for role, content in zip(parts[::2], parts[1::2], strict=True)]


def as_json(value: Any) -> str:
    """``value`` as one line of JSON without ``<``."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("personavlog_embedded.writing.language", "prompts"),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
    )
    made.filters["json"] = as_json
    return made
