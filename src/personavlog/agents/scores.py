"""Scores as the quality agents are told them: what each means, and from where on it is sound."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from pydantic import TypeAdapter

from personavlog.frozen import Frozen
from personavlog.metrics import camera
from personavlog.metrics.score import Score

FLOORS: Mapping[str, float] = {camera.NAME: camera.FLOOR}
"""Of the scores that name no level themselves (``Score.enough``) and have a calibrated floor."""


class ToldScore(Frozen):
    """One score for a model to read. ``sound_from`` is None where no level is known; ``noise`` is a difference that
    means nothing; ``note`` what the measure says of this picture."""

    name: str
    means: str = ""
    value: float | None
    sound_from: float | None = None
    noise: float = 0.0
    note: str = ""


def told(scores: Sequence[Score]) -> tuple[ToldScore, ...]:
    """The scores in their order."""
    return tuple(_told(score) for score in scores)


@cache
def meanings() -> Mapping[str, str]:
    """What each score means, by name."""
    text = files("personavlog.agents").joinpath("scores.toml").read_text(encoding="utf-8")
    return TypeAdapter(dict[str, str]).validate_python(tomllib.loads(text))


def _told(score: Score) -> ToldScore:
    return ToldScore(
        name=score.name,
        means=meanings().get(score.name, ""),
        value=None if score.value is None else round(score.value, 4),
        sound_from=score.enough if score.enough is not None else FLOORS.get(score.name),
        noise=score.tolerance,
        note=score.note,
    )
