"""A film that can be made: begun from what a user asks for, or opened again."""

from __future__ import annotations

import asyncio
import datetime
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import overload

import anyio
import anyio.to_thread

from personavlog import intake, profiles, publish
from personavlog.brief import Aspect
from personavlog.errors import ConfigurationError, CostLimitError, PersonaVlogError
from personavlog.estimate.film import estimate_film
from personavlog.estimate.numbers import FilmEstimate
from personavlog.notes import Note, NoteKind
from personavlog.options import Options, read
from personavlog.own.folder import take_over
from personavlog.production import lifetimes
from personavlog.production.building import build_production, check_profile, limits, open_backbones, record_licences
from personavlog.production.production import Production
from personavlog.runs import RUNS
from personavlog.runs.engine import Engine, Listener
from personavlog.runs.folder import RunFolder, new_run_id, open_store
from personavlog.runs.index import Event
from personavlog.runs.interrupt import stopped_by_signals
from personavlog.runs.ledger import NO_CAP, Cap, Totals
from personavlog.runs.machine import machine_errors
from personavlog.runs.record import entries_of
from personavlog.saved import OpenRun, SavedBrief, find, read_brief, write_brief
from personavlog.script import Script
from personavlog.steps import Until
from personavlog.vlog import direct, prepare


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
class Draft:
    """A film that was made up to ``until``; ``seconds`` of making, ``cost`` so far. ``Job.make`` goes on from there."""

    run: str
    until: Until
    folder: Path
    seconds: float
    cost: Totals
    script: Script


@dataclass(frozen=True)
class Job(OpenRun):
    """A run that can be made, now or again; ``estimate`` is there where the run was begun just now."""

    cap: Cap = NO_CAP
    estimate: FilmEstimate | None = None

    @overload
    def make(self, on_event: Listener | None = None, *, until: None = None) -> Vlog: ...
    @overload
    def make(self, on_event: Listener | None = None, *, until: Until | str) -> Draft: ...
    def make(self, on_event: Listener | None = None, *, until: Until | str | None = None) -> Vlog | Draft:
        """Make the film and write the run folder, or begin nothing that comes after ``until`` ("script", "pictures" or
        "clips"); Ctrl-C stops it with everything finished kept."""
        making = partial(self._make, on_event, _until(until))
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return anyio.run(making)
        with ThreadPoolExecutor(1) as beside:  # a notebook runs a loop of its own, and a thread may have only one
            return beside.submit(anyio.run, making).result()

    async def make_async(self, on_event: Listener | None = None) -> Vlog:
        """``make`` for callers that have an event loop; ``on_event`` gets every event of the engine, from any
        thread."""
        made = await self._make(on_event, None)
        assert isinstance(made, Vlog), "nothing was left out"
        return made

    def said(self) -> tuple[Note, ...]:
        """The notes of the run's last making."""
        entries = entries_of(self.index.events(self.folder.run))
        return tuple(Note.of(entry.data) for entry in entries if entry.kind == "note")

    async def _make(self, on_event: Listener | None, until: Until | None) -> Vlog | Draft:
        intake.check_consent(self.brief)
        _need_prices(self.estimate, self.cap, until)
        engine = Engine(self.store, self.index, self.folder.run, limits(self.profile))
        began = time.monotonic()
        with (
            machine_errors(),
            ExitStack() as afterwards,
            engine.making(),
            engine.listening(on_event or _ignored),
            stopped_by_signals(engine),
        ):
            afterwards.push(partial(self._record, engine, began))
            if self.estimate is not None:
                engine.emit("estimate", estimate=self.estimate)
            _tell(engine, NoteKind.FILM, take_over(self))
            _tell(engine, NoteKind.PART, self.notes)
            _tell(engine, NoteKind.SERVICE, lifetimes.notes(self.profile, _today()))
            production = build_production(self.brief, self.profile, engine, self.cap)
            record_licences(production)
            engine.emit("shots", numbers=list(production.ids))
            if until is None:
                return await self._film(production, began)
            return await self._draft(production, until, began)

    async def _film(self, production: Production, began: float) -> Vlog:
        async with open_backbones(production):
            made = await direct(production)
        await anyio.to_thread.run_sync(publish.film, self.folder, production, made)
        return Vlog(
            run=self.folder.run,
            path=self.folder.film,
            report=self.folder.report,
            duration=made.film.duration,
            width=made.film.width,
            height=made.film.height,
            seconds=time.monotonic() - began,
            cost=self.index.ledger.totals(self.folder.run),
            script=made.script,
        )

    async def _draft(self, production: Production, until: Until, began: float) -> Draft:
        async with open_backbones(production):
            parts = await prepare(production, until)
        await anyio.to_thread.run_sync(publish.parts, self.folder, production, parts)
        production.engine.emit("until", until=until.value)
        return Draft(
            run=self.folder.run,
            until=until,
            folder=self.folder.path,
            seconds=time.monotonic() - began,
            cost=self.index.ledger.totals(self.folder.run),
            script=parts.script,
        )

    def _record(self, engine: Engine, began: float, kind: object, error: object, trace: object) -> None:
        try:
            notes = publish.record(
                self.folder, self.index, self.brief, self.profile, self.store, wall=time.monotonic() - began
            )
        except PersonaVlogError:
            if error is None:  # on a full disk the record cannot be written either; the first error is the one to tell
                raise
        else:
            _tell(engine, NoteKind.FILM, notes)


def _tell(engine: Engine, kind: NoteKind, sentences: Iterable[str]) -> None:
    for sentence in sentences:
        engine.emit("note", **Note(text=sentence, about=kind).model_dump(mode="json"))


@machine_errors()
def begin(
    options: Options,
    *,
    profile: str | profiles.Profile = profiles.DEFAULT,
    writer: str | None = None,
    runs: Path = RUNS,
    cap: Cap = NO_CAP,
) -> Job:
    """Read and check everything that was asked for and open a run for it; ``profile`` is a name, a path or a profile
    that was loaded, ``writer`` a chat model in place of the profile's, ``cap`` the most that the run may cost.

    Raises ``BriefError``, ``ConsentError``, ``MediaError``, ``ConfigurationError`` or ``MachineError``; no run is begun
    then.
    """
    chosen = profiles.load(profile) if isinstance(profile, str) else profile
    if writer is not None:
        chosen = chosen.model_copy(update={"chat": chosen.chat.model_copy(update={"writer": writer})})
    store, index = open_store()
    asked = read(options, store)
    check_profile(asked.brief, chosen, store)
    folder = RunFolder(runs, new_run_id(asked.brief.theme)).create()
    index.begun.add(folder.run, runs, asked.handed_over)
    write_brief(folder, SavedBrief(brief=asked.brief, profile=chosen, notes=asked.notes))
    return Job(asked.brief, chosen, folder, store, index, asked.notes, cap, estimate_film(asked.brief, chosen))


@machine_errors()
def reopen(run: str = "last", *, runs: Path = RUNS, cap: Cap = NO_CAP) -> Job:
    """Open a run that was begun before ("last": the one that was begun last); raises ``RunError`` for an unknown one,
    ``ConfigurationError`` for a damaged ``brief.toml``."""
    folder, store, index = find(run, runs)
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
    return Job(saved.brief, saved.profile, folder, store, index, saved.notes, cap)


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
    voice_transcript: str | None = None,
    aspect: Aspect = Aspect.WIDE,
    length: float = 30.0,
    shots: int | None = None,
    subtitles: str = "burned",
    seed: int = 0,
    profile: str = profiles.DEFAULT,
    writer: str | None = None,
    runs: str | Path = RUNS,
    cap: Cap = NO_CAP,
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
        voice_transcript=voice_transcript,
        aspect=aspect,
        length=length,
        shots=shots,
        subtitles=subtitles,
        seed=seed,
    )
    return begin(options, profile=profile, writer=writer, runs=Path(runs), cap=cap).make(on_event)


def _until(until: Until | str | None) -> Until | None:
    try:
        return None if until is None else Until(until)
    except ValueError as error:
        fitting = ", ".join(repr(one.value) for one in Until)
        raise ConfigurationError(f"A film can be made until {fitting}; received {until!r}.") from error


def _need_prices(estimate: FilmEstimate | None, cap: Cap, until: Until | None) -> None:
    """Raise ``CostLimitError`` where a whole film is wanted under a cap that cannot hold it, before anything of it is
    paid for; the ledger holds every single call besides."""
    if estimate is None or until is not None or cap.most is None or cap.unknown:
        return
    if estimate.without_price:
        raise CostLimitError(
            f"The price of a part of this film is unknown ({', '.join(estimate.without_price)}), so it cannot be held "
            f"under the cap of ${cap.most:.2f}. Nothing was sent. Allow it with --allow-unknown-prices, or choose a "
            "profile whose prices are known; personavlog plan says which are."
        )


def _today() -> datetime.date:
    return datetime.datetime.now(datetime.UTC).date()


def _ignored(event: Event) -> None:
    """Ignore the event."""
