"""The list of films."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from personavlog.errors import PersonaVlogError
from personavlog.runs.folder import RunFolder, list_runs, open_store
from personavlog.runs.index import Index
from personavlog.runs.machine import machine_errors
from personavlog.saved import read_brief, shot_numbers
from personavlog.steps import OWN_PARTS
from personavlog.studio.looking.facts import OUTCOMES
from personavlog.studio.looking.stored import Table, inside, result_media, table
from personavlog.studio.looking.texts import texts
from personavlog.studio.models import FilmSummary, Media, Outcome
from personavlog.views import outcome

EXAMPLE = "example"
"""A file in a run's folder that says it came with the package."""


@machine_errors()
def films(runs: Path) -> tuple[FilmSummary, ...]:
    """Every film of a folder, the last one changed first; a damaged one is listed as such."""
    with closing(open_store()[1]) as index:
        folders = (RunFolder(runs, run) for run in list_runs(runs, index.begun.times()))
        found = [_summary(folder, index) for folder in folders]
        return tuple(sorted(found, key=lambda one: one.changed_at, reverse=True))


def damaged(folder: RunFolder, index: Index, error: Exception) -> FilmSummary:
    """A film that cannot be read, and why."""
    said = str(error)
    if not isinstance(error, PersonaVlogError):
        said = f"The record of the run {folder.run!r} is of another form ({type(error).__name__}: {error})."
    return FilmSummary(
        run=folder.run,
        title=folder.run,
        outcome=Outcome.DAMAGED,
        message=said,
        changed_at=_changed_at(folder, index),
        example=is_example(folder),
    )


def is_example(folder: RunFolder) -> bool:
    """Whether a film came with the package."""
    return (folder.path / EXAMPLE).is_file()


def film_media(film: Table) -> Media | None:
    """The finished film of the event that tells it."""
    made = inside(film, "made", "film")
    digest, size = inside(made, "video", "digest"), (inside(made, "width"), inside(made, "height"))
    seconds = inside(made, "duration")
    if not isinstance(digest, str) or not all(isinstance(side, int) for side in size):
        return None
    return Media(digest=digest, kind="video", width=size[0], height=size[1], seconds=round(float(seconds or 0), 3))


def _summary(folder: RunFolder, index: Index) -> FilmSummary:
    try:
        return _read(folder, index)
    except (PersonaVlogError, KeyError, TypeError, ValueError, AttributeError) as error:
        return damaged(folder, index, error)


def _read(folder: RunFolder, index: Index) -> FilmSummary:
    brief, written = read_brief(folder).brief, texts(index, folder.run)
    how, message = outcome(folder, index)
    numbers = shot_numbers(index, folder.run, len(written.boards) or brief.shots)
    return FilmSummary(
        run=folder.run,
        title=written.story.title if written.story else brief.theme,
        theme=brief.theme,
        style=brief.style,
        outcome=OUTCOMES.get(how, Outcome.DRAFT),
        message=message,
        poster=_poster(folder, index, numbers),
        shots=len(numbers),
        changed_at=_changed_at(folder, index),
        example=is_example(folder),
    )


def _poster(folder: RunFolder, index: Index, numbers: tuple[int, ...]) -> Media | None:
    """The first keyframe that there is."""
    for number in numbers:
        name = str(OWN_PARTS["keyframe"](number))
        row = index.find_step(folder.run, name)
        made = index.action(row.made) if row and row.made else None
        text = index.edits.pinned(folder.run, name) or (made.result if made else None)
        if found := result_media(table(text)):
            return found
    return None


def _changed_at(folder: RunFolder, index: Index) -> float:
    """When something last happened to a film, seconds since 1970."""
    return index.changed_at(folder.run) or folder.path.stat().st_mtime
