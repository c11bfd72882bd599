"""What the step engine costs: milliseconds a step over the bare function, made (miss) and reused (hit).

Run: python benchmarks/engine.py [STEPS]
"""

from __future__ import annotations

import platform
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import anyio
from pydantic import BaseModel

from personavlog.runs.engine import Engine, StepRun
from personavlog.runs.folder import open_store


class Text(BaseModel):
    """What the measured step returns."""

    text: str


async def work(run: StepRun) -> Text:
    """Work that costs nothing itself."""
    return Text(text="a storyboard line of ordinary length, as agents write them " * 5)


async def bare(engine: Engine, number: int) -> Text:
    """The work without the engine."""
    return await work(StepRun(f"board/{number}", ""))


async def step(engine: Engine, number: int) -> Text:
    """The work as a step."""
    name = f"board/{number}"
    return await engine.step(
        name,
        work,
        version=1,
        fingerprint="m@1",
        uses="model",
        inputs={"theme": "a day at sea", "shot": number},
        returns=Text,
    )


async def measure(engine: Engine, call: Callable[[Engine, int], Awaitable[Text]], steps: int) -> tuple[float, float]:
    """Wall and processor milliseconds a call."""
    wall, cpu = time.perf_counter(), time.process_time()
    for number in range(steps):
        await call(engine, number)
    return (time.perf_counter() - wall) / steps * 1e3, (time.process_time() - cpu) / steps * 1e3


async def main(steps: int) -> None:
    """Measure and print all four."""
    print(f"{steps} steps, Python {platform.python_version()}, {platform.machine()}, {time.strftime('%Y-%m-%d')}")
    with tempfile.TemporaryDirectory() as folder:
        store, index = open_store(Path(folder))
        for name, run, call in (
            ("bare", "run-1", bare),
            ("miss", "run-1", step),
            ("hit, same run", "run-1", step),
            ("hit, other run", "run-2", step),
        ):
            wall, cpu = await measure(Engine(store, index, run, {}), call, steps)
            print(f"{name:15} {wall:7.3f} ms wall {cpu:7.3f} ms cpu")
        index.close()


if __name__ == "__main__":
    anyio.run(main, int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
