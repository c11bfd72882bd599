"""What the step engine promises: equal inputs are made once, one change re-runs only what depends on it, errors are
never kept."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import anyio
import anyio.to_thread
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from personavlog.errors import BackboneError, Cancelled, ConfigurationError, MachineError, RunError
from personavlog.media import Blob
from personavlog.runs.engine import Engine, StepRun
from personavlog.runs.folder import open_store
from personavlog.runs.index import Event
from personavlog.runs.interrupt import stopped_by_signals
from personavlog.runs.keys import Input, digest, step_key
from tests.shared.gather import gather


class Text(BaseModel):
    text: str


class Picture(BaseModel):
    layers: dict[str, tuple[Blob, ...]]


class Weight(BaseModel):
    value: float


class Bench:
    """An engine over a fresh home, and a count of what was really made."""

    def __init__(self, home: Path, run: str = "run-1", limit: int = 4, keep_stale: bool = False) -> None:
        self.store, self.index = open_store(home)
        self.engine = Engine(self.store, self.index, run, {"model": limit}, keep_stale=keep_stale)
        self.made: list[str] = []

    async def write(self, name: str, *, take: int = 0, **inputs: Input) -> Text:
        async def work(step: StepRun) -> Text:
            self.made.append(name)
            return Text(text=f"{name.rstrip('0123456789/')}({digest(inputs)[:12]})")

        return await self.engine.step(
            name, work, version=1, fingerprint="m@1", uses="model", inputs=inputs, returns=Text, take=take
        )


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path)
    yield bench
    bench.index.close()


def again(bench: Bench, run: str = "run-1", keep_stale: bool = False) -> Bench:
    other = object.__new__(Bench)
    other.store, other.index, other.made = bench.store, bench.index, []
    other.engine = Engine(bench.store, bench.index, run, {"model": 4}, keep_stale=keep_stale)
    return other


def status(bench: Bench, name: str) -> str:
    return bench.index.need_step(bench.engine.run, name).status


# --- keys -------------------------------------------------------------------------------------------------------------


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda x: st.lists(x) | st.dictionaries(st.text(), x),
        max_leaves=12,
    )
)
def test_a_digest_does_not_depend_on_the_order_of_keys_or_the_kind_of_sequence(value: object) -> None:
    def turned(part: object) -> object:
        if isinstance(part, dict):
            return {key: turned(part[key]) for key in reversed(part)}
        return tuple(turned(x) for x in part) if isinstance(part, list) else part

    assert digest(value) == digest(turned(value))


def test_numbers_in_a_name_are_not_part_of_the_key_but_everything_else_is() -> None:
    def key(
        name: str = "keyframe/3/1", version: int = 1, fingerprint: str = "m", board: str = "b", take: int = 0
    ) -> str:
        return step_key(name, version=version, fingerprint=fingerprint, inputs={"board": board}, take=take)

    assert key() == key(name="keyframe/5/2")
    others = [key(name="clip/3/1"), key(version=2), key(fingerprint="n"), key(board="c"), key(take=1)]
    assert len({key(), *others}) == 6


@pytest.mark.parametrize("value", [b"bytes", Path("x"), {1, 2}, float("nan"), object()])
@pytest.mark.anyio
async def test_an_input_without_one_json_form_is_refused_by_name(bench: Bench, value: object) -> None:
    with pytest.raises(RunError, match="'strange'"):
        await bench.write("board", strange=value)


@pytest.mark.parametrize("name", ["", "Board", "../x", "a b", "x" * 200, "board\n"])
@pytest.mark.anyio
async def test_a_strange_step_name_is_refused(bench: Bench, name: str) -> None:
    with pytest.raises(RunError):
        await bench.write(name)


# --- reuse ------------------------------------------------------------------------------------------------------------


@st.composite
def graphs(draw: st.DrawFn) -> tuple[dict[str, tuple[str, ...]], str]:
    count = draw(st.integers(2, 9))
    names = [f"{chr(97 + place)}.step" for place in range(count)]
    needs = {
        name: tuple(draw(st.lists(st.sampled_from(names[:place]), unique=True, max_size=3))) if place else ()
        for place, name in enumerate(names)
    }
    return needs, draw(st.sampled_from(names))


@settings(max_examples=25, deadline=None)
@given(graphs())
def test_equal_inputs_hit_and_one_changed_input_reruns_only_what_depends_on_it(
    graph: tuple[dict[str, tuple[str, ...]], str],
) -> None:
    needs, changed = graph
    dependents = {changed}
    for name, before in needs.items():
        if dependents & set(before):
            dependents.add(name)

    async def make(bench: Bench, seeds: dict[str, int]) -> None:
        results: dict[str, Text] = {}
        for name, before in needs.items():
            results[name] = await bench.write(
                name, seed=seeds.get(name, 0), **{other: results[other] for other in before}
            )

    with tempfile.TemporaryDirectory() as home:
        first = Bench(Path(home))
        anyio.run(make, first, {})
        assert sorted(first.made) == sorted(needs)
        same, elsewhere, other = again(first), again(first, run="run-2"), again(first)
        anyio.run(make, same, {})
        anyio.run(make, elsewhere, {})
        assert same.made == elsewhere.made == []
        anyio.run(make, other, {changed: 1})
        assert set(other.made) == dependents
        first.index.close()


@pytest.mark.anyio
async def test_a_made_result_and_a_reused_one_are_equal(bench: Bench) -> None:
    made = await bench.write("board", theme="sea")
    assert await again(bench).write("board", theme="sea") == made
    assert status(bench, "board") == "hit"


@pytest.mark.anyio
async def test_a_result_whose_blob_is_gone_is_made_again(bench: Bench) -> None:
    made = 0

    async def paint(step: StepRun) -> Picture:
        nonlocal made
        made += 1
        return Picture(layers={"front": (bench.store.put(b"pixels"),)})

    async def step() -> Picture:
        return await bench.engine.step(
            "paint", paint, version=1, fingerprint="m", uses="model", inputs={}, returns=Picture
        )

    picture = await step()
    bench.store.path(picture.layers["front"][0]).unlink()
    assert await step() == picture and made == 2
    assert bench.store.get(picture.layers["front"][0]) == b"pixels"


@pytest.mark.anyio
async def test_a_result_that_cannot_be_read_back_is_refused_before_it_is_stored(bench: Bench) -> None:
    async def weigh(step: StepRun) -> Weight:
        return Weight(value=float("nan"))

    async def unsaved(step: StepRun) -> Picture:
        return Picture(layers={"front": (Blob(digest="0" * 64, size=3),)})

    with pytest.raises(RunError, match="'weigh'"):
        await bench.engine.step("weigh", weigh, version=1, fingerprint="m", uses="model", inputs={}, returns=Weight)
    with pytest.raises(RunError, match="without storing"):
        await bench.engine.step("paint", unsaved, version=1, fingerprint="m", uses="model", inputs={}, returns=Picture)
    assert status(bench, "weigh") == status(bench, "paint") == "failed"


@pytest.mark.anyio
async def test_a_failed_step_is_recorded_and_tried_again_next_time(bench: Bench) -> None:
    tries = 0

    async def flaky(step: StepRun) -> Text:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise BackboneError("the provider is busy")
        return Text(text="ok")

    async def step() -> Text:
        return await bench.engine.step(
            "flaky", flaky, version=1, fingerprint="m", uses="model", inputs={}, returns=Text
        )

    with pytest.raises(BackboneError, match="busy"):
        await step()
    row = bench.index.need_step("run-1", "flaky")
    assert (row.status, row.message) == ("failed", "BackboneError: the provider is busy")
    assert (await step()).text == "ok" and status(bench, "flaky") == "done"


@pytest.mark.anyio
async def test_one_error_among_many_calls_lets_the_others_finish(bench: Bench) -> None:
    async def broken() -> Text:
        raise BackboneError("no")

    async def slow() -> Text:
        await anyio.sleep(0.03)
        return await bench.write("slow")

    with pytest.raises(BackboneError, match="no"):
        await gather([broken(), slow()])
    assert bench.made == ["slow"]
    assert [part.text[:1] for part in await gather([bench.write("a"), bench.write("b")])] == ["a", "b"]


@pytest.mark.anyio
async def test_calls_that_are_cancelled_before_they_begin_leave_no_warning(bench: Bench) -> None:
    with anyio.CancelScope() as scope:
        scope.cancel()
        await gather([bench.write("a"), bench.write("b")])
    assert bench.made == []


# --- concurrency ------------------------------------------------------------------------------------------------------


@pytest.mark.anyio
async def test_equal_work_at_the_same_time_is_done_once(bench: Bench) -> None:
    made = 0

    async def slow(step: StepRun) -> Text:
        nonlocal made
        made += 1
        await anyio.sleep(0.03)
        return Text(text="once")

    other = again(bench, run="run-2")
    calls = [
        engine.step(f"slow/{number}", slow, version=1, fingerprint="m", uses="model", inputs={}, returns=Text)
        for number in range(5)
        for engine in (bench.engine, other.engine)
    ]
    assert {result.text for result in await gather(calls)} == {"once"} and made == 1


@pytest.mark.parametrize(("uses", "limit"), [("model", 2), ("unlisted", 1)])
@pytest.mark.anyio
async def test_no_more_steps_of_a_backbone_run_at_once_than_its_limit(tmp_path: Path, uses: str, limit: int) -> None:
    bench = Bench(tmp_path, limit=2)
    running = most = 0

    async def busy(step: StepRun) -> Text:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await anyio.sleep(0.005)
        running -= 1
        return Text(text="x")

    await gather(
        [
            bench.engine.step(
                f"busy/{n}", busy, version=1, fingerprint="m", uses=uses, inputs={"shot": n}, returns=Text
            )
            for n in range(8)
        ]
    )
    assert most == limit
    bench.index.close()


@pytest.mark.anyio
async def test_cancel_from_another_thread_stops_waiting_and_working_steps_and_keeps_the_finished_ones(
    tmp_path: Path,
) -> None:
    bench = Bench(tmp_path, limit=1)

    async def endless(step: StepRun) -> Text:
        threading.Timer(0.02, bench.engine.cancel).start()
        await anyio.sleep_forever()
        return Text(text="never")

    await bench.write("finished")
    calls = [
        bench.engine.step(
            f"endless/{n}", endless, version=1, fingerprint="m", uses="model", inputs={"n": n}, returns=Text
        )
        for n in range(3)
    ]
    with bench.engine.making(), pytest.raises(Cancelled, match="resume run-1"):
        await gather(calls)
    assert [row.status for row in bench.index.steps("run-1")] == ["done", "pending"]
    with pytest.raises(Cancelled):
        await bench.write("another")
    resumed = again(bench)
    await resumed.write("finished")
    assert resumed.made == []
    bench.index.close()


@pytest.mark.anyio
async def test_a_worker_thread_is_stopped_at_its_next_progress_report(bench: Bench) -> None:
    progress = bench.engine.progress("render")

    def render() -> Text:
        for frame in range(10_000):
            progress(frame / 10_000)
            time.sleep(0.001)
        return Text(text="all frames")

    async def work(step: StepRun) -> Text:
        return await anyio.to_thread.run_sync(render)

    threading.Timer(0.05, bench.engine.cancel).start()
    started = time.monotonic()
    with pytest.raises(Cancelled):
        await bench.engine.step("render", work, version=1, fingerprint="m", uses="model", inputs={}, returns=Text)
    assert time.monotonic() - started < 5
    assert status(bench, "render") == "pending"


@pytest.mark.anyio
async def test_ctrl_c_is_a_clean_stop(bench: Bench) -> None:
    async def endless(step: StepRun) -> Text:
        asyncio.get_running_loop().call_later(0.02, signal.raise_signal, signal.SIGINT)
        await anyio.sleep_forever()
        return Text(text="never")

    handler = signal.signal(signal.SIGTERM, lambda *_: None)
    ours = signal.getsignal(signal.SIGTERM)
    with pytest.raises(Cancelled), stopped_by_signals(bench.engine), bench.engine.making():
        await bench.engine.step("endless", endless, version=1, fingerprint="m", uses="model", inputs={}, returns=Text)
    assert signal.getsignal(signal.SIGTERM) is ours
    signal.signal(signal.SIGTERM, handler)
    assert bench.index.events("run-1")[-1].data == {"outcome": "cancelled"}


def test_in_another_thread_signals_are_left_alone(bench: Bench) -> None:
    async def make() -> Text:
        with stopped_by_signals(bench.engine):
            return await bench.write("board")

    results: list[Text] = []
    thread = threading.Thread(target=lambda: results.append(anyio.run(make)))
    thread.start()
    thread.join()
    assert len(results) == 1


@pytest.mark.anyio
async def test_a_cancelled_task_leaves_its_step_pending(bench: Bench) -> None:
    async def endless(step: StepRun) -> Text:
        await anyio.sleep_forever()
        return Text(text="never")

    with anyio.move_on_after(0.02):
        await bench.engine.step("endless", endless, version=1, fingerprint="m", uses="model", inputs={}, returns=Text)
    assert status(bench, "endless") == "pending"


# --- pins and takes ---------------------------------------------------------------------------------------------------


async def film(bench: Bench) -> str:
    boards = [await bench.write(f"board/{shot}", theme="sea", shot=shot) for shot in range(3)]
    shots = [await bench.write(f"keyframe/{shot}", board=board) for shot, board in enumerate(boards)]
    return (await bench.write("cut", shots=shots)).text


@pytest.mark.anyio
async def test_a_pin_replaces_a_result_and_only_its_dependents_are_made_again(bench: Bench) -> None:
    before = await film(bench)
    bench.index.edits.pin("run-1", "board/1", Text(text="my own words"))
    edited = again(bench)
    assert await film(edited) != before
    assert edited.made == ["keyframe/1", "cut"]
    assert status(bench, "board/1") == "pinned"
    assert dict(bench.index.edits.pins("run-1")) == {"board/1": '{"text":"my own words"}'}
    bench.index.edits.unpin("run-1", "board/1")
    back = again(bench)
    assert await film(back) == before and back.made == []


@pytest.mark.anyio
async def test_what_a_pin_made_stale_stays_usable_until_it_is_asked_for(bench: Bench) -> None:
    before = await film(bench)
    bench.index.edits.pin("run-1", "board/1", Text(text="my own words"))
    kept = again(bench, keep_stale=True)
    assert await film(kept) == before and kept.made == []
    stale = {row.name: row.message for row in bench.index.steps("run-1") if row.stale}
    assert stale == {"keyframe/1": "board"}, "the cut still fits the keyframe that it was made from"
    asked = again(bench)
    assert await film(asked) != before and not any(row.stale for row in bench.index.steps("run-1"))


@pytest.mark.anyio
async def test_a_pin_that_does_not_fit_says_so(bench: Bench) -> None:
    await bench.write("board")
    bench.index.edits.pin("run-1", "board", Weight(value=1))
    with pytest.raises(ConfigurationError, match="'board'"):
        await bench.write("board")
    with pytest.raises(RunError, match="no step 'bored'"):
        bench.index.edits.pin("run-1", "bored", Text(text="x"))
    with pytest.raises(RunError, match="not pinned"):
        bench.index.edits.unpin("run-1", "cut")


@pytest.mark.anyio
async def test_takes_are_all_kept_and_any_can_be_chosen(bench: Bench) -> None:
    edits = bench.index.edits
    await film(bench)
    assert edits.new_take("run-1", "keyframe/1") == 1
    second = again(bench, keep_stale=True)
    await film(second)
    assert second.made == ["keyframe/1"], "asked for; its equal text leaves the cut as it is"
    assert edits.new_take("run-1", "keyframe/1") == 2
    third = again(bench)
    await film(third)
    assert [(take.number, take.stands) for take in edits.takes("run-1", "keyframe/1")] == [
        (0, False),
        (1, False),
        (2, True),
    ]
    edits.choose_take("run-1", "keyframe/1", 0)
    back = again(bench)
    await film(back)
    assert back.made == []
    assert [take.number for take in edits.takes("run-1", "keyframe/1") if take.stands] == [0]
    with pytest.raises(RunError, match="no take 7"):
        edits.choose_take("run-1", "keyframe/1", 7)


# --- events -----------------------------------------------------------------------------------------------------------


@pytest.mark.anyio
async def test_events_are_told_replayed_and_stored_in_order(bench: Bench) -> None:
    told: list[Event] = []
    heard: list[Event] = []

    async def listen() -> None:
        async for event in bench.engine.subscribe():
            heard.append(event)

    async with anyio.create_task_group() as group:
        group.start_soon(listen)
        with bench.engine.listening(told.append), bench.engine.making():
            await bench.write("board")
            await bench.write("board")
            bench.engine.progress("board")(2.0)
            bench.engine.emit("decision", rule="measured", before=Text(text="a"), scores=(1, 2.5))
    kinds = ["begin", "started", "done", "hit", "progress", "decision", "end"]
    assert [event.kind for event in told] == kinds
    assert told == heard == list(bench.index.events("run-1"))
    assert told[4].data == {"name": "board", "share": 1.0}
    assert told[5].data == {"rule": "measured", "before": {"text": "a"}, "scores": [1, 2.5]}
    assert [event.id for event in told] == sorted({event.id for event in told})


# --- processes --------------------------------------------------------------------------------------------------------

HOLDER = """
import sys, time
from pathlib import Path
from personavlog.runs.engine import Engine
from personavlog.runs.folder import open_store
store, index = open_store(Path(sys.argv[1]))
with Engine(store, index, "run-1", {}).making():
    print("held", flush=True)
    time.sleep(60)
"""

WRITER = """
import sys, anyio
from pathlib import Path
from pydantic import BaseModel
from personavlog.runs.engine import Engine
from personavlog.runs.folder import open_store
from tests.shared.gather import gather
class Text(BaseModel):
    text: str
async def main(home, run):
    store, index = open_store(Path(home))
    engine = Engine(store, index, run, {"model": 4})
    async def step(n):
        async def work(_):
            store.put(b"%d" % n)
            return Text(text=f"{n} by {run}")
        given = {"version": 1, "fingerprint": "m", "uses": "model", "inputs": {"n": n}, "returns": Text}
        return await engine.step(f"step/{n}", work, **given)
    with engine.making():
        print(*sorted(r.text for r in await gather([step(n) for n in range(60)])), sep=";")
anyio.run(main, *sys.argv[1:])
"""


def python(script: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])


def test_a_run_is_made_by_one_process_and_taken_over_when_that_one_dies(bench: Bench, tmp_path: Path) -> None:
    with python(HOLDER, str(tmp_path)) as holder:
        assert holder.stdout and holder.stdout.readline() == "held\n"
        with pytest.raises(RunError, match=f"process {holder.pid}"), bench.engine.making():
            pass
        with Engine(bench.store, bench.index, "run-2", {}).making():
            pass
        holder.kill()
        holder.wait()
    with bench.engine.making(), pytest.raises(RunError, match="'run-1' is being made"), again(bench).engine.making():
        pass


def test_two_processes_making_equal_steps_at_once_agree_on_every_result(tmp_path: Path) -> None:
    with python(WRITER, str(tmp_path), "run-a") as one, python(WRITER, str(tmp_path), "run-b") as two:
        assert one.communicate(timeout=60)[0] == two.communicate(timeout=60)[0] != ""
        assert one.returncode == two.returncode == 0
    with sqlite3.connect(tmp_path / "index.sqlite") as db:
        assert db.execute("SELECT COUNT(*) FROM action").fetchone()[0] == 60
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    db.close()


def test_a_damaged_or_newer_index_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "index.sqlite").write_bytes(b"this is no database, however long it may be" * 50)
    with pytest.raises(MachineError, match="Move it away"):
        open_store(tmp_path)
    with sqlite3.connect(tmp_path / "newer.sqlite") as db:
        db.execute("PRAGMA user_version=99")
    db.close()
    (tmp_path / "newer.sqlite").rename(tmp_path / "index.sqlite")
    with pytest.raises(MachineError, match="newer PersonaVlog"):
        open_store(tmp_path)


@pytest.mark.anyio
async def test_a_remote_job_is_submitted_once_until_it_is_finished(bench: Bench) -> None:
    submitted: list[str] = []
    jobs = bench.index.jobs

    def submitting(job: str) -> Callable[[], object]:
        async def submit() -> str:
            submitted.append(job)
            return job

        return submit

    assert await jobs.submitted("request", submitting("job-1")) == "job-1"  # type: ignore[arg-type]
    assert await jobs.submitted("request", submitting("job-2")) == "job-1"  # type: ignore[arg-type]
    jobs.finish("request")
    assert await jobs.submitted("request", submitting("job-3")) == "job-3"  # type: ignore[arg-type]
    assert submitted == ["job-1", "job-3"]


def test_a_take_that_is_asked_for_during_a_making_waits_for_the_next(bench: Bench) -> None:
    async def made() -> Text:
        return await bench.write("clip/1", asked="once")

    anyio.run(made)
    with bench.engine.making():
        first = bench.engine.take_of("clip/1")
        number = bench.index.edits.new_take("run-1", "clip/1")
        assert bench.engine.take_of("clip/1") == first is None
        anyio.run(made)
        assert bench.index.need_step("run-1", "clip/1").take == 0 and bench.made == ["clip/1"]
    with bench.engine.making():
        anyio.run(made)
    assert bench.index.need_step("run-1", "clip/1").take == number and len(bench.made) == 2
