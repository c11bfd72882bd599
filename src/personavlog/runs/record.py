"""The run record: everything that was asked, done, measured, decided and paid in one run, typed and self-contained."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

from pydantic import Field, JsonValue, ValidationError

from personavlog.brief import Brief
from personavlog.errors import ConfigurationError, MachineError, RunError
from personavlog.frozen import Frozen
from personavlog.media import ffmpeg
from personavlog.runs.exports import Exports
from personavlog.runs.folder import RunFolder
from personavlog.runs.index import Event, Index, Status, StepRow
from personavlog.steps import Stage, StepName

RunOutcome = Literal["running", "done", "failed", "cancelled"]

PROGRESS_KINDS = frozenset(
    {"begin", "end", "started", "progress", "done", "hit", "failed", "cancelled", "stopping", "pinned", "stale"}
)
"""Event kinds of the engine itself; every other kind was emitted by the film and is an entry of the record."""

OTHER = "other"
"""The stage of steps that are no film's."""
PACKAGES = (
    "personavlog",
    "numpy",
    "opencv-python-headless",
    "onnxruntime",
    "pillow",
    "pydantic",
    "pydantic-ai-slim",
    "imageio-ffmpeg",
    "xllamacpp",
)


class StepRecord(Frozen):
    """One step. ``seconds`` is wall time of its making, also for a reused result; ``made`` differs from ``key`` where
    the result is stale."""

    name: str
    status: Status
    seconds: float = Field(ge=0)
    take: int = Field(ge=0)
    key: str
    made: str | None
    fingerprint: str
    message: str = ""
    at: str = Field(description="ISO 8601, UTC")


class Entry(Frozen):
    """Something the film said about itself: a round, an attempt with its finding, a decision with both score sets, a
    note.

    ``data`` is the upper room's own typed model as JSON; ``kind`` says which.
    """

    kind: str
    at: str
    data: dict[str, JsonValue]


class LicenceRecord(Frozen):
    """Under which licence a role's backbone gave what it gave."""

    role: str
    backbone: str
    licence: str
    limits: str = ""


class RunRecord(Frozen):
    """The content of ``record.json``. ``money`` is in US dollars; ``seconds`` is the sum of all making, not the wall
    time of the run."""

    format: Literal[1] = 1
    run: str
    outcome: RunOutcome
    message: str = ""
    begun_at: str
    ended_at: str | None
    brief: Brief
    profile: dict[str, JsonValue]
    versions: dict[str, str]
    steps: tuple[StepRecord, ...]
    pins: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    licences: tuple[LicenceRecord, ...] = ()
    money: float = Field(default=0.0, ge=0)
    seconds: float = Field(default=0.0, ge=0)

    def of_kind(self, kind: str) -> tuple[Entry, ...]:
        """The entries of one kind, in the order in which they were made."""
        return tuple(entry for entry in self.entries if entry.kind == kind)

    def by_stage(self) -> dict[str, float]:
        """Seconds of the steps' making, summed by what they were for, in the film's order. Steps run beside each other:
        the sum is no wall time."""
        sums = dict.fromkeys((*Stage, OTHER), 0.0)
        for step in self.steps:
            name = StepName.parse(step.name)
            sums[name.stage if name else OTHER] += step.seconds
        return sums

    @property
    def stale(self) -> tuple[StepRecord, ...]:
        """Steps whose usable result was made from something else than what is asked for now."""
        return tuple(step for step in self.steps if step.made is not None and step.made != step.key)


def build_record(
    index: Index, run: str, brief: Brief, profile: Mapping[str, JsonValue], licences: Iterable[LicenceRecord] = ()
) -> RunRecord:
    """The record of a run as the index knows it now; raises ``RunError`` for a run that was never begun.

    ``profile`` must be dumped with its secrets hidden. A resumed run tells its rounds and decisions again: equal
    entries are kept once, at their first time.
    """
    events = index.events(run)
    if not events:
        raise RunError(f"The run {run!r} was never begun on this machine; there is nothing to record.")
    steps = tuple(_step_record(row) for row in index.steps(run))
    outcome, message, ended_at = ending(events)
    return RunRecord(
        run=run,
        outcome=outcome,
        message=message,
        begun_at=_iso(events[0].at),
        ended_at=ended_at,
        brief=brief,
        profile=dict(profile),
        versions=versions(),
        steps=steps,
        pins=tuple(index.edits.pins(run)),
        entries=entries_of(events),
        licences=tuple(licences),
        money=index.ledger.totals(run).paid,
        seconds=round(sum(step.seconds for step in steps), 3),
    )


def write_record(exports: Exports, record: RunRecord, events: Iterable[Event]) -> None:
    """Write ``record.json`` and ``log.jsonl`` (all events but progress), each in one instant; raises
    ``MachineError``."""
    exports.file(exports.folder.record, record.model_dump_json(indent=1).encode())
    lines = [
        json.dumps({"id": event.id, "at": _iso(event.at), "kind": event.kind, "data": event.data}, ensure_ascii=False)
        for event in events
        if event.kind != "progress"
    ]
    exports.file(exports.folder.log, "".join(line + "\n" for line in lines).encode())


def read_record(folder: RunFolder) -> RunRecord:
    """Read ``record.json``; raises ``RunError`` if there is none, ``ConfigurationError`` if somebody damaged it."""
    if not folder.record.is_file():
        raise RunError(
            f"The run {folder.run!r} has no record yet. Make or resume it with: personavlog resume {folder.run}"
        )
    try:
        return RunRecord.model_validate_json(folder.record.read_bytes())
    except ValidationError as error:
        problem = error.errors()[0]
        place = ".".join(map(str, problem["loc"])) or "the file"
        raise ConfigurationError(
            f"The record {str(folder.record)!r} does not fit at {place!r}: {problem['msg']}. Resume the run to "
            "write it again."
        ) from error


def versions() -> dict[str, str]:
    """Versions of the language, the platform, ffmpeg and the packages that shape a result."""
    found = {"python": platform.python_version(), "platform": platform.platform(), "ffmpeg": _ffmpeg()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


def _ffmpeg() -> str:
    try:
        return ffmpeg.version()
    except MachineError:  # told to the user when the run began
        return "not usable"


def ending(events: tuple[Event, ...]) -> tuple[RunOutcome, str, str | None]:
    """How the latest making of a run ended, an error's text, and when (ISO 8601, UTC); "running" where no end was
    told."""
    last = next((event for event in reversed(events) if event.kind in ("begin", "end")), None)
    if last is None or last.kind == "begin":
        return "running", "", None
    outcome: RunOutcome = {"done": "done", "failed": "failed"}.get(str(last.data.get("outcome")), "cancelled")  # type: ignore[assignment]
    return outcome, str(last.data.get("message", "")), _iso(last.at)


def entries_of(events: Iterable[Event]) -> tuple[Entry, ...]:
    """What the film said about itself; equal entries are kept once, at their first time, but for a film that is made
    again as it was before: the last one is the one that stands. Of the notes only those of the last making stand."""
    events, kept = tuple(events), dict[str, Entry]()
    last = max((event.id for event in events if event.kind == "begin"), default=0)
    for event in events:
        if event.kind not in PROGRESS_KINDS and not (event.kind == "note" and event.id < last):
            same = json.dumps([event.kind, event.data], sort_keys=True)
            if event.kind == "film":
                kept.pop(same, None)
            kept.setdefault(same, Entry(kind=event.kind, at=_iso(event.at), data=event.data))
    return tuple(kept.values())


def _step_record(row: StepRow) -> StepRecord:
    return StepRecord(
        name=row.name,
        status=row.status,
        seconds=round(row.seconds, 3),
        take=row.take,
        key=row.key,
        made=row.made,
        fingerprint=row.fingerprint,
        message=row.message,
        at=_iso(row.at),
    )


def _iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")
