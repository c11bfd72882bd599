"""A film from brief to mp4 whose five models stand behind ``personavlog fake-server``, killed and made to its end."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from personavlog.backbones.retrying import RetryPolicy
from personavlog.fake_server.log import Line, read_log
from personavlog.media.transcode import probe
from tests.core import doubles
from tests.core.doubles import SHOTS
from tests.core.served_film import film

ROOT = Path(__file__).parents[2]
LONGEST = 120.0
MEDIA = ("images.edits", "videos.submit", "audio.speech", "audio.generate")


@dataclass(frozen=True)
class Program:
    """A running ``personavlog fake-server``."""

    address: str
    log: Path

    def lines(self) -> list[Line]:
        return list(read_log(self.log)) if self.log.exists() else []

    def wait_for(self, seen: Callable[[list[Line]], bool]) -> None:
        """Until the log shows it."""
        until = time.monotonic() + LONGEST
        while not seen(self.lines()):
            assert time.monotonic() < until, "it was never asked for"
            time.sleep(0.02)


@contextmanager
def fake_server(folder: Path, *options: str) -> Iterator[Program]:
    log = folder / "server.jsonl"
    start = "from personavlog.cli.main import main; main()"
    command = [sys.executable, "-u", "-c", start, "fake-server", "--port", "0", "--log", str(log), "--price", "1"]
    with subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            (address,) = re.findall(r"http://[\d.:]+\d", running.stdout.readline())
            yield Program(address, log)
        finally:
            running.send_signal(signal.SIGTERM)


def make(home: Path, server: Program, until: Callable[[list[Line]], bool] | None = None) -> int:
    """Make or resume the film in a process of its own, killed with SIGKILL once the log shows ``until``; how it
    ended."""
    command = [sys.executable, "-m", "tests.core.served_film", str(home), server.address]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as running:
        if until is not None:
            server.wait_for(until)
            running.kill()
        _, said = running.communicate(timeout=LONGEST)
        assert running.returncode in (0, -signal.SIGKILL), said
        return running.returncode


def jobs(lines: list[Line], route: str) -> set[str]:
    return {line.job for line in lines if line.route == route and line.job}


@pytest.mark.slow
def test_a_film_that_is_killed_twice_amid_its_jobs_pays_for_nothing_twice(tmp_path: Path) -> None:
    with fake_server(tmp_path, "--seconds", "0.5") as server:
        assert make(tmp_path, server, lambda lines: bool(jobs(lines, "videos.poll"))) == -signal.SIGKILL
        killed = [server.lines()]
        assert make(tmp_path, server, lambda lines: len(jobs(lines, "videos.submit")) == SHOTS) == -signal.SIGKILL
        killed.append(server.lines())
        assert make(tmp_path, server) == 0
        lines, begun = server.lines(), film(tmp_path, server.address)
        made = begun.make()
        assert len(server.lines()) == len(lines) + 4, "a finished film only looks at its servers"

    seen = probe(begun.store.path(made.film.video), "The film")
    assert seen.seconds == pytest.approx(made.film.duration, abs=0.2) and (seen.width, seen.height) == (192, 112)

    paid = [line for line in lines if line.paid]
    assert Counter(line.route for line in paid if line.route in MEDIA) == {
        "images.edits": 1 + SHOTS,
        "videos.submit": SHOTS,
        "audio.speech": SHOTS,
        "audio.generate": 1,
    }
    assert max(Counter(line.asked for line in paid).values()) == 1, "the same was made twice"
    assert jobs(lines, "videos.content") == jobs(lines, "videos.submit")
    for before in killed:
        running = jobs(before, "videos.submit") - jobs(before, "videos.content")
        assert running and running <= jobs(lines[len(before) :], "videos.poll"), "a job was not found again"

    entries = [one for one in begun.index.ledger.entries("film") if not one.step.startswith("write/")]
    sent = sum(line.paid for line in paid if line.route in MEDIA)
    known = sum(one.money for one in entries if one.money is not None)
    unsure = sum(one.high or 0.0 for one in entries if one.money is None)
    assert known <= sent <= known + unsure
    assert max(Counter(one.step for one in entries if one.money).values()) == 1, "booked twice"
    print(f"{len(lines)} requests, {sent:.0f} things paid at the server; ledger {known:.0f} paid, {unsure:.0f} unsure")


@pytest.mark.slow
def test_a_film_is_made_while_everything_fails_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_face: None
) -> None:
    monkeypatch.setattr(doubles, "QUICK", RetryPolicy(first_wait=0.01, longest_wait=2.0))
    faults = (
        "images.edits=busy:1",
        "images.edits=wrong size:1:2",
        "videos.submit=down:1",
        "videos.poll=forgotten:1",
        "videos.content=half:1",
        "audio.speech=silent:1",
        "audio.generate=error:1",
        "chat=down:1",
    )
    options = [word for fault in faults for word in ("--fault", fault)]
    with fake_server(tmp_path, *options) as server:
        begun = film(tmp_path, server.address, inspected=True)
        made = begun.make()
        met = {line.fault for line in server.lines() if line.fault}
    assert made.film.duration > 0
    looked_at = [row.name for row in begun.index.steps("film") if "/inspect/" in row.name]
    assert len(looked_at) == 2 * SHOTS
    assert met == {fault.partition("=")[2].partition(":")[0] for fault in faults}
