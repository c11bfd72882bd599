"""What a call of a backbone cost and who served it; part of every result, so that the record can say it."""

from __future__ import annotations

from pydantic import Field

from personavlog.frozen import Frozen


class Receipt(Frozen):
    """``money`` in US dollars, None where the price is unknown (never 0 then); ``model`` is the id that the server says
    it used; ``seconds`` what the server says it took; ``request`` its id for this call, to quote in a complaint."""

    money: float | None = Field(default=None, ge=0)
    model: str = Field(default="", max_length=200)
    seconds: float | None = Field(default=None, ge=0)
    request: str = Field(default="", max_length=200)


FREE = Receipt(money=0.0)
"""A model on this machine."""


class Delivered(Frozen):
    """Base of every backbone's result."""

    receipt: Receipt = Receipt()
