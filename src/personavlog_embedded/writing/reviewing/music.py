"""The review of a music description (Eq. 5)."""

from __future__ import annotations

from personavlog.backbones.tasks import MusicTask
from personavlog.script import MusicDescription
from personavlog_embedded.writing.reviewing.findings import Findings

FASTEST = 140
"""Beats per minute over which speech is hard to follow."""


def review_music(draft: MusicDescription, task: MusicTask, found: Findings) -> None:
    """Marks the music; all changes go to "music"."""
    moods = {board.emotion.value for board in task.boards}
    shared = moods & {emotion.lower() for emotion in draft.emotions}
    wanted = f"Use {', '.join(sorted(moods))}."
    foreign = {} if shared else {"music": ("None of the boards' emotions is in it.", wanted)}
    found.judge("fits emotions", foreign, 1, "emotions shared with the boards")
    unnamed = {} if draft.style else {"music": ("It has no style.", "Name one.")}
    found.judge("fits theme", unnamed, 1, "a style is named")
    fast = f"Stay under {FASTEST} beats per minute."
    loud = {"music": ("Too fast to speak over.", fast)} if draft.tempo > FASTEST else {}
    found.judge("under speech", loud, 1, f"{draft.tempo} beats per minute")
