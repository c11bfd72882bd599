"""What is known of hosted chat models without asking them: what they take, and until when they are served
(``chat_models.toml``)."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pydantic import Field, TypeAdapter

from personavlog.backbones.chat_settings import ChatSettings
from personavlog.backbones.records import End
from personavlog.frozen import Frozen

_SAME = {"google-gla": "google"}
"""Prefixes that mean the same provider."""
_OF_A_DAY = re.compile(r"-20\d\d-\d\d-\d\d$")
"""A snapshot lives no longer than its model."""


class ChatModel(Frozen):
    """``pictures`` and ``video``: can be sent to it; ``thinks``: before it answers, which is billed as part of the
    answer; ``max_tokens`` its longest answer; ``read`` the day on which this was read."""

    pictures: bool = True
    video: bool = False
    thinks: bool = True
    max_tokens: int | None = Field(default=None, gt=0)
    end: End | None = None
    read: datetime.date


_TABLE = TypeAdapter(dict[str, ChatModel])


@cache
def table() -> Mapping[str, ChatModel]:
    """Every model, by "<prefix>:<model>"."""
    text = files("personavlog.backbones").joinpath("chat_models.toml").read_text(encoding="utf-8")
    return _TABLE.validate_python(tomllib.loads(text))


def chat_record(name: str, settings: ChatSettings) -> ChatModel | None:
    """What is known of a profile's model; None for one that the table does not know, and for any at an address of the
    user's own, whatever it is called there."""
    prefix, _, model = name.partition(":")
    return None if settings.base_url else table().get(f"{_SAME.get(prefix, prefix)}:{_OF_A_DAY.sub('', model)}")
