"""Memory and seconds a vlog of scoring, for more and more vlogs: tiny synthetic outputs, measures without a network.

    python benchmarks/scoring.py --counts 10,100,1000

Every count is scored in a process of its own: once fresh, once more with everything there already. Peak memory must not
grow with the vlogs; printed is the ratio to the smallest count.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import cv2
import numpy as np

from personavlog.benchmark.outputs import (
    ATTEMPTS,
    COST,
    META,
    SHOTS,
    Correction,
    Cost,
    Meta,
    Method,
    Outputs,
    Shot,
    Vlog,
)
from personavlog.benchmark.scoring import score

MEASURES = ("style.distance", "style.spread", "correction", "cost")
SHOTS_A_VLOG = 3


def written(root: Path, count: int) -> None:
    """Vlogs of a reference and three small pictures, no two alike."""
    for number in range(count):
        meta = Meta(person=f"p{number}", style="noir", theme="lake", theme_text="A lake", style_text="noir")
        folder = root / meta.vlog
        (folder / "keyframes").mkdir(parents=True)
        shots = tuple(Shot(index=k, board=f"She waits, {number}, {k}.") for k in range(1, SHOTS_A_VLOG + 1))
        attempts = tuple(
            Correction(part="keyframe", shot=1, attempt=k, accepted=bool(k), scores={"proxy.clarity": 0.5 + k / 10})
            for k in range(2)
        )
        (folder / META).write_text(meta.model_dump_json(), "utf-8")
        (folder / "storyboard.json").write_bytes(SHOTS.dump_json(shots))
        (folder / "corrections.json").write_bytes(ATTEMPTS.dump_json(attempts))
        (folder / COST).write_text(Cost(seconds=1.0, calls={"image": 4}).model_dump_json(), "utf-8")
        for name in ("stylised.png", *(f"keyframes/{shot.index:02d}.png" for shot in shots)):
            pixels = np.random.default_rng([number, len(name), ord(name[-5])]).integers(0, 256, (9, 16, 3), np.uint8)
            cv2.imwrite(str(folder / name), cv2.resize(pixels, (320, 180), interpolation=cv2.INTER_CUBIC))


def read(root: Path) -> Outputs:
    """As they are: nothing of a synthetic folder needs to be doubted."""
    vlogs = (
        Vlog(
            folder,
            Meta.model_validate_json((folder / META).read_bytes()),
            SHOTS.validate_json((folder / "storyboard.json").read_bytes()),
            ATTEMPTS.validate_json((folder / "corrections.json").read_bytes()),
            Cost.model_validate_json((folder / COST).read_bytes()),
        )
        for folder in sorted(root.iterdir())
        if folder.is_dir()
    )
    return Outputs(root, Method(name="synthetic", title="Synthetic"), tuple(vlogs))


def scored(root: Path) -> dict[str, float]:
    """One process's report."""
    outputs = read(root)
    begin = time.perf_counter()
    rows = score(outputs, measures=MEASURES)
    return {
        "seconds": time.perf_counter() - begin,
        "rows": len(rows),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }


def in_a_process(root: Path) -> dict[str, float]:
    """The same, apart."""
    line = [sys.executable, __file__, "--score", str(root)]
    done = subprocess.run(line, check=True, capture_output=True, text=True, env=dict(os.environ))
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Print a line a count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--counts", default="10,100,1000")
    parser.add_argument("--score", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.score:
        print(json.dumps(scored(asked.score)))
        return
    first = 0.0
    print("| vlogs | rows | ms a vlog | again, ms a vlog | peak MB | to the first |\n|---|---|---|---|---|---|")
    for count in map(int, asked.counts.split(",")):
        root = Path(tempfile.mkdtemp(prefix="personavlog-scoring-"))
        try:
            written(root, count)
            fresh, again = in_a_process(root), in_a_process(root)
        finally:
            shutil.rmtree(root)
        peak = max(fresh["peak"], again["peak"])
        first = first or peak
        times = " | ".join(f"{1000 * one['seconds'] / count:.1f}" for one in (fresh, again))
        print(f"| {count} | {fresh['rows']:.0f} | {times} | {peak / 1e6:.0f} | {peak / first:.2f} |", flush=True)


if __name__ == "__main__":
    main()
