"""What a user sees while a film is made: marks on a terminal, plain lines elsewhere, and a time that is left."""

from __future__ import annotations

import io
import itertools
import time

import pytest
from rich.console import Console

from personavlog.cli.progress import Progress, shown
from personavlog.notes import Note
from personavlog.runs.index import Event

_ids = itertools.count(1)


def _event(kind: str, **data: str | float) -> Event:
    return Event(next(_ids), "run", 0.0, kind, dict(data))


def _text(progress: Progress) -> str:
    console = Console(file=(shown_on := io.StringIO()), width=100)
    console.print(progress)
    return shown_on.getvalue()


def _films_events(shots: int) -> list[Event]:
    steps = [
        "stylise",
        "script",
        *(f"{part}/{shot}" for shot in range(1, shots + 1) for part in ("voice", "keyframe", "clip")),
        "sound",
        "cut",
    ]
    names = {"keyframe": "/paint/0", "clip": "/animate/0", "sound": "", "cut": "/film"}
    return [
        event
        for step in steps
        for event in (
            _event("started", name=step + names.get(step.partition("/")[0], "")),
            _event("finished", name=step),
        )
    ]


def test_elsewhere_than_on_a_terminal_every_finished_part_is_one_plain_line() -> None:
    console = Console(file=io.StringIO(), width=100, soft_wrap=True)
    with shown(Progress(2), console) as listen:
        for event in _films_events(2):
            listen(event)
        listen(_event("stopping"))
    lines = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert (
        lines[:3] == ["The person in the style", "Script", "Voice 1 of 2"]
        and "Keyframe 2 of 2" in lines
        and lines[-2] == "Cut"
    )
    assert lines[-1].startswith("Stopping") and len(lines) == 11 and "\x1b" not in "".join(lines)


def test_what_was_made_before_is_marked() -> None:
    progress = Progress(2)
    for event in (_event("hit", name="keyframe/1/paint/0"), _event("finished", name="keyframe/1")):
        progress.listen(event)
    assert progress.line(event) == "Keyframe 1 of 2, as it was"
    assert "↺ ·" in _text(progress)
    progress.listen(_event("started", name="keyframe/2/paint/0"))
    assert "↺ ▸" in _text(progress)


def test_a_failed_part_is_marked() -> None:
    progress = Progress(2)
    progress.listen(_event("started", name="clip/2/animate/0"))
    progress.listen(_event("failed", name="clip/2/animate/0", message="no"))
    assert "· ✗" in _text(progress)


def test_foreign_and_broken_events_are_ignored() -> None:
    progress = Progress(2)
    for event in (
        _event("started", name="keyframe/9/paint/0"),
        _event("finished"),
        _event("hit", name="else"),
        _event("finished", name="judge/paint/0123456789ab"),
        _event("note", text="[bold]a note"),
    ):
        progress.listen(event)
        assert progress.line(event) is None
    assert progress.notes == [Note(text="[bold]a note")]


STARTED = {
    "stylise": 1.2,
    "script": 17.4,
    "voice/1": 19.9,
    "keyframe/1": 19.9,
    "voice/2": 30.0,
    "keyframe/2": 53.6,
    "clip/1": 54.9,
    "clip/2": 73.8,
    "cut": 80.7,
}
FINISHED = {
    "stylise": 17.4,
    "script": 19.9,
    "voice/1": 30.0,
    "voice/2": 40.0,
    "keyframe/1": 54.9,
    "clip/1": 68.5,
    "keyframe/2": 73.8,
    "clip/2": 80.7,
    "sound": 80.7,
}
"""When the parts of a real film of two shots were started and finished, in seconds, on two cores; it took 83.7 s."""


def test_the_time_that_is_left_is_about_right(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    progress = Progress(2)
    assert progress.seconds_left() is None
    told = sorted(
        [(at, "started", name) for name, at in STARTED.items()]
        + [(at, "finished", name) for name, at in FINISHED.items()]
    )
    for at, kind, name in told:
        now = at
        progress.listen(_event(kind, name=name))
        left = progress.seconds_left()
        assert at < 10 or (left is not None and (abs(left - (83.7 - at)) < 15 or 0.5 < left / (83.7 - at) < 2.2)), (
            name,
            left,
        )


def test_reused_parts_do_not_make_the_rest_look_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    progress = Progress(2)
    for name in ("stylise", "script", "voice/1", "voice/2", "keyframe/1", "clip/1"):
        progress.listen(_event("hit", name=name))
        progress.listen(_event("finished", name=name))
    now = 1.0
    assert progress.seconds_left() is None
    progress.listen(_event("started", name="keyframe/2/paint/0"))
    now = 20.0
    progress.listen(_event("finished", name="keyframe/2"))
    left = progress.seconds_left()
    assert left is not None and 5 < left < 40
