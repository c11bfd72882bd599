"""What judges answered, kept one line of JSON each beside a method's outputs: an answer that was paid for is never
asked again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, JsonValue, ValidationError

from personavlog.agents.transcript import Usage
from personavlog.benchmark.judging.asking import Marks
from personavlog.errors import ConfigurationError, MachineError
from personavlog.frozen import Frozen
from personavlog.runs.json_lines import cut_unfinished

JUDGEMENTS = "judgements.jsonl"
"""In a method's folder."""


class Judgement(Frozen):
    """One question to one judge and all that came of it.

    ``key`` is a digest of the words shown, the judge, the prompt and the repeat. ``judge`` is its fingerprint
    (provider, model, address, settings), ``served`` what the provider said had answered. ``raw`` holds every answer as
    it came, those that did not fit as well; ``marks`` is None, and ``failure`` says why, where none fitted.
    ``neutral``: the provider's filter refused the storyboard, and it was asked once more, for harmless words.
    """

    format: Literal[1] = 1
    key: str = Field(pattern=r"^[0-9a-f]{64}$")
    vlog: str
    words: str
    judge: str
    served: str = ""
    settings: dict[str, JsonValue] = Field(default={})
    prompt: str
    repeat: int = Field(ge=1)
    date: str = Field(description="ISO 8601, UTC")
    marks: Marks | None = None
    failure: str = ""
    neutral: bool = False
    raw: tuple[str, ...] = ()
    usage: Usage | None = None


class Judgements:
    """The file of a method's judgements; ``known`` by key. A last line that a crash cut off is passed over when it is
    read and goes before the next one is added.

    Raises ``ConfigurationError`` naming a line that is no judgement.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self.known = {one.key: one for one in _read(file)}

    def add(self, one: Judgement) -> None:
        """Keep a judgement; raises ``MachineError`` where it cannot be written."""
        try:
            cut_unfinished(self._file)
            with self._file.open("a", encoding="utf-8") as stream:
                stream.write(one.model_dump_json() + "\n")
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            raise MachineError(
                f"Cannot write {str(self._file)!r}: {error.strerror or error}. Free some disk space, or name another "
                "folder that can be written."
            ) from error
        self.known[one.key] = one


def _read(file: Path) -> list[Judgement]:
    whole = file.read_bytes().decode("utf-8", "replace") if file.exists() else ""
    found = []
    for number, line in enumerate(whole.split("\n")[:-1], 1):
        try:
            found.append(Judgement.model_validate_json(line))
        except ValidationError as error:
            raise ConfigurationError(
                f"Line {number} of {str(file)!r} is no judgement: {error.errors()[0]['msg']}. Remove the line; what it "
                "held is asked again."
            ) from error
    return found
