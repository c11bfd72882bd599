"""The step of what a theme itself says is done."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from personavlog_embedded import data
from personavlog_embedded.body.acts import nearest
from personavlog_embedded.writing.plain.activities import Step, Tone
from personavlog_embedded.writing.plain.theme import Theme


@cache
def _steps() -> Mapping[Tone, Step]:
    return data.checked(dict[Tone, Step], data.read_toml("library", "deeds.toml"), "library/deeds.toml")


@lru_cache(maxsize=64)
def deed(theme: Theme) -> Step | None:
    """The theme's own deed as a step, with the act nearest in meaning; None for a theme that tells none."""
    if theme.deed is None:
        return None
    step, found = _steps()[theme.tone], nearest(theme.deed.done) or nearest(theme.deed.done.split()[0])
    return step if found is None else step.model_copy(update={"act": found.name})
