"""The run folder: plain files that a person can open, written from what the store and the index hold."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import cv2
from pydantic import TypeAdapter, ValidationError

from personavlog.brief import Brief
from personavlog.feedback import CorrectedClip, CorrectedKeyframe
from personavlog.feedback.tally import tally
from personavlog.production.production import Production
from personavlog.profiles import Profile
from personavlog.report import page
from personavlog.report.evidence import clip_file
from personavlog.runs.blobs import Blobs
from personavlog.runs.folder import RunFolder, export_blob, write_file
from personavlog.runs.index import Event, Index
from personavlog.runs.record import Entry, LicenceRecord, RunRecord, build_record, entries_of, write_record
from personavlog.steps import StepName
from personavlog.vlog import Made

THUMBNAIL_QUALITY = 88
_LICENCES = TypeAdapter(tuple[LicenceRecord, ...])


def film(folder: RunFolder, production: Production, made: Made) -> None:
    """Put the film and everything it was cut from into the run folder."""
    store = production.blobs
    export_blob(store, made.film.video, folder.film)
    export_blob(store, made.film.srt, folder.film.with_suffix(".srt"))
    export_blob(store, made.film.vtt, folder.film.with_suffix(".vtt"))
    export_blob(store, made.soundtrack.audio, folder.audio / "mix.wav")
    export_blob(store, made.soundtrack.music, folder.audio / "music.wav")
    export_blob(store, made.person.image, folder.path / "person.png")
    for number, (keyframe, clip, line) in enumerate(zip(made.keyframes, made.clips, made.narration.lines, strict=True)):
        export_blob(store, keyframe.image, folder.shot(number) / "keyframe.png")
        export_blob(store, clip.clip, folder.shot(number) / "clip.mp4")
        export_blob(store, line.audio, folder.shot(number) / "voice.wav")
    write_file(folder.script, made.script.model_dump_json(indent=1).encode())
    _thumbnail(store, made, folder.path / "thumbnail.jpg")
    production.engine.emit("film", made=made)


def record(folder: RunFolder, index: Index, brief: Brief, profile: Profile, store: Blobs, *, wall: float) -> None:
    """Write the run record, the log, and the report where a film was made; ``wall`` is the seconds of this making."""
    events = index.events(folder.run)
    if not events:
        return
    written = _tallied(
        build_record(index, folder.run, brief, profile.model_dump(mode="json"), _licences(events)), _latest(events)
    )
    write_record(folder, written, events)
    if written.of_kind("film"):
        _attempts(folder, written, store)
        shown = written.model_copy(update={"entries": entries_of(_latest(events))})
        with suppress(*(() if shown.of_kind("film") else (ValidationError, KeyError))):
            # An earlier making's film may be told in another version's words: its report then stays as it is.
            page_text = page.render(shown if shown.of_kind("film") else written, store, wall=wall)
            write_file(folder.report, page_text.encode())


def _tallied(written: RunRecord, latest: tuple[Event, ...]) -> RunRecord:
    """With one more entry: how often FRM corrected, kept and rolled back in the latest making."""
    models: dict[str, type[CorrectedKeyframe] | type[CorrectedClip]] = {
        "keyframe": CorrectedKeyframe,
        "clip": CorrectedClip,
    }
    loops = {
        kind: {str(one.data["name"]): model.model_validate(one.data["corrected"]) for one in latest if one.kind == kind}
        for kind, model in models.items()
    }
    if not any(loops.values()):
        return written
    rates = {f"{kind}s": tally(known.values()).model_dump(mode="json") for kind, known in loops.items()}
    return written.model_copy(
        update={
            "entries": (*written.entries, Entry(kind="feedback", at=written.ended_at or written.begun_at, data=rates))
        }
    )


def _attempts(folder: RunFolder, written: RunRecord, store: Blobs) -> None:
    """Every attempt's clip where there was more than one, for the report to play."""
    for entry in written.of_kind("clip"):
        try:
            corrected = CorrectedClip.model_validate(entry.data.get("corrected"))
        except ValidationError:  # of an earlier making, by an older version or damaged since
            continue
        name = StepName.parse(str(entry.data["name"]))
        shot = name.shot if name and name.shot else 0
        for attempt in corrected.attempts if len(corrected.attempts) > 1 else ():
            if attempt.made is not None:
                export_blob(store, attempt.made.clip, folder.path / clip_file(shot, attempt.number))


def _latest(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events of the latest making; it emits everything again, and what an earlier one emitted may be out of
    date."""
    begun = max((number for number, event in enumerate(events) if event.kind == "begin"), default=0)
    return events[begun:]


def _licences(events: tuple[Event, ...]) -> tuple[LicenceRecord, ...]:
    latest = {str(event.data["role"]): event.data for event in events if event.kind == "licence"}
    return _LICENCES.validate_json(json.dumps(list(latest.values())))


def _thumbnail(store: Blobs, made: Made, place: Path) -> None:
    """The keyframe whose person is largest without being cut, else the first."""
    sized = [
        (keyframe.scene.face_box, keyframe) for keyframe in made.keyframes if keyframe.scene and keyframe.scene.face_box
    ]
    chosen = max(sized, key=lambda pair: pair[0][2] - pair[0][0])[1] if sized else made.keyframes[0]
    pixels = cv2.cvtColor(store.pixels(chosen.image), cv2.COLOR_RGB2BGR)
    write_file(place, cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, THUMBNAIL_QUALITY])[1].tobytes())
