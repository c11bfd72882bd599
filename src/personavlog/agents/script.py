"""The five pairs in the paper's order: story, then boards, then video descriptions, monologues and music side by side
(Eq. 1 to 5)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from pydantic import BaseModel
from pydantic_ai.messages import BinaryContent
from pydantic_ai.models import Model
from pydantic_ai.usage import RunUsage, UsageLimits

from personavlog import steps
from personavlog.agents import mono, music, seg, story, video
from personavlog.agents.instance import ask, picture
from personavlog.agents.loop import LIMITS, ROUNDS, Refined, WriterPair, refine
from personavlog.agents.prompts import prompt_digest
from personavlog.backbones.drafts import Monologues, Storyboards, VideoDescriptions
from personavlog.backbones.reviews import Change
from personavlog.backbones.tasks import MonoTask, MusicTask, PairTask, SegTask, StoryTask, VideoTask, fence
from personavlog.brief import Brief
from personavlog.media import Image
from personavlog.runs.blobs import Blobs
from personavlog.runs.gather import gather
from personavlog.runs.keys import Input
from personavlog.script import Board, Monologue, MusicDescription, Script, StoryDraft
from personavlog.steps import StepName

ResultT = TypeVar("ResultT", bound=BaseModel)
DraftT = TypeVar("DraftT", bound=BaseModel)
TaskT = TypeVar("TaskT", bound=PairTask)


class RunStep(Protocol):
    """Wraps a piece of work into a step of the run's engine; ``prompts`` is the digest of the prompt templates that the
    work uses."""

    async def __call__(
        self,
        name: StepName,
        work: Callable[[], Awaitable[ResultT]],
        *,
        inputs: Mapping[str, Input],
        returns: type[ResultT],
        prompts: str,
    ) -> ResultT:
        """The result of the work, made now or known already."""
        ...


@dataclass(frozen=True)
class AgentModels:
    """Which model plays which role; ``by_role`` names exceptions such as ``{"story.review": other}``."""

    default: Model
    by_role: Mapping[str, Model] = field(default_factory=dict)
    rounds: int = ROUNDS
    limits: UsageLimits = field(default_factory=lambda: LIMITS)

    def of(self, role: str) -> Model:
        """The model that plays a role."""
        return self.by_role.get(role, self.default)


@dataclass(frozen=True)
class _Context:
    """What every pair needs to be run as a step."""

    models: AgentModels
    step: RunStep

    async def run(
        self,
        name: str,
        pair: WriterPair[TaskT, DraftT],
        task: TaskT,
        seen: Mapping[str, Input] | None = None,
        pictures: Sequence[BinaryContent] = (),
    ) -> DraftT:
        generator, reviewer = pair.generator, pair.reviewer

        async def work() -> Refined[DraftT]:
            return await refine(
                generator, reviewer, task, rounds=self.models.rounds, pictures=pictures, limits=self.models.limits
            )

        who: dict[str, Input] = {
            "writer": generator.fingerprint,
            "reviewer": reviewer.fingerprint,
            "rounds": self.models.rounds,
        }
        refined: Refined[DraftT] = await self.step(
            steps.write(name),
            work,
            inputs={"task": task, **who, **(seen or {})},
            returns=Refined[generator.output],  # type: ignore[name-defined]
            prompts=prompt_digest(generator.role) + prompt_digest(reviewer.role),
        )
        return refined.draft


async def write_script(
    brief: Brief,
    reference: Image,
    models: AgentModels,
    blobs: Blobs,
    *,
    seconds_per_shot: float,
    step: RunStep,
    appearance: str = "",
) -> Script:
    """The whole script for a brief and its stylised reference.

    ``appearance`` says what is seen in the picture, for models that see none. Each pair is one step, "write/story" to
    "write/music", whose result is
    ``Refined[...]`` with every round. Raises as ``instance.ask`` does.
    """
    context = _Context(models, step)
    draft = await _story(context, brief, reference, blobs, appearance)
    boards = (await _boards(context, brief, draft)).boards
    videos, lines, tune = await gather(
        [
            _videos(context, brief, boards),
            _monologues(context, brief, draft, boards, seconds_per_shot),
            _music(context, brief, boards),
        ]
    )
    assert (
        isinstance(videos, VideoDescriptions) and isinstance(lines, Monologues) and isinstance(tune, MusicDescription)
    )
    return Script(
        character=draft.character,
        story=draft.story,
        boards=boards,
        videos=videos.videos,
        monologues=lines.monologues,
        music=tune,
    )


async def shorten(
    line: Monologue, allowed: int, *, board: Board, draft: StoryDraft, language: str, models: AgentModels, seed: int = 0
) -> Monologue:
    """The line again with at most ``allowed`` words (characters in Chinese), from the mono agent.

    Narration first: asked when the spoken line is longer than its clip can be. Raises ``InvalidReplyError`` when no
    shorter line comes.
    """
    unit = "characters" if language == "zh" else "words"
    has = mono.spoken_length(line.text, language)
    note = Change(
        target="monologue 1",
        problem=f"It has {has} {unit} and cannot be spoken in its shot: {line.text}"[:400],
        wanted=f"The same thought in at most {allowed} {unit}.",
    )
    task = MonoTask.model_validate(
        {
            "boards": (board,),
            "character": draft.character,
            "story": draft.story,
            "language": language,
            "max_words": (allowed,),
            "seed": seed,
            "notes": (note,),
        }
    )
    who = mono.shortener(models.of("mono.generate"), task)
    answer, _ = await ask(
        who, ["Write this line again, shorter.", fence(who.role, task)], task, RunUsage(), models.limits
    )
    return answer.monologues[0]


async def _story(context: _Context, brief: Brief, reference: Image, blobs: Blobs, appearance: str) -> StoryDraft:
    task = StoryTask(
        theme=brief.theme,
        style=brief.style,
        shots=brief.shots,
        length=brief.length,
        language=brief.language,
        name=brief.name,
        appearance=appearance,
        seed=brief.seed,
    )
    pair = story.pair(context.models.of("story.generate"), context.models.of("story.review"), task)
    return await context.run("story", pair, task, {"reference": reference}, [picture(blobs, reference)])


async def _boards(context: _Context, brief: Brief, draft: StoryDraft) -> Storyboards:
    task = SegTask(theme=brief.theme, style=brief.style, shots=brief.shots, story=draft, seed=brief.seed)
    return await context.run(
        "seg", seg.pair(context.models.of("seg.generate"), context.models.of("seg.review"), task), task
    )


async def _videos(context: _Context, brief: Brief, boards: tuple[Board, ...]) -> VideoDescriptions:
    task = VideoTask(boards=boards, seed=brief.seed)
    return await context.run(
        "video", video.pair(context.models.of("video.generate"), context.models.of("video.review"), task), task
    )


async def _monologues(
    context: _Context, brief: Brief, draft: StoryDraft, boards: tuple[Board, ...], seconds: float
) -> Monologues:
    limits = (mono.max_words(seconds, brief.language),) * len(boards)
    task = MonoTask(
        boards=boards,
        character=draft.character,
        story=draft.story,
        language=brief.language,
        max_words=limits,
        seed=brief.seed,
    )
    return await context.run(
        "mono", mono.pair(context.models.of("mono.generate"), context.models.of("mono.review"), task), task
    )


async def _music(context: _Context, brief: Brief, boards: tuple[Board, ...]) -> MusicDescription:
    task = MusicTask(theme=brief.theme, boards=boards, seed=brief.seed)
    return await context.run(
        "music", music.pair(context.models.of("music.generate"), context.models.of("music.review"), task), task
    )
