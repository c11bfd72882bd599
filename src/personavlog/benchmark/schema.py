"""The records of an outputs folder: their JSON Schema, and reading one."""

from __future__ import annotations

import codecs
import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from personavlog.benchmark.outputs import (
    ATTEMPTS,
    CORRECTIONS,
    COST,
    META,
    METHOD,
    SHOTS,
    STORYBOARD,
    Cost,
    Meta,
    Method,
)
from personavlog.errors import MediaError
from personavlog.saved import what_is_wrong

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MAX_RECORD = 8_000_000
"""Bytes of a record; thousands of shots and attempts are less."""

RECORDS: dict[str, TypeAdapter[Any]] = {
    METHOD: TypeAdapter(Method),
    META: TypeAdapter(Meta),
    STORYBOARD: SHOTS,
    CORRECTIONS: ATTEMPTS,
    COST: TypeAdapter(Cost),
}
"""What each file holds."""


def schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schema (draft 2020-12) of each file, by its name."""
    return {name: {"$schema": DIALECT, **record.json_schema()} for name, record in RECORDS.items()}


def text() -> str:
    """All of them as one JSON object, as ``docs/benchmark-schema.json`` holds it."""
    return json.dumps(schemas(), indent=1, ensure_ascii=False) + "\n"


def read_record(folder: Path, name: str) -> Any:
    """A file's record, None where there is none; raises ``MediaError`` saying what is wrong with it."""
    path = folder / name
    if not path.exists() and not path.is_symlink():
        return None
    try:
        if not path.is_file():
            raise MediaError("It is not an ordinary file. Put a file there.")
        with path.open("rb") as stream:
            data = stream.read(MAX_RECORD + 1)
    except OSError as error:
        raise MediaError(f"It cannot be read: {error.strerror or error}. Check its permissions.") from error
    if len(data) > MAX_RECORD:
        raise MediaError(f"It is larger than {MAX_RECORD // 1_000_000} MB. Write only what the layout has.")
    try:
        return RECORDS[name].validate_json(data.removeprefix(codecs.BOM_UTF8), strict=True)
    except ValidationError as error:
        raise MediaError(f"It does not fit: {what_is_wrong(error)}. Compare it with the schema.") from error
