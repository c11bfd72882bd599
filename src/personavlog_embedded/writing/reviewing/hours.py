"""Words that say an hour, against the hour of the shot (``data/reviewing_hours.toml``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from pydantic import Field

from personavlog.frozen import Frozen
from personavlog.script import Board, TimeOfDay
from personavlog_embedded import data


class HourWords(Frozen):
    """Words and the hours that they fit; ``spoken`` ones say the hour of the moment even in a line."""

    name: str
    says: tuple[str, ...] = Field(min_length=1)
    hours: tuple[TimeOfDay, ...] = Field(min_length=1)
    spoken: bool = False

    @property
    def pattern(self) -> re.Pattern[str]:
        """Any of its words."""
        return _pattern(self.says)


def wrong_hour(board: Board) -> str:
    """What a board's words say of an hour that is not its own; empty where nothing is wrong."""
    return _contradicts(" ; ".join((board.place, board.action, *board.props)), board.time_of_day, spoken=False)


def wrong_hour_said(line: str, hour: TimeOfDay) -> str:
    """The same of a line, which says the hour of its shot in a few turns of phrase only."""
    return _contradicts(line, hour, spoken=True)


def _contradicts(text: str, hour: TimeOfDay, *, spoken: bool) -> str:
    for row in _rows().values():
        match = row.pattern.search(text) if row.spoken or not spoken else None
        if match and hour not in row.hours:
            return f"{match[0]!r} at {hour.value}"
    return ""


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words, but not as a thing ("a good morning")."""
    told = (rf"(?<!\ba )(?<!\bthe )\b{re.escape(w)}\b" if w.isascii() else re.escape(w) for w in words)
    return re.compile("|".join(told), re.IGNORECASE)


@cache
def _rows() -> Mapping[str, HourWords]:
    return data.read_rows(HourWords, "reviewing_hours", by="name")
