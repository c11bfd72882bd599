"""What Python callers and the command line use: begin or reopen a run, make it, look at it, change it."""

from __future__ import annotations

import asyncio
import json
import time
import tomllib
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import anyio
import tomli_w
from pydantic import BaseModel, ConfigDict, ValidationError

from personavlog import intake, profiles, publish
from personavlog.brief import Aspect, Brief
from personavlog.errors import ConfigurationError, PersonaVlogError, RunError
from personavlog.intake.file import read_bytes
from personavlog.judge.check import check, conditions
from personavlog.judge.table import Report
from personavlog.judge.verdict import Sheet, Verdict
from personavlog.metrics.published.extra import require
from personavlog.production.production import check as check_crew
from personavlog.production.production import hire, limits, tell_licences
from personavlog.profiles import Profile
from personavlog.runs.blobs import Blobs
from personavlog.runs.engine import Engine, lock_of
from personavlog.runs.folder import RunFolder, find_run, list_runs, machine_errors, new_run_id, open_store, write_file
from personavlog.runs.index import Event, Index, StepRow
from personavlog.runs.interrupt import stopped_by_signals
from personavlog.runs.lock import alone
from personavlog.runs.record import ending, read_record, versions
from personavlog.script import Script
from personavlog.stages.write import SCRIPT
from personavlog.vlog import Made, direct

if TYPE_CHECKING:
    from personavlog.metrics.published.folder import Row

VERSION = versions()["personavlog"]
RUNS = Path("runs")
Listener = Callable[[Event], None]
Heard = Callable[[Verdict, int, int], None]
"""A verdict, its number and how many there will be."""

_REDO = {"keyframe": "keyframe/{}/paint/0", "clip": "clip/{}/animate/0", "voice": "voice/{}"}
"""The step whose new take changes that part of a shot."""
_STATES = {"hit": "done", "pending": "waiting", "running": "waiting", "pinned": "your own"}
"""Words for a step's status; the others say it themselves."""


@dataclass(frozen=True)
class Wish:
    """What a user asks for, before anything of it was read; the fields are those of ``personavlog make``."""

    photo: Path
    theme: str
    style: str
    i_may_use_this_likeness: bool = False
    face: int | None = None
    name: str | None = None
    language: str = "en"
    voice: str | None = None
    voice_sample: Path | None = None
    aspect: Aspect = Aspect.WIDE
    length: float = 30.0
    shots: int | None = None
    subtitles: str = "burned"
    seed: int = 0


@dataclass(frozen=True)
class Vlog:
    """A finished vlog; ``duration`` and ``seconds`` (of making) in seconds, ``cost`` in US dollars."""

    run: str
    path: Path
    report: Path
    duration: float
    width: int
    height: int
    seconds: float
    cost: float
    script: Script


class _Order(BaseModel):
    """The content of ``brief.toml``: enough to go on with the run."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    brief: Brief
    profile: Profile
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Job:
    """A run that can be made, now or again."""

    brief: Brief
    profile: Profile
    folder: RunFolder
    store: Blobs
    index: Index
    notes: tuple[str, ...] = ()

    def make(self, listener: Listener | None = None) -> Vlog:
        """Make the film and write the run folder; Ctrl-C stops it with everything finished kept."""
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return anyio.run(self.make_async, listener)
        with ThreadPoolExecutor(1) as beside:  # a notebook runs a loop of its own, and a thread may have only one
            return beside.submit(anyio.run, self.make_async, listener).result()

    async def make_async(self, listener: Listener | None = None) -> Vlog:
        """``make`` for callers that have an event loop; ``listener`` gets every event of the engine, from any thread."""
        engine = Engine(self.store, self.index, self.folder.run, limits(self.profile))
        began = time.monotonic()

        def record(kind: object, error: object, trace: object) -> None:
            try:
                publish.record(self.folder, self.index, self.brief, self.profile, self.store, wall=time.monotonic() - began)
            except PersonaVlogError:  # on a full disk the record cannot be written either; the first error is the one to tell
                if error is None:
                    raise

        with machine_errors(), ExitStack() as afterwards, engine.making(), engine.listening(listener or _nobody), stopped_by_signals(engine):
            afterwards.push(record)
            crew = hire(self.brief, self.profile, engine)
            tell_licences(crew)
            for note in self.notes:
                crew.note(note)
            made = await direct(crew)
            publish.film(self.folder, crew, made)
        seconds = time.monotonic() - began
        film = made.film
        return Vlog(
            run=self.folder.run,
            path=self.folder.film,
            report=self.folder.report,
            duration=film.duration,
            width=film.width,
            height=film.height,
            seconds=seconds,
            cost=self.index.cost(self.folder.run),
            script=made.script,
        )


@dataclass(frozen=True)
class RunView:
    """What ``personavlog show`` prints; ``rows`` hold each shot's number, place, line and the states of its keyframe, clip and voice."""

    folder: RunFolder
    title: str
    outcome: str
    message: str
    rows: tuple[tuple[str, ...], ...]
    stale: tuple[str, ...]


@machine_errors()
def begin(wish: Wish, *, profile: str = "embedded", writer: str | None = None, runs: Path = RUNS) -> Job:
    """Read and check everything that was asked for and open a run for it; ``writer`` is a chat model in place of the profile's.

    Raises ``BriefError``, ``ConsentMissing``, ``MediaError``, ``ConfigurationError`` or ``MachineError``; no run is begun then.
    """
    chosen = profiles.load(profile)
    if writer is not None:
        chosen = chosen.model_copy(update={"chat": chosen.chat.model_copy(update={"writer": writer})})
    store, index = open_store()
    brief, notes = _read(wish, store)
    check_crew(brief, chosen, store)
    folder = RunFolder(runs, new_run_id(brief.theme)).create()
    order = _Order(brief=brief, profile=chosen, notes=notes)
    write_file(folder.brief, tomli_w.dumps(order.model_dump(mode="json", exclude_none=True)).encode())
    return Job(brief, chosen, folder, store, index, notes)


def _read(wish: Wish, store: Blobs) -> tuple[Brief, tuple[str, ...]]:
    photo = intake.read_photo(wish.photo, store, face=wish.face)
    sample = intake.read_voice(wish.voice_sample, store) if wish.voice_sample else None
    brief = intake.brief_from(
        photo,
        sample,
        theme=wish.theme,
        style=wish.style,
        name=wish.name,
        language=wish.language,
        voice=wish.voice,
        aspect=wish.aspect,
        length=wish.length,
        shots=wish.shots,
        subtitles=wish.subtitles,
        seed=wish.seed,
        consent=intake.consent_for(photo, wish.i_may_use_this_likeness, voice=sample is not None),
    )
    return brief, (*photo.notes, *(sample.notes if sample else ()))


@machine_errors()
def reopen(run: str = "last", *, runs: Path = RUNS) -> Job:
    """Open a run that was begun before; raises ``RunError`` for an unknown one, ``ConfigurationError`` for a damaged ``brief.toml``."""
    job = _opened(find_run(runs, run), *open_store())
    if not job.store.has(job.brief.photo):
        raise ConfigurationError(
            f"The photo of the run {job.folder.run!r} is not in the store {str(job.store.root)!r}. "
            "Set PERSONAVLOG_HOME to the folder that it was begun with, or begin anew with: personavlog make"
        )
    return job


def _opened(folder: RunFolder, store: Blobs, index: Index) -> Job:
    try:
        order = _Order.model_validate(tomllib.loads(read_bytes(folder.brief, "brief").decode()))
    except (PersonaVlogError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"The run {folder.run!r} cannot be used: {error} Restore its brief.toml, or begin anew with: personavlog make") from error
    except ValidationError as error:
        raise ConfigurationError(f"The brief {str(folder.brief)!r} does not fit: {_wrong(error)}. Restore it, or begin anew with: personavlog make") from error
    return Job(order.brief, order.profile, folder, store, index, order.notes)


@machine_errors()
def redo(run: str, shot: int, part: str, *, take: int | None = None, runs: Path = RUNS) -> int:
    """Ask for a new take of one part of a shot (from 1), or go back to an earlier ``take``; returns the take's number.

    ``reopen`` and ``make`` then cut the film again.
    """
    job = reopen(run, runs=runs)
    if part not in _REDO:
        raise RunError(f"A shot has the parts {', '.join(_REDO)}; received {part!r}.")
    if not 1 <= shot <= job.brief.shots:
        raise RunError(f"The run {job.folder.run!r} has the shots 1 to {job.brief.shots}; received {shot}.")
    step, edits = _REDO[part].format(shot), job.index.edits
    if job.index.find_step(job.folder.run, step) is None:
        raise RunError(f"Shot {shot} has no {part} yet. Finish the film first with: personavlog resume {job.folder.run}")
    if take is None:
        return edits.new_take(job.folder.run, step)
    known = sorted({kept.number for kept in edits.takes(job.folder.run, step)})
    if take not in known:
        raise RunError(f"The {part} of shot {shot} has no take {take}. Its takes: {', '.join(map(str, known)) or 'none yet'}.")
    edits.choose_take(job.folder.run, step, take)
    return take


@machine_errors()
def replace_script(run: str, file: Path, *, runs: Path = RUNS) -> bool:
    """Pin a hand-edited script; False if it says what the run's script says already.

    Raises ``BriefError`` for a file that cannot be read, ``ConfigurationError`` naming what does not fit, ``RunError`` before the run has a script.
    """
    job = reopen(run, runs=runs)
    try:
        script = Script.model_validate_json(read_bytes(file, "script"))
    except ValidationError as error:
        raise ConfigurationError(f"The script {str(file)!r} does not fit, so nothing was changed: {_wrong(error)}.") from error
    if job.index.find_step(job.folder.run, SCRIPT) is None:
        raise RunError(f"The run {job.folder.run!r} has no script yet. Finish it first with: personavlog resume {job.folder.run}")
    if len(script.boards) != job.brief.shots:
        raise ConfigurationError(
            f"The script has {len(script.boards)} shots, the run has {job.brief.shots}. Keep their number, or make a new vlog with --shots."
        )
    if publish.current_script(job.index, job.folder.run) == script:
        return False
    job.index.edits.pin(job.folder.run, SCRIPT, script)
    return True


@dataclass(frozen=True)
class Checked:
    """What ``check_judge`` found; ``file`` holds every single trial."""

    report: Report
    file: Path


@machine_errors()
def check_judge(
    run: str = "last", *, stranger: Path | None = None, loop: bool = True, seed: int = 0, runs: Path = RUNS, heard: Heard = lambda *_: None
) -> Checked:
    """Plant known defects in the keyframes and clips of a finished run and ask its profile's quality agents about them, blind.

    ``stranger`` is a photo of somebody else; ``loop`` also runs the feedback loop on what was found, by both rules. An interrupted check goes on where it
    stopped. Raises ``RunError`` for a run without a film, ``BriefError`` for a stranger's photo that cannot be used.
    """
    job = reopen(run, runs=runs)
    films = read_record(job.folder).of_kind("film")
    if not films:
        raise RunError(f"The run {job.folder.run!r} has no film yet. Finish it first with: personavlog resume {job.folder.run}")
    other = None if stranger is None else intake.read_photo(stranger, job.store).image
    crew = hire(job.brief, job.profile, Engine(job.store, job.index, job.folder.run, limits(job.profile)))
    made = Made.model_validate(films[-1].data["made"])
    sheet = Sheet(job.folder.path / "judge.jsonl", conditions(crew, made, other, seed, loop=loop))
    report = anyio.run(partial(check, crew, made, sheet, stranger=other, seed=seed, loop=loop, heard=heard))
    file = job.folder.path / "judge.json"
    rows = {"planted": report.rows, "all": [report.all], "untouched": report.alarms}
    table = {name: [row.as_json() for row in these] for name, these in rows.items()}
    write_file(file, json.dumps({"table": table, "trials": [asdict(verdict) for verdict in report.verdicts]}, indent=1).encode())
    return Checked(report, file)


@machine_errors()
def measure_clips(
    place: Path,
    target: Path,
    *,
    names: tuple[str, ...] = ("raft",),
    weights_files: Mapping[str, Path] | None = None,
    compat: bool = False,
    device: str = "cpu",
    heard: Callable[[Row], None] = lambda row: None,
) -> list[Row]:
    """Measure a clip or a folder of clips with the published measures' networks; ``target`` gets one line of JSON per clip and is gone on with.

    ``names`` are networks of ``published.loading.PARTS``; ``compat`` repeats VBench's quirks. Raises ``MissingExtra`` without the extra ``[metrics]``.
    """
    require()
    from personavlog.metrics.published import folder, loading

    return folder.measure_all(place, loading.networks(names, weights_files, device), target, compat=compat, heard=heard)


def _wrong(error: ValidationError) -> str:
    return "; ".join(f"{'.'.join(map(str, problem['loc'])) or 'the file'}: {problem['msg']}" for problem in error.errors()[:5])


@machine_errors()
def inspect(run: str = "last", *, runs: Path = RUNS) -> RunView:
    """Where a run stands."""
    return _view(_opened(find_run(runs, run), *open_store()))


def _view(job: Job) -> RunView:
    script = publish.current_script(job.index, job.folder.run)
    steps = {row.name: row for row in job.index.steps(job.folder.run)}
    rows = tuple(_row(script, steps, shot) for shot in range(1, job.brief.shots + 1))
    stale = tuple(f"{row.name} was made before a change of {row.message or 'its inputs'}; it is still used." for row in steps.values() if row.stale)
    return RunView(job.folder, script.story.title if script else job.brief.theme, *_outcome(job), rows, stale)


def _outcome(job: Job) -> tuple[str, str]:
    """How the latest making ended, in words, and an error's text."""
    events = job.index.events(job.folder.run)
    if not events:
        return ("finished", "") if job.folder.film.is_file() else ("not begun", "")
    outcome, message, _ = ending(events)
    if outcome != "running":
        return {"done": "finished", "cancelled": "stopped"}.get(outcome, outcome), message
    try:
        with alone(lock_of(job.index, job.folder.run), "run"):
            return "interrupted", ""
    except RunError:
        return "being made", ""


@machine_errors()
def summaries(runs: Path = RUNS) -> tuple[tuple[str, str, str], ...]:
    """Id, outcome and title of every run of a folder, oldest first; a damaged run is listed as such."""
    names = list_runs(runs)
    store, index = open_store()
    return tuple(_summary(RunFolder(runs, name), store, index) for name in names)


def _summary(folder: RunFolder, store: Blobs, index: Index) -> tuple[str, str, str]:
    try:
        view = _view(_opened(folder, store, index))
    except ConfigurationError:
        return folder.run, "damaged", "its brief.toml cannot be read"
    return folder.run, view.outcome, view.title


def styles() -> tuple[tuple[str, str], ...]:
    """Names and descriptions of the embedded styles."""
    from personavlog_embedded.style.styles import STYLES

    return tuple((style.name, style.description) for style in STYLES.values())


def voices() -> tuple[tuple[str, str], ...]:
    """Names and languages of the embedded voices."""
    from personavlog_embedded.speech.voices import VOICES

    return tuple((name, voice.language) for name, voice in VOICES.items())


def make(
    photo: str | Path,
    theme: str,
    style: str,
    *,
    i_may_use_this_likeness: bool = False,
    profile: str = "embedded",
    writer: str | None = None,
    runs: str | Path = RUNS,
    listener: Listener | None = None,
    **wishes: object,
) -> Vlog:
    """Make a vlog: the five-line way. ``wishes`` are the other fields of ``Wish``."""
    wish = Wish(Path(photo), theme, style, i_may_use_this_likeness, **wishes)  # type: ignore[arg-type]
    return begin(wish, profile=profile, writer=writer, runs=Path(runs)).make(listener)


def _row(script: Script | None, steps: dict[str, StepRow], shot: int) -> tuple[str, ...]:
    place, line = (script.boards[shot - 1].place, script.monologues[shot - 1].text) if script else ("", "")
    return (str(shot), place, line, *(_state(steps.get(_REDO[part].format(shot))) for part in _REDO))


def _state(row: StepRow | None) -> str:
    if row is None:
        return "not made"
    state = _STATES.get(row.status, row.status)
    return f"{state}, take {row.take}" if row.take else state


def _nobody(event: Event) -> None:
    """Nobody listens."""
