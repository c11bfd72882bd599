"""The edit agent's instructions (Eq. 8) in the embedded painter's own vocabulary: read, summed up, and said aloud where they cannot be followed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from personavlog.backbones.findings import Correction
from personavlog.metrics import text
from personavlog.script import Board, Framing

STEP = 1.18
"""Factor of "bigger" and "smaller"."""
EXPOSURE_STEP = 1.16
SHIFT_STEP = 0.09
"""Of the frame's width."""
MOST_PROPS = 5
ALIKE = 0.8
"""Cosine above which "remove x" means a thing that the board calls otherwise."""
_CLOSER = {Framing.WIDE: Framing.MEDIUM, Framing.MEDIUM: Framing.CLOSE_UP, Framing.OVER_SHOULDER: Framing.MEDIUM, Framing.SELFIE: Framing.CLOSE_UP}
_WIDER = {Framing.CLOSE_UP: Framing.MEDIUM, Framing.SELFIE: Framing.MEDIUM, Framing.OVER_SHOULDER: Framing.MEDIUM, Framing.MEDIUM: Framing.WIDE}


@dataclass(frozen=True)
class Change:
    """The board as corrected, factors (1 changes nothing) and shifts (share of the width), and what could not be followed."""

    board: Board
    size: float = 1.0
    shift: float = 0.0
    exposure: float = 1.0
    sharpen: float = 0.0
    whole_head: bool = False
    face_strength: float = 1.0
    notes: tuple[str, ...] = ()


def phrases(earlier: list[str], correction: str | None) -> list[str]:
    """All instructions so far, one phrase each."""
    return [*earlier, *(part.strip() for part in (correction or "").split(";") if part.strip())]


def read(board: Board, said: list[str]) -> Change:
    """The board with all phrases applied in order."""
    change = Change(board)
    for phrase in said:
        change = _apply(change, phrase)
    return change


def _apply(change: Change, phrase: str) -> Change:
    plain = re.sub(r"\s+", " ", phrase.strip().rstrip(".")).lower()
    if plain in _FIXED:
        return _FIXED[plain](change)
    for opening, act in _WITH_THING.items():
        if plain.startswith(opening) and phrase[len(opening) :].strip():
            return act(change, phrase.strip()[len(opening) :].strip(" .:"))
    return _noted(change, f"The embedded painter cannot follow {phrase!r}; it knows: {', '.join(c.value for c in Correction)}.")


def _noted(change: Change, note: str) -> Change:
    return replace(change, notes=(*change.notes, note))


def _framed(change: Change, steps: dict[Framing, Framing], word: str) -> Change:
    step = steps.get(change.board.framing)
    if step is None:
        return _noted(change, f"The framing {change.board.framing.value!r} cannot get {word}.")
    return replace(change, board=change.board.model_copy(update={"framing": step}))


def _add(change: Change, thing: str) -> Change:
    if thing in change.board.props:
        return change
    if len(change.board.props) >= MOST_PROPS:
        return _noted(change, f"There are {MOST_PROPS} things in the picture already; {thing!r} is not added.")
    return replace(change, board=change.board.model_copy(update={"props": (*change.board.props, thing)}))


def _remove(change: Change, thing: str) -> Change:
    props = change.board.props
    if not props:
        return _noted(change, f"There is no {thing!r} in the picture that could be removed.")
    index, similarity = text.nearest(thing, props)[0]
    if similarity < ALIKE and thing.lower() not in props[index].lower():
        return _noted(change, f"There is no {thing!r} in the picture that could be removed.")
    return replace(change, board=change.board.model_copy(update={"props": tuple(p for number, p in enumerate(props) if number != index)}))


def _elsewhere(change: Change, place: str) -> Change:
    return replace(change, board=change.board.model_copy(update={"place": place[:120]}))


_FIXED: dict[str, Callable[[Change], Change]] = {
    Correction.BIGGER: lambda change: replace(change, size=change.size * STEP),
    Correction.SMALLER: lambda change: replace(change, size=change.size / STEP),
    Correction.BRIGHTER: lambda change: replace(change, exposure=change.exposure * EXPOSURE_STEP),
    Correction.DARKER: lambda change: replace(change, exposure=change.exposure / EXPOSURE_STEP),
    Correction.SHARPER: lambda change: replace(change, sharpen=min(change.sharpen + 0.6, 1.8)),
    Correction.CLOSER: lambda change: _framed(change, _CLOSER, "closer"),
    Correction.WIDER: lambda change: _framed(change, _WIDER, "wider"),
    Correction.LEFT: lambda change: replace(change, shift=change.shift - SHIFT_STEP),
    Correction.RIGHT: lambda change: replace(change, shift=change.shift + SHIFT_STEP),
    Correction.WHOLE_HEAD: lambda change: replace(change, whole_head=True, size=change.size * 0.94),
    Correction.SAME_FACE: lambda change: replace(change, face_strength=max(0.4, change.face_strength - 0.3)),
}
_WITH_THING: dict[str, Callable[[Change, str], Change]] = {"add ": _add, "remove ": _remove, "another place:": _elsewhere}
