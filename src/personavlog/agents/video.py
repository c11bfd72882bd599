"""The video agent A_3: camera, motion, atmosphere and a cultural detail for each board (Eq. 3)."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic_ai.models import Model

from personavlog.agents.checks import video_checks
from personavlog.agents.instance import Instance, instance
from personavlog.agents.loop import WriterPair
from personavlog.agents.reviewing import reviewer
from personavlog.agents.shapes import counted, form
from personavlog.backbones.drafts import VideoDescriptions
from personavlog.backbones.tasks import VideoTask


def generator(model: Model, task: VideoTask) -> Instance[VideoTask, VideoDescriptions]:
    """G_3."""
    shots = len(task.boards)
    asked = form(VideoDescriptions, counted(VideoDescriptions, shots, "videos"))
    words = {"shots": shots, "seconds": task.seconds}
    return instance("video.generate", model, VideoDescriptions, words, complaints, asked)


def pair(writer: Model, reader: Model | None, task: VideoTask) -> WriterPair[VideoTask, VideoDescriptions]:
    """G_3 and R_3."""
    return WriterPair(generator(writer, task), reviewer("video", reader, len(task.boards)), video_checks)


def complaints(draft: VideoDescriptions, task: VideoTask) -> Sequence[str]:
    """One description per board."""
    return (
        []
        if len(draft.videos) == len(task.boards)
        else [f"There are {len(draft.videos)} descriptions; write exactly {len(task.boards)}, one per board."]
    )
