"""The script by ten agents (Eq. 1-5), part by part, and the one place where a person may replace it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import anyio.to_thread
from pydantic import BaseModel

from personavlog.agents.loop import RunStep
from personavlog.agents.rounds import Refined
from personavlog.agents.script import ScriptAgents
from personavlog.backbones.chat import understood
from personavlog.backbones.roles import EditResult
from personavlog.notes import NoteKind
from personavlog.production.production import Production
from personavlog.runs.flow import Flow, Later
from personavlog.runs.keys import Input
from personavlog.script import Board, Monologue, MusicDescription, Script, StoryDraft, VideoDescription
from personavlog.steps import SCRIPT, StepName

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True)
class Writing:
    """The parts of the script, each there as soon as it is written; ``script`` is the whole."""

    draft: Later[StoryDraft]
    boards: Later[tuple[Board, ...]]
    videos: Later[tuple[VideoDescription, ...]]
    lines: Later[tuple[Monologue, ...]]
    music: Later[MusicDescription]
    script: Later[Script]


def start_writing(production: Production, person: Later[EditResult], flow: Flow) -> Writing:
    """Begin the agents' work, or take the script that a person put in its place, as soon as the person is drawn."""
    if production.pinned_script:
        return _of_whole(flow, _whole(production, production.pinned_script))
    if production.agents.single_prompt:
        return _of_whole(flow, _prompted(production, person))
    return _of_agents(production, person, flow)


async def _prompted(production: Production, person: Later[EditResult]) -> Script:
    """By one prompt, without agents."""
    await _tell_understood(production)
    seen = await person.value()
    return await _whole(production, await _agents(production).whole(seen.image, seen.seen))


def _of_whole(flow: Flow, whole: Coroutine[Any, Any, Script]) -> Writing:
    """The parts of a script that comes at once."""
    script = flow.start(whole)

    async def draft() -> StoryDraft:
        return StoryDraft(character=(await script.value()).character, story=(await script.value()).story)

    async def boards() -> tuple[Board, ...]:
        return (await script.value()).boards

    async def videos() -> tuple[VideoDescription, ...]:
        return (await script.value()).videos

    async def lines() -> tuple[Monologue, ...]:
        return (await script.value()).monologues

    async def music() -> MusicDescription:
        return (await script.value()).music

    start = flow.start
    return Writing(start(draft()), start(boards()), start(videos()), start(lines()), start(music()), script)


def _of_agents(production: Production, person: Later[EditResult], flow: Flow) -> Writing:
    agents = _agents(production)

    async def draft() -> StoryDraft:
        await _tell_understood(production)
        seen = await person.value()
        return await agents.story(seen.image, seen.seen)

    drafted = flow.start(draft())

    async def boards() -> tuple[Board, ...]:
        return await agents.boards(await drafted.value())

    boarded = flow.start(boards())

    async def videos() -> tuple[VideoDescription, ...]:
        return await agents.videos(await boarded.value())

    async def lines() -> tuple[Monologue, ...]:
        return await agents.monologues(await drafted.value(), await boarded.value())

    async def music() -> MusicDescription:
        return await agents.music(await boarded.value())

    filmed, spoken, played = flow.start(videos()), flow.start(lines()), flow.start(music())

    async def script() -> Script:
        first = await drafted.value()
        written = Script(
            character=first.character,
            story=first.story,
            boards=await boarded.value(),
            videos=await filmed.value(),
            monologues=await spoken.value(),
            music=await played.value(),
        )
        return await _whole(production, written)

    return Writing(drafted, boarded, filmed, spoken, played, flow.start(script()))


def _agents(production: Production) -> ScriptAgents:
    return ScriptAgents(
        production.agents,
        _step(production),
        production.brief,
        production.shots,
        production.seconds_per_line,
        production.blobs,
    )


async def _tell_understood(production: Production) -> None:
    model, theme = production.agents.of("story.generate"), production.brief.theme
    if said := await anyio.to_thread.run_sync(understood, model, theme):
        production.note(said, NoteKind.FILM)


async def _whole(production: Production, written: Script | None) -> Script:
    """The script as a step of its own: what a person's script is pinned to."""

    async def as_written() -> Script:
        assert written is not None, "a pinned script is read before this is asked"
        return written

    script = await production.think(SCRIPT, as_written, uses="keep", fingerprint="", returns=Script, script=written)
    production.finished(SCRIPT)
    return script


def _step(production: Production) -> RunStep:
    async def step(
        name: StepName,
        work: Callable[[], Awaitable[T]],
        *,
        uses: Literal["chat", "keep"],
        fingerprint: str,
        inputs: Mapping[str, Input],
        returns: type[T],
    ) -> T:
        result = await production.think(name, work, uses=uses, fingerprint=fingerprint, returns=returns, **inputs)
        if isinstance(result, Refined):
            _tell_rounds(production, name.item, result)
        return result

    return step


def _tell_rounds(production: Production, pair: str, refined: Refined[BaseModel]) -> None:
    for one in refined.rounds:
        production.engine.emit(
            "round", pair=pair, number=one.number, taken=one.number == refined.taken, review=one.review
        )
    if refined.note:
        production.note(f"{pair.capitalize()}: {refined.note}")
