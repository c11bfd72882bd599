"""What an editor's markers say of every shot: its board, its line, what the quality agents still found in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from personavlog import steps
from personavlog.export.source import Source
from personavlog.feedback import CorrectedClip, CorrectedKeyframe
from personavlog.report.judged import found


@dataclass(frozen=True)
class ShotNotes:
    """``place`` is the shot's title, ``board`` the storyboard and the clip's description, ``findings`` one sentence per
    defect that the kept picture and clip were found to have."""

    place: str
    board: str
    line: str
    findings: tuple[str, ...]


def notes_of(source: Source) -> tuple[ShotNotes, ...]:
    """The notes of every shot in the film's order."""
    made, findings = source.made, _findings(source)
    numbers = made.numbers or tuple(range(1, len(made.clips) + 1))
    return tuple(
        ShotNotes(board.place, f"{board.text} {video.text}", line.text, findings.get(number, ()))
        for board, video, line, number in zip(
            made.script.boards, made.script.videos, made.narration.lines, numbers, strict=True
        )
    )


def _findings(source: Source) -> Mapping[int, tuple[str, ...]]:
    """By the shots' own numbers; the latest entry of a step is the one that stands."""
    latest: dict[str, tuple[str, ...]] = {}
    for entry in source.record.of_kind("keyframe"):
        picture = CorrectedKeyframe.model_validate(entry.data["corrected"])
        latest[str(entry.data["name"])] = found(picture.best.finding)
    for entry in source.record.of_kind("clip"):
        clip = CorrectedClip.model_validate(entry.data["corrected"])
        latest[str(entry.data["name"])] = found(clip.best.finding)[:1]
    numbers = source.made.numbers or range(1, len(source.made.clips) + 1)
    return {
        number: latest.get(str(steps.keyframe(number)), ()) + latest.get(str(steps.clip(number)), ())
        for number in numbers
    }
