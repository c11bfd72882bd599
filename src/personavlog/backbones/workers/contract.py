"""Our side of the worker contract (docs/workers.md): who is there, and one sound at a time from the least busy."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

import anyio
from pydantic import BaseModel, Field, ValidationError

from personavlog.backbones.capabilities import SoundCapabilities
from personavlog.backbones.remote import Endpoint, Server
from personavlog.backbones.remote_answers import Answer
from personavlog.backbones.tools import Tools
from personavlog.errors import BackboneError, Cancelled, ConfigurationError, TimedOutError, UnavailableError

CONTRACT = 1
PROVIDER = "worker"
EVERY = 1.0
"""Seconds between two looks at a job's progress; a stopped run is noticed as often."""
MOST_SOUND, MOST_CARD = 256 * 2**20, 64 * 2**10
CAN = ("clones", "seed", "describes")
START = "Start it with: personavlog worker NAME (docs/workers.md)."

Role = Literal["speech", "music"]


class Card(BaseModel):
    """The answer to ``GET /v1/worker``; what is not known of it is left alone."""

    contract: int
    worker: str = Field(max_length=60)
    version: str = Field(max_length=60)
    role: str = Field(max_length=60)
    model: str = Field(max_length=100)
    licence: str = Field(default="", max_length=100)
    capabilities: Mapping[str, Any] = {}
    ready: bool


@dataclass
class _Place:
    server: Server
    turns: anyio.Semaphore
    asked: int = 0
    failed: int = 0

    @property
    def host(self) -> str:
        return urlsplit(self.server.endpoint.url).netloc


class Workers:
    """The workers that serve one model; each makes one sound at a time, and the least busy is asked."""

    def __init__(self, endpoints: Sequence[Endpoint], role: Role, model: str) -> None:
        self._all = [_Place(Server(one, PROVIDER), anyio.Semaphore(one.at_once)) for one in endpoints]
        self._places = self._all
        self._role, self._model = role, model
        self.card: Card | None = None

    async def open(self, needed: SoundCapabilities, loading: float) -> None:
        """See who is there, and wait ``loading`` seconds for a model to be loaded; whoever does not answer is left out
        while others do.

        Raises ``ConfigurationError`` for another contract, role or model or for one that can less than ``needed``,
        ``UnavailableError`` where nobody answers, ``TimedOutError`` where no model gets loaded.
        """
        there: list[_Place] = []
        lost: BackboneError | None = None
        self.card = None
        for place in self._all:
            try:
                card = await self._introduced(place, loading)
            except (UnavailableError, TimedOutError) as error:
                lost = error
                continue
            self._check(card, place.host, needed)
            there.append(place)
        if not there:
            assert lost is not None
            raise lost
        self._places = there

    async def make(self, request: Mapping[str, Any], tools: Tools, sample: bytes | None = None) -> Answer:
        """A WAV file for ``request``; ``sample`` is a voice as WAV. Tells progress; a run that is stopped hangs up,
        which stops the worker. Raises as ``Server.ask`` does."""
        place = min(self._places, key=lambda one: (one.failed, one.asked))
        files = {"request": ("request.json", json.dumps(request).encode(), "application/json")}
        if sample is not None:
            files["sample"] = ("sample.wav", sample, "audio/wav")
        place.asked += 1
        try:
            async with place.turns:
                answer = await self._followed(place, files, tools)
            place.failed = 0
            return answer
        except (UnavailableError, TimedOutError) as error:
            place.failed += 1
            if isinstance(error, UnavailableError) and error.status is None:  # nobody answered
                raise UnavailableError(f"{error} {START}", provider=PROVIDER) from error
            raise
        finally:
            place.asked -= 1

    async def _introduced(self, place: _Place, loading: float) -> Card:
        until = anyio.current_time() + loading
        while True:
            try:
                answer = await place.server.ask("GET", "/v1/worker", most=MOST_CARD)
            except UnavailableError as error:
                raise UnavailableError(f"{error} {START}", provider=PROVIDER) from error
            card = self._read(answer, place.host)
            if card.ready or card.contract != CONTRACT or card.role != self._role:
                return card
            if anyio.current_time() > until:
                raise TimedOutError(
                    f"The worker at {place.host} did not load its model within {loading:g} s. Look at its output, or "
                    "raise 'loading' in the profile.",
                    provider=PROVIDER,
                )
            await anyio.sleep(EVERY)

    def _read(self, answer: Answer, host: str) -> Card:
        try:
            return Card.model_validate(answer.json())
        except (ValidationError, UnavailableError) as error:
            raise ConfigurationError(
                f"What listens at {host} is no worker: it has no fitting answer to /v1/worker. Check the address in "
                "the profile."
            ) from error

    def _check(self, card: Card, host: str, needed: SoundCapabilities) -> None:
        who = f"The worker {card.worker!r} at {host}"
        if card.contract != CONTRACT:
            raise ConfigurationError(
                f"{who} speaks version {card.contract} of the worker contract, this PersonaVlog speaks {CONTRACT}. "
                "Start it with the 'personavlog worker' of this installation."
            )
        if card.role != self._role:
            raise ConfigurationError(f"{who} makes {card.role}, not {self._role}. Check its address in the profile.")
        if card.model != self._model:
            raise ConfigurationError(
                f"{who} has loaded {card.model!r}, the profile names {self._model!r}. Start it with that model, or "
                f"write model = {card.model!r}."
            )
        missing = lacking(card.capabilities, needed)
        if missing:
            raise ConfigurationError(f"{who} cannot do what is expected of {self._model!r}: {', '.join(missing)}.")
        if self.card is not None and (self.card.worker, self.card.version) != (card.worker, card.version):
            raise ConfigurationError(f"{who} is of version {card.version!r}, others are not. Start all anew.")
        self.card = card

    async def _followed(self, place: _Place, files: Mapping[str, Any], tools: Tools) -> Answer:
        name, path = uuid.uuid4().hex, f"/v1/{self._role}"
        came: list[Answer | BackboneError] = []
        stopped: list[Cancelled] = []

        async def follow() -> None:
            while True:
                await anyio.sleep(EVERY)
                share = await _share(place.server, name)
                try:
                    tools.progress(share)
                except Cancelled as stop:
                    stopped.append(stop)
                    group.cancel_scope.cancel()
                    return

        async with anyio.create_task_group() as group:
            group.start_soon(follow)
            try:
                came.append(await place.server.ask("POST", path, files=files, headers={"X-Job": name}, most=MOST_SOUND))
            except BackboneError as error:
                came.append(error)
            group.cancel_scope.cancel()
        if stopped:
            raise stopped[0]
        if isinstance(came[0], BackboneError):
            raise came[0]
        return came[0]


async def _share(server: Server, name: str) -> float:
    """How much of a job is done; 0 where nobody says it, since the job's own answer tells what is wrong."""
    try:
        said = (await server.ask("GET", f"/v1/jobs/{name}", most=MOST_CARD)).json()
        return min(max(float(said["progress"]), 0.0), 1.0)
    except (BackboneError, KeyError, TypeError, ValueError):
        return 0.0


def lacking(said: Mapping[str, Any], needed: SoundCapabilities) -> list[str]:
    """What a worker says it cannot do and the table says it can, by name."""
    missing = [name for name in CAN if getattr(needed, name) and said.get(name) is not True]
    languages = said.get("languages")
    spoken = languages if isinstance(languages, list) else []
    return missing + [f"language {one!r}" for one in needed.languages if one not in spoken]
