"""What an editor's markers say of every shot: its board, its line, what the quality agents still found in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from personavlog import steps
from personavlog.export.source import Source
from personavlog.feedback import CorrectedClip, CorrectedKeyframe


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
    made, found = source.made, _findings(source)
    numbers = made.numbers or tuple(range(1, len(made.clips) + 1))
    return tuple(
        ShotNotes(board.place, f"{board.text} {video.text}", line.text, found.get(number, ()))
        for board, video, line, number in zip(
            made.script.boards, made.script.videos, made.narration.lines, numbers, strict=True
        )
    )


def _findings(source: Source) -> Mapping[int, tuple[str, ...]]:
    """By the shots' own numbers; the latest entry of a step is the one that stands."""
    latest: dict[str, tuple[str, ...]] = {}
    for entry in source.record.entries:
        if entry.kind == "keyframe":
            latest[str(entry.data["name"])] = _of_picture(entry.data["corrected"])
        elif entry.kind == "clip":
            latest[str(entry.data["name"])] = _of_clip(entry.data["corrected"])
    numbers = source.made.numbers or range(1, len(source.made.clips) + 1)
    return {
        number: latest.get(str(steps.keyframe(number)), ()) + latest.get(str(steps.clip(number)), ())
        for number in numbers
    }


def _of_picture(corrected: Any) -> tuple[str, ...]:
    finding = CorrectedKeyframe.model_validate(corrected).best.finding
    return tuple(f"{defect.kind.value}: {defect.evidence}" for defect in finding.defects) if finding else ()


def _of_clip(corrected: Any) -> tuple[str, ...]:
    finding = CorrectedClip.model_validate(corrected).best.finding
    return (f"{finding.kind}: {finding.evidence}",) if finding else ()
