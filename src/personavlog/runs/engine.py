"""The step engine: work that costs time or money is done once, whatever happens to the process.

A step's key is the digest of its kind, version, backbone fingerprint, inputs and take (``keys``). Equal key: the stored
result, from any run. A result is committed in one SQLite transaction after its blobs are on disk, so ``kill -9`` at any
instant loses only what was running. Built on asyncio, as the chat role is; a step's work must not start another step of
the same ``uses``, which would wait for itself.
"""

from __future__ import annotations

import asyncio
import logging
import re
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from typing import TypeVar

import anyio
from pydantic import BaseModel, ValidationError

from personavlog.errors import Cancelled, ConfigurationError, RunError
from personavlog.redaction import data_without_keys, without_keys
from personavlog.runs.blobs import Blobs
from personavlog.runs.index import Event, Index, StepRow
from personavlog.runs.keys import Input, input_digests, plain, schema_of, step_key
from personavlog.runs.leftovers import sweep_temporary
from personavlog.runs.lock import alone
from personavlog.runs.machine import machine_errors
from personavlog.runs.results import missing_blobs
from personavlog.runs.shared_locks import SharedLocks
from personavlog.runs.single_flight import SingleFlight
from personavlog.system import give_memory_back

T = TypeVar("T", bound=BaseModel)
Listener = Callable[[Event], None]

MESSAGE_LENGTH = 2000
PROGRESS_SECONDS = 0.25
SUBSCRIPTION_SECONDS = 0.05

_RUN = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
_single_flight = SingleFlight()
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class StepRun:
    """What a step's work is told of itself: its ``name``, and its ``key``, which remote jobs are stored under. The
    work adds the entries of the ledger that were ``answered`` for it: they are settled together with its result."""

    name: str
    key: str
    answered: list[int] = field(default_factory=list)


class Engine:
    """Makes one run.

    ``limits`` is how many steps of a backbone (``uses``) may run at once; a backbone without an entry runs one at a
    time. With ``keep_stale`` a step whose inputs changed returns the run's earlier result, marked stale; only missing
    steps and takes that somebody asked for are made.
    """

    def __init__(
        self, store: Blobs, index: Index, run: str, limits: Mapping[str, int], *, keep_stale: bool = False
    ) -> None:
        if not _RUN.fullmatch(run):
            raise RunError(f"A run is named by lower-case letters, digits and '-'; received {run!r}.")
        self.store, self.index, self.run, self.keep_stale = store, index, run, keep_stale
        self._limits = dict(limits)
        self._takes: dict[str, int | None] | None = None
        self._locks = SharedLocks(index.path.parent / "locks" / "steps")
        self._limiters: dict[str, anyio.CapacityLimiter] = {}
        self._listeners: list[Listener] = []
        self._telling = threading.RLock()
        self._stopped = threading.Event()
        self._over = threading.Event()
        self._scopes: dict[anyio.CancelScope, asyncio.AbstractEventLoop] = {}

    @contextmanager
    def making(self) -> Iterator[None]:
        """Hold the run while it is made, and record its begin and end; raises ``RunError`` with the process id if
        somebody else is making it."""
        with alone(self.index.lock_file(self.run), f"run {self.run!r}"):
            sweep_temporary()
            self.index.release(self.run)
            self.index.ledger.interrupt(self.run)
            self._over.clear()
            self._takes = {}
            self.emit("begin")
            try:
                with self._telling_the_end():
                    yield
            finally:
                self._takes = None
                self._over.set()

    async def step(
        self,
        name: str,
        work: Callable[[StepRun], Awaitable[T]],
        *,
        version: int,
        fingerprint: str,
        uses: str | tuple[str, ...],
        inputs: Mapping[str, Input],
        returns: type[T],
        take: int = 0,
    ) -> T:
        """The result of ``work`` for these inputs: pinned, stored, or made now and stored.

        ``name`` may carry numbers ("keyframe/3"); they tell steps of a run apart and are not part of the key.
        ``uses`` are the limits that the work counts against. What ``work`` raises is recorded and raised, never stored;
        ``Cancelled`` is raised as soon as the run is stopped.
        """
        chosen = self.take_of(name)
        take = take if chosen is None else chosen
        digests = input_digests(name, inputs)
        key = step_key(
            name, version=version, fingerprint=fingerprint, inputs=digests, take=take, schema=schema_of(returns)
        )
        before = self.index.find_step(self.run, name)
        row = StepRow(
            self.run,
            name,
            "pending",
            key,
            made=before.made if before else None,
            take=take,
            fingerprint=fingerprint,
            inputs=digests,
        )
        with self._stoppable():
            async with _single_flight.alone((self.index.path, key)):
                known = self._known(row, returns)
                if known is not None:
                    return known
                async with self._limited(uses), self._locks.held(key):
                    # Another process may have made it while this one waited for its turn.
                    return self._known(row, returns) or await self._make(row, work, returns)

    def take_of(self, name: str) -> int | None:
        """The take that was chosen for a step, None where nobody did. A making sticks to what it read first, so that a
        take which somebody asks for meanwhile has not the seed of another."""
        if self._takes is None:
            return self.index.edits.chosen(self.run, name)
        if name not in self._takes:
            self._takes[name] = self.index.edits.chosen(self.run, name)
        return self._takes[name]

    def progress(self, name: str) -> Callable[[float], None]:
        """What a backbone calls with its finished share, 0 to 1, from any thread; the call raises ``Cancelled`` once
        the run was stopped."""
        reported = -PROGRESS_SECONDS

        def report(share: float) -> None:
            nonlocal reported
            self._check()
            now = time.monotonic()
            if now - reported >= PROGRESS_SECONDS:
                reported = now
                self.emit("progress", name=name, share=round(min(max(float(share), 0.0), 1.0), 4))

        return report

    def emit(self, kind: str, **data: Input) -> Event:
        """Store something that happened (a round, an attempt, a decision, a note) and notify the listeners; models
        become JSON."""
        event = self.index.emit(self.run, kind, {name: data_without_keys(plain(value)) for name, value in data.items()})
        self._tell(event)
        return event

    @contextmanager
    def listening(self, listener: Listener) -> Iterator[None]:
        """Call ``listener`` with every event, one at a time, on the thread where it happens (backbones report progress
        from worker threads)."""
        self._listeners.append(listener)
        try:
            yield
        finally:
            self._listeners.remove(listener)

    async def subscribe(self, after: int = 0) -> AsyncIterator[Event]:
        """The run's events with an id above ``after``, the past ones and then the new ones as they come, until the
        making ends."""
        while True:
            over = self._over.is_set()
            for event in self.index.events(self.run, after):
                after = event.id
                over = event.kind == "end" or (over and event.kind != "begin")
                yield event
            if over:
                return
            await anyio.sleep(SUBSCRIPTION_SECONDS)

    def cancel(self) -> None:
        """Stop the run, from any thread or a signal handler; every step in progress raises ``Cancelled``, what is
        finished is kept."""
        self._stopped.set()
        for scope, loop in list(self._scopes.items()):
            loop.call_soon_threadsafe(scope.cancel)

    @property
    def cancelled(self) -> bool:
        """Whether somebody stopped the run."""
        return self._stopped.is_set()

    def _pinned(self, row: StepRow, returns: type[T]) -> T | None:
        text = self.index.edits.pinned(self.run, row.name)
        if text is None:
            return None
        result = self._read(text, returns)
        if result is None:
            raise ConfigurationError(
                f"What was pinned to step {row.name!r} is no {returns.__name__} any more, or its file is gone. "
                "Pin it again or unpin it."
            )
        self._mark(replace(row, status="pinned"), "pinned")
        return result

    def _stored(self, row: StepRow, returns: type[T]) -> T | None:
        action = self.index.action(row.key)
        if action is None:
            return None
        result = self._read(action.result, returns)
        if result is None:  # its media are gone or damaged: made again, and replaced only then
            return None
        self._mark(replace(row, status="hit", made=row.key, seconds=action.seconds), "hit")
        return result

    def _kept(self, row: StepRow, returns: type[T]) -> T | None:
        if not self.keep_stale or self.index.edits.asked(self.run, row.name):
            return None
        key = self.index.kept(self.run, row.name, row.take) or row.made
        action = self.index.action(key) if key else None
        result = self._read(action.result, returns) if action else None
        if result is not None and key is not None:
            before = self.index.made_inputs(self.run, row.name, key)
            changed = sorted(
                name for name in before.keys() | row.inputs.keys() if before.get(name) != row.inputs.get(name)
            )
            self._mark(replace(row, status="stale", made=key, message=", ".join(changed)), "stale", changed=changed)
        return result

    def _known(self, row: StepRow, returns: type[T]) -> T | None:
        return next((found for look in (self._pinned, self._stored, self._kept) if (found := look(row, returns))), None)

    async def _make(self, row: StepRow, work: Callable[[StepRun], Awaitable[T]], returns: type[T]) -> T:
        self._mark(replace(row, status="running"), "started")
        started, run = time.monotonic(), StepRun(row.name, row.key)
        try:
            with machine_errors():
                text = self._writable(row.name, await work(run), returns)
        except BaseException as error:
            self.index.ledger.paid(run.answered)
            self._failed(replace(row, seconds=time.monotonic() - started), error)
            raise
        finally:
            give_memory_back()
        done = replace(row, status="done", made=row.key, seconds=time.monotonic() - started)
        self._tell(self.index.commit(done, text, run.answered))
        return returns.model_validate_json(text)

    def _failed(self, row: StepRow, error: BaseException) -> None:
        if isinstance(error, Exception) and not isinstance(error, Cancelled):
            message = without_keys(f"{type(error).__name__}: {error}")[:MESSAGE_LENGTH]
            self._mark(replace(row, status="failed", message=message), "failed", message=message)
        else:
            self._mark(replace(row, status="pending"), "cancelled")

    def _read(self, text: str, returns: type[T]) -> T | None:
        """The stored result, or None if it does not fit the type any more or one of its blobs is gone."""
        try:
            result = returns.model_validate_json(text)
        except ValidationError:
            return None
        return None if missing_blobs(result, self.store) else result

    def _writable(self, name: str, result: T, returns: type[T]) -> str:
        missing = missing_blobs(result, self.store)
        if missing:
            raise RunError(f"The step {name!r} returned the blob {missing[0]!r} without storing its bytes.")
        text = result.model_dump_json()
        if self._read(text, returns) is None:
            raise RunError(
                f"The step {name!r} returned a {type(result).__name__} that cannot be read back as "
                f"{returns.__name__} (not-a-number values?)."
            )
        return text

    def _mark(self, row: StepRow, kind: str, **data: Input) -> None:
        self._tell(self.index.mark(row, kind, **{name: plain(value) for name, value in data.items()}))

    def _tell(self, event: Event) -> None:
        with self._telling:
            for listener in tuple(self._listeners):
                try:
                    listener(event)
                except Exception:  # noqa: BLE001 - a listener that fails must not cost the step that it hears of
                    _log.exception("A listener of the run %r failed at %r", self.run, event.kind)

    def _check(self) -> None:
        if self._stopped.is_set():
            raise Cancelled(f"The run {self.run!r} was stopped. Go on with: personavlog resume {self.run}")

    @contextmanager
    def _telling_the_end(self) -> Iterator[None]:
        try:
            yield
        except Cancelled:
            self.emit("end", outcome="cancelled")
            raise
        except Exception as error:
            self.emit("end", outcome="failed", message=f"{type(error).__name__}: {error}"[:MESSAGE_LENGTH])
            raise
        except BaseException:
            self.emit("end", outcome="cancelled")
            raise
        self.emit("end", outcome="done")

    @contextmanager
    def _stoppable(self) -> Iterator[None]:
        self._check()
        with anyio.CancelScope() as scope:
            self._scopes[scope] = asyncio.get_running_loop()
            try:
                yield
            finally:
                del self._scopes[scope]
        if scope.cancelled_caught:
            self._check()

    @asynccontextmanager
    async def _limited(self, uses: str | tuple[str, ...]) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for name in (uses,) if isinstance(uses, str) else sorted(set(uses)):
                if name not in self._limiters:
                    self._limiters[name] = anyio.CapacityLimiter(self._limits.get(name, 1))
                await stack.enter_async_context(self._limiters[name])
            self._check()
            yield
