"""Storyboards made worse on purpose, each in one way that one dimension should notice. The same seed always makes the
same ones."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from personavlog.benchmark.judging.asking import Dimension
from personavlog.benchmark.outputs import Shot, Vlog
from personavlog.runs.keys import digest

Boards = tuple[str, ...]
Worsen = Callable[[Boards, Sequence[Boards], random.Random], Boards | None]
"""What a storyboard becomes, given those of other themes; None where it cannot be made worse so."""


@dataclass(frozen=True)
class Worsening:
    """One way: its name, the dimension that should fall, and how it is done."""

    name: str
    dimension: Dimension
    make: Worsen


@dataclass(frozen=True)
class Worsened:
    """A storyboard made worse."""

    way: Worsening
    shots: tuple[Shot, ...]


def worsened(vlog: Vlog, others: Sequence[Vlog], seed: int) -> Iterator[Worsened]:
    """Every worsening that this vlog allows: none needs more than two boards, and the foreign ones a vlog of another
    theme in the same language among ``others``."""
    boards = tuple(shot.board for shot in vlog.shots)
    strange = [tuple(shot.board for shot in other.shots) for other in others if _is_strange(other, vlog)]
    for way in WAYS:
        made = way.make(boards, strange, random.Random(digest([seed, vlog.name, way.name])))
        if made is not None and made != boards:
            yield Worsened(way, tuple(Shot(index=number, board=board) for number, board in enumerate(made, 1)))


def _is_strange(other: Vlog, vlog: Vlog) -> bool:
    here, there = vlog.meta, other.meta
    return there.language == here.language and there.theme != here.theme and there.theme_text != here.theme_text


def _shuffled(boards: Boards, others: Sequence[Boards], rng: random.Random) -> Boards | None:
    """No board stays where it was: their order drawn by chance, then each one moved on by one place."""
    order = list(range(len(boards)))
    rng.shuffle(order)
    follows = dict(zip(order, order[1:] + order[:1], strict=True))
    return tuple(boards[follows[place]] for place in range(len(boards)))


def _repeated(boards: Boards, others: Sequence[Boards], rng: random.Random) -> Boards | None:
    """One board in the place of half of the others."""
    if len(boards) < 2:
        return None
    kept = rng.randrange(len(boards))
    rest = [place for place in range(len(boards)) if place != kept]
    replaced = set(rng.sample(rest, (len(rest) + 1) // 2))
    return tuple(boards[kept] if place in replaced else board for place, board in enumerate(boards))


def _foreign(boards: Boards, others: Sequence[Boards], rng: random.Random) -> Boards | None:
    """One board of another theme in the place of one."""
    strange = sorted({board for other in others for board in other} - set(boards))
    if not strange:
        return None
    place = rng.randrange(len(boards))
    return (*boards[:place], rng.choice(strange), *boards[place + 1 :])


def _other(boards: Boards, others: Sequence[Boards], rng: random.Random) -> Boards | None:
    """The whole storyboard of another theme under this one."""
    strange = sorted(set(others) - {boards})
    return rng.choice(strange) if strange else None


WAYS = (
    Worsening("shuffled beats", "temporal_continuity", _shuffled),
    Worsening("repeated action", "behavioral_diversity", _repeated),
    Worsening("foreign beat", "thematic_consistency", _foreign),
    Worsening("another theme", "thematic_consistency", _other),
)
"""None lowers the interest of a story alone, so that dimension has no planted trial."""
