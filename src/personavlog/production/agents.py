"""Which model plays which agent, by the profile's names."""

from __future__ import annotations

import importlib.util
from typing import TypedDict

from personavlog import weights
from personavlog.agents.edit import ChatEdit, DirectEdit, EditAgent
from personavlog.agents.image_quality import chat_image_quality
from personavlog.agents.script import AgentModels
from personavlog.agents.video_quality import chat_video_quality
from personavlog.backbones.chat import ChatSettings, chat_model
from personavlog.backbones.findings import ImageQuality, VideoQuality
from personavlog.profiles import ChatChoice
from personavlog.runs.blobs import Blobs
from personavlog_embedded.inspection.inspector import ClipInspector, ImageInspector

AUTO, INSPECTOR = "embedded:auto", "embedded:inspector"
PLANNER, LANGUAGE = "embedded:planner", "embedded:language"


SAID = {
    PLANNER: "The script is written by the offline planner; --writer takes any chat model instead.",
    LANGUAGE: "The script is written by the language model in this process: about five minutes on two cores; --writer embedded:planner takes seconds.",
}


class Cast(TypedDict):
    """The agents of a crew."""

    agents: AgentModels
    image_quality: ImageQuality
    edit_agent: EditAgent
    video_quality: VideoQuality


def agents_of(chat: ChatChoice, blobs: Blobs, *, painter: str) -> Cast:
    """All agents of a profile; ``painter`` is the image backbone, whose vocabulary the edit agent speaks."""
    settings = ChatSettings(base_url=chat.base_url)
    return Cast(
        agents=AgentModels(default=chat_model(writer_name(chat.writer), settings), rounds=chat.rounds),
        image_quality=ImageInspector(blobs) if chat.image_quality == INSPECTOR else chat_image_quality(chat_model(chat.image_quality, settings), blobs),
        edit_agent=DirectEdit() if chat.image_quality == INSPECTOR else ChatEdit(chat_model(chat.image_quality, settings), vocabulary=painter == "embedded"),
        video_quality=ClipInspector(blobs) if chat.video_quality == INSPECTOR else chat_video_quality(chat_model(chat.video_quality, settings), blobs),
    )


def writer_name(wanted: str) -> str:
    """The chat model that writes: what was asked for, or for "embedded:auto" the language model where its package and weights are there, else the planner."""
    if wanted != AUTO:
        return wanted
    ready = importlib.util.find_spec("xllamacpp") is not None and all(entry.state == "ready" for entry in weights.status(["language"]))
    return LANGUAGE if ready else PLANNER
