"""Every request to a chat model is reserved, sent, settled and, where one policy says so, tried again.

A model is built once for a film and asked in many steps; the step that asks is known to the task that it runs in
(``booked_in``), as pydantic-ai's requests have no place for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from pydantic_ai.messages import ModelMessage, ModelResponse
from pydantic_ai.models import ModelRequestParameters
from pydantic_ai.models.wrapper import WrapperModel
from pydantic_ai.settings import ModelSettings

from personavlog.backbones.chat_prices import high_estimate, paid
from personavlog.backbones.receipts import unbilled
from personavlog.backbones.retrying import RetryPolicy, retried
from personavlog.errors import BackboneError
from personavlog.runs.ledger import Cap, Ledger

PATIENT = RetryPolicy()


@dataclass(frozen=True)
class Booking:
    """The step in whose name requests are sent; ``on_retry`` and ``note`` are told what a user should know, and
    ``answered`` takes the entries of the ledger that are settled with the step's result."""

    ledger: Ledger
    cap: Cap
    run: str
    step: str
    policy: RetryPolicy
    on_retry: Callable[[BackboneError, float], None]
    note: Callable[[str], None]
    answered: list[int]


_now: ContextVar[Booking | None] = ContextVar("booking", default=None)


@contextmanager
def booked_in(booking: Booking) -> Iterator[None]:
    """All requests of this task, and of those that it begins, belong to this step."""
    token = _now.set(booking)
    try:
        yield
    finally:
        _now.reset(token)


def tell(text: str) -> None:
    """A sentence for the user; said nowhere outside a step."""
    if (booking := _now.get()) is not None:
        booking.note(text)


class BookedModel(WrapperModel):
    """Books each request in the ledger, failures too. Outside a step (a measurement of one's own) it only tries
    again."""

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        """The answer; raises ``CostLimitError`` before anything is sent that the cap forbids, else as the model
        does."""
        booking = _now.get()
        if booking is None:
            return await retried(
                lambda: self.wrapped.request(messages, model_settings, model_request_parameters), PATIENT
            )
        high = high_estimate(self.wrapped, messages, model_settings, model_request_parameters)

        async def once() -> ModelResponse:
            entry = booking.ledger.reserve(
                booking.run, booking.step, self._name, low=0.0 if high is not None else None, high=high, cap=booking.cap
            )
            try:
                response = await self.wrapped.request(messages, model_settings, model_request_parameters)
            except BaseException as error:
                self._settle_failure(booking, entry, error, high)
                raise
            self._settle(booking, entry, response)
            return response

        return await retried(once, booking.policy, on_retry=booking.on_retry)

    @property
    def _name(self) -> str:
        return f"{self.wrapped.system}:{self.wrapped.model_name}"

    def _settle(self, booking: Booking, entry: int, response: ModelResponse) -> None:
        booking.ledger.answered(
            entry,
            money=paid(self.wrapped, response),
            model=(response.model_name or self.wrapped.model_name)[:200],
            request=(response.provider_response_id or "")[:200],
        )
        booking.answered.append(entry)

    def _settle_failure(self, booking: Booking, entry: int, error: BaseException, high: float | None) -> None:
        """The services whose prices are known bill no answer that is an HTTP error; of another server nobody knows, and
        what broke off may have been billed."""
        failed = isinstance(error, BackboneError)
        free = high == 0 or (
            isinstance(error, BackboneError) and (unbilled(error) or (high is not None and (error.status or 0) >= 400))
        )
        booking.ledger.settle(
            entry,
            "failed" if failed else "interrupted",
            money=0.0 if free else None,
            message=str(error) if failed else type(error).__name__,
        )
