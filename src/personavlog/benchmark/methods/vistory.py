"""ViStoryBench's outputs: pictures by story, and the storyboards of its data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from personavlog.benchmark.media_files import form
from personavlog.benchmark.methods.table import Foreign, foreign
from personavlog.benchmark.methods.taking import by_table, listed, read_json, shot, take_over, take_over_all, words
from personavlog.benchmark.outputs import PICTURES, REFERENCE, Meta, Method, Outputs, Problem, Vlog
from personavlog.errors import ConfigurationError, MediaError
from personavlog.saved import what_is_wrong

STYLE = "vistory"
"""Its data name no style; a story's style is that of its reference pictures."""
MAX_STORIES = 10_000
_NUMBER = re.compile(r"[0-9]{1,6}")


def import_vistory(outputs: Path, dataset: Path, target: Path, *, name: str, language: str = "en") -> Outputs:
    """Take over the pictures of one run in ViStoryBench's layout, ``<method>/<mode>/<language>/<timestamp>``, as the
    method ``name`` in ``target``; ``dataset`` is its folder of stories, ``language`` "en" or "ch".

    A story that cannot be read is a problem, and the others are taken over. Raises ``ConfigurationError`` where there
    is no story, or where ``target`` has something in it.
    """
    entry = foreign()["vistorybench"]
    try:
        method = Method(**{**dict(entry.method), "name": name, "title": f"{name} (ViStoryBench)"})
    except ValidationError as error:
        raise ConfigurationError(f"A method cannot be called {name!r}: {what_is_wrong(error)}.") from error
    stories = _stories(outputs)
    if not stories:
        raise ConfigurationError(
            f"There are no stories in {str(outputs)!r}. Name the folder of one run: METHOD/MODE/LANGUAGE/TIMESTAMP."
        )
    takes = {
        f"story {number}": partial(_story, entry, place, dataset / number, target, language)
        for number, place in stories.items()
    }
    return take_over_all(method, target, takes)


def _stories(outputs: Path) -> dict[str, Path]:
    """Its pictures' folder by story: ``shots/<story>/``, ``<story>/shots/`` or ``<story>/``, as its own reader takes
    them."""
    root = outputs / "shots" if (outputs / "shots").is_dir() else outputs
    there = root.iterdir() if root.is_dir() else ()
    folders = [path for path in there if path.is_dir() and _NUMBER.fullmatch(path.name)]
    if len(folders) > MAX_STORIES:
        raise ConfigurationError(f"There are more than {MAX_STORIES} folders in {str(root)!r}. Name a smaller one.")
    return {path.name: path / "shots" if (path / "shots").is_dir() else path for path in sorted(folders)}


def _story(entry: Foreign, source: Path, story: Path, target: Path, language: str) -> tuple[Vlog, tuple[Problem, ...]]:
    record = read_json(story / "story.json", story)
    told = _told(record, language, story.name)
    shots = tuple(shot(place, board) for place, (_, board, _) in enumerate(told, 1))
    counts_from_0 = told[0][0] == 0 or any(entry.files[0].number(path.name) == 0 for path in listed(source))
    rules = tuple(rule.model_copy(update={"first": 0 if counts_from_0 else 1}) for rule in entry.files)
    found = by_table(entry.model_copy(update={"files": rules}), source, shots)
    name = f"story-{story.name}"
    meta = Meta(
        person=name,
        style=STYLE,
        theme=name,
        theme_text=words([plot for _, _, plot in told])[:10_000] or name,
        style_text="as in the reference pictures",
        language={"ch": "zh"}.get(language, language),
    )
    return take_over(found, source, entry, meta, _reference(record, story), target)


def _told(record: Any, language: str, story: str) -> list[tuple[int, str, str]]:
    """The shots in order: number, what the picture shows, and the part of the story that it tells."""
    entries = record.get("Shots") if isinstance(record, dict) else None
    shots = [one for one in entries if isinstance(one, dict)] if isinstance(entries, list) else []
    told = [
        (one.get("index"), _in(one, "Static Shot Description", language), _in(one, "Plot Correspondence", language))
        for one in shots
    ]
    numbers = [index for index, _, _ in told if isinstance(index, int)]
    if not told or sorted(numbers) != list(range(min(numbers, default=0), min(numbers, default=0) + len(told))):
        raise ConfigurationError(f"The shots of the story {story!r} are not numbered one after another. Mend its data.")
    return sorted((index, board, plot) for index, board, plot in told if isinstance(index, int))


def _in(one: Mapping[str, Any], field: str, language: str) -> str:
    value = one.get(field)
    return words(value.get(language)) if isinstance(value, dict) else ""


def _reference(record: Mapping[str, Any], story: Path) -> dict[str, Path]:
    """The first picture of the character who appears most, where it can be used; decoders go by its bytes, whatever
    its name says."""
    characters = record.get("Characters")
    known = (
        {name: one for name, one in characters.items() if isinstance(one, dict)} if isinstance(characters, dict) else {}
    )
    folders = {path.name: path for path in (story / "image").iterdir()} if (story / "image").is_dir() else {}
    for name in sorted(known, key=lambda name: -_appearances(known[name])):
        for path in listed(folders[name]) if name in folders else ():
            if path.suffix.lower() in PICTURES:
                try:
                    form(path, story, whole=False)
                except MediaError:
                    continue
                return {REFERENCE: path}
    return {}


def _appearances(character: Mapping[str, Any]) -> float:
    count = character.get("num_of_appearances")
    return count if isinstance(count, int | float) else 0
