"""FCPXML 1.10: the timeline for Final Cut Pro and DaVinci Resolve, with dissolves, captions, chapters and markers.

No maintained writer keeps dissolves. Times are rational seconds, as the format wants them; what is attached to a clip
counts in that clip's own time.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from fractions import Fraction
from pathlib import Path

import opentimelineio as otio

from personavlog.export.project import OWN, clips_of, file_name
from personavlog.export.xml_file import document
from personavlog.languages import LANGUAGES

DISSOLVE = "FxPlug:4731E73A-8DAC-4113-9A30-AE85B1761265"
"""Final Cut Pro's own cross dissolve."""

_ROLES = ("dialogue", "music")


def to_fcpxml(timeline: otio.schema.Timeline, folder: Path) -> bytes:
    """The file's bytes; media are named by their places in ``folder``."""
    about = timeline.metadata[OWN]
    rate = Fraction(int(timeline.global_start_time.rate))
    root = ET.Element("fcpxml", version="1.10")
    resources = ET.SubElement(root, "resources")
    ET.SubElement(
        resources,
        "format",
        id="r1",
        frameDuration=_time(1 / rate),
        width=str(about["width"]),
        height=str(about["height"]),
        colorSpace="1-1-1 (Rec. 709)",
    )
    ET.SubElement(resources, "effect", id="r2", name="Cross Dissolve", uid=DISSOLVE)
    assets = _assets(resources, timeline, folder)
    event = ET.SubElement(ET.SubElement(root, "library"), "event", name=timeline.name)
    sequence = ET.SubElement(
        ET.SubElement(event, "project", name=timeline.name),
        "sequence",
        format="r1",
        duration=_time(_seconds(timeline.duration())),
        tcStart="0s",
        tcFormat="NDF",
        audioLayout="stereo",
        audioRate="48k",
    )
    _spine(ET.SubElement(sequence, "spine"), timeline, assets)
    return document(root, "<!DOCTYPE fcpxml>\n")


def _assets(resources: ET.Element, timeline: otio.schema.Timeline, folder: Path) -> dict[str, str]:
    """One asset for every media file; its id by the file's name in the timeline."""
    found: dict[str, str] = {}
    for track in timeline.tracks:
        sees = track.kind == otio.schema.TrackKind.Video
        for clip, _ in clips_of(track):
            url = clip.media_reference.target_url
            if url in found:
                continue
            found[url] = f"a{len(found) + 1}"
            kind = (
                {"hasVideo": "1", "format": "r1", "videoSources": "1"}
                if sees
                else {"hasAudio": "1", "audioSources": "1", "audioChannels": "2", "audioRate": "48000"}
            )
            length = _time(_seconds(clip.media_reference.available_range.duration))
            about = {"id": found[url], "name": file_name(url), "start": "0s", "duration": length}
            asset = ET.SubElement(resources, "asset", about | kind)
            ET.SubElement(asset, "media-rep", kind="original-media", src=(folder / url).resolve().as_uri())
    return found


def _spine(spine: ET.Element, timeline: otio.schema.Timeline, assets: dict[str, str]) -> None:
    picture = timeline.video_tracks()[0]
    for child in picture:
        where = picture.trimmed_range_of_child(child)
        if isinstance(child, otio.schema.Transition):
            item = ET.SubElement(
                spine,
                "transition",
                name="Cross Dissolve",
                offset=_time(_seconds(where.start_time)),
                duration=_time(_seconds(where.duration)),
            )
            ET.SubElement(item, "filter-video", ref="r2", name="Cross Dissolve")
        else:
            _shot(spine, timeline, child, where, assets)


def _shot(
    spine: ET.Element,
    timeline: otio.schema.Timeline,
    clip: otio.schema.Clip,
    where: otio.opentime.TimeRange,
    assets: dict[str, str],
) -> None:
    """The clip with everything that begins while it is seen; the schema wants what is attached before markers."""
    item = _asset_clip(spine, clip, where, assets)
    own = _seconds(clip.source_range.start_time) - _seconds(where.start_time)
    for lane, track in enumerate(timeline.audio_tracks(), start=1):
        for sound, heard in clips_of(track):
            if where.contains(heard.start_time):
                attached = _asset_clip(item, sound, heard, assets, lane=str(-lane), audioRole=_ROLES[lane - 1])
                attached.set("offset", _time(_seconds(heard.start_time) + own))
    _captions(item, timeline, where, own)
    for marker in clip.markers:
        _marker(item, marker, _seconds(marker.marked_range.start_time))
    for chapter in timeline.tracks.markers:
        if where.contains(chapter.marked_range.start_time):
            start = _time(_seconds(chapter.marked_range.start_time) + own)
            ET.SubElement(item, "chapter-marker", start=start, duration=_frame(timeline), value=chapter.name)


def _asset_clip(
    parent: ET.Element,
    clip: otio.schema.Clip,
    where: otio.opentime.TimeRange,
    assets: dict[str, str],
    **more: str,
) -> ET.Element:
    about = {
        "ref": assets[clip.media_reference.target_url],
        "name": clip.name,
        "offset": _time(_seconds(where.start_time)),
        "start": _time(_seconds(clip.source_range.start_time)),
        "duration": _time(_seconds(clip.source_range.duration)),
        "tcFormat": "NDF",
    }
    return ET.SubElement(parent, "asset-clip", about | more)


def _captions(item: ET.Element, timeline: otio.schema.Timeline, where: otio.opentime.TimeRange, own: Fraction) -> None:
    about, rate = timeline.metadata[OWN], int(timeline.global_start_time.rate)
    role = f"SRT?captionFormat=SRT.{LANGUAGES[about['language']].code}"
    for cue in about["subtitles"]:
        first, last = round(cue["start"] * rate), round(cue["end"] * rate)
        if last > first and where.contains(otio.opentime.RationalTime(first, rate)):
            start, length = _time(Fraction(first, rate) + own), _time(Fraction(last - first, rate))
            said = ET.SubElement(
                item, "caption", lane="1", offset=start, name=cue["text"], start="0s", duration=length, role=role
            )
            ET.SubElement(ET.SubElement(said, "text"), "text-style").text = cue["text"]


def _marker(item: ET.Element, marker: otio.schema.Marker, start: Fraction) -> None:
    length = _time(_seconds(marker.marked_range.duration))
    ET.SubElement(item, "marker", start=_time(start), duration=length, value=marker.name, note=marker.comment)


def _frame(timeline: otio.schema.Timeline) -> str:
    return _time(Fraction(1, int(timeline.global_start_time.rate)))


def _seconds(time: otio.opentime.RationalTime) -> Fraction:
    return Fraction(round(time.value), int(time.rate))


def _time(seconds: Fraction) -> str:
    return f"{seconds.numerator}s" if seconds.denominator == 1 else f"{seconds.numerator}/{seconds.denominator}s"
