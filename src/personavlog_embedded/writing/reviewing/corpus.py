"""Beats and sentences of films of other themes, hashed (``data/reviewing_corpus.json``, made by
``tools/film_corpus.py``): how much of a draft stands in them word for word, and whether one of them is the same film
with another theme's words."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache

from pydantic import ValidationError

from personavlog.errors import ConfigurationError
from personavlog.frozen import Frozen
from personavlog_embedded import data
from personavlog_embedded.writing.reviewing.words import content, deed, sentences, skeleton

FEW = 3
"""A sentence may stand in the films of so many other themes."""
_DIGITS = 10
_FILE = "reviewing_corpus.json"


class CorpusFilm(Frozen):
    """One film as hashes: of its theme's words, its beats word for word, their skeletons, its spoken sentences."""

    theme: str
    beats: tuple[str, ...]
    skeletons: tuple[str, ...]
    spoken: tuple[str, ...]


class Corpus(Frozen):
    """All films; ``writer`` is who wrote them."""

    writer: str
    films: tuple[CorpusFilm, ...]


def hashed_film(theme: str, events: Sequence[str], lines: Sequence[str]) -> CorpusFilm:
    """A film as the corpus keeps it."""
    return CorpusFilm(
        theme=_of_theme(theme),
        beats=tuple(_hash(deed(event).lower()) for event in events),
        skeletons=tuple(_bones(event, content(theme)) for event in events),
        spoken=tuple(_hash(one) for line in lines for one in sentences(line)),
    )


def worn_beats(events: Sequence[str], theme: str) -> tuple[int, ...]:
    """Which beats (from 0) stand word for word in films of more than ``FEW`` other themes."""
    counts = _users("beats")
    return tuple(n for n, event in enumerate(events) if _others(counts, _hash(deed(event).lower()), theme) > FEW)


def worn_lines(lines: Sequence[str]) -> tuple[int, ...]:
    """Which lines (from 0) consist, to the half or more, of sentences of films of more than ``FEW`` themes."""
    counts = _users("spoken")
    worn = []
    for number, line in enumerate(lines):
        said = sentences(line)
        if said and 2 * sum(len(counts.get(_hash(one), ())) > FEW for one in said) >= len(said):
            worn.append(number)
    return tuple(worn)


def same_film(events: Sequence[str], theme: str) -> int:
    """The most beats that a film of another theme shares when the themes' own words are taken out of both."""
    own, here = _of_theme(theme), Counter(_bones(event, content(theme)) for event in events)
    shared = ((here & Counter(film.skeletons)).total() for film in corpus().films if film.theme != own)
    return max(shared, default=0)


@cache
def corpus() -> Corpus:
    """The stored films; raises ``ConfigurationError`` where the file does not fit."""
    try:
        return Corpus.model_validate_json(data.file(_FILE).read_text(encoding="utf-8"))
    except ValidationError as error:
        raise ConfigurationError(f"{data.file(_FILE)} does not fit: {error}. {data.REMEDY}") from error


def _others(counts: dict[str, frozenset[str]], what: str, theme: str) -> int:
    return len(counts.get(what, frozenset()) - {_of_theme(theme)})


@cache
def _users(part: str) -> dict[str, frozenset[str]]:
    """The themes that use each beat or sentence."""
    found: dict[str, set[str]] = {}
    for film in corpus().films:
        for one in getattr(film, part):
            found.setdefault(one, set()).add(film.theme)
    return {one: frozenset(themes) for one, themes in found.items()}


def _bones(event: str, theme_words: Collection[str]) -> str:
    return _hash(" ".join(skeleton(event, theme_words)))


def _of_theme(theme: str) -> str:
    return _hash(" ".join(content(theme)))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]
