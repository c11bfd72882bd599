"""Our side of the comparison: a clip's measures from given weight files, with times, as one line of JSON.

python benchmarks/six/ours.py CLIP FOLDER DIMENSION[,DIMENSION...]
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from weights import OURS

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


def main(clip: Path, folder: Path, dimensions: list[str]) -> dict[str, object]:
    """Seconds of loading and of measuring, processor seconds of the latter, the scores, and the parts that they are
    made of."""
    begun = time.perf_counter()
    names = tuple(NEEDS[dimension] for dimension in dimensions)
    nets = networks(names, {name: folder / OURS[name] for name in names})
    loaded, busy = time.perf_counter(), time.process_time()
    found = measure(clip, nets, compat=True)
    done = time.perf_counter()
    by_name = {one.definition.name.removeprefix("vbench."): one for one in found.measures}
    return {
        "load": loaded - begun,
        "run": done - loaded,
        "cpu": time.process_time() - busy,
        "scores": {name: by_name[name].value for name in dimensions},
        "radii": by_name["dynamic_degree"].per_frame if "dynamic_degree" in dimensions else [],
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3].split(","))))
