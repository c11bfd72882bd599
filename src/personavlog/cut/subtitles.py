"""Subtitles from the spoken lines: cues, and the ASS, SRT and VTT texts that pysubs2 writes from them."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

import pysubs2

from personavlog.cut.timeline import Segment, Timeline
from personavlog.frozen import Frozen

FONT = "Noto Sans SC"
LATIN_CUE = 64
"""Characters of Latin text in one cue: two lines of 32, what can be read in the time it is spoken."""
WIDE_CUE = 26
"""The same for Chinese, Japanese and Korean characters."""
_BREAK = re.compile(r"(?<=[.!?;:,，。！？；：、…—])\s*")


class Cue(Frozen):
    """One subtitle, ``start`` and ``end`` in seconds of the film."""

    start: float
    end: float
    text: str


def cues(timeline: Timeline) -> tuple[Cue, ...]:
    """Every line cut into readable pieces, each shown as long as its share of the characters is spoken."""
    result: list[Cue] = []
    for (start, end), shot in zip(timeline.line_times(), timeline.shots, strict=True):
        pieces = split(shot.line)
        if not pieces or end <= start:
            continue
        per_character = (end - start) / sum(map(len, pieces))
        for piece in pieces:
            result.append(Cue(start=start, end=start + len(piece) * per_character, text=piece))
            start += len(piece) * per_character
    return tuple(result)


def split(line: str) -> list[str]:
    """A line in pieces of at most ``LATIN_CUE`` (``WIDE_CUE``) characters, broken after punctuation where possible,
    else between words."""
    text = readable(line)
    limit = WIDE_CUE if any(is_wide(c) for c in text) else LATIN_CUE
    atoms = [word for phrase in _BREAK.split(text) for word in _words(phrase, limit)]
    pieces: list[str] = []
    for atom in atoms:
        joint = "" if is_wide(atom[0]) or (pieces and is_wide(pieces[-1][-1])) else " "
        if pieces and len(pieces[-1]) + len(joint) + len(atom) <= limit and not _full(pieces[-1], limit):
            pieces[-1] += joint + atom
        else:
            pieces.append(atom)
    return pieces


def _full(piece: str, limit: int) -> bool:
    return len(piece) > limit / 2 and piece[-1] in ".!?。！？…"


def _words(phrase: str, limit: int) -> list[str]:
    if len(phrase) <= limit:
        return [phrase] if phrase else []
    if any(is_wide(c) for c in phrase):
        return [phrase[i : i + limit] for i in range(0, len(phrase), limit)]
    halves = phrase.split(" ")
    if len(halves) == 1:
        return [phrase[i : i + limit] for i in range(0, len(phrase), limit)]
    middle = len(halves) // 2
    return [*_words(" ".join(halves[:middle]), limit), *_words(" ".join(halves[middle:]), limit)]


def is_wide(character: str) -> bool:
    """Whether a character takes the width of a Chinese one."""
    return unicodedata.east_asian_width(character) in "WF"


def readable(line: str) -> str:
    """The line without what a subtitle font cannot show or ASS would read as markup: emoji and symbols, braces,
    backslashes."""
    kept = (
        c
        for c in line
        if unicodedata.category(c) not in ("So", "Cs", "Co", "Cn", "Sk", "Cc", "Cf") and not 0xFE00 <= ord(c) <= 0xFE0F
    )
    return " ".join("".join(kept).replace("{", "(").replace("}", ")").replace("\\", "/").split())


def write(shown: tuple[Cue, ...], form: Literal["srt", "vtt"]) -> str:
    """The cues as a subtitle file's text."""
    return str(_file(shown).to_string(form))


def burn_script(timeline: Timeline, segment: Segment, shown: tuple[Cue, ...]) -> str | None:
    """The ASS text of the cues that one segment shows, in its own time; None when it shows none."""
    begin, end = segment.start / timeline.fps, (segment.start + segment.frames) / timeline.fps
    parts = (
        Cue(start=max(cue.start - begin, 0), end=min(cue.end, end) - begin, text=cue.text)
        for cue in shown
        if cue.start < end and cue.end > begin
    )
    inside = tuple(part for part in parts if _hundredths(part.start) < _hundredths(part.end))
    if not inside:
        return None
    script = _file(inside)
    script.info |= {
        "PlayResX": str(timeline.width),
        "PlayResY": str(timeline.height),
        "WrapStyle": "0",
        "ScaledBorderAndShadow": "yes",
    }
    script.styles["Default"] = _style(timeline)
    return str(script.to_string("ass"))


def _hundredths(seconds: float) -> int:
    """A time as ASS counts it; a cue that begins and ends in the same hundredth would be an empty event."""
    return (round(seconds * 1000) + 5) // 10


def _file(shown: tuple[Cue, ...]) -> pysubs2.SSAFile:
    script = pysubs2.SSAFile()
    for cue in shown:
        event = pysubs2.SSAEvent(start=round(cue.start * 1000), end=round(cue.end * 1000))
        event.plaintext = cue.text
        script.append(event)
    return script


def _style(timeline: Timeline) -> pysubs2.SSAStyle:
    short = min(timeline.width, timeline.height)
    tall = timeline.height > timeline.width
    return pysubs2.SSAStyle(
        fontname=FONT,
        fontsize=round(short * (0.074 if tall else 0.068)),
        primarycolor=pysubs2.Color(255, 255, 255, 0),
        outlinecolor=pysubs2.Color(20, 20, 28, 40),
        backcolor=pysubs2.Color(0, 0, 0, 120),
        outline=short / 300,
        shadow=short / 600,
        alignment=pysubs2.Alignment.BOTTOM_CENTER,
        marginl=round(timeline.width * 0.08),
        marginr=round(timeline.width * 0.08),
        marginv=round(timeline.height * (0.14 if tall else 0.06)),
    )
