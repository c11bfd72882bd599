"""MovieAgent: a synopsis and a bank of characters; it writes its own scenes and shots."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from personavlog.benchmark.methods.taking import Found, listed, read_json, shot
from personavlog.benchmark.methods.writing import PERSON, json_file, reference
from personavlog.benchmark.outputs import Vlog
from personavlog.errors import ConfigurationError

SHOTS = "Step_3_shot_results.json"


def write_input(vlog: Vlog, folder: Path, kind: str) -> None:
    """A folder of its ``dataset/``: ``script_synopsis.json`` and ``character_list/<name>/best.png``."""
    story = " ".join((f"{vlog.meta.theme_text}.", *(shot.board for shot in vlog.shots)))
    json_file(folder / "script_synopsis.json", {"MovieScript": story, "Character": [PERSON]})
    reference(vlog, folder / "character_list" / PERSON / "best.png")


def found(source: Path) -> Found:
    """Its shots in order and the picture and clip of each, which are named by sub-script, scene and shot."""
    there = {path.name: path for path in listed(source / "video")}
    told = list(_shots(read_json(source / SHOTS, source)))
    if not told:
        raise ConfigurationError(f"{SHOTS!r} in {str(source)!r} has no shots. Make it again.")
    result = Found(
        tuple(
            shot(
                index,
                entry.get("Plot/Visual Description") or entry.get("Coarse Plot"),
                [entry.get("Shot Type"), entry.get("Camera Movement")],
                entry.get("Subtitles"),
            )
            for index, (_, entry) in enumerate(told, 1)
        )
    )
    for part, ending in (("keyframes", ".jpg"), ("clips", ".mp4")):
        files = {index: there.get(f"{name}{ending}") for index, (name, _) in enumerate(told, 1)}
        result.parts[part] = {index: path for index, path in files.items() if path is not None}
    return result


def _shots(record: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for part, script in _named(record, "Sub-Script"):
        for scene, planned in _named(script, "Scene Annotation", "Scene"):
            for name, entry in _named(planned, "Shot Annotation", "Shot"):
                yield "|".join((part, scene, name)).replace(" ", "_"), entry


def _named(record: Any, *path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects by name at a path of names; nothing where a language model wrote something else there."""
    for name in path:
        record = record.get(name) if isinstance(record, dict) else None
    if isinstance(record, dict):
        yield from ((name, entry) for name, entry in record.items() if isinstance(entry, dict))
