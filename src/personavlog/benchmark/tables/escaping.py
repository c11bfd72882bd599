"""Text of users, made harmless in each format. Names of methods and notes are such text."""

from __future__ import annotations

import re

_MARKDOWN = re.compile(r"([\\`*_\[\]|~#$!]|:(?=\S))|(www)(\.)", re.IGNORECASE)
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;"})
_LATEX = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "[": "{[}",
    "]": "{]}",
    "*": "{*}",
    "†": r"\dag{}",
    "↑": r"$\uparrow$",
    "↓": r"$\downarrow$",
    "…": r"\ldots{}",
    **{one: f"\\{one}" for one in "{}$&#%_"},
}
_FORMULA = tuple("=+-@＝＋－＠")  # spreadsheets in East Asian settings read the wide ones alike
_LATEX_SPECIAL = re.compile("|".join(map(re.escape, _LATEX)))


def one_line(text: str) -> str:
    """Without line breaks and control characters, which would end a row."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def markdown(text: str) -> str:
    """Shown as it is by CommonMark and GitHub: no markup, no column, no link, no mention."""
    plain = _MARKDOWN.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", one_line(text))
    return plain.translate(_ENTITIES)


def latex(text: str) -> str:
    """Typeset as it is; what is not ASCII needs an engine that reads UTF-8."""
    return _LATEX_SPECIAL.sub(lambda found: _LATEX[found[0]], one_line(text))


def spreadsheet(text: str) -> str:
    """Read as text by spreadsheets: what would begin a formula gets an apostrophe before it."""
    plain = one_line(text)
    return f"'{plain}" if plain.startswith(_FORMULA) else plain
