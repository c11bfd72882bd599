"""The pictures of styles and the spoken sentences of voices that lie in ``static/``; ``tools/studio_samples.py`` makes
them."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


def style_sample(style: str) -> str:
    """The file of a style's picture."""
    return f"style-{_plain(style)}.webp"


def voice_sample(voice: str) -> str:
    """The file of a voice's sentence."""
    return f"voice-{_plain(voice)}.mp3"


def shown(name: str) -> str:
    """The address of a sample; "" where there is none, as of a style or voice of another package."""
    return f"/static/{name}" if name in _there() else ""


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


@cache
def _there() -> frozenset[str]:
    return frozenset(one.name for one in (files("personavlog.studio") / "static").iterdir())
