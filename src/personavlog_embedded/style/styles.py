"""The styles that the embedded painter knows (``data/styles.toml``), by name, and the nearest one for a name that it
does not know."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import ConfigDict

from personavlog.errors import ConfigurationError
from personavlog.metrics import text
from personavlog_embedded import data
from personavlog_embedded.style.look import Look

Net = Literal["hayao", "shinkai", "hosoda", "paprika", ""]
FLOOR = 0.62
"""Similarity of what a user wrote and a style's description below which nothing is near; sentence embeddings of
unrelated short texts lie at 0.4 to 0.6."""


@dataclass(frozen=True)
class Style:
    """One style: ``name`` as said to people, ``names`` as people write it (lower case), ``net`` the CartoonGAN network
    or "" for none.

    ``kin`` are names of other styles that this one is nearest to: known, but not the same, so that it is said.
    """

    __pydantic_config__: ClassVar[ConfigDict] = data.STRICT

    key: str
    name: str
    names: tuple[str, ...]
    description: str
    net: Net
    look: Look
    kin: tuple[str, ...] = ()


@dataclass(frozen=True)
class StyleMatch:
    """The style that a user's words lead to; ``exact`` if they name it. ``note`` is a sentence for the user, empty
    where exact."""

    style: Style
    similarity: float
    exact: bool
    note: str = ""


STYLES: Mapping[str, Style] = data.read_rows(Style, "styles", by="key")
"""Every style by key."""
DEFAULT = "anime"


def find_style(key: str) -> Style:
    """The style with this key; raises ``ConfigurationError`` for another."""
    if key not in STYLES:
        raise ConfigurationError(f"The embedded painter has no style {key!r}. It has: {', '.join(STYLES)}.")
    return STYLES[key]


def match_style(asked: str) -> StyleMatch:
    """The style for what a user wrote: one that is named in it, else one that is known to be near what is named, else
    the nearest in meaning.

    Where two names stand in it, the longer one counts, of equals the last.
    The note says when something else than was named was taken, and when nothing was near.
    """
    own, near = _named(asked, _own), _named(asked, _kin)
    if own and (not near or len(own[0]) >= len(near[0])):
        return StyleMatch(own[1], 1.0, exact=True)
    return StyleMatch(near[1], 1.0, exact=False, note=_instead(asked, near[1])) if near else _nearest(asked)


def _own(style: Style) -> tuple[str, ...]:
    return (*style.names, style.key, style.name)


def _kin(style: Style) -> tuple[str, ...]:
    return style.kin


def _named(asked: str, names: Callable[[Style], tuple[str, ...]]) -> tuple[str, Style] | None:
    """The longest name that stands in the words, of equals the last, and whose it is."""
    words = f" {_plain(asked)} "
    hits = [(name, style) for style in STYLES.values() for name in map(_plain, names(style)) if _holds(words, name)]
    return max(hits, key=lambda hit: (len(hit[0]), words.rfind(hit[0]))) if hits else None


def _instead(asked: str, style: Style) -> str:
    return f"The embedded painter does not know the style {asked!r}; its nearest style is {style.name}."


def _plain(asked: str) -> str:
    """Lower case, full-width letters as plain ones, every run of punctuation a blank."""
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", asked).casefold()).strip()


def _holds(words: str, name: str) -> bool:
    """Whole words, but for scripts without blanks."""
    return f" {name} " in words if name.isascii() else name in words


def _nearest(asked: str) -> StyleMatch:
    known = tuple(STYLES.values())
    ((index, similarity),) = text.nearest(asked[:400], [f"{style.name}: {style.description}" for style in known])
    style = known[index]
    if similarity < FLOOR:
        default = STYLES[DEFAULT]
        note = (
            f"The embedded painter knows no style near {asked!r}; it paints in its {default.name} style. It knows: "
            f"{', '.join(s.name for s in known)}."
        )
        return StyleMatch(default, similarity, exact=False, note=note)
    return StyleMatch(style, similarity, exact=False, note=_instead(asked, style))
