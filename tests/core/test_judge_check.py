"""A whole check of a sample production, stopped and gone on with; and what the command says where it cannot be run."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import anyio
import cv2
import numpy as np
import pytest

from personavlog import evaluation, jobs
from personavlog.backbones.corrections import Correction, Remedy
from personavlog.judge import check as judging
from personavlog.judge.check import check_quality_agents, conditions
from personavlog.judge.rates import Rate
from personavlog.judge.table import Report
from personavlog.judge.verdict import TrialLog, Verdict
from personavlog.metrics import face
from personavlog.production.production import Production
from personavlog.runs.flow import flowing
from personavlog.runs.folder import open_store
from personavlog.stages.paint import paint
from personavlog.steps import StepName, Work
from sample_backbones.agents import Sharpness
from sample_backbones.media import Painter
from tests.core.judge_production import film, production, written
from tests.shared.command_line import CommandLine

STILLS, CLIPS = 2 * (1 + 10), 2 * (1 + 6)


@pytest.fixture
def faceless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's face is found and every place is far from the desert, without weights."""
    monkeypatch.setattr(judging, "_face", lambda pixels: None)
    monkeypatch.setattr(judging, "_elsewhere", lambda place: "a desert with dunes")


def run(
    sample: Production, file: Path, heard: Callable[[Verdict, int, int], None] = lambda *_: None, *, loop: bool = True
) -> Report:
    made = film(sample)

    async def whole() -> Report:
        return await check_quality_agents(
            sample,
            made,
            TrialLog(file, conditions(sample, made, None, 0, loop=loop)),
            stranger=None,
            loop=loop,
            on_verdict=heard,
        )

    return anyio.run(whole)


def test_a_whole_check_finds_what_the_agents_see_and_nothing_else_and_the_loop_repairs_it(
    faceless: None, tmp_path: Path
) -> None:
    told: list[int] = []
    report = run(production(tmp_path), tmp_path / "judge.jsonl", lambda verdict, number, count: told.append(count))
    assert told == [STILLS + CLIPS] * (STILLS + CLIPS)
    rows = {(row.what, row.defect): row for row in report.rows}
    for seen in (("keyframe", "blur"), ("keyframe", "low resolution"), ("clip", "frozen"), ("clip", "stutter")):
        assert rows[seen].found == Rate(2, 2) and rows[seen].measured.text == "2/0/0", seen
    assert rows["keyframe", "blur"].named == Rate(2, 2) and rows["keyframe", "wrong place"].found == Rate(0, 2)
    assert all(row.found == Rate(0, 2) for row in report.alarms)


def test_every_question_to_the_agents_is_a_step_that_is_asked_and_stored_once(faceless: None, tmp_path: Path) -> None:
    first = production(tmp_path)
    report = run(first, tmp_path / "judge.jsonl")
    steps = [StepName.parse(row.name) for row in first.engine.index.steps("film-1")]
    assert {step.work for step in steps if step} >= {Work.INSPECT, Work.INSTRUCT, Work.PAINT, Work.ANIMATE}
    agent = Sharpness(open_store(tmp_path)[0])
    assert run(production(tmp_path, image_quality=agent), tmp_path / "again.jsonl") == report
    assert agent.asked == 0, "another check of the same film pays for nothing twice"


def test_a_film_without_faces_is_checked_for_what_it_can_have(faceless: None, tmp_path: Path) -> None:
    report = run(production(tmp_path), tmp_path / "judge.jsonl", loop=False)
    rows = {row.defect: row for row in report.rows}
    for needs_a_face in ("extra limb", "missing limb", "wrong person", "wrong clothes", "face warp", "identity switch"):
        assert rows[needs_a_face].found == Rate(0, 0) and rows[needs_a_face].found.text == "not tried"
    assert rows["blur"].measured.text == "0/0/0", "no loop was asked for"


def test_a_stopped_check_goes_on_and_asks_nothing_twice(faceless: None, tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(verdict: Verdict, number: int, count: int) -> None:
        if number == 15:
            raise Stopped

    file = tmp_path / "judge.jsonl"
    whole = run(production(tmp_path / "other"), tmp_path / "whole.jsonl", loop=False)
    with pytest.raises(Stopped):
        run(production(tmp_path), file, stop, loop=False)
    assert len(file.read_text().splitlines()) == 1 + 15
    asked = []
    for _ in range(2):
        agent = Sharpness(open_store(tmp_path)[0])
        assert run(production(tmp_path, image_quality=agent), file, loop=False) == whole
        asked.append(agent.asked)
    assert 0 < asked[0] < STILLS and asked[1] == 0, "a finished check asks nobody"


def painted(folder: Path, remedies: tuple[Remedy, ...], *, repeats: bool) -> list[tuple[Remedy, ...]]:
    """What a painter is asked for by an agent that is never content."""
    painter = Painter(repeats)
    sample = production(folder, image=painter, image_quality=Sharpness(open_store(folder)[0], remedies, always=True))
    made = film(sample)

    async def shot() -> None:
        with sample.engine.making():
            async with flowing() as flow:
                await paint(sample, written(made.script, flow), made.person, 0)

    anyio.run(shot)
    return [request.corrections for request in painter.asked]


def test_a_painter_that_repeats_itself_is_never_asked_to_draw_the_same_again(tmp_path: Path) -> None:
    again, sharper = Remedy(correction=Correction.AGAIN, thing="the arms"), Remedy(correction=Correction.SHARPER)
    assert painted(tmp_path / "a", (again,), repeats=True) == [()]
    assert painted(tmp_path / "b", (again, sharper), repeats=True) == [(), (sharper,)]
    assert painted(tmp_path / "c", (again, sharper), repeats=False) == [(), (again,), (again, sharper)]


@pytest.fixture
def begun(cli: CommandLine, one_face: None, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """A run that was stopped at its beginning."""

    async def unfinished(production: Production) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(jobs, "direct", unfinished)
    cli.make()
    assert len(cli.begun()) == 1
    return cli


def test_an_unfinished_run_and_unknown_ones_are_said(begun: CommandLine) -> None:
    said = begun.call("check-judge", "last", "--runs", str(begun.runs))
    assert said.status and "has no film yet" in said.err and "personavlog resume" in said.err
    assert begun.call("check-judge", "nothing", "--runs", str(begun.runs)).status


def test_a_strangers_photo_that_is_not_there_or_shows_nobody_is_said(
    begun: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finished(monkeypatch, tmp_path)
    missing = begun.call("check-judge", "--runs", str(begun.runs), "--stranger", str(tmp_path / "nobody.jpg"))
    assert missing.status and "nobody.jpg" in missing.err
    monkeypatch.setattr(face, "_look", lambda view, corner: [])
    cv2.imwrite(str(tmp_path / "wall.png"), np.full((400, 400, 3), 200, np.uint8))
    nobody = begun.call("check-judge", "--runs", str(begun.runs), "--stranger", str(tmp_path / "wall.png"))
    assert nobody.status and "face" in nobody.err


def test_the_command_prints_the_table_and_keeps_it(
    begun: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, faceless: None
) -> None:
    finished(monkeypatch, tmp_path)
    said = begun.call("check-judge", "--runs", str(begun.runs))
    assert said.status == 0 and "--stranger" in said.err, "what is not tried is said"
    assert (
        f"{STILLS + CLIPS}/{STILLS + CLIPS}" in said.out
        and "every defect" in said.out
        and "100% (2/2; 34% to 100%)" in said.out
    )
    kept = json.loads((begun.runs / begun.begun()[0] / "judge.json").read_text())
    assert len(kept["trials"]) == STILLS + CLIPS and kept["table"]["all"][0]["measured"] == {
        "better": 8,
        "equal": 0,
        "worse": 0,
    }


def finished(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """The run becomes the sample production's finished film."""
    sample = production(open_store()[0].root.parent)
    entry = SimpleNamespace(data={"made": film(sample)})
    monkeypatch.setattr(evaluation, "build_production", lambda *_: sample)
    monkeypatch.setattr(evaluation, "read_record", lambda folder: SimpleNamespace(of_kind=lambda kind: [entry]))
    monkeypatch.setattr(evaluation, "Made", SimpleNamespace(model_validate=lambda made: made))
