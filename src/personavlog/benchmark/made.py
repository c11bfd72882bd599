"""What a run made, read from the index and the store: also of a run that was made only up to a point."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ValidationError

from personavlog import steps
from personavlog.backbones.roles import AnimateResult, EditResult, MusicResult
from personavlog.benchmark.outputs import Correction, Tried
from personavlog.cut import Film
from personavlog.errors import ConfigurationError, RunError
from personavlog.feedback import CorrectedClip, CorrectedKeyframe
from personavlog.feedback.attempts import Attempt, Corrected
from personavlog.media import Blob
from personavlog.pending import pending, sentences
from personavlog.runs.index import Event
from personavlog.saved import OpenRun, current_script, shot_numbers, what_is_wrong
from personavlog.script import Script
from personavlog.stages.narrate import Narration
from personavlog.stages.score import Soundtrack
from personavlog.steps import StepName

T = TypeVar("T", bound=BaseModel)
CorrectedT = TypeVar("CorrectedT", CorrectedKeyframe, CorrectedClip)


@dataclass(frozen=True)
class MadeRun:
    """The parts of one vlog, by the shot's place from 1 where they are a shot's; what was not made is not there."""

    script: Script
    person: EditResult | None
    keyframes: dict[int, EditResult]
    clips: dict[int, AnimateResult]
    corrected_keyframes: dict[int, CorrectedKeyframe]
    corrected_clips: dict[int, CorrectedClip]
    narration: Narration | None
    music: MusicResult | None
    soundtrack: Soundtrack | None
    film: Film | None

    @property
    def first_keyframes(self) -> dict[int, EditResult]:
        """What was there before any correction."""
        return _there({place: loop.attempts[0].made for place, loop in self.corrected_keyframes.items()})

    @property
    def first_clips(self) -> dict[int, AnimateResult]:
        """What was there before any correction, animated from the keyframe that was kept."""
        return _there({place: loop.attempts[0].made for place, loop in self.corrected_clips.items()})

    @property
    def pictures_tried(self) -> tuple[Correction, ...]:
        """Every attempt at a keyframe; a defect is one of the paper's six kinds."""
        return tuple(
            _told("keyframe", place, one, tuple(defect.kind.value for defect in one.finding.defects))
            if one.finding
            else _told("keyframe", place, one)
            for place, loop in self.corrected_keyframes.items()
            for one in loop.attempts
        )

    @property
    def clips_tried(self) -> tuple[Correction, ...]:
        """Every attempt at a clip; a defect is "misaligned" or "anomaly"."""
        return tuple(
            _told("clip", place, one, (one.finding.kind,)) if one.finding else _told("clip", place, one)
            for place, loop in self.corrected_clips.items()
            for one in loop.attempts
        )

    @property
    def keyframes_of_attempts(self) -> dict[Tried, Blob]:
        """What was made of every keyframe that was corrected, by attempt."""
        loops = self.corrected_keyframes
        return {("keyframe", place, number): made.image for place, number, made in _several(loops)}

    @property
    def clips_of_attempts(self) -> dict[Tried, Blob]:
        """What was made of every clip that was corrected, by attempt."""
        return {("clip", place, number): made.clip for place, number, made in _several(self.corrected_clips)}


def made_by(run: OpenRun) -> MadeRun:
    """Everything that the run has now.

    Raises ``RunError`` for a run without a script and for one that was changed since its film was made,
    ``ConfigurationError`` for a damaged index.
    """
    index, name = run.index, run.folder.run
    script = current_script(index, name)
    if script is None:
        raise RunError(f"The run {name!r} has no script yet. Make it first with: personavlog resume {name}")
    changed = pending(index, name)
    if changed is not None and changed.recut:
        told = " ".join(sentences(index, name, changed))
        raise RunError(f"The run {name!r} is not finished. {told} Finish it first with: personavlog resume {name}")
    numbers = dict(enumerate(shot_numbers(index, name, len(script.boards)), 1))
    events = index.events(name)
    return MadeRun(
        script=script,
        person=_result(run, steps.STYLISE, EditResult),
        keyframes=_there({place: _result(run, steps.keyframe(n), EditResult) for place, n in numbers.items()}),
        clips=_there({place: _result(run, steps.clip(n), AnimateResult) for place, n in numbers.items()}),
        corrected_keyframes=_corrected(run, events, "keyframe", numbers, CorrectedKeyframe),
        corrected_clips=_corrected(run, events, "clip", numbers, CorrectedClip),
        narration=_result(run, steps.NARRATION, Narration),
        music=_result(run, steps.MUSIC, MusicResult),
        soundtrack=_result(run, steps.SOUND, Soundtrack),
        film=_result(run, steps.FILM, Film),
    )


def _told(
    part: Literal["keyframe", "clip"], place: int, attempt: Attempt[Any, Any, Any], defects: tuple[str, ...] = ()
) -> Correction:
    values = {score.name: score.value for score in attempt.scores}
    return Correction(
        part=part,
        shot=place,
        attempt=attempt.number,
        found=attempt.finding is not None if attempt.inspected else None,
        defects=defects,
        accepted=None if attempt.number == 0 else attempt.decision is not None and attempt.decision.keep,
        failed=bool(attempt.failure),
        scores={name: value if value is None or math.isfinite(value) else None for name, value in values.items()},
    )


def _several(loops: Mapping[int, Corrected[T, Any, Any]]) -> Iterator[tuple[int, int, T]]:
    """Shot, number and result of every attempt that made something, where there was more than one."""
    for place, loop in loops.items():
        for attempt in loop.attempts if len(loop.attempts) > 1 else ():
            if attempt.made is not None:
                yield place, attempt.number, attempt.made


def _there(found: Mapping[int, T | None]) -> dict[int, T]:
    return {place: one for place, one in found.items() if one is not None}


def _result(run: OpenRun, step: StepName, kind: type[T]) -> T | None:
    """What stands for a step: what a person put there, else what was made; None where it was not."""
    text = run.index.edits.pinned(run.folder.run, str(step))
    if text is None:
        row = run.index.find_step(run.folder.run, str(step))
        action = run.index.action(row.made) if row is not None and row.made is not None else None
        text = None if action is None else action.result
    return None if text is None else _read(run, str(step), text, kind)


def _corrected(
    run: OpenRun, events: Sequence[Event], kind: str, numbers: Mapping[int, int], model: type[CorrectedT]
) -> dict[int, CorrectedT]:
    """The latest loop of every shot that has one and no own part of a person in its place."""
    latest = {str(event.data.get("name")): event.data.get("corrected") for event in events if event.kind == kind}
    pins = run.index.edits.pins(run.folder.run)
    names = {place: f"{kind}/{number}" for place, number in numbers.items()}
    known = {place: name for place, name in names.items() if name in latest and name not in pins}
    return {place: _read(run, name, latest[name], model) for place, name in known.items()}


def _read(run: OpenRun, name: str, content: object, kind: type[T]) -> T:
    try:
        return kind.model_validate_json(content) if isinstance(content, str) else kind.model_validate(content)
    except ValidationError as error:
        raise ConfigurationError(
            f"What the run {run.folder.run!r} has of {name!r} does not fit: {what_is_wrong(error)}. Make it again "
            f"with: personavlog resume {run.folder.run}"
        ) from error
