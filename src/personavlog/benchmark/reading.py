"""Reading the outputs of methods: what can be scored, and what is wrong with the rest, file by file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from personavlog.benchmark.outputs import CORRECTIONS, COST, META, METHOD, REFERENCE, STYLISED, Method, Outputs, Problem
from personavlog.benchmark.schema import read_record
from personavlog.benchmark.vlog_folder import LAYOUT, PARTS, read_vlog
from personavlog.errors import ConfigurationError, MediaError
from personavlog.runs.machine import explained


@dataclass(frozen=True)
class Validation:
    """What ``personavlog bench validate`` prints; ``sound``: every vlog can be scored."""

    sound: bool
    lines: tuple[str, ...]


def read_method(folder: Path) -> Method:
    """What made the outputs of a folder; raises ``ConfigurationError`` where its ``method.json`` is absent or bad."""
    try:
        found = read_record(folder, METHOD)
    except MediaError as error:
        raise ConfigurationError(f"{METHOD!r} of {str(folder)!r}: {error}") from error
    if not isinstance(found, Method):
        raise ConfigurationError(
            f"{str(folder)!r} holds no method's outputs: there is no {METHOD!r} in it. Write one with "
            '{"name": "...", "title": "..."}, or name another folder.'
        )
    return found


def read_outputs(folder: Path, *, whole: bool = False) -> Outputs:
    """One method's folder; ``whole``: every clip is decoded to its end, which finds those that were cut short.

    Raises ``ConfigurationError`` where the folder holds no method at all; a vlog that cannot be scored is a problem,
    and the others are read.
    """
    method = read_method(folder)
    with explained(folder):
        places = sorted(path for path in folder.iterdir() if not path.name.startswith(".") and _is_vlog(path))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        read = list(pool.map(partial(read_vlog, root=folder, whole=whole), places))
    vlogs = tuple(vlog for vlog, _ in read if vlog is not None)
    problems = [problem for _, found in read for problem in found]
    if not places:
        problems.append(
            Problem(".", f"There is no vlog in it. Make a folder PERSON__STYLE__THEME with {META!r}.", True)
        )
    return Outputs(folder, method, vlogs, tuple(problems))


def read_all(folders: Iterable[Path], *, whole: bool = False) -> tuple[Outputs, ...]:
    """Several methods, each by its folder or all by the folder that holds theirs, sorted by name.

    Raises ``ConfigurationError`` for a folder without a method and for two methods of one name.
    """
    return tuple(read_outputs(folder, whole=whole) for _, folder in sorted(by_name(folders).items()))


def by_name(folders: Iterable[Path]) -> dict[str, Path]:
    """The methods' folders by the methods' names; raises as ``read_all`` does."""
    found: dict[str, Path] = {}
    for place in dict.fromkeys(one.resolve() for folder in folders for one in method_folders(folder)):
        name = read_method(place).name
        if (first := found.setdefault(name, place)) != place:
            raise ConfigurationError(
                f"Two methods are called {name!r}: {str(first)!r} and {str(place)!r}. Give one another name in its "
                f"{METHOD!r}."
            )
    return found


def method_folders(folder: Path) -> list[Path]:
    """A method's folder itself, or those of the methods in it."""
    if (folder / METHOD).exists() or not folder.is_dir():
        return [folder]
    return sorted(path for path in folder.iterdir() if (path / METHOD).exists()) or [folder]


def _is_vlog(path: Path) -> bool:
    """A folder that holds a part of the layout; a method's folder may hold others."""
    return path.is_dir() and any((path / name).exists() or (path / name).is_symlink() for name in LAYOUT)


def validated(folder: Path) -> Validation:
    """Everything that is wrong with a method's folder, in lines for people; raises as ``read_outputs`` does."""
    outputs = read_outputs(folder, whole=True)
    fatal = [one for one in outputs.problems if one.fatal]
    rest = [one for one in outputs.problems if not one.fatal]
    refused = len({one.file.split("/")[0] for one in fatal if one.file != "."})
    lines = [f"{outputs.method.title} ({outputs.method.name}): {_count(len(outputs.vlogs), 'vlog')} can be scored."]
    lines += [f"{_count(refused, 'vlog')} cannot be scored:"] if refused else []
    lines += [f"  {one.file}: {one.text}" for one in fatal]
    lines += [f"{_count(len(rest), 'thing')} to look at:"] if rest else ["Nothing else is wrong."] if not fatal else []
    lines += [f"  {one.file}: {one.text}" for one in rest]
    return Validation(not fatal, (*lines, *_counts(outputs)))


def _counts(outputs: Outputs) -> tuple[str, ...]:
    """How much there is of what can be scored."""
    vlogs = outputs.vlogs
    if not vlogs:
        return ()
    shots = sum(len(vlog.shots) for vlog in vlogs)
    parts = {part: sum(path is not None for vlog in vlogs for path in getattr(vlog, part)) for part in PARTS}
    files = {name: sum(vlog.file(name) is not None for vlog in vlogs) for name in (REFERENCE, STYLISED)}
    files |= {CORRECTIONS: sum(bool(vlog.corrections) for vlog in vlogs)}
    files |= {COST: sum(vlog.cost is not None for vlog in vlogs)}
    return (
        f"Of {_count(shots, 'shot')}: " + ", ".join(f"{part} {there}" for part, there in parts.items()) + ".",
        f"Of {_count(len(vlogs), 'vlog')}: " + ", ".join(f"{name} {there}" for name, there in files.items()) + ".",
    )


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
