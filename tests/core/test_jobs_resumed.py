"""Jobs outlive us: a process that was killed finds its job again, a run that was stopped cancels it there."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import anyio
import pytest

from personavlog.backbones import registry
from personavlog.backbones.roles import EditRequest
from personavlog.backbones.tools import Tools
from personavlog.errors import Cancelled, UnavailableError
from personavlog.fake_server.faults import Fault
from personavlog.fake_server.server import Behaviour, FakeServer, serving
from tests.core.hosted_house import BOARD, KEY, VARIABLES, House, small

ROOT = Path(__file__).parents[2]
CHILD = """
import json
import sys
from pathlib import Path
from personavlog.backbones import registry
from tests.core.hosted_house import House

role, name, settings, home = sys.argv[1:]
backbone = registry.load(role, name, json.loads(settings))
house = House(Path(home))
house.edit(backbone) if role == "image" else house.animate(backbone)
"""


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES:
        monkeypatch.setenv(variable, KEY)


def address(server: FakeServer, name: str) -> str:
    return server.address if name in ("veo", "omni") else f"{server.address}/{name}"


def waited(until: Any) -> None:
    for _ in range(600):
        if until():
            return
        time.sleep(0.05)
    raise AssertionError("it never came to that")


@pytest.mark.parametrize(
    ("role", "name", "submit"),
    [
        ("image", "bfl", "bfl.submit"),
        ("image", "fal", "fal.submit"),
        ("image", "replicate", "replicate.submit"),
        ("video", "omni", "omni.submit"),
    ],
)
def test_a_killed_process_finds_its_job_again_and_pays_once(role: Any, name: str, submit: str, tmp_path: Path) -> None:
    with serving(Behaviour(key=KEY, seconds=2.0, price=1.0)) as server:
        more = {"resolution": "360p", "record": small("google", "gemini-omni-1.2-flash")} if name == "omni" else {}
        settings = {"base_url": address(server, name), "every": 0.05, **more}
        command = [sys.executable, "-c", CHILD, role, name, json.dumps(settings), str(tmp_path)]
        child = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, "PYTHONPATH": f"{os.environ.get('PYTHONPATH', '')}:."}
        )
        house = House(tmp_path)
        key = "edit" if role == "image" else "animate"
        waited(lambda: house.job(key) is not None)
        child.send_signal(signal.SIGKILL)
        child.wait()
        stored = house.job(key)
        backbone = registry.load(role, name, settings)
        made = house.edit(backbone) if role == "image" else house.animate(backbone)
        assert len(server.log.of(submit)) == 1 and sum(line.paid for line in server.log.lines) == 1.0
        assert made.receipt.request in stored, "it is the job that was stored"  # type: ignore[operator]
        assert house.job(key) is None


@pytest.mark.parametrize(
    ("role", "name", "cancel"),
    [
        ("image", "fal", "fal.cancel"),
        ("image", "replicate", "replicate.cancel"),
        ("video", "dashscope", "dashscope.cancel"),
        ("video", "omni", "omni.cancel"),
    ],
)
def test_a_stopped_run_cancels_its_job_there_and_forgets_it(role: Any, name: str, cancel: str, tmp_path: Path) -> None:
    house = House(tmp_path)
    key = "edit" if role == "image" else "animate"
    with serving(Behaviour(key=KEY, seconds=60.0)) as server:
        house.stop = lambda: house.job(key) is not None
        backbone = registry.load(role, name, {"base_url": address(server, name), "every": 0.05})
        with pytest.raises(Cancelled):
            house.edit(backbone) if role == "image" else house.animate(backbone)
        [line] = server.log.of(cancel)
        assert line.status < 300 and all(job.cancelled for job in server.jobs.all())
    assert house.job(key) is None
    assert [entry.outcome for entry in house.entries] == ["interrupted"]


@pytest.mark.parametrize(("role", "name"), [("image", "bfl"), ("video", "veo")])
def test_a_job_that_cannot_be_cancelled_stays_known_when_a_run_is_stopped(role: Any, name: str, tmp_path: Path) -> None:
    house = House(tmp_path)
    key = "edit" if role == "image" else "animate"
    with serving(Behaviour(key=KEY, seconds=60.0)) as server:
        house.stop = lambda: house.job(key) is not None
        backbone = registry.load(role, name, {"base_url": address(server, name), "every": 0.05})
        with pytest.raises(Cancelled):
            house.edit(backbone) if role == "image" else house.animate(backbone)
    assert house.job(key) is not None


def test_a_job_that_the_service_did_not_cancel_stays_known(tmp_path: Path) -> None:
    house = House(tmp_path)
    told = (Fault(route="fal.cancel", name="down"),)
    with serving(Behaviour(key=KEY, seconds=60.0, faults=told)) as server:
        house.stop = lambda: house.job("edit") is not None
        backbone = registry.load("image", "fal", {"base_url": address(server, "fal"), "every": 0.05})
        with pytest.raises(Cancelled):
            house.edit(backbone)
    assert house.job("edit") is not None


def test_the_job_is_stored_before_it_is_asked_for_the_first_time(tmp_path: Path) -> None:
    seen: list[tuple[str, str | None]] = []
    with serving(Behaviour(key=KEY)) as server:
        answer = server.answer

        def watched(request: Any) -> Any:
            seen.append((request.path.rpartition("/")[2], House(tmp_path).job("edit")))
            return answer(request)

        server.answer = watched  # type: ignore[method-assign]
        House(tmp_path).edit(registry.load("image", "fal", {"base_url": address(server, "fal"), "every": 0.02}))
    assert next(job for name, job in seen if name == "status") is not None
    assert seen[0] == ("kontext", None)


def _request(house: House) -> EditRequest:
    return EditRequest(
        purpose="keyframe",
        reference=house.picture(),
        style="plain",
        width=1280,
        height=720,
        board=BOARD,
        prompt="A boat.",
    )


def test_a_job_that_delivered_stays_known_until_its_result_is_stored(tmp_path: Path) -> None:
    house = House(tmp_path)
    with serving(Behaviour(key=KEY)) as server:
        backbone = registry.load("image", "fal", {"base_url": address(server, "fal"), "every": 0.02})
        first = anyio.run(backbone.edit, _request(house), house.tools("edit"))
        assert house.job("edit") is not None, "killed here, nothing is lost"
        assert anyio.run(backbone.edit, _request(house), house.tools("edit")).image == first.image
        assert len(server.log.of("fal.submit")) == 1


def test_a_server_that_is_out_of_reach_for_a_while_loses_no_job(tmp_path: Path) -> None:
    house = House(tmp_path)
    told = (Fault(route="fal.status", name="down", times=2), Fault(route="fal.status", name="drop", times=1, after=2))
    with serving(Behaviour(key=KEY, seconds=0.2, faults=told)) as server:
        house.edit(registry.load("image", "fal", {"base_url": address(server, "fal"), "every": 0.02}))
    assert len(server.log.of("fal.submit")) == 1 and house.retries == []


def test_a_stored_job_that_cannot_be_read_is_replaced(tmp_path: Path) -> None:
    house = House(tmp_path)

    async def older() -> str:
        return "an id of another version"

    anyio.run(house.index.jobs.submitted, "edit", older)
    with serving(Behaviour(key=KEY)) as server:
        house.edit(registry.load("image", "fal", {"base_url": address(server, "fal"), "every": 0.02}))
    assert [type(error) for error in house.retries] == [UnavailableError]
    assert len(server.log.of("fal.submit")) == 1


def test_a_call_outside_a_run_needs_no_store(tmp_path: Path) -> None:
    house = House(tmp_path)
    with serving(Behaviour(key=KEY)) as server:
        backbone = registry.load("image", "fal", {"base_url": address(server, "fal"), "every": 0.02})
        made = anyio.run(backbone.edit, _request(house), Tools.alone(house.blobs))
    assert made.image.width == 1280
