"""The models of this process: what fits stays loaded, and nothing is loaded twice.

One piece of work runs on a device at a time, in a thread. Out of memory, a model is loaded once more at the next level
of offload.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import anyio.to_thread
from anyio import from_thread

from personavlog.backbones.local import device as devices
from personavlog.backbones.local.settings import OFFLOADS, Offload
from personavlog.backbones.local.turns import Turns
from personavlog.errors import OutOfMemoryError

ModelT = TypeVar("ModelT")
T = TypeVar("T")
HOST = "cpu"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Wanted(Generic[ModelT]):
    """A model as it is to be run. Equal ``key`` and ``device`` are the same model; ``load`` blocks, makes it at a level
    of offload and runs in a thread.

    ``size``: about how many bytes its weights take; ``largest``: those of its largest network. ``levels``: the levels
    of offload that it can be run at; ``offload``: the one to begin with. ``budget``: bytes of the device that all
    models together may take, None for the pool's own.
    """

    name: str
    key: str
    device: str
    load: Callable[[Offload], ModelT]
    size: int = 0
    largest: int = 0
    offload: Offload = "none"
    levels: tuple[Offload, ...] = OFFLOADS
    budget: int | None = None


@dataclass(frozen=True)
class Ran(Generic[T]):
    """What the work returned; ``notes`` are what was done otherwise than asked, a sentence each, for the user."""

    value: T
    notes: tuple[str, ...] = ()


@dataclass
class _Loaded:
    wanted: Wanted[Any]
    model: Any
    offload: Offload
    size: int

    @property
    def place(self) -> str:
        """Whose memory its weights take."""
        return self.wanted.device if self.offload == "none" else HOST


class Pool:
    """``memory``: bytes of a device that weights may take."""

    def __init__(self, memory: Callable[[str], int] = devices.memory) -> None:
        self._memory = memory
        self._lock = threading.Lock()
        self._loaded: dict[tuple[str, str], _Loaded] = {}  # the least recently used first
        self._in_use: set[tuple[str, str]] = set()
        self._lowered: dict[tuple[str, str], Offload] = {}
        self._turns = Turns(lambda device, key: (device, key) in self._loaded)

    async def run(self, wanted: Wanted[ModelT], work: Callable[[ModelT], T]) -> Ran[T]:
        """``work``'s result with the model loaded, both in a thread, once it is the model's turn on its device.

        ``work`` ends early on the caller's being cancelled where it calls ``anyio.from_thread.check_cancelled``. Raises
        ``OutOfMemoryError``, and what ``load`` and ``work`` raise.
        """
        async with self._turns.turn(wanted.device, wanted.key):
            return await anyio.to_thread.run_sync(self._run, wanted, work)

    @property
    def loaded(self) -> tuple[str, ...]:
        """The keys of the models that are there, the least recently used first."""
        with self._lock:
            return tuple(key for _, key in self._loaded)

    async def clear(self, device: str) -> None:
        """Drop every model of a device once nothing runs on it."""
        async with self._turns.turn(device, ""):
            await anyio.to_thread.run_sync(self._drop_all, device)

    def _run(self, wanted: Wanted[ModelT], work: Callable[[ModelT], T]) -> Ran[T]:
        first = self._lowered.get((wanted.device, wanted.key), wanted.offload)
        done = self._try(wanted, first, work)
        if isinstance(done, Ran):
            return done
        self._drop_all(wanted.device)
        lower = _next_level(first, wanted.levels)
        if lower is None:
            raise _too_big(wanted, first, done)
        self._lowered[wanted.device, wanted.key] = lower
        note = f"{wanted.name} did not fit into the memory of {wanted.device!r}: run with offload = {lower!r}."
        _log.warning("%s", note)
        done = self._try(wanted, lower, work)
        if isinstance(done, Ran):
            return Ran(done.value, (note,))
        self._drop_all(wanted.device)
        raise _too_big(wanted, lower, done)

    def _try(self, wanted: Wanted[ModelT], offload: Offload, work: Callable[[ModelT], T]) -> Ran[T] | str:
        """The result, or in what words the memory ran out: the error itself holds on to what is to be freed."""
        name = (wanted.device, wanted.key)
        try:
            self._in_use.add(name)
            model = self._get(wanted, offload)
            from_thread.check_cancelled()
            return Ran(work(model))
        except Exception as error:
            if not devices.out_of_memory(error):
                raise
            return str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        finally:
            self._in_use.discard(name)

    def _get(self, wanted: Wanted[ModelT], offload: Offload) -> ModelT:
        name = (wanted.device, wanted.key)
        with self._lock:
            found = self._loaded.pop(name, None)
            if found is not None:
                self._loaded[name] = found  # now the most recently used
                self._make_room(wanted, found.offload, 0)
                return found.model  # type: ignore[no-any-return]
            self._make_room(wanted, offload, wanted.size)
        model = wanted.load(offload)
        with self._lock:
            self._loaded[name] = _Loaded(wanted, model, offload, devices.weight(model) or wanted.size)
        return model

    def _make_room(self, wanted: Wanted[Any], offload: Offload, size: int) -> None:
        """Room for ``size`` bytes of weights where they lie, and on the device for the network that is at work."""
        budget = self._memory(wanted.device) if wanted.budget is None else wanted.budget
        if offload == "none":
            self._evict(wanted.device, budget - size)
        elif wanted.device == HOST:
            self._evict(HOST, budget - size)
        else:
            self._evict(HOST, self._memory(HOST) - size)
            self._evict(wanted.device, budget - (wanted.largest if offload == "model" else 0))

    def _evict(self, place: str, most: int) -> None:
        there = [name for name, one in self._loaded.items() if one.place == place]
        for name in there:
            if sum(one.size for one in self._loaded.values() if one.place == place) <= most:
                return
            if name not in self._in_use:
                _release(self._loaded.pop(name))

    def _drop_all(self, device: str) -> None:
        with self._lock:
            for name in [name for name in self._loaded if name[0] == device]:
                _release(self._loaded.pop(name))


def _release(loaded: _Loaded) -> None:
    _log.info("%s leaves the memory of %s", loaded.wanted.name, loaded.place)
    if hasattr(loaded.model, "remove_all_hooks"):
        loaded.model.remove_all_hooks()
    loaded.model = None
    devices.free()


def _next_level(offload: Offload, levels: tuple[Offload, ...]) -> Offload | None:
    return next((one for one in levels if OFFLOADS.index(one) > OFFLOADS.index(offload)), None)


def _too_big(wanted: Wanted[Any], offload: Offload, why: str) -> OutOfMemoryError:
    return OutOfMemoryError(
        f"{wanted.name} does not fit into the memory of {wanted.device!r} with offload = {offload!r} ({why}). Choose a "
        "smaller model, a smaller size or fewer frames, quantisation, or a higher offload in the profile.",
        provider=wanted.name,
    )


POOL = Pool()
"""The one of this process."""
