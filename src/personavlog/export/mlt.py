"""MLT XML, which melt renders without a screen and Shotcut opens.

The adapter of OpenTimelineIO writes no size into the profile, so that melt renders 720x576; hence our own.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from math import gcd

import opentimelineio as otio

from personavlog.export.project import OWN
from personavlog.export.xml_file import document


def to_mlt(timeline: otio.schema.Timeline) -> bytes:
    """The file's bytes; media are named relative to the file."""
    about = timeline.metadata[OWN]
    width, height = int(about["width"]), int(about["height"])
    shape = gcd(width, height)
    root = ET.Element("mlt", LC_NUMERIC="C", producer="film", title=timeline.name)
    ET.SubElement(
        root,
        "profile",
        description="PersonaVlog",
        width=str(width),
        height=str(height),
        progressive="1",
        sample_aspect_num="1",
        sample_aspect_den="1",
        display_aspect_num=str(width // shape),
        display_aspect_den=str(height // shape),
        frame_rate_num=str(int(timeline.global_start_time.rate)),
        frame_rate_den="1",
        colorspace="709",
    )
    _producers(root, timeline)
    for number, track in enumerate(timeline.tracks):
        _playlist(root, track, number)
    _film(root, timeline)
    return document(root)


def _producers(root: ET.Element, timeline: otio.schema.Timeline) -> None:
    for clip in timeline.find_clips():
        last = frames(clip.media_reference.available_range.duration) - 1
        producer = ET.SubElement(root, "producer", {"id": clip.name, "in": "0", "out": str(last)})
        _property(producer, "resource", clip.media_reference.target_url)
        _property(producer, "mlt_service", "avformat")


def _playlist(root: ET.Element, track: otio.schema.Track, number: int) -> None:
    """A track's clips, gaps and dissolves; every dissolve is a tractor of both clips, which has to stand before the
    playlist that names it."""
    items: list[tuple[str, dict[str, str]]] = []
    for place, child in enumerate(track):
        if isinstance(child, otio.schema.Transition):
            name = f"dissolve{number}-{place}"
            length = _dissolve(root, name, track[place - 1], child, track[place + 1])
            items.append(("entry", {"producer": name, "in": "0", "out": str(length - 1)}))
        elif isinstance(child, otio.schema.Gap):
            items.append(("blank", {"length": str(frames(child.duration()))}))
        else:
            first, last = _alone(track, place, child)
            items.append(("entry", {"producer": child.name, "in": str(first), "out": str(last)}))
    playlist = ET.SubElement(root, "playlist", id=f"track{number}")
    for kind, about in items:
        ET.SubElement(playlist, kind, about)


def _alone(track: otio.schema.Track, place: int, clip: otio.schema.Clip) -> tuple[int, int]:
    """The first and last frame of the clip that are seen without another one."""
    first = frames(clip.source_range.start_time)
    end = first + frames(clip.source_range.duration)
    if place and isinstance(track[place - 1], otio.schema.Transition):
        first += frames(track[place - 1].out_offset)
    if place + 1 < len(track) and isinstance(track[place + 1], otio.schema.Transition):
        end -= frames(track[place + 1].in_offset)
    return first, end - 1


def _dissolve(
    root: ET.Element, name: str, before: otio.schema.Clip, between: otio.schema.Transition, after: otio.schema.Clip
) -> int:
    """A tractor of both clips' frames; returns how many."""
    fading, length = frames(between.in_offset), frames(between.in_offset + between.out_offset)
    cut = frames(before.source_range.end_time_exclusive())
    begin = frames(after.source_range.start_time) - fading
    tractor = ET.SubElement(root, "tractor", {"id": name, "in": "0", "out": str(length - 1)})
    for clip, first in ((before, cut - fading), (after, begin)):
        ET.SubElement(tractor, "track", {"producer": clip.name, "in": str(first), "out": str(first + length - 1)})
    _transition(tractor, "luma", 0, 1, {"in": "0", "out": str(length - 1)})
    return length


def _film(root: ET.Element, timeline: otio.schema.Timeline) -> None:
    last = str(frames(timeline.duration()) - 1)
    film = ET.SubElement(root, "tractor", {"id": "film", "in": "0", "out": last})
    for number in range(len(timeline.tracks)):
        ET.SubElement(film, "track", producer=f"track{number}")
    for number in range(1, len(timeline.tracks)):
        mix = _transition(film, "mix", 0, number, {"in": "0", "out": last})
        _property(mix, "always_active", "1")
        _property(mix, "sum", "1")


def _transition(tractor: ET.Element, service: str, a: int, b: int, span: dict[str, str]) -> ET.Element:
    transition = ET.SubElement(tractor, "transition", span)
    for name, value in (("mlt_service", service), ("a_track", str(a)), ("b_track", str(b))):
        _property(transition, name, value)
    return transition


def frames(time: otio.opentime.RationalTime) -> int:
    """A time of the film in whole frames."""
    return round(float(time.value))


def _property(parent: ET.Element, name: str, value: str) -> None:
    ET.SubElement(parent, "property", name=name).text = value
