"""A whole film whose models all stand behind a server: python -m tests.core.served_film HOME ADDRESS."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.core.doubles import Film
from tests.core.protocol_calls import DURATIONS

IMAGE = {"sizes": {"multiple": 16}}
VIDEO = {"durations": {**DURATIONS, "shortest": 1.0}, "sizes": {"multiple": 16}}


def film(home: Path, address: str, *, inspected: bool = False) -> Film:
    """The film of this home; every call costs a dollar. ``inspected``: its pictures and clips are looked at by the
    quality agents, which answer by their schema and not by a tool."""
    server = {"model": "m", "price": 1.0, "endpoints": [{"url": f"{address}/v1"}]}
    settings = {
        "image": {**server, "can": IMAGE},
        "video": {**server, "can": VIDEO, "every": 0.1},
        "music": server,
        "speech": {**server, "voice": "alloy"},
    }
    media = {role: {"backbone": "openai", "at_once": 2, "settings": chosen} for role, chosen in settings.items()}
    chat = {
        "writer": "openai:m",
        "image_quality": "openai:m",
        "video_quality": "openai:m",
        "base_url": f"{address}/v1",
        "at_once": 4,
        "output": "native" if inspected else "tool",
    }
    feedback = {"keyframe_corrections": int(inspected), "clip_corrections": int(inspected)}
    return Film(home, changes={**media, "chat": chat, "feedback": feedback})


if __name__ == "__main__":
    film(Path(sys.argv[1]), sys.argv[2]).make()
