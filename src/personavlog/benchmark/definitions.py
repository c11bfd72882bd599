"""What every measure is: read from ``measures.toml``, for tables, plots and the page."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import Field

from personavlog.frozen import Frozen

Group = Literal["storyboard", "pictures", "clips", "film", "correction", "cost"]


class Definition(Frozen):
    """A measure. ``scale`` is what tables multiply it by (papers print VBench's times 100), ``digits`` how many they
    print after the point; ``paper`` is its column in the paper's tables, 0 for those that the paper does not have.

    ``better`` is "none" for what is only told.
    """

    name: str
    title: str
    group: Group
    better: Literal["higher", "lower", "none"] = "higher"
    unit: str = ""
    scale: float = 1.0
    digits: int = Field(default=2, ge=0, le=6)
    paper: int = Field(default=0, ge=0)
    source: str
    same_as: tuple[str, ...] = Field(default=(), description="Scores that a loop may compare and that measure the same")
    needs: str = Field(default="", description="Networks or files that are not always there")


@cache
def definitions() -> dict[str, Definition]:
    """Every measure by its name, in the order of the file."""
    text = files("personavlog.benchmark").joinpath("measures.toml").read_text("utf-8")
    return {entry["name"]: Definition.model_validate(entry) for entry in tomllib.loads(text)["measure"]}
