"""The script by ten agents (Eq. 1-5), and the one place where a person may replace it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

from pydantic import BaseModel

from personavlog.agents.loop import Refined
from personavlog.agents.script import RunStep, write_script
from personavlog.backbones.chat import remark
from personavlog.backbones.roles import EditResult
from personavlog.production.production import Production
from personavlog.runs.keys import Input
from personavlog.script import Script
from personavlog.steps import SCRIPT

T = TypeVar("T", bound=BaseModel)


async def write(production: Production, person: EditResult) -> Script:
    """The agents' script, or the one that a person put in its place."""
    if said := remark(production.agents.default):
        production.note(said)
    written = await write_script(
        production.brief,
        person.image,
        production.agents,
        production.blobs,
        seconds_per_shot=production.seconds_per_shot,
        step=_step(production),
        appearance=person.seen,
    )

    async def as_written() -> Script:
        return written

    script = await production.engine.step(
        SCRIPT, as_written, version=1, fingerprint="", uses=SCRIPT, inputs={"script": written}, returns=Script
    )
    production.finished(SCRIPT)
    return script


def _step(production: Production) -> RunStep:
    async def step(
        name: str, work: Callable[[], Awaitable[T]], *, inputs: Mapping[str, Input], returns: type[T], prompts: str
    ) -> T:
        result = await production.engine.step(
            name, work, version=1, fingerprint=prompts, uses="chat", inputs=inputs, returns=returns
        )
        if isinstance(result, Refined):
            _tell_rounds(production, name.removeprefix("write/"), result)
        return result

    return step


def _tell_rounds(production: Production, pair: str, refined: Refined[BaseModel]) -> None:
    for one in refined.rounds:
        production.engine.emit(
            "round", pair=pair, number=one.number, taken=one.number == refined.taken, review=one.review
        )
    if refined.note:
        production.note(f"{pair.capitalize()}: {refined.note}")
