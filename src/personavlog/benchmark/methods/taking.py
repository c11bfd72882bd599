"""Taking over another method's outputs: its files are found, copied under our names, and read as any others."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import PIL.Image

from personavlog.benchmark.exporting import new_folder, write_method
from personavlog.benchmark.media_files import MAX_OTHER, within
from personavlog.benchmark.methods.table import Files, Foreign
from personavlog.benchmark.outputs import (
    KEYFRAMES,
    META,
    REFERENCE,
    SHOTS,
    STORYBOARD,
    STYLISED,
    Meta,
    Method,
    Outputs,
    Problem,
    Shot,
    Vlog,
)
from personavlog.benchmark.vlog_folder import printable, read_vlog
from personavlog.errors import ConfigurationError, MediaError
from personavlog.media import Clip
from personavlog.media.decode import frames
from personavlog.media.transcode import probe
from personavlog.runs.folder import write_file

MAX_RECORD = 8_000_000
MAX_SHOTS = 999
MAX_TEXT = 5000


@dataclass
class Found:
    """What another method made of one vlog: its shots, its files by part and shot, its files of the vlog as a whole by
    our name, and what of it is not taken over."""

    shots: tuple[Shot, ...]
    parts: dict[str, dict[int, Path]] = field(default_factory=dict)
    whole: dict[str, Path] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def by_table(entry: Foreign, source: Path, shots: tuple[Shot, ...]) -> Found:
    """What the table says of the files in ``source``."""
    found = Found(shots)
    for rule in entry.files:
        numbered, problems = _numbered(rule, source, len(shots))
        found.parts[rule.part] = found.parts.get(rule.part, {}) | numbered
        found.problems += problems
    found.whole = {ours: source / theirs for ours, theirs in entry.whole.items() if (source / theirs).is_file()}
    return found


def _numbered(rule: Files, source: Path, shots: int) -> tuple[dict[int, Path], list[Problem]]:
    """The files of one part by shot, of two for one shot neither; none at all where there is one for a shot that there
    is not, as in pages with captions before the pictures: which belongs to which is not known then."""
    by_shot: dict[int, list[Path]] = {}
    for path in listed(source / rule.folder):
        if (number := rule.number(path.name)) is not None:
            by_shot.setdefault(number, []).append(path)
    place = rule.folder or "."
    if not all(1 <= number <= shots for number in by_shot):
        text = (
            f"There are files for the shots {min(by_shot)} to {max(by_shot)}, and the vlog has {shots}, so none is "
            "used. Keep one for each shot."
        )
        return {}, [Problem(place, text, fatal=False)]
    twice = {number: paths for number, paths in by_shot.items() if len(paths) > 1}
    problems = [
        Problem(place, f"There are {len(paths)} files for shot {number}; none of them is used. Keep one.", fatal=False)
        for number, paths in twice.items()
    ]
    return {number: paths[0] for number, paths in by_shot.items() if number not in twice}, problems


def listed(place: Path) -> list[Path]:
    """The files of a folder, none where it is no folder."""
    try:
        return sorted(path for path in place.iterdir() if path.is_file()) if place.is_dir() else []
    except OSError as error:
        raise ConfigurationError(f"The folder {str(place)!r} cannot be read: {error.strerror or error}.") from error


def read_json(place: Path, root: Path) -> Any:
    """Another method's record; raises ``ConfigurationError`` for one that is absent, too large, outside, or no JSON."""
    shown = repr(str(place))
    if not place.is_file() or not within(place, root):
        raise ConfigurationError(f"There is no file {shown}. Name the folder that the method wrote.")
    if place.stat().st_size > MAX_RECORD:
        raise ConfigurationError(f"The file {shown} is larger than {MAX_RECORD // 1_000_000} MB. Name the right one.")
    try:
        return json.loads(place.read_text("utf-8-sig"))
    except (ValueError, RecursionError, OSError) as error:
        raise ConfigurationError(f"The file {shown} is no JSON: {type(error).__name__}. Make it again.") from error


def words(value: object) -> str:
    """The text of what a language model wrote where a text is expected: a text, a list of them, or texts by name."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else (value,)
    text = " ".join(part for part in parts if isinstance(part, str))
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def shot(index: int, board: object, video: object = "", line: object = "") -> Shot:
    """A shot of another method's words; raises ``ConfigurationError`` where it has none or far too many."""
    texts = {"board": words(board), "video": words(video), "line": words(line)}
    if not texts["board"] or index > MAX_SHOTS or max(map(len, texts.values())) > MAX_TEXT:
        raise ConfigurationError(
            f"Shot {index} of its storyboard has no words, or more than {MAX_TEXT} characters, or there are more than "
            f"{MAX_SHOTS} shots. Mend its record."
        )
    return Shot(index=index, **texts)


def take_over(
    found: Found, source: Path, entry: Foreign, meta: Meta, pictures: dict[str, Path], target: Path
) -> tuple[Vlog, tuple[Problem, ...]]:
    """Write what was found as a vlog of the method in ``target``; ``pictures`` are the reference and the stylised one
    by our names. Returns what cannot be used of it as well.

    Raises ``ConfigurationError`` where the vlog is there already.
    """
    with new_folder(target, meta) as folder:
        write_file(folder / META, meta.model_dump_json(indent=1).encode())
        write_file(folder / STORYBOARD, SHOTS.dump_json(found.shots, indent=1))
        for name, path in pictures.items():
            shutil.copyfile(path, folder / name)
        for name, path in found.whole.items():
            _copy(path, folder / name, source, found)
        for part, files in found.parts.items():
            for index, path in files.items():
                _copy(path, folder / part / f"{index:02d}{path.suffix.lower()}", source, found)
        if entry.stills:
            for index, path in found.parts.get("clips", {}).items():
                _still(folder / "clips" / f"{index:02d}{path.suffix.lower()}", folder / KEYFRAMES / f"{index:02d}.png")
    vlog, problems = read_vlog(target / meta.vlog, root=target)
    assert vlog is not None, "its records were just written"
    not_taken = (replace(one, file=f"{vlog.name}/{one.file}") for one in found.problems)
    return vlog, (*not_taken, *problems)


def take_over_all(
    method: Method, target: Path, vlogs: Mapping[str, Callable[[], tuple[Vlog, tuple[Problem, ...]]]]
) -> Outputs:
    """Take over vlog by vlog into a new method's folder; one that cannot be is a problem under its name.

    Raises ``ConfigurationError`` where ``target`` has something in it.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise ConfigurationError(f"The folder {str(target)!r} has something in it. Name a new one.")
    write_method(target, method)
    taken, problems = list[Vlog](), list[Problem]()
    for name, take in vlogs.items():
        try:
            vlog, found = take()
        except (ConfigurationError, MediaError) as error:
            problems.append(Problem(name, str(error)))
        else:
            taken.append(vlog)
            problems += found
    return Outputs(target, method, tuple(taken), tuple(problems))


def folder_of(source: Path, name: str) -> Path:
    """What a method made of one vlog; raises ``ConfigurationError`` where it is not there."""
    place = source / name
    if not place.is_dir():
        raise ConfigurationError(f"There is no folder {str(place)!r}. Put what the method made of this vlog there.")
    return place


def pictures_of(vlog: Vlog) -> dict[str, Path]:
    """The reference and the stylised reference that a vlog has."""
    return {name: path for name in (REFERENCE, STYLISED) if (path := vlog.file(name)) is not None}


def _copy(path: Path, place: Path, source: Path, found: Found) -> None:
    name = printable(path.relative_to(source).as_posix())
    if not within(path, source):
        found.problems.append(Problem(name, "It is a link to a file outside the folder and is not taken over.", False))
    elif not os.access(path, os.R_OK):
        found.problems.append(Problem(name, "It cannot be read and is not taken over. Check its permissions.", False))
    elif path.stat().st_size > MAX_OTHER:
        found.problems.append(Problem(name, f"It is larger than {MAX_OTHER // 1_000_000} MB; not taken over.", False))
    else:
        place.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, place)


def _still(clip: Path, place: Path) -> None:
    """The first frame of a clip; nothing where it does not decode, which is told when the clip is read."""
    try:
        if not clip.is_file() or not clip.stat().st_size:
            return
        seen = probe(clip, "It")
        # Of the record only the size is needed for a first frame.
        form = Clip(digest="0" * 64, size=0, width=seen.width, height=seen.height, fps=seen.fps or 1.0, frames=1)
        first = next(frames(clip, form))
    except (MediaError, StopIteration):
        return
    place.parent.mkdir(exist_ok=True)
    PIL.Image.fromarray(first).save(place)
