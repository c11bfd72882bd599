"""The words that image and video models are given: one builder for all backbones that read prose.

A prompt is put together from parts in the order of their weight, and what a model's limit does not hold is left out
from the end, whole parts at a time, and said: nothing is cut silently.
"""

from __future__ import annotations

import hashlib
import inspect
import math
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from personavlog.script import Board, Camera, Framing, VideoDescription

_FRAMING = {
    Framing.SELFIE: "Selfie, seen from an arm's length, one arm reaching towards the lens",
    Framing.CLOSE_UP: "Close-up of the face",
    Framing.MEDIUM: "Medium shot from the hips up",
    Framing.OVER_SHOULDER: "Seen from behind over the shoulder, looking at what lies ahead",
    Framing.WIDE: "Wide shot, the whole body small in the place",
}
_CAMERA = {
    Camera.PUSH_IN: "The camera moves slowly forward",
    Camera.PULL_OUT: "The camera moves slowly back",
    Camera.PAN_LEFT: "The camera pans to the left",
    Camera.PAN_RIGHT: "The camera pans to the right",
    Camera.TILT_UP: "The camera tilts up",
    Camera.TILT_DOWN: "The camera tilts down",
    Camera.ORBIT: "The camera circles the person",
    Camera.HANDHELD: "Hand-held camera, slight natural sway",
    Camera.STATIC: "The camera stands still",
}
KEEP = "The same person as in the reference picture: same face, hair and age"
PICTURE_FAULTS = (
    "extra limbs, missing limbs, extra fingers, deformed hands, distorted face, second head, text, watermark, logo, "
    "frame, collage, blurry, low quality"
)
CLIP_FAULTS = f"{PICTURE_FAULTS}, flicker, morphing, jump cut, frozen picture"
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+|[^\w\s]")


@dataclass(frozen=True)
class Prompt:
    """``text`` for the model, ``negative`` what must not be seen; ``left_out`` the parts that its limit did not
    hold."""

    text: str
    negative: str = ""
    left_out: tuple[str, ...] = ()


def tokens(text: str) -> int:
    """About how many tokens a text has for CLIP and T5: a word counts for one per six letters, a Chinese character for
    one."""
    return sum(math.ceil(len(word) / 6) for word in _WORD.findall(text)) + 2


def stylise(style: str, *, limit: int | None = None) -> Prompt:
    """The photo redrawn in the style: I_s."""
    parts = (
        f"Redraw this person in the style of {style}",
        "The same face, hair, clothes and pose, looking at the viewer",
        "Plain calm background",
    )
    return _fitted(parts, PICTURE_FAULTS, limit)


def keyframe(board: Board, style: str, appearance: str, *, limit: int | None = None) -> Prompt:
    """The picture of a board, for a model that edits the stylised reference; ``limit`` in tokens."""
    props = f"Clearly visible: {', '.join(board.props)}" if board.props else ""
    holds = f"In the person's hands: {', '.join(board.holds)}" if board.holds else ""
    company = f"With the person: {', '.join(board.company)}" if board.company else ""
    parts = (
        f"{_FRAMING[board.framing]}. {board.action}",
        f"Place: {board.place}, {board.time_of_day.value}, {board.weather.value} weather",
        company,
        holds,
        props,
        KEEP,
        f"Style: {style}",
        f"Mood: {board.emotion.value}",
        f"The person: {appearance}" if appearance else "",
    )
    return _fitted(parts, PICTURE_FAULTS, limit)


def correction(instruction: str, style: str, *, limit: int | None = None) -> Prompt:
    """The edit of a keyframe that was found wanting: what changes, and that all else stays."""
    parts = (
        instruction,
        "Keep everything else as it is: face, hair, clothes, place, light and framing",
        f"Style: {style}",
    )
    return _fitted(parts, PICTURE_FAULTS, limit)


def clip(
    description: VideoDescription, board: Board, style: str, seconds: float, *, limit: int | None = None
) -> Prompt:
    """The motion of a shot, for a model that animates its keyframe; ``seconds`` is the clip's length."""
    pace = "one small continuous movement" if seconds < 4 else "one continuous movement, unhurried"
    parts = (
        description.motion,
        _CAMERA[description.camera],
        f"{pace}, no cut".capitalize(),
        description.atmosphere,
        description.detail,
        f"Style: {style}",
        f"Mood: {board.emotion.value}",
    )
    return _fitted(parts, CLIP_FAULTS, limit)


def _fitted(parts: Sequence[str], negative: str, limit: int | None) -> Prompt:
    said = [part.strip().rstrip(".。") for part in parts if part.strip()]
    left_out: list[str] = []
    while limit is not None and len(said) > 1 and tokens(_joined(said)) > limit:
        left_out.insert(0, said.pop())
    return Prompt(_joined(said), negative, tuple(left_out))


def _joined(parts: Sequence[str]) -> str:
    return " ".join(f"{part}." for part in parts)


VERSION = hashlib.sha256(inspect.getsource(sys.modules[__name__]).encode()).hexdigest()[:12]
"""Changes with every word of this module; part of the key of what was made with it."""
