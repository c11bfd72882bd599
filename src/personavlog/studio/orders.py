"""What waits to be made and whose turn it is; kept in a file, so that a server that dies loses no order."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path

from pydantic import Field, ValidationError

from personavlog.frozen import Frozen
from personavlog.runs.folder import write_file
from personavlog.steps import Until


class Order(Frozen):
    """One film to be made: ``until`` how far, ``max_cost`` US dollars that it may cost in all, ``unknown`` whether also
    calls without a known price are sent then, ``owner`` who asked, ``profile`` the name of the film's."""

    run: str
    runs: Path
    owner: str
    profile: str
    until: Until | None = None
    max_cost: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    unknown: bool = False


class Orders(Frozen):
    """``waiting`` in the order in which they came, ``begun`` those whose process was started, ``served`` the owners by
    when they had their last turn, longest ago first."""

    waiting: tuple[Order, ...] = ()
    begun: tuple[Order, ...] = ()
    served: tuple[str, ...] = ()

    def added(self, order: Order) -> Orders:
        """With one more at the end."""
        return self.model_copy(update={"waiting": (*self.without(order.run).waiting, order)})

    def without(self, run: str) -> Orders:
        """With this run no longer waiting."""
        return self.model_copy(update={"waiting": tuple(one for one in self.waiting if one.run != run)})

    def going(self, runs: Collection[str]) -> Orders:
        """With only these runs of the begun ones; the others have ended."""
        return self.model_copy(update={"begun": tuple(one for one in self.begun if one.run in runs)})

    def started(self, order: Order) -> Orders:
        """With a waiting one begun: its owner's next turn comes after everybody else's."""
        served = tuple(one for one in self.served if one != order.owner)
        return Orders(
            waiting=tuple(one for one in self.waiting if one.run != order.run),
            begun=(*self.begun, order),
            served=(*served, order.owner),
        )

    def next(self, at_once: int, limits: Mapping[str, int]) -> Order | None:
        """Whose turn it is: the first order of the owner who was served longest ago, as far as ``at_once`` films and
        ``limits`` films a profile leave room; None where nobody's is."""
        if len(self.begun) >= at_once:
            return None
        turns = {owner: number for number, owner in enumerate(self.served)}
        fitting = [one for one in self.waiting if self._has_room(one.profile, limits)]
        return min(fitting, key=lambda one: turns.get(one.owner, -1), default=None)

    def _has_room(self, profile: str, limits: Mapping[str, int]) -> bool:
        return profile not in limits or sum(one.profile == profile for one in self.begun) < limits[profile]


def read(file: Path) -> Orders:
    """The orders in a file; none where it is absent or damaged: the films themselves are not in it."""
    try:
        return Orders.model_validate(json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, ValidationError):
        return Orders()


def write(file: Path, orders: Orders) -> None:
    """Keep the orders; raises ``MachineError``."""
    write_file(file, orders.model_dump_json().encode())
