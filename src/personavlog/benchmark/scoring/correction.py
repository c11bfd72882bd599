"""What a method's correcting of itself was worth: how often a correction took the place of what was there, what it
gained, what it took, and how often it was taken in."""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from statistics import fmean

from personavlog.benchmark.outputs import CORRECTIONS, Correction
from personavlog.benchmark.scoring import gains
from personavlog.benchmark.scoring.work import MOST_PARTS, Task, Value, Values, Work
from personavlog.errors import MediaError
from personavlog.judge.rates import Rate
from personavlog.media.file import read_bytes

VERSION = "correction-1"
JUDGE = "judge.json"
"""What ``personavlog check-judge`` writes: trials with planted defects and how the loop ended."""
RULE = "measured"
MOST = 10.0
"""Times its noise that one score's change counts at most, so that one score does not drown the others."""
NEEDS: dict[str, tuple[str, ...]] = {
    "correction.acceptance": (),
    "correction.rollback": (),
    "correction.own_gain": (),
    "correction.calls": (),
}
PLANTED: dict[str, tuple[str, ...]] = {"correction.false_accepts": ()}


@cache
def noise() -> Mapping[str, float]:
    """What every score that a loop may compare changes by where nothing got better or worse, by its name."""
    text = files("personavlog.benchmark.scoring").joinpath("noise.toml").read_text("utf-8")
    return {name: float(value) for name, value in tomllib.loads(text).items()}


def works(task: Task) -> Iterator[Work]:
    """From ``corrections.json``, from what the attempts made, and from ``judge.json`` where the vlog's folder has
    one."""
    vlog = task.vlog
    yield Work("vlog", None, NEEDS, VERSION, (vlog.file(CORRECTIONS),), lambda names: _corrections(task))
    yield from gains.works(task)
    yield Work("vlog", None, PLANTED, VERSION, (vlog.file(JUDGE),), lambda names: _false_accepts(task))


def _corrections(task: Task) -> Values:
    if not task.vlog.corrections:
        return {name: Value(None, gains.NO_RECORD) for name in NEEDS}
    later = [one for one in task.vlog.corrections if one.attempt > 0]
    made = [one for one in later if not one.failed]
    kept = Rate(sum(bool(one.accepted) for one in made), len(made))
    rolled = Rate(kept.trials - kept.hits, kept.trials)
    return {
        "correction.acceptance": _share(kept, "No correction was made."),
        "correction.rollback": _share(rolled, "No correction was made."),
        "correction.own_gain": _gain(task.vlog.corrections),
        "correction.calls": Value(float(len(later)), "", {"failed": len(later) - len(made)}),
    }


def _share(rate: Rate, why: str) -> Value:
    return Value(rate.value, "" if rate.trials else why, {"hits": rate.hits, "of": rate.trials})


def _gain(attempts: Sequence[Correction]) -> Value:
    """From the first attempt to the one that was kept, of every picture or clip whose first attempt was replaced."""
    parts, unknown = [], set[str]()
    for first, kept in gains.gained(attempts):
        changes, names = _changes(first, kept)
        unknown |= names
        parts += [fmean(changes)] if changes else []
    note = f"Without {', '.join(sorted(unknown)[:9])}, whose noise is not known." if unknown else ""
    if not parts:
        return Value(None, " ".join(filter(None, ("No correction was kept that has scores to compare.", note))))
    return Value(fmean(parts), note, {"kept": len(parts), "parts": [round(part, 4) for part in parts[:MOST_PARTS]]})


def _changes(before: Correction, after: Correction) -> tuple[list[float], set[str]]:
    """Changes in units of noise, and the scores whose noise nobody knows."""
    changes, unknown = [], set[str]()
    for name, old in before.scores.items():
        new = after.scores.get(name)
        if old is None or new is None or not math.isfinite(new - old):
            continue
        if name in noise():
            changes.append(max(-MOST, min(MOST, (new - old) / noise()[name])))
        else:
            unknown.add(name)
    return changes, unknown


def _false_accepts(task: Task) -> Values:
    file = task.vlog.file(JUDGE)
    if file is None:
        return {"correction.false_accepts": Value(None, f"There is no {JUDGE} (personavlog check-judge writes it).")}
    try:
        check = json.loads(read_bytes(file, "check of the judge"))
    except (ValueError, RecursionError) as error:
        raise MediaError(f"{JUDGE} is no JSON; write it with personavlog check-judge.") from error
    endings = [ending for trial in _trials(check) for ending in trial]
    rate = Rate(endings.count("worse"), len(endings))
    return {"correction.false_accepts": _share(rate, "The loop was run on none of the planted defects.")}


def _trials(check: object) -> Iterator[list[str]]:
    """How the loop ended by the rule, of every planted defect that it was run on."""
    trials = check.get("trials") if isinstance(check, dict) else None
    for trial in trials if isinstance(trials, list) else []:
        if isinstance(trial, dict) and trial.get("defect") and isinstance(endings := trial.get("endings"), dict):
            yield [
                ending for rule, ending in endings.items() if rule == RULE and ending in ("better", "equal", "worse")
            ]
