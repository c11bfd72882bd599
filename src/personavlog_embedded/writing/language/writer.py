"""The writers that use the small language model, one function per writer pair (Eq. 1 to 5)."""

from __future__ import annotations

from personavlog_embedded.writing.language.boards import write_boards
from personavlog_embedded.writing.language.model import MODEL, LanguageModel, language_model
from personavlog_embedded.writing.language.monologues import write_monologues
from personavlog_embedded.writing.language.music import write_music
from personavlog_embedded.writing.language.story import write_story
from personavlog_embedded.writing.language.videos import write_videos

VERSION = f"2-{MODEL}"
"""Counts changes of prompts and rules; part of the cache keys."""

__all__ = [
    "VERSION",
    "LanguageModel",
    "language_model",
    "write_boards",
    "write_monologues",
    "write_music",
    "write_story",
    "write_videos",
]
