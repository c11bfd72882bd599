"""Those whom the theme names, in the boards and lines of its film."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pydantic import model_validator

from personavlog.frozen import Frozen
from personavlog.script import Act, Framing
from personavlog_embedded import data
from personavlog_embedded.writing.plain.activities import BRACKET, Kind, Tone
from personavlog_embedded.writing.plain.film import Shot
from personavlog_embedded.writing.plain.sentences import capital, fill
from personavlog_embedded.writing.plain.theme import Theme

_APART = frozenset((Framing.CLOSE_UP, Framing.SELFIE))
"""Framings in which nobody else has room, taken last."""


class _Way(Frozen):
    acts: frozenset[Act]
    seen: tuple[str, ...]
    said: tuple[str, ...]
    zh: tuple[str, ...]


class _Ways(Frozen):
    animals_seen: tuple[str, ...]
    animals_said: tuple[str, ...]
    animals_zh: tuple[str, ...]
    gravely: tuple[str, ...]
    gravely_zh: tuple[str, ...]
    way: tuple[_Way, ...]

    @model_validator(mode="after")
    def _every_act_once(self) -> _Ways:
        named = [act for way in self.way for act in way.acts]
        if len(named) != len(Act) or set(named) != set(Act):
            raise ValueError(f"every act stands in one way; missing or doubled: {set(Act) ^ set(named)!r}")
        return self


@cache
def _ways() -> _Ways:
    return data.checked(_Ways, data.read_toml("library", "companions.toml"), "library/companions.toml")


def _seen(theme: Theme, act: Act) -> tuple[str, ...]:
    """What the companion does while the person does this."""
    if not _is_person(theme):
        return _ways().animals_seen
    return next(way.seen for way in _ways().way if act in way.acts)


def _is_person(theme: Theme) -> bool:
    return theme.companion is not None and theme.companion.kind in (Kind.PERSON, None)


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


def joined(action: str, theme: Theme, act: Act, number: int) -> str:
    """An action with what the companion does in it."""
    if theme.companion is None:
        return action
    ways = _seen(theme, act)
    return f"{action.rstrip('.')}, {fill(ways[number % len(ways)], {'c': theme.companion.the})}"


def without(action: str, theme: Theme) -> str:
    """The action without what ``joined`` put behind it."""
    if theme.companion is None:
        return action
    known = (*_ways().animals_seen, *(seen for way in _ways().way for seen in way.seen))
    ends = (f", {fill(way, {'c': theme.companion.the})}" for way in known)
    return next((action.removesuffix(end) for end in ends if action.endswith(end)), action)


def spoken_of(theme: Theme, language: str, act: Act) -> tuple[str, ...]:
    """Short sentences that say what the companion does while the person does this."""
    friend, ways = theme.companion, _ways()
    if friend is None or theme.apart or (language == "zh" and not friend.chinese):
        return ()
    own = next(way for way in ways.way if act in way.acts)
    if theme.tone is Tone.GRAVE:
        english, chinese = ways.gravely, ways.gravely_zh
    else:
        english, chinese = (own.said, own.zh) if _is_person(theme) else (ways.animals_said, ways.animals_zh)
    if language == "zh":
        return tuple(fill(text, {"c": friend.chinese}) for text in chinese)
    return tuple(fill(text, {"c": friend.mine, "C": capital(friend.mine)}) for text in english)
