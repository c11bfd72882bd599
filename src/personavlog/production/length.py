"""How long a film is to last."""

from __future__ import annotations

from personavlog.brief import Brief


def film_length(brief: Brief, shots: int, crossfade: float) -> float:
    """Seconds of a film of ``shots`` shots: as the brief says; where a person added or removed some, so much more or
    less that the others keep their time, and with it their clips. ``crossfade`` in seconds."""
    if shots == brief.shots:
        return brief.length
    each = (brief.length + (brief.shots - 1) * crossfade) / brief.shots
    return shots * each - (shots - 1) * crossfade
