"""Subtitles from the spoken lines: cues, and the ASS, SRT and VTT texts that pysubs2 writes from them."""

from __future__ import annotations

import unicodedata
from typing import Literal

import pysubs2

from personavlog.cut.font import ESTIMATED, NAME, Font
from personavlog.cut.pieces import Room, lines, split
from personavlog.cut.timeline import Segment, Timeline
from personavlog.frozen import Frozen

SIDE_MARGIN = 0.08
"""Share of the picture's width that stays free at each side."""
_ESCAPED = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))


_UNREADABLE = frozenset(("So", "Cs", "Co", "Cn", "Sk", "Cc", "Cf"))


class Cue(Frozen):
    """One subtitle of one or two ``lines``, ``start`` and ``end`` in seconds of the film."""

    start: float
    end: float
    lines: tuple[str, ...]


def cues(timeline: Timeline, font: Font = ESTIMATED) -> tuple[Cue, ...]:
    """Every line cut into readable pieces, each shown as long as its share of the characters is spoken.

    Characters that ``font`` has not are left out.
    """
    room, result = room_of(timeline, font), []
    for (start, end), shot in zip(timeline.line_times(), timeline.shots, strict=True):
        pieces = split(readable(shot.line, font), room)
        if not pieces or end <= start:
            continue
        per_character = (end - start) / sum(map(len, pieces))
        for piece in pieces:
            until = start + len(piece) * per_character
            result.append(Cue(start=start, end=until, lines=lines(piece, room)))
            start = until
    return tuple(result)


def room_of(timeline: Timeline, font: Font) -> Room:
    """The space between the margins of a film's picture."""
    return Room(timeline.width * (1 - 2 * SIDE_MARGIN) / (_size(timeline) / font.height), font)


def unshown(timeline: Timeline, font: Font) -> tuple[str, ...]:
    """The characters of the lines that the font has not, each once, in order."""
    text = "".join(readable(shot.line) for shot in timeline.shots)
    return tuple(dict.fromkeys(one for one in _characters(text) if not _shown(one, font)))


def readable(line: str, font: Font = ESTIMATED) -> str:
    """The line without what a subtitle cannot show or ASS would read as markup: emoji and symbols, braces,
    backslashes, and what is not in the font; white space is single."""
    kept = "".join(c for c in line if unicodedata.category(c) not in _UNREADABLE and not 0xFE00 <= ord(c) <= 0xFE0F)
    plain = kept.replace("{", "(").replace("}", ")").replace("\\", "/")
    return " ".join("".join(one for one in _characters(plain) if _shown(one, font)).split())


def _characters(text: str) -> list[str]:
    """The text's characters, each with the marks that stand on it."""
    found: list[str] = []
    for character in text:
        if found and unicodedata.category(character).startswith("M"):
            found[-1] += character
        else:
            found.append(character)
    return found


def _shown(character: str, font: Font) -> bool:
    """Whether the font has a character and all marks that stand on it."""
    return character.isspace() or all(map(font.shows, character))


def write(shown: tuple[Cue, ...], form: Literal["srt", "vtt"]) -> str:
    """The cues as a subtitle file's text."""
    script = pysubs2.SSAFile()
    for cue in shown:
        text = "\n".join(cue.lines)
        for character, escaped in _ESCAPED if form == "vtt" else ():  # https://www.w3.org/TR/webvtt1, section 4.2.2
            text = text.replace(character, escaped)
        script.append(_event(cue.start, cue.end, text))
    return str(script.to_string(form))


def burn_script(timeline: Timeline, segment: Segment, shown: tuple[Cue, ...], font: Font = ESTIMATED) -> str | None:
    """The ASS text of the cues that one segment shows, in its own time; None when it shows none.

    Lines are broken where the cues say and nowhere else; one that is too wide for the picture is made smaller.
    """
    begin, end = segment.start / timeline.fps, (segment.start + segment.frames) / timeline.fps
    inside = [cue for cue in shown if _hundredths(max(cue.start - begin, 0)) < _hundredths(min(cue.end, end) - begin)]
    if not inside:
        return None
    script = _script(timeline)
    for cue in inside:
        event = _event(max(cue.start - begin, 0), min(cue.end, end) - begin, "\n".join(cue.lines))
        share = room_of(timeline, font).size(cue.lines)
        if share < 1:
            event.text = f"{{\\fs{int(_size(timeline) * share)}}}{event.text}"
        script.append(event)
    return str(script.to_string("ass"))


def _hundredths(seconds: float) -> int:
    """A time as ASS counts it; a cue that begins and ends in the same hundredth would be an empty event."""
    return (round(seconds * 1000) + 5) // 10


def _script(timeline: Timeline) -> pysubs2.SSAFile:
    script = pysubs2.SSAFile()
    script.info |= {
        "PlayResX": str(timeline.width),
        "PlayResY": str(timeline.height),
        "WrapStyle": "2",  # lines end where we say
        "ScaledBorderAndShadow": "yes",
    }
    script.styles["Default"] = _style(timeline)
    return script


def _event(start: float, end: float, text: str) -> pysubs2.SSAEvent:
    event = pysubs2.SSAEvent(start=round(start * 1000), end=round(end * 1000))
    event.plaintext = text
    return event


def _size(timeline: Timeline) -> int:
    """The subtitles' size in px of the picture, as the ASS format counts it."""
    return round(min(timeline.width, timeline.height) * (0.074 if timeline.height > timeline.width else 0.068))


def _style(timeline: Timeline) -> pysubs2.SSAStyle:
    short = min(timeline.width, timeline.height)
    tall = timeline.height > timeline.width
    margin = round(timeline.width * SIDE_MARGIN)
    return pysubs2.SSAStyle(
        fontname=NAME,
        fontsize=_size(timeline),
        primarycolor=pysubs2.Color(255, 255, 255, 0),
        outlinecolor=pysubs2.Color(20, 20, 28, 40),
        backcolor=pysubs2.Color(0, 0, 0, 120),
        outline=short / 300,
        shadow=short / 600,
        alignment=pysubs2.Alignment.BOTTOM_CENTER,
        marginl=margin,
        marginr=margin,
        marginv=round(timeline.height * (0.14 if tall else 0.06)),
    )
