"""Where a model's files lie: a folder of the user's, or a snapshot in the local cache of the Hugging Face hub.

Nothing is fetched here: a model of many GB comes onto a machine by its user's own command, which the error names.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from personavlog.backbones.local.extra import imported
from personavlog.backbones.records import table
from personavlog.errors import ConfigurationError, MissingWeightsError, WeightsError
from personavlog.system import quoted

INDEX = "model_index.json"
CONFIG_BYTES, HEAD_BYTES = 4 << 20, 100_000_000
SAMPLE = 1 << 16
WORDS = ("*.json", "*.jinja", "*.model", "*.txt")
"""Descriptions, chat templates and tokenizers."""
_REPOSITORY = re.compile(r"[\w-][\w.-]*/[\w-][\w.-]*")


@dataclass(frozen=True)
class Source:
    """A model as the settings name it: ``repository`` of the hub, or ``path`` of a folder; ``record`` is its name in
    the table, "" where the table does not know it."""

    name: str
    repository: str = ""
    revision: str = "main"
    path: Path | None = None
    record: str = ""

    @property
    def command(self) -> str:
        """What brings it into the hub's cache; of a pipeline's repository only its folders, since many hold the same
        weights once more in one file."""
        pinned = "" if self.revision == "main" else f" --revision {quoted(self.revision)}"
        row = table("local").get(self.record)
        parts = f' --include "*/*" --include {INDEX}' if row is not None and (row.image or row.video) else ""
        return f"hf download {self.repository}{pinned}{parts}"


def source(model: str, revision: str = "main") -> Source:
    """What ``model`` names: an entry of the table, a folder, or a repository; raises ``ConfigurationError``."""
    known = table("local")
    if model in known:
        return Source(model, repository=known[model].source, revision=revision, record=model)
    folder = Path(model).expanduser()
    if folder.is_dir():
        return Source(folder.name, path=folder.resolve())
    if _REPOSITORY.fullmatch(model) is None:
        raise ConfigurationError(
            f"There is no local model {model!r}: it is no folder, and no entry of the table. The table has: "
            f"{', '.join(sorted(known))}. A repository of the hub is named owner/name."
        )
    record = next((name for name, row in known.items() if row.source == model), "")
    return Source(model, repository=model, revision=revision, record=record)


def located(wanted: Source) -> Path:
    """The model's folder; raises ``MissingWeightsError`` with the command that gets it."""
    if wanted.path is not None:
        return wanted.path
    hub = imported("huggingface_hub", "A local model")
    try:
        return Path(hub.snapshot_download(wanted.repository, revision=wanted.revision, local_files_only=True))
    except (OSError, ValueError) as error:  # the hub's own errors are kinds of these
        raise MissingWeightsError(
            f"The model {wanted.name!r} is not in the Hugging Face cache. Get it with: {wanted.command}"
        ) from error


def index(folder: Path) -> Mapping[str, Any]:
    """What the folder says of its pipeline and its parts; raises ``ConfigurationError`` where it holds no pipeline."""
    found = described(folder / INDEX)
    if not isinstance(found.get("_class_name"), str):
        raise ConfigurationError(
            f"{str(folder / INDEX)!r} names no pipeline of diffusers. Give a whole model's folder."
        )
    return found


def check(folder: Path, wanted: Source) -> None:
    """Whether every weights file is there in full, by its length; raises ``WeightsError``."""
    again = f"Get it again with: {wanted.command} --force-download" if wanted.repository else "Copy it again."
    for file in weights(folder):
        if not _whole(file):
            raise WeightsError(f"The weights file {file.relative_to(folder).as_posix()!r} of {wanted.name!r} is "
                               f"damaged or not there in full. {again}")  # fmt: skip
    for listing in sorted({*folder.glob("*.safetensors.index.json"), *folder.glob("*/*.safetensors.index.json")}):
        parts = described(listing).get("weight_map")
        for name in sorted(set(map(str, parts.values()))) if isinstance(parts, dict) else ("its list of files",):
            if not (listing.parent / name).is_file():
                raise WeightsError(f"{wanted.name!r} lacks its weights file {name!r}. {again}")


def weights(folder: Path) -> Iterator[Path]:
    """The weights files of a pipeline's parts, or of a single model."""
    if not (folder / INDEX).is_file():
        yield from sorted(folder.glob("*.safetensors"))
    yield from sorted(folder.glob("*/*.safetensors"))


def sizes(folder: Path, width: int) -> Mapping[str, int]:
    """Bytes of every part's weights, by the part's name, with at most ``width`` bytes a number; without damaged files,
    which do not load."""
    found: dict[str, int] = {}
    for file in filter(_whole, weights(folder)):
        for entry in _entries(file):
            stored = entry["data_offsets"][1] - entry["data_offsets"][0]
            part = file.parent.relative_to(folder).as_posix()
            found[part] = found.get(part, 0) + min(stored, width * math.prod(entry["shape"]))
    return found


def digest(folder: Path) -> str:
    """What tells one state of a folder from another: names, sizes, and the ends of every weights file, where other
    training leaves other numbers; reading all would take minutes."""
    found = hashlib.sha256()
    words = [file for kind in WORDS for place in (kind, f"*/{kind}") for file in sorted(folder.glob(place))]
    for file in (*words, *weights(folder)):
        found.update(f"{file.relative_to(folder).as_posix()} {file_digest(file)}\n".encode())
    return found.hexdigest()[:16]


def file_digest(file: Path) -> str:
    """The same of one file: its length and its ends."""
    length, found = file.stat().st_size, hashlib.sha256()
    found.update(str(length).encode())
    with file.open("rb") as stream:
        found.update(stream.read(SAMPLE))
        stream.seek(max(length - SAMPLE, 0))
        found.update(stream.read(SAMPLE))
    return found.hexdigest()[:16]


def described(file: Path) -> Mapping[str, Any]:
    """A JSON object of a model's folder; raises ``ConfigurationError``."""
    try:
        if file.stat().st_size > CONFIG_BYTES:
            raise ValueError("too long")
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigurationError(
            f"{os.fspath(file)!r} cannot be read as a model's description ({error}). Give the folder of a model that "
            "diffusers saved."
        ) from error
    if not isinstance(found, dict):
        raise ConfigurationError(f"{os.fspath(file)!r} is no model's description. Give the folder of a model.")
    return found


def _whole(file: Path) -> bool:
    """The format: eight bytes of length, that much JSON, then the numbers, whose end the JSON knows."""
    try:
        ends = [entry["data_offsets"][1] for entry in _entries(file) if math.prod(entry["shape"]) >= 0]
    except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return False
    with file.open("rb") as stream:
        header = int.from_bytes(stream.read(8), "little")
    return bool(max(ends, default=0) == file.stat().st_size - 8 - header)


def _entries(file: Path) -> list[Any]:
    """What the file's head says of every tensor; raises ``ValueError`` and what a wrong form raises."""
    with file.open("rb") as stream:
        length = int.from_bytes(stream.read(8), "little")
        if length > HEAD_BYTES:
            raise ValueError("too long")
        head = json.loads(stream.read(length))
    return [entry for name, entry in head.items() if name != "__metadata__"]
