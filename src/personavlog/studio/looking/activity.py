"""What happened, what it cost, what is still to come, and who was sent the photo or the voice sample."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from personavlog.runs.index import Event, Index
from personavlog.steps import Part, StepName, Work
from personavlog.studio.looking.facts import Facts, facts, note_of, opened
from personavlog.studio.looking.recipients import recipients
from personavlog.studio.looking.stages import left, rail
from personavlog.studio.models import ActivityView, Call, Occurrence

MOST = 500
"""Lines of the log that are shown."""
_KINDS: Mapping[str, str] = {
    "begin": "The making began.",
    "stopping": "Stopping was asked for.",
    "started": "{what}: begun.",
    "done": "{what}: done.",
    "hit": "{what}: there already.",
    "pinned": "{what}: a person's choice.",
    "stale": "{what}: kept as it was, although what it is made from changed.",
    "cancelled": "{what}: stopped.",
    "failed": "{what}: failed. {message}",
    "retry": "{what}: to be tried again in {wait} s. {error}",
    "finished": "{what}: final.",
    "keyframe": "{what}: {verdict}.",
    "clip": "{what}: {verdict}.",
    "film": "The film is finished.",
    "until": "Made until: {until}.",
    "note": "{text}",
    "end": "The making ended: {outcome}. {message}",
}
"""What is said of each kind of event; of the others nothing is."""
UNREADABLE = "This entry of the log cannot be read any more."
_WORKS = {
    Work.PAINT: "painting",
    Work.ANIMATE: "animating",
    Work.MEASURE: "measuring",
    Work.INSPECT: "inspecting",
    Work.INSTRUCT: "deciding what to correct",
    Work.SEGMENT: "encoding",
    Work.SLOTS: "timing",
    Work.SOUND: "sound",
    Work.FILM: "joining",
}


def activity(run: str, runs: Path) -> ActivityView:
    """The log, newest first, the calls and their cost; raises ``RunError`` for a run that is not there."""
    with opened(run, runs) as (folder, _, index):
        known = facts(folder, index)
        entries, totals = index.ledger.entries(folder.run), index.ledger.totals(folder.run)
        return ActivityView(
            log=tuple(_log(known, index)),
            calls=tuple(
                Call(
                    step=entry.step,
                    provider=entry.provider,
                    model=entry.model,
                    outcome=entry.outcome,
                    low=entry.low,
                    high=entry.high,
                    money=entry.money,
                    message=entry.message,
                    at=entry.at,
                )
                for entry in reversed(entries)
            ),
            paid=totals.paid,
            reserved=totals.reserved,
            unknown=totals.unknown,
            cap=None,
            cost=totals.text,
            left_seconds=left(rail(known, index)),
            recipients=recipients(known.saved, entries),
        )


def _log(known: Facts, index: Index) -> Iterator[Occurrence]:
    for event in index.newest(known.folder.run, tuple(_KINDS), most=MOST):
        name = StepName.parse(str(event.data.get("name", "")))
        place = place_of(known.numbers, name)
        yield Occurrence(id=event.id, at=event.at, kind=event.kind, text=_text(event, name, place), place=place)


def place_of(numbers: tuple[int, ...], name: StepName | None) -> int:
    """Where the shot that a step belongs to stands in the film, from 1; 0 for none."""
    return numbers.index(name.shot) + 1 if name and name.shot in numbers else 0


def _text(event: Event, name: StepName | None, place: int) -> str:
    if event.kind == "note":
        note = note_of(event)
        return note.sentence if note else ""
    data = {key: str(value) for key, value in event.data.items()}
    said = {"message": "", "error": "", "wait": "", "until": "", "outcome": "", "text": "", **data}
    return (
        _KINDS.get(event.kind, UNREADABLE)
        .format_map({**said, "what": _what(name, place), "verdict": _verdict(event)})
        .strip()
    )


def _what(name: StepName | None, place: int) -> str:
    if name is None:
        return "A step"
    number = f" {int(name.item) + 1}" if name.work in (Work.PAINT, Work.ANIMATE) and name.item.isdecimal() else ""
    of_shot = f"Shot {place}, " if place else ""
    part = f"{name.part.value} {name.item}" if name.part is Part.WRITE else name.part.value
    work = f", {_WORKS[name.work]}{number}" if name.work else ""
    text = f"{of_shot}{part}{work}"
    return text[0].upper() + text[1:]


def _verdict(event: Event) -> str:
    corrected = event.data.get("corrected")
    attempts = corrected.get("attempts") if isinstance(corrected, dict) else None
    if not isinstance(corrected, dict) or not isinstance(attempts, list):
        return "decided"
    if len(attempts) < 2:
        return "nothing to correct"
    kept = int(str(corrected.get("kept") or 0))
    return f"correction {kept} of {len(attempts) - 1} kept" if kept else f"{len(attempts) - 1} rolled back or failed"
