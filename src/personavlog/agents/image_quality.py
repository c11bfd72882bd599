"""The image quality agent A_quality^image: six kinds of defect and one suggestion, or nothing (Eq. 7)."""

from __future__ import annotations

from collections.abc import Sequence

import anyio.to_thread
from pydantic import BaseModel, Field
from pydantic_ai.messages import UserContent
from pydantic_ai.models import Model

from personavlog.agents.instance import Instance, ask, instance
from personavlog.agents.pictures import LONGEST, picture
from personavlog.agents.scores import ToldScore, told
from personavlog.agents.shapes import either, fields, form, items, opened, plain, text
from personavlog.backbones.findings import Defect, DefectKind, ImageFinding, ImageInspection, ImageQuality
from personavlog.backbones.tasks import fence
from personavlog.brief import CleanText
from personavlog.frozen import Frozen
from personavlog.runs.blobs import Blobs
from personavlog.script import Board, Character

ROLE = "image_quality.inspect"


class _InspectionTask(BaseModel):
    board: Board
    character: Character
    style: str
    scores: tuple[ToldScore, ...]


class ImageVerdict(Frozen):
    """What the model answers; ``qualified`` is the paper's empty set."""

    qualified: bool
    defects: tuple[Defect, ...] = Field(default=(), max_length=12)
    suggestion: CleanText = Field(default="", max_length=600)


class ChatImageQuality:
    """The paper's agent: a multimodal model that sees I_s and the keyframe."""

    def __init__(self, model: Model, blobs: Blobs) -> None:
        self._blobs = blobs
        self._agent: Instance[_InspectionTask, ImageVerdict] = instance(
            ROLE, model, ImageVerdict, {"kinds": [kind.value for kind in DefectKind]}, _incomplete, _form()
        )
        self.fingerprint = f"{self._agent.fingerprint} pictures {LONGEST}"

    async def inspect(self, request: ImageInspection) -> ImageFinding | None:
        """Ask the model; raises as ``instance.ask`` does."""
        task = _InspectionTask(
            board=request.board, character=request.character, style=request.style, scores=told(request.scores)
        )
        shown = await anyio.to_thread.run_sync(self._shown, request)
        verdict = (await ask(self._agent, [*shown, fence(ROLE, task)], task)).output
        return None if verdict.qualified else ImageFinding(defects=verdict.defects, suggestion=verdict.suggestion)

    def _shown(self, request: ImageInspection) -> list[UserContent]:
        reference, keyframe = (picture(self._blobs, one) for one in (request.reference, request.keyframe.image))
        return ["The reference:", reference, "The keyframe:", keyframe]


def chat_image_quality(model: Model, blobs: Blobs) -> ImageQuality:
    """A_quality^image played by a chat model."""
    return ChatImageQuality(model, blobs)


def _form() -> type[ImageVerdict]:
    """Qualified, or at least one defect and the suggestion."""
    yes = fields(qualified={"type": "boolean", "const": True})
    no = fields(
        qualified={"type": "boolean", "const": False},
        defects=items(plain(Defect), 1, len(DefectKind)),
        suggestion=text(3, 600),
    )
    return form(ImageVerdict, either(yes, no), opened)


def _incomplete(verdict: ImageVerdict, task: _InspectionTask) -> Sequence[str]:
    if verdict.qualified or (verdict.defects and len(verdict.suggestion) >= 3):
        return []
    return ["The keyframe is not qualified, so name at least one defect with its evidence, and give the suggestion."]
