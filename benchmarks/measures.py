"""VBench's six dimensions by VBench's own code and by ours: same clip, same seeded weights, same machine; times,
memory, what the scores differ by, and the share of the machine's own rate of float32 matrix products that ours reaches.

    python benchmarks/measures.py --vbench-python ~/vbench/bin/python
    python benchmarks/measures.py --clip my.mp4 --published --vbench-python ...

Every dimension runs in a process of its own on each side, then all six in one. What is a share of what is said in
``six/work.py``; it is taken after the times and the memory, from further passes. Full-size networks: 2.7 GB of weights
are drawn from seeds into
``--weights`` once; ``--published`` takes RAFT's and AMT-S's real ones from our cache. VBench fetches DINO's own source
by git unless ``--dino`` names a copy of it. Without VBench, ours is timed alone and motion smoothness, whose network
comes with VBench, is left out.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
TINY = HERE.parent / "tests/core/parity/clip_tiny_8fps.mp4"
QUIET = {"OMP_WAIT_POLICY": "PASSIVE", "PYTHONWARNINGS": "ignore"}
"""Both sides' threads wait without spinning, or what else the machine does decides the times."""
SIX = (
    "subject_consistency",
    "background_consistency",
    "aesthetic_quality",
    "imaging_quality",
    "dynamic_degree",
    "motion_smoothness",
)


@dataclass(frozen=True)
class Side:
    """One process's report: seconds of loading and of measuring, processor seconds of measuring; ``peak`` is its
    largest resident memory in bytes until then; ``work`` is of ours alone, as ``six/work.py`` says it."""

    load: float
    run: float
    cpu: float
    scores: dict[str, float]
    radii: list[float]
    peak: int
    work: dict[str, Any] | None = None


def ran(command: list[str], environment: dict[str, str]) -> Side:
    """The report that is the command's last line; its other output is shown only where it fails."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(command, stdout=out, stderr=errors, env={**os.environ, **QUIET, **environment})
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), errors.seek(0)
        if process.returncode:
            sys.exit(f"{' '.join(command)} failed:\n{errors.read()[-3000:]}")
        report: dict[str, Any] = json.loads(out.read().splitlines()[-1])
    return Side(**{"peak": usage.ru_maxrss * 1024, **report})


def package_of(python: str) -> Path | None:
    """Where VBench lies in that Python, if it does."""
    ask = "import importlib.util as u; s = u.find_spec('vbench'); print(s.submodule_search_locations[0] if s else '')"
    found = subprocess.run([python, "-c", ask], capture_output=True, text=True, check=False)
    return Path(found.stdout.strip()) if found.returncode == 0 and found.stdout.strip() else None


class Bench:
    """Both sides' commands on one clip."""

    def __init__(self, options: argparse.Namespace, package: Path | None) -> None:
        self.options, self.folder = options, options.weights
        self.folder.mkdir(parents=True, exist_ok=True)
        self.path = os.pathsep.join([str(HERE.parent / "src"), str(self._beside(package))])
        if package and options.dino:
            (self.folder / "dino_model").mkdir(exist_ok=True)
            self._link(options.dino, self.folder / "dino_model/facebookresearch_dino_main")
        subprocess.run(
            [sys.executable, str(HERE / "six/weights.py"), str(self.folder), *["--published"] * options.published],
            env=self._environment(),
            check=True,
        )

    def _beside(self, package: Path | None) -> Path:
        """A folder with nothing but VBench's package, so that our Python sees AMT-S's code and none of the other's
        libraries."""
        place = self.folder / "package"
        place.mkdir(exist_ok=True)
        if package:
            self._link(package, place / "vbench")
        return place

    @staticmethod
    def _link(target: Path, link: Path) -> None:
        link.unlink(missing_ok=True)
        link.symlink_to(target.resolve())

    def _environment(self) -> dict[str, str]:
        return {**os.environ, **QUIET, "PYTHONPATH": self.path}

    def ours(self, dimensions: tuple[str, ...]) -> Side:
        """Our measures of these dimensions; the rate of one alone."""
        repeats = self.options.repeats if len(dimensions) == 1 else 0
        command = [sys.executable, str(HERE / "six/ours.py"), str(self.options.clip), str(self.folder)]
        return ran([*command, ",".join(dimensions), str(repeats)], self._environment())

    def theirs(self, dimensions: tuple[str, ...]) -> Side:
        """VBench's."""
        places = {"VBENCH_CACHE_DIR": str(self.folder), "TORCH_HOME": str(self.folder / "checkpoints")}
        command = [
            str(self.options.vbench_python),
            str(HERE / "six/theirs.py"),
            str(self.options.clip.resolve()),
            str(self.folder / "output"),
            ",".join(dimensions),
        ]
        return ran(command, places)


def row(name: str, ours: Side, theirs: Side | None) -> str:
    """One line of the table: seconds to load and to run, peak memory, and the largest difference of scores (and of
    radii, px)."""
    mine = f"{name:22} ours {_figures(ours)}"
    if theirs is None:
        return f"{mine}   {', '.join(f'{value:.6f}' for value in ours.scores.values())}"
    differ = max(abs(ours.scores[key] - theirs.scores[key]) for key in ours.scores)
    radii = max((abs(a - b) for a, b in zip(ours.radii, theirs.radii, strict=True)), default=None)
    ratios = (
        f"{theirs.run / ours.run:.2f}x quicker, {theirs.cpu / ours.cpu:.2f}x less cpu, {theirs.peak / ours.peak:.1f}x "
        "less memory"
    )
    both = f"{mine} | VBench {_figures(theirs)} | {ratios} | scores differ by {differ:.1e}"
    return both + (f", radii by {radii:.1e} px" if radii is not None else "")


def _figures(side: Side) -> str:
    return f"{side.load:5.1f} + {side.run:6.2f} s, {side.cpu:6.2f} cpu-s, {side.peak / 1e9:4.2f} GB"


def rate(side: Side) -> str:
    """What ours computes and at what rate, per processor second and on the wall, beside the machine's."""
    if side.work is None:
        return ""
    shares = (
        f"{mine / 1e9:5.1f} of {most / 1e9:5.1f} GFLOP/s ({mine / most:4.0%}) {name}"
        for name, mine, most in (
            ("a processor second", side.work["achieved"]["cpu"], side.work["peak"]["cpu"]),
            ("on the wall", side.work["achieved"]["wall"], side.work["peak"]["wall"]),
        )
    )
    return f"{'':22} {side.work['flops'] / 1e9:7.1f} GFLOP: {', '.join(shares)}"


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clip", type=Path, default=TINY)
    parser.add_argument("--weights", type=Path, default=Path(tempfile.gettempdir()) / "personavlog-six")
    parser.add_argument("--vbench-python", default=sys.executable)
    parser.add_argument("--dino", type=Path, help="a folder with the source of facebookresearch/dino")
    parser.add_argument("--published", action="store_true")
    parser.add_argument("--repeats", type=int, default=3, help="passes to take the rate from; 0: none")
    parser.add_argument("--only", default=",".join(SIX), help="dimensions, with commas")
    options = parser.parse_args()
    dimensions = tuple(options.only.split(","))
    package = package_of(options.vbench_python)
    if package is None:
        print(
            f"No VBench in {options.vbench_python}: ours is timed alone. Give --vbench-python a Python that "
            "has vbench==0.1.5."
        )
        dimensions = tuple(name for name in dimensions if name != "motion_smoothness")
    bench = Bench(options, package)
    print(f"{options.clip.name}, {os.cpu_count()} CPUs", flush=True)
    for some in (*((name,) for name in dimensions), *([dimensions] if len(dimensions) > 1 else [])):
        name = some[0] if len(some) == 1 else f"all {len(some)}"
        ours = bench.ours(some)
        print(row(name, ours, bench.theirs(some) if package else None), rate(ours), sep="\n", flush=True)


if __name__ == "__main__":
    main()
