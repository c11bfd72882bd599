"""A studio as a user starts it: ``personavlog studio`` in a process of its own, which may be killed."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import tomli_w

from personavlog.runs.folder import list_runs, open_store
from personavlog.runs.lock import held, holder
from tests.studio.films import studio_profile

ROOT = Path(__file__).parents[2]
PATCHED = Path(__file__).parent / "patched"
UP_SECONDS, DOWN_SECONDS = 180.0, 30.0
_LINK = re.compile(r"http://127\.0\.0\.1:\d+/\?token=\S+")


@dataclass
class Served:
    """A studio over ``home`` and ``runs``, always at the same port; ``cookies`` are those of who has entered."""

    home: Path
    runs: Path
    port: int = field(default_factory=lambda: _free_port())
    cookies: list[dict[str, object]] = field(default_factory=list)
    _process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def output(self) -> Path:
        """What it printed."""
        return self.home.parent / "studio.txt"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [sys.executable, "-m", "personavlog", "studio", "--no-browser", "--port", str(self.port)]
        command += ["--runs", str(self.runs), "--profile", str(self._profile())]
        path = os.pathsep.join(filter(None, (str(PATCHED), str(ROOT), os.environ.get("PYTHONPATH", ""))))
        environment = {
            **os.environ,
            "PYTHONPATH": path,
            "PERSONAVLOG_HOME": str(self.home),
            "PERSONAVLOG_OFFLINE": "1",
            "PERSONAVLOG_SCRIPTED": "1",
        }
        # Into a file: a server that outlives a failed test would hold a pipe open.
        with self.output.open("wb") as output:
            self._process = subprocess.Popen(command, stdout=output, stderr=output, env=environment, cwd=self.home)
        self._wait(self._is_up, UP_SECONDS)

    def link(self) -> str:
        """The newest link that lets a browser in."""
        return _LINK.findall(self.output.read_text("utf-8"))[-1]

    def kill(self) -> None:
        """End the server at once, as a loss of power would; what makes films goes on."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """End the server, and what makes films."""
        self.kill()
        for run, process in self.makers().items():
            os.kill(process, signal.SIGKILL)
            self._wait(lambda run=run: run not in self.makers(), DOWN_SECONDS)

    def makers(self) -> dict[str, int]:
        """The processes that make films, by run."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PERSONAVLOG_HOME", str(self.home))
            with closing(open_store()[1]) as index:
                locks = {run: index.lock_file(run) for run in list_runs(self.runs)}
        return {run: int(holder(lock)) for run, lock in locks.items() if lock.exists() and held(lock)}

    def _profile(self) -> Path:
        """Simulated backbones that take a moment, as a file that ``/new`` offers."""
        slow = {"image": {"seconds": 0.4}, "video": {"seconds": 0.4}}
        profile = studio_profile(slow["image"], name="simulated")
        video = profile.video.model_copy(update={"settings": slow["video"]})
        place = self.home.parent / "simulated.toml"
        table = profile.model_copy(update={"video": video}).model_dump(mode="json", exclude_none=True)
        place.write_text(tomli_w.dumps(table), "utf-8")
        return place

    def _is_up(self) -> bool:
        assert self._process is not None
        if self._process.poll() is not None:
            raise AssertionError(f"The studio ended: {self.output.read_text('utf-8')}")
        return bool(_LINK.search(self.output.read_text("utf-8"))) and _answers(self.port)

    def _wait(self, done: object, seconds: float) -> None:
        assert callable(done)
        until = time.monotonic() + seconds
        while not done():
            if time.monotonic() > until:
                raise AssertionError(f"Not within {seconds} s. The studio said: {self.output.read_text('utf-8')}")
            time.sleep(0.05)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True
