"""Our own methods for the benchmark: the whole system and what is left of it with parts switched off (Table 2).

They are rows of ``ablations.toml``; each is a change of any profile, so that the same ablation runs with every choice
of models, and its films share every equal step with those of the others.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import Field

from personavlog import profiles
from personavlog.benchmark.outputs import ID
from personavlog.errors import ConfigurationError
from personavlog.frozen import Frozen
from personavlog.profiles import Profile

WHOLE = "ours"
"""The method without anything switched off."""


class Variant(Frozen):
    """A method of ours; ``profile`` is what it changes in a profile."""

    name: str = Field(pattern=ID)
    title: str
    description: str
    based_on: str = ""
    profile: Mapping[str, Any] = {}

    def of(self, profile: Profile) -> Profile:
        """The profile as this method uses it."""
        return profiles.changed(profile, self.profile)


@cache
def variants() -> Mapping[str, Variant]:
    """Every method of ours by its name, in the table's order."""
    text = files("personavlog.benchmark").joinpath("ablations.toml").read_text("utf-8")
    return {entry["name"]: Variant.model_validate(entry) for entry in tomllib.loads(text)["method"]}


def chosen(names: Iterable[str], profile: Profile) -> dict[str, tuple[Variant, Profile]]:
    """The methods of these names with the profile that each uses, in the table's order.

    Raises ``ConfigurationError`` for a name that is none, and for two that are the same with this profile: a row twice
    would look like a result.
    """
    wanted, known = list(names), variants()
    unknown = [name for name in wanted if name not in known]
    if unknown or not wanted:
        said = f"There is no method {unknown[0]!r} of ours." if unknown else "No method was named."
        raise ConfigurationError(f"{said} There are: {', '.join(known)}.")
    found = {name: (one, one.of(profile)) for name, one in known.items() if name in wanted}
    first: dict[str, str] = {}
    for name, (_, used) in found.items():
        same = first.setdefault(used.model_dump_json(), name)
        if same != name:
            raise ConfigurationError(
                f"With the profile {profile.name!r} the methods {same!r} and {name!r} are the same: the part in which "
                "they differ is off in it. Leave one out, or switch that part on in a profile of your own."
            )
    return found
