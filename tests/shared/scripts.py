"""A script by the ten agents without a film around it, for tests of agents."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Literal, TypeVar

from pydantic import BaseModel

from personavlog.agents import AgentModels, ScriptAgents
from personavlog.brief import Brief
from personavlog.media import Image
from personavlog.runs.blobs import Blobs
from personavlog.runs.keys import Input
from personavlog.script import Script
from personavlog.steps import StepName

ResultT = TypeVar("ResultT", bound=BaseModel)


class Steps:
    """Runs every step's work and records what it was given and what came of it, by name."""

    def __init__(self) -> None:
        self.inputs: dict[str, Mapping[str, Any]] = {}
        self.results: dict[str, BaseModel] = {}

    async def __call__(
        self,
        name: StepName,
        work: Callable[[], Awaitable[ResultT]],
        *,
        uses: Literal["chat", "keep"],
        fingerprint: str,
        inputs: Mapping[str, Input],
        returns: type[ResultT],
    ) -> ResultT:
        assert fingerprint
        result = returns.model_validate_json((await work()).model_dump_json())
        self.inputs[str(name)], self.results[str(name)] = inputs, result
        return result


async def whole_script(
    brief: Brief, photo: Image, models: AgentModels, blobs: Blobs, steps: Steps, *, seconds: float, seen: str = ""
) -> Script:
    """All five pairs, one after the other; ``seconds`` bound each line, ``seen`` is the photo in words."""
    agents = ScriptAgents(models, steps, brief, brief.shots, seconds, blobs)
    return await agents.script(photo, seen)
