"""A film that can be made: begun from what a user asks for, or opened again."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import anyio

from personavlog import intake, profiles, publish
from personavlog.brief import Aspect, Brief
from personavlog.errors import ConfigurationError, PersonaVlogError
from personavlog.production.building import build_production, check_profile, limits, open_backbones, record_licences
from personavlog.profiles import Profile
from personavlog.runs.blobs import Blobs
from personavlog.runs.engine import Engine, Listener
from personavlog.runs.folder import RUNS, RunFolder, find_run, machine_errors, new_run_id, open_store
from personavlog.runs.index import Event, Index
from personavlog.runs.interrupt import stopped_by_signals
from personavlog.runs.ledger import NO_CAP, Cap, Totals
from personavlog.saved import SavedBrief, read_brief, write_brief
from personavlog.script import Script
from personavlog.vlog import direct


@dataclass(frozen=True)
class Options:
    """What a user asks for, before anything of it was read; the fields are those of ``personavlog make``, ``length`` in
    seconds."""

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
    """A finished vlog; ``duration`` and ``seconds`` (of making) in seconds, ``cost`` what it cost so far."""

    run: str
    path: Path
    report: Path
    duration: float
    width: int
    height: int
    seconds: float
    cost: Totals
    script: Script


@dataclass(frozen=True)
class Job:
    """A run that can be made, now or again."""

    brief: Brief
    profile: Profile
    folder: RunFolder
    store: Blobs
    index: Index
    notes: tuple[str, ...] = ()
    cap: Cap = NO_CAP

    def make(self, on_event: Listener | None = None) -> Vlog:
        """Make the film and write the run folder; Ctrl-C stops it with everything finished kept."""
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return anyio.run(self.make_async, on_event)
        with ThreadPoolExecutor(1) as beside:  # a notebook runs a loop of its own, and a thread may have only one
            return beside.submit(anyio.run, self.make_async, on_event).result()

    async def make_async(self, on_event: Listener | None = None) -> Vlog:
        """``make`` for callers that have an event loop; ``on_event`` gets every event of the engine, from any
        thread."""
        engine = Engine(self.store, self.index, self.folder.run, limits(self.profile))
        began = time.monotonic()

        def record(kind: object, error: object, trace: object) -> None:
            try:
                publish.record(
                    self.folder, self.index, self.brief, self.profile, self.store, wall=time.monotonic() - began
                )
            except PersonaVlogError:
                if (
                    error is None
                ):  # on a full disk the record cannot be written either; the first error is the one to tell
                    raise

        with (
            machine_errors(),
            ExitStack() as afterwards,
            engine.making(),
            engine.listening(on_event or _ignored),
            stopped_by_signals(engine),
        ):
            afterwards.push(record)
            production = build_production(self.brief, self.profile, engine, self.cap)
            record_licences(production)
            for note in self.notes:
                production.note(note)
            async with open_backbones(production):
                made = await direct(production)
            publish.film(self.folder, production, made)
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
            cost=self.index.ledger.totals(self.folder.run),
            script=made.script,
        )


@machine_errors()
def begin(options: Options, *, profile: str = profiles.DEFAULT, writer: str | None = None, runs: Path = RUNS) -> Job:
    """Read and check everything that was asked for and open a run for it; ``writer`` is a chat model in place of the
    profile's.

    Raises ``BriefError``, ``ConsentError``, ``MediaError``, ``ConfigurationError`` or ``MachineError``; no run is begun
    then.
    """
    chosen = profiles.load(profile)
    if writer is not None:
        chosen = chosen.model_copy(update={"chat": chosen.chat.model_copy(update={"writer": writer})})
    store, index = open_store()
    brief, notes = _read(options, store)
    check_profile(brief, chosen, store)
    folder = RunFolder(runs, new_run_id(brief.theme)).create()
    write_brief(folder, SavedBrief(brief=brief, profile=chosen, notes=notes))
    return Job(brief, chosen, folder, store, index, notes)


def _read(options: Options, store: Blobs) -> tuple[Brief, tuple[str, ...]]:
    photo = intake.read_photo(options.photo, store, face=options.face)
    sample = intake.read_voice(options.voice_sample, store) if options.voice_sample else None
    brief = intake.brief_from(
        photo,
        sample,
        theme=options.theme,
        style=options.style,
        name=options.name,
        language=options.language,
        voice=options.voice,
        aspect=options.aspect,
        length=options.length,
        shots=options.shots,
        subtitles=options.subtitles,
        seed=options.seed,
        consent=intake.consent_for(photo, options.i_may_use_this_likeness, voice=sample is not None),
    )
    return brief, (*photo.notes, *(sample.notes if sample else ()))


@machine_errors()
def reopen(run: str = "last", *, runs: Path = RUNS) -> Job:
    """Open a run that was begun before; raises ``RunError`` for an unknown one, ``ConfigurationError`` for a damaged
    ``brief.toml``."""
    folder = find_run(runs, run)
    store, index = open_store()
    saved = read_brief(folder)
    if store.has(saved.brief.photo) and not store.sound(saved.brief.photo):
        raise ConfigurationError(
            f"The photo of the run {folder.run!r} is damaged in the store {str(store.root)!r}, and nothing can make it "
            "again. Begin anew from the photo itself with: personavlog make"
        )
    if not store.has(saved.brief.photo):
        raise ConfigurationError(
            f"The photo of the run {folder.run!r} is not in the store {str(store.root)!r}. "
            "Set PERSONAVLOG_HOME to the folder that it was begun with, or begin anew with: personavlog make"
        )
    return Job(saved.brief, saved.profile, folder, store, index, saved.notes)


def make(
    photo: str | Path,
    theme: str,
    style: str,
    *,
    i_may_use_this_likeness: bool = False,
    face: int | None = None,
    name: str | None = None,
    language: str = "en",
    voice: str | None = None,
    voice_sample: str | Path | None = None,
    aspect: Aspect = Aspect.WIDE,
    length: float = 30.0,
    shots: int | None = None,
    subtitles: str = "burned",
    seed: int = 0,
    profile: str = profiles.DEFAULT,
    writer: str | None = None,
    runs: str | Path = RUNS,
    on_event: Listener | None = None,
) -> Vlog:
    """Make a vlog in one call: ``begin`` and ``Job.make``; the parameters are those of ``Options`` and ``begin``, and
    so are the errors."""
    options = Options(
        photo=Path(photo),
        theme=theme,
        style=style,
        i_may_use_this_likeness=i_may_use_this_likeness,
        face=face,
        name=name,
        language=language,
        voice=voice,
        voice_sample=None if voice_sample is None else Path(voice_sample),
        aspect=aspect,
        length=length,
        shots=shots,
        subtitles=subtitles,
        seed=seed,
    )
    return begin(options, profile=profile, writer=writer, runs=Path(runs)).make(on_event)


def _ignored(event: Event) -> None:
    """Ignore the event."""
