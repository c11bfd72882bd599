"""The feeling of a board that an instruction names, and how far a face goes towards another one."""

from __future__ import annotations

import re
from dataclasses import astuple

from personavlog.script import Emotion
from personavlog_embedded.face.acting import within_bounds
from personavlog_embedded.scene.expression import Expression

_EMOTIONS: tuple[tuple[str, Emotion], ...] = (
    (r"\b(?:happy|joy\w*|smil\w+|laugh\w*|grin\w*|cheer\w*|delighted|pleased)\b", Emotion.JOYFUL),
    (r"\b(?:sad|melanchol\w+|cry\w*|tear\w*|heartbroken)\b", Emotion.MELANCHOLIC),
    (r"\b(?:surpris\w+|astonish\w+|amaz\w+|shock\w+|excite\w*)\b", Emotion.EXCITED),
    (
        r"\b(?:serious|stern|solemn|angr\w+|annoyed|scared|afraid|fear\w*|frighten\w*|worr\w+|anxious|nervous|tense)\b",
        Emotion.TENSE,
    ),
    (r"\b(?:calm\w*|neutral|relaxed|peaceful|tired|sleepy|dreamy)\b", Emotion.CALM),
    (r"\bcurious\w*\b", Emotion.CURIOUS),
    (r"\b(?:proud\w*|confident)\b", Emotion.PROUD),
    (r"\b(?:nostalgic|thoughtful\w*|pensive)\b", Emotion.NOSTALGIC),
)


def emotion_of(wanted: str) -> Emotion | None:
    """The board's emotion that the words name; comparatives ("happier") leave it as it is."""
    return next((emotion for pattern, emotion in _EMOTIONS if re.search(pattern, wanted.lower())), None)


def towards(face: Expression, other: Expression, share: float) -> Expression:
    """``share`` of the way from one to the other (more than 1 goes beyond), each part within its bounds."""
    return within_bounds(Expression(*(a + share * (b - a) for a, b in zip(astuple(face), astuple(other), strict=True))))
