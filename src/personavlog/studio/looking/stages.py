"""The rail: how far each stage is, what it took and what is left of it, as such work took in this film."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean

from personavlog import steps
from personavlog.backbones.rubric import RUBRIC
from personavlog.estimate.numbers import EstimateStage, FilmEstimate
from personavlog.estimate.spent import kept_estimate
from personavlog.runs.index import Index
from personavlog.steps import OWN_PARTS, Part, StepName
from personavlog.studio.looking.facts import Facts
from personavlog.studio.models import StageState


@dataclass(frozen=True)
class _Stage:
    """``parts`` are whose steps' time is spent on it, ``needed`` the steps that finish it, ``role`` how many run at
    once."""

    name: str
    parts: frozenset[Part]
    needed: Callable[[Facts], tuple[StepName, ...]]
    role: str
    estimated: EstimateStage | None


def _shots(part: str) -> Callable[[Facts], tuple[StepName, ...]]:
    return lambda facts: tuple(OWN_PARTS[part](number) for number in facts.numbers)


def _writers(facts: Facts) -> tuple[StepName, ...]:
    chat = facts.saved.profile.chat
    pairs = ("whole",) if chat.single_prompt else tuple(RUBRIC)
    return (*(steps.write(pair) for pair in pairs), steps.SCRIPT)


_STAGES = (
    _Stage("script", frozenset((Part.WRITE, Part.SCRIPT)), _writers, "", EstimateStage.SCRIPT),
    _Stage(
        "pictures",
        frozenset((Part.STYLISE, Part.KEYFRAME)),
        lambda facts: (steps.STYLISE, *_shots("keyframe")(facts)),
        "image",
        EstimateStage.PICTURES,
    ),
    _Stage("clips", frozenset((Part.CLIP,)), _shots("clip"), "video", EstimateStage.CLIPS),
    _Stage(
        "voice",
        frozenset((Part.VOICE, Part.SHORTEN, Part.NARRATION)),
        _shots("voice"),
        "speech",
        EstimateStage.SPEECH,
    ),
    _Stage(
        "music",
        frozenset((Part.MUSIC, Part.SOUND)),
        lambda facts: (steps.MUSIC, steps.SOUND),
        "music",
        EstimateStage.MUSIC,
    ),
    _Stage("film", frozenset((Part.CUT,)), lambda facts: (steps.FILM,), "", None),
)


def rail(facts: Facts, index: Index) -> tuple[StageState, ...]:
    """Every stage, with what the film was begun with as the estimate."""
    return stages(facts, kept_estimate(index.events(facts.folder.run, kinds=("estimate",))))


def stages(facts: Facts, estimate: FilmEstimate | None) -> tuple[StageState, ...]:
    """Every stage in the film's order; ``estimate`` is what the film was begun with, for stages of which nothing is
    made yet."""
    parsed = {row.name: name for row in facts.steps.values() if (name := StepName.parse(row.name))}
    return tuple(_state(facts, stage, parsed, estimate) for stage in _STAGES)


def left(found: Iterable[StageState]) -> float | None:
    """Seconds of all stages together, the cut not counted before anything is known of it; None where nobody knows one
    of the others."""
    seconds = [stage.left for stage in found if stage.stage != "film" or stage.left is not None]
    return None if None in seconds else sum(one for one in seconds if one is not None)


def _state(facts: Facts, stage: _Stage, parsed: Mapping[str, StepName], estimate: FilmEstimate | None) -> StageState:
    needed = [str(step) for step in stage.needed(facts)]
    rows = [facts.steps[name] for name, step in parsed.items() if step.part in stage.parts]
    seconds = sum(row.seconds for row in rows if not _is_within(parsed[row.name]))
    pinned_script = stage.name == "script" and str(steps.SCRIPT) in facts.pins
    done = len(needed) if pinned_script else sum(_is_done(facts, name) for name in needed)
    running = facts.making and any(row.status == "running" for row in rows)
    failed = done < len(needed) and any(row.status == "failed" and row.at >= facts.begun_at for row in rows)
    return StageState(
        stage=stage.name,
        state="running" if running else "done" if done == len(needed) else "failed" if failed else "waiting",
        done=done,
        steps=len(needed),
        seconds=round(seconds, 1),
        left=_left(facts, stage, len(needed) - done, _mean(seconds, done), estimate),
    )


def _is_within(step: StepName) -> bool:
    """Whether a step's time is counted in that of the writers' pair that it belongs to."""
    return step.part is Part.WRITE and "/" in step.item


def _is_done(facts: Facts, name: str) -> bool:
    if name in facts.pins:
        return True
    row = facts.steps.get(name)
    return row is not None and row.made is not None and row.status in ("done", "hit", "stale", "pinned")


def _mean(seconds: float, done: int) -> float | None:
    return seconds / done if done else None


def _left(
    facts: Facts, stage: _Stage, steps_left: int, mean: float | None, estimate: FilmEstimate | None
) -> float | None:
    if steps_left <= 0:
        return 0.0
    if mean is not None:
        return round(mean * steps_left / _at_once(facts, stage), 1)
    known = next((one for one in estimate.stages if one.stage is stage.estimated), None) if estimate else None
    if known is None or known.seconds.high is None:
        return None
    return round(fmean((known.seconds.low, known.seconds.high)), 1)


def _at_once(facts: Facts, stage: _Stage) -> int:
    profile = facts.saved.profile
    known: dict[str, int] = {role: choice.at_once for role, choice in profile.backbones.items()}
    return min(known.get(stage.role, 1), max(len(facts.numbers), 1))
