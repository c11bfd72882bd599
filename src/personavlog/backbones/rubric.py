"""What drafts are marked by: criteria with a question and the meaning of each mark, read from ``rubric.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

from pydantic import Field, TypeAdapter

from personavlog.brief import CleanText
from personavlog.frozen import Frozen

Pair = Literal["story", "seg", "video", "mono", "music"]
"""The five writer pairs of the paper, by the agent's name."""
PASSES = 4
"""The lowest mark that an approved draft may have in any criterion."""
BEST = 5


class Criterion(Frozen):
    """One criterion: its question and what the marks from 2 to 5 mean. A mark of 1 needs no words."""

    question: CleanText = Field(min_length=10, max_length=200)
    weak: CleanText = Field(alias="2", min_length=10, max_length=160)
    short: CleanText = Field(alias="3", min_length=10, max_length=160)
    passes: CleanText = Field(alias="4", min_length=10, max_length=160)
    best: CleanText = Field(alias="5", min_length=10, max_length=160)

    @property
    def anchors(self) -> Mapping[int, str]:
        """Mark to meaning, 2 to 5."""
        return {2: self.weak, 3: self.short, 4: self.passes, 5: self.best}


def _read() -> Mapping[Pair, Mapping[str, Criterion]]:
    text = files("personavlog.backbones").joinpath("rubric.toml").read_text(encoding="utf-8")
    tables = TypeAdapter(dict[Pair, dict[str, Criterion]]).validate_python(tomllib.loads(text))
    return MappingProxyType({pair: MappingProxyType(criteria) for pair, criteria in tables.items()})


RUBRIC: Mapping[Pair, Mapping[str, Criterion]] = _read()
"""Criterion by name, per pair; a review has one score for each of its pair's criteria."""
