"""The video quality agent A_quality^video: a revised video description and its reason, or nothing (Eq. 10)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import anyio.to_thread
from pydantic import BaseModel, Field
from pydantic_ai.messages import BinaryContent, UserContent
from pydantic_ai.models import Model

from personavlog.agents.instance import Instance, ask, instance
from personavlog.agents.pictures import LONGEST_FRAME, jpeg, whole
from personavlog.agents.sampling import sampled
from personavlog.agents.scores import ToldScore, told
from personavlog.agents.shapes import either, fields, form, one_of, opened, plain, text
from personavlog.backbones.chat import takes_video
from personavlog.backbones.findings import ClipFinding, ClipInspection, VideoQuality
from personavlog.backbones.tasks import fence
from personavlog.brief import CleanText
from personavlog.frozen import Frozen
from personavlog.media import Clip
from personavlog.runs.blobs import Blobs
from personavlog.script import Board, VideoDescription

ROLE = "video_quality.inspect"
FRAMES = 8
"""Pictures sent to a model without video: for a clip of five seconds one every 0.7 s, dense enough to catch a limb that
comes and goes."""
VIDEO_FPS = 4.0


class _InspectionTask(BaseModel):
    board: Board
    description: VideoDescription
    style: str
    scores: tuple[ToldScore, ...]


class ClipVerdict(Frozen):
    """What the model answers; ``qualified`` is the paper's empty set."""

    qualified: bool
    kind: Literal["misaligned", "anomaly"] = "anomaly"
    evidence: CleanText = Field(default="", max_length=400)
    revised: VideoDescription | None = None
    reason: CleanText = Field(default="", max_length=400)


class ChatVideoQuality:
    """The paper's agent: a multimodal model that sees the clip, or frames of it with their times."""

    def __init__(self, model: Model, blobs: Blobs) -> None:
        self._blobs, self._video = blobs, takes_video(model)
        self._agent: Instance[_InspectionTask, ClipVerdict] = instance(
            ROLE, model, ClipVerdict, {"video": self._video}, _incomplete, _form()
        )
        seen = f"video {VIDEO_FPS:g}" if self._video else f"frames {FRAMES} {LONGEST_FRAME}"
        self.fingerprint = f"{self._agent.fingerprint} {seen}"

    async def inspect(self, request: ClipInspection) -> ClipFinding | None:
        """Ask the model; raises as ``instance.ask`` does."""
        task = _InspectionTask(
            board=request.board, description=request.description, style=request.style, scores=told(request.scores)
        )
        prompt = [*await self._shown(request.clip.clip), fence(ROLE, task)]
        verdict = (await ask(self._agent, prompt, task)).output
        if verdict.qualified or verdict.revised is None:
            return None
        return ClipFinding(kind=verdict.kind, evidence=verdict.evidence, revised=verdict.revised, reason=verdict.reason)

    async def _shown(self, clip: Clip) -> list[UserContent]:
        if not self._video:
            return await anyio.to_thread.run_sync(frames_with_times, self._blobs, clip)
        film = whole(self._blobs, clip)
        return [BinaryContent(film.data, media_type=film.media_type, vendor_metadata={"fps": VIDEO_FPS})]


def chat_video_quality(model: Model, blobs: Blobs) -> VideoQuality:
    """A_quality^video played by a chat model."""
    return ChatVideoQuality(model, blobs)


def frames_with_times(blobs: Blobs, clip: Clip) -> list[UserContent]:
    """``FRAMES`` frames of a clip as JPEG, each after its time: "0.0 s", picture, "0.7 s", picture, ..."""
    shown: list[UserContent] = []
    for seconds, pixels in sampled(blobs, clip, FRAMES, LONGEST_FRAME):
        shown += [f"{seconds:.1f} s", jpeg(pixels)]
    return shown


def _form() -> type[ClipVerdict]:
    """Qualified, or what is wrong, what to film instead, and why."""
    yes = fields(qualified={"type": "boolean", "const": True})
    no = fields(
        qualified={"type": "boolean", "const": False},
        kind=one_of(("misaligned", "anomaly")),
        evidence=text(3, 400),
        revised=plain(VideoDescription),
        reason=text(3, 400),
    )
    return form(ClipVerdict, either(yes, no), opened)


def _incomplete(verdict: ClipVerdict, task: _InspectionTask) -> Sequence[str]:
    if verdict.qualified or (verdict.revised is not None and len(verdict.evidence) >= 3 and len(verdict.reason) >= 3):
        return []
    return ["The clip is not qualified, so give the evidence, the revised video description and the reason."]
