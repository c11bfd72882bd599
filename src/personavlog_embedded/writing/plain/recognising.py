"""Which step stands behind an event or an action: the theme's own possible sentences, looked up word for word."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from personavlog_embedded.writing.plain.activities import Activity, Step
from personavlog_embedded.writing.plain.choice import plain_frames, ranked
from personavlog_embedded.writing.plain.company import without
from personavlog_embedded.writing.plain.film import every_step
from personavlog_embedded.writing.plain.grounds import film_spots
from personavlog_embedded.writing.plain.sentences import board_values, fill, needs
from personavlog_embedded.writing.plain.theme import Theme

FRAMES = 12
"""A film's frames are among so many of the best."""

Known = Mapping[str, tuple[Activity, Step, str]]


def recognise(text: str, theme: Theme) -> tuple[Activity, Step, str] | None:
    """The frame, step and tool of a sentence that the writer wrote for this theme; None for a person's own words."""
    known = _sentences(theme)
    return known.get(_key(text)) or known.get(_key(without(text.strip(), theme)))


def _key(text: str) -> str:
    return text.strip().rstrip(".").lower()


@lru_cache(maxsize=16)
def _sentences(theme: Theme) -> Known:
    frames = [*(frame for frame, _ in ranked(theme)[:FRAMES]), *plain_frames(theme)]
    own = tuple(tool.english for tool in theme.tools[:1])
    found: dict[str, tuple[Activity, Step, str]] = {}
    for frame, step in every_step(frames, theme):
        for tool in own or frame.tools:
            for text in _filled(theme, frame, step, tool):
                found.setdefault(_key(text), (frame, step, tool))
    return found


def _filled(theme: Theme, frame: Activity, step: Step, tool: str) -> set[str]:
    spots = film_spots(theme, frame, 0)
    if "place" in "".join(needs(step.do)).lower():
        spots = tuple(dict.fromkeys(spot for turn in range(6) for spot in film_spots(theme, frame, turn)))
    else:
        spots = spots[:1]
    texts = set()
    for spot in spots:
        values = board_values(theme, frame, tool, spot)
        alone = {slot: text for slot, text in values.items() if slot not in ("c", "C")}
        texts |= {fill(step.do, one) for one in (values, alone) if needs(step.do) <= one.keys()}
    return texts
