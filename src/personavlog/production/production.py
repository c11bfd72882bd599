"""Who makes a film, and what every stage may ask for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from personavlog.agents.edit import EditAgent
from personavlog.agents.script import AgentModels
from personavlog.backbones.chat_booking import Booking, booked_in
from personavlog.backbones.findings import ImageQuality, VideoQuality
from personavlog.backbones.receipts import Delivered
from personavlog.backbones.registry import MediaRole
from personavlog.backbones.retrying import RetryPolicy
from personavlog.backbones.roles import Estimate, ImageEdit, ImageToVideo, Music, Speech
from personavlog.backbones.tools import Tools
from personavlog.brief import Brief
from personavlog.errors import BackboneError, BadMediaError, RefusedError
from personavlog.feedback.measures import Measures
from personavlog.production import seeds
from personavlog.production.calls import Account, Call, answered
from personavlog.production.length import film_length
from personavlog.profiles import Profile
from personavlog.runs.blobs import Blobs
from personavlog.runs.engine import Engine, StepRun
from personavlog.runs.keys import Input
from personavlog.runs.ledger import NO_CAP, Cap
from personavlog.runs.remote_jobs import StepJob
from personavlog.script import Script
from personavlog.sound.slots import LEAD_IN, Slot
from personavlog.steps import SCRIPT, Part, StepName

VERSION = 2
"""Of how work is asked for; part of every key."""

T = TypeVar("T", bound=BaseModel)


ResultT = TypeVar("ResultT", bound=Delivered)
PATIENT = RetryPolicy()


@dataclass(frozen=True)
class Production:
    """A film's backbones, agents and measures, and the engine that its steps go through."""

    brief: Brief
    profile: Profile
    engine: Engine
    image: ImageEdit
    video: ImageToVideo
    music: Music
    speech: Speech
    agents: AgentModels
    image_quality: ImageQuality
    edit_agent: EditAgent
    video_quality: VideoQuality
    measures: Measures
    cap: Cap = NO_CAP
    policy: RetryPolicy = PATIENT

    @cached_property
    def pinned_script(self) -> Script | None:
        """The script that a person put in the agents' place, None where nobody did."""
        text = self.engine.index.edits.pinned(self.engine.run, str(SCRIPT))
        try:
            return None if text is None else Script.model_validate_json(text)
        except ValidationError:
            return None  # the step that it is pinned to says what is wrong with it

    @property
    def shots(self) -> int:
        """How many shots the film has: a person's script may have more or fewer than the brief."""
        return self.brief.shots if self.pinned_script is None else len(self.pinned_script.boards)

    @cached_property
    def ids(self) -> tuple[int, ...]:
        """Each shot's own number, in the film's order: names and seeds go by it, so that a shot stays what it is when
        others are added, removed or moved."""
        order = self.engine.index.edits.order(self.engine.run)
        return order if order is not None and len(order) == self.shots else tuple(range(1, self.shots + 1))

    @property
    def length(self) -> float:
        """Seconds that the film is to last (``film_length``)."""
        return film_length(self.brief, self.shots, self.crossfade)

    def place(self, number: int) -> int:
        """Where the shot with this number stands in the film, from 1, as people count."""
        return self.ids.index(number) + 1

    def is_pinned(self, part: StepName) -> bool:
        """Whether a person put something in this part's place."""
        return self.engine.index.edits.pinned(self.engine.run, str(part)) is not None

    async def own(self, part: StepName, returns: type[T]) -> T | None:
        """What a person put in this part's place; None where nobody did. Nothing is asked of a backbone then."""
        if not self.is_pinned(part):
            return None

        async def pinned() -> T:
            raise AssertionError("the engine returns what is pinned")

        found = await self.think(part, pinned, uses="keep", fingerprint="", returns=returns)
        self.finished(part)
        return found

    def made_before(self, step: StepName, returns: type[T]) -> tuple[T, ...]:
        """What the run has of this step: what stands first, then the newest; nothing that is of another form."""
        index, run = self.engine.index, self.engine.run
        if index.find_step(run, str(step)) is None:
            return ()
        found = []
        for take in sorted(index.edits.takes(run, str(step)), key=lambda one: (one.stands, one.at), reverse=True):
            with suppress(ValidationError):
                found.append(returns.model_validate_json(take.result))
        return tuple(found)

    @property
    def crossfade(self) -> float:
        """Seconds of a crossfade."""
        return self.profile.crossfade / self.video.capabilities.fps

    @property
    def seconds_per_line(self) -> float:
        """How long the line of one shot may be, in seconds: what a shot of equal length leaves for it."""
        longest = self.video.capabilities.durations.bounds[1]
        shot = min((self.length + (self.shots - 1) * self.crossfade) / self.shots, longest)
        return Slot(shot, max(LEAD_IN, self.crossfade), self.crossfade).room

    @property
    def blobs(self) -> Blobs:
        """The store of all media."""
        return self.engine.store

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the film in px."""
        return self.profile.film_size(self.brief.aspect)

    def take_of(self, step: StepName) -> int:
        """Which take of a step is wanted, 0 first."""
        return self.engine.take_of(str(step)) or 0

    def seed(self, part: Part, *, shot: int = 0, attempt: int = 0, take: int = 0) -> int:
        """The seed of a call (``seeds.seed``)."""
        return seeds.seed(self.brief.seed, part, shot=shot, attempt=attempt, take=take)

    async def call(
        self,
        step: StepName,
        role: MediaRole,
        send: Callable[[Tools], Awaitable[ResultT]],
        *,
        request: BaseModel,
        estimate: Estimate,
        check: Callable[[ResultT], None],
        returns: type[ResultT],
        softer: Callable[[Tools], Awaitable[ResultT]] | None = None,
    ) -> ResultT:
        """One step whose work is one call of a media backbone, with all that a call needs; what was refused is asked
        for once as ``softer``."""
        choice = self.profile.backbones[role]

        async def work(run: StepRun) -> ResultT:
            job = StepJob(self.engine.index.jobs, run.key)
            progress = self.engine.progress(run.name)
            tools = Tools(self.blobs, progress, job, lambda: self.engine.cancelled)
            account = Account(
                self.engine.index.ledger, self.cap, self.engine.run, run.name, choice.backbone, run.answered, job
            )
            asked = partial(answered, account=account, policy=self.policy, on_retry=self._on_retry(step))

            def checked(made: ResultT) -> None:
                try:
                    check(made)
                except BadMediaError:
                    job.finish()  # asked again, it would deliver the same
                    raise

            try:
                return await asked(Call(estimate, lambda: send(tools), checked))
            except RefusedError as error:
                if softer is None:
                    raise
                self.note(f"{error} It is asked for once more in neutral words.")
                job.finish()
            return await asked(Call(estimate, lambda: softer(tools), checked))

        return await self.engine.step(
            str(step),
            work,
            version=VERSION,
            fingerprint=getattr(self, role).fingerprint,
            uses=(role, f"device {choice.device}") if choice.device else role,
            inputs={"request": request},
            returns=returns,
        )

    async def think(
        self,
        step: StepName,
        work: Callable[[], Awaitable[T]],
        *,
        uses: str,
        fingerprint: str,
        returns: type[T],
        **inputs: Input,
    ) -> T:
        """One step whose work is asking an agent, measuring, or keeping something."""

        async def alone(run: StepRun) -> T:
            with booked_in(self._booking(step, run)):
                return await work()

        return await self.engine.step(
            str(step), alone, version=VERSION, fingerprint=fingerprint, uses=uses, inputs=inputs, returns=returns
        )

    def _booking(self, step: StepName, run: StepRun) -> Booking:
        engine = self.engine
        return Booking(
            engine.index.ledger,
            self.cap,
            engine.run,
            run.name,
            self.policy,
            self._on_retry(step),
            self.note,
            run.answered,
        )

    def note(self, text: str) -> None:
        """Emit a sentence for the user, shown now and kept in the record."""
        self.engine.emit("note", text=text)

    def finished(self, part: StepName) -> None:
        """Emit that a part of the film is final."""
        self.engine.emit("finished", name=str(part))

    def _on_retry(self, step: StepName) -> Callable[[BackboneError, float], None]:
        def heard(error: BackboneError, wait: float) -> None:
            self.engine.emit("retry", name=str(step), error=f"{type(error).__name__}: {error}", wait=wait)

        return heard
