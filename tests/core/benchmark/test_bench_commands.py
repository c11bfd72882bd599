"""``personavlog bench`` and ``evaluate`` as a user types them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from personavlog import api
from personavlog.benchmark import plots, running
from personavlog.benchmark.outputs import META, Meta
from personavlog.benchmark.rows import SCORES, read
from personavlog.errors import UnavailableError
from personavlog.jobs import Job
from personavlog.runs.folder import write_file
from tests.core.benchmark import written_outputs
from tests.core.benchmark.bench_room import METHODS, BenchRoom
from tests.shared.command_line import PORTRAIT, CommandLine, Ended

CHEAP = "--only=correction,cost"


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    """Two methods."""
    for name in ("mine", "yours"):
        written_outputs.method(tmp_path / "outputs" / name, name)
    return tmp_path / "outputs"


@pytest.fixture
def room(tmp_path: Path, cli: CommandLine, one_face: None, monkeypatch: pytest.MonkeyPatch) -> BenchRoom:
    """Instead of films empty folders come out; those about the lake fail while there is a file "down", and are a defect
    of ours while there is a file "wrong"."""

    async def make(job: Job) -> None:
        if "lake" in job.brief.theme and (tmp_path / "down").exists():
            raise UnavailableError("The server is down.", provider="somebody")
        if "lake" in job.brief.theme and (tmp_path / "wrong").exists():
            raise IndexError("list index out of range")

    def export(job: Job, target: Path, meta: Meta) -> None:
        write_file(target / meta.vlog / META, meta.model_dump_json().encode())

    monkeypatch.setattr(Job, "make_async", make)
    monkeypatch.setattr(running, "export", export)
    return BenchRoom(tmp_path)


def run(cli: CommandLine, room: BenchRoom, *more: str, method: str = METHODS[0], consent: bool = True) -> Ended:
    said = ["--i-may-use-these-likenesses"] if consent else []
    given = {
        "into": room.into,
        "split": "both",
        "profile": room.profile(),
        "data": room.data(),
        "length": 8,
        "shots": 2,
    }
    return cli.call(
        "bench", "run", f"--method={method}", *said, *(f"--{name}={value}" for name, value in given.items()), *more
    )


def test_run_says_what_is_made_and_where_to_go_on(cli: CommandLine, room: BenchRoom) -> None:
    ended = run(cli, room)
    assert ended.status == 0
    assert "2 vlogs by ours-single; 0 are there already." in ended.out
    assert "To make: 2, one by one: nothing, " in ended.out
    assert "2/2  ours-single/me__flat__roof: made in " in ended.out
    assert f"personavlog bench score {room.into}" in ended.out.replace("\n", "")
    again = run(cli, room)
    assert again.status == 0 and "2 are there already" in again.out and "To make" not in again.out


def test_run_names_what_failed_and_ends_with_who_must_act(cli: CommandLine, room: BenchRoom) -> None:
    (room.folder / "down").touch()
    ended = run(cli, room)
    assert ended.status == 4 and "2/2  ours-single/me__flat__roof: made" in ended.out
    assert "ours-single/me__flat__lake failed after" in ended.err and "The server is down." in ended.err
    assert "1 failed: ours-single/me__flat__lake." in ended.err and "the same command" in ended.err


def test_a_defect_of_ours_is_told_as_one(cli: CommandLine, room: BenchRoom) -> None:
    (room.folder / "wrong").touch()
    ended = run(cli, room, "--split=tiny")
    assert ended.status == 70 and "0 of 1 vlogs are in" in ended.out
    assert "defect in personavlog (IndexError)" in ended.err


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--method=nobody"], "There is no method 'nobody' of ours"),
        (["--split=huge"], "There is no split 'huge'"),
        (["--shots=40"], "shots"),
        (["--profile=nowhere.toml"], "There is no profile 'nowhere.toml'"),
    ],
)
def test_run_refuses_what_does_not_fit(cli: CommandLine, room: BenchRoom, more: list[str], said: str) -> None:
    ended = run(cli, room, *more)
    assert ended.status == 2 and said in ended.err


def test_run_asks_whether_people_of_ones_own_may_be_used(cli: CommandLine, room: BenchRoom) -> None:
    ended = run(cli, room, consent=False)
    assert ended.status == 2 and "--i-may-use-these-likenesses" in ended.err and not room.into.exists()


def test_scores_become_tables_that_say_what_nobody_judged(cli: CommandLine, outputs: Path) -> None:
    scored = cli.call("bench", "score", str(outputs), CHEAP)
    assert scored.status == 0 and "Method mine: 1 vlog." in scored.out and "bench table" in scored.out
    before = (outputs / "mine" / SCORES).read_bytes()
    assert cli.call("bench", "score", str(outputs), CHEAP).status == 0
    assert (outputs / "mine" / SCORES).read_bytes() == before, "nothing is measured or said twice"
    paper = cli.call("bench", "table", str(outputs))
    assert paper.status == 0 and "Method mine" in paper.out and "no judge" in paper.out
    target = outputs.parent / "all.csv"
    csv = cli.call("bench", "table", str(outputs), "--layout=all", "--format=csv", f"--out={target}")
    assert csv.status == 0 and str(target) in csv.out.replace("\n", "") and "cost.seconds" in target.read_text()
    latex = cli.call("bench", "table", str(outputs / "mine"), "--format=latex", "--no-intervals")
    assert latex.status == 0 and latex.out.startswith("\\resizebox")


def test_a_named_judge_takes_the_place_of_none(cli: CommandLine, outputs: Path) -> None:
    assert cli.call("bench", "score", str(outputs / "mine"), CHEAP).status == 0
    none = cli.call("bench", "judge", str(outputs / "mine"))
    assert none.status == 0 and "No judge was named" in none.err
    asked = cli.call("bench", "judge", str(outputs / "mine"), "--judge=fake:writer")
    assert asked.status == 0 and "0 marks, 4 missing" in asked.out, "the simulated model cannot judge"
    marked = [row for row in read(outputs / "mine" / SCORES) if row.measure.startswith("judge.")]
    assert all("answers missing" in row.note for row in marked[-4:])
    before = (outputs / "mine" / SCORES).read_bytes()
    assert cli.call("bench", "judge", str(outputs / "mine"), "--judge=fake:writer").status == 0
    assert (outputs / "mine" / SCORES).read_bytes() == before, "equal rows are not written again"
    assert cli.call("bench", "judge", str(outputs / "mine")).status == 0
    assert (outputs / "mine" / SCORES).read_bytes() == before, "nobody's silence does not replace what was judged"
    itself = cli.call("bench", "judge", str(outputs / "mine"), "--judge=embedded:planner")
    assert itself.status == 2


def test_the_papers_tables_are_printed_with_their_doubts(cli: CommandLine) -> None:
    ended = cli.call("bench", "table", "--published=table1")
    assert ended.status == 0 and "MovieAgent" in ended.out and "12.8" in ended.out and "8.2" in ended.out


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["table"], "Name at least one folder"),
        (["table", "{outputs}"], "scores.jsonl"),
        (["table", "{outputs}/mine/nothing"], "method.json"),
        (["score", "{outputs}", "--only=beauty"], "There is no measure 'beauty'"),
        (["score", "{outputs}", "--weights=clip"], "--weights takes NAME=FILE"),
        (["judge", "{outputs}", "--judge=nobody:x"], "nobody"),
        (["check-judge", "{outputs}"], "name at least one"),
        (["validate", "{outputs}/none"], "holds no method"),
    ],
)
def test_what_does_not_fit_is_told(cli: CommandLine, outputs: Path, command: list[str], said: str) -> None:
    ended = cli.call("bench", *(part.format(outputs=outputs) for part in command))
    assert ended.status == 2 and said in ended.err


def test_validate_names_two_methods_of_one_name(cli: CommandLine, outputs: Path) -> None:
    shutil.copytree(outputs / "mine", outputs / "copy")
    ended = cli.call("bench", "validate", str(outputs))
    assert ended.status == 2 and "Two methods are called 'mine'" in ended.err


def test_validate_ends_with_1_where_a_vlog_cannot_be_scored(cli: CommandLine, outputs: Path) -> None:
    assert cli.call("bench", "validate", str(outputs)).status == 0
    (outputs / "mine" / written_outputs.vlog_name() / "storyboard.json").write_text("[")
    ended = cli.call("bench", "validate", str(outputs))
    assert ended.status == 1 and "storyboard.json" in ended.out


def test_schema_is_json_and_page_is_a_page(cli: CommandLine, outputs: Path) -> None:
    assert set(json.loads(cli.call("bench", "schema").out)) >= {"meta.json", "storyboard.json", "method.json"}
    assert cli.call("bench", "score", str(outputs), CHEAP).status == 0
    target = outputs.parent / "board.html"
    assert cli.call("bench", "page", str(outputs), f"--out={target}", "--title=Ours & yours").status == 0
    assert "Ours &amp; yours" in target.read_text() and "Method yours" in target.read_text()


def test_plots_need_their_extra(cli: CommandLine, outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli.call("bench", "score", str(outputs), CHEAP).status == 0
    monkeypatch.setattr(plots, "find_spec", lambda name: None)
    ended = cli.call("bench", "plot", str(outputs))
    assert ended.status == 2 and "personavlog[bench]" in ended.err


def test_a_film_is_evaluated_as_the_benchmark_would(cli: CommandLine, tmp_path: Path, one_face: None) -> None:
    asked = api.Options(
        PORTRAIT, "a lake", "plain", i_may_use_this_likeness=True, length=8.0, shots=2, subtitles="none"
    )
    job = api.begin(asked, profile=str(BenchRoom(tmp_path).profile()), runs=cli.runs)
    early = cli.call("evaluate", f"--runs={cli.runs}")
    assert early.status == 2 and "has no script yet" in early.err
    job.make()
    ended = cli.call("evaluate", job.folder.run, f"--runs={cli.runs}", CHEAP)
    assert ended.status == 0
    lines = {line.split("  ")[0]: line for line in ended.out.splitlines()}
    assert lines["storyboard"].rstrip().endswith("no judge") and " 0/1 " in lines["storyboard"]
    assert " 1/1" in lines["cost"]
