"""What the ear check knows of written English (``reading.toml``), and the two libraries that it asks."""

from __future__ import annotations

import functools
import re
import threading
import tomllib
from importlib.resources import files
from typing import Protocol

from personavlog.frozen import Frozen
from personavlog.metrics.words import spoken_words

Reading = tuple[str, ...]
"""Lower-case words."""

MOST = 400
"""Readings of one piece of a line, at most."""

PIECE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?|\.\d+|[^\W\d_]+(?:'[^\W\d_]+)?|\S")
_GRAMMAR_IN_USE = threading.Lock()


class _Tables(Frozen):
    """``reading.toml``."""

    months: tuple[str, ...]
    counted: frozenset[str]
    signs: dict[str, tuple[str, ...]]
    fixed: dict[str, tuple[str, ...]]
    units: dict[str, tuple[str, ...]]
    scales: dict[str, str]
    coins: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]


KNOWN = _Tables.model_validate(
    tomllib.loads(files("personavlog.metrics").joinpath("reading.toml").read_text(encoding="utf-8"))
)


class _Grammar(Protocol):
    def normalize(self, text: str) -> str: ...


def grammar_reads(text: str) -> Reading:
    """WeTextProcessing's reading; empty where it has none."""
    try:
        with _GRAMMAR_IN_USE:
            return tuple(spoken_words(_grammar().normalize(text)))
    except AssertionError:  # a sign that the grammar does not know
        return ()


def words(text: str) -> Reading:
    """The words of a reading."""
    return tuple(re.findall(r"[^\W\d_]+", text.lower().replace("'", "").replace("-", " ")))


@functools.cache
def _grammar() -> _Grammar:
    from wetext import Normalizer  # 0.2 s

    grammar: _Grammar = Normalizer(lang="en", operator="tn")
    return grammar
