"""The run folder: plain files that a person can open, written from what the store and the index hold."""

from __future__ import annotations

import json
from contextlib import suppress

from pydantic import TypeAdapter, ValidationError

from personavlog.brief import Brief
from personavlog.feedback import CorrectedClip, CorrectedKeyframe
from personavlog.feedback.tally import tally
from personavlog.media.jpeg import encode
from personavlog.notes import NoteKind
from personavlog.production.production import Production
from personavlog.profiles import Profile
from personavlog.report import page
from personavlog.report.evidence import clip_file
from personavlog.runs.blobs import Blobs
from personavlog.runs.exports import Exports
from personavlog.runs.folder import RunFolder
from personavlog.runs.index import Event, Index
from personavlog.runs.record import Entry, LicenceRecord, RunRecord, build_record, entries_of, write_record
from personavlog.steps import StepName
from personavlog.vlog import Made, Parts

THUMBNAIL_QUALITY = 88
_LICENCES = TypeAdapter(tuple[LicenceRecord, ...])


def film(folder: RunFolder, production: Production, made: Made) -> None:
    """Put the film and everything it was cut from into the run folder."""
    exports = Exports(folder, production.engine.index, production.blobs)
    exports.blob(made.film.video, folder.film)
    exports.blob(made.film.srt, folder.film.with_suffix(".srt"))
    exports.blob(made.film.vtt, folder.film.with_suffix(".vtt"))
    exports.blob(made.soundtrack.audio, folder.audio / "mix.wav")
    exports.blob(made.soundtrack.music, folder.audio / "music.wav")
    exports.file(folder.path / "thumbnail.jpg", _thumbnail(production.blobs, made))
    _parts(exports, folder, made)
    exports.sweep(folder.path / "shots")
    _tell(exports, production)
    production.engine.emit("film", made=made)


def parts(folder: RunFolder, production: Production, made: Parts) -> None:
    """Put what there is of a film that is made up to a point into the run folder."""
    exports = Exports(folder, production.engine.index, production.blobs)
    _parts(exports, folder, made)
    _tell(exports, production)


def _parts(exports: Exports, folder: RunFolder, made: Parts) -> None:
    exports.file(folder.script, made.script.model_dump_json(indent=1).encode())
    exports.blob(made.person.image, folder.path / "person.png")
    for place, keyframe in enumerate(made.keyframes):
        exports.blob(keyframe.image, folder.shot(place) / "keyframe.png")
    for place, clip in enumerate(made.clips):
        exports.blob(clip.clip, folder.shot(place) / "clip.mp4")
    for place, line in enumerate(made.narration.lines if made.narration else ()):
        exports.blob(line.audio, folder.shot(place) / "voice.wav")


def _tell(exports: Exports, production: Production) -> None:
    for note in exports.notes:
        production.note(note, NoteKind.FILM)


def record(
    folder: RunFolder, index: Index, brief: Brief, profile: Profile, store: Blobs, *, wall: float
) -> tuple[str, ...]:
    """Write the run record, the log, and the report where a film was made; ``wall`` is the seconds of this making.
    Returns what became of files that somebody changed meanwhile."""
    events = index.events(folder.run)
    if not events:
        return ()
    exports = Exports(folder, index, store)
    written = _tallied(
        build_record(index, folder.run, brief, profile.model_dump(mode="json"), _licences(events)), _latest(events)
    )
    write_record(exports, written, events)
    cost = index.ledger.totals(folder.run).text
    shown = written.model_copy(update={"entries": entries_of(_latest(events))})
    if shown.of_kind("film"):
        _attempts(exports, shown)
        exports.file(folder.report, page.render(shown, store, wall=wall, cost=cost).encode())
    elif written.of_kind("film"):
        # The film of an earlier making may be told in another version's words: its report then stays as it is.
        with suppress(ValidationError, KeyError):
            exports.file(folder.report, page.render(written, store, wall=wall, cost=cost).encode())
    return tuple(exports.notes)


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


def _attempts(exports: Exports, shown: RunRecord) -> None:
    """Every attempt's clip where there was more than one, for the report to play."""
    for entry in shown.of_kind("clip"):
        corrected = CorrectedClip.model_validate(entry.data["corrected"])
        name = StepName.parse(str(entry.data["name"]))
        shot = name.shot if name and name.shot else 0
        for attempt in corrected.attempts if len(corrected.attempts) > 1 else ():
            if attempt.made is not None:
                exports.blob(attempt.made.clip, exports.folder.path / clip_file(shot, attempt.number))


def _latest(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events of the latest making; it emits everything again, and what an earlier one emitted may be out of
    date."""
    begun = max((number for number, event in enumerate(events) if event.kind == "begin"), default=0)
    return events[begun:]


def _licences(events: tuple[Event, ...]) -> tuple[LicenceRecord, ...]:
    latest = {str(event.data["role"]): event.data for event in events if event.kind == "licence"}
    return _LICENCES.validate_json(json.dumps(list(latest.values())))


def _thumbnail(store: Blobs, made: Made) -> bytes:
    """A JPEG of the keyframe whose person is largest without being cut, else the first."""
    sized = [
        (keyframe.scene.face_box, keyframe) for keyframe in made.keyframes if keyframe.scene and keyframe.scene.face_box
    ]
    chosen = max(sized, key=lambda pair: pair[0][2] - pair[0][0])[1] if sized else made.keyframes[0]
    return encode(store.pixels(chosen.image), THUMBNAIL_QUALITY)
