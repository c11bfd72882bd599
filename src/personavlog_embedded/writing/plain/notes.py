"""What a reviewer wants done again, by the part's number: "beat 3", "monologue 2"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from personavlog.backbones.reviews import Change


def targets(notes: Sequence[Change], *kinds: str) -> Mapping[int, Sequence[Change]]:
    """The notes for parts of these kinds, by the part's number from 0."""
    named = re.compile(rf"\b(?:{'|'.join(kinds)})s?\s*#?(\d+)", re.IGNORECASE)
    found: dict[int, list[Change]] = {}
    for note in notes:
        for number in named.findall(note.target):
            if int(number) > 0:
                found.setdefault(int(number) - 1, []).append(note)
    return found
