"""Six measures of a clip, named after VBench's but computed without its networks: "proxy.*" numbers may not be compared
with published ones.

All look at frames of 512 px on the long side. Every value is None for a clip of one frame. The tolerances are the
largest change that one clip showed when it was encoded again at x264 crf 17, 20, 23 and 26 (``benchmarks/motion.py
--tolerances``), rounded up: smaller differences are the encoder's. Those of the subject and of the imaging quality come
from films (``benchmarks/tolerances.py``: 0.0102 and 0.0034), where they are larger than in that drawn scene.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np

from personavlog.media import Clip
from personavlog.media.arrays import Box, Pixels
from personavlog.media.decode import frames
from personavlog.metrics.appearance import Track, layout, likeness, track
from personavlog.metrics.camera import agreement, movement
from personavlog.metrics.flow import WIDTH, flow, top_radius, warped
from personavlog.metrics.score import Score
from personavlog.metrics.steadiness import face_steadiness
from personavlog.script import Camera

VERSION = "clip-6"
"""Changes whenever equal clips would score otherwise."""
ENOUGH = {
    "proxy.subject_consistency": 0.90,
    "proxy.background_consistency": 0.93,
    "proxy.motion_smoothness": 0.975,
    "proxy.dynamic_degree": 0.05,
    "proxy.flicker": 0.995,
    "proxy.imaging_quality": 0.57,
    "proxy.fresh_frames": 0.8,
}
"""The least that 23 sound clips of six films measured, each film in another style, rounded down: above it clips differ
in what they show, not in how well. With a higher level of the dynamic degree every calmer clip that was made against
flicker was rolled back."""
SIDE = 512
RATE = 8.0
"""Frames per second of the samples, as VBench takes them for its dynamic degree."""
DYNAMIC_RADIUS = 6.0
"""Px of flow between samples, at 256 px on the short side, from which VBench calls a pair of frames dynamic."""
FROZEN = 0.02
"""Px: where even the fastest 5 % of a 256-px frame move less than this from one frame to the next, nothing is seen to
move."""
DUPLICATE = 0.05
"""Mean absolute change, 0 to 255, below which a frame is the one before shown again."""
SHARP = 40.0
"""Upper quartile of the edge strength (Sobel) at which a picture is half as sharp as it can be."""


@dataclass(frozen=True)
class Sight:
    """What is kept of a clip: all frames small and grey, (n, h, w); samples in colour, (m, h, w, 3); ``step`` frames
    lie between samples."""

    greys: Sequence[Pixels]
    samples: Sequence[Pixels]
    step: int
    scale: float


def measure_clip(
    path: Path, clip: Clip, face_box: Box | None = None, camera: Camera | None = None
) -> tuple[Score, ...]:
    """The scores of a clip file, from one decoding; ``face_box`` is x0, y0, x1, y1 in px of the first frame, ``camera``
    what was asked.

    Raises ``MediaError`` if the file cannot be decoded.
    """
    sight = look(path, clip)
    return (
        subject_consistency(sight, face_box),
        background_consistency(sight, face_box),
        motion_smoothness(sight),
        dynamic_degree(sight),
        flicker(sight),
        imaging_quality(sight),
        *clip_scores(sight, clip, face_box, camera),
    )


def clip_scores(sight: Sight, clip: Clip, face_box: Box | None, camera: Camera | None) -> tuple[Score, ...]:
    """What the paper's six do not see of a clip: whether it stutters, whether the face stays itself, and whether the
    camera does what was asked."""
    face = (
        None
        if face_box is None
        else (
            face_box[0] * sight.scale,
            face_box[1] * sight.scale,
            face_box[2] * sight.scale,
            face_box[3] * sight.scale,
        )
    )
    steady = face_steadiness(sight.samples, face)
    greys = sight.greys[:: sight.step]
    plain = (fresh_frames(sight), steady)
    return (
        plain
        if camera is None or len(greys) < 2
        else (*plain, agreement(camera, movement(greys, clip.fps / sight.step)))
    )


def look(path: Path, clip: Clip) -> Sight:
    """Decode a clip once; memory grows with its length by about 37 kB a frame and 0.5 MB a sample."""
    scale = min(SIDE / max(clip.width, clip.height), 1.0)
    size = (max(round(clip.width * scale), 16), max(round(clip.height * scale), 16))
    small = (max(size[0] * WIDTH // SIDE, 16), max(size[1] * WIDTH // SIDE, 16))
    step = max(round(clip.fps / RATE), 1)
    greys: list[Pixels] = []
    samples: list[Pixels] = []
    for number, frame in enumerate(frames(path, clip, size)):
        greys.append(
            np.asarray(
                cv2.resize(cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY), small, interpolation=cv2.INTER_AREA), np.uint8
            )
        )
        if number % step == 0:
            samples.append(frame)
    return Sight(greys, samples, step, size[0] / clip.width)


def subject_consistency(sight: Sight, box: Box | None) -> Score:
    """How alike the face stays, 0 to 1: cosine of oriented gradients and colour of its followed box, to the first and
    to the previous sample, averaged.

    None without a box and where the box is smaller than 12 px.
    """
    name, note = "proxy.subject_consistency", ""
    if box is None or len(sight.samples) < 2:
        return Score(name=name, value=None, note="no face box" if box is None else "one frame")
    crops = track(sight.samples, [value * sight.scale for value in box])
    value = None if crops is None else _to_first_and_previous([likeness(crop) for crop in crops])
    return Score(
        name=name,
        value=value,
        tolerance=0.011,
        enough=ENOUGH[name],
        note=note if crops is not None else "the face is too small",
    )


def background_consistency(sight: Sight, box: Box | None) -> Score:
    """How alike the place stays, 0 to 1: cosine of colour histogram and coarse layout outside the face, to the first
    and previous sample, averaged."""
    if len(sight.samples) < 2:
        return Score(name="proxy.background_consistency", value=None, note="one frame")
    inner = None if box is None else [value * sight.scale for value in box]
    value = _to_first_and_previous([layout(frame, inner) for frame in sight.samples])
    return Score(
        name="proxy.background_consistency",
        value=value,
        tolerance=0.0005,
        enough=ENOUGH["proxy.background_consistency"],
    )


def motion_smoothness(sight: Sight) -> Score:
    """1 minus the mean error, 0 to 1, with which each odd frame is predicted from its neighbours along the flow between
    them. None below three frames."""
    greys = sight.greys
    if len(greys) < 3:
        return Score(name="proxy.motion_smoothness", value=None, note="fewer than three frames")
    errors = [_midpoint_error(greys[i - 1], greys[i], greys[i + 1]) for i in range(1, len(greys) - 1, 2)]
    return Score(
        name="proxy.motion_smoothness",
        value=1 - float(np.mean(errors)),
        tolerance=0.0005,
        enough=ENOUGH["proxy.motion_smoothness"],
    )


def _midpoint_error(before: Pixels, middle: Pixels, after: Pixels) -> float:
    """Mean absolute difference, 0 to 1, of ``middle`` from the mean of its neighbours moved half way."""
    there = flow(before, after) * np.float32(0.5)
    back = flow(after, before) * np.float32(0.5)
    predicted = cv2.addWeighted(warped(before, back), 0.5, warped(after, there), 0.5, 0)
    return float(cv2.absdiff(predicted, middle).mean()) / 255


def dynamic_degree(sight: Sight) -> Score:
    """Flow radius of the fastest 5 % between samples, averaged, over VBench's threshold: 0 is a still picture, 1 what
    VBench begins to call dynamic."""
    greys = sight.greys[:: sight.step]
    if len(greys) < 2:
        return Score(name="proxy.dynamic_degree", value=None, note="one frame")
    threshold = DYNAMIC_RADIUS * min(greys[0].shape) / 256
    radii = [top_radius(flow(a, b)) for a, b in pairwise(greys)]
    return Score(
        name="proxy.dynamic_degree",
        value=float(np.mean(radii)) / threshold,
        unit="of VBench's threshold",
        tolerance=0.005,
        enough=ENOUGH["proxy.dynamic_degree"],
    )


def flicker(sight: Sight) -> Score:
    """1 minus the mean luminance change, 0 to 1, of a coarse grid that is taken back in the next frame: motion passes
    on, flicker returns."""
    if len(sight.greys) < 3:
        return Score(name="proxy.flicker", value=None, note="fewer than three frames")
    grid = np.array([cv2.resize(grey, (16, 9), interpolation=cv2.INTER_AREA) for grey in sight.greys], np.float64)
    change = np.diff(grid, axis=0)
    returned = np.where(change[1:] * change[:-1] < 0, np.minimum(np.abs(change[1:]), np.abs(change[:-1])), 0)
    return Score(
        name="proxy.flicker",
        value=1 - float(returned.mean()) / 255,
        tolerance=0.001,
        paper=False,
        enough=ENOUGH["proxy.flicker"],
    )


def imaging_quality(sight: Sight) -> Score:
    """Sharpness and exposure, 0 to 1: edge strength that the sharpest quarter of it exceeds, and the share of px
    neither burnt nor drowned."""
    if not sight.samples:
        return Score(name="proxy.imaging_quality", value=None, note="no frame")
    return Score(
        name="proxy.imaging_quality",
        value=float(np.mean([_quality(frame) for frame in sight.samples[::4]])),
        tolerance=0.004,
        enough=ENOUGH["proxy.imaging_quality"],
    )


def _quality(frame: Pixels) -> float:
    grey = cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY).astype(np.float32)
    energy = cv2.Sobel(grey, cv2.CV_32F, 1, 0) ** 2 + cv2.Sobel(grey, cv2.CV_32F, 0, 1) ** 2
    sharp = float(np.sqrt(np.percentile(energy, 75)))
    clipped = float(((grey < 4) | (grey > 251)).mean())
    return 0.6 * sharp / (sharp + SHARP) + 0.4 * (1 - clipped)


def frozen_share(sight: Sight) -> float | None:
    """Share of frame pairs, 0 to 1, between which nothing is seen to move; None for one frame. Looks at every third
    pair."""
    pairs = list(pairwise(sight.greys))[::3]
    return float(np.mean([top_radius(flow(a, b)) < FROZEN for a, b in pairs])) if pairs else None


def fresh_frames(sight: Sight) -> Score:
    """Share of frames, 0 to 1, that do not show the one before again. Half of them in stop motion, which is sound
    there; None for one frame."""
    name, pairs = "proxy.fresh_frames", len(sight.greys) - 1
    value = 1 - duplicate_frames(sight) / pairs if pairs > 0 else None
    return Score(
        name=name, value=value, tolerance=0.05, paper=False, enough=ENOUGH[name], note="" if pairs > 0 else "one frame"
    )


def duplicate_frames(sight: Sight) -> int:
    """How many frames show the one before again."""
    return sum(float(cv2.absdiff(a, b).mean()) < DUPLICATE for a, b in pairwise(sight.greys))


def _to_first_and_previous(features: Sequence[Track]) -> float:
    """VBench's consistency: the mean over all frames but the first of the cosines, at least 0, to the previous and the
    first."""
    pairs = [(max(float(a @ b), 0.0) + max(float(features[0] @ b), 0.0)) / 2 for a, b in pairwise(features)]
    return min(float(np.mean(pairs)), 1.0)
