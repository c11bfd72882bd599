"""A finished film: its chapters, its files, its licences and the consent to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from personavlog.export.target import FILES as EXPORTED
from personavlog.export.target import Target
from personavlog.runs.folder import RunFolder
from personavlog.runs.index import Index
from personavlog.studio.files import FILES
from personavlog.studio.looking.board import film_view
from personavlog.studio.looking.facts import Facts, facts, opened
from personavlog.studio.looking.stored import inside, result_media
from personavlog.studio.models import Chapter, ExportView, FinishedFilm, LicenceView
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
            files=tuple(name for name in FILES if (folder.path / name).is_file()),
            exports=tuple(_export(folder, target) for target in Target),
            licences=tuple(_licences(index, folder.run)),
            statement=consent.statement if consent else "",
            stated_at=consent.given_at if consent else "",
            sound="{:.1f} LUFS, {:.1f} dBTP".format(*loudness) if None not in loudness else "",
        )


def _export(folder: RunFolder, target: Target) -> ExportView:
    path = folder.export / target.value / EXPORTED[target]
    return ExportView(target=target, path=str(path.absolute()) if path.exists() else "")


def _chapters(known: Facts) -> Iterator[Chapter]:
    try:
        made = Made.model_validate(inside(known.film, "made"))
    except ValidationError:  # none yet, or one that another version made
        return
    now = {number: place for place, number in enumerate(known.numbers, 1)}
    timeline, numbers = made.timeline, made.numbers or range(1, len(made.clips) + 1)
    times = zip(numbers, timeline.bounds, timeline.line_times(), strict=True)
    for at, (number, (start, end), spoken) in enumerate(times):
        yield Chapter(
            place=now.get(number, 0),
            title=made.script.boards[at].place,
            line=made.narration.lines[at].text,
            start=round(start, 3),
            end=round(end, 3),
            spoken=(round(spoken[0], 3), round(spoken[1], 3)),
            poster=result_media(inside(known.film, "made", "keyframes", at)),
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
