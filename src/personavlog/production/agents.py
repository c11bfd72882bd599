"""Which model plays which agent, by the profile's names."""

from __future__ import annotations

from typing import TypedDict

from personavlog.agents.edit import ChatEdit, DirectEdit, EditAgent
from personavlog.agents.image_quality import chat_image_quality
from personavlog.agents.script import AgentModels
from personavlog.agents.video_quality import chat_video_quality
from personavlog.backbones import registry
from personavlog.backbones.capabilities import ImageCapabilities
from personavlog.backbones.chat import ChatSettings, chat_model
from personavlog.backbones.corrections import Correction
from personavlog.backbones.findings import ImageQuality, QualityAgents, QualityMaker, VideoQuality
from personavlog.profiles import ChatChoice
from personavlog.runs.blobs import Blobs


class Agents(TypedDict):
    """The agents of a production."""

    agents: AgentModels
    image_quality: ImageQuality
    edit_agent: EditAgent
    video_quality: VideoQuality


def agents_of(chat: ChatChoice, blobs: Blobs, painter: ImageCapabilities) -> Agents:
    """All agents of a profile; the edit agent speaks the phrases that the ``painter`` understands. Raises
    ``ConfigurationError`` or ``MissingExtraError``."""
    settings = ChatSettings(base_url=chat.base_url)
    image, video = _measuring(chat.image_quality, blobs), _measuring(chat.video_quality, blobs)
    return Agents(
        agents=AgentModels(default=chat_model(chat.writer, settings), rounds=chat.rounds),
        image_quality=image.image if image else chat_image_quality(chat_model(chat.image_quality, settings), blobs),
        edit_agent=DirectEdit()
        if image
        else ChatEdit(chat_model(chat.image_quality, settings), vocabulary=_useful(painter)),
        video_quality=video.video if video else chat_video_quality(chat_model(chat.video_quality, settings), blobs),
    )


def _measuring(name: str, blobs: Blobs) -> QualityAgents | None:
    """The measuring agents called "<prefix>:<name>"; None where a chat model is meant."""
    prefix, _, agents = name.partition(":")
    if not agents or registry.published("quality", prefix) is None:
        return None
    maker: QualityMaker = registry.find("quality", prefix)
    return maker(agents, blobs)


def _useful(painter: ImageCapabilities) -> frozenset[Correction]:
    """The painter's phrases; without "draw again" where it would draw the same."""
    return painter.corrections - {Correction.AGAIN} if painter.repeats else painter.corrections
