"""The writer that uses the small language model: it plans what is done where and says the lines; everything else is the
plain writer's.

Nothing passes from one call to the next but the typed draft: a resumed run, in which the model would answer the same
question otherwise, writes its lines for the boards that the record holds.
"""

from __future__ import annotations

from personavlog_embedded.writing.language.boards import write_boards
from personavlog_embedded.writing.language.lines import write_monologues
from personavlog_embedded.writing.language.model import MODEL
from personavlog_embedded.writing.language.story import write_story
from personavlog_embedded.writing.plain.writer import VERSION as PLAIN
from personavlog_embedded.writing.plain.writer import write_music, write_videos

VERSION = f"2-{MODEL}-plain-{PLAIN}"
"""Counts changes of prompts and rules; part of the cache keys."""

__all__ = ["VERSION", "write_boards", "write_monologues", "write_music", "write_story", "write_videos"]
