"""What drawing a figure costs, by framing: processor seconds of a keyframe's and of a clip's drawing, steps, memory.

    python benchmarks/figure.py                 a table: keyframe, clip, how far they differ; then the shares of steps
    python benchmarks/figure.py --casters       the same shots by each caster that ``figure.rays`` can take

One woman in a sweater, 1280 x 720, the best of ``--times`` runs after one that fills the caches. The clip's drawing has
no ground. "differ" is the mean absolute difference of the two over the px of the figure, of 255. No weights are needed.
"""

from __future__ import annotations

import argparse
import inspect
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import numpy as np

from personavlog_embedded.figure import drawing, rays, view
from personavlog_embedded.figure.drawing import Drawing, draw
from personavlog_embedded.figure.outfit import DrawnHead, Outfit
from personavlog_embedded.figure.pose import Arm, Pose
from personavlog_embedded.figure.shape import Shape
from personavlog_embedded.figure.shot import Camera, Performer, Shot, Sun

SKIN = (0.91, 0.75, 0.65)
OUTFIT = Outfit("sweater", True, SKIN, SKIN, (0.77, 0.33, 0.26), (0.24, 0.3, 0.43), (0.29, 0.22, 0.2))
POSE = Pose("cup", left=Arm((0.22, -1, 0.24), (-0.36, 0.36, 0.86), palm=(-1, 0.2, 0), grip="cup"))
WHO = Performer(Shape(0.2), OUTFIT, POSE, yaw=15, head=DrawnHead())
CAMERAS = {
    "wide": Camera(1280, 720, 1000, 200, 640, 1.5, 3.25),
    "medium": Camera(1280, 720, 1600, 300, 640, 1.3, 2.6),
    "close": Camera(1280, 720, 2000, 260, 640, 1.42, 1.9),
}
STEPS = {
    "pose": (drawing, "posed_figure"),
    "see": (drawing, "view"),
    "of it, tree": (view, "caster"),
    "colour": (drawing, "coloured"),
    "ink": (drawing, "inked"),
    "ground": (drawing, "ground_shade"),
}


def best(times: int, run: Callable[[], Drawing]) -> tuple[float, Drawing]:
    """The least processor seconds of some runs, and what was drawn."""
    out, used = run(), float("inf")
    for _ in range(times):
        before = time.process_time()
        out = run()
        used = min(used, time.process_time() - before)
    return used, out


def differ(one: Drawing, other: Drawing) -> float:
    """Mean absolute difference where either shows something."""
    sheets = []
    for drawn in (one, other):
        sheet = np.zeros((720, 1280, 4), np.float32)
        height, width = drawn.rgba.shape[:2]
        sheet[drawn.top : drawn.top + height, drawn.left : drawn.left + width] = drawn.rgba
        sheets.append(sheet)
    seen = (sheets[0][..., 3] > 0) | (sheets[1][..., 3] > 0)
    return float(np.abs(sheets[0] - sheets[1])[seen].mean())


@contextmanager
def clocked() -> Iterator[dict[str, float]]:
    """Processor seconds of each of ``STEPS`` while it is open."""
    used = dict.fromkeys(STEPS, 0.0)
    whole = {step: getattr(*where) for step, where in STEPS.items()}

    def watched(step: str) -> Callable[..., object]:
        def run(*given: object, **named: object) -> object:
            before = time.process_time()
            out = whole[step](*given, **named)
            used[step] += time.process_time() - before
            return out

        return run

    for step, (module, name) in STEPS.items():
        setattr(module, name, watched(step))
    try:
        yield used
    finally:
        for step, (module, name) in STEPS.items():
            setattr(module, name, whole[step])


def table(times: int) -> None:
    """Print a line for each framing, then the shares of steps."""
    print(f"{'framing':8} {'keyframe':>9} {'clip':>7} {'differ':>7}")
    for framing, camera in CAMERAS.items():
        shot = Shot(camera, Sun(), (WHO,))
        keyframe, one = best(times, partial(draw, shot))
        clip, other = best(times, partial(draw, shot, fine=False, ground=False))
        print(f"{framing:8} {keyframe:8.3f}s {clip:6.3f}s {differ(one, other):7.2f}")
    print(f"\n{'keyframe':8} " + " ".join(f"{step:>11}" for step in STEPS))
    for framing, camera in CAMERAS.items():
        with clocked() as used:
            draw(Shot(camera, Sun(), (WHO,)))
        print(f"{framing:8} " + " ".join(f"{seconds:10.3f}s" for seconds in used.values()))
    print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def casters(times: int) -> None:
    """Print the seconds of clip drawings by each caster."""
    own = rays.caster
    kinds = ("embree", "numpy") if "prefer" in inspect.signature(own).parameters else ("",)
    print(f"{'caster':8} " + " ".join(f"{framing:>8}" for framing in CAMERAS))
    for kind in kinds:
        named: dict[str, Any] = {"prefer": kind}
        setattr(view, "caster", partial(own, **named) if kind else own)  # noqa: B010
        shots = [Shot(camera, Sun(), (WHO,)) for camera in CAMERAS.values()]
        used = [best(times, partial(draw, shot, fine=False, ground=False))[0] for shot in shots]
        print(f"{kind or 'embree':8} " + " ".join(f"{seconds:7.3f}s" for seconds in used))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--casters", action="store_true")
    parser.add_argument("--times", type=int, default=3)
    asked = parser.parse_args()
    (casters if asked.casters else table)(asked.times)
