"""Subtitles as files of their own: SubRip and WebVTT.

What a player would read as markup or as the end of a cue is escaped. WebVTT has its own way (section 4.2.2 of
https://www.w3.org/TR/webvtt1); SubRip has none, so a word joiner, which is never drawn, parts what would be read as
one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from personavlog.cut.subtitles import Cue

_JOINER = "\u2060"
_SRT_MARKUP = re.compile(r"<(?=[/A-Za-z!?])|\{(?=\\|[A-Za-z]:)|\\(?=[Nnh])|--(?=>)")
_VTT_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def write(shown: Iterable[Cue], form: Literal["srt", "vtt"]) -> str:
    """The cues as a subtitle file's text."""
    blocks = [_block(number, cue, form) for number, cue in enumerate(shown, start=1)]
    return "\n".join(["WEBVTT\n", *blocks] if form == "vtt" else blocks)


def _block(number: int, cue: Cue, form: Literal["srt", "vtt"]) -> str:
    mark = "." if form == "vtt" else ","
    text = "\n".join(_vtt(line) if form == "vtt" else _srt(line) for line in cue.lines)
    return f"{number}\n{_time(cue.start, mark)} --> {_time(cue.end, mark)}\n{text}\n"


def _vtt(line: str) -> str:
    return "".join(_VTT_ESCAPED.get(character, character) for character in line)


def _srt(line: str) -> str:
    return _SRT_MARKUP.sub(lambda found: found[0] + _JOINER, line)


def _time(seconds: float, mark: str) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    minutes, second = divmod(whole, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}:{second:02}{mark}{thousandths:03}"
