"""The tracks of the music packs, measured once (``tools/measure_music.py``)."""

from __future__ import annotations

import functools

from pydantic import TypeAdapter

from personavlog.frozen import Frozen
from personavlog_embedded import data

TABLE = data.file("music_tracks.json")


class Track(Frozen):
    """A finished piece. ``duration`` in seconds, ``tempo`` in beats per minute, ``brightness`` in Hz, ``drive`` the
    mean onset strength, ``minor`` -1 (major) to 1; see ``music.listen.Features``.
    """

    pack: str
    file: str
    title: str
    category: str
    duration: float
    tempo: float
    brightness: float
    drive: float
    minor: float


@functools.cache
def tracks() -> tuple[Track, ...]:
    """All of them, in the table's order."""
    return TypeAdapter(tuple[Track, ...]).validate_json(TABLE.read_bytes())
