"""The cut: timeline, subtitles, cached segments, the finished film."""

from personavlog.cut.assemble import Film, assemble
from personavlog.cut.segment import EncodedSegment, render
from personavlog.cut.timeline import Segment, Shot, Timeline

__all__ = ["EncodedSegment", "Film", "Segment", "Shot", "Timeline", "assemble", "render"]
