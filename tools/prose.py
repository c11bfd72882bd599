"""Markdown that a tool writes, in lines of at most 120 columns."""

from __future__ import annotations

import textwrap

WIDTH = 120
WHOLE = ("|", "#", "![")
"""How lines begin that stay as they are: table rows, titles, pictures."""
INDENTS = {"> ": "> ", "- ": "  "}
"""How a line begins, and what its further lines begin with: quotes, list items."""


def wrapped(text: str) -> str:
    """The text with every line of prose broken where it is too long."""
    return "\n".join(line if line.startswith(WHOLE) else _filled(line) for line in text.split("\n"))


def _filled(line: str) -> str:
    return textwrap.fill(
        line, WIDTH, subsequent_indent=INDENTS.get(line[:2], ""), break_long_words=False, break_on_hyphens=False
    )
