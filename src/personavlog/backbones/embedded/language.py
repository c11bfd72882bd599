"""The writers that use the small language model, one function per writer pair (Eq. 1 to 5)."""

from __future__ import annotations

from personavlog.backbones.embedded.language_boards import write_boards
from personavlog.backbones.embedded.language_model import MODEL, LanguageModel, language_model
from personavlog.backbones.embedded.language_monologues import write_monologues
from personavlog.backbones.embedded.language_music import write_music
from personavlog.backbones.embedded.language_story import write_story
from personavlog.backbones.embedded.language_videos import write_videos

VERSION = f"1-{MODEL}"
"""Counts changes of prompts and rules; part of the cache keys."""

__all__ = ["VERSION", "LanguageModel", "language_model", "write_boards", "write_monologues", "write_music", "write_story", "write_videos"]
