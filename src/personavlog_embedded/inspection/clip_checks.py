"""What can be measured in a clip: a frozen or stuttering picture, and scores below what a sound clip reaches; each with
a revised description."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from personavlog.backbones.findings import ClipFinding
from personavlog.media import Clip
from personavlog.metrics import steadiness
from personavlog.metrics.camera import FLOOR as CAMERA_FLOOR
from personavlog.metrics.camera import NAME as CAMERA_NAME
from personavlog.metrics.clip import duplicate_frames, look
from personavlog.metrics.score import Score
from personavlog.runs.blobs import Blobs
from personavlog.script import Camera, VideoDescription

FROZEN_SHARE = 0.8
"""A clip with more repeated frames than this stands still."""
STUTTER_SHARE = 0.2
"""A moving clip with more repeated frames than this stutters: at 24 frames per second every fifth frame missing is
plainly seen."""

Fault = Literal["frozen", "stutter", "still", "flicker", "jerky", "subject", "background", "camera"]


@dataclass(frozen=True)
class ClipFloor:
    """The least that a score may be, and which fault it is below that."""

    score: str
    least: float
    fault: Fault
    says: str


FLOORS = (
    ClipFloor("proxy.flicker", 0.99, "flicker", "The picture flickers"),
    ClipFloor("proxy.motion_smoothness", 0.975, "jerky", "The motion is not smooth"),
    ClipFloor(steadiness.NAME, steadiness.FLOOR, "subject", "The face is distorted or becomes another one"),
    ClipFloor("proxy.subject_consistency", 0.85, "subject", "The person changes during the clip"),
    ClipFloor("proxy.background_consistency", 0.90, "background", "The background changes during the clip"),
    ClipFloor("proxy.dynamic_degree", 0.05, "still", "Almost nothing moves"),
    ClipFloor(CAMERA_NAME, CAMERA_FLOOR, "camera", "The camera does not move as described"),
)
"""Most serious first. Sound two-second clips of the embedded animator (static, push in, pan, orbit, hand-held) measure
at least 1.000, 0.996, 0.984, 0.993 and 0.117. With brightness jumping by 6 of 255 from frame to frame flicker falls to
0.99; with frames jumping by 6 px of 640 smoothness falls to 0.96. The consistencies fall below these floors only where
face or place become other ones; turning heads and long pans stay above."""

LIVELIER: dict[Camera, Camera] = {
    Camera.STATIC: Camera.PUSH_IN,
    Camera.PUSH_IN: Camera.ORBIT,
    Camera.PULL_OUT: Camera.ORBIT,
    Camera.TILT_UP: Camera.PAN_RIGHT,
    Camera.TILT_DOWN: Camera.PAN_LEFT,
    Camera.HANDHELD: Camera.PUSH_IN,
    Camera.PAN_LEFT: Camera.ORBIT,
    Camera.PAN_RIGHT: Camera.ORBIT,
    Camera.ORBIT: Camera.PUSH_IN,
}
CALMER: dict[Camera, Camera] = {
    Camera.HANDHELD: Camera.PUSH_IN,
    Camera.ORBIT: Camera.PUSH_IN,
    Camera.PAN_LEFT: Camera.PUSH_IN,
    Camera.PAN_RIGHT: Camera.PULL_OUT,
    Camera.TILT_UP: Camera.PUSH_IN,
    Camera.TILT_DOWN: Camera.PULL_OUT,
    Camera.PUSH_IN: Camera.STATIC,
    Camera.PULL_OUT: Camera.STATIC,
    Camera.STATIC: Camera.STATIC,
}
MORE, LESS = "Clear, lively movement.", "Slow, gentle movement."


def repeated_share(blobs: Blobs, clip: Clip, held: int = 1) -> float:
    """Share of the drawings, 0 to 1, that show the one before again; each stands for ``held`` frames on purpose."""
    sight = look(blobs.path(clip), clip)
    drawings = replace(sight, greys=sight.greys[::held])
    return duplicate_frames(drawings) / max(len(drawings.greys) - 1, 1)


def inspect_clip(description: VideoDescription, scores: Sequence[Score], repeated: float) -> ClipFinding | None:
    """The most serious fault with a revised description, or None; a fault that no other description would cure is not
    one for this loop."""
    for fault, evidence in (*_repeats(repeated), *_low(scores)):
        revised = _revised(description, fault)
        if revised != description:
            asked_to_move = fault == "camera" or (
                description.camera is not Camera.STATIC and fault in ("frozen", "still")
            )
            return ClipFinding(
                kind="misaligned" if asked_to_move else "anomaly",
                evidence=evidence,
                revised=revised,
                reason=_reason(description, revised),
            )
    return None


def _repeats(share: float) -> Iterator[tuple[Fault, str]]:
    if share > FROZEN_SHARE:
        yield "frozen", f"{share:.0%} of the frames repeat the one before: the clip stands still."
    elif share > STUTTER_SHARE:
        yield "stutter", f"{share:.0%} of the frames repeat the one before: the motion stutters."


def _low(scores: Sequence[Score]) -> Iterator[tuple[Fault, str]]:
    known = {score.name: score.value for score in scores}
    for floor in FLOORS:
        value = known.get(floor.score)
        if value is not None and value < floor.least:
            yield floor.fault, f"{floor.says}: {floor.score} is {value:.3f}, at least {floor.least:.2f} is sound."


def _revised(description: VideoDescription, fault: Fault) -> VideoDescription:
    """First another manner of moving; where that was asked already, or hardly anything moves, another camera too."""
    more = fault in ("frozen", "still", "stutter", "camera")
    motion = _with(description.motion, MORE if more else LESS)
    if fault == "camera" or (motion != description.motion and fault not in ("frozen", "still")):
        return description.model_copy(update={"motion": motion})
    return description.model_copy(
        update={"camera": (LIVELIER if more else CALMER)[description.camera], "motion": motion}
    )


def _with(motion: str, manner: str) -> str:
    """The motion in this manner, without the opposite one and within the field's 300 characters."""
    bare = motion.replace(MORE, "").replace(LESS, "").strip()
    return f"{bare[: 299 - len(manner)].rstrip()} {manner}"


def _reason(before: VideoDescription, after: VideoDescription) -> str:
    manner = "more movement" if after.motion.endswith(MORE) else "calmer movement"
    camera = "" if before.camera is after.camera else f", and {after.camera.value!r} instead of {before.camera.value!r}"
    return f"Asked for {manner}{camera}."
