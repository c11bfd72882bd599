"""``report.html``: how each shot came to be, from the record alone."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import cv2
import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined
from numpy.typing import NDArray

from personavlog.feedback.clip import CorrectedClip
from personavlog.feedback.keyframe import CorrectedKeyframe
from personavlog.media import Clip, Image
from personavlog.metrics.score import Score
from personavlog.runs.blobs import Blobs
from personavlog.runs.record import RunRecord
from personavlog.vlog import Made

PICTURE_WIDTH, ATTEMPT_WIDTH, STRIP_WIDTH, STRIP_FRAMES = 560, 320, 150, 6
STAGES = {
    "stylise": "The person in the style", "write": "Script", "voice": "Voices", "keyframe": "Keyframes", "clip": "Clips", "music": "Music",
    "sound": "Mix", "cut": "Cut",
}  # fmt: skip
PAIRS = {"story": "Story agent", "seg": "Seg agent", "video": "Video agent", "mono": "Mono agent", "music": "Music agent"}

_environment = Environment(loader=PackageLoader("personavlog.report", "."), autoescape=True, undefined=StrictUndefined)


def render(record: RunRecord, store: Blobs, *, wall: float) -> str:
    """The page of a run whose record holds a film; ``wall`` is the seconds of its last making."""
    made = Made.model_validate(record.of_kind("film")[-1].data["made"])
    keyframes = _latest(record, "keyframe", CorrectedKeyframe)
    clips = _latest(record, "clip", CorrectedClip)
    return _environment.get_template("page.jinja").render(
        language=record.brief.language,
        version=record.versions["personavlog"],
        title=made.script.story.title,
        logline=made.script.story.logline,
        tags=_tags(record, made),
        poster=_picture(store, made.keyframes[0].image, PICTURE_WIDTH),
        notes=list(dict.fromkeys(str(entry.data["text"]) for entry in record.of_kind("note"))),
        person=[
            {"caption": "The photo", "data": _picture(store, record.brief.photo, STRIP_WIDTH * 2)},
            {"caption": "The stylised reference", "data": _picture(store, made.person.image, STRIP_WIDTH * 2)},
        ],
        character=made.script.character,
        consent=record.brief.consent,
        shots=[_shot(store, made, number, keyframes[f"keyframe/{number + 1}"], clips[f"clip/{number + 1}"]) for number in range(len(made.clips))],
        pairs=_pairs(record),
        timings=_timings(record),
        wall=wall,
        cost=record.money,
        licences=[{"what": f"{one.role}: {one.backbone}", "licence": one.licence, "limits": one.limits} for one in record.licences],
        run=record.run,
    )


def _tags(record: RunRecord, made: Made) -> list[str]:
    film = made.film
    return [record.brief.theme, record.brief.style, f"{film.duration:.1f} s", f"{film.width}x{film.height}", f"{len(made.clips)} shots",
            f"{made.soundtrack.lufs:.1f} LUFS", f"{made.soundtrack.true_peak:.1f} dBTP", f"profile {record.profile.get('name', '')}"]  # fmt: skip


def _latest(record: RunRecord, kind: str, model: Any) -> dict[str, Any]:
    return {str(entry.data["name"]): model.model_validate(entry.data["corrected"]) for entry in record.of_kind(kind)}


def _shot(store: Blobs, made: Made, number: int, keyframe: CorrectedKeyframe, clip: CorrectedClip) -> dict[str, Any]:
    board = made.script.boards[number]
    return {
        "number": number + 1,
        "keyframe": _picture(store, made.keyframes[number].image, PICTURE_WIDTH),
        "strip": [_jpeg(frame, STRIP_WIDTH) for frame in _frames(store, made.clips[number].clip)],
        "seconds": made.clips[number].clip.duration,
        "board": board,
        "video": made.script.videos[number],
        "line": made.narration.lines[number].text,
        "tags": [board.framing.value, board.time_of_day.value, board.weather.value, board.emotion.value, *board.props],
        "scores": [*keyframe.best.scores, *clip.best.scores],
        "loops": [{"title": "Keyframe", "attempts": _attempts(store, keyframe, _still)}, {"title": "Clip", "attempts": _attempts(store, clip, _first)}],
    }


def _attempts(store: Blobs, corrected: Any, picture: Any) -> list[dict[str, Any]]:
    before: dict[str, float | None] = {}
    rows = []
    for attempt in corrected.attempts:
        rows.append(
            {
                "number": attempt.number,
                "kept": attempt.number == corrected.kept,
                "picture": picture(store, attempt.made) if attempt.made else None,
                "found": _found(attempt.finding),
                "asked": getattr(attempt.order, "text", attempt.order) if attempt.number else None,
                "why": attempt.failure
                or (
                    f"{'Kept' if attempt.decision.keep else 'Rolled back'} by rule {attempt.decision.rule}: {attempt.decision.reason}"
                    if attempt.decision
                    else ""
                ),
                "rows": [_row(score, before) for score in attempt.scores],
            }
        )
        if attempt.number == 0 or (attempt.decision and attempt.decision.keep):
            before = {score.name: score.value for score in attempt.scores}
    return rows


def _row(score: Score, before: dict[str, float | None]) -> dict[str, str]:
    old = before.get(score.name)
    change = None if old is None or score.value is None else score.value - old
    way = "" if change is None or abs(change) <= score.tolerance else ("up" if change > 0 else "down")
    return {"name": score.name, "value": "—" if score.value is None else f"{score.value:.3f}", "change": "" if change is None else f"{change:+.3f}", "way": way}


def _found(finding: Any) -> str:
    if finding is None:
        return ""
    if hasattr(finding, "defects"):
        return "; ".join(f"{defect.kind.value}: {defect.evidence}" for defect in finding.defects)
    return f"{finding.kind}: {finding.evidence}"


def _still(store: Blobs, made: Any) -> str:
    return _picture(store, made.image, ATTEMPT_WIDTH)


def _first(store: Blobs, made: Any) -> str | None:
    return next((_jpeg(frame, ATTEMPT_WIDTH) for frame in _frames(store, made.clip)), None)


def _pairs(record: RunRecord) -> list[dict[str, Any]]:
    rounds: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for entry in record.of_kind("round"):
        review: Any = entry.data["review"]
        changes = [f"{change['target']}: {change['problem']} Wanted: {change['wanted']}" for change in review["changes"]]
        rounds[str(entry.data["pair"])].append({"number": entry.data["number"], "approved": review["approved"], "scores": review["scores"], "changes": changes})
    return [{"name": title, "rounds": rounds[pair]} for pair, title in PAIRS.items() if pair in rounds]


def _timings(record: RunRecord) -> list[dict[str, Any]]:
    seconds: dict[str, list[float]] = defaultdict(list)
    for step in record.steps:
        stage = step.name.partition("/")[0]
        if stage in STAGES:
            seconds[stage].append(step.seconds)
    longest = max((sum(values) for values in seconds.values()), default=0) or 1
    return [{"stage": title, "seconds": sum(seconds[stage]), "steps": f"{len(seconds[stage])} steps", "share": round(100 * sum(seconds[stage]) / longest)}
            for stage, title in STAGES.items() if stage in seconds]  # fmt: skip


def _picture(store: Blobs, image: Image, width: int) -> str:
    return _jpeg(store.pixels(image), width)


def _frames(store: Blobs, clip: Clip) -> Iterable[NDArray[np.uint8]]:
    """A few frames, evenly spread, RGB."""
    capture = cv2.VideoCapture(str(store.path(clip)))
    try:
        for number in range(STRIP_FRAMES):
            capture.set(cv2.CAP_PROP_POS_FRAMES, round(number * (clip.frames - 1) / (STRIP_FRAMES - 1)))
            there, frame = capture.read()
            if there:
                yield np.asarray(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB), np.uint8)
    finally:
        capture.release()


def _jpeg(pixels: NDArray[np.uint8], width: int) -> str:
    """A picture as a data URI, ``width`` px wide."""
    height = max(1, round(pixels.shape[0] * width / pixels.shape[1]))
    small = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA)
    data = cv2.imencode(".jpg", cv2.cvtColor(small, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, 82])[1].tobytes()
    return "data:image/jpeg;base64," + base64.b64encode(data).decode()
