"""The finished film: its chapters and lines in time, its files, what is inside it and who agreed to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from personavlog.cut.timeline import Timeline
from personavlog.errors import PersonaVlogError
from personavlog.runs.folder import RunFolder
from personavlog.runs.record import read_record
from personavlog.saved import find, read_brief
from personavlog.studio import looking
from personavlog.studio.models import Chapter, FilmView, FinishedFilm, LicenceView, Media

FILES = ("vlog.mp4", "vlog.srt", "vlog.vtt", "script.json", "report.html", "record.json")


def finished(run: str, runs: Path) -> FinishedFilm:
    """A film to watch, without chapters where another version recorded them otherwise. Raises as ``looking.film``."""
    view = looking.film(run, runs)
    folder, _, index = find(run, runs)
    with closing(index):
        films = [event.data.get("made") for event in index.events(folder.run) if event.kind == "film"]
    made = films[-1] if films and isinstance(films[-1], dict) else {}
    return FinishedFilm(
        **dict(view),
        chapters=tuple(_chapters(made, view)),
        files=tuple(name for name in FILES if (folder.path / name).is_file()),
        licences=_licences(folder),
        sound=_sound(made),
        **_consent(folder),
    )


def _chapters(made: Mapping[str, Any], view: FilmView) -> Iterator[Chapter]:
    places = {card.number: card.place for card in view.cards}
    try:
        timeline = Timeline.model_validate(made["timeline"])
        numbers = made.get("numbers") or range(1, len(timeline.shots) + 1)
        rows = list(
            zip(numbers, timeline.shots, timeline.bounds, timeline.line_times(), made["keyframes"], strict=True)
        )
    except (KeyError, ValueError):
        return
    for number, shot, (start, end), spoken, keyframe in rows:
        yield Chapter(
            place=places.get(number, 0),
            title=shot.chapter,
            line=shot.line,
            start=start,
            end=end,
            spoken=spoken if shot.line_duration else None,
            poster=_picture(keyframe),
        )


def _picture(keyframe: Any) -> Media | None:
    try:
        image = keyframe["image"]
        return Media(digest=image["digest"], kind="image", width=image["width"], height=image["height"])
    except (KeyError, TypeError, ValidationError):
        return None


def _licences(folder: RunFolder) -> tuple[LicenceView, ...]:
    try:
        return tuple(LicenceView(**dict(one)) for one in read_record(folder).licences)
    except PersonaVlogError:
        return ()


def _consent(folder: RunFolder) -> dict[str, str]:
    try:
        consent = read_brief(folder).brief.consent
    except PersonaVlogError:
        return {}
    if consent is None:
        return {}
    return {"statement": consent.statement, "stated_at": consent.given_at}


def _sound(made: Mapping[str, Any]) -> str:
    try:
        return f"{made['soundtrack']['lufs']:.1f} LUFS, {made['soundtrack']['true_peak']:.1f} dBTP"
    except (KeyError, TypeError, ValueError):
        return ""
