"""A film's texts: the script that stands or, before there is one, what its writers have handed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from personavlog.runs.index import Index
from personavlog.saved import current_script
from personavlog.script import Board, Monologue, Script, Story, VideoDescription
from personavlog.steps import write
from personavlog.studio.looking.stored import inside, table

T = TypeVar("T")
_STORY = TypeAdapter(Story | None)
_BOARDS = TypeAdapter(tuple[Board, ...])
_VIDEOS = TypeAdapter(tuple[VideoDescription, ...])
_LINES = TypeAdapter(tuple[Monologue, ...])


@dataclass(frozen=True)
class Texts:
    """``script`` where it is finished; the others as far as they are written, one of each a shot."""

    script: Script | None
    story: Story | None = None
    boards: tuple[Board, ...] = ()
    videos: tuple[VideoDescription, ...] = ()
    lines: tuple[Monologue, ...] = ()


def texts(index: Index, run: str) -> Texts:
    """What is written of a film."""
    try:
        script = current_script(index, run)
    except (ValueError, KeyError, TypeError):  # its narration is of another form
        script = None
    if script is not None:
        return Texts(script, script.story, script.boards, script.videos, script.monologues)
    return Texts(
        None,
        _part(index, run, "story", "story", _STORY, None),
        _part(index, run, "seg", "boards", _BOARDS, ()),
        _part(index, run, "video", "videos", _VIDEOS, ()),
        _part(index, run, "mono", "monologues", _LINES, ()),
    )


def _part(index: Index, run: str, pair: str, field: str, form: TypeAdapter[T], none: T) -> T:
    row = index.find_step(run, str(write(pair)))
    action = index.action(row.made) if row and row.made else None
    found = inside(table(action.result if action else None), "draft", field)
    try:
        return none if found is None else form.validate_python(found)
    except ValidationError:
        return none
