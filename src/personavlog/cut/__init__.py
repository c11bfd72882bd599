"""The cut: timeline, subtitles, cached segments, the finished film."""

from personavlog.cut.assemble import Film, assemble
from personavlog.cut.encoded_sound import EncodedSound, encode_sound
from personavlog.cut.segment import EncodedSegment, render
from personavlog.cut.timeline import Segment, Shot, Timeline

__all__ = [
    "EncodedSegment",
    "EncodedSound",
    "Film",
    "Segment",
    "Shot",
    "Timeline",
    "assemble",
    "encode_sound",
    "render",
]
