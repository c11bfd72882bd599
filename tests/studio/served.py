"""A studio to talk to: in this process, or as a process of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import tomli_w
from starlette.testclient import TestClient

from personavlog import api
from personavlog.profiles import Profile
from personavlog.studio.access import Access
from personavlog.studio.server import create_app
from personavlog.studio.settings import Settings
from tests.core.doubles import profile
from tests.studio.films import options

KEY = "a-key-for-tests-of-24-ch"
HOST = "http://127.0.0.1:8765"


def client(runs: Path, *, key: str | None = KEY, **settings: object) -> TestClient:
    """A program that may come in, or with ``key`` None a stranger; the home folder is the environment's."""
    keys = {"tests": KEY, "others": KEY[::-1]}
    app = create_app(Settings(runs, keys=keys, **settings))  # type: ignore[arg-type]
    headers = {"authorization": f"Bearer {key}"} if key else {}
    return TestClient(app, base_url=HOST, headers=headers, follow_redirects=False, raise_server_exceptions=False)


def access_of(one: TestClient) -> Access:
    """What lets people into the client's server."""
    found: Access = one.app.state.access  # type: ignore[attr-defined]
    return found


def slow_profile(seconds: float = 0.0) -> Profile:
    """Simulated backbones without corrections that take their time with pictures and clips."""
    return profile({"image": {"seconds": seconds}, "video": {"seconds": seconds}}, size=(320, 180))


def profile_file(place: Path, chosen: Profile) -> Path:
    """The same as a file."""
    place.write_text(tomli_w.dumps(chosen.model_dump(mode="json", exclude_none=True)), encoding="utf-8")
    return place


def begun(runs: Path, theme: str = "A day at the lake", seconds: float = 0.0) -> str:
    """A film that nobody makes yet."""
    job = api.begin(options(theme, shots=2, length=6.0), profile=slow_profile(seconds), runs=runs)
    job.index.close()
    return job.folder.run


def outcome(run: str, runs: Path) -> str:
    """How a film stands, as ``personavlog runs`` says it."""
    return {name: said for name, said, _ in api.summaries(runs)}[run]


def wait(until: Callable[[], object], seconds: float = 90.0) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end, f"still not so after {seconds} s"
        time.sleep(0.05)


@dataclass(frozen=True)
class Server:
    """``personavlog studio`` as a process; ``output`` is the file that it prints into."""

    process: subprocess.Popen[bytes]
    output: Path

    @property
    def links(self) -> list[str]:
        """The links that it printed."""
        return re.findall(r"http://\S+", self.output.read_text("utf-8"))

    def kill(self) -> None:
        """As a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@contextmanager
def server(home: Path, runs: Path, *options: str, environment: Mapping[str, str] | None = None) -> Iterator[Server]:
    """A studio on a port of its own until the end of the block."""
    output = home.parent / f"server-{time.monotonic_ns()}.txt"
    words = ["studio", "--no-browser", "--port", "0", "--runs", str(runs), *options]
    said = {**os.environ, "PERSONAVLOG_HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path), **(environment or {})}
    with output.open("wb") as target:
        process = subprocess.Popen(
            [sys.executable, "-m", "personavlog", *words], stdout=target, stderr=target, env=said
        )
    one = Server(process, output)
    try:
        wait(lambda: one.links or process.poll() is not None)
        yield one
    finally:
        process.terminate()
        process.wait(20)
