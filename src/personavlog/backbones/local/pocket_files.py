"""What pocket-tts is loaded from: its own description of a language, or a user's, with every file on this machine.

Its package would fetch what is missing while a film is being made; here it is only ever given paths.
"""

from __future__ import annotations

import copy
import hashlib
import json
import os
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from personavlog.backbones.local.extra import imported
from personavlog.backbones.local.folder import file_digest
from personavlog.errors import ConfigurationError, MissingWeightsError

WHAT = "The speech model 'pocket-tts'"
DESCRIPTIONS: Mapping[str, str] = {
    "en": "english",
    "fr": "french",
    "de": "german",
    "pt": "portuguese",
    "it": "italian",
    "es": "spanish",
    "nl": "dutch",
}
"""The package's description of each language."""
HUB = "hf://"
LONGEST = 1 << 20
CLONES, SPEAKS = "weights_path", "weights_path_without_voice_cloning"
_PLACES = (
    (CLONES,),
    (SPEAKS,),
    ("flow_lm", "weights_path"),
    ("flow_lm", "lookup_table", "tokenizer_path"),
    ("mimi", "weights_path"),
)


@dataclass(frozen=True)
class Described:
    """A model whose files are all here; ``clones`` is False where its weights for voice cloning are not, and then
    ``cloning`` is the command that gets them."""

    content: Mapping[str, Any]
    clones: bool
    cloning: str = ""

    @property
    def digest(self) -> str:
        """What tells it and its files from others, wherever they lie."""
        plain = copy.deepcopy(dict(self.content))
        found = hashlib.sha256()
        for holder, key in _holders(plain):
            found.update(f"{key} {file_digest(Path(holder.pop(key)))}\n".encode())
        found.update(json.dumps(plain, sort_keys=True, default=str).encode())
        return found.hexdigest()[:16]

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(Path(path).stat().st_size for path in _paths(dict(self.content)))


def packaged(language: str) -> Path:
    """The package's description of a language; raises ``ConfigurationError`` for one that it does not speak."""
    if language not in DESCRIPTIONS:
        raise ConfigurationError(
            f"{WHAT} does not speak {language!r}. It speaks: {', '.join(DESCRIPTIONS)}. Choose another speech backbone."
        )
    folder: Path = imported("pocket_tts.utils.config", WHAT).CONFIGS_DIR
    return folder / f"{DESCRIPTIONS[language]}.yaml"


def described(place: Path) -> Described:
    """The description with the paths of its files; raises ``ConfigurationError`` for one that is none, and
    ``MissingWeightsError`` with the commands that get what is not here."""
    content = _read(place)
    clones = content.get(CLONES)
    speaks = content.pop(SPEAKS, None)
    cloning = bool(clones) and (_here(str(clones)) is not None or speaks is None)
    if not cloning and speaks is not None:
        content[CLONES] = speaks
    if commands := _commands(content):
        raise MissingWeightsError(f"The speech model {place.stem!r} is not on this machine. Get it with: {commands}")
    for holder, key in _holders(content):
        holder[key] = str(_here(str(holder[key])))
    return Described(content, cloning or speaks is None, "" if clones is None else _command(str(clones)))


def fetching(place: Path) -> str:
    """The commands that get what a description needs to speak and that is not here, "" where all is; raises
    ``ConfigurationError`` for one that is none."""
    content = _read(place)
    speaks = content.pop(SPEAKS, None)
    if speaks is not None and _here(str(content.get(CLONES))) is None:
        content[CLONES] = speaks
    return _commands(content)


def voice_file(language: str, name: str) -> Path:
    """The state of a voice that the package brings; raises ``MissingWeightsError``."""
    address: str = imported("pocket_tts.utils.utils", WHAT).get_predefined_voice(DESCRIPTIONS[language], name)
    found = _here(address)
    if found is None:
        raise MissingWeightsError(f"The voice {name!r} is not on this machine. Get it with: {_command(address)}")
    return found


def _read(place: Path) -> dict[str, Any]:
    yaml = imported("yaml", WHAT)
    try:
        if place.stat().st_size > LONGEST:
            raise ValueError("too long")
        content = yaml.safe_load(place.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        raise ConfigurationError(
            f"{os.fspath(place)!r} cannot be read as a description of a speech model ({error}). Give a YAML file of "
            "pocket-tts."
        ) from error
    if not isinstance(content, dict):
        raise ConfigurationError(f"{os.fspath(place)!r} describes no speech model. Give a YAML file of pocket-tts.")
    return content


def _holders(content: MutableMapping[str, Any]) -> Iterator[tuple[MutableMapping[str, Any], str]]:
    """Every table with a key of it that names a file."""
    for *tables, key in _PLACES:
        holder: Any = content
        for table in tables:
            holder = holder.get(table) if isinstance(holder, dict) else None
        if isinstance(holder, dict) and holder.get(key):
            yield holder, key


def _paths(content: MutableMapping[str, Any]) -> list[str]:
    return [str(holder[key]) for holder, key in _holders(content)]


def _commands(content: MutableMapping[str, Any]) -> str:
    return " && ".join(_command(path) for path in _paths(content) if _here(path) is None)


def _here(path: str) -> Path | None:
    """Where a file lies on this machine; addresses of other servers are never asked."""
    if not path.startswith(HUB):
        return Path(path) if "://" not in path and Path(path).is_file() else None
    hub = imported("huggingface_hub", WHAT)
    repository, name, revision = _parts(path)
    found = hub.try_to_load_from_cache(repository, name, revision=revision)
    return Path(found) if isinstance(found, str) else None


def _parts(path: str) -> tuple[str, str, str | None]:
    """Repository, file and revision of "hf://owner/name/folder/file@revision"."""
    whole, _, revision = path.removeprefix(HUB).partition("@")
    owner, _, rest = whole.partition("/")
    name, _, file = rest.partition("/")
    return f"{owner}/{name}", file, revision or None


def _command(path: str) -> str:
    if not path.startswith(HUB):
        return f"(a copy of the file {path!r})"
    repository, file, revision = _parts(path)
    return f"hf download {repository} {file}" + (f" --revision {revision}" if revision else "")
