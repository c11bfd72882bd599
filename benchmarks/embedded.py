"""What one film of the embedded profile costs: seconds per stage, seconds a keyframe, clip frames per second, processor
seconds, peak memory.

    python benchmarks/embedded.py PHOTO [--shots 6] [--length 30] [--style "Hayao Miyazaki"] [--aspect 16:9]

The film is made in a folder of its own, so that nothing is reused; the numbers are the run's own record.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import tempfile
from pathlib import Path

import cv2

from personavlog import api
from personavlog.brief import Aspect
from personavlog.runs.folder import RunFolder
from personavlog.runs.record import RunRecord, read_record

THEME = "A day at the sea"


def made(options: argparse.Namespace, folder: Path) -> api.Vlog:
    """The film, with a store of its own."""
    os.environ["PERSONAVLOG_HOME"] = str(folder / "home")
    wishes = {"aspect": Aspect(options.aspect), "length": options.length, "shots": options.shots}
    return api.make(
        options.photo,
        THEME,
        options.style,
        i_may_use_this_likeness=True,
        writer="embedded:planner",
        runs=folder / "runs",
        **wishes,
    )


def seconds_of(record: RunRecord, part: str) -> list[float]:
    """Wall seconds of the steps whose name has this part."""
    return [step.seconds for step in record.steps if part in step.name]


def frames_of(run: Path) -> int:
    """Frames of all clips that the film uses."""
    return sum(
        round(cv2.VideoCapture(str(shot / "clip.mp4")).get(cv2.CAP_PROP_FRAME_COUNT))
        for shot in sorted((run / "shots").iterdir())
    )


def table(vlog: api.Vlog, record: RunRecord) -> list[str]:
    """The lines to print."""
    paint, animate = seconds_of(record, "/paint/"), seconds_of(record, "/animate/0")
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    frames = frames_of(vlog.path.parent)
    return [
        f"{vlog.width} x {vlog.height}, {vlog.duration:.1f} s, {len(animate)} shots; {os.cpu_count()} cores, "
        f"{platform.machine()}",
        *(f"{stage:22}{seconds:8.1f} s" for stage, seconds in record.by_stage().items() if seconds),
        f"{'keyframe':22}{sum(paint) / len(paint):8.1f} s   (longest {max(paint):.1f} s, {len(paint)} painted)",
        f"{'clip':22}{frames / sum(animate):8.1f} frames per second of one clip   ({frames} frames)",
        f"{'whole film':22}{vlog.seconds:8.1f} s wall",
        f"{'processor':22}{sum(one.ru_utime + one.ru_stime for one in used):8.1f} s",
        f"{'peak memory':22}{used[0].ru_maxrss / 1024:8.0f} MB   (largest child {used[1].ru_maxrss / 1024:.0f} MB)",
    ]


def main() -> None:
    """Make the film and print what it cost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photo", type=Path)
    parser.add_argument("--shots", type=int, default=6)
    parser.add_argument("--length", type=float, default=30.0)
    parser.add_argument("--style", default="Hayao Miyazaki")
    parser.add_argument("--aspect", default="16:9", choices=[aspect.value for aspect in Aspect])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        vlog = made(options, Path(folder))
        record = read_record(RunFolder(vlog.path.parent.parent, vlog.run))
        print("\n".join(table(vlog, record)))


if __name__ == "__main__":
    main()
