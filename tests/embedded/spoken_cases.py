"""200 written lines and what must be heard, in two halves: one that the preparation was mended by, one only run."""

from __future__ import annotations

import itertools
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

HALVES = ("looked_at", "only_run")
FOLDER = Path(__file__).parent / "spoken"


@dataclass(frozen=True)
class Case:
    """A line as written and all that may be heard, in words."""

    line: str
    language: str
    heard: tuple[str, ...]

    def is_said(self, prepared: str) -> bool:
        """Whether a prepared line says it; "and" and the spaces between single letters count for nothing."""
        return plain(prepared, self.language) in {plain(one, self.language) for one in self.heard}


def cases(half: str, language: str) -> list[Case]:
    """The cases of a half, in the file's order."""
    rows = tomllib.loads((FOLDER / f"{half}.toml").read_text(encoding="utf-8"))[language]
    return [Case(line, language, tuple(_forms(said))) for line, said in rows]


def plain(text: str, language: str) -> str:
    """The words of a line in one spelling."""
    if language == "zh":
        return re.sub(r"[^\w]", "", text.lower())
    words = re.findall(r"[a-z0-9']+", text.lower().replace("-", " "))
    return re.sub(r"\b(?<!')(\w) (?=\w\b(?!'))", r"\1", " ".join(word for word in words if word != "and"))


def _forms(said: str) -> list[str]:
    parts = re.split(r"(\([^()]*\))", said)
    options = [part[1:-1].split("|") if part.startswith("(") else [part] for part in parts]
    return ["".join(form) for form in itertools.product(*options)]
