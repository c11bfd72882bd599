"""What kept corrections of pictures gained by measures of the benchmark, which the method's own loop may not have used:
the difference of the attempt that was kept and the first one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from statistics import fmean

from pydantic import JsonValue

from personavlog.benchmark.definitions import definitions
from personavlog.benchmark.outputs import CORRECTIONS, STYLISED, TRIED, Correction, Vlog
from personavlog.benchmark.scoring.looks import Looks
from personavlog.benchmark.scoring.work import MOST_PARTS, Task, Value, Values, Work, nothing, there
from personavlog.errors import BriefError, MediaError
from personavlog.metrics import identity, style

VERSION = f"gains-1 {identity.VERSION} {style.VERSION}"
GAIN = "correction.gain."
NEEDS: dict[str, tuple[str, ...]] = {
    f"{GAIN}identity": ("yunet", "sface"),
    f"{GAIN}style.distance": (),
    f"{GAIN}tia": ("clip-b", "clip-tokens"),
}
"""The rest of the name is the measure of which it is a difference."""
NO_RECORD = f"There is no {CORRECTIONS} with attempts that can be read."

Gained = tuple[Correction, Correction]
"""The first attempt at a picture or clip and the one that was kept in its place."""


def gained(attempts: Sequence[Correction]) -> Iterator[Gained]:
    """Every picture or clip whose first attempt was replaced."""
    order = sorted(attempts, key=lambda one: (one.part, one.shot, one.attempt))
    for _, group in groupby(order, key=lambda one: (one.part, one.shot)):
        first, *later = group
        kept = [one for one in later if one.accepted and not one.failed]
        if kept and first.attempt == 0:
            yield first, kept[-1]


def works(task: Task) -> Iterator[Work]:
    """All measures of a vlog's corrected keyframes together."""
    vlog = task.vlog
    pairs = [pair for pair in gained(vlog.corrections) if pair[0].part == "keyframe"]
    pictures = [_picture(vlog, one) for pair in pairs for one in pair]
    boards = json.dumps([vlog.shots[first.shot - 1].board for first, _ in pairs])
    files = (vlog.file(CORRECTIONS), vlog.file(STYLISED), *pictures)
    yield Work("vlog", None, NEEDS, VERSION, files, partial(_gains, task, pairs), boards)


def _gains(task: Task, pairs: Sequence[Gained], names: Sequence[str]) -> Values:
    if not task.vlog.corrections:
        return nothing(names, NO_RECORD)
    if not pairs:
        return nothing(names, "No correction of a keyframe was kept.")
    looks = Looks(task.networks)
    return {name: _gain(task.vlog, looks, pairs, name.removeprefix(GAIN)) for name in names}


def _gain(vlog: Vlog, looks: Looks, pairs: Sequence[Gained], measure: str) -> Value:
    parts, why = list[float](), list[str]()
    for pair in pairs:
        try:
            before, after = (_measured(vlog, looks, one, measure) for one in pair)
        except (BriefError, MediaError) as error:
            why.append(f"Shot {pair[0].shot}: {error}")
        else:
            parts.append(after - before)
    used = loop_uses(measure, [one for one in vlog.corrections if one.part == "keyframe"])
    counted = f"{len(parts)} of {len(pairs)} kept corrections counted."
    note = " ".join(filter(None, (counted, _independence(used), *why[:1])))
    told: list[JsonValue] = [round(part, 6) for part in parts[:MOST_PARTS]]
    detail: dict[str, JsonValue] = {"kept": len(pairs), "measured": len(parts), "parts": told, "loop uses it": used}
    return Value(fmean(parts) if parts else None, note, detail)


def loop_uses(measure: str, attempts: Sequence[Correction]) -> bool | None:
    """Whether the loop compared this measure itself, by this name or another of the same thing (``same_as`` in
    ``measures.toml``); None where its record names no scores."""
    compared = {name for one in attempts for name in one.scores}
    return bool(compared & {measure, *definitions()[measure].same_as}) if compared else None


def _independence(used: bool | None) -> str:
    if used is None:
        return f"{CORRECTIONS} names no scores, so nobody knows whether the loop used this measure."
    return "Not independent: the loop chose by this measure itself." if used else ""


def _measured(vlog: Vlog, looks: Looks, attempt: Correction, measure: str) -> float:
    """Raises ``MediaError`` where it cannot be measured."""
    seen = there(_picture(vlog, attempt), f"picture of attempt {attempt.attempt} in {TRIED}")
    ways: Mapping[str, Callable[[], Value]] = {
        "identity": lambda: looks.identity(_reference(vlog), seen),
        "style.distance": lambda: Value(style.apart(looks.style(_reference(vlog)), looks.style(seen))),
        "tia": lambda: _tia(looks, vlog.shots[attempt.shot - 1].board, seen),
    }
    found = ways[measure]()
    if found.value is None:
        raise MediaError(found.note)
    return found.value


def _tia(looks: Looks, board: str, picture: Path) -> Value:
    from personavlog.metrics.published.similarity import tia

    words, cut = looks.words(board)
    return Value(tia(looks.feature(picture)[None], words[None], truncated=cut).value)


def _reference(vlog: Vlog) -> Path:
    return there(vlog.file(STYLISED), f"stylised reference ({STYLISED})")


def _picture(vlog: Vlog, attempt: Correction) -> Path | None:
    return vlog.attempts.get((attempt.part, attempt.shot, attempt.attempt))
