"""The measuring reviewers: one per writer pair, whoever wrote. Every mark is a number that can be computed again.

They know no writer (a contract of import-linter): the theme is read by a stemmer and tables of their own, and beats and
sentences are compared with stored films of other themes. A draft is approved when no change is wanted.
"""

from __future__ import annotations

from pydantic import BaseModel

from personavlog.backbones.drafts import Monologues, Storyboards, VideoDescriptions
from personavlog.backbones.reviews import RUBRIC, Review
from personavlog.backbones.tasks import MonoTask, MusicTask, SegTask, StoryTask, Task, VideoTask
from personavlog.errors import BackboneError
from personavlog.script import MusicDescription, StoryDraft
from personavlog_embedded.writing.reviewing.boards import review_boards
from personavlog_embedded.writing.reviewing.findings import Findings
from personavlog_embedded.writing.reviewing.lines import review_lines
from personavlog_embedded.writing.reviewing.music import review_music
from personavlog_embedded.writing.reviewing.story import review_story
from personavlog_embedded.writing.reviewing.videos import review_videos


def review(role: str, draft: BaseModel, context: Task) -> Review:
    """The review of one pair's draft. ``role`` is the pair's name; raises ``BackboneError`` for a draft that is not
    this pair's."""
    found = Findings()
    match draft, context:
        case StoryDraft(), StoryTask():
            review_story(draft, context, found)
        case Storyboards(), SegTask():
            review_boards(draft.boards, context, found)
        case VideoDescriptions(), VideoTask():
            review_videos(draft, context, found)
        case Monologues(), MonoTask():
            review_lines([line.text for line in draft.monologues], context, found)
        case MusicDescription(), MusicTask():
            review_music(draft, context, found)
        case _:
            raise BackboneError(
                f"The measuring reviewer of {role!r} cannot read a {type(draft).__name__}. Review it with the "
                "pair that wrote it."
            )
    return _verdict(found, context)


def _verdict(found: Findings, context: Task) -> Review:
    """Approved without changes. Otherwise earlier wishes are said again: writers begin from their first draft and know
    the last notes only."""
    scores = tuple(found.scores[criterion] for criterion in RUBRIC[context.pair])
    if not found.changes:
        return Review(approved=True, scores=scores)
    return Review(approved=False, scores=scores, changes=tuple((*context.notes, *found.changes)[-30:]))
