"""Which model plays which agent, by the profile's names."""

from __future__ import annotations

from typing import TypedDict

from pydantic_ai.models import Model

from personavlog.agents.edit import ChatEdit, DirectEdit, EditAgent
from personavlog.agents.image_quality import chat_image_quality
from personavlog.agents.script import AgentModels
from personavlog.agents.video_quality import chat_video_quality
from personavlog.backbones import registry
from personavlog.backbones.capabilities import ImageCapabilities
from personavlog.backbones.chat import chat_model
from personavlog.backbones.corrections import Correction
from personavlog.backbones.findings import ImageQuality, QualityAgents, QualityMaker, VideoQuality
from personavlog.backbones.reviews import RUBRIC
from personavlog.profiles.chat import ChatChoice, Chosen
from personavlog.runs.blobs import Blobs


class Agents(TypedDict):
    """The agents of a production."""

    agents: AgentModels
    image_quality: ImageQuality
    edit_agent: EditAgent
    video_quality: VideoQuality


def agents_of(chat: ChatChoice, blobs: Blobs, painter: ImageCapabilities) -> Agents:
    """All agents of a profile; the edit agent asks for the corrections that the ``painter`` understands. Raises
    ``ConfigurationError`` or ``MissingExtraError``."""
    image = _measuring(chat.of("image_quality"), blobs)
    video = _measuring(chat.of("video_quality"), blobs)
    directly = image is not None and chat.edit.model is None
    return Agents(
        agents=_writers(chat),
        image_quality=image.image if image else chat_image_quality(_seeing(chat.of("image_quality")), blobs),
        edit_agent=DirectEdit() if directly else ChatEdit(_model(chat.of("edit")), vocabulary=_useful(painter)),
        video_quality=video.video if video else chat_video_quality(_seeing(chat.of("video_quality")), blobs),
    )


def _writers(chat: ChatChoice) -> AgentModels:
    """Equal choices share one model, which then learns once what its server does not take."""
    built: dict[str, Model] = {}

    def model(chosen: Chosen) -> Model:
        return built.setdefault(chosen.model_dump_json(), _model(chosen))

    roles: dict[str, Model] = {}
    for pair in RUBRIC:
        roles[f"{pair}.generate"] = model(chat.of(pair))
        if chat.reviews:
            roles[f"{pair}.review"] = model(chat.reviewer_of(pair))
    return AgentModels(
        default=roles["story.generate"],
        by_role=roles,
        rounds=chat.rounds,
        reviewer=chat.reviews,
        single_prompt=chat.single_prompt,
    )


def _model(chosen: Chosen) -> Model:
    """The model of an agent that can work from words, with those that are asked in its place."""
    instead = [chat_model(name, settings) for name, settings in chosen.fallbacks]
    return chat_model(chosen.model, chosen.settings, instead=instead)


def _seeing(chosen: Chosen) -> Model:
    """The same for an agent that is of no use blind."""
    instead = [chat_model(name, settings, needs_pictures=True) for name, settings in chosen.fallbacks]
    return chat_model(chosen.model, chosen.settings, needs_pictures=True, instead=instead)


def _measuring(chosen: Chosen, blobs: Blobs) -> QualityAgents | None:
    """The measuring agents called "<prefix>:<name>"; None where a chat model is meant."""
    prefix, _, agents = chosen.model.partition(":")
    if not agents or registry.published("quality", prefix) is None:
        return None
    maker: QualityMaker = registry.find("quality", prefix)
    return maker(agents, blobs)


def _useful(painter: ImageCapabilities) -> frozenset[Correction]:
    """The painter's corrections; without "draw again" where it would draw the same."""
    return painter.corrections - {Correction.AGAIN} if painter.repeats else painter.corrections
