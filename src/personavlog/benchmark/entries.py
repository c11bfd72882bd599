"""A user's TOML file of entries, read as a record; what is wrong with it is named by file, entry and field."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from personavlog.errors import BriefError, ConfigurationError
from personavlog.frozen import misfit
from personavlog.media.file import read_bytes

MOST_BYTES = 2_000_000

FileT = TypeVar("FileT", bound=BaseModel)


def read_entries(path: Path, form: type[FileT]) -> FileT:
    """The file at ``path`` as a ``form``, whose fields are tuples of records; raises ``ConfigurationError``."""
    place = f"The data file {str(path)!r}"
    table: dict[str, Any] = {}
    try:
        data = read_bytes(path, "data file")
        if len(data) > MOST_BYTES:
            raise ConfigurationError(f"{place} is larger than {MOST_BYTES // 1_000_000} MB. Make several of it.")
        table = tomllib.loads(data.decode("utf-8"))
        return form.model_validate(table)
    except BriefError as error:
        raise ConfigurationError(str(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{place} is not TOML: {error}. Correct it.") from error
    except RecursionError as error:
        raise ConfigurationError(f"{place} is nested too deeply. Correct it.") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise ConfigurationError(f"{place}, {_entry(first, table)}: {_reason(first, form)}. Correct it.") from error


def _entry(error: ErrorDetails, table: Mapping[str, Any]) -> str:
    """Such as "[[theme]] 3 ('storm'), text"."""
    kind, *rest = error["loc"]
    if not (rest and isinstance(rest[0], int)):
        return f"[[{kind}]]"
    entry = table[str(kind)][rest[0]]
    name = entry.get("id", entry.get("name")) if isinstance(entry, dict) else None
    called = f" ({name[:60]!r})" if isinstance(name, str) else ""
    return ", ".join([f"[[{kind}]] {rest[0] + 1}{called}", *(str(part) for part in rest[1:])])


def _reason(error: ErrorDetails, form: type[BaseModel]) -> str:
    if error["type"] == "string_too_long":
        return f"{error['msg']}, it has {len(error['input'])}"
    kind, *rest = error["loc"]
    if error["type"] == "tuple_type" and not rest:
        return "every entry begins with these double brackets"
    if not rest:
        return misfit(error, form)
    (record, *_) = get_args(form.model_fields[str(kind)].annotation)
    return misfit({**error, "loc": tuple(rest[1:])}, record)
