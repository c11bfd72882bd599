"""A finished film: its chapters, its files, its licences and the consent to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from personavlog.runs.index import Index
from personavlog.studio.files import FILES
from personavlog.studio.looking.board import film_view
from personavlog.studio.looking.facts import Facts, facts, opened
from personavlog.studio.looking.stored import inside, result_media
from personavlog.studio.models import Chapter, FinishedFilm, LicenceView
from personavlog.vlog import Made


def finished(run: str, runs: Path) -> FinishedFilm:
    """The film to watch and take away; no chapters where none was made yet. Raises ``RunError`` for a run that is not
    there, ``ConfigurationError`` for a damaged one."""
    with opened(run, runs) as (folder, store, index):
        known = facts(folder, index)
        consent = known.saved.brief.consent
        made = inside(known.film, "made", "soundtrack")
        loudness = (inside(made, "lufs"), inside(made, "true_peak"))
        return FinishedFilm(
            **dict(film_view(folder, store, index, known)),
            chapters=tuple(_chapters(known)),
            files=tuple(name for name, path in FILES.items() if (folder.path / path).is_file()),
            licences=tuple(_licences(index, folder.run)),
            statement=consent.statement if consent else "",
            stated_at=consent.given_at if consent else "",
            sound="{:.1f} LUFS, {:.1f} dBTP".format(*loudness) if None not in loudness else "",
        )


def _chapters(known: Facts) -> Iterator[Chapter]:
    try:
        made = Made.model_validate(inside(known.film, "made"))
    except ValidationError:  # none yet, or one that another version made
        return
    rate, timeline = made.timeline.fps, made.timeline
    for place, (start, frames) in enumerate(zip(timeline.starts, timeline.lengths, strict=True), 1):
        line = made.narration.lines[place - 1]
        begin = start / rate
        yield Chapter(
            place=place,
            title=made.script.boards[place - 1].place,
            line=line.text,
            start=round(begin, 3),
            end=round((start + frames) / rate, 3),
            spoken=(round(begin + line.start, 3), round(begin + line.start + line.seconds, 3)),
            poster=result_media(inside(known.film, "made", "keyframes", place - 1)),
        )


def _licences(index: Index, run: str) -> Iterator[LicenceView]:
    """The last that was told of each role."""
    told = {str(event.data.get("role")): event.data for event in index.events(run, kinds=("licence",))}
    for role, data in told.items():
        yield LicenceView(
            role=role,
            backbone=str(data.get("backbone", "")),
            licence=str(data.get("licence", "")),
            limits=str(data.get("limits", "")),
        )
