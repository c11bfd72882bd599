"""The five pairs in the paper's order: story, then boards, then video descriptions, monologues and music side by side
(Eq. 1 to 5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import BaseModel
from pydantic_ai.models import Model

from personavlog import steps
from personavlog.agents import mono, music, seg, story, video, whole
from personavlog.agents.instance import answering, ask
from personavlog.agents.loop import ROUNDS, Rounds, RunStep, WriterPair, refine
from personavlog.agents.rounds import Refined
from personavlog.backbones.drafts import Monologues
from personavlog.backbones.reviews import Change
from personavlog.backbones.tasks import MonoTask, MusicTask, PairTask, SegTask, StoryTask, VideoTask, fence
from personavlog.brief import Brief
from personavlog.languages import LANGUAGES
from personavlog.media import Image
from personavlog.runs.blobs import Blobs
from personavlog.script import Board, Monologue, MusicDescription, Script, StoryDraft, VideoDescription

DraftT = TypeVar("DraftT", bound=BaseModel)
TaskT = TypeVar("TaskT", bound=PairTask)


@dataclass(frozen=True)
class AgentModels:
    """Which model plays which role; ``by_role`` names exceptions such as ``{"story.review": other}``. ``reviewer``
    False: nobody reviews; ``single_prompt``: no agents, the story's model writes the whole script at once."""

    default: Model
    by_role: Mapping[str, Model] = field(default_factory=dict)
    rounds: int = ROUNDS
    reviewer: bool = True
    single_prompt: bool = False

    def of(self, role: str) -> Model:
        """The model that plays a role."""
        return self.by_role.get(role, self.default)

    @property
    def all(self) -> tuple[Model, ...]:
        """Every model of the writer pairs."""
        return (self.default, *self.by_role.values())


@dataclass(frozen=True)
class ScriptAgents:
    """The five writer pairs at work on one film; each answer is a step ("write/story/1/draft"), and so is what came
    of a pair's rounds ("write/story"). All methods raise as ``instance.ask`` does.

    ``seconds_per_line`` bounds the monologues.
    """

    models: AgentModels
    step: RunStep
    brief: Brief
    shots: int
    seconds_per_line: float
    blobs: Blobs

    async def story(self, reference: Image, appearance: str) -> StoryDraft:
        """T_c and T_story (Eq. 1); ``appearance`` says what is seen in the picture, for models that see none."""
        task = self._story_task(appearance)
        pair = story.pair(*self._models("story"), task)
        return (await self._run("story", pair, task, [reference])).story_draft

    async def whole(self, reference: Image, appearance: str) -> Script:
        """Everything by one prompt, without agents."""
        task = self._story_task(appearance)
        return await self._run("whole", whole.pair(self.models.of("story.generate"), task), task, [reference])

    def _story_task(self, appearance: str) -> StoryTask:
        brief = self.brief
        return StoryTask(
            theme=brief.theme,
            style=brief.style,
            shots=self.shots,
            length=brief.length,
            language=brief.language,
            name=brief.name,
            appearance=appearance,
            seed=brief.seed,
        )

    async def boards(self, draft: StoryDraft) -> tuple[Board, ...]:
        """T_board (Eq. 2)."""
        brief = self.brief
        task = SegTask(theme=brief.theme, style=brief.style, shots=self.shots, story=draft, seed=brief.seed)
        return (await self._run("seg", seg.pair(*self._models("seg"), task), task)).boards

    async def videos(self, boards: tuple[Board, ...]) -> tuple[VideoDescription, ...]:
        """T_video (Eq. 3)."""
        brief = self.brief
        task = VideoTask(boards=boards, style=brief.style, seconds=brief.length / self.shots, seed=brief.seed)
        return (await self._run("video", video.pair(*self._models("video"), task), task)).videos

    async def monologues(self, draft: StoryDraft, boards: tuple[Board, ...]) -> tuple[Monologue, ...]:
        """T_mono (Eq. 4)."""
        language = self.brief.language
        task = MonoTask(
            theme=self.brief.theme,
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

    async def script(self, reference: Image, appearance: str) -> Script:
        """The whole script, part by part; a film asks for the parts itself, each as soon as it can."""
        draft = await self.story(reference, appearance)
        boards = await self.boards(draft)
        return Script(
            character=draft.character,
            story=draft.story,
            boards=boards,
            videos=await self.videos(boards),
            monologues=await self.monologues(draft, boards),
            music=await self.music(boards),
        )

    def _models(self, pair: str) -> tuple[Model, Model | None]:
        reader = self.models.of(f"{pair}.review") if self.models.reviewer else None
        return self.models.of(f"{pair}.generate"), reader

    async def _run(
        self, name: str, pair: WriterPair[TaskT, DraftT], task: TaskT, pictures: Sequence[Image] = ()
    ) -> DraftT:
        how = Rounds(self.step, self.blobs, self.models.rounds)

        async def work() -> Refined[DraftT]:
            return await refine(name, pair, task, how, pictures)

        refined: Refined[DraftT] = await self.step(
            steps.write(name),
            work,
            uses="keep",
            fingerprint=pair.generator.fingerprint,
            inputs={
                "task": task,
                "reviewer": pair.reviewer.fingerprint if pair.reviewer else "",
                "rounds": how.most,
                "pictures": tuple(pictures),
            },
            returns=Refined[pair.generator.output],  # type: ignore[name-defined]
        )
        return refined.draft


async def shorten(
    line: Monologue, allowed: int, *, board: Board, draft: StoryDraft, language: str, models: AgentModels, seed: int = 0
) -> Monologue:
    """The line again with at most ``allowed`` words (characters in Chinese), from the mono agent.

    Narration first: asked when the spoken line is longer than its clip can be. Raises ``InvalidReplyError`` when no
    shorter line comes.
    """
    unit = LANGUAGES[language].unit
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
    answer = await ask(who, ["Write this line again, shorter.", fence(who.role, task)], task)
    return answer.output.monologues[0]


def shortener_fingerprint(models: AgentModels) -> str:
    """Who shortens a line, and how, for cache keys."""
    return answering(models.of("mono.generate"), "mono.generate", Monologues)
