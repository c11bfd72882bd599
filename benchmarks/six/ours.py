"""Our side of the comparison: a clip's measures from given weight files, with times, as one line of JSON.

python benchmarks/six/ours.py CLIP FOLDER DIMENSION[,DIMENSION...] [REPEATS]

With REPEATS, the clip is measured so often again, after its times were taken, to say at what rate it computes.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from dataclasses import asdict
from pathlib import Path

from weights import OURS
from work import work

from personavlog.metrics.published.clip_measures import measure
from personavlog.metrics.published.loading import networks

NEEDS = {
    "subject_consistency": "dino",
    "background_consistency": "clip-b",
    "aesthetic_quality": "clip-l",
    "imaging_quality": "musiq",
    "dynamic_degree": "raft",
    "motion_smoothness": "amt",
}


def main(clip: Path, folder: Path, dimensions: list[str], repeats: int) -> dict[str, object]:
    """Seconds of loading and of measuring, processor seconds of the latter, the scores, and the parts that they are
    made of."""
    begun = time.perf_counter()
    names = tuple(NEEDS[dimension] for dimension in dimensions)
    nets = networks(names, {name: folder / OURS[name] for name in names})
    loaded, busy = time.perf_counter(), time.process_time()
    found = measure(clip, nets, compat=True)
    done, spent = time.perf_counter(), time.process_time() - busy
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    by_name = {one.definition.name.removeprefix("vbench."): one for one in found.measures}
    return {
        "load": loaded - begun,
        "run": done - loaded,
        "cpu": spent,
        "peak": memory,
        "scores": {name: by_name[name].value for name in dimensions},
        "radii": by_name["dynamic_degree"].per_frame if "dynamic_degree" in dimensions else [],
        "work": asdict(work(lambda: measure(clip, nets, compat=True), repeats)) if repeats else None,
    }


if __name__ == "__main__":
    again = int(sys.argv[4]) if len(sys.argv) > 4 else 0
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3].split(","), again)))
