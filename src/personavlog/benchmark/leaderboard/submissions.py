"""Folders with scores and what made them, hostile until read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from personavlog.benchmark import rows
from personavlog.benchmark.outputs import METHOD, Method
from personavlog.benchmark.reading import read_method
from personavlog.benchmark.rows import SCORES, Row
from personavlog.errors import ConfigurationError

MOST_SCORES_BYTES = 1 << 30


def read(folders: Iterable[Path]) -> dict[Method, list[Row]]:
    """Each folder's ``method.json`` and ``scores.jsonl``, in the order of the folders.

    Raises ``ConfigurationError`` naming the folder: a file is not there, too large or damaged, there are no scores, or
    two folders hold methods of one name.
    """
    found: dict[Method, list[Row]] = {}
    homes: dict[str, Path] = {}
    for folder in folders:
        method = read_method(folder)
        if (first := homes.setdefault(method.name, folder)) is not folder:
            raise ConfigurationError(
                f"{str(first)!r} and {str(folder)!r} both hold a method {method.name!r}. Give each its own name in its "
                f"{METHOD} and score it again."
            )
        _bounded(folder / SCORES, MOST_SCORES_BYTES)
        found[method] = rows.read(folder / SCORES)
        if not found[method]:
            raise ConfigurationError(
                f"{str(folder / SCORES)!r} holds no scores. Make them with: personavlog bench score {folder}"
            )
    return found


def _bounded(path: Path, most: int) -> None:
    if not path.is_file():
        raise ConfigurationError(
            f"There is no {path.name} in {str(path.parent)!r}, which a submission needs. "
            f"Make it with: personavlog bench score {path.parent}"
        )
    if (size := path.stat().st_size) > most:
        raise ConfigurationError(f"{str(path)!r} has {size} bytes; at most {most} are read. Split the outputs.")
