"""A toy film of 40 dependent steps for the kill test, served by ``forked``."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import anyio
from pydantic import BaseModel

from personavlog.media import Blob
from personavlog.runs.engine import Engine, StepRun
from personavlog.runs.folder import open_store
from personavlog.runs.keys import Input, digest
from tests.core.forked import serve
from tests.shared.gather import gather

SHOTS = 6
STEPS = 4 + 6 * SHOTS
LIMITS = {"language": 2, "painter": 2, "animator": 3, "speech": 2}


class Made(BaseModel):
    name: str
    file: Blob


def request_key(film: int, shot: int) -> str:
    return digest(["clip", film, shot])


class Film:
    def __init__(self, home: Path, number: int, ready: Callable[[], None]) -> None:
        self.home, self.number, self.ready = home, number, ready
        store, index = open_store(home)
        self.engine = Engine(store, index, f"film-{number}", LIMITS)

    def log(self, line: str) -> None:
        handle = os.open(self.home / "executed.log", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(handle, f"{self.number} {line}\n".encode())
        os.close(handle)

    async def step(self, name: str, uses: str, seconds: float, **inputs: Input) -> Made:
        async def work(step: StepRun) -> Made:
            self.log(name)
            await anyio.sleep(3 * seconds)
            data = hashlib.sha256(f"{name} {digest(inputs)}".encode()).digest() * 500
            return Made(name=name, file=self.engine.store.put(data))

        return await self.engine.step(
            name, work, version=1, fingerprint="toy", uses=uses, inputs={**inputs, "film": self.number}, returns=Made
        )

    async def clip(self, shot: int, **inputs: Input) -> Made:
        name = f"clip/{shot}"
        request = request_key(self.number, shot)

        async def submit() -> str:
            self.log(f"submit/{shot}")
            await anyio.sleep(0.001)
            return f"job-{request[:8]}"

        async def work(step: StepRun) -> Made:
            self.log(name)
            job = await self.engine.index.jobs.submitted(request, submit)
            await anyio.sleep(0.012)
            return Made(name=name, file=self.engine.store.put(job.encode() * 900))

        every: Mapping[str, Input] = {**inputs, "film": self.number, "shot": shot}
        return await self.engine.step(
            name, work, version=1, fingerprint="toy", uses="animator", inputs=every, returns=Made
        )

    async def shot(self, number: int, script: Made, person: Made) -> Made:
        board = await self.step(f"board/{number}", "language", 0.001, script=script, shot=number)
        voice = await self.step(f"voice/{number}", "speech", 0.003, board=board)
        keyframe = await self.step(f"keyframe/{number}/1", "painter", 0.003, board=board, person=person)
        better = await self.step(f"keyframe/{number}/2", "painter", 0.003, board=board, previous=keyframe)
        clip = await self.clip(number, keyframe=better, voice=voice)
        return await self.step(f"segment/{number}", "machine", 0.001, clip=clip, voice=voice)

    async def make(self) -> Made:
        with self.engine.making():
            self.ready()
            script, person = await gather(
                [self.step("script", "language", 0.003), self.step("stylise", "painter", 0.003)]
            )
            shots = await gather([self.shot(number, script, person) for number in range(SHOTS)])
            music = await self.step("music", "music", 0.004, script=script)
            return await self.step("cut", "machine", 0.002, shots=shots, music=music)


def make(home: Path, film: int, ready: Callable[[], None]) -> None:
    """Make or resume it."""
    anyio.run(Film(home, film, ready).make)


if __name__ == "__main__":
    serve(make)
