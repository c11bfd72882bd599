"""What a finished film can be exported to."""

from __future__ import annotations

from enum import StrEnum


class Target(StrEnum):
    """A form of export; the value is what a user types and the folder's name."""

    OTIO = "otio"
    """OpenTimelineIO: Kdenlive, DaVinci Resolve."""
    FCPXML = "fcpxml"
    """FCPXML 1.10: Final Cut Pro, DaVinci Resolve."""
    XMEML = "xmeml"
    """Final Cut Pro 7's XML: Premiere Pro, DaVinci Resolve."""
    EDL = "edl"
    """CMX 3600: the picture's cuts and dissolves, for nearly everything."""
    MLT = "mlt"
    """MLT XML: melt, Shotcut."""
    ZIP = "zip"
    """Script, stills, sound stems, subtitles, fonts and licences in one archive."""
    STILLS = "stills"
    """The keyframes and the stylised person."""


FILES = {
    Target.OTIO: "vlog.otio",
    Target.FCPXML: "vlog.fcpxml",
    Target.XMEML: "vlog.xml",
    Target.EDL: "vlog.edl",
    Target.MLT: "vlog.mlt",
    Target.ZIP: "vlog.zip",
    Target.STILLS: "stills",
}
"""What to open of every form, in its folder."""
TIMELINES = frozenset(Target) - {Target.ZIP, Target.STILLS}
"""The forms whose media lie in ``media/`` beside the file."""
IN_TIME_CODE = frozenset((Target.XMEML, Target.EDL))
TIME_CODES = frozenset((24, 25, 30, 48, 50, 60))
"""Whole frame rates with an SMPTE time code."""
