"""``personavlog bench run``: every vlog of a split by every chosen method, each a run of its own, then exported.

What is exported is not made again; a run that was stopped or failed is resumed. Methods that share a step share its
result, also where both want it at the same time.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Literal

import anyio
import anyio.to_thread

from personavlog import profiles
from personavlog.benchmark.ablation import chosen
from personavlog.benchmark.asked import BenchOptions, BenchVlog, need_consent, vlogs_of
from personavlog.benchmark.dataset import load
from personavlog.benchmark.exporting import export, write_method
from personavlog.benchmark.outputs import META, Method
from personavlog.benchmark.register import Entry, Register
from personavlog.doctor.machine import hardware
from personavlog.errors import Cancelled, ConfigurationError, CostLimitError, MissingExtraError, WeightsError
from personavlog.estimate.asked import plan
from personavlog.estimate.numbers import FilmEstimate, Span, money_words, time_words, total
from personavlog.jobs import Job, begin, reopen
from personavlog.runs.folder import RunFolder, home, make_folder
from personavlog.runs.ledger import NO_CAP, Cap
from personavlog.runs.lock import alone
from personavlog.runs.machine import machine_errors
from personavlog.runs.record import versions

RUNS = "runs"
"""The folder of the runs, in the outputs folder, where no other was named."""
FOR_ALL = (CostLimitError, MissingExtraError, WeightsError)
"""What the next vlog would meet too: none is begun after it."""


@dataclass(frozen=True)
class VlogEvent:
    """What happened to a vlog; ``seconds`` since it was begun or resumed, ``error`` where it failed; ``run`` is empty
    where none could be begun."""

    vlog: BenchVlog
    run: str
    what: Literal["begun", "made", "failed"]
    seconds: float = 0.0
    error: Exception | None = None


Listener = Callable[[VlogEvent], None]


@dataclass(frozen=True)
class BenchEstimate:
    """Of all vlogs that are missing, each by itself; what methods share is made and paid once, so that it is a
    bound."""

    films: tuple[FilmEstimate, ...]

    @property
    def money(self) -> Span:
        """US dollars."""
        return total(one.money for one in self.films)

    @property
    def line(self) -> str:
        """Money and time in one line."""
        unpriced = dict.fromkeys(stage for one in self.films for stage in one.without_price)
        return f"{money_words(self.money, unpriced)}, {time_words(total(one.wall for one in self.films))}"


class Bench:
    """What was asked for, checked: ``vlogs`` are all, ``missing`` those that are still to be made.

    Raises ``ConfigurationError`` for data, methods, a profile or a folder that do not fit, ``ConsentError`` for people
    of the user's own without their statement.
    """

    def __init__(self, options: BenchOptions) -> None:
        self.options, self.data = options, load(options.data)
        self.profile = profiles.load(options.profile)
        self.methods = chosen(options.methods, self.profile)
        self.vlogs = vlogs_of(self.data, options, self.methods)
        need_consent(self.vlogs, options)
        self.runs = options.runs or options.into / RUNS
        self._register = Register(options.into, options.settings(self.profile))
        self._check_folders()

    @property
    def missing(self) -> tuple[BenchVlog, ...]:
        """The vlogs that were not exported yet."""
        return tuple(one for one in self.vlogs if not self.is_exported(one))

    def is_exported(self, vlog: BenchVlog) -> bool:
        """Whether its folder is complete."""
        entry = self._register.of(vlog.name, vlog.digest)
        return entry is not None and entry.exported and (self.options.into / vlog.name / META).is_file()

    def estimate(self) -> BenchEstimate:
        """What is missing; raises ``BriefError`` for a length or a number of shots that the profile cannot make."""
        asked = self.options
        films = {
            name: plan(profile=used, length=asked.length, shots=asked.shots) for name, (_, used) in self.methods.items()
        }
        return BenchEstimate(tuple(films[one.method.name] for one in self.missing))

    @machine_errors()
    def make(
        self, *, jobs: int = 1, cap: Cap = NO_CAP, on_event: Listener = lambda event: None
    ) -> tuple[VlogEvent, ...]:
        """Make what is missing, ``jobs`` at once, and return what failed; ``cap`` holds for all vlogs of the folder
        together.

        One that fails does not stop the others. Raises ``Cancelled`` where somebody stopped it.
        """
        with alone(_lock(make_folder(self.options.into)), f"benchmark in {str(self.options.into)!r}"):
            self._register.refresh()  # another process may have had the lock since it was read
            making = _Making(self._make_one, on_event)
            anyio.run(making.all, self.missing, jobs, cap)
        return tuple(making.failed)

    async def _make_one(self, vlog: BenchVlog, cap: Cap, begun: Callable[[str], None]) -> None:
        job = await anyio.to_thread.run_sync(self._opened, vlog, cap)
        begun(job.folder.run)
        await job.make_async()
        await anyio.to_thread.run_sync(self._export, vlog, job)
        self._register.write(vlog.name, Entry(run=job.folder.run, task=vlog.digest, exported=True))

    def _opened(self, vlog: BenchVlog, cap: Cap) -> Job:
        """The vlog's run, resumed where it was begun and is still there."""
        entry = self._register.of(vlog.name, vlog.digest)
        cap = Cap(cap.most, cap.unknown, beside=self._register.runs)
        if entry is not None and RunFolder(self.runs, entry.run).brief.is_file():
            return reopen(entry.run, runs=self.runs, cap=cap)
        job = begin(vlog.asked(self.options), profile=vlog.profile, runs=self.runs, cap=cap)
        self._register.write(vlog.name, Entry(run=job.folder.run, task=vlog.digest))
        return job

    def _export(self, vlog: BenchVlog, job: Job) -> None:
        folder = self.options.into / vlog.method.name
        if not (folder / vlog.meta.vlog).exists():  # else it was killed between this and the register
            export(job, folder, vlog.meta)
        write_method(folder, self._method(vlog))

    def _method(self, vlog: BenchVlog) -> Method:
        chat, backbones = vlog.profile.chat, vlog.profile.backbones
        agents = {name: chat.of(name).model for name in ("image_quality", "video_quality")}
        models = {role: str(one.settings.get("model", one.backbone)) for role, one in backbones.items()}
        data = {"ThemeVlogEval": self.data.version, "profile": vlog.profile.name}
        return Method(
            **vlog.method.model_dump(exclude={"profile"}),
            versions={**data, "writer": chat.writer, **agents, **models, **versions()},
            hardware=hardware(),
        )

    def _check_folders(self) -> None:
        """Nobody else's outputs are written over."""
        for name in self.methods:
            folder = self.options.into / name
            if name not in self._register.methods and folder.exists():
                raise ConfigurationError(
                    f"{str(folder)!r} is something that this command did not make. Move it, or give another folder "
                    "with --into."
                )


@dataclass
class _Making:
    """Vlogs made by so many workers, each one after the other, until somebody stops them."""

    one: Callable[[BenchVlog, Cap, Callable[[str], None]], Awaitable[None]]
    on_event: Listener
    failed: list[VlogEvent] = field(default_factory=list)
    stop: Cancelled | None = None
    over: bool = False

    async def all(self, vlogs: Iterable[BenchVlog], jobs: int, cap: Cap) -> None:
        """Make them; raises ``Cancelled``."""
        waiting = iter(vlogs)

        async def work() -> None:
            while not self.over and (vlog := next(waiting, None)) is not None:
                await self._try(vlog, cap)

        async with anyio.create_task_group() as workers:
            for _ in range(jobs):
                workers.start_soon(work)
        if self.stop is not None:
            raise Cancelled("Everything finished is kept; go on with the same command.") from self.stop

    async def _try(self, vlog: BenchVlog, cap: Cap) -> None:
        began, runs = time.monotonic(), list[str]()

        def begun(run: str) -> None:
            if self.stop is not None:  # while this one was opened
                raise Cancelled
            runs.append(run)
            self.on_event(VlogEvent(vlog, run, "begun"))

        try:
            await self.one(vlog, cap, begun)
        except Cancelled as stop:
            self.stop, self.over = stop, True
        except Exception as error:  # noqa: BLE001 - it is reported and returned, and must not cost the other vlogs
            self.over = self.over or isinstance(error, FOR_ALL)
            self.failed.append(VlogEvent(vlog, "".join(runs), "failed", time.monotonic() - began, error))
            self.on_event(self.failed[-1])
        else:
            self.on_event(VlogEvent(vlog, runs[0], "made", time.monotonic() - began))


def _lock(into: Path) -> Path:
    return home() / "locks" / f"bench-{sha256(str(into.resolve()).encode()).hexdigest()[:16]}.lock"
