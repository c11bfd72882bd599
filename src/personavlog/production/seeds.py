"""Every seed of a film, from one function."""

from __future__ import annotations

import hashlib

from personavlog.steps import Part

LIMIT = 2**31
"""Seeds are below this: what every library takes."""


def seed(film: int, part: Part, *, shot: int = 0, attempt: int = 0, take: int = 0) -> int:
    """The seed of one call: equal arguments give equal seeds, on every machine; others are unrelated.

    ``shot`` counts from 1, 0 for what belongs to no shot; ``attempt`` is FRM's, 0 first; ``take`` is a person's.
    """
    name = f"{film}/{part.value}/{shot}/{attempt}/{take}"
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") % LIMIT
