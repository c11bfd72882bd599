"""Films in the making. Each is a process of its own in a session of its own, so that it outlives the page and the
server; whether it is being made is told by the lock that it holds."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Literal

from personavlog.errors import MachineError, PersonaVlogError, RunError
from personavlog.redaction import without_keys
from personavlog.runs.folder import open_store
from personavlog.runs.lock import alone, held, holder
from personavlog.runs.machine import explained
from personavlog.saved import read_brief
from personavlog.steps import Until
from personavlog.studio import orders
from personavlog.studio.access import PAGE
from personavlog.studio.finding import found
from personavlog.studio.orders import Order
from personavlog.system import CREATION_FLAGS, OWN_SESSION

TICK_SECONDS = 0.5
MOST_WAITING = 200
SAID_CHARACTERS = 1200
Place = Literal["waiting", "making"]
_log = logging.getLogger("personavlog.studio")
_children: dict[str, subprocess.Popen[bytes]] = {}
"""What this process started, by run, until it is waited for: films outlive their queue, but a child has one parent."""


class FilmQueue:
    """What waits its turn and what is being made of the films in ``runs``. ``at_once`` films are made at a time, of a
    profile in ``limits`` at most that many; several owners take turns."""

    def __init__(self, folder: Path, runs: Path, *, at_once: int = 1, limits: Mapping[str, int] | None = None) -> None:
        self._folder, self._file, self._runs = folder, folder / "queue.json", runs
        self._at_once, self._limits = at_once, dict(limits or {})
        self._orders = orders.read(self._file)
        self._told: dict[str, int] = {}
        self._troubles: dict[str, str] = {}
        self._lock = threading.RLock()

    def start(
        self,
        run: str,
        until: Until | None = None,
        max_cost: float | None = None,
        *,
        unknown_prices: bool = False,
        owner: str = PAGE,
    ) -> Place:
        """Make a film, or go on with it, when its turn comes; one that waits or is being made already is not begun
        again. ``max_cost`` are US dollars in all.

        Raises ``NoSuchThingError``, ``ConfigurationError`` for a damaged run, ``RunError`` where too many wait,
        ``MachineError``.
        """
        with self._lock:
            folder = found(run, self._runs)
            if place := self.place(run):
                return place
            profile = read_brief(folder).profile.name
            if len(self._orders.waiting) >= MOST_WAITING:
                raise RunError(f"{MOST_WAITING} films wait already. Begin another when some of them are made.")
            order = Order(
                run=run,
                runs=self._runs,
                owner=owner,
                profile=profile,
                until=until,
                max_cost=max_cost,
                unknown=unknown_prices,
            )
            self._keep(self._orders.added(order))
            self._troubles.pop(run, None)
            self.advance()
            if trouble := self._troubles.get(run):
                raise MachineError(trouble)
            return "waiting" if self.waits(run) else "making"

    def stop(self, run: str) -> Place | None:
        """Take a waiting film out of the queue, or ask the process that makes it to stop, once: it makes no new call,
        what is under way may still be charged, and everything finished is kept. Says which it was; None where neither.
        """
        with self._lock:
            if self.waits(run):
                self._keep(self._orders.without(run))
                return "waiting"
            process = self._process(run)
            if process is None:
                return None
            if self._told.get(run) != process:
                self._told[run] = process
                # Not SIGINT: a program that a shell started in its background ignores it, and so do its children.
                os.kill(process, signal.SIGTERM)
            return "making"

    def place(self, run: str) -> Place | None:
        """Whether a film waits its turn or is being made; None: neither."""
        with self._lock:
            if self.waits(run):
                return "waiting"
            return "making" if self._process(run) is not None else None

    def places(self) -> dict[str, Place]:
        """Where each film stands that this queue has not done with."""
        with self._lock:
            begun = {one.run: self.place(one.run) for one in (*self._orders.waiting, *self._orders.begun)}
        return {run: place for run, place in begun.items() if place is not None}

    def waits(self, run: str) -> bool:
        """Whether a film waits its turn."""
        return any(one.run == run for one in self._orders.waiting)

    def ahead(self, run: str) -> int:
        """How many films are made or wait before this one's turn comes, as far as can be told now."""
        with self._lock:
            names = [one.run for one in self._orders.waiting]
            return len(self._orders.begun) + names.index(run) if run in names else 0

    def trouble(self, run: str) -> str:
        """Why the last process of a film ended without making it, in its own words; "" where it did not."""
        return self._troubles.get(run, "")

    def forget(self, run: str) -> None:
        """Drop what is kept about a film that was deleted."""
        with self._lock:
            self._keep(self._orders.without(run))
            self._troubles.pop(run, None)
            self._output(run).unlink(missing_ok=True)

    def advance(self) -> None:
        """Begin what may begin now, after looking which processes have ended."""
        with self._lock:
            self._reap()
            now = self._orders.going([one.run for one in self._orders.begun if self._process(one.run) is not None])
            while (order := now.next(self._at_once, self._limits)) is not None:
                now = now.started(order) if self._begun(order) else now.without(order.run)
            self._keep(now)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Let films begin when their turn comes, for as long as the block lasts."""
        over = threading.Event()
        clock = threading.Thread(target=self._tick, args=(over,), daemon=True)
        clock.start()
        try:
            yield
        finally:
            over.set()
            clock.join()

    def _tick(self, over: threading.Event) -> None:
        while not over.is_set():
            try:
                if self._orders.waiting or self._orders.begun:
                    self.advance()
            except PersonaVlogError as error:  # a full disk, say: the next round may find room
                _log.error("The queue could not go on: %s", error)
            over.wait(TICK_SECONDS)

    def _begun(self, order: Order) -> bool:
        """Start the process of an order, unless somebody makes that film already; False where it cannot be."""
        try:
            if self._process(order.run) is None:
                _children[order.run] = self._started(order)
        except MachineError as error:
            self._troubles[order.run] = str(error)
            return False
        return True

    def _started(self, order: Order) -> subprocess.Popen[bytes]:
        place = self._output(order.run)
        with explained(place):
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("wb") as output:
                return subprocess.Popen(
                    command(order),
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    env={**os.environ, "NO_COLOR": "1", "TERM": "dumb"},
                    start_new_session=OWN_SESSION,
                    creationflags=CREATION_FLAGS,
                )

    def _reap(self) -> None:
        for run, child in list(_children.items()):
            if child.poll() is not None:
                del _children[run]
                self._told.pop(run, None)
                if child.returncode > 0 and child.returncode != _INTERRUPTED:
                    self._troubles[run] = self._said(run)

    def _said(self, run: str) -> str:
        """The end of what a film's process printed."""
        try:
            text = self._output(run).read_text("utf-8", errors="replace")
        except OSError:
            return ""
        return without_keys(text[-SAID_CHARACTERS:]).strip()

    def _process(self, run: str) -> int | None:
        """The process that makes a film; None where nobody does. One that was started a moment ago holds no lock yet,
        and what this process itself holds is a change that is just being made."""
        child = _children.get(run)
        if child is not None and child.poll() is None:
            return child.pid
        with closing(open_store()[1]) as index:
            lock = index.lock_file(run)
        if not lock.exists() or not held(lock):
            return None
        number = holder(lock)
        return int(number) if number.isdigit() and int(number) != os.getpid() else None

    def _output(self, run: str) -> Path:
        return self._folder / "output" / f"{run}.txt"

    def _keep(self, now: orders.Orders) -> None:
        if now != self._orders:
            orders.write(self._file, now)
            self._orders = now


def command(order: Order) -> list[str]:
    """The command line that makes a film."""
    words = [sys.executable, "-m", "personavlog", "resume", order.run, "--runs", str(order.runs)]
    if order.until is not None:
        words += ["--until", order.until.value]
    if order.max_cost is not None:
        words += ["--max-cost", str(order.max_cost)]
    return [*words, "--allow-unknown-prices"] if order.unknown else words


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Be the only server of a home folder; raises ``RunError`` where there is one: two would begin films side by
    side."""
    lock = folder / "server.lock"
    try:
        with alone(lock, "queue"):
            yield
    except RunError as error:
        if not held(lock):
            raise
        raise RunError(
            f"A studio of this home folder runs already, as process {holder(lock)}. Use that one, or start another "
            "with a PERSONAVLOG_HOME of its own."
        ) from error


_INTERRUPTED = 130
