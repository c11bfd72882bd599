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
from personavlog.backbones.reviews import Change
from personavlog.backbones.tasks import MonoTask, MusicTask, PairTask, SegTask, StoryTask, VideoTask, fence
from personavlog.brief import Brief
from personavlog.media import Image
from personavlog.runs.blobs import Blobs
from personavlog.runs.keys import Input
from personavlog.script import Board, Monologue, MusicDescription, StoryDraft, VideoDescription
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
class ScriptAgents:
    """The five writer pairs at work on one film; each result is one step, "write/story" to "write/music", that holds
    every round. All methods raise as ``instance.ask`` does.

    ``seconds_per_line`` bounds the monologues.
    """

    models: AgentModels
    step: RunStep
    brief: Brief
    shots: int
    seconds_per_line: float

    async def story(self, reference: Image, blobs: Blobs, appearance: str) -> StoryDraft:
        """T_c and T_story (Eq. 1); ``appearance`` says what is seen in the picture, for models that see none."""
        brief = self.brief
        task = StoryTask(
            theme=brief.theme,
            style=brief.style,
            shots=self.shots,
            length=brief.length,
            language=brief.language,
            name=brief.name,
            appearance=appearance,
            seed=brief.seed,
        )
        pair = story.pair(*self._models("story"), task)
        return await self._run("story", pair, task, {"reference": reference}, [picture(blobs, reference)])

    async def boards(self, draft: StoryDraft) -> tuple[Board, ...]:
        """T_board (Eq. 2)."""
        brief = self.brief
        task = SegTask(theme=brief.theme, style=brief.style, shots=self.shots, story=draft, seed=brief.seed)
        return (await self._run("seg", seg.pair(*self._models("seg"), task), task)).boards

    async def videos(self, boards: tuple[Board, ...]) -> tuple[VideoDescription, ...]:
        """T_video (Eq. 3)."""
        task = VideoTask(boards=boards, seed=self.brief.seed)
        return (await self._run("video", video.pair(*self._models("video"), task), task)).videos

    async def monologues(self, draft: StoryDraft, boards: tuple[Board, ...]) -> tuple[Monologue, ...]:
        """T_mono (Eq. 4)."""
        language = self.brief.language
        task = MonoTask(
            boards=boards,
            character=draft.character,
            story=draft.story,
            language=language,
            max_words=(mono.max_words(self.seconds_per_line, language),) * len(boards),
            seed=self.brief.seed,
        )
        return (await self._run("mono", mono.pair(*self._models("mono"), task), task)).monologues

    async def music(self, boards: tuple[Board, ...]) -> MusicDescription:
        """T_music (Eq. 5)."""
        task = MusicTask(theme=self.brief.theme, boards=boards, seed=self.brief.seed)
        return await self._run("music", music.pair(*self._models("music"), task), task)

    def _models(self, pair: str) -> tuple[Model, Model]:
        return self.models.of(f"{pair}.generate"), self.models.of(f"{pair}.review")

    async def _run(
        self,
        name: str,
        pair: WriterPair[TaskT, DraftT],
        task: TaskT,
        seen: Mapping[str, Input] | None = None,
        pictures: Sequence[BinaryContent] = (),
    ) -> DraftT:
        generator, reviewer = pair.generator, pair.reviewer
        models = self.models

        async def work() -> Refined[DraftT]:
            return await refine(
                generator, reviewer, task, rounds=models.rounds, pictures=pictures, limits=models.limits
            )

        who: dict[str, Input] = {
            "writer": generator.fingerprint,
            "reviewer": reviewer.fingerprint,
            "rounds": models.rounds,
        }
        refined: Refined[DraftT] = await self.step(
            steps.write(name),
            work,
            inputs={"task": task, **who, **(seen or {})},
            returns=Refined[generator.output],  # type: ignore[name-defined]
            prompts=prompt_digest(generator.role) + prompt_digest(reviewer.role),
        )
        return refined.draft


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
