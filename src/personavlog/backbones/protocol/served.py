"""What the four roles share: the servers, what is sent with every request, and what a call cost."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from typing import Any

import anyio
from pydantic import BaseModel

from personavlog.backbones import records
from personavlog.backbones.listing import Listing, listed
from personavlog.backbones.protocol.dialects import dialect
from personavlog.backbones.protocol.endpoints import Endpoints, Place
from personavlog.backbones.protocol.settings import ServerSettings
from personavlog.backbones.receipts import Receipt
from personavlog.backbones.records import Unit
from personavlog.backbones.registry import MediaRole
from personavlog.backbones.remote_answers import Answer
from personavlog.backbones.roles import Estimate
from personavlog.errors import (
    BackboneError,
    ConfigurationError,
    PersonaVlogError,
    RateLimitedError,
    TimedOutError,
    UnavailableError,
)

PASSING = (UnavailableError, TimedOutError, RateLimitedError)
"""Failures of a server that say nothing about the request."""
Amounts = Mapping[Unit, float]


class Served:
    """A model behind servers; ``remarks`` are what the user should know once it is open."""

    def __init__(self, role: MediaRole, settings: ServerSettings) -> None:
        self.settings, self.model = settings, settings.model
        self.dialect = dialect(settings.server, role)
        self.endpoints = Endpoints.of(settings.endpoints, settings.model)
        self.fingerprint = settings.fingerprint(role)
        self.remarks: tuple[str, ...] = ()
        self._role = role
        self._delivered: Counter[str] = Counter()

    async def open(self) -> None:
        """Look at every server: whether it answers, knows the key and serves the model.

        A server that cannot be reached now is no reason to stop: what is made already needs none. Raises
        ``ConfigurationError`` where the model is not served, ``BackboneError`` where the key is not taken.
        """
        wrong: list[PersonaVlogError] = []
        async with anyio.create_task_group() as group:
            for place in self.endpoints.places:
                group.start_soon(self._examine, place, wrong)
        if wrong:
            raise wrong[0]

    async def aclose(self) -> None:
        """Nothing to give back: no connection is kept."""

    async def _examine(self, place: Place, wrong: list[PersonaVlogError]) -> None:
        try:
            self._compare(place, await listed(place.server))
        except PASSING as error:
            place.failed(error)
            self._remark(f"A server of {self.model!r} is not there now: {error}")
        except ConfigurationError as error:
            wrong.append(error)
        except BackboneError as error:
            if error.status in (401, 403):  # others say only that it lists no models
                wrong.append(error)

    def _compare(self, place: Place, found: Listing) -> None:
        if found.models and self.model not in found.models:
            if self.settings.server == "openai":  # what is listed depends on the account
                self._remark(f"The server at {place.address} does not list {self.model!r}; it may refuse it.")
                return
            served = ", ".join(repr(name) for name in sorted(found.models)[:8])
            raise ConfigurationError(
                f"The server at {place.address} does not serve {self.model!r}. It serves: {served}. Set model in the "
                f"profile's [{self._role}]."
            )
        if end := found.models.get(self.model):
            self._remark(f"The server at {place.address} says that {self.model!r} is served until {end}.")

    def _remark(self, sentence: str) -> None:
        if sentence not in self.remarks:
            self.remarks = (*self.remarks, sentence)

    def fields(self, **said: object) -> dict[str, Any]:
        """The fields of ``Dialect`` under the server's names, and the user's own; None is not sent."""
        settings = self.settings
        own = {"steps": settings.steps, "guidance": settings.guidance, **said}
        whole = {"model": settings.model, **self.dialect.named(own), **self.dialect.fixed, **settings.extra}
        return {name: value for name, value in whole.items() if name not in settings.leave_out}

    def key(self, request: BaseModel, part: int = 0) -> dict[str, str]:
        """The header by which a server knows a request that it has answered: the same after a crash, another once its
        answer came (a damaged one is asked for again)."""
        digest = self._digest(request, part)
        return {"Idempotency-Key": f"{digest}-{self._delivered[digest]}"}

    def delivered(self, request: BaseModel, part: int = 0) -> None:
        """Say that a request was answered."""
        self._delivered[self._digest(request, part)] += 1

    def _digest(self, request: BaseModel, part: int) -> str:
        text = f"{self.fingerprint}/{part}/{request.model_dump_json()}"
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    def estimated(self, amounts: Amounts) -> Estimate:
        """What a call will take and cost, by the profile or the table."""
        record, price = self.settings.record, self.settings.price
        seconds = record.seconds[1] if record and record.seconds else 0.0
        if price is not None:
            money = price * amounts.get("call", 1)
            return Estimate(seconds=seconds, low=money, high=money)
        low, high = records.cost(record.prices if record else (), amounts) or (None, None)
        return Estimate(seconds=seconds, low=low, high=high)

    def receipt(self, amounts: Amounts, *answers: Answer) -> Receipt:
        """What the answers cost; those that the server had given before cost nothing."""
        again = bool(answers) and all("idempotency-replayed" in answer.headers for answer in answers)
        request = answers[-1].headers.get("x-request-id", "") if answers else ""
        return Receipt(money=0.0 if again else self.estimated(amounts).high, model=self.model, request=request[:200])
