"""What one vlog took, from the run's ledger and events, also where results of earlier runs were used again."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence

from personavlog.benchmark.outputs import Cost
from personavlog.estimate.film import estimate_film
from personavlog.estimate.numbers import EstimateStage, Span
from personavlog.runs.index import Event, StepRow
from personavlog.saved import OpenRun
from personavlog.steps import Part, StepName, Work

_BY_WORK = {Work.PAINT: "image", Work.ANIMATE: "video", Work.INSPECT: "chat", Work.INSTRUCT: "chat"}
_BY_PART = {
    Part.STYLISE: "image",
    Part.WRITE: "chat",
    Part.SHORTEN: "chat",
    Part.VOICE: "speech",
    Part.MUSIC: "music",
}


def cost_of(run: OpenRun) -> Cost:
    """Wall seconds, US dollars and calls by role, checks of the judge not among them.

    A step whose result came from another run counts as what it took there: its seconds are added, and the price of its
    receipt. What a chat model took there is not known here, so ``dollars`` is None then, unless the profile's chat
    models cost nothing. Agents that measure instead of asking a model are no calls.
    """
    events = run.index.events(run.folder.run)
    entries = [one for one in run.index.ledger.entries(run.folder.run) if _role(one.step)]
    reused = _reused(events, run.index.steps(run.folder.run))
    prices = [one.money for one in entries] + [_price(run, row) for row in reused if _role(row.name)]
    known = [money for money in prices if money is not None]
    return Cost(
        seconds=round(_wall(events) + math.fsum(row.seconds for row in reused), 3) if events else None,
        dollars=math.fsum(known) if len(known) == len(prices) else None,
        calls=dict(Counter(_role(one.step) for one in entries)),
    )


def _role(step: str) -> str:
    """The role that a step asks; "" for none, and for what is no step of a film's making."""
    name = StepName.parse(step)
    if name is None or name.part is Part.JUDGE:
        return ""
    return _BY_PART.get(name.part, "") if name.work is None else _BY_WORK.get(name.work, "")


def _reused(events: Sequence[Event], rows: Sequence[StepRow]) -> list[StepRow]:
    """The steps whose result no making of this run made."""
    made = {str(event.data.get("key")) for event in events if event.kind == "done"}
    return [row for row in rows if row.status == "hit" and row.key not in made and not row.name.startswith(Part.JUDGE)]


def _price(run: OpenRun, row: StepRow) -> float | None:
    """What the receipt of a reused result says; a chat model's has none."""
    if _role(row.name) == "chat":
        stages = estimate_film(run.brief, run.profile).stages
        thinking = [one.money for one in stages if one.stage in (EstimateStage.SCRIPT, EstimateStage.MEASURING)]
        return 0.0 if all(money == Span() for money in thinking) else None
    action = run.index.action(row.key)
    receipt = json.loads(action.result).get("receipt") if action else None
    money = receipt.get("money") if isinstance(receipt, dict) else None
    return float(money) if isinstance(money, int | float) else None


def _wall(events: Sequence[Event]) -> float:
    """Seconds of all makings together, each from its begin to its end, or to its last event where it was killed."""
    total, begun, last = 0.0, None, 0.0
    for event in events:
        if event.kind == "begin":
            total += 0.0 if begun is None else last - begun
            begun = event.at
        if begun is not None:
            last = event.at
        if event.kind == "end" and begun is not None:
            total, begun = total + event.at - begun, None
    return total + (0.0 if begun is None else last - begun)
