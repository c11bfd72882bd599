"""What is data and not code: the story library, the painted places, things, poses and styles, voices, tracks and
spellings."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from personavlog.errors import ConfigurationError

KindT = TypeVar("KindT")
STRICT = ConfigDict(extra="forbid")
"""What rows have as ``__pydantic_config__``: a field that is not known is an error."""
REMEDY = "Correct the file, or install the package again to have it as it came."


def file(*names: str) -> Traversable:
    """A file of this folder."""
    return files(__name__).joinpath(*names)


def read_toml(*names: str) -> dict[str, Any]:
    """A TOML file of this folder; raises ``ConfigurationError`` with line and column where it is none."""
    path = file(*names)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path} is not TOML: {error}. {REMEDY}") from error


def read_sheet(kind: type[KindT], name: str) -> KindT:
    """The whole of ``name``.toml as ``kind``; raises ``ConfigurationError`` that names each field that does not fit."""
    return _checked(TypeAdapter(kind), read_toml(f"{name}.toml"), name, "the file")


def read_rows(kind: type[KindT], name: str, by: str) -> Mapping[str, KindT]:
    """The rows of ``name``.toml, which are called ``[[name]]`` in it, as ``kind``; by their field ``by``, in the file's
    order. Raises ``ConfigurationError`` as ``checked_rows`` does."""
    return checked_rows(kind, read_toml(f"{name}.toml"), name, by)


def checked_rows(kind: type[KindT], sheet: Mapping[str, Any], name: str, by: str) -> Mapping[str, KindT]:
    """The same for a file that is read already. Raises ``ConfigurationError`` that names the row and each field that
    does not fit, a row without its ``by``, and one whose ``by`` another row has."""
    if list(sheet) != [name] or not isinstance(sheet[name], list):
        raise _misfit(name, f"it must hold [[{name}]] rows and nothing else, and it holds {list(sheet)!r}")
    rows, adapter = dict[str, KindT](), TypeAdapter(kind)
    for row in sheet[name]:
        key = row.get(by) if isinstance(row, Mapping) else None
        if not isinstance(key, str) or key in rows:
            raise _misfit(name, f"every row needs its own {by}, and one has {key!r}")
        rows[key] = _checked(adapter, row, name, f"the row with {by} {key!r}")
    return MappingProxyType(rows)


def checked(kind: type[KindT], content: Mapping[str, Any], name: str) -> KindT:
    """Content that is read already, as ``kind``; raises ``ConfigurationError`` that names each field that does not
    fit."""
    return _checked(TypeAdapter(kind), content, name, "the file")


def _checked(adapter: TypeAdapter[KindT], content: Mapping[str, Any], name: str, part: str) -> KindT:
    try:
        return adapter.validate_python(content)
    except ValidationError as error:
        faults = (f"{'.'.join(map(str, one['loc']))}: {one['msg']}, got {one['input']!r}" for one in error.errors())
        raise _misfit(name, f"{part} does not fit: {'; '.join(faults)}") from error


def _misfit(name: str, fault: str) -> ConfigurationError:
    path, said = file(f"{name}.toml"), fault[:1].upper() + fault[1:]
    return ConfigurationError(f"{said} ({path}). {REMEDY}")
