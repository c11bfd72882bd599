"""What can be measured in a clip: a frozen or stuttering picture, and scores below what a sound clip reaches; each with a revised description."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from personavlog.backbones.findings import ClipFinding
from personavlog.backbones.frames import sampled
from personavlog.media import Clip
from personavlog.metrics.score import Score
from personavlog.runs.blobs import Blobs
from personavlog.script import Camera, VideoDescription

SIDE = 90
"""Short side in px at which neighbouring frames are compared: a camera drift of one px in 720 is still seen, codec noise is averaged out."""
SAME = 0.05
"""Mean absolute change (0 to 255) below which two neighbouring frames are one frame shown twice."""
FROZEN_SHARE = 0.8
"""A clip with more repeated frames than this stands still."""
STUTTER_SHARE = 0.2
"""A moving clip with more repeated frames than this stutters: at 24 frames per second every fifth frame missing is plainly seen."""

Fault = Literal["frozen", "stutter", "still", "flicker", "jerky", "subject", "background"]


@dataclass(frozen=True)
class Floor:
    """The least that a score may be, and which fault it is below that."""

    score: str
    least: float
    fault: Fault
    says: str


FLOORS = (
    Floor("proxy.flicker", 0.90, "flicker", "The picture flickers"),
    Floor("proxy.motion_smoothness", 0.90, "jerky", "The motion is not smooth"),
    Floor("proxy.subject_consistency", 0.75, "subject", "The person changes during the clip"),
    Floor("proxy.background_consistency", 0.75, "background", "The background changes during the clip"),
    Floor("proxy.dynamic_degree", 0.25, "still", "Almost nothing moves"),
)
"""Most serious first. The consistencies of real, unedited five-second takes lie above 0.8, smoothness and flicker above 0.95 (VBench's table of real videos);
the floors leave room for the proxies' noise. Dynamic degree is the flow radius over the published threshold: a quarter of it is a still picture."""

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

Changes = NDArray[np.float64]


def changes_between_frames(blobs: Blobs, clip: Clip) -> Changes:
    """Mean absolute change from each frame to the next, (frames - 1,), 0 to 255."""
    steps, before = [], None
    for _, pixels in sampled(blobs, clip, clip.frames, SIDE):
        now = pixels.astype(np.float32)
        if before is not None:
            steps.append(float(np.abs(now - before).mean()))
        before = now
    return np.asarray(steps, np.float64)


def look(description: VideoDescription, scores: Sequence[Score], steps: Changes) -> ClipFinding | None:
    """The most serious fault with a revised description, or None; a fault that no other description would cure is not one for this loop."""
    for fault, evidence in (*_repeats(steps), *_low(scores)):
        revised = _revised(description, fault)
        if revised != description:
            asked_to_move = description.camera is not Camera.STATIC and fault in ("frozen", "still")
            return ClipFinding(kind="misaligned" if asked_to_move else "anomaly", evidence=evidence, revised=revised, reason=_reason(description, revised))
    return None


def _repeats(steps: Changes) -> Iterator[tuple[Fault, str]]:
    share = float((steps < SAME).mean()) if len(steps) else 0.0
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
    more = fault in ("frozen", "still", "stutter")
    camera = (LIVELIER if more else CALMER)[description.camera]
    motion = _with(description.motion, MORE if more else LESS)
    return description.model_copy(update={"camera": camera, "motion": motion})


def _with(motion: str, manner: str) -> str:
    """The motion in this manner, without the opposite one and within the field's 300 characters."""
    bare = motion.replace(MORE, "").replace(LESS, "").strip()
    return f"{bare[: 299 - len(manner)].rstrip()} {manner}"


def _reason(before: VideoDescription, after: VideoDescription) -> str:
    manner = "more movement" if after.motion.endswith(MORE) else "calmer movement"
    camera = "" if before.camera is after.camera else f", and {after.camera.value!r} instead of {before.camera.value!r}"
    return f"Asked for {manner}{camera}."
