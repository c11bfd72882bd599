"""A profile's TOML with what it extends: tables merge, what the later file says wins.

``extends = "paper"`` names a shipped profile, ``extends = "../base.toml"`` a file, as seen from the folder of the file
that says it. A role that names another backbone begins anew: settings of one backbone mean nothing to another. Keys are
refused wherever they stand (``secrets``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from personavlog.errors import ConfigurationError
from personavlog.frozen import misfit

EXTENDS = "extends"
DEEPEST = 8
"""Files behind one another; more are a mistake."""
MOST_BYTES = 256 * 1024
_ROLES = ("image", "video", "music", "speech")
_PLACE = ("base_url", "api_key_env", "price")

Table = Mapping[str, Any]


@dataclass(frozen=True)
class Layer:
    """What one file says; ``place`` is its name in errors, ``file`` where it lies (None: shipped)."""

    place: str
    table: Table
    file: Path | None = None

    @property
    def same(self) -> Path | str:
        """Equal for the same file, whatever way leads to it."""
        return self.place if self.file is None else self.file.resolve()


def parsed(text: str, place: str, file: Path | None = None) -> Layer:
    """The layer of a TOML text; raises ``ConfigurationError`` naming the file."""
    try:
        return Layer(place, tomllib.loads(text), file)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"The profile {place!r} is not TOML: {error}. Correct it.") from error
    except RecursionError as error:
        raise ConfigurationError(f"The profile {place!r} is nested too deeply. Correct it.") from error


def read(path: Path, place: str) -> Layer:
    """The layer of a user's file; raises ``ConfigurationError`` naming it."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise ConfigurationError(f"The profile {place!r} has more than {MOST_BYTES // 1024} KiB. Shorten it.")
        return parsed(data.decode("utf-8"), place, path)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"The profile {place!r} cannot be read: {error}.") from error


def layers(first: Layer, find: Callable[[str, Layer], Layer]) -> tuple[Layer, ...]:
    """The layer and all that it extends, the lowest first; ``find`` gets what ``extends`` says and who says it.

    Raises ``ConfigurationError`` where one extends itself, over others or at once.
    """
    chain = [first]
    while (wanted := chain[-1].table.get(EXTENDS)) is not None:
        last = chain[-1]
        if not isinstance(wanted, str) or not wanted:
            raise ConfigurationError(
                f"The profile {last.place!r} does not fit: {EXTENDS}: give one shipped profile or one .toml file, "
                f"received {wanted!r}."
            )
        below = find(wanted, last)
        if below.same in {one.same for one in chain} or len(chain) > DEEPEST:
            order = " -> ".join(repr(one.place) for one in (*chain, below))
            raise ConfigurationError(f"The profile {last.place!r} extends itself: {order}. Correct its {EXTENDS!r}.")
        chain.append(below)
    return tuple(reversed(chain))


def merged(stack: Iterable[Layer]) -> dict[str, Any]:
    """One table of all layers, the lowest first."""
    whole: dict[str, Any] = {}
    for layer in stack:
        said = {name: value for name, value in layer.table.items() if name != EXTENDS}
        whole = _merged(_without_other_backbones(whole, said), said)
    return whole


def said_in(loc: tuple[int | str, ...], stack: Iterable[Layer]) -> str:
    """The file that a wrong setting is from: the last that says it or a table that it lies in; the last of all for one
    that nobody says."""
    stack = tuple(stack)
    for depth in range(len(loc), 0, -1):
        for layer in reversed(stack):
            if _says(layer.table, loc[:depth]):
                return layer.place
    return stack[-1].place


def sentence(
    errors: Iterable[ErrorDetails], name: str, stack: Iterable[Layer], *, of: type[BaseModel], usual: str
) -> str:
    """Every wrong setting of a profile of the record ``of``, with its file where that is not the profile itself.

    One that lacks whole tables and extends nothing is told to extend ``usual``.
    """
    stack, errors = tuple(stack), tuple(errors)
    lacks = len(stack) == 1 and any(error["type"] == "missing" and len(error["loc"]) == 1 for error in errors)
    advice = f' Begin it with {EXTENDS} = "{usual}", which says the rest.' if lacks else ""

    def told(error: ErrorDetails) -> str:
        place = said_in(error["loc"], stack)
        origin = f" (of {place!r})" if place != stack[-1].place else ""
        return f"{'.'.join(map(str, error['loc']))}{origin}: {misfit(error, of)}"

    return f"The profile {name!r} does not fit: {'; '.join(map(told, errors))}.{advice}"


def _merged(below: Table, above: Table) -> dict[str, Any]:
    whole = _without_other_places(below, above)
    for name, value in above.items():
        known = whole.get(name)
        if isinstance(value, Mapping) and isinstance(known, str):
            known = {"model": known}  # an agent may be given as its model's name alone
        whole[name] = _merged(known, value) if isinstance(known, Mapping) and isinstance(value, Mapping) else value
    return whole


def _without_other_places(below: Table, above: Table) -> dict[str, Any]:
    """``below`` without the address, key's variable and price of a chat model where ``above`` names one of another
    provider; without the price alone where it names another address."""
    another = any(_provider(below.get(name)) != _provider(above[name]) for name in ("writer", "model") if name in above)
    gone = _PLACE if another else ("price",) if "base_url" in above else ()
    return {name: value for name, value in below.items() if name not in gone}


def _provider(model: Any) -> str:
    return str(model).partition(":")[0]


def _without_other_backbones(below: Table, above: Table) -> Table:
    """``below`` without the roles for which ``above`` names another backbone."""
    return {name: value for name, value in below.items() if not _is_another(name, value, above.get(name))}


def _is_another(role: str, below: Any, above: Any) -> bool:
    if role not in _ROLES or not isinstance(below, Mapping) or not isinstance(above, Mapping):
        return False
    return "backbone" in above and above["backbone"] != below.get("backbone")


def _says(table: Any, loc: tuple[int | str, ...]) -> bool:
    for part in loc:
        if not isinstance(table, Mapping) or part not in table:
            return False
        table = table[part]
    return True
