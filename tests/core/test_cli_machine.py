"""A full disk, a full index, no memory and Ctrl-C: a sentence, the right exit status, and nothing finished is lost."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import anyio
import pytest

import personavlog
from personavlog import jobs, publish, steps
from personavlog.errors import BackboneError, CostLimitError, RefusedError, ShotsFailedError
from personavlog.media import Blob
from personavlog.production.production import Production
from personavlog.runs.engine import StepRun
from personavlog.runs.folder import find_run, open_store
from personavlog.steps import StepName
from tests.shared.command_line import PORTRAIT, CommandLine
from tests.shared.gather import gather

pytestmark = pytest.mark.usefixtures("one_face")

FIRST, SECOND = b"the first part", b"the second part"


def _no_fault(production: Production) -> None:
    pass


class Film:
    """A film of two parts whose second one meets the fault once."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.fault: Callable[[Production], None] = _no_fault

    async def direct(self, production: Production) -> Any:
        await self._part(production, steps.clip(1), FIRST)
        await gather([self._part(production, steps.clip(2), SECOND, self.fault)])
        return SimpleNamespace(
            film=SimpleNamespace(duration=6.0, width=1280, height=720), script=SimpleNamespace(boards=range(6))
        )

    async def _part(
        self, production: Production, name: StepName, data: bytes, fault: Callable[[Production], None] = _no_fault
    ) -> Blob:
        async def work(run: StepRun) -> Blob:
            fault(production)
            await anyio.sleep(0.05)
            stored = production.blobs.put(data)
            self.made.append(run.name)
            return stored

        part = await production.engine.step(
            str(name), work, version=1, fingerprint="", uses="video", inputs={"part": str(name)}, returns=Blob
        )
        production.finished(name)
        return part


@pytest.fixture
def film(monkeypatch: pytest.MonkeyPatch) -> Film:
    film = Film()
    monkeypatch.setattr(jobs, "direct", film.direct)
    monkeypatch.setattr(publish, "film", lambda folder, production, made: None)
    return film


def _full(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/tmp/frames")


def _no_memory(production: Production) -> None:
    raise MemoryError


def _refused(production: Production) -> None:
    raise RefusedError("The provider 'x' refused the picture: policy. Choose another photo.")


def _down(production: Production) -> None:
    raise BackboneError("The provider 'x' answered 503. Try again later.")


def _too_dear(production: Production) -> None:
    raise CostLimitError("The next call of 'x' may cost $2.00. Raise the cap.")


def _shots_failed(production: Production) -> None:
    raise ShotsFailedError("Shot 2: The provider 'x' is down. Try again later.", {2: BackboneError("It is down.")})


def _shots_too_dear(production: Production) -> None:
    failed = {1: BackboneError("It is down."), 2: CostLimitError("It may cost $2.00.")}
    raise ShotsFailedError("Shot 1: It is down. Shot 2: It may cost $2.00. Raise the cap.", failed)


def _index_full(production: Production) -> None:
    database = production.engine.index._db._db
    database.execute(f"PRAGMA max_page_count={database.execute('PRAGMA page_count').fetchone()[0]}")
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "x" * 20_000)


def _interrupted(production: Production) -> None:
    signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize(
    ("fault", "status", "says"),
    [
        (_full, 3, "the disk is full"),
        (_no_memory, 3, "memory is used up"),
        (_index_full, 3, "full"),
        (_refused, 4, "Choose another photo"),
        (_down, 4, "Try again later"),
        (_too_dear, 2, "Raise the cap"),
        (_shots_failed, 4, "Try again later"),
        (_shots_too_dear, 2, "Raise the cap"),
        (_interrupted, 130, "personavlog resume"),
    ],
)
def test_a_fault_ends_in_a_sentence_and_resume_repeats_nothing(
    cli: CommandLine, film: Film, fault: Callable[[Production], None], status: int, says: str
) -> None:
    film.fault = fault
    said = cli.make()
    assert said.status == status and says in said.err and "personavlog resume" in said.err
    assert film.made in (["clip/1"], ["clip/1", "clip/2"])
    film.fault = _no_fault
    again = cli.call("resume", "--runs", str(cli.runs), "--offline")
    assert again.status == 0, again.err
    assert sorted(film.made) == ["clip/1", "clip/2"]
    assert "Clip 1 of 6, as it was" in again.out and "finished" in cli.call("runs", "--runs", str(cli.runs)).out


def test_a_store_on_a_full_disk(cli: CommandLine, film: Film, monkeypatch: pytest.MonkeyPatch) -> None:
    film.fault = lambda production: monkeypatch.setattr(os, "fsync", _full)
    said = cli.make()
    assert said.status == 3 and "Free some disk space" in said.err
    assert [path.name for path in (open_store()[0].root).rglob(".new-*")] == []


def test_a_record_that_cannot_be_written_does_not_hide_the_first_error(
    cli: CommandLine, film: Film, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(production: Production) -> None:
        monkeypatch.setattr(publish, "write_record", lambda *_: _full())
        _refused(production)

    film.fault = fault
    said = cli.make()
    assert said.status in (3, 4) and "Traceback" not in said.err


def test_a_run_that_is_being_made_is_left_alone(cli: CommandLine, film: Film) -> None:
    inner: list[int] = []

    def look(production: Production) -> None:
        inner.append(cli.call("resume", "--runs", str(cli.runs)).status)
        assert "being made" in cli.call("show", "--runs", str(cli.runs)).out

    film.fault = look
    assert cli.make().status == 0 and inner == [2]


def test_nothing_is_made_with_an_ffmpeg_that_does_not_serve(
    cli: CommandLine, film: Film, monkeypatch: pytest.MonkeyPatch
) -> None:
    film.fault = _down
    assert cli.make().status == 4 and film.made == ["clip/1"]
    film.fault = _no_fault
    monkeypatch.setenv("PERSONAVLOG_FFMPEG", "no-such-program")
    said = cli.call("resume", "--runs", str(cli.runs))
    assert said.status == 3 and "no-such-program" in said.err and film.made == ["clip/1"]
    shown = cli.call("show", "--runs", str(cli.runs))
    assert "failed" in shown.out and "no-such-program" in shown.err
    monkeypatch.delenv("PERSONAVLOG_FFMPEG")
    assert cli.call("resume", "--runs", str(cli.runs)).status == 0 and film.made == ["clip/1", "clip/2"]


def test_a_killed_run_is_called_interrupted(cli: CommandLine, film: Film) -> None:
    cli.make()
    folder = find_run(cli.runs, "last")
    open_store()[1].emit(folder.run, "begin", {})
    shown = cli.call("show", "--runs", str(cli.runs))
    assert "interrupted" in shown.out and f"personavlog resume {folder.run}" in shown.out


@pytest.mark.anyio
async def test_a_notebook_can_make_a_film_inside_its_own_loop(cli: CommandLine, film: Film) -> None:
    vlog = personavlog.make(
        PORTRAIT,
        "A day in Lisbon",
        "anime",
        i_may_use_this_likeness=True,
        profile=cli.profile,
        writer=cli.writer,
        runs=cli.runs,
        seed=4,
    )
    assert vlog.path.parent.parent == cli.runs and film.made == ["clip/1", "clip/2"]
    assert vlog.cost.paid == vlog.cost.unknown == 0


def test_an_option_that_does_not_exist_is_named(cli: CommandLine) -> None:
    with pytest.raises(TypeError, match="colour"):
        personavlog.make(PORTRAIT, "A day", "anime", i_may_use_this_likeness=True, colour="red")  # type: ignore[call-arg]


def test_a_defect_keeps_its_traceback_in_a_file(cli: CommandLine, film: Film) -> None:
    def fault(production: Production) -> None:
        raise ZeroDivisionError

    film.fault = fault
    said = cli.make()
    assert said.status == 70 and "please report" in said.err
    kept = Path(next(word for word in said.err.split() if "personavlog-defect-" in word).rstrip(";"))
    assert "ZeroDivisionError" in kept.read_text()
    kept.unlink()
