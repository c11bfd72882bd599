"""``report.html``: how each shot came to be, from the record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from personavlog import steps
from personavlog.backbones.roles import CHOSEN, OWN
from personavlog.feedback.attempts import Corrected
from personavlog.feedback.clip import CorrectedClip
from personavlog.feedback.keyframe import CorrectedKeyframe
from personavlog.feedback.tally import tally
from personavlog.notes import Note, ranked
from personavlog.report import evidence, pictures
from personavlog.runs.blobs import Blobs
from personavlog.runs.record import RunRecord
from personavlog.script import Board
from personavlog.steps import Section, StepName
from personavlog.vlog import Made

PICTURE_WIDTH, STRIP_WIDTH = 560, 150
PAIRS = {
    "story": "Story agent",
    "seg": "Seg agent",
    "video": "Video agent",
    "mono": "Mono agent",
    "music": "Music agent",
    "whole": "One prompt",
}

_environment = Environment(loader=PackageLoader("personavlog.report", "."), autoescape=True, undefined=StrictUndefined)


def render(record: RunRecord, store: Blobs, *, wall: float, cost: str) -> str:
    """The page of a run whose record holds a film; ``wall`` is the seconds of its last making, ``cost`` is in words
    (``Totals.text``)."""
    made = Made.model_validate(record.of_kind("film")[-1].data["made"])
    keyframes = _latest(record, "keyframe", CorrectedKeyframe)
    clips = _latest(record, "clip", CorrectedClip)
    return _environment.get_template("page.jinja").render(
        language=record.brief.language,
        version=record.versions["personavlog"],
        title=made.script.story.title,
        logline=made.script.story.logline,
        tags=_tags(record, made),
        poster=pictures.shown(store, made.keyframes[0].image, PICTURE_WIDTH),
        notes=[note.sentence for note in ranked(Note.of(entry.data) for entry in record.of_kind("note"))],
        person=[
            {"caption": "The photo", "data": pictures.shown(store, record.brief.photo, STRIP_WIDTH * 2)},
            {"caption": "The stylised reference", "data": pictures.shown(store, made.person.image, STRIP_WIDTH * 2)},
        ],
        character=made.script.character,
        consent=record.brief.consent,
        shots=[_shot(store, made, place, keyframes, clips) for place in range(len(made.clips))],
        rates=[_rates(keyframes, "Keyframes"), _rates(clips, "Clips")],
        rule=str(record.profile.get("feedback", {}).get("rule", "")),  # type: ignore[union-attr]
        pairs=_pairs(record),
        timings=_timings(record),
        wall=wall,
        cost=cost,
        licences=[
            {"what": f"{one.role}: {one.backbone}", "licence": one.licence, "limits": one.limits}
            for one in record.licences
        ],
        run=record.run,
    )


def _tags(record: RunRecord, made: Made) -> list[str]:
    film = made.film
    return [
        record.brief.theme,
        record.brief.style,
        f"{film.duration:.1f} s",
        f"{film.width}x{film.height}",
        f"{len(made.clips)} shots",
        f"{made.soundtrack.lufs:.1f} LUFS",
        f"{made.soundtrack.true_peak:.1f} dBTP",
        f"profile {record.profile.get('name', '')}",
    ]


def _latest(record: RunRecord, kind: str, model: Any) -> dict[str, Any]:
    return {str(entry.data["name"]): model.model_validate(entry.data["corrected"]) for entry in record.of_kind(kind)}


def _shot(
    store: Blobs,
    made: Made,
    place: int,
    keyframes: Mapping[str, CorrectedKeyframe],
    clips: Mapping[str, CorrectedClip],
) -> dict[str, Any]:
    """The shot at ``place``, from 0; what a person put there was not corrected and has no measures."""
    board = made.script.boards[place]
    number = made.numbers[place] if made.numbers else place + 1
    keyframe, clip = keyframes.get(str(steps.keyframe(number))), clips.get(str(steps.clip(number)))
    return {
        "number": place + 1,
        "keyframe": pictures.shown(store, made.keyframes[place].image, PICTURE_WIDTH),
        "strip": [
            pictures.jpeg(frame, STRIP_WIDTH) for frame in pictures.preview_frames(store, made.clips[place].clip)
        ],
        "seconds": made.clips[place].clip.duration,
        "board": board,
        "video": made.script.videos[place],
        "line": made.narration.lines[place].text,
        "tags": [*_own(made, place), *(kind.value for kind in _kinds(board)), *board.props],
        "scores": [*(keyframe.best.scores if keyframe else ()), *(clip.best.scores if clip else ())],
        "loops": [
            *([evidence.keyframe_loop(store, keyframe)] if keyframe else []),
            *([evidence.clip_loop(store, clip, number)] if clip else []),
        ],
    }


def _kinds(board: Board) -> tuple[StrEnum, ...]:
    return (board.framing, board.time_of_day, board.weather, board.emotion)


def _own(made: Made, place: int) -> list[str]:
    """Which parts of a shot a person put there, or chose the attempt of."""
    keyframe, clip, line = made.keyframes[place], made.clips[place], made.narration.lines[place]
    said = {"keyframe": keyframe.prompt, "clip": clip.prompt, "voice": line.voice}
    noted = {"keyframe": keyframe.notes, "clip": clip.notes}
    return [
        *(f"{OWN} {part}" for part, words in said.items() if words == OWN),
        *(f"chosen {part}" for part, notes in noted.items() if CHOSEN in notes),
    ]


def _rates(loops: Mapping[str, Corrected[Any, Any, Any]], title: str) -> dict[str, Any]:
    counted = tally(loops.values())
    share = {"acceptance": counted.acceptance, "rollback": counted.rollback}
    return {
        "title": title,
        **counted.model_dump(),
        **{name: "—" if value is None else f"{value:.0%}" for name, value in share.items()},
    }


def _pairs(record: RunRecord) -> list[dict[str, Any]]:
    rounds: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for entry in record.of_kind("round"):
        review: Any = entry.data["review"] or {"approved": False, "scores": (), "changes": ()}
        verdict = "approved" if review["approved"] else "sent back" if entry.data["review"] else "not reviewed"
        changes = [
            f"{change['target']}: {change['problem']} Wanted: {change['wanted']}" for change in review["changes"]
        ]
        rounds[str(entry.data["pair"])].append(
            {
                "number": entry.data["number"],
                "verdict": verdict,
                "scores": review["scores"],
                "changes": changes,
            }
        )
    return [{"name": title, "rounds": rounds[pair]} for pair, title in PAIRS.items() if pair in rounds]


def _timings(record: RunRecord) -> list[dict[str, Any]]:
    seconds: dict[Section, list[float]] = defaultdict(list)
    for step in record.steps:
        if (name := StepName.parse(step.name)) is not None:
            seconds[name.section].append(step.seconds)
    longest = max((sum(values) for values in seconds.values()), default=0) or 1
    return [_timing(section.value, seconds[section], longest) for section in Section if section in seconds]


def _timing(title: str, seconds: list[float], longest: float) -> dict[str, Any]:
    steps = f"{len(seconds)} step{'' if len(seconds) == 1 else 's'}"
    return {"stage": title, "seconds": sum(seconds), "steps": steps, "share": round(100 * sum(seconds) / longest)}
