"""What Python callers and the command line use: begin or reopen a run, make it, look at it, change it."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import anyio
import tomli_w
from pydantic import BaseModel, ConfigDict, ValidationError

from personavlog import intake, profiles, publish
from personavlog.brief import Aspect, Brief
from personavlog.errors import ConfigurationError, RunError
from personavlog.profiles import Profile
from personavlog.runs.blobs import Blobs
from personavlog.runs.engine import Engine
from personavlog.runs.folder import RunFolder, find_run, list_runs, new_run_id, open_store, write_file
from personavlog.runs.index import Event, Index, StepRow
from personavlog.runs.interrupt import stopped_by_signals
from personavlog.runs.record import read_record, versions
from personavlog.script import Script
from personavlog.stages.crew import hire, limits
from personavlog.stages.write import SCRIPT
from personavlog.vlog import direct

VERSION = versions()["personavlog"]
RUNS = Path("runs")
Listener = Callable[[Event], None]

_REDO = {"keyframe": "keyframe/{}/paint/0", "clip": "clip/{}/animate/0", "voice": "voice/{}"}
"""The step whose new take changes that part of a shot."""


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
        return anyio.run(self.make_async, listener)

    async def make_async(self, listener: Listener | None = None) -> Vlog:
        """``make`` for callers that have an event loop; ``listener`` gets every event of the engine, from any thread."""
        engine = Engine(self.store, self.index, self.folder.run, limits(self.profile))
        began = time.monotonic()
        try:
            with engine.making(), engine.listening(listener or _nobody), stopped_by_signals(engine):
                crew = hire(self.brief, self.profile, engine)
                for note in self.notes:
                    crew.note(note)
                made = await direct(crew)
                publish.film(self.folder, crew, made)
        finally:
            publish.record(self.folder, self.index, self.brief, self.profile, self.store, wall=time.monotonic() - began)
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
    """What ``personavlog show`` prints."""

    folder: RunFolder
    title: str
    outcome: str
    rows: tuple[tuple[str, ...], ...]
    stale: tuple[str, ...]


def begin(wish: Wish, *, profile: str = "embedded", writer: str | None = None, runs: Path = RUNS) -> Job:
    """Read and check everything that was asked for and open a run for it; ``writer`` is a chat model in place of the profile's.

    Raises ``BriefError``, ``ConsentMissing``, ``MediaError`` or ``ConfigurationError``.
    """
    chosen = profiles.load(profile)
    if writer is not None:
        chosen = chosen.model_copy(update={"chat": chosen.chat.model_copy(update={"writer": writer})})
    store, index = open_store()
    brief, notes = _read(wish, store)
    folder = RunFolder(runs, new_run_id(brief.theme)).create()
    order = _Order(brief=brief, profile=chosen)
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


def reopen(run: str = "last", *, runs: Path = RUNS) -> Job:
    """Open a run that was begun before; raises ``RunError`` for an unknown one, ``ConfigurationError`` for a damaged ``brief.toml``."""
    folder = find_run(runs, run)
    try:
        order = _Order.model_validate(tomllib.loads(folder.brief.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        raise ConfigurationError(f"The brief {str(folder.brief)!r} cannot be used: {error}. Restore it, or begin anew with: personavlog make") from error
    store, index = open_store()
    return Job(order.brief, order.profile, folder, store, index)


def redo(run: str, shot: int, part: str, *, take: int | None = None, runs: Path = RUNS) -> int:
    """Ask for a new take of one part of a shot (from 1), or go back to an earlier ``take``; returns the take's number.

    ``reopen`` and ``make`` then cut the film again.
    """
    job = reopen(run, runs=runs)
    if part not in _REDO:
        raise RunError(f"A shot has the parts {', '.join(_REDO)}; received {part!r}.")
    if not 1 <= shot <= job.brief.shots:
        raise RunError(f"The run {job.folder.run!r} has the shots 1 to {job.brief.shots}; received {shot}.")
    step = _REDO[part].format(shot)
    if take is None:
        return job.index.edits.new_take(job.folder.run, step)
    job.index.edits.choose_take(job.folder.run, step, take)
    return take


def replace_script(run: str, file: Path, *, runs: Path = RUNS) -> bool:
    """Pin a hand-edited script; False if it says what the run's script says already. Raises ``ConfigurationError`` naming what does not fit."""
    job = reopen(run, runs=runs)
    try:
        script = Script.model_validate_json(file.read_bytes())
    except OSError as error:
        raise ConfigurationError(f"The script {str(file)!r} cannot be read: {error.strerror}.") from error
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'the file'}: {e['msg']}" for e in error.errors()[:5])
        raise ConfigurationError(f"The script {str(file)!r} does not fit, so nothing was changed: {wrong}.") from error
    if len(script.boards) != job.brief.shots:
        raise ConfigurationError(
            f"The script has {len(script.boards)} shots, the run has {job.brief.shots}. Keep their number, or make a new vlog with --shots."
        )
    if publish.current_script(job.index, job.folder.run) == script:
        return False
    job.index.edits.pin(job.folder.run, SCRIPT, script)
    return True


def inspect(run: str = "last", *, runs: Path = RUNS) -> RunView:
    """Where a run stands."""
    job = reopen(run, runs=runs)
    script = publish.current_script(job.index, job.folder.run)
    steps = {row.name: row for row in job.index.steps(job.folder.run)}
    rows = tuple(_row(script, steps, shot) for shot in range(1, job.brief.shots + 1))
    stale = tuple(f"{row.name} was made before a change of {row.message or 'its inputs'}; it is still used." for row in steps.values() if row.stale)
    outcome = read_record(job.folder).outcome if job.folder.record.is_file() else "not made yet"
    return RunView(job.folder, script.story.title if script else job.brief.theme, outcome, rows, stale)


def summaries(runs: Path = RUNS) -> tuple[str, ...]:
    """One line per run of a folder, oldest first."""
    views = (inspect(run, runs=runs) for run in list_runs(runs))
    return tuple(f"{view.folder.run}  {view.outcome}  {view.title}" for view in views)


def styles() -> tuple[tuple[str, str], ...]:
    """Names and descriptions of the embedded styles."""
    from personavlog.backbones.embedded.style import STYLES

    return tuple((style.name, style.description) for style in STYLES.values())


def voices() -> tuple[str, ...]:
    """Names of the embedded voices."""
    from personavlog.backbones.embedded.speech_voices import VOICES

    return tuple(VOICES)


def make(
    photo: str | Path,
    theme: str,
    style: str,
    *,
    i_may_use_this_likeness: bool = False,
    profile: str = "embedded",
    runs: str | Path = RUNS,
    listener: Listener | None = None,
    **wishes: object,
) -> Vlog:
    """Make a vlog: the five-line way. ``wishes`` are the other fields of ``Wish``."""
    wish = Wish(Path(photo), theme, style, i_may_use_this_likeness, **wishes)  # type: ignore[arg-type]
    return begin(wish, profile=profile, runs=Path(runs)).make(listener)


def _row(script: Script | None, steps: dict[str, StepRow], shot: int) -> tuple[str, ...]:
    place, line = (script.boards[shot - 1].place, script.monologues[shot - 1].text) if script else ("", "")
    return (str(shot), place, line, *(_state(steps.get(_REDO[part].format(shot))) for part in _REDO))


def _state(row: StepRow | None) -> str:
    if row is None:
        return "not made"
    return f"{row.status}, take {row.take}" if row.take else row.status


def _nobody(event: Event) -> None:
    """Nobody listens."""
