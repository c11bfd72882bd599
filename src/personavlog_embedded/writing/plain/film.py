"""The film of a theme: which steps of which frames, where and when."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from personavlog.script import TimeOfDay
from personavlog_embedded.writing.plain.activities import COURSE, Activity, Part, Step, Tone, Turn
from personavlog_embedded.writing.plain.choice import chosen, turns
from personavlog_embedded.writing.plain.deeds import deed
from personavlog_embedded.writing.plain.grounds import Spot, film_spots
from personavlog_embedded.writing.plain.theme import Theme

A, B, W, F, N, T, U, R, L = (
    *(Part.ARRIVE, Part.BEGIN, Part.WORK, Part.FIND),
    *(Part.WRONG, Part.TRY, Part.TURN, Part.REST, Part.LEAVE),
)
_SHORT: Mapping[int, tuple[Part, ...]] = {2: (A, L), 3: (A, W, L), 4: (A, N, U, L), 5: (A, W, N, U, L)}
_ARCS: Mapping[Tone, tuple[tuple[Part, ...], ...]] = {
    Tone.LIGHT: ((A, B, N, T, U, L), (A, W, N, T, U, L), (B, F, N, T, U, L)),
    Tone.QUIET: ((A, B, F, W, R, L), (A, W, N, T, U, L), (B, W, N, U, R, L)),
    Tone.GRAVE: ((A, B, N, T, U, L), (A, W, N, U, R, L), (B, F, W, N, R, L)),
}
"""Films of six shots: trouble soon or late, or a day without any; grave ones have a hard moment and no gag."""
_MORE: Mapping[int, tuple[Part, ...]] = {
    7: (A, B, W, N, T, U, L),
    8: (A, B, F, W, N, T, U, L),
    9: (A, B, W, F, N, T, U, R, L),
}
_FIRST = (A, B, W, F, N, T, U, R)
_NEXT = (B, W, F, N, T, U, R)
_SPARE = (W, B, R, A)
"""What fills up a long film, one of each."""
ONE_FRAME, TWO_FRAMES = 9, 17
"""Up to so many shots a film has one frame, then two, then three."""
FEW = 2
"""With so few courses two seeds of a theme have the same one, and every second film leaves the theme's deed out."""
ROLES = {
    A: "arrival",
    B: "beginning",
    W: "work",
    F: "discovery",
    N: "obstacle",
    T: "attempt",
    U: "turn",
    R: "reflection",
    L: "ending",
}
_WHERE = {A: 0, B: 1, W: 1, F: 2, N: 0, T: 0, U: 0, R: 2, L: 3}
"""Which of a frame's spots a part has: a trouble is met and mended in one."""
_DAYS = (
    (TimeOfDay.MORNING, TimeOfDay.NOON, TimeOfDay.DUSK),
    (TimeOfDay.MORNING, TimeOfDay.NOON, TimeOfDay.NOON),
    (TimeOfDay.NOON, TimeOfDay.DUSK, TimeOfDay.NIGHT),
    (TimeOfDay.NOON, TimeOfDay.NOON, TimeOfDay.DUSK),
)


@dataclass(frozen=True)
class Shot:
    """One shot: a step of a frame with its tool, spot and hour; ``turn`` is the course that the step belongs to."""

    frame: Activity
    step: Step
    tool: str
    spot: Spot
    hour: TimeOfDay
    turn: Turn | None = None


def draws(theme: Theme, seed: int, what: str = "") -> int:
    """One number of theme, seed and what is drawn, so that two themes do not share their draws; a seed further is one
    more."""
    return zlib.crc32(f"{what}:{theme.text}".encode()) % 997 + seed


def film(theme: Theme, shots: int, seed: int, again: Mapping[int, int] | None = None) -> tuple[Shot, ...]:
    """The film; ``again`` says which shots are wanted anew and how often."""
    first = draws(theme, seed)
    count = 1 if shots <= ONE_FRAME else 2 if shots <= TWO_FRAMES else 3
    frames = chosen(theme, count, seed)
    parts = _parts(theme, shots, seed, len(frames))
    hours = _hours(theme, shots, first)
    planned = _drawn(theme, frames, parts, hours, seed)
    for number, times in sorted((again or {}).items()):
        if number < len(planned):
            planned[number] = _another(planned, number, times)
    return tuple(planned)


def _parts(theme: Theme, shots: int, seed: int, frames: int) -> list[tuple[int, Part]]:
    """The parts in order, each with its frame's number."""
    if shots in _SHORT:
        return [(0, part) for part in _SHORT[shots]]
    if shots == 6:
        arcs = [arc for arc in _ARCS[theme.tone] if theme.trouble is None or {N, T, U} <= set(arc)]
        return [(0, part) for part in arcs[draws(theme, seed) % len(arcs)]]
    if shots in _MORE:
        return [(0, part) for part in _MORE[shots]]
    blocks = [[(n, part) for part in (_FIRST if n == 0 else _NEXT)] for n in range(frames)]
    return [*_fitted(blocks, shots - 1), (0, L)]


def _fitted(blocks: list[list[tuple[int, Part]]], length: int) -> list[tuple[int, Part]]:
    """The blocks with their lightest parts left out, or more work put in, so that they have this length together."""
    for part in (R, F, B, A):
        for block in reversed(blocks):
            if sum(map(len, blocks)) > length and len(block) > 4 and (block is not blocks[0] or part is not A):
                block[:] = [one for one in block if one[1] is not part]
    while sum(map(len, blocks)) > length:
        max(reversed(blocks), key=len).pop(0)
    turn = 0
    while sum(map(len, blocks)) < length:
        block = blocks[turn % len(blocks)]
        block.insert(_after(block), (block[0][0], _SPARE[(turn // len(blocks)) % 3]))
        turn += 1
    return [one for block in blocks for one in block]


def _after(block: Sequence[tuple[int, Part]]) -> int:
    return next((n for n, one in enumerate(block) if one[1] is N), len(block))


def _hours(theme: Theme, shots: int, first: int) -> list[TimeOfDay]:
    """Time goes on, and where the theme names an hour it stays."""
    if theme.hour is not None:
        return [theme.hour] * shots
    day = _DAYS[first % len(_DAYS)]
    return [day[min(len(day) - 1, number * len(day) // shots)] for number in range(shots)]


def _drawn(
    theme: Theme, frames: Sequence[Activity], parts: Sequence[tuple[int, Part]], hours: Sequence[TimeOfDay], seed: int
) -> list[Shot]:
    spots = [film_spots(theme, frame, draws(theme, seed)) for frame in frames]
    courses = [_turn(theme, frame, seed) for frame in frames]
    tools = [_tool(theme, frame, draws(theme, seed)) for frame in frames]
    used: set[str] = set()
    found: list[Shot] = []
    for (at, part), hour in zip(parts, hours, strict=True):
        frame = frames[at]
        told = at == 0 and part in (B, W) and (seed % 2 == 0 or len(turns(frame, theme)) > FEW)
        own = deed(theme) if told else None
        fresh = own is not None and own.do not in used
        step = own if own and fresh else _step(frame, courses[at], part, _alternative(theme, part, seed), used)
        used.add(step.do)
        spot = spots[at][_WHERE[part] % len(spots[at])]
        found.append(Shot(frame, step, tools[at], spot, hour, courses[at] if part in COURSE else None))
    return found


def _alternative(theme: Theme, part: Part, seed: int) -> int:
    """Which of a part's steps is taken; the end changes in another rhythm than the rest."""
    return draws(theme, seed, part.value) + ((seed + 1) // 2 if part is L else 0)


def _turn(theme: Theme, frame: Activity, seed: int) -> Turn:
    """The course; it and the end change in rhythms of their own, so that no two of three seeds share half a film. With
    a deed in every film it changes with every seed."""
    known = turns(frame, theme)
    own = theme.deed is not None or theme.trouble is not None
    return known[(draws(theme, seed, "course") + (0 if own and len(known) > FEW else seed // 2)) % len(known)]


def _tool(theme: Theme, frame: Activity, first: int) -> str:
    own = [tool.english for tool in theme.tools]
    return own[0] if own else frame.tools[first % len(frame.tools)]


def _step(frame: Activity, course: Turn, part: Part, first: int, used: set[str]) -> Step:
    if part in COURSE:
        own = next(step for step in course.steps if step.part is part)
        if own.do not in used:
            return own
    options = [step for step in frame.steps if step.part is part]
    turned = [options[(first + n) % len(options)] for n in range(len(options))]
    fresh = [step for step in (*turned, *frame.steps) if step.do not in used]
    return (fresh or turned)[0]


def _another(planned: Sequence[Shot], number: int, times: int) -> Shot:
    """The shot with another step of its frame that the film does not have, of the same part first."""
    shot, used = planned[number], {one.step.do for one in planned}
    fresh = [step for step in shot.frame.steps if step.do not in used and step.part not in (A, L)]
    fresh += [step for step in shot.frame.steps if step.do not in used and step.part is shot.step.part]
    order = sorted(fresh, key=lambda step: step.part is not shot.step.part)
    return replace(shot, step=order[(times - 1) % len(order)], turn=None) if order else shot


def moved(planned: Sequence[Shot], number: int, theme: Theme, turn: int) -> Shot:
    """The shot in another spot than it and its neighbours have."""
    shot = planned[number]
    beside = {planned[n].spot for n in (number - 1, number, number + 1) if 0 <= n < len(planned)}
    free = [spot for spot in film_spots(theme, shot.frame, turn) if spot not in beside]
    return replace(shot, spot=free[0]) if free else shot


def every_step(frames: Sequence[Activity], theme: Theme) -> Iterator[tuple[Activity, Step]]:
    """All steps that a film of the theme may have, each with its frame."""
    own = deed(theme)
    for frame in frames:
        yield from ((frame, step) for step in (own, *frame.steps) if step is not None)
        yield from ((frame, step) for course in turns(frame, theme) for step in course.steps)
