"""VBench's side of the comparison: its own code on a clip, from the weight files in ``VBENCH_CACHE_DIR``, with times,
as a last line of JSON.

    python benchmarks/six/theirs.py CLIP OUTPUT DIMENSION[,DIMENSION...]

Run by VBench's own Python; nothing of this project is imported. Only two functions are wrapped, to read a clock and to
see the radii.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable
from typing import Any

import torch
from vbench import VBench

INNER = {
    "subject_consistency": "subject_consistency",
    "background_consistency": "background_consistency",
    "aesthetic_quality": "laion_aesthetic",
    "imaging_quality": "technical_quality",
    "dynamic_degree": "dynamic_degree",
    "motion_smoothness": "motion_smoothness",
}
"""The function of each dimension that runs once its network is loaded."""


def main(clip: str, output: str, dimensions: list[str]) -> dict[str, object]:
    """Seconds of loading and of measuring, processor seconds of the latter, the scores, and the radii."""
    run: list[float] = []
    cpu: list[float] = []
    scores: dict[str, float] = {}
    radii: list[float] = []
    for dimension in dimensions:
        module = importlib.import_module(f"vbench.{dimension}")
        setattr(module, INNER[dimension], _timed(getattr(module, INNER[dimension]), dimension, (run, cpu), scores))
        if dimension == "dynamic_degree":
            module.DynamicDegree.check_move = _seen(module.DynamicDegree.check_move, radii)
    begun = time.perf_counter()
    bench = VBench(torch.device("cpu"), "", output)
    bench.evaluate(videos_path=clip, name="six", dimension_list=dimensions, local=True, mode="custom_input")
    return {
        "load": time.perf_counter() - begun - sum(run),
        "run": sum(run),
        "cpu": sum(cpu),
        "scores": scores,
        "radii": radii,
    }


def _timed(
    inner: Callable[..., Any], dimension: str, clocks: tuple[list[float], list[float]], scores: dict[str, float]
) -> Callable[..., Any]:
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        begun = time.perf_counter(), time.process_time()
        found = inner(*args, **kwargs)
        for clock, now, then in zip(clocks, (time.perf_counter(), time.process_time()), begun, strict=True):
            clock.append(now - then)
        scores[dimension] = float(found[0])
        return found

    return wrapped


def _seen(check: Callable[..., bool], radii: list[float]) -> Callable[..., bool]:
    def wrapped(self: object, found: list[float]) -> bool:
        radii.extend(found)
        return check(self, found)

    return wrapped


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], sys.argv[2], sys.argv[3].split(","))))
