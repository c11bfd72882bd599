"""Two real processes on one store: equal work is done once, and a reader of another process hears the end."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pydantic import BaseModel

from personavlog.runs.engine import Engine, StepRun
from personavlog.runs.folder import open_store
from tests.core import two_makers
from tests.core.doubles import SHOTS, sent


def test_two_processes_that_make_the_same_film_pay_for_it_once(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    makers = [
        subprocess.Popen(
            [sys.executable, str(two_makers.__file__), str(tmp_path), run],
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        for run in ("first", "second")
    ]
    deadline = time.monotonic() + 120
    while len(list(tmp_path.glob("*.ready"))) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    (tmp_path / "go").touch()
    films = {maker.communicate(timeout=120)[0].strip() for maker in makers}
    assert [maker.returncode for maker in makers] == [0, 0]
    assert len(films) == 1 and sent(tmp_path / "calls.jsonl") == {
        "image": 1 + SHOTS,
        "video": SHOTS,
        "speech": SHOTS,
        "music": 1,
    }


@pytest.mark.anyio
async def test_a_listener_of_another_engine_hears_the_end(tmp_path: Path) -> None:
    store, index = open_store(tmp_path)
    engine = Engine(store, index, "film", {})
    with engine.making():
        engine.emit("note", text="hello")
    other = Engine(store, open_store(tmp_path)[1], "film", {})
    assert [event.kind async for event in other.subscribe()] == ["begin", "note", "end"]


class Old(BaseModel):
    a: int


class New(BaseModel):
    a: int
    b: int = 0


@pytest.mark.anyio
async def test_a_result_of_another_versions_type_is_not_deleted(tmp_path: Path) -> None:
    store, index = open_store(tmp_path)
    engine = Engine(store, index, "film", {})
    made: list[str] = []

    async def ask(kind: type[BaseModel]) -> BaseModel:
        async def work(run: StepRun) -> BaseModel:
            made.append(kind.__name__)
            return kind(a=1)

        return await engine.step("answer", work, version=1, fingerprint="x", uses="x", inputs={}, returns=kind)

    for kind in (Old, New, Old, New):
        assert isinstance(await ask(kind), kind)
    assert made == ["Old", "New"], "each is paid for once, whichever version asks"
