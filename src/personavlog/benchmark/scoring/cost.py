"""What a vlog took, as its maker wrote it down."""

from __future__ import annotations

from collections.abc import Iterator

from personavlog.benchmark.outputs import COST
from personavlog.benchmark.scoring.work import Task, Value, Values, Work

VERSION = "cost-1"
NEEDS: dict[str, tuple[str, ...]] = {"cost.seconds": (), "cost.dollars": (), "cost.calls": ()}
UNKNOWN = "The maker did not say."


def works(task: Task) -> Iterator[Work]:
    """What is unknown is None, never 0."""
    yield Work("vlog", None, NEEDS, VERSION, (task.vlog.file(COST),), lambda names: _cost(task))


def _cost(task: Task) -> Values:
    cost = task.vlog.cost
    if cost is None:
        return {name: Value(None, f"There is no {COST} that can be read.") for name in NEEDS}
    found = {
        "cost.seconds": cost.seconds,
        "cost.dollars": cost.dollars,
        "cost.calls": float(sum(cost.calls.values())) if cost.calls else None,
    }
    return {name: Value(value, "" if value is not None else UNKNOWN) for name, value in found.items()}
