"""What stands in a draft twice: texts near in meaning or sharing a run of words, and hours that go back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from personavlog.metrics.text import relevance
from personavlog.script import TimeOfDay
from personavlog_embedded.writing.reviewing.findings import Wrong
from personavlog_embedded.writing.reviewing.words import content, sentences, without

ALIKE = {"en": 0.62, "zh": 0.75}
"""Relevance from which two beats or lines say the same. Of 300 pairs of beats in 20 films none reaches it (99 in 100
stay under 0.52); of ten paraphrases written by hand eight do."""
RUN = {"en": 4, "zh": 6}
"""So many words (in Chinese characters) in a row that come again in another line are a repetition."""
_TIMES = list(TimeOfDay)


def repeated(texts: Sequence[str], kind: str, language: str, subject: str, *, heard: bool = False) -> Wrong:
    """Texts that say again what an earlier one said; of two the later one is sent back.

    The words of the ``subject`` may come again and again; of ``heard`` texts no run of other words may.
    """
    bare = [without(text, content(subject)) for text in texts]
    near = relevance(bare, bare)
    own = _runs(without(subject, content(subject)), language)
    said = [_runs(text, language) - own if heard else frozenset() for text in bare]
    wrong = {}
    for later in range(1, len(bare)):
        for earlier in range(later):
            if near[later, earlier] >= ALIKE[language] or said[later] & said[earlier]:
                wrong[f"{kind} {later + 1}"] = (f"It says what {kind} {earlier + 1} says.", "Do and say something new.")
                break
    return wrong


def backwards(times: Sequence[TimeOfDay | None], kind: str) -> Wrong:
    """Parts that play earlier in the day than one before them."""
    latest, wrong = -1, {}
    for number, time in enumerate(times, 1):
        if time is not None and _TIMES.index(time) < latest:
            wrong[f"{kind} {number}"] = (
                f"It is {time.value} after {_TIMES[latest].value}.",
                "Let the day only move forward.",
            )
        latest = max(latest, _TIMES.index(time)) if time else latest
    return wrong


def _runs(text: str, language: str) -> frozenset[str]:
    """All runs of ``RUN`` words, and whole short sentences: what a listener would hear twice."""
    units = re.findall(r"[\w'’]+", text.lower()) if language == "en" else [one for one in text if one.isalnum()]
    size = RUN[language]
    runs = (" ".join(units[n : n + size]) for n in range(len(units) - size + 1))
    whole = (one.strip(" .!?。！？…") for one in sentences(text))
    return frozenset((*runs, *(one for one in whole if len(one) > 3)))
