"""How many tokens each agent is sent and answers, as ``estimate/chat_tokens.toml`` has it.

    python benchmarks/chat_tokens.py

The offline planner writes a script of 3 and one of 12 shots through the real agents, and every request is weighed as a
hosted model would get it: instructions, prompt, history, the answer's JSON schema. A token is taken for four bytes, as
English text has on average with today's tokenizers. What is printed is a straight line through both: tokens for a film,
and tokens for each shot. The quality agents are weighed on one picture and one clip with the scores of a real film;
pictures are not in the numbers.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import numpy as np
from pydantic_ai.messages import ModelMessage, ModelRequest, ModelResponse, ToolCallPart, UserPromptPart
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.models.wrapper import WrapperModel
from pydantic_ai.settings import ModelSettings

from personavlog.agents.edit import ChatEdit, Instruction
from personavlog.agents.image_quality import ChatImageQuality, ImageVerdict
from personavlog.agents.scores import meanings
from personavlog.agents.script import AgentModels, ScriptAgents, shorten
from personavlog.agents.story import READING, READINGS
from personavlog.agents.video_quality import ChatVideoQuality, ClipVerdict
from personavlog.backbones.chat import chat_model
from personavlog.backbones.corrections import Correction, Remedy
from personavlog.backbones.drafts import Monologues
from personavlog.backbones.findings import ClipInspection, Defect, DefectKind, ImageFinding, ImageInspection
from personavlog.backbones.roles import AnimateResult, EditResult
from personavlog.backbones.scripted import ScriptedModel
from personavlog.brief import Brief
from personavlog.media import Clip
from personavlog.metrics.score import Score
from personavlog.runs.blobs import Blobs
from personavlog.script import Monologue, Script, StoryDraft
from personavlog.steps import StepName

BYTES = 4
FEW, MANY = 3, 12
THOUGHTS = {"story.generate": READINGS * READING / BYTES}
"""Tokens that the planner leaves out: it writes no readings of the theme."""
SCORES = tuple(Score(name=name, value=0.8315, note="mean of 81 frames") for name in list(meanings())[:10])


class Weighed(WrapperModel):
    """Notes the tokens of every request and answer under the role that its task says."""

    def __init__(self, wrapped: Model, seen: dict[str, list[tuple[float, float]]], role: str) -> None:
        super().__init__(wrapped)
        self._seen, self._role = seen, role

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        """The answer of the model within."""
        answer = await self.wrapped.request(messages, model_settings, model_request_parameters)
        schemas = sum(len(json.dumps(tool.parameters_json_schema)) for tool in model_request_parameters.output_tools)
        sent = sum(map(_bytes, messages)) + _instructions(messages) + schemas
        self._seen.setdefault(self._role, []).append((sent / BYTES, _bytes(answer) / BYTES))
        return answer


def _instructions(messages: list[ModelMessage]) -> int:
    """Those of the latest request: they are sent once."""
    said = [one.instructions for one in messages if isinstance(one, ModelRequest) and one.instructions]
    return len(said[-1].encode()) if said else 0


def _bytes(message: ModelMessage) -> int:
    texts: list[str] = []
    for part in message.parts:
        if isinstance(part, ToolCallPart):
            texts.append(part.args_as_json_str())
        elif isinstance(part, UserPromptPart):
            content = [part.content] if isinstance(part.content, str) else part.content
            texts += [str(getattr(item, "content", item)) for item in content if not hasattr(item, "media_type")]
        elif isinstance(getattr(part, "content", None), str):
            texts.append(part.content)
    return sum(len(text.encode()) for text in texts)


def script(shots: int, blobs: Blobs, seen: dict[str, list[tuple[float, float]]]) -> Script:
    """A script of the planner's; the one by one prompt is weighed beside it."""

    async def step(name: StepName, work: Callable[[], Awaitable[Any]], **_: object) -> Any:
        return await work()

    roles = [f"{pair}.{kind}" for pair in ("story", "seg", "video", "mono", "music") for kind in ("generate", "review")]
    models = {role: Weighed(chat_model("embedded:planner"), seen, role) for role in roles}
    photo = blobs.put_image(np.full((8, 8, 3), 120, np.uint8))
    brief = Brief.model_validate(
        {
            "theme": "My first week learning to bake sourdough",
            "style": "Hayao Miyazaki",
            "photo": photo,
            "shots": shots,
            "length": 5 * shots,
        }
    )
    looks = "a person with brown hair in orange and black clothes"
    alone = AgentModels(Weighed(chat_model("embedded:planner"), seen, "whole.generate"))
    anyio.run(ScriptAgents(alone, step, brief, shots, 5.0, blobs).whole, photo, looks)
    agents = ScriptAgents(AgentModels(models["story.generate"], models), step, brief, shots, 5.0, blobs)
    return anyio.run(agents.script, photo, looks)


def quality(written: Script, blobs: Blobs, seen: dict[str, list[tuple[float, float]]]) -> None:
    """One inspection of each kind, one instruction, one shortened line."""
    board, picture = written.boards[0], blobs.put_image(np.full((64, 64, 3), 120, np.uint8))
    defect = Defect(kind=DefectKind.LIMBS, evidence="The left hand has six fingers, the right one is hidden.")
    suggestion = "Draw the left hand with five fingers and keep the cup in it."
    keyframe = ImageInspection(
        board=board,
        character=written.character,
        reference=picture,
        keyframe=EditResult(image=picture, prompt=""),
        scores=SCORES,
    )
    verdict = ImageVerdict(qualified=False, defects=(defect,), suggestion=suggestion)
    image = ChatImageQuality(Weighed(ScriptedModel([verdict]), seen, "image_quality"), blobs)
    anyio.run(image.inspect, keyframe)
    clip = ClipInspection(
        board=board,
        description=written.videos[0],
        clip=AnimateResult(clip=Clip(digest="0" * 64, size=1, width=64, height=64, fps=16, frames=81), prompt=""),
        scores=SCORES,
    )
    answer = ClipVerdict(
        qualified=False,
        evidence="From 2.1 s on the cup melts into the hand.",
        revised=written.videos[0],
        reason="A slower movement keeps the hand whole.",
    )
    video = ChatVideoQuality(Weighed(ScriptedModel([answer]), seen, "video_quality"), blobs)
    object.__setattr__(video, "_shown", _nothing)
    anyio.run(video.inspect, clip)
    edit = ChatEdit(Weighed(ScriptedModel([Instruction(text=suggestion)]), seen, "edit"))
    tried = (Remedy(correction=Correction.WORDS, thing="Hide the left hand."),)
    anyio.run(edit.instruct, ImageFinding(defects=(defect,), suggestion=suggestion), board, [tried])
    _shorten(written, seen)


async def _nothing(clip: Clip) -> list[Any]:
    return []


def _shorten(written: Script, seen: dict[str, list[tuple[float, float]]]) -> None:
    line = written.monologues[0]
    less = Monologues(monologues=(Monologue(text=" ".join(line.text.split()[:4])),))
    models = AgentModels(Weighed(ScriptedModel([less]), seen, "shorten"))
    draft = StoryDraft(character=written.character, story=written.story)

    async def ask() -> None:
        await shorten(line, 6, board=written.boards[0], draft=draft, language="en", models=models)

    anyio.run(ask)


def main() -> None:
    """Print the table."""
    few: dict[str, list[tuple[float, float]]] = {}
    many: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        blobs = Blobs(Path(folder))
        quality(script(FEW, blobs, few), blobs, few)
        script(MANY, blobs, many)
    for role, first in few.items():
        last = many.get(role, first)
        answered = _line(first, last, 1, THOUGHTS.get(role, 0))
        print(f"[{json.dumps(role)}]\nsent = {_line(first, last, 0)}\nanswered = {answered}\n")


def _line(few: list[tuple[float, float]], many: list[tuple[float, float]], which: int, more: float = 0) -> str:
    each = (many[0][which] - few[0][which]) / (MANY - FEW)
    return f"{{ film = {max(few[0][which] - FEW * each, 0) + more:.0f}, shot = {each:.0f} }}"


if __name__ == "__main__":
    main()
