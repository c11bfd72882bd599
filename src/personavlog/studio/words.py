"""The page's words: one catalogue, English and Chinese, in ``words/*.toml``; each key has both.

A catalogue's words may hold ``{names}``, filled in by ``str.format``; the templates escape what comes out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True)
class Words:
    """The words of one language; called with a key and what is filled in. Raises ``KeyError`` for an unknown key."""

    language: Language

    def __call__(self, key: str, **values: object) -> str:
        """The words of ``key``."""
        return catalogue()[key][self.language].format(**values)

    def measure(self, name: str) -> str:
        """What people call a measure; its own name where the catalogue has none."""
        key = f"measured.{name}"
        return self(key) if key in catalogue() else name


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Every key with its words in each language; raises ``ValueError`` where one is missing or said twice."""
    found: dict[str, Mapping[str, str]] = {}
    for file in sorted((files("personavlog.studio") / "words").iterdir(), key=lambda one: one.name):
        for key, said in tomllib.loads(file.read_text("utf-8")).items():
            if key in found or set(said) != set(LANGUAGES):
                raise ValueError(f"The words of {key!r} in {file.name!r} need {LANGUAGES}, once; received {said!r}.")
            found[key] = said
    return found


def preferred(accepted: str) -> Language:
    """The language of an ``Accept-Language`` header that the page has, English otherwise (quality values are taken in
    the order of the header, as browsers sort it)."""
    for wanted in accepted.split(","):
        for language in LANGUAGES:
            if wanted.strip().lower().startswith(language):
                return language
    return "en"
