"""What a call of a job service will cost, and what it did."""

from __future__ import annotations

from collections.abc import Mapping

from personavlog.backbones import records
from personavlog.backbones.jobs.job import Came
from personavlog.backbones.jobs.settings import Chosen
from personavlog.backbones.receipts import Receipt
from personavlog.backbones.roles import Estimate

USUAL_SECONDS = 60.0
"""For a model whose row says no time."""


def estimated(chosen: Chosen, amounts: Mapping[records.Unit, float]) -> Estimate:
    """Time and money of one call by the table; money unknown where there is no price."""
    bounds = records.cost(chosen.record.prices, amounts)
    low, high = bounds if bounds is not None else (None, None)
    return Estimate(seconds=(chosen.record.seconds or (0.0, USUAL_SECONDS))[1], low=low, high=high)


def receipt_of(chosen: Chosen, came: Came, amounts: Mapping[records.Unit, float]) -> Receipt:
    """What a call cost: as the service said, else by the table, else unknown."""
    model = came.served or chosen.model
    if came.cost is not None:
        return Receipt(money=came.cost, model=model[:200], request=came.request[:200])
    return records.receipt(chosen.record.prices, amounts, model=model, request=came.request)
