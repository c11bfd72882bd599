"""MM-StoryAgent: a topic and a main role; it writes its own story."""

from __future__ import annotations

from pathlib import Path

from personavlog.benchmark.methods.taking import read_json, shot
from personavlog.benchmark.methods.writing import json_file
from personavlog.benchmark.outputs import Shot, Vlog
from personavlog.errors import ConfigurationError


def write_input(vlog: Vlog, folder: Path, kind: str) -> None:
    """``settings.yaml``: the entries of ``configs/mm_story_agent.yaml`` that are the task's (JSON, which is YAML)."""
    params = {
        "story_topic": vlog.meta.theme_text,
        "main_role": vlog.meta.character or f"a {kind}",
        "scene": "(no scene specified)",
    }
    settings = {"story_dir": f"generated_stories/{vlog.name}", "story_writer": {"params": params}}
    json_file(folder / "settings.yaml", settings)


def storyboard(source: Path) -> tuple[Shot, ...]:
    """Its pages: the picture's words are the board, the page's text what is said."""
    record = read_json(source / "script_data.json", source)
    pages = record.get("pages") if isinstance(record, dict) else None
    if not isinstance(pages, list) or not pages or not all(isinstance(page, dict) for page in pages):
        raise ConfigurationError(f"{'script_data.json'!r} in {str(source)!r} has no pages. Make it again.")
    return tuple(
        shot(index, page.get("image_prompt") or page.get("story"), line=page.get("story"))
        for index, page in enumerate(pages, 1)
    )
