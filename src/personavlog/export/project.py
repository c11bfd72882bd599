"""The film as an OpenTimelineIO timeline: the one source of every form for editors.

The cut of a dissolve lies in its middle; the frames on both sides are the handles that the film's own crossfade used,
so that an editor's dissolve of that length is the film's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import opentimelineio as otio
from opentimelineio.opentime import RationalTime, TimeRange

from personavlog.export.footage import Footage, Material, Placed
from personavlog.export.shots import ShotNotes
from personavlog.export.xml_file import plain

OWN = "personavlog"
"""Our key in the objects' metadata."""
PICTURE, VOICES, MUSIC = "Picture", "Voices", "Music"


def build(footage: Footage) -> otio.schema.Timeline:
    """The timeline: a picture track with dissolves, a track of voices, one of music; chapters are markers of the whole,
    boards and findings markers of the shots; subtitles are in its metadata."""
    timeline = otio.schema.Timeline(plain(footage.title))
    rate = footage.timeline.fps
    timeline.global_start_time = RationalTime(0, rate)
    timeline.metadata[OWN] = {
        "width": footage.timeline.width,
        "height": footage.timeline.height,
        "language": footage.language,
        "subtitles": [
            {"start": cue.start, "end": cue.end, "text": plain("\n".join(cue.lines))} for cue in footage.cues
        ],
    }
    timeline.tracks.append(_track(PICTURE, otio.schema.TrackKind.Video, _picture(footage)))
    timeline.tracks.append(_track(VOICES, otio.schema.TrackKind.Audio, _spoken(footage.voices, rate)))
    timeline.tracks.append(_track(MUSIC, otio.schema.TrackKind.Audio, [_clip(footage.music, rate)]))
    timeline.tracks.markers.extend(_chapters(footage))
    return timeline


def file_name(name: str) -> str:
    """A media file's name without its folder; editors look a file up by it, with its ending."""
    return name.rpartition("/")[2]


def clips_of(track: otio.schema.Track) -> Iterator[tuple[otio.schema.Clip, TimeRange]]:
    """A track's clips and when each is seen or heard, cut at the middle of dissolves."""
    for child in track:
        if isinstance(child, otio.schema.Clip):
            yield child, track.range_of_child(child)


def _track(name: str, kind: str, items: Iterable[otio.core.Composable]) -> otio.schema.Track:
    track = otio.schema.Track(name, kind=kind)
    track.extend(list(items))
    return track


def _picture(footage: Footage) -> Iterator[otio.core.Composable]:
    film = footage.timeline
    before, after = film.fade // 2, film.fade - film.fade // 2
    last = len(footage.clips) - 1
    for shot, (material, length, notes) in enumerate(zip(footage.clips, film.lengths, footage.shots, strict=True)):
        first = before if shot else 0
        clip = _clip(material, film.fps, first, length - first - (after if shot < last else 0))
        clip.metadata[OWN] = {"shot": shot + 1, "place": plain(notes.place), "line": plain(notes.line)}
        clip.markers.extend(_markers(shot + 1, notes, clip.source_range))
        yield clip
        if shot < last and film.fade:
            yield otio.schema.Transition(
                "Cross Dissolve",
                otio.schema.TransitionTypes.SMPTE_Dissolve,
                RationalTime(before, film.fps),
                RationalTime(after, film.fps),
            )


def _spoken(voices: tuple[Placed, ...], rate: int) -> Iterator[otio.core.Composable]:
    reached = 0
    for voice in voices:
        if voice.start > reached:
            yield otio.schema.Gap(source_range=_range(0, voice.start - reached, rate))
        yield _clip(voice.material, rate)
        reached = voice.start + voice.material.frames


def _clip(material: Material, rate: int, first: int = 0, frames: int | None = None) -> otio.schema.Clip:
    reference = otio.schema.ExternalReference(material.name, _range(0, material.frames, rate))
    reference.name = file_name(material.name)
    length = material.frames if frames is None else frames
    return otio.schema.Clip(reference.name, reference, _range(first, length, rate))


def _markers(number: int, notes: ShotNotes, seen: TimeRange) -> Iterator[otio.schema.Marker]:
    instant = TimeRange(seen.start_time, RationalTime(1, seen.start_time.rate))
    said = f"{notes.board}\nLine: {notes.line}"
    yield _marker(f"Shot {number}: {notes.place}", instant, said, otio.schema.MarkerColor.GREEN)
    for finding in notes.findings:
        yield _marker(f"Found in shot {number}", instant, finding, otio.schema.MarkerColor.RED)


def _chapters(footage: Footage) -> Iterator[otio.schema.Marker]:
    """At the cuts, which are the middles of the dissolves."""
    film = footage.timeline
    for start, shot in zip(film.starts, film.shots, strict=True):
        if shot.chapter:
            at = _range(start + film.fade // 2 if start else 0, 1, film.fps)
            yield _marker(shot.chapter, at, "Chapter", otio.schema.MarkerColor.YELLOW)


def _marker(name: str, where: TimeRange, comment: str, color: str) -> otio.schema.Marker:
    marker = otio.schema.Marker(plain(name), where, color)
    marker.comment = plain(comment)
    return marker


def _range(start: int, frames: int, rate: int) -> TimeRange:
    return TimeRange(RationalTime(start, rate), RationalTime(frames, rate))
