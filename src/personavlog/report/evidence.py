"""The evidence of feedback and rollback: what there was before a correction and after it, what was found and asked,
both score sets, the decision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from personavlog.feedback.decision import Comparison
from personavlog.metrics.score import Score
from personavlog.report import pictures
from personavlog.report.judged import Judged, found, judged, winner
from personavlog.runs.blobs import Blobs

WIDTH, STRIP_WIDTH = 480, 150


@dataclass(frozen=True)
class Side:
    """One attempt as shown: ``picture`` is the keyframe or the clip's first frame, ``strip`` the clip's frames,
    ``clip`` the file that plays, relative to the page; both empty for a keyframe."""

    number: int
    picture: str
    strip: tuple[str, ...] = ()
    clip: str = ""
    standing: bool = False


@dataclass(frozen=True)
class LineEvidence:
    """One measure before and after; ``winner`` is "before", "after" or "" where neither is ahead by more than the
    tolerance."""

    name: str
    before: str
    after: str
    tolerance: str
    outcome: str
    winner: str


@dataclass(frozen=True)
class CorrectionEvidence:
    """One step of a loop. ``after`` is None where the correction could not be made; ``verdict`` is "kept", "rolled
    back" or "failed"."""

    before: Side
    after: Side | None
    found: tuple[str, ...]
    asked: str
    lines: tuple[LineEvidence, ...]
    rule: str
    reason: str
    verdict: str


@dataclass(frozen=True)
class LoopEvidence:
    """All that FRM did for one keyframe or clip; ``first`` says what was found in the first attempt where nothing could
    be asked."""

    title: str
    corrections: tuple[CorrectionEvidence, ...]
    found: tuple[str, ...] = ()
    scores: tuple[Score, ...] = field(default=())


def keyframe_loop(store: Blobs, corrected: Any) -> LoopEvidence:
    """A keyframe's corrections with its pictures."""
    return _loop(
        "Keyframe",
        corrected,
        lambda attempt, stands: Side(attempt.number, pictures.shown(store, attempt.made.image, WIDTH), standing=stands),
    )


def clip_loop(store: Blobs, corrected: Any, shot: int) -> LoopEvidence:
    """A clip's corrections with filmstrips and the files that ``publish`` puts beside the page; ``shot`` counts from
    1."""

    def side(attempt: Any, stands: bool) -> Side:
        frames = list(pictures.preview_frames(store, attempt.made.clip))
        strip = tuple(pictures.jpeg(frame, STRIP_WIDTH) for frame in frames)
        return Side(
            attempt.number,
            pictures.jpeg(frames[0], WIDTH) if frames else "",
            strip,
            clip_file(shot, attempt.number),
            stands,
        )

    return _loop("Clip", corrected, side)


def clip_file(shot: int, number: int) -> str:
    """Where an attempt's clip lies, relative to the run folder; ``shot`` counts from 1, attempts from 0."""
    return f"attempts/clip-{shot:02d}-{number}.mp4"


def _loop(title: str, corrected: Any, side: Callable[[Any, bool], Side]) -> LoopEvidence:
    attempts = corrected.attempts
    sides: dict[int, Side] = {}
    if len(attempts) > 1:
        sides = {one.number: side(one, one.number == corrected.kept) for one in attempts if one.made is not None}
    steps = tuple(_correction(sides, one) for one in judged(corrected))
    return LoopEvidence(title, steps, found(corrected.best.finding), tuple(corrected.best.scores))


def _correction(sides: dict[int, Side], one: Judged) -> CorrectionEvidence:
    return CorrectionEvidence(
        before=sides[one.against],
        after=sides.get(one.number),
        found=one.mended,
        asked=one.asked,
        lines=tuple(_line(line) for line in one.comparisons),
        rule=one.rule,
        reason=one.reason,
        verdict=one.verdict,
    )


def _line(one: Comparison) -> LineEvidence:
    before, after = ("—" if value is None else f"{value:.3f}" for value in (one.before, one.after))
    return LineEvidence(one.name, before, after, f"{one.tolerance:.4g}", one.outcome, winner(one))
