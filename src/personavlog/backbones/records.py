"""What is known of a model without asking it, as data: what it can do, its licence, what it costs, what it needs of the
machine, and until when it is served.

Each family of backbones has one table, ``models.toml`` beside its code; a row is a ``ModelRecord``. A model that no
table knows is used as the user's profile describes it, and its price is unknown.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import Field, HttpUrl, TypeAdapter, model_validator

from personavlog.backbones import registry
from personavlog.backbones.capabilities import ImageCapabilities, Licence, SoundCapabilities, VideoCapabilities
from personavlog.backbones.receipts import Receipt
from personavlog.backbones.registry import MediaRole
from personavlog.errors import ConfigurationError
from personavlog.frozen import Frozen

FAMILIES = ("local", "protocol", "google", "jobs", "workers")
Unit = Literal["call", "picture", "megapixel", "second", "minute", "character", "input token", "output token"]


class Price(Frozen):
    """``low`` to ``high`` US dollars a ``unit``; ``source`` is the page that says so, read on ``date``."""

    unit: Unit
    low: float = Field(ge=0)
    high: float = Field(ge=0)
    source: HttpUrl
    date: datetime.date


class End(Frozen):
    """From ``date`` on the model is not served (None: limited already, the end is not announced); ``instead`` is what
    its maker names in its place."""

    date: datetime.date | None = None
    note: str = ""
    instead: str = ""
    source: HttpUrl

    def sentence(self, model: str, today: datetime.date) -> str:
        """What a user should know of it on this day."""
        if self.date is None:
            when = f"{model} is served to some only, and not for long"
        elif self.date <= today:
            when = f"{model} was served until {self.date}"
        else:
            days = (self.date - today).days
            when = f"{model} is served until {self.date}, {days} day{'s' if days > 1 else ''} from now"
        instead = f" Its maker names {self.instead} in its place." if self.instead else ""
        return f"{when}.{f' {self.note}' if self.note else ''}{instead}"


class Needs(Frozen):
    """Of the machine, in GiB: ``disk`` for the weights, ``gpu`` with everything on the GPU, ``gpu_offloaded`` at the
    least, with offload."""

    disk: float = Field(default=0.0, ge=0)
    gpu: float = Field(default=0.0, ge=0)
    gpu_offloaded: float = Field(default=0.0, ge=0)


class ModelRecord(Frozen):
    """One model; of ``image``, ``video`` and ``sound`` only the one of its role is there, none for a chat model.

    ``prices`` are all that one call is billed for; none: unknown. ``seconds`` is what one call takes, low and high. The
    licence is said once: what the model can do carries it too.
    """

    licence: Licence
    image: ImageCapabilities | None = None
    video: VideoCapabilities | None = None
    sound: SoundCapabilities | None = None
    prices: tuple[Price, ...] = ()
    seconds: tuple[float, float] | None = None
    end: End | None = None
    needs: Needs = Needs()
    source: str = ""

    @model_validator(mode="before")
    @classmethod
    def _one_licence(cls, value: Any) -> Any:
        if not isinstance(value, Mapping) or "licence" not in value:
            return value
        abilities = {role: value[role] for role in ("image", "video", "sound") if isinstance(value.get(role), Mapping)}
        return {**value, **{role: {"licence": value["licence"], **can} for role, can in abilities.items()}}


_TABLE = TypeAdapter(dict[str, ModelRecord])


@cache
def table(family: str) -> Mapping[str, ModelRecord]:
    """Every model that the table of a family knows, by name."""
    path = files(f"personavlog.backbones.{family}").joinpath("models.toml")
    return _TABLE.validate_python(tomllib.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def record_of(role: MediaRole, backbone: str, settings: Mapping[str, Any]) -> ModelRecord | None:
    """What the tables know of a profile's choice: by the name that it is ``known_as``, its ``model``, or what it is
    ``like``; None for a model that no table knows and a backbone of another package."""
    family = family_of(role, backbone)
    if family is None:
        return None
    wanted = [str(settings[name]) for name in ("known_as", "model", "like") if settings.get(name)] or [backbone]
    names = [name for one in wanted for name in (one, f"{backbone}:{one}", f"{backbone}/{one}")]
    return next((table(family)[name] for name in names if name in table(family)), None)


def family_of(role: MediaRole, backbone: str) -> str | None:
    """Which of our families a backbone is of, by where its entry point lies; None for all others."""
    point = registry.published(role, backbone)
    place = "personavlog.backbones."
    module = "" if point is None else point.value.partition(":")[0]
    family = module.removeprefix(place).partition(".")[0] if module.startswith(place) else ""
    return family if family in FAMILIES else None


def record(family: str, model: str) -> ModelRecord:
    """One model's; raises ``ConfigurationError`` naming those that there are."""
    known = table(family)
    if model not in known:
        raise ConfigurationError(f"No model {model!r} is known. Known: {', '.join(sorted(known)) or 'none'}.")
    return known[model]


def cost(prices: Iterable[Price], amounts: Mapping[Unit, float]) -> tuple[float, float] | None:
    """Low and high US dollars for ``amounts`` of units; None where there is no price, or a unit's amount is not
    said."""
    rows = tuple(prices)
    if not rows or any(row.unit not in amounts for row in rows):
        return None
    return sum(row.low * amounts[row.unit] for row in rows), sum(row.high * amounts[row.unit] for row in rows)


def receipt(prices: Iterable[Price], amounts: Mapping[Unit, float], *, model: str = "", request: str = "") -> Receipt:
    """What a call cost by the table: its high price, since nobody else says it; None where it is unknown."""
    bounds = cost(prices, amounts)
    return Receipt(money=None if bounds is None else bounds[1], model=model[:200], request=request[:200])
