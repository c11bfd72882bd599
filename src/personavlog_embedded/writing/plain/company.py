"""Those whom the theme names, in the boards and lines of its film."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from personavlog.frozen import Frozen
from personavlog.script import Framing
from personavlog_embedded import data
from personavlog_embedded.writing.plain.activities import BRACKET, Kind, Tone
from personavlog_embedded.writing.plain.film import Shot
from personavlog_embedded.writing.plain.sentences import capital, fill
from personavlog_embedded.writing.plain.theme import Theme

_APART = frozenset((Framing.CLOSE_UP, Framing.SELFIE))
"""Framings in which nobody else has room, taken last."""


class _Ways(Frozen):
    seen: tuple[str, ...]
    said: tuple[str, ...]
    said_of_animals: tuple[str, ...]
    said_gravely: tuple[str, ...]
    zh: tuple[str, ...]


@cache
def _ways() -> _Ways:
    return data.checked(_Ways, data.read_toml("library", "companions.toml"), "library/companions.toml")


def together(planned: Sequence[Shot], theme: Theme) -> frozenset[int]:
    """The shots in which the companion is seen: those whose step has a place for them, and as many more as make at
    least half of the film."""
    if theme.companion is None or theme.apart:
        return frozenset()
    own = {number for number, shot in enumerate(planned) if has_room(shot.step.do)}
    rest = sorted(set(range(len(planned))) - own, key=lambda n: (planned[n].step.frame in _APART, n % 2, n))
    return frozenset([*own, *rest[: max(0, (len(planned) + 1) // 2 - len(own))]])


def has_room(text: str) -> bool:
    """Whether a sentence has a bracket for the companion."""
    return any("{c}" in option or "{C}" in option for option in BRACKET.findall(text))


def joined(action: str, theme: Theme, number: int) -> str:
    """An action with the companion in it, who looks on."""
    if theme.companion is None:
        return action
    ways = _ways().seen
    return f"{action.rstrip('.')}, {fill(ways[number % len(ways)], {'c': theme.companion.the})}"


def without(action: str, theme: Theme) -> str:
    """The action without what ``joined`` put behind it."""
    if theme.companion is None:
        return action
    ends = (f", {fill(way, {'c': theme.companion.the})}" for way in _ways().seen)
    return next((action.removesuffix(end) for end in ends if action.endswith(end)), action)


def spoken_of(theme: Theme, language: str) -> tuple[str, ...]:
    """Short sentences that name the companion."""
    friend = theme.companion
    if friend is None or theme.apart or (language == "zh" and not friend.chinese):
        return ()
    if language == "zh":
        return tuple(fill(text, {"c": friend.chinese}) for text in _ways().zh)
    ways = _ways()
    texts = ways.said_gravely if theme.tone is Tone.GRAVE else ways.said
    texts = texts if friend.kind in (Kind.PERSON, None) or theme.tone is Tone.GRAVE else ways.said_of_animals
    return tuple(fill(text, {"c": friend.mine, "C": capital(friend.mine)}) for text in texts)
