"""``bench run``: what is made, shared, resumed, stopped and paid."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from pathlib import Path

import pytest

from personavlog import profiles
from personavlog.benchmark import ablation, running
from personavlog.benchmark.outputs import COST, META, METHOD, Cost, Meta, Method
from personavlog.benchmark.register import REGISTER, Entry, Register
from personavlog.benchmark.running import Bench, VlogEvent
from personavlog.errors import (
    Cancelled,
    ConfigurationError,
    ConsentError,
    CostLimitError,
    MissingExtraError,
    UnavailableError,
    WeightsError,
)
from personavlog.estimate.numbers import Span
from personavlog.jobs import Job, reopen
from personavlog.profiles import Profile
from personavlog.runs.folder import write_file
from personavlog.runs.index import Event
from personavlog.runs.ledger import Cap
from tests.core import doubles
from tests.core.benchmark.bench_room import METHODS, THEMES, BenchRoom

VLOGS = [f"{method}/me__flat__{theme}" for theme in THEMES for method in METHODS]


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one_face: None) -> BenchRoom:
    monkeypatch.setenv("PERSONAVLOG_HOME", str(tmp_path / "home"))
    return BenchRoom(tmp_path)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> dict[str, Exception]:
    """Runs are begun and opened as they are, and instead of a film an empty folder comes out; what is put into the
    result under a word of the theme fails films about it."""
    failing: dict[str, Exception] = {}

    async def make(job: Job) -> None:
        for word, error in failing.items():
            if word in job.brief.theme:
                raise error

    def export(job: Job, target: Path, meta: Meta) -> None:
        write_file(target / meta.vlog / META, meta.model_dump_json().encode())

    monkeypatch.setattr(Job, "make_async", make)
    monkeypatch.setattr(running, "export", export)
    return failing


def test_vlogs_are_made_with_all_their_parts_and_what_methods_share_once(room: BenchRoom) -> None:
    told: list[VlogEvent] = []
    bench = room.bench(split="tiny", methods=METHODS[1:])
    assert bench.make(jobs=2, on_event=told.append) == ()
    assert sorted(one.vlog.name for one in told if one.what == "made") == VLOGS[1:3]
    assert len(doubles.calls(room.log)) == 3, "the person in the style and two keyframes, for both methods"
    for name in VLOGS[1:3]:
        folder = room.into / name
        assert all((folder / part).is_file() for part in (META, "keyframes/01.png", "clips/02.mp4", "film.mp4"))
        assert (Cost.model_validate_json((folder / COST).read_text()).seconds or 0) > 0
    made = Method.model_validate_json((room.into / METHODS[1] / METHOD).read_text())
    assert made.based_on == "ours" and "CPU cores" in made.hardware
    assert made.versions["writer"] == "fake:writer" and made.versions["image"] == "fake"
    again = room.bench(split="tiny", methods=METHODS[1:])
    assert again.missing == () and again.make(on_event=told.append) == () and len(told) == 4


def test_a_task_is_made_by_all_methods_before_the_next_one(room: BenchRoom, quick: object) -> None:
    told: list[VlogEvent] = []
    room.bench(methods=METHODS[:2]).make(on_event=told.append)
    assert [one.vlog.name for one in told if one.what == "made"] == [*VLOGS[:2], *VLOGS[3:5]]


def test_a_vlog_that_fails_stops_no_other_and_is_gone_on_with(room: BenchRoom, quick: dict[str, Exception]) -> None:
    quick["lake"] = UnavailableError("The server is down.", provider="somebody")
    failed = room.bench(methods=METHODS[:1]).make(jobs=2)
    assert [one.vlog.name for one in failed] == VLOGS[:1] and all(one.run for one in failed)
    quick.clear()
    told: list[VlogEvent] = []
    bench = room.bench(methods=METHODS[:1])
    assert [one.name for one in bench.missing] == VLOGS[:1] and bench.make(on_event=told.append) == ()
    assert {one.run for one in told} == {one.run for one in failed}, "the runs are resumed"


def test_a_run_that_somebody_deleted_is_begun_anew(room: BenchRoom, quick: dict[str, Exception]) -> None:
    quick["lake"] = UnavailableError("The server is down.", provider="somebody")
    (failed,) = room.bench(split="tiny", methods=METHODS[:1]).make()
    (room.into / "runs" / failed.run / "brief.toml").unlink()
    quick.clear()
    told: list[VlogEvent] = []
    assert room.bench(split="tiny", methods=METHODS[:1]).make(on_event=told.append) == ()
    assert told[0].run not in ("", failed.run)


def test_a_vlog_that_was_removed_is_exported_again(room: BenchRoom, quick: object) -> None:
    room.bench(split="tiny", methods=METHODS[:1]).make()
    shutil.rmtree(room.into / VLOGS[0])
    told: list[VlogEvent] = []
    room.bench(split="tiny", methods=METHODS[:1]).make(on_event=told.append)
    assert [one.vlog.name for one in told if one.what == "made"] == VLOGS[:1]


@pytest.mark.parametrize(
    "error", [CostLimitError("The cap."), MissingExtraError("It", "metrics"), WeightsError("No file.")]
)
def test_what_all_would_meet_begins_no_further_one(
    room: BenchRoom, quick: dict[str, Exception], error: Exception
) -> None:
    quick["lake"] = error
    failed = room.bench().make()
    assert [one.vlog.name for one in failed] == VLOGS[:1] and failed[0].error is error


def test_every_vlog_is_held_by_one_cap_with_all_others(
    room: BenchRoom, quick: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    caps: list[tuple[float | None, list[str]]] = []

    async def make(job: Job) -> None:
        caps.append((job.cap.most, list(job.cap.beside)))

    monkeypatch.setattr(Job, "make_async", make)
    told: list[VlogEvent] = []
    room.bench(split="tiny", methods=METHODS[:2]).make(cap=Cap(4.0), on_event=told.append)
    runs = [one.run for one in told if one.what == "begun"]
    assert caps == [(4.0, runs[: number + 1]) for number in range(2)]


def test_the_estimate_is_of_what_is_missing(room: BenchRoom, quick: object) -> None:
    priced = str(room.profile(price=1.0))
    assert room.bench(profile=priced).estimate().money == Span(low=18.0, high=18.0), "three pictures a vlog"
    room.bench(profile=priced, split="tiny", methods=METHODS[:1]).make()
    assert room.bench(profile=priced).estimate().line.startswith("$15.00, ")


def test_a_signal_stops_all_that_are_being_made(room: BenchRoom) -> None:
    over, told = threading.Event(), list[VlogEvent]()

    def stop() -> None:
        while not (len(told) == 2 and doubles.calls(room.log)) and not over.wait(0.005):
            pass
        os.kill(os.getpid(), signal.SIGINT)

    stopping = threading.Thread(target=stop)
    stopping.start()
    bench = room.bench(profile=str(room.profile(seconds=5.0)))
    try:
        with pytest.raises(Cancelled, match="same command"):
            bench.make(jobs=2, on_event=told.append)
    finally:
        over.set()
        stopping.join()
    assert [one.what for one in told] == ["begun", "begun"]
    ends = [event.data for one in told for event in _events(bench, one.run) if event.kind == "end"]
    assert [end["outcome"] for end in ends] == ["cancelled", "cancelled"]


def _events(bench: Bench, run: str) -> tuple[Event, ...]:
    return reopen(run, runs=bench.runs).index.events(run)


def test_people_of_ones_own_need_the_statement(room: BenchRoom) -> None:
    with pytest.raises(ConsentError, match=r"me\. .*--i-may-use-these-likenesses"):
        room.bench(i_may_use_these_likenesses=False)
    assert room.bench(i_may_use_these_likenesses=False, split="mini").vlogs, "the shipped people are nobody"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"length": 9.0}, r"length 8\.0, now 9\.0"),
        ({"seed": 3}, "seed 0, now 3"),
        ({"methods": ("ours-agents", "nobody")}, r"no method 'nobody'.*ours-frm-i"),
        ({"methods": ()}, "No method"),
        ({"split": "huge"}, "no split 'huge'"),
    ],
)
def test_what_does_not_fit_is_refused(room: BenchRoom, changes: dict[str, object], said: str) -> None:
    (options := room.options()).into.mkdir()
    profile = profiles.load(options.profile)
    Register(room.into, options.settings(profile)).write("x/y", Entry(run="run", task="task"))
    with pytest.raises(ConfigurationError, match=said):
        room.bench(**changes)


def test_what_was_changed_meanwhile_is_refused(room: BenchRoom, quick: object) -> None:
    room.bench(split="tiny", methods=METHODS[:1]).make()
    with pytest.raises(ConfigurationError, match="the profile's content was changed"):
        room.bench(profile=str(room.profile(price=1.0)))
    with pytest.raises(ConfigurationError, match="begun with another photo, style or theme of the same name"):
        _ = room.bench(profile=str(room.profile()), data=(room.data("Another day at the"),)).missing


def test_what_somebody_else_made_is_not_written_over(room: BenchRoom) -> None:
    (room.into / METHODS[0]).mkdir(parents=True)
    with pytest.raises(ConfigurationError, match="did not make"):
        room.bench()


def test_a_damaged_register_is_told(room: BenchRoom) -> None:
    room.into.mkdir()
    (room.into / REGISTER).write_text('{"format": 2}')
    with pytest.raises(ConfigurationError, match=r"bench\.json.*does not fit"):
        room.bench()


def test_the_rows_of_table_2_differ_in_what_is_switched_off() -> None:
    whole = doubles.profile(feedback={"keyframe_corrections": 2, "clip_corrections": 1})
    used = {name: profile for name, (_, profile) in ablation.chosen(ablation.variants(), whole).items()}
    assert list(used)[-1] == ablation.WHOLE and used[ablation.WHOLE] == whole
    assert {name: _switches(profile) for name, profile in used.items()} == {
        "ours-single": (True, 0, 0),
        "ours-agents": (False, 0, 0),
        "ours-frm-i": (False, 2, 0),
        "ours-frm-v": (False, 0, 1),
        "ours": (False, 2, 1),
    }


def test_rows_that_would_be_the_same_are_refused() -> None:
    with pytest.raises(ConfigurationError, match="'ours-agents' and 'ours-frm-i' are the same"):
        ablation.chosen(["ours-agents", "ours-frm-i"], doubles.profile())


def _switches(profile: Profile) -> tuple[bool, int, int]:
    feedback = profile.feedback
    return profile.chat.single_prompt, feedback.keyframe_corrections, feedback.clip_corrections


def test_what_another_process_made_meanwhile_is_not_made_again(room: BenchRoom, quick: dict[str, Exception]) -> None:
    early = room.bench(split="tiny", methods=METHODS[:1])
    assert room.bench(split="tiny", methods=METHODS[:1]).make() == ()
    events: list[VlogEvent] = []
    assert early.make(on_event=events.append) == () and events == []
