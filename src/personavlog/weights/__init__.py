"""Model files: a catalogue with digests and licences, fetched once with the machine's own package clients, then read
from a cache.

``path`` and ``file`` are what other modules call. Nothing here keeps a network address.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from personavlog.errors import ConfigurationError, MissingWeightsError
from personavlog.weights import cache
from personavlog.weights.catalogue import catalogue, sets
from personavlog.weights.fetching import Progress, fetch_all
from personavlog.weights.weight import Weight

__all__ = [
    "Progress",
    "Status",
    "Weight",
    "catalogue",
    "entry",
    "fetch",
    "file",
    "is_offline",
    "path",
    "set_offline",
    "sets",
    "status",
    "verify",
]

_OFFLINE = "PERSONAVLOG_OFFLINE"


@dataclass(frozen=True)
class Status:
    """The state of one entry; ``size`` is in bytes when complete."""

    name: str
    state: Literal["ready", "unfinished", "absent"]
    size: int
    folder: Path
    weight: Weight


def path(name: str) -> Path:
    """The folder with the entry's files, fetched first if it is not in the cache.

    Raises ``MissingWeightsError`` if it is not there and must not be fetched (offline, or opt-in and never asked for),
    ``WeightsError`` if it cannot be.
    """
    weight = entry(name)
    if not cache.complete(weight):
        if is_offline() or weight.opt_in:
            raise _missing(weight)
        fetch_all([weight], _silent)
    return cache.folder(weight)


def file(name: str, filename: str | None = None) -> Path:
    """One file of an entry; the model itself, which the catalogue lists first, where no ``filename`` is given."""
    listed = [one.name for one in entry(name).files]
    if filename is not None and filename not in listed:
        raise ConfigurationError(f"The weights {name!r} have no file {filename!r}; they have {', '.join(listed)}.")
    return path(name) / (filename or listed[0])


def fetch(names: Iterable[str], progress: Progress | None = None) -> None:
    """Bring entries or whole sets (``sets``) into the cache, two at a time; what is there already is not fetched again.

    Naming an opt-in entry is opting in. Raises ``MissingWeightsError`` offline, ``WeightsError`` or ``MachineError``
    with everything finished kept.
    """
    wanted = [entry(name) for name in _members(names)]
    if is_offline() and (absent := [weight for weight in wanted if not cache.complete(weight)]):
        raise _missing(*absent)
    fetch_all(wanted, progress or _silent)


def verify(names: Iterable[str] = ()) -> dict[str, tuple[str, ...]]:
    """Hash every file again; the damaged or absent files of each entry that is not sound. No names: all that is in the
    cache.

    A damaged entry loses its marker, so that it is fetched anew when it is next needed.
    """
    found = {}
    for weight in [entry(name) for name in _members(names)] or [
        one for one in catalogue().values() if cache.folder(one).is_dir()
    ]:
        faults = cache.faults(weight)
        if faults:
            cache.forget(weight)
            found[weight.name] = faults
    return found


def status(names: Iterable[str] = ()) -> tuple[Status, ...]:
    """The state of entries, in the catalogue's order; no names: all of them."""
    chosen = _members(names) or tuple(catalogue())
    return tuple(
        Status(weight.name, _state(weight), weight.size, cache.folder(weight), weight) for weight in map(entry, chosen)
    )


def is_offline() -> bool:
    """Whether nothing may be fetched: ``PERSONAVLOG_OFFLINE`` is set to anything but 0 or nothing."""
    return os.environ.get(_OFFLINE, "0") not in ("", "0")


def set_offline(offline: bool) -> None:
    """Forbid or allow fetching, for this process and those that it starts: the environment variable is the only
    state."""
    os.environ[_OFFLINE] = "1" if offline else "0"


def _state(weight: Weight) -> Literal["ready", "unfinished", "absent"]:
    if cache.complete(weight):
        return "ready"
    return "unfinished" if cache.unfinished(weight).is_dir() else "absent"


def _members(names: Iterable[str]) -> Sequence[str]:
    return tuple(dict.fromkeys(member for name in names for member in sets().get(name, (name,))))


def entry(name: str) -> Weight:
    """The catalogue's entry of a name; raises ``ConfigurationError`` naming what there is."""
    if name not in catalogue():
        raise ConfigurationError(
            f"There are no weights called {name!r}. There are: {', '.join(catalogue())}; and the sets "
            f"{', '.join(sets())}."
        )
    return catalogue()[name]


def _missing(*absent: Weight) -> MissingWeightsError:
    why = "fetching is switched off" if is_offline() else "fetched only when asked for by name"
    limits = " ".join(dict.fromkeys(f" {weight.limits}" for weight in absent if weight.limits))
    advice = f"Get {'it' if len(absent) == 1 else 'them'} with: personavlog weights fetch"
    named = " ".join(weight.name for weight in absent)
    if len(absent) == 1:
        one = absent[0]
        what = (
            f"The model file {one.files[0].name!r} of {one.name!r} ({one.size / 1e6:.1f} MB, licence {one.licence}) is"
        )
    else:
        size = sum(weight.size for weight in absent) / 1e6
        what = f"{len(absent)} entries of model files ({size:.0f} MB) are"
    return MissingWeightsError(f"{what} not in the cache, and {why}.{limits} {advice} {named}")


def _silent(name: str, there: int, whole: int) -> None:
    """Ignore the progress."""
