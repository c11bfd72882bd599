"""A user's ComfyUI workflow in API format, and which of its nodes take what: bound by the titles that the user gave."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from personavlog.errors import ConfigurationError

Input = Literal["prompt", "negative", "image", "seed", "width", "height", "frames", "fps"]
Graph = dict[str, dict[str, Any]]
MOST_BYTES = 5_000_000
TITLES: Mapping[Input, str] = {
    "prompt": "Prompt",
    "negative": "Negative prompt",
    "image": "Image",
    "seed": "Seed",
    "width": "Width",
    "height": "Height",
    "frames": "Frames",
    "fps": "FPS",
}
"""The titles that are looked for where the profile names none."""
NEEDED: tuple[Input, ...] = ("prompt", "image")
_NAMES: Mapping[Input, tuple[str, ...]] = {
    "prompt": ("text", "prompt", "value", "string"),
    "negative": ("text", "prompt", "value", "string"),
    "image": ("image",),
    "seed": ("seed", "noise_seed", "value"),
    "width": ("width", "value"),
    "height": ("height", "value"),
    "frames": ("length", "num_frames", "frames", "video_length", "value"),
    "fps": ("fps", "frame_rate", "value"),
}
"""What nodes call such an input, the likeliest first."""


class Workflow:
    """The graph and its bindings; raises ``ConfigurationError`` for a file that is no workflow in API format, and for
    titles that no node or several have."""

    def __init__(self, path: Path, titles: Mapping[Input, str]) -> None:
        self._shown, self._graph = f"The workflow {str(path)!r}", _read(path)
        unknown = set(titles) - set(TITLES)
        if unknown:
            raise ConfigurationError(f"titles names {sorted(unknown)!r}; there are: {', '.join(TITLES)}.")
        self._places = self._bound(titles)

    @property
    def digest(self) -> str:
        """Of the graph, whatever the file looks like."""
        return hashlib.sha256(json.dumps([self._graph, self._places], sort_keys=True).encode()).hexdigest()[:12]

    def takes(self, name: Input) -> bool:
        """Whether a node takes this input."""
        return name in self._places

    def filled(self, values: Mapping[Input, object]) -> Graph:
        """The graph with these inputs; those that no node takes are left out."""
        graph = copy.deepcopy(self._graph)
        for name, value in values.items():
            if name in self._places:
                node, field = self._places[name]
                graph[node]["inputs"][field] = value
        return graph

    def title(self, node: object) -> str:
        """How people call a node: its title and its kind."""
        found = self._graph.get(str(node), {})
        return f"{_title(found) or node!s} ({found.get('class_type', 'unknown')})"

    def node(self, title: str) -> str:
        """The id of the one node of this title; raises ``ConfigurationError``."""
        nodes = [key for key, node in self._graph.items() if _title(node) == title]
        if len(nodes) != 1:
            there = ", ".join(sorted({repr(_title(node)) for node in self._graph.values() if _title(node)}))
            raise ConfigurationError(
                f"{self._shown} has {len(nodes) or 'no'} nodes with the title {title!r}. Its titles are: {there}. "
                "Rename one node in ComfyUI and export again, or name another title in settings.titles."
            )
        return nodes[0]

    def _bound(self, titles: Mapping[Input, str]) -> dict[Input, tuple[str, str]]:
        known = {_title(node) for node in self._graph.values()}
        wanted = {name: titles.get(name, usual) for name, usual in TITLES.items()}
        there = {name: title for name, title in wanted.items() if name in titles or name in NEEDED or title in known}
        return {name: self._place(name, title) for name, title in there.items()}

    def _place(self, name: Input, title: str) -> tuple[str, str]:
        """Node and field of "Title" or "Title.field"."""
        whole, _, field = title.rpartition(".")
        split = bool(whole) and title not in {_title(node) for node in self._graph.values()}
        node = self.node(whole if split else title)
        inputs = self._graph[node]["inputs"]
        names = (field,) if split else _NAMES[name]
        for one in names:
            if one in inputs and not isinstance(inputs[one], list):
                return node, one
        free = ", ".join(sorted(key for key, value in inputs.items() if not isinstance(value, list))) or "none"
        raise ConfigurationError(
            f"{self._shown}: the node {self.title(node)} has no free input for {name}. Its free inputs are: {free}. "
            f'Write titles.{name} = "TITLE.INPUT".'
        )


def _read(path: Path) -> Graph:
    shown = f"The workflow {str(path)!r}"
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ConfigurationError(f"{shown} is larger than {MOST_BYTES // 1_000_000} MB. Is it a workflow?")
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigurationError(f"{shown} cannot be read: {error}. Name a JSON file that ComfyUI exported.") from error
    if isinstance(data, dict) and isinstance(data.get("nodes"), list):
        raise ConfigurationError(
            f"{shown} is in the format that ComfyUI opens, not in API format. Export it with Workflow > Export (API)."
        )
    nodes = data.values() if isinstance(data, dict) else ()
    if not nodes or not all(_is_node(node) for node in nodes):
        raise ConfigurationError(f"{shown} is no ComfyUI workflow in API format. Use Workflow > Export (API).")
    graph: Graph = data
    return graph


def _is_node(node: Any) -> bool:
    return isinstance(node, dict) and isinstance(node.get("class_type"), str) and isinstance(node.get("inputs"), dict)


def _title(node: Mapping[str, Any]) -> str:
    meta = node.get("_meta")
    title = meta.get("title") if isinstance(meta, dict) else None
    return title if isinstance(title, str) else ""
