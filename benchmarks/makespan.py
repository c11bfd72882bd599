"""How close a film comes to what its backbones alone would take.

    python benchmarks/makespan.py [--shots 12 48] [--speed 1.0]

Films on simulated backbones (``backbones/fake.py``) with settable seconds, four requests at once for pictures, clips
and voices. Printed: wall time; the same over the best schedule of the same calls with the same limits and no work of
ours in between (a discrete-event simulation), over one call after the other, the time after the last clip, and what the
engine itself costs a step. Nothing is looked at: every shot is painted and animated once.
"""

from __future__ import annotations

import argparse
import heapq
import os
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

SECONDS = {"chat": 0.25, "image": 4.0, "video": 6.0, "speech": 1.0, "music": 5.0}
AT_ONCE = {"chat": 4, "image": 4, "video": 4, "speech": 4, "music": 1}
PHOTO = Path(__file__).parents[1] / "src" / "personavlog" / "example" / "portrait.png"


@dataclass
class Task:
    """A call of ``seconds`` that counts against ``uses`` and waits for ``after``."""

    uses: str
    seconds: float
    after: tuple[str, ...] = ()
    done: float = field(default=0.0, init=False)


def film(shots: int, seconds: Mapping[str, float]) -> dict[str, Task]:
    """The calls of a film: two of a writer pair are one task of twice the time."""
    pair = 2 * seconds["chat"]
    tasks = {"stylise": Task("image", seconds["image"])}
    for name, after in (("story", "stylise"), ("seg", "story"), ("video", "seg"), ("mono", "seg"), ("music", "seg")):
        tasks[f"write {name}"] = Task("chat", pair, (after if after == "stylise" else f"write {after}",))
    for shot in range(shots):
        tasks[f"voice {shot}"] = Task("speech", seconds["speech"], ("write mono",))
        tasks[f"keyframe {shot}"] = Task("image", seconds["image"], ("write seg",))
        needs = (f"keyframe {shot}", f"voice {shot}", "write video")
        tasks[f"clip {shot}"] = Task("video", seconds["video"], needs)
    voices = tuple(f"voice {shot}" for shot in range(shots))
    tasks["music"] = Task("music", seconds["music"], (*voices, "write music"))
    return tasks


def schedule(tasks: Mapping[str, Task], at_once: Mapping[str, int]) -> float:
    """When the last task ends if each begins as soon as its needs and its resource allow, in the order given."""
    waiting, running, free, now = dict(tasks), list[tuple[float, str]](), dict(at_once), 0.0
    done: set[str] = set()
    while waiting or running:
        for name, task in list(waiting.items()):
            if free[task.uses] and done.issuperset(task.after):
                free[task.uses] -= 1
                heapq.heappush(running, (now + task.seconds, name))
                del waiting[name]
        now, name = heapq.heappop(running)
        free[tasks[name].uses] += 1
        done.add(name)
    return now


def profile(seconds: Mapping[str, float], folder: Path) -> Path:
    """The profile of simulated backbones."""
    choices = "".join(
        f'[{role}]\nbackbone = "fake"\nat_once = {AT_ONCE[role]}\nsettings = {{ seconds = {seconds[role]} }}\n'
        for role in ("image", "video", "speech", "music")
    )
    chat = f'[chat]\nwriter = "fake:writer?seconds={seconds["chat"]}"\nimage_quality = "fake:none"\n'
    chat += f'video_quality = "fake:none"\nat_once = {AT_ONCE["chat"]}\n'
    none = "[feedback]\nkeyframe_corrections = 0\nclip_corrections = 0\n"
    file = folder / "simulated.toml"
    file.write_text(f'name = "simulated"\nsize = [256, 144]\n{chat}{choices}{none}')
    return file


def measure(shots: int, seconds: Mapping[str, float]) -> tuple[float, float]:
    """Wall time of a film and of what came after its last clip, in seconds."""
    from personavlog import Options, begin
    from personavlog.runs.index import Event

    last = [0.0]

    def hear(event: Event) -> None:
        if event.kind == "finished" and str(event.data["name"]).startswith("clip/"):
            last[0] = time.monotonic()

    with tempfile.TemporaryDirectory(prefix="makespan-") as name:
        os.environ["PERSONAVLOG_HOME"] = f"{name}/home"
        length = 4.0 * shots
        options = Options(
            photo=PHOTO,
            theme="A day at the lake",
            style="any",
            i_may_use_this_likeness=True,
            length=length,
            shots=shots,
            subtitles="soft",
        )
        job = begin(options, profile=str(profile(seconds, Path(name))), runs=Path(name) / "runs")
        began = time.monotonic()
        job.make(hear)
        ended = time.monotonic()
    return ended - began, ended - last[0]


def engine_cost() -> float:
    """Milliseconds that a step costs whose work is nothing."""
    import anyio
    from pydantic import BaseModel

    from personavlog.runs.engine import Engine, StepRun
    from personavlog.runs.folder import open_store

    class Nothing(BaseModel):
        number: int

    count = 200

    async def steps(engine: Engine) -> None:
        for number in range(count):

            async def work(run: StepRun, number: int = number) -> Nothing:
                return Nothing(number=number)

            await engine.step(
                f"step/{number}", work, version=1, fingerprint="", uses="any", inputs={"n": number}, returns=Nothing
            )

    with tempfile.TemporaryDirectory(prefix="makespan-") as name:
        store, index = open_store(Path(name))
        began = time.process_time(), time.monotonic()
        anyio.run(steps, Engine(store, index, "benchmark", {}))
        cpu, wall = time.process_time() - began[0], time.monotonic() - began[1]
    print(f"engine: {1000 * wall / count:.2f} ms a step, {1000 * cpu / count:.2f} ms of it processor time")
    return 1000 * wall / count


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shots", type=int, nargs="+", default=[12, 48])
    parser.add_argument("--speed", type=float, default=1.0, help="every simulated call takes this share of its seconds")
    given = parser.parse_args()
    seconds = {role: value * given.speed for role, value in SECONDS.items()}
    print("shots   wall s   bound s   wall/bound   sequential s   wall/sequential   after the last clip s")
    for shots in given.shots:
        tasks = film(shots, seconds)
        bound, sequential = schedule(tasks, AT_ONCE), sum(task.seconds for task in tasks.values())
        wall, tail = measure(shots, seconds)
        print(
            f"{shots:5}{wall:9.1f}{bound:10.1f}{wall / bound:13.2f}{sequential:15.1f}{wall / sequential:18.2f}"
            f"{tail:24.1f}",
            flush=True,
        )
    engine_cost()


if __name__ == "__main__":
    main()
