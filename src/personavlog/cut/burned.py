"""Subtitles for burning into the picture: the ASS text of a segment, which libass draws.

Lines are broken where the cues say and nowhere else, and every run of characters names the font that shows it, so that
none is looked for on the machine. The order of reading is libass's, found for each line from its own letters.
"""

from __future__ import annotations

import re

import pysubs2

from personavlog.cut.breaks import clusters
from personavlog.cut.font import ESTIMATED, Font
from personavlog.cut.subtitles import SIDE_MARGIN, Cue, room_of, text_size
from personavlog.cut.timeline import Segment, Timeline

_ESCAPED = {"\n": "\\N", "{": "\\{", "}": "\\}", "\\": "\\\u2060"}
"""A backslash has no escape; followed by a word joiner, which is never drawn, it begins none."""
_BY_LETTERS = -1
"""The "encoding" by which libass finds the order of reading from the text, all its runs together."""


def burn_script(timeline: Timeline, segment: Segment, shown: tuple[Cue, ...], font: Font = ESTIMATED) -> str | None:
    """The ASS text of the cues that one segment shows, in its own time; None when it shows none.

    A line that is too wide for the picture is made smaller; characters that ``font`` has not are left out.
    """
    begin, end = segment.start / timeline.fps, (segment.start + segment.frames) / timeline.fps
    script = _script(timeline, font)
    for cue in shown:
        start, until = max(cue.start - begin, 0), min(cue.end, end) - begin
        text = _text(timeline, cue, font) if _hundredths(start) < _hundredths(until) else ""
        if text:
            script.append(pysubs2.SSAEvent(start=round(start * 1000), end=round(until * 1000), text=text))
    return str(script.to_string("ass")) if script.events else None


def _text(timeline: Timeline, cue: Cue, font: Font) -> str:
    lines = tuple(line for line in (_shown(line, font) for line in cue.lines) if line)
    share = room_of(timeline, font).size(lines)
    usual, size = (font.family, f"{text_size(timeline)}"), text_size(timeline) * share / font.height
    text, now = "", usual
    for run in font.runs("\n".join(lines)):
        wanted = (run.family, f"{round(size * run.height, 2):g}")
        if wanted != now:
            text, now = text + rf"{{\fn{wanted[0]}\fs{wanted[1]}}}", wanted
        text += "".join(_ESCAPED.get(character, character) for character in run.text)
    return text


def _shown(line: str, font: Font) -> str:
    kept = "".join(one for one in clusters(line) if font.shows(one))
    return re.sub(r"  +", " ", kept).strip() if kept != line else line


def _hundredths(seconds: float) -> int:
    """A time as ASS counts it; a cue that begins and ends in the same hundredth would be an empty event."""
    return (round(seconds * 1000) + 5) // 10


def _script(timeline: Timeline, font: Font) -> pysubs2.SSAFile:
    script = pysubs2.SSAFile()
    script.info |= {
        "PlayResX": str(timeline.width),
        "PlayResY": str(timeline.height),
        "WrapStyle": "2",  # lines end where we say
        "ScaledBorderAndShadow": "yes",
    }
    script.styles["Default"] = _style(timeline, font)
    return script


def _style(timeline: Timeline, font: Font) -> pysubs2.SSAStyle:
    short = min(timeline.width, timeline.height)
    tall = timeline.height > timeline.width
    margin = round(timeline.width * SIDE_MARGIN)
    return pysubs2.SSAStyle(
        fontname=font.family,
        fontsize=text_size(timeline),
        primarycolor=pysubs2.Color(255, 255, 255, 0),
        outlinecolor=pysubs2.Color(20, 20, 28, 40),
        backcolor=pysubs2.Color(0, 0, 0, 120),
        outline=short / 300,
        shadow=short / 600,
        alignment=pysubs2.Alignment.BOTTOM_CENTER,
        marginl=margin,
        marginr=margin,
        marginv=round(timeline.height * (0.14 if tall else 0.06)),
        encoding=_BY_LETTERS,
    )
