"""The face that an instruction asks for: a feeling of the board, differences to the photo's face, or both."""

from __future__ import annotations

import re
from dataclasses import astuple, fields

from personavlog.backbones.embedded.expression import Expression
from personavlog.script import Emotion

_EMOTIONS: tuple[tuple[str, Emotion], ...] = (
    (r"\b(?:happy|joy\w*|smil\w+|laugh\w*|grin\w*|cheer\w*|delighted|pleased)\b", Emotion.JOYFUL),
    (r"\b(?:sad|melanchol\w+|cry\w*|tear\w*|heartbroken)\b", Emotion.MELANCHOLIC),
    (r"\b(?:surpris\w+|astonish\w+|amaz\w+|shock\w+|excite\w*)\b", Emotion.EXCITED),
    (r"\b(?:serious|stern|solemn|angr\w+|annoyed|scared|afraid|fear\w*|frighten\w*|worr\w+|anxious|nervous|tense)\b", Emotion.TENSE),
    (r"\b(?:calm\w*|neutral|relaxed|peaceful|tired|sleepy|dreamy)\b", Emotion.CALM),
    (r"\bcurious\w*\b", Emotion.CURIOUS),
    (r"\b(?:proud\w*|confident)\b", Emotion.PROUD),
    (r"\b(?:nostalgic|thoughtful\w*|pensive)\b", Emotion.NOSTALGIC),
)
_FACES: tuple[tuple[str, Expression], ...] = (
    (r"\blooking left\b", Expression(gaze_x=-0.8, turn=-16)),
    (r"\blooking right\b", Expression(gaze_x=0.8, turn=16)),
    (r"\blooking up\b", Expression(gaze_y=-0.7, nod=-9, brows=0.2)),
    (r"\blooking down\b", Expression(gaze_y=0.7, nod=10)),
    (r"\blooking away\b", Expression(gaze_x=0.6, turn=12)),
    (r"\bhapp(?:y|ier|ily)\b|\bjoy\w*|\bsmil\w+|\bdelighted\b|\bpleased\b|\bcheer\w*", Expression(smile=0.6, brows=0.15)),
    (r"\blaugh\w*|\bgrin\w*", Expression(smile=0.9, mouth=0.4, brows=0.2)),
    (r"\bsad(?:der|ly)?\b|\bmelanchol\w+|\bcry\w*|\btear\w*|\bheartbroken\b", Expression(smile=-0.6, brows=0.2, eyes=-0.2, nod=5)),
    (r"\bsurpris\w+|\bastonish\w+|\bamaz\w+|\bshock\w+", Expression(brows=0.9, eyes=0.8, mouth=0.5)),
    (r"\bserious\w*|\bstern\b|\bsolemn\b|\bneutral\b", Expression(smile=-0.35, brows=-0.15)),
    (r"\bangr\w+|\bannoyed\b|\bfrown\w*", Expression(smile=-0.5, brows=-0.8, eyes=-0.1)),
    (r"\bscared\b|\bafraid\b|\bfear\w*|\bfrighten\w*|\bworr\w+|\banxious\b|\bnervous\b|\btense\b", Expression(smile=-0.4, brows=0.6, eyes=0.5)),
    (r"\btired\b|\bsleepy\b|\bexhausted\b|\bbored\b", Expression(smile=-0.15, eyes=-0.5, nod=4)),
    (r"\bexcite\w*", Expression(smile=0.7, brows=0.5, eyes=0.4, mouth=0.3)),
    (r"\beyes? (?:\w+ ){0,3}(?:closed|shut)\b|\b(?:clos|shut)\w* (?:\w+ )?eyes?\b", Expression(eyes=-1.0)),
    (r"\beyes? (?:\w+ ){0,3}(?:open|wide)\b|\bopen\w* (?:\w+ )?eyes?\b", Expression(eyes=0.6)),
    (r"\bmouth (?:\w+ ){0,3}open\b|\bopen\w* (?:\w+ )?mouth\b", Expression(mouth=0.6)),
    (r"\bmouth (?:\w+ ){0,3}(?:closed|shut)\b|\b(?:clos|shut)\w* (?:\w+ )?mouth\b", Expression(smile=0.0, mouth=0.0)),
    (r"\bcalm\w*|\brelaxed\b|\bpeaceful\b|\bconfident\b|\bproud\w*", Expression(smile=0.2)),
    (r"\bcurious\w*|\bthoughtful\w*|\bpensive\b", Expression(brows=0.35, tilt=4)),
    (r"\blooking at the camera\b", Expression()),
)
_BOUNDS = {
    "smile": (-1, 1),
    "brows": (-1, 1),
    "eyes": (-1, 1),
    "mouth": (0, 1),
    "gaze_x": (-1, 1),
    "gaze_y": (-1, 1),
    "turn": (-30, 30),
    "nod": (-20, 20),
    "tilt": (-15, 15),
}


def emotion_of(wanted: str) -> Emotion | None:
    """The board's emotion that the words name; comparatives ("happier") leave it as it is."""
    return next((emotion for pattern, emotion in _EMOTIONS if re.search(pattern, wanted.lower())), None)


def expression_of(wanted: str) -> Expression | None:
    """What the words change in the face, None where they name nothing that a face can show."""
    return next((face for pattern, face in _FACES if re.search(pattern, wanted.lower())), None)


def together(before: Expression, more: Expression, amount: float) -> Expression:
    """Both at once, each part within its bounds; ``amount`` scales the second."""
    values = (a + amount * b for a, b in zip(astuple(before), astuple(more), strict=True))
    names = (field.name for field in fields(Expression))
    return Expression(**{name: float(min(max(value, _BOUNDS[name][0]), _BOUNDS[name][1])) for name, value in zip(names, values, strict=True)})
