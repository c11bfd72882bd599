"""Final Cut Pro 7's XML, the only form that Premiere Pro reads, and the CMX 3600 edit list; both by the adapters of
OpenTimelineIO, which are told what they leave out.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import opentimelineio as otio

from personavlog.export.project import OWN


def to_xmeml(timeline: otio.schema.Timeline, folder: Path) -> bytes:
    """The file's bytes; media are named by their places in ``folder``."""
    told = timeline.deepcopy()
    picture = _picture(told)
    told.metadata["fcp_xml"] = {"media": {"video": {"format": picture}, "audio": {"format": _SOUND}}}
    for track in told.tracks:
        seen = track.kind == otio.schema.TrackKind.Video
        for clip in track.find_clips():
            reference = clip.media_reference
            reference.target_url = _url(folder / reference.target_url)
            reference.metadata["fcp_xml"] = {"media": {"video": picture} if seen else {"audio": _CHANNELS}}
            if not seen:
                clip.metadata["fcp_xml"] = {"sourcetrack": {"mediatype": "audio", "trackindex": "1"}}
            _comment(clip.markers)
    _comment(told.tracks.markers)
    return str(otio.adapters.write_to_string(told, "fcp_xml")).encode()


def to_edl(timeline: otio.schema.Timeline) -> bytes:
    """The picture's cuts and dissolves; an edit list has one track."""
    cuts = timeline.deepcopy()
    for track in cuts.audio_tracks():
        cuts.tracks.remove(track)
    for number, clip in enumerate(cuts.find_clips(), start=1):
        clip.metadata["cmx_3600"] = {"reel": f"SHOT{number:02d}"}
        clip.markers.clear()
    cuts.name = " ".join(cuts.name.split())
    return str(otio.adapters.write_to_string(cuts, "cmx_3600", rate=cuts.global_start_time.rate)).encode()


_CHANNELS = {"samplecharacteristics": {"depth": "16", "samplerate": "48000"}, "channelcount": "2"}
_SOUND = {"samplecharacteristics": {"depth": "16", "samplerate": "48000"}}


def _picture(timeline: otio.schema.Timeline) -> dict[str, Any]:
    about = timeline.metadata[OWN]
    return {
        "samplecharacteristics": {
            "width": str(about["width"]),
            "height": str(about["height"]),
            "pixelaspectratio": "square",
            "fielddominance": "none",
            "rate": {"timebase": str(int(timeline.global_start_time.rate)), "ntsc": "FALSE"},
        }
    }


def _comment(markers: Any) -> None:
    for marker in markers:
        marker.metadata["fcp_xml"] = {"comment": marker.comment}


def _url(place: Path) -> str:
    """As Premiere Pro writes it, with a host."""
    return place.resolve().as_uri().replace("file:///", "file://localhost/", 1)
